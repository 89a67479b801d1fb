"""Loading many triples into an empty store at once, by Oxigraph's bulk loader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from kg.graph.files import Coming, n_quads
from kg.graph.terms import Triple


def bulk_load(
    store: Any,
    graphs: Mapping[str, list[Triple]] | Coming,
    apart: Mapping[str, Iterable[Triple]] | None = None,
) -> None:
    """Load named graphs, the union of them into the default graph, and others ``apart`` from it.

    Not in a transaction: for a store that nobody else knows yet. The loader reads from a
    stream, a part at a time, so neither the text of the triples nor what the loader makes of
    it stands in memory as a whole; ``apart`` is looked at when all other graphs have come.
    """
    import pyoxigraph

    given = graphs.items() if isinstance(graphs, Mapping) else graphs
    stream = _Stream(chain(_united(given), n_quads(apart if apart is not None else {})))
    while not stream.ended:
        store.bulk_load(stream.part(_PART), pyoxigraph.RdfFormat.N_QUADS)


def _united(graphs: Coming) -> Iterator[bytes]:
    for graph, triples in graphs:
        end = f" {graph} .\n" if graph else " .\n"
        for first in range(0, len(triples), _BLOCK):
            lines = [f"{s} {p} {o}" for s, p, o in triples[first : first + _BLOCK]]
            yield (end.join(lines) + end).encode()
            if graph:  # a triple of several graphs comes several times; the store keeps one
                yield (" .\n".join(lines) + " .\n").encode()


_BLOCK = 5_000  # triples that become text at once
_BUFFER = 1 << 20
_PART = 32 << 20
"""Bytes that are loaded at a time, some 200,000 quads. Twice as many take twice the memory and
save a tenth of the time."""


class _Stream:
    """Chunks of whole lines as files to read from, in the small pieces that a parser asks for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = b""
        self._position = 0
        self._left = 0
        self.ended = False

    def part(self, size: int) -> _Stream:
        """This stream, which seems to end after about ``size`` bytes more."""
        self._left = size
        return self

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer at the end of a buffer, none at the end of a part."""
        if self._position >= len(self._buffer):
            self._fill()
        start = self._position
        self._position = start + size
        return self._buffer[start : self._position]

    def _fill(self) -> None:
        parts: list[bytes] = []
        length = 0
        while length < _BUFFER and self._left > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                self.ended = True
                break
            parts.append(chunk)
            length += len(chunk)
            self._left -= len(chunk)
        self._buffer, self._position = b"".join(parts), 0
