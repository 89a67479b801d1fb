"""The actor network: statements as a directed multigraph."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import networkx as nx

from kg.graph.intensity import intensity
from kg.statement import Actor, ActorType, Relation, Statement

KINDS: Mapping[ActorType, str] = MappingProxyType(
    {
        ActorType.STATE: "state",
        ActorType.TERRITORY: "state",
        ActorType.PERSON: "person",
        ActorType.GOVERNMENT_BODY: "organisation",
        ActorType.INTERGOVERNMENTAL: "organisation",
        ActorType.ORGANIZATION: "organisation",
        ActorType.PARTY: "organisation",
        ActorType.MEDIA: "organisation",
        ActorType.COMPANY: "organisation",
        ActorType.GROUP: "organisation",
        ActorType.ARMED_GROUP: "armed",
        ActorType.PLACE: "place",
        ActorType.AGREEMENT: "thing",
        ActorType.THING: "thing",
    }
)
"""The few kinds that a reader can tell apart at a glance, for each type of the ontology."""

ACTING = ("state", "person", "organisation", "armed")
"""Kinds that can act; places and things are in the network but do not count as actors."""

EvidenceKey = tuple[str, int, int, int, int]
"""Document, sentence and predicate: what makes two pieces of evidence the same."""


@dataclass(slots=True)
class _Tie:
    """What is collected for one edge: its pieces of evidence, statements and days."""

    relation: Relation
    statement: Statement
    evidence: set[EvidenceKey] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)


def evidence_key(statement: Statement) -> EvidenceKey:
    """What makes two pieces of evidence the same: document, sentence and predicate."""
    evidence = statement.evidence
    sentence = evidence.sentence
    return (evidence.document, sentence.start, sentence.end, *evidence.predicate)


def relation_key(relation: Relation) -> str:
    """The id of a relation, or for an open triple its folded words."""
    return relation.id or "open:" + " ".join(relation.label.casefold().split())


def actor_network(statements: Iterable[Statement]) -> nx.MultiDiGraph:
    """The network of everything that statements connect, in an order that does not vary.

    Nodes carry ``label type kind acts country sector weight``; ``acts`` is 0 for places and
    things, ``weight`` the number of pieces of evidence. There is one edge per subject,
    relation, object, polarity, modality and ``claimed`` (1 when somebody is quoted for it),
    with ``evidence`` (their number), ``intensity`` where it is known, dates and ids. All values
    are text or numbers.
    """
    actors: dict[str, Actor] = {}
    weights: dict[str, set[EvidenceKey]] = defaultdict(set)
    ties: dict[tuple[str, str, str, str, str, str], _Tie] = {}
    for statement in statements:
        ends = [statement.subject.actor]
        if statement.object is not None:
            ends.append(statement.object.actor)
        for actor in ends:
            actors[actor.id] = plainer(actors.get(actor.id), actor)
            weights[actor.id].add(evidence_key(statement))
        if statement.object is None:
            continue
        source, target = ends[0].id, ends[1].id
        if statement.relation.symmetric and target < source:
            source, target = target, source
        claimed = str(int(bool(statement.attribution)))
        qualifiers = (str(statement.polarity), str(statement.modality), claimed)
        key = (source, target, relation_key(statement.relation), *qualifiers)
        tie = ties.setdefault(key, _Tie(statement.relation, statement))
        tie.relation = min(tie.relation, statement.relation, key=str)
        tie.evidence.add(evidence_key(statement))
        tie.statements.add(statement.id)
        if statement.time:
            days = (statement.time.start, statement.time.end)
            tie.days += [day.isoformat() for day in days if day]

    network = nx.MultiDiGraph()
    for actor in sorted(actors.values(), key=lambda actor: actor.id):
        kind = KINDS[actor.type]
        network.add_node(
            actor.id,
            label=actor.label,
            type=str(actor.type),
            kind=kind,
            acts=int(kind in ACTING),
            country=actor.country or "",
            sector=actor.sector or "",
            weight=len(weights[actor.id]),
        )
    for key, tie in sorted(ties.items(), key=lambda item: item[0]):
        name = hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()
        network.add_edge(key[0], key[1], key="e" + name[:16], **_edge(tie))
    return network


def plainer(known: Actor | None, actor: Actor) -> Actor:
    """Of two descriptions of one actor always the same, whichever was read first."""
    if known is None:
        return actor

    def order(one: Actor) -> tuple[str, ...]:
        return (one.label, str(one.type), one.country or "~", one.sector or "~")

    return min(known, actor, key=order)


def _edge(tie: _Tie) -> dict[str, str | int | float]:
    relation, statement = tie.relation, tie.statement
    level = intensity(relation)
    return {
        "relation": relation_key(relation),
        "label": relation.label,
        "event": relation.event or "",
        "cameo": relation.cameo or "",
        "quad": relation.quad or "",
        "symmetric": int(relation.symmetric),
        "polarity": str(statement.polarity),
        "modality": str(statement.modality),
        "claimed": int(bool(statement.attribution)),
        "evidence": len(tie.evidence),
        "first": min(tie.days, default=""),
        "last": max(tie.days, default=""),
        "statements": " ".join(sorted(tie.statements)),
        **({} if level is None else {"intensity": level}),
    }
