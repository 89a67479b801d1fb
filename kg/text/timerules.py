"""The ways of wording a time: patterns, how each is resolved, and an example.

``RULES`` has a row for each: name, pattern, resolver, example. In a pattern "_" stands for
white space and {NAME} for one of ``patterns()``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.text import timerelative as relative
from kg.text import timevalues as values
from kg.text.timebase import Resolver
from kg.text.timewords import load_words

# "Sept. 11": the full stop belongs to an abbreviated month when a number follows.
_ABBREVIATED = r"(?:\.(?=\s*\d))?"


def _any(words: Any) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def patterns() -> dict[str, str]:
    words = load_words()
    counts = _any(set(words.numbers) - {"hundred"})
    return {
        "MONTH": rf"(?P<month>{_any(words.months)})(?![a-z]){_ABBREVIATED}",
        "MONTH2": rf"(?P<month2>{_any(words.months)})(?![a-z]){_ABBREVIATED}",
        "WEEKDAY": rf"(?P<weekday>{_any(words.weekdays)})",
        "WEEKDAY2": rf"(?P<weekday2>{_any(words.weekdays)})",
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
        "UNIT2": r"(?P<unit2>minute|hour|day|week|month|year)s?",
        "PART": r"(?P<part>early|earlier|mid|middle|late|later|the start of|the beginning of|"
        r"the end of|the middle of|start of|beginning of|end of|the close of|"
        r"the (?:first|second) half of|"
        r"the (?:first|early|opening) (?:days|weeks|months|years) of|"
        r"the (?:last|final|closing|dying) (?:days|weeks|months|years) of)",
        "PREDAY": r"(?:(?:(?:in_)?the_)?(?:(?:early|small|late)_hours|morning|afternoon|evening"
        r"|night)_of_|(?:early|late)_(?:on_)?|(?:dawn|dusk|noon|midday|midnight)_(?:on_)?)?",
        "OFYEAR": r"(?:,?_{YEAR}|_(?P<whichyear>last|this|next)_year)?",
        "CLOCK": r"\d{1,2}(?:[:.]\d\d)?_?(?:a\.?m\b\.?|p\.?m\b\.?)"
        r"|\d\d?[:.]\d\d(?=_(?:local|GMT|UTC|ET))|\d{4}(?=_GMT)",
        "TO": r"\s*(?:to|and|until|till|through|-|–|—)\s*",
        "DAYTIME": r"(?:\s+(?:early |late )?(?:morning|afternoon|evening|night))?",
    }


# (name, pattern, resolver, example)
RULES: tuple[tuple[str, str, Resolver, str], ...] = (
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
        r"{PREDAY}(?:(?:{WEEKDAY}),?_)?(?:the_)?{DAY}_(?:of_)?{MONTH}{OFYEAR}",
        values.full_date,
        "5 March 2022",
    ),
    (
        "us date",
        r"{PREDAY}(?:(?:{WEEKDAY}),?_)?{MONTH}_{DAY}{OFYEAR}",
        values.full_date,
        "March 5, 2022",
    ),
    (
        "month of a year",
        r"(?:{PART}[ -])?{MONTH}_(?:of_)?(?P<whichyear>last|this|next)_year",
        values.month_of_year,
        "March last year",
    ),
    (
        "weekday range",
        r"(?:between|from)_{WEEKDAY}{TO}{WEEKDAY2}",
        relative.weekday_range,
        "between Tuesday and Thursday",
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
        relative.which_month,
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
        r"_year))?",
        values.quarter,
        "the first quarter of 2024",
    ),
    ("short quarter", r"q(?P<number>[1-4])(?:_of)?_{YEAR}", values.short_quarter, "Q3 2024"),
    (
        "short decade",
        r"the_(?:{PART}[ -])?['’]?(?P<short>[1-9]0)s",
        values.decade,
        "the mid-90s",
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
        relative.untold,
        "during his first term",
    ),
    (
        "season",
        r"(?:{PART}[ -])?(?:the_)?(?:(?P<which>last|this|next|coming)_)?{SEASON}"
        r"(?:_(?:of_)?{YEAR})?",
        relative.which_season,
        "the spring of 2022",
    ),
    (
        "deictic",
        r"(?P<word>the_day_before_yesterday|the_day_after_tomorrow|today|tonight|yesterday|tomorrow"
        r"|this_morning|this_afternoon|this_evening|last_night|overnight){DAYTIME}",
        relative.deictic,
        "yesterday evening",
    ),
    (
        "which unit",
        r"(?:(?P<sofar>so_far)_)?(?:{PART}[ -])?(?P<which>last|this|next|the_coming|the_past"
        r"|the_previous|the_current)_{UNIT}(?<!s)",
        relative.which_unit,
        "earlier this year",
    ),
    (
        "part of the unit",
        r"{PART}_(?P<which>the|this|last|next)_{UNIT}(?<!s)",
        relative.which_unit,
        "the end of the year",
    ),
    (
        "weekend",
        r"(?:at|over|on|during)_(?P<which>the)_(?P<unit>weekend)",
        relative.which_unit,
        "over the weekend",
    ),
    (
        "weekday",
        r"{PREDAY}(?:(?P<which>last|this_coming|this|next|coming|past)_)?{WEEKDAY}{DAYTIME}"
        r"(?:_(?P<week>last|this|next)_week)?",
        relative.which_weekday,
        "last Tuesday evening",
    ),
    ("named day", r"{DAYNAME}(?:_(?:of_)?{YEAR})?", relative.named_day, "Christmas Eve"),
    (
        "ago",
        r"(?:(?P<over>more_than|over|at_least)_)?(?:(?:about|around|nearly|almost|some|exactly|"
        r"just|roughly|less_than|under|only)_)?{COUNT}_{UNIT}(?:_and_a_half)?_ago",
        relative.ago,
        "three and a half years ago",
    ),
    (
        "past unit",
        r"(?:in|over|during|within)_the_(?P<which>past|last|coming)_{UNIT}(?<!s)",
        relative.past_units,
        "over the past year",
    ),
    ("vague ago", r"(?:many_|some_)?{UNIT}(?<=s)_ago", relative.untold, "decades ago"),
    (
        "past units",
        r"(?:(?:in|over|for|during|within)_)?the_(?P<which>past|last|coming|next|following)_{COUNT}_"
        r"{UNIT}",
        relative.past_units,
        "over the past two years",
    ),
    (
        "recent",
        r"(?:(?:in|over|during)_)?(?:the_)?(?:most_)?(?P<which>recent|coming|upcoming)_{UNIT}(?<=s)",
        relative.recent,
        "in recent years",
    ),
    ("in units", r"(?P<within>in|within)_{COUNT}_{UNIT}", relative.in_units, "in two weeks"),
    ("from now", r"{COUNT}_{UNIT}_from_(?P<now>now)", relative.in_units, "three years from now"),
    (
        "narrative",
        r"(?:the_(?P<way>following|next|previous|preceding)_{UNIT}(?<!s)"
        r"|the_(?P<unit2>day|week|month|year)_(?P<way2>before|after)(?!_yesterday|_tomorrow))",
        relative.narrated,
        "the following day",
    ),
    (
        "narrative count",
        r"(?:(?:about|around|nearly|almost|some|just|only)_)?{COUNT}_{UNIT}_"
        r"(?P<way>later|earlier|before|afterwards|prior)",
        relative.narrated,
        "two days later",
    ),
    (
        "same",
        r"(?:on_|in_)?(?:that|the_same|that_same)_{UNIT}(?<!s)",
        relative.same_day,
        "the same day",
    ),
    ("duration", r"for_(?:(?:about|more_than|over|nearly|almost|at_least)_)?(?:{COUNT}|many|some)_"
     r"{UNIT}", relative.untold, "for three weeks"),
    (
        "offset",
        r"(?:(?:about|around|nearly|almost|some|just|only)_)?(?:{COUNT}_{UNIT}|{UNIT2}(?<=s))_"
        r"(?:before|after)",
        relative.untold,
        "two weeks after the vote",
    ),
    ("vague later", r"{UNIT}(?<=s)_(?:later|earlier|afterwards)", relative.untold, "hours later"),
    ("within", r"(?:within|in_a_matter_of)_{UNIT}(?<=s)", relative.untold, "within days"),
    (
        "set",
        r"(?:every|each)_(?:(?:other|few|single|\d{1,2}|two|three|four|five|ten)_)?"
        r"(?:{UNIT}|{WEEKDAY}|{MONTH}|{SEASON}|morning|night|evening)",
        relative.untold,
        "every Friday",
    ),
    (
        "eve",
        r"(?:on_)?the_eve_of_(?:(?:the|his|her|its|their|a|an)_)?(?:[\w’'-]+)",
        relative.untold,
        "on the eve of the vote",
    ),
    (
        "clock",
        r"(?:{CLOCK}|at_(?:noon|midnight|midday|dawn|dusk)(?!_(?:on_)?{WEEKDAY}))(?:_(?:local_time|GMT|UTC|ET))?",
        relative.untold,
        "8.30 p.m.",
    ),
    (
        "length",
        r"(?:(?:about|around|nearly|almost|some|just|only|more_than|at_least)_)?"
        r"{COUNT}(?:_|-){UNIT}(?!_(?:ago|later|earlier|from|before|after)|-old|s?_old)",
        relative.untold,
        "three weeks",
    ),
    ("vague", r"(?:recently|in_the_past|for_(?:years|decades|months|weeks|days)(?!_of\b))",
     relative.untold, "recently"),
)  # fmt: skip
