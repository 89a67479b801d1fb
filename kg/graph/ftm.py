"""FollowTheMoney entities, which Aleph and the tools of OpenSanctions read.

Actors become people, organisations and territories; events become ``Event`` with all who
are involved, lasting relations links between two entities; articles are the proof of both.
Everything keeps kg's own words: what is claimed, denied or planned says so in its summary.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from kg.graph.network import evidence_key, plainer
from kg.resources import read_csv, resource_path
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Modality,
    Polarity,
    Statement,
)

ENDING = ".ftm.json"

SCHEMATA: Mapping[ActorType, str] = MappingProxyType(
    {
        ActorType.STATE: "PublicBody",
        ActorType.TERRITORY: "PublicBody",
        ActorType.GOVERNMENT_BODY: "PublicBody",
        ActorType.PERSON: "Person",
        ActorType.INTERGOVERNMENTAL: "Organization",
        ActorType.ORGANIZATION: "Organization",
        ActorType.PARTY: "Organization",
        ActorType.ARMED_GROUP: "Organization",
        ActorType.MEDIA: "Organization",
        ActorType.COMPANY: "Company",
        ActorType.GROUP: "LegalEntity",
        ActorType.PLACE: "Territory",
    }
)
"""The schema of each type of actor; agreements and things have none and are left out."""

_TOPICS: Mapping[ActorType, str] = MappingProxyType(
    {
        ActorType.STATE: "gov.national",
        ActorType.GOVERNMENT_BODY: "gov",
        ActorType.INTERGOVERNMENTAL: "gov.igo",
        ActorType.PARTY: "pol.party",
    }
)

# Lasting relations that FollowTheMoney has a schema for: schema, subject's and object's part.
_LINKS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"kg:memberOf": ("Membership", "member", "organization")}
)

_MODALITIES: Mapping[Modality, str] = MappingProxyType(
    {
        Modality.INTENDED: "planned",
        Modality.POSSIBLE: "possible",
        Modality.CONDITIONAL: "under a condition",
        Modality.REQUESTED: "demanded",
        Modality.OBLIGATORY: "called for",
        Modality.COUNTERFACTUAL: "unreal",
    }
)

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")

Properties = dict[str, list[str]]


def entities_jsonl(statements: Iterable[Statement], documents: Iterable[Document]) -> bytes:
    """One entity a line, in the order of their schema and id; equal input gives equal bytes."""
    found = entities(statements, documents)
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) for one in found)
    return "".join(line + "\n" for line in lines).encode("utf-8")


def entities(
    statements: Iterable[Statement], documents: Iterable[Document]
) -> list[dict[str, Any]]:
    """Entities as ``{"id", "schema", "properties"}``, valid by FollowTheMoney's own check."""
    papers = {document.id: document for document in documents}
    actors: dict[str, Actor] = {}
    claims: dict[str, dict[tuple[Any, ...], Statement]] = {}
    for statement in statements:
        papers.setdefault(statement.evidence.document, Document(statement.evidence.document, ""))
        for mention in (statement.subject, statement.object):
            if mention is not None and mention.actor.type in SCHEMATA:
                actor = mention.actor
                actors[actor.id] = plainer(actors.get(actor.id), actor)
        claims.setdefault(statement.id, {}).setdefault(evidence_key(statement), statement)
    found = [_actor(actor) for actor in actors.values()]
    found += [_article(document) for document in papers.values()]
    for pieces in claims.values():
        ranked = [pieces[key] for key in sorted(pieces)]
        entity = _claim(ranked)
        if entity:
            found.append(entity)
    return sorted(found, key=lambda one: (one["schema"], one["id"]))


