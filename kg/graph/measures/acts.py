"""What the figures count: acts, each one relation of two actors on one day.

Claims that say when ("on 3 May") are one act however many articles and sources repeat them.
Claims that do not are one act on each day on which an article with them appeared: the
one-a-day filter of event data. Denied, negated, planned and demanded acts are no acts;
threats, demands and refusals are, because the lexicon has relations for them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from kg.graph.copies import Stories, count_told, shared_stories
from kg.graph.intensity import intensity
from kg.graph.network import ACTING, KINDS, EvidenceKey, evidence_key, plainer, relation_key
from kg.statement import Actor, ActorType, Document, Modality, Polarity, Stance, Statement

BRIEF = 31
"""Days: an act of a longer interval ("last year") belongs to no month."""

AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.ASKS})
"""Stances of a source that does not vouch for what it is quoted with."""

OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY"})
"""Sectors whose people act for their state."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to whom, between which days (None where unknown), and one place to read it.

    ``pair`` holds both actors in alphabetical order of their ids. ``intensity`` is that of
    ``kg:intensity``, or None; ``lasting`` says that the relation is a state of things (an
    alliance, an office) and no event. ``day`` is the day it is counted on: the first, unless
    the interval is longer than ``BRIEF``. ``claims`` are the ids of the statements that tell
    it; ``claimed`` says that none but quoted sources do.
    """

    source: str
    target: str
    pair: tuple[str, str]
    relation: str
    label: str
    symmetric: bool
    lasting: bool
    intensity: float | None
    first: date | None
    last: date | None
    day: date | None
    claims: tuple[str, ...]
    claimed: bool
    evidence: int
    document: str
    sentence: str

    def within(self, since: date | None, until: date | None) -> bool:
        """Whether it may have happened between the two days; undated acts only if both are open."""
        if since is None and until is None:
            return True
        if self.first is None or self.last is None:
            return False
        return (since is None or self.last >= since) and (until is None or self.first <= until)


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts in the order of time, the actors by id, and what was left out and why."""

    acts: tuple[Act, ...]
    actors: dict[str, Actor]
    left_out: dict[str, int]
    published: dict[date, int]
    """How many documents with statements appeared on each day."""

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day that acts are counted on; None when no act is dated."""
        days = [act.day for act in self.acts if act.day]
        return (min(days), max(days)) if days else None

    def by_state(self) -> Acts:
        """The same with what states' officials and bodies do counted as their state's.

        These are government bodies, and people in an office of state, of a country. Who has no
        state among the actors stays himself. Acts of one pair that then are the same on the
        same day become one.
        """
        states = {
            actor.country: actor.id
            for actor in reversed(self.actors.values())
            if actor.type is ActorType.STATE and actor.country
        }

        def whose(actor: Actor) -> str:
            official = actor.type is ActorType.GOVERNMENT_BODY or (
                actor.type is ActorType.PERSON and actor.sector in OFFICIAL
            )
            return states.get(actor.country or "", actor.id) if official else actor.id

        owner = {key: whose(actor) for key, actor in self.actors.items()}
        merged: dict[tuple[object, ...], Act] = {}
        within = 0
        for act in self.acts:
            source, target = owner[act.source], owner[act.target]
            if source == target:
                within += 1
                continue
            ends = _pair(source, target) if act.symmetric else (source, target)
            key = (*ends, act.relation, act.first, act.last)
            known = merged.get(key)
            evidence = act.evidence + (known.evidence if known else 0)
            claimed = act.claimed and (known is None or known.claimed)
            claims = (known.claims if known else ()) + act.claims
            first = known or replace(act, source=source, target=target, pair=_pair(source, target))
            merged[key] = replace(first, evidence=evidence, claimed=claimed, claims=claims)
        left = {**self.left_out, **({"within one state": within} if within else {})}
        acts = tuple(sorted(merged.values(), key=_order))
        known_ends = {end for act in acts for end in act.pair}
        actors = {key: actor for key, actor in self.actors.items() if key in known_ends}
        return Acts(acts, actors, dict(sorted(left.items())), self.published)

    def between(self, since: date | None, until: date | None) -> Acts:
        """The acts that may have happened between two days (both included)."""
        if since is None and until is None:
            return self
        kept = tuple(act for act in self.acts if act.within(since, until))
        left = dict(self.left_out)
        if len(kept) < len(self.acts):
            left["outside the period or undated"] = len(self.acts) - len(kept)
        known = {end for act in kept for end in act.pair}
        return Acts(
            kept,
            {key: actor for key, actor in self.actors.items() if key in known},
            left,
            {
                day: count
                for day, count in self.published.items()
                if (since is None or day >= since) and (until is None or day <= until)
            },
        )


@dataclass(slots=True)
class _Gathered:
    """The statements of one act while they are read."""

    plainest: Statement
    order: tuple[bool, EvidenceKey, str]
    claims: set[str] = field(default_factory=set)
    evidence: set[EvidenceKey] = field(default_factory=set)


def read_acts(
    statements: Iterable[Statement], documents: Iterable[Document], asserted: bool = False
) -> Acts:
    """The acts of statements, read once; the order of the input does not matter.

    With ``asserted`` acts that only quoted sources tell are left out. Actors are those that
    can act: states, people, organisations and armed groups.
    """
    papers = list(documents)
    stories = shared_stories(papers)
    dates = {document.id: document.date for document in papers if document.date}
    actors: dict[str, Actor] = {}
    gathered: dict[tuple[str, str, str, date | None, date | None], _Gathered] = {}
    left: Counter[str] = Counter()
    seen: set[str] = set()
    for statement in statements:
        seen.add(statement.evidence.document)
        reason = _unfit(statement, asserted)
        if reason:
            left[reason] += 1
            continue
        piece, claim = evidence_key(statement), statement.id
        order = (bool(statement.attribution), piece, claim)
        key = _key(statement, dates.get(statement.evidence.document))
        one = gathered.get(key)
        if one is None:
            one = gathered[key] = _Gathered(statement, order)
        elif order < one.order:
            one.plainest, one.order = statement, order
        one.claims.add(claim)
        one.evidence.add(piece)
        for mention in (statement.subject, statement.object):
            if mention is not None:
                actor = mention.actor
                actors[actor.id] = plainer(actors.get(actor.id), actor)
    acts = [_act(one, first, last, stories) for (*_, first, last), one in gathered.items()]
    acts.sort(key=_order)
    days = Counter(dates[document] for document in seen if document in dates)
    return Acts(
        tuple(acts),
        dict(sorted(actors.items())),
        dict(sorted(left.items())),
        dict(sorted(days.items())),
    )


def _order(act: Act) -> tuple[date, date, str, str, str, str]:
    return (act.first or date.max, act.last or date.max, *act.pair, act.relation, act.source)


def _key(
    statement: Statement, published: date | None
) -> tuple[str, str, str, date | None, date | None]:
    """What makes two statements the same act: who, what, whom, and between which days."""
    assert statement.object is not None  # _unfit has seen to it
    source, target = statement.subject.actor.id, statement.object.actor.id
    if statement.relation.symmetric:
        source, target = _pair(source, target)
    first, last = published, published
    if statement.time and (statement.time.start or statement.time.end):
        # "since 2014" has no end and "until 2014" no beginning: neither is brief
        first = statement.time.start or date.min
        last = statement.time.end or date.max
    return (source, target, relation_key(statement.relation), first, last)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _unfit(statement: Statement, asserted: bool) -> str | None:
    """Why a statement is no act between two actors, or None."""
    if statement.object is None:
        return "about one actor alone"
    ends = (statement.subject.actor, statement.object.actor)
    if any(KINDS[actor.type] not in ACTING for actor in ends):
        return "about a place or a thing"
    if ends[0].id == ends[1].id:
        return "about an actor and itself"
    if statement.polarity is not Polarity.POSITIVE:
        return "said not to be so"
    if statement.modality is not Modality.ACTUAL:
        return "planned, possible, demanded or unreal"
    if any(link.stance in AGAINST for link in statement.attribution):
        return "denied, doubted or asked by its source"
    if asserted and statement.attribution:
        return "told by quoted sources only"
    return None


def _act(one: _Gathered, first: date | None, last: date | None, stories: Stories) -> Act:
    statement, relation = one.plainest, one.plainest.relation
    assert statement.object is not None  # _unfit has seen to it
    brief = first is not None and last is not None and (last - first).days <= BRIEF
    source, target = statement.subject.actor.id, statement.object.actor.id
    return Act(
        source=source,
        target=target,
        pair=_pair(source, target),
        relation=relation_key(relation),
        label=relation.label,
        symmetric=relation.symmetric,
        lasting=relation.event is None and relation.id is not None,
        intensity=intensity(relation),
        first=first,
        last=last,
        day=first if brief else None,
        claims=tuple(sorted(one.claims)),
        claimed=bool(statement.attribution),
        evidence=count_told((piece[0] for piece in one.evidence), stories),
        document=statement.evidence.document,
        sentence=statement.evidence.sentence.text,
    )


def by_pair(acts: Iterable[Act]) -> dict[tuple[str, str], list[Act]]:
    """The acts of each pair of actors; pairs in alphabetical order, acts in the order given."""
    found: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        found[act.pair].append(act)
    return dict(sorted(found.items()))
