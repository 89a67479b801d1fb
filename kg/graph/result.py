"""Answers to SPARQL queries: rows of Python values, or triples, or yes and no."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kg.graph.cells import formula_safe
from kg.graph.columns import aligned
from kg.graph.terms import XSD, Triple, curie, text_of
from kg.graph.turtle import turtle

Value = str | int | float | bool | date | datetime | None


class IRI(str):
    """An IRI in an answer; ``short`` is the form for people, such as ``wd:Q159``."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """The IRI with its prefix."""
        return curie(self)


_DATATYPE = re.compile(rf'"\^\^<{re.escape(XSD)}(\w+)>\Z')
_FLOATS = {"decimal", "double", "float"}


def value_of(term: str | None) -> Value:
    """A term of N-Triples as a Python value; a malformed number or date stays text."""
    if term is None:
        return None
    text = text_of(term)
    if term.startswith("<"):
        return IRI(text)
    if term.startswith("_:"):
        return term
    found = _DATATYPE.search(term)
    kind = found.group(1) if found else ""
    try:
        if kind in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger"):
            return int(text)
        if kind in _FLOATS:
            return float(text)
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "dateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text in ("true", "1") if kind == "boolean" else text


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query.

    SELECT gives ``variables`` and ``rows``, CONSTRUCT and DESCRIBE give ``triples``, ASK gives
    ``answer``; the other fields are empty. Iterating goes over the rows.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    triples: tuple[Triple, ...] | None = None
    answer: bool | None = None

    def __len__(self) -> int:
        return len(self.rows) if self.triples is None else len(self.triples)

    def __bool__(self) -> bool:
        return self.answer if self.answer is not None else len(self) > 0

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def table(self) -> tuple[Sequence[str], list[tuple[Value, ...]]]:
        """The answer of any kind as the names of columns and the rows below them."""
        if self.answer is not None:
            return ("answer",), [(self.answer,)]
        if self.triples is not None:
            rows: list[tuple[Value, ...]] = [
                tuple(value_of(term) for term in triple) for triple in self.triples
            ]
            return ("subject", "predicate", "object"), rows
        return self.variables, list(self.rows)

    def to_csv(self) -> str:
        """The answer as CSV with a header line (RFC 4180), fit for a spreadsheet.

        Text of an article that a spreadsheet would take for a formula (``=HYPERLINK(…)``) gets
        an apostrophe in front; JSON and TSV have it as it is.
        """
        variables, rows = self.table()
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow([_harmless(name) for name in variables])
        writer.writerows([_harmless(_cell(value), value) for value in row] for row in rows)
        return file.getvalue()

    def to_tsv(self) -> str:
        """The answer as lines of cells between tabs, with a header line.

        Tabs, line breaks and backslashes inside of cells are written as in C, so that every
        line is a row.
        """
        variables, rows = self.table()
        lines = [list(variables), *([_cell(value) for value in row] for row in rows)]
        return "".join("\t".join(cell.translate(_IN_TSV) for cell in line) + "\n" for line in lines)

    def to_json(self) -> str:
        """The answer as a JSON list with an object per row; unbound variables are null."""
        variables, rows = self.table()
        records = [dict(zip(variables, map(_plain, row), strict=True)) for row in rows]
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"

    def to_table(self, width: int = 100) -> str:
        """The answer as aligned columns for a terminal, IRIs shortened, long text in some lines.

        Control characters and bidi marks in the data are shown as escapes: text of an
        article cannot steer the terminal.
        """
        variables, rows = self.table()
        cells = [[shown(value) for value in row] for row in rows]
        return aligned([list(variables), *cells], width) if variables else ""

    def to_turtle(self) -> str:
        """The triples of a CONSTRUCT query as Turtle."""
        return "".join(turtle(self.triples or ()))


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(_plain(value))


_IN_TSV = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"})


def _harmless(text: str, value: Value = "") -> str:
    """A cell that no spreadsheet takes for a formula; numbers and dates are none."""
    return formula_safe(text) if isinstance(value, str) else text


def shown(value: Value) -> str:
    """A value as a person may see it: IRIs short, nothing that steers a terminal."""
    text = value.short if isinstance(value, IRI) else _cell(value)
    if isinstance(value, float):
        text = f"{value:.4g}"
    return "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        else ascii(character)[1:-1]
        for character in text
    )
