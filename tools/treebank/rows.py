"""CoNLL-U as the treebank keeps it: words without ranges, names as `NER=B-GPE` in MISC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Row:
    """One word."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: dict[str, str] = field(default_factory=dict)

    @property
    def space_after(self) -> bool:
        return self.misc.get("SpaceAfter") != "No"

    @property
    def ner(self) -> str:
        return self.misc.get("NER", "O")

    @ner.setter
    def ner(self, tag: str) -> None:
        self.misc.pop("NER", None)
        if tag != "O":
            self.misc["NER"] = tag


@dataclass
class Tree:
    """One sentence: its comment lines (`key = value` or bare) and its rows."""

    comments: dict[str, str]
    rows: list[Row]

    @property
    def id(self) -> str:
        return self.comments.get("sent_id", "")

    @property
    def text(self) -> str:
        parts = [row.form + (" " if row.space_after else "") for row in self.rows]
        return "".join(parts).rstrip()

    def names(self) -> list[tuple[int, int, str]]:
        """(first, last, label) of the names, 1-based and inclusive."""
        spans: list[tuple[int, int, str]] = []
        for number, row in enumerate(self.rows, 1):
            part, _, label = row.ner.partition("-")
            if part == "B":
                spans.append((number, number, label))
            elif part == "I" and spans:
                spans[-1] = (spans[-1][0], number, spans[-1][2])
        return spans


class RowsError(ValueError):
    """A file is not CoNLL-U of the kind the treebank keeps."""


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a file, in order."""
    comments: dict[str, str] = {}
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            rows.append(_row(line, len(rows) + 1, f"{path}:{number}"))
        elif rows:
            yield Tree(comments, rows)
            comments, rows = {}, []
    if rows:
        yield Tree(comments, rows)


def _row(line: str, expected: int, where: str) -> Row:
    cells = line.split("\t")
    if len(cells) != 10:
        raise RowsError(f"{where}: {len(cells)} columns instead of 10")
    if cells[0] != str(expected):
        raise RowsError(f"{where}: word number {cells[0]} instead of {expected}")
    if not cells[6].isdigit():
        raise RowsError(f"{where}: the head {cells[6]!r} is not a number")
    misc = {}
    for item in cells[9].split("|"):
        key, _, value = item.partition("=")
        if key != "_":
            misc[key] = value
    feats = "" if cells[5] == "_" else cells[5]
    return Row(cells[1], cells[2], cells[3], cells[4], feats, int(cells[6]), cells[7], misc)


def format_tree(tree: Tree) -> str:
    """The sentence as CoNLL-U, blank line included."""
    lines = [f"# {key} = {value}" for key, value in tree.comments.items()]
    for number, row in enumerate(tree.rows, 1):
        misc = "|".join(f"{key}={value}" for key, value in sorted(row.misc.items())) or "_"
        cells = [row.form, row.lemma, row.upos, row.xpos, row.feats or "_"]
        lines.append("\t".join([str(number), *cells, str(row.head), row.deprel, "_", misc]))
    return "\n".join(lines) + "\n\n"


def write_trees(path: Path, trees: Iterable[Tree]) -> None:
    """Write the sentences to a file."""
    path.write_text("".join(format_tree(tree) for tree in trees), encoding="utf-8")
