"""What matching a frame against a clause gives."""

from __future__ import annotations

from dataclasses import dataclass

from kg.statement import Actor
from kg.text.clauses import Clause
from kg.text.lexicon import Frame
from kg.text.scene import Filling


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fired on a clause for one pair of actors (``target`` None for ``none``)."""

    frame: Frame
    clause: Clause
    source: Filling
    subject: Actor
    target: Filling | None
    object: Actor | None
    specificity: tuple[int, int]
    """How much of the wording the frame asks for; then, how few words would have done."""
    used: frozenset[int]
    """Nominals that conditions looked at: they belong to this predicate."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A frame that was tried on a clause, and what stopped it ("" when it fired)."""

    clause: Clause
    frame: Frame
    failure: str
