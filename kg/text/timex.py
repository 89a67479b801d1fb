"""Time expressions of running text: which words tell a time, and how each is resolved.

One row of ``_RULES`` for each way of wording a time: a name, a pattern, how it is resolved,
and an example. Longer readings win. Relative expressions count from the publication date, "the
following day" from the day last spoken of. Without a publication date what is relative stays
words without days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.text import timevalues as values
from kg.text.calendar import Interval
from kg.text.timevalues import Moment, Resolver
from kg.text.timewords import load_words


@dataclass(frozen=True, slots=True)
class Timex:
    """Characters ``start`` to ``end`` that tell a time, and how to resolve it."""

    start: int
    end: int
    rule: str
    resolve: Callable[[Moment], Interval]
    narrative: bool = False


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
        "PERIOD": rf"(?:{_any(words.periods)})s?",
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


# (name, pattern, resolver, example)
_RULES: tuple[tuple[str, str, Resolver, str], ...] = (
    ("iso", r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", values.iso, "2025-09-22"),
    (
        "day range",
        r"(?:(?:between|from)_)?{DAY}(?:_{MONTH2})?{TO}{DAY2}_(?:of_)?{MONTH}(?:,?_{YEAR})?",
        values.day_range,
        "between 11 and 13 December",
    ),
    (
        "month day range",
        r"(?:(?:between|from)_)?{MONTH}_{DAY}{TO}(?:{MONTH2}_)?{DAY2}(?:,?_{YEAR})?",
        values.day_range,
        "December 11-13, 2024",
    ),
    (
        "date",
        r"(?:(?:{WEEKDAY}),?_)?(?:the_)?{DAY}_(?:of_)?{MONTH}(?:,?_{YEAR})?",
        values.full_date,
        "5 March 2022",
    ),
    (
        "us date",
        r"(?:(?:{WEEKDAY}),?_)?{MONTH}_{DAY}(?:,?_{YEAR})?",
        values.full_date,
        "March 5, 2022",
    ),
    (
        "month range",
        r"(?:between|from)_{MONTH}(?:_{YEAR})?{TO}{MONTH2}(?:_{YEAR2})?",
        values.month_range,
        "from March to May 2022",
    ),
    ("month year", r"(?:{PART}[ -])?{MONTH},?_(?:of_)?{YEAR}", values.month_year, "late May 2022"),
    (
        "which month",
        r"(?:{PART}[ -])?(?P<which>last|this|next|past|coming)_{MONTH}",
        values.which_month,
        "last May",
    ),
    ("month", r"(?:{PART}[ -])?{MONTH}", values.month_alone, "mid-May"),
    (
        "year range",
        r"(?:(?:from_)?{YEAR}(?:\s*[-–—]\s*|_(?:to|until|through)_)|between_{YEAR2}_and_)"
        r"(?P<last>\d{4}|\d\d)"
        r"(?!\d|,\d)",
        values.year_range,
        "from 2014 to 2019",
    ),
    (
        "quarter",
        r"(?:the_)?{ORDINAL}_(?P<kind>quarter|half)(?:_of_(?:{YEAR}|(?P<which>this|last|next|the)"
        r"values.year))?",
        values.quarter,
        "the first quarter of 2024",
    ),
    (
        "decade",
        r"(?:the_)?(?:{PART}[ -])?(?:{YEAR}(?<=0)s|{DECADE})",
        values.decade,
        "the early 1990s",
    ),
    (
        "century",
        r"(?:the_)?(?:{PART}[ -])?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century",
        values.century,
        "the 19th century",
    ),
    ("year", r"(?:{PART}[ -])?{YEAR}", values.year, "early 2022"),
    ("era", r"(?:during_|after_|since_)?{ERA}", values.era, "the Cold War"),
    (
        "period",
        r"(?:during|throughout)_(?:[\w’'-]+_){0,4}{PERIOD}",
        values.untold,
        "during his first term",
    ),
    (
        "season",
        r"(?:{PART}[ -])?(?:the_)?(?:(?P<which>last|this|next|coming)_)?{SEASON}"
        r"(?:_(?:of_)?{YEAR})?",
        values.which_season,
        "the spring of 2022",
    ),
    (
        "deictic",
        r"(?P<word>the_day_before_yesterday|the_day_after_tomorrow|today|tonight|yesterday|tomorrow"
        r"|this_morning|this_afternoon|this_evening|last_night|overnight){DAYTIME}",
        values.deictic,
        "yesterday evening",
    ),
    (
        "which unit",
        r"(?:(?P<sofar>so_far)_)?(?:{PART}[ -])?(?P<which>last|this|next|the_coming|the_past"
        r"|the_previous|the_current)_{UNIT}(?<!s)",
        values.which_unit,
        "earlier this year",
    ),
    (
        "part of the unit",
        r"{PART}_(?P<which>the)_{UNIT}(?<!s)",
        values.which_unit,
        "the end of the year",
    ),
    (
        "weekend",
        r"(?:at|over|on|during)_(?P<which>the)_(?P<unit>weekend)",
        values.which_unit,
        "over the weekend",
    ),
    (
        "weekday",
        r"(?:(?P<which>last|this_coming|this|next|coming|past)_)?{WEEKDAY}{DAYTIME}"
        r"(?:_(?P<week>last|this|next)_week)?",
        values.which_weekday,
        "last Tuesday evening",
    ),
    ("named day", r"{DAYNAME}(?:_(?:of_)?{YEAR})?", values.named_day, "Christmas Eve"),
    (
        "ago",
        r"(?:(?P<over>more_than|over|at_least)_)?(?:(?:about|around|nearly|almost|some|exactly|"
        r"just|roughly|less_than|under|only)_)?{COUNT}_{UNIT}(?:_and_a_half)?_ago",
        values.ago,
        "three and a half years ago",
    ),
    (
        "past unit",
        r"(?:in|over|during|within)_the_(?P<which>past|last|coming)_{UNIT}(?<!s)",
        values.past_units,
        "over the past year",
    ),
    ("vague ago", r"(?:many_|some_)?{UNIT}(?<=s)_ago", values.untold, "decades ago"),
    (
        "past units",
        r"(?:(?:in|over|for|during|within)_)?the_(?P<which>past|last|coming|next|following)_{COUNT}_"
        r"{UNIT}",
        values.past_units,
        "over the past two years",
    ),
    (
        "recent",
        r"(?:(?:in|over|during)_)?(?:the_)?(?:most_)?(?P<which>recent|coming|upcoming)_{UNIT}(?<=s)",
        values.recent,
        "in recent years",
    ),
    ("in units", r"(?P<within>in|within)_{COUNT}_{UNIT}", values.in_units, "in two weeks"),
    ("from now", r"{COUNT}_{UNIT}_from_(?P<now>now)", values.in_units, "three years from now"),
    (
        "narrative",
        r"the_(?P<way>following|next|previous|preceding)_{UNIT}(?<!s)",
        values.narrated,
        "the following day",
    ),
    (
        "narrative count",
        r"(?:(?:about|around|nearly|almost|some|just|only)_)?{COUNT}_{UNIT}_"
        r"(?P<way>later|earlier|before|afterwards|prior)",
        values.narrated,
        "two days later",
    ),
    (
        "same",
        r"(?:on_|in_)?(?:that|the_same|that_same)_{UNIT}(?<!s)",
        values.same_day,
        "the same day",
    ),
    ("duration", r"for_(?:(?:about|more_than|over|nearly|almost|at_least)_)?(?:{COUNT}|many|some)_"
     r"{UNIT}", values.untold, "for three weeks"),
    ("vague", r"(?:recently|in_the_past|for_(?:years|decades|months|weeks|days)(?!_of\b))",
     values.untold, "recently"),
)  # fmt: skip
_NARRATIVE = {"narrative", "narrative count", "same"}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], Resolver], ...]:
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
        names = [match[g] for g in ("month", "weekday") if match.groupdict().get(g)]
        if not all(name[0].isupper() for name in names):
            return False
    if rule in {"past unit", "which unit"} and match["unit"].lower() in {"minute", "hour"}:
        # "in the last minute"
        return False
    if rule == "month" and not match.groupdict().get("part"):
        month = match["month"].lower()
        if len(month) <= 4 and month not in {"may", "june", "july"}:
            # "Jan" is a name more often than a month
            return _AT_TIME.search(text, max(0, match.start() - 8), match.start()) is not None
        return introduced or month not in _AMBIGUOUS_MONTHS
    if rule == "year" and not match.groupdict().get("part"):
        return introduced or match.start() == 0
    if rule == "season":
        if match.groupdict().get("year") or match.groupdict().get("which"):
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
                moment: Moment, match: re.Match[str] = match, resolver: Resolver = resolver
            ) -> Interval:
                return resolver(match, moment)

            timex = Timex(match.start(), match.end(), name, resolve, name in _NARRATIVE)
            found.append((match.start(), match.start() - match.end(), order, timex))
    end = 0
    for start, length, _, timex in sorted(found, key=lambda f: f[:3]):
        if start >= end:
            yield timex
            end = start - length
