"""Where a query is wrong and what would be right there; what is right is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, STATEMENTS
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph.grammar import explain, find_mistake
from kg.graph.query import query
from kg.graph.rdf import build_graphs
from kg.graph.stock import stock_queries
from kg.graph.store import load_store

MISTAKES = [
    ("SELECT ?x WHERE { ?s ?p }", "column 25, near '}': expected a variable or a value"),
    ("SELECT ?x WHERE { ?s ?p ?o ?q }", "column 28, near '?q': expected ',' or '.' or ';' or '}'"),
    ("SELECT * {", "line 1, column 11, at its end: expected '}'"),
    ("SELECT ?x { ?s ?p ?o ORDER BY ?x", "near 'ORDER': expected ',' or '.' or ';' or '}'"),
    ("CONSTRUCT { ?s ?p } WHERE {}", "column 19, near '}': expected a variable or a value"),
    ("SELECT ?x\nWHERE {\n  ?s a kg:Statement ; ?o\n}", "line 4, column 1, near '}'"),
    ("SELEC ?x {}", "column 1, near 'SELEC': did you mean SELECT?"),
    ("SELECT ?a { ?a kg:met ?b } ORDR BY ?a", "column 28, near 'ORDR': did you mean ORDER?"),
    ("SELECT ?a { ?a kg:met ?b FLTER(?a) }", "near 'FLTER': did you mean FILTER?"),
    ("SELECT ?x { ?s ?p ?o } ORDER ?x", "column 30, near '?x': expected BY"),
    ("SELECT ?x { ?s ?p ?o } LIMIT ten", "column 30, near 'ten': expected a number"),
    ("SELECT ?x { ?s ?p ?o } LIMIT", "at its end: expected a number"),
    ("SELECT ?x, ?y { ?s ?p ?o }", "column 10, near ','"),
    ("SELECT ?x { ?s ?p 'abc }", 'column 19, near "\'abc": this text has no closing quote'),
    ("SELECT ?x { ?s ?p ?o FILTER ?x > 3 }", "near '?x': expected '(' or a function"),
    ("SELECT ?x { FILTER (?x = = 3) }", "column 26, near '=': expected a variable or a value"),
    ("SELECT COUNT(?x) AS ?n { ?x ?p ?o }", "near 'COUNT': what is computed stands in brackets"),
    ("SELECT (COUNT(?x)) { ?x ?p ?o }", "near ')': expected an operator or AS"),
    ("SELECT * { OPTIONAL ?s kg:met ?o }", "near '?s': expected '{'"),
    ("SELECT * { ?s a kg:State }}", "near '}': expected GROUP or HAVING"),
    ("SELECT * { ?s <http://exa mple> ?o }", "an IRI holds no blanks"),
    ("SELECT * { FILTER(STRR(?o)) }", "near 'STRR': did you mean STR?"),
    ("SELECT * { FILTER NOT EXIST { ?s a ?x } }", "near 'EXIST': did you mean EXISTS?"),
    ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", "is a variable bound twice"),
    ("SELECT ?y { ?x a ?y } GROUP BY ?x", "(The SELECT contains a variable that is unbound)"),
]
EVERYTHING = """
PREFIX x: <urn:x> BASE <urn:b>
SELECT DISTINCT ?s (COUNT(DISTINCT *) AS ?n) (GROUP_CONCAT(?a; SEPARATOR="|") AS ?g)
FROM <urn:g> FROM NAMED <urn:h>
WHERE {
  { SELECT * { ?s ?p ?o } LIMIT 5 OFFSET 2 }
  ?s kg:a/^kg:b*|!(a|^kg:c)+ ?o ; a kg:D , kg:E ; . [] ?p () .
  ( 1 _:b "x"@en-GB ) ?p [ a x:y ] .
  { ?a ?b -1.5e3 } UNION { ?a ?b true } OPTIONAL { ?c ?d "1"^^xsd:integer } MINUS { ?e ?f ?g }
  GRAPH ?gr { ?s ?p '''long "text"''' } BIND (?a + 3 * -?b / 2 AS ?q)
  FILTER (!BOUND(?x) && ?y IN (1, 2) || ?z NOT IN () && REGEX(STR(?l), "x", "i"))
  FILTER NOT EXISTS { ?s a ?t } FILTER x:fn(?a, 1) FILTER (x:fn() <= 3) # a comment
  VALUES (?m ?k) { (UNDEF 1) (<urn:a> "b") } VALUES ?j { }
}
GROUP BY ?s (?a + 1 AS ?w) STR(?b) HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s LIMIT 3"""
RIGHT = {
    **{name: stock.text for name, stock in stock_queries().items()},
    "everything": EVERYTHING,
    "ask": "ASK {}",
    "describe": "DESCRIBE wd:Q159 ?x WHERE { ?x a kg:State }",
    "short construct": "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3",
    "lower case": "select distinct * where { ?s a ?o filter exists { ?s ?p 1 } } values ?s { 1 }",
}
UPDATES = [
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } . <urn:a> <urn:b> 2 }",
    "PREFIX x: <urn:x> WITH x:g DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING NAMED x:h "
    "WHERE { ?s ?p ?o } ; PREFIX y: <urn:y> CLEAR SILENT GRAPH y:g ;",
    "LOAD <urn:a> INTO GRAPH <urn:b> ; COPY DEFAULT TO <urn:c> ; DELETE WHERE { ?s ?p ?o }",
    "",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grammar") / "store"
    load_store(path, build_graphs(STATEMENTS, DOCUMENTS))
    return path


def test_how_many_there_are() -> None:
    assert len(MISTAKES) == 25 and len(RIGHT) >= 25 and len(UPDATES) == 4


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistakes_are_found_where_they_are(store: Path, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=r"^the query is malformed ") as caught:
        query(text, store=store)
    assert message in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", RIGHT)
def test_the_grammar_takes_what_is_right(name: str) -> None:
    assert find_mistake(RIGHT[name]) is None


@pytest.mark.parametrize("text", UPDATES)
def test_updates_have_a_grammar_too(text: str) -> None:
    assert find_mistake(text, update=True) is None
    broken = find_mistake(text + " nonsense", update=True)
    assert broken is not None and broken.found == "nonsense"


@given(st.text(alphabet="SELECT WHERE{}()?x:<>'\"|^.;,*+!&#\\\n 1a", max_size=60))
def test_looking_for_mistakes_never_fails(text: str) -> None:
    mistake = find_mistake(text)
    if mistake is not None:
        assert 0 <= mistake.offset <= len(text)
        assert "\n" not in explain(text, mistake)


def test_thousands_of_brackets(store: Path) -> None:
    text = "SELECT * " + "{" * 100_000
    assert find_mistake(text) is None
    with pytest.raises(QueryError, match="nested too deeply"):
        query(text, store=store, timeout=60)
