"""Statements to RDF and back: lossless, deterministic, and read the same by other libraries."""

from __future__ import annotations

import gzip
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from graph.statements import BY_NAME, DOCUMENTS, KIM, STATEMENTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DataError, StoreError
from kg.graph import terms
from kg.graph.files import (
    FORMATS,
    full_graphs,
    n_quads,
    read_graph,
    read_graphs,
    union,
    write_graph,
    write_graphs,
)
from kg.graph.rdf import (
    ASSERTED_GRAPH,
    RunInfo,
    build_graphs,
    document_graph,
    evidence_iri,
    statement_iri,
)
from kg.graph.rdf_reader import statements_of
from kg.graph.turtle import turtle
from kg.jsonlines import to_json
from kg.statement import (
    SECTORS,
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

RUN = RunInfo("0.1.0", "test-model 1")
SUFFIXES = [*FORMATS, ".ttl.gz", ".nq.gz"]


def as_json(statements: object) -> list[str]:
    return sorted(repr(to_json(s)) for s in statements)  # type: ignore[attr-defined]


# --- Round trips -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_gives_the_statements_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_graph(path, STATEMENTS, DOCUMENTS, run=RUN)
    assert as_json(read_graph(path)) == as_json(STATEMENTS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_bytes_whatever_the_order(tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write_graph(first, STATEMENTS, DOCUMENTS, run=RUN)
    shuffled = [*STATEMENTS, *STATEMENTS[:5]]
    random.Random(7).shuffle(shuffled)
    write_graph(second, shuffled, reversed(DOCUMENTS), run=RUN)
    assert first.read_bytes() == second.read_bytes()
    before = first.read_bytes()
    write_graph(first, STATEMENTS, DOCUMENTS, run=RUN)
    assert first.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"])
def test_rdflib_reads_the_same_triples(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_graph(path, STATEMENTS, DOCUMENTS, run=RUN)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path)
    ours = rdflib.Graph()
    triples = union(read_graphs(path))
    ours.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    assert {tuple(map(str, t)) for t in dataset.triples((None, None, None))} == {
        tuple(map(str, t)) for t in ours
    }
    assert len(ours) == len(triples)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("origin", [".ttl", ".trig"])
def test_any_format_becomes_any_other(tmp_path: Path, origin: str, suffix: str) -> None:
    first, second = tmp_path / f"a{origin}", tmp_path / f"b{suffix}"
    write_graph(first, STATEMENTS, DOCUMENTS, run=RUN)
    write_graphs(second, read_graphs(first))
    assert union(read_graphs(second)) == union(read_graphs(first))
    assert as_json(read_graph(second)) == as_json(STATEMENTS)


def test_no_blank_nodes_and_no_wall_clock() -> None:
    graphs = full_graphs(STATEMENTS, DOCUMENTS, run=RUN)
    for triples in graphs.values():
        for subject, _, value in triples:
            assert not subject.startswith("_:") and not value.startswith("_:")
    assert graphs == full_graphs(STATEMENTS, DOCUMENTS, run=RUN)


def test_one_named_graph_per_document(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    write_graph(path, STATEMENTS, DOCUMENTS, run=RUN)
    graphs = read_graphs(path)
    assert {document_graph(d.id) for d in DOCUMENTS} < set(graphs)
    assert "" not in graphs
    of_one = [s for s in STATEMENTS if s.evidence.document == "doc-0f3a"]
    vocabulary = [t for g, ts in graphs.items() if "/graph/" in g for t in ts]
    again = statements_of([*graphs[document_graph("doc-0f3a")], *vocabulary])
    assert as_json(again) == as_json(of_one)


def test_a_claim_met_twice_is_one_node_with_two_pieces_of_evidence() -> None:
    first, second = BY_NAME["invasion"], BY_NAME["invasion-again"]
    assert first.id == second.id
    triples = union(build_graphs([first, second], DOCUMENTS, RUN))
    evidence = f"<{terms.KG}evidence>"
    found = [o for s, p, o in triples if s == statement_iri(first.id) and p == evidence]
    assert sorted(found) == sorted([evidence_iri(first), evidence_iri(second)])


def test_a_symmetric_claim_told_either_way_is_one_node() -> None:
    told = BY_NAME["pact"]
    assert told.object is not None
    turned = replace(told, subject=told.object, object=told.subject)
    triples = union(full_graphs([told, turned], DOCUMENTS))
    node, subject = statement_iri(told.id), f"<{terms.KG}subject>"
    assert [o for s, p, o in triples if s == node and p == subject] == [terms.actor_iri("wd:Q159")]
    assert as_json(statements_of(triples)) == as_json([told, turned])
    # nobody signs a pact with himself
    assert not [t for t in triples if t[0] == t[2]]


def test_merging_is_commutative_and_idempotent() -> None:
    parts = [build_graphs([s], DOCUMENTS, RUN) for s in STATEMENTS]
    random.Random(3).shuffle(parts)
    merged: dict[str, set[terms.Triple]] = {}
    for part in [*parts, *parts]:
        for graph, triples in part.items():
            merged.setdefault(graph, set()).update(triples)
    assert {g: sorted(t) for g, t in merged.items()} == build_graphs(STATEMENTS, DOCUMENTS, RUN)


def test_of_the_same_evidence_the_higher_confidence_is_kept() -> None:
    sure, unsure = BY_NAME["pact"], replace(BY_NAME["pact"], confidence=0.2)
    for pair in ([sure, unsure], [unsure, sure]):
        assert [s.confidence for s in statements_of(union(build_graphs(pair)))] == [0.95]


def test_a_statement_without_its_document_still_has_a_document_node() -> None:
    graphs = build_graphs([BY_NAME["pact"]])
    assert list(graphs) == [document_graph("speech-2025"), *(g for g in graphs if "/graph/" in g)]
    assert as_json(statements_of(union(graphs))) == as_json([BY_NAME["pact"]])


# --- Hostile and odd input ------------------------------------------------------------------

HOSTILE = [
    'quotes " and \' and """',
    "back\\slash \\u0041 \\",
    "lines\n\r\n\tand\ttabs\u2028\u2029",
    "<script>alert(1)</script> <http://evil.example/> . ?x { }",
    "controls \x00\x01\x08\x0c\x1f\x7f\x85",
    "bidi \u202eevil\u202c \u2066x\u2069 \u200f\ufeff",
    "emoji 😀 and non\u00a0breaking, ﷺ, Ω, é (e\u0301)",
    "nonchars \ufffe\uffff\U0001ffff",
    "@prefix kg: <x> . # comment",
    "}} ; DROP ALL ; INSERT DATA {{",
    "x" * 100_000,
]


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_as_it_was(tmp_path: Path, text: str, suffix: str) -> None:
    document = Document(id=text[:500], text=text, title=text, source=text, url=text)
    actor = Actor("local:" + text[:500], text, ActorType.THING)
    statement = Statement(
        Mention(actor, Span(0, len(text), text)),
        Relation(None, text),
        None,
        Evidence(document.id, Span(0, len(text), text), (0, len(text)), text),
        condition=text,
    )
    path = tmp_path / f"hostile{suffix}"
    write_graph(path, [statement], [document])
    assert read_graph(path) == [statement]
    raw = path.read_text(encoding="utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\ufeff]", raw)
    headline = rdflib.URIRef("https://schema.org/headline")
    graph = rdflib.Dataset(default_union=True).parse(path)
    assert [str(o) for o in graph.objects(None, headline)] == [text]


def test_hostile_text_survives_xml_but_for_what_xml_cannot_hold(tmp_path: Path) -> None:
    for text in HOSTILE:
        path = tmp_path / "hostile.rdf"
        write_graph(path, [], [Document("d", "", title=text)])
        found = next(o for s, p, o in union(read_graphs(path)) if p.endswith("headline>"))
        known = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
        assert terms.text_of(found).split() == known.split()


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    triples = union(build_graphs([], [Document("d", "", title="a\ud800b")]))
    assert any(o == '"a\ufffdb"@en' for _, _, o in triples)
    "".join(turtle(triples)).encode()


def test_an_odd_language_tag_is_left_out() -> None:
    triples = union(build_graphs([], [Document("d", "", title="t", lang='x" . <a> <b> "')]))
    assert any(o == '"t"' for _, _, o in triples)


text = st.text(max_size=30)
spans = st.tuples(st.integers(0, 10**6), text).map(lambda p: Span(p[0], p[0] + len(p[1]), p[1]))
ids = st.one_of(
    st.integers(1, 10**9).map(lambda n: f"wd:Q{n}"),
    st.text(min_size=1, max_size=20).map(lambda t: "local:" + t),
    st.text(min_size=1, max_size=20).map(lambda t: "kg:" + t),
    st.text(max_size=10),
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Statement]:
    """Statements of one corpus: an actor id has one description, a span one text."""
    sentence = draw(st.text(min_size=1, max_size=60))
    documents = draw(st.lists(st.text(max_size=12), min_size=1, max_size=3, unique=True))
    actors = [
        Actor(
            identity,
            draw(text),
            draw(st.sampled_from(ActorType)),
            draw(st.sampled_from([None, "RUS", "PRK"])),
            draw(st.sampled_from([None, *SECTORS])),
        )
        for identity in draw(st.lists(ids, min_size=2, max_size=4, unique=True))
    ]
    relations = [
        Relation("kg:one", draw(text), "CONSULT", "040", "VCOOP", True),
        Relation("kg:other relation/", draw(text), None, None, None, False),
        Relation(None, draw(text), symmetric=draw(st.booleans())),
    ]

    def span() -> Span:
        start = draw(st.integers(0, len(sentence)))
        end = draw(st.integers(start, len(sentence)))
        return Span(start, end, sentence[start:end])

    def mention() -> Mention:
        return Mention(draw(st.sampled_from(actors)), span())

    def link() -> Attribution:
        return Attribution(
            draw(st.sampled_from([None, *actors])),
            span() if draw(st.booleans()) else None,
            draw(st.sampled_from(Stance)),
            span(),
            (draw(st.integers(0, 9)), draw(st.integers(0, 99))),
            draw(certainty),
        )

    certainty = st.none() | st.floats(-3, 3)
    days = st.none() | st.dates(date(1000, 1, 1))
    found = []
    for _ in range(draw(st.integers(1, 3))):
        statement = Statement(
            mention(),
            draw(st.sampled_from(relations)),
            mention() if draw(st.booleans()) else None,
            Evidence(
                draw(st.sampled_from(documents)),
                Span(0, len(sentence), sentence),
                (draw(st.integers(0, 9)), draw(st.integers(0, 99))),
                draw(text),
            ),
            draw(st.sampled_from(Polarity)),
            draw(st.sampled_from(Modality)),
            tuple(link() for _ in range(draw(st.integers(0, 3)))),
            TimeInterval(draw(text), draw(days), draw(days)) if draw(st.booleans()) else None,
            mention() if draw(st.booleans()) else None,
            draw(st.none() | text),
            draw(st.integers(0, 10_000)) / 10_000,
            draw(certainty),
        )
        found.append(statement)
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_round_trip_of_any_statement(statements: list[Statement]) -> None:
    by_evidence = {evidence_iri(s): s for s in sorted(statements, key=lambda s: s.confidence)}
    graphs = build_graphs(statements, [], RUN)
    assert as_json(statements_of(union(graphs))) == as_json(by_evidence.values())
    quads = b"".join(n_quads(graphs))
    assert len(list(pyoxigraph.parse(quads, pyoxigraph.RdfFormat.N_QUADS))) == quads.count(b"\n")
    written = "".join(turtle(union(graphs)))
    parsed = pyoxigraph.parse(written, pyoxigraph.RdfFormat.TURTLE)
    again = {
        (terms.term_of(q.subject), terms.term_of(q.predicate), terms.term_of(q.object))
        for q in parsed
    }
    assert again == set(union(graphs))


@given(st.text())
def test_any_text_as_literal_and_as_id(value: str) -> None:
    literal = terms.literal(value, "en")
    assert terms.text_of(literal) == value
    parsed = next(
        iter(pyoxigraph.parse(f"<a:a> <a:a> {literal} .", pyoxigraph.RdfFormat.N_TRIPLES))
    )
    assert parsed.object.value == value
    assert terms.term_of(parsed.object) == literal
    assert terms.decode(terms.encode(value)) == value
    for identity in ("local:" + value, "kg:" + value, value):
        assert terms.actor_id(terms.actor_iri(identity)) == identity
        pyoxigraph.NamedNode(terms.actor_iri(identity)[1:-1])


@pytest.mark.parametrize(
    ("given_id", "expected"),
    [
        ("wd:Q159", "<http://www.wikidata.org/entity/Q159>"),
        ("wd:Q1 5> <x", "<https://w3id.org/kg/id/other/wd%3AQ1%205%3E%20%3Cx>"),
        ("kg:kcna", "<https://w3id.org/kg/id/actor/kcna>"),
        ("local:park soo-ah", "<https://w3id.org/kg/id/local/park%20soo-ah>"),
        ("local:a.b~c", "<https://w3id.org/kg/id/local/a%2Eb%7Ec>"),
    ],
)
def test_actor_iris(given_id: str, expected: str) -> None:
    assert terms.actor_iri(given_id) == expected


def test_places_of_geonames_are_linked_to_it() -> None:
    town = Actor("kg:geonames-1871859", "Pyongyang", ActorType.PLACE, "PRK")
    pact = replace(BY_NAME["pact"], place=Mention(town, BY_NAME["pact"].subject.span))
    triples = union(build_graphs([pact]))
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    assert [o for _, p, o in triples if p == same] == ["<https://sws.geonames.org/1871859/>"]
    assert statements_of(triples) == [pact]


# --- Turtle for people --------------------------------------------------------------------------


def test_turtle_reads_well(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_graph(path, STATEMENTS, DOCUMENTS, run=RUN)
    written = path.read_text(encoding="utf-8")
    assert 'wd:Q56226 a kg:Person ;\n    rdfs:label "Kim Jong Un"@en ;' in written
    assert 'kg:startDate "2022-02-24"^^xsd:date' in written
    assert "kg:confidence 0.98 ;" in written
    assert "<http" not in written.split("# ---", 1)[1], "every IRI is shortened"
    assert written.index("kg:subject wd:Q159") < written.index("# --- Spans")
    # as the article tells it: first Kim's meeting, then his refusal, then the pact
    order = [
        written.index(f"\nst:{BY_NAME[n].id}")
        for n in ("kim-met-trump", "dprk-rejects-south", "pact")
    ]
    assert order == sorted(order)


def test_only_used_prefixes_are_declared(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_graph(path, [], [Document("d", "text")])
    assert re.findall(r"@prefix (\w+):", path.read_text()) == ["kg", "doc", "schema"]


# --- Files --------------------------------------------------------------------------------------


def test_unknown_suffix_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"graph\.doc: no RDF format has this suffix .*\.ttl"):
        write_graph(tmp_path / "graph.doc", STATEMENTS)


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_graph(path, STATEMENTS, DOCUMENTS)
    before = path.read_bytes()
    broken: dict[str, list[terms.Triple]] = {"<a:g>": [("<a:s>", "<a:p>", '"\ud800"')]}
    with pytest.raises(UnicodeEncodeError):
        write_graphs(path, broken)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"graph\.ttl: cannot be written: "):
        write_graph(tmp_path / "file" / "graph.ttl", STATEMENTS)


def test_gz_has_neither_name_nor_time(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq.gz"
    write_graph(path, STATEMENTS)
    head = path.read_bytes()[:10]
    assert head[3] == 0 and head[4:8] == b"\0\0\0\0"
    assert gzip.decompress(path.read_bytes()).endswith(b" .\n")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"@prefix a: <b:c> .\na:x a:y\n a:z ;; oops", r"a\.ttl:3: .*oops"),
        ("a.nt", b"<a:a> <a:a> <a:a> .\nnonsense", r"a\.nt:2: "),
        ("a.ttl.gz", b"not gzip", r"a\.ttl\.gz: cannot be read"),
        ("a.jsonld", b"{", r"a\.jsonld:?\d*: "),
        ("a.jsonld", b'{"@context": "http://localhost:9/c"}', r"a\.jsonld: its @context lies else"),
        ("a.jsonld", b'{"@context": "file:///etc/hosts"}', r"a\.jsonld: its @context lies else"),
        ("a.rdf", b"<rdf>", r"a\.rdf:?\d*: "),
        ("a.nq", b"\xff\xfe\x00", r"a\.nq:1: "),
    ],
)
def test_malformed_files_name_file_and_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        read_graph(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: "):
        read_graph(tmp_path / "none.ttl")


def test_an_incomplete_statement_is_named(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    write_graph(path, [BY_NAME["pact"]])
    lines = [x for x in path.read_text().splitlines() if "ontology#polarity>" not in x]
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(DataError, match=r"st:\w+ is incomplete .*kg:polarity .* is missing"):
        read_graph(path)


def test_the_run_says_version_and_model() -> None:
    triples = union(build_graphs([BY_NAME["pact"]], (), RUN))
    values = {o for _, _, o in triples}
    assert {'"0.1.0"', '"test-model 1"'} <= values
    other = union(build_graphs([BY_NAME["pact"]], (), RunInfo("0.1.0", "another")))
    assert {t[2] for t in triples if "wasGeneratedBy" in t[1]} != {
        t[2] for t in other if "wasGeneratedBy" in t[1]
    }


def test_plain_edges_are_in_a_graph_of_their_own() -> None:
    graphs = full_graphs(STATEMENTS, DOCUMENTS)
    kim, trump = terms.actor_iri(KIM.id), terms.actor_iri("wd:Q22686")
    assert (kim, f"<{terms.KG}met>", trump) in graphs[ASSERTED_GRAPH]
    assert not [
        t for g, ts in graphs.items() if g != ASSERTED_GRAPH for t in ts if t[1].endswith("#met>")
    ]
