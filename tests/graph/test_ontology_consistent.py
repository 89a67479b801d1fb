"""The ontology is consistent under OWL 2 RL, with data, and has no punning by accident."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
import rdflib
from graph.statements import DOCUMENTS, KIM, STATEMENTS
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.graph.background import Background, OfficeTerm
from kg.graph.files import full_graphs, union
from kg.graph.ontology import load_ontology
from kg.graph.rdf import Graphs, RunInfo
from kg.graph.terms import CODE, KG, PREFIXES
from kg.resources import resource_path
from kg.statement import Actor, ActorType

FOLDER = resource_path("ontology")
RELATIONS = {rdflib.URIRef(KG + relation[3:]) for relation in load_ontology().relations}


@pytest.fixture(scope="module")
def graphs() -> dict[str, rdflib.Graph]:
    names = ("kg", "relations", "codes", "alignments")
    return {name: rdflib.Graph().parse(FOLDER / f"{name}.ttl") for name in names}


def written() -> Graphs:
    """Everything that kg writes of the example articles, background and factuality included."""
    leader = OfficeTerm(KIM.id, Actor("kg:PRK-leader", "leader", ActorType.GOVERNMENT_BODY))
    known = Background((leader,), {"local:panmunjom": (37.96, 126.68)})
    weighed = [replace(statement, factuality=2.5) for statement in STATEMENTS]
    first = DOCUMENTS[0]
    later = replace(first, id="later", author="A. Exemplo", story=first.id, version_of=first.id)
    documents = [*DOCUMENTS, later]
    return full_graphs(weighed, documents, run=RunInfo("1", "m", "l"), background=known)


# What OWL 2 RL calls false, and ill-typed values, as questions to the closure.
INCONSISTENT = {
    "disjoint classes": "?a owl:disjointWith ?b . ?x a ?a , ?b",
    "nothing": "?x a owl:Nothing",
    "same and different": "?x owl:sameAs ?y ; owl:differentFrom ?y",
    "irreflexive": "?p a owl:IrreflexiveProperty . ?x ?p ?x",
    "asymmetric": "?p a owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x",
    "disjoint properties": "?p owl:propertyDisjointWith ?q . ?x ?p ?y ; ?q ?y",
    "complement": "?a owl:complementOf ?b . ?x a ?a , ?b",
    "a thing where data should be": "?p a owl:DatatypeProperty . ?x ?p ?y . FILTER (isIRI(?y))",
    "data where a thing should be": "?p a owl:ObjectProperty . ?x ?p ?y . FILTER (isLiteral(?y))",
    "of another datatype": """
        ?p a owl:DatatypeProperty ; rdfs:range ?type . ?x ?p ?y .
        FILTER (STRSTARTS(STR(?type), STR(xsd:)) && DATATYPE(?y) != ?type)""",
}


def closure(*more: rdflib.Graph) -> pyoxigraph.Store:
    """All that OWL 2 RL draws from the ontology, its alignments and more graphs."""
    reasoner = pytest.importorskip("reasonable").PyReasoner()
    merged = rdflib.Graph()
    for graph in more:
        merged += graph
    reasoner.from_graph(merged)
    store = pyoxigraph.Store()
    lines = rdflib.Graph()
    for triple in reasoner.reason():
        if not isinstance(triple[0], rdflib.Literal):  # RL draws some that RDF cannot say
            lines.add(triple)
    for triple in merged:
        lines.add(triple)
    store.bulk_load(lines.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def inconsistencies(store: pyoxigraph.Store) -> list[tuple[str, str]]:
    """The rules that the closure breaks, each with a node that does."""
    found = []
    for name, pattern in INCONSISTENT.items():
        rows = store.query(f"SELECT ?x WHERE {{ {pattern} }} LIMIT 1", prefixes=PREFIXES)
        found += [(name, str(row["x"])) for row in rows]  # type: ignore[union-attr]
    return found


def data() -> rdflib.Graph:
    """What kg writes, for rdflib."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in union(written()))
    return rdflib.Graph().parse(data=lines, format="nt")


def test_consistent_under_owl_2_rl(graphs: dict[str, rdflib.Graph]) -> None:
    store = closure(*graphs.values(), data())
    assert inconsistencies(store) == []

    def drawn(pattern: str) -> bool:
        return bool(store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES))

    # and the reasoner draws what one expects of it
    assert drawn("wd:Q423 kg:relatedTo wd:Q159 . wd:Q159 a kg:Entity , schema:Country , prov:Agent")
    assert drawn("wd:Q423 kg:signedAgreementWith wd:Q159"), "by a narrower, symmetric relation"
    assert not drawn("wd:Q159 a kg:Statement")


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ("<urn:x> a kg:Statement , kg:Evidence .", "disjoint classes"),
        ("<urn:x> kg:subject <urn:y> . <urn:z> kg:cue <urn:x> .", "disjoint classes"),
        ("<urn:x> kg:startDate 2024 .", "of another datatype"),
        ('<urn:x> kg:subject "Russia" .', "data where a thing should be"),
    ],
)
def test_an_inconsistency_would_be_seen(
    graphs: dict[str, rdflib.Graph], turtle: str, rule: str
) -> None:
    wrong = rdflib.Graph().parse(data=f"@prefix kg: <{KG}> .\n{turtle}")
    assert rule in {name for name, _ in inconsistencies(closure(graphs["kg"], wrong))}


def test_no_punning_by_accident(graphs: dict[str, rdflib.Graph]) -> None:
    everything = graphs["kg"] + graphs["relations"] + graphs["codes"] + data()
    classes = set(everything.subjects(RDF.type, OWL.Class))
    properties = {
        p
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for p in everything.subjects(RDF.type, kind)
    }
    own = {term for term in classes | properties if str(term).startswith((KG, CODE))}
    vocabulary = {RDF.type, RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf}
    vocabulary |= {OWL.inverseOf, OWL.disjointWith, SKOS.example}
    as_values = {o for _, p, o in everything if p not in vocabulary and o in own}
    # kg:relation has properties as values, on purpose: the claim is about the relation
    assert as_values and as_values <= RELATIONS


def test_no_term_is_two_kinds_of_thing(graphs: dict[str, rdflib.Graph]) -> None:
    merged = graphs["kg"] + graphs["relations"]
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    for term in set(merged.subjects(RDF.type)):
        assert sum((term, RDF.type, kind) in merged for kind in kinds) <= 1, term
