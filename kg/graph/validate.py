"""Checks RDF files against the shapes of the ontology and says in plain words what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.graph.files import read_graphs, union
from kg.graph.terms import PREFIXES, TRIPLE_TERM, Triple, curie
from kg.resources import resource_path

_SH = PREFIXES["sh"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that breaks a shape: which node, which property if any, the value, and why."""

    focus: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        where = f"{self.focus} {self.path}".strip()
        value = f" ({self.value})" if self.value else ""
        return f"{where}{value}: {self.message}"


def validate(path: Path | str, shapes: Path | None = None) -> list[Violation]:
    """The violations of an RDF file, sorted; an empty list means that it conforms.

    The graphs of TriG and N-Quads are checked together. ``shapes`` is a SHACL file of one's
    own in the place of ``ontology/shapes.ttl``. Raises ``DataError`` with the line when the
    file is malformed.
    """
    import pyshacl
    import rdflib

    # It logs a traceback for each value that is not of its datatype; the shapes find those too.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    data, ontology, shape_graph = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    triples = union(read_graphs(path))
    _fill(data, triples)
    vocabulary = union(read_graphs(resource_path("ontology/kg.ttl")))
    _fill(ontology, vocabulary)
    own = shapes is None
    shapes = shapes or resource_path("ontology/shapes.ttl")
    _fill(shape_graph, union(read_graphs(shapes)))
    found: list[Violation] = []
    if own:
        found = list(_by_query(shape_graph, [*triples, *vocabulary]))
    _, report, _ = pyshacl.validate(data, shacl_graph=shape_graph, ont_graph=ontology)
    if not isinstance(report, rdflib.Graph):
        raise DataError(shapes, None, f"the shapes cannot be applied: {report}")
    return sorted({*found, *_violations(report)})


def _fill(graph: Any, triples: Iterable[Triple]) -> None:
    # Files are parsed by Oxigraph for its speed and its errors; N-Triples are quick to hand over.
    # Triple terms, which rdflib does not know, repeat what the statements say.
    lines = (f"{s} {p} {o} .\n" for s, p, o in triples if not o.startswith(TRIPLE_TERM))
    graph.parse(data="".join(lines), format="nt")


def _by_query(shapes: Any, triples: Iterable[Triple]) -> Iterator[Violation]:
    """Apply the SPARQL constraints of our own shapes to the whole graph, and take them out.

    A SHACL processor runs such a query anew for every node, for minutes on a large file. Ours
    are written so that they select the same violations when ``$this`` is left open.
    """
    import pyoxigraph
    from rdflib import URIRef

    store = pyoxigraph.Store()
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    store.bulk_load(lines.encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    sparql = URIRef(_SH + "sparql")
    for shape, constraint in sorted(shapes.subject_objects(sparql)):
        message = str(shapes.value(constraint, URIRef(_SH + "message")))
        select = str(shapes.value(constraint, URIRef(_SH + "select")))
        rows: Any = store.query(select, prefixes=PREFIXES)
        for row in rows:
            this, value = curie(row["this"].value), _curie(_optional(row, "value"))
            path = _curie(_optional(row, "path"))
            yield Violation(this, path, _short(value), message.replace("{?value}", value))
        shapes.remove((shape, sparql, constraint))


def _optional(row: Any, variable: str) -> Any:
    try:
        return row[variable]
    except KeyError:
        return None


def _curie(term: Any) -> str:
    return curie(term.value) if term is not None else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _violations(report: Any) -> list[Violation]:
    from rdflib import URIRef

    found = []
    for result in report.objects(None, URIRef(_SH + "result")):

        def value(local: str, of: Any = result) -> str:
            node = report.value(of, URIRef(_SH + local))
            if node is None:
                return ""
            return curie(str(node)) if isinstance(node, URIRef) else str(node)

        found.append(
            Violation(
                value("focusNode"),
                value("resultPath"),
                _short(value("value")),
                value("resultMessage"),
            )
        )
    return found
