"""Who matters: PageRank, betweenness and Burt's structural holes, in numpy.

networkx's PageRank needs scipy, and its exact betweenness of 10,000 actors takes half an
hour; decisions/0045 has the measurements.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

EXACT_WORK = 40_000_000
"""Betweenness is exact while actors times ties stay below; beyond, ``PIVOTS`` stand for all."""

PIVOTS = 400
DAMPING = 0.85

Whole = NDArray[np.int64]


def pagerank(graph: nx.DiGraph) -> dict[str, float]:
    """The share of time a walker spends at each actor who follows acts by their evidence.

    He jumps to any actor with probability 0.15 and from actors who act upon nobody; the
    shares add up to 1 within 1e-9.
    """
    names = sorted(graph)
    if not names:
        return {}
    index = {name: number for number, name in enumerate(names)}
    edges = sorted((index[a], index[b], w) for a, b, w in graph.edges(data="weight", default=1))
    tail = np.array([a for a, _, _ in edges], dtype=np.int64)
    head = np.array([b for _, b, _ in edges], dtype=np.int64)
    weight = np.array([w for _, _, w in edges], dtype=float)
    count = len(names)
    out = np.bincount(tail, weight, count)
    flow = weight / out[tail] if len(edges) else weight
    dangling = out == 0
    rank = np.full(count, 1 / count)
    for _ in range(1000):
        moved = np.bincount(head, rank[tail] * flow, count)
        fresh = DAMPING * (moved + rank[dangling].sum() / count) + (1 - DAMPING) / count
        change = float(np.abs(fresh - rank).sum())
        rank = fresh
        if change < 1e-12:
            break
    return dict(zip(names, rank.tolist(), strict=True))


def betweenness(graph: nx.Graph) -> tuple[dict[str, float], bool]:
    """Freeman's betweenness (0 to 1) of each actor by steps, and whether it is exact.

    In large networks it is estimated from ``PIVOTS`` actors chosen evenly.
    """
    names = sorted(graph)
    count = len(names)
    index = {name: number for number, name in enumerate(names)}
    starts, heads = _adjacency(graph, index)
    exact = count * len(heads) <= EXACT_WORK or count <= PIVOTS
    sources = range(count) if exact else _evenly(count)
    total = np.zeros(count)
    for source in sources:
        total += _dependencies(source, starts, heads)
    if count > 2:
        total *= count / len(sources) / ((count - 1) * (count - 2))
    return dict(zip(names, total.tolist(), strict=True)), exact


def _evenly(count: int) -> list[int]:
    """``PIVOTS`` numbers below ``count``: a seeded draw, the same in every run."""
    drawn = np.random.default_rng(1).choice(count, PIVOTS, replace=False)
    return [int(number) for number in sorted(drawn)]


def _adjacency(graph: nx.Graph, index: Mapping[str, int]) -> tuple[Whole, Whole]:
    """Neighbours one after the other, and where those of each node begin."""
    edges = np.array(
        sorted((index[a], index[b]) for a, b in graph.edges() if a != b), dtype=np.int64
    ).reshape(-1, 2)
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    degrees = np.bincount(both[:, 0], minlength=len(index))
    return np.concatenate([[0], np.cumsum(degrees)]).astype(np.int64), both[:, 1]


def _dependencies(source: int, starts: Whole, heads: Whole) -> NDArray[np.float64]:
    """Brandes' accumulation for one source, a whole level of the search at a time."""
    count = len(starts) - 1
    level = np.full(count, -1)
    ways = np.zeros(count)
    level[source], ways[source] = 0, 1.0
    front = np.array([source])
    steps: list[tuple[Whole, Whole]] = []
    while len(front):
        lengths = starts[front + 1] - starts[front]
        before = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(starts[front] - before, lengths)
        tail, head = np.repeat(front, lengths), heads[places]
        fresh = np.unique(head[level[head] < 0])
        level[fresh] = len(steps) + 1
        onward = level[head] == len(steps) + 1
        tail, head = tail[onward], head[onward]
        ways += np.bincount(head, ways[tail], count)
        steps.append((tail, head))
        front = fresh
    leaning = np.zeros(count)
    for tail, head in reversed(steps):
        leaning += np.bincount(tail, ways[tail] / ways[head] * (1 + leaning[head]), count)
    leaning[source] = 0.0
    return leaning


def holes(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Burt's effective size and constraint of each actor with ties.

    Effective size counts partners less the ties among them (Borgatti's form for undirected
    ties); constraint weighs ties by evidence: low for brokers, high for those whose partners
    all know one another.
    """
    share: dict[str, dict[str, float]] = {}
    for node in sorted(graph):
        near = sorted(graph.adj[node].items())
        spent = sum(tie["weight"] for _, tie in near)
        share[node] = {other: tie["weight"] / spent for other, tie in near}
    found = {}
    for node, mine in share.items():
        if not mine:
            continue
        constraint, shared = 0.0, 0
        for other, direct in mine.items():
            theirs = share[other]
            few, many = (mine, theirs) if len(mine) < len(theirs) else (theirs, mine)
            common = [third for third in few if third in many]
            shared += len(common)
            # p(node→third) · p(third→other): what is spent on the other by way of a third
            roundabout = sum(mine[third] * share[third][other] for third in common)
            constraint += (direct + roundabout) ** 2
        found[node] = (len(mine) - shared / len(mine), constraint)
    return found
