"""Loads and queries a store of a corpus made by chance, against pyoxigraph and rdflib.

    python benchmarks/store.py [TRIPLES] [--rdflib] [--cap SECONDS]

Loading is compared with pyoxigraph's bulk loader twice: on the N-Quads file, and on a file of
all quads that the store of kg then holds (the default graph is the union of the named graphs,
so these are about twice as many). The questions are asked of rdflib's engine in memory and in
their own words; one that takes longer than the cap is ended there. CPU seconds.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph
from chance import TRIPLES_A_STATEMENT, corpus, head, row, timed

from kg.graph.files import full_graphs, union, write_graphs
from kg.graph.query import query
from kg.graph.rdf import Graphs
from kg.graph.stock import bound_query, stock_queries
from kg.graph.store import load_store, open_store
from kg.graph.terms import PREFIXES

QUESTIONS = (
    *("actors", "adversaries", "allies", "changes", "claims"),
    *("denials", "dyad", "evidence", "meetings", "sanctions"),
)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("triples", nargs="?", type=int, default=100_000)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--cap", type=int, default=300)
    options = parser.parse_args()
    statements, documents = corpus(options.triples // TRIPLES_A_STATEMENT)
    graphs = full_graphs(statements, documents)
    print(f"{len(statements):,} statements, {len(union(graphs)):,} triples\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        loading(folder, graphs)
        store = open_store(folder / "store")
        given = {"actor": "Actor 3", "other": "Actor 1", "split": "2020",
                 "statement": statements[0].id}  # fmt: skip
        asking(folder, graphs, store, given, options.cap if options.rdflib else 0)


def loading(folder: Path, graphs: Graphs) -> None:
    """A table of seconds to load."""
    load_store(folder / "warm", {})  # reads the ontology once, as any process does
    _, ours = timed(lambda: load_store(folder / "store", graphs))
    _, again = timed(lambda: load_store(folder / "store", graphs))
    write_graphs(folder / "graph.nq", graphs)
    with (folder / "all.nq").open("wb") as file:
        open_store(folder / "store").dump(file, format=pyoxigraph.RdfFormat.N_QUADS)
    head("", "seconds", "kg takes")
    row("kg: load into a new store", ours, "")
    row("kg: load again, nothing new", again, "")
    for name, file_name in (("the N-Quads file", "graph.nq"), ("the same quads", "all.nq")):
        _, seconds = timed(lambda path=folder / file_name: _bulk(folder, path))  # type: ignore[misc]
        row(f"pyoxigraph's bulk_load of {name}", seconds, f"{ours / seconds:.2f} ×")
    print()


def _bulk(folder: Path, path: Path) -> None:
    store = pyoxigraph.Store(str(folder / path.stem))
    store.bulk_load(path=str(path))
    store.flush()


def asking(folder: Path, graphs: Graphs, store: Any, given: dict[str, str], cap: int) -> None:
    """A table of seconds for each question, with rdflib where there is a cap for it."""
    theirs = None
    if cap:
        import rdflib

        write_graphs(folder / "graph.nt", graphs)
        theirs = rdflib.Graph()
        _, parsing = timed(lambda: theirs.parse(folder / "graph.nt", format="nt"))
        print(f"rdflib parses the triples in {parsing:.2f} s\n")
    head("question", "rows", "kg", "rdflib", "ratio")
    ratios = []
    for name in QUESTIONS:
        wanted = (p.name for p in stock_queries()[name].parameters if p.required)
        needed = {parameter: given[parameter] for parameter in wanted}

        def ours(name: str = name, needed: dict[str, str] = needed) -> list[Any]:
            return list(query(f"@{name}", store=store, parameters=needed))

        found, seconds = timed(ours)
        if theirs is None:
            row(f"@{name}", len(found), seconds, "", "")
            continue
        text = bound_query(f"@{name}", needed, store)

        def asked(text: str = text) -> list[Any]:
            return list(theirs.query(text, initNs=PREFIXES))  # type: ignore[union-attr]

        answer, their_seconds = capped(asked, cap)
        ratios.append(their_seconds / seconds)
        ended = "" if answer is not None else "≥ "
        row(f"@{name}", len(found), seconds, f"{ended}{their_seconds:.2f}",
            f"{ended}{ratios[-1]:.0f} ×")  # fmt: skip
    if ratios:
        print(f"\nmedian ratio {statistics.median(ratios):.0f} ×")


def capped(act: Callable[[], list[Any]], cap: int) -> tuple[list[Any] | None, float]:
    """The answer, None when it was not there after ``cap`` seconds, and the CPU seconds."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, cap)
    try:
        return timed(act)
    except TimeoutError:
        return None, float(cap)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
