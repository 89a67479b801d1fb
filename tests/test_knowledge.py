"""What the join of the wings looks up: offices, coordinates, the version of the vocabulary."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph.statements import BY_NAME, DOCUMENTS, STATEMENTS, TRUMP

import kg
from kg.graph.background import BACKGROUND_GRAPH, background_triples
from kg.graph.files import full_graphs, read_graphs, write_graphs
from kg.graph.rdf12 import REIFIES
from kg.graph.validate import validate
from kg.knowledge import background_of, vocabulary_version
from kg.statement import Actor, ActorType, Mention, Span


def about(*actors: Actor) -> list[kg.Statement]:
    """A statement of each actor."""
    pact = BY_NAME["pact"]
    return [replace(pact, subject=Mention(actor, Span(0, 1, "x"))) for actor in actors]


def test_offices_with_their_dates() -> None:
    terms = background_of([BY_NAME["kim-met-trump"]]).terms
    presidencies = [t for t in terms if t.person == TRUMP.id and t.office.id == "kg:USA-president"]
    assert [t.since for t in presidencies] == [date(2017, 1, 20), date(2025, 1, 20)]
    assert presidencies[0].until == date(2021, 1, 20) and presidencies[1].until is None
    assert presidencies[0].office.type is ActorType.GOVERNMENT_BODY
    assert "president" in presidencies[0].office.label


def test_an_office_of_an_organisation() -> None:
    guterres = Actor("kg:antonio-guterres", "Antonio Guterres", ActorType.PERSON, "PRT", "GOV")
    labels = {term.office.label for term in background_of(about(guterres)).terms}
    assert any("secretary-general of" in label and "United Nations" in label for label in labels)


def test_where_places_lie() -> None:
    kabul = Actor("kg:geonames-1138958", "Kabul", ActorType.PLACE, "AFG")
    latitude, longitude = background_of(about(kabul)).points[kabul.id]
    assert (round(latitude), round(longitude)) == (35, 69)
    (line,) = [t for t in background_triples(background_of(about(kabul))) if "POINT" in t[2]]
    assert re.search(r'"POINT\(69\.\d+ 34\.\d+\)"', line[2])


def test_sources_and_places_count_as_well() -> None:
    """Whoever a statement names is described: the source of a claim, the place of an act."""
    rejects = BY_NAME["dprk-rejects-south"]
    people = {term.person for term in background_of([rejects]).terms}
    assert "wd:Q56226" in people, "Kim is only the source"


def test_nothing_is_known_of_strangers() -> None:
    stranger = Actor("local:somebody", "Somebody", ActorType.PERSON)
    known = background_of(about(stranger))
    assert not [term for term in known.terms if term.person == stranger.id]
    assert stranger.id not in known.points


def test_all_of_it_conforms(tmp_path: Path) -> None:
    known = background_of(STATEMENTS)
    assert len(known.terms) > 3
    path = tmp_path / "graph.trig"
    write_graphs(path, full_graphs(STATEMENTS, DOCUMENTS, background=known))
    assert validate(path) == []


def test_the_version_of_the_vocabulary_is_a_checksum() -> None:
    assert re.fullmatch("[0-9a-f]{12}", vocabulary_version())
    assert vocabulary_version() == vocabulary_version()


@pytest.mark.usefixtures("meetings")
def test_a_build_asks_for_triple_terms(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna met Boris.")
    graph = kg.build(tmp_path / "a.txt", tmp_path / "out", rdf12=True)
    triples = [t for ts in read_graphs(graph.path / "graph.trig").values() for t in ts]
    assert len([t for t in triples if t[1] == REIFIES]) == 1
    found = graph.query("SELECT ?s WHERE { ?s rdf:reifies ?triple }")
    assert len(found) == 1
    plain = kg.build(tmp_path / "a.txt", tmp_path / "out")
    assert "reifies" not in (plain.path / "graph.ttl").read_text()
    assert BACKGROUND_GRAPH not in read_graphs(plain.path / "graph.trig")
