"""How sure a statement is: measured precision of its kind of frame, times the links."""

from __future__ import annotations

from kg.text.lexicon import Trigger
from kg.text.matches import Match
from kg.text.open_triples import Fact, OpenTriple

# Right and wrong statements per trigger. Verbs, nouns and adjectives: `python
# benchmarks/precision.py` over those sentences, passages, reports, leads and articles of
# tests/gold/ that no rule was written for. Titles and appositions are not annotated there; theirs
# are the examples of the lexicon. Names with a preposition were never counted: even odds.
_COUNTS = {
    Trigger.VERB: (2400, 511),
    Trigger.NOUN: (123, 30),
    Trigger.ADJECTIVE: (20, 2),
    Trigger.PREDICATE: (66, 2),
    Trigger.NAME: (0, 0),
}


def confidence(match: Match) -> float:
    """Between 0 and 1: smoothed precision of the trigger times the scores of both links."""
    right, wrong = _COUNTS[match.frame.trigger]
    score = (right + 1) / (right + wrong + 2) * match.source.score
    return score * match.target.score if match.target is not None else score


# An order of trust, no measured shares: on the sentences of `python benchmarks/open_facts.py`
# nearly all triples are right, and those sentences are simpler than the news.
_OPEN = {
    Fact.OBJECT: 0.85,
    Fact.CONTENT: 0.8,
    Fact.OBLIQUE: 0.75,
    Fact.QUALITY: 0.7,
    Fact.FURTHER: 0.65,
    Fact.IMPLICIT: 0.6,
}
_UNDERSTOOD = 0.9
"""What is left of it where grammar leaves the subject out."""


def open_confidence(triple: OpenTriple) -> float:
    """Between 0 and 1: lower for what stands in no word and for understood subjects."""
    subjects = [a for a in triple.clause.arguments if a.head == triple.heads[0]]
    understood = any(a.inherited for a in subjects)
    return _OPEN[triple.fact] * (_UNDERSTOOD if understood else 1)
