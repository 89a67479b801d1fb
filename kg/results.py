"""The files of an output folder, written from documents and statements as they come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from kg import folder
from kg.drawings import Drawing
from kg.errors import StoreError
from kg.parts import Entry
from kg.statement import Document, Statement
from kg.summary import Tally

LARGE = 20_000
"""With more statements than this, page and network hold the weightiest part of the graph."""


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


class Records:
    """Writes ``documents.jsonl`` and ``statements.jsonl`` and keeps what the other files need.

    A context manager around the adding. Of a large graph only counts stay in memory.
    """

    def __init__(self, stage: Path) -> None:
        from kg.graph.weightiest import Weights

        self.stage = stage
        self.tally = Tally(stage)
        self.weights = Weights()
        self.readers: list[tuple[str, int]] = []
        """The keys of what read the documents, in their order, with how many of them each."""
        self._ids: set[str] = set()
        self._stories: dict[str, str] = {}

    def __contains__(self, document: str) -> bool:
        return document in self._ids

    def __enter__(self) -> Records:
        self._files = [
            (self.stage / name).open("w", encoding="utf-8", newline="\n")
            for name in (folder.DOCUMENTS, folder.STATEMENTS)
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, entry: Entry, reader: str) -> tuple[Document, list[Statement]] | None:
        """Write a document with its statements and return them; None if its id was there.

        ``reader`` is the ``reader_key`` of what read it.
        """
        document, statements = entry.document, entry.statements
        if document.id in self._ids:
            return None
        self._ids.add(document.id)
        if document.story is not None:
            self._stories |= {document.story: document.story, document.id: document.story}
        self._files[0].write(entry.document_line + "\n")
        self._files[1].writelines(f"{line}\n" for line in entry.statement_lines)
        last, count = self.readers.pop() if self.readers else (reader, 0)
        self.readers += [(last, count + 1)] if last == reader else [(last, count), (reader, 1)]
        self.tally.add(document, statements)
        self.weights.add(statements)
        return document, statements

    def close(self) -> None:
        """All have come: the files are whole, and may be read."""
        for file in self._files:
            file.close()

    def drawing(self) -> Drawing:
        """What is to be drawn of all that came."""
        from kg.graph.weightiest import ACTORS

        if max(self.tally.evidence, self.tally.documents) <= LARGE:
            return Drawing(self.stage)
        actors = self.weights.weightiest(ACTORS)
        claims = self.tally.statements
        return Drawing(self.stage, actors, len(self.weights), claims, self._stories)


def write_summary(
    records: Records, model: str, skipped: Sequence[str] = (), notes: Sequence[str] = ()
) -> None:
    """Write the summary and the mark; RDF, store and drawings are the caller's.

    ``model`` names what read the documents.
    """
    from kg import __version__
    from kg.knowledge import vocabulary_version

    tally, stage = records.tally, records.stage
    text = tally.summary(skipped, notes)
    (stage / folder.SUMMARY).write_text(text, encoding="utf-8", newline="\n")
    record = {
        "geokg": __version__,
        "model": model,
        "lexicon": vocabulary_version(),
        "documents": tally.documents,
        "statements": tally.evidence,
        "headlines": tally.headlines(len(skipped)),
        "skipped": list(skipped),
        "readers": records.readers,
    }
    marker = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (stage / folder.MARKER).write_text(marker, encoding="utf-8", newline="\n")


def write_rdf(stage: Path) -> None:
    """Write ``graph.ttl`` and ``graph.trig`` from the store."""
    from kg.graph.spooled import GraphFiles
    from kg.graph.store import graphs_of, open_store

    files = GraphFiles(stage)
    for graph in graphs_of(open_store(stage / folder.STORE)):
        files.add(graph)
    files.write(stage / folder.TURTLE, stage / folder.TRIG)
