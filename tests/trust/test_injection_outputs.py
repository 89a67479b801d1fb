"""Hostile articles through every verb: what comes out is text to whatever reads it next.

What each writer does with hostile text is tested beside it (tests/graph, tests/browser); here
one corpus of it goes through the whole program as a user runs it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from meetings import MeetingReader

from kg.cli import main
from kg.folder import FILES, Graph
from kg.graph.view import html_for_notebook
from kg.statement import Document, Statement

PAYLOADS = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "\u202egnp.exe\u2066",
    "=cmd|'/C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "|calc",
    '" . <http://evil.example/s> <http://evil.example/p> <http://evil.example/o> . "',
    "} } ; DROP ALL ; INSERT DATA { <a:a> <a:b> <a:c> } #",
    "../../../../evil",
    "]]></data><evil/>",
    "&xxe; &lt;b&gt; &#60;",
    "${7*7} {{7*7}} {% raw %} %s %n",
    "[x](javascript:alert(1)) | ![i](http://evil.example/i.png) `c`",
    "line\r\nbreak\u2028and\u2029end",
    "__proto__",
    "nul\x00byte \ufffe\uffff",
]
EVIL = re.compile(r"evil\.example/[spo]>")
# What a terminal acts upon. Line ends are CSV's own.
ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class HostileReader(MeetingReader):
    """Names the people of a meeting, the relation and all else as the document's title."""

    def extract(self, document: Document) -> list[Statement]:
        """One statement, full of the title."""
        words = document.title or "nothing"
        found = []
        for statement in super().extract(document):
            assert statement.object is not None
            subject, other = (
                replace(m, actor=replace(m.actor, id=f"local:{n}{words}", label=words))
                for n, m in enumerate((statement.subject, statement.object))
            )
            relation = replace(statement.relation, id=None, label=words, event=None, cameo=None)
            found += [
                replace(statement, subject=subject, object=other, condition=words),
                replace(statement, subject=subject, object=other, relation=relation),
            ]
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a graph of an article for each payload, in which all is that payload."""
    module = ModuleType("kg.text.pipeline")
    module.Extractor = HostileReader  # type: ignore[attr-defined]
    path = tmp_path_factory.mktemp("hostile")
    lines = [
        {
            "id": f"{number} {words}",
            "title": words,
            "source": words,
            "url": words,
            "date": "2024-01-02",
            "text": f"{words} Anna met Boris. It was said that they would talk of this again.",
        }
        for number, words in enumerate(PAYLOADS)
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "kg.text.pipeline", module)
        patch.setattr(sys, "stderr", said)
        patch.chdir(path)
        Path("articles.jsonl").write_text(text, encoding="utf-8")
        assert main(["build", "articles.jsonl"]) == 0
        assert not ACTS.search(said.getvalue())
        assert {item.name for item in path.iterdir()} == {"out", "articles.jsonl"}
        assert len(Graph("out").documents) == len(PAYLOADS)
        yield path


@pytest.fixture
def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder; the working directory is the one it lies in."""
    monkeypatch.chdir(folder)
    return folder / "out"


