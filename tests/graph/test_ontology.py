"""The ontology: documented, closed, without dangling terms, consistent, and used by the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from graph.statements import BY_NAME, DOCUMENTS, STATEMENTS
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import DataError
from kg.graph.belief import belief_query, derive
from kg.graph.files import full_graphs, union
from kg.graph.ontology import load_ontology
from kg.graph.query import query, stock_queries
from kg.graph.rdf import RunInfo
from kg.graph.sparql import tokens
from kg.graph.store import load_store, open_store
from kg.graph.terms import CODE, KG, PREFIXES, literal, term_of
from kg.resources import resource_path
from kg.statement import QUADS, SECTORS, ActorType, Modality, Polarity, Stance

FOLDER = resource_path("ontology")
FILES = ("kg", "relations", "codes", "shapes", "alignments")
ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def graphs() -> dict[str, rdflib.Graph]:
    return {name: rdflib.Graph().parse(FOLDER / f"{name}.ttl") for name in FILES}


# --- What the types of kg need ------------------------------------------------------------------


def test_every_value_of_the_core_types_is_a_term() -> None:
    for kind in ActorType:
        assert ONTOLOGY.term(kind) and ONTOLOGY.is_a(kind, "Entity")
    for value in (*Polarity, *Modality, *Stance):
        assert ONTOLOGY.term(value)
    for code in (*QUADS, *(f"sector-{sector}" for sector in SECTORS)):
        assert ONTOLOGY.code(code)


def test_the_namespaces_are_closed() -> None:
    with pytest.raises(KeyError, match="did you mean kg:Statement"):
        ONTOLOGY.term("Statment")
    with pytest.raises(KeyError, match="code:PARTY is no code"):
        ONTOLOGY.code("PARTY")


def test_relations_have_the_keys_of_the_lexicon() -> None:
    pact = ONTOLOGY.relations["kg:signedDefencePactWith"]
    assert (pact.event, pact.cameo, pact.quad) == ("SUPPORT", "057", "VCOOP")
    assert pact.symmetric and not pact.lasting and pact.label and pact.definition
    assert ONTOLOGY.relations["kg:allyOf"].lasting
    assert len(ONTOLOGY.relations) > 200
    for relation in ONTOLOGY.relations.values():
        assert relation.label and relation.definition.endswith("."), relation.id
        assert relation.intensity is not None and -10 <= relation.intensity <= 10
        assert relation.lasting is (relation.event is None), relation.id
        for code in (relation.event, relation.quad, relation.cameo and f"cameo-{relation.cameo}"):
            assert code is None or ONTOLOGY.code(code)
        for kind in (*relation.domain, *relation.range):
            assert ONTOLOGY.is_a(kind, "Entity")
        if relation.symmetric:
            assert relation.domain == relation.range, relation.id
        if relation.inverse:
            assert relation.inverse in ONTOLOGY.relations


# --- Documented and published well --------------------------------------------------------------


def test_every_file_says_what_it_is(graphs: dict[str, rdflib.Graph]) -> None:
    dcterms = rdflib.Namespace(PREFIXES["dcterms"])
    for name, graph in graphs.items():
        (node,) = graph.subjects(RDF.type, OWL.Ontology)
        for wanted in (dcterms.title, dcterms.creator, dcterms.license, OWL.versionIRI):
            assert graph.value(node, wanted) is not None, (name, wanted)


def test_every_term_is_documented_in_english(graphs: dict[str, rdflib.Graph]) -> None:
    graph = graphs["kg"]
    terms = {s for s in graph.subjects(RDF.type) if str(s).startswith(KG)}
    assert len(terms) > 80
    for term in terms:
        for wanted in (RDFS.label, RDFS.comment):
            value = graph.value(term, wanted)
            assert isinstance(value, rdflib.Literal) and value.language == "en", (term, wanted)
        assert str(graph.value(term, RDFS.comment))[-1] in ".?", term
    for actor in ActorType:
        assert graph.value(rdflib.URIRef(KG + actor), SKOS.example), f"{actor} has no example"


def test_every_code_has_a_label_and_a_place(graphs: dict[str, rdflib.Graph]) -> None:
    graph = graphs["codes"]
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 380
    for concept in concepts:
        assert graph.value(concept, SKOS.prefLabel) and graph.value(concept, SKOS.inScheme)
        assert graph.value(concept, SKOS.broader) or graph.value(concept, SKOS.topConceptOf)
        assert graph.value(concept, SKOS.notation)
    types = set(graph.subjects(SKOS.inScheme, rdflib.URIRef(CODE + "event-types")))
    assert len(types) == 16
    roots = set(graph.subjects(SKOS.topConceptOf, rdflib.URIRef(CODE + "cameo")))
    assert len(roots) == 20
    for code in graph.subjects(SKOS.inScheme, rdflib.URIRef(CODE + "cameo")):
        above = graph.value(code, SKOS.broader)
        assert code in roots or str(code)[:-1] == str(above)


def test_no_two_terms_share_a_label(graphs: dict[str, rdflib.Graph]) -> None:
    for name, prop in (("relations", RDFS.label),):
        labels = [str(label) for label in graphs[name].objects(None, prop)]
        twice = {label for label in labels if labels.count(label) > 1}
        assert not twice


# --- Nothing dangles ----------------------------------------------------------------------------


def ours(iri: object) -> bool:
    return str(iri).startswith((KG, CODE)) and str(iri) not in (KG, CODE)


def known(iri: str) -> bool:
    if iri.startswith(KG):
        return iri.removeprefix(KG) in ONTOLOGY.names
    return iri.removeprefix(CODE) in ONTOLOGY.codes


@pytest.mark.parametrize("name", FILES)
def test_files_use_only_known_terms(graphs: dict[str, rdflib.Graph], name: str) -> None:
    used = {str(term) for triple in graphs[name] for term in triple if ours(term)}
    assert used and not {iri for iri in used if not known(iri)}


def test_queries_use_only_known_terms() -> None:
    for stock in stock_queries().values():
        for word in tokens(stock.text):
            prefix, _, local = word.text.partition(":")
            if word.kind == "name" and prefix == "kg" and local:
                assert local in ONTOLOGY.names, (stock.name, word.text)
            if word.kind == "name" and prefix == "code" and local:
                assert local in ONTOLOGY.codes, (stock.name, word.text)


def test_valid_examples_use_only_known_terms() -> None:
    for path in FOLDER.glob("examples/valid-*.ttl"):
        used = {str(t) for triple in rdflib.Graph().parse(path) for t in triple if ours(t)}
        assert not {iri for iri in used if not known(iri)}, path.name


def test_every_term_is_used_by_the_code_and_the_other_way_round(tmp_path: Path) -> None:
    graphs = full_graphs(STATEMENTS, DOCUMENTS, run=RunInfo("1", "m"))
    used = {term for triple in union(graphs) for term in triple}
    for view in ("claimed", "disputed"):
        used |= {term for triple in derive(graphs, belief_query(view)) for term in triple}
    load_store(tmp_path / "store", graphs)
    used |= {term_of(quad.predicate) for quad in open_store(tmp_path / "store")}
    names = {term[1:-1].removeprefix(KG) for term in used if term.startswith(f"<{KG}")}
    assert names <= ONTOLOGY.names
    values = {*ActorType, *Modality, *Stance, *Polarity, *(r[3:] for r in ONTOLOGY.relations)}
    # only for classes above others, edges by hand and symmetric open statements
    above = {"Entity", "Actor", "Location", "Organization", "relatedTo", "symmetric"}
    above |= {"Polarity", "Modality", "Stance"}
    assert ONTOLOGY.names - names - values - above == set()


def test_other_vocabularies_are_spelt_as_their_authors_spell_them() -> None:
    text = "".join((FOLDER / f"{name}.ttl").read_text(encoding="utf-8") for name in FILES)
    declared = dict(re.findall(r"@prefix (\w+): <([^>]+)>", text))
    for prefix, namespace in declared.items():
        assert PREFIXES.get(prefix, namespace) == namespace


# --- Consistent ---------------------------------------------------------------------------------


def test_consistent_under_owl_2_rl(graphs: dict[str, rdflib.Graph]) -> None:
    owlrl = pytest.importorskip("owlrl")
    merged = rdflib.Graph()
    for name in ("kg", "alignments"):
        merged += graphs[name]
    used = {statement.relation.id for statement in STATEMENTS}
    for relation in (rdflib.URIRef(KG + r[3:]) for r in used if r):
        merged += graphs["relations"].triples((relation, None, None))
    few = [BY_NAME[name] for name in ("dprk-rejects-south", "pact", "turkey-in-nato", "open-flood")]
    triples = union(full_graphs(few, DOCUMENTS))
    merged.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(merged)
    error = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    errors = {str(message) for message in merged.objects(None, error)}
    assert not errors
    nothing = list(merged.subjects(RDF.type, OWL.Nothing))
    assert not nothing
    # and the reasoner draws what one expects of it
    russia, korea = (rdflib.URIRef(PREFIXES["wd"] + q) for q in ("Q159", "Q423"))
    assert (korea, rdflib.URIRef(KG + "relatedTo"), russia) in merged
    assert (russia, RDF.type, rdflib.URIRef(KG + "Entity")) in merged
    assert (russia, RDF.type, rdflib.URIRef(PREFIXES["schema"] + "Country")) in merged


def test_an_inconsistency_would_be_seen() -> None:
    owlrl = pytest.importorskip("owlrl")
    graph = rdflib.Graph().parse(FOLDER / "kg.ttl")
    both = rdflib.URIRef("urn:x")
    graph.add((both, RDF.type, rdflib.URIRef(KG + "Statement")))
    graph.add((both, RDF.type, rdflib.URIRef(KG + "Evidence")))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert "disjoint" in graph.serialize(format="nt").casefold()


def test_no_term_is_two_kinds_of_thing(graphs: dict[str, rdflib.Graph]) -> None:
    merged = graphs["kg"] + graphs["relations"]
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    for term in set(merged.subjects(RDF.type)):
        assert sum((term, RDF.type, kind) in merged for kind in kinds) <= 1, term


# --- Broken ontologies --------------------------------------------------------------------------


def test_a_term_without_label_is_refused(tmp_path: Path) -> None:
    for name in ("kg", "relations", "codes"):
        text = (FOLDER / f"{name}.ttl").read_text(encoding="utf-8")
        text = text.replace(f"    rdfs:label {literal('actor', 'en')} ;\n", "")
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="kg:Actor has no type or no label"):
        load_ontology(tmp_path)


def test_a_malformed_ontology_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "kg.ttl").write_text("@prefix a: <b:c> .\nnonsense")
    with pytest.raises(DataError, match=r"kg\.ttl:2: "):
        load_ontology(tmp_path)


# --- Around the files ---------------------------------------------------------------------------


def test_the_readme_lists_files_and_stock_questions_as_they_are() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for stock in stock_queries().values():
        parameters = ", ".join(
            f"`{p.name}`" + ("" if p.required else "?") for p in stock.parameters
        )
        title = stock.title + (" (view)" if stock.kind == "view" else "")
        assert f"| `@{stock.name}` | {title} | {parameters or '–'} |" in text
    for path in FOLDER.glob("*.ttl"):
        assert f"| `{path.name}` |" in text


def test_the_query_of_the_readme_runs(tmp_path: Path) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    result = query(shown, store=tmp_path / "store", parameters={"actor": "wd:Q159"})
    assert ("invaded", "Ukraine") in list(result)
