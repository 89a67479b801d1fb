"""The tables of places: regions, provinces, towns, and the cities of GeoNames."""

from __future__ import annotations

from pathlib import Path

from kg.resources import read_csv
from kg.statement import Actor, ActorType
from kg.text.book import Gazetteer, NameKind
from kg.text.names import key
from kg.text.rows import add_actor, split_cell
from kg.text.wordlists import given_names

_GREAT_CITY = 1_000_000


def read_places(book: Gazetteer, root: Path) -> None:
    """Add all places to the book, the states being there already."""
    path = root / "regions.csv"
    for line, row in read_csv(path, ("id", "label", "country", "names", "adjectives", "nouns")):
        add_actor(book, path, line, row, "Place")
        for name in (row["label"], *split_cell(row["names"])):
            book.add_name(row["id"], NameKind.PLACE, name)
        for name in split_cell(row["adjectives"]):
            book.add_name(row["id"], NameKind.ADJECTIVE, name)
        for name in split_cell(row["nouns"]):
            book.add_name(row["id"], NameKind.NOUN, name)
    path = root / "provinces.csv"
    for line, row in read_csv(path, ("id", "label", "country", "names")):
        if row["id"] in book.actors:
            continue
        add_actor(book, path, line, row, "Place")
        for name in (row["label"], *split_cell(row["names"])):
            book.add_name(row["id"], NameKind.PLACE, name)
    path = root / "towns.csv"
    for line, row in read_csv(path, ("id", "label", "country", "names")):
        add_actor(book, path, line, row, "Place")
        for name in (row["label"], *split_cell(row["names"])):
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
        for name in (row["name"], *split_cell(row["names"])):
            folded = key(name)
            book.add_name(identity, NameKind.PLACE, name)
            for other in book.names[folded]:
                if other.kind is NameKind.CAPITAL and folded not in book.capitals:
                    owner = book.actors[other.actor]
                    # Saigon lies in Vietnam, and was the capital of South Vietnam
                    bygone = book.spans.get(other.actor, (None, None))[1] is not None
                    great = int(row["population"]) > _GREAT_CITY
                    if owner.country == country or (bygone and great):
                        book.capitals[folded] = identity


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
