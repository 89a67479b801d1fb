"""Sentences with a ClearNLP and a Universal Dependencies tree, from tests/text/gold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.text.clearnlp import Word

GOLD = Path(__file__).parent / "text" / "gold" / "clearnlp.tsv"


@dataclass
class Pair:
    """A sentence with both of its trees; heads are word numbers, a root being its own."""

    text: str
    words: list[Word] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    ud_heads: list[int] = field(default_factory=list)
    ud_labels: list[str] = field(default_factory=list)


def read_pairs() -> list[Pair]:
    pairs: list[Pair] = []
    for line in GOLD.read_text("utf-8").splitlines():
        if line.startswith("# text = "):
            pairs.append(Pair(line[9:]))
        elif line and not line.startswith("#"):
            form, lemma, pos, tag, name, head, label, ud_head, ud_label = line.split(" ")
            pair = pairs[-1]
            number = len(pair.words)
            entity = "" if name == "-" else name.lstrip("+")
            pair.words.append(Word(form, lemma, pos, tag, entity, name.startswith("+")))
            pair.heads.append(int(head) - 1 if int(head) else number)
            pair.labels.append(label)
            pair.ud_heads.append(int(ud_head) - 1 if int(ud_head) else number)
            pair.ud_labels.append(ud_label)
    return pairs


PAIRS = read_pairs()
