"""Whether a text is English, the only language that kg reads, and which one it is otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.errors import DataError
from kg.resources import read_yaml, resource_path

# The commonest words of English that other languages do not share in such numbers.
_COMMON = frozenset(
    "the of and to that is was for with by from at as it his he are has had have be been were "
    "which their they this not but who will would said its after on an or".split()
)
# The commonest words of languages that news comes in, those that English has too left out.
_FOREIGN = frozenset(
    "le la les des une est dans pour que qui avec sur und der das ist nicht mit von den ein eine "
    "el los las una por con para del como più il della che di gli nel sono het een van niet zijn "
    "naar yang dan untuk dengan dari pada ini itu och att som på är nie się jest że na ve bir bu "
    "için ile da ya kwa katika não uma dos em".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORTEST = 40
"""Words below which headlines and lists of names may lack the words of English too."""
_FEWEST = 12
"""Words below which nothing can be said."""
_SHARE = 0.06
"""English news has 0.22 to 0.35; German, French, Dutch, Indonesian next to nothing."""
_HEAD = 20_000


def is_english(text: str) -> bool:
    """Whether a text reads like English, or at least like no other language that is known.

    >>> is_english("La réunion entre les deux pays a été reportée. " * 8)
    False
    >>> is_english("Le ministre est arrivé dans la capitale pour des entretiens avec le président.")
    False
    >>> is_english("Macron, Le Pen, Mélenchon trade barbs: Paris polls open; La Baule votes first")
    True
    """
    written: list[str] = _WORD.findall(text[:_HEAD])
    words = [word.lower() for word in written]
    if len(words) < _FEWEST:
        return True
    english = sum(word in _COMMON for word in words)
    if len(words) < _SHORTEST:
        return english > 0 or _foreign_in_prose(written) < 2 * _SHARE * len(words)
    other = sum(word in _FOREIGN or word[0] > "\u024f" for word in words)
    return english >= _SHARE * len(words) or other < _SHARE * len(words)


def _foreign_in_prose(written: list[str]) -> int:
    """How many words are of other languages and not of names.

    "Le président …", "la guerre"; not "Le Pen", "Maria de la Cruz".
    """
    following = [*written[1:], "A"]
    return sum(
        word[0] > "\u024f" or (word.lower() in _FOREIGN and after[0].islower())
        for word, after in zip(written, following, strict=True)
    )


def likely_language(text: str) -> str | None:
    """The code of the language that a text that is not English seems to be in.

    >>> likely_language("La réunion entre les deux pays a été reportée par les ministres.")
    'fr'
    """
    words: list[str] = _WORD.findall(text[:_HEAD].lower())
    shares = {code: sum(word in common for word in words) for code, common in _common().items()}
    best = max(shares, key=lambda code: shares[code], default=None)
    if best is not None and shares[best] >= _SHARE * len(words) and words:
        return best
    letters = next((char for char in "".join(words[:50]) if char > "\u024f"), "")
    return next((code for first, last, code in _SCRIPTS if first <= letters <= last), None)


_SCRIPTS = (("\u3040", "\u30ff", "ja"), ("\u4e00", "\u9fff", "zh"), ("\uac00", "\ud7a3", "ko"))


@cache
def _common() -> Mapping[str, frozenset[str]]:
    path = resource_path("cues/languages.yml")
    table = read_yaml(path)
    if not isinstance(table, dict) or not all(isinstance(words, str) for words in table.values()):
        raise DataError(path, None, "is not a table of languages and their words")
    return {code: frozenset(words.split()) for code, words in table.items()}
