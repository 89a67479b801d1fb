"""The signatures of kg/cues/signatures.yml: what a governing word says about an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.statement import Modality, Polarity
from kg.text.inflection import by_form

SLOTS = frozenset(
    "to to-np ing that that-base whether bare np subject "
    "from of for into against on at about in with over".split()
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Polarity, modality and factuality (-3 to +3) of an event by the words around it."""

    name: str
    polarity: Polarity
    modality: Modality
    factuality: float


@dataclass(frozen=True, slots=True)
class Signature:
    """The outcomes for the governed event when the word is affirmed and when it is negated.

    ``past`` is the outcome when it is affirmed in the past tense: who "was able to leave" left;
    ``saying`` the one in the past tense for a verb of saying: who "voted to condemn" condemned.
    """

    words: str
    positive: Outcome
    negative: Outcome
    past: Outcome
    saying: Outcome

    @property
    def factive(self) -> bool:
        """Whether the event is given, be the word affirmed or negated: "(not) know that"."""
        return self.positive.name == self.negative.name == "yes"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the data whose word between asterisks reads as ``outcome``."""

    sentence: str
    event: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signatures by part of speech, lemma and form; hedging words and joining words."""

    entries: Mapping[tuple[str, str, str], Signature]
    adverbs: Mapping[str, Outcome]
    adjectives: Mapping[str, Outcome]
    markers: Mapping[str, Outcome]
    outcomes: Mapping[str, Outcome]
    examples: tuple[Example, ...]
    unwilled: frozenset[str]
    verb_forms: Mapping[str, str]
    """Inflected form → verb, for words whose lemma was not recognised."""

    def find(self, pos: str, lemma: str, slot: str) -> Signature | None:
        """The signature of a verb, noun or adjective for one form of what it governs."""
        return self.entries.get((pos, lemma, slot))

    def happened(self, lemma: str, slot: str) -> bool:
        """Whether the affirmed verb says that the event of the clause below it happened."""
        signature = self.find("verb", lemma, slot or "ing")
        return signature is not None and signature.past.name in {"yes", "caused"}

    def stages(self, lemma: str) -> bool:
        """Whether the verb does what its object names ("held talks", "launched an attack")."""
        signature = self.find("verb", lemma, "np")
        if signature is None:
            return False
        return signature.positive.name == "yes" and signature.negative.name == "no"


def _outcomes(record: Mapping[str, str], path: Path) -> dict[str, Outcome]:
    signs = {"+": Polarity.POSITIVE, "-": Polarity.NEGATIVE}
    found = {}
    for name, text in record.items():
        try:
            sign, modality, value = text.split()
            found[name] = Outcome(name, signs[sign], Modality(modality), float(value))
        except (ValueError, KeyError) as error:
            raise DataError(
                path, None, f"outcome '{name}' is malformed: {text}", "write '+ actual 3'"
            ) from error
    return found


def _example(text: str, outcome: Outcome, path: Path) -> Example:
    parts = text.split("*")
    if len(parts) != 3:
        raise DataError(path, None, f"mark one event with asterisks: {text}")
    return Example("".join(parts), parts[1], outcome)


@cache
def load_signatures() -> Signatures:
    """The packaged signatures; raises ``DataError`` naming the file and what is wrong in it."""
    path = resource_path("cues/signatures.yml")
    data = read_yaml(path)
    sections = ("entries", "adverbs", "adjectives", "markers", "unwilled")
    check_keys(data, ("outcomes", *sections), (), path)
    outcomes = _outcomes(data["outcomes"], path)
    entries: dict[tuple[str, str, str], Signature] = {}
    examples: list[Example] = []

    def outcome(name: str) -> Outcome:
        if name not in outcomes:
            raise DataError(path, None, f"unknown outcome '{name}'", f"known: {list(outcomes)}")
        return outcomes[name]

    for record in data["entries"]:
        pos = next((p for p in ("verb", "noun", "adjective") if p in record), "verb")
        check_keys(
            record, (pos, "takes", "positive", "negative", "example"), ("past", "saying"), path
        )
        past = record.get("past", record["positive"])
        signature = Signature(
            record[pos],
            outcome(record["positive"]),
            outcome(record["negative"]),
            outcome(past),
            outcome(record.get("saying", past)),
        )
        for key in _keys(record, pos, path):
            if key in entries:
                raise DataError(path, None, f"'{record[pos]}' takes '{key[2]}' twice")
            entries[key] = signature
        examples.append(_example(record["example"], signature.positive, path))
    hedges: dict[str, dict[str, Outcome]] = {}
    for section in ("adverbs", "adjectives", "markers"):
        hedges[section] = {}
        for record in data[section]:
            check_keys(record, ("word", "outcome", "example"), (), path)
            if record["word"] in hedges[section]:
                raise DataError(path, None, f"'{record['word']}' stands twice in {section}")
            hedges[section][record["word"]] = outcome(record["outcome"])
            examples.append(_example(record["example"], outcome(record["outcome"]), path))
    unwilled: set[str] = set()
    for record in data["unwilled"]:
        check_keys(record, ("word", "example"), (), path)
        unwilled.add(record["word"])
        examples.append(_example(record["example"], outcome("maybe"), path))
    return Signatures(
        entries,
        hedges["adverbs"],
        hedges["adjectives"],
        hedges["markers"],
        outcomes,
        tuple(examples),
        frozenset(unwilled),
        by_form(lemma for pos, lemma, _ in entries if pos == "verb"),
    )


def _keys(record: Mapping[str, str], pos: str, path: Path) -> Iterator[tuple[str, str, str]]:
    slots = record["takes"].split()
    if not slots or not SLOTS.issuperset(slots):
        raise DataError(path, None, f"'{record[pos]}' takes unknown forms: {record['takes']}")
    for slot in slots:
        yield pos, record[pos], slot
