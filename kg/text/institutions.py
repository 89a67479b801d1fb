"""Whose "the army" or "the government" is that nobody has named before."""

from __future__ import annotations

from kg.statement import Actor
from kg.text.known import Known
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun
from kg.text.wordlists import listed


def land_of_institution(known: Known, phrase: NounPhrase, role: RoleNoun) -> Actor | None:
    """The land of which a text tells most, for what a land has one of: "linked to *the army*".

    Not where another land acts or the scene is in another: "*In Kenya*, lawyers sued the
    Government", "Hugh Gaitskell, leader of *the opposition*", in reports on Haiti and Egypt.
    """
    mentions = known.mentions
    if role.words not in listed("institution") or phrase.determiner != "the" or phrase.complements:
        return None
    lead = mentions.state(mentions.leading_country or "")
    if lead is None:
        return None
    around = known.doc[phrase.head].sent
    named = mentions.between(around.start, around.end)
    organ = mentions.book.organ_actor(lead, role.role.target)
    if any(organ in m.actors for m in named):
        # "told the Commons that *the Government* deplored what the Indian Government did"
        return None
    acting = {
        a.country for m in named if known.is_subject(m.head) for a in m.actors if a.sector != "MED"
    }
    for i in range(around.start, around.end):
        place, at = mentions.place_at(i), known.phrases.get(i)
        if place is not None and at is not None and at.preposition in listed("at"):
            acting.add(place.actors[0].country)
    return lead if acting <= {lead.country, None} else None


def land_in_front(known: Known, phrase: NounPhrase, role: RoleNoun) -> Actor | None:
    """The land whose capital opens the sentence: "In Budapest *the Foreign Ministry* asked".

    Not what is done there by others: "In Geneva the government delegation walked out".
    """
    if role.words not in listed("institution") or not known.is_subject(phrase.head):
        return None
    start = known.doc[phrase.head].sent.start
    if known.doc[start].lower_ != "in" or phrase.start > start + 5 or phrase.complements:
        return None
    place = known.mentions.place_at(start + 1) or known.mentions.place_at(start + 2)
    capitals = known.mentions.book.capitals.values()
    if place is None or place.actors[0].id not in capitals:
        return None
    return known.mentions.state(place.actors[0].country or "")
