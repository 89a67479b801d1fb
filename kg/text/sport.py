"""Sentences of sports reports, whose attacks and victories are games."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.resources import check_keys, read_yaml, resource_path
from kg.text.parsed import Doc, Span

# "2-1", "6–4, 6–3", but not "2019-20" or "9-11"; "in the 90th minute"
_RESULT = re.compile(
    r"(?<![\d-])(?!9[-–]11)\d{1,3}[-–]\d{1,3}(?![\d-])|\b\d{1,3}(?:st|nd|rd|th)[ -]minute\b"
)
_WORDS = ("plain", "shared", "verbs")


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    path = resource_path("cues/sport.yml")
    data = read_yaml(path)
    check_keys(data, _WORDS, (), path)
    return {key: frozenset(data[key].split()) for key in _WORDS}


@cache
def _firsts() -> frozenset[str]:
    """What stands before the first hyphen of a word of sport: "semi" of "semi-final"."""
    return frozenset(word.partition("-")[0] for word in _vocabulary()["plain"])


def is_move(verb: str) -> bool:
    """Whether a verb tells in a sports report what teams do to each other."""
    return verb in _vocabulary()["verbs"]


def sport_sentences(doc: Doc) -> frozenset[int]:
    """The first tokens of the sentences that report sport.

    "Germany beat France 2-1 in a friendly", and its neighbours that speak of goals and teams.
    """
    sentences = list(doc.sents)
    plain = [_is_plain(sentence) for sentence in sentences]
    found: set[int] = set()
    for number, sentence in enumerate(sentences):
        shared = _shared(sentence)
        beside = any(plain[max(0, number - 1) : number + 2])
        if plain[number] or shared >= 2 or (beside and shared):
            found.add(sentence.start)
    return frozenset(found)


def _is_plain(sentence: Span) -> bool:
    words, firsts = _vocabulary(), _firsts()
    forms = [token.lower_ for token in sentence]
    pairs = {f"{a}-{b}" for a, b in pairwise(forms) if a in firsts}
    if not words["plain"].isdisjoint(pairs) or not words["plain"].isdisjoint(forms):
        return True
    if _RESULT.search(sentence.text) is None:
        return False
    return any(token.lemma_.lower() in words["verbs"] for token in sentence)


def _shared(sentence: Span) -> int:
    """How many different words of sport and other news a sentence has."""
    shared = _vocabulary()["shared"]
    return len({t.lemma_.lower() for t in sentence if t.lower_ in shared})
