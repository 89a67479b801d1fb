"""The ontology's files as one index of terms, for the programs that write about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.graph.ontology import read_triples
from kg.graph.terms import CODE, KG, PREFIXES, curie, name, text_of

FOLDER = Path(__file__).resolve().parents[2] / "ontology"

_SPACES = {"vann": "http://purl.org/vocab/vann/", **PREFIXES}


@dataclass(frozen=True, slots=True)
class Term:
    """A term with all that the files say of it."""

    iri: str
    said: dict[str, list[str]]

    @property
    def curie(self) -> str:
        """The name with its prefix: ``kg:Statement``."""
        return curie(self.iri)

    @property
    def anchor(self) -> str:
        """The name without its prefix, unique within the reference page for ``kg:`` terms."""
        return self.iri.removeprefix(KG).removeprefix(CODE)

    def all(self, predicate: str) -> list[str]:
        """The texts or IRIs of a property such as ``rdfs:label``, in order."""
        prefix, _, local = predicate.partition(":")
        return sorted(text_of(value) for value in self.said.get(name(_SPACES[prefix], local), ()))

    def one(self, *predicates: str) -> str:
        """The first value of the first of the properties that has any, else ""."""
        return next((value for p in predicates for value in self.all(p)), "")

    def is_a(self, kind: str) -> bool:
        """Whether the term has a type such as ``owl:Class``."""
        return any(curie(value) == kind for value in self.all("rdf:type"))


class Vocabulary:
    """The terms of some files of the ontology, in the order of their names."""

    def __init__(self, *files: str) -> None:
        index: dict[str, dict[str, list[str]]] = {}
        for file in files:
            for subject, predicate, value in read_triples(FOLDER / f"{file}.ttl"):
                index.setdefault(text_of(subject), {}).setdefault(predicate, []).append(value)
        self.terms = {iri: Term(iri, said) for iri, said in sorted(index.items())}

    def of_type(self, kind: str, namespace: str = KG) -> Iterator[Term]:
        """The terms of a namespace with a type such as ``owl:Class``."""
        for iri, term in self.terms.items():
            if iri.startswith(namespace) and term.is_a(kind):
                yield term

    def in_scheme(self, scheme: str) -> Iterator[Term]:
        """The concepts of a SKOS scheme of the codes, in the order of their notations."""
        members = (t for t in self.terms.values() if CODE + scheme in t.all("skos:inScheme"))
        return iter(sorted(members, key=lambda term: term.one("skos:notation")))

    @property
    def about(self) -> Term:
        """What the files say of the ontology itself."""
        return next(t for t in self.terms.values() if t.is_a("owl:Ontology"))
