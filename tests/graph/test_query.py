"""SPARQL over the store: stock questions, safe parameters, clear errors, results in every form."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from graph.statements import BY_NAME, DOCUMENTS, SPEECH, STATEMENTS
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.graph import terms
from kg.graph.query import query
from kg.graph.rdf import build_graphs
from kg.graph.result import IRI, Result, value_of
from kg.graph.sparql import calls_out, fill, position, tokens
from kg.graph.stock import PARAMETER_KINDS, stock_queries
from kg.graph.store import load_store
from kg.statement import Document, Relation, Statement, TimeInterval


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "store"
    load_store(path, build_graphs(STATEMENTS, DOCUMENTS))
    return path


def error(text: str, store: Path, **parameters: object) -> str:
    with pytest.raises(QueryError) as caught:
        query(text, store=store, parameters=parameters)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- Own queries -----------------------------------------------------------------------------


def test_select_gives_python_values(store: Path) -> None:
    result = query(
        """SELECT ?s ?label ?start ?confidence ?offset ?none WHERE {
             ?s kg:relation kg:invaded ; kg:startDate ?start ; kg:evidence ?e ;
                kg:subject/rdfs:label ?label .
             ?e kg:confidence ?confidence ; kg:sentence/kg:start ?offset .
             OPTIONAL { ?s kg:condition ?none } } ORDER BY ?offset""",
        store=store,
    )
    assert result.variables == ("s", "label", "start", "confidence", "offset", "none")
    assert len(result) == 2
    row = next(iter(result))
    assert row[1:] == ("Russia", date(2022, 2, 24), 0.98, 0, None)
    assert isinstance(row[0], IRI) and row[0].short == f"st:{BY_NAME['invasion'].id}"


def test_ask_and_construct(store: Path) -> None:
    assert query("ASK { wd:Q159 kg:signedDefencePactWith wd:Q423 }", store=store)
    assert not query("ASK { wd:Q884 kg:rejects wd:Q423 }", store=store)
    result = query("CONSTRUCT { ?a kg:met ?b } WHERE { ?a kg:met ?b }", store=store)
    assert result.triples is not None and len(result) == 2
    assert "wd:Q22686 kg:met wd:Q56226 ." in result.to_turtle()
    assert query("DESCRIBE wd:Q159", store=store).triples


def test_what_two_documents_say_is_one_answer(store: Path) -> None:
    counted = "SELECT (COUNT(*) AS ?n) { wd:Q159 rdfs:label ?l }"
    assert list(query(counted, store=store)) == [(1,)]
    counted = "SELECT (COUNT(*) AS ?n) { ?s kg:relation kg:invaded }"
    assert list(query(counted, store=store)) == [(1,)]


def test_named_graphs_are_documents(store: Path) -> None:
    result = query("SELECT DISTINCT ?g { GRAPH ?g { ?e a kg:Evidence } }", store=store)
    assert len(result) == len(DOCUMENTS)


def test_an_open_store_will_do(store: Path) -> None:
    from kg.graph.store import open_store

    assert query("ASK { ?s a kg:Statement }", store=open_store(store)).answer is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"malformed"),
        (
            "SELECT * {\n ?s kg:signdDefencePact ?o }",
            r"unknown term kg:signdDefencePact at line 2, column 5 \(did you mean "
            r"kg:signedDefencePactWith\?\)",
        ),
        ("ASK { ?s a <https://w3id.org/kg/ontology#Statment> }", r"did you mean kg:Statement\?"),
        ("ASK { ?s a kg:statement }", r"did you mean kg:Statement\?"),
        ("ASK { ?s foo:bar ?o }", r"unknown prefix 'foo:' at line 1, column 10 \(declare it"),
        ("ASK { ?s skoss:note ?o }", r"did you mean 'skos:'\?"),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE would send data"),
        ("INSERT DATA { kg:a kg:b kg:c }", "INSERT would change the store"),
        ("PREFIX a: <b:> drop all", "DROP would change the store"),
    ],
)
def test_mistakes_are_explained_in_one_line(store: Path, text: str, message: str) -> None:
    assert re.search(message, error(text, store))


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s rdfs:label "kg:nonsense SERVICE foo:bar" }',
        "ASK { ?s a kg:Statement } # kg:nonsense SERVICE foo:bar",
        "PREFIX foo: <http://example.org/> ASK { ?s foo:SERVICE ?service }",
        "PREFIX kg: <http://example.org/> ASK { ?s kg:anything ?o }",
        "ASK { ?s a kg:Statement. }",
        "ASK { ?s a <http://example.org/SERVICE> }",
        "ASK { ?s ?p '''kg:nonsense\n' SERVICE''' }",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(store: Path, text: str) -> None:
    assert query(text, store=store).answer in (True, False)


def test_terms_of_a_lexicon_of_ones_own_are_known(tmp_path: Path) -> None:
    pact = BY_NAME["pact"]
    own = replace(pact, relation=replace(pact.relation, id="kg:gaveGiftTo"))
    load_store(tmp_path / "store", build_graphs([own], [SPEECH]))
    assert query("ASK { ?a kg:gaveGiftTo ?b }", store=tmp_path / "store").answer is True


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) < STR(?i)) }"


def test_a_query_that_never_ends_is_ended(store: Path) -> None:
    with pytest.raises(QueryError, match=r"took longer than 0\.2 seconds"):
        query(ENDLESS, store=store, timeout=0.2)


def test_with_and_without_a_time_limit_the_answers_are_the_same(store: Path) -> None:
    for text in (
        "SELECT * { ?s kg:startDate ?d ; kg:subject/rdfs:label ?l } ORDER BY ?s",
        "ASK { ?s a kg:Statement }",
        "CONSTRUCT WHERE { ?s kg:startDate ?d }",
    ):
        assert query(text, store=store, timeout=60) == query(text, store=store)
    with pytest.raises(QueryError, match="malformed at line 1"):
        query("SELECT * {", store=store, timeout=60)


def test_no_store_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        query("ASK { ?s ?p ?o }", store=tmp_path / "none")


# --- Stock questions --------------------------------------------------------------------------

SAMPLE = {
    "actor": "North Korea",
    "other": "russia",
    "about": "South Korea",
    "statement": BY_NAME["invasion"].id,
    "split": "2023",
    "since": "2018",
    "until": "2025-12-31",
    "country": "rus",
    "relation": "kg:attacked",
    "place": "Panmunjom",
    "at": "2030",
}
STOCK = stock_queries()


def test_there_are_many_stock_queries_and_all_are_documented() -> None:
    kinds = [stock.kind for stock in STOCK.values()]
    assert kinds.count("question") >= 12 and kinds.count("view") == 3
    for stock in STOCK.values():
        assert stock.title and stock.title[0].isupper(), stock.name
        slots = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", stock.text))
        assert slots == {p.name for p in stock.parameters}, stock.name
        for parameter in stock.parameters:
            assert parameter.kind in PARAMETER_KINDS and parameter.name in SAMPLE


@pytest.mark.parametrize("name", STOCK)
def test_every_stock_query_answers_with_and_without_options(store: Path, name: str) -> None:
    stock = STOCK[name]
    required = {p.name: SAMPLE[p.name] for p in stock.parameters if p.required}
    every = {p.name: SAMPLE[p.name] for p in stock.parameters}
    few = query(f"@{name}", store=store, parameters=required)
    assert len(few) > 0 or name in ("changes", "common")
    if few.triples is None:
        all_given = query(f"@{name}", store=store, parameters=every)
        assert len(all_given) <= len(few)
        assert few.to_table() and few.to_csv() and few.to_json()
        order = "ORDER BY" in stock.text
        assert order, "answers come in a fixed order"


@pytest.mark.parametrize("name", STOCK)
def test_another_engine_reads_every_stock_query(name: str) -> None:
    from rdflib.plugins.sparql import prepareQuery

    assert prepareQuery(STOCK[name].text)


def rows(name: str, store: Path, **parameters: str) -> list[tuple[object, ...]]:
    return list(query(f"@{name}", store=store, parameters=parameters))


def test_allies_and_adversaries(store: Path) -> None:
    allies = rows("allies", store, actor="North Korea")
    assert [r[1] for r in allies] == ["Russia", "Vladimir Putin"]
    assert allies[0][2] == 2, "what Seoul says of Russia is only claimed"
    assert [r[1] for r in rows("adversaries", store, actor="wd:Q423")] == ["South Korea"]
    assert not rows("adversaries", store, actor="Iran")[1:], "a denied attack makes no enemy"
    assert rows("allies", store, actor="North Korea", until="2023") == []


def test_dyad_is_a_timeline_with_sources_and_words(store: Path) -> None:
    found = query("@dyad", store=store, parameters={"actor": "Russia", "other": "North Korea"})
    records = [dict(zip(found.variables, row, strict=True)) for row in found]
    assert [r["relation"] for r in records] == [
        "is an ally of",
        "signed a mutual defence pact with",
        "supported",
    ]
    assert records[2]["said"] == "South Korea"
    assert records[1]["day"] == date(2024, 1, 1)
    turned = query("@dyad", store=store, parameters={"actor": "North Korea", "other": "Russia"})
    assert turned == found


def test_a_denial_is_no_claim_of_the_one_who_denies(store: Path) -> None:
    found = query("@dyad", store=store, parameters={"actor": "Iran", "other": "Saudi Arabia"})
    said = [dict(zip(found.variables, row, strict=True))["said"] for row in found]
    assert "Iranian Foreign Ministry (denies)" in said
    acts = query("@acts", store=store, parameters={"relation": "attacked"})
    assert "Iranian Foreign Ministry (denies)" in {row[5] for row in acts}


def test_claims_and_denials(store: Path) -> None:
    claims = rows("claims", store, actor="Kim Jong Un")
    assert {r[0] for r in claims} == {"Kim Jong Un"} and len(claims) == 4
    assert [r[3] for r in rows("claims", store, about="Ukraine")] == []
    assert [r[0] for r in rows("denials", store)] == ["Iranian Foreign Ministry"]


def test_meetings_sanctions_evidence(store: Path) -> None:
    assert {(r[1], r[3]) for r in rows("meetings", store)} == {
        ("Donald Trump", "Kim Jong Un"),
        ("Vladimir Putin", "North Korea"),
    }
    assert [(r[1], r[3]) for r in rows("sanctions", store)] == [("United States", "Iran")]
    assert rows("sanctions", store, since="2019") == []
    evidence = rows("evidence", store, statement=BY_NAME["invasion"].id)
    assert len(evidence) == 2 and {r[6] for r in evidence} == {"invaded"}


def test_most_disputed(store: Path) -> None:
    assert rows("most-disputed", store) == [("Iran", "attacked", "Saudi Arabia", 1, 1)]


def test_changes_between_two_periods(tmp_path: Path) -> None:
    pact, later = BY_NAME["pact"], BY_NAME["russia-supports-seoul-says"]
    turned = replace(
        later, relation=BY_NAME["invasion"].relation, attribution=(), time=BY_NAME["pact"].time
    )
    earlier = replace(pact, time=BY_NAME["sanctions"].time)
    load_store(tmp_path / "store", build_graphs([turned, earlier], [SPEECH]))
    found = rows("changes", tmp_path / "store", split="2020")
    assert [r[2:] for r in found] == [(8.0, -10.0, -18.0)]


def test_third_parties(tmp_path: Path) -> None:
    pact, sanctions = BY_NAME["pact"], BY_NAME["sanctions"]
    on_both = [replace(sanctions, object=end) for end in (pact.subject, pact.object)]
    load_store(tmp_path / "store", build_graphs([pact, *on_both], DOCUMENTS))
    found = rows("common", tmp_path / "store", actor="Russia", other="North Korea")
    assert [r[1] for r in found] == ["United States"]
    assert found[0][2] == found[0][3] < 0  # type: ignore[operator]


def test_sanctions_that_were_lifted_are_not_in_force(tmp_path: Path) -> None:
    imposed = BY_NAME["sanctions"]
    lifting = Relation("kg:liftedSanctions", "lifted sanctions on", "RETREAT", "085", "MCOOP")

    def lifted(year: int) -> Statement:
        day = TimeInterval("then", date(year, 6, 1), date(year, 6, 1))
        return replace(imposed, relation=lifting, time=day)

    store = tmp_path / "store"
    load_store(store, build_graphs([imposed, lifted(2015)], DOCUMENTS))
    assert len(rows("sanctions", store)) == 1, "an easing before says nothing about these"
    load_store(store, build_graphs([imposed, lifted(2020)], DOCUMENTS))
    assert rows("sanctions", store) == []
    assert len(rows("sanctions", store, at="2019")) == 1
    assert rows("sanctions", store, at="2017") == [], "not yet imposed"


def test_how_a_relation_may_be_named(store: Path) -> None:
    expected = rows("acts", store, relation="kg:signedDefencePactWith")
    assert len(expected) == 1
    for name in ("signedDefencePactWith", "SIGNED a mutual defence pact with",
                 "https://w3id.org/kg/ontology#signedDefencePactWith"):  # fmt: skip
        assert rows("acts", store, relation=name) == expected
    assert "did you mean kg:attacked?" in error("@acts", store, relation="atacked")
    assert "has the relation 'zzz'" in error("@acts", store, relation="zzz")


def test_the_beginning_of_an_id_will_do(store: Path) -> None:
    whole = BY_NAME["invasion"].id
    assert rows("evidence", store, statement=whole[:8]) == rows("evidence", store, statement=whole)
    assert rows("evidence", store, statement="00000000") == []


def test_tone_year_by_year(store: Path) -> None:
    found = rows("tone", store, actor="Russia", other="North Korea")
    assert found and all(r[1] >= 1 and r[2] == 0 and r[3] > 0 for r in found)


def test_who_an_actor_parameter_may_name(store: Path) -> None:
    expected = rows("profile", store, actor="wd:Q423")
    for name in ("North Korea", "north korea", "http://www.wikidata.org/entity/Q423"):
        assert rows("profile", store, actor=name) == expected
    assert "did you mean North Korea" in error("@allies", store, actor="Nort Korea")
    assert "see @actors" in error("@allies", store, actor="Qqqqq")
    assert rows("profile", store, actor="wd:Q1") == []
    assert rows("profile", store, actor="prk") == rows("profile", store, actor="PRK") == expected
    assert "'Pyongyang' (did you mean North Korea?)" in error("@allies", store, actor="Pyongyang")


def test_an_ambiguous_name_lists_the_choices(tmp_path: Path) -> None:
    pact = BY_NAME["pact"]
    other = replace(pact.subject.actor, id="local:russia")
    twice = [pact, replace(pact, subject=replace(pact.subject, actor=other))]
    load_store(tmp_path / "store", build_graphs(twice, [SPEECH]))
    message = error("@allies", tmp_path / "store", actor="Russia")
    assert "names several actors (choose one: wd:Q159, local:russia)" in message


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("@alies", {}, r"no stock question @alies \(did you mean @allies\?\)"),
        ("@zzz", {}, r"known: actors, "),
        ("@allies", {}, r"@allies needs --actor: the actor asked about"),
        ("@allies", {"actr": "x"}, r"no parameter 'actr' \(it takes: actor, since, until\)"),
        ("@documents", {"x": "1"}, r"it takes: no parameters"),
        ("@meetings", {"since": "last year"}, r"--since 'last year' is no date \(write 2024"),
        ("@meetings", {"since": "2024-13-01"}, r"is no date"),
    ],
)
def test_wrong_parameters(store: Path, name: str, parameters: dict[str, str], message: str) -> None:
    assert re.search(message, error(name, store, **parameters))


# --- Parameters cannot inject ------------------------------------------------------------------

INJECTIONS = [
    '" } ?x ?y ?z . { "',
    "wd:Q1> . ?s ?p ?o . <http://x",
    "} UNION { ?s ?p ?o }",
    'x" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #',
    "\\u0022 } #",
    "line\nbreak\t\0",
    "local:x> } #",
    "http://example.org/> } ?s ?p ?o #",
    "'''",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_parameter_is_one_term_whatever_it_holds(store: Path, value: str) -> None:
    text = "SELECT ?given { VALUES ?given { UNDEF } }"
    assert [
        str(row[0]).count(" ") >= 0 for row in query(text, store=store, parameters={"given": value})
    ] == [True]
    for kind in ("actor", "statement"):
        name = "@profile" if kind == "actor" else "@evidence"
        try:
            assert len(query(name, store=store, parameters={kind: value})) == 0
        except QueryError as refused:
            assert "no actor of the store" in str(refused)


@given(st.text())
def test_any_text_fills_a_slot_as_itself(value: str) -> None:
    filled = fill("SELECT * { VALUES ?x { UNDEF } ?s ?p ?x }", {"x": terms.literal(value)})
    strings = [token for token in tokens(filled) if token.kind == "string"]
    assert len(strings) == 1 and terms.text_of(strings[0].text) == value


def test_typed_parameters(store: Path) -> None:
    text = "SELECT ?x (DATATYPE(?x) AS ?t) { VALUES ?x { UNDEF } }"
    for value, kind in (
        (7, "integer"), (0.5, "decimal"), (True, "boolean"), (date(2024, 2, 3), "date"),
        ("text", "string"),
    ):  # fmt: skip
        rows = list(query(text, store=store, parameters={"x": value}))
        assert rows == [(value, terms.XSD + kind)]
    iri = list(query("SELECT ?x { VALUES ?x { UNDEF } }", store=store, parameters={"x": "wd:Q1"}))
    assert iri == [("http://www.wikidata.org/entity/Q1",)]


def test_a_parameter_without_a_slot_is_refused(store: Path) -> None:
    message = error("SELECT * { ?s a kg:State }", store, actor="wd:Q1")
    assert "has no parameter 'actor' (it takes: none" in message


def test_a_slot_in_a_string_or_comment_is_none() -> None:
    text = 'SELECT * { ?s ?p "VALUES ?x { UNDEF }" } # VALUES ?x { UNDEF }'
    with pytest.raises(QueryError, match="has no parameter 'x'"):
        fill(text, {"x": '"1"'})


def test_a_slot_that_stands_twice_is_filled_twice() -> None:
    text = "SELECT * { { VALUES ?x { UNDEF } } UNION { values ?x {undef} } }"
    assert fill(text, {"x": "<a:b>"}).count("<a:b>") == 2


# --- The lexer ------------------------------------------------------------------------------------


@given(st.text())
def test_the_lexer_never_fails_and_loses_nothing(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert text[token.start : token.start + len(token.text)] == token.text
        assert token.start >= last
        last = token.start + len(token.text)
    assert calls_out(text) in (True, False)


def test_positions_count_from_one() -> None:
    assert position("ab\ncd", 4) == "line 2, column 2"
    assert position("ab", 0) == "line 1, column 1"


# --- Results ----------------------------------------------------------------------------------

NASTY = 'a "quoted", \x1b[31mred\x1b[0m\n\u202eevil 日本語 ' + "x" * 100_000


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = tmp_path_factory.mktemp("nasty") / "store"
    load_store(path, build_graphs([], [Document("d", "", title=NASTY)]))
    return query("SELECT ?t ?d { ?d schema:headline ?t }", store=path)


def test_csv_and_json_keep_hostile_text(nasty: Result) -> None:
    assert list(csv.reader(io.StringIO(nasty.to_csv(), newline="")))[1][0] == NASTY
    assert json.loads(nasty.to_json())[0]["t"] == NASTY
    header, row = nasty.to_tsv().splitlines()
    assert header == "t\td" and row.count("\t") == 1 and "\\n" in row


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://evil.example")', """'=HYPERLINK("http://evil.example")"""),
        ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), (" =1", "' =1"),
        ("|calc", "'|calc"), ("%0A=1", "'%0A=1"), ("\r=1", "'\r=1"), ("\0=1", "'\0=1"),
        ("a=1", "a=1"), ("'x", "'x"),
        (-1, "-1"), (-0.5, "-0.5"), (date(2024, 1, 2), "2024-01-02"), (None, ""), (True, "true"),
    ],
)  # fmt: skip
def test_no_cell_of_a_spreadsheet_is_a_formula(text: object, cell: str) -> None:
    result = Result(variables=("x", "y"), rows=((text, "end"),))  # type: ignore[arg-type]
    assert list(csv.reader(io.StringIO(result.to_csv(), newline="")))[1] == [cell, "end"]


