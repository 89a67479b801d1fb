"""Files, folders and streams of articles as ``Document``s; what cannot be used is named, not lost.

A file holds one document or many (``kg.text.readers`` knows its kind by its suffix), a folder
all files in it, ``-`` or nothing is a stream of JSON Lines on standard input.
docs/formats.md describes each kind.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date as Day
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError
from kg.statement import Document, document_id
from kg.text.boilerplate import cut
from kg.text.bylines import stated_author
from kg.text.characters import Notice, keep_offsets, mend, normalise
from kg.text.datelines import stated_day
from kg.text.language import is_english, likely_language
from kg.text.metadata import FIELDS, FIRST_LINE, Metadata, first_line, first_line_title
from kg.text.pages import read_page
from kg.text.readers import (
    ARTICLES,
    KINDS,
    Found,
    Piece,
    Settings,
    Source,
    documents_of,
    guarded,
    is_readable,
    reader_of,
    too_long,
)
from kg.text.stories import Stories
from kg.text.web.access import Access, Address, is_address

if TYPE_CHECKING:
    from kg.text.web.reading import Web

MAX_CHARACTERS = 500_000
"""Longest text taken as one document: some 80,000 words, far more than an article or a speech."""
MAX_WORD = 5_000
"""Longest run of characters without a blank; prose has none, encoded data has nothing else."""

MADE_BY_BUILD = "geokg.json"
"""The file that marks an output folder; what lies in one is not read as articles."""

_SIDECARS = {".yml", ".yaml"}
_KINDS_HINT = "kg reads " + ", ".join(KINDS) + " and folders of them"
_INSTEAD = {
    ".json": "write one object a line into a .jsonl file",
    **dict.fromkeys((".doc", ".odt", ".rtf"), "save it as .docx or .txt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save it as .csv"),
    **dict.fromkeys((".tar", ".tgz", ".bz2", ".7z", ".rar"), "pack it as .zip"),
}
"""What helps with kinds of files that people try."""

Item = Document | DocumentError


class _Foreign(DocumentError):
    """A document in another language than English; ``language`` is its code, or empty."""

    def __init__(self, source: str, problem: str, language: str) -> None:
        super().__init__(source, problem, "kg reads English")
        self.language = language

    def __reduce__(self) -> tuple[Any, ...]:
        return _Foreign, (self.source, self.problem, self.language)


def read_documents(
    paths: Sequence[str | Path],
    date: Day | None = None,
    notice: Notice = lambda line: None,
    columns: Mapping[str, str] = MappingProxyType({}),
    stories: Stories | None = None,
) -> Iterator[Item]:
    """Documents of files and folders in a fixed order; for each that must be skipped, its error.

    ``date`` is the date of documents that state none. ``notice`` gets one line for each
    thing repaired or left out without loss (an encoding guessed, a duplicate dropped).
    ``columns`` names the columns of tables: {"text": "body", "date": "published"}.
    Copies and versions say whose they are, also of the documents that ``stories`` remembers.
    Two documents never share an id: of equal texts the first is kept with a notice, of
    different texts the second is an error.
    """
    seen: dict[str, bytes] = {}
    stories = Stories() if stories is None else stories
    foreign: Counter[str] = Counter()
    for item in _read_all(paths, date, Settings(notice, columns)):
        if isinstance(item, DocumentError):
            if isinstance(item, _Foreign):
                foreign[item.language or "unknown"] += 1
            yield item
            continue
        name, document = item
        digest = hashlib.sha256(document.text.encode("utf-8")).digest()[:16]
        known = seen.setdefault(document.id, digest)
        if known is digest:
            yield stories.labelled(document)
        elif known == digest:
            notice(f"{name}: the same text as an earlier document, left out")
        else:
            yield DocumentError(
                name,
                f"another document has the id '{document.id}' and a different text",
                "give each document its own id",
            )
    if foreign:
        counts = ", ".join(f"{code} {count}" for code, count in sorted(foreign.items()))
        notice(f"left out because kg reads English: {counts}")


def usable_documents(
    paths: Sequence[str | Path],
    date: Day | None,
    skip: Callable[[DocumentError], None],
    notice: Notice = lambda line: None,
    columns: Mapping[str, str] = MappingProxyType({}),
    stories: Stories | None = None,
) -> Iterator[Document]:
    """The documents of ``read_documents``; ``skip`` gets the error of each that is left out."""
    for item in read_documents(paths, date, notice, columns, stories):
        if isinstance(item, DocumentError):
            skip(item)
        else:
            yield item


Named = tuple[str, Document]


def _read_all(
    paths: Sequence[str | Path], date: Day | None, settings: Settings
) -> Iterator[Named | DocumentError]:
    for found in _pieces(paths, settings):
        yield found if isinstance(found, DocumentError) else _document(found, date, settings)


def _pieces(paths: Sequence[str | Path], settings: Settings) -> Found:
    with ExitStack() as open_connections:
        webs: dict[Access, Web] = {}
        for given in paths or ["-"]:
            if isinstance(given, str) and is_address(given):
                yield from _web(given, webs, open_connections).read(given, settings)
            else:
                yield from _local(given, settings)


def _web(address: str, webs: dict[Access, Web], open_connections: ExitStack) -> Web:
    """What fetches an address; addresses fetched in the same way share it and its pauses."""
    from kg.text.web.reading import Web

    access = address.access if isinstance(address, Address) else Access()
    if access not in webs:
        webs[access] = open_connections.enter_context(Web(access))
    return webs[access]


def _local(given: str | Path, settings: Settings) -> Found:
    path = Path(given)
    if str(given) == "-":
        yield from documents_of(sys.stdin.buffer, "stdin", settings)
    elif path.is_dir():
        yield from _read_folder(path, settings)
    elif not path.exists():
        sentence = " " in str(given).strip() and not is_readable(path.name)
        hint = 'to read a sentence: kg explain "…"' if sentence else ""
        yield DocumentError(str(given), "no such file or folder", hint)
    elif path.suffix.lower() in _SIDECARS and _articles_of(path):
        # `kg build articles/*` names the sidecars too; they are read with their articles.
        return
    else:
        yield from _read_file(path, settings)


def _read_folder(folder: Path, settings: Settings) -> Found:
    """All articles under a folder, sorted by path; hidden files and folders are left alone."""
    notice = settings.notice
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
            if is_readable(name):
                found += 1
                yield from _read_file(path, settings)
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
    paths = (sidecar.with_suffix(suffix) for suffix in ARTICLES)
    return [path for path in paths if path.exists()]


def _read_file(path: Path, settings: Settings) -> Found:
    name = str(path)
    reader = reader_of(path.suffix.lower())
    if reader is None:
        hint = _INSTEAD.get(path.suffix.lower(), _KINDS_HINT)
        yield DocumentError(name, "a file of a kind that is not read", hint)
        return
    try:
        if path.is_file():
            yield from guarded(reader, Source.file(path), settings)
        else:
            yield DocumentError(name, "not a regular file")
    except OSError as error:
        yield DocumentError(name, f"cannot be read: {error.strerror or error}")


def _document(piece: Piece, date: Day | None, settings: Settings) -> Named | DocumentError:
    """The document of a text with what is known of it, or why it cannot be used."""
    name, raw, known, found = piece.name, piece.text, piece.known, Metadata()

    def notice(line: str) -> None:
        settings.tell(name, line)

    if len(raw) > 4 * MAX_CHARACTERS:
        # Not even looked at: blanks and markup may go, but never so much.
        limit = 4 * MAX_CHARACTERS if piece.page else MAX_CHARACTERS
        kind = "a page of " if piece.page else ""
        return too_long(name, f"{kind}{len(raw):,} characters", f"{limit:,}")
    if piece.page:
        raw, found = read_page(mend(raw, notice), piece.address)
    elif not piece.keep:
        raw = mend(raw, notice)
    text = keep_offsets(raw, notice) if piece.keep else normalise(raw, notice)
    if piece.page:
        text = cut(text)
    if not text.strip():
        return DocumentError(name, "a page without an article" if piece.page else "is empty")
    if len(text) > MAX_CHARACTERS:
        return too_long(name, f"{len(text):,} characters", f"{MAX_CHARACTERS:,}")
    if max(map(len, text.split())) > MAX_WORD:
        return DocumentError(name, f"not prose: more than {MAX_WORD:,} characters without a blank")
    known = known.over(found).over(piece.hints)
    if known.title == FIRST_LINE:
        known = replace(known, title=first_line(text), origins={**known.origins, **_FIRST})
    for origin, told in (
        ("first line", Metadata(title=first_line_title(text))),
        ("dateline", Metadata(date=stated_day(text))),
        ("byline", Metadata(author=stated_author(text))),
        ("option", Metadata(date=date)),
        ("address", Metadata(url=piece.address)),
    ):
        known = known.over(told.of(origin))
    stated = (known.lang or "en").lower()
    if (code := stated.partition("-")[0].partition("_")[0][:20]) != "en":
        return _Foreign(name, f"is in another language ('{stated[:20]}')", code)
    if not is_english(text):
        code = likely_language(text) or ""
        like = f" but like '{code}'" if code else ""
        return _Foreign(name, f"does not read like English{like}", code)
    return name, Document(
        id=known.id or document_id(text),
        text=text,
        title=known.title,
        date=known.date,
        source=known.source,
        url=known.url,
        lang=known.lang or "en",
        author=known.author,
        provenance=tuple(
            (key, known.origins[key])
            for key in FIELDS
            if key in known.origins and getattr(known, key) is not None
        ),
    )


_FIRST = {"title": "first line"}
