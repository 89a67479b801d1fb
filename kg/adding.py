"""Adding to a graph: which documents are read again, and what stays of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields

from kg.folder import Graph
from kg.intake import Listener
from kg.parts import Entry, Outcome
from kg.recorded import documents_of, entries_of, readers_of
from kg.results import Records
from kg.statement import Document
from kg.summary import counted


def to_read(
    before: Graph, articles: Iterable[Document], reader: str, refresh: bool
) -> Iterator[Document]:
    """The articles without those that reading again would only repeat.

    With ``refresh`` followed by those of the graph that something else than ``reader`` read.
    """
    pairs = zip(documents_of(before.path), readers_of(before.path), strict=False)
    known = {document.id: _likeness(document) for document, by in pairs if by == reader}
    given: set[str] = set()
    for document in articles:
        given.add(document.id)
        if known.get(document.id) != _likeness(document):
            yield document
    if refresh:
        for document, by in zip(documents_of(before.path), readers_of(before.path), strict=False):
            if by != reader and document.id not in given:
                yield document


def _likeness(document: Document) -> bytes:
    """A hash that equal documents share."""
    compared = [getattr(document, field.name) for field in fields(document) if field.compare]
    return hashlib.sha256(repr(compared).encode("utf-8", "surrogatepass")).digest()[:16]


def keep(
    records: Records, before: Graph, outcomes: Iterable[Outcome], reader: str, listener: Listener
) -> None:
    """Take over what a graph holds of documents that were not read anew."""
    new = {outcome.document.id for outcome in outcomes if isinstance(outcome, Entry)}
    others = 0
    for entry, by in zip(entries_of(before.path), readers_of(before.path), strict=False):
        if entry.document.id not in new:
            records.add(entry, by)
            others += by != reader
    if others:
        listener.note(
            f"{before.path}: {counted(others, 'document')} read by other versions of kg, its "
            "model or its data (`--refresh` reads them again)"
        )
