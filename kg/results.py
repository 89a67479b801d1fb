"""The files of an output folder, written from statements and graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import folder
from kg.errors import StoreError
from kg.graph.rdf import Graphs
from kg.statement import Document, Statement, write_statements
from kg.summary import headlines, summary


@dataclass(frozen=True, slots=True)
class Result:
    """All that an output folder tells; ``model`` names what read the documents."""

    documents: Sequence[Document]
    statements: Sequence[Statement]
    graphs: Graphs
    model: str
    skipped: Sequence[str] = ()
    notes: Sequence[str] = field(default=())


def refuse_foreign(target: Path) -> None:
    """Raise ``StoreError`` where a result would replace files that kg did not make."""
    from kg.graph.store import refuse_unusable

    if (target / folder.MARKER).exists():
        # nor a store that is in use or was made by a newer kg
        refuse_unusable(target / folder.STORE)
        return
    for name in (*folder.FILES, folder.STORE):
        if (target / name).exists():
            raise StoreError(
                f"{target / name}: was not made by `kg build` and would be replaced "
                "(choose another folder)"
            )


def write_records(stage: Path, result: Result) -> None:
    """Write ``documents.jsonl`` and ``statements.jsonl``."""
    with (stage / folder.DOCUMENTS).open("w", encoding="utf-8", newline="\n") as documents:
        for document in result.documents:
            record = folder.document_record(document)
            documents.write(json.dumps(record, ensure_ascii=False) + "\n")
    with (stage / folder.STATEMENTS).open("w", encoding="utf-8", newline="\n") as statements:
        write_statements(result.statements, statements)


def write_views(stage: Path, result: Result) -> None:
    """Write all other files; the store is made by the caller."""
    from kg import __version__
    from kg.graph.exports import write_graphml
    from kg.graph.files import write_graphs
    from kg.graph.network import actor_network
    from kg.graph.view import write_html
    from kg.knowledge import vocabulary_version

    write_graphs(stage / folder.TURTLE, result.graphs)
    write_graphs(stage / folder.TRIG, result.graphs)
    write_graphml(stage / folder.NETWORK, actor_network(result.statements))
    write_html(stage / folder.PAGE, result.statements, result.documents)
    text = summary(result.documents, result.statements, result.skipped, result.notes)
    (stage / folder.SUMMARY).write_text(text, encoding="utf-8", newline="\n")
    record = {
        "geokg": __version__,
        "model": result.model,
        "lexicon": vocabulary_version(),
        "documents": len(result.documents),
        "statements": len(result.statements),
        "headlines": headlines(result.documents, result.statements, result.skipped),
        "skipped": list(result.skipped),
    }
    marker = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (stage / folder.MARKER).write_text(marker, encoding="utf-8", newline="\n")
