"""Lemmas as edit scripts: what to do with a word to get its lemma.

A script is ``case:strip:suffix``: put the word into a case (``l`` lower, ``k`` kept,
``t`` Title), strip so many characters from its end, add the suffix. Words whose lemma
shares too little with them (``better`` -> ``good``) have scripts ``!lemma``.
"""

from __future__ import annotations

from collections.abc import Container

from kg.text.inflection import regular_bases

_MAX_SUFFIX = 6
_SCRIPT_MARGIN = 6.0


def _cased(word: str, case: str) -> str:
    if case == "l":
        return word.lower()
    if case == "t":
        return word[:1].upper() + word[1:].lower()
    return word


def script_of(word: str, lemma: str) -> str:
    """The script with ``apply_script(word, script_of(word, lemma)) == lemma``."""
    for case in "lkt":
        if _cased(word, case) == lemma:
            return f"{case}:0:"
    best = ""
    for case in "lkt":
        base = _cased(word, case)
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common == 0 or len(lemma) - common > _MAX_SUFFIX:
            continue
        script = f"{case}:{len(base) - common}:{lemma[common:]}"
        if not best or len(lemma) - common < len(best.split(":", 2)[2]):
            best = script
    return best or "!" + lemma


def apply_script(word: str, script: str) -> str:
    """The lemma that a script makes of a word; never empty."""
    if script.startswith("!"):
        return script[1:]
    case, strip, suffix = script.split(":", 2)
    base = _cased(word, case)
    stem = base[: len(base) - int(strip)] if int(strip) else base
    return stem + suffix or base


class Lemmatiser:
    """Chooses lemmas: known words by table, others by spelling and by script.

    ``words`` are words of the language, of any part of speech: a lemma that is one of them is
    preferred to a lemma that nobody knows.
    """

    def __init__(
        self, scripts: list[str], lines: list[str], words: Container[str] = frozenset()
    ) -> None:
        self._scripts = scripts
        self._words = words
        self._tables: dict[str, dict[str, str]] = {}
        for line in lines:
            pos, word, lemma = line.split("\t")
            self._tables.setdefault(pos, {})[word] = lemma
        self._known = {pos: set(table.values()) for pos, table in self._tables.items()}

    def lemma(
        self, word: str, pos: str, features: str, ranked: list[int], scores: list[float]
    ) -> tuple[str, bool]:
        """Lemma of a word, and whether it follows from the word, its label and best script alone.

        ``features`` are those of Universal Dependencies ("Number=Plur|…"), ``ranked`` the most
        probable scripts, best first, with their scores.
        """
        table = self._tables.get(pos)
        best = apply_script(word, self._scripts[ranked[0]])
        if table is None:
            return best, True
        lower = word.lower()
        listed = table.get(lower)
        if listed is not None:
            return listed, True
        bases = regular_bases(lower, pos, features)
        if best.lower() in bases[:1] and len(bases) == 1:
            return best, True
        if best in self._known[pos] and (not bases or best in bases):
            return best, True
        if bases:
            return self._base(bases, word, pos, ranked), False
        if best == lower:
            return best, True
        for script, score in zip(ranked[1:], scores[1:], strict=True):
            if score < scores[0] - _SCRIPT_MARGIN:
                break
            other = apply_script(word, self._scripts[script])
            if other != lower and other in self._known[pos]:
                return other, False
        return best, False

    def _base(self, bases: tuple[str, ...], word: str, pos: str, ranked: list[int]) -> str:
        """The base that is a known lemma, else a word, else the usual or most probable one."""
        guesses = [apply_script(word, self._scripts[script]) for script in ranked]
        for known in (self._known[pos], self._words):
            found = [base for base in bases if base in known]
            if found:
                return next((guess for guess in guesses if guess in found), found[0])
        if bases[1:2] == (bases[0] + "e",):
            # "postpon-ing": only the model can tell whether there is an "e"
            return next((guess for guess in guesses if guess in bases), bases[0])
        return bases[0]
