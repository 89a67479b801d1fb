"""Tables, one document a row, with columns named by the user or guessed; CSV files."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kg.errors import DocumentError
from kg.text.datelines import stated_day
from kg.text.metadata import FIELDS, from_record
from kg.text.pages import is_html
from kg.text.readers.pieces import MAX_BYTES, Found, Piece, Settings, Source

COLUMNS = ("text", *FIELDS)
"""What a column may hold."""

# Names that columns have in the tables people keep, the likeliest first.
_USUAL = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "maintext", "story"),
    "date": ("date", "published", "publish_date", "pub_date", "published_at", "date_publish"),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "outlet", "publication", "source_domain"),
    "url": ("url", "link", "canonical_url"),
    "id": ("id", "doc_id", "uuid"),
    "lang": ("lang", "language"),
    "author": ("author", "authors", "byline"),
}


def read_csv_rows(source: Source, settings: Settings) -> Found:
    """The documents of a CSV or TSV file with a header line."""
    with source.open() as file:
        head = file.read(65_536)
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    delimiter = _delimiter(head.decode(encoding or "utf-8-sig", "replace"), source.suffix)
    csv.field_size_limit(MAX_BYTES)
    with source.open() as file:
        lines = io.TextIOWrapper(
            file, encoding=encoding or "utf-8-sig", errors="replace", newline=""
        )
        bounded = _Bounded(lines)
        rows = csv.reader(bounded, delimiter=delimiter)
        try:
            header = next(rows, [])
            chosen = chosen_columns(source, header, settings)
            if isinstance(chosen, DocumentError):
                yield chosen
                return
            places = {key: header.index(name) for key, name in chosen.items()}
            for row in rows:
                bounded.begin()
                record = {key: row[at] for key, at in places.items() if at < len(row)}
                if any(row):
                    yield row_piece(f"{source.name}:{rows.line_num}", record)
        except csv.Error as error:
            yield DocumentError(f"{source.name}:{rows.line_num}", f"not CSV: {error}")


class _Bounded:
    """The lines of a file for the reader of CSV, as long as a row of them is not endless."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self._lines = lines
        self._left = MAX_BYTES

    def begin(self) -> None:
        """A row is complete."""
        self._left = MAX_BYTES

    def __iter__(self) -> _Bounded:
        return self

    def __next__(self) -> str:
        line = self._lines.readline(self._left + 1)
        if not line:
            raise StopIteration
        self._left -= len(line)
        if self._left < 0:
            raise csv.Error(f"a row is longer than {MAX_BYTES:,} characters")
        return line


def _delimiter(head: str, suffix: str) -> str:
    if suffix == ".tsv":
        return "\t"
    first = head.partition("\n")[0]
    return max(",;\t|", key=first.count)


def chosen_columns(
    source: Source, header: Sequence[str], settings: Settings
) -> Mapping[str, str] | DocumentError:
    """Which column holds what: as told, else by its usual names."""
    chosen: dict[str, str] = {}
    for key, name in settings.columns.items():
        if name not in header:
            known = ", ".join(header[:12])
            return DocumentError(source.name, f"has no column '{name}'", f"it has: {known}")
        chosen[key] = name
    lower = {name.strip().lower(): name for name in reversed(header)}
    for key, usual in _USUAL.items():
        found = next((lower[name] for name in usual if name in lower), None)
        if found is not None and key not in chosen:
            chosen[key] = found
    if "text" not in chosen:
        known = ", ".join(header[:12])
        return DocumentError(
            source.name, "no column holds the text", f"name it with --text; it has: {known}"
        )
    return chosen


def row_piece(where: str, record: Mapping[str, Any]) -> Piece | DocumentError:
    """The piece of a row: ``record`` holds the values of the chosen columns by what they hold."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return DocumentError(where, "the text is empty")
    try:
        known = from_record(dict(_plain(record))).of("column")
    except ValueError as error:
        return DocumentError(where, f"not a document: {error}")
    return Piece(where, text, known, page=is_html(text))


def _plain(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in _without_text(record):
        if isinstance(value, datetime):
            yield key, value.date().isoformat()
        elif isinstance(value, date):
            yield key, value.isoformat()
        elif key == "date" and (day := stated_day(str(value))) is not None:
            # "June 23, 2017", which is no ISO date
            yield key, day.isoformat()
        elif isinstance(value, list):
            # Parquet: the authors of an article
            yield key, ", ".join(str(one) for one in value if one)
        else:
            yield key, str(value)


def _without_text(record: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((k, v) for k, v in record.items() if k != "text" and v not in (None, ""))
