"""Scores the extractor on gold sentences and articles annotated by hand.

    python benchmarks/statements.py [FILE …] [--errors]

A ``.jsonl`` file holds one sentence a line: ``text``, ``date``, ``expect`` = a list of
"SOURCE TYPE TARGET" with alpha-3 codes of countries or names of organisations (UN, NATO, EU …)
and PLOVER types, alternatives in each part joined by "|"; ``allow`` = what may be found too but
need not be; ``cameo`` = for each expected event the CAMEO codes that are exact, where given.
A ``.json`` file annotates the article in the ``.txt`` beside it: ``date`` and ``paragraphs``,
a list with ``expect`` and ``allow`` for every line of text that is not empty.

What counts: only events between two actors. Symmetric relations count in either direction.
What a source denies is no assertion and counts for nothing. A statement that is negative or of
another modality than actual (the act beside a threat, an offer, a refusal) is wrong only where
its pair is not expected at all. A sentence that expects nothing is kept silent when nothing at
all is found between two actors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.statement import (
    Actor,
    ActorType,
    Document,
    Modality,
    Polarity,
    Stance,
    Statement,
)
from kg.text.pipeline import Extractor

GOLD = Path(__file__).parent.parent / "tests" / "gold"
DEFAULT = (GOLD / "statements-dev.jsonl", GOLD / "statements-heldout.jsonl")

_ORGANISATIONS = {
    **dict.fromkeys(("wd:Q1065", "wd:Q37470", "wd:Q47423"), "UN"),
    **dict.fromkeys(("wd:Q458", "wd:Q8880", "wd:Q8889", "wd:Q8886", "wd:Q8896"), "EU"),
    "wd:Q7159": "AU",
    "wd:Q41984": "IAEA",
    "wd:Q47488": "ICC",
    "wd:Q7801": "ICJ",
    "wd:Q7804": "IMF",
    # Gold names the United Nations, whichever of its agencies and missions is meant.
    **dict.fromkeys(("wd:Q740308", "wd:Q132551", "wd:Q7809", "kg:unrwa", "kg:wfp"), "UN"),
    **dict.fromkeys(("kg:ohchr", "kg:unifil", "kg:unprofor", "kg:monusco", "kg:minusma"), "UN"),
    **dict.fromkeys(("kg:unmiss", "kg:unmik", "kg:untac", "kg:minustah", "kg:minusca"), "UN"),
    **dict.fromkeys(("kg:minurso", "kg:icao", "kg:unama", "kg:unamsil", "kg:binuh"), "UN"),
    "kg:un-human-rights-council": "UN",
    "kg:misca": "AU",
}
# Yugoslavia went on under another code; gold says YUG for both.
_COUNTRIES = {"SCG": "YUG"}
_NO_ACTORS = {ActorType.THING, ActorType.AGREEMENT, ActorType.PLACE}
_ANY_ORGANISATION = "IGO"


@dataclass(frozen=True)
class Expectation:
    """An event that a text tells; any of the codes and types in each part is right."""

    sources: frozenset[str]
    types: frozenset[str]
    targets: frozenset[str]
    words: str
    cameo: frozenset[str] = frozenset()

    @classmethod
    def read(cls, words: str, cameo: str = "") -> Expectation:
        """The expectation written as "RUS ASSAULT|COERCE UKR", its codes as "190|195"."""
        source, kind, target = (frozenset(part.split("|")) for part in words.split())
        return cls(source, kind, target, words, frozenset(cameo.split("|")) - {""})

    def pairs(self, source: str, target: str) -> bool:
        """Whether it is about this source and this target."""
        return is_code(source, self.sources) and is_code(target, self.targets)


def is_code(code: str | None, codes: frozenset[str]) -> bool:
    """Whether the code of an actor is one of those that gold has there."""
    # The Secretary-General is a person of no country, so of whichever organisation is meant.
    return code in codes or (code == _ANY_ORGANISATION and any(len(c) != 3 for c in codes))


@dataclass(frozen=True)
class Passage:
    """A gold sentence or a paragraph of a gold article."""

    id: str
    text: str
    expected: tuple[Expectation, ...]
    allowed: tuple[Expectation, ...]


@dataclass(frozen=True)
class Gold:
    """A document with its passages, each with the offset at which it starts."""

    document: Document
    passages: tuple[tuple[int, Passage], ...]


def heldout_articles() -> list[Path]:
    """The annotated articles that nobody who works on the extractor reads."""
    lines = (GOLD / "heldout-articles.txt").read_text(encoding="utf-8").splitlines()
    names = (line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return [GOLD / "articles" / f"{name}.json" for name in names]


def read_gold(path: Path) -> Iterator[Gold]:
    """The annotated documents of a file: its sentences, or its one article."""
    if path.suffix == ".json":
        yield _article(path)
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            data = json.loads(line)
            day = date.fromisoformat(data["date"])
            passage = _passage(data["id"], data["text"], data)
            yield Gold(Document(passage.id, passage.text, date=day), ((0, passage),))


def _article(path: Path) -> Gold:
    data = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    passages: list[tuple[int, Passage]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            number = len(passages)
            name = f"{path.stem}:{number + 1}"
            passages.append((offset, _passage(name, line.strip(), data["paragraphs"][number])))
        offset += len(line)
    if len(passages) != len(data["paragraphs"]):
        raise ValueError(f"{path}: {len(passages)} paragraphs, {len(data['paragraphs'])} annotated")
    title = passages[0][1].text
    day = date.fromisoformat(data["date"])
    return Gold(Document(path.stem, text, title=title, date=day), tuple(passages))


def _passage(name: str, text: str, data: dict[str, Any]) -> Passage:
    codes = data.get("cameo", [""] * len(data["expect"]))
    pairs = zip(data["expect"], codes, strict=True)
    expected = tuple(Expectation.read(words, cameo) for words, cameo in pairs)
    allowed = tuple(Expectation.read(words) for words in data.get("allow", ()))
    return Passage(name, text, expected, allowed)


@dataclass(frozen=True)
class Event:
    """A statement as it is compared: codes, type, and whether it is asserted as a fact."""

    source: str
    type: str
    target: str
    symmetric: bool
    positive: bool
    asserted: bool
    rule: str
    cameo: frozenset[str]

    def tells(self, one: Expectation, typed: bool) -> bool:
        """Whether this is the expected event, by its pair alone or with its type."""
        pair = one.pairs(self.source, self.target) or (
            self.symmetric and one.pairs(self.target, self.source)
        )
        return pair and (not typed or self.type in one.types)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two of them one: the actors, in any order where that does not matter."""
        ends = [self.source, self.target]
        return (*(sorted(ends) if self.symmetric else ends), self.type)


