"""``kg convert``: between JSON Lines and every format of RDF, nothing lost on the way."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import re
import sys
from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, STATEMENTS
from graph.test_rdf import corpora
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.cli import main
from kg.conversion import convert
from kg.errors import DataError, StoreError
from kg.folder import document_record
from kg.graph.files import FORMATS, full_graphs, read_graphs, union
from kg.graph.rdf import evidence_iri
from kg.graph.rdf12 import REIFIES
from kg.graph.store import load_store
from kg.jsonlines import to_json, write_statements
from kg.statement import Statement

SUFFIXES = [".jsonl", *FORMATS, ".jsonl.gz", ".trig.gz"]
GRAPHS = (".trig", ".nq", ".jsonld")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The example statements as JSON Lines, with their documents beside them."""
    path = tmp_path / "in" / "statements.jsonl"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8") as file:
        write_statements(STATEMENTS, file)
    with path.with_name("documents.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(document_record(d)) + "\n" for d in DOCUMENTS)
    return path


def contents(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return sorted(data.decode().splitlines())


# --- Without loss ---------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_there_and_back(lines: Path, tmp_path: Path, suffix: str) -> None:
    there, back = tmp_path / f"there{suffix}", tmp_path / "back.jsonl"
    convert(lines, there)
    assert convert(there, back) == len(STATEMENTS)
    assert contents(back) == contents(lines)


def test_all_the_way_round(lines: Path, tmp_path: Path) -> None:
    """Through every format in turn, one after the other."""
    before = lines
    for number, suffix in enumerate(SUFFIXES):
        after = tmp_path / f"step{number}{suffix}"
        convert(before, after)
        before = after
    convert(before, tmp_path / "end.jsonl")
    assert contents(tmp_path / "end.jsonl") == contents(lines)


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(GRAPHS, 2)))
def test_formats_with_graphs_keep_them(
    lines: Path, tmp_path: Path, first: str, second: str
) -> None:
    one, two, again = tmp_path / f"one{first}", tmp_path / f"two{second}", tmp_path / f"x{first}"
    convert(lines, one)
    convert(one, two)
    convert(two, again)
    assert read_graphs(one) == read_graphs(two)
    assert one.read_bytes() == again.read_bytes()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(corpora(), st.sampled_from([s for s in SUFFIXES if s != ".rdf" and s != ".xml"]))
def test_any_statements_come_back(tmp_path: Path, statements: list[Statement], suffix: str) -> None:
    source, there, back = (tmp_path / name for name in ("a.jsonl", f"b{suffix}", "c.jsonl"))
    by_evidence = {evidence_iri(s): s for s in sorted(statements, key=lambda s: s.confidence)}
    with source.open("w", encoding="utf-8", newline="\n") as file:
        write_statements(by_evidence.values(), file)
    convert(source, there)
    convert(there, back)
    expected = sorted(json.dumps(to_json(s)) for s in by_evidence.values())
    given_back = back.read_text(encoding="utf-8").split("\n")[:-1]
    assert sorted(json.dumps(json.loads(line)) for line in given_back) == expected


def test_the_documents_beside_are_used_and_others_may_be_named(lines: Path, tmp_path: Path) -> None:
    convert(lines, tmp_path / "a.ttl")
    assert "Tehran and Riyadh trade accusations" in (tmp_path / "a.ttl").read_text()
    elsewhere = tmp_path / "alone.jsonl"
    elsewhere.write_bytes(lines.read_bytes())
    convert(elsewhere, tmp_path / "b.ttl")
    assert "trade accusations" not in (tmp_path / "b.ttl").read_text()
    convert(elsewhere, tmp_path / "c.ttl", documents=lines.with_name("documents.jsonl"))
    assert (tmp_path / "c.ttl").read_bytes() == (tmp_path / "a.ttl").read_bytes()


