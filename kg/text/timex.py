"""Time expressions of running text and the days that they may mean.

One row of ``_RULES`` for each way of wording a time: a pattern, how it is resolved, and an
example. Longer readings win. Relative expressions count from the publication date, "the
following day" from the day last spoken of. Without a publication date what is relative stays
words without days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.text.calendar import (
    Interval,
    add_days,
    around,
    month_of,
    part,
    season_of,
    shift,
    year_of,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of kg/cues/times.yml."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, int]
    decades: Mapping[str, int]
    days: Mapping[str, str]
    eras: Mapping[str, str]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is seen from: publication date, the day last spoken of, the tense."""

    published: date | None
    narrated: date | None
    future: bool


@dataclass(frozen=True, slots=True)
class Timex:
    """Characters ``start`` to ``end`` that tell a time, and how to resolve it."""

    start: int
    end: int
    rule: str
    resolve: Callable[[Moment], Interval]
    narrative: bool = False


@cache
def load_words() -> Words:
    """The packaged words; raises ``DataError`` for a table that is missing or malformed."""
    path = resource_path("cues/times.yml")
    data = read_yaml(path)
    tables = ("months", "weekdays", "numbers", "ordinals", "seasons", "decades")
    check_keys(data, (*tables, "days", "eras", "periods"), (), path)
    try:
        numbers = {name: {k: int(v) for k, v in data[name].items()} for name in tables}
    except (ValueError, AttributeError) as error:
        raise DataError(path, None, f"a table of words and numbers is malformed: {error}") from None
    return Words(
        **numbers, days=data["days"], eras=data["eras"], periods=tuple(data["periods"].split())
    )


# "Sept. 11": the full stop belongs to an abbreviated month when a number follows.
_ABBREVIATED = r"(?:\.(?=\s*\d))?"


def _any(words: Any) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> dict[str, str]:
    words = load_words()
    counts = _any(set(words.numbers) - {"hundred"})
    return {
        "MONTH": rf"(?P<month>{_any(words.months)})(?![a-z]){_ABBREVIATED}",
        "MONTH2": rf"(?P<month2>{_any(words.months)})(?![a-z]){_ABBREVIATED}",
        "WEEKDAY": rf"(?P<weekday>{_any(words.weekdays)})",
        "SEASON": rf"(?P<season>{_any(words.seasons)})",
        "DECADE": rf"(?P<decade>{_any(words.decades)})",
        "DAYNAME": rf"(?P<dayname>{_any(words.days)})",
        "ERA": rf"(?P<era>{_any(words.eras)})",
        "ORDINAL": rf"(?P<ordinal>{_any(words.ordinals)}|1st|2nd|3rd|4th)",
        "YEAR": r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d|%)",
        "YEAR2": r"(?P<year2>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d|%)",
        "DAY": r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]\d)",
        "DAY2": r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]\d)",
        "COUNT": rf"(?P<count>\d{{1,4}}|{counts})(?:[ -]{{0,3}}(?P<half>and a half))?",
        "UNIT": r"(?P<unit>minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|"
        r"centur(?:y|ie))s?",
        "PART": r"(?P<part>early|earlier|mid|middle|late|later|the start of|the beginning of|"
        r"the end of|the middle of|start of|beginning of|end of|the close of|"
        r"the (?:first|second) half of)",
        "TO": r"\s*(?:to|and|until|till|through|-|–|—)\s*",
        "DAYTIME": r"(?:\s+(?:early |late )?(?:morning|afternoon|evening|night))?",
    }


def _number(match: re.Match[str]) -> float:
    text = match.group("count").lower()
    words = load_words().numbers
    value = float(int(text) if text.isdigit() else words[text])
    return value + 0.5 if match.group("half") else value


def _unit(match: re.Match[str]) -> str:
    unit = match.group("unit").lower()
    return "century" if unit.startswith("centur") else unit


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _month(match: re.Match[str], name: str = "month") -> int:
    return load_words().months[match.group(name).lower()]


def _safe_day(year: int, month: int, day: int) -> date | None:
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


def _cut(match: re.Match[str], interval: Interval) -> Interval:
    word = _group(match, "part")
    start, end = interval
    if not word or start is None or end is None:
        return interval
    return part((start, end), _PARTS[" ".join(word.lower().replace("-", " ").split())])


# --- choosing a year -----------------------------------------------------------------------------


