"""Allies, adversaries and balance, worked out by hand and by trying all sides."""

from __future__ import annotations

import itertools
import random
from datetime import date

import networkx as nx
import pytest
from graph.small import ALLY, ARRAN, BELOR, CORIA, MET, claim, on

from kg.graph.measures.acts import read_acts
from kg.graph.measures.balance import Triads, frustration, triads
from kg.graph.measures.signed import (
    SignedTie,
    allied,
    signed_network,
    signed_ties,
    standing,
    telling,
)
from kg.statement import Relation, Statement

INVADED = Relation("kg:invaded", "invaded", "ASSAULT", "190", "MCONF")  # −10
THREATENED = Relation("x:threatened", "threatened", "THREATEN")  # −6
SUPPORTED = Relation("x:supported", "supported", "SUPPORT")  # 5
HEADS = Relation("kg:headOfState", "is head of state of")  # 0, lasting
CONSULTED = Relation("x:met", "met", "CONSULT", symmetric=True)  # 2


def ties_of(
    *statements: Statement, at: str | None = None, half_life: float | None = None
) -> list[SignedTie]:
    acts = read_acts(statements, []).acts
    return signed_ties(acts, date.fromisoformat(at) if at else None, half_life)


# --- scores -------------------------------------------------------------------------------


def test_a_score_is_shrunk_towards_neutral_by_one_act() -> None:
    (tie,) = ties_of(claim(ARRAN, INVADED, BELOR, time=on("2024-01-01")))
    assert tie.score == pytest.approx(-1.0 / 2)
    assert (tie.standing, tie.conflict, tie.cooperation, tie.acts) == ("adversaries", -10, 0, 1)
    (tie,) = ties_of(
        claim(ARRAN, INVADED, BELOR, time=on("2024-01-01")),
        claim(BELOR, SUPPORTED, ARRAN, 9, time=on("2024-01-02")),
    )
    assert tie.score == pytest.approx((-1.0 + 0.5) / 3)


def test_talking_alone_makes_no_allies() -> None:
    meetings = [
        claim(ARRAN, CONSULTED, BELOR, 20 * n, time=on(f"2024-01-{n:02}")) for n in range(1, 29)
    ]
    (tie,) = ties_of(*meetings)
    assert tie.acts == 28
    assert tie.standing == "neither"


def test_an_act_counts_half_after_its_half_life() -> None:
    statements = (
        claim(ARRAN, INVADED, BELOR, time=on("2023-01-01")),
        claim(ARRAN, SUPPORTED, BELOR, 9, time=on("2024-01-01")),
    )
    (tie,) = ties_of(*statements, at="2024-01-01", half_life=365)
    assert tie.score == pytest.approx((-1.0 * 0.5 + 0.5) / (0.5 + 1 + 1))
    (tie,) = ties_of(*statements, at="2024-01-01", half_life=None)
    assert tie.score == pytest.approx(-0.5 / 3)


def test_an_undated_act_weighs_half_and_a_lasting_one_does_not_age() -> None:
    (tie,) = ties_of(claim(ARRAN, INVADED, BELOR), at="2024-01-01", half_life=100)
    assert tie.score == pytest.approx(-0.5 / 1.5)


def test_offices_say_nothing_of_friend_or_foe() -> None:
    assert ties_of(claim(ARRAN, HEADS, BELOR)) == []
    (tie,) = ties_of(claim(ARRAN, ALLY, BELOR))
    assert tie.standing == "allies"
    assert [telling(act) for act in read_acts([claim(ARRAN, MET, CORIA)], []).acts] == [True]


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (0.2, "allies"),
        (0.19, "neither"),
        (0.0, "neither"),
        (-0.19, "neither"),
        (-0.2, "adversaries"),
    ],
)
def test_standing(score: float, word: str) -> None:
    assert standing(score) == word


def test_blocs_are_made_of_friendly_ties_alone() -> None:
    network = signed_network(
        [
            SignedTie("a", "b", 0.5, 5, 0, 1, 1),
            SignedTie("b", "c", -0.5, 0, -5, 1, 1),
            SignedTie("c", "d", 0.1, 1, 0, 1, 1),
        ]
    )
    assert sorted(network.edges(data="sign")) == [("a", "b", 1), ("b", "c", -1)]
    assert sorted(allied(network)) == ["a", "b"]


# --- balance ------------------------------------------------------------------------------


def network(*ties: tuple[str, str, int]) -> nx.Graph:
    graph = nx.Graph()
    for a, b, sign in ties:
        graph.add_edge(a, b, sign=sign, weight=1.0)
    return graph


@pytest.mark.parametrize(
    ("signs", "place", "balanced"),
    [
        ((1, 1, 1), 0, True),
        ((1, 1, -1), 1, False),
        ((1, -1, -1), 2, True),
        ((-1, -1, -1), 3, False),
    ],
)
def test_the_four_kinds_of_triangles(
    signs: tuple[int, int, int], place: int, balanced: bool
) -> None:
    graph = network(("a", "b", signs[0]), ("a", "c", signs[1]), ("b", "c", signs[2]))
    found = triads(graph)
    assert found.counts[place] == found.total == 1
    assert found.degree == float(balanced)
    assert frustration(graph).index == int(not balanced)


