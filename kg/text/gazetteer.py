"""The actor tables of ``kg/actors/`` in memory: names with dates, offices with holders.

Names are strong (they mean their bearer wherever they stand), weak (paraphrases and short names,
which need the document to speak of the bearer), capitals and other metonyms, or demonyms.
"""

from __future__ import annotations

import gc
import re
from functools import lru_cache
from pathlib import Path

from kg.errors import DataError
from kg.resources import read_csv, resource_path
from kg.statement import SECTORS, ActorType
from kg.text.book import (
    Gazetteer,
    Membership,
    Name,
    NameKind,
    Office,
    Organ,
    Role,
    Shared,
    Term,
    first_day,
    last_day,
)
from kg.text.names import key
from kg.text.placenames import read_places
from kg.text.rows import add_actor, split_cell
from kg.text.wordlists import given_names

__all__ = [
    "COLUMNS",
    "Gazetteer",
    "Membership",
    "Name",
    "NameKind",
    "Office",
    "Organ",
    "Role",
    "Shared",
    "Term",
    "first_day",
    "given_names",
    "last_day",
    "load_gazetteer",
]

COLUMNS = ("id", "label", "type", "country", "sector", "names", "weak")
"""The columns of ``organisations.csv`` and of tables that users add."""
_ORGANISATIONS = ("organisations.csv", "armed_groups.csv", "parties.csv", "companies.csv")


@lru_cache(maxsize=4)
def load_gazetteer(extra: tuple[Path, ...] = ()) -> Gazetteer:
    """The packaged tables and the user's own; raises ``DataError`` for a malformed row."""
    # All that is made here stays: looking for garbage meanwhile would double the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(extra)
    finally:
        if collecting:
            gc.enable()


def _load(extra: tuple[Path, ...]) -> Gazetteer:
    book = Gazetteer()
    root = resource_path("actors")
    _read_organs(book, root)
    _read_states(book, root)
    for table in ("people.csv", "officeholders.csv", "leaders.csv"):
        _read_people(book, root / table)
    read_places(book, root)
    for table in _ORGANISATIONS:
        _read_organisations(book, root / table)
    _read_bodies(book, root)
    _read_shared(book, root / "shared_names.csv")
    _read_memberships(book, root / "memberships.csv")
    for path in extra:
        _read_organisations(book, path)
    return book


def _read_organs(book: Gazetteer, root: Path) -> None:
    for line, row in read_csv(root / "organs.csv", ("key", "label", "type", "sector", "local")):
        if row["sector"] not in SECTORS:
            raise DataError(root / "organs.csv", line, f"unknown sector '{row['sector']}'")
        book.organs[row["key"]] = Organ(
            row["key"],
            row["label"],
            ActorType(row["type"]),
            row["sector"],
            row["local"] == "yes",
        )
    for _, row in read_csv(root / "offices.csv", ("key", "label", "sector", "any")):
        book.offices[row["key"]] = Office(
            row["key"], row["label"], row["sector"], tuple(split_cell(row["any"]))
        )
    for _, row in read_csv(root / "parliamentary.csv", ("country", "since", "until")):
        span = first_day(row["since"]), last_day(row["until"])
        book.parliamentary.setdefault(row["country"], []).append(span)
    for line, row in read_csv(root / "roles.csv", ("means", "words", "title")):
        kind, _, target = row["means"].partition(" ")
        if target not in {"organ": set(book.organs), "office": set(book.offices)}.get(kind, {""}):
            raise DataError(root / "roles.csv", line, f"unknown meaning '{row['means']}'")
        for words in split_cell(row["words"]):
            # "secretary-general" is three tokens, "F-16" is one
            book.role_words.update((*words.replace("-", " ").split(), *words.split()))
            book.roles.setdefault(
                words.replace(" - ", "-"), Role(kind, target, row["title"] == "yes")
            )


def _read_states(book: Gazetteer, root: Path) -> None:
    columns = ("id", "label", "type", "country", "names", "adjectives", "nouns", "capitals")
    for line, row in read_csv(root / "territories.csv", columns):
        path = root / "territories.csv"
        actor = add_actor(book, path, line, row)
        book.by_country.setdefault(row["country"], actor.id)
        _state_names(book, row)
    for line, row in read_csv(root / "states.csv", (*columns, "since", "until")):
        path = root / "states.csv"
        actor = add_actor(book, path, line, row)
        if row["country"]:
            book.by_country.setdefault(row["country"], actor.id)
        if row["since"] or row["until"]:
            book.spans[actor.id] = (first_day(row["since"]), last_day(row["until"]))
        _state_names(book, row, row["since"], row["until"])
    path = root / "names.csv"
    for line, row in read_csv(path, ("id", "kind", "names", "since", "until")):
        if row["id"] not in book.actors:
            raise DataError(path, line, f"no state has the id '{row['id']}'")
        for name in split_cell(row["names"]):
            book.add_name(row["id"], NameKind(row["kind"]), name, row["since"], row["until"])


