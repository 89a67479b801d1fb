"""How sure a statement is: measured precision of its kind of frame, times the links."""

from __future__ import annotations

from kg.text.lexicon import Trigger
from kg.text.matches import Match
from kg.text.open_triples import OpenTriple

# Right and wrong statements per trigger. Verbs, nouns and adjectives: `python
# benchmarks/precision.py` over the annotated sentences and articles of tests/gold/. Titles and
# appositions are not annotated there; theirs are the examples of the lexicon. Names with a
# preposition were never counted: even odds.
_COUNTS = {
    Trigger.VERB: (274, 24),
    Trigger.NOUN: (5, 1),
    Trigger.ADJECTIVE: (1, 0),
    Trigger.PREDICATE: (66, 2),
    Trigger.NAME: (0, 0),
}


def confidence(match: Match) -> float:
    """Between 0 and 1: smoothed precision of the trigger times the scores of both links."""
    right, wrong = _COUNTS[match.frame.trigger]
    score = (right + 1) / (right + wrong + 2) * match.source.score
    return score * match.target.score if match.target is not None else score


def open_confidence(triple: OpenTriple) -> float:
    """Between 0 and 1: lower for what stands in no word and for understood subjects.

    An order of trust, not a measured share: no annotated open triples are at hand.
    """
    inherited = any(argument.inherited for argument in triple.clause.arguments)
    return 0.7 if triple.implicit else 0.75 if inherited else 0.85
