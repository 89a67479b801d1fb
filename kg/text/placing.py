"""Whether a name stands for a place where it stands, and which of several places."""

from __future__ import annotations

from kg.text.gazetteer import Gazetteer, Name, NameKind
from kg.text.parsed import Doc
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
    if _is_venue(doc, spot):
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


def _is_venue(doc: Doc, spot: Spot) -> bool:
    """Whether a treaty or meeting is called after a town: "the *Vienna* Convention".

    Also "the *Lusaka* peace protocol"; not "Vienna's treaty", which is Austria's.
    """
    after = doc.span(spot.end, min(spot.end + 3, len(doc)))
    for token in after:
        if token.lemma_.lower() in listed("venue") and token.pos_ in {"NOUN", "PROPN"}:
            return True
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"} or token.tag_ == "POS":
            return False
    return False


def _opens_report(doc: Doc, spot: Spot) -> bool:
    """Whether a spot is the dateline: "LONDON - Britain …", "TEHRAN, Oct. 5 (Reuters) - "."""
    start = spot.start
    while start > 1 and doc[start - 1].text == "/":
        # "YEREVAN/BAKU —"
        start -= 2
    before = doc[start - 1].text if start else "\n"
    if "\n" not in before:
        return False
    following = [t.text for t in doc.span(spot.end, spot.end + 12)]
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


def is_language(doc: Doc, spot: Spot) -> bool:
    """Whether the adjective of a state names a language: "spoke Russian", "said in English".

    Not "spoke to Russian soldiers", nor "the Russian".
    """
    token = doc[spot.head]
    after = doc[spot.end] if spot.end < len(doc) else token
    if after.lower_ in listed("language_noun"):
        # "Russian speakers", "the Kurdish language"
        return True
    joined = doc[spot.end + 1] if after.text == "-" and spot.end + 1 < len(doc) else after
    if joined.lower_ in {"speaking", "language"}:
        # "the *English-speaking* regions of Cameroon"
        return True
    before = doc[spot.start - 1] if spot.start else token
    if before.lower_ in listed("fluency"):
        return True
    if after.pos_ in {"NOUN", "PROPN", "ADJ"} and after.i != token.i:
        return False
    governor = token.head
    if before.lower_ in {"and", "or", ","} and governor.ent_type_ == "NORP":
        # "Russian and *Arabic*"
        governor = governor.head
    if governor.lemma_.lower() in listed("language_verb") and governor.i < token.i:
        return governor.pos_ == "VERB" and before.lower_ not in {"the", "a", "an", "to", "with"}
    if before.lower_ in {"and", "or"} and spot.start > 2 and doc[spot.start - 2].text[:1].isupper():
        # "in Arabic and *Russian*"
        before = doc[spot.start - 3]
    return before.lower_ in {"in", "into"} and token.tag_ in {"JJ", "NNP", "NN"}
