"""What matching a frame against a clause gives, and which of several matches is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Frame, Lexicon
from kg.text.participants import of_one_side
from kg.text.scene import Filling


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fired on a clause for one pair of actors (``target`` None for ``none``)."""

    frame: Frame
    clause: Clause
    source: Filling
    subject: Actor
    target: Filling | None
    object: Actor | None
    specificity: tuple[int, int] = (0, 0)
    """How much of the wording the frame asks for; then, how few words would have done."""
    used: frozenset[int] = frozenset()
    """Nominals that conditions looked at: they belong to this predicate."""


End = tuple[Filling, Actor]
"""Where somebody is named, and who it is."""


def aimed_heads(matches: Iterable[Match]) -> set[int]:
    """The predicates of which it is told upon whom they are done."""
    return {match.clause.head for match in matches if match.object is not None}


def weaker(named: Filling, share: float, reason: str) -> Filling:
    """Who is named elsewhere as an end that a clause leaves open.

    The link counts for ``share`` of what it was, and ``reason`` says why it is he who is meant.
    """
    return replace(named, score=named.score * share, reason=f"{named.reason}; {reason}")


@dataclass(frozen=True, slots=True)
class Trial:
    """A frame that was tried on a clause, and what stopped it ("" when it fired)."""

    clause: Clause
    frame: Frame
    failure: str


# What happened whatever is said of it: "condemned the *attack*", "broke up the *protest*".
_DEEDS = {"ASSAULT", "PROTEST"}


# What somebody said before another answered it: "rejected the American *demand*".
_WORDS = {"REQUEST", "ACCUSE", "AGREE", "THREATEN"}


def best_of_each(found: list[Match], lexicon: Lexicon) -> list[Match]:
    """One match per clause and pair of actors: the most specific; nominals used up once."""
    best: dict[tuple[int, bool, frozenset[str]], dict[tuple[str, str], Match]] = {}
    for match in found:
        ends = (match.subject.id, match.object.id if match.object else "")
        lasting = lexicon.entry(match.frame).relation.event is None
        told = best.setdefault((match.clause.head, lasting, frozenset(ends)), {})
        other = next(iter(told.values()), None)
        if other is None or match.specificity > other.specificity:
            told.clear()
            told[ends] = match
        elif match.frame == other.frame and _goes_both_ways(match):
            told.setdefault(ends, match)
    matches = [match for told in best.values() for match in told.values()]
    chosen = _without_each_other(_without_nested(_with_objects(matches)))
    users: dict[int, list[Match]] = {}
    for match in chosen:
        if match.clause.kind is not Kind.NOMINAL:
            for head in match.used:
                users.setdefault(head, []).append(match)
    chosen = [
        match
        for match in chosen
        if match.clause.kind is not Kind.NOMINAL
        or not any(_completes(match, other, lexicon) for other in users.get(match.clause.head, ()))
        or (
            lexicon.entry(match.frame).relation.event in _WORDS
            and any(_replies(other, match) for other in users.get(match.clause.head, ()))
        )
    ]
    return sorted(chosen, key=lambda m: (m.clause.head, m.subject.id, m.frame.rule))


def _completes(noun: Match, verb: Match, lexicon: Lexicon) -> bool:
    """Whether a noun tells nothing but what the verb does that uses it."""
    event, done = (lexicon.entry(match.frame).relation.event for match in (noun, verb))
    if event == "PROTEST" != done:
        # "police *broke up a march* by farmers" is no march of the police
        return False
    return event not in _DEEDS or _same_deed(noun, verb)


def _same_deed(noun: Match, verb: Match) -> bool:
    """Whether a noun only completes its verb: "launched an *attack*".

    "condemned the American *attack* on Syria" tells of the attack as well, whose doer is
    another.
    """
    one, other = noun.subject, verb.subject
    same_side = one.country is not None and one.country == other.country
    pair = {one.id, noun.object.id if noun.object else ""}
    return (
        same_side
        or one.id == other.id
        or pair
        == {
            other.id,
            verb.object.id if verb.object else "",
        }
    )


def _replies(verb: Match, noun: Match) -> bool:
    """Whether a verb tells how the one spoken to takes what the noun says: "*rejected* demands"."""
    return noun.object is not None and of_one_side(verb.subject, noun.object)


def _goes_both_ways(match: Match) -> bool:
    """Whether an act is done by each to the other: "accused *each other*", "traded insults"."""
    target = match.target
    both = target is not None and {match.subject, match.object} <= set(target.actors)
    return match.frame.mutual or both


def _with_objects(matches: list[Match]) -> list[Match]:
    """Readings without an object left out where the same predicate has one with.

    "will not give up its nuclear weapons" is told of the weapons, not of disarmament at large;
    "Russia and Ukraine declared a ceasefire" of both, not of Ukraine alone.
    """
    told = {m.clause.head for m in matches if m.object is not None}
    return [m for m in matches if m.object or m.clause.head not in told]


def _without_nested(matches: list[Match]) -> list[Match]:
    """Readings left out whose target another reading of the same words names better.

    "expelled *two Russian diplomats*": of the Russian government, not once more of Russia;
    "condemned the invasion of Panama *by the United States*": the frame that asks for more of
    the wording knows whom the condemnation is aimed at.
    """
    by_deed: dict[tuple[int, str, str], list[Match]] = {}
    for match in matches:
        by_deed.setdefault(_deed(match), []).append(match)
    if len(by_deed) == len(matches):
        exact = matches
    else:
        kept: set[int] = set()
        for told in by_deed.values():
            most = max(match.specificity[0] for match in told)
            best = [match for match in told if match.specificity[0] == most]
            targets = [match.target for match in best if match.target is not None]
            kept.update(id(match) for match in best if not _inside(match.target, targets))
        exact = [match for match in matches if id(match) in kept]
    forces = {
        (m.clause.head, m.frame.relation, m.object, m.subject.country)
        for m in exact
        if m.subject.type is ActorType.GOVERNMENT_BODY
    }
    return [
        match
        for match in exact
        # "*Russian missiles* killed a boy": Russia's army, not once more Russia
        if match.subject.type is not ActorType.STATE
        or (match.clause.head, match.frame.relation, match.object, match.subject.country)
        not in forces
    ]


def _deed(match: Match) -> tuple[int, str, str]:
    return match.clause.head, match.frame.relation, match.subject.id


def _inside(one: Filling | None, others: Sequence[Filling]) -> bool:
    return one is not None and any(
        other.head != one.head and other.start <= one.start and one.end <= other.end
        for other in others
    )


def _without_each_other(matches: list[Match]) -> list[Match]:
    """Reciprocal readings left out where the other side is named.

    "Russia and Ukraine each signed a deal with Turkey" is no deal of Russia and Ukraine.
    """
    reciprocal = {id(match) for match in matches if _each_other(match)}
    if not reciprocal:
        return matches
    named = {
        (match.clause.head, match.frame.relation)
        for match in matches
        if id(match) not in reciprocal
    }
    return [
        match
        for match in matches
        if id(match) not in reciprocal
        # "Neither Greece nor Turkey attended" tells nothing of the two together
        or not (match.clause.negations or (match.clause.head, match.frame.relation) in named)
    ]


def _each_other(match: Match) -> bool:
    if match.target is None or match.source.head == match.target.head:
        # "*Mugabe* will not resign" is told to his own land
        return False
    subjects = [argument.head for argument in match.clause.of(Role.SUBJECT)]
    # "Rome will not be *bullied by Oslo*" is told of the other by a passive
    return match.source.head in subjects and match.target.head in subjects
