"""What the extractor tells of a short text, one line a statement, for tests of the text side."""

from __future__ import annotations

from datetime import date
from functools import cache

from kg.statement import Document, Statement, document_id
from kg.text.pipeline import Extractor


@cache
def extractor() -> Extractor:
    """One for all tests: reading the lexicon takes a while."""
    return Extractor()


def statements(text: str, day: date | None = date(2025, 9, 22)) -> list[Statement]:
    """All statements of a text, in the order in which they are told."""
    return extractor().extract(Document(document_id(text), text, date=day))


def events(text: str, day: date | None = date(2025, 9, 22)) -> list[Statement]:
    """Those statements of a text that are events."""
    return [s for s in statements(text, day) if s.relation.event]


def line(statement: Statement) -> str:
    """A statement as "SUBJECT relation OBJECT", by the labels of its actors."""
    other = statement.object.actor.label if statement.object else ""
    relation = (statement.relation.id or "").removeprefix("kg:")
    return f"{statement.subject.actor.label} {relation} {other}".strip()


def told(text: str) -> set[str]:
    """The events of a text as lines."""
    return {line(s) for s in events(text)}
