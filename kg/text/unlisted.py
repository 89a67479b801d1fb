"""Bodies that no table knows, with the land that their name tells or that a text is about.

"*The General Union of Tunisian Workers* urged the government"; in a report from Fiji "*the Great
Council of Chiefs* condemned the coup"; in one on a quarrel of two lands a party is of the land for
which most speaks, as with people in office (``homes``).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor, ActorType
from kg.text.book import NameKind
from kg.text.candidates import is_local, local_actor
from kg.text.clauses import Clauses
from kg.text.homes import Asked, Homes, most_probable
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.names import key
from kg.text.nationals import moved
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.wordlists import listed

_BODIES = {ActorType.ORGANIZATION, ActorType.PARTY, ActorType.ARMED_GROUP}
_OF_LANDS = {NameKind.ADJECTIVE, NameKind.NOUN, NameKind.NAME}


# How probable a land must be: parties act at home, other bodies may be of a third land.
_PARTY, _OTHER = 0.75, 0.9


def find_unlisted(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The mentions of bodies whose land no word beside their name tells, with their land.

    Not bodies of several lands: "*the World Council of Churches*", "*the Contact Group*".
    """
    found: dict[str, Actor] = {}
    homes: Homes | None = None
    for mention in mentions:
        for actor in mention.actors:
            if actor.id in found or not _is_landless(actor) or mention.kind is MentionKind.PLACE:
                continue
            land = _land_in_name(mentions, actor)
            if land is None and not _is_worldwide(actor):
                homes = homes or Homes(doc, phrases, clauses, mentions)
                land = mentions.home_country or _likely_land(homes, mention, actor)
            if land is not None:
                found[actor.id] = local_actor(actor.label, actor.type, land, actor.sector)
    yield from moved(mentions, found)


def _is_landless(actor: Actor) -> bool:
    landless = actor.country is None and actor.sector not in {"MED", "IGO"}
    return actor.type in _BODIES and landless and is_local(actor)


def _land_in_name(mentions: Mentions, actor: Actor) -> str | None:
    """The one land of whose people the name of a body tells: "Union of *Tunisian* Workers"."""
    book, lands = mentions.book, set()
    for word in actor.label.split():
        names = [n for n in book.lookup(key(word), mentions.day) if n.kind in _OF_LANDS]
        bearers = (book.actors[n.actor] for n in names)
        lands |= {b.country for b in bearers if b.type is ActorType.STATE and b.country}
    return lands.pop() if len(lands) == 1 else None


def _is_worldwide(actor: Actor) -> bool:
    """Whether the name of a body tells of several lands: "the *World* Council of Churches"."""
    words = {word.lower() for word in actor.label.replace("-", " ").split()}
    return not words.isdisjoint(listed("worldwide"))


def _likely_land(homes: Homes, mention: ActorMention, actor: Actor) -> str | None:
    """The land for which most speaks where a text names several."""
    told = homes.told(Asked(mention.head, mention.start, (), actor.id))
    if not told:
        return None
    land, chance = most_probable(told)
    return land if chance >= (_PARTY if actor.sector == "OPP" else _OTHER) else None
