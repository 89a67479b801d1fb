"""Each export opened again by the program or library that reads its format."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from browser.story import story
from graph.small import AIDED, ALLY, ARRAN, ATTACKED, BELOR, CORIA, DAM, claim, on, said_by

from kg.errors import StoreError
from kg.graph import ftm
from kg.graph.cells import formula_safe
from kg.graph.exports import FORMATS, cytoscape, edges_csv, gexf, graphml, nodes_csv
from kg.graph.exports import write_graphml as write
from kg.graph.network import KINDS, actor_network
from kg.statement import Actor, ActorType, Document, Modality, Polarity, Relation

HOSTILE = '<b>"Coria" & \x00\x1b\ud800 sons</b>'
STATEMENTS = [
    claim(ARRAN, AIDED, BELOR, time=on("2024-05-03")),
    claim(ARRAN, AIDED, BELOR, 30, polarity=Polarity.NEGATIVE),
    claim(ARRAN, ATTACKED, replace(CORIA, label=HOSTILE), 50, attribution=said_by(BELOR)),
    claim(BELOR, ALLY, CORIA, 80, modality=Modality.POSSIBLE),
    claim(ARRAN, ATTACKED, DAM, 90),
    claim(ARRAN, Relation(None, "praised"), BELOR, 120),
]
NETWORK = actor_network(STATEMENTS)


def test_graphml_is_read_again_as_the_same_network() -> None:
    content = graphml(NETWORK)
    ElementTree.fromstring(content)
    again = nx.parse_graphml(content.decode(), force_multigraph=True)
    assert again.nodes["local:coria"]["label"] in ('<b>"Coria" &  sons</b>', "Coria")
    assert again.nodes["local:arran"] == NETWORK.nodes["local:arran"]
    assert sorted(again.edges(keys=True)) == sorted(NETWORK.edges(keys=True))
    for source, target, key, values in NETWORK.edges(keys=True, data=True):
        assert again.edges[source, target, key].items() >= values.items()


def test_gexf_is_read_again_with_days_colours_and_weights(tmp_path: Path) -> None:
    content = gexf(NETWORK)
    assert b"lastmodifieddate" not in content
    path = tmp_path / "network.gexf"
    path.write_bytes(content)
    again = nx.read_gexf(path)
    assert set(again) == set(NETWORK)
    assert {data["id"] for *_, data in again.edges(data=True)} == {
        key for *_, key in NETWORK.edges(keys=True)
    }
    (aided,) = [d for *_, d in again.edges(data=True) if d.get("start") == "2024-05-03"]
    assert (aided["end"], aided["weight"], aided["label"]) == ("2024-05-03", 1.0, "sent aid to")
    root = ElementTree.fromstring(content)
    colours = root.findall(".//{http://www.gexf.net/1.2draft/viz}color")
    assert len(colours) == len(NETWORK)


def test_cytoscape_json_is_read_again() -> None:
    data = json.loads(cytoscape(NETWORK))
    nodes, edges = data["elements"]["nodes"], data["elements"]["edges"]
    ids = {node["data"]["id"] for node in nodes}
    assert ids == set(NETWORK)
    assert all({edge["data"]["source"], edge["data"]["target"]} <= ids for edge in edges)
    assert {edge["data"]["id"] for edge in edges} == {key for *_, key in NETWORK.edges(keys=True)}
    for edge in edges:
        edge["data"]["key"] = edge["data"]["id"]
    again = nx.cytoscape_graph(data)
    assert sorted(again.edges(keys=True)) == sorted(NETWORK.edges(keys=True))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_tables_join_by_their_ids() -> None:
    nodes, edges = rows(nodes_csv(NETWORK)), rows(edges_csv(NETWORK))
    assert [row["id"] for row in nodes] == list(NETWORK)
    ids = {row["id"]: row["label"] for row in nodes}
    assert len(edges) == NETWORK.number_of_edges() == 6
    for row in edges:
        assert ids[row["source"]] == row["source_label"]
        assert ids[row["target"]] == row["target_label"]
    assert {row["intensity"] for row in edges if row["relation"] == "open:praised"} == {""}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" \n=1", "' \n=1"),
        ("Arran", "Arran"),
        ("a=b", "a=b"),
        ("", ""),
        ("|calc", "'|calc"),
    ],
)
def test_no_cell_begins_a_formula(text: str, cell: str) -> None:
    assert formula_safe(text) == cell


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_and_chance_are_exported_too(name: str) -> None:
    write = FORMATS[name].write
    assert write(actor_network([]))
    statements, _ = story(25, 100)
    content = write(actor_network(statements))
    assert content == write(actor_network(reversed(statements)))


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write(tmp_path / "missing" / "network.graphml", NETWORK)
    path = tmp_path / "network.graphml"
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        write(path, NETWORK)
    assert [entry.name for entry in tmp_path.iterdir()] == ["network.graphml"]


# --- FollowTheMoney -----------------------------------------------------------------------


def read_ftm(content: bytes) -> dict[str, Any]:
    """The entities as FollowTheMoney's own library reads and checks them."""
    model = pytest.importorskip("followthemoney").model
    found = {}
    for line in content.decode("utf-8").splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        proxy.schema.validate(data)
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop.qname, value)
        assert sum(map(len, data["properties"].values())) == len(list(proxy.itervalues()))
        found[proxy.id] = proxy
    return found


