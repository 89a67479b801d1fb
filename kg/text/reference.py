"""The words of kg/cues/reference.yml: pronouns, and nouns and verbs that steer reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.text.lexicon import EVENTS

_SETS = (
    *(
        "vague",
        "collective",
        "people",
        "weather",
        "abroad",
        "bidding",
        "mandative",
        "broad",
        "telling",
        "ranks",
    ),
    *("leading", "anonymous", "armed", "speeches", "alias", "alias_fill", "each", "hostile"),
    *("counterpart", "opponents", "addressed", "works", "depicting"),
    *("fighters", "papers", "adopting", "crowds", "gatherings", "followers"),
    *("agentive", "conduct", "facing", "judging", "lifeless"),
)
_CLASSES = {"person", "thing", "many", "speaker", "speakers"}


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun: ``kind`` as in the file, ``use`` plain, possessive or reflexive."""

    word: str
    kind: str
    gender: str
    use: str


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """Pronouns by word (lower case; "her" is plain and possessive: plain), and sets of lemmas.

    The sets are those of the file by name; ``numbers`` and ``sets_of`` say how many actors a
    word takes up, ``short`` the full form of a title.
    """

    pronouns: Mapping[str, Pronoun]
    numbers: Mapping[str, int]
    sets_of: Mapping[str, int]
    short: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    taken_up: Mapping[str, frozenset[str]]
    """Nouns that take up an act told before, with the event types that it may be."""
    derived: Mapping[str, frozenset[str]]
    """Nouns of deeds with the verbs that tell them: "expulsion", "expel"."""

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]

    def third(self, word: str) -> Pronoun | None:
        """The third-person pronoun that a word is, None for other words."""
        found = self.pronouns.get(word)
        return None if found is None or found.kind in {"speaker", "speakers"} else found


@lru_cache(maxsize=1)
def reference_words() -> ReferenceWords:
    """The words of the packaged file, read once; raises ``DataError`` when it is malformed."""
    return read_words(resource_path("cues/reference.yml"))


def read_words(path: Path) -> ReferenceWords:
    """The words of a file; raises ``DataError`` for unknown keys, classes and words met twice."""
    data = read_yaml(path)
    keys = ("pronouns", "numbers", "sets_of", "short", "taken_up", "derived")
    check_keys(data, (*keys, *_SETS), (), path)
    pronouns: dict[str, Pronoun] = {}
    for row in data["pronouns"]:
        check_keys(row, ("class", "gender", "plain", "possessive", "reflexive"), (), path)
        if row["class"] not in _CLASSES or row["gender"] not in {"m", "f", ""}:
            raise DataError(path, None, f"unknown class or gender of '{row['plain']}'")
        for use in ("plain", "possessive", "reflexive"):
            for word in row[use].split():
                known = pronouns.setdefault(word, Pronoun(word, row["class"], row["gender"], use))
                if known.gender != row["gender"] or known.kind != row["class"]:
                    raise DataError(path, None, f"the pronoun '{word}' stands twice")
    sets = {}
    for name in _SETS:
        words = _spelt(data[name])
        if len(words) != len(set(words)):
            raise DataError(path, None, f"a word stands twice in '{name}'")
        sets[name] = frozenset(words)
    numbers, sets_of = (_counts(data[name], name, path) for name in ("numbers", "sets_of"))
    derived = {n: frozenset(_spelt(verbs)) for n, verbs in data["derived"].items()}
    taken = _taken_up(data["taken_up"], path)
    return ReferenceWords(pronouns, numbers, sets_of, data["short"], sets, taken, derived)


def _spelt(words: str) -> list[str]:
    """The words of a line; "turn_out" is one of two words."""
    return [word.replace("_", " ") for word in words.split()]


def _taken_up(rows: Mapping[str, str], path: Path) -> dict[str, frozenset[str]]:
    """Word → the event types under which it stands."""
    found: dict[str, frozenset[str]] = {}
    for event, words in rows.items():
        if event not in EVENTS:
            raise DataError(path, None, f"unknown event type '{event}' in 'taken_up'")
        for plain in _spelt(words):
            if event in found.get(plain, ()):
                raise DataError(path, None, f"the word '{plain}' stands twice under {event}")
            found[plain] = found.get(plain, frozenset()) | {event}
    return found


def _counts(words: Mapping[str, str], name: str, path: Path) -> dict[str, int]:
    if not all(number.isdecimal() for number in words.values()):
        raise DataError(path, None, f"'{name}' must give each word a number")
    return {word: int(number) for word, number in words.items()}
