"""What the functions that resolve a time expression share: its parts, and what it is seen from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from kg.text.calendar import Interval, part
from kg.text.timewords import load_words


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is seen from: publication date, the day last spoken of, the tense."""

    published: date | None
    narrated: tuple[date, date] | None
    future: bool
    told: date | None = None
    """The past day that the same sentence has named before."""


Resolver = Callable[[re.Match[str], Moment], Interval]


def number_of(match: re.Match[str]) -> float:
    """The number of "two weeks", "three and a half years"; a missing one is one."""
    text = (group(match, "count") or "one").lower()
    words = load_words().numbers
    value = float(int(text) if text.isdigit() else words[" ".join(text.split())])
    return value + 0.5 if group(match, "half") else value


def unit_of(match: re.Match[str]) -> str:
    """The unit of "two weeks" in the singular."""
    unit = match.group("unit").lower()
    return "century" if unit.startswith("centur") else unit


def part_of(match: re.Match[str]) -> str | None:
    """Which part of a time is meant: "early", "mid", "late", "first half", "second half"."""
    word = group(match, "part")
    if not word:
        return None
    words = word.lower().replace("-", " ").split()
    if words[-1] == "of" and words[-2] in {"days", "weeks", "months", "years"}:
        # "the last days of July"
        return "late" if words[1] in {"last", "final", "closing", "dying"} else "early"
    return _PARTS[" ".join(words)]


def group(match: re.Match[str], name: str) -> str | None:
    """A part of the match, None where its pattern has no such part or found none."""
    return match.groupdict().get(name)


def month_in(match: re.Match[str], name: str = "month") -> int:
    """The number of the month that is named."""
    return load_words().months[match.group(name).lower()]


def told_year(match: re.Match[str], moment: Moment) -> int | None:
    """The year that an expression names: "2022", "last year"; None where it names none."""
    if group(match, "year"):
        return int(match["year"])
    which = group(match, "whichyear")
    if not which or moment.published is None:
        return None
    return clamped(moment.published.year + {"last": -1, "this": 0, "next": 1}[which.lower()])


def clamped(year: int) -> int:
    """The nearest year that dates can have."""
    return min(max(year, MINYEAR), MAXYEAR)


def safe_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has no such day ("30 February")."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PARTS = {
    "early": "early", "earlier": "early", "the start of": "early", "start of": "early",
    "the beginning of": "early", "beginning of": "early", "mid": "mid", "middle": "mid",
    "the middle of": "mid", "late": "late", "later": "late", "the end of": "late",
    "end of": "late", "the close of": "late", "the first half of": "first half",
    "the second half of": "second half",
}  # fmt: skip


def cut(match: re.Match[str], interval: Interval) -> Interval:
    """The part of the interval that is meant: "*late* May", "the *first half of* 2024"."""
    which = part_of(match)
    start, end = interval
    if not which or start is None or end is None:
        return interval
    return part((start, end), which)


# --- choosing a year -----------------------------------------------------------------------------


def nearest(candidates: list[tuple[date, date]], moment: Moment) -> Interval:
    """The candidate on the side of the publication date that the tense tells."""
    assert moment.published is not None
    now = moment.published
    if moment.future:
        later = [c for c in candidates if c[1] >= now]
        return min(later, key=lambda c: c[0]) if later else candidates[-1]
    past = [c for c in candidates if c[0] <= now]
    return max(past, key=lambda c: c[0]) if past else candidates[0]


def years_around(moment: Moment) -> range:
    """The years that a date without one may be of."""
    assert moment.published is not None
    year = moment.published.year
    return range(max(MINYEAR, year - 1), min(MAXYEAR, year + 1) + 1)
