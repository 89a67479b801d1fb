"""Allies and adversaries: what two actors did to each other, fading with time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import networkx as nx

from kg.graph.intensity import FULL
from kg.graph.measures.acts import Act

HALF_LIFE = 365
"""Days after which an act counts half."""

THRESHOLD = 0.2
"""From this score on two actors are allies, below its negative adversaries.

Meeting (intensity 2 of 10) never reaches it, however often: talking makes no allies.
"""

ALLIES, MIXED, ADVERSARIES = "allies", "neither", "adversaries"


@dataclass(frozen=True, slots=True)
class SignedTie:
    """How two actors stand to each other: ``score`` from −1 to 1, and what it is made of.

    ``cooperation`` and ``conflict`` are sums of intensities without decay (the latter below
    0), ``acts`` the acts that have an intensity.
    """

    one: str
    other: str
    score: float
    cooperation: float
    conflict: float
    acts: int
    evidence: int

    @property
    def standing(self) -> str:
        """``allies``, ``adversaries`` or ``neither``."""
        return standing(self.score)


@dataclass(slots=True)
class _Sums:
    """What is added up for a pair."""

    weight: float = 0.0
    total: float = 0.0
    cooperation: float = 0.0
    conflict: float = 0.0
    acts: int = 0
    evidence: int = 0


def standing(score: float) -> str:
    """What a score means."""
    return ALLIES if score >= THRESHOLD else ADVERSARIES if score <= -THRESHOLD else MIXED


def telling(act: Act) -> bool:
    """Whether an act says something about friend or foe: offices and places do not."""
    return act.intensity is not None and not (act.lasting and act.intensity == 0)


def signed_ties(
    acts: Iterable[Act], at: date | None, half_life: float | None = HALF_LIFE
) -> list[SignedTie]:
    """One tie for each pair with acts of a known intensity, in alphabetical order.

    The score is Σ w·i / (Σ w + 1): i the intensity divided by 10, w = 2^(−age / half_life)
    the act's weight on the day ``at``. The 1 stands for one neutral act, so that a single
    act makes nobody the best of friends and what is long past fades to 0. An act without a
    date weighs ½; without ``at`` or ``half_life`` all weigh 1.
    """
    sums: dict[tuple[str, str], _Sums] = {}
    for act in acts:
        if not telling(act):
            continue
        level, worth = act.intensity or 0.0, weight(act, at, half_life)
        pair = sums.get(act.pair)
        if pair is None:
            pair = sums[act.pair] = _Sums()
        pair.weight += worth
        pair.total += worth * level
        pair.cooperation += max(level, 0.0)
        pair.conflict += min(level, 0.0)
        pair.acts += 1
        pair.evidence += act.evidence
    return [
        SignedTie(
            *ends,
            pair.total / FULL / (pair.weight + 1),
            pair.cooperation,
            pair.conflict,
            pair.acts,
            pair.evidence,
        )
        for ends, pair in sorted(sums.items(), key=itemgetter(0))
    ]


def weight(act: Act, at: date | None, half_life: float | None) -> float:
    """What is left of an act on the day ``at``, from 0 to 1."""
    if at is None or half_life is None:
        return 1.0
    if act.last is None:
        return 0.5
    return float(2.0 ** (-max(0, (at - act.last).days) / half_life))


def signed_network(ties: Iterable[SignedTie]) -> nx.Graph:
    """Allies (``sign`` 1) and adversaries (−1); who is neither has no tie."""
    graph = nx.Graph()
    for tie in ties:
        if tie.standing != MIXED:
            sign = 1 if tie.standing == ALLIES else -1
            graph.add_edge(tie.one, tie.other, sign=sign, weight=abs(tie.score))
    return graph


def allied(graph: nx.Graph) -> nx.Graph:
    """The ties of allies alone, whose communities are blocs."""
    friendly = nx.Graph()
    friendly.add_weighted_edges_from(
        sorted(
            (*sorted((a, b)), values["weight"])
            for a, b, values in graph.edges(data=True)
            if values["sign"] > 0
        )
    )
    return friendly
