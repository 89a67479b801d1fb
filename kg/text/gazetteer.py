"""The actor tables of ``kg/actors/`` in memory: names with dates, offices with holders.

Names are strong (they mean their bearer wherever they stand), weak (paraphrases and short names,
which need the document to speak of the bearer), capitals and other metonyms, or demonyms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import read_csv, resource_path
from kg.statement import SECTORS, Actor, ActorType
from kg.text.names import key, pieces, transliteration

COLUMNS = ("id", "label", "type", "country", "sector", "names", "weak")
"""The columns of ``organisations.csv`` and of tables that users add."""


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
class Organ:
    """A part or group of a state: the node ``kg:<alpha-3>-<key>``."""

    key: str
    label: str
    type: ActorType
    sector: str


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
class Gazetteer:
    """All tables of actors; made by ``load_gazetteer``."""

    actors: dict[str, Actor] = field(default_factory=dict)
    names: dict[str, list[Name]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """First piece of a name → most pieces of a name that begins with it."""
    by_country: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    """Person id → terms; ``held`` has them by office."""
    held: dict[tuple[str, str], list[Term]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    """When a past or new state existed."""
    organs: dict[str, Organ] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    """Key of a capital's name → id of the place."""
    spellings: dict[str, set[str]] = field(default_factory=dict)
    """Rough transliteration of a person's full name → ids."""
    population: dict[str, int] = field(default_factory=dict)
    coordinates: dict[str, tuple[float, float]] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    """Actor id → "file:line" of every row that speaks of it, for ``kg check``."""

    def lookup(self, name: str, day: date | None = None) -> list[Name]:
        """What a name can mean: names valid on the day, or all where none is."""
        found = self.names.get(key(name), [])
        return [n for n in found if n.valid(day)] or found

    def organ_actor(self, owner: Actor, organ: str) -> Actor:
        """The node for a part or group of a state, territory or place: "Israeli jets" → ISR-MIL."""
        what = self.organs[organ]
        state = self.by_country.get(owner.country or "")
        own = owner.type is ActorType.TERRITORY and state != owner.id and ":" in owner.id
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
                tried = self._leading(owner)
            found = [t.person for t in self.held.get((owner, tried), ()) if t.valid(day)]
            if found:
                return list(dict.fromkeys(found))
        return []

    def _leading(self, owner: str) -> str:
        """Which office leads a state: the prime minister where president or crown only represent."""
        for office in ("president", "prime-minister", "monarch"):
            if (owner, office) in self.held and owner not in _PARLIAMENTARY:
                return office
        return "prime-minister"

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


_PARLIAMENTARY = {
    *("DEU", "ITA", "ISR", "IND", "IRQ", "LBN", "GRC", "HUN", "CZE", "SVK", "SVN", "HRV", "BGR"),
    *("EST", "LVA", "IRL", "AUT", "FIN", "PRT", "MLT", "ISL", "ALB", "MKD", "XKX"),
    *("ETH", "ARM", "GEO", "PAK", "BGD", "NPL", "SGP", "MUS", "TTO", "FJI", "WSM", "VUT", "SOM"),
    *("GBR", "CAN", "AUS", "NZL", "JPN", "ESP", "NLD", "BEL", "DNK", "NOR", "SWE", "LUX", "MYS"),
    *("THA", "KHM", "JAM", "PNG", "SLB", "BHS", "BRB", "LSO", "MNE", "POL", "HTI", "LBY"),
}


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


def _split(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split("|") if part.strip())


@lru_cache(maxsize=4)
def load_gazetteer(extra: tuple[Path, ...] = ()) -> Gazetteer:
    """The packaged tables and the user's own; raises ``DataError`` for a malformed row."""
    book = Gazetteer()
    root = resource_path("actors")
    _read_organs(book, root)
    _read_states(book, root)
    for table in ("people.csv", "leaders.csv"):
        _read_people(book, root / table)
    _read_places(book, root)
    _read_organisations(book, root / "organisations.csv")
    _read_bodies(book, root)
    for path in extra:
        _read_organisations(book, path)
    return book


