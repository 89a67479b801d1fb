"""The ontology as closed namespaces: a term that kg.ttl or relations.ttl lacks raises.

>>> load_ontology().term("Statement")
'https://w3id.org/kg/ontology#Statement'
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.graph import terms
from kg.graph.terms import PREFIXES, Triple, name, text_of
from kg.resources import resource_path

FILES = ("kg.ttl", "relations.ttl", "codes.ttl")
"""The files that define terms; shapes and alignments only use them."""

_TYPE = name(terms.RDF, "type")
_LABEL = name(terms.RDFS, "label")
_DEFINITION = name(PREFIXES["skos"], "definition")
_SUB_PROPERTY = name(terms.RDFS, "subPropertyOf")
_SUB_CLASS = name(terms.RDFS, "subClassOf")
_DOMAIN, _RANGE = name(terms.RDFS, "domain"), name(terms.RDFS, "range")
_SYMMETRIC = name(PREFIXES["owl"], "SymmetricProperty")
_TRANSITIVE = name(PREFIXES["owl"], "TransitiveProperty")
_EXAMPLE = name(PREFIXES["skos"], "example")
_INTENSITY = name(terms.KG, "intensity")
_INVERSE = name(PREFIXES["owl"], "inverseOf")
_KINDS = {
    name(PREFIXES["owl"], kind)
    for kind in ("Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual")
}
_EDGES = {f"<{terms.KG}{kind}>" for kind in ("eventRelation", "lastingRelation")}


@dataclass(frozen=True, slots=True)
class RelationTerm:
    """A relation of relations.ttl with the keys of the lexicon; codes without their prefix."""

    id: str
    label: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    event: str | None
    cameo: str | None
    quad: str | None
    intensity: float | None
    symmetric: bool
    transitive: bool
    lasting: bool
    inverse: str | None
    broader: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The terms of kg, closed: asking for an unknown one is an error with a proposal."""

    names: frozenset[str]
    codes: frozenset[str]
    relations: dict[str, RelationTerm]
    superclasses: dict[str, frozenset[str]]
    intensities: dict[str, float]

    def term(self, local: str) -> str:
        """The full IRI of a term of the ``kg:`` namespace; ``KeyError`` when there is none."""
        if local not in self.names:
            near = difflib.get_close_matches(local, self.names, 1)
            raise KeyError(
                f"kg:{local} is no term" + (f", did you mean kg:{near[0]}?" if near else "")
            )
        return terms.KG + local

    def code(self, local: str) -> str:
        """The full IRI of a code such as ``AGREE`` or ``cameo-057``; ``KeyError`` for another."""
        if local not in self.codes:
            raise KeyError(f"code:{local} is no code")
        return terms.CODE + local

    def intensity(self, cameo: str | None) -> float:
        """The intensity of a CAMEO code: its own or that of the nearest code above; 0 for None."""
        prefixes = (f"cameo-{cameo[:end]}" for end in range(len(cameo), 1, -1)) if cameo else ()
        return next((self.intensities[c] for c in prefixes if c in self.intensities), 0.0)

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether the class ``kind`` is ``ancestor`` or below it (local names)."""
        return kind == ancestor or ancestor in self.superclasses.get(kind, frozenset())


def load_ontology(folder: Path | None = None) -> Ontology:
    """The ontology of a folder with kg.ttl, relations.ttl and codes.ttl; kg's own by default.

    Raises ``DataError`` with the line when a file is malformed or a term has no label.
    """
    return _load(folder or resource_path("ontology"))


@cache
def _load(folder: Path) -> Ontology:
    index: dict[str, dict[str, list[str]]] = {}
    for file in FILES:
        for subject, predicate, value in read_triples(folder / file):
            index.setdefault(subject, {}).setdefault(predicate, []).append(value)
    kg_terms = {s: p for s, p in index.items() if s.startswith(f"<{terms.KG}")}
    for term, properties in kg_terms.items():
        if not _KINDS.intersection(properties.get(_TYPE, ())) or _LABEL not in properties:
            raise DataError(
                folder, None, f"{terms.curie(term[1:-1])} has no type or no label", "define it"
            )
    return Ontology(
        names=frozenset(_local(term) for term in kg_terms),
        codes=frozenset(
            term[1:-1].removeprefix(terms.CODE)
            for term in index
            if term.startswith(f"<{terms.CODE}")
        ),
        intensities={
            term[1:-1].removeprefix(terms.CODE): float(text_of(properties[_INTENSITY][0]))
            for term, properties in index.items()
            if term.startswith(f"<{terms.CODE}") and _INTENSITY in properties
        },
        relations={
            relation.id: relation
            for term, properties in sorted(kg_terms.items())
            if _EDGES.intersection(properties.get(_SUB_PROPERTY, ()))
            if term not in _EDGES
            for relation in [_relation(term, properties)]
        },
        superclasses={
            _local(term): frozenset(_ancestors(term, index))
            for term, properties in kg_terms.items()
            if name(PREFIXES["owl"], "Class") in properties[_TYPE]
        },
    )


def read_triples(path: Path) -> Iterator[Triple]:
    """The triples of a Turtle file; raises ``DataError`` with the line when it is malformed."""
    from kg.graph.files import read_graphs

    for triples in read_graphs(path).values():
        yield from triples


def _local(term: str) -> str:
    return term[1:-1].removeprefix(terms.KG)


def _ancestors(term: str, index: dict[str, dict[str, list[str]]]) -> set[str]:
    found: set[str] = set()
    queue = [term]
    while queue:
        for parent in index.get(queue.pop(), {}).get(_SUB_CLASS, ()):
            if _local(parent) not in found:
                found.add(_local(parent))
                queue.append(parent)
    return found


def _relation(term: str, properties: dict[str, list[str]]) -> RelationTerm:
    def codes(local: str, prefix: str = "") -> str | None:
        values = properties.get(f"<{terms.KG}{local}>")
        return values[0][1:-1].removeprefix(terms.CODE + prefix) if values else None

    def text(predicate: str) -> str:
        values = properties.get(predicate)
        return text_of(min(values)) if values else ""

    intensity = text(_INTENSITY)
    parents = properties.get(_SUB_PROPERTY, ())
    inverse = properties.get(_INVERSE)
    return RelationTerm(
        id="kg:" + _local(term),
        label=text(_LABEL),
        definition=text(_DEFINITION),
        domain=tuple(sorted(_local(kind) for kind in properties.get(_DOMAIN, ()))),
        range=tuple(sorted(_local(kind) for kind in properties.get(_RANGE, ()))),
        event=codes("eventType"),
        cameo=codes("cameoCode", "cameo-"),
        quad=codes("quadClass"),
        intensity=float(intensity) if intensity else None,
        symmetric=_SYMMETRIC in properties.get(_TYPE, ()),
        transitive=_TRANSITIVE in properties.get(_TYPE, ()),
        lasting=f"<{terms.KG}lastingRelation>" in parents,
        inverse="kg:" + _local(inverse[0]) if inverse else None,
        broader=tuple(sorted("kg:" + _local(parent) for parent in parents if parent not in _EDGES)),
        example=text(_EXAMPLE),
    )
