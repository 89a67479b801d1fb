"""A graph by name: triples, lines, digest and TriG block are the same wherever they are made."""

from __future__ import annotations

import json

import pytest
from graph.statements import DOCUMENTS, STATEMENTS
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.files import full_graphs, n_quads
from kg.graph.named import NamedGraph, named
from kg.graph.rdf import build_graphs
from kg.graph.replacing import graph_digest
from kg.graph.terms import Triple, iri, literal
from kg.graph.turtle import trig_block
from kg.statement import Document

NASTY = 'a" . <b> .\n{ é \u2028\x85\x1e } .\n'
GRAPHS = full_graphs(STATEMENTS, [*DOCUMENTS, Document("nasty", NASTY, title=NASTY)])


@pytest.mark.parametrize("name", [*sorted(GRAPHS), ""])
def test_what_is_packed_is_unpacked(name: str) -> None:
    triples = GRAPHS.get(name, [("<a:s>", "<a:p>", literal(" .\n"))])
    graph = NamedGraph(name, triples)
    again = NamedGraph.unpacked(json.loads(json.dumps(graph.packed())))
    assert again.triples == triples and again.lines == graph.lines
    assert again.digest == graph.digest == graph_digest(triples)
    text, used = trig_block(name, triples)
    assert again.block == graph.block == (text, sorted(used))
    assert again.n_quads.encode() == b"".join(n_quads({name: triples}))


TEXT = st.text(max_size=8)
TRIPLES = st.tuples(TEXT.map(iri), TEXT.map(iri), TEXT.map(literal) | TEXT.map(iri))


@given(st.lists(TRIPLES, max_size=5))
def test_lines_and_triples_say_the_same(triples: list[Triple]) -> None:
    triples = sorted(set(triples))
    lines = NamedGraph("<a:g>", triples).lines
    again = NamedGraph("<a:g>", lines=lines)
    assert bool(again) == bool(triples) == bool(NamedGraph("<a:g>", triples))
    assert again.triples == triples
    assert again.n_quads.count("\n") == len(triples)


def test_graphs_come_one_by_one_or_all_together() -> None:
    given = build_graphs(STATEMENTS, DOCUMENTS)
    assert {graph.name: graph.triples for graph in named(given)} == given
    coming = [NamedGraph("<a:g>", [])]
    assert named(coming) is coming
