"""Time expressions and calendar arithmetic, without the language model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kg.text.timex
from kg.text.calendar import add_days, add_months, around, part, season_of, shift
from kg.text.timebase import Moment
from kg.text.timewords import load_words
from kg.text.timex import find_timexes, rule_examples

PUBLISHED = date(2025, 9, 22)
EXAMPLES = rule_examples()


def resolved(text: str, published: date | None = PUBLISHED, future: bool = False) -> list[str]:
    """The intervals of a text, as "first/last"."""
    found = []
    for timex in find_timexes(text):
        start, end = timex.resolve(Moment(published, None, future))
        found.append(f"{start}/{end}")
    return found


def test_every_rule_has_an_example() -> None:
    assert len(EXAMPLES) == 46


def test_rules_are_only_left_out_where_they_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = sorted((Path(__file__).parent.parent / "gold").glob("*-dev.*"))
    texts = [line for path in gold for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 3000
    told = [[(t.start, t.end, t.rule) for t in find_timexes(text)] for text in texts]
    assert len({rule for found in told for *_, rule in found}) > 35
    whole = tuple(replace(rule, letters=()) for rule in kg.text.timex._compiled())
    monkeypatch.setattr(kg.text.timex, "_compiled", lambda: whole)
    assert told == [[(t.start, t.end, t.rule) for t in find_timexes(text)] for text in texts]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[rule for rule, _ in EXAMPLES])
def test_rules_read_their_examples(rule: str, example: str) -> None:
    text = f"They met {example}, it is said."
    assert rule in [timex.rule for timex in find_timexes(text)]


NEAR_MISSES = [
    "Theresa May met the king.",
    "Troops may march on the city.",
    "Kabul fell to the rebels.",
    "The fall of Kabul shocked many.",
    "They fired 2000 rockets.",
    "The spring offensive failed.",
    "Mark Sun and Jan met.",
    "Act 5 of the treaty",
    "He is 2019th.",
    "A 25-year-old man in his 80s met them.",
    "They came to power within reach of the sea.",
]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_are_no_times(text: str) -> None:
    assert resolved(text) == []


VALUES = [
    ("on 5 March 2022", "2022-03-05/2022-03-05"),
    ("on March 5, 2022", "2022-03-05/2022-03-05"),
    ("on Sept. 11, 2001", "2001-09-11/2001-09-11"),
    ("last year", "2024-01-01/2024-12-31"),
    ("three and a half years ago", "2022-01-01/2022-06-30"),
    ("between 11 and 13 December 2022", "2022-12-11/2022-12-13"),
    ("on Monday", "2025-09-22/2025-09-22"),
    ("on Tuesday", "2025-09-16/2025-09-16"),
    ("next Monday", "2025-09-29/2025-09-29"),
    ("in the winter of 2023", "2023-12-01/2024-02-29"),
    ("on 30 February 2024", "None/None"),
    ("in recent weeks", "2025-09-01/2025-09-22"),
    ("the early 1990s", "1990-01-01/1993-12-31"),
    ("in the second quarter of last year", "2024-04-01/2024-06-30"),
    ("in the third quarter", "2025-07-01/2025-09-30"),
    ("in Q3 2024", "2024-07-01/2024-09-30"),
    ("on 9 June last year", "2024-06-09/2024-06-09"),
    ("in March last year", "2024-03-01/2024-03-31"),
    ("between Tuesday and Thursday", "2025-09-16/2025-09-18"),
    ("in the early hours of Sunday", "2025-09-21/2025-09-21"),
    ("on the night of 3 January 2024", "2024-01-03/2024-01-03"),
    ("in the last days of July", "2025-07-22/2025-07-31"),
    ("in the '90s", "1990-01-01/1999-12-31"),
    ("early on Monday", "2025-09-22/2025-09-22"),
    ("every Friday", "None/None"),
    ("two weeks before the vote", "None/None"),
    ("on the eve of the vote", "None/None"),
    ("at 8 p.m.", "None/None"),
    ("for a five-day visit", "None/None"),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[t for t, _ in VALUES])
def test_values(text: str, value: str) -> None:
    assert resolved(f"They met {text}.") == [value]


def test_narrative_times_count_from_what_was_told() -> None:
    (timex,) = find_timexes("Ten days later they met.")
    may = date(2018, 5, 1), date(2018, 5, 31)
    assert timex.resolve(Moment(PUBLISHED, may, False)) == (date(2018, 5, 11), date(2018, 6, 10))
    assert timex.resolve(Moment(PUBLISHED, None, False)) == (None, None)
    (year,) = find_timexes("The following year they met.")
    told = date(2012, 1, 1), date(2012, 12, 31)
    assert year.resolve(Moment(PUBLISHED, told, False)) == (date(2013, 1, 1), date(2013, 12, 31))


def test_the_tense_tells_past_from_future() -> None:
    assert resolved("They meet on Friday.", future=True) == ["2025-09-26/2025-09-26"]
    assert resolved("They met on Friday.") == ["2025-09-19/2025-09-19"]


def test_without_a_publication_date_nothing_is_invented() -> None:
    text = "last year, on Monday, two weeks ago, in May, this summer, on 3 June, in recent years"
    assert resolved(text, None) == ["None/None"] * 7
    assert resolved("in May 2020", None) == ["2020-05-01/2020-05-31"]


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)), st.integers(1, 6))
def test_days_ago_shift_with_the_publication_date(day: date, weeks: int) -> None:
    """Seven days later everything counted in days and weeks is seven days later."""
    text = "yesterday, on Monday, 10 days ago, last week, next week, in two weeks, last Friday"
    text += ", overnight, between Tuesday and Thursday, early on Sunday, the following day"
    moments = [Moment(d, (d, d), False) for d in (day, day + timedelta(days=7 * weeks))]
    for timex in find_timexes(text):
        (a, b), (c, d) = (timex.resolve(moment) for moment in moments)
        if a is None or b is None or c is None or d is None:
            assert (a, b) == (c, d) == (None, None)
        else:
            assert c - a == d - b == timedelta(days=7 * weeks)


@given(st.one_of(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates()))
@example(date.min)
@example(date.max)
def test_intervals_begin_before_they_end(day: date) -> None:
    text = " ; ".join(words for _, words in EXAMPLES)
    text += " ; next spring ; last winter ; next decade ; March next year ; 9999 years ago"
    for timex in find_timexes(text):
        for future in (True, False):
            start, end = timex.resolve(Moment(day, (day, day), future))
            assert start is None or end is None or start <= end


@given(st.dates(), st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]))
def test_around_contains_the_day(day: date, unit: str) -> None:
    start, end = around(day, unit)
    assert start <= day <= end or day > date(9990, 1, 1)


@given(st.dates(), st.integers(-5000, 5000))
def test_arithmetic_stays_within_the_calendar(day: date, count: int) -> None:
    assert date.min <= add_days(day, count * 1000) <= date.max
    assert date.min <= add_months(day, count * 100) <= date.max
    assert date.min <= shift(day, "century", count) <= date.max


def test_calendar_edges() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert season_of(2023, 12) == (date(2023, 12, 1), date(2024, 2, 29))
    assert part((date(2022, 1, 1), date(2022, 12, 31)), "late") == (
        date(2022, 9, 1),
        date(2022, 12, 31),
    )


def test_words_are_complete() -> None:
    words = load_words()
    assert set(words.months.values()) == set(range(1, 13))
    assert sorted(words.weekdays.values()) == list(range(7))
