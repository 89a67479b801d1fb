"""The verbs that need the language model, on short sentences."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from kg.cli import main

pytestmark = pytest.mark.model

SENTENCE = "Moscow and Pyongyang signed a mutual defence pact last year."


def type_in(monkeypatch: pytest.MonkeyPatch, *records: object) -> None:
    text = "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_extract(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, {"text": SENTENCE, "date": "2025-09-22", "id": "x"})
    assert main(["extract"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["document"] == "x"
    assert (found["subject"]["id"], found["object"]["id"]) == ("wd:Q159", "wd:Q423")
    assert found["relation"]["id"] == "kg:signedDefencePactWith"
    assert found["time"]["start"] == "2024-01-01"
    for part in (found["subject"], found["object"]):
        assert SENTENCE[part["start"] : part["end"]] == part["text"]


def test_extract_does_not_depend_on_the_number_of_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [{"text": f"{SENTENCE} {n} times Russia invaded Ukraine."} for n in range(3)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    outputs = []
    for jobs in ("1", "2"):
        assert main(["extract", str(tmp_path / "a.jsonl"), "--jobs", jobs]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) >= 3


def test_extract_open(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, {"text": "The shepherd counted the sheep."})
    assert main(["extract", "--open"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(s["relation"]["id"], s["subject"]["text"]) for s in found] == [(None, "The shepherd")]


def test_parse_conllu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, {"text": f"Talks began.\n\n{SENTENCE}", "id": "x"})
    assert main(["parse"]) == 0
    out = capsys.readouterr().out
    first, second = out.strip().split("\n\n")
    assert first.splitlines()[:4] == [
        "# newdoc id = x",
        "# sent_id = x-1",
        "# text = Talks began.",
        "# doc_start = 0",
    ]
    assert "# doc_start = 14" in second
    rows = [line.split("\t") for line in second.splitlines() if line[0] != "#"]
    assert {len(row) for row in rows} == {10}
    assert [row[0] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert [row[7] for row in rows].count("root") == 1
    assert next(row for row in rows if row[1] == "signed")[6:8] == ["0", "root"]
    assert rows[0][9] == "NER=B-GPE"
    assert "SpaceAfter=No" in rows[-2][9]


def test_parse_jsonl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Russia warned Ukraine. Moscow also warned Poland."
    type_in(monkeypatch, {"text": text, "id": "x"})
    assert main(["parse", "-", "--format", "jsonl"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["id"] == "x"
    assert {text[e["start"] : e["end"]] for e in record["ents"]} >= {"Russia", "Ukraine", "Poland"}
    by_text = {text[m["start"] : m["end"]]: m for m in record["mentions"]}
    assert by_text["Russia"]["actor"] == by_text["Moscow"]["actor"] == "wd:Q159"
    assert by_text["Russia"]["cluster"] == by_text["Moscow"]["cluster"]
    assert by_text["Ukraine"]["cluster"] != by_text["Russia"]["cluster"]
    assert by_text["Poland"]["country"] == "POL"


def test_link(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(
        monkeypatch,
        {"mention": "Pyongyang", "context": "Pyongyang rejected the offer."},
        "broken",
        "[]",
        {"mention": 5},
        {"mention": "Xqzzt"},
    )
    assert main(["link"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert answers[0]["id"] == "wd:Q423"
    assert answers[0]["reason"]
    assert 0 < answers[0]["score"] <= 1
    assert answers[1:4] == [None, None, None]
    assert len(answers) == 5
    problems = err.splitlines()
    assert [line.partition(": stdin:")[2][:2] for line in problems] == ["2:", "3:", "4:"]
    assert all("the answer is null" in line for line in problems)


def test_explain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["explain", SENTENCE, "--date", "2025-09-22"]) == 0
    out = capsys.readouterr().out
    assert "Moscow → Russia (wd:Q159)" in out
    assert "signed-defence-pact-with/sign: fired" in out
    assert "Russia [signed a mutual defence pact with] North Korea" in out
    type_in(monkeypatch, "Moscow\x1b[31m warned\u202e Kyiv.")
    assert main(["explain", "-"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\u202e" not in out


def test_explain_is_given_words_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Russia invaded Ukraine.")
    assert main(["explain", str(article)]) == 2
    said = capsys.readouterr().err
    assert "is a file" in said
    assert f"kg explain - < {article}" in said


def test_explain_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "  "]) == 2
    assert capsys.readouterr().err.startswith("kg: error: the text: is empty (try: kg explain")


def test_a_model_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    missing = str(tmp_path / "nowhere")
    assert main(["extract", str(tmp_path / "a.txt"), "--model", missing]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert missing in err


def test_validate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert main(["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["validate", str(tmp_path / "out" / "graph.ttl")]) == 0
    assert capsys.readouterr() == ("", f"{tmp_path / 'out' / 'graph.ttl'}: in order\n")
    broken = (
        "PREFIX kg: <https://w3id.org/kg/ontology#>\n<https://example.org/s> a kg:Statement .\n"
    )
    (tmp_path / "broken.ttl").write_text(broken)
    assert main(["validate", str(tmp_path / "broken.ttl")]) == 1
    assert "https://example.org/s" in capsys.readouterr().out
    (tmp_path / "syntax.ttl").write_text("<a> <b> .\n")
    assert main(["validate", str(tmp_path / "syntax.ttl")]) == 2
    assert "syntax.ttl:1: " in capsys.readouterr().err


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "actors: in order",
        "lexicon: in order",
        "cue words: in order",
        "lexicon and ontology: in order",
    ]
