"""What is known of a document beside its text: sidecar files and the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.resources import check_keys, parse_yaml

FIELDS = ("id", "title", "date", "source", "url", "lang", "author")
FIRST_LINE = "first-line"
"""As the title in a sidecar: the first line of the text is the title."""

_LONGEST = 2000
_LONGEST_SIDECAR = 20_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:?\d{2})")
_ORIGIN = re.compile(r"[a-z][a-z -]{0,30}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields of a document; None is 'not known'. ``origins`` says where each was found."""

    id: str | None = None
    title: str | None = None
    date: date | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    author: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    def of(self, origin: str) -> Metadata:
        """The same, with ``origin`` as the place of what is known and has none yet."""
        known = {key: origin for key in FIELDS if getattr(self, key) is not None}
        return replace(self, origins={**known, **self.origins})

    def over(self, other: Metadata) -> Metadata:
        """These fields, and those of ``other`` where they are not known here."""
        taken = [key for key in FIELDS if not getattr(self, key) and getattr(other, key)]
        origins = {key: other.origins[key] for key in taken if key in other.origins}
        values: dict[str, Any] = {key: getattr(other, key) for key in taken}
        return replace(self, **values, origins={**self.origins, **origins})


def parse_day(text: str) -> date:
    """The day of an ISO date or date-time; raises ``ValueError`` with a clear text."""
    match = _DAY.match(text.strip())
    if match:
        try:
            return date.fromisoformat(match.group())
        except ValueError:
            pass
    raise ValueError(f"'{_shorten(text)}' is not a date like 2025-09-22")


def from_record(record: Mapping[str, Any]) -> Metadata:
    """The metadata among the keys of a record; raises ``ValueError`` for values of other types."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key == "id":
            value = str(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise ValueError(f"'{key}' must be a string")
        value = _UNPRINTABLE.sub(" ", value).strip()
        if len(value) > _LONGEST:
            raise ValueError(f"'{key}' is longer than {_LONGEST} characters")
        if key == "date":
            values[key] = parse_day(value)
        elif value:
            values[key] = value
    return Metadata(**values)


def with_provenance(known: Metadata, record: Mapping[str, Any]) -> Metadata:
    """What a record that kg wrote says of its fields; for other records, that they are its own."""
    told = record.get("provenance")
    if not isinstance(told, dict):
        return known.of("record")
    origins = {
        key: origin
        for key, origin in told.items()
        if key in FIELDS and isinstance(origin, str) and _ORIGIN.fullmatch(origin)
    }
    return replace(known, origins=origins)


def sidecar_of(article: Path) -> Path | None:
    """The file with the metadata of an article: same name, ``.yml`` or ``.yaml``."""
    for suffix in (".yml", ".yaml"):
        path = article.with_suffix(suffix)
        if path.is_file():
            return path
    return None


def read_sidecar(path: Path) -> Metadata:
    """The metadata of a sidecar; raises ``DataError`` for unknown keys and wrong values."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_LONGEST_SIDECAR + 1)
        record = parse_yaml(text, path) if len(text) <= _LONGEST_SIDECAR else None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(path, None, f"cannot be read: {error}") from error
    except RecursionError:
        record = None
    if not isinstance(record, dict):
        raise DataError(path, None, "is not a list of 'key: value' lines")
    check_keys(record, (), FIELDS, path)
    try:
        return from_record(record).of("sidecar")
    except ValueError as error:
        raise DataError(path, None, str(error)) from None


def first_line_title(text: str) -> str | None:
    """The first line where it looks like a headline: short, no full stop, more text below.

    "Kim open to talks with U.S.↵↵SEOUL (AP) — …" has one; a text that begins with a
    whole sentence or consists of one line has none.
    """
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    if not rest.strip() or len(first) > 200:
        return None
    if first.endswith((".", "!", ":", ";", ",")) and not re.search(r"\b(?:[A-Z]\.){2,}$", first):
        return None
    return first


def first_line(text: str) -> str:
    """The first line that holds anything."""
    return text.strip().partition("\n")[0].strip()


def _shorten(text: str) -> str:
    text = _UNPRINTABLE.sub(" ", text)
    return text if len(text) <= 40 else text[:39] + "…"
