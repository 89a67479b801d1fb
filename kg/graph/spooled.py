"""Turtle and TriG of graphs that come one by one, however many they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.graph.files import Coming, write_graphs
from kg.graph.output import write_whole
from kg.graph.rdf import Graphs
from kg.graph.terms import Triple
from kg.graph.turtle import header, trig_block, without_graph

MEMORY = 150_000
"""So many triples are held in memory and written as ``write_graphs`` writes them."""


class GraphFiles:
    """Takes graphs in any order and writes them as Turtle and as TriG.

    Up to ``MEMORY`` triples both files are those of ``write_graphs``. Beyond, what has come
    waits in ``folder`` on the disk. The TriG file is then the same all the same; the Turtle
    file holds the same triples by document instead of sorted as a whole, so that what several
    documents say stands there several times.
    """

    def __init__(self, folder: Path) -> None:
        self._spool = folder / ".blocks"
        self._held: Graphs = {}
        self._triples = 0
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._prefixes: set[str] = set()

    def passing(self, graphs: Coming) -> Iterator[tuple[str, list[Triple]]]:
        """The graphs as they are, each taken when it passes."""
        for graph, triples in graphs:
            self.add(graph, triples)
            yield graph, triples

    def add(self, graph: str, triples: list[Triple]) -> None:
        """Take a graph; each comes once."""
        if not triples:
            return
        if self._file is not None:
            self._put(graph, triples)
            return
        self._held[graph] = triples
        self._triples += len(triples)
        if self._triples > MEMORY:
            self._file = self._spool.open("wb")
            for name in self._held:
                self._put(name, self._held[name])
            self._held = {}

    def write(self, turtle: Path, trig: Path) -> None:
        """Write all graphs that came; raises ``StoreError`` when a file cannot be written."""
        if self._file is None:
            graphs = {graph: self._held[graph] for graph in sorted(self._held)}
            write_graphs(turtle, graphs)
            write_graphs(trig, graphs)
            return
        self._file.close()
        write_whole(trig, self._lines(by_graph=True))
        write_whole(turtle, self._lines(by_graph=False))
        self._spool.unlink()

    def _put(self, graph: str, triples: list[Triple]) -> None:
        assert self._file is not None
        block, used = trig_block(graph, triples)
        self._prefixes |= used
        packed = block.encode()
        self._places[graph] = (self._file.tell(), len(packed))
        self._file.write(packed)

    def _lines(self, *, by_graph: bool) -> Iterator[bytes]:
        yield "".join(header(self._prefixes)).encode()
        with self._spool.open("rb") as file:
            for graph in sorted(self._places):
                start, length = self._places[graph]
                file.seek(start)
                block = file.read(length)
                yield block if by_graph else without_graph(block.decode()).encode()
