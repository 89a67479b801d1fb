"""Family names that a title makes certain: "President Kennedy" in 1962, "Prime Minister Nehru"."""

from __future__ import annotations

from datetime import date

from kg.text.book import Gazetteer, NameKind
from kg.text.candidates import Link
from kg.text.parsed import Doc
from kg.text.spotting import Spot

_SURE = 0.8
_SOVEREIGN = {"president", "prime-minister", "leader", "supreme-leader", "monarch"}
_MEN_OF_RANK = {"general", "gen.", "gen", "colonel", "col.", "col", "marshal", "chairman"}
_MEN_OF_RANK |= {"comrade", "generalissimo", "emperor", "captain", "capt.", "major", "lieutenant"}


def titled(book: Gazetteer, day: date | None, doc: Doc, spot: Spot) -> Link | None:
    """The one person of a family name who held the office before it on the day of the text.

    "*President Kennedy*", "*Foreign Minister Gromyko*"; after a rank only the one of that name
    who led a state: "*General Zia*". Not "Mr Ford", who may be anybody. Without a day, the only
    one of that name who ever held the office.
    """
    if not spot.names or spot.start == 0:
        return None
    offices = _offices(book, doc, spot.start, day)
    found = {
        name.actor: term
        for name in spot.names
        if name.kind is NameKind.SHORT
        for term in book.terms.get(name.actor, [])
        if term.office in offices
        and term.owner in book.by_country
        and (day is None or term.valid(day))
    }
    if len(found) != 1:
        return None
    (person, term), *_ = found.items()
    actor = book.acting(person, day)
    reason = f"'{spot.names[0].text}', who was {term.office} of {term.owner}"
    return Link(actor, _SURE, reason, NameKind.SHORT)


def _offices(book: Gazetteer, doc: Doc, start: int, day: date | None) -> set[str]:
    """The offices that the words before a name may mean: "Prime Minister", "General"."""
    for length in (3, 2, 1):
        if length > start:
            continue
        words = doc.span(start - length, start).text.lower()
        role = book.roles.get(words)
        if role is not None and role.kind == "office":
            tried = {o for o in book.offices[role.target].tried if o != "*"}
            # Moscow's premiers and presidents were its first secretaries
            return tried | {"leader"} if tried & _SOVEREIGN else tried
    ranked = day is not None and doc[start - 1].lower_ in _MEN_OF_RANK
    return _SOVEREIGN if ranked else set()
