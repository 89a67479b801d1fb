"""Nodes, edges and options in the form that vis-network reads, put together by pyvis."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.graph.layout import positions
from kg.graph.measures.groups import communities

LABEL = 28
"""So many characters of a label are drawn beside its node; the panel has the whole."""

_SMALLEST, _LARGEST = 9.0, 21.0  # radius of the lightest and of the heaviest node
_LETTER = 7.0  # average width of a letter of a label, in pixels
_LINE = 20.0  # height of a label
_LONGEST = 240.0  # no edge is made longer than this for its words

_OPTIONS = {
    "layout": {"improvedLayout": False},
    "physics": {
        "enabled": False,
        "barnesHut": {
            "gravitationalConstant": -9000,
            "springLength": 130,
            "springConstant": 0.03,
            "avoidOverlap": 0.6,
        },
    },
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 3600000,
        "keyboard": False,
    },
    "nodes": {"shape": "custom", "font": {"size": 0}},
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12},
        "arrowStrikethrough": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "font": {"size": 0},
    },
}

_WORDY = 90  # in graphs of up to so many edges, each is made long enough for its words


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """What decides how a node is drawn; ``weight`` is its number of pieces of evidence."""

    label: str
    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """All claims between two nodes (numbers in their lists), ``words`` letters the longest."""

    low: int
    high: int
    claims: list[int]
    words: int


def draw(nodes: Sequence[DrawnNode], edges: Sequence[DrawnEdge]) -> dict[str, Any]:
    """``nodes`` (heaviest first) with places, sizes and communities, ``edges`` and ``options``."""
    from pyvis.edge import Edge
    from pyvis.network import Network  # imports IPython: only when a page is made

    heaviest = max((node.weight for node in nodes), default=1)
    sizes = [_SMALLEST + (_LARGEST - _SMALLEST) * (node.weight / heaviest) ** 0.5 for node in nodes]
    graph = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    for edge in edges:
        # Words may take two lines; both shapes need their place, too.
        words = _LETTER * edge.words / 2 + sizes[edge.low] + sizes[edge.high] + 70
        room = min(words, _LONGEST) if len(edges) <= _WORDY else 0.0
        graph.add_edge(edge.low, edge.high, weight=len(edge.claims), room=room)
    group_of = _groups(graph)
    labels = [_shortened(node.label) for node in nodes]
    boxes = [
        (max(2.4 * size, len(label) * _LETTER) + 14, 2 * size + _LINE + 12)
        for label, size in zip(labels, sizes, strict=True)
    ]
    places = positions(graph, [group_of[number] for number in range(len(nodes))], boxes)

    drawing = Network(directed=True)
    for number, node in enumerate(nodes):
        drawing.add_node(
            number,
            label=labels[number],
            shape="custom",
            group=node.kind,
            x=places[number][0],
            y=places[number][1],
            size=round(sizes[number], 1),
            community=group_of[number],
        )
    for edge in edges:
        # Not add_edge, which searches the list of all nodes twice for every edge.
        drawn = Edge(edge.low, edge.high, id=f"{edge.low}-{edge.high}", claims=edge.claims)
        drawing.edges.append(drawn.options)
    drawing.set_options(json.dumps(_OPTIONS))
    return {"nodes": drawing.nodes, "edges": drawing.edges, "options": drawing.options}


def _groups(graph: nx.Graph) -> dict[int, int]:
    """The community of each node; nodes without ties share the last one."""
    tied = graph.subgraph(node for node in graph if graph.degree(node))
    # communities() speaks of names; numbers padded with zeros keep their order as names.
    named = nx.relabel_nodes(tied, {node: f"{node:09}" for node in tied})
    found = communities(named)
    groups = dict.fromkeys(graph, len(found))
    for number, group in enumerate(found):
        groups.update((int(name), number) for name in group)
    return groups


def _shortened(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
