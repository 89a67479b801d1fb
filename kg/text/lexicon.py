"""The event lexicon: relations and their frames, read strictly from ``kg/lexicon/*.yml``.

The format is described in docs/lexicon.md. One file holds one relation with its frames
(verbs, nouns, adjectives, predicates and where their participants stand), examples that
must match and near misses that must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.statement import QUADS, Relation
from kg.text.frametypes import (
    Condition,
    Entry,
    Example,
    Filler,
    Frame,
    FrameSet,
    Route,
    Trigger,
)

__all__ = [
    "EVENTS",
    "Condition",
    "Entry",
    "Example",
    "Filler",
    "Frame",
    "FrameSet",
    "Lexicon",
    "Route",
    "Trigger",
    "check_lexicon",
    "load_lexicon",
]

EVENTS = (
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
"""The sixteen PLOVER event types."""
# Lists that the matcher itself asks for.
_LISTS = ("means", "people", "detained", "spoils")
# Whom threats and promises are meant for that name nobody.
_BY_DEFAULT = {"THREATEN": "opponent", "AGREE": "other"}
_OTHERWISE = {
    "",
    "opponent",
    "partner",
    "parallel",
    "parties",
    "deed",
    "culprit",
    "asker",
    "other",
    "stricken",
}
# Consent, request, accusation, refusal and threat as such; what they are about makes them exact.
_UTTERANCES = {"030", "100", "112", "120", "130"}
_NO_FRAMES = FrameSet()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All relations by id ("kg:met"), and all frames by trigger and lemma."""

    entries: Mapping[str, Entry]
    means: frozenset[str]
    """Nouns that act for their owner: "Iraqi *missiles* hit Tel Aviv" is Iraq's deed."""
    people: frozenset[str]
    """Nouns for people whom their own police, army or rebels may act upon."""
    detained: frozenset[str]
    """Further nouns for people whom their own state arrests and frees."""
    spoils: frozenset[str]
    """Nouns for what only enemies shell, storm, shoot down and take: towns, posts, jets."""
    _index: Mapping[tuple[Trigger, str], FrameSet] = field(repr=False)
    _acts: Mapping[tuple[str, str], str] = field(repr=False)
    idiomatic: frozenset[str] = field(repr=False)
    """What longer verbs begin with: "pay" of "pay tribute", "put out" of "put out feelers"."""

    def entry(self, frame: Frame) -> Entry:
        """The relation that a frame words."""
        return self.entries[frame.relation]

    def frames(self, trigger: Trigger, lemma: str) -> FrameSet:
        """The frames that a word sets off."""
        return self._index.get((trigger, lemma), _NO_FRAMES)

    def is_general(self, utterance: Relation) -> bool:
        """Whether a relation is consent, request, accusation, refusal or threat as such."""
        return utterance.cameo in _UTTERANCES

    def about(self, utterance: Relation, act: Relation) -> str | None:
        """The relation for agreeing to, asking for, refusing, threatening or imputing an act.

        Only what is told with a general word is made exact so: ``utterance`` has the code of its
        event type as a whole ("030"); None where nothing more exact is known.
        """
        code = act.cameo or ""
        if not self.is_general(utterance):
            return None
        for length in range(len(code), 1, -1):
            found = self._acts.get((utterance.event or "", code[:length]))
            if found is not None:
                return found
        return None

    def relation(self, name: str) -> Relation:
        """The relation ``kg:name``; raises ``DataError`` when the lexicon lacks it."""
        entry = self.entries.get(f"kg:{name}")
        if entry is None:
            raise DataError(
                resource_path("lexicon"), None, f"there is no relation '{name}'", "add its file"
            )
        return entry.relation


@cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon of a folder (the packaged one by default).

    Raises ``DataError`` for the first file that breaks the format.
    """
    folder = folder or resource_path("lexicon")
    classes = _classes(folder / "classes.yml")
    entries: dict[str, Entry] = {}
    index: dict[tuple[Trigger, str], list[Frame]] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == "classes.yml":
            continue
        entry = _entry(path, classes)
        key = entry.relation.id or ""
        if key in entries:
            raise DataError(path, None, f"{key} is also defined in {entries[key].path.name}")
        entries[key] = entry
        for frame in entry.frames:
            for lemma in sorted(frame.lemmas):
                index.setdefault((frame.trigger, lemma), []).append(frame)
    acts = {
        (entry.relation.event or "", code): key
        for key, entry in entries.items()
        for code in entry.acts
    }
    means, people, detained, spoils = (
        frozenset(_lemmas(list(classes.get(name, ())), name, classes, folder)) for name in _LISTS
    )
    return Lexicon(
        entries,
        means,
        people,
        detained,
        spoils,
        {key: FrameSet.of(frames) for key, frames in index.items()},
        acts,
        frozenset(
            lemma[: blank.start()]
            for trigger, lemma in index
            if trigger is Trigger.VERB
            for blank in re.finditer(" ", lemma)
        ),
    )


def check_lexicon(folder: Path | None = None) -> list[str]:
    """What is wrong with the lexicon's files, a line each; empty when all is well."""
    folder = folder or resource_path("lexicon")
    try:
        classes = _classes(folder / "classes.yml")
    except DataError as error:
        return [str(error)]
    problems: list[str] = []
    owners: dict[str, str] = {}
    used: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        if path.name == "classes.yml":
            continue
        try:
            entry = _entry(path, classes)
        except DataError as error:
            problems.append(str(error))
            continue
        used |= {name for name in classes if f"@{name}" in path.read_text(encoding="utf-8")}
        used.update(_LISTS)
        key = entry.relation.id or ""
        if key in owners:
            problems.append(f"{path}: {key} is also defined in {owners[key]}")
        owners[key] = path.name
        if not entry.examples:
            problems.append(f"{path}: has no examples")
    problems.extend(
        f"{folder / 'classes.yml'}: nothing uses the list '{name}'"
        for name in sorted(set(classes) - used)
        if not any(f"@{name}" in word for words in classes.values() for word in words)
    )
    return problems


def _classes(path: Path) -> dict[str, tuple[str, ...]]:
    record = read_yaml(path) if path.exists() else {}
    if not isinstance(record, dict):
        raise DataError(path, None, "must map names to lists of words")
    return {name: tuple(_words(words, name, path)) for name, words in record.items()}


def _words(value: Any, key: str, path: Path) -> Iterator[str]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise DataError(path, None, f"'{key}' must be a word or a list of words")
    yield from value


def _lemmas(
    value: Any, key: str, classes: Mapping[str, Sequence[str]], path: Path
) -> Iterator[str]:
    """The words of a list with the named lists (@name) put in their place."""
    for word in _words(value, key, path):
        if not word.startswith("@"):
            yield word
            if word == "people" or word.endswith(" people"):
                # the lemma of "people" is "person", as in GUM
                yield word.removesuffix("people") + "person"
        elif word[1:] in classes:
            yield from _lemmas(list(classes[word[1:]]), word, classes, path)
        else:
            raise DataError(path, None, f"'{key}' uses {word}", "add that list to classes.yml")


