"""Who takes part in what a noun tells, by the verb on which the noun hangs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.wordlists import listed

_HOLDING = {"express", "signal", "voice", "declare", "announce", "show", "state", "reiterate"}
_HOLDING |= {"have", "give", "make", "indicate", "offer", "affirm", "reaffirm", "repeat"}
_OVER_LINES = ("by", "over", "on", "via", "through")
_TALKING = {"speak", "talk", "call", "ring", "phone"}
_UNDER = ("under", "through", "thanks to", "with")
_AT_ONCE = {"when", "as", "after", "while"}
_MEANWHILE = {"in", "during", "at", "after", "on", "following"}
_MOVING = {"travel", "fly", "cross", "go", "come", "arrive", "head", "land", "return", "gather"}
_AT_EVENTS = ("on", "during", "after", "following", "in", "at", "before", "ahead of")


def owners(verb: Clause, step: str) -> tuple[Argument, ...]:
    """The nouns of a verb that may own a phrase which hangs on it.

    Objects ("held *talks* in Vienna *with Iran*"); where nobody else can be meant by "by", all
    ("fired at *a march by farmers*").
    """
    return verb.arguments if step == "by" and not verb.passive else verb.of(Role.OBJECT)


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
    if verb is not None and verb.kind is Kind.NOMINAL and noun.marker in _MEANWHILE:
        # "offered help *in a call* to Putin", "held out the prospect of aid *at a meeting*", which
        # the tree hangs on what was offered
        held, outer = verb, clauses.at(verb.parent)
        while outer is not None and outer.kind is Kind.NOMINAL and held.marker == "of":
            held, outer = outer, clauses.at(outer.parent)
        of_verb = outer is not None and any(a.head == held.head for a in outer.of(Role.OBJECT))
        return outer.of(Role.SUBJECT) if outer is not None and of_verb and not outer.passive else ()
    if verb is None or verb.kind is Kind.NOMINAL or verb.passive:
        return ()
    # "was in Tehran *for talks*", "crossed to Tachilek *for a meeting* with his counterpart"
    there = verb.kind is Kind.COPULAR or verb.verb in _MOVING
    events = (*_AT_EVENTS, "for") if there else _AT_EVENTS
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


def _dealer(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who deals with whom under what a noun tells: "*Serbia* met *Kosovo* under EU mediation"."""
    verb = clauses.at(noun.parent)
    if verb is None or not any(a.head == noun.head for a in verb.obliques(*_UNDER)):
        return ()
    if verb.kind is Kind.NOMINAL:
        # "talks *between X and Y* under UN auspices"
        return verb.obliques("between", "with") or verb.of(Role.MODIFIER)
    talks = [n for a in verb.of(Role.OBJECT) if (n := clauses.at(a.head)) is not None]
    inner = (a for n in talks if n.kind is Kind.NOMINAL for a in n.obliques("with", "between"))
    agents = () if verb.passive else verb.of(Role.SUBJECT)
    return (*agents, *verb.obliques("with", "between"), *inner)


