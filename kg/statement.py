"""The types that both wings meet in: documents, actors, mentions, statements.

A ``Statement`` is one claim with one piece of evidence. Its ``id`` is made of the claim
alone, so the same claim read in two places is one statement with two pieces of evidence:
loading is idempotent and merging is set union.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Polarity(StrEnum):
    """Whether the act is said to be so or not so."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """In which way the act holds, by the words of whoever reports it."""

    ACTUAL = "actual"
    INTENDED = "intended"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    REQUESTED = "requested"
    OBLIGATORY = "obligatory"
    COUNTERFACTUAL = "counterfactual"


class Stance(StrEnum):
    """How a source stands to the content it is quoted with."""

    SAYS = "says"
    DENIES = "denies"
    CONFIRMS = "confirms"
    DOUBTS = "doubts"
    ASKS = "asks"


class ActorType(StrEnum):
    """Kinds of nodes in the graph; each is a class ``kg:<value>`` of the ontology."""

    STATE = "State"
    TERRITORY = "Territory"
    GOVERNMENT_BODY = "GovernmentBody"
    PERSON = "Person"
    INTERGOVERNMENTAL = "IntergovernmentalOrganization"
    ORGANIZATION = "Organization"
    PARTY = "Party"
    ARMED_GROUP = "ArmedGroup"
    MEDIA = "MediaOrganization"
    COMPANY = "Company"
    GROUP = "Group"
    PLACE = "Place"
    AGREEMENT = "Agreement"
    THING = "Thing"


SECTORS = (
    *("GOV", "MIL", "REB", "OPP", "CVL", "BUS", "MED", "IGO"),
    *("NGO", "LEG", "JUD", "SPY", "EDU", "CRM", "UAF"),
)
"""The PLOVER sectors that ``Actor.sector`` may hold."""

QUADS = ("VCOOP", "MCOOP", "VCONF", "MCONF")
"""Verbal and material cooperation and conflict, the quad classes of CAMEO and PLOVER."""
COOPERATION = frozenset(QUADS[:2])
CONFLICT = frozenset(QUADS[2:])


@dataclass(frozen=True, slots=True)
class Document:
    """An article as plain text; all offsets of kg count characters of ``text``.

    ``story`` is the id of the first document read that tells the same story, ``version_of`` of
    the first version of the same article, both None where this is it. ``provenance`` pairs
    fields with where they were found: ("date", "json-ld").
    """

    id: str
    text: str
    title: str | None = None
    date: date | None = None
    source: str | None = None
    url: str | None = None
    lang: str = "en"
    author: str | None = None
    story: str | None = field(default=None, compare=False)
    version_of: str | None = field(default=None, compare=False)
    provenance: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def document_id(text: str) -> str:
    """The id of a document that was given none: a hash of its text."""
    return "doc-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a document; ``document.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A node of the graph.

    ``id`` is a CURIE: ``wd:Q159`` where a Wikidata id is known, ``kg:`` for other actors of
    the gazetteer, ``local:`` for names met only in text. ``country`` is an ISO 3166 alpha-3
    code, ``sector`` one of ``SECTORS``.
    """

    id: str
    label: str
    type: ActorType
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a document that stand for an actor, with the link's score (0–1) and reason."""

    actor: Actor
    span: Span
    score: float = field(default=1.0, compare=False)
    reason: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the lexicon, or with ``id`` None the words of an open triple.

    ``event`` is the PLOVER event type or None for lasting relations, ``cameo`` the CAMEO
    code as text, ``quad`` one of ``QUADS``.
    """

    id: str | None
    label: str
    event: str | None = None
    cameo: str | None = None
    quad: str | None = None
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of a chain of sources: who says it, with what stance, in which words.

    ``source`` is None for sources without a node ("analysts", "reportedly"); ``span`` holds
    their words where there are any; ``content`` is the (start, end) of what is attributed.
    ``factuality`` is how certain the statement is to this source, as in ``Statement``.
    """

    source: Actor | None
    span: Span | None
    stance: Stance
    cue: Span
    content: tuple[int, int]
    factuality: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """A time expression and the first and last day it may mean (None where unknown)."""

    text: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says it: sentence, (start, end) of the predicate, rule that read it."""

    document: str
    sentence: Span
    predicate: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about actors, with all its qualifiers, read in one place of one document.

    ``factuality`` is how certain it is to the author of the text, from -3 (certainly not so)
    over 0 (nobody says) to +3 (certainly so); None where it was not weighed. It follows from
    the words around the claim and is no part of it: the same claim may be told more or less
    surely in two places.
    """

    subject: Mention
    relation: Relation
    object: Mention | None
    evidence: Evidence
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    attribution: tuple[Attribution, ...] = ()
    time: TimeInterval | None = None
    place: Mention | None = None
    condition: str | None = None
    confidence: float = 1.0
    factuality: float | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """A hash of the claim: actors, relation, qualifiers, resolved time; not the evidence."""
        ends = [self.subject.actor.id, self.object.actor.id if self.object else ""]
        if self.relation.symmetric:
            ends.sort()
        claim = [
            *ends,
            self.relation.id or "open:" + self.relation.label.casefold(),
            self.polarity,
            self.modality,
            [
                [a.source.id if a.source else folded(a.span.text if a.span else ""), a.stance]
                for a in self.attribution
            ],
            [iso(self.time.start), iso(self.time.end)] if self.time else None,
            self.place.actor.id if self.place else None,
            folded(self.condition or ""),
        ]
        packed = json.dumps(claim, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(packed.encode("ascii")).hexdigest()[:20]


def folded(text: str) -> str:
    """The words as claims compare them: case folded, single blanks."""
    return " ".join(text.casefold().split())


def iso(day: date | None) -> str | None:
    """A day as ISO 8601, None as None."""
    return day.isoformat() if day else None