def _entry(path: Path, classes: Mapping[str, Sequence[str]]) -> Entry:
    record = read_yaml(path)
    if not isinstance(record, dict):
        raise DataError(path, None, "must hold one relation as keys and values")
    check_keys(
        record,
        ("relation", "label", "definition", "event", "cameo", "quad", "frames"),
        ("symmetric", "subject", "object", "at home", "acts", "examples", "near"),
        path,
    )
    event, quad = record["event"] or None, record["quad"] or None
    if event is not None and event not in EVENTS:
        raise DataError(path, None, f"unknown event type '{event}'", ", ".join(EVENTS))
    if quad is not None and quad not in QUADS:
        raise DataError(path, None, f"unknown quad class '{quad}'", ", ".join(QUADS))
    relation = Relation(
        id=f"kg:{record['relation']}",
        label=record["label"],
        event=event,
        cameo=record["cameo"] or None,
        quad=quad,
        symmetric=_flag(record.get("symmetric", "false"), "symmetric", path),
    )
    if not isinstance(record["frames"], list):
        raise DataError(path, None, "'frames' must be a list")
    return Entry(
        relation=relation,
        definition=record["definition"],
        subject=_filler(record.get("subject", "actor"), path),
        object=_filler(record.get("object", "actor"), path),
        frames=tuple(_frame(item, relation, classes, path) for item in record["frames"]),
        examples=tuple(_example(item, path) for item in record.get("examples") or []),
        near=tuple(_words(record.get("near") or [], "near", path)),
        path=path,
        at_home=_flag(record.get("at home", "false"), "at home", path),
        acts=tuple(_words(record.get("acts") or [], "acts", path)),
    )


def _flag(value: str, key: str, path: Path) -> bool:
    if value not in {"true", "false"}:
        raise DataError(path, None, f"'{key}' must be true or false")
    return value == "true"


def _filler(value: str, path: Path) -> Filler:
    try:
        return Filler(value)
    except ValueError:
        raise DataError(path, None, f"unknown kind '{value}'", ", ".join(Filler)) from None


def _frame(
    record: Any, relation: Relation, classes: Mapping[str, Sequence[str]], path: Path
) -> Frame:
    if not isinstance(record, dict):
        raise DataError(path, None, "a frame must be keys and values")
    check_keys(
        record,
        ("id",),
        (*Trigger, "where", "unless", "source", "target", "passive", "mutual", "abroad", "else"),
        path,
    )
    triggers = [trigger for trigger in Trigger if trigger in record]
    if len(triggers) != 1:
        raise DataError(path, None, f"frame '{record['id']}' must have one of {', '.join(Trigger)}")
    trigger = triggers[0]
    passive = record.get("passive")
    otherwise = record.get("else", "")
    if otherwise not in _OTHERWISE:
        raise DataError(path, None, f"unknown 'else' in frame '{record['id']}': {otherwise}")
    return Frame(
        rule=f"{path.stem}/{record['id']}",
        relation=relation.id or "",
        trigger=trigger,
        lemmas=frozenset(_lemmas(record[trigger], trigger, classes, path)),
        where=_conditions(record.get("where") or {}, classes, path),
        unless=_conditions(record.get("unless") or {}, classes, path),
        source=_routes(record.get("source", "subject"), "source", path),
        target=_routes(record.get("target", "object"), "target", path),
        passive=None if passive is None else _flag(passive, "passive", path),
        mutual=_flag(record.get("mutual", "false"), "mutual", path),
        abroad=_flag(record.get("abroad", "false"), "abroad", path),
        otherwise=otherwise or _BY_DEFAULT.get(relation.event or "", ""),
    )


def _conditions(
    record: Any, classes: Mapping[str, Sequence[str]], path: Path
) -> tuple[Condition, ...]:
    if not isinstance(record, dict):
        raise DataError(path, None, "'where' and 'unless' map routes to lists of words")
    return tuple(
        Condition(_route(key), frozenset(_lemmas(words, key, classes, path)))
        for key, words in record.items()
    )


def _routes(value: Any, key: str, path: Path) -> tuple[Route, ...]:
    return tuple(_route(text) for text in _words(value, key, path))


def _route(text: str) -> Route:
    text, _, suffix = text.partition(":")
    return Route(tuple(step.strip() for step in text.split("/")), suffix == "country")


def _example(record: Any, path: Path) -> Example:
    if not isinstance(record, dict):
        raise DataError(path, None, "an example has the keys text and expect")
    check_keys(record, ("text", "expect"), (), path)
    return Example(record["text"], tuple(_words(record["expect"], "expect", path)))