def code(actor: Actor) -> str | None:
    """The code by which gold names an actor; None for those it cannot name."""
    if actor.type in _NO_ACTORS:
        return None
    if actor.country is not None:
        return _COUNTRIES.get(actor.country, actor.country)
    if actor.type is ActorType.PERSON:
        return _ANY_ORGANISATION if actor.sector == "IGO" else None
    return _ORGANISATIONS.get(actor.id, actor.label.replace(" ", "-"))


def events_of(statements: Iterable[Statement]) -> list[Event]:
    """The events between two actors that are not denied, one for each pair and type.

    Of several with one pair and type, the asserted one stands for all.
    """
    found: dict[tuple[str, ...], Event] = {}
    for s in statements:
        if s.relation.event is None or s.object is None:
            continue
        if any(link.stance is Stance.DENIES for link in s.attribution):
            continue
        source, target = code(s.subject.actor), code(s.object.actor)
        if source is None or target is None:
            continue
        positive = s.polarity is Polarity.POSITIVE
        event = Event(
            source,
            s.relation.event,
            target,
            s.relation.symmetric,
            positive,
            positive and s.modality is Modality.ACTUAL,
            s.evidence.rule,
            frozenset({s.relation.cameo or ""}),
        )
        other = found.setdefault(event.key, event)
        first = event if event.asserted > other.asserted else other
        found[event.key] = replace(first, cameo=event.cameo | other.cameo)
    return list(found.values())


def speaks(statement: Statement) -> bool:
    """Whether a statement is an event between two actors, named by the gold's codes or not."""
    return (
        statement.relation.event is not None
        and statement.object is not None
        and statement.object.actor.type not in _NO_ACTORS
        and statement.subject.actor.type not in _NO_ACTORS
        and not any(link.stance is Stance.DENIES for link in statement.attribution)
    )


