"""Sentences -> windows -> batches, with the augmentation of the recipe."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from kg.text.lemmas import script_of
from kg.text.tagset import NAME_TAGS
from kg.text.wordpiece import WordPiece

SOURCES_WITH_BOUNDARIES = {"ewt", "gum", "news"}
UNKNOWN_HEAD = -1
"""Head of a word whose place in the tree is left open (silver trees)."""


class Encoder:
    """Label numbers of prepared sentences, worked out once."""

    def __init__(self, labels: dict[str, list[str]], pieces: WordPiece) -> None:
        self.index = {
            key: {x: i for i, x in enumerate(labels[key])}
            for key in ("xpos", "morph", "rel", "script")
        }
        self.pieces = pieces

    def encode(self, item: dict[str, Any]) -> dict[str, Any]:
        words = item["words"]
        n = len(words)
        out: dict[str, Any] = {
            "words": words,
            "doc": item["doc"],
            "source": item["source"],
            "names": item["names"],
        }
        tree = "head" in item
        out["tree"] = tree
        for key in ("xpos", "morph", "rel"):
            out[key] = [self.index[key].get(x, -100) for x in item[key]] if tree else [-100] * n
        out["lemma"] = item["lemma"] if tree else None
        out["head"] = item["head"] if tree else [0] * n
        out["script"] = self.scripts(words, out["lemma"])
        return out

    def scripts(self, words: list[str], lemmas: list[str] | None) -> list[int]:
        if lemmas is None:
            return [-100] * len(words)
        return [
            self.index["script"].get(script_of(w, lem), -100)
            for w, lem in zip(words, lemmas, strict=True)
        ]


def windows_in_order(items: list[dict[str, Any]], limit: int) -> list[list[dict[str, Any]]]:
    """Consecutive sentences of one document, at most ``limit`` words unless one alone is longer."""
    result: list[list[dict[str, Any]]] = []
    size = limit
    for item in items:
        n = len(item["words"])
        if size + n > limit or result[-1][0]["doc"] != item["doc"]:
            result.append([])
            size = 0
        result[-1].append(item)
        size += n
    return result


def windows(
    items: list[dict[str, Any]], limit: int, rng: random.Random
) -> list[list[dict[str, Any]]]:
    """Consecutive sentences of one document, cut to random lengths; short documents are joined."""
    docs: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        docs.setdefault(item["source"] + item["doc"], []).append(item)
    keys = list(docs)
    rng.shuffle(keys)
    groups: dict[bool, list[list[dict[str, Any]]]] = {True: [], False: []}
    for tree in (True, False):
        current: list[dict[str, Any]] = []
        size, target = 0, limit
        for key in keys:
            if docs[key][0]["tree"] != tree:
                continue
            for item in docs[key]:
                n = len(item["words"])
                if current and size + n > target:
                    groups[tree].append(current)
                    current, size = [], 0
                    target = limit if rng.random() < 0.6 else rng.randint(15, limit)
                current.append(item)
                size += n
        if current:
            groups[tree].append(current)
    result = groups[True] + groups[False]
    rng.shuffle(result)
    return result


def recase(words: list[str], mode: str) -> list[str]:
    if mode == "lower":
        return [w.lower() for w in words]
    if mode == "upper":
        return [w.upper() for w in words]
    return [w if not w[:1].islower() or len(w) < 4 else w[:1].upper() + w[1:] for w in words]


class Batcher:
    def __init__(self, encoder: Encoder, config: dict[str, Any]) -> None:
        self.encoder, self.config = encoder, config

    def window(self, sentences: list[dict[str, Any]], rng: random.Random | None) -> dict[str, Any]:
        """Arrays of one window; augmented when a random source is given."""
        pieces = self.encoder.pieces
        draw = rng.random() if rng else 1.0
        mode = ""
        for name, key in (("lower", "lower_case"), ("upper", "all_caps"), ("title", "title_case")):
            if not mode and draw < self.config[key]:
                mode = name
            draw -= self.config[key]
        ids, shapes, first, last, word_shapes = [pieces.start], [0], [], [], []
        heads: list[int] = []
        sentence: list[int] = []
        keys = ("xpos", "morph", "rel", "script", "names", "arc_known")
        out: dict[str, Any] = {k: [] for k in keys}
        bounds: list[tuple[int, int]] = []
        for s in sentences:
            words = recase(s["words"], mode) if mode else s["words"]
            base = len(heads)
            for w in words:
                part, shape = pieces.word(w)
                if rng and rng.random() < self.config["word_dropout"]:
                    part = (pieces.vocabulary["[MASK]"],)
                first.append(len(ids))
                ids.extend(part)
                shapes.extend([shape] * len(part))
                last.append(len(ids) - 1)
                word_shapes.append(shape)
            heads.extend(base + h if h > 0 else -1 for h in s["head"])
            out["arc_known"].extend(int(h != UNKNOWN_HEAD) for h in s["head"])
            known = s["source"] in SOURCES_WITH_BOUNDARIES
            sentence.extend([1 if known else -1] + [0 if known else -1] * (len(words) - 1))
            bounds.append((base, base + len(words)) if s["tree"] else (base, base))
            for key in ("xpos", "morph", "rel", "names"):
                out[key].extend(s[key])
            out["script"].extend(self.encoder.scripts(words, s["lemma"]) if mode else s["script"])
        ids.append(pieces.end)
        shapes.append(0)
        sentence[0] = -1 if sentence[0] < 0 else sentence[0]
        out.update(
            ids=ids,
            shapes=shapes,
            first=first,
            last=last,
            word_shapes=word_shapes,
            head=heads,
            sentence=sentence,
            bounds=bounds,
        )
        return out

    def batches(
        self, items: list[dict[str, Any]], pieces: int, rng: random.Random, train: bool
    ) -> Iterator[dict[str, Any]]:
        built = [
            self.window(w, rng if train else None)
            for w in windows(items, self.config["window_words"], rng)
        ]
        built = [w for w in built if len(w["ids"]) <= 500]
        order = sorted(range(len(built)), key=lambda i: len(built[i]["ids"]) + rng.random() * 12)
        groups: list[list[int]] = []
        current: list[int] = []
        for i in order:
            if current and up(len(built[i]["ids"]), 16) * (len(current) + 1) > pieces:
                groups.append(current)
                current = []
            current.append(i)
        if current:
            groups.append(current)
        rng.shuffle(groups)
        for group in groups:
            yield collate([built[i] for i in group])


_TAGS = len(NAME_TAGS)


def up(number: int, step: int) -> int:
    """The next multiple; few distinct shapes keep the matrix library's kernels cached."""
    return -(-number // step) * step


def collate(group: list[dict[str, Any]]) -> dict[str, Any]:
    length = up(max(len(w["ids"]) for w in group), 16)
    total = sum(len(w["first"]) for w in group)
    arrays = {k: np.zeros((len(group), length), np.int64) for k in ("ids", "mask", "piece_shapes")}
    flat: dict[str, list[int]] = {
        k: []
        for k in (
            "first",
            "last",
            "word_shapes",
            "xpos",
            "morph",
            "rel",
            "script",
            "sentence",
            "names",
            "arc_known",
        )
    }
    heads: list[int] = []
    bounds: list[tuple[int, int]] = []
    base = 0
    for i, w in enumerate(group):
        n = len(w["ids"])
        arrays["ids"][i, :n] = w["ids"]
        arrays["mask"][i, :n] = 1
        arrays["piece_shapes"][i, :n] = w["shapes"]
        flat["first"] += [i * length + x for x in w["first"]]
        flat["last"] += [i * length + x for x in w["last"]]
        for key in list(flat)[2:]:
            flat[key] += w[key]
        heads += [0 if h < 0 else base + h for h in w["head"]]  # 0 = root, else 1 + word number
        bounds += [(base + a, base + b) for a, b in w["bounds"] if b > a]
        base += len(w["first"])
    padding = up(total, 64) - total
    for key in flat:
        flat[key] += [
            {"names": (1 << _TAGS) - 1, "sentence": -1}.get(
                key, -100 if key in ("xpos", "morph", "rel", "script") else 0
            )
        ] * padding
    heads += [0] * padding
    tensors: dict[str, Any] = {k: torch.from_numpy(v) for k, v in arrays.items()}
    tensors |= {k: torch.tensor(v) for k, v in flat.items() if k != "names"}
    bits = np.array(flat["names"], np.int64)
    tensors["names"] = torch.from_numpy((bits[:, None] >> np.arange(_TAGS)) & 1).bool()
    tensors["head"] = torch.tensor(heads)
    # words of trees, padded per sentence: rows of word numbers
    longest = up(max((b - a for a, b in bounds), default=0), 16)
    rows = np.full((up(len(bounds), 8), longest), -1, np.int64)
    for i, (a, b) in enumerate(bounds):
        rows[i, : b - a] = np.arange(a, b)
    tensors["rows"] = torch.from_numpy(rows)
    tensors["words"] = total
    return tensors