def _actor(
    book: Gazetteer,
    path: Path,
    line: int,
    identity: str,
    label: str,
    kind: str,
    country: str,
    sector: str,
) -> Actor:
    try:
        actor_type = ActorType(kind)
    except ValueError:
        known = ", ".join(ActorType)
        raise DataError(path, line, f"unknown type '{kind}'", f"known: {known}") from None
    if ":" not in identity:
        raise DataError(path, line, f"'{identity}' is no id", "write wd:Q159 or kg:some-name")
    if sector and sector not in SECTORS:
        raise DataError(path, line, f"unknown sector '{sector}'", f"known: {', '.join(SECTORS)}")
    if country and not (len(country) == 3 and country.isupper()):
        raise DataError(path, line, f"'{country}' is no alpha-3 country code")
    actor = Actor(identity, label, actor_type, country or None, sector or None)
    book.actors.setdefault(identity, actor)
    book.sources.setdefault(identity, []).append(f"{path.name}:{line}")
    return actor


def _read_organs(book: Gazetteer, root: Path) -> None:
    for line, row in read_csv(root / "organs.csv", ("key", "label", "type", "sector")):
        if row["sector"] not in SECTORS:
            raise DataError(root / "organs.csv", line, f"unknown sector '{row['sector']}'")
        book.organs[row["key"]] = Organ(
            row["key"], row["label"], ActorType(row["type"]), row["sector"]
        )
    for _, row in read_csv(root / "offices.csv", ("key", "label", "sector", "any")):
        book.offices[row["key"]] = Office(
            row["key"], row["label"], row["sector"], tuple(_split(row["any"]))
        )
    for line, row in read_csv(root / "roles.csv", ("means", "words", "title")):
        kind, _, target = row["means"].partition(" ")
        if target not in {"organ": set(book.organs), "office": set(book.offices)}.get(kind, {""}):
            raise DataError(root / "roles.csv", line, f"unknown meaning '{row['means']}'")
        for words in _split(row["words"]):
            book.roles.setdefault(
                words.replace(" - ", "-"), Role(kind, target, row["title"] == "yes")
            )


def _read_states(book: Gazetteer, root: Path) -> None:
    columns = ("id", "label", "type", "country", "names", "adjectives", "nouns", "capitals")
    for line, row in read_csv(root / "territories.csv", columns):
        path = root / "territories.csv"
        actor = _actor(book, path, line, row["id"], row["label"], row["type"], row["country"], "")
        book.by_country.setdefault(row["country"], actor.id)
        _state_names(book, row)
    for line, row in read_csv(root / "states.csv", (*columns, "since", "until")):
        path = root / "states.csv"
        actor = _actor(book, path, line, row["id"], row["label"], row["type"], row["country"], "")
        if row["country"]:
            book.by_country.setdefault(row["country"], actor.id)
        if row["since"] or row["until"]:
            book.spans[actor.id] = (first_day(row["since"]), last_day(row["until"]))
        _state_names(book, row, row["since"], row["until"])
    path = root / "names.csv"
    for line, row in read_csv(path, ("id", "kind", "names", "since", "until")):
        if row["id"] not in book.actors:
            raise DataError(path, line, f"no state has the id '{row['id']}'")
        for name in _split(row["names"]):
            book.add_name(row["id"], NameKind(row["kind"]), name, row["since"], row["until"])


def _state_names(book: Gazetteer, row: dict[str, str], since: str = "", until: str = "") -> None:
    for name in (row["label"], *_split(row["names"])):
        book.add_name(row["id"], NameKind.NAME, name, since, until)
    for column, kind in (
        ("adjectives", NameKind.ADJECTIVE),
        ("nouns", NameKind.NOUN),
        ("capitals", NameKind.CAPITAL),
    ):
        for name in _split(row[column]):
            book.add_name(row["id"], kind, name, since, until)


