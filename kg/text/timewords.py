"""The vocabulary of time expressions (kg/cues/times.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of kg/cues/times.yml."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, int]
    decades: Mapping[str, int]
    days: Mapping[str, str]
    eras: Mapping[str, str]
    periods: tuple[str, ...]


@cache
def load_words() -> Words:
    """The packaged words; raises ``DataError`` for a table that is missing or malformed."""
    path = resource_path("cues/times.yml")
    data = read_yaml(path)
    tables = ("months", "weekdays", "numbers", "ordinals", "seasons", "decades")
    check_keys(data, (*tables, "days", "eras", "periods"), (), path)
    try:
        numbers = {name: {k: int(v) for k, v in data[name].items()} for name in tables}
    except (ValueError, AttributeError) as error:
        raise DataError(path, None, f"a table of words and numbers is malformed: {error}") from None
    return Words(
        **numbers, days=data["days"], eras=data["eras"], periods=tuple(data["periods"].split())
    )
