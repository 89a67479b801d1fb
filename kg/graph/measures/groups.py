"""Who belongs together: ties between actors, communities, cores, bridges, reciprocity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx

from kg.graph.measures.acts import Act

RESOLUTION = 1.0
"""Of modularity: Newman's own."""


def ties(acts: Iterable[Act]) -> nx.Graph:
    """Actors joined by what they did to each other: ``weight`` is the evidence of both directions.

    Edges also carry ``acts`` (their number) and ``intensity`` (the sum of its absolute values).
    """
    graph = nx.Graph()
    for act in acts:
        low, high = act.pair
        if not graph.has_edge(low, high):
            graph.add_edge(low, high, weight=0, acts=0, intensity=0.0)
        tie = graph.edges[low, high]
        tie["weight"] += act.evidence
        tie["acts"] += 1
        tie["intensity"] += abs(act.intensity or 0.0)
    return graph


def directed_ties(acts: Iterable[Act]) -> nx.DiGraph:
    """Who acts upon whom; ``weight`` is the evidence. A symmetric relation goes both ways."""
    graph = nx.DiGraph()
    for act in acts:
        ends = [(act.source, act.target)]
        if act.symmetric:
            ends.append((act.target, act.source))
        for source, target in ends:
            if not graph.has_edge(source, target):
                graph.add_edge(source, target, weight=0)
            graph.edges[source, target]["weight"] += act.evidence
    return graph


def communities(graph: nx.Graph, seed: int = 1) -> list[list[str]]:
    """Groups of nodes tied more to one another than to the rest (Louvain), largest first.

    The same graph gives the same groups in every run.
    """
    # Louvain walks through sets: with whole numbers as nodes their order does not vary,
    # with strings it would change from process to process.
    names = sorted(graph)
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    index = {name: number for number, name in enumerate(names)}
    edges = sorted(
        (*sorted((index[a], index[b])), weight)
        for a, b, weight in graph.edges(data="weight", default=1)
    )
    numbered.add_weighted_edges_from(edges)
    groups = nx.community.louvain_communities(numbered, resolution=RESOLUTION, seed=seed)
    found = [sorted(names[number] for number in group) for group in groups]
    return sorted(found, key=lambda group: (-len(group), group))


def modularity(graph: nx.Graph, groups: Sequence[Sequence[str]]) -> float | None:
    """Newman's Q by weight: 0 for groups no denser than chance; None without ties."""
    if not graph.size():
        return None
    return float(nx.community.modularity(graph, groups, resolution=RESOLUTION))


def cores(graph: nx.Graph) -> dict[str, int]:
    """For each actor the largest k of a k-core that holds it."""
    return dict(nx.core_number(graph))


def bridges(graph: nx.Graph) -> list[tuple[str, str]]:
    """Ties whose loss would cut the network, in alphabetical order."""
    return sorted((a, b) if a < b else (b, a) for a, b in nx.bridges(graph))


def reciprocity(acts: Iterable[Act]) -> float | None:
    """The share of directed ties that are answered; None when no relation has a direction.

    Symmetric relations are answered by definition and left out.
    """
    pairs = {(act.source, act.target) for act in acts if not act.symmetric}
    if not pairs:
        return None
    return sum((target, source) in pairs for source, target in pairs) / len(pairs)