def test_triangles_are_networkxs() -> None:
    graph = nx.gnp_random_graph(40, 0.3, seed=2)
    nx.set_edge_attributes(graph, 1, "sign")
    assert triads(graph).counts == (sum(nx.triangles(graph).values()) // 3, 0, 0, 0)


def test_without_triangles_there_is_no_degree_of_balance() -> None:
    assert triads(network(("a", "b", -1))) == Triads((0, 0, 0, 0))
    assert triads(nx.Graph()).degree is None
    assert frustration(nx.Graph()).camps == ((), ())


def test_a_long_cycle_with_one_hostile_tie_is_frustrated_once() -> None:
    """No triangle shows it: Cartwright and Harary's balance is about all cycles."""
    names = "abcde"
    graph = network(*((names[n], names[(n + 1) % 5], 1 if n else -1) for n in range(5)))
    found = frustration(graph)
    assert (found.index, found.exact, len(found.ties)) == (1, True, 1)


def test_two_hostile_camps_are_not_frustrated() -> None:
    graph = network(
        *((a, b, 1) for a, b in itertools.combinations("abc", 2)),
        *((a, b, 1) for a, b in itertools.combinations("xy", 2)),
        *((a, b, -1) for a in "abc" for b in "xy"),
    )
    found = frustration(graph)
    assert (found.index, found.ties) == (0, ())
    assert found.camps == (("a", "b", "c"), ("x", "y"))


def brute(graph: nx.Graph) -> int:
    """The least number of contradicted ties, by trying all sides."""
    nodes = sorted(graph)
    best = graph.number_of_edges()
    for sides in itertools.product((1, -1), repeat=len(nodes) - 1):
        side = dict(zip(nodes, (1, *sides), strict=True))
        best = min(best, sum(side[a] * side[b] * s < 0 for a, b, s in graph.edges(data="sign")))
    return best


def signed_by_chance(nodes: int, ties: int, seed: int) -> nx.Graph:
    dice = random.Random(seed)
    graph = nx.relabel_nodes(nx.gnm_random_graph(nodes, ties, seed=seed), lambda n: f"n{n:03}")
    for a, b in sorted(graph.edges()):
        graph.edges[a, b].update(sign=dice.choice((1, -1)), weight=1.0)
    return graph


@pytest.mark.parametrize("seed", range(12))
def test_frustration_is_the_least_of_all_sides(seed: int) -> None:
    graph = signed_by_chance(9, 10 + 2 * seed, seed)
    found = frustration(graph)
    assert found.exact
    assert found.index == found.bound == len(found.ties) == brute(graph)


@pytest.mark.parametrize("seed", range(8))
def test_what_stands_in_the_way_is_what_makes_the_rest_balanced(seed: int) -> None:
    graph = signed_by_chance(40, 120, seed)
    found = frustration(graph)
    graph.remove_edges_from(found.ties)
    assert frustration(graph).index == 0
    assert found.bound <= found.index


@pytest.mark.parametrize("seed", range(20))
def test_taking_nodes_with_few_ties_out_changes_nothing(seed: int) -> None:
    """Sparse networks are reduced to nothing, denser ones to a core: the least stays the least."""
    graph = signed_by_chance(13, 14 + seed, 100 + seed)
    found = frustration(graph)
    assert found.exact
    assert found.index == sum(
        brute(graph.subgraph(part)) for part in nx.connected_components(graph)
    )


def test_a_large_sparse_network_is_solved_exactly() -> None:
    # a ladder of 300 rungs: squares of which every third has one hostile tie
    graph = nx.ladder_graph(300)
    nx.set_edge_attributes(graph, 1, "sign")
    for rung in range(0, 299, 3):
        graph.edges[rung, rung + 1]["sign"] = -1
    graph = nx.relabel_nodes(graph, lambda node: f"n{node:03}")
    found = frustration(graph)
    assert (found.index, found.exact) == (100, True)


def test_the_search_finds_what_trying_all_sides_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [signed_by_chance(13, 60, seed) for seed in range(25)]
    least = [frustration(graph).index for graph in cases]
    monkeypatch.setattr("kg.graph.measures.camps.EXACT", 0)
    searched = [frustration(graph).index for graph in cases]
    assert all(found >= best for found, best in zip(searched, least, strict=True))
    assert sum(map(int.__eq__, searched, least)) >= 24


def test_a_large_dense_block_says_between_what_and_what() -> None:
    graph = signed_by_chance(40, 300, 1)
    found = frustration(graph)
    assert not found.exact
    assert 0 < found.bound < found.index < 150


def test_frustration_does_not_depend_on_the_order_of_ties() -> None:
    graph = signed_by_chance(30, 90, 5)
    again = nx.Graph()
    edges = list(graph.edges(data=True))
    random.Random(3).shuffle(edges)
    again.add_edges_from((b, a, values) for a, b, values in edges)
    assert frustration(graph) == frustration(again)
