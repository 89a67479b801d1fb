"""From a time expression that a pattern has matched to the days that it may mean.

Each function resolves one way of wording a time, seen from a ``Moment``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.text.calendar import Interval, add_days, around, month_of, part, season_of, shift, year_of
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


def iso(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "2025-09-22"."""
    day = _safe_day(int(match["year"]), int(match["m"]), int(match["d"]))
    return day, day


def full_date(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "5 March 2022", "March 5": without a year the one that the tense tells."""
    day, month = int(match["day"]), _month(match)
    if _group(match, "year"):
        found = _safe_day(int(match["year"]), month, day)
        return found, found
    if moment.published is None:
        return None, None
    days = [d for y in _years(moment) if (d := _safe_day(y, month, day))]
    return _near([(d, d) for d in days], moment) if days else (None, None)


def day_range(match: re.Match[str], moment: Moment) -> Interval:
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


def month_year(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "late May 2022"."""
    return _cut(match, month_of(int(match["year"]), _month(match)))


def month_alone(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "in May": the one that the tense tells."""
    if moment.published is None:
        return None, None
    months = [month_of(y, _month(match)) for y in _years(moment)]
    return _cut(match, _near(months, moment))


def month_range(match: re.Match[str], moment: Moment) -> Interval:
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


def year(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "2019", "early 2022"."""
    return _cut(match, year_of(int(match["year"])))


def year_range(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "from 2014 to 2019", "1992–97"."""
    first = int(match["year"] or match["year2"])
    text = match["last"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else (None, None)


def quarter(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the first quarter of 2024", "the second half of the year"."""
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


def decade(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the early 1990s", "the nineties"."""
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


def century(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the 19th century"."""
    number = int(match["number"])
    if not 1 <= number <= 99:
        return None, None
    return date((number - 1) * 100 + 1, 1, 1), date(number * 100, 12, 31)


def era(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the Cold War"."""
    first, last = load_words().eras[" ".join(match["era"].lower().split())].split()
    return date(int(first), 1, 1), date(int(last), 12, 31)


_DEICTIC = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
    "the day after tomorrow": 2, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "last night": -1, "overnight": 0,
}  # fmt: skip


def deictic(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "yesterday evening", "overnight"."""
    if moment.published is None:
        return None, None
    word = " ".join(match["word"].lower().split())
    day = add_days(moment.published, _DEICTIC[word])
    if word == "overnight":
        # The night before the report: its evening or its morning
        return add_days(day, -1), day
    return day, day


def which_unit(match: re.Match[str], moment: Moment) -> Interval:
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


def which_month(match: re.Match[str], moment: Moment) -> Interval:
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


def which_season(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "last summer", "the spring of 2022"."""
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


def which_weekday(match: re.Match[str], moment: Moment) -> Interval:
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


def named_day(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "Christmas Eve"."""
    month, day = load_words().days[" ".join(match["dayname"].lower().split())].split("-")
    if _group(match, "year"):
        found = date(int(match["year"]), int(month), int(day))
        return found, found
    if moment.published is None:
        return None, None
    days = [date(y, int(month), int(day)) for y in _years(moment)]
    return _near([(d, d) for d in days], moment)


def ago(match: re.Match[str], moment: Moment) -> Interval:
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


def past_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in the past two years", "over the last decade", "in the next three days" """
    now = moment.published
    if now is None:
        return None, None
    count = _number(match) if _group(match, "count") else 1.0
    if match["which"].lower() in {"next", "coming", "following"}:
        return now, shift(now, _unit(match), count)
    return shift(now, _unit(match), -count), now


def recent(match: re.Match[str], moment: Moment) -> Interval:
    """ "in recent years": the last three of them, up to now."""
    now = moment.published
    if now is None:
        return None, None
    if match["which"].lower() in {"coming", "upcoming"}:
        return now, shift(now, _unit(match), 3)
    return shift(now, _unit(match), -3), now


def in_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in two weeks", "within 48 hours", "three days from now" – only of what is to come.

    "broke off relations on 23 January and ordered them to leave within 72 hours": from that day.
    """
    base = moment.told or moment.published
    if base is None or not (moment.future or _group(match, "now")):
        return None, None
    unit = _unit(match)
    day = shift(base, unit, _number(match))
    if (_group(match, "within") or "").lower() == "within":
        return base, day
    return around(day, {"decade": "year", "century": "decade"}.get(unit, unit))


def narrated(match: re.Match[str], moment: Moment) -> Interval:
    """ "the following day", "two days later", "a week earlier": from the time last spoken of.

    After "in May", "ten days later" lies between 11 May and 10 June: no more is known.
    """
    if moment.narrated is None:
        return None, None
    count = _number(match) if _group(match, "count") else 1.0
    back = match["way"].lower() in {"previous", "preceding", "earlier", "before", "prior"}
    unit, steps = _unit(match), -count if back else count
    first, last = (shift(day, unit, steps) for day in moment.narrated)
    return around(first, unit)[0], around(last, unit)[1]


def same_day(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the same day", "that year": the time last spoken of."""
    if moment.narrated is None:
        return None, None
    first, last = moment.narrated
    return around(first, _unit(match))[0], around(last, _unit(match))[1]


def untold(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "for years", "decades ago": words without days."""
    return None, None
