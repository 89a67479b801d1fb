"""Answers as pandas DataFrames: typed columns, IRIs shown short, statements with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import pandas

from kg.errors import QueryError, StoreError
from kg.graph.query import query
from kg.graph.result import IRI, Result, shown
from kg.graph.terms import PREFIXES

_ROWS = 30  # of a long table shown at its beginning and at its end


class Frame(pandas.DataFrame):
    """A DataFrame that shows IRIs with their prefix; the cells hold them in full.

    In a notebook a statement opens to the sentences behind it, which are looked up in the store
    that ``attrs["store"]`` names, and an IRI of the web is a link.
    """

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def __repr__(self) -> str:
        plain = pandas.DataFrame(self)
        for index, name in enumerate(plain.columns):
            if pandas.api.types.is_object_dtype(plain.dtypes.iloc[index]):
                cells = [_short(value) for value in plain.iloc[:, index]]
                column = pandas.Series(cells, index=plain.index, dtype=object)
                plain = plain.assign(**{str(name): column})
        return repr(plain)

    def _repr_html_(self) -> str:
        rows = len(self)
        numbers = [*range(rows)]
        if rows > 2 * _ROWS:
            numbers = [*range(_ROWS), *range(rows - _ROWS, rows)]
        cells = self.iloc[numbers]
        words = _words(cells, self.attrs.get("store"))
        head = "".join(f"<th>{escape(str(name))}</th>" for name in self.columns)
        lines = [f"<tr><th></th>{head}</tr>"]
        # not iterrows(), which would make plain text of a row's IRIs
        for place, (label, *row) in enumerate(cells.itertuples(name=None)):
            if rows > 2 * _ROWS and place == _ROWS:
                lines.append(f"<tr><th>…</th>{'<td>…</td>' * len(self.columns)}</tr>")
            body = "".join(f"<td>{_html(value, words)}</td>" for value in row)
            lines.append(f"<tr><th>{escape(str(label))}</th>{body}</tr>")
        return (
            f'<table border="1" class="dataframe"><thead>{lines[0]}</thead>'
            f"<tbody>{''.join(lines[1:])}</tbody></table>"
            f"<p>{rows} rows × {len(self.columns)} columns</p>"
        )


def frame_of(result: Result, store: Path | str | None = None) -> Frame:
    """The table of an answer: dates as timestamps, whole numbers as such even where some lack."""
    variables, rows = result.table()
    columns = {name: _column([row[index] for row in rows]) for index, name in enumerate(variables)}
    frame = Frame(columns, columns=list(variables), index=range(len(rows)))
    if store is not None:
        frame.attrs["store"] = str(store)
    return frame


def timestamps(days: Iterable[date | None]) -> pandas.Series[Any]:
    """Days as a column of timestamps; of any year, which nanoseconds could not hold."""
    texts = [day.isoformat() if day else None for day in days]
    return pandas.Series(pandas.array(texts, dtype="datetime64[s]"))


def _column(values: Sequence[Any]) -> Any:
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, date) for value in present):
        zones = {value.tzinfo for value in present if isinstance(value, datetime)}
        if not zones - {None}:
            return timestamps(values)
        return pandas.to_datetime(pandas.Series(values, dtype=object), utc=True)
    if present and all(type(value) is int for value in present):
        fits = all(-(2**63) <= value < 2**63 for value in present)
        if fits:
            return pandas.Series(values, dtype="int64" if len(present) == len(values) else "Int64")
    if present and all(type(value) is float for value in present):
        return pandas.Series(values, dtype="float64")
    if present and len(present) == len(values) and all(type(value) is bool for value in present):
        return pandas.Series(values, dtype="bool")
    return pandas.Series(values, dtype=object)


def _short(value: Any) -> Any:
    return value.short if isinstance(value, IRI) else value


# --- In a notebook ---------------------------------------------------------------------------


def _html(value: Any, words: Mapping[str, Sequence[str]]) -> str:
    if isinstance(value, IRI):
        text = escape(value.short)
        if sentences := words.get(str(value)):
            listed = "<br>".join(escape(shown(sentence)) for sentence in sentences)
            return f'<details><summary title="{escape(value)}">{text}</summary>{listed}</details>'
        if value.startswith((PREFIXES["wd"], "https://", "http://")) and ":" in value.short:
            return f'<a href="{escape(value)}" rel="noopener noreferrer">{text}</a>'
        return text
    if value is None or value is pandas.NaT or value is pandas.NA:
        return ""
    if isinstance(value, float):
        return "" if value != value else f"{value:.4g}"
    if isinstance(value, pandas.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return escape(shown(value) if isinstance(value, str) else str(value))


_SENTENCES = """
SELECT ?statement ?sentence ?title ?published {
  VALUES ?statement { UNDEF }
  ?statement kg:evidence ?evidence .
  ?evidence kg:sentence/kg:text ?sentence ; prov:hadPrimarySource ?document .
  OPTIONAL { ?document schema:headline ?title }
  OPTIONAL { ?document schema:datePublished ?published }
} ORDER BY ?published ?document ?sentence"""


def _words(frame: pandas.DataFrame, store: str | None) -> dict[str, list[str]]:
    """The sentences behind the statements of a table."""
    if store is None:
        return {}
    found: dict[str, list[str]] = {}
    cells = {
        value for row in frame.itertuples(name=None) for value in row if isinstance(value, IRI)
    }
    for statement in sorted(cell for cell in cells if cell.startswith(PREFIXES["st"])):
        try:
            answer = query(_SENTENCES, store=store, parameters={"statement": str(statement)})
        except (QueryError, StoreError):  # the table is worth showing without them
            return {}
        found[str(statement)] = [
            f"“{sentence}” – {title or 'untitled'}" + (f", {published}" if published else "")
            for _, sentence, title, published in answer
        ]
    return found