def _near(candidates: list[tuple[date, date]], moment: Moment) -> Interval:
    """The candidate on the side of the publication date that the tense tells."""
    assert moment.published is not None
    now = moment.published
    if moment.future:
        later = [c for c in candidates if c[1] >= now]
        return min(later, key=lambda c: c[0]) if later else candidates[-1]
    past = [c for c in candidates if c[0] <= now]
    return max(past, key=lambda c: c[0]) if past else candidates[0]


def _years(moment: Moment) -> range:
    assert moment.published is not None
    return range(moment.published.year - 1, moment.published.year + 2)


# --- resolvers -----------------------------------------------------------------------------------


def _iso(match: re.Match[str], moment: Moment) -> Interval:
    day = _safe_day(int(match["year"]), int(match["m"]), int(match["d"]))
    return day, day


def _full_date(match: re.Match[str], moment: Moment) -> Interval:
    day, month = int(match["day"]), _month(match)
    if _group(match, "year"):
        found = _safe_day(int(match["year"]), month, day)
        return found, found
    if moment.published is None:
        return None, None
    days = [d for y in _years(moment) if (d := _safe_day(y, month, day))]
    return _near([(d, d) for d in days], moment) if days else (None, None)


def _day_range(match: re.Match[str], moment: Moment) -> Interval:
    """ "between 11 and 13 December", "28 May to 2 June 2024" """
    month = last_month = _month(match)
    if _group(match, "month2"):
        names = sorted(("month", "month2"), key=match.start)
        month, last_month = (_month(match, name) for name in names)
    years = [int(match["year"])] if _group(match, "year") else []
    if not years:
        if moment.published is None:
            return None, None
        years = list(_years(moment))
    found = []
    for year in years:
        first = _safe_day(year - (last_month < month), month, int(match["day"]))
        last = _safe_day(year, last_month, int(match["day2"]))
        if first and last and first <= last:
            found.append((first, last))
    if not found:
        return None, None
    return found[0] if len(years) == 1 else _near(found, moment)


def _month_year(match: re.Match[str], moment: Moment) -> Interval:
    return _cut(match, month_of(int(match["year"]), _month(match)))


def _month_alone(match: re.Match[str], moment: Moment) -> Interval:
    if moment.published is None:
        return None, None
    months = [month_of(y, _month(match)) for y in _years(moment)]
    return _cut(match, _near(months, moment))


def _month_range(match: re.Match[str], moment: Moment) -> Interval:
    """ "from March to May 2022", "between November and January" """
    first, last = _month(match), _month(match, "month2")
    if _group(match, "year2"):
        end_year = int(match["year2"])
    elif moment.published is None:
        return None, None
    else:
        end = _near([month_of(y, last) for y in _years(moment)], moment)[1]
        assert end is not None
        end_year = end.year
    start_year = int(match["year"]) if _group(match, "year") else end_year - (first > last)
    start = month_of(start_year, first)[0]
    return start, month_of(end_year, last)[1]


def _year(match: re.Match[str], moment: Moment) -> Interval:
    return _cut(match, year_of(int(match["year"])))


def _year_range(match: re.Match[str], moment: Moment) -> Interval:
    first = int(match["year"])
    text = match["last"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else (None, None)


def _quarter(match: re.Match[str], moment: Moment) -> Interval:
    words = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
    ordinal = match["ordinal"].lower()
    number = words.get(ordinal) or load_words().ordinals[ordinal]
    if _group(match, "year"):
        year = int(match["year"])
    elif moment.published is None:
        return None, None
    else:
        which = (_group(match, "which") or "this").lower()
        year = moment.published.year + {"this": 0, "the": 0, "last": -1, "next": 1}[which]
    if match["kind"].lower() == "half":
        if number not in {1, 2}:
            return None, None
        return part(year_of(year), "first half" if number == 1 else "second half")
    first = 10 if number == -1 else 3 * number - 2
    return date(year, first, 1), month_of(year, first + 2)[1]


def _decade(match: re.Match[str], moment: Moment) -> Interval:
    if _group(match, "year"):
        first = int(match["year"])
    else:
        # "the nineties": of the last century
        first = 1900 + load_words().decades[match["decade"].lower()]
    start, end = date(first, 1, 1), date(first + 9, 12, 31)
    word = _group(match, "part")
    if word is None:
        return start, end
    cut = _PARTS[word.lower()]
    years = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(cut, (0, 9))
    return date(first + years[0], 1, 1), date(first + years[1], 12, 31)


def _century(match: re.Match[str], moment: Moment) -> Interval:
    number = int(match["number"])
    if not 1 <= number <= 99:
        return None, None
    return date((number - 1) * 100 + 1, 1, 1), date(number * 100, 12, 31)


def _era(match: re.Match[str], moment: Moment) -> Interval:
    first, last = load_words().eras[" ".join(match["era"].lower().split())].split()
    return date(int(first), 1, 1), date(int(last), 12, 31)


_DEICTIC = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
    "the day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "last night": -1, "overnight": 0,
}  # fmt: skip


