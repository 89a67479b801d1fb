"""``kg link`` and ``kg check``: single mentions to actors, and what is wrong in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from spacy.language import Language

from kg.text.candidates import Context, tied
from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentioned import ActorMention
from kg.text.mentions import find_mentions
from kg.text.named import Names
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase, noun_phrases
from kg.text.quotes import find_reports
from kg.text.tables import problems

__all__ = ["check_actors", "link_line", "link_records", "link_told"]


@lru_cache(maxsize=1)
def _model() -> Language:
    return load_model()


def link_line(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The actor of ``{"mention", "context"?, "date"?}`` as a JSON object, or None.

    The context may hold the mention (its first place in it counts) or stand around it.
    Raises ``ValueError`` for a record without a mention or with a malformed date.
    """
    return link_told(record)[0]


def link_told(record: Mapping[str, Any]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """``link_line`` and, where several actors fit equally well, their labels."""
    mention = record.get("mention")
    if not isinstance(mention, str) or not mention.strip():
        raise ValueError("a record needs a 'mention' (text)")
    day = date.fromisoformat(str(record["date"])) if record.get("date") else None
    context = str(record.get("context") or "")
    place = re.search(rf"(?<!\w){re.escape(mention.strip())}(?!\w)", context)
    at = place.start() if place is not None else -1
    if at < 0:
        # Not in its context: read it as a phrase of its own, the context before it.
        context = f"{context.rstrip()}\n{mention.strip()}" if context.strip() else mention.strip()
        at = len(context) - len(mention.strip())
    end = at + len(mention.strip())
    doc = Doc(_model()(context))
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    mentions = find_mentions(doc, phrases, load_gazetteer(), day)
    mentions = resolve(doc, phrases, clauses, mentions, find_reports(doc, clauses, phrases))
    found = mentions.in_characters(at, end)
    if found is None or not found.actors:
        return None, _rivals(doc, phrases, day, at, end)
    return _as_json(found), ()


def _as_json(found: ActorMention) -> dict[str, Any]:
    actor = found.actors[0]
    return {
        "id": actor.id,
        "label": actor.label,
        "type": str(actor.type),
        "country": actor.country,
        "sector": actor.sector,
        "score": round(found.score, 3),
        "reason": found.reason,
    }


def _rivals(
    doc: Doc, phrases: dict[int, NounPhrase], day: date | None, start: int, end: int
) -> tuple[str, ...]:
    """The labels of the actors between whom a name inside the characters leaves the choice."""
    names = Names(doc, phrases, load_gazetteer(), Context(day))
    names.read()
    for spot in names.spots:
        if start <= doc[spot.start].idx < end and spot.names:
            place = names.is_place(spot)
            actors = tied(spot.names, names.context, names.book, place=place)
            return tuple(sorted({a.label for a in actors}))
    return ()


def link_records(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any] | None]:
    """``link_line`` for each record, in order."""
    return (link_line(record) for record in records)


def check_actors() -> list[str]:
    """What is wrong in the tables: names of two actors on one day, overlapping terms, bad ids."""
    return problems(load_gazetteer())
