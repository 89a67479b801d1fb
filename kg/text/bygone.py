"""Who held an office in a land and is not named: "*Guatemala's former president* was arrested"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor
from kg.text.known import Known, description
from kg.text.mentioned import ActorMention
from kg.text.named import STATES
from kg.text.phrases import NounPhrase
from kg.text.roles import role_noun
from kg.text.wordlists import listed

_DONE_TO = {"obj", "iobj", "nsubj:pass", "obl"}
# Nothing says which of a land's people it is.
_ONE_OF_ITS_PEOPLE = 0.6


def bygone_holder(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """One of a land's people, by the office that he held there; None where a name stands beside.

    "arrested the *ousted Thai premier*"; only as whom something is done to: what a former president
    says himself is not said by his people. Not "the *would-be* president", who never was, nor "the
    former Thai premier, *Yingluck Shinawatra*".
    """
    role = role_noun(known.doc, phrase, known.mentions.book)
    if role is None or not role.former or role.role.kind != "office" or role.plural:
        return None
    if known.doc[phrase.head].dep_ not in _DONE_TO:
        return None
    words = {token.lower_ for token in known.doc.span(phrase.start, phrase.head)}
    outer = known.phrases.get(known.doc[phrase.head].head.i)
    beside = outer is not None and phrase.head in (*outer.titles, *outer.appositions)
    if beside or phrase.appositions or words.isdisjoint(listed("bygone")):
        return None
    states = list(dict.fromkeys(_states(known, phrase)))
    if len(states) != 1:
        return None
    people = known.mentions.book.organ_actor(states[0], "CVL")
    reason = f"who held an office in {states[0].label}"
    return description(phrase, people, _ONE_OF_ITS_PEOPLE, reason)


def _states(known: Known, phrase: NounPhrase) -> Iterator[Actor]:
    owner = () if phrase.possessor is None else (phrase.possessor,)
    of = (head for preposition, head in phrase.complements if preposition == "of")
    for head in (*phrase.modifiers, *owner, *of):
        mention = known.mentions.at(head)
        actors = mention.actors if mention is not None else ()
        if len(actors) == 1 and actors[0].type in STATES:
            yield actors[0]
