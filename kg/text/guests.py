"""People at a place that owns nothing: courts of the world, delegations, rebels in exile."""

from __future__ import annotations

from kg.text.gazetteer import NameKind
from kg.text.named import STATES, Names
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun
from kg.text.wordlists import listed

_REBELS = {"REB", "UAF", "OPP"}


def seats_world_court(doc: Doc, role: RoleNoun, preposition: str, place: int) -> bool:
    """Whether a court may be an international one: "the court in The Hague".

    Not "the court in Rotterdam", nor "the district court in The Hague".
    """
    if role.role.target != "JUD" or role.words not in listed("world_court") or preposition == "of":
        return False
    return doc[place].lower_ in listed("court_seat")


def is_only_there(
    names: Names, phrase: NounPhrase, role: RoleNoun, preposition: str, place: int
) -> bool:
    """Whether somebody is at a place that owns nothing: "held talks with the rebels in Lusaka".

    Nor is "a plane from Abidjan" of the town it took off from.
    """
    spot = names.spot_of.get(place)
    link = names.link(spot) if spot is not None and spot.names else None
    town = link is not None and link.kind in {NameKind.CAPITAL, NameKind.PLACE}
    if link is None or not town:
        return False
    if preposition == "from":
        return names.doc[phrase.head].lemma_.lower() in listed("craft")
    if role.role.target in _REBELS and role.words.split()[-1] in listed("speaking_for"):
        # "*rebel spokesmen in London*", in a report that names Ethiopia but not Britain
        by_name = names.context.by_name
        return link.actor.id not in by_name and any(
            names.book.actors[i].type in STATES for i in by_name
        )
    group = names.only_group() if role.role.target == "REB" else None
    definite = phrase.determiner == "the" and group is not None
    return definite and group is not None and group.country != link.actor.country
