"""The workers of a cluster as the engine of a build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engine.cluster import check_place, check_workers, connected
from kg.intake import Listener
from kg.parts import Chunk, Outcome, outcomes_of, reader_key

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where documents are read, and by what.

    ``scheduler`` is the address of a cluster of Dask; without one, ``jobs`` processes are
    started here. ``model`` and ``actors`` are as for ``kg.build``.
    """

    scheduler: str | None = None
    jobs: int = 2
    model: str | None = None
    actors: tuple[Path, ...] = ()


class Engine:
    """The workers of a cluster, ready to read: the ``engine`` of ``kg.builder.build``.

    A context manager around the reading. Raises ``ClusterError`` when there are no workers,
    or they would read otherwise than this process. With ``parts``, a place that this process
    and the workers reach, the workers write what they read there.
    """

    def __init__(self, cluster: Cluster, listener: Listener, parts: str | None = None) -> None:
        self._cluster = cluster
        self._listener = listener
        self._parts = parts
        self._open = ExitStack()

    def __enter__(self) -> Engine:
        cluster, listener = self._cluster, self._listener
        with ExitStack() as stack:
            connection = connected(cluster.scheduler, cluster.jobs, listener.note)
            client = stack.enter_context(connection)
            # not above: Dask may not be installed
            from kg.engine.flow import Flow
            from kg.engine.shared import Shared
            from kg.engine.versions import versions
            from kg.engine.worker import Reader

            self.versions = versions(cluster.model)
            check_workers(client, self.versions, cluster.model)
            read_by = self.versions
            self.key = reader_key(read_by.kg, read_by.model, read_by.vocabulary, cluster.actors)
            self.shared = None
            if self._parts is not None:
                self.shared = Shared(self._parts, self.versions)
                check_place(client, self.shared)
            place = self.shared.url if self.shared else None
            self.reader = Reader(self.key, self.versions, cluster.model, cluster.actors, place)
            self.flow = Flow(client, self.reader, listener.note)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def read(self, coming: Iterator[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """What became of the documents of each chunk, in their order."""
        for chunk, answers in self.flow.run(coming):
            yield chunk, [one for part in answers for one in outcomes_of(part.part, chunk.key)]