def test_ftm_reads_its_entities_and_finds_nothing_wrong() -> None:
    statements, documents = story(30, 200)
    found = read_ftm(ftm.entities_jsonl(statements, documents))
    schemata = {proxy.schema.name for proxy in found.values()}
    assert {"Article", "Event", "Person", "PublicBody", "Territory"} <= schemata
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert found[value].schema.is_a(prop.range), (proxy.schema.name, prop.name)


def test_ftm_keeps_who_is_who_and_who_says_so() -> None:
    kim = Actor("wd:Q56226", "Kim Jong Un", ActorType.PERSON, "PRK", "GOV")
    korea = Actor("wd:Q423", "North Korea", ActorType.STATE, "PRK")
    statements = [
        claim(kim, Relation("kg:headOfState", "is head of state of"), korea),
        claim(korea, AIDED, BELOR, 30, attribution=said_by(ARRAN), time=on("2024-05-03")),
    ]
    document = Document("doc-1", "", "A title", date(2024, 5, 4), "Wire", "https://news.example/a")
    found = read_ftm(ftm.entities_jsonl(statements, [document]))
    person = found["Q56226"]
    assert (person.schema.name, person.first("country")) == ("Person", "kp")
    assert person.first("wikidataId") == "Q56226"
    (link,) = [proxy for proxy in found.values() if proxy.schema.name == "UnknownLink"]
    assert (link.first("subject"), link.first("object")) == ("Q56226", "Q423")
    (event,) = [proxy for proxy in found.values() if proxy.schema.name == "Event"]
    assert event.caption == "North Korea sent aid to Belor"
    assert event.first("startDate") == "2024-05-03"
    assert event.first("summary") == "says: Arran"
    assert found[event.first("proof")].first("sourceUrl") == "https://news.example/a"


def test_ftm_takes_hostile_text_and_bad_addresses() -> None:
    documents = [
        Document("doc-1", "", HOSTILE, None, "\x00", "javascript:alert(1)"),
        Document("doc-2", "", "", None, None, "https://news.example/<script>"),
    ]
    found = read_ftm(ftm.entities_jsonl(STATEMENTS, documents))
    assert not [proxy for proxy in found.values() if proxy.has("sourceUrl", quiet=True)]


def test_every_type_of_actor_has_a_schema_or_is_no_actor() -> None:
    without = set(ActorType) - set(ftm.SCHEMATA)
    assert without == {kind for kind in ActorType if KINDS[kind] == "thing"}


def test_countries_are_ones_that_ftm_knows() -> None:
    registry = pytest.importorskip("followthemoney.types").registry
    countries = ftm._countries()
    assert len(countries) > 240
    assert [code for code in countries.values() if not registry.country.validate(code)] == []
    assert countries["PRK"] == "kp"
