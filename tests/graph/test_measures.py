"""Figures against graphs worked out by hand, and against networkx's own results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from graph.small import (
    ACCUSED,
    AIDED,
    ALLY,
    ARRAN,
    ATTACKED,
    BELOR,
    CORIA,
    DAM,
    MET,
    claim,
    on,
    paper,
    printed_in_processes,
    said_by,
)

from kg.graph.intensity import intensity
from kg.graph.measures import acts, centrality, groups
from kg.graph.measures.acts import Acts, read_acts
from kg.statement import (
    Actor,
    ActorType,
    Modality,
    Polarity,
    Relation,
    Stance,
    Statement,
    TimeInterval,
)

A, B, C = ARRAN.id, BELOR.id, CORIA.id


def acts_of(*statements: Statement, **documents: str | None) -> Acts:
    return read_acts(statements, [paper(name, day) for name, day in documents.items()])


# --- intensity ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation("kg:invaded", "invaded", "ASSAULT", "190", "MCONF"), -10.0),
        (Relation("kg:allyOf", "is an ally of"), 8.0),
        (Relation("kg:headOfState", "is head of state of"), 0.0),
        (Relation("other:helped", "helped", "AID"), 7.0),  # unknown: its event type's
        (Relation("other:odd", "did something odd to", "NEWTYPE"), None),
        (Relation(None, "praised"), None),
    ],
)
def test_intensity_is_the_relations_own_or_its_events(
    relation: Relation, expected: float | None
) -> None:
    assert intensity(relation) == expected


# --- acts ---------------------------------------------------------------------------------


def test_a_dated_claim_is_one_act_however_often_it_is_told() -> None:
    found = acts_of(
        claim(ARRAN, AIDED, BELOR, 0, "d1", time=on("2024-05-03")),
        claim(ARRAN, AIDED, BELOR, 40, "d2", time=on("2024-05-03")),
        d1="2024-05-04",
        d2="2024-06-01",
    )
    (act,) = found.acts
    assert (act.evidence, act.day, act.pair) == (2, date(2024, 5, 3), (A, B))
    assert (act.document, act.sentence) == ("d1", "xx did yy")


def test_an_act_told_by_several_is_one_and_no_mere_claim_if_the_article_tells_it() -> None:
    day = {"time": on("2024-05-03")}
    quoted = [
        claim(ARRAN, ATTACKED, BELOR, 20 * n, attribution=said_by(one), **day)
        for n, one in enumerate((BELOR, CORIA))
    ]
    (act,) = acts_of(*quoted).acts
    assert (act.claimed, act.evidence, len(act.claims)) == (True, 2, 2)
    plain = claim(ARRAN, ATTACKED, BELOR, 90, **day)
    (act,) = acts_of(*quoted, plain).acts
    assert (act.claimed, act.evidence) == (False, 3)
    other = claim(ARRAN, ATTACKED, BELOR, 120, time=on("2024-05-04"))
    assert len(acts_of(*quoted, plain, other).acts) == 2


def test_a_symmetric_act_is_one_whoever_is_named_first() -> None:
    day = {"time": on("2024-05-03")}
    found = acts_of(claim(ARRAN, MET, BELOR, **day), claim(BELOR, MET, ARRAN, 30, **day))
    assert [act.evidence for act in found.acts] == [2]
    directed = acts_of(claim(ARRAN, AIDED, BELOR, **day), claim(BELOR, AIDED, ARRAN, 30, **day))
    assert len(directed.acts) == 2


def test_an_undated_claim_is_one_act_on_each_day_of_publication() -> None:
    found = acts_of(
        claim(ARRAN, AIDED, BELOR, 0, "d1"),
        claim(ARRAN, AIDED, BELOR, 40, "d2"),
        claim(ARRAN, AIDED, BELOR, 80, "d3"),
        claim(ARRAN, AIDED, BELOR, 80, "d4"),
        d1="2024-05-04",
        d2="2024-05-04",
        d3="2024-06-01",
        d4=None,
    )
    assert [(act.day, act.evidence) for act in found.acts] == [
        (date(2024, 5, 4), 2),
        (date(2024, 6, 1), 1),
        (None, 1),
    ]


LEFT_OUT = [
    (claim(ARRAN, AIDED, BELOR, polarity=Polarity.NEGATIVE), "said not to be so"),
    (
        claim(ARRAN, AIDED, BELOR, modality=Modality.INTENDED),
        "planned, possible, demanded or unreal",
    ),
    (claim(ARRAN, ATTACKED, DAM), "about a place or a thing"),
    (claim(ARRAN, AIDED, ARRAN), "about an actor and itself"),
    (claim(ARRAN, AIDED, None), "about one actor alone"),
]


@pytest.mark.parametrize(("statement", "reason"), LEFT_OUT, ids=[reason for _, reason in LEFT_OUT])
def test_what_is_no_act_is_counted_with_its_reason(statement: Statement, reason: str) -> None:
    found = acts_of(statement, claim(ARRAN, MET, BELOR))
    assert [act.relation for act in found.acts] == ["kg:met"]
    assert found.left_out == {reason: 1}


def test_who_only_asks_or_denies_does_not_vouch() -> None:
    (link,) = said_by(CORIA)
    statements = [
        claim(ARRAN, AIDED, BELOR, at, attribution=(replace(link, stance=stance),))
        for at, stance in enumerate(Stance)
    ]
    kept = {claim for act in acts_of(*statements).acts for claim in act.claims}
    vouching = {Stance.SAYS, Stance.CONFIRMS}
    assert kept == {one.id for one in statements if one.attribution[0].stance in vouching}
    assert read_acts(statements, [], asserted=True).acts == ()


def test_long_and_open_times_belong_to_no_day() -> None:
    year = TimeInterval("last year", date(2023, 1, 1), date(2023, 12, 31))
    since = TimeInterval("since 2020", date(2020, 1, 1), None)
    found = acts_of(
        claim(ARRAN, AIDED, BELOR, 0, time=year), claim(ARRAN, MET, BELOR, 9, time=since)
    )
    assert [act.day for act in found.acts] == [None, None]
    inside = found.between(date(2023, 6, 1), date(2023, 6, 30))
    assert len(inside.acts) == 2
    assert [act.relation for act in found.between(None, date(2022, 1, 1)).acts] == ["kg:met"]


def test_a_period_leaves_undated_acts_out_and_says_so() -> None:
    found = acts_of(
        claim(ARRAN, AIDED, BELOR), claim(ARRAN, MET, CORIA, 9, time=on("2024-01-01"))
    ).between(date(2023, 1, 1), None)
    assert [act.relation for act in found.acts] == ["kg:met"]
    assert set(found.actors) == {A, C}
    assert found.left_out == {"outside the period or undated": 1}


def test_officials_count_as_their_states_where_asked() -> None:
    kim = Actor("wd:Q1", "Kim", ActorType.PERSON, "PRK", "GOV")
    army = Actor("kg:army", "army", ActorType.GOVERNMENT_BODY, "PRK", "MIL")
    singer = Actor("wd:Q2", "a singer", ActorType.PERSON, "PRK", "CVL")
    korea = Actor("wd:Q423", "North Korea", ActorType.STATE, "PRK")
    minister = Actor("wd:Q3", "a minister", ActorType.PERSON, "XYZ", "GOV")
    day = {"time": on("2024-05-03")}
    found = acts_of(
        claim(kim, AIDED, BELOR, 0, **day),
        claim(korea, AIDED, BELOR, 9, **day),
        claim(army, ATTACKED, BELOR, 20, **day),
        claim(singer, MET, BELOR, 30, **day),
        claim(kim, MET, korea, 40, **day),
        claim(minister, MET, BELOR, 50, **day),
    ).by_state()
    assert {(act.source, act.relation, act.evidence) for act in found.acts} == {
        ("wd:Q423", "kg:sentAidTo", 2),
        ("wd:Q423", "kg:attacked", 1),
        ("wd:Q2", "kg:met", 1),
        ("wd:Q3", "kg:met", 1),
    }
    assert set(found.actors) == {"wd:Q423", "wd:Q2", "wd:Q3", B}
    assert found.left_out == {"within one state": 1}


# --- groups -------------------------------------------------------------------------------


def test_ties_sum_evidence_acts_and_absolute_intensity() -> None:
    found = acts_of(
        claim(ARRAN, AIDED, BELOR, 0, time=on("2024-01-01")),  # +7 (event type AID)
        claim(BELOR, ATTACKED, ARRAN, 9, time=on("2024-01-02")),  # −10
        claim(BELOR, ATTACKED, ARRAN, 90, time=on("2024-01-02")),
        claim(BELOR, MET, CORIA, 40),
    )
    ties = groups.ties(found.acts)
    levels = abs(intensity(AIDED) or 0) + abs(intensity(ATTACKED) or 0)
    assert ties.edges[A, B] == {"weight": 3, "acts": 2, "intensity": levels}
    assert ties.edges[B, C]["weight"] == 1


def test_reciprocity_counts_answered_directions_only() -> None:
    found = acts_of(
        claim(ARRAN, AIDED, BELOR, 0),
        claim(BELOR, ATTACKED, ARRAN, 9),
        claim(ARRAN, ACCUSED, CORIA, 20),
        claim(BELOR, MET, CORIA, 30),
    )
    assert groups.reciprocity(found.acts) == pytest.approx(2 / 3)
    assert groups.reciprocity(acts_of(claim(ARRAN, MET, BELOR)).acts) is None


def test_bridges_are_what_holds_two_triangles_together() -> None:
    graph = nx.Graph(["ab", "bc", "ac", "cd", "de", "ef", "df"])
    assert groups.bridges(graph) == [("c", "d")]
    assert groups.cores(graph) == dict.fromkeys("abcdef", 2)


def two_cliques() -> nx.Graph:
    graph = nx.Graph()
    for clique in ("abcd", "wxyz"):
        for number, one in enumerate(clique):
            graph.add_edges_from((one, other) for other in clique[number + 1 :])
    graph.add_edge("d", "w")
    return graph


def test_communities_find_two_cliques_joined_by_one_edge() -> None:
    graph = two_cliques()
    assert groups.communities(graph) == [list("abcd"), list("wxyz")]
    # by hand: 12 of 13 ties inside, each half with half of all degrees
    assert groups.modularity(graph, [list("abcd"), list("wxyz")]) == pytest.approx(12 / 13 - 0.5)
    assert groups.modularity(nx.Graph(), []) is None


def test_communities_are_the_same_in_another_process() -> None:
    code = (
        "import networkx as nx; from kg.graph.measures.groups import communities;"
        "g = nx.gnm_random_graph(60, 150, seed=3);"
        "print(communities(nx.relabel_nodes(g, {n: f'n{n}' for n in g})))"
    )
    assert len(printed_in_processes(code)) == 1


# --- centrality ---------------------------------------------------------------------------


def named(graph: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(graph, {node: f"n{node:03}" for node in graph})


def weighted(graph: nx.Graph) -> nx.Graph:
    for number, (a, b) in enumerate(sorted(graph.edges())):
        graph.edges[a, b]["weight"] = 1 + number % 5
    return graph


SIZES = [(5, 4), (12, 20), (40, 70), (60, 300)]
RANDOM = [named(nx.gnm_random_graph(nodes, ties, seed=nodes)) for nodes, ties in SIZES]


def test_betweenness_of_a_star_and_a_path() -> None:
    star, exact = centrality.betweenness(nx.Graph([("m", leaf) for leaf in "abcd"]))
    assert exact
    assert star == pytest.approx({"m": 1.0, "a": 0.0, "b": 0.0, "c": 0.0, "d": 0.0})
    path, _ = centrality.betweenness(nx.path_graph(["a", "b", "c", "d"]))
    assert path == pytest.approx({"a": 0.0, "b": 2 / 3, "c": 2 / 3, "d": 0.0})
    assert centrality.betweenness(nx.Graph()) == ({}, True)


@pytest.mark.parametrize("graph", RANDOM, ids=str)
def test_betweenness_is_networkxs(graph: nx.Graph) -> None:
    found, exact = centrality.betweenness(graph)
    assert exact
    assert found == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)


def test_estimated_betweenness_ranks_like_the_exact_one(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = named(nx.barabasi_albert_graph(300, 3, seed=4))
    exact = nx.betweenness_centrality(graph)
    monkeypatch.setattr(centrality, "EXACT_WORK", 0)
    monkeypatch.setattr(centrality, "PIVOTS", 150)
    found, is_exact = centrality.betweenness(graph)
    assert not is_exact
    top = sorted(exact, key=lambda node: -exact[node])[:10]
    guessed = sorted(found, key=lambda node: -found[node])[:10]
    assert len(set(top) & set(guessed)) >= 8
    assert sum(found.values()) == pytest.approx(sum(exact.values()), rel=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_pagerank_is_networkxs(seed: int) -> None:
    pytest.importorskip("scipy")  # networkx's own needs it
    graph = weighted(named(nx.gnp_random_graph(30, 0.08, seed=seed, directed=True)))
    wanted = nx.pagerank(graph, tol=1e-12, max_iter=1000)
    assert centrality.pagerank(graph) == pytest.approx(wanted, abs=1e-9)


def test_pagerank_by_hand() -> None:
    # a and b act upon each other alone; c upon a. c is reached by jumps only: 0.15 / 3.
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a")])
    found = centrality.pagerank(graph)
    assert found["c"] == pytest.approx(0.05)
    assert found["a"] == pytest.approx(0.05 + 0.85 * (found["b"] + 0.05))
    assert sum(found.values()) == pytest.approx(1)
    assert centrality.pagerank(nx.DiGraph()) == {}


@pytest.mark.parametrize("graph", RANDOM, ids=str)
def test_structural_holes_are_networkxs(graph: nx.Graph) -> None:
    graph = weighted(graph.copy())
    constraint, effective = nx.constraint(graph, weight="weight"), nx.effective_size(graph)
    found = centrality.holes(graph)
    assert set(found) == {node for node in graph if graph.degree(node)}
    for node, (size, held) in found.items():
        assert size == pytest.approx(effective[node])
        assert held == pytest.approx(constraint[node])


def test_a_broker_is_held_less_than_a_member_of_a_clique() -> None:
    star = nx.Graph([("m", leaf) for leaf in "abc"])
    nx.set_edge_attributes(star, 1, "weight")
    # Burt: three equal, unconnected partners: 3 · (1/3)²
    assert centrality.holes(star)["m"] == (3.0, pytest.approx(1 / 3))
    assert centrality.holes(star)["a"] == (1.0, pytest.approx(1.0))


def test_pairs_hold_their_acts_whoever_acts() -> None:
    found = acts_of(claim(BELOR, AIDED, ARRAN, 0), claim(ARRAN, ALLY, BELOR, 9))
    assert list(acts.by_pair(found.acts)) == [(A, B)]
    assert {act.lasting for act in found.acts} == {True, False}
