"""Triple terms of RDF 1.2: added on demand, read back, taken out again without a trace."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from graph.statements import BY_NAME, DOCUMENTS, STATEMENTS

from kg.errors import DataError
from kg.graph.files import full_graphs, read_graph, read_graphs, union, write_graphs
from kg.graph.rdf import statement_iri
from kg.graph.rdf12 import REIFIES, with_triple_terms, without_triple_terms
from kg.graph.store import load_store, open_store, stored_graphs
from kg.graph.terms import PREFIXES
from kg.graph.validate import validate
from kg.jsonlines import to_json

PLAIN = full_graphs(STATEMENTS, DOCUMENTS)
MARKED = with_triple_terms(PLAIN)


def test_every_statement_with_a_relation_names_its_triple() -> None:
    found = {t[0]: t[2] for t in union(MARKED) if t[1] == REIFIES}
    expected = {s.id for s in STATEMENTS if s.relation.id and s.object}
    assert set(found) == {statement_iri(identity) for identity in expected}
    invasion = found[statement_iri(BY_NAME["invasion"].id)]
    wd, kg = PREFIXES["wd"], PREFIXES["kg"]
    assert invasion == f"<<( <{wd}Q159> <{kg}invaded> <{wd}Q212> )>>"
    # the end that comes first by its id, as kg:subject has it
    pact = found[statement_iri(BY_NAME["pact"].id)]
    assert pact.index("Q159") < pact.index("Q423")


def test_nothing_is_claimed_by_it() -> None:
    """What Tehran denies is named by its statement and is still no edge."""
    triples = union(with_triple_terms(full_graphs([BY_NAME["iran-attacked-tehran-denies"]])))
    assert [t for t in triples if t[1] == REIFIES]
    assert not [t for t in triples if t[1] == f"<{PREFIXES['kg']}attacked>"]


def test_taking_them_out_leaves_no_trace() -> None:
    assert without_triple_terms(MARKED) == PLAIN
    assert with_triple_terms(MARKED) == MARKED


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".rdf"])
def test_files_with_triple_terms_are_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_graphs(path, MARKED)
    assert union(read_graphs(path)) == union(MARKED)
    written = sorted(repr(to_json(s)) for s in STATEMENTS)
    assert sorted(repr(to_json(s)) for s in read_graph(path)) == written
    assert path.read_bytes().count(b"reifies") > 15


def test_turtle_shortens_inside_of_them(tmp_path: Path) -> None:
    write_graphs(tmp_path / "graph.ttl", MARKED)
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "rdf:reifies <<( wd:Q159 kg:invaded wd:Q212 )>>" in text
    assert "@prefix rdf:" in text


def test_a_literal_inside_of_one_survives(tmp_path: Path) -> None:
    hostile = '"a \\" )>> <<( \\n b"@en'
    graphs = {"": [("<a:s>", REIFIES, f"<<( <a:a> <a:b> {hostile} )>>")]}
    for suffix in (".ttl", ".nt"):
        write_graphs(tmp_path / f"x{suffix}", graphs)
        assert read_graphs(tmp_path / f"x{suffix}") == graphs


def test_json_ld_cannot_hold_them(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"JSON-LD.* cannot hold triple terms"):
        write_graphs(tmp_path / "graph.jsonld", MARKED)
    assert not list(tmp_path.iterdir())


def test_the_store_finds_a_statement_by_its_triple(tmp_path: Path) -> None:
    load_store(tmp_path / "store", MARKED)
    store = open_store(tmp_path / "store")
    assert stored_graphs(store) == MARKED
    question = "SELECT ?s { ?s rdf:reifies <<( wd:Q159 kg:invaded wd:Q212 )>> }"
    rows = store.query(question, prefixes=PREFIXES)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [str(row["s"]) for row in rows] == [statement_iri(BY_NAME["invasion"].id)]


def test_validation_passes_over_them(tmp_path: Path) -> None:
    write_graphs(tmp_path / "graph.trig", MARKED)
    assert validate(tmp_path / "graph.trig") == []
