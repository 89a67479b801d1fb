"""The ontology: documented, closed, without dangling terms, consistent, and used by the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from graph.statements import DOCUMENTS, STATEMENTS
from graph.test_ontology_consistent import written
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import DataError
from kg.graph.belief import belief_query, derive
from kg.graph.files import full_graphs, union
from kg.graph.ontology import load_ontology
from kg.graph.query import query
from kg.graph.sparql import tokens
from kg.graph.stock import stock_queries
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
        for wanted in (
            *(dcterms[local] for local in ("title", "description", "creator", "contributor")),
            *(dcterms[local] for local in ("created", "modified", "license", "language")),
            *(OWL.versionIRI, OWL.versionInfo),
        ):
            assert graph.value(node, wanted) is not None, (name, wanted)
        version = str(graph.value(node, OWL.versionInfo))
        assert str(graph.value(node, OWL.versionIRI)) == f"{node}/{version}"


def test_every_term_is_documented_in_english(graphs: dict[str, rdflib.Graph]) -> None:
    graph = graphs["kg"]
    terms = {s for s in graph.subjects(RDF.type) if str(s).startswith(KG)}
    assert len(terms) > 80
    for term in terms:
        for wanted in (RDFS.label, RDFS.comment):
            value = graph.value(term, wanted)
            assert isinstance(value, rdflib.Literal) and value.language == "en", (term, wanted)
        assert str(graph.value(term, RDFS.comment))[-1] in ".?", term
        assert graph.value(term, SKOS.example) is not None, f"{term} has no example"


def test_every_relation_is_documented_in_english(graphs: dict[str, rdflib.Graph]) -> None:
    graph = graphs["relations"]
    relations = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    assert len(relations) > 200
    for relation in relations:
        for wanted in (RDFS.label, SKOS.definition, SKOS.example):
            value = graph.value(relation, wanted)
            assert isinstance(value, rdflib.Literal) and value.language == "en", (relation, wanted)
        assert graph.value(relation, RDFS.domain) is not None, relation


def test_intensity_follows_the_codes() -> None:
    codes = [f"cameo-{number:02}" for number in range(1, 21)]
    assert all(code in ONTOLOGY.intensities for code in codes), "every root of CAMEO has a value"
    assert ONTOLOGY.intensity("1712") == ONTOLOGY.intensities["cameo-1712"]
    assert ONTOLOGY.intensity("1711") == ONTOLOGY.intensities["cameo-17"]
    assert ONTOLOGY.intensity(None) == 0
    for relation in ONTOLOGY.relations.values():
        value = relation.intensity
        assert value is not None
        if relation.cameo is not None:
            of_code = ONTOLOGY.intensity(relation.cameo)
            assert abs(value - of_code) <= 4 and value * of_code >= 0, relation.id
        if relation.quad is not None:
            side = 1 if relation.quad.endswith("COOP") else -1
            assert value * side >= 0 or relation.event == "REQUEST", relation.id


def test_broader_relations_hold_whenever_narrower_ones_do() -> None:
    found = 0
    for relation in ONTOLOGY.relations.values():
        for parent in (ONTOLOGY.relations[name] for name in relation.broader):
            found += 1
            assert (parent.lasting, parent.quad) == (relation.lasting, relation.quad), relation.id
            for narrow, wide in (
                (relation.domain, parent.domain),
                (relation.range, parent.range),
            ):
                for kind in wide:
                    assert any(ONTOLOGY.is_a(own, kind) for own in narrow), relation.id
            assert relation.id not in parent.broader
    assert found > 40


def test_inverse_symmetric_and_transitive_relations() -> None:
    relations = ONTOLOGY.relations
    visited = relations["kg:visited"]
    assert visited.inverse == "kg:hosted"
    for relation in relations.values():
        if relation.inverse is not None:
            other = relations[relation.inverse]
            assert other.inverse == relation.id
            assert (other.domain, other.range) == (relation.range, relation.domain)
            assert not relation.symmetric
    transitive = {relation.id for relation in relations.values() if relation.transitive}
    assert transitive == {"kg:locatedIn", "kg:partOf"}


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
    graphs = written()
    used = {term for triple in union(graphs) for term in triple}
    for view in ("claimed", "disputed"):
        used |= {term for triple in derive(graphs, belief_query(view)) for term in triple}
    load_store(tmp_path / "store", graphs, belief=belief_query("claimed"))
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


# --- Generated from it ----------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["reference", "context"])
def test_generated_files_are_up_to_date(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tools.ontology.{module}", "--check"],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_reference_has_every_term_and_no_dead_link() -> None:
    page = (FOLDER.parent / "docs" / "ontology.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert {*ONTOLOGY.names, *ONTOLOGY.codes} <= anchors
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links and links <= anchors
    assert "http" not in "".join(re.findall(r'(?:src|href)="([^"#]+)"', page)), "works offline"


def test_the_context_gives_every_property_its_name() -> None:
    entries = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    graph = rdflib.Graph().parse(FOLDER / "kg.ttl")
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in graph.subjects(RDF.type, kind):
            local = str(term).removeprefix(KG)
            assert entries[local]["@id"] == f"kg:{local}"
            assert local not in PREFIXES
