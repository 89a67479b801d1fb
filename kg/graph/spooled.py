"""Turtle and TriG of graphs that come one by one, however many they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.graph.files import union
from kg.graph.named import Coming, NamedGraph
from kg.graph.output import write_whole
from kg.graph.turtle import header, turtle, without_graph

MEMORY = 150_000
"""So many triples are held in memory and written as ``write_graphs`` writes them."""


class GraphFiles:
    """Takes graphs in any order and writes them as Turtle and as TriG.

    Up to ``MEMORY`` triples both files are those of ``kg.graph.files.write_graphs``. Beyond,
    what has come waits in ``folder`` on the disk. The TriG file is then the same all the same;
    the Turtle file holds the same triples by document instead of sorted as a whole, so that what
    several documents say stands there several times.
    """

    def __init__(self, folder: Path) -> None:
        self._spool = folder / ".blocks"
        self._held: list[NamedGraph] = []
        self._triples = 0
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._prefixes: set[str] = set()

    def passing(self, graphs: Coming) -> Iterator[NamedGraph]:
        """The graphs as they are, each taken when it passes."""
        for graph in graphs:
            self.add(graph)
            yield graph

    def add(self, graph: NamedGraph) -> None:
        """Take a graph; each comes once."""
        if not graph:
            return
        if self._file is not None:
            self._put(graph)
            return
        self._held.append(graph)
        self._triples += graph.lines.count("\n")
        if self._triples > MEMORY:
            self._file = self._spool.open("wb")
            for held in self._held:
                self._put(held)
            self._held = []

    def write(self, turtle_file: Path, trig_file: Path) -> None:
        """Write all graphs that came; raises ``StoreError`` when a file cannot be written."""
        if self._file is None:
            graphs = {graph.name: graph for graph in self._held}
            united = union({name: graph.triples for name, graph in graphs.items()})
            write_whole(turtle_file, (line.encode() for line in turtle(united)))
            blocks = [graphs[name].block for name in sorted(graphs)]
            head = header(set().union(*(used for _, used in blocks)))
            write_whole(trig_file, (text.encode() for text in (*head, *(b for b, _ in blocks))))
            return
        self._file.close()
        write_whole(trig_file, self._lines(by_graph=True))
        write_whole(turtle_file, self._lines(by_graph=False))
        self._spool.unlink()

    def _put(self, graph: NamedGraph) -> None:
        assert self._file is not None
        block, used = graph.block
        self._prefixes.update(used)
        packed = block.encode()
        self._places[graph.name] = (self._file.tell(), len(packed))
        self._file.write(packed)

    def _lines(self, *, by_graph: bool) -> Iterator[bytes]:
        yield "".join(header(self._prefixes)).encode()
        with self._spool.open("rb") as file:
            for graph in sorted(self._places):
                start, length = self._places[graph]
                file.seek(start)
                block = file.read(length)
                yield block if by_graph else without_graph(block.decode()).encode()