def _entity(id_: str, schema: str, properties: Properties) -> dict[str, Any]:
    kept = {
        key: [text for value in values if (text := _text(value))]
        for key, values in properties.items()
    }
    return {"id": id_, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def _text(value: str) -> str:
    return " ".join(_NOT_TEXT.sub(" ", value).split())


def _id(kind: str, key: str) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"kg-{kind}-{digest[:20]}"


def _actor_id(actor: Actor) -> str:
    """The Wikidata id itself where there is one, as OpenSanctions has it."""
    item = re.fullmatch(r"wd:(Q[1-9]\d*)", actor.id)
    return item[1] if item else _id("actor", actor.id)


def _actor(actor: Actor) -> dict[str, Any]:
    schema = SCHEMATA[actor.type]
    item = re.fullmatch(r"wd:(Q[1-9]\d*)", actor.id)
    country = _short(actor.country)
    topic = _TOPICS.get(actor.type)
    return _entity(
        _actor_id(actor),
        schema,
        {
            "name": [actor.label if _text(actor.label) else actor.id],
            "wikidataId": [item[1]] if item else [],
            "country": [country] if country else [],
            "topics": [topic] if topic else [],
        },
    )


def _article(document: Document) -> dict[str, Any]:
    url = document.url or ""
    return _entity(
        _id("article", document.id),
        "Article",
        {
            "title": [document.title or document.id],
            "publishedAt": [document.date.isoformat()] if document.date else [],
            "publisher": [document.source or ""],
            "sourceUrl": [url]
            if re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[^\s<>\"]*)?", url)
            else [],
        },
    )


def _claim(pieces: list[Statement]) -> dict[str, Any] | None:
    """The entity of one claim with all its evidence; None where an end has no schema."""
    first = pieces[0]
    ends = [first.subject.actor, *([first.object.actor] if first.object else [])]
    if any(actor.type not in SCHEMATA for actor in ends):
        return None
    time = first.time
    shared: Properties = {
        "startDate": [time.start.isoformat()] if time and time.start else [],
        "endDate": [time.end.isoformat()] if time and time.end else [],
        "summary": [_summary(first)],
        "description": sorted({one.evidence.sentence.text for one in pieces}),
        "proof": sorted({_id("article", one.evidence.document) for one in pieces}),
        "recordId": [first.id],
    }
    key = _id("statement", first.id)
    if first.relation.event is None and first.relation.id is not None:
        return _link(first, ends, key, shared)
    acting = [_actor_id(actor) for actor in ends if actor.type is not ActorType.PLACE]
    return _entity(
        key,
        "Event",
        {
            **shared,
            "name": [_words(first)],
            "involved": acting,
            "location": [first.place.actor.label] if first.place else [],
            "keywords": [code for code in (first.relation.event, first.relation.quad) if code],
        },
    )


def _link(
    first: Statement, ends: list[Actor], key: str, shared: Properties
) -> dict[str, Any] | None:
    """A lasting relation between two; None without a second."""
    if len(ends) < 2:
        return None
    schema, subject, object_ = _LINKS.get(
        first.relation.id or "", ("UnknownLink", "subject", "object")
    )
    if schema == "Membership" and SCHEMATA[ends[1].type] not in ("Organization", "PublicBody"):
        schema, subject, object_ = "UnknownLink", "subject", "object"
    if ActorType.PLACE in (ends[0].type, ends[1].type) and schema == "Membership":
        return None
    return _entity(
        key,
        schema,
        {
            **shared,
            subject: [_actor_id(ends[0])],
            object_: [_actor_id(ends[1])],
            "role": [first.relation.label],
        },
    )


def _words(statement: Statement) -> str:
    """The claim in the words of the graph."""
    whom = statement.object.actor.label if statement.object else ""
    return f"{statement.subject.actor.label} {statement.relation.label} {whom}".strip()


def _summary(statement: Statement) -> str:
    """How the claim holds and who says so; "stated by the article" where nothing qualifies it."""
    parts = []
    if statement.polarity is Polarity.NEGATIVE:
        parts.append("said not to be so")
    if statement.modality is not Modality.ACTUAL:
        parts.append(_MODALITIES[statement.modality])
    if statement.condition:
        parts.append(f"condition: {statement.condition}")
    parts += [f"{link.stance}: {_source(link)}" for link in statement.attribution]
    return "; ".join(parts) or "stated by the article"


def _source(link: Attribution) -> str:
    if link.source:
        return link.source.label
    return link.span.text if link.span else "unnamed source"


def _short(country: str | None) -> str | None:
    """The code of two letters; None for codes that other programs do not know."""
    return _countries().get(country or "")


@cache
def _countries() -> Mapping[str, str]:
    path = resource_path("graph/countries.csv")
    return {row["country"]: row["short"] for _, row in read_csv(path, ("country", "short"))}
