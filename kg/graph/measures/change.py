"""Periods, each with its own figures, and what changed from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kg.graph.measures.acts import Act, Acts
from kg.graph.measures.balance import Triads, triads
from kg.graph.measures.series import month_of
from kg.graph.measures.signed import (
    ADVERSARIES,
    ALLIES,
    SignedTie,
    signed_network,
    signed_ties,
    standing,
)

UNITS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
"""Lengths of periods in months; periods begin with the year."""

_MOST = 16  # so many periods at most where the length is left open


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole months with its acts; ``name`` such as 2024, 2024-Q2 or 2024-05."""

    name: str
    first: date
    last: date
    acts: tuple[Act, ...]
    strength: dict[str, int]
    ties: tuple[SignedTie, ...]
    triads: Triads


@dataclass(frozen=True, slots=True)
class Change:
    """How a pair stood before and after; scores are None where it had no acts."""

    pair: tuple[str, str]
    kind: str
    before: float | None
    after: float | None
    acts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one period with acts to the next such period, by their names."""

    before: str
    after: str
    changes: tuple[Change, ...]


NEW, GONE = "new", "gone"
TO_CONFLICT, TO_COOPERATION = "turned to conflict", "turned to cooperation"
CHANGES = (TO_CONFLICT, TO_COOPERATION, NEW, GONE)
"""What may happen to a pair from one period to the next, in the order of telling."""


def unit_for(days: Sequence[date]) -> str:
    """The shortest length of few periods most of which have an act on one of these days.

    Where no length up to a year is like that, it is a year, or a decade for very long times.
    """
    for unit in ("month", "quarter", "half", "year"):
        filled = {month_of(day) // UNITS[unit] for day in days}
        spanned = max(filled) - min(filled) + 1
        if spanned <= _MOST and len(filled) * 2 > spanned:
            return unit
    return "year" if spanned <= 2 * _MOST else "decade"


def periods(acts: Acts, unit: str | None = None) -> list[Period]:
    """The periods between the first and the last dated event, those without any included.

    An act belongs to the period that holds all its days, or its first day when it is brief.
    Where the time spans much more than the documents do, older periods with next to nothing
    in them are left out: the first period is the one where the first event in fifty lies.
    """
    days = sorted(act.day for act in acts.acts if act.day and not act.lasting)
    if not days:
        return []
    start = days[len(days) // 50]
    unit = unit or unit_for([day for day in days if day >= start])
    size = UNITS[unit]
    begin, end = month_of(start) // size, month_of(days[-1]) // size
    inside: dict[int, list[Act]] = defaultdict(list)
    for act in acts.acts:
        number = None if act.lasting else _number(act, size)
        if number is not None and begin <= number <= end:
            inside[number].append(act)
    return [_period(number, unit, inside[number]) for number in range(begin, end + 1)]


def _number(act: Act, size: int) -> int | None:
    if act.day:
        return month_of(act.day) // size
    if act.first is None or act.last is None:
        return None
    first, last = month_of(act.first) // size, month_of(act.last) // size
    return first if first == last else None


def _period(number: int, unit: str, acts: Sequence[Act]) -> Period:
    size = UNITS[unit]
    first = _first_of(number * size)
    strength: dict[str, int] = defaultdict(int)
    for act in acts:
        for end in act.pair:
            strength[end] += act.evidence
    ties = signed_ties(acts, None)
    ranked = sorted(strength.items(), key=lambda item: (-item[1], item[0]))
    return Period(
        _name(number, unit),
        first,
        _first_of((number + 1) * size) - timedelta(days=1),
        tuple(acts),
        dict(ranked),
        tuple(ties),
        triads(signed_network(ties)),
    )


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _name(number: int, unit: str) -> str:
    year, rest = divmod(number * UNITS[unit], 12)
    match unit:
        case "month":
            return f"{year:04}-{rest + 1:02}"
        case "quarter":
            return f"{year:04}-Q{rest // 3 + 1}"
        case "half":
            return f"{year:04}-H{rest // 6 + 1}"
        case "year":
            return f"{year:04}"
        case _:
            return f"{year:04}s"


def compare(found: Sequence[Period]) -> list[Comparison]:
    """Each period that has acts compared with the one before it that has any."""
    filled = [period for period in found if period.acts]
    return [
        Comparison(before.name, after.name, tuple(changes(before.ties, after.ties)))
        for before, after in pairwise(filled)
    ]


def changes(before: Iterable[SignedTie], after: Iterable[SignedTie]) -> list[Change]:
    """Who is new, gone or has turned, the largest changes first within each kind.

    New and gone are pairs with acts in one of the periods only; turned are those that were
    allies or adversaries and are the opposite.
    """
    old = {(tie.one, tie.other): tie for tie in before}
    new = {(tie.one, tie.other): tie for tie in after}
    found = []
    for pair in sorted(old.keys() | new.keys()):
        was, now = old.get(pair), new.get(pair)
        kind = _kind(was, now)
        if kind is None:
            continue
        scores = (was.score if was else None, now.score if now else None)
        acts = (was.acts if was else 0, now.acts if now else 0)
        found.append(Change(pair, kind, *scores, acts))

    def order(change: Change) -> tuple[int, float, tuple[str, str]]:
        size = abs((change.after or 0.0) - (change.before or 0.0))
        return (CHANGES.index(change.kind), -size, change.pair)

    return sorted(found, key=order)


def _kind(was: SignedTie | None, now: SignedTie | None) -> str | None:
    if was is None:
        return NEW
    if now is None:
        return GONE
    turn = (standing(was.score), standing(now.score))
    return {(ALLIES, ADVERSARIES): TO_CONFLICT, (ADVERSARIES, ALLIES): TO_COOPERATION}.get(turn)
