"""Sentences with other names in their places: what surrounds a name must tell its type.

The sentences lose their trees; names whose type the annotation leaves open stay.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import names as nm

from kg.text.tagset import NAME_TAGS

HERE = Path(__file__).parent
Span = tuple[int, int, str]
Pools = dict[str, list[tuple[str, ...]]]
SOURCES = frozenset(("wikigold", "crossner", "news", "names"))
# how often a name of a type is exchanged; the well-known names of places have their own list
_SHARES = {"PERSON": 0.5, "ORG": 0.6, "FAC": 0.6, "EVENT": 0.6, "LOC": 0.4, "GPE": 0.3, "NORP": 0.3}
_TAG_OF = {nm.BIT[tag]: tag for tag in NAME_TAGS}


def certain_spans(masks: list[int]) -> list[Span]:
    """(start, end, label) of the names that allow one tag a word only."""
    spans: list[Span] = []
    start = -1
    for i, mask in enumerate(masks):
        part, _, label = _TAG_OF.get(mask, "?").partition("-")
        if part in "UB" and label:
            start = i
        elif part not in "IL" or not label:
            start = -1
        if part in "UL" and label and start >= 0:
            spans.append((start, i + 1, label))
    return spans


def read_pools(items: list[dict[str, Any]]) -> Pools:
    """Names by type: those of the sentences and those of the lists."""
    found: dict[str, set[tuple[str, ...]]] = {label: set() for label in _SHARES}
    for item in items:
        for start, end, label in certain_spans(item["names"]):
            if label in found:
                found[label].add(tuple(item["words"][start:end]))
    for line in (HERE / "lists" / "pool.txt").read_text(encoding="utf-8").splitlines():
        label, name = line.split("\t")
        found[label].add(tuple(name.split()))
    for label, key in (("GPE", "places"), ("NORP", "demonyms")):
        found[label].update(tuple(name.split()) for name in nm.LISTS[key])
    return {label: sorted(pool) for label, pool in found.items()}


def substituted(item: dict[str, Any], pools: Pools, rng: random.Random) -> dict[str, Any] | None:
    """A flat copy of a sentence with some names exchanged, None when none was."""
    words, masks = list(item["words"]), list(item["names"])
    changed = False
    for start, end, label in reversed(certain_spans(masks)):
        if label not in _SHARES or rng.random() >= _SHARES[label]:
            continue
        name = rng.choice(pools[label])
        words[start:end] = name
        masks[start:end] = nm.masks(list(name), [nm.Name(0, len(name), (label,))], ())
        changed = True
    if not changed:
        return None
    return {"source": "swapped", "doc": item["doc"], "par": True, "words": words, "names": masks}
