"""HTML and SVG that cannot be broken by the text in it: elements are made here and nowhere else."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

# Marks that turn the direction of the text around them, and characters HTML cannot hold.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_VOID = frozenset(("br", "hr", "meta"))


class Markup(str):
    """Text that is HTML already; anything else is escaped where it is put in."""


Child = Markup | str | int | None


def tag(name: str, *children: Child | list[Markup], **attributes: str | float | None) -> Markup:
    """An element. ``class_`` stands for ``class``, ``_`` in names for ``-``; None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_shown(str(value)), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: Child | list[Markup]) -> Markup:
    """Children one after the other, text escaped."""
    return Markup("".join(_child(child) for child in children))


def _child(child: Child | list[Markup]) -> str:
    if child is None:
        return ""
    if isinstance(child, list):
        return "".join(child)
    return child if isinstance(child, Markup) else html.escape(_shown(str(child)))


def _shown(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def name(text: str, most: int = 80) -> Markup:
    """A name set apart from the direction of the text around it, shortened where it is endless."""
    return tag("bdi", short(text, most))


def short(text: str, most: int) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str, most: int = 80) -> str:
    """One line without marks that turn its direction, for attributes and drawings."""
    return short(" ".join(_TURNING.sub("", text).split()), most)


def wide(table: Markup, label: str) -> Markup:
    """A table that scrolls by itself, also with the keyboard, where the screen is narrow."""
    return tag("div", table, class_="wide", tabindex="0", role="region", aria_label=label)


def commas(parts: Sequence[Markup]) -> Markup:
    """a, b, c."""
    return join(*[join(", " if place else "", one) for place, one in enumerate(parts)])


def table(label: str, head: Sequence[tuple[str, str | None]], rows: list[Markup]) -> Markup:
    """A table with titles over its columns, each with an explanation or None."""
    cells = [tag("th", title, scope="col", title=meaning) for title, meaning in head]
    return wide(tag("table", tag("thead", tag("tr", cells)), tag("tbody", rows)), label)
