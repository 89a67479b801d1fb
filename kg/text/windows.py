"""A document through the model, window by window: bounded memory, whole sentences.

A window ends at a paragraph's end where one is near. Elsewhere its last sentence may be
cut off, so that sentence opens the next window again.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.text.decode import (
    best_tags,
    best_tree,
    correct_types,
    likely_starts,
    spans_of,
    tidy_starts,
    unify_names,
    verbs_by_tree,
)
from kg.text.weights import Model, Scores

WINDOW = 120
"""Words in a window, unless one sentence is longer."""

_SHORTEST_WINDOW = 50
_LONGEST_SENTENCE = 240
_MOST_PIECES = 400

Array = NDArray[Any]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """The words of a document: which a space follows, which must start a sentence.

    ``heading`` marks the words of headlines, which are parted by marks only.
    """

    texts: list[str]
    spaced: Bools
    forced: Bools
    heading: Bools


@dataclass(frozen=True)
class Analysis:
    """Label numbers per word; ``heads`` are word numbers, a root being its own head."""

    heads: Array
    relations: Array
    xpos: Array
    morph: Array
    scripts: Array
    script_scores: Array
    names: list[tuple[int, int, str]]


def analyse(words: Words, model: Model) -> Analysis:
    """The analysis of a document with at least one word."""
    pieces = [model.pieces.word(text) for text in words.texts]
    parts: list[Analysis] = []
    at, size = 0, WINDOW
    while at < len(pieces):
        end, clean = _window_end(pieces, words.forced, at, size)
        scores = _run(pieces[at:end], model)
        starts = tidy_starts(
            likely_starts(
                scores.sentence[:, 0],
                words.texts[at:end],
                words.spaced[at:end],
                words.heading[at:end],
            ),
            words.forced[at:end],
            words.texts[at:end],
            words.spaced[at:end],
        )
        bounds = np.flatnonzero(starts).tolist()
        if not clean:
            if len(bounds) > 1:
                end = at + bounds.pop()
            elif size < _LONGEST_SENTENCE:
                size = _LONGEST_SENTENCE
                continue
        parts.append(_decode(scores, [*bounds, end - at], at, words.texts[at:end], model))
        at, size = end, WINDOW
    names = [name for part in parts for name in part.names]
    return Analysis(
        heads=np.concatenate([p.heads for p in parts]),
        relations=np.concatenate([p.relations for p in parts]),
        xpos=np.concatenate([p.xpos for p in parts]),
        morph=np.concatenate([p.morph for p in parts]),
        scripts=np.concatenate([p.scripts for p in parts]),
        script_scores=np.concatenate([p.script_scores for p in parts]),
        names=unify_names(names, words.texts, model.name_types),
    )


def _window_end(
    pieces: list[tuple[tuple[int, ...], int]], forced: Bools, at: int, size: int
) -> tuple[int, bool]:
    """Where the window from ``at`` ends, and whether a sentence surely ends there."""
    end, count = at, 0
    limit = min(at + size, len(pieces))
    while end < limit:
        count += len(pieces[end][0])
        if count > _MOST_PIECES and end > at:
            break
        end += 1
    if end == len(pieces) or forced[end]:
        return end, True
    paragraphs = np.flatnonzero(forced[at + _SHORTEST_WINDOW : end])
    if size == WINDOW and len(paragraphs):
        return at + _SHORTEST_WINDOW + int(paragraphs[-1]), True
    return end, False


def _run(pieces: list[tuple[tuple[int, ...], int]], model: Model) -> Scores:
    ids, shapes = [model.pieces.start], [0]
    first: list[int] = []
    last: list[int] = []
    for part, shape in pieces:
        first.append(len(ids))
        ids.extend(part)
        shapes.extend([shape] * len(part))
        last.append(len(ids) - 1)
    ids.append(model.pieces.end)
    shapes.append(0)
    return model.run(ids, shapes, first, last, [shape for _, shape in pieces])


def _decode(scores: Scores, bounds: list[int], at: int, texts: list[str], model: Model) -> Analysis:
    """Trees and names of the sentences between the bounds of a window that begins at ``at``."""
    n = bounds[-1]
    heads = np.empty(n, dtype=np.int64)  # 0 = root, else 1 + word of the window
    names: list[tuple[int, int, str]] = []
    for a, b in itertools.pairwise(bounds):
        candidates = np.concatenate([model.root_arc[None], scores.arc_head[a:b]])
        local = best_tree(scores.arc_dep[a:b] @ candidates.T)
        heads[a:b] = np.where(local > 0, local + a, 0)
        found = spans_of(best_tags(scores.names[a:b]))
        for start, end, label in correct_types(found, texts[a:b], model.name_types):
            names.append((at + a + start, at + a + end, label))
    head_vectors = np.concatenate([model.root_rel[None], scores.rel_head])[heads]
    relation_scores = model.relation_scores(scores.rel_dep[:n], head_vectors)
    relation_scores[heads > 0, model.root_relation] = -np.inf
    relations = relation_scores.argmax(1)
    relations[heads == 0] = model.root_relation
    own = np.where(heads > 0, heads - 1, np.arange(n))
    # small numbers: a long document keeps them all
    xpos, morph = scores.xpos[:n].astype(np.int16), scores.morph[:n].astype(np.int16)
    names_of = [model.relations[relation] for relation in relations.tolist()]
    verbs = verbs_by_tree(own, names_of, [model.xpos[tag] for tag in xpos.tolist()])
    xpos[verbs], morph[verbs] = model.verb_label
    return Analysis(
        heads=own + at,
        relations=relations.astype(np.int16),
        xpos=xpos,
        morph=morph,
        scripts=scores.scripts[:n].astype(np.int16),
        script_scores=scores.script_scores[:n].copy(),
        names=names,
    )
