"""Writes and reads files of a corpus made by chance, against rdflib's serializers and parsers.

    python benchmarks/rdf.py [TRIPLES] [--rdflib] [--formats .nq .ttl]

CPU seconds. ``--rdflib`` adds rdflib (minutes for a million triples).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chance import TRIPLES_A_STATEMENT, corpus, head, row, timed

from kg.graph.belief import derive
from kg.graph.files import read_graphs, union, write_graphs
from kg.graph.rdf import ASSERTED_GRAPH, Graphs, build_graphs

FORMATS = {".nq": "nquads", ".nt": "nt", ".trig": "trig", ".ttl": "turtle", ".jsonld": "json-ld"}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("triples", nargs="?", type=int, default=100_000)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    options = parser.parse_args()
    statements, documents = corpus(options.triples // TRIPLES_A_STATEMENT)
    graphs, built = timed(lambda: build_graphs(statements, documents))
    edges, derived = timed(lambda: derive(graphs))
    graphs[ASSERTED_GRAPH] = edges
    print(f"{len(statements):,} statements, {len(union(graphs)):,} triples, {len(edges):,} edges")
    print(f"statements to triples {built:.2f} s, asserted.rq {derived:.2f} s\n")
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), graphs, options.rdflib, options.formats)


def compare(folder: Path, graphs: Graphs, with_rdflib: bool, suffixes: Sequence[str]) -> None:
    """A table of seconds to write and to read each format."""
    dataset = None
    if with_rdflib:
        import rdflib

        write_graphs(folder / "source.nq", graphs)
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(folder / "source.nq", format="nquads")
    head("", "kg writes", "rdflib writes", "ratio", "kg reads", "rdflib reads", "ratio")
    for suffix in suffixes:
        form = FORMATS[suffix]
        path = folder / f"graph{suffix}"
        _, writing = timed(lambda path=path: write_graphs(path, graphs))  # type: ignore[misc]
        _, reading = timed(lambda path=path: read_graphs(path))  # type: ignore[misc]
        if dataset is None:
            row(suffix, writing, "", "", reading, "", "")
            continue
        again = folder / f"again{suffix}"
        _, its_writing = timed(
            lambda again=again, form=form: dataset.serialize(again, format=form)  # type: ignore[misc,union-attr]
        )
        _, its_reading = timed(
            lambda path=path, form=form: rdflib.Dataset().parse(path, format=form)  # type: ignore[misc]
        )
        ratios = (its_writing / writing, its_reading / reading)
        row(suffix, writing, its_writing, ratios[0], reading, its_reading, ratios[1])


if __name__ == "__main__":
    main()
