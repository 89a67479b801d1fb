"""What the tables know of actors: offices with dates, points of places; in a graph of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from graph.statements import BY_NAME, GULF, KIM, SPEECH, STATEMENTS, TRUMP

from kg.graph.background import (
    BACKGROUND_GRAPH,
    Background,
    OfficeTerm,
    background_triples,
    of_actors,
)
from kg.graph.files import full_graphs, read_graph, write_graphs
from kg.graph.store import delete_documents, load_store, open_store, stored_graphs
from kg.graph.terms import actor_iri
from kg.graph.validate import validate
from kg.statement import Actor, ActorType

OFFICE = Actor("kg:USA-president", "president of the US", ActorType.GOVERNMENT_BODY, "USA", "GOV")
FIRST = OfficeTerm(TRUMP.id, OFFICE, date(2017, 1, 20), date(2021, 1, 20))
SECOND = OfficeTerm(TRUMP.id, OFFICE, date(2025, 1, 20))
KNOWN = Background((FIRST, SECOND), {"local:panmunjom": (37.956, 126.677)})


def lines(background: Background) -> str:
    return "".join(f"{' '.join(triple)}\n" for triple in background_triples(background))


def test_terms_of_office_have_their_dates() -> None:
    text = lines(KNOWN)
    assert text.count("#OfficeTerm>") == 2
    assert text.count('"2017-01-20"^^') == text.count('"2021-01-20"^^') == 1
    assert text.count("/endDate>") == 1, "a term that goes on has no end"
    assert text.count("<https://w3id.org/kg/ontology#officeTerm>") == 2
    assert '"president of the US"@en' in text


@pytest.mark.parametrize(
    ("point", "wkt"),
    [
        ((37.956, 126.677), "POINT(126.677 37.956)"),
        ((-0.5, -78.25), "POINT(-78.25 -0.5)"),
        ((0.0, 10.0), "POINT(10 0)"),
        ((0.00004, -0.00004), "POINT(0 0)"),
    ],
)
def test_points_have_the_longitude_first(point: tuple[float, float], wkt: str) -> None:
    text = lines(Background(points={"kg:geonames-1": point}))
    assert f'"{wkt}"^^<http://www.opengis.net/ont/geosparql#wktLiteral>' in text
    assert "<https://w3id.org/kg/id/point/geonames-1>" in text


def test_it_stands_in_a_graph_of_its_own_and_conforms(tmp_path: Path) -> None:
    graphs = full_graphs(STATEMENTS, [SPEECH], background=KNOWN)
    assert graphs[BACKGROUND_GRAPH] == background_triples(KNOWN)
    assert not [
        t for g, ts in graphs.items() if g != BACKGROUND_GRAPH for t in ts if "/term/" in t[2]
    ]
    write_graphs(tmp_path / "graph.trig", graphs)
    assert validate(tmp_path / "graph.trig") == []
    assert len(read_graph(tmp_path / "graph.trig")) == len(STATEMENTS)
    assert BACKGROUND_GRAPH not in full_graphs(STATEMENTS, [SPEECH], background=Background())


def test_only_what_is_asked_for() -> None:
    triples = background_triples(KNOWN)
    of_trump = of_actors(triples, {actor_iri(TRUMP.id)})
    assert {t for t in of_trump if "OfficeTerm" in t[2]}
    assert actor_iri(OFFICE.id) in {subject for subject, _, _ in of_trump}
    assert not [t for t in of_trump if "POINT" in t[2]]
    assert of_actors(triples, {actor_iri(KIM.id)}) == []


def test_it_comes_and_goes_with_the_documents_that_name_the_actors(tmp_path: Path) -> None:
    path = tmp_path / "store"
    meeting = full_graphs([BY_NAME["kim-met-trump"]], [SPEECH], background=KNOWN)
    load_store(path, meeting)
    load_store(path, full_graphs([BY_NAME["sanctions"]], [GULF]))
    assert stored_graphs(open_store(path))[BACKGROUND_GRAPH] == meeting[BACKGROUND_GRAPH]
    delete_documents(path, [GULF.id])
    assert stored_graphs(open_store(path)) == meeting
    load_store(path, full_graphs([BY_NAME["sanctions"]], [GULF]))
    delete_documents(path, [SPEECH.id])
    assert stored_graphs(open_store(path)) == full_graphs([BY_NAME["sanctions"]], [GULF])


def test_newer_knowledge_of_an_actor_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "store"
    statements = [BY_NAME["kim-met-trump"]]
    load_store(path, full_graphs(statements, [SPEECH], background=Background((FIRST,))))
    load_store(path, full_graphs(statements, [SPEECH], background=Background((SECOND,))))
    text = "\n".join(" ".join(t) for t in stored_graphs(open_store(path))[BACKGROUND_GRAPH])
    assert text.count("#officeTerm>") == 1 and "2025-01-20" in text
