"""Articles to an output folder: the one place where the two wings are joined."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from kg import folder
from kg.errors import DocumentError, KGError
from kg.folder import Graph
from kg.placing import commit, staging
from kg.results import Result, refuse_foreign, write_records, write_views
from kg.statement import Document, Statement, write_statements
from kg.summary import counted


class Listener(Protocol):
    """Hears what happens during a build."""

    def skipped(self, line: str) -> None:
        """A document was left out."""

    def note(self, line: str) -> None:
        """Something was repaired or left out without loss."""

    def progress(self, documents: int, statements: int) -> None:
        """Another document was read."""


class _Warning:
    """The listener of Python programs: skipped documents become warnings."""

    def skipped(self, line: str) -> None:
        warnings.warn(f"skipped: {line}", stacklevel=2)

    def note(self, line: str) -> None:
        pass

    def progress(self, documents: int, statements: int) -> None:
        pass


def build(
    paths: str | Path | Sequence[str | Path],
    out: str | Path = "out",
    *,
    jobs: int = 1,
    date: date | None = None,
    belief: str | None = None,
    model: str | None = None,
    actors: Sequence[Path] = (),
    columns: Mapping[str, str] | None = None,
    add: bool = False,
    rdf12: bool = False,
    listener: Listener | None = None,
) -> Graph:
    """Read articles and write the graph of what they state into the folder ``out``.

    The same articles give the same files, byte for byte. Everything is made beside what is
    there and moved into place at the end: if anything fails, ``out`` stays as it was. ``date``
    is for documents that state none; ``belief`` is the text of the query that decides which
    statements become plain edges; ``columns`` names the columns of tables ({"text": "body"}).
    With ``add``, the documents that ``out`` already holds stay:
    one with the id of a given document is replaced by it, and one that is given again unchanged
    is not read again. ``rdf12`` adds the triple terms of RDF 1.2. Raises ``StoreError`` when
    ``out`` cannot be written, is in use or holds files of these names that kg did not make,
    ``DocumentError`` when nothing can be read.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise DocumentError("nothing to build", "no articles are named")
    target = Path(out)
    options = _Options(belief, rdf12, tuple(actors))
    with staging(target) as stage:
        refuse_foreign(target)
        before = Graph(target) if add and (target / folder.MARKER).exists() else None
        reading = _Reading(given, date, columns or {}, listener or _Warning())
        reading.run(stage, jobs, options.actors, model, before)
        if not add:
            reading.tell_left_out(target)
        if before is None or reading.documents:
            _write_graph(stage, reading, options, before)
            commit(stage, target)
    return Graph(target)


@dataclass(frozen=True, slots=True)
class _Options:
    """What decides how the graph of the same statements is written."""

    belief: str | None
    rdf12: bool
    actors: tuple[Path, ...]


class _Reading:
    """The text wing's half of a build: documents, statements, and what was skipped."""

    def __init__(
        self,
        paths: Sequence[str | Path],
        day: date | None,
        columns: Mapping[str, str],
        listener: Listener,
    ) -> None:
        self._paths = paths
        self._day = day
        self._columns = columns
        self._listener = listener
        self.documents: list[Document] = []
        self.statements: list[Statement] = []
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self.model = ""

    def run(
        self,
        stage: Path,
        jobs: int,
        actors: tuple[Path, ...],
        model: str | None,
        before: Graph | None = None,
    ) -> None:
        """Read everything, writing documents and statements as they come.

        Documents that ``before`` has as they are, read by the same versions, are passed over.
        """
        from kg.text.corpus import usable_documents
        from kg.text.models import model_identity
        from kg.text.pipeline import Extractor

        articles = usable_documents(self._paths, self._day, self._skip, self._note, self._columns)
        extractor = Extractor(actors=actors, model=model)
        self.model = model_identity(model)
        known = _known(before, self.model)
        articles = (document for document in articles if document not in known)
        with (
            (stage / folder.DOCUMENTS).open("w", encoding="utf-8", newline="\n") as documents,
            (stage / folder.STATEMENTS).open("w", encoding="utf-8", newline="\n") as statements,
        ):
            for document, found in extractor.extract_all(articles, jobs=jobs):
                if isinstance(found, DocumentError):
                    self._skip(found)
                    continue
                self.documents.append(document)
                self.statements.extend(found)
                record = folder.document_record(document)
                documents.write(json.dumps(record, ensure_ascii=False) + "\n")
                write_statements(found, statements)
                self._listener.progress(len(self.documents), len(self.statements))
        if not self.documents and before is None:
            raise DocumentError(
                "nothing to build",
                f"none of {counted(len(self.skipped), 'document')} could be read",
                "the output folder is as it was",
            )

    def tell_left_out(self, target: Path) -> None:
        """Say how many documents of the graph that is replaced are not in the new one."""
        if not (target / folder.MARKER).exists():
            return
        with suppress(KGError):
            kept = {document.id for document in self.documents}
            gone = sum(document.id not in kept for document in Graph(target).documents)
            if gone:
                # Not among the notes: the new graph does not depend on the old one.
                self._listener.note(
                    f"{target}: {counted(gone, 'document')} of the graph that stood there "
                    "left out (`--add` keeps them)"
                )

    def _skip(self, problem: DocumentError) -> None:
        self.skipped.append(str(problem))
        self._listener.skipped(str(problem))

    def _note(self, line: str) -> None:
        self.notes.append(line)
        self._listener.note(line)


def _known(before: Graph | None, model: str) -> frozenset[Document]:
    """The documents of an earlier build that reading again would only repeat."""
    from kg import __version__
    from kg.knowledge import vocabulary_version

    if before is None or before.versions != (__version__, model, vocabulary_version()):
        return frozenset()
    return frozenset(before.documents)


def _write_graph(stage: Path, reading: _Reading, options: _Options, before: Graph | None) -> None:
    """The graph wing's half of a build: RDF, store, network, page; and the summary."""
    from kg import __version__
    from kg.graph.files import full_graphs
    from kg.graph.rdf import RunInfo
    from kg.graph.rdf12 import with_triple_terms
    from kg.graph.store import load_store, open_store, remembered_belief, stored_graphs
    from kg.knowledge import background_of, vocabulary_version

    run = RunInfo(__version__, reading.model, vocabulary_version())
    graphs = full_graphs(
        reading.statements,
        reading.documents,
        belief=options.belief,
        run=run,
        background=background_of(reading.statements, options.actors),
    )
    if options.rdf12:
        graphs = with_triple_terms(graphs)
    store = stage / folder.STORE
    if before is None:
        load_store(store, graphs, belief=options.belief)
        documents, statements, skipped = reading.documents, reading.statements, reading.skipped
    else:
        shutil.copytree(before.path / folder.STORE, store)
        load_store(store, graphs, belief=options.belief or remembered_belief(open_store(store)))
        graphs = dict(stored_graphs(open_store(store)))
        new = {document.id for document in reading.documents}
        documents = [d for d in before.documents if d.id not in new] + reading.documents
        statements = [s for s in before.statements if s.evidence.document not in new]
        statements += reading.statements
        skipped = [*before.skipped, *reading.skipped]
    result = Result(documents, statements, graphs, reading.model, skipped, reading.notes)
    if before is not None:
        write_records(stage, result)
    write_views(stage, result)
