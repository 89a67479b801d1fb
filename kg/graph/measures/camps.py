"""The division of a signed network into two camps that the fewest ties contradict.

That is the ground state of a spin glass, or a maximum cut: hard in general, easy where the
network is sparse. Nodes with up to three ties are taken out first, each replaced by ties
among its neighbours that cost the same whatever their sides (for two ties the series, for
three the star–triangle transformation); what is left is tried out or searched.
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx as nx
import numpy as np

EXACT = 20
"""Parts that are left with up to so many nodes are solved by trying all sides."""

_VISITS = 3_000_000  # so many ties are looked at in the search of one part
_STARTS, _SWEEPS = 8, 4000  # at most
_HOT, _COLD = 2.0, 0.15  # temperatures, in units of the mean weight
_FEW = 3

Edge = tuple[int, int, int]  # two nodes and the sign of their tie
Ties = dict[int, dict[int, float]]  # above 0 for nodes that want one side, below for two


def divide(count: int, edges: Sequence[Edge]) -> tuple[list[int], bool]:
    """A side (1 or −1) for each node, and whether no division contradicts fewer ties."""
    ties: Ties = {node: {} for node in range(count)}
    for a, b, sign in edges:
        _add(ties, a, b, float(sign))
    taken = _take_out(ties)
    exact = True
    sides: dict[int, int] = {}
    core = nx.Graph([(a, b) for a, others in ties.items() for b in others])
    for part in sorted(sorted(nodes) for nodes in nx.connected_components(core)):
        inner = {node: ties[node] for node in part}
        exact &= len(part) <= EXACT
        sides |= _least(inner) if len(part) <= EXACT else _search(inner)
    for node, others in reversed(taken):
        pull = sum(weight * sides.setdefault(other, 1) for other, weight in others.items())
        sides[node] = 1 if pull >= 0 else -1
    return [sides.get(node, 1) for node in range(count)], exact


def _add(ties: Ties, a: int, b: int, weight: float) -> None:
    """Ties between the same two add up; those that cancel out are gone."""
    total = ties[a].get(b, 0.0) + weight
    for one, other in ((a, b), (b, a)):
        if total:
            ties[one][other] = total
        else:
            ties[one].pop(other, None)


def _take_out(ties: Ties) -> list[tuple[int, dict[int, float]]]:
    """Take nodes with few ties out, in an order that does not vary; what each was tied to."""
    taken = []
    queue = deque(sorted(node for node, others in ties.items() if len(others) <= _FEW))
    while queue:
        node = queue.popleft()
        if node not in ties or len(ties[node]) > _FEW:
            continue
        others = ties.pop(node)
        taken.append((node, others))
        for other in others:
            del ties[other][node]
        for (a, b), weight in _among(sorted(others), others).items():
            _add(ties, a, b, weight)
        queue.extend(other for other in sorted(others) if len(ties[other]) <= _FEW)
    return taken


def _among(names: Sequence[int], weights: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """Ties among up to three nodes that stand for a node tied to all of them.

    That node will take the better side, which is worth |±w₁ ± w₂ ± w₃|: a function of which
    of the three stand together, and so a sum of ties between each two.
    """

    def worth(other_side: int | None = None) -> float:
        return abs(sum(-w if name == other_side else w for name, w in weights.items()))

    whole, alone = worth(), {name: worth(name) for name in names}
    found = {}
    for a, b in combinations(names, 2):
        if len(names) == 2:
            found[a, b] = (whole - alone[a]) / 2
        else:
            (third,) = set(names) - {a, b}
            found[a, b] = (whole + alone[third] - alone[a] - alone[b]) / 4
    return found


def _pairs(ties: Ties, place: Mapping[int, int]) -> list[tuple[int, int, float]]:
    return [
        (place[a], place[b], weight)
        for a, others in sorted(ties.items())
        for b, weight in sorted(others.items())
        if a < b
    ]


def _least(ties: Ties) -> dict[int, int]:
    """The best sides of all there are: the first node stays, the others try both."""
    names = sorted(ties)
    place = {name: number for number, name in enumerate(names)}
    choices = np.arange(2 ** (len(names) - 1), dtype=np.int64) << 1
    contradicted = np.zeros(len(choices))
    for a, b, weight in _pairs(ties, place):
        apart = ((choices >> a) ^ (choices >> b)) & 1
        contradicted += weight * apart
    best = int(choices[int(contradicted.argmin())])
    return {name: -1 if (best >> number) & 1 else 1 for name, number in place.items()}


def _search(ties: Ties) -> dict[int, int]:
    """Good sides for a large part: simulated annealing from a few starts, the best kept."""
    names = sorted(ties)
    place = {name: number for number, name in enumerate(names)}
    near: list[list[tuple[int, float]]] = [[] for _ in names]
    pairs = _pairs(ties, place)
    for a, b, weight in pairs:
        near[a].append((b, weight))
        near[b].append((a, weight))
    usual = sum(abs(weight) for *_, weight in pairs) / len(pairs)
    sweeps = max(20, min(_SWEEPS, _VISITS // (2 * len(pairs))))
    starts = max(1, min(_STARTS, sweeps // 250))
    dice = random.Random(1)
    best: list[int] = []
    least = float("inf")
    for _ in range(starts):
        sides = [dice.choice((1, -1)) for _ in names]
        _cool(sides, near, sweeps // starts, usual, dice)
        cost = _settle(sides, near)
        if cost < least:
            best, least = sides, cost
    return dict(zip(names, best, strict=True))


def _cool(
    sides: list[int],
    near: Sequence[Sequence[tuple[int, float]]],
    sweeps: int,
    usual: float,
    dice: random.Random,
) -> None:
    """Let nodes change sides, at first almost freely, in the end only where that helps."""
    for sweep in range(sweeps):
        heat = usual * _HOT * (_COLD / _HOT) ** (sweep / max(1, sweeps - 1))
        for node, others in enumerate(near):
            loss = 2 * sides[node] * sum(weight * sides[other] for other, weight in others)
            if loss <= 0 or dice.random() < math.exp(-loss / heat):
                sides[node] = -sides[node]


def _settle(sides: list[int], near: Sequence[Sequence[tuple[int, float]]]) -> float:
    """Move nodes to the other side while ties are better off; what stays contradicted."""
    queue = deque(range(len(sides)))
    waiting = [True] * len(sides)
    while queue:
        node = queue.popleft()
        waiting[node] = False
        if sides[node] * sum(weight * sides[other] for other, weight in near[node]) < 0:
            sides[node] = -sides[node]
            for other, _ in near[node]:
                if not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    return -sum(
        min(0.0, weight * sides[node] * sides[other])
        for node, others in enumerate(near)
        for other, weight in others
    )
