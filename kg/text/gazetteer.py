"""The actor tables of ``kg/actors/`` in memory: names with dates, offices with holders.

Names are strong (they mean their bearer wherever they stand), weak (paraphrases and short names,
which need the document to speak of the bearer), capitals and other metonyms, or demonyms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import read_csv, resource_path
from kg.statement import SECTORS, Actor, ActorType
from kg.text.book import Gazetteer, Name, NameKind, Office, Organ, Role, Term, first_day, last_day
from kg.text.names import key, transliteration

__all__ = [
    "COLUMNS",
    "Gazetteer",
    "Name",
    "NameKind",
    "Office",
    "Organ",
    "Role",
    "Term",
    "first_day",
    "given_names",
    "last_day",
    "load_gazetteer",
    "search",
]

COLUMNS = ("id", "label", "type", "country", "sector", "names", "weak")
"""The columns of ``organisations.csv`` and of tables that users add."""


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
    if not label.strip():
        raise DataError(path, line, f"'{identity}' has no label")
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
    book.parliamentary |= {
        row["country"] for _, row in read_csv(root / "parliamentary.csv", ("country",))
    }
    for line, row in read_csv(root / "roles.csv", ("means", "words", "title")):
        kind, _, target = row["means"].partition(" ")
        if target not in {"organ": set(book.organs), "office": set(book.offices)}.get(kind, {""}):
            raise DataError(root / "roles.csv", line, f"unknown meaning '{row['means']}'")
        for words in _split(row["words"]):
            book.role_words.update(words.replace("-", " ").split())
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
    path = root / "towns.csv"
    for line, row in read_csv(path, ("id", "label", "country", "names")):
        _actor(book, path, line, row["id"], row["label"], "Place", row["country"], "")
        for name in (row["label"], *_split(row["names"])):
            book.add_name(row["id"], NameKind.PLACE, name)
    columns = ("geonames", "name", "country", "lat", "lon", "population", "names")
    path = root / "cities.csv"
    for _, row in read_csv(path, columns):
        identity = f"kg:geonames-{row['geonames']}"
        if int(row["population"]) < _GREAT_CITY and _is_personal(book, row["name"]):
            # Bush in Egypt, Santos in Brazil: the name is met for people far more often.
            continue
        if _is_listed(book, row["name"], row["country"]):
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


def _is_listed(book: Gazetteer, name: str, country: str) -> bool:
    """Whether a hand-made row has the town already."""
    known = book.names.get(key(name), ())
    return any(
        book.actors[n.actor].country == country
        and any(row.startswith("towns.csv") for row in book.sources.get(n.actor, ()))
        for n in known
    )


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
