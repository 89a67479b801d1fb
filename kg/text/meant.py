"""Whom words and measures that name nobody are meant for: "*Ottawa condemned the coup*".

Of all sides that a text speaks of, a linear model over what speaks for each (``openends``) gives
the probability that he is meant; who is not probable enough stays open. The weights are learned
from the passages and reports of tests/gold (tools/lexicon/meant.py). Tried last, for clauses of
which no rule tells whom they mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.text.clauses import Clause
from kg.text.lexicon import Frame
from kg.text.matches import Match, weaker
from kg.text.matching import Matcher
from kg.text.openends import Candidate, open_ends

ACCEPT = 0.75
"""Who is less probable than this to be meant stays open."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by feature; "" is what speaks for anybody at all."""
    path = resource_path("cues") / "meant_weights.csv"
    return {r["feature"]: float(r["weight"]) for _, r in read_csv(path, ("feature", "weight"))}


def most_likely_meant(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for clauses without a target, aimed at the side that is most likely meant."""
    for end in open_ends(matcher, matches, untargeted):
        sure, best = max(
            ((probability(candidate), candidate) for candidate in end.candidates),
            key=lambda one: one[0],
        )
        if sure < ACCEPT:
            continue
        frame = matcher.exact(end.clause, end.frame)
        target = weaker(best.filling, round(sure, 2), "most likely meant in this text")
        specificity = matcher.worded(end.clause, end.frame, set())[0]
        yield Match(
            *(frame, end.clause, end.source, end.subject),
            *(target, best.actor, specificity),
        )


def probability(candidate: Candidate) -> float:
    """How probable it is that a candidate is meant, between 0 and 1."""
    learned = weights()
    return 1 / (1 + math.exp(-sum(learned.get(f, 0.0) for f in candidate.features)))