def _griever(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who does something in the mood that a noun tells: "*Cairo* left *in protest* at the raid"."""
    verb = clauses.at(noun.parent)
    if verb is None or verb.kind is Kind.NOMINAL or verb.passive:
        return ()
    return verb.of(Role.SUBJECT) if any(a.head == noun.head for a in verb.obliques("in")) else ()


def _offender(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who does what displeases others: "*Cairo* shut the canal *to the dismay of* London"."""
    verb = clauses.at(noun.parent)
    if verb is None or verb.kind is Kind.NOMINAL or verb.passive:
        return ()
    return verb.of(Role.SUBJECT) if any(a.head == noun.head for a in verb.obliques("to")) else ()


def _self(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Those whom a noun names by what they do: "shot 12 *protesters*" tells of a protest.

    Not "*protesters* burned a flag", where the verb tells it, nor "drew *protesters* to the Swiss
    embassy", whom they are against.
    """
    verb = clauses.at(noun.parent)
    acts = verb is not None and any(a.head == noun.head for a in verb.of(Role.SUBJECT))
    told = verb is None or acts or any(verb.obliques("outside", "to", "near", "before"))
    return () if told else (Argument(Role.OBLIQUE, noun.head, "self"),)


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


def _itself(_: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Whom a noun stands for: "a visiting *envoy*"."""
    return (Argument(Role.SUBJECT, noun.head),)


def _host(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who speaks to a guest, or is spoken to by him: "*Kohl* assured the visiting president".

    Not "the visiting premier condemned *Tokyo*", who may be anybody's guest.
    """
    verb = clauses.at(noun.parent)
    if verb is None or verb.passive or verb.verb not in listed("addressing"):
        return ()
    if any(a.head == noun.head for a in verb.of(Role.SUBJECT)):
        return verb.of(Role.RECIPIENT) or verb.of(Role.OBJECT) or verb.obliques("to", "with")
    told = (*verb.of(Role.RECIPIENT), *verb.of(Role.OBJECT), *verb.obliques("to", "with"))
    return verb.of(Role.SUBJECT) if any(a.head == noun.head for a in told) else ()


def _assailant(clauses: Clauses, killing: Clause) -> tuple[Argument, ...]:
    """Who uses force when somebody comes to harm: "five were killed *when police opened fire*".

    Not where the harm has an author of its own ("killed by rebels as troops advanced").
    """
    if killing.kind is not Kind.VERBAL or (killing.passive and killing.of(Role.SUBJECT)):
        return ()
    return tuple(
        argument
        for inner in clauses.children(killing.head)
        if inner.link is Link.ADVERBIAL and inner.marker in _AT_ONCE and not inner.negations
        if inner.lemma in listed("assailing") or inner.verb in listed("assailing")
        for argument in inner.of(Role.SUBJECT)
    )


def _governor(clauses: Clauses, clause: Clause) -> tuple[Argument, ...]:
    """The verb of which an act is the complement: "*stopped* buying oil"."""
    verb = clauses.at(clause.parent)
    if verb is None or verb.kind is not Kind.VERBAL or clause.link is not Link.OPEN_COMPLEMENT:
        return ()
    return (Argument(Role.MODIFIER, verb.head),)


def _summed_up(clauses: Clauses, noun: Clause) -> Clause | None:
    """What somebody says that a noun sums up: "says *Burundi arms them*, a charge that …"."""
    above = clauses.at(noun.parent)
    while above is not None and above.kind is Kind.NOMINAL:
        above = clauses.at(above.parent)
    if above is None or above.head > noun.head:
        return None
    if above.link is Link.COMPLEMENT:
        return above
    said = [c for c in clauses.children(above.head) if c.link is Link.COMPLEMENT]
    return said[-1] if said and said[-1].head < noun.head else None


def _imputer(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Who says what a noun sums up: "*Kigali* says Burundi arms them, a charge that …"."""
    said = _summed_up(clauses, noun)
    verb = clauses.at(said.parent) if said is not None else None
    return verb.of(Role.SUBJECT) if verb is not None else ()


def _imputed(clauses: Clauses, noun: Clause) -> tuple[Argument, ...]:
    """Of whom it is said: "Kigali says *Burundi* arms them, a charge that …"."""
    said = _summed_up(clauses, noun)
    return said.of(Role.SUBJECT) if said is not None else ()


BORROWED: Mapping[str, Callable[[Clauses, Clause], tuple[Argument, ...]]] = {
    "holder": _holder,
    "doer": _doer,
    "attendee": _attendee,
    "assailant": _assailant,
    "caller": _caller,
    "addressee": _addressee,
    "dealer": _dealer,
    "griever": _griever,
    "offender": _offender,
    "self": _self,
    "itself": _itself,
    "host": _host,
    "governor": _governor,
    "imputer": _imputer,
    "imputed": _imputed,
}
"""The first steps of routes that lead from a noun to those of its verb, or to another verb's."""
