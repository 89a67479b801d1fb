"""The cue words of kg/cues/reporting.yml and sources.yml: who reports, and with what stance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.statement import Stance
from kg.text.inflection import by_form

_SLOTS = {"that", "whether", "to", "ing", "np", "as", "predicate"}
_PREPOSITIONS = {"of", "for", "on", "about", "against", "over", "in", "from", "at", "with"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that reports; ``takes`` are the forms that its content may have.

    ``author`` and ``source`` tell how certain a plain content is to either, from -3 to +3.
    """

    words: str
    kind: str
    stance: Stance
    author: float
    source: float
    takes: frozenset[str]
    addressee: bool
    example: str
    speech: bool = True
    """Whether a quotation may be its content: one says things aloud, one does not see them so."""
    hearsay: bool = True
    """Whether its passive without an agent reports: "is said to", not "is expected to"."""


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue words by part of speech, keyed by lemma (phrases by their words)."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    phrases: Mapping[str, Cue]
    hedging_adverbs: Mapping[str, Cue]
    hedging_adjectives: Mapping[str, Cue]
    speakers: frozenset[str]
    """Nouns for people and bodies that a headline may quote without a verb."""
    kinds: Mapping[str, tuple[float, float]]
    """How certain a plain content of each kind is to the author and to the source."""
    verb_forms: Mapping[str, str]
    """Inflected form → verb, for words whose lemma was not recognised."""

    def verb(self, lemma: str, bare: str, form: str) -> tuple[Cue, ...]:
        """The cues of a verb by its lemma with particle, bare lemma or inflected form."""
        found = self.verbs.get(lemma) or self.verbs.get(bare)
        return found or self.verbs.get(self.verb_forms.get(form, ""), ())


_Kind = tuple[Stance, float, float]


def _kinds(record: object, path: Path) -> dict[str, _Kind]:
    if not isinstance(record, dict):
        raise DataError(path, None, "'kinds' must map each kind to stance, author and source")
    kinds: dict[str, _Kind] = {}
    for kind, values in record.items():
        check_keys(values, ("stance", "author", "source"), (), path)
        try:
            certainties = float(values["author"]), float(values["source"])
            kinds[kind] = (Stance(values["stance"]), *certainties)
        except ValueError as error:
            raise DataError(path, None, f"kind '{kind}': {error}") from error
    return kinds


def _cue(record: Mapping[str, str], word_key: str, kinds: Mapping[str, _Kind], path: Path) -> Cue:
    check_keys(
        record,
        (word_key, "kind", "example"),
        ("takes", "addressee", "forms", "speech", "hearsay"),
        path,
    )
    word, kind = record[word_key], record["kind"]
    if kind not in kinds:
        raise DataError(path, None, f"unknown kind '{kind}' of '{word}'", ", ".join(kinds))
    takes = frozenset(record.get("takes", "").split())
    if unknown := takes - _SLOTS - _PREPOSITIONS:
        raise DataError(path, None, f"'{word}' takes unknown forms: {', '.join(sorted(unknown))}")
    if record.get("addressee", "object") != "object":
        raise DataError(path, None, f"'{word}': addressee can only be 'object'")
    for key in ("speech", "hearsay"):
        if record.get(key, "no") != "no":
            raise DataError(path, None, f"'{word}': {key} can only be 'no'")
    return Cue(
        word,
        kind,
        *kinds[kind],
        takes,
        "addressee" in record,
        record["example"],
        "speech" not in record,
        "hearsay" not in record,
    )


@cache
def load_cues() -> Cues:
    """The packaged cue words; raises ``DataError`` naming the file and what is wrong in it."""
    path = resource_path("cues/reporting.yml")
    data = read_yaml(path)
    check_keys(data, ("kinds", "entries"), (), path)
    kinds = _kinds(data["kinds"], path)
    irregular: dict[str, str] = {}
    verbs: dict[str, tuple[Cue, ...]] = {}
    found: dict[str, dict[str, Cue]] = {"verb": {}, "noun": {}, "adjective": {}}
    for record in data["entries"]:
        key = next((k for k in found if k in record), "verb")
        cue = _cue(record, key, kinds, path)
        if key == "verb":
            verbs[cue.words] = (*verbs.get(cue.words, ()), cue)
        else:
            _add(found[key], cue, path)
        irregular |= dict.fromkeys(record.get("forms", "").split(), record[key])
    path = resource_path("cues/sources.yml")
    data = read_yaml(path)
    check_keys(data, ("phrases", "adverbs", "adjectives", "speakers"), (), path)
    sources: dict[str, dict[str, Cue]] = {}
    for section, key in (("phrases", "words"), ("adverbs", "word"), ("adjectives", "word")):
        sources[section] = {}
        for record in data[section]:
            _add(sources[section], _cue(record, key, kinds, path), path)
    return Cues(
        verbs,
        found["noun"],
        found["adjective"],
        sources["phrases"],
        sources["adverbs"],
        sources["adjectives"],
        frozenset(data["speakers"].split()),
        {kind: (author, source) for kind, (_, author, source) in kinds.items()},
        {**by_form(verbs), **irregular},
    )


def _add(entries: dict[str, Cue], cue: Cue, path: Path) -> None:
    if cue.words in entries:
        raise DataError(path, None, f"'{cue.words}' stands twice")
    entries[cue.words] = cue
