"""The words that the head of a nominal answers to when the lexicon asks for a noun."""

from __future__ import annotations

from kg.text.clauses import Clause, Clauses
from kg.text.mentions import MentionKind, Mentions
from kg.text.parsed import Doc, Token
from kg.text.phrases import NounPhrase, hyphenated
from kg.text.wordlists import listed


def lemmas_of(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions, head: int
) -> set[str]:
    """A predicate's or nominal's lemma, alone and with each modifier ("peace talk").

    A name also answers to its titles: "summoned U.S. *Ambassador* Nicholas Burns"; the name
    of a person to "<person>", that of a people ("Ukrainians") to "<people>", an infinitive
    to "<to>", an imperative to "<bid>", whatever is linked to an actor to "<actor>", a type of
    arms to "<model>".
    """
    token = doc[head]
    lemma = token.lemma_.lower()
    phrase, clause = phrases.get(head), clauses.at(head)
    whole = hyphenated(doc, head)
    found = {lemma, *whole}
    if any(_is_model(word) for word in (token.lower_, *whole)):
        found.add("<model>")
    if token.ent_type_ == "PERSON":
        found.add("<person>")
    elif token.ent_type_ == "NORP" and token.tag_ in {"NNS", "NNPS"}:
        found.add("<people>")
    mention = mentions.at(head)
    if mention is not None and mention.kind is not MentionKind.PLACE:
        found.add("<actor>")
    marks = {"to", "for"} if token.tag_ == "VB" else {"to"}
    if clause is not None and clause.marker in marks:
        found.add("<to>")
    if clause is not None and _is_bidding(token, clause):
        found.add("<bid>")
    if phrase is not None:
        found.update(f"{doc[m].lemma_.lower()} {lemma}" for m in phrase.modifiers)
        if token.pos_ == "PROPN":
            # "Ambassador Burns", "Cyclone Amphan"
            found.update(doc[i].lemma_.lower() for i in (*phrase.titles, *phrase.modifiers))
    return found | {clause.lemma} if clause is not None else found


def _is_bidding(token: Token, clause: Clause) -> bool:
    """Whether a clause is an imperative: "*Stop the killing*, he told Sudan"."""
    plain = token.tag_ == "VB" and not (clause.marker or clause.auxiliaries or clause.tense)
    return plain and not any(child.dep_.startswith("nsubj") for child in token.children)


def _is_model(word: str) -> bool:
    """Whether a word names a type of arms: "delivered *MiG-29s*", "*S-300* batteries"."""
    maker, dash, number = word.partition("-")
    return bool(dash) and maker in listed("models") and number[:1].isdigit()
