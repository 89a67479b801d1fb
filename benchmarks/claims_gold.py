"""Readers of the gold sets of claims: attribution, factuality, times and places.

The formats are told in tests/gold/README-qualifiers.md. Every reader raises ``ValueError``
naming file, line and what is wrong: an annotation that is not found in its text is an error.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

STANCES = {"says", "denies", "confirms", "doubts", "asks"}
MODALITIES = set("actual intended possible conditional requested obligatory counterfactual".split())
_MARKED = re.compile(r"\[([^\[\]]+)\]")

Chars = tuple[int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Attribution:
    """Who says it, with which words, and what: characters of the text."""

    source: Chars | None
    cue: Chars | None
    stance: str
    content: tuple[Chars, ...]


@dataclass(frozen=True)
class Article:
    """A text with every attribution in it."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True)
class Event:
    """A word of a sentence and how it holds, to the author and to each source in turn."""

    start: int
    word: str
    polarity: str
    modality: str
    factuality: float
    sources: tuple[float, ...]


@dataclass(frozen=True)
class Timex:
    """A time expression, its first and last day, the word of the clause that it dates."""

    start: int
    end: int
    first: str | None
    last: str | None
    clause: str


@dataclass(frozen=True)
class Line(Generic[T]):
    """A sentence or two, the publication date, and what is marked in it."""

    text: str
    published: date | None
    marks: tuple[T, ...]


def fail(path: Path, number: int, problem: str) -> ValueError:
    """What is wrong where."""
    return ValueError(f"{path.name}, line {number}: {problem}")


# --- attribution --------------------------------------------------------------------------------


def read_articles(path: Path) -> list[Article]:
    """The articles of a file: "= name | origin", paragraphs, and lines that begin with ">"."""
    articles: list[Article] = []
    name, paragraphs = "", [""]
    notes: list[tuple[int, int, str]] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate([*lines, "= end | "], 1):
        if line.startswith("= "):
            if name:
                articles.append(_article(path, name, paragraphs, notes))
            name, paragraphs, notes = line[2:].split(" | ")[0], [""], []
        elif line.startswith(">"):
            at = len(paragraphs) - (2 if not paragraphs[-1] else 1)
            notes.append((number, at, line[1:].strip()))
        elif line:
            paragraphs[-1] += ("\n" if paragraphs[-1] else "") + line
        elif paragraphs[-1]:
            paragraphs.append("")
    return articles


def _article(
    path: Path, name: str, paragraphs: list[str], notes: list[tuple[int, int, str]]
) -> Article:
    paragraphs = [p for p in paragraphs if p]
    text = "\n\n".join(paragraphs)
    starts = [0, *itertools.accumulate(len(p) + 2 for p in paragraphs)]
    found: list[Attribution] = []
    for number, at, note in notes:
        if note.startswith("+"):
            last = found.pop()
            part = _find(path, number, text, starts[at], note[1:].strip())
            more = (*last.content, part)
            found.append(Attribution(last.source, last.cue, last.stance, more))
            continue
        try:
            source, cue, stance, content = note.split(" | ")
        except ValueError:
            raise fail(path, number, "write '> source | cue | stance | content'") from None
        if stance not in STANCES:
            raise fail(path, number, f"unknown stance '{stance}'")
        parts = tuple(
            _find(path, number, text, starts[at], part)
            for part in content.split(" || ")
            if part != "-"
        )
        anchor = parts[0] if parts else (starts[at], starts[at])
        found.append(_placed(path, number, text, starts[at], anchor, source, cue, stance, parts))
    return Article(name, text, tuple(found))


def _find(path: Path, number: int, text: str, start: int, words: str) -> Chars:
    """Characters of "first words … last words", looked for from the paragraph on."""
    first, _, last = words.partition(" … ")
    a = text.find(first, start)
    if a < 0:
        a = text.find(first)
    if a < 0:
        raise fail(path, number, f"not in the text: {first}")
    if not last:
        return a, a + len(first)
    b = text.find(last, a)
    if b < 0:
        raise fail(path, number, f"not in the text: {last}")
    return a, b + len(last)


def _places(text: str, start: int, words: str) -> list[Chars]:
    before, after = (r"\b" if c.isalnum() else "" for c in (words[0], words[-1]))
    pattern = re.compile(before + re.escape(words) + after)
    found = [m.span() for m in pattern.finditer(text, start)]
    return found or [m.span() for m in pattern.finditer(text)]


