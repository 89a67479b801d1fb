"""Inflected forms of listed verbs, for words that the lemmatiser gets wrong.

British spellings and rare verbs ("authorised", "rebutted") are unknown to treebanks; whoever
holds a list of verbs can still find them by form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_VOWELS = set("aeiou")


def regular_forms(verb: str) -> set[str]:
    """The regular inflections of a verb without particle, doubled consonants included."""
    if verb.endswith("e"):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    forms = {verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(verb + "es")
    if verb[-1:] not in _VOWELS | {"w", "x", "y"} and verb[-2:-1] in _VOWELS:
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def by_form(verbs: Iterable[str]) -> dict[str, str]:
    """Each regular form of the verbs that belongs to only one of them, to that verb."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for verb in sorted(set(verbs)):
        if " " in verb:
            continue
        for form in regular_forms(verb):
            if form in found:
                twice.add(form)
            found[form] = verb
    return {form: verb for form, verb in found.items() if form not in twice}


# One vowel between consonants at the end: "stun" gives "stunned", so "stuned" is from "stune".
_SHORT = re.compile(r"(?:[^aeiouy]|qu)+[aeiouy][^aeiouwxy]$")
_DOUBLED = re.compile(r"[aeiouy]([^aeiouwxy])\1$")
# Stems that no verb ends in without an "e": "iodis-", "overstat-", "mortgag-", "handl-".
_NEEDS_E = re.compile(r"(?:v|c|[^aeiou]u|[iy][sz]|.[^aeiou]at|(?:[dr]|a)g|[^aeiourl]l)$")
_NEVER_E = re.compile(r"(?:[pcfnx]t|mp|[nrl]d|[rln]k|[rl]m|rn|[sc]h)$")


def regular_bases(word: str, pos: str, features: str) -> tuple[str, ...]:
    """What a word in lower case may be a regular inflection of, the most usual spelling first.

    ``features`` are those of Universal Dependencies. Empty where the word has no regular form
    ("fought") or nothing is known of its part of speech.
    """
    if pos == "NOUN":
        if "Number=Plur" in features:
            return _of_plural(word)
        return (word,) if "Number=Sing" in features else ()
    if pos == "VERB":
        if "VerbForm=Inf" in features:
            return (word,)
        if word.endswith("ing") and ("VerbForm=Ger" in features or "Tense=Pres" in features):
            return _of_stem(word[:-3])
        if word.endswith("ed") and ("Tense=Past" in features or "VerbForm=Part" in features):
            return _of_stem(word[:-2])
        if word.endswith("s") and "Number=Sing" in features and "Tense=Pres" in features:
            return _of_plural(word)
    if pos in ("ADJ", "ADV"):
        if "Degree=Pos" in features:
            return (word,)
        for ending, degree in (("er", "Degree=Cmp"), ("est", "Degree=Sup")):
            if word.endswith(ending) and degree in features:
                return _of_stem(word[: -len(ending)])
    return ()


def _of_plural(word: str) -> tuple[str, ...]:
    if word.endswith("men"):
        return (word[:-2] + "an",)
    if not word.endswith("s") or word.endswith("ss") or len(word) < 3:
        return ()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y", word[:-1]
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2], word[:-1]
    if word.endswith(("oes", "ses")):
        return word[:-1], word[:-2]
    return (word[:-1],)


def _of_stem(stem: str) -> tuple[str, ...]:
    """Bases whose form before "-ed", "-ing", "-er", "-est" is the stem."""
    if len(stem) < 2 or not _VOWELS | {"y"} & set(stem):
        return ()
    if stem.endswith("i"):
        return (stem[:-1] + "y",)
    if _NEVER_E.search(stem):
        return (stem,)
    if stem.endswith("ck"):
        # "attack-", but "mimick-"
        return stem, stem[:-1]
    doubled = (stem[:-1],) if _DOUBLED.search(stem) else ()
    if _SHORT.match(stem) or _NEEDS_E.search(stem):
        return stem + "e", *doubled
    # "mopp-": a doubled consonant is rarely the verb's own, save "ll", "ss", "zz", "ff"
    if doubled and stem[-2:] not in ("ll", "ss", "zz", "ff"):
        return *doubled, stem, stem + "e"
    return stem, stem + "e", *doubled
