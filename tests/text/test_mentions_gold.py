"""Mentions against the gold sets, through the language model; the committed baseline may rise."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).resolve().parents[1] / "gold"
CASES = {"dev": 260, "heldout": 272}
MEASURES = ("country", "country and sector", "actor", "none", "precision")


def read(name: str) -> list[dict[str, Any]]:
    """The records of a gold file."""
    path = GOLD / f"mentions-{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score(name: str, show: bool = False) -> dict[str, tuple[int, int]]:
    """Right and asked per measure."""
    from kg.text.clauses import find_clauses
    from kg.text.coref import resolve
    from kg.text.encoder import load_model
    from kg.text.gazetteer import load_gazetteer
    from kg.text.mentions import find_mentions
    from kg.text.parsed import Doc
    from kg.text.phrases import noun_phrases
    from kg.text.quotes import find_reports

    nlp, book = load_model(), load_gazetteer()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for record in read(name):
        doc = Doc(nlp(record["text"]))
        phrases, clauses = noun_phrases(doc), find_clauses(doc)
        mentions = find_mentions(doc, phrases, book, date.fromisoformat(record["date"]))
        mentions = resolve(doc, phrases, clauses, mentions, find_reports(doc, clauses, phrases))
        for wanted in record["mentions"]:
            words = wanted["mention"]
            places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", record["text"]))
            found = mentions.in_characters(*places[-1].span())
            actors = found.actors if found else ()
            verdicts: dict[str, bool] = {}
            if wanted.get("none"):
                verdicts["none"] = not actors
            country = actors[0].country if actors else "?"
            sector = actors[0].sector if actors else "?"
            if "country" in wanted:
                verdicts["country"] = country == wanted["country"]
                if "sector" in wanted:
                    verdicts["country and sector"] = (country, sector) == (
                        wanted["country"],
                        wanted["sector"],
                    )
            if "actor" in wanted:
                ids = {a.id for a in actors}
                good = ids >= set(wanted["actor"])
                verdicts["actor"] = good
                if ids and not any(i.startswith("local:") for i in ids):
                    verdicts["precision"] = good
            for measure, good in verdicts.items():
                asked[measure] += 1
                right[measure] += good
            if show and not all(verdicts.values()):
                told = "; ".join(f"{a.id} {a.country} {a.sector}" for a in actors) or "none"
                print(f"{words!r} in {record['text']!r}\n    wanted {wanted} got {told}")
    return {m: (right[m], asked[m]) for m in MEASURES}


@pytest.mark.parametrize("name", CASES)
def test_gold_files_are_complete(name: str) -> None:
    records = read(name)
    assert sum(len(r["mentions"]) for r in records) == CASES[name]
    for record in records:
        for wanted in record["mentions"]:
            assert wanted["mention"] in record["text"]
            assert set(wanted) <= {"mention", "actor", "country", "sector", "none"}


@pytest.mark.model
@pytest.mark.parametrize("name", CASES)
def test_scores_do_not_fall(name: str) -> None:
    baseline = json.loads((GOLD / "mentions-baseline.json").read_text(encoding="utf-8"))[name]
    for measure, (right, asked) in score(name).items():
        assert right / asked >= baseline[measure] - 1e-9, f"{measure}: {right} of {asked}"


if __name__ == "__main__":
    import sys

    for measure, (right, asked) in score(sys.argv[1], show=len(sys.argv) > 2).items():
        print(f"{measure:20} {right}/{asked} {100 * right / asked:.1f}")
