"""Who is who in the annotated texts of tests/gold, through the language model.

``coreference-baseline.json`` holds the scores of the committed model. They may rise, and fall by
no more than TOLERANCE (two or three answers of a set).

    python tests/text/test_coref_gold.py       writes the baseline anew
"""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold"
BASELINE = GOLD / "coreference-baseline.json"
TOLERANCE = 1.5
MEASURES = ("pronoun", "pronoun in gap paragraphs", "description", "chains")
# Texts, encyclopedia paragraphs among them, marked pronouns and descriptions.
SIZES = {"dev": (22, 7, 277, 61), "heldout": (22, 7, 281, 67)}


@cache
def gold() -> ModuleType:
    """benchmarks/coref_gold.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(
        "coref_gold", ROOT / "benchmarks" / "coref_gold.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["coref_gold"] = module
    spec.loader.exec_module(module)
    return module


def figures(name: str) -> dict[str, float]:
    """Precision and F of the measures on one half."""
    from kg.text.pipeline import Extractor

    found = gold().run(GOLD / f"coreference-{name}.jsonl", Extractor()).figures()
    return {f"{m} {letter}": found[f"{m} {letter}"] for m in MEASURES for letter in "PF"}


@pytest.mark.parametrize("name", SIZES)
def test_the_texts_are_complete(name: str) -> None:
    texts = gold().read_texts(GOLD / f"coreference-{name}.jsonl")
    kinds = [m.kind for t in texts for m in t.marked]
    gap = sum(t.style == "encyclopedia-gap" for t in texts)
    assert (len(texts), gap, kinds.count("pronoun"), kinds.count("description")) == SIZES[name]
    assert len({t.id for t in texts}) == len(texts)
    assert all(t.text[m.start : m.end] == m.text for t in texts for m in t.marked)


def test_marks_may_lie_in_each_other() -> None:
    text, marked = gold().read_marked("[[Peru|p]'s Congress|c] met. [It|c] left [them|?].", "x")
    assert text == "Peru's Congress met. It left them."
    assert [(m.text, m.ids) for m in marked] == [
        ("Peru's Congress", ("c",)),
        ("Peru", ("p",)),
        ("It", ("c",)),
        ("them", ("?",)),
    ]


@pytest.mark.parametrize(
    ("annotated", "told"),
    [
        ("[Peru|p] said it left.", "'it' at 10 is not marked"),
        ("[Peru|p said so.", "'|' without its other half"),
        ("[Peru said so.", "nothing closes"),
        ("Peru|p] said so.", "'|p]' without its other half"),
        ("[Peru|P] said so.", "'|' without its other half"),
    ],
)
def test_careless_marks_are_refused(annotated: str, told: str) -> None:
    with pytest.raises(ValueError, match="text 1") as caught:
        gold().read_marked(annotated, "text 1")
    assert told in str(caught.value)


def test_the_us_is_no_pronoun() -> None:
    assert gold().read_marked("The US and its-own. The [US|a] left [us|?].", "x")[1]


@pytest.mark.model
@pytest.mark.parametrize("name", SIZES)
def test_scores_do_not_fall(name: str) -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    found = figures(name)
    assert set(found) == set(baseline)
    for measure, value in found.items():
        assert value >= baseline[measure] - TOLERANCE, f"{measure}: {value}"


if __name__ == "__main__":
    scores = {name: figures(name) for name in SIZES}
    BASELINE.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
