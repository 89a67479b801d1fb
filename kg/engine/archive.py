"""Large archives: read to parts on shared storage, which are merged to a result or loaded as is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.builder import assemble
from kg.engine.batches import DOCUMENTS, batches
from kg.engine.cluster import refuse_other
from kg.engine.run import Cluster, Engine
from kg.engine.sources import documents_at
from kg.errors import DocumentError
from kg.folder import Graph
from kg.intake import Listener
from kg.parts import Chunk, Entry, Outcome, chunks, outcomes_of
from kg.statement import Document

if TYPE_CHECKING:
    from kg.engine.shared import Manifest, Shared
    from kg.engine.worker import Answer


@dataclass(slots=True)
class Archive:
    """Articles to be read to shared storage; the fields are the arguments of ``kg.build``.

    ``listener`` hears of every document that is skipped and of every note.
    """

    paths: Sequence[str | Path]
    listener: Listener
    date: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    _skipped: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _documents: int = 0
    _statements: int = 0

    def read(self, cluster: Cluster, parts: str, size: int = DOCUMENTS) -> Manifest:
        """Have everything read by a cluster to parts at a place that its workers reach.

        ``parts`` is a folder or a URL of fsspec. What lies there already is not read again.
        ``size`` is the most documents in a batch. Raises ``ClusterError`` when there are no
        workers, ``DocumentError`` when nothing could be read, ``StoreError`` when the place
        refuses.
        """
        with Engine(cluster, self.listener, parts) as engine:
            from kg.engine.shared import Manifest

            shared = engine.shared
            assert shared is not None
            coming = batches(chunks(self._coming(), engine.key), size)
            keys = []
            for batch, answers in engine.flow.run(coming, shared.keys()):
                keys.append(batch.key)
                self._count(shared, batch, answers)
            if not self._documents:
                raise DocumentError("nothing to build", "no document could be read")
            versions = engine.versions
            manifest = Manifest(
                versions.kg,
                versions.model,
                versions.vocabulary,
                self._documents,
                self._statements,
                tuple(keys),
                tuple(self._skipped),
                tuple(self._notes),
            )
            shared.list_batches(manifest)
        return manifest

    def _coming(self) -> Iterator[Document]:
        return documents_at(self.paths, self.date, self._skip, self._note, self.columns)

    def _skip(self, problem: DocumentError) -> None:
        self._skipped.append(str(problem))
        self.listener.skipped(str(problem))

    def _note(self, line: str) -> None:
        self._notes.append(line)
        self.listener.note(line)

    def _count(self, shared: Shared, batch: Chunk, answers: Sequence[Answer]) -> None:
        """Count what a batch holds; see to it that it lies at the place."""
        outcomes: list[Outcome] = []
        if not answers:  # from an earlier run
            outcomes += outcomes_of(shared.part(batch.key), batch.key)
        for answer in answers:
            outcomes += outcomes_of(answer.part, batch.key)
        if not all(answer.kept for answer in answers):
            # read document by document after failures: no worker had the whole of it
            shared.keep(batch.key, outcomes)
        if answers and all(answer.kept for answer in answers):
            self._documents += sum(answer.documents for answer in answers)
            self._statements += sum(answer.statements for answer in answers)
        for outcome in outcomes:
            if isinstance(outcome, Entry):
                self._documents += 1
                self._statements += len(outcome.statement_lines)
            else:
                self.listener.skipped(str(outcome))
        self.listener.progress(self._documents, self._statements)


def merge(
    parts: str,
    out: str | Path = "out",
    *,
    model: str | None = None,
    actors: Sequence[Path] = (),
    belief: str | None = None,
    rdf12: bool = False,
) -> Graph:
    """The result of all batches that the manifest at a place names, as ``kg.build`` makes it.

    However often it is done, and wherever: the result is the same. Raises ``DataError`` when
    the manifest or a part is missing or torn, ``ClusterError`` when another version of kg has
    made them, ``StoreError`` like ``kg.build``.
    """
    from kg.engine.shared import Shared, manifest_at
    from kg.engine.versions import Versions, versions

    manifest = manifest_at(parts)
    made_by = Versions(manifest.geokg, manifest.model, manifest.lexicon)
    here = versions(model)
    refuse_other(parts, str(made_by), here)
    shared = Shared(parts, here)
    # beside the result, where there must be room for more than the parts
    home = Path(out).resolve().parent
    with tempfile.TemporaryDirectory(
        prefix=".kg-parts-", dir=home if home.is_dir() else None
    ) as folder:
        return assemble(
            out,
            [shared.local_part(key, Path(folder)) for key in manifest.batches],
            model=here.model,
            actors=actors,
            belief=belief,
            rdf12=rdf12,
            skipped=manifest.skipped,
            notes=manifest.notes,
        )
