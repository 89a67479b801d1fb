"""Time expressions of running text: which words tell a time, and how each is resolved.

One row of ``RULES`` for each way of wording a time: a name, a pattern, how it is resolved,
and an example. Longer readings win. Relative expressions count from the publication date, "the
following day" from the day last spoken of. Without a publication date what is relative stays
words without days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.text.calendar import Interval
from kg.text.timebase import Moment, Resolver
from kg.text.timerules import RULES, patterns
from kg.text.timewords import load_words


@dataclass(frozen=True, slots=True)
class Timex:
    """Characters ``start`` to ``end`` that tell a time, and how to resolve it."""

    start: int
    end: int
    rule: str
    resolve: Callable[[Moment], Interval]
    narrative: bool = False


_NAMED = re.compile(r"\{([A-Z]+2?)\}")
_NARRATIVE = {"narrative", "narrative count", "same"}

_CORES = ("MONTH", "WEEKDAY", "SEASON", "UNIT", "YEAR")
"""Parts without which a rule that names them reads nothing, the rarest first."""
_BEFORE, _AFTER = 90, 70
"""How many characters of an expression stand before and behind its core at most."""


_LETTERS = {
    "quarter": ("quarter", "half"),
    "short decade": ("0s",),
    "decade": ("0s", "ties"),  # "the 1990s", "the nineties"
    "century": ("century",),
    "period": ("during", "throughout"),
    "weekend": ("weekend",),
    "offset": ("before", "after"),
    "set": ("every", "each"),
    "eve": ("eve",),
    "iso": tuple(f"-{figure}" for figure in range(10)),
    "deictic": ("today", "yesterday", "tomorrow", "night", "morning", "afternoon", "evening"),
    "narrative": ("following", "next", "previous", "preceding", "before", "after"),
    "vague": ("recently", "past", "years", "decades", "months", "weeks", "days"),
}
"""Of rules without a core: letters of which some stand in all that they read."""
_REACH = 150
"""How many characters of an expression stand before and behind its letters at most."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """``core`` names the part that every expression of the rule has, None: no single one.

    Where there is none, ``letters`` are such that some of them stand in every expression; ()
    where nothing is sure.
    """

    name: str
    pattern: re.Pattern[str]
    resolver: Resolver
    core: str | None
    letters: tuple[str, ...]


@cache
def _compiled() -> tuple[_Rule, ...]:
    words = load_words()
    letters = {**_LETTERS, "era": tuple(words.eras), "named day": tuple(words.days)}
    return tuple(
        _Rule(
            name,
            re.compile(rf"(?<![\w'’-]){_expand(pattern)}(?!\w)"),
            resolver,
            _core(pattern),
            letters.get(name, ()),
        )
        for name, pattern, resolver, _ in RULES
    )


def _expand(pattern: str) -> str:
    """The regular expression of a rule, which reads lower case."""
    parts = patterns()
    while (inner := _NAMED.sub(lambda m: parts[m[1]], pattern)) != pattern:
        pattern = inner
    return pattern.replace("_", r"\s+").replace("GMT|UTC|ET", "gmt|utc|et").replace("GMT", "gmt")


_OPTIONAL = re.compile(r"\([^()]*\)(?:[?*]|\{0,\d\})")
_GROUP = re.compile(r"\([^()]*\)")


def _core(pattern: str) -> str | None:
    """The rarest part that stands in all that a rule reads: MONTH for "5 March 2022"."""
    known = ""
    while known != pattern:
        known, pattern = pattern, _OPTIONAL.sub("", pattern)
        if known == pattern:
            # of alternatives none is certain
            pattern = _GROUP.sub(lambda m: "" if "|" in m[0] else m[0][1:-1], pattern)
    return next((core for core in _CORES if f"{{{core}}}" in pattern), None)


@cache
def _core_patterns() -> dict[str, re.Pattern[str]]:
    return {core: re.compile(rf"\b{_expand(f'{{{core}}}')}") for core in _CORES}


def _windows(core: str, text: str) -> list[tuple[int, int]]:
    """The stretches of a text around the places where a core stands."""
    places = (match.span() for match in _core_patterns()[core].finditer(text))
    return _joined((start - _BEFORE, end + _AFTER) for start, end in places)


def _around(letters: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """The stretches of a text around the places where some of the letters stand."""
    places: list[int] = []
    for part in letters:
        place = text.find(part)
        while place >= 0:
            places.append(place)
            place = text.find(part, place + 1)
    return _joined((place - _REACH, place + _REACH) for place in sorted(places))


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in text order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        first = found.pop()[0] if found and start <= found[-1][1] else max(start, 0)
        found.append((first, end))
    return found


def _lower(text: str) -> str:
    """The text in lower case, every character in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def rule_examples() -> tuple[tuple[str, str], ...]:
    """(rule, an expression that it reads) for every rule."""
    return tuple((name, example) for name, _, _, example in RULES)


_BEFORE_TIME = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|during|before|after|between|and|to|through|the|a|an|"
    r"its|their|his|her|our|around|about|circa|for|on|last|this|next|every|'s|’s)|[(,/–—-])\s*$",
    re.IGNORECASE,
)
_AT_TIME = re.compile(r"\b(?:in|since|until|till|by|last|next)\s+$", re.IGNORECASE)
_AMBIGUOUS_MONTHS = {"may", "march", "april", "june", "august"}


def _plausible(rule: str, match: re.Match[str], text: str) -> bool:
    """Whether a bare word is a time here: "May" and "fall" are other words too.

    The match is one in the lower case of the text.
    """
    words = match.group().split()
    introduced = _BEFORE_TIME.search(text, max(0, match.start() - 12), match.start()) is not None
    goes_on = re.match(r"\s+\w", text[match.end() : match.end() + 3]) is not None
    if rule == "offset" and not goes_on:
        # "two days before.": counted from what has been told
        return False
    if rule == "narrative count" and match["way"].lower() == "before" and goes_on:
        # "three days before the vote"
        return False
    if rule in {"month", "which month", "month year", "weekday", "date", "us date"}:
        names = [match.start(g) for g in ("month", "weekday") if match.groupdict().get(g)]
        if not all(text[start].isupper() for start in names):
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
    lower = _lower(text)
    windows: dict[str | None, list[tuple[int, int]]] = {None: [(0, len(lower))]}
    windows |= {core: _windows(core, lower) for core in _CORES}
    found: list[tuple[int, int, int, Timex]] = []
    for order, rule in enumerate(_compiled()):
        for first, last in _around(rule.letters, lower) if rule.letters else windows[rule.core]:
            for match in rule.pattern.finditer(lower, first, last):
                if not _plausible(rule.name, match, text):
                    continue
                timex = _timex(rule, match)
                found.append((timex.start, timex.start - timex.end, order, timex))
    end = 0
    for start, length, _, timex in sorted(found, key=lambda f: f[:3]):
        if start >= end:
            yield timex
            end = start - length


def _timex(rule: _Rule, match: re.Match[str]) -> Timex:
    resolver = rule.resolver
    return Timex(
        match.start(),
        match.end(),
        rule.name,
        lambda moment: resolver(match, moment),
        rule.name in _NARRATIVE,
    )
