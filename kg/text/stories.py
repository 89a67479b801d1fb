"""Which documents tell the same story: copies of a wire report, updates, versions of one article.

Texts are compared by the three-word sequences they share, estimated from MinHash signatures, so
that some 450 bytes are kept of each document and none of its text (decisions/0051).
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from kg.statement import Document
from kg.text.boilerplate import masked

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_FIGURES = 24
_FEWEST = 30
"""Words below which only equal texts are taken for one story."""
_VALUES = 128
"""Values of a signature: the share of equal ones estimates the overlap to within 0.04."""
_BANDS = 32
"""Pairs of values by which candidates are found: 99 of 100 texts that overlap by 0.36."""
_SLOTS = 1 << 22
_CROWD = 64
"""Of texts on one slot so many, the latest, are candidates. A sentence that thousands of texts
share says nothing of any of them, and to look at all would take ever longer. Copies that are
nearly equal are not on the slots, and crowd out nobody."""
_AT_ONCE = 4096
"""Sequences hashed in one step, which bounds the memory for a very long text."""

OVERLAP = 0.35
"""Least share of the sequences of both texts that are in both (Jaccard)."""
CONTAINED, CONTAINED_OVERLAP = 0.7, 0.15
"""Or this share of the shorter text is in the longer one, which is a cut or a grown report."""
FIGURES, FIGURES_SHARED = 5, 0.4
"""With so many figures in both texts this share must be in both: a daily report of one pattern
has the words of yesterday's and other figures, and is another story."""
SAME, DAYS_APART = 0.8, 30
"""Texts further apart in time are one story only with this overlap: reprints."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ocid|cmpid|ref_src", re.I)


def _constants(name: bytes) -> NDArray[np.uint64]:
    digests = (blake2b(b"%s %d" % (name, n), digest_size=8).digest() for n in range(_VALUES))
    return np.array([int.from_bytes(digest, "big") | 1 for digest in digests], dtype=np.uint64)


_FACTORS, _OFFSETS = _constants(b"factor")[:, None], _constants(b"offset")[:, None]
_PLACES = _constants(b"place")[:3]
_HIGH = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Signature:
    """``values`` stand for the word sequences of a text, of which there are ``size``.

    ``figures`` stand for its numbers without years, 0 for none.
    """

    values: NDArray[np.uint32]
    size: int
    figures: NDArray[np.uint16]


def signature(text: str) -> Signature | None:
    """The signature of a text, None where it has too few words to compare."""
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST:
        return None
    hashes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    first, second, third = _PLACES
    mixed = hashes[:-2] * first + hashes[1:-1] * second + hashes[2:] * third
    sequences = np.unique(mixed >> _HIGH)
    least = np.full(_VALUES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(sequences), _AT_ONCE):
        part = sequences[start : start + _AT_ONCE]
        np.minimum(least, (_FACTORS * part + _OFFSETS).min(axis=1), out=least)
    return Signature((least >> _HIGH).astype(np.uint32), len(sequences), _figures(text))


def _figures(text: str) -> NDArray[np.uint16]:
    found = {one for one in _FIGURE.findall(text) if not _YEAR.fullmatch(one)}
    hashes = sorted({zlib.crc32(one.encode()) & 0xFFFF or 1 for one in found})[:_MOST_FIGURES]
    return np.array(hashes + [0] * (_MOST_FIGURES - len(hashes)), dtype=np.uint16)


class Stories:
    """Says of each document, in the order they come, which earlier one tells the same story."""

    def __init__(self) -> None:
        self._short: dict[bytes, int] = {}
        self._addresses: dict[bytes, int] = {}
        self._story: list[str] = []
        self._version: list[str] = []
        self._days, self._sizes, self._publishers = array("i"), array("i"), array("q")
        self._values = np.zeros((64, _VALUES), dtype=np.uint8)
        self._figures = np.zeros((64, _MOST_FIGURES), dtype=np.uint16)
        self._documents = array("i")
        """The document of each signature."""
        # Chains of signatures whose pairs of values fall on the same slot.
        self._heads = array("i", [-1]) * _SLOTS
        self._next = array("i")

    def labelled(self, document: Document) -> Document:
        """The document with ``story`` and ``version_of``.

        Both stay None for the first document of a story and the first version of an article.
        """
        text = masked(document.text)
        signed = signature(text)
        near, overlap = self._nearest(document, text, signed)
        same = self._same_address(document, near)
        known = near if same is None else same
        story = version = document.id
        if known is not None:
            story = self._story[known]
            if same is not None or self._publishers[known] == _publisher(document) != 0:
                version = self._version[known]
        # What is nearly equal to a document would never be found before it.
        self._add(document, text, signed, story, version, found=overlap >= SAME)
        return replace(
            document,
            story=story if story != document.id else None,
            version_of=version if version != document.id else None,
        )

    def remember(self, documents: Iterable[Document]) -> None:
        """Take in documents that were labelled before, so that copies of them are recognised."""
        for document in documents:
            story, version = document.story or document.id, document.version_of or document.id
            text = masked(document.text)
            self._add(document, text, signature(text), story, version)

    def _add(
        self,
        document: Document,
        text: str,
        signed: Signature | None,
        story: str,
        version: str,
        *,
        found: bool = False,
    ) -> None:
        number = len(self._story)
        self._story.append(story)
        self._version.append(version)
        self._days.append(_ordinal(document))
        self._publishers.append(_publisher(document))
        self._sizes.append(signed.size if signed else 0)
        if (address := _address(document.url)) is not None:
            self._addresses.setdefault(address, number)
        if signed is None:
            self._short.setdefault(_digest(text), number)
        elif not found:
            self._index(number, signed)

    def _index(self, number: int, signed: Signature) -> None:
        if len(self._documents) == len(self._values):
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
            self._figures = np.concatenate([self._figures, np.zeros_like(self._figures)])
        self._values[len(self._documents)] = signed.values.astype(np.uint8)
        self._figures[len(self._documents)] = signed.figures
        self._documents.append(number)
        for slot in _slots(signed):
            self._next.append(self._heads[slot])
            self._heads[slot] = len(self._next) - 1

    def _nearest(
        self, document: Document, text: str, signed: Signature | None
    ) -> tuple[int | None, float]:
        """The number of the most similar document of the same story, and the overlap."""
        if signed is None:
            number = self._short.get(_digest(text))
            return number, 0.0 if number is None else 1.0
        found: set[int] = set()
        for slot in _slots(signed):
            entry = self._heads[slot]
            for _ in range(_CROWD):
                if entry < 0:
                    break
                found.add(entry // _BANDS)
                entry = self._next[entry]
        if not found:
            return None, 0.0
        candidates = sorted(found)
        equal = (self._values[candidates] == signed.values.astype(np.uint8)).mean(axis=1)
        # One in 256 bytes is equal by chance.
        overlaps = (equal - 1 / 256) / (1 - 1 / 256)
        day = _ordinal(document)
        best, best_overlap = None, 0.0
        for at in np.flatnonzero(overlaps >= CONTAINED_OVERLAP).tolist():
            candidate, overlap = candidates[at], float(overlaps[at])
            number = self._documents[candidate]
            sizes = (signed.size, self._sizes[number])
            if (
                overlap > best_overlap
                and _one_story(overlap, sizes, self._apart(day, number))
                and _same_figures(signed.figures, self._figures[candidate])
            ):
                best, best_overlap = number, overlap
        return best, best_overlap

    def _apart(self, day: int, number: int) -> bool:
        other = self._days[number]
        return abs(day - other) > DAYS_APART if day and other else False

    def _same_address(self, document: Document, near: int | None) -> int | None:
        """The first document of that address, unless it held something else long ago."""
        address = _address(document.url)
        number = self._addresses.get(address) if address else None
        if number is None:
            return None
        alike = near is not None and self._story[near] == self._story[number]
        return number if alike or not self._apart(_ordinal(document), number) else None


def _one_story(overlap: float, sizes: tuple[int, int], apart: bool) -> bool:
    if apart:
        return overlap >= SAME
    shared = overlap / (1 + overlap) * sum(sizes)
    contained = overlap >= CONTAINED_OVERLAP and shared >= CONTAINED * min(sizes)
    return overlap >= OVERLAP or contained


def _same_figures(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> bool:
    ours, others = set(one.tolist()) - {0}, set(other.tolist()) - {0}
    fewer = min(len(ours), len(others))
    return fewer < FIGURES or len(ours & others) >= FIGURES_SHARED * fewer


def _slots(signed: Signature) -> list[int]:
    """The slots of a signature, one for each band of two values."""
    pairs = signed.values[: 2 * _BANDS].astype(np.uint64).reshape(_BANDS, 2)
    mixed = pairs[:, 0] * _FACTORS[:_BANDS, 0] + pairs[:, 1] * _OFFSETS[:_BANDS, 0]
    slots: list[int] = (mixed >> np.uint64(44)).tolist()
    return slots


def _ordinal(document: Document) -> int:
    return document.date.toordinal() if document.date else 0


def _digest(text: str) -> bytes:
    words = " ".join(_WORD.findall(text.lower()))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _publisher(document: Document) -> int:
    """A number that is the same for the same publisher, 0 where it is not known."""
    if not document.source:
        return 0
    folded = document.source.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(folded, digest_size=7).digest(), "big") or 1


def _address(url: str | None) -> bytes | None:
    """What is the same for all addresses of one page; None for a home page or no address.

    >>> _address("https://a.org/x?utm_source=rss#top") == _address("http://www.a.org/x/")
    True
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    host = (parts.hostname or "").removeprefix("www.")
    if not host or not (path or query):
        return None
    plain = f"{host}{path}?{urlencode(sorted(query))}"
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
