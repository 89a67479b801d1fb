"""The files of an output folder, written from documents and statements as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from types import TracebackType

from kg import folder
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
        self._documents: list[Document] = []
        self._statements: list[Statement] | None = []

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
        for file in self._files:
            file.close()

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
        if self._statements is not None:
            self._documents.append(replace(document, text=""))
            self._statements += statements
            if max(len(self._statements), len(self._documents)) > LARGE:
                self._statements, self._documents = None, []
        return document, statements

    def write_drawings(self) -> None:
        """Write the network and the page."""
        from kg.graph import weightiest
        from kg.graph.exports import write_graphml
        from kg.graph.network import Network, actor_network
        from kg.graph.view import write_html

        network, page = self.stage / folder.NETWORK, self.stage / folder.PAGE
        if self._statements is not None:
            write_graphml(network, actor_network(self._statements, self._documents))
            write_html(page, self._statements, self._documents)
            return
        actors = self.weights.weightiest(weightiest.ACTORS)
        ties, quoted = Network(self._stories), weightiest.Quoted()
        for entry in entries_of(self.stage):
            told = list(weightiest.between(entry.statements, actors))
            ties.add(told)
            quoted.add(told)
        write_graphml(network, ties.graph(weightiest.EDGES))
        names = {statement.evidence.document for statement in quoted.statements}
        known = documents_of(self.stage)
        documents = [replace(document, text="") for document in known if document.id in names]
        shown = {end for one in quoted.statements for end in weightiest.ends(one)}
        claims = {statement.id for statement in quoted.statements}
        more = len(self.weights) - len(shown), self.tally.statements - len(claims)
        write_html(page, quoted.statements, documents, more=more)


def write_views(
    records: Records, model: str, skipped: Sequence[str] = (), notes: Sequence[str] = ()
) -> None:
    """Write the network, the page, the summary and the mark; RDF and store are the caller's.

    ``model`` names what read the documents.
    """
    from kg import __version__
    from kg.knowledge import vocabulary_version

    records.write_drawings()
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


def readers_of(path: Path) -> Iterator[str]:
    """The ``reader_key`` of what read each document of an output folder, in their order.

    Endlessly "" where earlier versions of kg did not note it.
    """
    marker = json.loads((path / folder.MARKER).read_text(encoding="utf-8"))
    for reader, count in marker.get("readers", ()):
        yield from repeat(reader, count)
    yield from repeat("")


def write_rdf(stage: Path) -> None:
    """Write ``graph.ttl`` and ``graph.trig`` from the store."""
    from kg.graph.spooled import GraphFiles
    from kg.graph.store import graphs_of, open_store

    files = GraphFiles(stage)
    for graph, triples in graphs_of(open_store(stage / folder.STORE)):
        files.add(graph, triples)
    files.write(stage / folder.TURTLE, stage / folder.TRIG)


def documents_of(path: Path) -> Iterator[Document]:
    """The documents of an output folder, one after the other."""
    with folder.open_text(path / folder.DOCUMENTS) as lines:
        for line in lines:
            yield folder.document_from(json.loads(line))


def entries_of(path: Path) -> Iterator[Entry]:
    """The documents of an output folder with their statements, one after the other."""
    with (
        folder.open_text(path / folder.DOCUMENTS) as documents,
        folder.open_text(path / folder.STATEMENTS) as statements,
    ):
        line = next(statements, "")
        for document in documents:
            # Both files have the same order.
            name = json.loads(document)["id"]
            told: list[str] = []
            while line and json.loads(line)["document"] == name:
                told.append(line.rstrip("\n"))
                line = next(statements, "")
            yield Entry(document.rstrip("\n"), tuple(told))
