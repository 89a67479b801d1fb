"""Where nodes lie on the page: computed once, always the same, readable at first sight.

Groups of closely tied nodes lie together and the labels of the heaviest nodes do not
overlap. networkx's own layouts either need scipy, or put labels on one another.
"""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

CORE = 400
"""So many of the first nodes are laid out together; the others are set beside them."""

_LENGTH = 110.0  # a comfortable edge, in the units of the page (pixels at full zoom)
_STEPS = 260
_ASPECT = 1.3  # screens are wider than high
_ACROSS = 0.25  # how much weaker ties between communities pull
_GRAVITY = 1.5
_PUSH = 30.0  # how hard an edge pushes that is too short for its words
_BARE = (36.0, 30.0)  # room for a shape without its label
_GOLDEN = 2.399963229728653  # the angle that spreads points evenly over a disk


def positions(
    graph: nx.Graph, groups: Sequence[int], boxes: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Centres for the nodes 0 … n−1 of ``graph``, heaviest first.

    Edges have a ``weight`` and may have the length that their words need as ``room``.

    ``groups`` names each node's community, ``boxes`` the width and height that its shape
    and label need. Nodes after the first ``CORE`` only get room for their shape.
    """
    count = len(boxes)
    if count == 0:
        return []
    core = min(count, CORE)
    points = np.zeros((count, 2))
    points[:core] = _spring(graph, np.asarray(groups[:core]), core)
    _fill(graph, points, core)
    room = np.asarray(boxes, dtype=float)
    room[core:] = np.minimum(room[core:], _BARE)
    points = _separate(points, room, rounds=120 if count <= 2 * CORE else 30)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return [(round(float(x), 1), round(float(y), 1)) for x, y in points]


def _disk(count: int, radius: float) -> Points:
    """Points spread evenly over a disk, the first in the middle."""
    ranks = np.arange(count)
    distance = radius * np.sqrt((ranks + 0.5) / max(count, 1))
    return np.stack([np.cos(ranks * _GOLDEN), np.sin(ranks * _GOLDEN)], axis=1) * distance[:, None]


def _spring(graph: nx.Graph, groups: NDArray[np.int64], count: int) -> Points:
    """Fruchterman–Reingold with gravity, where ties inside a community pull harder."""
    names, group = np.unique(groups, return_inverse=True)
    radius = _LENGTH * np.sqrt(count)
    centres = _disk(len(names), radius)
    points = centres[group].copy()
    for number in range(len(names)):
        members = np.flatnonzero(group == number)
        points[members] += _disk(len(members), _LENGTH * 0.6 * np.sqrt(len(members)))

    pairs = sorted(
        (a, b, weight)
        for a, b, weight in graph.edges(data="weight", default=1)
        if a < count and b < count and a != b
    )
    tail = np.array([pair[0] for pair in pairs], dtype=int)
    head = np.array([pair[1] for pair in pairs], dtype=int)
    wanted = np.array([graph.edges[a, b].get("room", 0.0) for a, b, _ in pairs])[:, None]
    pull = 0.8 + 0.2 * np.log1p(np.array([pair[2] for pair in pairs], dtype=float))
    pull *= np.where(group[tail] == group[head], 1.0, _ACROSS)
    # Hubs need room around them and belong in the middle; leaves do not.
    degree = np.bincount(np.concatenate([tail, head]), minlength=count)
    mass = 0.7 + 0.3 * np.sqrt(1.0 + degree)
    charge = _LENGTH**2 * mass[:, None] * mass[None, :]
    gravity = mass[:, None] * _GRAVITY * np.array([1.0, _ASPECT])

    for step in range(_STEPS):
        x, y = points[:, 0], points[:, 1]
        across, down = x[:, None] - x, y[:, None] - y
        push = charge / np.maximum(across**2 + down**2, 1.0)
        force = np.stack([(across * push).sum(axis=1), (down * push).sum(axis=1)], axis=1)
        along = points[tail] - points[head]
        length = np.sqrt((along**2).sum(axis=1, keepdims=True))
        # Beyond its length an edge pulls; while its words have no room it pushes.
        short = np.maximum(wanted - length, 0.0) / np.maximum(length, 1.0)
        along *= pull[:, None] * length / _LENGTH - _PUSH * short
        np.add.at(force, tail, -along)
        np.add.at(force, head, along)
        force -= points * gravity
        size = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        heat = radius * 0.12 * (1.0 - step / _STEPS) ** 1.5 + 0.5
        points += force / size * np.minimum(size, heat)
    return points


def _fill(graph: nx.Graph, points: Points, core: int) -> None:
    """Set the remaining nodes beside the neighbours that already have a place."""
    count = len(points)
    reach = float(np.abs(points[:core]).max()) if core else 0.0
    lonely = 0
    for node in range(core, count):
        placed = [other for other in graph[node] if other < node] if node in graph else []
        angle = node * _GOLDEN
        turn = np.array([np.cos(angle), np.sin(angle)])
        if placed:
            # Beside the first (heaviest) neighbour rather than in the middle of all, where
            # everything would pile up.
            near = sorted(placed)[:3]
            points[node] = points[near].mean(axis=0) + turn * (40.0 + 25.0 * (node % 7))
        else:
            lonely += 1
            points[node] = turn * (reach + 60.0 + 6.0 * lonely**0.5)


def _separate(points: Points, boxes: Points, rounds: int = 120) -> Points:
    """Push boxes apart until none overlaps (or the rounds are over), moving each as little."""
    points = points.copy()
    half = boxes / 2
    widest = float(boxes[:, 0].max())
    for _ in range(rounds):
        order = np.argsort(points[:, 0], kind="stable")
        place, size = points[order], half[order]
        shift = np.zeros_like(place)
        crowd = np.zeros(len(place))
        for step in range(1, len(place)):
            gap = place[step:] - place[:-step]
            if float(gap[:, 0].min()) > widest:
                break
            overlap = size[step:] + size[:-step] - np.abs(gap)
            hit = np.flatnonzero((overlap[:, 0] > 0) & (overlap[:, 1] > 0))
            if not len(hit):
                continue
            across = overlap[hit, 0] < overlap[hit, 1]
            sign = np.where(gap[hit] < 0, -1.0, 1.0)
            push = np.zeros((len(hit), 2))
            push[across, 0] = overlap[hit[across], 0] * sign[across, 0] / 2
            push[~across, 1] = overlap[hit[~across], 1] * sign[~across, 1] / 2
            np.add.at(shift, hit, -push)
            np.add.at(shift, hit + step, push)
            np.add.at(crowd, hit, 1)
            np.add.at(crowd, hit + step, 1)
        if not crowd.any():
            break
        points[order] += shift / np.maximum(crowd, 1.0)[:, None] * 1.05
    return points
