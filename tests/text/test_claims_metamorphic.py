"""What must hold of the claims of any sentence: reports, negations and dates change one thing each.

"X said that" adds a link to the chain and nothing else; "did not" flips the polarity and nothing
else; another publication date moves relative times by as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from kg.jsonlines import from_json, to_json
from kg.statement import Document, Polarity, Statement, TimeInterval

pytestmark = pytest.mark.model

DAY = date(2025, 9, 24)


@cache
def extractor() -> Any:
    from kg.text.pipeline import Extractor

    return Extractor()


def read(text: str, day: date | None = DAY) -> list[Statement]:
    found: list[Statement] = extractor().extract(Document("text", text, date=day))
    return found


def claims(statements: Iterable[Statement]) -> list[tuple[Any, ...]]:
    """Everything that is claimed, without who says it, how surely, and where it stands."""
    return sorted(
        (
            s.subject.actor.id,
            s.relation.id,
            s.object.actor.id if s.object else "",
            str(s.polarity),
            str(s.modality),
            (s.time.start, s.time.end) if s.time else None,
            s.place.actor.id if s.place else None,
            s.condition,
        )
        for s in statements
    )


SENTENCES = [
    "Russia attacked Ukraine on Monday.",
    "Armenia and Azerbaijan signed a peace treaty in Washington last week.",
    "Turkey expelled the ambassador of Greece.",
    "Iran did not attack Israel.",
    "Japan imposed sanctions on North Korea in 2016.",
    "China may invade Taiwan.",
    "Rwanda sent troops to Mozambique three years ago.",
    "Egypt met Sudan in Cairo on Sunday.",
]
REPORTERS = ["Witnesses said that {}", "According to analysts, {}", "{}, officials said."]


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("sentence", SENTENCES, ids=[s[:18] for s in SENTENCES])
def test_a_report_adds_attribution_and_nothing_else(sentence: str, reporter: str) -> None:
    bare = sentence.rstrip(".") if reporter.endswith("officials said.") else sentence
    told, plain = read(reporter.format(bare)), read(sentence)
    assert plain
    assert claims(told) == claims(plain)
    assert all(len(s.attribution) == 1 for s in told)
    assert not any(s.attribution for s in plain)
    # The source holds it as the author of the bare sentence does; the author less surely.
    assert [s.attribution[0].factuality for s in told] == [s.factuality for s in plain]
    assert all(
        abs(s.factuality or 0) < abs(p.factuality or 0) for s, p in zip(told, plain, strict=True)
    )


NEGATED = [
    ("Russia attacked Ukraine on Monday.", "Russia did not attack Ukraine on Monday."),
    ("Turkey expelled the ambassador of Greece.", "Turkey did not expel the ambassador of Greece."),
    ("Japan imposed sanctions on Iran.", "Japan did not impose sanctions on Iran."),
    ("Egypt met Sudan in Cairo.", "Egypt did not meet Sudan in Cairo."),
    (
        "Witnesses said that Rwanda attacked Congo.",
        "Witnesses said that Rwanda did not attack Congo.",
    ),
]


@pytest.mark.parametrize(("plain", "negated"), NEGATED, ids=[n[:24] for _, n in NEGATED])
def test_not_flips_polarity_and_nothing_else(plain: str, negated: str) -> None:
    one, two = read(plain), read(negated)
    assert one
    assert all(s.polarity is Polarity.POSITIVE for s in one)
    assert claims(replace(s, polarity=Polarity.NEGATIVE) for s in one) == claims(two)
    assert [-(s.factuality or 0) for s in one] == [s.factuality for s in two]
    assert [len(s.attribution) for s in one] == [len(s.attribution) for s in two]


def times(text: str, day: date | None) -> list[TimeInterval]:
    return [s.time for s in read(text, day) if s.time is not None]


RELATIVE = [
    "Russia attacked Ukraine yesterday.",
    "Russia attacked Ukraine on Sunday.",
    "Russia attacked Ukraine last week.",
    "Russia attacked Ukraine ten days ago.",
    "Russia attacked Ukraine between Friday and Sunday.",
    "Russia will attack Ukraine next week.",
]


@pytest.mark.parametrize("text", RELATIVE)
@pytest.mark.parametrize("weeks", [1, -3, 52])
def test_another_date_moves_relative_times_by_as_much(text: str, weeks: int) -> None:
    by = timedelta(days=7 * weeks)
    (here,), (there,) = times(text, DAY), times(text, DAY + by)
    assert here.start is not None and here.end is not None
    assert (there.start, there.end) == (here.start + by, here.end + by)
    assert there.text == here.text


@pytest.mark.parametrize("text", RELATIVE)
def test_without_a_date_only_the_words_are_kept(text: str) -> None:
    (found,) = times(text, None)
    assert (found.start, found.end) == (None, None)
    assert found.text in text


def test_absolute_times_do_not_move() -> None:
    text = "Russia invaded Ukraine on 24 February 2022."
    assert times(text, DAY) == times(text, None) == times(text, date(1990, 1, 1))


def test_an_answer_denies_what_was_said_before() -> None:
    said = read("Armenia has accused Turkey of attacking Syria. Turkey denies the accusation.")
    attacks = [s for s in said if s.relation.id == "kg:attacked"]
    told = {
        (str(link.stance), link.source.label if link.source else None, s.factuality)
        for s in attacks
        for link in s.attribution
    }
    assert told == {("says", "Armenia", 1.5), ("denies", "Turkey", -1.0)}
    (denial,) = [s for s in attacks if s.attribution[0].stance == "denies"]
    assert denial.evidence.sentence.text.endswith("Turkey denies the accusation.")
    assert denial.id not in {s.id for s in attacks if s is not denial}


NO_ANSWERS = [
    "Armenia has accused Turkey of attacking Syria. Armenia repeated the accusation.",
    "Turkey attacked Syria. Turkey denies the accusation.",
    "Armenia has accused Turkey of attacking Syria. Turkey denied entry to a diplomat.",
]


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_other_denials_answer_nothing(text: str) -> None:
    assert not [s for s in read(text) if s.evidence.rule.endswith("+denied")]


def test_each_of_several_sources_says_it() -> None:
    told = read("The US and Britain said Russia attacked Ukraine.")
    sources = [s.attribution[0].source for s in told if s.relation.id == "kg:attacked"]
    assert sorted(source.country or "" for source in sources if source) == ["GBR", "USA"]


def test_every_hand_keeps_its_own_certainty() -> None:
    text = "KCNA said Kim had told reporters that Russia may attack Ukraine."
    (statement,) = read(text)
    assert statement.factuality is not None
    views = [link.factuality for link in statement.attribution]
    assert views == [pytest.approx(0.73), pytest.approx(1.0)]
    assert statement.factuality < min(v for v in views if v is not None)
    again = from_json(to_json(statement))
    assert again.factuality == statement.factuality
    assert [link.factuality for link in again.attribution] == views


def test_statements_of_earlier_versions_are_read() -> None:
    record = to_json(read("Russia attacked Ukraine.")[0])
    del record["factuality"]
    assert from_json(record).factuality is None
