"""Reports, qualifiers and times on hand-checked trees, told in the comments of each sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from trees import Tree, read_trees

from kg.text.clauses import Clause, Clauses, find_clauses
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.qualify import qualify
from kg.text.quotes import Reports, find_reports
from kg.text.times import find_times

TREES = list(read_trees(Path(__file__).parent / "gold" / "qualifiers.conllu"))
PUBLISHED = date(2025, 9, 22)
IDS = [t.comments["sent_id"][0] for t in TREES]


def read(doc: Doc) -> tuple[Clauses, Reports]:
    clauses = find_clauses(doc)
    return clauses, find_reports(doc, clauses, noun_phrases(doc))


def at(doc: Doc, clauses: Clauses, word: str) -> Clause:
    return next(c for c in clauses if doc[c.head].text == word)


def told(tree: Tree, key: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in tree.comments.get(key, [])]


def test_all_sentences_are_there() -> None:
    assert len(TREES) == 29
    counts = {k: sum(len(told(t, k)) for t in TREES) for k in ("report", "event", "time")}
    assert counts == {"report": 18, "event": 30, "time": 8}


@pytest.mark.parametrize("tree", TREES, ids=IDS)
def test_reports(tree: Tree) -> None:
    doc = tree.doc
    _, reports = read(doc)
    found = [
        [
            doc[r.source].text if r.source is not None else "-",
            doc.span(*r.cue).text,
            r.kind,
            " || ".join(doc.text[a:b] for a, b in r.chars),
        ]
        for r in reports.reports
    ]
    assert found == told(tree, "report")
    addressees = [doc[r.addressee].text for r in reports.reports if r.addressee is not None]
    assert addressees == [cells[0] for cells in told(tree, "addressee")]


@pytest.mark.parametrize("tree", TREES, ids=IDS)
def test_events(tree: Tree) -> None:
    doc = tree.doc
    clauses, reports = read(doc)
    for word, outcome, *values in told(tree, "event"):
        clause = at(doc, clauses, word)
        q = qualify(doc, clauses, reports, clause)
        assert f"{q.polarity} {q.modality}" == outcome, q.trace
        if values:
            assert q.factuality == float(values[0])
        if len(values) > 1:
            assert q.sources == tuple(float(v) for v in values[1].split())
        assert len(q.sources) == len(reports.chain(clause.head))
    for word, condition in told(tree, "condition"):
        span = qualify(doc, clauses, reports, at(doc, clauses, word)).condition
        assert span is not None
        assert doc.span(*span).text == condition


@pytest.mark.parametrize("tree", TREES, ids=IDS)
def test_times(tree: Tree) -> None:
    doc = tree.doc
    clauses = find_clauses(doc)
    times = find_times(doc, PUBLISHED, clauses)
    for word, expression in told(tree, "time"):
        found = times.of(at(doc, clauses, word))
        assert (found.text if found else "-") == expression


def test_chain_is_outermost_first() -> None:
    tree = next(t for t in TREES if t.comments["text"][0].startswith("Kim said"))
    _, reports = read(tree.doc)
    ready = next(t.i for t in tree.doc if t.text == "ready")
    sources = [tree.doc[r.source].text for r in reports.chain(ready) if r.source is not None]
    assert sources == ["media", "Kim"]
    said = next(t.i for t in tree.doc if t.text == "said")
    assert [r.kind for r in reports.chain(said)] == ["says"]
