"""Whom words and measures that name nobody are meant for: "*Ottawa condemned the coup*".

A log-linear model over all who may be meant and nobody, from what speaks for each (``openends``);
who is not probable enough stays open. The weights are learned from the passages, reports and leads
of tests/gold and the examples of the lexicon (tools/lexicon/meant.py). Tried last, for clauses of
which no rule tells whom they mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kg.resources import read_weights, resource_path
from kg.text.clauses import Clause
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.openends import Candidate, OpenEnd, open_ends
from kg.text.participants import side_of
from kg.text.scene import Scene
from kg.text.wordlists import listed

ACCEPT = 0.5
"""Who is less probable than this to be meant stays open …"""
_ACCEPT_BY = {"ASSAULT": 0.55, "COERCE": 0.55, "MOBILIZE": 0.55, "kg:deniedAccusation": 0.6}
"""… or than this, by event or relation, where the model is surer than it is right."""
# What is said to two at odds, who are meant together if the second is as probable as that, or
# where it is about peace.
_TO_BOTH = {"AGREE", "REQUEST", "CONSULT"}
_SECOND, _BOTH, _FOR_PEACE = 0.15, 0.6, 0.45
# How far behind a verb the word stands: "*appealed* again at the weekend for an early *truce*".
_REACH = 12


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by feature; "" is what speaks for anybody at all."""
    return read_weights(resource_path("cues") / "meant_weights.csv")


def most_likely_meant(
    matcher: Matcher,
    matches: Sequence[Match],
    untargeted: Sequence[tuple[Frame, Clause]],
    unsourced: Sequence[tuple[Frame, Clause]],
) -> Iterator[Match]:
    """Matches for clauses without a target, aimed at the side that is most likely meant."""
    for end in open_ends(matcher, matches, untargeted, unsourced):
        event = matcher.lexicon.entry(end.frame).relation.event
        frame = matcher.exact(end.clause, end.frame)
        specificity = matcher.worded(end.clause, end.frame, set())[0]
        for sure, meant in _meant(end, event, matcher.scene):
            target = weaker(meant.filling, round(sure, 2), "most likely meant in this text")
            yield Match(
                *(frame, end.clause, end.source, end.subject),
                *(target, meant.actor, specificity),
            )


def _meant(end: OpenEnd, event: str | None, scene: Scene) -> list[tuple[float, Candidate]]:
    """Who is probable enough to be meant, and how sure that is.

    Offers, appeals and visits of third parties are for both of two at odds: "Iraq shelled Iran and
    Iran Basra. *Pakistan offered to mediate*", "*Pakistan called for a ceasefire*".
    """
    ranked = sorted(zip(probabilities(end), end.candidates, strict=True), key=lambda one: -one[0])
    if len(ranked) > 1 and event in _TO_BOTH:
        (likely, one), (less, two) = ranked[:2]
        abroad = one.side != side_of(end.subject)
        quarrel = abroad and frozenset({one.side, two.side}) in end.at_odds
        enough = less >= _SECOND and likely + less >= _BOTH
        if quarrel and (enough or (likely + less >= _FOR_PEACE and _is_about_peace(scene, end))):
            return [(likely + less, one), (likely + less, two)]
    least = _ACCEPT_BY.get(end.frame.relation, _ACCEPT_BY.get(event or "", ACCEPT))
    return [best for best in ranked[:1] if best[0] >= least]


def _is_about_peace(scene: Scene, end: OpenEnd) -> bool:
    """Whether what is asked or offered takes two: "appealed *for an immediate ceasefire*"."""
    first = end.clause.head + 1
    after = range(first, min(end.clause.end, first + _REACH))
    return any(scene.lemma(token) in listed("peace") for token in after)


def probabilities(end: OpenEnd) -> list[float]:
    """How probable it is that each candidate is meant; what is missing to 1, that nobody is."""
    odds = [math.exp(_sum(candidate.features)) for candidate in end.candidates]
    return [one / (1 + sum(odds)) for one in odds]


def _sum(features: Iterable[str]) -> float:
    learned = weights()
    # most features have no weight; a list is quicker here than a generator
    return sum([learned[feature] for feature in features if feature in learned])
