"""Loading many triples into an empty store at once, by Oxigraph's bulk loader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from kg.graph.files import n_quads
from kg.graph.named import Coming, named
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

    apart = {} if apart is None else apart
    stream = _Stream(chain(_united(named(graphs)), n_quads(apart)))
    while not stream.ended:
        store.bulk_load(stream.part(_PART), pyoxigraph.RdfFormat.N_QUADS)


def _united(graphs: Coming) -> Iterator[bytes]:
    for graph in graphs:
        yield graph.n_quads.encode()
        if graph.name:  # a triple of several graphs comes several times; the store keeps one
            yield graph.lines.encode()


_BUFFER = 1 << 20
_PART = 64 << 20
"""Bytes that are loaded at a time, some 400,000 quads. Half as many take a tenth more time, as
the store has more to put together; half as many more take 300 MB more memory and no less time."""


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
