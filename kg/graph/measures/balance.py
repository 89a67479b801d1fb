"""Structural balance: whether the friend of a friend is a friend, and what it would take."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.graph.measures.camps import Edge, divide


@dataclass(frozen=True, slots=True)
class Triads:
    """Triangles of the signed network by the number of hostile ties in them (0 to 3)."""

    counts: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        """All triangles."""
        return sum(self.counts)

    @property
    def balanced(self) -> int:
        """Three friends, or two friends with a common enemy."""
        return self.counts[0] + self.counts[2]

    @property
    def degree(self) -> float | None:
        """The share of balanced triangles (Cartwright and Harary); None without triangles."""
        return self.balanced / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Frustration:
    """How many ties stand in the way of two camps that are friendly within, hostile between.

    ``index`` is the least number of such ties when ``exact``, otherwise the best that was
    found, and the least is at least ``bound``. ``ties`` names them, ``camps`` the two sides
    of the part of the network that has most ties.
    """

    index: int
    bound: int
    exact: bool
    ties: tuple[tuple[str, str], ...]
    camps: tuple[tuple[str, ...], tuple[str, ...]]


def triads(graph: nx.Graph) -> Triads:
    """Count the triangles of a signed network."""
    counts = Counter(sum(sign < 0 for sign in signs) for _, signs in triangles(graph))
    return Triads((counts[0], counts[1], counts[2], counts[3]))


def triangles(graph: nx.Graph) -> Iterator[tuple[tuple[Any, Any, Any], tuple[int, int, int]]]:
    """Each triangle once: its nodes and the signs of the ties 1–2, 1–3, 2–3."""
    ranked = sorted(graph, key=lambda node: (graph.degree(node), node))
    order = {node: rank for rank, node in enumerate(ranked)}
    onward = {
        node: {o: tie["sign"] for o, tie in sorted(graph.adj[node].items()) if order[o] > rank}
        for node, rank in order.items()
    }
    for one, mine in onward.items():
        for two, first in mine.items():
            theirs = onward[two]
            few, many = (mine, theirs) if len(mine) < len(theirs) else (theirs, mine)
            for three in few:
                if three in many:
                    yield (one, two, three), (first, mine[three], theirs[three])


def frustration(graph: nx.Graph) -> Frustration:
    """The line index of balance (Harary), block by block: blocks share no tie and no cycle."""
    standing_in_the_way: list[tuple[str, str]] = []
    bound, exact = 0, True
    for block in sorted(sorted(nodes) for nodes in nx.biconnected_components(graph)):
        edges = _edges(graph, block)
        if _two_camps(len(block), edges) is not None:
            continue  # balanced as it is
        sides, solved = divide(len(block), edges)
        exact &= solved
        broken = [(a, b) for a, b, sign in edges if sides[a] * sides[b] != sign]
        bound += len(broken) if solved else _packed(len(block), edges)
        standing_in_the_way += [(block[a], block[b]) for a, b in broken]
    found = tuple(sorted(standing_in_the_way))
    if not exact and bound == len(found):
        exact = True
    return Frustration(len(found), bound, exact, found, _camps(graph, found))


def _edges(graph: nx.Graph, block: Sequence[str]) -> list[Edge]:
    index = {node: number for number, node in enumerate(block)}
    part = graph.subgraph(block)
    return sorted((*sorted((index[a], index[b])), sign) for a, b, sign in part.edges(data="sign"))


def _two_camps(count: int, edges: Sequence[Edge]) -> list[int] | None:
    """A side (0 or 1) for each node that no tie contradicts; None when there is none."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for a, b, sign in edges:
        near[a].append((b, sign))
        near[b].append((a, sign))
    sides = [-1] * count
    for start in range(count):
        if sides[start] >= 0:
            continue
        sides[start] = 0
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for other, sign in near[node]:
                wanted = sides[node] if sign > 0 else 1 - sides[node]
                if sides[other] < 0:
                    sides[other] = wanted
                    queue.append(other)
                elif sides[other] != wanted:
                    return None
    return sides


def _packed(count: int, edges: Sequence[Edge]) -> int:
    """Unbalanced triangles without a common tie: each needs a broken tie of its own."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b, sign in edges:
        graph.add_edge(a, b, sign=sign)
    used: set[tuple[int, ...]] = set()
    packed = 0
    for (a, b, c), signs in triangles(graph):
        if signs[0] * signs[1] * signs[2] > 0:
            continue
        sides = {tuple(sorted(pair)) for pair in ((a, b), (a, c), (b, c))}
        if not sides & used:
            used |= sides
            packed += 1
    return packed


def _camps(
    graph: nx.Graph, broken: Sequence[tuple[str, str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two sides of the largest connected part once the broken ties are gone."""
    rest = graph.copy()
    rest.remove_edges_from(broken)
    parts = sorted(
        (sorted(part) for part in nx.connected_components(rest)),
        key=lambda part: (-len(part), part),
    )
    if not parts:
        return (), ()
    part = parts[0]
    sides = _two_camps(len(part), _edges(rest, part))
    assert sides is not None  # without the broken ties nothing contradicts
    first, second = (
        tuple(name for name, side in zip(part, sides, strict=True) if side == wanted)
        for wanted in (0, 1)
    )
    return (first, second) if len(first) >= len(second) else (second, first)
