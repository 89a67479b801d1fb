"""The actor network: what becomes an edge, in which order, and the figures about it."""

from __future__ import annotations

import random
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import StoreError
from kg.graph.analyse import (
    KINDS,
    actor_network,
    communities,
    dyad_scores,
    strengths,
    ties,
    write_graphml,
)
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

ARRAN = Actor("local:arran", "Arran", ActorType.STATE, "ARR")
BELOR = Actor("local:belor", "Belor", ActorType.STATE, "BEL")
CORIA = Actor("local:coria", "Coria", ActorType.STATE, "COR")
DAM = Actor("local:dam", "the dam", ActorType.THING)

MET = Relation("kg:met", "met", "CONSULT", "040", "VCOOP", True)
AIDED = Relation("kg:sentAidTo", "sent aid to", "AID", "070", "MCOOP")
ATTACKED = Relation("kg:attacked", "attacked", "ASSAULT", "190", "MCONF")
ALLY = Relation("kg:allyOf", "is an ally of", symmetric=True)


def claim(
    subject: Actor,
    relation: Relation,
    target: Actor | None,
    at: int = 0,
    document: str = "doc-1",
    **more: object,
) -> Statement:
    """A statement whose sentence stands at character ``at`` of a document."""
    return Statement(
        Mention(subject, Span(at, at + 2, "xx")),
        relation,
        Mention(target, Span(at + 6, at + 8, "yy")) if target else None,
        Evidence(document, Span(at, at + 9, "xx did yy"), (at + 3, at + 5), "test/verb"),
        **more,  # type: ignore[arg-type]
    )


def said_by(actor: Actor) -> tuple[Attribution, ...]:
    return (Attribution(actor, None, Stance.SAYS, Span(0, 2, "xx"), (3, 9)),)


def edges(network: nx.MultiDiGraph) -> list[tuple[str, str, str, int]]:
    return [(a, b, d["relation"], d["evidence"]) for a, b, d in network.edges(data=True)]


def test_one_edge_per_claim_with_its_evidence_counted() -> None:
    network = actor_network(
        [
            claim(ARRAN, AIDED, BELOR, 0),
            claim(ARRAN, AIDED, BELOR, 50),
            claim(ARRAN, AIDED, BELOR, 0, "doc-2"),
        ]
    )
    assert edges(network) == [("local:arran", "local:belor", "kg:sentAidTo", 3)]
    assert network.nodes["local:arran"]["weight"] == 3


def test_the_same_evidence_read_twice_counts_once() -> None:
    once = claim(ARRAN, AIDED, BELOR)
    assert edges(actor_network([once, once])) == edges(actor_network([once]))


def test_a_symmetric_relation_is_one_edge_whoever_is_named_first() -> None:
    network = actor_network([claim(BELOR, MET, ARRAN, 0), claim(ARRAN, MET, BELOR, 50)])
    assert edges(network) == [("local:arran", "local:belor", "kg:met", 2)]


def test_a_directed_relation_keeps_both_directions_apart() -> None:
    network = actor_network([claim(BELOR, AIDED, ARRAN, 0), claim(ARRAN, AIDED, BELOR, 50)])
    assert len(network.edges) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"polarity": Polarity.NEGATIVE},
        {"modality": Modality.INTENDED},
        {"attribution": said_by(CORIA)},
    ],
    ids=["polarity", "modality", "claimed"],
)
def test_ways_of_saying_are_edges_of_their_own(other: dict[str, object]) -> None:
    network = actor_network([claim(ARRAN, AIDED, BELOR), claim(ARRAN, AIDED, BELOR, 50, **other)])
    assert len(network.edges) == 2


def test_a_statement_without_object_gives_a_node_and_no_edge() -> None:
    network = actor_network([claim(ARRAN, Relation("kg:protested", "protested"), None)])
    assert list(network) == ["local:arran"]
    assert not network.edges


def test_open_triples_are_kept_apart_by_their_words() -> None:
    network = actor_network(
        [
            claim(ARRAN, Relation(None, "Praised"), BELOR),
            claim(ARRAN, Relation(None, "praised "), BELOR, 50),
            claim(ARRAN, Relation(None, "ignored"), BELOR, 90),
        ]
    )
    assert [edge[2:] for edge in edges(network)] == [("open:ignored", 1), ("open:praised", 2)]


def test_dates_are_the_first_and_last_that_are_said() -> None:
    early, late = date(2019, 3, 1), date(2024, 5, 31)
    network = actor_network(
        [
            claim(ARRAN, MET, BELOR, 0, time=TimeInterval("in May", date(2024, 5, 1), late)),
            claim(ARRAN, MET, BELOR, 50, time=TimeInterval("in 2019", early, early)),
            claim(ARRAN, MET, BELOR, 90),
        ]
    )
    ((_, _, values),) = network.edges(data=True)
    assert (values["first"], values["last"]) == ("2019-03-01", "2024-05-31")


