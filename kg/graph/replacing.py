"""SPARQL updates that put triples in the place of graphs, in one transaction each.

All their text is escaped terms. The default graph holds the union of the named graphs, so every
change of a named graph changes it too: a triple leaves it with the last graph that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.graph.named import NamedGraph
from kg.graph.place import STATE_GRAPH, node
from kg.graph.terms import KG, XSD, Triple, literal, name, term_of

DIGEST = name(KG, "graphDigest")
_DECIMAL = f'"^^<{XSD}decimal>'
Change = tuple[str, list[Triple], str]
"""A graph, the triples that it shall have, and their digest."""
_BATCH = 50_000  # triples in one transaction: large enough for speed, small enough for memory


def graph_digest(triples: Iterable[Triple]) -> str:
    """A hash of a graph's sorted triples; equal digests mean equal graphs."""
    return NamedGraph("", list(triples)).digest


def triples_in(store: Any, graph: str) -> Iterator[Triple]:
    """The triples of a named graph of a ``pyoxigraph.Store``, as kg writes them."""
    for quad in store.quads_for_pattern(None, None, None, node(graph)):
        value = term_of(quad.object)
        # Oxigraph keeps decimals without a fraction as "1"; Turtle writes 1.0.
        if value.endswith(_DECIMAL) and "." not in value[: -len(_DECIMAL)]:
            value = f"{value[: -len(_DECIMAL)]}.0{_DECIMAL}"
        yield term_of(quad.subject), term_of(quad.predicate), value


def batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes in the parts that become one transaction each."""
    batch: list[Change] = []
    size = 0
    for change in changes:
        batch.append(change)
        size += len(change[1])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def replacement(store: Any, changes: list[Change]) -> str:
    """The update that gives graphs their new triples; a graph without any goes, name and all."""
    steps: list[str] = []
    gone: set[Triple] = set()
    new: set[Triple] = set()
    for graph, triples, digest in changes:
        before, after = set(triples_in(store, graph)), set(triples)
        gone |= before - after
        new |= after
        steps += _difference(before, after, graph)
        steps.append(f"DELETE WHERE {{ GRAPH {STATE_GRAPH} {{ {graph} {DIGEST} ?digest }} }}")
        if triples:
            state = f"{graph} {DIGEST} {literal(digest)}"
            steps.append(f"INSERT DATA {{ GRAPH {STATE_GRAPH} {{ {state} }} }}")
        else:
            steps.append(f"DROP SILENT GRAPH {graph}")
    elsewhere = _said_elsewhere(store, gone - new, {graph for graph, _, _ in changes})
    steps += _difference(gone - elsewhere, new, None)
    return " ;\n".join(steps)


def _difference(before: set[Triple], after: set[Triple], graph: str | None) -> Iterator[str]:
    for verb, triples in (("DELETE", before - after), ("INSERT", after - before)):
        if triples:
            data = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(triples))
            yield (
                f"{verb} DATA {{ GRAPH {graph} {{\n{data}}} }}"
                if graph
                else f"{verb} DATA {{\n{data}}}"
            )


def _said_elsewhere(store: Any, triples: set[Triple], graphs: set[str]) -> set[Triple]:
    """Those of the triples that some other named graph holds too."""
    import pyoxigraph

    without = {node(graph) for graph in graphs} | {pyoxigraph.DefaultGraph()}
    ordered = sorted(triples)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in ordered)
    parsed = pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES)
    return {
        triple
        for triple, quad in zip(ordered, parsed, strict=True)
        if any(
            found.graph_name not in without
            for found in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        )
    }