def test_nothing_is_written_elsewhere(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {*FILES, "store"}


def test_rdf_holds_the_words_and_nothing_else(built: Path) -> None:
    for name in ("graph.ttl", "graph.trig"):
        text = (built / name).read_text(encoding="utf-8")
        assert not ACTS.search(text)
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(built / name)
        kind = pyoxigraph.RdfFormat.TURTLE if name == "graph.ttl" else pyoxigraph.RdfFormat.TRIG
        triples = {str(quad.triple) for quad in pyoxigraph.parse(text.encode(), kind)}
        assert len(triples) == len(set(dataset.triples((None, None, None))))
        iris = {str(term) for triple in dataset for term in triple if type(term) is rdflib.URIRef}
        assert not [iri for iri in iris if "evil.example" in iri and not iri.startswith("https://")]


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld", "rdf"])
def test_every_format_comes_back_as_the_same_statements(built: Path, suffix: str) -> None:
    assert main(["convert", "out", f"copy.{suffix}"]) == 0
    assert main(["convert", f"copy.{suffix}", "copy.jsonl"]) == 0
    found = sorted(Path("copy.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = sorted((built / "statements.jsonl").read_text(encoding="utf-8").splitlines())
    assert len(wanted) == 2 * len(PAYLOADS)
    assert len(found) == len(wanted)
    text = Path(f"copy.{suffix}").read_text(encoding="utf-8")
    if suffix != "rdf":  # XML cannot hold every character
        assert found == wanted
        assert not ACTS.search(text)


COMMANDS: list[list[str]] = [
    ["stats"], ["stats", "--format", "json"], ["analyse"], ["analyse", "--json"],
    ["query", "@documents", "--format", "table"], ["query", "@documents", "--format", "tsv"],
    ["query", "@documents", "--format", "json"],
    ["query", "SELECT ?a ?t { ?a rdfs:label ?t }", "--format", "table"],
    ["query", "CONSTRUCT { ?a rdfs:label ?t } { ?a rdfs:label ?t }", "--format", "ttl"],
    ["extract", "articles.jsonl"], ["validate", "out/graph.ttl"],
    *(["export", "--format", name] for name in ("graphml", "gexf", "cytoscape", "nodes", "edges",
                                                "ftm")),
    ["convert", "out", "-", "--to", "rdf"], ["convert", "out", "-", "--to", "jsonl"],
    ["doctor", "--no-trial"], ["show", "--no-open", "--out", "page.html"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(c[:3])[:40] for c in COMMANDS])
def test_no_verb_lets_an_article_act_upon_the_terminal(
    built: Path,
    command: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What goes into a file is exact; here everything goes to a terminal.
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if "ftm" in command:
        pytest.importorskip("followthemoney")
    assert main(command) in (0, 1)
    out, err = capfd.readouterr()
    assert not ACTS.search(out.replace("\r\n", "\n"))
    assert not ACTS.search(err)
    assert "kg itself failed" not in err


def test_values_of_no_datatype_are_violations_and_print_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/kg/ontology#> .\n"
        '<http://a.example/> a kg:Evidence ; kg:confidence "\\u001b[31m"'
        "^^<http://www.w3.org/2001/XMLSchema#decimal> .\n"
    )
    assert main(["validate", str(path)]) == 1
    out, err = capfd.readouterr()
    assert "kg:confidence" in out
    assert "Traceback" not in err
    assert not ACTS.search(out + err)


@pytest.mark.parametrize(
    "argument",
    ["\x1b[2J", "a\nb", "\u202e", "\udcff", "'; DROP ALL", "\x00"],
)
@pytest.mark.parametrize(
    "command",
    [["build"], ["query", "--from"], ["query"], ["actors", "search"], ["delete"], ["stats"],
     ["export", "--format"], ["build", "--date"], ["--x"], ["convert"]],
    ids=" ".join,
)  # fmt: skip
def test_arguments_are_shown_as_text(
    command: list[str],
    argument: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        status = main([*command, argument])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    assert status in (1, 2)
    out, err = capfd.readouterr()
    assert not ACTS.search(out + err)
    assert "kg itself failed" not in err


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def test_no_table_has_a_formula(built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command in (
        ["export", "--format", "nodes"],
        ["export", "--format", "edges"],
        ["query", "SELECT ?a ?t { ?a rdfs:label ?t }", "--format", "csv"],
        ["query", "@documents", "--format", "csv"],
    ):
        assert main(command) == 0
        found = cells(capfd.readouterr().out.removeprefix("\ufeff"))
        assert any("calc" in cell for cell in found)
        for cell in found:
            assert not re.match(r"\s*[=+\-@|%\t\r\x00]", cell) or re.fullmatch(r"-?[\d.]+", cell)


def test_xml_is_well_formed_and_has_the_same_network(built: Path) -> None:
    network = Graph(built).to_networkx()
    parsed = nx.read_graphml(built / "network.graphml", force_multigraph=True)
    assert len(parsed) == len(network) and parsed.size() == network.size()
    assert main(["export", "--out", "network.gexf"]) == 0
    root = ElementTree.parse("network.gexf").getroot()
    assert sum(node.tag.endswith("}node") for node in root.iter()) == len(network)
    for path in (built / "network.graphml", Path("network.gexf")):
        assert not [n for n in ElementTree.parse(path).getroot().iter() if "evil" in str(n.tag)]


def scripts(page: str) -> list[str]:
    """Every opening and closing tag of a script."""
    return re.findall(r"</?script\b", page, re.I)


def test_pages_have_their_own_scripts_only(built: Path) -> None:
    empty = Path("empty.jsonl")
    empty.write_text("")
    assert main(["show", "empty.jsonl", "--no-open", "--out", "empty.html"]) == 0
    assert main(["analyse", "--report", "report.html"]) == 0
    plain = Path("empty.html").read_text(encoding="utf-8")
    page = (built / "graph.html").read_text(encoding="utf-8")
    assert scripts(page) == scripts(plain)
    assert page.count("Content-Security-Policy") == 1
    report = Path("report.html").read_text(encoding="utf-8")
    assert "<script" not in report
    assert "default-src 'none'" in report
    for text in (page, report):
        assert "<img src=x" not in text
        assert not re.search(r"href\s*=\s*[\"']?\s*javascript:", text, re.I)
    data = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)
    assert data is not None
    assert not ACTS.search(data.group(1))
    # In the report a mark of direction ends where its cell or paragraph ends.
    assert not ACTS.search(re.sub("[\u202a-\u202e\u2066-\u2069]", "", report))


def test_a_notebook_cell_is_one_frame(built: Path) -> None:
    graph = Graph(built)
    cell = html_for_notebook(graph.statements, graph.documents)
    outside = re.sub(r'srcdoc="[^"]*"', "", cell)
    assert re.findall(r"<(\w+)", outside) == ["div", "iframe"]
    assert "allow-same-origin" not in outside


def test_a_table_in_a_notebook_is_text(built: Path) -> None:
    pytest.importorskip("pandas")
    frame: Any = Graph(built).statements_frame()
    html = frame.to_html()
    assert "<script" not in html and "<img" not in html


def test_markdown_of_the_summary_shows_the_words(built: Path) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    text = (built / "summary.md").read_text(encoding="utf-8")
    assert not ACTS.search(text)
    page = markdown_it.MarkdownIt("commonmark").enable("table").render(text)
    assert not re.findall(r"<(?:script|img|a|code|evil)\b", page)
    assert page.count("<table>") == 3
