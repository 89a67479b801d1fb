"""What a graph holds, counted: documents, statements, sources, times, triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.graph.bulk import bulk_load
from kg.graph.files import read_graphs
from kg.graph.rdf import ASSERTED_GRAPH
from kg.graph.store import ONTOLOGY_GRAPH, STATE_GRAPH, is_store, open_store
from kg.graph.terms import CODE, KG, PREFIXES

_TOP = 10
_GROUPS = {
    "entities by type": """
        SELECT ?key (COUNT(DISTINCT ?x) AS ?n) WHERE {
          ?x a ?key ; rdfs:label ?label .
          FILTER (STRSTARTS(STR(?key), STR(kg:)))
          FILTER (EXISTS { ?s kg:subject|kg:object|kg:place|kg:source ?x })
        }""",
    "statements by event type": """
        SELECT ?key (COUNT(?s) AS ?n) { ?s kg:eventType ?key ; a kg:Statement }""",
    "statements by polarity": "SELECT ?key (COUNT(?s) AS ?n) { ?s kg:polarity ?key }",
    "statements by modality": "SELECT ?key (COUNT(?s) AS ?n) { ?s kg:modality ?key }",
    "attributions by stance": "SELECT ?key (COUNT(?s) AS ?n) { ?s kg:stance ?key }",
    "most frequent relations": """
        SELECT (SAMPLE(?label) AS ?key) (COUNT(?s) AS ?n) {
          ?s kg:relation ?r . ?r rdfs:label ?label
        }""",
    "most frequent entities": """
        SELECT (SAMPLE(?label) AS ?key) (COUNT(DISTINCT ?s) AS ?n) {
          ?s kg:subject|kg:object ?a . ?a rdfs:label ?label
        }""",
    "documents by publisher": """
        SELECT ?key (COUNT(?d) AS ?n) { ?d a kg:Document ; schema:publisher ?key }""",
}
_BY = {"most frequent relations": "?r", "most frequent entities": "?a"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Single numbers, first and last days, and counts by kind (largest first), each by name."""

    numbers: Mapping[str, int]
    days: Mapping[str, str]
    groups: Mapping[str, Mapping[str, int]]

    def to_json(self) -> dict[str, Any]:
        """All counts as one object."""
        groups = {name: dict(counts) for name, counts in self.groups.items()}
        return {**self.numbers, **self.days, **groups}

    def lines(self) -> Iterator[str]:
        """All counts for a person, a line each."""
        width = max(map(len, (*self.numbers, *self.days)))
        for name, number in self.numbers.items():
            yield f"{name:{width}}  {number:>12,}"
        for name, day in self.days.items():
            yield f"{name:{width}}  {day:>12}"
        for name, counts in self.groups.items():
            yield ""
            yield name
            wide = max(map(len, counts))
            for key, number in counts.items():
                yield f"  {key:{wide}}  {number:>8,}"


def counts_of(path: Path | str) -> Counts:
    """The counts of a store, or of an RDF file by its suffix.

    Raises ``StoreError`` or ``DataError`` when it cannot be read.
    """
    path = Path(path)
    if is_store(path) or path.is_dir():
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return _counts(open_store(path), {"bytes on disk": size})
    import pyoxigraph

    store = pyoxigraph.Store()
    bulk_load(store, read_graphs(path))
    return _counts(store, {"bytes on disk": path.stat().st_size})


def _counts(store: Any, more: Mapping[str, int]) -> Counts:
    def ask(query: str) -> Any:
        return store.query(query, prefixes=PREFIXES)

    def number(pattern: str) -> int:
        row = next(iter(ask(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")))
        return int(row["n"].value)

    numbers = {
        "documents": number("?x a kg:Document"),
        "statements": number("?x a kg:Statement"),
        "pieces of evidence": number("?x a kg:Evidence"),
        "entities": number("?s kg:subject|kg:object|kg:place|kg:source ?x"),
        "relations": number("?s kg:relation ?x"),
        "plain edges": _size(ask, f"GRAPH {ASSERTED_GRAPH} {{ ?s ?p ?o }}"),
        "triples": _triples(ask),
    }
    days = {}
    for name, pattern in (
        ("published", "?x schema:datePublished ?day"),
        ("told of", "?x kg:startDate|kg:endDate ?day"),
    ):
        found = next(
            iter(ask(f"SELECT (MIN(?day) AS ?a) (MAX(?day) AS ?b) WHERE {{ {pattern} }}")), None
        )
        if found is not None and found["a"] is not None:
            days[f"first {name}"] = found["a"].value
            days[f"last {name}"] = found["b"].value
    groups = {}
    for name, query in _GROUPS.items():
        by = _BY.get(name, "?key")
        rows = ask(f"{query} GROUP BY {by} ORDER BY DESC(?n) {by} LIMIT {_TOP}")
        counted = {_short(row["key"].value): int(row["n"].value) for row in rows}
        if counted:
            groups[name] = counted
    return Counts({**numbers, **more}, days, groups)


def _triples(ask: Any) -> int:
    """Without the ontology and what a store knows of itself; of a file without graphs, all."""
    own = f"FILTER (?g NOT IN ({ONTOLOGY_GRAPH}, {STATE_GRAPH}))"
    return _size(ask, f"GRAPH ?g {{ ?s ?p ?o }} {own}") or _size(ask, "?s ?p ?o")


def _size(ask: Any, pattern: str) -> int:
    row = next(iter(ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")))
    return int(row["n"].value)


def _short(value: str) -> str:
    for namespace in (KG, CODE):
        value = value.removeprefix(namespace)
    return value