def _state_names(book: Gazetteer, row: dict[str, str], since: str = "", until: str = "") -> None:
    for name in (row["label"], *split_cell(row["names"])):
        book.add_name(row["id"], NameKind.NAME, name, since, until)
    for column, kind in (
        ("adjectives", NameKind.ADJECTIVE),
        ("nouns", NameKind.NOUN),
        ("capitals", NameKind.CAPITAL),
    ):
        for name in split_cell(row[column]):
            book.add_name(row["id"], kind, name, since, until)


def _read_organisations(book: Gazetteer, path: Path) -> None:
    for line, row in read_csv(path, COLUMNS):
        identity = row["id"]
        add_actor(book, path, line, row)
        for name in (row["label"], *split_cell(row["names"])):
            book.add_name(identity, NameKind.NAME, name.split(" (")[0])
        for name in split_cell(row["weak"]):
            book.add_name(identity, NameKind.WEAK, name)


def _read_memberships(book: Gazetteer, path: Path) -> None:
    for line, row in read_csv(path, ("organisation", "members", "since", "until")):
        organisation, since, until = row["organisation"], row["since"], row["until"]
        if organisation not in book.actors:
            raise DataError(path, line, f"no organisation has the id '{organisation}'")
        for country in split_cell(row["members"]):
            if country not in book.by_country:
                raise DataError(path, line, f"no state has the code '{country}'")
            made = Membership(country, organisation, first_day(since), last_day(until))
            book.memberships.setdefault(organisation, []).append(made)


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
        for name in split_cell(row["names"]):
            book.add_name(actor.id, NameKind.NAME, name)


def _read_shared(book: Gazetteer, path: Path) -> None:
    known: dict[str, Shared] = {}
    for line, row in read_csv(path, ("names", "countries", "bearer", "default")):
        for country in split_cell(row["countries"]):
            state = book.state(country)
            if state is None:
                raise DataError(path, line, f"no state has the code '{country}'")
            bearer = row["bearer"]
            if bearer in book.organs:
                organ = book.organ_actor(state, bearer)
                bearer = book.actors.setdefault(organ.id, organ).id
            elif bearer not in book.actors or book.actors[bearer].country != country:
                raise DataError(path, line, f"'{bearer}' is nobody of {country} in the tables")
            for name in split_cell(row["names"]):
                shared = known.setdefault(name, Shared())
                shared.bearers[country] = bearer
                shared.default = row["default"] or shared.default
    for name, shared in known.items():
        # whatever the rows of single bearers say
        book.names.pop(key(name), None)
        for bearer in dict.fromkeys(shared.bearers.values()):
            book.add_name(bearer, NameKind.NAME, name)
        book.shared[key(name)] = shared


_PEOPLE = ("id", "label", "gender", "country", "sector", "short", "names", "terms")


_WELL_KNOWN = ("secretary-general", "wd:Q1065")
"""Whoever held this office is known to readers by the family name alone."""
_INITIALS = re.compile(r"\b(?:[A-Z]\. ?){2,}")


def _initialled(name: str) -> tuple[str, ...]:
    """A name with its initials as papers write them: "P. W. Botha", "P.W. Botha"."""
    initials = _INITIALS.match(name)
    if initials is None:
        return (name,)
    letters, rest = re.findall(r"[A-Z]\.", initials.group()), name[initials.end() :]
    return tuple(f"{joint.join(letters)} {rest}" for joint in (" ", ""))


def _read_people(book: Gazetteer, path: Path) -> None:
    for line, row in read_csv(path, _PEOPLE):
        identity = row["id"]
        add_actor(book, path, line, row, "Person")
        book.genders[identity] = row["gender"]
        if path.name == "people.csv":
            book.familiar.add(identity)
        for name in (row["label"], *split_cell(row["names"])):
            for spelling in _initialled(name):
                book.add_name(identity, NameKind.NAME, spelling)
            book.full_names.append((identity, name))
        for name in split_cell(row["short"]):
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
            if (office, owner) == _WELL_KNOWN:
                # "*Dr Waldheim* appealed to both sides", in a text that names no Austrian
                book.familiar.add(identity)
            book.terms.setdefault(identity, []).append(made)
            book.held.setdefault((owner, office), []).append(made)
