"""Network and page of an output folder, drawn from its files: here, or meanwhile elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from kg import folder
from kg.errors import KGError
from kg.garbage import rarely_collected
from kg.recorded import documents_of, entries_of
from kg.text.workers import Pool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, beside the documents and statements in the files of ``stage``.

    Of a large graph ``actors`` are those that are drawn; ``all_actors`` and ``all_claims`` count
    what there is, so that the page can say what it leaves out. ``stories`` is for counting.
    """

    stage: Path
    actors: frozenset[str] | None = None
    all_actors: int = 0
    all_claims: int = 0
    stories: Mapping[str, str] | None = None

    def write(self) -> None:
        """Write the network and the page; raises ``StoreError`` when they cannot be written."""
        with rarely_collected():
            if self.actors is None:
                self._write_all()
            else:
                self._write_weightiest(self.actors)

    def _write_all(self) -> None:
        from kg.graph.exports import write_graphml
        from kg.graph.network import actor_network
        from kg.graph.view import write_html

        entries = list(entries_of(self.stage))
        documents = [replace(entry.document, text="") for entry in entries]
        statements = [statement for entry in entries for statement in entry.statements]
        write_graphml(self.stage / folder.NETWORK, actor_network(statements, documents))
        write_html(self.stage / folder.PAGE, statements, documents)

    def _write_weightiest(self, actors: frozenset[str]) -> None:
        from kg.graph import weightiest
        from kg.graph.exports import write_graphml
        from kg.graph.network import Network
        from kg.graph.view import write_html

        ties, quoted = Network(self.stories or {}), weightiest.Quoted()
        for entry in entries_of(self.stage):
            told = list(weightiest.between(entry.statements, actors))
            ties.add(told)
            quoted.add(told)
        write_graphml(self.stage / folder.NETWORK, ties.graph(weightiest.EDGES))
        names = {statement.evidence.document for statement in quoted.statements}
        known = documents_of(self.stage)
        documents = [replace(document, text="") for document in known if document.id in names]
        shown = {end for one in quoted.statements for end in weightiest.ends(one)}
        claims = {statement.id for statement in quoted.statements}
        more = self.all_actors - len(shown), self.all_claims - len(claims)
        write_html(self.stage / folder.PAGE, quoted.statements, documents, more=more)


class Elsewhere:
    """Has a drawing made by a process of its own; a context manager around that time."""

    def __init__(self) -> None:
        self._drawing: Drawing | None = None
        self._drawn = False
        self._pool: Pool[Drawing, None] = Pool(1, _nothing, _draw)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begin(self, drawing: Drawing) -> None:
        """Begin; what goes wrong is seen by ``finish``."""
        self._drawing = drawing
        self._thread.start()

    def finish(self) -> None:
        """Wait for the end. What could not be made there is made here, or raises as it does."""
        assert self._drawing is not None
        self._thread.join()
        if not self._drawn:
            self._drawing.write()

    def __enter__(self) -> Elsewhere:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.stop()
        if self._drawing is not None:
            self._thread.join()

    def _run(self) -> None:
        assert self._drawing is not None
        with suppress(KGError, OSError), self._pool:
            for _, _, lost in self._pool.run([self._drawing], lambda drawing: [drawing]):
                self._drawn = lost is None


def _nothing() -> None:
    """What the process works with."""


def _draw(_: None, drawing: Drawing) -> None:
    drawing.write()
