"""Time expressions of running text: which words tell a time, and how each is resolved.

One row of ``RULES`` for each way of wording a time: a name, a pattern, how it is resolved,
and an example. Longer readings win. Relative expressions count from the publication date, "the
following day" from the day last spoken of. Without a publication date what is relative stays
words without days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.text.calendar import Interval
from kg.text.timebase import Moment, Resolver
from kg.text.timerules import RULES, patterns


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


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], Resolver], ...]:
    parts = patterns()

    def expand(pattern: str) -> str:
        while (inner := _NAMED.sub(lambda m: parts[m[1]], pattern)) != pattern:
            pattern = inner
        return pattern.replace("_", r"\s+")

    return tuple(
        (name, re.compile(rf"(?<![\w'’-]){expand(pattern)}(?!\w)", re.IGNORECASE), resolver)
        for name, pattern, resolver, _ in RULES
    )


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
    """Whether a bare word is a time here: "May" and "fall" are other words too."""
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
