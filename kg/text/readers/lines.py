"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from typing import IO

from kg.errors import DocumentError
from kg.text.metadata import FIELDS, from_record, with_provenance
from kg.text.pages import is_html
from kg.text.readers.pieces import MAX_BYTES, Found, Piece, Settings, Source, too_long

_WRITTEN = ("provenance", "story", "version_of")
"""Keys of ``documents.jsonl`` that say what a build found; they are found anew."""


def read_lines(source: Source, settings: Settings) -> Found:
    """The documents of a file of JSON Lines."""
    with source.open() as file:
        yield from documents_of(file, source.name, settings)


def documents_of(file: IO[bytes], name: str, settings: Settings) -> Found:
    """The documents of a stream of JSON Lines; every broken line is one error with its number."""
    unknown: set[str] = set()
    number = documents = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            documents += 1
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            yield too_long(where, "the line", f"{MAX_BYTES:,} bytes")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        documents += 1
        piece = _piece(line, where, unknown)
        if isinstance(piece, Piece) and piece.page:
            settings.tell(where, "the text is HTML, read as a page; offsets count its plain text")
        yield piece
    if unknown:
        keys = ", ".join(sorted(unknown)[:10])
        settings.tell(name, f"keys that mean nothing here were not used: {keys}")
    if not documents:
        yield DocumentError(name, "is empty")


def _piece(line: bytes, where: str, unknown: set[str]) -> Piece | DocumentError:
    try:
        record = json.loads(line.decode("utf-8").rstrip())
        if not isinstance(record, dict):
            raise ValueError("not a JSON object")
        text = record.get("text")
        if not isinstance(text, str):
            raise ValueError("the key 'text' is missing or not a string")
        known = with_provenance(from_record(record), record)
    except UnicodeDecodeError:
        return DocumentError(where, "is not UTF-8 text")
    except json.JSONDecodeError as error:
        message = error.msg.removesuffix(" at")
        return DocumentError(where, f"not JSON: {message} at column {error.colno}")
    except RecursionError:
        return DocumentError(where, "not a document: nested too deeply")
    except ValueError as error:
        return DocumentError(where, f"not a document: {error}")
    unknown.update(record.keys() - {"text", *FIELDS, *_WRITTEN})
    page = is_html(text)
    return Piece(where, text, known, page=page, keep=not page)
