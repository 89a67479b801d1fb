"""What is wrong in the actor tables as a whole, for ``kg check``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from kg.statement import ActorType
from kg.text.gazetteer import Gazetteer, Membership, Name, NameKind, Term

_STRONG = {NameKind.NAME, NameKind.METONYM}
_HANDOVER = 31
"""Days that two terms may share where tables know the month only."""


def problems(book: Gazetteer) -> list[str]:
    """One line for each strong name of two actors, overlapping term, unknown owner, bad id."""
    return [
        *_shared_names(book),
        *_overlaps(book),
        *_owners(book),
        *_members(book),
        *_identities(book),
    ]


def _shared_names(book: Gazetteer) -> Iterator[str]:
    for folded, names in sorted(book.names.items()):
        if folded in book.shared:
            continue
        strong = [n for n in names if n.kind in _STRONG]
        for a, b in combinations(strong, 2):
            if a.actor == b.actor or not _meet(a, b) or _told_by_capitals(a, b):
                continue
            if not _told_by_terms(a, b, book):
                yield f"the name '{folded}' leads to {a.actor} and {b.actor}"


def _told_by_capitals(a: Name, b: Name) -> bool:
    """Whether capitals tell two names apart: "MENA" and "Mena"."""
    return a.text.isupper() != b.text.isupper()


def _told_by_terms(a: Name, b: Name, book: Gazetteer) -> bool:
    """Whether the day tells two office-holders apart: the "George Bush" of 1990 and of 2005."""
    ones, others = book.terms.get(a.actor, []), book.terms.get(b.actor, [])
    return bool(ones and others) and not any(_meet(x, y) for x in ones for y in others)


def _meet(a: Name | Term | Membership, b: Name | Term | Membership) -> bool:
    start = max(a.since or date.min, b.since or date.min)
    end = min(a.until or date.max, b.until or date.max)
    return start <= end


def _overlaps(book: Gazetteer) -> Iterator[str]:
    for (owner, office), terms in sorted(book.held.items()):
        if office in {"leader", "army-chief"}:
            continue
        for a, b in combinations(terms, 2):
            if a.person == b.person or not _meet(a, b):
                continue
            start = max(a.since or date.min, b.since or date.min)
            end = min(a.until or date.max, b.until or date.max)
            if (end - start).days > _HANDOVER:
                yield f"{a.person} and {b.person} are both {office} of {owner} on {start}"


def _members(book: Gazetteer) -> Iterator[str]:
    for organisation, found in sorted(book.memberships.items()):
        for a, b in combinations(found, 2):
            if a.country == b.country and _meet(a, b):
                yield f"{a.country} is twice a member of {organisation} at one time"


def _owners(book: Gazetteer) -> Iterator[str]:
    for person, terms in sorted(book.terms.items()):
        for term in terms:
            known = term.owner in (book.actors if ":" in term.owner else book.by_country)
            if not known:
                yield f"{person} is {term.office} of '{term.owner}', which no table knows"
            if term.since and term.until and term.since > term.until:
                yield f"{person} leaves the office {term.office} before entering it"


def _identities(book: Gazetteer) -> Iterator[str]:
    for identity, rows in sorted(book.sources.items()):
        actor = book.actors[identity]
        tables = {row.split(":")[0] for row in rows}
        if len(rows) > 1 and tables != {"territories.csv", "states.csv"}:
            yield f"the id {identity} stands in {' and '.join(rows)}"
        if not identity.startswith(("wd:Q", "kg:")):
            yield f"the id {identity} is neither a Wikidata id nor of kg"
        if actor.type is ActorType.PERSON and actor.country not in book.by_country:
            yield f"{identity} has no known country"
