"""The actor network: statements as a directed multigraph."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import networkx as nx

from kg.graph.copies import Stories, Told, shared_stories
from kg.graph.intensity import intensity
from kg.statement import Actor, ActorType, Document, Relation, Statement

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
_Key = tuple[str, str, str, str, str, str]  # source, target, relation, polarity, modality, claimed


IDS = 1_000
"""So many statements are named on an edge, the first by their ids; ``evidence`` counts all."""


@dataclass(slots=True)
class _Tie:
    """What is collected for one edge: its evidence, statements, first and last day."""

    relation: Relation
    evidence: int = 0
    statements: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""

    def date(self, days: Iterable[date | None]) -> None:
        """Take the days of a statement."""
        for day in filter(None, days):
            text = day.isoformat()
            self.first = min(self.first or text, text)
            self.last = max(self.last, text)

    def name(self, statement: str) -> None:
        """Take the id of a statement."""
        self.statements.add(statement)
        if len(self.statements) > 2 * IDS:
            self.statements = set(sorted(self.statements)[:IDS])


def evidence_key(statement: Statement) -> EvidenceKey:
    """What makes two pieces of evidence the same: document, sentence and predicate."""
    evidence = statement.evidence
    sentence = evidence.sentence
    return (evidence.document, sentence.start, sentence.end, *evidence.predicate)


def relation_key(relation: Relation) -> str:
    """The id of a relation, or for an open triple its folded words."""
    return relation.id or "open:" + " ".join(relation.label.casefold().split())


def actor_network(
    statements: Iterable[Statement], documents: Iterable[Document] = ()
) -> nx.MultiDiGraph:
    """The network of everything that statements connect, in an order that does not vary.

    Nodes carry ``label type kind acts country sector weight``; ``acts`` is 0 for places and
    things, ``weight`` the number of pieces of evidence. There is one edge per subject,
    relation, object, polarity, modality and ``claimed`` (1 when somebody is quoted for it),
    with ``evidence`` (their number), ``intensity`` where it is known, dates and ids. All values
    are text or numbers.
    """
    collected = Network(shared_stories(documents))
    collected.add(statements)
    return collected.graph()


class Network:
    """Collects the network of statements that come document by document.

    ``stories`` are those that several documents tell: their evidence counts once.
    """

    def __init__(self, stories: Stories = MappingProxyType({})) -> None:
        self._told = Told(stories)
        self._actors: dict[str, Actor] = {}
        self._weights: Counter[str] = Counter()
        self._ties: dict[_Key, _Tie] = {}
        self._relations: dict[Relation, Relation] = {}

    def add(self, statements: Iterable[Statement]) -> None:
        """Take statements of documents of which nothing else has come or will come."""
        weights: dict[str, set[EvidenceKey]] = defaultdict(set)
        evidence: dict[_Key, set[EvidenceKey]] = defaultdict(set)
        for statement in statements:
            ends = [statement.subject.actor]
            if statement.object is not None:
                ends.append(statement.object.actor)
            for actor in ends:
                self._actors[actor.id] = plainer(self._actors.get(actor.id), actor)
                weights[actor.id].add(evidence_key(statement))
            if statement.object is not None:
                key = _key(statement)
                evidence[key].add(evidence_key(statement))
                self._tie(key, statement)
        for name, found in weights.items():
            self._weights[name] += self._told.added(name, (piece[0] for piece in found))
        for key, found in evidence.items():
            self._ties[key].evidence += self._told.added(key, (piece[0] for piece in found))

    def _tie(self, key: _Key, statement: Statement) -> None:
        # one object for equal relations: there are few of them and many ties
        relation = self._relations.setdefault(statement.relation, statement.relation)
        tie = self._ties.setdefault(key, _Tie(relation))
        if tie.relation is not relation:
            tie.relation = min(tie.relation, relation, key=str)
        tie.name(statement.id)
        if statement.time:
            tie.date((statement.time.start, statement.time.end))

    def graph(self, edges: int | None = None) -> nx.MultiDiGraph:
        """The network as ``actor_network`` gives it, with the best documented ``edges`` only."""
        ties = self._ties.items()
        if edges is not None and len(ties) > edges:
            ties = dict(sorted(ties, key=lambda tie: (-tie[1].evidence, tie[0]))[:edges]).items()
        network = nx.MultiDiGraph()
        for actor in sorted(self._actors.values(), key=lambda actor: actor.id):
            kind = KINDS[actor.type]
            network.add_node(
                actor.id,
                label=actor.label,
                type=str(actor.type),
                kind=kind,
                acts=int(kind in ACTING),
                country=actor.country or "",
                sector=actor.sector or "",
                weight=self._weights[actor.id],
            )
        for key, tie in sorted(ties, key=lambda item: item[0]):
            name = hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()
            network.add_edge(key[0], key[1], key="e" + name[:16], **_edge(key, tie))
        return network


def _key(statement: Statement) -> _Key:
    assert statement.object is not None
    source, target = statement.subject.actor.id, statement.object.actor.id
    if statement.relation.symmetric and target < source:
        source, target = target, source
    claimed = str(int(bool(statement.attribution)))
    qualifiers = (str(statement.polarity), str(statement.modality), claimed)
    return (source, target, relation_key(statement.relation), *qualifiers)


def plainer(known: Actor | None, actor: Actor) -> Actor:
    """Of two descriptions of one actor always the same, whichever was read first."""
    if known is None:
        return actor

    def order(one: Actor) -> tuple[str, ...]:
        return (one.label, str(one.type), one.country or "~", one.sector or "~")

    return min(known, actor, key=order)


def _edge(key: _Key, tie: _Tie) -> dict[str, str | int | float]:
    relation = tie.relation
    level = intensity(relation)
    return {
        "relation": relation_key(relation),
        "label": relation.label,
        "event": relation.event or "",
        "cameo": relation.cameo or "",
        "quad": relation.quad or "",
        "symmetric": int(relation.symmetric),
        "polarity": key[3],
        "modality": key[4],
        "claimed": int(key[5]),
        "evidence": tie.evidence,
        "first": tie.first,
        "last": tie.last,
        "statements": " ".join(sorted(tie.statements)[:IDS]),
        **({} if level is None else {"intensity": level}),
    }
