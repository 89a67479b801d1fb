"""The types of the actor tables: names with dates, terms of office, organs, the whole book."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kg.statement import Actor, ActorType
from kg.text.names import key, pieces, transliteration


class NameKind(StrEnum):
    """In what way words name an actor."""

    NAME = "name"
    SHORT = "short"
    """A family name or nickname of a person: "Merkel"."""
    WEAK = "weak"
    METONYM = "metonym"
    """A seat that stands for its government wherever it is named: "the Kremlin"."""
    CAPITAL = "capital"
    """A city that stands for its state where it acts: "Moscow said"."""
    ADJECTIVE = "adjective"
    NOUN = "noun"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an actor, with the days on which the words mean it."""

    actor: str
    kind: NameKind
    text: str
    since: date | None = None
    until: date | None = None

    def valid(self, day: date | None) -> bool:
        """Whether the words mean the actor on that day (always, where a date is unknown)."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office of a state (alpha-3) or organisation (id)."""

    person: str
    office: str
    owner: str
    since: date | None
    until: date | None

    def valid(self, day: date) -> bool:
        """Whether the person held the office on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's (alpha-3) time in an organisation (id)."""

    country: str
    organisation: str
    since: date | None
    until: date | None

    def valid(self, day: date) -> bool:
        """Whether the state belonged to the organisation on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Organ:
    """A part or group of a state: the node ``kg:<alpha-3>-<key>``."""

    key: str
    label: str
    type: ActorType
    sector: str
    local: bool
    """Whether a place owns it with "in": "rebels in Yemen", not "troops in Yemen"."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that one person holds at a time; ``tried`` are the terms that may fill it."""

    key: str
    label: str
    sector: str
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun means: an ``organ``, an ``office``, the ``state`` or a ``member``."""

    kind: str
    target: str
    title: bool


@dataclass(slots=True)
class Shared:
    """A name that parties or bodies of several states have, with their ids by country.

    ``default`` is the country meant where a text speaks of none, "" if there is no such.
    """

    bearers: dict[str, str] = field(default_factory=dict)
    default: str = ""


@dataclass(slots=True, eq=False)
class Gazetteer:
    """All tables of actors; made by ``load_gazetteer``."""

    actors: dict[str, Actor] = field(default_factory=dict)
    names: dict[str, list[Name]] = field(default_factory=dict)
    shared: dict[str, Shared] = field(default_factory=dict)
    """Key of a name that several states have → its bearers: "labour party"."""
    longest: dict[str, int] = field(default_factory=dict)
    """First piece of a name → most pieces of a name that begins with it."""
    small: set[str] = field(default_factory=set)
    """The first pieces of names that begin in lower case: "al-Shabaab", "the North"."""
    second: dict[str, set[str]] = field(default_factory=dict)
    """First piece of a name → the second pieces that names have after it."""
    by_country: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    """Person id → terms; ``held`` has them by office."""
    held: dict[tuple[str, str], list[Term]] = field(default_factory=dict)
    memberships: dict[str, list[Membership]] = field(default_factory=dict)
    """Organisation id → its members over time."""
    familiar: set[str] = field(default_factory=set)
    """Persons whom their family name alone may mean: those of ``people.csv``."""
    genders: dict[str, str] = field(default_factory=dict)
    _first_names: dict[str, str] = field(default_factory=dict, repr=False)
    spans: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    """When a past or new state existed."""
    organs: dict[str, Organ] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    role_words: set[str] = field(default_factory=set)
    """Every word of a role, to pass over other nouns quickly."""
    parliamentary: dict[str, list[tuple[date | None, date | None]]] = field(default_factory=dict)
    """State → the times in which the prime minister leads it."""
    capitals: dict[str, str] = field(default_factory=dict)
    """Key of a capital's name → id of the place."""
    full_names: list[tuple[str, str]] = field(default_factory=list)
    """Persons' full names with their ids; ``spelled`` compares them."""
    _spellings: dict[str, set[str]] | None = None
    population: dict[str, int] = field(default_factory=dict)
    coordinates: dict[str, tuple[float, float]] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    """Actor id → "file:line" of every row that speaks of it, for ``kg check``."""

    def lookup(self, name: str, day: date | None = None) -> list[Name]:
        """What a name can mean: names valid on the day, or all where none is."""
        found = self.names.get(key(name), [])
        return [n for n in found if n.valid(day)] or found

    def acting(self, person: str, day: date | None) -> Actor:
        """A person as he or she acts on a day: with the sector of the office held.

        The head of an intergovernmental organisation acts for no country.
        """
        actor = self.actors[person]
        if person not in self.terms and actor.sector != "IGO":
            # states, towns, parties
            return actor
        terms = self.terms_on(person, day) if day is not None else self._open_terms(person)
        of_states = [t for t in terms if t.owner in self.by_country]
        if of_states:
            sectors = [self.offices[t.office].sector for t in of_states]
            # a prime minister who keeps the ministry of defence acts for the government
            sector = "GOV" if "GOV" in sectors else sectors[0]
            return actor if actor.sector == sector else replace(actor, sector=sector)
        owners = (self.actors[t.owner] for t in terms)
        if any(owner.type is ActorType.INTERGOVERNMENTAL for owner in owners):
            return replace(actor, country=None, sector="IGO")
        # "UN envoy Hans Grundberg", whose office is in no table
        return replace(actor, country=None) if actor.sector == "IGO" else actor

    def _open_terms(self, person: str) -> list[Term]:
        """The offices a person still holds, where a text has no date."""
        return [t for t in self.terms.get(person, ()) if t.until is None]

    def spelled(self, name: str) -> set[str]:
        """The persons whose full name is this in one romanisation or another."""
        if self._spellings is None:
            # made on first use: most runs meet few unknown persons, some none
            self._spellings = {}
            for person, full in self.full_names:
                self._spellings.setdefault(transliteration(full), set()).add(person)
        rough = transliteration(name)
        long_enough = len(rough) > 4 and " " in rough
        return self._spellings.get(rough, set()) if long_enough else set()

    def first_names(self) -> dict[str, str]:
        """The gender of first names as the persons of the tables bear them, where they agree."""
        if not self._first_names:
            found: dict[str, set[str]] = {}
            for person, gender in self.genders.items():
                actor = self.actors.get(person)
                if actor is not None and gender and " " in actor.label:
                    found.setdefault(actor.label.split()[0], set()).add(gender)
            self._first_names.update((n, g.pop()) for n, g in found.items() if len(g) == 1)
        return self._first_names

    def organ_actor(self, owner: Actor, organ: str) -> Actor:
        """The node for a part or group of a state, territory or place: "Israeli jets" → ISR-MIL."""
        what = self.organs[organ]
        state = self.by_country.get(owner.country or "")
        # "Tigrayan forces" are not those of Ethiopia: a region whose people have a name
        people = owner.type is ActorType.PLACE and owner.id in self.adjectives
        own = (owner.type is ActorType.TERRITORY or people) and state != owner.id
        base = owner.id.split(":", 1)[1] if own else owner.country or owner.id.split(":", 1)[1]
        if own and owner.id.startswith("wd:"):
            base = owner.label.lower().replace(" ", "-")
        adjective = self.adjectives.get(owner.id if own else state or owner.id)
        label = what.label.format(adjective or owner.label)
        return Actor(f"kg:{base}-{organ}", label, what.type, owner.country, what.sector)

    def office_actor(self, owner: Actor, office: str) -> Actor:
        """The node for an office whose holder is not known."""
        what = self.offices[office]
        base = owner.country if owner.country else owner.id.split(":", 1)[1]
        named = self.actors.get(self.by_country.get(owner.country or "", ""), owner)
        label = what.label.format(named.label)
        sector = what.sector if owner.type in {ActorType.STATE, ActorType.TERRITORY} else "IGO"
        return Actor(f"kg:{base}-{office}", label, ActorType.GOVERNMENT_BODY, owner.country, sector)

    def holders(self, owner: str, office: str, day: date) -> list[str]:
        """The persons who held an office of a state (alpha-3) or organisation (id) on a day."""
        for tried in self.offices[office].tried:
            if tried == "*":
                tried = self._leading(owner, day)
            found = [t.person for t in self.held.get((owner, tried), ()) if t.valid(day)]
            if found:
                return list(dict.fromkeys(found))
        return []

    def _leading(self, owner: str, day: date) -> str:
        """The leading office: prime minister where president or crown only represent."""
        if not self.led_by_premier(owner, day):
            for office in ("president", "prime-minister", "monarch"):
                if any(t.valid(day) for t in self.held.get((owner, office), ())):
                    return office
        return "prime-minister"

    def led_by_premier(self, country: str, day: date) -> bool:
        """Whether the prime minister, not a president or the crown, led a state on a day."""
        return any(
            (since is None or since <= day) and (until is None or day <= until)
            for since, until in self.parliamentary.get(country, ())
        )

    def members(self, organisation: str, day: date) -> list[str]:
        """The alpha-3 codes of the states that belonged to an organisation on a day, sorted."""
        known = self.memberships.get(organisation, ())
        return sorted({m.country for m in known if m.valid(day)})

    def terms_on(self, person: str, day: date) -> list[Term]:
        """The offices a person held on a day."""
        return [t for t in self.terms.get(person, ()) if t.valid(day)]

    def state(self, country: str | None) -> Actor | None:
        """The present state of an alpha-3 code."""
        return self.actors.get(self.by_country.get(country or "", ""))

    def exists(self, actor: str, day: date | None) -> bool:
        """Whether a state existed on that day (others always do)."""
        since, until = self.spans.get(actor, (None, None))
        return day is None or ((since is None or since <= day) and (until is None or day <= until))

    def add_name(
        self, actor: str, kind: NameKind, text: str, since: str = "", until: str = ""
    ) -> None:
        """Register a name; dates are ISO days, months or years."""
        text = text.strip()
        parts = pieces(text)
        if not parts:
            return
        folded = [p.casefold() for p in parts]
        if folded[0] == "the" and kind in {NameKind.NAME, NameKind.METONYM} and len(parts) > 1:
            folded, text = folded[1:], text.split(" ", 1)[1]
        joined = " ".join(folded)
        name = Name(actor, kind, text, first_day(since), last_day(until))
        if not pieces(text)[0][:1].isupper():
            self.small.add(folded[0])
        known = self.names.setdefault(joined, [])
        for i, other in enumerate(known):
            if (other.actor, other.kind) != (actor, kind):
                continue
            if (other.since, other.until) == (name.since, name.until):
                # Of "Kim Jong-Un" and "Kim Jong-un" the one that asks for fewer capitals stays.
                if _capitals(text) < _capitals(other.text):
                    known[i] = name
                return
        known.append(name)
        if kind is NameKind.ADJECTIVE:
            self.adjectives.setdefault(actor, text)
        self.longest[folded[0]] = max(self.longest.get(folded[0], 0), len(folded))
        if len(folded) > 1:
            self.second.setdefault(folded[0], set()).add(folded[1])


def first_day(text: str) -> date | None:
    """The first day of an ISO day, month or year; None for ""."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(text: str) -> date | None:
    """The last day of an ISO day, month or year; None for ""."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _capitals(text: str) -> int:
    return sum(c.isupper() for c in text)
