"""Days of what is told from the publication date or from the day last spoken of.

Like ``timevalues``, a function for each way of wording a time: "last year", "on Monday",
"three weeks ago", "the following day".
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date

from kg.text.calendar import Interval, add_days, around, month_of, season_of, shift
from kg.text.timebase import (
    Moment,
    cut,
    group,
    month_in,
    nearest,
    number_of,
    unit_of,
    years_around,
)
from kg.text.timewords import load_words

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
    unit, which = unit_of(match), match["which"].lower()
    steps = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "the same": 0}
    steps |= {"the past": -1, "the last": -1, "the previous": -1, "the": 0}
    step = steps.get(which, 1)
    if unit == "weekend":
        return _weekend(step, moment, now)
    start, end = around(shift(now, unit, step), unit)
    word = (group(match, "part") or "").lower()
    if word == "earlier" and step == 0:
        return start, now
    if word == "later" and step == 0:
        return now, end
    if (group(match, "sofar") or "") and step == 0:
        return start, now
    return cut(match, (start, end))


def _weekend(step: int, moment: Moment, now: date) -> Interval:
    """ "at the weekend": the nearest on the side of the tense; "last weekend" is over."""
    this = around(now, "weekend")
    before = add_days(this[0], -7), add_days(this[1], -7)
    after = add_days(this[0], 7), add_days(this[1], 7)
    if step > 0:
        return after if now >= this[0] else this
    if step < 0:
        return before
    return nearest([before, this, after], moment)


def _near_years(now: date) -> range:
    return range(max(MINYEAR, now.year - 2), min(MAXYEAR - 1, now.year + 2) + 1)


def _last_before(found: list[tuple[date, date]], now: date) -> Interval:
    return max((f for f in found if f[1] < now), default=(None, None))


def _first_after(found: list[tuple[date, date]], now: date) -> Interval:
    return min((f for f in found if f[0] > now), default=(None, None))


def which_month(match: re.Match[str], moment: Moment) -> Interval:
    """ "last May" is over; "next May" begins later; "this May" is of this year."""
    now = moment.published
    if now is None:
        return None, None
    which = match["which"].lower()
    months = [month_of(y, month_in(match)) for y in _near_years(now)]
    if which in {"last", "past"}:
        return cut(match, _last_before(months, now))
    if which in {"next", "coming"}:
        return cut(match, _first_after(months, now))
    return cut(match, month_of(now.year, month_in(match)))


def which_season(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "last summer", "the spring of 2022"."""
    now = moment.published
    month = load_words().seasons[match["season"].lower()]
    if group(match, "year"):
        year = int(match["year"])
        return cut(match, season_of(year, month))
    if now is None:
        return None, None
    seasons = [season_of(y, month) for y in _near_years(now)]
    which = (group(match, "which") or "").lower()
    if which == "last":
        return cut(match, _last_before(seasons, now))
    if which in {"next", "coming"}:
        return cut(match, _first_after(seasons, now))
    if which == "this":
        same = [s for s in seasons if s[0] <= now <= s[1] or s[0].year == now.year]
        return cut(match, same[0]) if same else (None, None)
    return cut(match, nearest(seasons, moment))


def which_weekday(match: re.Match[str], moment: Moment) -> Interval:
    """ "last Monday" is before today, "next Monday" after; a bare one goes by tense."""
    now = moment.published
    if now is None:
        return None, None
    number = load_words().weekdays[match["weekday"].lower()]
    which = (group(match, "which") or "").lower()
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
    week = (group(match, "week") or "").lower()
    if week:
        # "on Tuesday last week"
        step = {"last": -1, "this": 0, "next": 1}[week]
        monday = add_days(now, -now.weekday() + 7 * step)
        day = add_days(monday, number)
    return day, day


