"""Word pieces of an uncased BERT vocabulary, and the orthography such pieces lose.

The encoder is uncased, so every word also carries a shape class (capitalised, all
capitals, digits ...) that is embedded beside its pieces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

MAX_PIECES = 16
"""A word gives at most this many pieces; its vector is made of the first and the last."""

SHAPES = 10
"""Number of shape classes, class 0 standing for no word at all."""

_MAX_WORD = 100
_CACHE_LIMIT = 200_000


def shape_of(word: str) -> int:
    """Orthographic class of a word, 1 to 9."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) == 1 else 3
    if word[:1].isupper():
        return 4 if word[1:].islower() else 5
    if any(char.isupper() for char in word):
        return 6
    if word.isdigit():
        return 7
    if any(char.isdigit() for char in word):
        return 8
    return 9


class WordPiece:
    """Splits one word after the other into ids of the vocabulary (greedy longest match)."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.vocabulary = {piece: number for number, piece in enumerate(pieces)}
        self.unknown = self.vocabulary["[UNK]"]
        self.start = self.vocabulary["[CLS]"]
        self.end = self.vocabulary["[SEP]"]
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordPiece:
        """Reads a ``vocab.txt`` with one piece a line."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def word(self, word: str) -> tuple[tuple[int, ...], int]:
        """The piece ids (at least one) and the shape class of a word."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            found = (self._pieces(word), shape_of(word))
            self._cache[word] = found
        return found

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > _MAX_WORD:
            return (self.unknown,)
        ids: list[int] = []
        for part in _split_basic(word):
            ids.extend(self._greedy(part))
            if len(ids) > MAX_PIECES:
                return (*ids[: MAX_PIECES - 1], ids[-1])
        return tuple(ids) or (self.unknown,)

    def _greedy(self, part: str) -> list[int]:
        ids: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                number = self.vocabulary.get(piece)
                if number is not None:
                    ids.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return ids


def _split_basic(word: str) -> list[str]:
    """Lower-cased, accents stripped, control characters dropped, split at punctuation."""
    parts: list[str] = []
    current: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or category in ("Cc", "Cf", "Co", "Cs") or char == "�":
            continue
        if char.isspace() or _stands_alone(char, category):
            if current:
                parts.append("".join(current))
                current = []
            if not char.isspace():
                parts.append(char)
        else:
            current.append(char)
    if current:
        parts.append("".join(current))
    return parts


def _stands_alone(char: str, category: str) -> bool:
    code = ord(char)
    if category.startswith("P"):
        return True
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
    )
