"""What runs on the workers: the language model, loaded once by each, and the reading of chunks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

from distributed import Worker, WorkerPlugin

from kg.engine.versions import Versions, versions
from kg.errors import ClusterError, DocumentError, KGError
from kg.parts import Entry, Outcome, part_bytes, read_chunk
from kg.statement import Document

if TYPE_CHECKING:
    from kg.text.pipeline import Extractor


@cache
def versions_told(model: str | None) -> Versions | str:
    """Like ``versions``; what is wrong comes back as a line."""
    try:
        return versions(model)
    except KGError as error:
        return str(error)


class OtherVersions(Exception):
    """A worker that has joined since the start reads with other versions than the client."""


class Reader(WorkerPlugin):
    """How a run reads documents: every worker of the cluster gets it, later ones when they join.

    ``key`` is the ``kg.parts.reader_key`` of the run, ``model`` as for
    ``kg.text.models.open_model``, for the worker to find. Tables of the user's own actors
    travel with their content, as a worker may not see the files of the client. What is read
    goes to the place ``parts`` if there is one (``kg.engine.shared``), else to the client.
    """

    def __init__(
        self,
        key: str,
        versions: Versions,
        model: str | None = None,
        actors: Sequence[Path] = (),
        parts: str | None = None,
    ) -> None:
        # of this run alone: another one may read in the same way at the same time
        self.name = f"kg-{key}-{uuid4().hex[:8]}"
        self.key = key
        self.versions = versions
        self.parts = parts
        self._model = model
        self._tables = [(table.name, table.read_bytes()) for table in actors]
        self._folder = Path()

    def setup(self, worker: Worker) -> None:
        """Called by Dask on each worker. The model is loaded with the first documents."""
        self._folder = Path(worker.local_directory, self.name)
        _READERS[self.name] = self

    def teardown(self, worker: Worker) -> None:
        """Called by Dask when the run is over."""
        _READERS.pop(self.name, None)
        if all(reader.key != self.key for reader in _READERS.values()):
            _EXTRACTORS.pop(self.key, None)

    def extractor(self) -> Extractor:
        """The pipeline, loaded once; raises ``OtherVersions`` rather than reading otherwise."""
        if self.key not in _EXTRACTORS:
            _EXTRACTORS[self.key] = self._loaded()
        return _EXTRACTORS[self.key]

    def _loaded(self) -> Extractor:
        from kg.text.pipeline import Extractor

        found = versions_told(self._model)
        if found != self.versions:
            raise OtherVersions(str(found))
        tables = []
        for number, (name, content) in enumerate(self._tables):
            # a folder for each: two may have the same name
            path = self._folder / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            tables.append(path)
        return Extractor(actors=tables, model=self._model)


_READERS: dict[str, Reader] = {}
_EXTRACTORS: dict[str, Extractor] = {}
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back: a part (``kg.parts.outcomes_of``), and how much it read.

    Where the chunk is ``kept`` at the shared place, the part holds its problems only.
    """

    part: bytes
    documents: int
    statements: int
    kept: bool = False


def read_documents(run: str, documents: Sequence[Document], chunk: str | None) -> Answer:
    """Read some documents as the ``Reader`` of this name says.

    They are the whole chunk of the key ``chunk``, or with None only some of one.
    """
    reader = _READERS.get(run)
    if reader is None:
        raise ClusterError("a worker does not know how to read (was it started anew by hand?)")
    # One thread reads at a time: the pipeline is not made for several.
    with _LOCK:
        outcomes = list(read_chunk(reader.extractor(), documents))
    if reader.parts is None or chunk is None:
        return answer(outcomes)
    from kg.engine.shared import Shared

    Shared(reader.parts, reader.versions).keep(chunk, outcomes)
    return answer(outcomes, kept=True)


def found_at(parts: str) -> str:
    """What this worker finds in the file by which a place of parts is known, or what is wrong."""
    from kg.engine.shared import known_by

    try:
        return known_by(parts)
    except (ImportError, KGError, OSError) as error:
        return str(error)


def answer(outcomes: Sequence[Outcome], *, kept: bool = False) -> Answer:
    """The answer about documents that were read."""
    entries = [one for one in outcomes if isinstance(one, Entry)]
    sent = [one for one in outcomes if isinstance(one, DocumentError)] if kept else outcomes
    statements = sum(len(entry.statement_lines) for entry in entries)
    return Answer(part_bytes(sent), len(entries), statements, kept)
