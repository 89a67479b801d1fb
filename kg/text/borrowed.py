"""Who takes part in what a noun tells, by the verb on which the noun hangs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.wordlists import listed

_HOLDING = {"express", "signal", "voice", "declare", "announce", "show", "state", "reiterate"}
_HOLDING |= {"have", "give", "make", "indicate", "offer", "affirm", "reaffirm", "repeat"}
_OVER_LINES = ("by", "over", "on", "via", "through")
_TALKING = {"speak", "talk", "call", "ring", "phone"}
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
    # "was in Tehran *for talks*"
    events = (*_AT_EVENTS, "for") if verb.kind is Kind.COPULAR else _AT_EVENTS
    beside = any(a.head == noun.head for a in verb.obliques(*events))
    # "Sánchez had urged Brussels to think again *during a visit*": the visit of either; but
    # "Iran and Oman agreed to reopen the border *after talks*" with each other
    doers = verb.of(Role.SUBJECT)
    either = verb.link is Link.OPEN_COMPLEMENT and len(doers) < 2
    return doers if beside and not either else ()


def _caller(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who speaks over a line: "*Erdogan* assured Aliyev *over the phone* of his support"."""
    verb = clauses.at(noun.parent)
    if verb is None or verb.kind is Kind.NOMINAL or verb.passive:
        return ()
    beside = any(a.head == noun.head for a in verb.obliques(*_OVER_LINES))
    return verb.of(Role.SUBJECT) if beside else ()


def _addressee(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """To whom something is said over a line or in a letter: "*in a letter*, he asked *Putin* to".

    "*speaking by telephone*, Biden assured *Duda* of …": whom the main verb is said to. Not
    "in a letter, he accused *Putin*", which may be to anybody.
    """
    verb = clauses.at(noun.parent)
    if verb is not None and verb.verb in _TALKING and not verb.of(Role.OBJECT):
        verb = clauses.at(verb.parent) or verb
    if verb is None or verb.passive or verb.verb not in listed("addressing"):
        return ()
    return verb.of(Role.RECIPIENT) or verb.of(Role.OBJECT) or verb.obliques("to", "with")


BORROWED: Mapping[str, Callable[[Clauses, Clause], tuple[Argument, ...]]] = {
    "holder": _holder,
    "doer": _doer,
    "attendee": _attendee,
    "caller": _caller,
    "addressee": _addressee,
}
"""The first steps of routes that lead from a noun to those of its verb."""
