"""From scores to structures: sentences, trees, names. Pure functions over numpy arrays."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.text.tagset import NAME_TAGS

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

_NEVER = -1e9
_ROOT_PRICE = 1e6


def is_tree(heads: Ints) -> bool:
    """Whether heads (0 = root, else 1 + word) make one tree with one root."""
    n = len(heads)
    if np.count_nonzero(heads == 0) != 1:
        return False
    up = np.zeros(n + 1, dtype=np.int64)
    up[1:] = heads
    for _ in range(max(1, math.ceil(math.log2(n + 1)))):
        up = up[up]
    return not up.any()


def best_tree(scores: Floats) -> Ints:
    """Heads of the best-scoring tree with one root.

    ``scores[d, h]`` is the score of head ``h`` for word ``d``; column 0 is the root,
    column ``1 + w`` the word ``w``. The argmax is taken where it is a tree already.
    """
    n = len(scores)
    scores = scores.astype(np.float64)
    words = np.arange(n)
    scores[words, words + 1] = _NEVER
    # every word's best head that is no root, and the word that gains most by being the root:
    # no tree can score better than that, so when it is a tree it is the best one
    heads: Ints = scores[:, 1:].argmax(1) + 1
    root = int((scores[:, 0] - scores[words, heads]).argmax())
    heads[root] = 0
    if is_tree(heads):
        return heads
    # a high price for every root: the best tree then has exactly one
    scores[:, 0] -= _ROOT_PRICE
    full = np.full((n + 1, n + 1), _NEVER)
    full[1:] = scores
    return _chu_liu_edmonds(full)[1:]


def _chu_liu_edmonds(scores: Floats) -> Ints:
    """Heads of the maximum spanning arborescence from node 0; ``scores[d, h]``, square."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    size = len(outside)
    contracted = np.full((size + 1, size + 1), -np.inf)
    contracted[:size, :size] = scores[outside][:, outside]
    # leaving the cycle: the best head inside it for every word outside
    leave = cycle[scores[outside][:, cycle].argmax(1)]
    contracted[:size, size] = scores[outside, leave]
    # entering it: what is gained by breaking the cycle at its best place
    gain = scores[cycle][:, outside] - scores[cycle, heads[cycle]][:, None]
    enter = cycle[gain.argmax(0)]
    contracted[size, :size] = gain.max(0)
    solved = _chu_liu_edmonds(contracted)
    result: Ints = heads.copy()
    for i, node in enumerate(outside):
        if node:
            result[node] = leave[i] if solved[i] == size else outside[solved[i]]
    entrance = solved[size]
    result[enter[entrance]] = outside[entrance]
    return result


def _cycle(heads: Ints) -> Ints | None:
    """The nodes of one cycle, None when all nodes reach node 0."""
    state = [0] * len(heads)
    parents = heads.tolist()
    state[0] = -1
    for start in range(1, len(parents)):
        node = start
        path: list[int] = []
        while state[node] == 0:
            state[node] = start
            path.append(node)
            node = parents[node]
        if state[node] == start:
            return np.array(path[path.index(node) :])
    return None


@cache
def _transitions() -> tuple[Bools, Bools, Bools]:
    """(allowed[from, to], may start, may end) of the BILOU tags."""
    size = len(NAME_TAGS)
    allowed = np.zeros((size, size), dtype=bool)
    for i, before in enumerate(NAME_TAGS):
        for j, after in enumerate(NAME_TAGS):
            if before[0] in "OLU":
                allowed[i, j] = after[0] in "OBU"
            else:
                allowed[i, j] = after[0] in "IL" and before[2:] == after[2:]
    starts = np.array([tag[0] in "OBU" for tag in NAME_TAGS])
    ends = np.array([tag[0] in "OLU" for tag in NAME_TAGS])
    return allowed, starts, ends


def best_tags(scores: Floats) -> Ints:
    """The best tag sequence under the BILOU constraints; ``scores[word, tag]``."""
    allowed, starts, ends = _transitions()
    tags: Ints = scores.argmax(1)
    if len(tags) == 0:
        return tags
    if starts[tags[0]] and ends[tags[-1]] and allowed[tags[:-1], tags[1:]].all():
        return tags
    barrier = np.where(allowed, 0.0, _NEVER)
    total = scores[0] + np.where(starts, 0.0, _NEVER)
    back: list[Ints] = []
    for row in scores[1:]:
        steps = total[:, None] + barrier
        choice = steps.argmax(0)
        back.append(choice)
        total = steps[choice, np.arange(len(choice))] + row
    tag = int((total + np.where(ends, 0.0, _NEVER)).argmax())
    path = [tag]
    for choice in reversed(back):
        tag = int(choice[tag])
        path.append(tag)
    return np.array(path[::-1])


