"""The word lists beside the actor tables: "deputy", "former", prepositions, given names."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.errors import DataError
from kg.resources import read_csv, resource_path


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """All lists by name; raises ``DataError`` for a name or a word that stands twice."""
    path = resource_path("actors") / "words.csv"
    lists: dict[str, frozenset[str]] = {}
    for line, row in read_csv(path, ("list", "words")):
        found = row["words"].split("|")
        if row["list"] in lists:
            raise DataError(path, line, f"the list '{row['list']}' stands twice")
        if len(set(found)) != len(found):
            raise DataError(path, line, f"a word stands twice in the list '{row['list']}'")
        lists[row["list"]] = frozenset(found)
    return lists


@cache  # asked for some thousand times in each document
def listed(name: str) -> frozenset[str]:
    """The words of a list; raises ``KeyError`` for a list that the table does not have."""
    return word_lists()[name]


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names with the gender they tell."""
    path = resource_path("actors") / "given_names.csv"
    return {r["name"]: r["gender"] for _, r in read_csv(path, ("name", "gender"))}