def _placed(
    path: Path,
    number: int,
    text: str,
    start: int,
    anchor: Chars,
    source: str,
    cue: str,
    stance: str,
    parts: tuple[Chars, ...],
) -> Attribution:
    """Of several places of cue and source those that stand nearest to the content."""

    def gap(a: Chars, b: Chars) -> int:
        return max(a[0] - b[1], b[0] - a[1], 0)

    def outside(a: Chars) -> bool:
        return all(a[1] <= b[0] or a[0] >= b[1] for b in parts)

    near = [*parts, anchor]
    cues = [c for c in _places(text, start, cue) if outside(c)]
    if not cues:
        raise fail(path, number, f"cue not in the text outside the content: {cue}")
    if source == "-":
        return Attribution(None, min(cues, key=lambda c: gap(c, anchor)), stance, parts)
    sources = [s for s in _places(text, start, source) if outside(s)]
    if not sources:
        # "the allegation", whose source stands in an earlier paragraph
        sources = [m.span() for m in re.finditer(re.escape(source), text)]
    if not sources:
        raise fail(path, number, f"source not in the text: {source}")
    pairs = [(c, s) for c in cues for s in sources if c[1] <= s[0] or s[1] <= c[0]]
    if not pairs:
        raise fail(path, number, f"source and cue overlap: {source}, {cue}")
    best = min(pairs, key=lambda p: min(gap(p[0], n) for n in near) + gap(*p))
    return Attribution(best[1], best[0], stance, parts)


# --- marks within sentences ---------------------------------------------------------------------


def _lines(path: Path) -> Iterator[tuple[int, date | None, str]]:
    """Numbered lines with the date of their block; comments and empty lines left out."""
    published: date | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@ "):
            published = None if line[2:] == "-" else date.fromisoformat(line[2:])
        elif line and not line.startswith("#"):
            yield number, published, line


def _unmarked(line: str) -> tuple[str, list[tuple[int, str, str]]]:
    """The sentence without its marks; where each mark begins, its words and what it says."""
    text, end = "", 0
    marks: list[tuple[int, str, str]] = []
    for match in _MARKED.finditer(line):
        text += line[end : match.start()]
        words, separator, told = re.split(r"( = | > | (?=[+-] ))", match[1], maxsplit=1)
        marks.append((len(text), words, separator.strip() + told))
        text += words
        end = match.end()
    return text + line[end:], marks


def read_factuality(path: Path) -> list[Line[Event]]:
    """Sentences with "[word + modality value | value of each source]"."""
    read = []
    for number, published, line in _lines(path):
        text, marks = _unmarked(line)
        events = []
        for start, word, told in marks:
            own, _, chain = told.partition(" | ")
            try:
                sign, modality, value = own.split()
                factuality = float(value)
                sources = tuple(float(v) for v in chain.split())
            except ValueError:
                raise fail(path, number, f"'{told}' is no '+ modality value'") from None
            if sign not in "+-" or modality not in MODALITIES or abs(factuality) > 3:
                raise fail(path, number, f"'{told}' is no '+ modality value'")
            polarity = "positive" if sign == "+" else "negative"
            events.append(Event(start, word, polarity, modality, factuality, sources))
        read.append(Line(text, published, tuple(events)))
    return read


def read_times(path: Path) -> list[Line[Timex]]:
    """Sentences with "[words = first/last > word of the clause]", in blocks of one date."""
    read = []
    for number, published, line in _lines(path):
        text, marks = _unmarked(line)
        found = []
        for start, words, told in marks:
            value, _, clause = told[1:].partition(" > ")
            days = value.strip().split("/")
            bounds = [None if d in {"-", ".."} else d for d in (days[0], days[-1])]
            if len(days) > 2 or any(d and date.fromisoformat(d) is None for d in bounds):
                raise fail(path, number, f"'{value}' is no first/last day")
            if clause and clause not in text:
                raise fail(path, number, f"not in the sentence: {clause}")
            found.append(Timex(start, start + len(words), bounds[0], bounds[1], clause))
        read.append(Line(text, published, tuple(found)))
    return read


def read_places(path: Path) -> list[Line[tuple[int, str]]]:
    """Sentences with "[word > place]": where a word begins and the place of its event."""
    read = []
    for number, published, line in _lines(path):
        text, marks = _unmarked(line)
        if not marks:
            raise fail(path, number, "nothing is marked")
        read.append(Line(text, published, tuple((start, told[1:]) for start, _, told in marks)))
    return read