def spans_of(tags: Ints) -> list[tuple[int, int, str]]:
    """(start, end, label) of the names in a valid tag sequence."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for i in np.flatnonzero(tags):
        part, _, label = NAME_TAGS[tags[i]].partition("-")
        if part in "UB":
            start = int(i)
        if part in "UL":
            spans.append((start, int(i) + 1, label))
    return spans


def verbs_by_tree(heads: Ints, relations: Sequence[str], tags: Sequence[str]) -> list[int]:
    """The words tagged as plural nouns that their tree makes verbs: "Seoul *signals* interest".

    ``heads`` are word numbers, a root being its own head. A noun may have a subject (with a
    copula) or an object ("*meeting* Trump"), but not both.
    """
    below: dict[int, set[str]] = {}
    for i, (head, relation) in enumerate(zip(heads.tolist(), relations, strict=True)):
        if head != i and relation in ("nsubj", "obj", "cop"):
            below.setdefault(head, set()).add(relation)
    return [i for i, found in below.items() if tags[i] == "NNS" and found == {"nsubj", "obj"}]


_CORRECTABLE = frozenset(("GPE", "LOC", "FAC", "NORP"))


def correct_types(
    spans: Sequence[tuple[int, int, str]], words: Sequence[str], types: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """Places and peoples whose name is well known get its type and the word before that it needs.

    "Tajik" found as GPE becomes NORP; "Korean" in "North Korean" grows to the left.
    """
    corrected: list[tuple[int, int, str]] = []
    free = 0
    for start, end, label in spans:
        if label in _CORRECTABLE:
            if start > free and (longer := types.get(" ".join(words[start - 1 : end]))):
                start, label = start - 1, longer
            else:
                label = types.get(" ".join(words[start:end]), label)
        corrected.append((start, end, label))
        free = end
    return corrected


_NAMEABLE = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC"))


def unify_names(
    spans: Sequence[tuple[int, int, str]], words: Sequence[str], types: Mapping[str, str]
) -> list[tuple[int, int, str]]:
    """One type per name within a document, the most frequent one.

    A single word that begins or ends a longer person's name of the document ("Kim") is that
    person; names whose type is well known stay what they are.
    """
    texts = [" ".join(words[start:end]) for start, end, _ in spans]
    counts: dict[str, Counter[str]] = {}
    persons: set[str] = set()
    for text, (start, end, label) in zip(texts, spans, strict=True):
        if label in _NAMEABLE:
            counts.setdefault(text, Counter())[label] += 1
        if label == "PERSON" and end - start > 1:
            persons.update((words[start], words[end - 1]))
    unified: list[tuple[int, int, str]] = []
    for text, (start, end, label) in zip(texts, spans, strict=True):
        if label in _NAMEABLE and text not in types:
            most, count = counts[text].most_common(1)[0]
            if text in persons:
                label = "PERSON"
            elif 2 * count > counts[text].total():
                label = most
        unified.append((start, end, label))
    return unified


_OPENING = frozenset("“‘«„([{")
_QUOTES = frozenset(('"', "'", "``"))


_MARKS = _QUOTES | frozenset("“”‘’«»„")
_NEVER_LAST = frozenset(
    ", Mr. Mrs. Ms. Dr. Prof. Rev. Gen. Lt. Col. Maj. Capt. Sgt. Adm. Sen. Rep. Gov. vs.".split()
)


# Chosen on the dev sets: 93.5 -> 95.7 sentence F on GUM, 88.6 -> 88.7 on EWT.
_UNMARKED = 2.5


def likely_starts(scores: Floats, words: Sequence[str], spaced: Bools, heading: Bools) -> Bools:
    """Where sentences start by their scores (log odds).

    After a word without any mark, inside a line, only where the model is very sure; inside a
    headline never: "U.S. sanctions | Venezuela's oil firm".
    """
    unmarked = np.array([False, *(word[-1].isalnum() for word in words[:-1])], dtype=bool)
    unmarked[1:] &= spaced[:-1]
    least = np.where(unmarked, np.where(heading, np.inf, _UNMARKED), 0.0)
    starts: Bools = scores > least
    return starts


def tidy_starts(starts: Bools, forced: Bools, words: Sequence[str], spaced: Bools) -> Bools:
    """Sentence starts after three repairs; ``spaced`` tells which words a space follows.

    No sentence ends with a comma or a title; a quote or bracket belongs to the sentence on the
    side it is written against; a stretch without letter or digit is no sentence but part of a
    neighbour. Forced starts stay.
    """
    starts = starts | forced
    starts[0] = True
    for i in np.flatnonzero(starts).tolist():
        if i == 0 or forced[i]:
            continue
        word = words[i]
        # also before a quotation mark: "“… an overdose,” Ms. Lee said", "…, QC, “Gloria spent …”"
        before = words[i - 2] if i > 1 and words[i - 1] in _MARKS else words[i - 1]
        if before in _NEVER_LAST:
            starts[i] = False
            continue
        closing = word in "”’»)]}" or (word in _QUOTES and not spaced[i - 1])
        if closing and not spaced[i - 1] and (i + 1 == len(words) or spaced[i]):
            starts[i] = False
            if i + 1 < len(words):
                starts[i + 1] = True
        elif (
            i > 1
            and not starts[i - 1]
            and _opens(words[i - 1], bool(spaced[i - 2]), bool(spaced[i - 1]))
        ):
            starts[i] = False
            starts[i - 1] = True
    bounds = [*np.flatnonzero(starts).tolist(), len(words)]
    for a, b in itertools.pairwise(bounds):
        if any(char.isalnum() for word in words[a:b] for char in word):
            continue
        follows = b < len(words) and not forced[b]
        opening = _opens(words[b - 1], a == 0 or bool(spaced[b - 2]), bool(spaced[b - 1]))
        if follows and (opening or forced[a] or a == 0):
            starts[b] = False
        elif a and not forced[a]:
            starts[a] = False
    return starts


def _opens(word: str, space_before: bool, space_after: bool) -> bool:
    return word in _OPENING or (word in _QUOTES and space_before and not space_after)
