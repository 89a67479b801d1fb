"""From a time expression that a pattern has matched to the days that it may mean.

Here what stands for itself: dates, months, years, decades, eras. Each function resolves one
way of wording a time, seen from a ``Moment``; ``timerelative`` has those that count from one.
"""

from __future__ import annotations

import re
from datetime import date

from kg.text.calendar import Interval, month_of, part, year_of
from kg.text.timebase import (
    Moment,
    clamped,
    cut,
    group,
    month_in,
    nearest,
    part_of,
    safe_day,
    told_year,
    years_around,
)
from kg.text.timewords import load_words


def iso(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "2025-09-22"."""
    day = safe_day(int(match["year"]), int(match["m"]), int(match["d"]))
    return day, day


def full_date(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "5 March 2022", "March 5": without a year the one that the tense tells."""
    day, month = int(match["day"]), month_in(match)
    year = told_year(match, moment)
    if year is not None:
        found = safe_day(year, month, day)
        return found, found
    if moment.published is None:
        return None, None
    days = [d for y in years_around(moment) if (d := safe_day(y, month, day))]
    return nearest([(d, d) for d in days], moment) if days else (None, None)


def day_range(match: re.Match[str], moment: Moment) -> Interval:
    """ "between 11 and 13 December", "28 May to 2 June 2024" """
    month = last_month = month_in(match)
    if group(match, "month2"):
        names = sorted(("month", "month2"), key=match.start)
        month, last_month = (month_in(match, name) for name in names)
    years = [int(match["year"])] if group(match, "year") else []
    if not years:
        if moment.published is None:
            return None, None
        years = list(years_around(moment))
    found = []
    for year in years:
        first = safe_day(year - (last_month < month), month, int(match["day"]))
        last = safe_day(year, last_month, int(match["day2"]))
        if first and last and first <= last:
            found.append((first, last))
    if not found:
        return None, None
    return found[0] if len(years) == 1 else nearest(found, moment)


def month_year(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "late May 2022"."""
    return cut(match, month_of(int(match["year"]), month_in(match)))


def month_alone(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "in May": the one that the tense tells."""
    if moment.published is None:
        return None, None
    months = [month_of(y, month_in(match)) for y in years_around(moment)]
    return cut(match, nearest(months, moment))


def month_of_year(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "March last year"."""
    year = told_year(match, moment)
    return cut(match, month_of(year, month_in(match))) if year is not None else (None, None)


def month_range(match: re.Match[str], moment: Moment) -> Interval:
    """ "from March to May 2022", "between November and January" """
    first, last = month_in(match), month_in(match, "month2")
    if group(match, "year2"):
        end_year = int(match["year2"])
    elif moment.published is None:
        return None, None
    else:
        end = nearest([month_of(y, last) for y in years_around(moment)], moment)[1]
        assert end is not None
        end_year = end.year
    start_year = int(match["year"]) if group(match, "year") else end_year - (first > last)
    start = month_of(start_year, first)[0]
    return start, month_of(end_year, last)[1]


def year(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "2019", "early 2022"."""
    return cut(match, year_of(int(match["year"])))


def year_range(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "from 2014 to 2019", "1992–97"."""
    first = int(match["year"] or match["year2"])
    text = match["last"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else (None, None)


def quarter(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the first quarter of 2024", "the second half of the year", "the third quarter"."""
    words = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
    ordinal = match["ordinal"].lower()
    number = words.get(ordinal) or load_words().ordinals[ordinal]
    half = match["kind"].lower() == "half"
    if half and number not in {1, 2}:
        return None, None
    if group(match, "year"):
        return _part_of_year(int(match["year"]), number, half)
    if moment.published is None:
        return None, None
    which = (group(match, "which") or "").lower()
    if which:
        step = {"this": 0, "the": 0, "last": -1, "next": 1}[which]
        return _part_of_year(clamped(moment.published.year + step), number, half)
    return nearest([_part_of_year(y, number, half) for y in years_around(moment)], moment)


def _part_of_year(year: int, number: int, half: bool) -> tuple[date, date]:
    if half:
        return part(year_of(year), "first half" if number == 1 else "second half")
    first = 10 if number == -1 else 3 * number - 2
    return date(year, first, 1), month_of(year, first + 2)[1]


def short_quarter(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "Q3 2024"."""
    year, first = int(match["year"]), 3 * int(match["number"]) - 2
    return date(year, first, 1), month_of(year, first + 2)[1]


def decade(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the early 1990s", "the nineties"."""
    if group(match, "year"):
        first = int(match["year"])
    elif group(match, "short"):
        # "the '90s" of the last century, "the 10s" of this one
        first = int(match["short"]) + (1900 if int(match["short"]) >= 30 else 2000)
    else:
        # "the nineties": of the last century
        first = 1900 + load_words().decades[match["decade"].lower()]
    start, end = date(first, 1, 1), date(first + 9, 12, 31)
    which = part_of(match)
    if which is None:
        return start, end
    years = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(which, (0, 9))
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
