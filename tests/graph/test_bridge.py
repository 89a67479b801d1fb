"""rdflib's own API over a store of kg: the same answers, worked out by Oxigraph."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import rdflib
from graph.statements import DOCUMENTS, GULF, STATEMENTS

from kg.errors import DataError, StoreError
from kg.graph.bridge import rdflib_dataset
from kg.graph.documents import document_graph
from kg.graph.files import full_graphs, union, write_graphs
from kg.graph.store import load_store
from kg.graph.terms import KG

pytest.importorskip("oxrdflib")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

GRAPHS = full_graphs(STATEMENTS, DOCUMENTS)


@pytest.fixture(params=["store", "graph.trig", "graph.nq.gz"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    if path.suffix:
        write_graphs(path, GRAPHS)
    else:
        load_store(path, GRAPHS)
    return path


def test_patterns_queries_and_graphs(path: Path) -> None:
    dataset = rdflib_dataset(path)
    statements = set(dataset.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Statement")))
    assert len(statements) == len({s.id for s in STATEMENTS})
    rows = dataset.query("SELECT (COUNT(?s) AS ?n) { ?s a kg:Statement }")
    assert [int(row[0]) for row in rows] == [len(statements)]  # type: ignore[index,arg-type]
    graph = dataset.get_context(rdflib.URIRef(document_graph(GULF.id)[1:-1]))
    assert len(graph) == len(GRAPHS[document_graph(GULF.id)])


def test_rdflib_itself_says_the_same(path: Path, tmp_path: Path) -> None:
    write_graphs(tmp_path / "again.nt", GRAPHS)
    plain = rdflib.Graph().parse(tmp_path / "again.nt", format="nt")
    assert len(plain) == len(union(GRAPHS))
    dataset = rdflib_dataset(path)
    question = "SELECT ?a ?r ?b { ?s kg:subject ?a ; kg:relation ?r ; kg:object ?b }"
    assert sorted(dataset.query(question)) == sorted(plain.query(question, initNs={"kg": KG}))


def test_a_store_is_not_changed_through_it(tmp_path: Path) -> None:
    load_store(tmp_path / "store", GRAPHS)
    dataset = rdflib_dataset(tmp_path / "store")
    with pytest.raises(Exception, match="only possible on read-write"):
        dataset.add((rdflib.URIRef("a:a"), rdflib.URIRef("a:b"), rdflib.URIRef("a:c")))


def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        rdflib_dataset(tmp_path)
    with pytest.raises(DataError, match="cannot be read"):
        rdflib_dataset(tmp_path / "none.ttl")
    monkeypatch.setitem(sys.modules, "oxrdflib.store", None)
    with pytest.raises(DataError, match=r'oxrdflib: is not installed \(pip install "geokg\[rdf\]"'):
        rdflib_dataset(tmp_path / "none.ttl")
