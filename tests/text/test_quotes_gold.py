"""Attribution, factuality and times against the gold sets; committed baselines may only rise."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from kg.text.clauses import find_clauses
from kg.text.encoder import load_model
from kg.text.phrases import noun_phrases
from kg.text.qualify import qualify
from kg.text.quotes import find_reports
from kg.text.times import find_times

pytestmark = pytest.mark.model

GOLD = Path(__file__).resolve().parents[1] / "gold"
BASELINES = json.loads((GOLD / "qualifiers-baseline.json").read_text(encoding="utf-8"))
SPLITS = ("dev", "held-out")
SIZES = {
    "attribution": {"dev": 133, "held-out": 87},
    "factuality": {"dev": 92, "held-out": 86},
    "times": {"dev": 77, "held-out": 76},
}
_LEADING = ("in ", "on ", "at ", "over ", "during ", "for ", "the ", "within ")


@cache
def model() -> Any:
    return load_model()


def read(name: str, split: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["split"] == split]


def words(doc: Doc, parts: list[str]) -> set[int]:
    """The words of parts of the text, by their token."""
    found: set[int] = set()
    for part in parts:
        start = doc.text.index(part)
        span = doc.char_span(start, start + len(part), alignment_mode="expand")
        assert span is not None
        found |= {t.i for t in span if t.is_alpha or t.like_num}
    return found


def attribution(split: str) -> dict[str, float]:
    """F1 of reports: same source, same cue, content alike (token F1 at least 0.8)."""
    counts: Counter[str] = Counter()
    for record in read("attribution", split):
        doc = model()(record["text"])
        reports = find_reports(doc, find_clauses(doc), noun_phrases(doc)).reports
        left = [
            (
                doc[r.source].text if r.source is not None else None,
                doc[r.cue[0] : r.cue[1]].text,
                str(r.stance),
                {
                    i
                    for a, b in r.content
                    for i in range(a, b)
                    if doc[i].is_alpha or doc[i].like_num
                },
            )
            for r in reports
        ]
        for wanted in record["reports"]:
            counts["asked"] += 1
            content = words(doc, wanted["content"])
            for report in left:
                alike = 2 * len(content & report[3]) / max(1, len(content) + len(report[3]))
                cue = wanted["cue"].split()[-1] in report[1]
                if alike >= 0.8 and cue and report[0] == wanted["source"]:
                    counts["right"] += 1
                    counts["stance"] += report[2] == wanted["stance"]
                    left.remove(report)
                    break
        counts["extra"] += len(left)
    assert counts["asked"] == SIZES["attribution"][split]
    found = counts["right"] + counts["extra"]
    return {
        "f1": 2 * counts["right"] / (found + counts["asked"]),
        "stance": counts["stance"] / counts["right"],
    }


def factuality(split: str) -> dict[str, float]:
    """Share of events with the right polarity and modality; Pearson r of the factuality."""
    got, wanted, right = [], [], 0
    for record in read("factuality", split):
        doc = model()(record["text"])
        clauses = find_clauses(doc)
        reports = find_reports(doc, clauses, noun_phrases(doc))
        for event in record["events"]:
            clause = next((c for c in clauses if doc[c.head].text == event["word"]), None)
            q = qualify(doc, clauses, reports, clause) if clause is not None else None
            got.append(q.factuality if q is not None else 3.0)
            wanted.append(float(event["factuality"]))
            if q is not None:
                right += (q.polarity, q.modality) == (event["polarity"], event["modality"])
    assert len(wanted) == SIZES["factuality"][split]
    return {"accuracy": right / len(wanted), "r": statistics.correlation(got, wanted)}


def bare(text: str) -> str:
    """An expression without prepositions and articles before it."""
    text = text.lower()
    while text.startswith(_LEADING):
        text = text.split(" ", 1)[1]
    return text


def times(split: str) -> dict[str, float]:
    """F1 of the expressions, share with the right days, share on the right clause."""
    counts: Counter[str] = Counter()
    for record in read("times", split):
        doc = model()(record["text"])
        clauses = find_clauses(doc)
        published = date.fromisoformat(record["date"]) if record["date"] else None
        found = find_times(doc, published, clauses)
        left = list(found.expressions)
        for wanted in record["times"]:
            counts["asked"] += 1
            match = next((e for e in left if bare(e.interval.text) == bare(wanted["text"])), None)
            if match is None:
                continue
            left.remove(match)
            counts["right"] += 1
            days = [
                d.isoformat() if d else None for d in (match.interval.start, match.interval.end)
            ]
            counts["value"] += days == [wanted["start"], wanted["end"]]
            if wanted["clause"]:
                counts["attachable"] += 1
                heads = [c for c in clauses if doc[c.head].text == wanted["clause"]]
                counts["attached"] += bool(heads) and found.of(heads[0]) == match.interval
        counts["extra"] += len(left)
    assert counts["asked"] == SIZES["times"][split]
    return {
        "f1": 2 * counts["right"] / (counts["right"] + counts["extra"] + counts["asked"]),
        "value": counts["value"] / counts["right"],
        "attachment": counts["attached"] / counts["attachable"],
    }


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("measure", [attribution, factuality, times], ids=lambda m: m.__name__)
def test_scores_reach_the_baseline(measure: Any, split: str) -> None:
    scores = measure(split)
    wanted = BASELINES[measure.__name__][split]
    assert set(scores) == set(wanted)
    below = {key: (scores[key], wanted[key]) for key in wanted if scores[key] < wanted[key]}
    assert not below


if __name__ == "__main__":
    for measure in (attribution, factuality, times):
        for split in SPLITS:
            print(measure.__name__, split, {k: round(v, 4) for k, v in measure(split).items()})
