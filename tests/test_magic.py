"""``%%sparql`` in a notebook, and DataFrames that show statements with their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest
from graph.servers import scripted
from graph.statements import BY_NAME, DOCUMENTS, STATEMENTS
from IPython.core.error import UsageError
from IPython.testing.globalipapp import start_ipython

import kg
from kg.graph.frame import Frame, frame_of, timestamps
from kg.graph.query import query
from kg.graph.rdf import build_graphs
from kg.graph.result import IRI, Result
from kg.graph.store import load_store
from kg.statement import Document


@pytest.fixture
def graph(tmp_path: Path, meetings: None) -> kg.Graph:
    """A build of a small article, by the reader that needs no model."""
    article = tmp_path / "article.txt"
    article.write_text("Ann met Bob.\n\nBob met Cat.\n", encoding="utf-8")
    return kg.build(article, tmp_path / "out", date=date(2024, 5, 1))


@pytest.fixture(scope="session")
def shell() -> Iterator[Any]:
    found = start_ipython()
    found.run_line_magic("load_ext", "kg.notebook")
    yield found


@pytest.fixture
def cells(shell: Any, graph: kg.Graph) -> Iterator[Any]:
    """A shell in which ``graph`` is the only graph."""
    shell.user_ns["graph"] = graph
    yield shell
    for name in ("graph", "other", "found", "again"):
        shell.user_ns.pop(name, None)


ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o "
    "FILTER(STR(?a) < STR(?i)) }"
)
NAMES = "SELECT ?a ?b WHERE { ?x kg:met ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a ?b"


def test_a_cell_is_a_query(cells: Any) -> None:
    frame = cells.run_cell_magic("sparql", "", NAMES)
    assert isinstance(frame, Frame) and frame["a"].tolist() == ["Ann", "Bob", "Bob", "Cat"]


def test_a_line_is_a_question_with_parameters(cells: Any) -> None:
    frame = cells.run_line_magic("sparql", "@meetings --actor Ann")
    assert frame["other"].tolist() == ["Bob"]
    frame = cells.run_line_magic("sparql", "graph @meetings --actor=Cat --since 2024")
    assert len(frame) == 1


def test_into_a_variable(cells: Any) -> None:
    assert cells.run_cell_magic("sparql", "--into found", NAMES) is None
    assert len(cells.user_ns["found"]) == 4
    assert cells.run_line_magic("sparql", "@documents --into again") is None
    assert len(cells.user_ns["again"]) == 1


def test_slots_are_filled_with_terms(cells: Any) -> None:
    text = "SELECT ?given { VALUES ?given { UNDEF } }"
    frame = cells.run_cell_magic("sparql", "--given '} } #'", text)
    assert frame["given"].tolist() == ["} } #"]


def test_ask_and_construct(cells: Any) -> None:
    assert cells.run_cell_magic("sparql", "", "ASK { ?a kg:met ?b }") is True
    assert "kg:met" in cells.run_cell_magic("sparql", "", "CONSTRUCT WHERE { ?a kg:met ?b }")


@pytest.mark.parametrize(
    ("line", "cell", "message"),
    [
        ("", "SELECT * {", "malformed at line 1, column 11, at its end"),
        ("", "ASK { ?a kg:mett ?b }", "did you mean kg:met?"),
        ("@meetings --actor An", "", "did you mean Ann"),
        ("@meetings --actor", "", "--actor needs a value"),
        ("@nonsense", "", "there is no stock question @nonsense"),
        ("nonsense @meetings", "", "'nonsense' is neither a graph nor an option"),
        ("@meetings --into 7x", "", "'7x' is no name of a variable"),
        ("--timeout soon @meetings", "", "--timeout 'soon' is no number of seconds"),
        ("--timeout=0.2", ENDLESS, "took longer than 0.2 seconds"),
        ("@meetings --actor 'Ann", "", "the line cannot be read"),
        ("@meetings", "ASK {}", "give either @name on the line or a query in the cell"),
        ("", "  ", "give either @name"),
    ],
)
def test_mistakes_are_one_line(cells: Any, line: str, cell: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        cells.run_cell_magic("sparql", line, cell or "\n")
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_which_graph(cells: Any, graph: kg.Graph) -> None:
    cells.user_ns["again"] = graph  # the same one by another name
    assert len(cells.run_line_magic("sparql", "@documents")) == 1
    cells.user_ns["other"] = kg.load(graph.path)
    with pytest.raises(UsageError, match="name one on the line: again, graph, other"):
        cells.run_line_magic("sparql", "@documents")
    assert len(cells.run_line_magic("sparql", "other @documents")) == 1
    for name in ("again", "other", "graph"):
        del cells.user_ns[name]
    with pytest.raises(UsageError, match=r"there is no graph yet"):
        cells.run_line_magic("sparql", "@documents")


# --- The graph as tables and networks ---------------------------------------------------------


def test_statements_frame(graph: kg.Graph) -> None:
    frame = graph.statements_frame()
    assert len(frame) == 2 and frame["relation_id"].tolist() == ["kg:met"] * 2
    assert frame["published"].tolist() == [pandas.Timestamp("2024-05-01")] * 2
    assert str(frame["start"].dtype).startswith("datetime64")
    assert frame["event"].tolist() == ["CONSULT"] * 2
    assert graph.query("@evidence", statement=frame["id"][0])["sentence"].tolist() == [
        frame["sentence"][0]
    ]


def test_to_networkx(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    assert network.number_of_nodes() == 3 and network.number_of_edges() == 2


def test_a_query_may_have_a_time_limit(graph: kg.Graph) -> None:
    with pytest.raises(kg.KGError, match="took longer than"):
        graph.query(ENDLESS, timeout=0.3)


# --- Frames -----------------------------------------------------------------------------------

NASTY = '<script>alert("x")</script>\x1b[31m\u202e'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frames") / "store"
    documents = [*DOCUMENTS, Document("nasty", "", title=NASTY)]
    load_store(path, build_graphs(STATEMENTS, documents))
    return path


def test_columns_have_their_types(store: Path) -> None:
    frame = frame_of(
        query(
            """SELECT ?s ?start ?confidence ?offset ?none ?maybe ?yes WHERE {
                 ?s kg:relation kg:invaded ; kg:startDate ?start ; kg:evidence ?e .
                 ?e kg:confidence ?confidence ; kg:sentence/kg:start ?offset .
                 OPTIONAL { ?s kg:condition ?none }
                 OPTIONAL { ?e kg:sentence/kg:start ?maybe FILTER (?maybe > 0) }
                 BIND (true AS ?yes) } ORDER BY ?offset""",
            store=store,
        ),
        store,
    )
    kinds = [str(kind) for kind in frame.dtypes]
    assert kinds == ["object", "datetime64[s]", "float64", "int64", "object", "Int64", "bool"]
    assert isinstance(frame["s"][0], IRI) and frame["s"][0].startswith("https://")
    assert frame["start"][0] == pandas.Timestamp("2022-02-24") and frame["none"].tolist() == [
        None,
        None,
    ]


def test_days_of_any_year() -> None:
    days = [date(1, 1, 1), None, date(1453, 5, 29), date(9999, 12, 31)]
    column = timestamps(days)
    assert [None if pandas.isna(day) else day.date() for day in column] == days


def test_iris_are_shown_short_and_kept_whole(store: Path) -> None:
    asked = "SELECT ?s ?c { ?s a kg:State OPTIONAL { ?s kg:condition ?c } } ORDER BY ?s"
    frame = frame_of(query(asked, store=store))
    assert "wd:Q1016" in repr(frame) and "http" not in repr(frame) and "NaN" not in repr(frame)
    assert frame["s"][0] == "http://www.wikidata.org/entity/Q1016"
    part = frame.head(1)
    assert isinstance(part, Frame) and "wd:Q1016" in repr(part)
    assert 'href="http://www.wikidata.org/entity/Q1016"' in frame._repr_html_()


def test_statements_open_to_their_words(store: Path) -> None:
    asked = "SELECT ?s { ?s kg:relation kg:invaded }"
    html = frame_of(query(asked, store=store), store)._repr_html_()
    invasion = BY_NAME["invasion"]
    assert f'<summary title="https://w3id.org/kg/id/statement/{invasion.id}">st:' in html
    assert "Russia invaded Ukraine on 24 February 2022." in html and html.count("–") == 2
    assert "<details>" not in frame_of(query(asked, store=store))._repr_html_()
    gone = frame_of(query(asked, store=store), store)
    gone.attrs["store"] = "/nowhere"
    assert f"st:{invasion.id}" in gone._repr_html_()


def test_hostile_text_stays_text(store: Path) -> None:
    frame = frame_of(query("SELECT ?t { ?d schema:headline ?t }", store=store), store)
    frame.columns = ["<b>t</b>"]
    html = frame._repr_html_()
    assert "<script" not in html and "<b>" not in html and "&lt;script&gt;" in html
    assert "\x1b" not in html and "\u202e" not in html
    link = Result(variables=("x",), rows=((IRI('https://x.example/"onclick="alert(1)'),),))
    assert '"onclick' not in frame_of(link)._repr_html_()


def test_long_tables_show_both_ends() -> None:
    result = Result(variables=("n",), rows=tuple((number,) for number in range(1000)))
    html = frame_of(result)._repr_html_()
    assert html.count("<tr>") == 62 and "<td>999</td>" in html and "1000 rows × 1 columns" in html
    assert frame_of(Result(variables=("n",)))._repr_html_().count("<tr>") == 1
    huge = Result(variables=("n",), rows=((10**30,), (1,)))
    assert frame_of(huge)["n"].tolist() == [10**30, 1]


def test_push_from_python(graph: kg.Graph) -> None:
    with scripted(204) as server:
        report = graph.push(server.url, via="update", batch=1_000)
    assert report.sent == len(server.requests) >= 2
    assert b"#met>" in b"".join(request.body for request in server.requests)
