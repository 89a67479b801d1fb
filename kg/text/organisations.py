"""What kind of node an unknown organisation becomes, by the nouns of its name."""

from __future__ import annotations

from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import ActorType
from kg.text.names import key


@lru_cache(maxsize=1)
def _nouns() -> dict[str, tuple[ActorType, str | None]]:
    path = resource_path("actors") / "org_nouns.csv"
    return {
        row["word"]: (ActorType(row["type"]), row["sector"] or None)
        for _, row in read_csv(path, ("word", "type", "sector"))
    }


def has_org_noun(word: str) -> bool:
    """Whether a word heads names of organisations: "Movement", "Front", "University"."""
    return key(word) in _nouns()


def kind_of(name: str) -> tuple[ActorType, str | None]:
    """Type and sector by the head noun: "University of X" → Organization EDU; else Organization.

    The head is the last word before "of", "for" or "in", else the last word that is known.
    """
    words = key(name).split()
    for stop in ("of", "for", "in"):
        if stop in words[1:]:
            words = words[: words.index(stop)]
            break
    for word in reversed(words):
        for form in (word, word.removesuffix("s")):
            if form in _nouns():
                return _nouns()[form]
    return ActorType.ORGANIZATION, None