def _deictic(match: re.Match[str], moment: Moment) -> Interval:
    if moment.published is None:
        return None, None
    word = " ".join(match["word"].lower().split())
    day = add_days(moment.published, _DEICTIC[word])
    if word == "overnight":
        # The night before the report: its evening or its morning
        return add_days(day, -1), day
    return day, day


def _which_unit(match: re.Match[str], moment: Moment) -> Interval:
    """ "last year", "this week", "late next month", "earlier this year" """
    now = moment.published
    if now is None:
        return None, None
    unit, which = _unit(match), match["which"].lower()
    steps = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "the same": 0}
    steps |= {"the past": -1, "the last": -1, "the previous": -1, "the": 0}
    step = steps.get(which, 1)
    if unit == "weekend":
        return _weekend(step, moment, now)
    start, end = around(shift(now, unit, step), unit)
    word = (_group(match, "part") or "").lower()
    if word == "earlier" and step == 0:
        return start, now
    if word == "later" and step == 0:
        return now, end
    if (_group(match, "sofar") or "") and step == 0:
        return start, now
    return _cut(match, (start, end))


def _weekend(step: int, moment: Moment, now: date) -> Interval:
    """ "at the weekend": the nearest on the side of the tense; "last weekend" is over."""
    this = around(now, "weekend")
    before = add_days(this[0], -7), add_days(this[1], -7)
    after = add_days(this[0], 7), add_days(this[1], 7)
    if step > 0:
        return after if now >= this[0] else this
    if step < 0:
        return before
    return _near([before, this, after], moment)


def _which_month(match: re.Match[str], moment: Moment) -> Interval:
    """ "last May" is over; "next May" begins later; "this May" is of this year."""
    now = moment.published
    if now is None:
        return None, None
    which = match["which"].lower()
    months = [month_of(y, _month(match)) for y in range(now.year - 2, now.year + 3)]
    if which in {"last", "past"}:
        return _cut(match, max(m for m in months if m[1] < now))
    if which in {"next", "coming"}:
        return _cut(match, min(m for m in months if m[0] > now))
    return _cut(match, month_of(now.year, _month(match)))


def _which_season(match: re.Match[str], moment: Moment) -> Interval:
    now = moment.published
    month = load_words().seasons[match["season"].lower()]
    if _group(match, "year"):
        year = int(match["year"])
        return _cut(match, season_of(year, month))
    if now is None:
        return None, None
    seasons = [season_of(y, month) for y in range(now.year - 2, now.year + 3)]
    which = (_group(match, "which") or "").lower()
    if which == "last":
        return _cut(match, max(s for s in seasons if s[1] < now))
    if which in {"next", "coming"}:
        return _cut(match, min(s for s in seasons if s[0] > now))
    if which == "this":
        same = [s for s in seasons if s[0] <= now <= s[1] or s[0].year == now.year]
        return _cut(match, same[0])
    return _cut(match, _near(seasons, moment))


def _which_weekday(match: re.Match[str], moment: Moment) -> Interval:
    """ "last Monday" is before today, "next Monday" after; a bare one goes by tense."""
    now = moment.published
    if now is None:
        return None, None
    number = load_words().weekdays[match["weekday"].lower()]
    which = (_group(match, "which") or "").lower()
    back = (now.weekday() - number) % 7
    ahead = (number - now.weekday()) % 7
    if which in {"last", "past"}:
        day = add_days(now, -(back or 7))
    elif which in {"next", "coming", "this coming"}:
        day = add_days(now, ahead or 7)
    elif moment.future:
        day = add_days(now, ahead)
    else:
        day = add_days(now, -back)
    week = (_group(match, "week") or "").lower()
    if week:
        # "on Tuesday last week"
        step = {"last": -1, "this": 0, "next": 1}[week]
        monday = add_days(now, -now.weekday() + 7 * step)
        day = add_days(monday, number)
    return day, day


