"""What the gazetteer knows under a name, for ``kg actors``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.statement import Actor
from kg.text.book import Gazetteer, Membership, Name, NameKind, Term
from kg.text.gazetteer import load_gazetteer
from kg.text.names import key


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


def alike(name: str, extra: Iterable[Path] = ()) -> list[str]:
    """Up to three labels of actors that a name which led nowhere may mean.

    First those with a longer name that contains it ("Lavrov"), else the nearest ("Lawrov");
    none where the name itself is right.
    """
    book = load_gazetteer(tuple(extra))
    actors = [actor.label for _, actor in search(name, extra)] or [
        book.actors[n.actor].label
        for near in difflib.get_close_matches(key(name), book.names, 3, 0.8)
        for n in book.names[near]
    ]
    right = name.casefold() in {label.casefold() for label in actors}
    return [] if right else list(dict.fromkeys(actors))[:3]


def members(name: str, extra: Iterable[Path] = ()) -> list[tuple[Membership, Actor]]:
    """The states that belong or belonged to the organisations of a name, by date and label."""
    book = load_gazetteer(tuple(extra))
    found = [
        (m, book.actors[book.by_country[m.country]])
        for identity in _owners(name, book)
        for m in book.memberships.get(identity, ())
    ]
    return sorted(found, key=lambda row: (str(row[0].since or ""), row[1].label))


def terms(name: str, extra: Iterable[Path] = ()) -> list[tuple[Term, Actor]]:
    """Who held an office of the states or organisations of a name, by office and date.

    For the name of a person, the offices that he or she held.
    """
    book = load_gazetteer(tuple(extra))
    wanted = set(_owners(name, book))
    codes = {c for i in wanted if book.by_country.get(c := book.actors[i].country or "") == i}
    found = [
        (term, book.actors[term.person])
        for held in book.held.values()
        for term in held
        if term.owner in wanted | codes or term.person in wanted
    ]
    return sorted(found, key=lambda row: (row[0].office, str(row[0].since or ""), row[1].label))


def _owners(name: str, book: Gazetteer) -> Iterator[str]:
    """The ids of those who bear a name themselves: not Moscow's Russia."""
    own = {NameKind.NAME}
    return iter(dict.fromkeys(n.actor for n in book.names.get(key(name), ()) if n.kind in own))