@dataclass
class Score:
    """Counts of one measure."""

    expected: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """Share of the expected events that were found."""
        return self.hit / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """Share of the found events that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def line(self, name: str) -> str:
        """The score as a line of a table."""
        return (
            f"{name:12} precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  ({self.right} of {self.found} found, {self.hit} of {self.expected} expected)"
        )


@dataclass
class Result:
    """The scores of one file."""

    passages: int = 0
    pair: Score = field(default_factory=Score)
    typed: Score = field(default_factory=Score)
    coded: int = 0
    exact: int = 0
    silent: int = 0
    kept_silent: int = 0
    asserted_nothing: int = 0
    types: Counter[tuple[str, bool]] = field(default_factory=Counter)
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """How often each rule was right and wrong."""
    errors: list[str] = field(default_factory=list)


def score(golds: Iterable[Gold], extractor: Extractor) -> Result:
    """The scores of the extractor on annotated documents."""
    result = Result()
    for gold in golds:
        statements = extractor.extract(gold.document)
        starts = [start for start, _ in gold.passages] + [len(gold.document.text) + 1]
        for number, (start, passage) in enumerate(gold.passages):
            end = starts[number + 1]
            part = [s for s in statements if start <= s.evidence.predicate[0] < end]
            _count(result, passage, part)
            if len(gold.passages) == 1 and not passage.expected and not passage.allowed:
                noise = [s for s in part if speaks(s)]
                result.silent += 1
                result.kept_silent += not noise
                result.asserted_nothing += not any(
                    s.polarity is Polarity.POSITIVE and s.modality is Modality.ACTUAL for s in noise
                )
    return result


def _count(result: Result, passage: Passage, statements: Sequence[Statement]) -> None:
    result.passages += 1
    events = events_of(statements)
    known = passage.expected + passage.allowed
    problems: list[str] = []
    for typed, total in ((False, result.pair), (True, result.typed)):
        judged: dict[tuple[str, ...], bool] = {}
        for event in events:
            right = any(event.tells(one, typed) for one in known)
            beside = not event.asserted and any(event.tells(one, False) for one in known)
            if beside and not right:
                continue
            result.rules[event.rule, right] += typed
            key = event.key if typed else event.key[:-1]
            judged[key] = judged.get(key, False) or right
            if typed and not right:
                problems.append("    wrong    " + _told(event))
        total.found += len(judged)
        total.right += sum(judged.values())
        total.expected += len(passage.expected)
        for one in passage.expected:
            hit = any(event.positive and event.tells(one, typed) for event in events)
            total.hit += hit
            if typed:
                result.coded += bool(one.cameo)
                result.exact += any(
                    event.positive and event.tells(one, True) and event.cameo & one.cameo
                    for event in events
                )
                result.types[(min(one.types), hit)] += 1
                if not hit:
                    problems.append(f"    missing  {one.words}")
    for s in statements:
        if speaks(s) and s.object and None in (code(s.subject.actor), code(s.object.actor)):
            problems.append(
                f"    no code  {s.subject.actor.label} {s.relation.event} {s.object.actor.label}"
                f"  ({s.evidence.rule})"
            )
    if problems:
        result.errors.append("\n".join([f"{passage.id} {passage.text}", *problems]))


def _told(event: Event) -> str:
    notes = "" if event.asserted else "  not asserted"
    return f"{event.source} {event.type} {event.target}{notes}  ({event.rule})"


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", metavar="FILE", default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="list what is wrong or missing")
    arguments = parser.parse_args()
    extractor = Extractor()
    for path in arguments.paths:
        result = score(read_gold(path), extractor)
        print(f"{path}: {result.passages} passages")
        print("  " + result.pair.line("pair"))
        print("  " + result.typed.line("pair + type"))
        if result.coded:
            print(f"  exact code   {result.exact} of {result.coded} expected")
        if result.silent:
            print(
                f"  silence      {result.kept_silent} of {result.silent} kept silent,"
                f" {result.asserted_nothing} without an asserted event"
            )
        for kind in sorted({kind for kind, _ in result.types}):
            hit, missed = result.types[(kind, True)], result.types[(kind, False)]
            print(f"    {kind:10} {hit} of {hit + missed} expected")
        if arguments.errors:
            print("\n".join(result.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
