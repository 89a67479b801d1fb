"""``kg link`` and ``kg check``: single mentions to actors, and what is wrong in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from spacy.language import Language

from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer, search
from kg.text.mentions import find_mentions
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports
from kg.text.tables import problems

__all__ = ["check_actors", "link_at", "link_line", "link_records", "search"]


@lru_cache(maxsize=1)
def _model() -> Language:
    return load_model()


def link_line(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The actor of ``{"mention", "context"?, "date"?}`` as a JSON object, or None.

    The context may hold the mention (its first place in it counts) or stand around it.
    Raises ``ValueError`` for a record without a mention or with a malformed date.
    """
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
    return link_at(context, at, at + len(mention.strip()), day)


def link_at(text: str, start: int, end: int, day: date | None = None) -> dict[str, Any] | None:
    """The actor that characters ``start`` to ``end`` of a text stand for, or None."""
    doc = _model()(text)
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    mentions = find_mentions(doc, phrases, load_gazetteer(), day)
    mentions = resolve(doc, phrases, clauses, mentions, find_reports(doc, clauses, phrases))
    found = mentions.in_characters(start, end)
    if found is None or not found.actors:
        return None
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


def link_records(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any] | None]:
    """``link_line`` for each record, in order."""
    return (link_line(record) for record in records)


def check_actors() -> list[str]:
    """What is wrong in the tables: names of two actors on one day, overlapping terms, bad ids."""
    return problems(load_gazetteer())
