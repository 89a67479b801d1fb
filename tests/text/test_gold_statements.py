"""Scores of the extractor on annotated sentences and articles, which may not fall.

`gold-statements-baseline.json` holds the scores of the model that is committed. They may rise;
precision and recall may fall by no more than TOLERANCE (about one event of a hundred: another
processor may round a score of the parser the other way), silence not at all.

    python tests/text/test_gold_statements.py       writes the baseline anew
"""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold"
BASELINE = Path(__file__).parent / "gold-statements-baseline.json"
TOLERANCE = 0.015

# What each file must hold: passages, expected events, sentences that must stay silent.
SIZES = {
    "statements-dev.jsonl": (70, 69, 14),
    "statements-heldout.jsonl": (120, 89, 40),
    "articles/colombia-vote.json": (8, 9, 0),
    "articles/iran-missiles.json": (10, 12, 0),
    "articles/niger-deadline.json": (14, 17, 0),
    "articles/taiwan-countermeasures.json": (11, 14, 0),
}
# Few events each, so that the articles are scored as one.
GROUPS = {
    "dev": ["statements-dev.jsonl"],
    "heldout": ["statements-heldout.jsonl"],
    "articles": sorted(name for name in SIZES if name.startswith("articles/")),
}
PLOVER = set(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN"
    " PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)


@cache
def benchmark() -> ModuleType:
    """`benchmarks/statements.py`, which is no part of the package."""
    path = ROOT / "benchmarks" / "statements.py"
    spec = importlib.util.spec_from_file_location("benchmark_statements", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def results() -> dict[str, dict[str, float]]:
    """The scores of the model in the package, by group."""
    module = benchmark()
    extractor = module.Extractor()
    return {
        group: _measures(
            module.score((g for name in names for g in module.read_gold(GOLD / name)), extractor)
        )
        for group, names in GROUPS.items()
    }


def _measures(result: Any) -> dict[str, float]:
    measures: dict[str, float] = {
        "pair precision": round(result.pair.precision, 4),
        "pair recall": round(result.pair.recall, 4),
        "pair + type precision": round(result.typed.precision, 4),
        "pair + type recall": round(result.typed.recall, 4),
    }
    if result.silent:
        measures["kept silent"] = result.kept_silent
        measures["asserted nothing"] = result.asserted_nothing
    return measures


def test_every_gold_file_is_scored() -> None:
    files = {"statements-dev.jsonl", "statements-heldout.jsonl"}
    files |= {f"articles/{path.name}" for path in (GOLD / "articles").glob("*.json")}
    assert files == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_gold_files_are_complete(name: str) -> None:
    golds = list(benchmark().read_gold(GOLD / name))
    passages = [passage for gold in golds for _, passage in gold.passages]
    expected = [one for passage in passages for one in passage.expected]
    silent = [p for p in passages if not p.expected and not p.allowed]
    sizes = (len(passages), len(expected), 0 if name.startswith("articles/") else len(silent))
    assert sizes == SIZES[name]
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        for one in passage.expected + passage.allowed:
            assert one.types <= PLOVER, f"{passage.id}: {one.words}"


def test_heldout_covers_every_event_type() -> None:
    golds = benchmark().read_gold(GOLD / "statements-heldout.jsonl")
    found = {kind for g in golds for _, p in g.passages for one in p.expected for kind in one.types}
    assert found == PLOVER


def test_heldout_repeats_no_sentence_of_dev() -> None:
    texts = [
        {gold.document.text for gold in benchmark().read_gold(GOLD / name)}
        for name in ("statements-dev.jsonl", "statements-heldout.jsonl")
    ]
    assert not texts[0] & texts[1]


@pytest.mark.model
@pytest.mark.parametrize("group", GROUPS)
def test_scores_do_not_fall(group: str) -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[group]
    measured = results()[group]
    assert set(measured) == set(baseline)
    for measure, value in measured.items():
        slack = 0 if measure in {"kept silent", "asserted nothing"} else TOLERANCE
        assert value >= baseline[measure] - slack, f"{measure}: {value}, was {baseline[measure]}"


if __name__ == "__main__":
    text = json.dumps(results(), indent=2) + "\n"
    BASELINE.write_text(text, encoding="utf-8")
    print(text, end="")
