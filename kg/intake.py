"""Documents to parts: the half of a build that reads, in one process or several.

Every part lies in the work area as soon as it is read, so a build that ends in whatever way
goes on there when it is given again.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from kg.errors import DataError, DocumentError
from kg.graph.rdf import RunInfo
from kg.parts import (
    SUFFIX,
    Chunk,
    Entry,
    Outcome,
    Reader,
    chunks,
    part_path,
    read_before,
    read_chunk,
    read_part,
    write_part,
)
from kg.placing import AREA
from kg.statement import Document
from kg.summary import counted

_PATIENCE = 10.0  # seconds that a thread is given to come to its end


class Listener(Protocol):
    """Hears what happens during a build; with several processes in a thread of its own."""

    def skipped(self, line: str) -> None:
        """A document was left out."""

    def note(self, line: str) -> None:
        """Something was repaired or left out without loss."""

    def progress(self, documents: int, statements: int) -> None:
        """More was read: so many documents and statements now."""


class Engine(Protocol):
    """Reads chunks somewhere else, with the versions of this kg."""

    def read(self, coming: Iterator[Chunk]) -> Iterable[tuple[Chunk, list[Outcome]]]:
        """What became of the documents of each chunk, in their order; takes as it has room."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a reader is opened with; see ``kg.text.pipeline.Extractor``."""

    actors: tuple[Path, ...] = ()
    model: str | None = None

    def __call__(self) -> Reader:
        """The reader: an ``Extractor``."""
        from kg.text.pipeline import Extractor

        return Extractor(actors=self.actors, model=self.model)


