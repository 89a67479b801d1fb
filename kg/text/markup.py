"""HTML as a flat sequence of tags and texts, in time linear in the page for any input.

``html.parser`` needs quadratic time for pages such as ``<a <a <a …`` in the Python
versions people have, and reads broken markup differently from one patch release to the
next; articles come from strangers and results must not depend on the patch release.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RAW = ("script", "style", "title", "textarea")
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]{0,40}")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s=>/][^\s=>/]{0,200})")
_EQUALS = re.compile(r"\s{0,20}=\s{0,20}")
_BARE = re.compile(r"[^\s>]*")
_HUGE_REFERENCE = re.compile(r"&#x?[0-9a-fA-F]{9,};?")


@dataclass(frozen=True, slots=True)
class Start:
    """An opening tag with its attributes, names in lower case."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """A closing tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags with references resolved; also the raw content of a script."""

    text: str


Event = Start | End | Text


def unescape(text: str) -> str:
    """``html.unescape`` that does not stumble over numbers with thousands of digits."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def events(page: str) -> Iterator[Event]:
    """The tags and texts of a page in order; comments and declarations are left out."""
    scanner = _Scanner(page)
    position = 0
    while position < len(page):
        opening = page.find("<", position)
        if opening < 0:
            opening = len(page)
        if opening > position:
            yield Text(unescape(page[position:opening]))
        if opening == len(page):
            return
        if page.startswith("<!--", opening):
            position = scanner.after("-->", opening + 4)
        elif page.startswith(("<!", "<?"), opening):
            position = scanner.after(">", opening + 2)
        elif page.startswith("</", opening) and (name := _NAME.match(page, opening + 2)):
            yield End(name.group().lower())
            position = scanner.after(">", name.end())
        elif name := _NAME.match(page, opening + 1):
            tag = name.group().lower()
            attributes, position = scanner.attributes(name.end())
            yield Start(tag, attributes)
            if tag in _RAW:
                closing = scanner.lower.find("</" + tag, position)
                closing = len(page) if closing < 0 else closing
                raw = page[position:closing]
                yield Text(raw if tag in ("script", "style") else unescape(raw))
                position = closing
        else:
            yield Text("<")
            position = opening + 1


class _Scanner:
    """Finds ends in a page and remembers which marks do not come again, to stay linear."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._exhausted: set[str] = set()
        # str.lower() can change the length ("İ"), which would shift every position after it.
        self.lower = re.sub(r"[A-Z]+", lambda match: match.group().lower(), page)

    def _find(self, mark: str, start: int) -> int:
        if mark in self._exhausted:
            return -1
        position = self._page.find(mark, start)
        if position < 0:
            self._exhausted.add(mark)
        return position

    def after(self, mark: str, start: int) -> int:
        """The position after the next ``mark``, or the end of the page."""
        position = self._find(mark, start)
        return len(self._page) if position < 0 else position + len(mark)

    def attributes(self, position: int) -> tuple[dict[str, str], int]:
        """The attributes from ``position`` to the end of the tag, and the position after it."""
        page, found = self._page, dict[str, str]()
        while match := _ATTRIBUTE.match(page, position):
            position = match.end()
            value = ""
            if equals := _EQUALS.match(page, position):
                position = equals.end()
                quote = page[position : position + 1]
                end = self._find(quote, position + 1) if quote in ('"', "'") else -1
                if end >= 0:
                    value, position = page[position + 1 : end], end + 1
                elif bare := _BARE.match(page, position):
                    value, position = bare.group(), bare.end()
            found.setdefault(match.group(1).lower(), unescape(value))
        return found, self.after(">", position)