def _named_day(match: re.Match[str], moment: Moment) -> Interval:
    month, day = load_words().days[" ".join(match["dayname"].lower().split())].split("-")
    if _group(match, "year"):
        found = date(int(match["year"]), int(month), int(day))
        return found, found
    if moment.published is None:
        return None, None
    days = [date(y, int(month), int(day)) for y in _years(moment)]
    return _near([(d, d) for d in days], moment)


def _ago(match: re.Match[str], moment: Moment) -> Interval:
    """ "two years ago" is that calendar year, "three and a half years ago" that half year."""
    if moment.published is None:
        return None, None
    unit, count = _unit(match), _number(match)
    day = shift(moment.published, unit, -count)
    grain = {"decade": "year", "century": "decade", "quarter": "month", "weekend": "week"}
    size = grain.get(unit, unit)
    if match.group("half"):
        size = {"year": "half", "month": "month", "week": "day"}.get(size, size)
    start, end = around(day, size)
    if _group(match, "over"):
        # "more than a decade ago": no later than that
        return None, end
    return start, end


def _past_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in the past two years", "over the last decade", "in the next three days" """
    now = moment.published
    if now is None:
        return None, None
    count = _number(match) if _group(match, "count") else 1.0
    if match["which"].lower() in {"next", "coming", "following"}:
        return now, shift(now, _unit(match), count)
    return shift(now, _unit(match), -count), now


def _recent(match: re.Match[str], moment: Moment) -> Interval:
    """ "in recent years": the last three of them, up to now."""
    now = moment.published
    if now is None:
        return None, None
    if match["which"].lower() in {"coming", "upcoming"}:
        return now, shift(now, _unit(match), 3)
    return shift(now, _unit(match), -3), now


def _in_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in two weeks", "within 48 hours", "three days from now" – only of what is to come."""
    if moment.published is None or not (moment.future or _group(match, "now")):
        return None, None
    unit = _unit(match)
    day = shift(moment.published, unit, _number(match))
    if (_group(match, "within") or "").lower() == "within":
        return moment.published, day
    return around(day, {"decade": "year", "century": "decade"}.get(unit, unit))


def _narrated(match: re.Match[str], moment: Moment) -> Interval:
    """ "the following day", "two days later", "a week earlier": from the day last spoken of."""
    base = moment.narrated
    if base is None:
        return None, None
    count = _number(match) if _group(match, "count") else 1.0
    back = match["way"].lower() in {"previous", "preceding", "earlier", "before", "prior"}
    unit = _unit(match)
    return around(shift(base, unit, -count if back else count), unit)


def _same_day(match: re.Match[str], moment: Moment) -> Interval:
    if moment.narrated is None:
        return None, None
    return around(moment.narrated, _unit(match))


def _untold(match: re.Match[str], moment: Moment) -> Interval:
    return None, None


