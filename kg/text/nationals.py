"""People whose land their own words do not tell: by the text, or by who is meant with "its".

"*Foreign Minister Hameed* summoned the Indian envoy"; "Honduras … *its Foreign Minister, Tiburcio
Carias*". What ``persons`` could not know when it made them is added to all that names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.statement import Actor, ActorType
from kg.text.candidates import local_actor
from kg.text.clauses import Clauses
from kg.text.homes import Homes, is_official, is_unknown, sector_of, titles_of
from kg.text.mentioned import ActorMention, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.roles import role_noun
from kg.text.wordlists import listed


def find_at_home(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The mentions of people in office whose land only the whole text tells, with the land."""
    unknown = {a.id for a in mentions.actors() if homeless(a)}
    if not unknown:
        return
    homes = Homes(doc, phrases, clauses, mentions)
    found: dict[str, Actor] = {}
    for officer in homes.officers():
        actor = officer.mention.actors[0]
        if actor.id not in unknown or actor.id in found:
            continue
        same = homes.namesake(officer)
        land = homes.land_of(officer) if same is None else None
        if same is not None:
            found[actor.id] = same
        elif land is not None:
            sector = sector_of(mentions.book, officer.role.role)
            found[actor.id] = _of_land(actor, land, sector)
    yield from moved(mentions, found)


def find_owned_people(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[ActorMention]:
    """The mentions of people whose office a pronoun or description owns, with their land.

    "*its* Foreign Minister, X", "*the kingdom's* ambassador, Y"; not "*his* lawyer, Z".
    """
    found: dict[str, Actor] = {}
    for mention in mentions:
        actor, phrase = mention.actors[0], phrases.get(mention.head)
        if not homeless(actor) or phrase is None or actor.id in found:
            continue
        for title in titles_of(phrases, phrase, doc[mention.head].head.i):
            owner = mentions.at(phrases[title].possessor or -1)
            role = role_noun(doc, phrases[title], mentions.book)
            if owner is None or role is None or len(owner.actors) != 1:
                continue
            whose = owner.actors[0]
            if whose.country and is_official(mentions.book, role.role):
                state = whose.type in {ActorType.STATE, ActorType.TERRITORY, ActorType.PERSON}
                sector = sector_of(mentions.book, role.role) if state else whose.sector
                found[actor.id] = _of_land(actor, whose.country, sector)
                break
    yield from moved(mentions, found)


def find_commissioners(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[ActorMention]:
    """The mentions of European commissioners, who act for the Union and not for their land.

    "*Fisheries Commissioner Emma Bonino* accused Ottawa", in a report that names the Union; not
    "the *police commissioner*", nor "*Turkish trade commissioner* X".
    """
    if all(actor.id not in listed("unions") for actor in mentions.actors()):
        return
    found: dict[str, Actor] = {}
    for mention in mentions:
        actor, phrase = mention.actors[0], phrases.get(mention.head)
        if actor.type is not ActorType.PERSON or phrase is None or actor.id in found:
            continue
        for title in titles_of(phrases, phrase, doc[mention.head].head.i):
            told = phrases[title]
            words = {doc[m].lower_ for m in told.modifiers}
            if doc[title].lemma_.lower() != "commissioner" or not words & listed("portfolio"):
                continue
            owners = (m for o in told.modifiers if (m := mentions.at(o)) is not None)
            if all(a.country is None for m in owners for a in m.actors):
                found[actor.id] = replace(actor, country=None, sector="IGO")
    yield from moved(mentions, found)


def homeless(actor: Actor) -> bool:
    """Whether nothing tells whose a person is that no table knows."""
    return is_unknown(actor) and actor.country is None and actor.sector is None


def _of_land(actor: Actor, country: str, sector: str | None) -> Actor:
    return local_actor(actor.label, ActorType.PERSON, country, sector)


def moved(mentions: Mentions, found: Mapping[str, Actor]) -> Iterator[ActorMention]:
    """All mentions of actors that turned out to be others, with those."""
    for mention in mentions if found else ():
        if any(a.id in found for a in mention.actors):
            actors = tuple(found.get(a.id, a) for a in mention.actors)
            lands = {found[a.id].country for a in mention.actors if a.id in found}
            states = (mentions.state(land) for land in sorted(lands, key=str) if land)
            names = " and ".join(s.label for s in states if s is not None)
            whose = f"of {names} by what the text tells" if names else "in office of the Union"
            reason = f"{mention.reason}, {whose}"
            yield replace(mention, actors=actors, reason=reason)
