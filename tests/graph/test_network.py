"""The actor network: what becomes an edge, and in which order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from graph.small import (
    AIDED,
    ALLY,
    ARRAN,
    ATTACKED,
    BELOR,
    CORIA,
    DAM,
    MET,
    claim,
    said_by,
)

from kg.graph.exports import graphml
from kg.graph.measures.acts import read_acts
from kg.graph.network import KINDS, Network, actor_network
from kg.graph.pagedata import page_data
from kg.statement import (
    ActorType,
    Document,
    Modality,
    Polarity,
    Relation,
    Statement,
    TimeInterval,
)


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
    assert network.nodes["local:arran"]["acts"] == 1


def test_all_values_are_text_or_numbers() -> None:
    network = actor_network([claim(ARRAN, ALLY, BELOR), claim(ARRAN, ATTACKED, DAM, 50)])
    values = [v for _, data in network.nodes(data=True) for v in data.values()]
    values += [v for *_, data in network.edges(data=True) for v in data.values()]
    assert {type(value) for value in values} <= {str, int, float}


def test_the_order_of_statements_does_not_matter() -> None:
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
        written.add(graphml(actor_network(statements)))
    assert len(written) == 1


def test_edges_carry_the_intensity_of_the_ontology() -> None:
    network = actor_network(
        [
            claim(ARRAN, Relation("kg:invaded", "invaded", "ASSAULT", "190", "MCONF"), BELOR),
            claim(ARRAN, Relation(None, "praised"), BELOR, 50),
        ]
    )
    levels = {data["relation"]: data.get("intensity") for *_, data in network.edges(data=True)}
    assert levels == {"kg:invaded": -10.0, "open:praised": None}


def told_in(document: str, at: int = 0) -> Statement:
    """That Arran aided Belor, told by a document."""
    statement = claim(ARRAN, AIDED, BELOR, at)
    return replace(statement, evidence=replace(statement.evidence, document=document))


def test_evidence_counts_stories_not_copies() -> None:
    papers = [
        Document("wire", ""),
        Document("gazette", "", story="wire"),
        Document("update", "", story="wire", version_of="wire"),
        Document("other", ""),
    ]
    statements = [told_in(paper.id) for paper in papers] + [told_in("update", 50)]
    for order in (statements, statements[::-1]):
        network = actor_network(order, papers)
        ((*_, edge),) = network.edges(data=True)
        # the update tells it twice, the other document once
        assert edge["evidence"] == 3
        assert network.nodes[ARRAN.id]["weight"] == 3
    ((*_, edge),) = actor_network(statements).edges(data=True)
    assert edge["evidence"] == 5


def test_documents_may_come_one_by_one() -> None:
    stories = {"wire": "wire", "gazette": "wire"}
    collected = Network(stories)
    for name in ("gazette", "other", "wire"):
        collected.add([told_in(name)])
    ((*_, edge),) = collected.graph().edges(data=True)
    assert edge["evidence"] == 2


def test_acts_and_page_count_stories_too() -> None:
    papers = [Document("wire", ""), Document("gazette", "", story="wire"), Document("other", "")]
    statements = [told_in(paper.id) for paper in papers]
    (act,) = read_acts(statements, papers).acts
    assert act.evidence == 2
    (shown,) = page_data(statements, papers, "t")["claims"]
    assert len(shown["evidence"]) == 2
