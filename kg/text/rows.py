"""Rows of the actor tables: cells with several names, and the actor that a row describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import DataError
from kg.statement import SECTORS, Actor, ActorType
from kg.text.book import Gazetteer


def split_cell(cell: str) -> Iterator[str]:
    """The parts of a cell that "|" separates."""
    return (part.strip() for part in cell.split("|") if part.strip())


def add_actor(
    book: Gazetteer, path: Path, line: int, row: Mapping[str, str], kind: str = ""
) -> Actor:
    """Register the actor of a row, of that type or the row's own.

    Raises ``DataError`` with file and line for an unknown type, sector, code or no id.
    """
    identity, label = row["id"], row["label"]
    country, sector = row["country"], row.get("sector", "")
    try:
        actor_type = ActorType(kind or row["type"])
    except ValueError:
        known = ", ".join(ActorType)
        raise DataError(path, line, f"unknown type '{row['type']}'", f"known: {known}") from None
    if ":" not in identity:
        raise DataError(path, line, f"'{identity}' is no id", "write wd:Q159 or kg:some-name")
    if not label.strip():
        raise DataError(path, line, f"'{identity}' has no label")
    if sector and sector not in SECTORS:
        raise DataError(path, line, f"unknown sector '{sector}'", f"known: {', '.join(SECTORS)}")
    if country and not (len(country) == 3 and country.isupper()):
        raise DataError(path, line, f"'{country}' is no alpha-3 country code")
    actor = Actor(identity, label, actor_type, country or None, sector or None)
    book.actors.setdefault(identity, actor)
    book.sources.setdefault(identity, []).append(f"{path.name}:{line}")
    return actor