_Resolver = Callable[[re.Match[str], Moment], Interval]
# (name, pattern, resolver, example)
_RULES: tuple[tuple[str, str, _Resolver, str], ...] = (
    ("iso", r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _iso, "2025-09-22"),
    (
        "day range",
        r"(?:(?:between|from)_)?{DAY}(?:_{MONTH2})?{TO}{DAY2}_(?:of_)?{MONTH}(?:,?_{YEAR})?",
        _day_range,
        "between 11 and 13 December",
    ),
    (
        "month day range",
        r"(?:(?:between|from)_)?{MONTH}_{DAY}{TO}(?:{MONTH2}_)?{DAY2}(?:,?_{YEAR})?",
        _day_range,
        "December 11-13, 2024",
    ),
    (
        "date",
        r"(?:(?:{WEEKDAY}),?_)?(?:the_)?{DAY}_(?:of_)?{MONTH}(?:,?_{YEAR})?",
        _full_date,
        "5 March 2022",
    ),
    (
        "us date",
        r"(?:(?:{WEEKDAY}),?_)?{MONTH}_{DAY}(?:,?_{YEAR})?",
        _full_date,
        "March 5, 2022",
    ),
    (
        "month range",
        r"(?:between|from)_{MONTH}(?:_{YEAR})?{TO}{MONTH2}(?:_{YEAR2})?",
        _month_range,
        "from March to May 2022",
    ),
    ("month year", r"(?:{PART}[ -])?{MONTH},?_(?:of_)?{YEAR}", _month_year, "late May 2022"),
    (
        "which month",
        r"(?:{PART}[ -])?(?P<which>last|this|next|past|coming)_{MONTH}",
        _which_month,
        "last May",
    ),
    ("month", r"(?:{PART}[ -])?{MONTH}", _month_alone, "mid-May"),
    (
        "year range",
        r"(?:between_|from_)?{YEAR}(?:\s*[-–—]\s*|_(?:to|and|until|through)_)(?P<last>\d{4}|\d\d)"
        r"(?!\d|,\d)",
        _year_range,
        "from 2014 to 2019",
    ),
    (
        "quarter",
        r"(?:the_)?{ORDINAL}_(?P<kind>quarter|half)(?:_of_(?:{YEAR}|(?P<which>this|last|next|the)"
        r"_year))?",
        _quarter,
        "the first quarter of 2024",
    ),
    ("decade", r"(?:the_)?(?:{PART}[ -])?(?:{YEAR}(?<=0)s|{DECADE})", _decade, "the early 1990s"),
    (
        "century",
        r"(?:the_)?(?:{PART}[ -])?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century",
        _century,
        "the 19th century",
    ),
    ("year", r"(?:{PART}[ -])?{YEAR}", _year, "early 2022"),
    ("era", r"(?:during_|after_|since_)?{ERA}", _era, "the Cold War"),
    (
        "season",
        r"(?:{PART}[ -])?(?:the_)?(?:(?P<which>last|this|next|coming)_)?{SEASON}"
        r"(?:_(?:of_)?{YEAR})?",
        _which_season,
        "the spring of 2022",
    ),
    (
        "deictic",
        r"(?P<word>the_day_before_yesterday|the_day_after_tomorrow|today|tonight|yesterday|tomorrow"
        r"|this_morning|this_afternoon|this_evening|last_night|overnight){DAYTIME}",
        _deictic,
        "yesterday evening",
    ),
    (
        "which unit",
        r"(?:(?P<sofar>so_far)_)?(?:{PART}[ -])?(?P<which>last|this|next|the_coming|the_past"
        r"|the_previous|the_current)_{UNIT}(?<!s)",
        _which_unit,
        "earlier this year",
    ),
    ("part of the unit", r"{PART}_(?P<which>the)_{UNIT}(?<!s)", _which_unit, "the end of the year"),
    (
        "weekend",
        r"(?:at|over|on|during)_(?P<which>the)_(?P<unit>weekend)",
        _which_unit,
        "over the weekend",
    ),
    (
        "weekday",
        r"(?:(?P<which>last|this_coming|this|next|coming|past)_)?{WEEKDAY}{DAYTIME}"
        r"(?:_(?P<week>last|this|next)_week)?",
        _which_weekday,
        "last Tuesday evening",
    ),
    ("named day", r"{DAYNAME}(?:_(?:of_)?{YEAR})?", _named_day, "Christmas Eve"),
    (
        "ago",
        r"(?:(?P<over>more_than|over|at_least)_)?(?:(?:about|around|nearly|almost|some|exactly|"
        r"just|roughly|less_than|under|only)_)?{COUNT}_{UNIT}(?:_and_a_half)?_ago",
        _ago,
        "three and a half years ago",
    ),
    (
        "past unit",
        r"(?:in|over|during|within)_the_(?P<which>past|last|coming)_{UNIT}(?<!s)",
        _past_units,
        "over the past year",
    ),
    ("vague ago", r"(?:many_|some_)?{UNIT}(?<=s)_ago", _untold, "decades ago"),
    (
        "past units",
        r"(?:(?:in|over|for|during|within)_)?the_(?P<which>past|last|coming|next|following)_{COUNT}_"
        r"{UNIT}",
        _past_units,
        "over the past two years",
    ),
    (
        "recent",
        r"(?:(?:in|over|during)_)?(?:the_)?(?:most_)?(?P<which>recent|coming|upcoming)_{UNIT}(?<=s)",
        _recent,
        "in recent years",
    ),
    ("in units", r"(?P<within>in|within)_{COUNT}_{UNIT}", _in_units, "in two weeks"),
    ("from now", r"{COUNT}_{UNIT}_from_(?P<now>now)", _in_units, "three years from now"),
    (
        "narrative",
        r"the_(?P<way>following|next|previous|preceding)_{UNIT}(?<!s)",
        _narrated,
        "the following day",
    ),
    (
        "narrative count",
        r"(?:(?:about|around|nearly|almost|some|just|only)_)?{COUNT}_{UNIT}_"
        r"(?P<way>later|earlier|before|afterwards|prior)",
        _narrated,
        "two days later",
    ),
    ("same", r"(?:on_|in_)?(?:that|the_same|that_same)_{UNIT}(?<!s)", _same_day, "the same day"),
    ("duration", r"for_(?:(?:about|more_than|over|nearly|almost|at_least)_)?(?:{COUNT}|many|some)_"
     r"{UNIT}", _untold, "for three weeks"),
    ("vague", r"(?:recently|in_the_past|for_(?:years|decades|months|weeks|days)(?!_of\b))",
     _untold, "recently"),
)  # fmt: skip
_NARRATIVE = {"narrative", "narrative count", "same"}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], _Resolver], ...]:
    patterns = _patterns()

    def expand(pattern: str) -> str:
        # "_" stands for white space, {NAME} for a pattern above.
        pattern = pattern.replace("_", r"\s+")
        return re.sub(r"\{([A-Z]+2?)\}", lambda m: patterns[m[1]], pattern)

    return tuple(
        (name, re.compile(rf"(?<![\w'’-]){expand(pattern)}(?!\w)", re.IGNORECASE), resolver)
        for name, pattern, resolver, _ in _RULES
    )


