"""CoNLL-18 style scores from raw text: gold and system words aligned by characters."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from conllu import Sentence  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

Key = tuple[int, int]


@dataclass
class Words:
    """Words by their span in the text without white space."""

    rows: dict[Key, tuple[str, str, str, str]] = field(
        default_factory=dict
    )  # upos, xpos, feats, lemma
    heads: dict[Key, tuple[Key | None, str]] = field(default_factory=dict)
    sentences: set[Key] = field(default_factory=set)


def raw_text(sentences: list[Sentence]) -> str:
    """The text of a document: paragraphs separated by a blank line."""
    parts: list[str] = []
    for i, sentence in enumerate(sentences):
        if i:
            parts.append(
                "\n\n" if sentence.new_par else "" if parts and parts[-1].endswith(" ") else " "
            )
        text = "".join(t.form + (" " if t.space_after else "") for t in sentence.tokens)
        parts.append(text.rstrip(" "))
    return "".join(parts)


def gold_words(sentences: list[Sentence]) -> Words:
    words, at = Words(), 0
    for sentence in sentences:
        keys: list[Key] = []
        for token in sentence.tokens:
            size = len("".join(token.form.split()))
            keys.append((at, at + size))
            at += size
        for key, token in zip(keys, sentence.tokens, strict=True):
            words.rows[key] = (token.upos, token.xpos, token.feats, token.lemma)
            words.heads[key] = (keys[token.head - 1] if token.head else None, token.deprel)
        words.sentences.add((keys[0][0], keys[-1][1]))
    return words


def doc_keys(doc: Doc) -> list[Key]:
    keys: list[Key] = []
    at = 0
    for token in doc:
        size = len("".join(token.text.split()))
        keys.append((at, at + size))
        at += size
    return keys


def system_words(doc: Doc) -> Words:
    words, keys = Words(), doc_keys(doc)
    for sentence in doc.sents:
        real = [t for t in sentence if not t.is_space]
        if not real:
            continue
        words.sentences.add((keys[real[0].i][0], keys[real[-1].i][1]))
        for t in real:
            words.rows[keys[t.i]] = (t.pos_, t.tag_, str(t.morph), t.lemma_)
            root = t.head.i == t.i
            words.heads[keys[t.i]] = (None if root else keys[t.head.i], "root" if root else t.dep_)
    return words


MEASURES = ("words", "sentences", "upos", "xpos", "feats", "lemma", "uas", "las", "las_full")


def count(gold: Words, system: Words, right: Counter[str], total: Counter[str]) -> None:
    """Adds one document to the counts."""
    total["sentences gold"] += len(gold.sentences)
    total["sentences system"] += len(system.sentences)
    right["sentences"] += len(gold.sentences & system.sentences)
    total["gold"] += len(gold.rows)
    total["system"] += len(system.rows)
    for key in gold.rows.keys() & system.rows.keys():
        right["words"] += 1
        for i, name in enumerate(("upos", "xpos", "feats")):
            right[name] += gold.rows[key][i] == system.rows[key][i]
        right["lemma"] += gold.rows[key][3] in ("_", system.rows[key][3])
        head, relation = gold.heads[key]
        own_head, own_relation = system.heads[key]
        if head == own_head:
            right["uas"] += 1
            right["las"] += relation.split(":")[0] == own_relation.split(":")[0]
            right["las_full"] += relation == own_relation


def scores(right: Counter[str], total: Counter[str]) -> dict[str, float]:
    result = {}
    for name in MEASURES:
        if name == "sentences":
            both = total["sentences gold"] + total["sentences system"]
        else:
            both = total["gold"] + total["system"]
        result[name] = round(200 * right[name] / max(1, both), 2)
    return result


@dataclass
class NameCounts:
    """Exact-span counts per label."""

    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    system: Counter[str] = field(default_factory=Counter)

    def scores(self) -> dict[str, dict[str, float]]:
        labels = sorted(set(self.gold) | set(self.system))
        rows = {
            label: (self.right[label], self.gold[label], self.system[label]) for label in labels
        }
        rows["all"] = (self.right.total(), self.gold.total(), self.system.total())
        result = {}
        for label, (right, gold, system) in rows.items():
            p, r = right / max(1, system), right / max(1, gold)
            result[label] = {
                "p": round(100 * p, 1),
                "r": round(100 * r, 1),
                "f": round(200 * p * r / max(1e-9, p + r), 1),
                "gold": gold,
            }
        return result
