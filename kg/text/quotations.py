"""Quotation marks: which stretches of a document stand between them.

Marks of every style (" " ' ' „ “ « »), nested, left open at the end of a paragraph and taken
up again in the next; apostrophes are told from closing marks by what surrounds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.text.parsed import Doc

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "‹": "›", "「": "」"}
_STRAIGHT = {'"', "'"}
_CLOSERS = {"”", "»", "’", "›", "」", "“"}
_BEFORE_OPENING = set(" \t\n([{—–-:,/") | {"\xa0"} | set(_PAIRS) | _STRAIGHT
_TERMINAL = set(".!?”\"»’'…:)")
_HEADING_WORDS = 16
# Bounds against texts that are nothing but marks: how deep quotations nest, how
# much of the next line is looked at.
_DEEPEST = 6
_AHEAD = 80
# "'s", "the '90s", "'tis": contractions that begin with an apostrophe.
_ELISIONS = ("s ", "t ", "tis", "twas", "em ", "cause")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``start`` to ``end`` with their marks; ``depth`` counts the quotations around it.

    ``open_end`` says that no closing mark was found; ``resumed`` that it takes up one that the
    paragraph before left open.
    """

    start: int
    end: int
    depth: int
    open_end: bool = False
    resumed: bool = False


def paragraph_bounds(text: str) -> list[tuple[int, int]]:
    """Characters of the paragraphs: parted by blank lines, or by a line that ends a sentence."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for i in (match.start() for match in re.finditer("\n", text)):
        line_start = text.rfind("\n", start, i) + 1 or start
        line = text[line_start:i].rstrip()
        blank = text[i + 1 : i + 2] == "\n" or not line
        alone = line_start == start
        # A hard-wrapped line ends in the middle of a sentence and goes on.
        ends = blank or line[-1] in _TERMINAL
        if ends or (alone and _is_heading(line, text[i + 1 : i + 1 + _AHEAD])):
            if line or not alone:
                bounds.append((start, i))
            start = i + 1
    if text[start:].strip():
        bounds.append((start, len(text)))
    return bounds


def _is_heading(line: str, rest: str) -> bool:
    """A short line without a full stop before a new sentence: a title or cross-heading."""
    short = len(line.split()) < _HEADING_WORDS
    return short and line[:1].isupper() and not rest.lstrip()[:1].islower()


def _can_open(text: str, i: int) -> bool:
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _can_close(text: str, i: int) -> bool:
    after = text[i + 1] if i + 1 < len(text) else " "
    return i > 0 and not text[i - 1].isspace() and not after.isalnum()


class _Paragraph:
    """The characters ``start`` to ``end`` of a text, and where single marks may close in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._closing: dict[str, list[int]] = {"'": [], "’": []}
        for i in range(start, end):
            if text[i] in self._closing and _can_close(text, i):
                self._closing[text[i]].append(i)

    def closes_later(self, i: int, mark: str) -> bool:
        """Whether a mark after position ``i`` may close."""
        places = self._closing[mark]
        return bisect_right(places, i) < len(places)


def _opening(paragraph: _Paragraph, i: int, inside: str) -> bool:
    text = paragraph.text
    char = text[i]
    if char == "'":
        rest = text[i + 1 : i + 6].lower()
        if rest[:1].isdigit() or rest.startswith(_ELISIONS):
            return False
        return _can_open(text, i) and paragraph.closes_later(i, "'")
    if char == '"':
        # Between two letters nothing opens; after an unclosed mark of the same kind it closes.
        return _can_open(text, i) and '"' not in inside
    return char in _PAIRS and (char != "‘" or _can_open(text, i))


def _closing(paragraph: _Paragraph, i: int, opened: str) -> bool:
    text = paragraph.text
    char = text[i]
    if char == '"':
        return opened == '"'
    if char == "'" and opened == "'":
        return _ends_single(paragraph, i)
    if char == "’" and opened == "‘":
        return _ends_single(paragraph, i)
    return char in _CLOSERS and opened in _PAIRS and char in _PAIRS[opened]


def _ends_single(paragraph: _Paragraph, i: int) -> bool:
    """Whether a single mark closes rather than elides: "the troops' base" has one more to come."""
    text = paragraph.text
    if not _can_close(text, i):
        return False
    possessive = text[i - 1] in "sz" and text[i + 1 : i + 2] == " "
    return not (possessive and paragraph.closes_later(i, text[i]))


def _scan(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """Quoted (start, end, depth, open_end) character ranges of one paragraph, marks included."""
    stack: list[tuple[str, int]] = []
    paragraph = _Paragraph(text, start, end)
    for i in range(start, end):
        char = text[i]
        if char not in _STRAIGHT and char not in _PAIRS and char not in _CLOSERS:
            continue
        level = next(
            (n for n in range(len(stack) - 1, -1, -1) if _closing(paragraph, i, stack[n][0])), None
        )
        inside = "".join(mark for mark, _ in stack)
        if level is not None and not (char == '"' and len(stack) - 1 > level):
            # Marks inside it that were never closed were no marks.
            yield stack[level][1], i + 1, level, False
            del stack[level:]
        elif level is not None:
            yield stack[level][1], i + 1, level, False
            del stack[level:]
        elif len(stack) < _DEEPEST and _opening(paragraph, i, inside):
            stack.append((char, i))
    for level, (mark, opened) in enumerate(stack):
        if mark not in {"'", "‘"}:
            yield opened, end, level, True
            break


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """All quotations of a document in text order, outer before inner."""
    text = doc.text
    starts = [token.idx for token in doc]
    found: list[Quotation] = []
    previous_open = False
    for begin, stop in paragraph_bounds(text):
        ranges = sorted(_scan(text, begin, stop), key=lambda r: (r[0], -r[1]))
        open_now = False
        for a, b, depth, open_end in ranges:
            resumed = previous_open and not text[begin:a].strip()
            if open_end:
                open_now = True
                if text[begin:a].strip() and not _next_opens(text, stop):
                    # A mark that somebody forgot to close: it holds to the end of its sentence.
                    b = _sentence_end(doc, a, b)
            tokens = _tokens(starts, a, b)
            if tokens is not None:
                found.append(Quotation(*tokens, depth, open_end, resumed))
        previous_open = open_now
    return tuple(found)


def _next_opens(text: str, i: int) -> bool:
    rest = text[i : i + _AHEAD].lstrip()
    return bool(rest) and (rest[0] in _PAIRS or rest[0] in _STRAIGHT)


def _sentence_end(doc: Doc, a: int, b: int) -> int:
    for sentence in doc.sents:
        if sentence.start_char <= a < sentence.end_char:
            return min(b, sentence.end_char)
    return b


def _tokens(starts: list[int], a: int, b: int) -> tuple[int, int] | None:
    first = bisect_right(starts, a) - 1
    last = bisect_left(starts, b)
    return (first, last) if last - first > 1 else None
