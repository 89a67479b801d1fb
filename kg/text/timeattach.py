"""Which clause a time expression dates: its own, that of its noun, or one it shares by grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.statement import Modality, TimeInterval
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.parsed import Doc
from kg.text.signatures import load_signatures

_SHARING = {"when", "as", "while", "with", "by", "in", ""}
# "a seven-day truce", "hours before the raid", "every Friday": no time of what is told.
_NO_TIME = {"length", "offset", "set", "clock"}
_AHEAD = {"ahead of", "before", "in preparation for", "pending", "in the run-up to"}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Tokens ``start`` to ``end`` that tell a time; ``bound`` is a preposition that makes it
    a limit ("since", "until"), ``clause`` the predicate or noun that it belongs to."""

    start: int
    end: int
    rule: str
    bound: str
    interval: TimeInterval
    clause: int | None


def attach(
    doc: Doc, clauses: Clauses, expressions: Iterable[TimeExpression]
) -> dict[int, TimeInterval]:
    """The time of each clause by its head: its own, that of its noun, or a shared one."""
    own: dict[int, TimeExpression] = {}
    for expression in expressions:
        if expression.clause is None or expression.rule in _NO_TIME:
            continue
        held = own.get(expression.clause)
        if held is None or _better(expression, held):
            own[expression.clause] = expression
    for clause in clauses:
        if clause.head not in own and clause.kind is not Kind.NOMINAL:
            noun = _own_noun_time(doc, clauses, clause, own)
            if noun is not None:
                own[clause.head] = noun
    times = {head: e.interval for head, e in own.items()}
    for _ in range(3):
        before = len(times)
        for clause in clauses:
            if clause.head not in times:
                shared = _shared(doc, clauses, clause, times, own)
                if shared is not None:
                    times[clause.head] = shared
        if len(times) == before:
            break
    return times


def _better(new: TimeExpression, old: TimeExpression) -> bool:
    """Of two times of one clause the one with days; then the narrower; then the first."""
    return _days(new.interval) < _days(old.interval)


def _days(interval: TimeInterval) -> int:
    if interval.start is None and interval.end is None:
        return 10**7
    if interval.start is None or interval.end is None:
        return 10**6
    return (interval.end - interval.start).days


def _own_noun_time(
    doc: Doc, clauses: Clauses, clause: Clause, own: Mapping[int, TimeExpression]
) -> TimeExpression | None:
    """ "signed a pact last year": an expression after the object is the verb's as well.

    "rejected the 2015 deal", "condemned Monday's attack": one before the noun is not; nor is
    the day of what lies ahead ("invited her to a summit on Friday").
    """
    for argument in clause.of(Role.OBJECT) + clause.of(Role.OBLIQUE) + clause.of(Role.PREDICATE):
        expression = own.get(argument.head)
        if expression is None or argument.inherited:
            continue
        noun = clauses.at(argument.head)
        if noun is not None and lies_ahead(doc, clauses, noun):
            continue
        after = expression.start > argument.head > clause.head
        bare = doc[expression.start].tag_ != "IN" or expression.rule == "duration"
        if after and bare:
            return expression
    return None


def _shared(
    doc: Doc,
    clauses: Clauses,
    clause: Clause,
    times: Mapping[int, TimeInterval],
    own: Mapping[int, TimeExpression],
) -> TimeInterval | None:
    """The time that grammar lets a clause share with the one that governs it, or the reverse."""
    parent = clauses.parent(clause)
    if clause.kind is Kind.NOMINAL:
        # "held talks on Monday": the talks were on Monday
        if parent is not None and parent.head in times and _is_staged(clause, parent):
            return times[parent.head]
        return None
    dated = [child for child in clauses.children(clause.head) if child.head in own]
    for child in dated:
        # "signed a pact when Putin visited last year"
        if child.link is Link.ADVERBIAL and child.marker == "when":
            return own[child.head].interval
    for child in dated:
        began = child.link is Link.OPEN_COMPLEMENT and clause.kind is Kind.VERBAL
        if began and load_signatures().happened(clause.lemma, child.marker):
            # "began to arrive on Tuesday"
            return own[child.head].interval
    if parent is None or parent.head not in times:
        return None
    if clause.link is Link.ADVERBIAL:
        finite_when = clause.marker == "when"
        participle = doc[clause.head].tag_ == "VBG" and clause.marker in _SHARING
        if (finite_when or participle) and not _is_speech(parent):
            # "… last year when Putin visited", "attacked on Monday, killing 12"
            return times[parent.head]
    same = clause.tense == parent.tense and (parent.perfect or not clause.perfect)
    # not "took power on 1 February and has since killed thousands"
    coordinated = clause.link is Link.CONJUNCT and same
    if coordinated and parent.head in own and own[parent.head].start < clause.head:
        # "visited Seoul on Monday and met Lee"
        return times[parent.head]
    managed = load_signatures().happened(parent.lemma, clause.marker)
    if clause.link is Link.OPEN_COMPLEMENT and parent.kind is Kind.VERBAL and managed:
        # "On Monday Kyiv managed to retake the town"
        return times[parent.head]
    return None


def _is_speech(parent: Clause) -> bool:
    return parent.verb in {"say", "tell", "add", "note", "claim", "report", "warn", "announce"}


def _is_staged(noun: Clause, verb: Clause) -> bool:
    staged = load_signatures().stages(verb.lemma)
    return staged and any(a.head == noun.head for a in verb.of(Role.OBJECT))


def lies_ahead(doc: Doc, clauses: Clauses, noun: Clause) -> bool:
    """Whether a noun names what is to come: "ahead of a summit", "invited her to talks"."""
    first = doc[noun.start]
    ahead = noun.marker == "of" and first.i > 0 and first.nbor(-1).lower_ == "ahead"
    if noun.marker in _AHEAD or ahead:
        return True
    verb = clauses.parent(noun)
    if verb is None or verb.kind is not Kind.VERBAL or not noun.marker:
        return False
    find = load_signatures().find
    told = find("verb", verb.lemma, "to-np" if noun.marker == "to" else noun.marker)
    return told is not None and told.positive.modality in {Modality.INTENDED, Modality.REQUESTED}
