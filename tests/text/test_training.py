"""The shipped model, its card and its recipe belong together; gold names are derived right."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.resources import resource_path
from kg.text.tagset import NAME_TAGS

TRAINING = Path(__file__).resolve().parents[2] / "training"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def meta() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((resource_path("model") / "meta.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((TRAINING / "metrics.json").read_text("utf-8"))
    return loaded


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TRAINING))
    import names

    return names


def test_the_shipped_model_was_made_by_this_recipe(meta: dict[str, Any]) -> None:
    assert meta["recipe"] == sha256(TRAINING / "config.toml"), "retrain or restore config.toml"


def test_the_metrics_are_those_of_the_shipped_model(
    meta: dict[str, Any], metrics: dict[str, Any]
) -> None:
    assert metrics["model"] == meta["files"]["model.onnx"], "run training/evaluate.py --write"
    assert metrics["recipe"] == meta["recipe"]


def test_the_card_is_generated(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    meta: dict[str, Any],
    metrics: dict[str, Any],
) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))
    import card

    monkeypatch.setattr(card, "HERE", tmp_path)
    card.write_card(metrics, meta)
    written = (TRAINING / "CARD.md").read_text("utf-8")
    assert (tmp_path / "CARD.md").read_text("utf-8") == written, "do not edit CARD.md"


def test_no_test_file_was_trained_on(meta: dict[str, Any], metrics: dict[str, Any]) -> None:
    trained = set(meta["data"]["sha256"].values())
    assert len(trained) > 50
    assert not trained & set(metrics["tests"].values())
    assert not [name for name in meta["data"]["sha256"] if "test" in Path(name).stem]


def test_only_free_genres_were_trained_on(meta: dict[str, Any]) -> None:
    gum = [Path(name).stem for name in meta["data"]["sha256"] if name.startswith("gum/")]
    assert {stem.split("_")[1] for stem in gum} == {
        *("news", "interview", "bio", "voyage", "academic", "court", "speech")
    }
    assert sum(stem.startswith("GUM_speech") for stem in gum) == 4


def tags(names: ModuleType, masks: list[int]) -> list[set[str]]:
    return [{tag for tag in NAME_TAGS if names.BIT[tag] & mask} for mask in masks]


def test_open_types_stay_open(names: ModuleType) -> None:
    words = "Putin of Russia spoke on the phone .".split()
    found = names.masks(words, [names.Name(0, 1, ("PERSON",))], ("EVENT",))
    allowed = tags(names, found)
    assert allowed[0] == {"U-PERSON"}
    assert allowed[2] == {"O", "B-EVENT", "I-EVENT", "L-EVENT", "U-EVENT"}
    assert allowed[6] == {"O"}


def test_a_name_of_two_possible_types(names: ModuleType) -> None:
    found = names.masks(["New", "Town"], [names.Name(0, 2, ("GPE", "FAC"), maybe=True)], ())
    assert tags(names, found) == [{"O", "B-GPE", "B-FAC"}, {"O", "L-GPE", "L-FAC"}]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Russia", ("GPE",)),
        ("the Black Sea", ("LOC",)),
        ("Mount Everest", ("LOC",)),
        ("Heathrow Airport", ("FAC",)),
        ("Mayberry", ("GPE", "LOC", "FAC")),
    ],
)
def test_kinds_of_places(names: ModuleType, text: str, labels: tuple[str, ...]) -> None:
    words = text.split()
    assert names.place_labels(words, 0, len(words)) == labels


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on Friday , July 21 , 2017 .", ["Friday , July 21 , 2017"]),
        ("in 2019 over concessions", ["2019"]),
        ("1500 troops may march", []),
        ("in May 2004", ["May 2004"]),
    ],
)
def test_calendar_dates(names: ModuleType, text: str, dates: list[str]) -> None:
    words = text.split()
    found = [" ".join(words[n.start : n.end]) for n in names.date_spans(words, None)]
    assert found == dates


GUM = """# newdoc id = GUM_news_x
1\tUS\tUS\tPROPN\tNNP\t_\t4\tcompound\t_\tEntity=(1-person-new-x-cf1-4-coref-Donald_Trump(2-place-new-x-cf2-1-coref-United_States)
2\tPresident\tPresident\tPROPN\tNNP\t_\t3\tcompound\t_\t_
3\tDonald\tDonald\tPROPN\tNNP\t_\t5\tnsubj\t_\t_
4\tTrump\tTrump\tPROPN\tNNP\t_\t3\tflat\t_\tEntity=1)
5\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
6\tAfghan\tAfghan\tADJ\tJJ\t_\t7\tamod\t_\tEntity=(3-person-new-x-cf3-2-coref
7\tleaders\tleader\tNOUN\tNNS\t_\t5\tobj\t_\tEntity=3)
8\tat\tat\tADP\tIN\t_\t11\tcase\t_\t_
9\tthe\tthe\tDET\tDT\t_\t11\tdet\t_\tEntity=(4-organization-new-x-cf4-2-coref-University_of_Utah
10\tUtah\tUtah\tPROPN\tNNP\t_\t11\tcompound\t_\t(5-place-new-x-cf4-2-coref-Utah)
11\tUniversity\tUniversity\tPROPN\tNNP\t_\t5\tobl\t_\tEntity=4)
12\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_
"""


def test_names_of_gum(names: ModuleType, tmp_path: Path) -> None:
    import conllu
    import gum

    path = tmp_path / "gum.conllu"
    path.write_text(GUM + "\n", encoding="utf-8")
    (sentence,) = conllu.read_conllu(path)
    found = [(" ".join(sentence.words[n.start : n.end]), n.labels) for n in gum.gum_names(sentence)]
    assert ("Donald Trump", ("PERSON",)) in found
    assert ("Afghan", ("NORP",)) in found
    assert ("Utah University", ("ORG",)) in found
