"""Files, folders and streams of articles as ``Document``s; what cannot be used is named, not lost.

``.txt`` is one document (with an optional sidecar ``NAME.yml``), ``.html`` one page,
``.jsonl`` one document a line, a folder all of these in it, ``-`` or nothing a stream of
JSON Lines on standard input. docs/formats.md describes each.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date as Day
from pathlib import Path
from typing import IO

from kg.errors import DataError, DocumentError
from kg.statement import Document, document_id
from kg.text.characters import Notice, NotText, decode, keep_offsets, normalise
from kg.text.metadata import (
    FIELDS,
    FIRST_LINE,
    Metadata,
    first_line,
    first_line_title,
    from_record,
    read_sidecar,
    sidecar_of,
)
from kg.text.pages import is_html, read_page

MAX_CHARACTERS = 500_000
"""Longest text taken as one document: some 80,000 words, far more than an article or a speech."""
MAX_BYTES = 20_000_000
"""Longest file or line read into memory at all."""
MAX_WORD = 5_000
"""Longest run of characters without a blank; prose has none, encoded data has nothing else."""

MADE_BY_BUILD = "geokg.json"
"""The file that marks an output folder; what lies in one is not read as articles."""

_TEXT, _PAGE, _LINES = {".txt"}, {".html", ".htm"}, {".jsonl", ".ndjson"}
_KINDS = _TEXT | _PAGE | _LINES
_SIDECARS = {".yml", ".yaml"}
_KINDS_HINT = "kg reads .txt, .html, .jsonl and folders of them"

Item = Document | DocumentError


def read_documents(
    paths: Sequence[str | Path], date: Day | None = None, notice: Notice = lambda line: None
) -> Iterator[Item]:
    """Documents of files and folders in a fixed order; for each that must be skipped, its error.

    ``date`` is the date of documents that state none. ``notice`` gets one line for each
    thing repaired or left out without loss (an encoding guessed, a duplicate dropped).
    Two documents never share an id: of equal texts the first is kept with a notice, of
    different texts the second is an error.
    """
    seen: dict[str, bytes] = {}
    for item in _read_all(paths, date, notice):
        if isinstance(item, DocumentError):
            yield item
            continue
        name, document = item
        digest = hashlib.sha256(document.text.encode("utf-8")).digest()[:16]
        known = seen.setdefault(document.id, digest)
        if known is digest:
            yield document
        elif known == digest:
            notice(f"{name}: the same text as an earlier document, left out")
        else:
            yield DocumentError(
                name,
                f"another document has the id '{document.id}' and a different text",
                "give each document its own id",
            )


def usable_documents(
    paths: Sequence[str | Path],
    date: Day | None,
    skip: Callable[[DocumentError], None],
    notice: Notice = lambda line: None,
) -> Iterator[Document]:
    """The documents of ``read_documents``; ``skip`` gets the error of each that is left out."""
    for item in read_documents(paths, date, notice):
        if isinstance(item, DocumentError):
            skip(item)
        else:
            yield item


Named = tuple[str, Document]


def _read_all(
    paths: Sequence[str | Path], date: Day | None, notice: Notice
) -> Iterator[Named | DocumentError]:
    for given in paths or ["-"]:
        if str(given) == "-":
            yield from _read_lines(sys.stdin.buffer, "stdin", date, notice)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _read_folder(path, date, notice)
        elif not path.exists():
            yield DocumentError(str(given), "no such file or folder")
        elif path.suffix.lower() in _SIDECARS and _articles_of(path):
            # `kg build articles/*` names the sidecars too; they are read with their articles.
            continue
        elif path.suffix.lower() not in _KINDS:
            yield DocumentError(str(given), "a file of a kind that is not read", _KINDS_HINT)
        else:
            yield from _read_file(path, date, notice)


def _read_folder(folder: Path, date: Day | None, notice: Notice) -> Iterator[Named | DocumentError]:
    """All articles under a folder, sorted by path; hidden files and folders are left alone."""
    unreadable: list[OSError] = []
    left_out: Counter[str] = Counter()
    found = 0
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        if MADE_BY_BUILD in files:
            notice(f"{root}: made by `kg build`, not read")
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = sorted(name for name in files if not name.startswith("."))
        for name in names:
            path = Path(root, name)
            kind = path.suffix.lower()
            if kind in _KINDS:
                found += 1
                yield from _read_file(path, date, notice)
            elif kind in _SIDECARS:
                if not _articles_of(path):
                    notice(f"{path}: no article of that name beside it, not used")
            else:
                left_out[kind or "no suffix"] += 1
    for error in unreadable:
        yield DocumentError(str(error.filename), f"cannot be read: {error.strerror}")
    if left_out:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(left_out.items()))
        notice(f"{folder}: files of other kinds were not read ({kinds})")
    if not found and not unreadable:
        yield DocumentError(str(folder), "no articles in this folder", _KINDS_HINT)


def _articles_of(sidecar: Path) -> list[Path]:
    """The articles that a sidecar belongs to."""
    paths = (sidecar.with_suffix(suffix) for suffix in sorted(_TEXT | _PAGE))
    return [path for path in paths if path.exists()]


def _read_file(path: Path, date: Day | None, notice: Notice) -> Iterator[Named | DocumentError]:
    name = str(path)
    try:
        if not path.is_file():
            yield DocumentError(name, "not a regular file")
        elif path.suffix.lower() in _LINES:
            with path.open("rb") as file:
                yield from _read_lines(file, name, date, notice)
        else:
            yield _read_article(path, date, lambda line: notice(f"{name}: {line}"))
    except OSError as error:
        yield DocumentError(name, f"cannot be read: {error.strerror or error}")


def _read_article(path: Path, date: Day | None, notice: Notice) -> Named | DocumentError:
    """The one document of a ``.txt`` or ``.html`` file."""
    name = str(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        return _too_long(name, f"{size:,} bytes", f"{MAX_BYTES:,} bytes")
    try:
        raw = decode(path.read_bytes(), notice)
    except NotText as error:
        return DocumentError(name, str(error), "save it as UTF-8 text")
    try:
        sidecar = sidecar_of(path)
        given = read_sidecar(sidecar) if sidecar else Metadata()
    except DataError as error:
        return DocumentError(str(error), f"so {path.name} was left out", "mend or remove it")
    page = path.suffix.lower() in _PAGE or is_html(raw)
    if page and path.suffix.lower() not in _PAGE:
        notice("is HTML, read as a page")
    return _document(name, raw, given, date, notice, page=page)


def _read_lines(
    file: IO[bytes], name: str, date: Day | None, notice: Notice
) -> Iterator[Named | DocumentError]:
    """The documents of JSON Lines; every broken line is one error with its number."""
    unknown: set[str] = set()
    number = documents = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            yield _too_long(where, "the line", f"{MAX_BYTES:,} bytes")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        documents += 1
        try:
            record = json.loads(line.decode("utf-8").rstrip())
            if not isinstance(record, dict):
                raise ValueError("not a JSON object")
            text = record.get("text")
            if not isinstance(text, str):
                raise ValueError("the key 'text' is missing or not a string")
            given = from_record(record)
        except UnicodeDecodeError:
            yield DocumentError(where, "is not UTF-8 text")
            continue
        except json.JSONDecodeError as error:
            yield DocumentError(
                where, f"not JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
            )
            continue
        except RecursionError:
            yield DocumentError(where, "not a document: nested too deeply")
            continue
        except ValueError as error:
            yield DocumentError(where, f"not a document: {error}")
            continue
        unknown.update(record.keys() - {"text", *FIELDS})

        def tell(line: str, where: str = where) -> None:
            notice(f"{where}: {line}")

        page = is_html(text)
        if page:
            tell("the text is HTML, read as a page; offsets count its plain text")
        yield _document(where, text, given, date, tell, page=page, keep=not page)
    if unknown:
        keys = ", ".join(sorted(unknown)[:10])
        notice(f"{name}: keys that mean nothing here were not used: {keys}")
    if not documents:
        yield DocumentError(name, "is empty")


def _document(
    name: str,
    raw: str,
    given: Metadata,
    date: Day | None,
    notice: Notice,
    *,
    page: bool = False,
    keep: bool = False,
) -> Named | DocumentError:
    """The document of a text with what is known of it, or why it cannot be used."""
    found = Metadata()
    if page:
        if len(raw) > 4 * MAX_CHARACTERS:
            return _too_long(name, f"a page of {len(raw):,} characters", f"{4 * MAX_CHARACTERS:,}")
        raw, found = read_page(raw)
    text = keep_offsets(raw, notice) if keep else normalise(raw, notice)
    if not text.strip():
        return DocumentError(name, "a page without an article" if page else "is empty")
    if len(text) > MAX_CHARACTERS:
        return _too_long(name, f"{len(text):,} characters", f"{MAX_CHARACTERS:,}")
    if max(map(len, text.split())) > MAX_WORD:
        return DocumentError(name, f"not prose: more than {MAX_WORD:,} characters without a blank")
    title = first_line(text) if given.title == FIRST_LINE else given.title
    return name, Document(
        id=given.id or document_id(text),
        text=text,
        title=title or found.title or first_line_title(text),
        date=given.date or found.date or date,
        source=given.source or found.source,
        url=given.url or found.url,
        lang=given.lang or found.lang or "en",
    )


def _too_long(name: str, size: str, limit: str) -> DocumentError:
    return DocumentError(name, f"too long: {size}, the limit is {limit}", "split it into articles")
