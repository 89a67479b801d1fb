"""People whose land only those tell who jail them: "Police in Accra arrested *Kojo Mensah*".

Police, courts and rulers mostly lay hands on people of their own. A person whom no table knows and
no word gives a land is of the land that jails, tries or frees him, where the sentence tells of no
other and the text is about that land above all.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor, ActorType
from kg.text.candidates import is_local, local_actor
from kg.text.clauses import Clause, Clauses, Role
from kg.text.mentioned import ActorMention, Mentions
from kg.text.nationals import homeless, moved
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.wordlists import listed

_BODIES = {ActorType.ORGANIZATION, ActorType.PARTY, ActorType.ARMED_GROUP, ActorType.MEDIA}
# "placed *under house arrest*", "held *in Evin prison*", "flown *to a jail*"
_BEHIND_BARS = ("under", "in", "into", "to", "behind")


def find_captives(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The mentions of people whom a state arrests or tries that is theirs, with that state.

    "A court in Minsk jailed *blogger Ales Taran*"; not "*the American Bob Low* was arrested",
    whose land is told, nor anybody where two lands are told of. So are bodies of which members
    are arrested or which are banned: "detained members of *the Vanguard of National Action*".
    """
    if not any(_is_landless(actor) for actor in mentions.actors()):
        return
    found: dict[str, Actor] = {}
    for clause in clauses:
        jailed = _jails(doc, clause)
        freed = clause.lemma in listed("freeing")
        if not (jailed or freed or clause.lemma in listed("outlawing")):
            continue
        for argument in clause.of(Role.OBJECT):
            phrase = phrases.get(argument.head)
            inside = () if phrase is None else (h for p, h in phrase.complements if p == "of")
            for head in (argument.head, *inside):
                mention = mentions.at(head)
                for actor in mention.actors if mention is not None else ():
                    if not _is_landless(actor) or (not (jailed or freed) and homeless(actor)):
                        continue
                    if freed and not _opposes(doc, phrases.get(head)):
                        # whom Iran frees may be anybody's
                        continue
                    land = _land_of(doc, phrases, mentions, clause, head)
                    if land is not None and not _named_after(mentions, mention, land):
                        found[actor.id] = local_actor(actor.label, actor.type, land, actor.sector)
    yield from moved(mentions, found)


def _land_of(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions, clause: Clause, head: int
) -> str | None:
    """The land of somebody who is jailed, by those who jail him and by what the text is about."""
    doers = [m for a in clause.of(Role.SUBJECT) if (m := mentions.at(a.head)) is not None]
    lands = {actor.country for doer in doers for actor in doer.actors}
    if len(lands) > 1 or None in lands:
        # "was arrested *by Interpol*"
        return None
    told = mentions.only_state(clause.head)
    places = [] if doers else _places(phrases, mentions, clause)
    if places and mentions.main_country in {None, *places}:
        # "was detained at his home *in Caracas*"
        return places[0]
    if lands and _opposes(doc, phrases.get(head)):
        # "Belarus forced down an Irish plane and arrested *opposition blogger Taran*"
        return next(iter(lands))
    alone = told is not None and lands <= {told.country}
    # "*Panama's National Guard* arrested …": who else's than its own people
    organs = all(a.type is ActorType.GOVERNMENT_BODY for doer in doers for a in doer.actors)
    if (
        told is None
        or not alone
        or not (told.country == mentions.main_country or (lands and organs))
    ):
        return None
    return told.country


def _places(phrases: dict[int, NounPhrase], mentions: Mentions, clause: Clause) -> list[str]:
    """The lands of the places at which something is said to be done."""
    heads = [a.head for a in clause.obliques("in", "at", "near", "outside")]
    inside = [
        h for head in heads if (p := phrases.get(head)) for w, h in p.complements if w == "in"
    ]
    found = (mentions.place_at(head) for head in (*heads, *inside))
    return [place.actors[0].country for place in found if place and place.actors[0].country]


def _named_after(mentions: Mentions, mention: ActorMention | None, land: str) -> bool:
    """Whether the name of a body tells another land: "the Group of *Russian* Troops"."""
    inside = () if mention is None else mentions.between(mention.start, mention.end)
    return any(a.country not in {None, land} for one in inside for a in one.actors)


def _opposes(doc: Doc, phrase: NounPhrase | None) -> bool:
    """Whether the words before a name call somebody one whom only his own rulers jail."""
    before = () if phrase is None else doc.span(phrase.start, phrase.head)
    return any(token.lemma_.lower() in listed("opposing") for token in before)


def _is_landless(actor: Actor) -> bool:
    """Whether a person or a body is one that no table knows and no word gives a land."""
    body = actor.type in _BODIES and is_local(actor) and actor.country is None
    return body or homeless(actor)


def _jails(doc: Doc, clause: Clause) -> bool:
    """Whether a clause tells what police and courts do to somebody."""
    if clause.lemma in listed("jailing"):
        return True
    places = clause.obliques(*_BEHIND_BARS) if clause.verb in listed("putting") else ()
    return any(doc[place.head].lemma_.lower() in listed("cells") for place in places)
