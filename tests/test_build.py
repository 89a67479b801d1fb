"""The build: what it writes, that it repeats itself exactly, that it never destroys anything."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path

import pytest

import kg
from kg import folder
from kg.errors import DataError, DocumentError, StoreError
from kg.placing import AREA
from kg.statement import Document

pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    (path / "a.txt").write_text("Talks\nAnna met Boris. Boris met Clara.")
    (path / "b.txt").write_text("Clara met Dora.")
    (path / "b.yml").write_text("id: b\ndate: 2025-09-22\n")
    return path


def contents(path: Path) -> dict[str, bytes]:
    return {name: (path / name).read_bytes() for name in folder.FILES}


def test_writes_everything(articles: Path, tmp_path: Path) -> None:
    graph = kg.build(articles, tmp_path / "out", date=date(2020, 1, 1))
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [*folder.FILES, folder.STORE]
    )
    assert len(graph) == len(graph.statements) == 3
    assert [d.date for d in graph.documents] == [date(2020, 1, 1), date(2025, 9, 22)]
    texts = {document.id: document.text for document in graph.documents}
    for statement in graph.statements:
        sentence = statement.evidence.sentence
        text = texts[statement.evidence.document]
        assert text[sentence.start : sentence.end] == sentence.text
    assert graph.skipped == []
    turtle = (tmp_path / "out" / "graph.ttl").read_text()
    assert re.search(r'kg:modelVersion "kg-en [0-9a-f]{12}"', turtle)
    assert f'kg:softwareVersion "{kg.__version__}"' in turtle
    assert "3 statements about 4 actors" in graph.headlines()[0]
    summary = (tmp_path / "out" / "summary.md").read_text()
    assert "| met | CONSULT | 3 |" in summary
    assert "| Boris | local:boris | 2 |" in summary


def test_a_second_run_changes_nothing(articles: Path, tmp_path: Path) -> None:
    graph = kg.build(articles, tmp_path / "out")
    before = contents(graph.path)
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }"
    assert graph.query(count)["n"][0] == 3
    again = kg.build(articles, tmp_path / "out")
    assert contents(again.path) == before
    assert again.query(count)["n"][0] == 3
    elsewhere = kg.build(articles, tmp_path / "elsewhere")
    assert contents(elsewhere.path) == before


def test_another_input_replaces_the_graph(articles: Path, tmp_path: Path) -> None:
    kg.build(articles, tmp_path / "out")
    graph = kg.build(articles / "b.txt", tmp_path / "out")
    assert len(graph) == 1
    found = graph.query("SELECT ?l WHERE { ?s kg:subject/rdfs:label ?l }")
    assert sorted(found["l"]) == ["Clara"]


def test_documents_are_input_again(articles: Path, tmp_path: Path) -> None:
    first = kg.build(articles, tmp_path / "out")
    shutil.copy(first.path / folder.DOCUMENTS, tmp_path / "documents.jsonl")
    second = kg.build(tmp_path / "documents.jsonl", tmp_path / "again")
    assert contents(second.path) == contents(first.path)


def test_skipped_documents_are_named(articles: Path, tmp_path: Path) -> None:
    (articles / "c.txt").write_text("")
    (articles / "d.txt").write_text("This is unreadable.")
    (articles / "e.txt").write_bytes(b"Caf\xe9 owner Anna met Boris.")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        graph = kg.build(articles, tmp_path / "out")
    assert len(graph.documents) == 3
    assert len(graph.skipped) == 2
    assert "c.txt: is empty" in graph.skipped[0]
    assert "could not be read" in graph.skipped[1]
    assert [str(w.message) for w in caught] == [f"skipped: {line}" for line in graph.skipped]
    summary = (graph.path / "summary.md").read_text()
    assert "3 documents, 3 statements with 4 pieces of evidence, 2 skipped." in summary
    assert "## Skipped" in summary
    assert "c.txt: is empty" in summary
    assert "read as Windows-1252" in summary


def test_nothing_at_all_still_gives_a_graph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nobody does anything here.")
    graph = kg.build(tmp_path / "a.txt", tmp_path / "out")
    assert len(graph) == 0
    assert graph.query("SELECT ?s WHERE { ?s a kg:Statement }").empty


@pytest.mark.parametrize("text", ["", "This is unreadable."])
def test_where_nothing_can_be_read_the_old_graph_stays(
    articles: Path, tmp_path: Path, text: str
) -> None:
    before = contents(kg.build(articles, tmp_path / "out").path)
    (tmp_path / "bad.txt").write_text(text)
    problem = "nothing to build: none of 1 document could be read"
    with pytest.warns(UserWarning), pytest.raises(DocumentError, match=problem):
        kg.build(tmp_path / "bad.txt", tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no articles are named"):
        kg.build([], tmp_path / "out")


def test_summary_shows_hostile_text_as_text(tmp_path: Path) -> None:
    record = {
        "id": "<img src=x>|[x](javascript:y)",
        "title": "# `a` **b** & c",
        "text": "Anna met Boris.",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    summary = (kg.build(tmp_path / "a.jsonl", tmp_path / "out").path / "summary.md").read_text()
    assert r"\<img src=x\>\|\[x\](javascript:y)" in summary
    assert r"\# \`a\` \*\*b\*\* \& c" in summary


# --- what can go wrong with the output folder -------------------------------------------


def test_a_failing_build_leaves_everything_as_it_was(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = kg.build(articles, tmp_path / "out")
    before = contents(graph.path)

    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.graph.view.write_html", full)
    with pytest.raises(StoreError, match="No space left on device"):
        kg.build(articles / "b.txt", tmp_path / "out")
    assert contents(graph.path) == before
    # what was read is kept for the next attempt, and nothing else
    names = {*folder.FILES, folder.STORE, AREA}
    assert {path.name for path in graph.path.iterdir()} == names
    assert graph.query("ASK { ?s a kg:Statement }") is True


def test_what_a_killed_build_left_is_removed(articles: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True
    )
    dead = tmp_path / "out" / f".building-{int(done.stdout)}-abc"
    alive = tmp_path / "out" / f".building-{os.getpid()}-abc"
    dead.mkdir(parents=True)
    alive.mkdir()
    kg.build(articles, tmp_path / "out")
    assert not dead.exists()
    assert alive.exists()


def test_a_first_build_that_fails_leaves_what_it_read(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kg.graph.view.write_html", fail)
        with pytest.raises(KeyboardInterrupt):
            kg.build(articles, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [AREA]
    with monkeypatch.context() as patched:
        patched.setattr("conftest.MeetingReader.extract_all", fail)
        assert len(kg.build(articles, tmp_path / "out")) == 3, "nothing is read again"
    assert not (tmp_path / "out" / AREA).exists()


def test_a_first_build_that_cannot_begin_leaves_no_folder(articles: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    with pytest.raises(DataError):
        kg.build(articles, tmp_path / "out", actors=[table])
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be_written(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    for out in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(StoreError, match=r"cannot be written: .* \(choose another folder\)"):
            kg.build(articles, out)
    assert (tmp_path / "file").read_text() == "precious"


@pytest.mark.parametrize("name", ["summary.md", "store", "graph.html"])
def test_files_of_others_are_not_replaced(articles: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("precious")
    with pytest.raises(StoreError, match=f"{name}: was not made by `kg build`"):
        kg.build(articles, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [name]
    assert (tmp_path / "out" / name).read_text() == "precious"


def test_other_files_in_the_folder_stay(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    kg.build(articles, tmp_path / "out")
    kg.build(articles, tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_a_build_into_the_input_folder(articles: Path) -> None:
    first = contents(kg.build(articles, articles / "out").path)
    assert (
        contents(kg.build(articles, articles / "out").path)["statements.jsonl"]
        == (first["statements.jsonl"])
    )


# --- opening again ------------------------------------------------------------------------


def test_load(articles: Path, tmp_path: Path) -> None:
    built = kg.build(articles, tmp_path / "out")
    graph = kg.load(tmp_path / "out")
    assert graph.statements == built.statements
    assert graph.documents == built.documents
    assert repr(graph) == f"<Graph {tmp_path / 'out'}: 2 documents, 3 statements>"


@pytest.mark.parametrize("folder_name", ["nowhere", "articles"])
def test_load_of_what_is_no_graph(articles: Path, tmp_path: Path, folder_name: str) -> None:
    with pytest.raises(DataError, match="no graph in this folder"):
        kg.load(tmp_path / folder_name)


def test_document_records_are_lossless() -> None:
    for document in (
        Document("a", "Text.", "Title", date(2025, 9, 22), "S", "https://example.org", "en"),
        Document("b", "Text."),
    ):
        assert folder.document_from(folder.document_record(document)) == document


def test_copies_of_what_is_there_are_recognised(tmp_path: Path) -> None:
    report = " ".join(f"Envoy {n} of the north met envoy {n} of the south." for n in range(9))
    (tmp_path / "a.txt").write_text(f"Anna met Boris. {report}")
    (tmp_path / "b.txt").write_text(f"A headline\n\nAnna met Boris. {report}\n\nAdvertisement\n")
    graph = kg.build(tmp_path / "a.txt", tmp_path / "out")
    (first,) = graph.documents
    graph = kg.build(tmp_path / "b.txt", tmp_path / "out", add=True)
    stories = {document.id: document.story for document in graph.documents}
    assert len(stories) == 2
    assert set(stories.values()) == {None, first.id}
    ties = [tie["evidence"] for *_, tie in graph.network().edges(data=True)]
    assert set(ties) == {1}, "two documents of one story are one piece of evidence"
    assert "The documents tell 1 story;" in (graph.path / folder.SUMMARY).read_text("utf-8")
