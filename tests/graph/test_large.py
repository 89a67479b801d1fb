"""Graphs too large for the memory: sorted, written and loaded by parts, drawn in part."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph
import pytest
from graph.statements import DOCUMENTS, STATEMENTS
from graph.test_network import edges

from kg.graph import bulk, network, sorting, spooled, weightiest
from kg.graph.bulk import bulk_load
from kg.graph.files import full_graphs, read_graphs, union, write_graphs
from kg.graph.named import NamedGraph, named
from kg.graph.network import Network, actor_network
from kg.graph.sorting import Sorter
from kg.graph.spooled import GraphFiles

GRAPHS = full_graphs(STATEMENTS, DOCUMENTS)


@pytest.mark.parametrize("memory", [40, 1000, 1_000_000])
def test_sorting_beyond_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    monkeypatch.setattr(sorting, "RUNS", 4)
    chance = random.Random(1)
    words = ["".join(chance.choices("ab !é𐀀\uffff", k=chance.randrange(6))) for _ in range(2000)]
    sorter = Sorter(tmp_path, memory)
    for word in words:
        sorter.add(word)
    assert list(sorter) == sorted(set(words)) == list(sorter)
    assert bool(list(tmp_path.iterdir())) == (memory < 1_000_000)
    assert len(list(tmp_path.iterdir())) <= 4
    sorter.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("memory", [0, 500, 1_000_000])
def test_files_of_graphs_that_come_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    monkeypatch.setattr(spooled, "MEMORY", memory)
    files = GraphFiles(tmp_path)
    coming = [NamedGraph(graph, GRAPHS[graph]) for graph in reversed(list(GRAPHS))]
    assert list(files.passing(coming)) == coming
    files.write(tmp_path / "graph.ttl", tmp_path / "graph.trig")
    write_graphs(tmp_path / "plain.ttl", GRAPHS)
    write_graphs(tmp_path / "plain.trig", GRAPHS)
    assert (tmp_path / "graph.trig").read_bytes() == (tmp_path / "plain.trig").read_bytes()
    same = (tmp_path / "graph.ttl").read_bytes() == (tmp_path / "plain.ttl").read_bytes()
    assert same == (memory == 1_000_000)
    assert union(read_graphs(tmp_path / "graph.ttl")) == union(GRAPHS)
    assert len(list(tmp_path.iterdir())) == 4, "nothing else is left"


def test_a_store_is_loaded_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    once, often = pyoxigraph.Store(), pyoxigraph.Store()
    bulk_load(once, GRAPHS)
    monkeypatch.setattr(bulk, "_PART", 1000)
    bulk_load(often, named(GRAPHS))
    assert set(often) == set(once) and len(often) > 1000


def test_a_network_by_documents_is_the_network() -> None:
    collected = Network()
    for document in DOCUMENTS:
        collected.add(s for s in STATEMENTS if s.evidence.document == document.id)
    whole = actor_network(STATEMENTS)
    assert edges(collected.graph()) == edges(whole)
    assert dict(collected.graph().nodes(data=True)) == dict(whole.nodes(data=True))
    few = collected.graph(3)
    assert len(few.edges) == 3 and set(few.nodes) == set(whole.nodes)
    assert min(few.edges[edge]["evidence"] for edge in few.edges) >= 1


def test_an_edge_names_so_many_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "IDS", 1)
    named = [values["statements"] for _, _, values in actor_network(STATEMENTS).edges(data=True)]
    assert all(len(text.split()) == 1 for text in named)


def test_the_weightiest_actors() -> None:
    weights = weightiest.Weights()
    weights.add(STATEMENTS)
    by_weight = actor_network(STATEMENTS).nodes(data="weight")
    heaviest = sorted(by_weight, key=lambda node: (-node[1], node[0]))
    assert weights.weightiest(4) == {actor for actor, _ in heaviest[:4]}
    assert len(weights) == len(heaviest)
    told = list(weightiest.between(STATEMENTS, weights.weightiest(4)))
    assert 0 < len(told) < len(STATEMENTS)


def test_a_page_quotes_a_few_tellings_of_many() -> None:
    quoted = weightiest.Quoted()
    quoted.add(STATEMENTS * 5)
    pairs = {tuple(sorted(weightiest.ends(one))) for one in STATEMENTS}
    assert len(quoted.statements) == weightiest.TELLINGS * len(pairs)
