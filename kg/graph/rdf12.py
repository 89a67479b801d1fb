"""Triple terms of RDF 1.2: a statement node names the plain triple that it is about.

``st:… rdf:reifies <<( wd:Q159 kg:invaded wd:Q212 )>>`` says which triple is claimed without
claiming it, as the statement's polarity, modality and sources tell in what way it is meant.
Stores that know RDF 1.2 find a statement by its triple; for the others the triples of
``kg:subject``, ``kg:relation`` and ``kg:object`` say the same, so nothing is lost without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.graph.rdf import Graphs
from kg.graph.terms import KG, RDF, TRIPLE_TERM, Triple, name

REIFIES = name(RDF, "reifies")
_ENDS = {f"<{KG}{local}>": place for place, local in enumerate(("subject", "relation", "object"))}


def with_triple_terms(graphs: Mapping[str, list[Triple]]) -> Graphs:
    """The graphs with a triple term for every statement that has a relation and an object."""
    return {graph: sorted({*triples, *_reifications(triples)}) for graph, triples in graphs.items()}


def without_triple_terms(graphs: Mapping[str, list[Triple]]) -> Graphs:
    """The graphs in RDF 1.1: without the triples whose object is a triple term."""
    return {
        graph: [triple for triple in triples if not triple[2].startswith(TRIPLE_TERM)]
        for graph, triples in graphs.items()
    }


def _reifications(triples: list[Triple]) -> Iterator[Triple]:
    ends: dict[str, list[str]] = {}
    for subject, predicate, value in triples:
        if predicate in _ENDS:
            ends.setdefault(subject, ["", "", ""])[_ENDS[predicate]] = value
    for node, parts in ends.items():
        if all(parts):
            yield node, REIFIES, f"{TRIPLE_TERM} {' '.join(parts)} )>>"
