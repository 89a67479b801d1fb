"""Readers of the kinds of files that articles come in, by the suffix of the file."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from kg.text.readers.feeds import read_feed_file
from kg.text.readers.lines import documents_of, read_lines
from kg.text.readers.office import read_docx, read_pdf
from kg.text.readers.packed import read_compressed, read_warc, read_zip
from kg.text.readers.parquet import read_parquet_rows
from kg.text.readers.pieces import (
    ASKED_FOR,
    MAX_BYTES,
    Found,
    Piece,
    Reader,
    Settings,
    Source,
    guarded,
    too_long,
)
from kg.text.readers.plain import read_article, read_mail, read_markdown
from kg.text.readers.tables import COLUMNS, read_csv_rows

__all__ = [
    "ARTICLES",
    "COLUMNS",
    "KINDS",
    "MAX_BYTES",
    "Found",
    "Piece",
    "Settings",
    "Source",
    "documents_of",
    "guarded",
    "is_readable",
    "reader_of",
    "too_long",
]

ARTICLES = (".htm", ".html", ".txt", ".xhtml")
"""Suffixes of files that may have a sidecar with metadata."""

_COMPRESSED = (".gz", ".zst")

_READERS: dict[str, Reader] = {
    **dict.fromkeys(ARTICLES, read_article),
    **dict.fromkeys((".jsonl", ".ndjson"), read_lines),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    ".eml": read_mail,
    **dict.fromkeys((".csv", ".tsv"), read_csv_rows),
    ".parquet": read_parquet_rows,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".warc": read_warc,
    **dict.fromkeys((".rss", ".atom", ".xml"), read_feed_file),
}


def reader_of(suffix: str) -> Reader | None:
    """The reader of files with this suffix (".txt"), None where no kind has it."""
    if suffix in _COMPRESSED:
        return partial(read_compressed, reader_of=reader_of)
    if suffix == ".zip":
        return partial(read_zip, reader_of=reader_of)
    return _READERS.get(suffix)


def is_readable(name: str) -> bool:
    """Whether a file of this name is of a kind that is read: "a.txt", "a.jsonl.gz"."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix in _COMPRESSED:
        suffix = PurePath(path.stem).suffix.lower()
    return reader_of(suffix) is not None and suffix not in (*_COMPRESSED, *ASKED_FOR)


KINDS = (*sorted(_READERS), *_COMPRESSED, ".zip")
"""All suffixes that are read."""
