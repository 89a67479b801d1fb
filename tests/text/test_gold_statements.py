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

from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Relation,
    Span,
    Stance,
    Statement,
)

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold"
BASELINE = Path(__file__).parent / "gold-statements-baseline.json"
TOLERANCE = 0.015


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


# What each file must hold: passages, expected events, sentences that must stay silent.
SIZES = {
    "statements-dev.jsonl": (563, 484, 87),
    "statements-heldout.jsonl": (120, 89, 40),
    "passages-dev.jsonl": (1929, 5031, 194),
    "passages-heldout.jsonl": (645, 1659, 77),
    "reports-dev.jsonl": (222, 4586, 0),
    "reports-heldout.jsonl": (108, 2269, 0),
    "leads-dev.jsonl": (634, 967, 43),
    "leads-heldout.jsonl": (316, 459, 24),
    "articles/argyle-readout.json": (10, 17, 0),
    "articles/astana-talks.json": (10, 16, 0),
    "articles/aukus-sequel.json": (10, 19, 0),
    "articles/balakot-pilot.json": (17, 20, 0),
    "articles/bamako-exit.json": (13, 15, 0),
    "articles/bronze-soldier.json": (8, 12, 0),
    "articles/budapest-warrant.json": (9, 23, 0),
    "articles/cenepa-clash.json": (11, 18, 0),
    "articles/cod-war.json": (12, 16, 0),
    "articles/colombia-vote.json": (8, 9, 0),
    "articles/durand-truce.json": (10, 16, 0),
    "articles/embassy-raid.json": (12, 8, 0),
    "articles/embassy-reprisal.json": (12, 17, 0),
    "articles/ev-duties.json": (9, 18, 0),
    "articles/georgia-truce.json": (10, 22, 0),
    "articles/goma-falls.json": (10, 18, 0),
    "articles/grain-exit.json": (10, 17, 0),
    "articles/horn-air-raids.json": (9, 20, 0),
    "articles/hostage-accord.json": (11, 13, 0),
    "articles/iran-missiles.json": (10, 12, 0),
    "articles/laredo-tariffs.json": (9, 14, 0),
    "articles/libyan-rout.json": (9, 21, 0),
    "articles/meng-homecoming.json": (11, 19, 0),
    "articles/myanmar-charges.json": (11, 15, 0),
    "articles/niger-deadline.json": (14, 17, 0),
    "articles/nijjar-expulsions.json": (13, 17, 0),
    "articles/prague-tanks.json": (10, 22, 0),
    "articles/quito-embassy.json": (8, 17, 0),
    "articles/rohingya-order.json": (10, 16, 0),
    "articles/shoal-sitrep.json": (20, 16, 0),
    "articles/taiwan-countermeasures.json": (11, 14, 0),
    "articles/tariff-war.json": (9, 13, 0),
    "articles/tbilisi-rallies.json": (15, 19, 0),
    "articles/tiger-truce.json": (7, 17, 0),
    "articles/tunis-memorandum.json": (9, 15, 0),
}
ARTICLES = {name for name in SIZES if name.startswith("articles/")}
# Like the held-out sentences, these were kept from those who work on the extractor.
HELDOUT = {f"articles/{path.name}" for path in benchmark().heldout_articles()}
# Articles hold few events each, so that they are scored together.
GROUPS = {
    "sentences": ["statements-dev.jsonl"],
    "held-out sentences": ["statements-heldout.jsonl"],
    "passages": ["passages-dev.jsonl"],
    "held-out passages": ["passages-heldout.jsonl"],
    "reports": ["reports-dev.jsonl"],
    "held-out reports": ["reports-heldout.jsonl"],
    "leads": ["leads-dev.jsonl"],
    "held-out leads": ["leads-heldout.jsonl"],
    "articles": sorted(ARTICLES - HELDOUT),
    "held-out articles": sorted(HELDOUT),
}
PLOVER = set(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN"
    " PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)


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
    if result.coded:
        measures["exact code"] = round(result.exact / result.coded, 4)
    if result.silent:
        measures["kept silent"] = result.kept_silent
        measures["asserted nothing"] = result.asserted_nothing
    return measures


def test_every_gold_file_is_scored() -> None:
    files = {path.name for path in GOLD.glob("[splr]*.jsonl")}
    files |= {f"articles/{path.name}" for path in (GOLD / "articles").glob("*.json")}
    assert files == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_gold_files_are_complete(name: str) -> None:
    golds = list(benchmark().read_gold(GOLD / name))
    passages = [passage for gold in golds for _, passage in gold.passages]
    expected = [one for passage in passages for one in passage.expected]
    silent = [p for p in passages if not p.expected and not p.allowed]
    sizes = (len(passages), len(expected), 0 if name in ARTICLES else len(silent))
    assert sizes == SIZES[name]
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        for one in passage.expected + passage.allowed:
            assert one.types <= PLOVER, f"{passage.id}: {one.words}"


KINDS = ["statements", "passages", "reports", "leads"]


@pytest.mark.parametrize("kind", KINDS)
def test_heldout_covers_every_event_type(kind: str) -> None:
    golds = benchmark().read_gold(GOLD / f"{kind}-heldout.jsonl")
    found = {kind for g in golds for _, p in g.passages for one in p.expected for kind in one.types}
    assert found == PLOVER


@pytest.mark.parametrize("kind", KINDS)
def test_heldout_repeats_no_text_of_dev(kind: str) -> None:
    texts = [
        {gold.document.text for gold in benchmark().read_gold(GOLD / f"{kind}-{half}.jsonl")}
        for half in ("dev", "heldout")
    ]
    assert not texts[0] & texts[1]


def statement(relation: Relation, *, denied: bool = False, modality: Modality) -> Statement:
    """Iran does something to Iraq."""
    iran = Mention(Actor("wd:Q794", "Iran", ActorType.STATE, "IRN"), Span(0, 4, "Iran"))
    iraq = Mention(Actor("wd:Q796", "Iraq", ActorType.STATE, "IRQ"), Span(9, 13, "Iraq"))
    link = Attribution(iran.actor, None, Stance.DENIES, Span(0, 0, ""), (0, 0))
    evidence = Evidence("d", Span(0, 13, "Iran ... Iraq"), (5, 8), "rule")
    return Statement(
        iran,
        relation,
        iraq,
        evidence,
        modality=modality,
        attribution=(link,) if denied else (),
    )


BOMBED = Relation("kg:bombed", "bombed", "ASSAULT", "195", "MCONF")
MET = Relation("kg:met", "met", "CONSULT", "040", "VCOOP", symmetric=True)


@pytest.mark.parametrize(
    ("expect", "found", "right", "hit"),
    [
        (["IRN ASSAULT IRQ"], statement(BOMBED, modality=Modality.ACTUAL), (1, 1), 1),
        (["IRN AID|ASSAULT IRQ"], statement(BOMBED, modality=Modality.ACTUAL), (1, 1), 1),
        # The wrong direction, the wrong type, an event where there is none.
        (["IRQ ASSAULT IRN"], statement(BOMBED, modality=Modality.ACTUAL), (0, 1), 0),
        (["IRN AID IRQ"], statement(BOMBED, modality=Modality.ACTUAL), (0, 1), 0),
        ([], statement(BOMBED, modality=Modality.ACTUAL), (0, 1), 0),
        (["IRQ CONSULT IRN"], statement(MET, modality=Modality.ACTUAL), (1, 1), 1),
        # The act beside the threat is not wrong; without a threat it is.
        (["IRN THREATEN IRQ"], statement(BOMBED, modality=Modality.INTENDED), (0, 0), 0),
        (["USA THREATEN IRQ"], statement(BOMBED, modality=Modality.INTENDED), (0, 1), 0),
        # What is denied is neither right nor wrong.
        ([], statement(BOMBED, modality=Modality.ACTUAL, denied=True), (0, 0), 0),
    ],
)
def test_what_counts(expect: list[str], found: Statement, right: tuple[int, int], hit: int) -> None:
    module = benchmark()
    passage = module.Passage("p", "Iran ... Iraq", tuple(map(module.Expectation.read, expect)), ())
    gold = module.Gold(Document("d", passage.text), ((0, passage),))

    class Reader:
        def extract(self, document: Document) -> list[Statement]:
            return [found]

    result = module.score([gold], Reader())
    assert (result.typed.right, result.typed.found) == right
    assert (result.typed.hit, result.typed.expected) == (hit, len(expect))
    assert result.kept_silent == (not expect and right == (0, 0))


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
