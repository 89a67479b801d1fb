"""Months, unusual months, periods and changes."""

from __future__ import annotations

import math
from datetime import date

import pytest
from graph.small import ARRAN, BELOR, CORIA, claim, on, paper
from graph.test_signed import CONSULTED, INVADED, SUPPORTED

from kg.graph.measures import series
from kg.graph.measures.acts import Acts, read_acts
from kg.graph.measures.change import compare, periods, unit_for
from kg.graph.measures.series import Month, Series, anomalies, at_least, month_name, month_of
from kg.statement import Actor, ActorType, Relation, Statement

A, B, C = ARRAN.id, BELOR.id, CORIA.id


def monthly(counts: list[int], relation: Relation = CONSULTED) -> list[Statement]:
    """So many acts of Arran and Belor in each month from January 2022 on, a day for each."""
    return [
        claim(ARRAN, relation, BELOR, 20 * n, time=on(f"2022-{month:02}-{n + 1:02}"))
        for month, count in enumerate(counts, 1)
        for n in range(count)
    ]


def read(*statements: Statement, **documents: str | None) -> Acts:
    return read_acts(statements, [paper(name, day) for name, day in documents.items()])


def test_months_are_counted_from_the_year_0() -> None:
    assert month_name(month_of(date(2024, 5, 31))) == "2024-05"
    assert month_of(date(2025, 1, 1)) - month_of(date(2024, 12, 31)) == 1


def test_a_series_sums_intensity_by_month() -> None:
    found = series.series(
        read(
            claim(ARRAN, INVADED, BELOR, 0, time=on("2024-01-05")),
            claim(BELOR, SUPPORTED, ARRAN, 9, time=on("2024-01-20")),
            claim(BELOR, SUPPORTED, ARRAN, 9, time=on("2024-03-01")),
        )
    )
    assert found is not None
    months = found.pairs[A, B]
    january, march = months[month_of(date(2024, 1, 1))], months[month_of(date(2024, 3, 1))]
    assert (january.acts, january.cooperation, january.conflict) == (2, 5.0, -10.0)
    assert january.tone == -2.5
    assert march.cooperation == 5.0
    assert (month_name(found.first), month_name(found.last)) == ("2024-01", "2024-03")


def test_what_articles_recall_from_before_they_appeared_is_no_part() -> None:
    found = series.series(
        read(
            claim(ARRAN, INVADED, BELOR, 0, "d1", time=on("1998-01-05")),
            claim(ARRAN, SUPPORTED, BELOR, 9, "d1"),
            d1="2024-05-06",
        )
    )
    assert found is not None
    assert [month_name(month) for month in found.pairs[A, B]] == ["2024-05"]


def test_without_dated_events_there_is_no_series() -> None:
    assert series.series(read(claim(ARRAN, SUPPORTED, BELOR))) is None
    assert series.series(read()) is None


@pytest.mark.parametrize(
    ("count", "before", "past", "now"), [(3, 4, 10, 1), (1, 0, 6, 1), (12, 5, 30, 4)]
)
def test_the_chance_is_that_of_the_negative_binomial(
    count: int, before: int, past: int, now: int
) -> None:
    """Summed from below, term by term, with its mean and its prior in view."""
    shape, share = before + 0.5, now / (past + now)

    def probability(k: int) -> float:
        ways = math.exp(math.lgamma(k + shape) - math.lgamma(shape) - math.lgamma(k + 1))
        return float(ways * (1 - share) ** shape * share**k)

    below = sum(probability(k) for k in range(count))
    assert at_least(count, before, past, now) == pytest.approx(1 - below)


def test_chances_at_the_ends() -> None:
    assert at_least(0, 5, 10, 1) == 1.0
    assert at_least(5, 0, 0, 1) == 1.0  # no history, nothing unusual
    assert 0 < at_least(100, 3, 24, 1) < 1e-100
    assert at_least(2, 1, 12, 1) < at_least(2, 10, 12, 1)


def test_a_sudden_month_is_unusual_and_the_usual_ones_are_not() -> None:
    found = series.series(read(*monthly([1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 9])))
    assert found is not None
    (odd,) = anomalies(found)
    assert (odd.kind, month_name(odd.month), odd.found) == ("many", "2022-12", 9)
    assert odd.usual == pytest.approx(7 / 11)
    assert len(odd.claims) == 9


def test_more_articles_let_more_acts_be_expected() -> None:
    """Nine acts are nothing unusual in a month with twenty times as many articles."""
    quiet = monthly([1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 9])
    documents = {f"d{month}": f"2022-{month:02}-01" for month in range(1, 13)}
    documents |= {f"e{n}": "2022-12-02" for n in range(19)}
    # each article has a statement of its own, about others
    filler = [claim(CORIA, SUPPORTED, ARRAN, 0, name) for name in documents]
    acts = read(*quiet, *filler, **documents)
    found = series.series(acts)
    assert found is not None
    assert [odd.pair for odd in anomalies(found) if odd.pair == (A, B)] == []


