"""Articles to an output folder: the one place where the two wings are joined."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from kg import folder
from kg.errors import DocumentError, StoreError
from kg.folder import Graph
from kg.statement import Document, Statement, write_statements
from kg.summary import counted, headlines, summary

_STAGE = ".building-"


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
    listener: Listener | None = None,
) -> Graph:
    """Read articles and write the graph of what they state into the folder ``out``.

    The same articles give the same files, byte for byte. Everything is made beside what is
    there and moved into place at the end: if anything fails, ``out`` stays as it was. ``date``
    is for documents that state none; ``belief`` is the text of the query that decides which
    statements become plain edges. Raises ``StoreError`` when ``out`` cannot be written or
    holds files of these names that kg did not make, ``DocumentError`` when nothing can be read.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise DocumentError("nothing to build", "no articles are named")
    target = Path(out)
    with _staging(target) as stage:
        reading = _Reading(given, date, listener or _Warning())
        reading.run(stage, jobs, tuple(actors), model)
        _write_graph(stage, reading, belief)
        _move_into_place(stage, target)
    return Graph(target)


class _Reading:
    """The text wing's half of a build: documents, statements, and what was skipped."""

    def __init__(self, paths: Sequence[str | Path], day: date | None, listener: Listener) -> None:
        self._paths = paths
        self._day = day
        self._listener = listener
        self.documents: list[Document] = []
        self.statements: list[Statement] = []
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self.model = ""

    def run(self, stage: Path, jobs: int, actors: tuple[Path, ...], model: str | None) -> None:
        """Read everything, writing documents and statements as they come."""
        from kg.text.corpus import usable_documents
        from kg.text.pipeline import Extractor

        articles = usable_documents(self._paths, self._day, self._skip, self._note)
        extractor = Extractor(actors=actors, model=model)
        self.model = _model_name(model)
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
        if not self.documents:
            raise DocumentError(
                "nothing to build",
                f"none of {counted(len(self.skipped), 'document')} could be read",
                "the output folder is as it was",
            )

    def _skip(self, problem: DocumentError) -> None:
        self.skipped.append(str(problem))
        self._listener.skipped(str(problem))

    def _note(self, line: str) -> None:
        self.notes.append(line)
        self._listener.note(line)


def _model_name(model: str | None) -> str:
    """Name and checksum of the language model, as the provenance of every statement has it."""
    from kg.text.weights import default_folder, read_meta

    meta = read_meta(Path(model) if model else default_folder())
    files = json.dumps(meta["files"], sort_keys=True)
    return f"{meta['name']} {hashlib.sha256(files.encode()).hexdigest()[:12]}"


def _write_graph(stage: Path, reading: _Reading, belief: str | None) -> None:
    """The graph wing's half of a build: RDF, store, network, page; and the summary."""
    from kg import __version__
    from kg.graph.analyse import actor_network, write_graphml
    from kg.graph.files import full_graphs, write_graphs
    from kg.graph.rdf import RunInfo
    from kg.graph.store import load_store
    from kg.graph.view import write_html

    statements, documents = reading.statements, reading.documents
    run = RunInfo(__version__, reading.model)
    graphs = full_graphs(statements, documents, belief=belief, run=run)
    write_graphs(stage / folder.TURTLE, graphs)
    write_graphs(stage / folder.TRIG, graphs)
    load_store(stage / folder.STORE, graphs, belief=belief)
    write_graphml(stage / folder.NETWORK, actor_network(statements))
    write_html(stage / folder.PAGE, statements, documents)
    text = summary(documents, statements, reading.skipped, reading.notes)
    (stage / folder.SUMMARY).write_text(text, encoding="utf-8", newline="\n")
    record = {
        "geokg": __version__,
        "model": reading.model,
        "documents": len(documents),
        "statements": len(statements),
        "headlines": headlines(documents, statements, reading.skipped),
        "skipped": reading.skipped,
    }
    marker = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (stage / folder.MARKER).write_text(marker, encoding="utf-8", newline="\n")


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A hidden folder inside ``target`` to write into, gone at the end.

    Inside, so that it is on the same file system and moving is renaming.
    """
    created = not target.exists()
    stage = None
    try:
        target.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(target)
        _remove_abandoned(target)
        stage = Path(tempfile.mkdtemp(prefix=f"{_STAGE}{os.getpid()}-", dir=target))
        yield stage
    except OSError as error:
        if error.filename and not Path(str(error.filename)).is_relative_to(target):
            raise
        raise StoreError(
            f"{target}: cannot be written: {error.strerror or error} (choose another folder)"
        ) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if created and target.is_dir() and not any(target.iterdir()):
            target.rmdir()


def _remove_abandoned(target: Path) -> None:
    """Remove what builds that were killed have left."""
    for stage in target.glob(f"{_STAGE}*"):
        owner = stage.name.removeprefix(_STAGE).partition("-")[0]
        if owner.isdecimal() and Path("/proc/self").exists() and not Path("/proc", owner).exists():
            shutil.rmtree(stage, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    """Raise ``StoreError`` where the build would replace files that kg did not make."""
    if (target / folder.MARKER).exists():
        return
    for name in (*folder.FILES, folder.STORE):
        if (target / name).exists():
            raise StoreError(
                f"{target / name}: was not made by `kg build` and would be replaced "
                "(choose another folder)"
            )


def _move_into_place(stage: Path, target: Path) -> None:
    old = stage / "replaced"
    store = target / folder.STORE
    # The marker goes first: with it, a build that is cut off here can be repeated.
    for name in sorted(folder.FILES, key=lambda name: name != folder.MARKER):
        (stage / name).replace(target / name)
    if store.exists():
        store.rename(old)
    (stage / folder.STORE).rename(store)
