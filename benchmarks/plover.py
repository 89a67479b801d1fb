"""Scores the extractor on PLOVER gold standard records (JSON Lines).

    python benchmarks/plover.py PATH [--errors] [--all-modalities]

Each record has a ``text``, a ``date`` and ``events`` with ``source`` and ``target`` as CAMEO
actor codes (country or IGO, NGO, IMG …, then sectors) and ``plover``, a type or a list of
types any of which is right. One event per sentence is annotated, so that precision counts
what annotators left out as wrong: look at recall first.

Compared are the directed pair of countries, the pair with the event type, the type alone,
and the pair with type and roles (sectors). Only statements that are positive and actual
count, unless ``--all-modalities`` asks for every statement.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.statement import Actor, ActorType, Document, Modality, Polarity, Statement
from kg.text.pipeline import Extractor

# First three letters of CAMEO codes for actors that are of no country.
_STATELESS = {
    ActorType.INTERGOVERNMENTAL: "IGO",
    ActorType.ARMED_GROUP: "IMG",
    ActorType.ORGANIZATION: "NGO",
    ActorType.COMPANY: "MNC",
    ActorType.MEDIA: "NGM",
}
_SECTORS = {
    **dict.fromkeys(("LAB", "REF", "SOC", "UAF", "CVL", "CIV", "MOS", "CHR"), "CVL"),
    **dict.fromkeys(("PTY", "ELI", "OPP"), "OPP"),
    **dict.fromkeys(("INS", "SEP", "RAD", "UAF", "REB"), "REB"),
    **dict.fromkeys(("MED", "JRN"), "MED"),
}


@dataclass(frozen=True)
class Event:
    """An event as records and statements are compared: country codes, sectors and type."""

    source: str | None
    target: str | None
    source_role: str
    target_role: str
    type: str


@dataclass(frozen=True)
class Record:
    """A sentence with its gold events; each holds the alternatives that are right."""

    id: str
    text: str
    date: date
    events: tuple[tuple[Event, ...], ...]


def read_records(path: Path) -> Iterator[Record]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield _record(json.loads(line))


def _record(data: dict[str, Any]) -> Record:
    events = []
    for event in data["events"]:
        types = event["plover"] if isinstance(event["plover"], list) else [event["plover"]]
        source, source_role = _code(event["source"])
        target, target_role = _code(event["target"])
        events.append(tuple(Event(source, target, source_role, target_role, t) for t in types))
    text = data["text"].strip("{}")
    return Record(data["id"], text, date.fromisoformat(data["date"]), tuple(events))


def _code(code: str | None) -> tuple[str | None, str]:
    if code is None:
        return None, ""
    return code[:3], _SECTORS.get(code[3:6], code[3:6])


def events_of(statements: Iterable[Statement], everything: bool = False) -> set[Event]:
    """The events that statements tell, symmetric ones in both directions."""
    found: set[Event] = set()
    for s in statements:
        if s.relation.event is None:
            continue
        asserted = s.polarity is Polarity.POSITIVE and s.modality is Modality.ACTUAL
        if not asserted and not everything:
            continue
        target = s.object.actor if s.object is not None else None
        event = Event(
            _country(s.subject.actor),
            _country(target),
            _role(s.subject.actor),
            _role(target),
            s.relation.event,
        )
        found.add(event)
        if s.relation.symmetric and s.object is not None:
            found.add(
                Event(event.target, event.source, event.target_role, event.source_role, event.type)
            )
    return found


def _country(actor: Actor | None) -> str | None:
    if actor is None or actor.type in {ActorType.THING, ActorType.AGREEMENT}:
        return None
    return actor.country or _STATELESS.get(actor.type, "---")


def _role(actor: Actor | None) -> str:
    if actor is None or actor.sector is None:
        return ""
    return "" if actor.sector == "IGO" else _SECTORS.get(actor.sector, actor.sector)


MEASURES: dict[str, Callable[[Event], tuple[str | None, ...]]] = {
    "pair": lambda e: (e.source, e.target),
    "pair + type": lambda e: (e.source, e.target, e.type),
    "type": lambda e: (e.type,),
    "pair + type + role": lambda e: (e.source, e.source_role, e.target, e.target_role, e.type),
}


@dataclass
class Score:
    """Counts of one measure."""

    gold: int = 0
    found: int = 0
    gold_hit: int = 0
    found_right: int = 0

    def line(self, name: str) -> str:
        """The score as a line of a table."""
        recall = self.gold_hit / self.gold if self.gold else 0.0
        precision = self.found_right / self.found if self.found else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return (
            f"{name:20} recall {recall:.3f}  precision {precision:.3f}  F1 {f1:.3f}"
            f"  ({self.gold_hit} of {self.gold} gold, {self.found_right} of {self.found} found)"
        )


def score(records: Iterable[tuple[Record, set[Event]]]) -> dict[str, Score]:
    """The scores of all measures."""
    scores = {name: Score() for name in MEASURES}
    for record, found in records:
        for name, key in MEASURES.items():
            gold = {tuple(sorted({key(e) for e in options}, key=str)) for options in record.events}
            predicted = {key(event) for event in found}
            right = {k for options in gold for k in options}
            total = scores[name]
            total.gold += len(gold)
            total.found += len(predicted)
            total.gold_hit += sum(any(k in predicted for k in options) for options in gold)
            total.found_right += len(predicted & right)
    return scores


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--errors", action="store_true", help="list records that are missed")
    parser.add_argument("--all-modalities", action="store_true", help="count every statement")
    arguments = parser.parse_args()
    extractor = Extractor()
    results: list[tuple[Record, set[Event]]] = []
    types: Counter[tuple[str, bool]] = Counter()
    for record in read_records(arguments.path):
        statements = extractor.extract(Document(record.id, record.text, date=record.date))
        found = events_of(statements, arguments.all_modalities)
        results.append((record, found))
        key = MEASURES["pair + type"]
        predicted = {key(event) for event in found}
        hits = [any(key(e) in predicted for e in options) for options in record.events]
        for options, hit in zip(record.events, hits, strict=True):
            types[(options[0].type, hit)] += 1
        if arguments.errors and not all(hits):
            _print_error(record, statements)
    for name, total in score(results).items():
        print(total.line(name))
    for kind in sorted({kind for kind, _ in types}):
        print(f"  {kind:10} {types[(kind, True)]} of {types[(kind, True)] + types[(kind, False)]}")
    return 0


def _print_error(record: Record, statements: list[Statement]) -> None:
    print(f"{record.id} {record.text}")
    for options in record.events:
        kinds = "/".join(event.type for event in options)
        one = options[0]
        print(f"    gold  {one.source}{one.source_role} {kinds} {one.target}{one.target_role}")
    for s in statements:
        target = s.object.actor if s.object is not None else None
        print(
            f"    found {_country(s.subject.actor)} {s.relation.event} {_country(target)}"
            f"  {s.polarity}, {s.modality}: {s.subject.actor.label}"
            f" {s.relation.id} {target.label if target else ''} ({s.evidence.rule})"
        )


if __name__ == "__main__":
    sys.exit(main())
