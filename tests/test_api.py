"""The Python API on a small graph: queries, tables, network, files, display."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import kg
import kg.folder
from kg.errors import KGError, QueryError

pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def graph(tmp_path: Path, meetings: None) -> kg.Graph:
    (tmp_path / "a.txt").write_text("Anna met Boris. Boris met Clara.")
    return kg.build(tmp_path / "a.txt", tmp_path / "out")


def test_all_names_can_be_had() -> None:
    assert len(kg.__all__) == 9
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert set(kg.__all__) == set(dir(kg))
    with pytest.raises(AttributeError, match="has no attribute 'biuld'"):
        kg.biuld  # type: ignore[attr-defined]  # noqa: B018


def test_docs_say_what_there_is() -> None:
    page = (Path(__file__).parents[1] / "docs" / "python.md").read_text(encoding="utf-8")
    for name in set(kg.__all__) - {"__version__"}:
        assert f"kg.{name}" in page
    for name in vars(kg.Graph):
        if not name.startswith("_"):
            assert f"`graph.{name}" in page or f", `graph.{name}" in page, name
    for function in (kg.build, kg.extract, kg.extract_text, kg.load):
        (shown,) = re.findall(rf"^\| `kg\.{function.__name__}\((.*?)\)` \|", page, re.M)
        parameters = inspect.signature(function).parameters.values()
        assert re.findall(r"(\w+)(?:=[^,]+)?(?:, |$)", shown) == [p.name for p in parameters]


def test_select_gives_a_frame(graph: kg.Graph) -> None:
    frame = graph.query("SELECT ?l WHERE { ?s a kg:Statement ; kg:subject/rdfs:label ?l }")
    assert isinstance(frame, pd.DataFrame)
    assert sorted(frame["l"]) == ["Anna", "Boris"]


def test_select_without_pandas(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.folder, "find_spec", lambda name: None)
    rows = graph.query("SELECT ?l WHERE { ?s kg:object/rdfs:label ?l } ORDER BY ?l")
    assert rows == [{"l": "Boris"}, {"l": "Clara"}]


def test_ask_and_construct(graph: kg.Graph) -> None:
    assert graph.query("ASK { ?a kg:met ?b }") is True
    turtle = graph.query("CONSTRUCT { ?a kg:met ?b } WHERE { ?a kg:met ?b }")
    assert "local:anna kg:met local:boris" in turtle


def test_mistakes_in_queries(graph: kg.Graph) -> None:
    for text in ("SELECT", "SELECT ?x WHERE { ?x kg:mett ?y }", "@nothing-like-this"):
        with pytest.raises(QueryError):
            graph.query(text)
    assert issubclass(QueryError, KGError)


def test_network(graph: kg.Graph) -> None:
    network = graph.network()
    assert isinstance(network, nx.MultiDiGraph)
    assert sorted(network) == ["local:anna", "local:boris", "local:clara"]


def test_statements_frame(graph: kg.Graph) -> None:
    frame = graph.statements_frame()
    assert list(frame["subject"]) == ["Anna", "Boris"]
    assert list(frame["sentence"]) == ["Anna met Boris.", "Boris met Clara."]


@pytest.mark.parametrize("name", ["again.ttl", "again.trig"])
def test_to_turtle(graph: kg.Graph, tmp_path: Path, name: str) -> None:
    graph.to_turtle(tmp_path / name)
    built = graph.path / ("graph" + Path(name).suffix)
    assert (tmp_path / name).read_bytes() == built.read_bytes()


def test_show_outside_a_notebook_opens_the_page(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    graph.show()
    assert opened == [graph.page.resolve().as_uri()]


def test_extract_and_skipped(tmp_path: Path, meetings: None) -> None:
    (tmp_path / "a.txt").write_text("Anna met Boris.")
    (tmp_path / "b.txt").write_text("")
    with pytest.warns(UserWarning, match=r"b\.txt: is empty"):
        statements = list(kg.extract(tmp_path))
    assert [s.subject.actor.label for s in statements] == ["Anna"]


def test_extract_text() -> None:
    statements = kg.extract_text("Then\r\nAnna met Boris.")
    assert [s.subject.span.start for s in statements] == [6]
