"""Hand-checked CoNLL-U trees as spaCy documents, so that rules are tested without the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Span

from kg.text.parsed import Doc

VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Tree:
    """A sentence's comments ("# key = value", repeated keys collected) and its document."""

    comments: dict[str, list[str]]
    doc: Doc


def read_trees(path: Path) -> Iterator[Tree]:
    """One document per sentence of a CoNLL-U file; NER=B-X/I-X in MISC become entities."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        comments: dict[str, list[str]] = {}
        rows = []
        for line in block.splitlines():
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments.setdefault(key.strip(), []).append(value.strip())
            else:
                rows.append(line.split("\t"))
        yield Tree(comments, tree([row for row in rows if row[0].isdigit()]))


def tree(rows: list[list[str]]) -> Doc:
    """The document of the rows of one sentence."""
    doc = SpacyDoc(
        VOCAB,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        heads=[int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)],
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        tags=[row[4] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        lemmas=[row[2] for row in rows],
        sent_starts=[i == 0 for i in range(len(rows))],
    )
    doc.ents = list(_entities(doc, rows))
    return Doc(doc)


def _entities(doc: SpacyDoc, rows: list[list[str]]) -> Iterator[Span]:
    start, label = 0, ""
    for i, row in enumerate([*rows, [""] * 9 + ["_"]]):
        tag = next((f[4:] for f in row[9].split("|") if f.startswith("NER=")), "O")
        if label and not tag.startswith("I-"):
            yield Span(doc, start, i, label=label)
            label = ""
        if tag.startswith("B-"):
            start, label = i, tag[2:]
