"""Print trees compactly, one sentence a paragraph, to be proof-read.

python -m tools.treebank.show TREES.conllu [SENT_ID_PREFIX]
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.treebank.rows import Tree, read_trees

USUAL_UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB",
    "VBZ": "VERB", "VBP": "VERB", "VBG": "VERB", "VBN": "VERB", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "IN": "ADP", "TO": "PART", "DT": "DET",
    "CD": "NUM", "MD": "AUX", "CC": "CCONJ", "PRP": "PRON", "PRP$": "PRON", "POS": "PART",
    "RP": "ADP", "WDT": "PRON", "WP": "PRON", "WRB": "ADV", "WP$": "PRON", "EX": "PRON", "$": "SYM",
}  # fmt: skip


def show(tree: Tree) -> str:
    """`5.signed/VBD>0:root …` and the names; the lemma only where it is not the form."""
    words = []
    for number, row in enumerate(tree.rows, 1):
        target = f"{tree.rows[row.head - 1].form}{row.head}" if row.head else "0"
        tag = row.xpos
        if row.upos not in (USUAL_UPOS.get(row.xpos), "PUNCT"):
            tag += "=" + row.upos
        if row.lemma.lower() != row.form.lower() and row.xpos not in ("POS", "``", "''"):
            tag += "~" + row.lemma
        if row.upos == "PUNCT":
            words.append(f"{number}.{row.form}>{target}")
        else:
            words.append(f"{number}.{row.form}/{tag}>{target}:{row.deprel}")
    names = "; ".join(
        f"{' '.join(row.form for row in tree.rows[first - 1 : last])}={label}"
        for first, last, label in tree.names()
    )
    return f"@{tree.id} {tree.text}\n{' '.join(words)}\nN {names}\n"


def main() -> int:
    prefix = sys.argv[2] if len(sys.argv) > 2 else ""
    for tree in read_trees(Path(sys.argv[1])):
        if tree.id.startswith(prefix):
            print(show(tree))
    return 0


if __name__ == "__main__":
    sys.exit(main())
