"""The words that the head of a nominal answers to when the lexicon asks for a noun."""

from __future__ import annotations

from collections.abc import Set

from kg.text.clauses import Clause, Clauses, Role
from kg.text.mentions import MentionKind, Mentions
from kg.text.parsed import Doc, Token
from kg.text.phrases import NounPhrase, hyphenated
from kg.text.wordlists import listed

# Who does not speak for his land: "*witnesses* said that China may invade".
_BYSTANDERS = {"CVL", "MED"}
# Whose land is no more than likely ("*officials* said").
_GUESSED = 0.7


def lemmas_of(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions, head: int
) -> set[str]:
    """A predicate's or nominal's lemma, alone and with each modifier ("peace talk").

    A name also answers to its titles: "summoned U.S. *Ambassador* Nicholas Burns"; the name
    of a person to "<person>", that of a people ("Ukrainians") to "<people>", an infinitive
    to "<to>", an imperative to "<bid>", whatever is linked to an actor to "<actor>", a type of
    arms to "<model>", who acts in what his own side says of itself to "<own>".
    """
    token = doc[head]
    lemma = token.lemma_.lower()
    phrase, clause = phrases.get(head), clauses.at(head)
    whole = hyphenated(doc, head)
    found = {lemma, *whole}
    if (whole or "-" in token.lower_) and any(_is_model(word) for word in (token.lower_, *whole)):
        found.add("<model>")
    if token.ent_type_ == "PERSON":
        found.add("<person>")
    elif token.ent_type_ == "NORP" and token.tag_ in {"NNS", "NNPS"}:
        found.add("<people>")
    mention = mentions.at(head)
    if mention is not None and mention.kind is not MentionKind.PLACE:
        found.add("<actor>")
    if token.dep_.startswith("nsubj") and _is_speakers_own(doc, clauses, mentions, token):
        found.add("<own>")
    if clause is not None:
        found.add(clause.lemma)
        if clause.marker == "to" or (clause.marker == "for" and token.tag_ == "VB"):
            found.add("<to>")
        if _is_bidding(token, clause):
            found.add("<bid>")
    if phrase is not None:
        found.update([f"{doc[m].lemma_.lower()} {lemma}" for m in phrase.modifiers])
        if token.pos_ == "PROPN":
            # "Ambassador Burns", "Cyclone Amphan"
            found.update(doc[i].lemma_.lower() for i in (*phrase.titles, *phrase.modifiers))
    return found


def _is_speakers_own(doc: Doc, clauses: Clauses, mentions: Mentions, token: Token) -> bool:
    """Whether the subject of what is said is of the side of who says it.

    "Trump said *the United States* would strike", "Seoul warned *its navy* would fire"; "*we*
    will respond, he said", whoever he is.
    """
    inner = clauses.at(token.head.i)
    said = clauses.governor(inner) if inner is not None else None
    if said is None:
        return False
    if token.lower_ in {"we", "i"}:
        return True
    mention = mentions.at(token.i)
    if mention is None:
        return False
    sides = {actor.country or actor.id for actor in mention.actors}
    speakers = (mentions.at(argument.head) for argument in said.of(Role.SUBJECT))
    return any(
        (actor.country or actor.id) in sides
        for speaker in speakers
        if speaker is not None and speaker.score > _GUESSED
        for actor in speaker.actors
        if actor.sector not in _BYSTANDERS
    )


def further_words(asked: Set[str], *found: Set[str]) -> int:
    """Five for each further word of the longest match: "air strike" comes before "strike"."""
    matched = [lemma.count(" ") for words in found for lemma in asked & words]
    return 5 * max(matched, default=0)


def _is_bidding(token: Token, clause: Clause) -> bool:
    """Whether a clause is an imperative: "*Stop the killing*, he told Sudan"."""
    if token.tag_ != "VB" or clause.marker or clause.auxiliaries or clause.tense:
        return False
    return not any(child.dep_.startswith("nsubj") for child in token.children)


def _is_model(word: str) -> bool:
    """Whether a word names a type of arms: "delivered *MiG-29s*", "*S-300* batteries"."""
    maker, dash, number = word.partition("-")
    return bool(dash) and maker in listed("models") and number[:1].isdigit()