def test_tables_never_steer_the_terminal_and_fit_it(nasty: Result) -> None:
    table = nasty.to_table(80)
    lines = table.splitlines()
    assert 3 <= len(lines) <= 6 and max(map(len, lines)) <= 80
    assert "\x1b" not in table and "\u202e" not in table
    assert "\\x1b[31m" in table and "…" in table and "doc:d" in table


SENTENCE = "Saudi Arabia and Iran restored diplomatic ties after talks in Beijing 日本 today."


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_a_table_fits_and_shows_its_sentences(width: int) -> None:
    row = (SENTENCE, "st:b36c01c79f7379b70fe0", 0.5, None, "word")
    result = Result(variables=("sentence", "statement", "n", "none", "w"), rows=(row,) * 2)
    table = result.to_table(width)
    lines = table.splitlines()
    assert max(map(len, lines)) <= width
    assert "Saudi" in table and ("today." in table) == (width >= 60)
    # in columns where these can be read, else row by row
    assert lines[0].startswith("── 1 ─") == (width < 40)
    assert (len(lines) == 4) == (width == 200)
    assert "b36c01" in table and ("…" in table) == (width < 200)


def test_results_without_rows(store: Path) -> None:
    empty = query("SELECT ?x { ?x a kg:Agreement }", store=store)
    assert not empty and len(empty) == 0
    assert empty.to_table().splitlines()[0] == "x"
    assert empty.to_csv() == "x\r\n" and json.loads(empty.to_json()) == []
    assert Result(answer=False).to_csv() == "answer\r\nfalse\r\n"
    assert not Result(answer=False) and Result(answer=True)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ('"7"^^<http://www.w3.org/2001/XMLSchema#integer>', 7),
        ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', 0.5),
        ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', True),
        ('"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>', date(2024, 2, 29)),
        ('"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', "2024-02-30"),
        ('"x"^^<http://www.w3.org/2001/XMLSchema#integer>', "x"),
        ('"2024-01-02T03:04:05"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
         datetime(2024, 1, 2, 3, 4, 5)),
        ('"7"^^<http://example.org/other>', "7"),
        ('"deux"@fr', "deux"),
        ("<http://example.org/>", "http://example.org/"),
        ("_:b0", "_:b0"),
        (None, None),
    ],
)  # fmt: skip
def test_values(term: str | None, value: object) -> None:
    assert value_of(term) == value
    assert type(value_of(term)) in (type(value), IRI)


def test_a_query_loads_no_heavy_library(store: Path) -> None:
    task = (
        "import sys; from kg.graph.query import query\n"
        "query('@allies', store=sys.argv[1], parameters={'actor': 'Russia'}).to_table()\n"
        "heavy = {'rdflib', 'pandas', 'pyshacl', 'spacy', 'networkx', 'numpy'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", task, str(store)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
