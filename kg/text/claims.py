"""Who says so, is it so, when and where, for every clause: as records for other programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.text.clauses import Clause
from kg.text.mentioned import Mentions
from kg.text.parsed import Doc
from kg.text.pipeline import Reading
from kg.text.places import place_of
from kg.text.qualify import qualify
from kg.text.quotes import Report


def claims_of(reading: Reading) -> dict[str, Any]:
    """Attributions, times and events of a document with character offsets.

    ``events`` are all predicates and event nouns; their ``sources`` point into
    ``attributions`` (outermost first) and ``time`` into ``times``.
    """
    reports = reading.reports.reports
    places = {id(report): n for n, report in enumerate(reports)}
    return {
        "attributions": [_attribution(reading, report) for report in reports],
        "times": [
            {
                **_span(reading.doc, expression.start, expression.end),
                "text": expression.interval.text,
                "first": _iso(expression.interval.start),
                "last": _iso(expression.interval.end),
            }
            for expression in reading.times.expressions
        ],
        "events": [_event(reading, clause, places) for clause in reading.clauses],
    }


def _event(reading: Reading, clause: Clause, places: dict[int, int]) -> dict[str, Any]:
    q = qualify(reading.doc, reading.clauses, reading.reports, clause)
    chain = reading.reports.chain(clause.head)
    interval = reading.times.of(clause)
    place = place_of(reading.clauses, clause, reading.mentions)
    expressions = reading.times.expressions
    return {
        **_span(reading.doc, clause.head, clause.head + 1),
        "polarity": str(q.polarity),
        "modality": str(q.modality),
        "factuality": q.factuality,
        "sources": [
            {"attribution": places[id(report)], "factuality": value}
            for report, value in zip(chain, q.sources, strict=True)
        ],
        "time": next((n for n, e in enumerate(expressions) if e.interval is interval), None),
        "place": place.actor.id if place is not None else None,
        "condition": _span(reading.doc, *q.condition) if q.condition else None,
    }


def _attribution(reading: Reading, report: Report) -> dict[str, Any]:
    return {
        "source": _named(reading.doc, reading.mentions, report.source, report.named),
        "cue": _span(reading.doc, *report.cue),
        "stance": str(report.stance),
        "kind": report.kind,
        "content": [{"start": start, "end": end} for start, end in report.chars],
        "direct": report.direct,
        "addressee": _named(reading.doc, reading.mentions, report.addressee),
    }


def _named(
    doc: Doc, mentions: Mentions, head: int | None, bounds: tuple[int, int] | None = None
) -> dict[str, Any] | None:
    if head is None:
        return None
    found = mentions.at(head)
    actor = found.actors[0].id if found is not None and found.actors else None
    return {**_span(doc, *(bounds or (head, head + 1))), "actor": actor}


def _span(doc: Doc, start: int, end: int) -> dict[str, int]:
    return {"start": doc[start].idx, "end": doc[end - 1].idx + len(doc[end - 1])}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