def test_short_histories_and_thin_pairs_have_no_unusual_months() -> None:
    short = series.series(read(*monthly([0, 1, 0, 1, 9])))
    thin = series.series(read(*monthly([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])))
    assert short is not None
    assert thin is not None
    assert anomalies(short) == anomalies(thin) == []


def test_another_tone_is_unusual() -> None:
    friendly = monthly([2] * 8, SUPPORTED)
    attack = claim(ARRAN, INVADED, BELOR, 900, time=on("2022-09-01"))
    found = series.series(read(*friendly, attack))
    assert found is not None
    (odd,) = [one for one in anomalies(found) if one.kind == "tone"]
    assert (month_name(odd.month), odd.found, odd.usual) == ("2022-09", -10.0, 5.0)
    assert odd.deviations == pytest.approx(-15.0)


def test_by_chance_hardly_any_month_is_unusual() -> None:
    """200 steady pairs over three years: the rate of false alarms is held."""
    import random

    dice = random.Random(5)
    pairs = {
        (f"a{n}", f"b{n}"): {
            m: Month(acts=k, cooperation=2.0 * k)
            for m in range(36)
            if (k := sum(dice.random() < 0.1 for _ in range(12)))
        }
        for n in range(200)
    }
    assert len(anomalies(Series(0, 35, {}, pairs))) <= 3


# --- periods ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (["2024-01-05", "2024-02-05", "2024-05-01"], "month"),
        ([f"{2021 + n // 12}-{n % 12 + 1:02}-01" for n in range(40)], "quarter"),
        (["2016-01-01", "2019-05-01", "2020-05-01", "2021-05-01", "2025-01-01"], "year"),
    ],
)
def test_the_length_of_periods_fits_the_time(days: list[str], unit: str) -> None:
    assert unit_for([date.fromisoformat(day) for day in days]) == unit


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("month", ["2023-11", "2023-12", "2024-01", "2024-02"]),
        ("quarter", ["2023-Q4", "2024-Q1"]),
        ("half", ["2023-H2", "2024-H1"]),
        ("year", ["2023", "2024"]),
        ("decade", ["2020s"]),
    ],
)
def test_periods_have_names_and_whole_months(unit: str, names: list[str]) -> None:
    acts = read(
        claim(ARRAN, SUPPORTED, BELOR, 0, time=on("2023-11-30")),
        claim(ARRAN, SUPPORTED, BELOR, 9, time=on("2024-02-01")),
    )
    found = periods(acts, unit)
    assert [period.name for period in found] == names
    assert all(period.first.day == 1 for period in found)
    assert sum(len(period.acts) for period in found) == 2


def test_changes_from_one_period_to_the_next() -> None:
    p, q, r, s = (Actor(f"local:{letter}", letter, ActorType.STATE) for letter in "pqrs")
    acts = read(
        claim(ARRAN, SUPPORTED, BELOR, 0, time=on("2023-02-01")),
        claim(ARRAN, INVADED, BELOR, 0, time=on("2024-02-01")),
        claim(ARRAN, INVADED, CORIA, 0, time=on("2023-02-01")),
        claim(ARRAN, SUPPORTED, CORIA, 0, time=on("2024-02-01")),
        claim(p, SUPPORTED, q, 0, time=on("2023-05-01")),
        claim(r, SUPPORTED, s, 0, time=on("2024-05-01")),
        claim(BELOR, CONSULTED, CORIA, 0, time=on("2023-05-01")),
        claim(BELOR, CONSULTED, CORIA, 0, time=on("2024-05-01")),
    )
    (one,) = compare(periods(acts, "year"))
    assert (one.before, one.after) == ("2023", "2024")
    assert [(change.kind, change.pair) for change in one.changes] == [
        ("turned to conflict", (A, B)),
        ("turned to cooperation", (A, C)),
        ("new", ("local:r", "local:s")),
        ("gone", ("local:p", "local:q")),
    ]
    first = one.changes[0]
    assert (first.before, first.after) == (pytest.approx(0.25), pytest.approx(-0.5))


def test_empty_periods_are_passed_over() -> None:
    acts = read(
        claim(ARRAN, SUPPORTED, BELOR, 0, time=on("2021-02-01")),
        claim(ARRAN, SUPPORTED, BELOR, 0, time=on("2024-02-01")),
    )
    found = periods(acts, "year")
    assert [len(period.acts) for period in found] == [1, 0, 0, 1]
    assert [(one.before, one.after) for one in compare(found)] == [("2021", "2024")]
    assert periods(read(), None) == []
