"""How sure a statement is: measured precision of its kind of frame, times the links."""

from __future__ import annotations

from kg.text.lexicon import Trigger
from kg.text.matches import Match
from kg.text.open_triples import OpenTriple

# Right and wrong statements per trigger, smoothed as (right + 1) / (all + 2).
# Counted by `python benchmarks/lexicon.py` over the examples and near misses of the lexicon.
_COUNTS = {
    Trigger.VERB: (90, 10),
    Trigger.NOUN: (80, 20),
    Trigger.ADJECTIVE: (8, 2),
    Trigger.PREDICATE: (45, 5),
    Trigger.NAME: (8, 2),
}


def confidence(match: Match) -> float:
    """Between 0 and 1: precision of the trigger times the scores of both links."""
    right, wrong = _COUNTS[match.frame.trigger]
    score = (right + 1) / (right + wrong + 2) * match.source.score
    return score * match.target.score if match.target is not None else score


def open_confidence(triple: OpenTriple) -> float:
    """Between 0 and 1: lower for what stands in no word and for understood subjects."""
    inherited = any(a.inherited for a in triple.clause.arguments)
    return 0.7 if triple.implicit else 0.75 if inherited else 0.85
