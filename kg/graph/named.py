"""A graph with its name and the texts that files and the store take: each made when asked for.

Making them is half of the work of writing, so processes that read documents make them there and
send them along; whoever writes then only copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from kg.graph.terms import Triple
from kg.graph.turtle import trig_block

END = " .\n"
"""How a line ends: line ends within literals are escaped, so it stands nowhere else."""


class NamedGraph:
    """The sorted triples of the graph ``name``, given as triples or as lines of N-Triples."""

    def __init__(
        self, name: str, triples: list[Triple] | None = None, *, lines: str | None = None
    ) -> None:
        self.name = name
        if triples is not None:
            self.triples = triples
        if lines is not None:
            self.lines = lines

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.__dict__.get("triples") or self.__dict__.get("lines"))

    @cached_property
    def triples(self) -> list[Triple]:
        """Subject, predicate, object."""
        found = (line.split(" ", 2) for line in self.lines.removesuffix(END).split(END))
        return [(s, p, o) for s, p, o in found] if self.lines else []

    @cached_property
    def lines(self) -> str:
        """The triples as N-Triples."""
        return "".join([f"{s} {p} {o}{END}" for s, p, o in self.triples])

    @cached_property
    def digest(self) -> str:
        """A hash of the triples; equal digests mean equal graphs."""
        return hashlib.sha256(self.lines.replace(END, "\n").encode()).hexdigest()

    @cached_property
    def block(self) -> tuple[str, list[str]]:
        """The block of the graph in a TriG file, and the prefixes that it uses."""
        text, used = trig_block(self.name, self.triples)
        return text, sorted(used)

    @property
    def n_quads(self) -> str:
        """The triples as N-Quads."""
        return self.lines.replace(END, f" {self.name}{END}") if self.name else self.lines

    def packed(self) -> list[Any]:
        """All of it as plain data, so that ``unpacked`` has nothing left to make."""
        return [self.name, self.lines, self.digest, *self.block]

    @classmethod
    def unpacked(cls, data: list[Any]) -> NamedGraph:
        """The inverse of ``packed``."""
        name, lines, digest, text, used = data
        graph = cls(name, lines=lines)
        graph.digest, graph.block = digest, (text, used)
        return graph


Coming = Iterable[NamedGraph]
"""Graphs that come one by one, so that not all of them need to be in memory."""


def named(graphs: Mapping[str, list[Triple]] | Coming) -> Coming:
    """Graphs one by one, whether they are given so or all together by their names."""
    if isinstance(graphs, Mapping):
        return (NamedGraph(name, triples) for name, triples in graphs.items())
    return graphs
