"""Chunks of documents through a cluster: bounded, in order, whatever becomes of the workers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count, islice
from time import monotonic
from typing import TYPE_CHECKING

from kg.engine.cluster import refuse_other
from kg.engine.worker import Answer, OtherVersions, Reader, answer, read_documents
from kg.errors import ClusterError, DocumentError, KGError
from kg.parts import Chunk
from kg.statement import Document
from kg.summary import counted

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 4  # chunks for each worker that are under way or wait for their turn
_RETRIES = 2  # after an error; how many workers a chunk may outlive is Dask's "allowed-failures"
_LOOK = 5.0  # seconds between looks at who is there
_GIVE_UP = 600.0  # seconds without any worker


@dataclass(slots=True)
class _Piece:
    """Documents that a worker has been given, and what it answered."""

    documents: tuple[Document, ...]
    future: Future[Answer] | None
    """None for a document that is suspected and waits until it can be read alone."""
    alone: bool = False
    answer: Answer | None = None


@dataclass(slots=True)
class _Turn:
    """A chunk on its way: in one piece, or after failures one for each of its documents."""

    chunk: Chunk
    pieces: list[_Piece]

    @property
    def answers(self) -> list[Answer] | None:
        """What came back, in the order of the documents; None until all of it is there."""
        found = [piece.answer for piece in self.pieces if piece.answer is not None]
        return found if len(found) == len(self.pieces) else None


class Flow:
    """Has chunks read by the workers of a cluster.

    ``note`` gets a line about each thing that a person may want to know meanwhile.
    """

    def __init__(self, client: Client, reader: Reader, note: Callable[[str], None]) -> None:
        self._client = client
        self._reader = reader
        self._note = note
        self._there: set[str] = set()
        self._most = 0
        self._looked = -_LOOK
        self._last = monotonic()
        self._numbers = count()
        self._turns: list[_Turn] = []

    def run(
        self, chunks: Iterable[Chunk], known: Container[str] = frozenset()
    ) -> Iterator[tuple[Chunk, list[Answer]]]:
        """What came back of each chunk, in the order of the chunks; mostly one answer.

        A chunk whose key is ``known`` is not read, and has no answer.

        What a lost worker had under way is read again by another. A chunk that ends its worker
        time and again, or fails however often it is read, is read document by document and has
        as many answers; the document that is to blame is a ``DocumentError`` in its part.
        Raises ``ClusterError`` when the cluster is gone or a worker reads with other versions.
        """
        source = iter(chunks)
        with self._installed(), self._explaining():
            while self._fill(source, known):
                self._collect()
                while self._turns and (answers := self._turns[0].answers) is not None:
                    yield self._turns.pop(0).chunk, answers

    def _fill(self, source: Iterator[Chunk], known: Container[str]) -> bool:
        """Give the workers what they have room for; whether anything is under way."""
        if monotonic() - self._looked >= _LOOK:
            self._look()
        room = _AHEAD * max(1, len(self._there)) - len(self._turns)
        if any(piece.alone for piece in self._under_way()):
            room = 0
        for chunk in islice(source, max(0, room)):
            turn = _Turn(chunk, [])
            if chunk.key not in known:
                future = self._submit(chunk.documents, chunk.key)
                turn.pieces.append(_Piece(chunk.documents, future))
            self._turns.append(turn)
        return bool(self._turns)

    def _submit(self, documents: tuple[Document, ...], chunk: str | None = None) -> Future[Answer]:
        # Never the name of a task that failed before: Dask would remember how it ended.
        name = f"{self._reader.name}-{next(self._numbers)}"
        return self._client.submit(
            read_documents, self._reader.name, documents, chunk, key=name, retries=_RETRIES
        )

    def _pieces(self) -> Iterator[_Piece]:
        return (piece for turn in self._turns for piece in turn.pieces if piece.answer is None)

    def _under_way(self) -> list[_Piece]:
        return [piece for piece in self._pieces() if piece.future is not None]

    def _collect(self) -> None:
        """Wait until something has come back, and take it over at once.

        What stays on the worker that made it would be lost with it.
        """
        from distributed import wait

        under_way = self._under_way()
        if not under_way:
            # Now that nothing else is read, whoever is suspected shows whether rightly.
            suspect = next(self._pieces(), None)
            if suspect is None:
                return
            suspect.alone = True
            suspect.future = self._submit(suspect.documents)
            under_way = [suspect]
        with suppress(TimeoutError), self._client.as_current():
            futures = [piece.future for piece in under_way]
            wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED")
        for turn in self._turns:
            turn.pieces = [new for piece in turn.pieces for new in self._settled(piece)]

    def _settled(self, piece: _Piece) -> list[_Piece]:
        from distributed.scheduler import KilledWorker

        if piece.answer is not None or piece.future is None or not piece.future.done():
            return [piece]
        try:
            piece.answer = piece.future.result()
            return [piece]
        except OtherVersions as error:
            refuse_other("a worker that has joined", str(error), self._reader.versions)
            raise
        except ImportError as error:
            raise ClusterError(
                f"a worker lacks a package: {error} (install the same everywhere)"
            ) from error
        except (KGError, CancelledError):
            raise
        except KilledWorker:
            problem = "ended every worker that read it"
        except Exception as error:  # of any library, brought here from a worker
            problem = f"could not be read: {type(error).__name__}: {' '.join(str(error).split())}"
        if len(piece.documents) > 1:
            singles = ((document,) for document in piece.documents)
            return [_Piece(single, self._submit(single)) for single in singles]
        if not piece.alone:
            # Dask also blames what only waited behind the one that ended the worker.
            return [_Piece(piece.documents, None)]
        found = DocumentError(piece.documents[0].id, problem, "please report this text")
        piece.answer = answer([found])
        return [piece]

    def _look(self) -> None:
        """See which workers have come and gone; raises ``ClusterError`` when none comes back."""
        threads = self._client.nthreads()
        lost = self._there - threads.keys()
        if lost:
            self._note(f"{counted(len(lost), 'worker')} lost; what was under way is read again")
        if lost and not threads:
            self._note("no worker is left: waiting for others")
        if any(threads[address] > 1 for address in threads.keys() - self._there):
            self._note(
                "workers with several threads read with one of them (start one worker for each "
                "core, with --nthreads 1)"
            )
        self._there = set(threads)
        self._looked = monotonic()
        self._most = max(self._most, len(threads))
        if threads:
            self._last = self._looked
        elif self._looked - self._last > _GIVE_UP:
            raise ClusterError(
                f"no worker has come back for {_GIVE_UP:.0f} seconds "
                "(start some and give the command again)"
            )
        if len(threads) < self._most and self._client.cluster is not None:
            # of our own cluster: one that ended while it was started is not started again
            self._client.cluster.scale(self._most)

    @contextmanager
    def _installed(self) -> Iterator[None]:
        """The workers know how to read meanwhile; what is still under way at the end is ended."""
        self._client.register_plugin(self._reader)
        try:
            yield
        finally:
            with suppress(Exception):  # the cluster may be gone
                self._client.cancel([piece.future for piece in self._under_way()])
                self._client.unregister_worker_plugin(self._reader.name)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        from distributed.comm.core import CommClosedError

        try:
            yield
        except (CommClosedError, CancelledError, OSError) as error:
            if isinstance(error, OSError) and self._client.status == "running":
                raise
            raise ClusterError(
                "the scheduler of the cluster is gone (start it and give the command again)"
            ) from error
