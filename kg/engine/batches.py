"""Batches: chunks joined until they are worth a file on shared storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kg.parts import Chunk

DOCUMENTS = 1_000
"""At most so many documents are in a batch on shared storage: a file of some megabytes."""


def batches(chunks: Iterable[Chunk], documents: int = DOCUMENTS) -> Iterator[Chunk]:
    """The chunks joined to larger ones, of about so many documents at most.

    As with chunks, content decides where a batch ends, so that a new document changes the
    batches nearby and not all that follow.
    """
    held: list[Chunk] = []
    size = 0
    often = max(1, documents // _PER_CHUNK)
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk.documents)
        if size >= documents or int(chunk.key[-8:], 16) % often == 0:
            yield _joined(held)
            held, size = [], 0
    if held:
        yield _joined(held)


_PER_CHUNK = 20  # documents that a chunk may hold: a batch that ends by content is half full


def _joined(chunks: Sequence[Chunk]) -> Chunk:
    reader, _, _ = chunks[0].key.partition("-")
    key = hashlib.sha256("\n".join(chunk.key for chunk in chunks).encode("ascii")).hexdigest()
    documents = chain.from_iterable(chunk.documents for chunk in chunks)
    return Chunk(f"{reader}-{key[:32]}", tuple(documents))
