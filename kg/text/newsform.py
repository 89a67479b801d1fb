"""The form of a news text: headline, dateline, byline, captions and paragraphs.

A blank line always ends a paragraph. A single newline ends one too, unless the text is
hard-wrapped: lines broken where the next word would not have fitted any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Kind = Literal["headline", "dateline", "byline", "paragraph", "caption"]

_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
_LONGEST_HEADLINE = 220
_LONGEST_SUBHEAD = 80
_LONGEST_DATELINE = 160

_BULLET = re.compile(r"(?:[-*•–—·‣▪]|\d{1,2}[.)])\s+\S")
_TERMINAL = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_BYLINE = re.compile(
    r"(?:By|BY) (?:[A-Z][\w.'’-]+|and|AND|de|van|von|al|bin|,)"
    r"(?:[ ,]+(?:[A-Z][\w.'’-]*|and|de|van|von|al|bin|in|the|for|of))*,?$"
    r"|\(?(?:Additional |Further )?"
    r"(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated) (?:and \w+ )?by [A-Z].*$"
)
_CAPTION = re.compile(
    r"(?:FILE(?: PHOTO)?|File photo|Photo(?:graph)?|PHOTO|Image|Picture|Caption|Video)"
    r"\s*(?::|[-–—] |by |credit)"
    r"|.*[\[(](?:Photo by|Photograph|File(?: photo)?:|Getty Images"
    r"|[A-Z]\w+/(?:Reuters|AFP|AP|EPA|Getty))[^\])]*[\])]$"
)
_PLACE = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
_NAME = r"[A-Z][a-z'’]+(?:[ -](?:au-|de |la |el )?[A-Z][a-z'’]+){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    rf"{_PLACE}(?:/{_PLACE}){{0,2}}"
    r"(?:, [A-Z][\w.'’ -]{1,24}?)?"
    rf"(?:, {_DAY})?"
    # "WARSAW (Agency), 9 Nov 2021 --"
    rf"(?: \([A-Z][\w./ ’'&-]{{1,40}}\)(?:,? {_DAY})?)?"
    r"\s*(?:--|[-–—])\s+(?=\S)"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, [A-Z][\w.'’ ]{1,24}?)?"
    r" \((?:AP|AFP|Reuters|UPI|TASS|Xinhua|Yonhap|dpa|ANI|PTI|IRNA|KCNA)\)"
    r"\s*(?:--|[-–—])\s+(?=\S)"
    # "Nairobi, Kenya – The", "Caracas, January 24, 2019 — The", "Gaza City, 3 May – The"
    rf"|{_NAME}, (?:{_NAME}|(?:{_NAME}, )?{_DAY})"
    r"\s+(?:--|[-–—])\s+(?=[\"“‘']?[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text of one kind, without the white space around it."""

    kind: Kind
    start: int
    end: int


@lru_cache(maxsize=2)  # several steps ask for those of the text at hand
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; they do not overlap and cover all that is not white space."""
    paragraphs = _paragraphs(text)
    found: list[Block] = []
    for number, (start, end) in enumerate(paragraphs):
        body = text[start:end]
        last = number == len(paragraphs) - 1
        match = _DATELINE.match(body[:_LONGEST_DATELINE])
        if match and match.end() < len(body):
            found.append(Block("dateline", start, start + len(match.group().rstrip())))
            found.append(Block("paragraph", start + match.end(), end))
        elif _is_headline(body, first=number == 0, last=last):
            kind: Kind = "byline" if _BYLINE.match(body) else "headline"
            found.append(Block(kind, start, end))
        elif len(body) < _LONGEST_HEADLINE and _BYLINE.match(body):
            found.append(Block("byline", start, end))
        elif len(body) < 2 * _LONGEST_HEADLINE and _CAPTION.match(body):
            found.append(Block("caption", start, end))
        else:
            found.append(Block("paragraph", start, end))
    return tuple(found)


def _is_headline(body: str, *, first: bool, last: bool) -> bool:
    """A line without a full stop that something follows; only the first may be long."""
    if last or not any(char.isalpha() for char in body) or _BULLET.match(body):
        return False
    if _CAPTION.match(body):
        return False
    if len(body) > (_LONGEST_HEADLINE if first else _LONGEST_SUBHEAD):
        return False
    return not _TERMINAL.search(body) or (first and body.endswith("?"))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines = list(_lines(text))
    width = _wrap_width(lines, text)
    result: list[tuple[int, int]] = []
    previous: tuple[int, int, bool] | None = None
    for start, end, after_blank in lines:
        wraps = (
            previous is not None
            and not after_blank
            and width is not None
            and _overflows(text, previous, (start, end, after_blank), width)
            and not _BULLET.match(text, start)
        )
        if wraps:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
        previous = (start, end, after_blank)
    return result


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a blank line stands before) of the lines that are not blank."""
    at, blank = 0, True
    for line in re.split(r"(?<=[\n\r\u2028\u2029])", text):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            yield start, start + len(stripped), blank
            blank = False
        elif line != "" and not (line == "\n" and text[at - 1 : at] == "\r"):
            blank = True
        at += len(line)


def _overflows(
    text: str, line: tuple[int, int, bool], following: tuple[int, int, bool], width: int
) -> bool:
    """Whether the first word of the following line would have exceeded the width."""
    word = re.match(r"\S+", text[following[0] : following[1]])
    length = line[1] - line[0]
    return word is not None and length + 1 + len(word.group()) > width


def _wrap_width(lines: Sequence[tuple[int, int, bool]], text: str) -> int | None:
    """The width at which a text is hard-wrapped, None when it is not."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b[2]]
    width = max((end - start for start, end, _ in lines), default=0)
    if not pairs or not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    over = [(a, b) for a, b in pairs if _overflows(text, a, b, width)]
    running_on = [b for _, b in over if text[b[0]].islower()]
    if len(over) < 0.6 * len(pairs) or len(running_on) < max(1, 0.3 * len(over)):
        return None
    return width
