"""Where: the place of an event, from the locative phrases of its clause.

Never the place of speaking ("said in Geneva"), never a target ("flew to Moscow", "an attack on
Kyiv") and never a metonym ("Moscow said").
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import ActorType, Mention
from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.cues import load_cues
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.signatures import load_signatures
from kg.text.wordlists import listed

_LAND = {ActorType.STATE, ActorType.TERRITORY, ActorType.PLACE}
_PLACES = {MentionKind.PLACE, MentionKind.NAME, MentionKind.ALIAS, MentionKind.DESCRIPTION}
_PLACES |= {MentionKind.METONYM}
# Nouns that sit at a place: "a base near Erbil", "the embassy in Kabul".
_SITES = {Role.OBJECT, Role.SUBJECT, Role.OBLIQUE, Role.MODIFIER}


def place_of(clauses: Clauses, clause: Clause, mentions: Mentions) -> Mention | None:
    """The place where what the clause tells happens, as far as its own words say so.

    "met in Hanoi", "talks in Geneva collapsed", "shelled a base near Erbil"; a clause that
    shares its event with the one around it shares its place ("held talks in Vienna").
    """
    for found in _candidates(clauses, clause, mentions):
        actor = next((a for a in found.actors if a.type in _LAND), None)
        if actor is not None and len(found.actors) == 1:
            return mentions.mention(found, actor)
    return None


def _candidates(clauses: Clauses, clause: Clause, mentions: Mentions) -> Iterator[ActorMention]:
    yield from _locatives(clause, mentions)
    for argument in clause.arguments:
        noun = clauses.at(argument.head)
        if noun is None or noun.kind is not Kind.NOMINAL or noun.head == clause.head:
            continue
        if argument.role is Role.SUBJECT and _speaks(clause):
            # "The mission in Mali condemned the army": where the speaker sits
            continue
        if argument.role in _SITES and not argument.inherited and _shares(clause, argument):
            # "signed a deal in Astana", "struck a base near Erbil", "talks in Geneva failed"
            yield from _locatives(noun, mentions)
    parent = clauses.parent(clause)
    if parent is None:
        return
    if clause.kind is Kind.NOMINAL and load_signatures().stages(parent.lemma):
        # "held talks in Vienna"
        yield from _locatives(parent, mentions)
    participle = clause.link is Link.ADVERBIAL and not clause.tense and not clause.marker
    if participle and not _speaks(parent):
        # "attacked a market in Goma, killing 12"
        yield from _candidates(clauses, parent, mentions)


def _locatives(clause: Clause, mentions: Mentions) -> Iterator[ActorMention]:
    for argument in clause.arguments:
        if argument.role is not Role.OBLIQUE or argument.preposition not in listed("at"):
            continue
        found = _place(argument, mentions)
        if found is not None:
            yield found
        yield from _nested(argument, mentions)


def _place(argument: Argument, mentions: Mentions) -> ActorMention | None:
    place = mentions.place_at(argument.head)
    if place is not None:
        return place
    found = mentions.at(argument.head)
    if found is None or found.kind not in _PLACES or found.score <= 0:
        return None
    return found


def _nested(argument: Argument, mentions: Mentions) -> Iterator[ActorMention]:
    """ "in the city of Goma", "at a summit in Samarkand": the name inside the phrase."""
    doc = mentions.doc
    if doc[argument.head].pos_ != "NOUN":
        return
    for token in doc[argument.head].subtree:
        if token.i <= argument.head or token.pos_ != "PROPN":
            continue
        before = doc[token.left_edge.i].lower_
        if before in listed("at") or before == "of":
            found = mentions.place_at(token.i) or mentions.at(token.i)
            if found is not None and found.kind in _PLACES:
                yield found


def _shares(clause: Clause, argument: Argument) -> bool:
    """Whether what is done happens where its noun is: not "condemned the killings in Bucha"."""
    if argument.role is Role.OBLIQUE:
        # "during talks in Vienna", "clashed with rebels in Tigray"; not "over the poisoning in
        # Salisbury", "agrees with rebels in Tigray"
        beside = argument.preposition == "with" and not _speaks(clause)
        return beside or argument.preposition in {"during", "in", "at"}
    if argument.role is not Role.OBJECT:
        # not "emboldened by the war in Ukraine": what moves somebody is elsewhere
        return not argument.preposition
    signatures = load_signatures()
    known = signatures.find("verb", clause.lemma, "np")
    return not _speaks(clause) and (known is None or signatures.stages(clause.lemma))


def _speaks(clause: Clause) -> bool:
    return clause.verb in load_cues().verbs
