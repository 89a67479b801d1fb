"""``kg query`` and ``kg serve`` on the command line: forms, files, terminals, what is missing."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, STATEMENTS

from kg.cli import main
from kg.graph.rdf import build_graphs
from kg.graph.store import load_store
from kg.statement import Document

NASTY = "=1+1 \x1b[31m\u202e\t\n\\ ü"
TITLES = "SELECT ?t { <https://w3id.org/kg/id/document/nasty> schema:headline ?t }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query")
    documents = [*DOCUMENTS, Document("nasty", "", title=NASTY)]
    load_store(path / "store", build_graphs(STATEMENTS, documents))
    return path


def asked(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints."""
    assert main(["query", *arguments, "--from", str(folder)]) == 0
    return capsys.readouterr().out


def failed(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that the command says when it cannot do its work."""
    assert main(["query", *arguments, "--from", str(folder)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("kg: error: ") and said.err.count("\n") == 1
    return said.err


def test_every_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert next(csv.reader(io.StringIO(asked(folder, capsys, TITLES), newline=""))) == ["t"]
    rows = list(csv.reader(io.StringIO(asked(folder, capsys, TITLES), newline="")))
    assert rows[1] == ["'" + NASTY]
    tsv = asked(folder, capsys, TITLES, "--format", "tsv")
    assert tsv == "t\n=1+1 \x1b[31m\u202e\\t\\n\\\\ ü\n"
    assert json.loads(asked(folder, capsys, TITLES, "--format", "json")) == [{"t": NASTY}]
    table = asked(folder, capsys, TITLES, "--format", "table")
    assert "\x1b" not in table and "\u202e" not in table and "\\x1b[31m" in table
    assert asked(folder, capsys, "CONSTRUCT WHERE { ?a kg:met ?b }").startswith("@prefix")


def test_a_file_and_standard_input(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "question.rq"
    file.write_text("ASK { wd:Q159 a kg:State } # ü", encoding="utf-8")
    assert asked(folder, capsys, str(file)) == "answer\ntrue\n".replace("\n", "\r\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK {}"))
    assert "true" in asked(folder, capsys, "-")
    assert "cannot be read: No such file" in failed(folder, capsys, str(tmp_path / "none.rq"))
    file.write_bytes(b"\xff")
    assert "not UTF-8" in failed(folder, capsys, str(file))


def test_parameters_follow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = asked(folder, capsys, "@allies", "--actor", "North Korea", "--since=2024")
    assert "Russia" in out
    assert "needs a value" in failed(folder, capsys, "@allies", "--actor")
    assert "'wd:Q159' is not an option" in failed(folder, capsys, "@allies", "wd:Q159")


def test_mistakes_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "expected '}'" in failed(folder, capsys, "SELECT * {")
    assert "no query given" in failed(folder, capsys)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) < STR(?i)) }"
    said = failed(folder, capsys, endless, "--timeout", "0.3")
    assert "took longer than 0.3 seconds" in said
    assert "nested too deeply" in failed(folder, capsys, "ASK " + "{" * 100_000)


@pytest.mark.parametrize("seconds", ["-1", "nan", "soon", "1e99"])
def test_no_number_of_seconds(
    folder: Path, capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    with pytest.raises(SystemExit):
        main(["query", "ASK {}", "--timeout", seconds])
    assert "is no number of seconds" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_nothing_steers_a_terminal(folder: Path, form: str) -> None:
    ours, theirs = pty.openpty()
    code = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "query", TITLES, "--from", str(folder), "--format", form],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"},
        stdout=theirs,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert done.returncode == 0 and b"=1+1" in shown
    assert b"\x1b" not in shown and "\u202e".encode() not in shown


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--list"]) == 0
    listed = capsys.readouterr().out
    assert listed.count("@") >= 20 and "--actor  the actor asked about (required)" in listed


def test_serving_needs_a_package(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.graph.endpoint")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette", None)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    assert main(["serve", str(folder)]) == 2
    said = capsys.readouterr().err
    assert 'pip install "geokg[serve]"' in said and said.count("\n") == 1
