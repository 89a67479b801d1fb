"""Attribution, factuality, times and places against the gold sets; the scores may not fall.

`tests/gold/qualifiers-baseline.json` holds the scores of the model that is committed. They may
rise; they may fall by no more than TOLERANCE (another processor may round a score of the parser
the other way).

    python tests/text/test_claims_gold.py       writes the baseline anew
"""

from __future__ import annotations

import importlib
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
BASELINE = GOLD / "qualifiers-baseline.json"
TOLERANCE = 0.01
SPLITS = ("dev", "heldout")
MEASURES = ("attribution", "factuality", "times", "places")
# How many articles and sentences each set holds, and how many annotations.
SIZES = {
    "attribution": {"dev": (40, 266), "heldout": (27, 209)},
    "factuality": {"dev": (207, 240), "heldout": (205, 235)},
    "times": {"dev": (148, 151), "heldout": (153, 161)},
    "places": {"dev": (30, 30), "heldout": (30, 30)},
}


@cache
def benchmark(name: str = "claims") -> ModuleType:
    """A module of `benchmarks/`, which is no part of the package."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


@cache
def scores(measure: str, split: str) -> dict[str, float]:
    found: dict[str, float] = benchmark().measure(measure, split, extractor(), lambda _: None)
    return found


@cache
def extractor():  # type: ignore[no-untyped-def]
    return benchmark().Extractor()


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("measure", MEASURES)
def test_the_sets_are_whole(measure: str, split: str) -> None:
    gold = benchmark("claims_gold")
    path = GOLD / f"{measure}-{split}.txt"
    if measure == "attribution":
        read = gold.read_articles(path)
        marks = sum(len(article.attributions) for article in read)
    else:
        read = getattr(gold, f"read_{measure}")(path)
        marks = sum(len(line.marks) for line in read)
    assert (len(read), marks) == SIZES[measure][split]


BROKEN = [
    ("attribution", "= a | b\nIt rains.\n\n> he | said | says | It rains\n", "cue not in the text"),
    ("attribution", "= a | b\nHe said it.\n\n> He | said | utters | it\n", "unknown stance"),
    ("attribution", "= a | b\nHe said it.\n\n> He | said | it\n", "source . cue"),
    ("attribution", "= a | b\nHe said it.\n\n> He | said | says | she left\n", "not in the text"),
    ("factuality", "It [rained + surely 3].\n", "modality value"),
    ("factuality", "It [rained + actual 4].\n", "modality value"),
    ("times", "It rained [today = 2020-13-01].\n", "month must be"),
    ("times", "It rained [today = - > snowed].\n", "not in the sentence"),
    ("places", "It rained in Rome.\n", "nothing is marked"),
]


@pytest.mark.parametrize(("measure", "text", "problem"), BROKEN)
def test_broken_gold_is_refused(tmp_path: Path, measure: str, text: str, problem: str) -> None:
    path = tmp_path / "gold.txt"
    path.write_text(text, encoding="utf-8")
    gold = benchmark("claims_gold")
    read = gold.read_articles if measure == "attribution" else getattr(gold, f"read_{measure}")
    with pytest.raises(ValueError, match=problem):
        read(path)


@pytest.mark.model
@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("measure", MEASURES)
def test_scores_reach_the_baseline(measure: str, split: str) -> None:
    wanted = json.loads(BASELINE.read_text(encoding="utf-8"))[measure][split]
    got = scores(measure, split)
    assert set(got) == set(wanted)
    worse = {
        key: (got[key], wanted[key])
        for key in wanted
        if (wanted[key] - got[key]) * (-1 if "error" in key else 1) > TOLERANCE
    }
    assert not worse


if __name__ == "__main__":
    found = {m: {s: scores(m, s) for s in SPLITS} for m in MEASURES}
    BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(BASELINE.read_text(encoding="utf-8"))