def test_triple_terms_in_and_out(lines: Path, tmp_path: Path) -> None:
    convert(lines, tmp_path / "plain.nq")
    convert(tmp_path / "plain.nq", tmp_path / "marked.trig", rdf12=True)
    assert any(t[1] == REIFIES for t in union(read_graphs(tmp_path / "marked.trig")))
    convert(tmp_path / "marked.trig", tmp_path / "again.nq", rdf12=False)
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "plain.nq").read_bytes()


def test_a_store_and_an_output_folder_are_sources_too(tmp_path: Path, meetings: None) -> None:
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    convert(tmp_path / "store", tmp_path / "a.nq")
    assert read_graphs(tmp_path / "a.nq") == full_graphs(STATEMENTS, DOCUMENTS)
    (tmp_path / "article.txt").write_text("Anna met Boris.")
    kg.build(tmp_path / "article.txt", tmp_path / "out")
    convert(tmp_path / "out", tmp_path / "b.trig")
    assert (tmp_path / "b.trig").read_bytes() == (tmp_path / "out" / "graph.trig").read_bytes()
    # the statements of a build tell what read them
    convert(tmp_path / "out" / "statements.jsonl", tmp_path / "c.trig")
    assert (tmp_path / "c.trig").read_bytes() == (tmp_path / "b.trig").read_bytes()


# --- The command ----------------------------------------------------------------------------


def test_standard_input_and_output(
    lines: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["convert", str(lines), "-", "--to", "nq"]) == 0
    quads = capfdbinary.readouterr().out
    assert quads.endswith(b" .\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(quads)))
    assert main(["convert", "-", "-", "--from", "nq", "--to", "jsonl"]) == 0
    back = capfdbinary.readouterr().out.decode().splitlines()
    assert sorted(back) == contents(lines)


def test_it_says_what_it_wrote(
    lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", str(lines), str(tmp_path / "a.jsonl.gz")]) == 0
    assert f"Wrote {len(STATEMENTS)} statements to " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.ttl", "x.nq"], r"none\.ttl: cannot be read"),
        (["bad.ttl", "x.nq"], r"bad\.ttl:2: "),
        (["bad.jsonl", "x.nq"], r"bad\.jsonl:1: not a statement"),
        (["empty.ttl", "x.doc"], r"x\.doc: no RDF format has this suffix"),
        (["article.txt", "x.nq"], r"article\.txt: no RDF format has this suffix \(use \.jsonl, "),
        (["-", "x.nq"], r"--from: is needed with '-'"),
        (["empty.ttl", "-"], r"--to: is needed with '-'"),
        (["empty.ttl", "-", "--to", "pdf"], r"--to: 'pdf' is no format \(one of: jsonl ttl"),
        (["folder", "x.nq"], r"folder: no graph in this folder"),
        (["bad.ttl.gz", "x.nq"], r"bad\.ttl\.gz: cannot be read"),
        (["good.jsonl", "x.nq", "--belief", "hearsay"], r"hearsay: is no belief \(asserted, "),
        (["good.jsonl", "x.nq", "--documents", "bad.ttl"], r"bad\.ttl: not documents"),
    ],
)
def test_bad_input_is_one_clear_line(
    tmp_path: Path,
    lines: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.ttl").write_text("@prefix a: <b:c> .\nnonsense")
    (tmp_path / "bad.jsonl").write_text("{}\n")
    (tmp_path / "bad.ttl.gz").write_bytes(b"not gzip")
    (tmp_path / "empty.ttl").write_text("")
    (tmp_path / "article.txt").write_text("Anna met Boris.")
    (tmp_path / "good.jsonl").write_bytes(lines.read_bytes())
    (tmp_path / "folder").mkdir()
    assert main(["convert", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert re.search(message, error), error
    assert not (tmp_path / "x.nq").exists()


def test_a_target_that_cannot_be_written_stays_as_it_was(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    with pytest.raises(StoreError, match=r"x\.ttl: cannot be written"):
        convert(lines, tmp_path / "file" / "x.ttl")
    target = tmp_path / "x.jsonld"
    target.write_text("precious")
    with pytest.raises(DataError, match="triple terms"):
        convert(lines, target, rdf12=True)
    assert target.read_text() == "precious"