def _read_places(book: Gazetteer, root: Path) -> None:
    path = root / "regions.csv"
    for line, row in read_csv(path, ("id", "label", "country", "names", "adjectives", "nouns")):
        _actor(book, path, line, row["id"], row["label"], "Place", row["country"], "")
        for name in (row["label"], *_split(row["names"])):
            book.add_name(row["id"], NameKind.PLACE, name)
        for name in _split(row["adjectives"]):
            book.add_name(row["id"], NameKind.ADJECTIVE, name)
        for name in _split(row["nouns"]):
            book.add_name(row["id"], NameKind.NOUN, name)
    path = root / "provinces.csv"
    for line, row in read_csv(path, ("id", "name", "country", "names")):
        if row["id"] in book.actors:
            continue
        _actor(book, path, line, row["id"], row["name"], "Place", row["country"], "")
        for name in (row["name"], *_split(row["names"])):
            book.add_name(row["id"], NameKind.PLACE, name)
    columns = ("geonames", "name", "country", "lat", "lon", "population", "names")
    path = root / "cities.csv"
    for _, row in read_csv(path, columns):
        identity = f"kg:geonames-{row['geonames']}"
        if int(row["population"]) < _GREAT_CITY and _is_personal(book, row["name"]):
            # Bush in Egypt, Santos in Brazil: the name is met for people far more often.
            continue
        country = row["country"]
        book.actors[identity] = Actor(identity, row["name"], ActorType.PLACE, country)
        book.population[identity] = int(row["population"])
        book.coordinates[identity] = (float(row["lat"]), float(row["lon"]))
        for name in (row["name"], *_split(row["names"])):
            folded = key(name)
            book.add_name(identity, NameKind.PLACE, name)
            for other in book.names[folded]:
                if other.kind is NameKind.CAPITAL and folded not in book.capitals:
                    owner = book.actors[other.actor]
                    if owner.country == country:
                        book.capitals[folded] = identity


_GREAT_CITY = 1_000_000


def _is_personal(book: Gazetteer, name: str) -> bool:
    if name in given_names():
        return True
    return any(n.kind is NameKind.SHORT for n in book.names.get(key(name), ()))


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names with the gender they tell."""
    path = resource_path("actors") / "given_names.csv"
    return {r["name"]: r["gender"] for _, r in read_csv(path, ("name", "gender"))}


def _read_organisations(book: Gazetteer, path: Path) -> None:
    for line, row in read_csv(path, COLUMNS):
        identity = row["id"]
        _actor(book, path, line, identity, row["label"], row["type"], row["country"], row["sector"])
        for name in (row["label"], *_split(row["names"])):
            book.add_name(identity, NameKind.NAME, name.split(" (")[0])
        for name in _split(row["weak"]):
            book.add_name(identity, NameKind.WEAK, name)


def _read_bodies(book: Gazetteer, root: Path) -> None:
    path = root / "bodies.csv"
    for line, row in read_csv(path, ("country", "organ", "names")):
        state = book.state(row["country"])
        if state is None or row["organ"] not in book.organs:
            raise DataError(
                path, line, f"unknown country or organ: {row['country']} {row['organ']}"
            )
        actor = book.organ_actor(state, row["organ"])
        book.actors.setdefault(actor.id, actor)
        for name in _split(row["names"]):
            book.add_name(actor.id, NameKind.NAME, name)


_PEOPLE = ("id", "label", "gender", "country", "sector", "short", "names", "terms")


def _read_people(book: Gazetteer, path: Path) -> None:
    for line, row in read_csv(path, _PEOPLE):
        identity = row["id"]
        _actor(book, path, line, identity, row["label"], "Person", row["country"], row["sector"])
        book.genders[identity] = row["gender"]
        for name in (row["label"], *_split(row["names"])):
            book.add_name(identity, NameKind.NAME, name)
            book.spellings.setdefault(transliteration(name), set()).add(identity)
        for name in _split(row["short"]):
            book.add_name(identity, NameKind.SHORT, name)
        for term in filter(None, row["terms"].split("; ")):
            try:
                office, owner, when = term.split(" ")
                since, until = when.split("..")
                made = Term(identity, office, owner, first_day(since), last_day(until))
            except ValueError as error:
                raise DataError(
                    path,
                    line,
                    f"'{term}' is no term of office",
                    "write: president FRA 2017-05-14..",
                ) from error
            if office not in book.offices:
                raise DataError(path, line, f"unknown office '{office}'")
            book.terms.setdefault(identity, []).append(made)
            book.held.setdefault((owner, office), []).append(made)


def search(name: str, extra: Iterable[Path] = ()) -> list[tuple[Name, Actor]]:
    """What the gazetteer knows under a name, and under longer names that contain it."""
    book = load_gazetteer(tuple(extra))
    wanted = key(name)
    exact = [(n, book.actors[n.actor]) for n in book.names.get(wanted, ())]
    padded = f" {wanted} "
    longer = [
        (n, book.actors[n.actor])
        for folded, names in book.names.items()
        if folded != wanted and padded in f" {folded} "
        for n in names
    ]
    return exact + longer
