"""In which land a place lies that only a common noun calls: "flew to the Nigerian *capital*"."""

from __future__ import annotations

from kg.text.mentioned import ActorMention, MentionKind
from kg.text.mentions import Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.wordlists import listed

_PEOPLES = {MentionKind.DEMONYM, MentionKind.NAME, MentionKind.ALIAS}


def land_at(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions, head: int
) -> ActorMention | None:
    """Who is named beside a town, a province and the like, None where that names nobody.

    The name of the place comes before the people's: "the Serb-held town *of Pale*", "the *Syrian*
    town of Zablah"; not "the *British* embassy", which may lie anywhere.
    """
    phrase = phrases.get(head)
    if phrase is None or doc[head].lemma_.lower() not in listed("localities"):
        return None
    names = [h for preposition, h in phrase.complements if preposition == "of"]
    for name in (*names, *phrase.appositions):
        place = mentions.place_at(name) or mentions.at(name)
        if place is not None and any(actor.country for actor in place.actors):
            return place
    owners = () if phrase.possessor is None else (phrase.possessor,)
    for owner in (*phrase.modifiers, *owners):
        people = mentions.at(owner)
        if people is not None and people.kind in _PEOPLES:
            return people
    return None