@dataclass(slots=True)
class Intake:
    """Reads documents into parts in ``area``; ``reader`` is the key of what ``opening`` opens."""

    area: Path
    reader: str
    opening: Opening
    listener: Listener
    run_info: RunInfo | None = None
    """With it, several processes make the graphs of the documents that they read."""
    parts: list[Path] = field(default_factory=list)
    """The parts in the order of the documents."""
    documents: int = 0
    """How many documents the parts hold, without those that were skipped."""
    _statements: int = 0
    _done: SimpleQueue[Path | BaseException | None] = field(default_factory=SimpleQueue)
    _stops: list[Callable[[], None]] = field(default_factory=list)

    def run(
        self, documents: Iterable[Document], jobs: int = 1, engine: Engine | None = None
    ) -> None:
        """Read all that is not yet read, in so many processes or by an engine."""
        self._prepare()
        missing = self._missing(chunks(documents, self.reader))
        if engine is not None:
            for chunk, outcomes in engine.read(missing):
                path = part_path(self.area, chunk.key)
                write_part(path, outcomes)
                self._note(path, _told(outcomes))
        elif jobs <= 1:
            self._run_here(missing)
        else:
            self._run_apart(missing, jobs)

    def outcomes(self) -> Iterator[Outcome]:
        """What became of the documents, in their order."""
        for part in self.parts:
            yield from read_part(part)

    def stream(
        self, documents: Iterable[Document], jobs: int = 1, engine: Engine | None = None
    ) -> Generator[Outcome, None, None]:
        """Like ``run`` and then ``outcomes``, but each as soon as it and all before it are there.

        The reading goes on in a thread while what was read is made use of.
        """

        def run() -> None:
            try:
                self.run(documents, jobs, engine)
                self._done.put(None)
            except BaseException as error:  # raised again where it is waited for
                self._done.put(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            whole: set[Path] = set()
            given = 0
            while (one := self._done.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                whole.add(one)
                while given < len(self.parts) and self.parts[given] in whole:
                    whole.remove(self.parts[given])
                    yield from read_part(self.parts[given])
                    given += 1
            for part in self.parts[given:]:  # the same documents were given twice
                yield from read_part(part)
        finally:
            for stop in self._stops:
                stop()
            thread.join(timeout=_PATIENCE)

    def _prepare(self) -> None:
        """Keep only what may be of use of what an earlier run has left."""
        for path in self.area.iterdir():
            if path.name.startswith(".part-") or (
                path.suffix == SUFFIX and not path.name.startswith(f"{self.reader}-")
            ):
                path.unlink(missing_ok=True)
        if before := read_before(self.area, self.reader):
            self.listener.note(f"going on: {counted(before, 'document')} were read before")

    def _missing(self, coming: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks of which there is no whole part yet."""
        for chunk in coming:
            path = part_path(self.area, chunk.key)
            self.parts.append(path)
            try:
                self._note(path, _told(read_part(path)))
            except DataError:  # not there, or torn
                yield chunk

    def _run_here(self, missing: Iterable[Chunk]) -> None:
        reader: Reader | None = None
        for chunk in missing:
            if reader is None:
                reader = self.opening()
                # What was loaded stays: looking at it again and again takes a fifth of the time.
                gc.collect()
                gc.freeze()
            outcomes: list[Outcome] = []
            for outcome in read_chunk(reader, chunk.documents):
                outcomes.append(outcome)
                self._count(_told([outcome]))
            write_part(part_path(self.area, chunk.key), outcomes)

    def _run_apart(self, missing: Iterable[Chunk], jobs: int) -> None:
        from kg.text.workers import Lost, Pool

        split = partial(_one_by_one, reader=self.reader)
        work = partial(_work, area=self.area, run=self.run_info)
        with Pool(jobs, self.opening, work) as pool:
            self._stops.append(pool.stop)
            for _, chunk, result in pool.run(missing, split):
                path = part_path(self.area, chunk.key)
                if isinstance(result, list):  # done one by one, after losses
                    self._join(chunk, [isinstance(one, Lost) for one in result])
                    result = _told(read_part(path))
                self._note(path, result)

    def _join(self, chunk: Chunk, lost: Sequence[bool]) -> None:
        """Make the part of a chunk of the parts of its documents."""
        outcomes: list[Outcome] = []
        pieces = _one_by_one(chunk, self.reader)
        for document, piece, gone in zip(chunk.documents, pieces, lost, strict=True):
            if gone:
                problem = "the process that read it was killed each time"
                hint = "is the memory too small? try fewer --jobs"
                outcomes.append(DocumentError(document.id, problem, hint))
            else:
                outcomes += read_part(part_path(self.area, piece.key))
        write_part(part_path(self.area, chunk.key), outcomes)
        for piece in pieces:
            if piece.key != chunk.key:
                part_path(self.area, piece.key).unlink(missing_ok=True)

    def _note(self, path: Path, told: _Told) -> None:
        """A part is whole."""
        self._count(told)
        self._done.put(path)

    def _count(self, told: _Told) -> None:
        self.documents += told.documents
        self._statements += told.statements
        for line in told.skipped:
            self.listener.skipped(line)
        self.listener.progress(self.documents, self._statements)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a part: how much it holds, and which documents were skipped."""

    documents: int
    statements: int
    skipped: tuple[str, ...]


def _told(outcomes: Iterable[Outcome]) -> _Told:
    outcomes = list(outcomes)
    counts = [len(one.statement_lines) for one in outcomes if isinstance(one, Entry)]
    skipped = (str(one) for one in outcomes if not isinstance(one, Entry))
    return _Told(len(counts), sum(counts), tuple(skipped))


def _work(reader: Reader, chunk: Chunk, area: Path, run: RunInfo | None) -> _Told:
    outcomes = list(read_chunk(reader, chunk.documents, run))
    write_part(part_path(area, chunk.key), outcomes)
    return _told(outcomes)


def _one_by_one(chunk: Chunk, reader: str) -> list[Chunk]:
    return [piece for document in chunk.documents for piece in chunks([document], reader)]


def documents_kept(out: Path | str) -> int:
    """How many documents a build for an output folder has read that did not come to its end."""
    return read_before(Path(out) / AREA)
