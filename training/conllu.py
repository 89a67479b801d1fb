"""Reading the corpora: CoNLL-U treebanks and two-column name corpora."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Token:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool
    misc: str


@dataclass
class Sentence:
    tokens: list[Token]
    doc: str
    new_par: bool
    sent_id: str = ""
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        return [token.form for token in self.tokens]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; words of a multi-word token keep no space between them."""
    tokens: list[Token] = []
    meta: dict[str, str] = {}
    doc, new_par, sent_id, range_end, range_space = path.stem, True, "", 0, True
    genre = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                doc, new_par, meta = line.split("=")[-1].strip(), True, {}
            elif line.startswith("# newpar"):
                new_par = True
            elif line.startswith("# genre"):  # our news: a headline is a paragraph of its own
                new_par = new_par or line != genre
                genre = line
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line.startswith("# meta::"):
                key, _, value = line[8:].partition(" = ")
                meta[key] = value
            continue
        if not line.strip():
            if tokens:
                yield Sentence(tokens, doc, new_par, sent_id, meta)
                tokens, new_par, range_end = [], False, 0
            continue
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        space = "SpaceAfter=No" not in cells[9].split("|")
        if "-" in cells[0]:
            range_end, range_space = int(cells[0].split("-")[1]), space
            continue
        number = int(cells[0])
        if range_end and number < range_end:
            space = False
        elif range_end and number == range_end:
            space = range_space
        feats = "" if cells[5] == "_" else cells[5]
        tokens.append(
            Token(
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                feats,
                int(cells[6]),
                cells[7],
                space,
                cells[9],
            )
        )
    if tokens:
        yield Sentence(tokens, doc, new_par, sent_id, meta)


def read_columns(
    path: Path, word: int, tag: int, separator: str | None
) -> Iterator[tuple[list[str], list[str], str]]:
    """(words, tags, document) per sentence of a name corpus in columns."""
    words: list[str] = []
    tags: list[str] = []
    doc = path.stem
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            doc = line.split("=")[-1].strip()
        if line.startswith("# "):
            continue
        cells = line.split(separator)
        if len(cells) <= max(word, tag):
            if words:
                yield words, tags, doc
                words, tags = [], []
            continue
        words.append(cells[word].strip())
        tags.append(cells[tag].strip())
    if words:
        yield words, tags, doc


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, label) of IO, IOB1 or IOB2 tags."""
    spans: list[tuple[int, int, str]] = []
    start, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        part, _, name = tag.partition("-")
        if start >= 0 and (part in ("O", "B") or name != label):
            spans.append((start, i, label))
            start = -1
        if part != "O" and start < 0:
            start, label = i, name
    return spans


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
