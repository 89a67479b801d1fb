"""The author that the head of an article names: "By Jane Doe and John Smith"."""

from __future__ import annotations

import re

from kg.text.newsform import blocks

_HEAD = 1500
_FIRST_BLOCKS = 6
# What follows the names: "By JANE DOE, Associated Press", "By Jane Doe in Seoul".
_AFTER = re.compile(r",? (?:in|for|of|at|AND THE|and the) .*|, (?!and ).*$")


def stated_author(text: str) -> str | None:
    """The names of the byline at the head of an article, None where it has none."""
    for block in blocks(text[:_HEAD])[:_FIRST_BLOCKS]:
        line = text[block.start : block.end]
        if block.kind == "byline" and line[:3] in ("By ", "BY "):
            return _AFTER.sub("", line[3:]).strip(" ,") or None
    return None
