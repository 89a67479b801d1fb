"""Arithmetic on days, weeks, months and years; every interval is its first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

Interval = tuple[date | None, date | None]

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def add_days(day: date, count: int) -> date:
    """The day so many days later, kept within the years that dates can have."""
    ordinal = day.toordinal() + count
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def last_day(year: int, month: int) -> int:
    """How many days the month has."""
    return monthrange(year, month)[1]


def shift(day: date, unit: str, count: float) -> date:
    """The day moved by so many units; halves count in the next smaller unit."""
    if unit in _DAYS:
        return add_days(day, round(_DAYS[unit] * count))
    months = _MONTHS[unit] * count
    whole = int(months)
    return add_days(add_months(day, whole), round((months - whole) * 30))


def around(day: date, unit: str) -> tuple[date, date]:
    """The calendar unit that contains the day: its ISO week, its month, its year …"""
    if unit in {"minute", "hour", "day"}:
        return day, day
    if unit in {"week", "fortnight"}:
        monday = add_days(day, -day.weekday())
        return monday, add_days(monday, 6)
    if unit == "weekend":
        saturday = add_days(day, 5 - day.weekday())
        return saturday, add_days(saturday, 1)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit in {"quarter", "half"}:
        size = 3 if unit == "quarter" else 6
        first = (day.month - 1) // size * size + 1
        return date(day.year, first, 1), month_of(day.year, first + size - 1)[1]
    span = {"year": 1, "decade": 10, "century": 100}[unit]
    first_year = max(day.year // span * span, MINYEAR)
    return date(first_year, 1, 1), date(min(first_year + span - 1, MAXYEAR), 12, 31)


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, last_day(year, month))


def year_of(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def season_of(year: int, month: int) -> tuple[date, date]:
    """The season of three months that begins in this month of the year."""
    first = date(year, month, 1)
    return first, add_days(add_months(first, 3), -1)


def part(interval: tuple[date, date], which: str) -> tuple[date, date]:
    """ "early", "mid" and "late" are thirds, "first half" and "second half" halves."""
    start, end = interval
    days = (end - start).days + 1
    if days > 300 and days < 400:
        # Of a year, whole months: early = January to April
        bounds = {
            "early": (1, 4), "mid": (5, 8), "late": (9, 12),
            "first half": (1, 6), "second half": (7, 12),
        }  # fmt: skip
        a, b = bounds[which]
        return date(start.year, a, 1), month_of(start.year, b)[1]
    third, half = days // 3, days // 2
    cuts = {
        "early": (0, third), "mid": (third, days - third), "late": (days - third, days),
        "first half": (0, half), "second half": (half, days),
    }  # fmt: skip
    a, b = cuts[which]
    return add_days(start, a), add_days(start, b - 1)
