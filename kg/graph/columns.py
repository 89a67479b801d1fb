"""A table for a terminal: in columns where they fit, else row by row; long text in some lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_LEAST = 10  # a column narrower than this is no pleasure to read
_LINES = 4  # of a cell; what is longer ends with an ellipsis
_LONG = 400  # characters of a cell that are looked at


def aligned(rows: Sequence[Sequence[str]], width: int) -> str:
    """The rows, the first of which is the head, in lines of at most ``width`` columns.

    Columns with the longest text get most of the room. Where they would become too narrow to
    read, each row stands by itself, with a line for each of its cells.
    """
    cells = [[cell[:_LONG] for cell in row] for row in rows]
    wanted = [max(_width(row[column]) for row in cells) for column in range(len(cells[0]))]
    room = width - 2 * (len(wanted) - 1)
    if len(cells) > 1 and sum(min(size, _LEAST) for size in wanted) > room:
        return _records(cells, width)
    widths = _shared(wanted, room)
    lines = list(_lines(cells[0], widths))
    lines.append("  ".join("─" * size for size in widths))
    for row in cells[1:]:
        lines.extend(_lines(row, widths))
    return "\n".join(lines) + "\n"


def _records(cells: Sequence[Sequence[str]], width: int) -> str:
    names = cells[0]
    least = min(max(map(_width, names)), max(width // 3, 6))
    room = max(width - least - 2, 6)
    lines = []
    for number, row in enumerate(cells[1:], 1):
        lines.append(f"── {number} ".ljust(min(width, 40), "─"))
        for name, text in zip(names, row, strict=True):
            if text:
                lines.extend(_lines([name, text], [least, room]))
    return "\n".join(lines) + "\n"


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """The widths of columns that would like to have ``wanted``."""
    if sum(wanted) <= room:
        return list(wanted)
    widths = [min(size, _LEAST) for size in wanted]
    for _ in range(room - sum(widths)):
        # whoever has the smallest part of what it wants
        column = min(range(len(widths)), key=lambda n: (widths[n] / max(wanted[n], 1), n))
        if widths[column] >= wanted[column]:
            break
        widths[column] += 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [_wrapped(text, size) for text, size in zip(row, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        cells = [cell[number] if number < len(cell) else "" for cell in wrapped]
        padded = (
            cell + " " * (size - _width(cell)) for cell, size in zip(cells, widths, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _wrapped(text: str, size: int) -> list[str]:
    """The text in lines of at most ``size`` columns, broken between words where it can be."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if _width(longer) <= size:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word if _width(word) <= size else _cut(word, size)
        if len(lines) >= _LINES:
            break
    lines.append(line)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], _cut(lines[_LINES - 1] + " …", size)]
    return lines


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _cut(text: str, size: int) -> str:
    if _width(text) <= size:
        return text
    kept, used = [], 0
    for character in text:
        used += _width(character)
        if used > size - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"
