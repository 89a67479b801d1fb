"""Inflected forms of listed verbs, for words that the lemmatiser gets wrong.

British spellings and rare verbs ("authorised", "rebutted") are unknown to treebanks; whoever
holds a list of verbs can still find them by form.
"""

from __future__ import annotations

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
