"""Writes, loads and queries a corpus made by chance, against plain pyoxigraph and rdflib.

    python benchmarks/rdf.py [STATEMENTS] [--rdflib]

2,000 statements are about 100,000 triples, 20,000 about a million. CPU seconds are printed;
``--rdflib`` adds its serializer and its engine (minutes for a million triples).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from kg.graph.belief import derive
from kg.graph.files import read_graph, union, write_graphs
from kg.graph.ontology import load_ontology
from kg.graph.query import query, stock_queries
from kg.graph.rdf import ASSERTED_GRAPH, build_graphs
from kg.graph.store import load_store, open_store
from kg.graph.terms import PREFIXES
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

T = TypeVar("T")


def timed(name: str, act: Callable[[], T]) -> T:
    """What ``act`` returns; its CPU time is printed."""
    start = time.process_time()
    result = act()
    print(f"{name:28} {time.process_time() - start:8.2f} s", flush=True)
    return result


def corpus(size: int) -> tuple[list[Statement], list[Document]]:
    """Statements by 400 actors, few of them frequent, ten to a document."""
    chance = random.Random(1)
    relations = [
        Relation(r.id, r.label, r.event, r.cameo, r.quad, r.symmetric)
        for r in load_ontology().relations.values()
    ]
    actors = [
        Actor(f"wd:Q{n + 1}", f"Actor {n}", ActorType.STATE if n < 200 else ActorType.PERSON,
              "ABCDEFGHIJ"[n % 10] * 3, "GOV" if n % 2 else None)
        for n in range(400)
    ]  # fmt: skip
    weights = [1 / (n + 1) for n in range(400)]
    statements, documents = [], []
    for number in range(max(1, size // 10)):
        day = date(2015, 1, 1) + timedelta(days=number % 3650)
        document = Document(f"doc-{number:06d}", "x" * 2000, f"Title {number}", day, "Wire")
        documents.append(document)
        for place in range(0, 1000, 100):
            first, second, third = chance.choices(actors, weights, k=3)
            told = day - timedelta(days=chance.randrange(300))

            def mention(actor: Actor, offset: int) -> Mention:
                return Mention(actor, Span(offset, offset + 5, "xxxxx"))

            link = Attribution(
                third, Span(place + 60, place + 65, "xxxxx"),
                chance.choice([Stance.SAYS, Stance.SAYS, Stance.DENIES]),
                Span(place + 70, place + 74, "xxxx"), (place, place + 50),
            )  # fmt: skip
            statements.append(
                Statement(
                    mention(first, place),
                    chance.choice(relations),
                    mention(second, place + 20),
                    Evidence(
                        document.id,
                        Span(place, place + 90, "x" * 90),
                        (place + 10, place + 15),
                        "rule/verb",
                    ),
                    modality=chance.choice([Modality.ACTUAL] * 4 + [Modality.INTENDED]),
                    attribution=(link,) if chance.random() < 0.4 else (),
                    time=TimeInterval("x", told, told) if chance.random() < 0.5 else None,
                    confidence=0.9,
                )
            )
    return statements, documents


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("statements", nargs="?", type=int, default=2000)
    parser.add_argument("--rdflib", action="store_true")
    options = parser.parse_args()
    statements, documents = corpus(options.statements)
    graphs = timed("statements to triples", lambda: build_graphs(statements, documents))
    edges = timed("asserted.rq", lambda: derive(graphs))
    graphs[ASSERTED_GRAPH] = edges
    print(f"{len(statements)} statements, {len(union(graphs))} triples, {len(edges)} edges")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in ("nq", "trig", "ttl"):
            path = folder / f"graph.{suffix}"
            timed(f"write .{suffix}", lambda path=path: write_graphs(path, graphs))  # type: ignore[misc]
        timed("read .ttl to statements", lambda: read_graph(folder / "graph.ttl"))
        timed("load into a new store", lambda: load_store(folder / "store", graphs))
        timed("load again, unchanged", lambda: load_store(folder / "store", graphs))
        plain = pyoxigraph.Store(str(folder / "plain"))
        timed("pyoxigraph's bulk_load", lambda: plain.bulk_load(path=str(folder / "graph.nq")))
        store = open_store(folder / "store")
        given = {"actor": "Actor 3", "other": "Actor 1", "split": "2020",
                 "statement": statements[0].id}  # fmt: skip
        for stock in stock_queries().values():
            needed = {p.name: given[p.name] for p in stock.parameters if p.required}
            ask = f"@{stock.name}"
            timed(ask, lambda ask=ask, needed=needed: query(ask, store=store, parameters=needed))  # type: ignore[misc]
        if options.rdflib:
            against_rdflib(folder)


def against_rdflib(folder: Path) -> None:
    """The same work by rdflib alone: parse, serialize, one aggregate."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    timed("rdflib parse .nq", lambda: dataset.parse(folder / "graph.nq"))
    timed("rdflib write .nq", lambda: dataset.serialize(folder / "again.nq", format="nquads"))
    count = "SELECT ?a (COUNT(?s) AS ?n) { ?s kg:subject ?a ; kg:modality kg:actual } GROUP BY ?a"
    timed("rdflib aggregate", lambda: list(dataset.query(count, initNs=PREFIXES)))
    timed("the same by kg", lambda: query(count, store=folder / "store"))


if __name__ == "__main__":
    main()
