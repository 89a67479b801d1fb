"""Names that parties and bodies of several states have: "Labour Party", "the Senate".

Whose they are is told by an owner ("Norway's Labour Party"), else by the country that a document
speaks of most; where neither says it, nobody is meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.statement import Actor, ActorType
from kg.text.gazetteer import Gazetteer, Shared

_CLEAR = 2
"""How many times as often as other bearers' countries a document must name a country."""
_LONG = 3
"""From so many mentions of a country on, a document is about it."""


def bearer_of(
    shared: Shared, owner: Actor | None, countries: Mapping[str, int], book: Gazetteer
) -> Actor | None:
    """The party or body that a shared name means, None where no bearer is told.

    ``owner`` is whom the words beside the name tell; ``countries`` counts those of the document.
    """
    if owner is not None:
        country = owner.country or ""
        return _bearer(shared, country, book) or _alike(shared, owner, book)
    spoken = sorted(((countries.get(c, 0), c) for c in shared.bearers), reverse=True)
    often, country = spoken[0]
    most = max(countries.values(), default=0)
    usual = _bearer(shared, shared.default, book)
    if not often:
        # "Congress passed sanctions on Iran"; but a party's name is another's in a long report
        body = usual is not None and usual.type is ActorType.GOVERNMENT_BODY
        return usual if body or most < _LONG else None
    if often < _CLEAR * countries.get(shared.default, 0):
        # "Congress" in a report on the United States and Peru
        return usual
    second = spoken[1][0] if len(spoken) > 1 else 0
    if often < _CLEAR * second or often * _CLEAR < most:
        return None
    return _bearer(shared, country, book)


def _bearer(shared: Shared, country: str, book: Gazetteer) -> Actor | None:
    identity = shared.bearers.get(country)
    return book.actors[identity] if identity is not None else None


def _alike(shared: Shared, owner: Actor, book: Gazetteer) -> Actor | None:
    """The body of a state that the table does not list: "Gabon's Senate"."""
    first = book.actors[next(iter(shared.bearers.values()))]
    organ = first.id.removeprefix(f"kg:{first.country}-")
    state = book.state(owner.country)
    if organ not in book.organs or state is None:
        return None
    return book.organ_actor(state, organ)
