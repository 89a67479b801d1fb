"""Claims as records (`kg parse --format jsonl`), and how headlines name their sources."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from kg.statement import Document
from kg.text.analysis import as_record

pytestmark = pytest.mark.model

TEXT = (
    "Kremlin: talks 'went well'\n\n"
    "State television reported on Monday that Iran's minister had denied attacking the tanker"
    ' in the Gulf of Oman. "We will answer any attack," he told reporters. If Israel strikes'
    " again, the truce may collapse. Tehran's envoy in Vienna, quoted by the Guardian, complained"
    " of a siege.\n"
)


@cache
def record() -> dict[str, Any]:
    from kg.text.pipeline import Extractor

    extractor = Extractor()
    reading = extractor.read(Document("text", TEXT, date=date(2024, 5, 16)))
    found: dict[str, Any] = json.loads(json.dumps(as_record(reading)))
    return found


def words(span: dict[str, Any] | None) -> str | None:
    return TEXT[span["start"] : span["end"]] if span else None


def test_attributions() -> None:
    told = [
        (
            words(a["source"]),
            words(a["cue"]),
            a["stance"],
            " … ".join(words(part) or "" for part in a["content"]),
        )
        for a in record()["attributions"]
    ]
    assert ("Kremlin", ":", "says", "talks 'went well'") in told
    assert (
        "Iran's minister",
        "denied",
        "denies",
        "attacking the tanker in the Gulf of Oman",
    ) in told
    assert ("he", "told", "says", '"We will answer any attack,"') in told
    assert ("the Guardian", "quoted", "says", "a siege") in told


def test_events_point_to_their_sources_and_times() -> None:
    data = record()
    events = {words(e): e for e in data["events"]}
    attacked = events["attacking"]
    chain = [words(data["attributions"][s["attribution"]]["cue"]) for s in attacked["sources"]]
    assert chain == ["reported", "denied"]
    assert [s["factuality"] for s in attacked["sources"]] == [-1.0, -3.0]
    assert -1 < attacked["factuality"] < 0
    reported = data["times"][events["reported"]["time"]]
    assert (reported["first"], reported["last"]) == ("2024-05-13", "2024-05-13")
    strikes, collapse = events["strikes"], events["collapse"]
    assert (strikes["modality"], strikes["factuality"]) == ("conditional", 0.0)
    assert words(collapse["condition"]) == "If Israel strikes again"


def test_all_references_are_valid() -> None:
    data = record()
    assert len(data["events"]) > 10
    for event in data["events"]:
        assert -3 <= event["factuality"] <= 3
        assert event["time"] is None or event["time"] < len(data["times"])
        for source in event["sources"]:
            parts = data["attributions"][source["attribution"]]["content"]
            assert any(p["start"] <= event["start"] < p["end"] for p in parts)


HEADLINES = [
    ("Nato troops 'ready' – Stoltenberg", "Stoltenberg", "Nato troops 'ready'"),
    ("Truce near – UN envoy", "UN envoy", "Truce near"),
    ("Putin: no talks before spring", "Putin", "no talks before spring"),
    ("Rebels won the vote, say observers; army silent", "observers", "Rebels won the vote"),
]
NO_HEADLINES = [
    "Gaza: 20 killed in strike",
    "Explainer: What is the Hague tribunal?",
    "Ukraine war: general dismissed after raid",
    "Boeing: what went wrong",
    "Three cities: Rome, Paris, Oslo",
]


def reports(text: str) -> list[tuple[str, str]]:
    from kg.text.clauses import find_clauses
    from kg.text.encoder import load_model
    from kg.text.parsed import Doc
    from kg.text.phrases import noun_phrases
    from kg.text.quotes import find_reports

    doc = Doc(load_model()(text))
    found = find_reports(doc, find_clauses(doc), noun_phrases(doc)).reports
    return [
        (doc.span(*r.named).text if r.named else "", doc.text[r.chars[0][0] : r.chars[-1][1]])
        for r in found
    ]


@pytest.mark.parametrize(("text", "source", "content"), HEADLINES)
def test_headlines_name_their_source_without_a_verb(text: str, source: str, content: str) -> None:
    assert (source, content) in reports(text)


@pytest.mark.parametrize("text", NO_HEADLINES)
def test_topics_and_lists_are_no_sources(text: str) -> None:
    assert reports(text) == []
