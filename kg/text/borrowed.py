"""Who takes part in what a noun tells, by the verb on which the noun hangs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role

_HOLDING = {"express", "signal", "voice", "declare", "announce", "show", "state", "reiterate"}
_HOLDING |= {"have", "give", "make", "indicate", "offer", "affirm", "reaffirm", "repeat"}
_AT_EVENTS = ("on", "during", "after", "following", "in", "at", "before", "ahead of")


def _holder(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Whose thing a noun is by its verb: "*Eritrea* expressed willingness to withdraw".

    Not "*Chile* noted the willingness to …", which may be anybody's.
    """
    verb = clauses.at(noun.parent)
    if verb is None or verb.verb not in _HOLDING:
        return ()
    held = any(a.head == noun.head for a in verb.of(Role.OBJECT))
    return verb.of(Role.SUBJECT) if held else ()


def _doer(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who does something with what a noun tells: "*UNITA* took it with the help of Zaire"."""
    verb = clauses.at(noun.parent)
    beside = verb is not None and any(a.head == noun.head for a in verb.obliques("with"))
    return verb.of(Role.SUBJECT) if verb is not None and beside else ()


def _attendee(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who takes part in what a noun behind a preposition of time or place tells.

    "*Merkel* said on a visit to Ankara", "*Mnuchin* spoke after talks with Liu".
    """
    verb = clauses.at(noun.parent)
    if verb is None or verb.kind is Kind.NOMINAL or verb.passive:
        return ()
    beside = any(a.head == noun.head for a in verb.obliques(*_AT_EVENTS))
    # "Sánchez had urged Brussels to think again *during a visit*": the visit of either
    either = verb.link is Link.OPEN_COMPLEMENT
    return verb.of(Role.SUBJECT) if beside and not either else ()


BORROWED: Mapping[str, Callable[[Clauses, Clause], tuple[Argument, ...]]] = {
    "holder": _holder,
    "doer": _doer,
    "attendee": _attendee,
}
"""The first steps of routes that lead from a noun to the subject of its verb."""
