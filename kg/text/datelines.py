"""The day that the head of an article states: in its dateline or on a line of its own.

"BRUSSELS, April 14, 1999 (Reuters) - …", "Caracas, 24 January 2019 — …", "Published: Friday,
23 June 2017". A day without its year is not taken, nor one inside a sentence.
"""

from __future__ import annotations

import re
from datetime import date

from kg.text.timewords import load_words

_HEAD_LINES = 8
_HEAD = 1200
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (rf"{_MONTH} {_DAY},? {_YEAR}", rf"{_DAY} {_MONTH},? {_YEAR}")
_ISO = r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LABEL = r"(?:(?:Date|Published|First published|Posted|Updated|Last updated|Issued)(?: on)?:? )?"
_CLOCK = r"(?:[ ,|T–—-]+(?:at )?\d{1,2}[:.]\d\d.{0,24})?"

# A line of its own: "23 June 2017", "Published: Fri, June 23, 2017, 10:15 GMT".
_LINES = tuple(
    re.compile(rf"{_LABEL}(?:{_WEEKDAY},? )?{day}{_CLOCK}\.?", re.IGNORECASE)
    for day in (*_DATES, _ISO)
)
# Before the text: a place, the day, perhaps the agency, a dash.
# "Yerevan, 13 September 2022"
_PLACED = tuple(
    re.compile(rf"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}}, (?:{_WEEKDAY},? )?{day}")
    for day in _DATES
)
_DATELINES = tuple(
    re.compile(
        r"(?:[A-Z][\w.'’/-]*,? (?:(?:de|del|al|el|la|of|the|and) )?){1,6}"
        rf"(?:\([^()\n]{{2,40}}\),? )?\(?(?:{_WEEKDAY},? )?{day}\)?"
        r",?(?: [(/][^()\n]{2,40}[)/])?\s*(?:--|[-–—:])\s"
    )
    for day in _DATES
)


def stated_day(text: str) -> date | None:
    """The day of publication that the first lines of an article state, if they do."""
    for line in text[:_HEAD].strip().splitlines()[:_HEAD_LINES]:
        stripped = line.strip()
        matches = [pattern.fullmatch(stripped) for pattern in (*_LINES, *_PLACED)]
        matches += [pattern.match(stripped) for pattern in _DATELINES]
        for match in matches:
            day = _day(match.groupdict()) if match else None
            if day is not None:
                return day
    return None


def _day(parts: dict[str, str]) -> date | None:
    if "number" in parts:
        month = int(parts["number"])
    else:
        named = parts["month"].lower()
        # "Sept" and "Sep" are September, "Ma" is nothing
        found = {number for name, number in load_words().months.items() if name.startswith(named)}
        if len(found) != 1:
            return None
        month = found.pop()
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
