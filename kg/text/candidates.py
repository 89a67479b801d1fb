"""From words to the actor they mean: candidates weighed by kind of name, date and document.

A link carries a score and a reason that a person can read. A tie stays unlinked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kg.statement import Actor, ActorType
from kg.text.gazetteer import Gazetteer, Name, NameKind
from kg.text.names import key, pieces, slug
from kg.text.wordlists import listed

# Of an enum, Python 3.11 looks members up ten times slower than names of the module.
_ADJECTIVE, _CAPITAL, _NAME, _NOUN, _PLACE, _SHORT, _WEAK = (
    NameKind.ADJECTIVE,
    NameKind.CAPITAL,
    NameKind.NAME,
    NameKind.NOUN,
    NameKind.PLACE,
    NameKind.SHORT,
    NameKind.WEAK,
)

_LOCAL = "local:"
_BASE = {
    NameKind.NAME: 0.98,
    NameKind.ADJECTIVE: 0.91,
    NameKind.NOUN: 0.9,
    NameKind.METONYM: 0.93,
    NameKind.CAPITAL: 0.9,
    NameKind.PLACE: 0.8,
    NameKind.SHORT: 0.45,
    NameKind.WEAK: 0.25,
}
_WORDS = {
    NameKind.NAME: "a name of",
    NameKind.ADJECTIVE: "the adjective of",
    NameKind.NOUN: "the people of",
    NameKind.METONYM: "a seat of the government of",
    NameKind.CAPITAL: "the capital of",
    NameKind.PLACE: "the place",
    NameKind.SHORT: "a short name of",
    NameKind.WEAK: "a paraphrase of",
}
ACCEPT = 0.5
"""Links that score lower are not made."""
_MARGIN = 0.04
_GENERATION = timedelta(days=20 * 365)
_UNDATED = date(2000, 1, 1)
_UNION = date(1993, 11, 1)
_DWARFED = 10
"""How many times as large as another a town must be to be meant whatever a text is about."""
_LETTERED = {ActorType.PARTY, ActorType.ARMED_GROUP, ActorType.COMPANY}
_LANDS = {ActorType.STATE, ActorType.TERRITORY}


@dataclass(frozen=True, slots=True)
class Link:
    """An actor chosen for words, with the score (0–1) and the reason."""

    actor: Actor
    score: float
    reason: str
    kind: NameKind


@dataclass(slots=True)
class Context:
    """What else a document speaks of: its date, its actors and their countries."""

    day: date | None = None
    actors: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    by_name: set[str] = field(default_factory=set)
    """The actors named by more than their capital: "Seychelles", not "Victoria"."""
    sites: Counter[str] = field(default_factory=Counter)
    """Countries of the towns and provinces that are named."""

    def note(self, actor: Actor, kind: NameKind) -> None:
        """Remember an actor that is surely meant by a name somewhere in the document."""
        self.actors[actor.id] += 1
        if kind is not NameKind.CAPITAL:
            self.by_name.add(actor.id)
        if actor.country:
            self.countries[actor.country] += 1
            if actor.type is ActorType.PLACE:
                self.sites[actor.country] += 1


def fits(name: Name, surface: str) -> bool:
    """Whether the capitals of the text allow the name: "us" is not the US, "who" not the WHO."""
    wanted, seen = pieces(name.text), pieces(surface)
    letters = "".join(wanted)
    if letters.isupper() and len(letters) <= 6:
        return "".join(seen).isupper()
    pairs = list(zip(wanted, seen, strict=False))
    if name.kind is NameKind.WEAK and pairs and pairs[0][0] == "the":
        pairs = pairs[1:]
    return all(s[:1].isupper() or s[:1].isdigit() for w, s in pairs if w[:1].isupper())


def choose(
    names: Sequence[Name], context: Context, book: Gazetteer, *, place: bool = False
) -> Link | None:
    """The actor that one of the names means here, or None when none or several fit.

    ``place`` says that the words stand where places stand ("in Moscow").
    """
    if len(names) == 1:
        # most names have one bearer
        score, reason = _score(names[0], context, book, place)
        if score < ACCEPT:
            return None
        actor = book.acting(names[0].actor, context.day)
        return Link(actor, min(round(score, 3), 1.0), reason, names[0].kind)
    # "Congolese", "Dominican": the small bearer is meant only where the text names him
    lesser = listed("lesser")
    names = [n for n in names if n.actor not in lesser or context.actors[n.actor]] or names
    organisation = seated_beside(names, book)
    if organisation is not None and place:
        # "in Brussels" is the town
        names = [n for n in names if n.actor != organisation]
    elif organisation is not None:
        # "Brussels" for the European Union where the text speaks of it rather than of Belgium
        state = next(n.actor for n in names if n.kind is NameKind.CAPITAL)
        for_it = _spoken_of(organisation, context, book)
        for_state = context.actors[state]
        if not for_it and not for_state and _rules_from_there(context.day):
            # "*Brussels* fined the firm", in a text without a Belgian
            for_it = 1
        if for_it and for_it >= for_state:
            actor = book.actors[organisation]
            reason = f"'{names[0].text}' is the seat of {actor.label}, named in the document"
            return Link(actor, 0.85, reason, NameKind.METONYM) if for_it > for_state else None
    ranked = _ranked(names, context, book, place)
    if not ranked or ranked[0].score < ACCEPT or len(_rivals(ranked, book)) > 1:
        return None
    score, best, reason = ranked[0]
    actor = book.acting(best.actor, context.day)
    return Link(actor, min(round(score, 3), 1.0), reason, best.kind)


def tied(
    names: Sequence[Name], context: Context, book: Gazetteer, *, place: bool = False
) -> tuple[Actor, ...]:
    """The actors between whom ``choose`` could not decide; none where it could or none fits."""
    ranked = _ranked(names, context, book, place)
    rivals = _rivals(ranked, book) if ranked and ranked[0].score >= ACCEPT else []
    return tuple(book.actors[n.actor] for n in rivals) if len(rivals) > 1 else ()


class _Weighed(NamedTuple):
    score: float
    name: Name
    reason: str


def _rivals(ranked: Sequence[_Weighed], book: Gazetteer) -> list[Name]:
    """The first of the candidates, with those that come too near to it to say."""
    score, best, _ = ranked[0]
    near = [c.name for c in ranked if c.score > score - _MARGIN]
    if best.kind is NameKind.PLACE:
        # a town and its province are one place to us
        here = book.actors[best.actor].country
        near = [n for n in near if n is best or book.actors[n.actor].country != here]
    return near


def _ranked(
    names: Sequence[Name], context: Context, book: Gazetteer, place: bool
) -> list[_Weighed]:
    """The actors under the names by how much speaks for each, best first."""
    scored: dict[str, _Weighed] = {}
    seats = {
        book.actors[n.actor].country
        for n in names
        if n.kind is _CAPITAL or (n.kind is _NAME and book.actors[n.actor].type in _LANDS)
    }
    ruling = context.day is not None and any(
        n.kind is _CAPITAL and n.valid(context.day) for n in names
    )
    lands = {
        book.actors[n.actor].country or ""
        for n in names
        if n.kind is _NAME and book.actors[n.actor].type in _LANDS
    }
    seated = any(n.kind is _CAPITAL and n.actor in context.by_name for n in names)
    told = {c for n in names if context.countries[c := book.actors[n.actor].country or ""]}
    towns = [(n, book.population.get(n.actor, 0)) for n in names if n.kind is _PLACE]
    largest = max((p for n, p in towns if book.actors[n.actor].country in told), default=0)
    greatest = max((p for _, p in towns), default=0)
    for name in names:
        country = book.actors[name.actor].country
        capital = ruling and book.capitals.get(key(name.text)) == name.actor
        if name.kind is _PLACE and (country in seats or capital):
            # Moscow the town and the province give way to Moscow the capital, Gaza City to Gaza.
            continue
        score, reason = _score(name, context, book, place)
        if name.kind is _PLACE and seated:
            # La Paz is Bolivia's, where Bolivia is named, even beside "Mexico"
            score -= 0.3
        if name.kind is _PLACE and lands:
            # Georgia is the state of the USA beside Atlanta, the country beside anything else.
            beside = context.sites[country or ""] and not any(context.sites[c] for c in lands)
            score += 0.2 if beside else -0.25
        people = book.population.get(name.actor, 0)
        if name.kind is _PLACE and told and country not in told:
            # Victoria is Australia's beside "Australian", the capital beside "Seychelles"; but
            # Donetsk is not the small town of that name, even beside "Russian"
            score -= 0.0 if people > _DWARFED * largest else 0.2
        elif name.kind is _PLACE and 0 < people * _DWARFED < greatest:
            score -= 0.06
        if name.actor not in scored or score > scored[name.actor].score:
            scored[name.actor] = _Weighed(score, name, reason)
    return sorted(scored.values(), key=lambda candidate: -candidate.score)


def seated_beside(names: Sequence[Name], book: Gazetteer) -> str | None:
    """The organisation that has its seat in the capital of these names: Brussels."""
    if not any(n.kind is NameKind.CAPITAL for n in names):
        return None
    kind = ActorType.INTERGOVERNMENTAL
    weak = (n.actor for n in names if n.kind is NameKind.WEAK)
    return next((a for a in weak if book.actors[a].type is kind), None)


def _rules_from_there(day: date | None) -> bool:
    """Whether a seat alone means the organisation: Brussels since the European Union."""
    return day is None or day >= _UNION


def _spoken_of(organisation: str, context: Context, book: Gazetteer) -> int:
    """How often a document names an organisation or its bodies: the European Commission."""
    first = book.actors[organisation].label.split()[0]
    kind = book.actors[organisation].type
    return sum(
        times
        for other, times in context.actors.items()
        if book.actors[other].type is kind and book.actors[other].label.split()[0] == first
    )


def _score(name: Name, context: Context, book: Gazetteer, place: bool) -> tuple[float, str]:
    actor = book.actors[name.actor]
    score = _BASE[name.kind]
    reason = f"'{name.text}' is {_WORDS[name.kind]} {actor.label}"
    if not name.valid(context.day):
        score -= 0.3
        reason += ", outside of its dates"
    elif not book.exists(actor.id, context.day):
        score -= 0.15
        reason += ", a state of another time"
    elif context.day is None and name.until is not None:
        # without a date "Moscow" is Russia's, not the Soviet Union's
        score -= 0.1
        reason += ", in the past"
    here = actor.country or ""
    if _is_initials(name, actor) and not context.countries[here]:
        # "GNP" is a party of South Korea only where South Korea is spoken of
        score -= 0.6
    if name.kind is _PLACE:
        people = book.population.get(actor.id, 0)
        score += min(0.1, people / 20_000_000)
        if place:
            score += 0.15
        if context.countries[here] > 0:
            score += 0.06
            reason += ", in a country of the document"
        others = sum(n for c, n in context.sites.items() if c == here)
        if others > 1:
            score += 0.15
    elif name.kind in {_SHORT, _WEAK}:
        if name.kind is _WEAK and not context.actors[actor.id]:
            twin = _twin(actor, book)
            if twin and context.actors[twin] and name.text.split()[-1] == actor.label.split()[0]:
                score += 0.4
                reason += ", beside its other half"
        if context.actors[actor.id]:
            score += 0.45 + min(0.04 * context.actors[actor.id], 0.1)
            reason += ", named in the document"
        elif name.kind is _SHORT:
            # "Jones" is many people: a minister only where the text speaks of the country
            familiar = actor.id in book.familiar and _of_the_time(actor.id, context.day, book)
            in_office = context.day is not None and bool(book.terms_on(actor.id, context.day))
            if in_office and (familiar or context.countries[here]):
                score += 0.4 if familiar else 0.1
                reason += ", in office on the day"
            elif context.day is None and familiar:
                score += 0.1
            if context.countries[here] and (familiar or in_office):
                score += 0.1
                reason += ", of a country of the document"
    elif name.kind is _CAPITAL:
        # Kinshasa is Zaire's in a report that speaks of Zaire
        if actor.id in context.by_name and name.until is not None:
            score += 0.15
        if place:
            score -= 0.04 if context.actors[actor.id] else 0.1
    elif name.kind in {_ADJECTIVE, _NOUN} and context.actors[actor.id]:
        score += 0.06
    elif name.kind is _NAME and context.day is not None and book.terms_on(actor.id, context.day):
        score += 0.08
    if name.kind is not _PLACE and (name.since or name.until) and name.valid(context.day):
        # Belgrade in 1993: of the Yugoslavia of those years rather than of Serbia
        score += 0.05 if context.day is not None else 0.0
    return score, reason


def _of_the_time(person: str, day: date | None, book: Gazetteer) -> bool:
    """Whether a person held or was to hold office within a generation of a day.

    "Wilson" of a text of 2020 is no prime minister of 1970; texts without a date are taken to be
    of the years since 1980.
    """
    terms = book.terms.get(person, [])
    return not terms or any(
        (term.until is None or (day or _UNDATED) <= term.until + _GENERATION)
        and (term.since is None or day is None or term.since <= day + _GENERATION)
        for term in terms
    )


def _is_initials(name: Name, actor: Actor) -> bool:
    """Whether a name is two or three letters that stand for many things besides its bearer."""
    letters = "".join(pieces(name.text))
    short = len(letters) <= 3 and letters.isupper() and name.text != actor.label
    return short and actor.type in _LETTERED and actor.country is not None


def plausible(names: Sequence[Name], context: Context, book: Gazetteer) -> bool:
    """Whether one of the names may be meant, even if ``choose`` cannot say which."""
    return any(_score(name, context, book, False)[0] >= ACCEPT for name in names)


def _twin(actor: Actor, book: Gazetteer) -> str | None:
    """North Korea of South Korea and the other way round."""
    first, _, rest = actor.label.partition(" ")
    other = {"North": "South", "South": "North", "East": "West", "West": "East"}.get(first)
    names = book.lookup(f"{other} {rest}") if other and rest else []
    return names[0].actor if names else None


def local_actor(
    label: str, kind: ActorType, country: str | None = None, sector: str | None = None
) -> Actor:
    """The node for a name that no table knows: the same name and country give the same id."""
    identity = _LOCAL + (slug(label) or "unnamed")
    if country:
        identity += f"-{country.lower()}"
    return Actor(identity, label, kind, country, sector)


def is_local(actor: Actor) -> bool:
    """Whether no table knows an actor, whose node was made from his name alone."""
    return actor.id.startswith(_LOCAL)


def spelled_alike(name: str, book: Gazetteer, day: date | None = None) -> Actor | None:
    """The person of the tables whose name is this in another romanisation, if just one is."""
    found = book.spelled(name)
    return book.acting(next(iter(found)), day) if len(found) == 1 else None