def rule_examples() -> tuple[tuple[str, str], ...]:
    """(rule, an expression that it reads) for every rule."""
    return tuple((name, example) for name, _, _, example in _RULES)


_BEFORE_TIME = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|during|before|after|between|and|to|through|the|a|an|"
    r"its|their|his|her|our|around|about|circa|for|on|last|this|next|every|'s|’s)|[(,/–—-])\s*$",
    re.IGNORECASE,
)
_AT_TIME = re.compile(r"\b(?:in|since|until|till|by|last|next)\s+$", re.IGNORECASE)
_AMBIGUOUS_MONTHS = {"may", "march", "april", "june", "august"}


def _plausible(rule: str, match: re.Match[str], text: str) -> bool:
    """Whether a bare word is a time here: "May" and "fall" are other words too."""
    words = match.group().split()
    introduced = _BEFORE_TIME.search(text, max(0, match.start() - 12), match.start()) is not None
    if rule in {"month", "which month", "month year", "weekday", "date", "us date"}:
        names = [match[g] for g in ("month", "weekday") if _group(match, g)]
        if not all(name[0].isupper() for name in names):
            return False
    if rule == "month" and not _group(match, "part"):
        month = match["month"].lower()
        if len(month) <= 4 and month not in {"may", "june", "july"}:
            # "Jan" is a name more often than a month
            return _AT_TIME.search(text, max(0, match.start() - 8), match.start()) is not None
        return introduced or month not in _AMBIGUOUS_MONTHS
    if rule == "year" and not _group(match, "part"):
        return introduced or match.start() == 0
    if rule == "season":
        if _group(match, "year") or _group(match, "which"):
            return True
        # "in the spring", not "the fall of Kabul", "a spring offensive"
        before = text[max(0, match.start() - 4) : match.start()].lower()
        alone = not re.match(r"\s+(?:of|[a-z]+ive|break)\b", text[match.end() :])
        return words[-1].lower() != "fall" and before.strip().endswith(("in", "by")) and alone
    return True


def find_timexes(text: str) -> Iterator[Timex]:
    """The time expressions of a text in order, none within another."""
    found: list[tuple[int, int, int, Timex]] = []
    for order, (name, pattern, resolver) in enumerate(_compiled()):
        for match in pattern.finditer(text):
            if not _plausible(name, match, text):
                continue

            def resolve(
                moment: Moment, match: re.Match[str] = match, resolver: _Resolver = resolver
            ) -> Interval:
                return resolver(match, moment)

            timex = Timex(match.start(), match.end(), name, resolve, name in _NARRATIVE)
            found.append((match.start(), match.start() - match.end(), order, timex))
    end = 0
    for start, length, _, timex in sorted(found, key=lambda f: f[:3]):
        if start >= end:
            yield timex
            end = start - length