def weekday_range(match: re.Match[str], moment: Moment) -> Interval:
    """ "between Tuesday and Thursday": the last such days, or the next ones by tense."""
    now = moment.published
    if now is None:
        return None, None
    first, last = (load_words().weekdays[match[g].lower()] for g in ("weekday", "weekday2"))
    if moment.future:
        start = add_days(now, (first - now.weekday()) % 7)
        return start, add_days(start, (last - first) % 7)
    end = add_days(now, -((now.weekday() - last) % 7))
    return add_days(end, -((last - first) % 7)), end


def named_day(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "Christmas Eve"."""
    month, day = load_words().days[" ".join(match["dayname"].lower().split())].split("-")
    if group(match, "year"):
        found = date(int(match["year"]), int(month), int(day))
        return found, found
    if moment.published is None:
        return None, None
    days = [date(y, int(month), int(day)) for y in years_around(moment)]
    return nearest([(d, d) for d in days], moment)


def ago(match: re.Match[str], moment: Moment) -> Interval:
    """ "two years ago" is that calendar year, "three and a half years ago" that half year."""
    if moment.published is None:
        return None, None
    unit, count = unit_of(match), number_of(match)
    day = shift(moment.published, unit, -count)
    grain = {"decade": "year", "century": "decade", "quarter": "month", "weekend": "week"}
    size = grain.get(unit, unit)
    if match.group("half"):
        size = {"year": "half", "month": "month", "week": "day"}.get(size, size)
    start, end = around(day, size)
    if group(match, "over"):
        # "more than a decade ago": no later than that
        return None, end
    return start, end


def past_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in the past two years", "over the last decade", "in the next three days" """
    now = moment.published
    if now is None:
        return None, None
    count = number_of(match) if group(match, "count") else 1.0
    if match["which"].lower() in {"next", "coming", "following"}:
        return now, shift(now, unit_of(match), count)
    return shift(now, unit_of(match), -count), now


def recent(match: re.Match[str], moment: Moment) -> Interval:
    """ "in recent years": the last three of them, up to now."""
    now = moment.published
    if now is None:
        return None, None
    if match["which"].lower() in {"coming", "upcoming"}:
        return now, shift(now, unit_of(match), 3)
    return shift(now, unit_of(match), -3), now


def in_units(match: re.Match[str], moment: Moment) -> Interval:
    """ "in two weeks", "within 48 hours", "three days from now" – only of what is to come.

    "broke off relations on 23 January and ordered them to leave within 72 hours": from that day.
    """
    base = moment.told or moment.published
    if base is None or not (moment.future or group(match, "now")):
        return None, None
    unit = unit_of(match)
    day = shift(base, unit, number_of(match))
    if (group(match, "within") or "").lower() == "within":
        return base, day
    return around(day, {"decade": "year", "century": "decade"}.get(unit, unit))


def narrated(match: re.Match[str], moment: Moment) -> Interval:
    """ "the following day", "two days later", "a week earlier": from the time last spoken of.

    After "in May", "ten days later" lies between 11 May and 10 June: no more is known.
    """
    way = (group(match, "way") or group(match, "way2") or "").lower()
    if moment.narrated is None or (way in {"before", "after"} and _goes_on(match)):
        # "two days before the vote": nothing here says when that was
        return None, None
    count = number_of(match) if group(match, "count") else 1.0
    back = way in {"previous", "preceding", "earlier", "before", "prior"}
    unit = unit_of(match) if group(match, "unit") else match["unit2"].lower()
    steps = -count if back else count
    first, last = (shift(day, unit, steps) for day in moment.narrated)
    return around(first, unit)[0], around(last, unit)[1]


def _goes_on(match: re.Match[str]) -> bool:
    return match.string[match.end() : match.end() + 2].strip().isalnum()


def same_day(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "the same day", "that year": the time last spoken of."""
    if moment.narrated is None:
        return None, None
    first, last = moment.narrated
    return around(first, unit_of(match))[0], around(last, unit_of(match))[1]


def untold(match: re.Match[str], moment: Moment) -> Interval:
    """Days of "for years", "decades ago": words without days."""
    return None, None
