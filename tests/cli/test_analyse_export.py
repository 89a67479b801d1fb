"""``kg analyse`` and ``kg export`` in one process, on statements made without a model."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import networkx as nx
import pytest
from browser.story import story

from kg.cli import main
from kg.folder import DOCUMENTS, MARKER, PAGE, STATEMENTS, document_record
from kg.jsonlines import write_statements


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder of a build."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    statements, documents = story(20, 120)
    with (folder / STATEMENTS).open("w", encoding="utf-8") as file:
        write_statements(statements, file)
    records = [json.dumps(document_record(one)) + "\n" for one in documents]
    (folder / DOCUMENTS).write_text("".join(records), encoding="utf-8")
    (folder / PAGE).write_text("a page")
    (folder / MARKER).write_text(json.dumps({"documents": len(documents), "statements": 120}))
    return folder


def test_analyse_prints_the_findings(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse"]) == 0
    out, err = capsys.readouterr()
    assert "Who matters" in out
    assert "Nastan" in out
    assert err == ""


def test_analyse_writes_a_report_that_leads_to_the_page(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("reports").mkdir()
    assert main(["analyse", "out", "--report", "reports/one.html"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Wrote reports/one.html.\n")
    report = Path("reports/one.html").read_text(encoding="utf-8")
    assert 'href="../out/graph.html#selected=' in report
    (graph / PAGE).unlink()
    assert main(["analyse", "out", "--report", "two.html"]) == 0
    assert "graph.html" not in Path("two.html").read_text(encoding="utf-8")


def test_analyse_gives_json(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--since", "2024", "--until", "2024-06", "--period", "month", "--half-life", "0"]
    assert main(["analyse", "out", "--json", "--asserted", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["options"] == {
        "since": "2024-01-01",
        "until": "2024-06-30",
        "period": "month",
        "half_life": None,
        "asserted": True,
        "by_state": False,
    }
    assert {period["name"][:4] for period in found["periods"]} == {"2024"}


def test_analyse_reads_a_file_of_statements(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", "out/statements.jsonl"]) == 0
    assert "Who matters" in capsys.readouterr().out


def test_statements_come_from_standard_input(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["analyse", "-"],
        ["export", "-", "-o", "n.gexf"],
        ["show", "-", "--no-open"],
    ):
        text = (graph / STATEMENTS).read_text(encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        assert main(arguments) == 0
    assert "Nastan" in capsys.readouterr().out
    assert "Nastan" in Path("n.gexf").read_text(encoding="utf-8")
    assert Path("graph.html").exists()


def test_analyse_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("")
    report = tmp_path / "report.html"
    assert main(["analyse", str(empty)]) == 0
    assert "nothing to analyse" in capsys.readouterr().out
    assert main(["analyse", str(empty), "--report", str(report)]) == 0
    assert "nothing to compare" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--since", "yesterday"],
        ["--until", "2024-02-30"],
        ["--since", "2024-13"],
        ["--until", "0000"],
        ["--half-life", "-1"],
        ["--half-life", "nan"],
        ["--period", "week"],
    ],
)
def test_analyse_refuses_what_makes_no_sense(
    graph: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["analyse", "out", *arguments])
    assert stopped.value.code == 2
    assert arguments[1] in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["analyse", "export"])
def test_a_folder_without_a_graph(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, str(tmp_path)]) == 2
    assert "make one with `kg build`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.graphml", b"<?xml"),
        ("a.gexf", b"<?xml"),
        ("a.cyjs", b"{"),
        ("a.nodes.csv", b"\xef\xbb\xbfid,label"),
        ("a.edges.csv", b"\xef\xbb\xbfid,source"),
        ("a.ftm.json", b'{"id"'),
    ],
)
def test_export_by_the_ending_of_the_file(graph: Path, name: str, begins: bytes) -> None:
    assert main(["export", "out", "--out", name]) == 0
    assert Path(name).read_bytes().startswith(begins)


def test_export_to_standard_output(graph: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "--format", "graphml"]) == 0
    out, _ = capfdbinary.readouterr()
    assert len(nx.parse_graphml(out.decode(), force_multigraph=True)) == 20


def test_export_to_a_file_of_unknown_ending(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "-o", "network.dot"]) == 2
    assert ".gexf" in capsys.readouterr().err
    assert main(["export", "-o", "network.dot", "--format", "gexf"]) == 0
