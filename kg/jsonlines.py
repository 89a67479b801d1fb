"""Statements as JSON Lines, out and in without loss; docs/formats.md describes the keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any

from kg.errors import DataError
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
    iso,
)


def to_json(statement: Statement) -> dict[str, Any]:
    """The statement as a JSON object with the keys fixed by the format (docs/formats.md)."""
    relation, evidence, time = statement.relation, statement.evidence, statement.time
    return {
        "id": statement.id,
        "document": evidence.document,
        "subject": _mention_json(statement.subject),
        "relation": {
            "id": relation.id,
            "label": relation.label,
            "event": relation.event,
            "cameo": relation.cameo,
            "quad": relation.quad,
            "symmetric": relation.symmetric,
        },
        "object": _mention_json(statement.object) if statement.object else None,
        "polarity": str(statement.polarity),
        "modality": str(statement.modality),
        "factuality": statement.factuality,
        "attribution": [_attribution_json(link) for link in statement.attribution],
        "time": (
            {"text": time.text, "start": iso(time.start), "end": iso(time.end)} if time else None
        ),
        "place": _mention_json(statement.place) if statement.place else None,
        "condition": statement.condition,
        "evidence": {
            "sentence": evidence.sentence.text,
            "start": evidence.sentence.start,
            "end": evidence.sentence.end,
            "predicate_start": evidence.predicate[0],
            "predicate_end": evidence.predicate[1],
            "rule": evidence.rule,
        },
        "confidence": round(statement.confidence, 4),
    }


def _mention_json(mention: Mention) -> dict[str, Any]:
    actor, span = mention.actor, mention.span
    return {
        "id": actor.id,
        "label": actor.label,
        "type": str(actor.type),
        "country": actor.country,
        "sector": actor.sector,
        "text": span.text,
        "start": span.start,
        "end": span.end,
    }


def _attribution_json(link: Attribution) -> dict[str, Any]:
    return {
        "id": link.source.id if link.source else None,
        "label": link.source.label if link.source else None,
        "type": str(link.source.type) if link.source else None,
        "country": link.source.country if link.source else None,
        "sector": link.source.sector if link.source else None,
        "text": link.span.text if link.span else None,
        "start": link.span.start if link.span else None,
        "end": link.span.end if link.span else None,
        "stance": str(link.stance),
        "factuality": link.factuality,
        "cue": link.cue.text,
        "cue_start": link.cue.start,
        "cue_end": link.cue.end,
        "content_start": link.content[0],
        "content_end": link.content[1],
    }


def from_json(record: Mapping[str, Any]) -> Statement:
    """The statement of a JSON object written by ``to_json``.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` when the object has another shape.
    """
    relation, evidence, time = record["relation"], record["evidence"], record["time"]
    return Statement(
        subject=_mention_from(record["subject"]),
        relation=Relation(
            relation["id"],
            relation["label"],
            relation["event"],
            relation["cameo"],
            relation["quad"],
            bool(relation["symmetric"]),
        ),
        object=_mention_from(record["object"]) if record["object"] else None,
        evidence=Evidence(
            record["document"],
            Span(evidence["start"], evidence["end"], evidence["sentence"]),
            (evidence["predicate_start"], evidence["predicate_end"]),
            evidence["rule"],
        ),
        polarity=Polarity(record["polarity"]),
        modality=Modality(record["modality"]),
        attribution=tuple(_attribution_from(link) for link in record["attribution"]),
        time=TimeInterval(time["text"], _day(time["start"]), _day(time["end"])) if time else None,
        place=_mention_from(record["place"]) if record["place"] else None,
        condition=record["condition"],
        confidence=float(record["confidence"]),
        factuality=_value(record.get("factuality")),
    )


def _mention_from(record: Mapping[str, Any]) -> Mention:
    return Mention(
        Actor(
            record["id"],
            record["label"],
            ActorType(record["type"]),
            record["country"],
            record["sector"],
        ),
        Span(record["start"], record["end"], record["text"]),
    )


def _attribution_from(record: Mapping[str, Any]) -> Attribution:
    source = span = None
    if record["id"] is not None:
        source = Actor(
            record["id"],
            record["label"],
            ActorType(record["type"]),
            record["country"],
            record["sector"],
        )
    if record["text"] is not None:
        span = Span(record["start"], record["end"], record["text"])
    return Attribution(
        source,
        span,
        Stance(record["stance"]),
        Span(record["cue_start"], record["cue_end"], record["cue"]),
        (record["content_start"], record["content_end"]),
        _value(record.get("factuality")),
    )


def _value(number: float | None) -> float | None:
    """Optional, so that statements written by earlier versions are still read."""
    return None if number is None else float(number)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def write_statements(statements: Iterable[Statement], file: IO[str]) -> int:
    """Write one JSON object per line in the order given; returns how many."""
    count = 0
    for statement in statements:
        file.write(json.dumps(to_json(statement), ensure_ascii=False) + "\n")
        count += 1
    return count


def read_statements(lines: Iterable[str], name: str = "statements.jsonl") -> Iterator[Statement]:
    """The statements of JSON Lines; raises ``DataError`` with the line number for a broken line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from_json(json.loads(line))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise DataError(
                name, number, f"not a statement: {error!r}", "write such files with `kg extract`"
            ) from error
