"""The actor network: statements as a directed multigraph, and plain figures about it."""

from __future__ import annotations

import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import networkx as nx

from kg.graph.output import write_whole
from kg.statement import Actor, ActorType, Polarity, Relation, Statement

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

SCORES: Mapping[str, float] = MappingProxyType(
    {"MCOOP": 1.0, "VCOOP": 0.5, "VCONF": -0.5, "MCONF": -1.0}
)
"""Cooperation (+) and conflict (−) of a quad class; deeds count twice as much as words."""

# XML 1.0 cannot hold these at all, not even as character references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class _Tie:
    """What is collected for one edge: its pieces of evidence, statements and days."""

    relation: Relation
    statement: Statement
    evidence: set[tuple[str, int, int, int, int]] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)


def evidence_key(statement: Statement) -> tuple[str, int, int, int, int]:
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
    with ``evidence`` (their number), dates and ids. All values are text or numbers.
    """
    actors: dict[str, Actor] = {}
    weights: dict[str, set[tuple[str, int, int, int, int]]] = defaultdict(set)
    ties: dict[tuple[str, str, str, str, str, str], _Tie] = {}
    for statement in statements:
        ends = [statement.subject.actor]
        if statement.object is not None:
            ends.append(statement.object.actor)
        for actor in ends:
            actors[actor.id] = _plainer(actors.get(actor.id), actor)
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


def _plainer(known: Actor | None, actor: Actor) -> Actor:
    """Of two descriptions of one actor always the same, whichever was read first."""
    if known is None:
        return actor

    def order(one: Actor) -> tuple[str, ...]:
        return (one.label, str(one.type), one.country or "~", one.sector or "~")

    return min(known, actor, key=order)


def _edge(tie: _Tie) -> dict[str, str | int | float]:
    relation, statement = tie.relation, tie.statement
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
    }


def write_graphml(path: Path, network: nx.MultiDiGraph) -> None:
    """Write the network as GraphML; equal networks give equal bytes.

    Characters that XML cannot hold are left out. Raises ``StoreError`` when the file
    cannot be written.
    """
    clean = nx.MultiDiGraph()
    for node, values in network.nodes(data=True):
        clean.add_node(_xml(node), **{name: _xml(value) for name, value in values.items()})
    for source, target, key, values in network.edges(keys=True, data=True):
        cleaned = {name: _xml(value) for name, value in values.items()}
        clean.add_edge(_xml(source), _xml(target), key=key, **cleaned)
    buffer = io.BytesIO()
    # Not write_graphml: that one writes other bytes where lxml happens to be installed.
    nx.write_graphml_xml(clean, buffer, named_key_ids=False)
    write_whole(path, buffer.getvalue())


def _xml(value: str | int | float) -> str | int | float:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value


def _holds(values: Mapping[str, object]) -> bool:
    """Whether an edge says that something is so, rather than not so, planned or demanded."""
    return values["polarity"] == str(Polarity.POSITIVE) and values["modality"] == "actual"


def ties(network: nx.MultiDiGraph) -> nx.Graph:
    """Actors only, one undirected edge per pair, ``weight`` = pieces of evidence of all edges."""
    graph = nx.Graph()
    graph.add_nodes_from(node for node, acts in network.nodes(data="acts") if acts)
    for source, target, evidence in network.edges(data="evidence"):
        if source != target and source in graph and target in graph:
            before = graph.get_edge_data(source, target, {"weight": 0})["weight"]
            graph.add_edge(source, target, weight=before + evidence)
    return graph


def strengths(network: nx.MultiDiGraph) -> dict[str, int]:
    """Actors with the pieces of evidence of their edges to other actors, strongest first."""
    degrees = dict(ties(network).degree(weight="weight"))
    return dict(sorted(degrees.items(), key=lambda item: (-item[1], item[0])))


def communities(graph: nx.Graph, seed: int = 1) -> list[list[str]]:
    """Groups of nodes tied more to one another than to the rest (Louvain), largest first.

    The same graph gives the same groups in every run.
    """
    # Louvain walks through sets: with whole numbers as nodes their order does not vary,
    # with strings it would change from process to process.
    names = sorted(graph)
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    index = {name: number for number, name in enumerate(names)}
    edges = sorted(
        (*sorted((index[a], index[b])), weight)
        for a, b, weight in graph.edges(data="weight", default=1)
    )
    numbered.add_weighted_edges_from(edges)
    groups = nx.community.louvain_communities(numbered, seed=seed)
    found = [sorted(names[number] for number in group) for group in groups]
    return sorted(found, key=lambda group: (-len(group), group))


def dyad_scores(network: nx.MultiDiGraph) -> dict[tuple[str, str], float]:
    """Pairs of actors with a score from −1 (all conflict by deeds) to 1 (all cooperation).

    The mean of ``SCORES`` over the pieces of evidence of edges that have a quad class and
    say what is so; pairs without any are left out. Pairs are in alphabetical order.
    """
    acts = network.nodes(data="acts")
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for source, target, values in network.edges(data=True):
        if source == target or not (acts[source] and acts[target]):
            continue
        if values["quad"] not in SCORES or not _holds(values):
            continue
        low, high = sorted((source, target))
        total = sums[low, high]
        total[0] += SCORES[values["quad"]] * values["evidence"]
        total[1] += values["evidence"]
    return {pair: total / count for pair, (total, count) in sorted(sums.items())}
