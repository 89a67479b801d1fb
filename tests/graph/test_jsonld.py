"""JSON-LD: short names, one node a line, and the meaning of every term kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from graph.statements import BY_NAME, DOCUMENTS, STATEMENTS

from kg.graph.files import full_graphs, read_graphs, write_graphs
from kg.graph.jsonld import json_ld
from kg.graph.rdf import RunInfo
from kg.resources import resource_path

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

GRAPHS = full_graphs(STATEMENTS, DOCUMENTS, run=RunInfo("1", "m"))


def test_it_reads_well() -> None:
    lines = list(json_ld(GRAPHS))
    record = json.loads("".join(lines))
    documents = {graph["@id"]: graph["@graph"] for graph in record["@graph"]}
    assert "doc:speech-2025" in documents and "graph:asserted" in documents
    nodes = {node["@id"]: node for node in documents["doc:speech-2025"]}
    pact = nodes[f"st:{BY_NAME['pact'].id}"]
    assert pact["subject"] == "wd:Q159" and pact["relation"] == "kg:signedDefencePactWith"
    assert pact["startDate"] == "2024-01-01" and pact["polarity"] == "kg:positive"
    assert nodes["doc:speech-2025"]["datePublished"] == "2025-09-22"
    evidence = nodes[pact["evidence"]]
    assert evidence["confidence"] == "0.95"
    assert sum(line.startswith((",\n{", "{")) or '"@id"' in line for line in lines) > 100


def test_the_context_of_the_file_is_the_published_one() -> None:
    published = json.loads(resource_path("ontology/context.jsonld").read_text(encoding="utf-8"))
    assert json.loads("".join(json_ld(GRAPHS)))["@context"] == published["@context"]


def test_the_same_context_from_its_file_gives_the_same_triples(tmp_path: Path) -> None:
    """Who publishes the context apart from the data reads the same."""
    record = json.loads("".join(json_ld(GRAPHS)))
    context = tmp_path / "context.jsonld"
    context.write_text(json.dumps({"@context": record["@context"]}))
    text = json.dumps({**record, "@context": context.as_uri()})
    apart = rdflib.Dataset().parse(data=text, format="json-ld")
    write_graphs(tmp_path / "graph.nq", GRAPHS)
    expected = rdflib.Dataset().parse(tmp_path / "graph.nq", format="nquads")
    assert len(apart) == len(expected) > 500


XSD = "http://www.w3.org/2001/XMLSchema#"
KG = "https://w3id.org/kg/ontology#"


@pytest.mark.parametrize(
    "triple",
    [
        ("<a:s>", "<a:p>", '"text"'),
        ("<a:s>", "<a:p>", '"text"@en'),
        ("<a:s>", "<a:p>", f'"1"^^<{XSD}integer>'),
        ("<a:s>", f"<{KG}confidence>", '"plain text"'),
        ("<a:s>", f"<{KG}confidence>", f'"0.50"^^<{XSD}decimal>'),
        ("<a:s>", f"<{KG}confidence>", f'"0.5"^^<{XSD}double>'),
        ("<a:s>", f"<{KG}confidence>", "<a:o>"),
        ("<a:s>", f"<{KG}subject>", '"not a link"'),
        ("<a:s>", f"<{KG}subject>", "_:b1"),
        ("<a:s>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<a:T>"),
        # schemes that are prefixes of the context too
        ("<time:now>", "<doc:p>", "<st:o>"),
        ("<time:now>", f"<{KG}startDate>", f'"2024-01-01"^^<{XSD}date>'),
        ("<https://w3id.org/kg/id/actor/a/b>", "<a:p>", "<https://w3id.org/kg/id/actor/>"),
    ],
)
@pytest.mark.parametrize("graph", ["", "<a:g>", "<time:g>"])
def test_any_triple_keeps_its_meaning(
    tmp_path: Path, triple: tuple[str, str, str], graph: str
) -> None:
    path = tmp_path / "x.jsonld"
    write_graphs(path, {graph: [triple]})
    (read,) = read_graphs(path).values()
    if triple[2].startswith("_:"):
        assert [t[:2] for t in read] == [triple[:2]] and read[0][2].startswith("_:")
    else:
        assert read_graphs(path) == {graph: [triple]}


def test_nothing_is_hidden_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    text = "right-to-left \\u202E and a noncharacter \\U0010FFFF"
    write_graphs(path, {"": [("<a:s>", "<a:p>", f'"{text}"')]})
    raw = path.read_text(encoding="utf-8")
    assert "\\u202e" in raw and "\u202e" not in raw and "\U0010ffff" not in raw
    assert read_graphs(path) == {"": [("<a:s>", "<a:p>", f'"{text}"')]}


def test_an_empty_graph(tmp_path: Path) -> None:
    write_graphs(tmp_path / "x.jsonld", {})
    assert read_graphs(tmp_path / "x.jsonld") == {}
    assert json.loads((tmp_path / "x.jsonld").read_text())["@graph"] == []
