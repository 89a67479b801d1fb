"""Apply hand corrections to trees.

    python -m tools.treebank.edit TREES.conllu CORRECTIONS.txt

A corrections file names a sentence and then its wrong words, one a line:

    @news-001-3
    5 3 obl                       word, head, relation (`-` keeps)
    7 - - x=VBN u=VERB l=sign     tags, lemma, features (f=...)
    N 1-2 NORP, 9 GPE             all names of the sentence

Where a correction gives another tag, `--lexicon` (CoNLL-U files) supplies the features that words
of that form and tag usually have.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tools.treebank.rows import Row, Tree, read_trees, write_trees

Features = dict[tuple[str, ...], str]


class CorrectionError(ValueError):
    """A line of the corrections cannot be applied."""


def features_lexicon(paths: list[Path]) -> Features:
    """The usual features by (form, tag, part of speech) and by (tag, part of speech)."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n"):
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                for key in ((cells[1].lower(), cells[4], cells[3]), (cells[4], cells[3])):
                    counts.setdefault(key, Counter())[cells[5]] += 1
    return {key: found.most_common(1)[0][0] for key, found in counts.items()}


def apply_corrections(trees: list[Tree], corrections: str, lexicon: Features) -> int:
    """Apply the corrections in place; how many lines were applied."""
    by_id = {tree.id: tree for tree in trees}
    tree: Tree | None = None
    applied = 0
    for number, raw in enumerate(corrections.split("\n"), 1):
        line = raw.split("#")[0].strip() if not raw.strip().startswith("@") else raw.strip()
        if not line:
            continue
        if line.startswith("@"):
            tree = by_id.get(line[1:].strip())
            if tree is None:
                raise CorrectionError(f"line {number}: no sentence {line[1:]!r}")
            continue
        if tree is None:
            raise CorrectionError(f"line {number}: no sentence named yet")
        try:
            if line.startswith("N ") or line == "N":
                _set_names(tree, line[1:])
            else:
                _correct(tree, line.split(), lexicon)
        except (IndexError, ValueError) as error:
            raise CorrectionError(f"line {number} ({tree.id}): {line!r}: {error}") from error
        applied += 1
    return applied


def _set_names(tree: Tree, spans: str) -> None:
    for row in tree.rows:
        row.ner = "O"
    for item in filter(None, (part.strip() for part in spans.split(","))):
        numbers, label = item.split()
        first, _, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            tree.rows[number - 1].ner = ("B-" if number == int(first) else "I-") + label


def _correct(tree: Tree, cells: list[str], lexicon: Features) -> None:
    if not 1 <= int(cells[0]) <= len(tree.rows):
        raise ValueError(f"no word {cells[0]}")
    row = tree.rows[int(cells[0]) - 1]
    if cells[1] != "-":
        row.head = int(cells[1])
    if cells[2] != "-":
        row.deprel = cells[2]
    fields = dict(cell.split("=", 1) for cell in cells[3:])
    row.lemma = fields.get("l", row.lemma)
    row.upos = fields.get("u", row.upos)
    row.xpos = fields.get("x", row.xpos)
    if "f" in fields:
        row.feats = "" if fields["f"] == "_" else fields["f"]
    elif "u" in fields or "x" in fields:
        row.feats = usual_features(row, lexicon)


def usual_features(row: Row, lexicon: Features) -> str:
    """The features such a word usually has in the lexicon."""
    key = (row.form.lower(), row.xpos, row.upos)
    feats = lexicon.get(key, lexicon.get((row.xpos, row.upos), "_"))
    return "" if feats == "_" else feats


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", type=Path)
    parser.add_argument("corrections", type=Path)
    parser.add_argument("--lexicon", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    trees = list(read_trees(options.trees))
    text = options.corrections.read_text(encoding="utf-8")
    try:
        applied = apply_corrections(trees, text, features_lexicon(options.lexicon))
    except CorrectionError as error:
        print(f"{options.corrections}: {error}", file=sys.stderr)
        return 2
    write_trees(options.trees, trees)
    print(f"{applied} corrections applied to {len(trees)} sentences", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