def test_every_type_of_actor_has_a_kind() -> None:
    assert set(KINDS) == set(ActorType)


def test_things_are_in_the_network_and_no_actors() -> None:
    network = actor_network([claim(ARRAN, ATTACKED, DAM), claim(ARRAN, ATTACKED, BELOR, 50)])
    assert network.nodes["local:dam"]["acts"] == 0
    assert sorted(ties(network)) == ["local:arran", "local:belor"]


def test_all_values_are_text_or_numbers() -> None:
    network = actor_network([claim(ARRAN, ALLY, BELOR), claim(ARRAN, ATTACKED, DAM, 50)])
    values = [v for _, data in network.nodes(data=True) for v in data.values()]
    values += [v for *_, data in network.edges(data=True) for v in data.values()]
    assert {type(value) for value in values} <= {str, int, float}


def test_strengths_weigh_ties_by_evidence() -> None:
    network = actor_network(
        [
            claim(ARRAN, AIDED, BELOR, 0),
            claim(BELOR, ATTACKED, ARRAN, 50),
            claim(BELOR, MET, CORIA, 90),
        ]
    )
    expected = {"local:belor": 3, "local:arran": 2, "local:coria": 1}
    assert strengths(network) == expected
    assert list(strengths(network)) == list(expected)


def test_dyad_score_is_the_mean_over_evidence_of_what_is_so() -> None:
    network = actor_network(
        [
            claim(ARRAN, AIDED, BELOR, 0),  # +1
            claim(BELOR, MET, ARRAN, 50),  # +0.5
            claim(ARRAN, ATTACKED, BELOR, 90),  # −1
            claim(ARRAN, ATTACKED, BELOR, 120, polarity=Polarity.NEGATIVE),
            claim(ARRAN, ATTACKED, BELOR, 150, modality=Modality.POSSIBLE),
            claim(ARRAN, ALLY, BELOR, 180),
            claim(ARRAN, ALLY, CORIA, 210),
        ]
    )
    assert dyad_scores(network) == {("local:arran", "local:belor"): pytest.approx(0.5 / 3)}


def test_communities_find_two_cliques_joined_by_one_edge() -> None:
    graph = nx.Graph()
    for clique in ("abcd", "wxyz"):
        for number, one in enumerate(clique):
            graph.add_edges_from((one, other) for other in clique[number + 1 :])
    graph.add_edge("d", "w")
    assert communities(graph) == [list("abcd"), list("wxyz")]


def test_the_order_of_statements_does_not_matter(tmp_path: Path) -> None:
    statements = [
        claim(a, relation, b, at)
        for at, (a, relation, b) in enumerate(
            [
                (ARRAN, AIDED, BELOR),
                (BELOR, MET, ARRAN),
                (CORIA, ATTACKED, DAM),
                (ARRAN, MET, BELOR),
            ]
        )
    ]
    # Two descriptions of one actor: which one is kept must not depend on the order either.
    other = replace(CORIA, label="Coriae", country=None)
    statements.append(claim(other, ALLY, ARRAN, 300))
    written = set()
    for seed in range(5):
        random.Random(seed).shuffle(statements)
        write_graphml(tmp_path / "network.graphml", actor_network(statements))
        written.add((tmp_path / "network.graphml").read_bytes())
    assert len(written) == 1


def test_graphml_is_read_again_as_the_same_network(tmp_path: Path) -> None:
    hostile = replace(CORIA, label='<b>"Coria" & \x00\x1b\ud800 sons</b>')
    network = actor_network([claim(ARRAN, AIDED, BELOR), claim(ARRAN, ATTACKED, hostile, 50)])
    path = tmp_path / "network.graphml"
    write_graphml(path, network)
    ElementTree.parse(path)
    again = nx.read_graphml(path, force_multigraph=True)
    assert again.nodes["local:coria"]["label"] == '<b>"Coria" &  sons</b>'
    assert again.nodes["local:arran"] == network.nodes["local:arran"]
    assert sorted(again.edges(keys=True)) == sorted(network.edges(keys=True))
    for source, target, key, values in network.edges(keys=True, data=True):
        assert again.edges[source, target, key].items() >= values.items()


def test_the_network_is_the_same_in_another_process(tmp_path: Path) -> None:
    """Sets of strings are walked in another order in every process."""
    code = (
        "import networkx as nx; from kg.graph.analyse import communities;"
        "g = nx.gnm_random_graph(60, 150, seed=3);"
        "print(communities(nx.relabel_nodes(g, {n: f'n{n}' for n in g})))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_graphml(tmp_path / "missing" / "network.graphml", actor_network([]))
    path = tmp_path / "network.graphml"
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        write_graphml(path, actor_network([]))
    assert [entry.name for entry in tmp_path.iterdir()] == ["network.graphml"]
