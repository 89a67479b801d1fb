"""Whether a name stands for a place where it stands, and which of several places."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.text.gazetteer import Gazetteer, Name, NameKind
from kg.text.phrases import NounPhrase
from kg.text.spotting import Spot, place_words
from kg.text.wordlists import listed

_TOWN_AND_STATE = {"USA", "CAN"}
"""Countries whose towns are named with their state or province: "London, Ontario"."""


def locative(phrase: NounPhrase) -> bool:
    """Whether the words stand where places do: "in Moscow", "via Moscow"."""
    return phrase.preposition in listed("at") or phrase.preposition in listed("along")


def is_place(doc: Doc, spot: Spot, phrases: dict[int, NounPhrase]) -> bool:
    """Whether the words stand for where it happens: "in Moscow", "shelled Sarajevo"."""
    if _opens_report(doc, spot):
        return True
    phrase = phrases.get(spot.head)
    if phrase is None:
        return False
    first = phrases.get(doc[spot.head].head.i)
    if first is not None and spot.head in first.conjuncts and not phrase.preposition:
        # "in Minsk and *Warsaw*"
        phrase = first
    if locative(phrase):
        return True
    if any(doc[a].lemma_.lower() in listed("town") for a in phrase.appositions):
        # "Dodoma, the capital of Tanzania"
        return True
    token, governor = doc[spot.head], doc[spot.head].head
    if governor.lemma_.lower() not in place_words() or governor.i == token.i:
        return False
    if governor.pos_ == "VERB":
        # "Sarajevo was shelled" too, but not "Moscow struck a deal"
        passive = governor.tag_ == "VBN" and governor.i > token.i
        return not phrase.preposition and (governor.i < token.i or passive)
    return phrase.preposition in {"of", "on", "against"}


def _opens_report(doc: Doc, spot: Spot) -> bool:
    """Whether a spot is the dateline: "LONDON - Britain …", "TEHRAN, Oct. 5 (Reuters) - "."""
    start = spot.start
    while start > 1 and doc[start - 1].text == "/":
        # "YEREVAN/BAKU —"
        start -= 2
    before = doc[start - 1].text if start else "\n"
    if "\n" not in before:
        return False
    following = [t.text for t in doc[spot.end : spot.end + 12]]
    if not following or following[0] not in {",", "-", "–", "—", "(", "/"}:
        return False
    return any(t in {"-", "–", "—", "--"} for t in following)


def before_state(doc: Doc, spot: Spot, spot_of: dict[int, Spot], book: Gazetteer) -> list[Name]:
    """The names of a spot; before a state of the USA those of towns: "Lebanon, Ohio".

    Not "Cuba, Florida and Texas", a list.
    """
    names = list(spot.names)
    if spot.end + 1 >= len(doc) or doc[spot.end].text != ",":
        return names
    after = spot_of.get(spot.end + 1)
    if after is None or doc[min(after.end, len(doc) - 1)].lower_ in {"and", "or"}:
        return names
    countries = {
        book.actors[n.actor].country
        for n in after.names
        if n.kind is NameKind.PLACE and n.actor.startswith("wd:")
    }
    if len(countries) != 1 or not countries <= _TOWN_AND_STATE:
        return names
    return [n for n in names if book.actors[n.actor].country in countries]
