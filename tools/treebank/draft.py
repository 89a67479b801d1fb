"""Parse new sentences with the project's model, as a draft to be corrected by hand.

    python -m tools.treebank.draft SENTENCES.txt > TREES.conllu

The text holds one sentence a line; `## doc-id genre` begins a document and `{genre}` before a
sentence gives that sentence its own genre (headline, dateline).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from kg.text.encoder import load_model
from tools.treebank.rows import Row, Tree, format_tree


def sentences(text: str) -> Iterator[tuple[dict[str, str], str]]:
    """(comments, sentence) of every sentence."""
    document, genre, number = "", "news", 0
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if line.startswith("##"):
            document, genre, number = *line[2:].split(), 0
            continue
        own = re.match(r"\{(\w+)\}\s*(.*)", line)
        sentence = own.group(2) if own else line
        number += 1
        comments = {"newdoc id": document} if number == 1 else {}
        comments["sent_id"] = f"{document}-{number}"
        comments["text"] = sentence
        comments["genre"] = own.group(1) if own else genre
        yield comments, sentence


def tree_of(doc: Doc, comments: dict[str, str]) -> Tree:
    """The model's analysis as a tree; a second sentence that it saw hangs on the first root."""
    root = next(token for token in doc if token.head == token)
    rows = []
    for token in doc:
        misc = {"NER": f"{token.ent_iob_}-{token.ent_type_}"} if token.ent_type_ else {}
        if not token.whitespace_ and token.i < len(doc) - 1:
            misc["SpaceAfter"] = "No"
        head, relation = token.head.i + 1, token.dep_
        if token == root:
            head, relation = 0, "root"
        elif token.head == token:
            head, relation = root.i + 1, "parataxis"
        feats = str(token.morph)
        rows.append(
            Row(token.text, token.lemma_, token.pos_, token.tag_, feats, head, relation, misc)
        )
    return Tree(comments, rows)


def main() -> int:
    model = load_model()
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    for comments, sentence in sentences(text):
        sys.stdout.write(format_tree(tree_of(model(sentence), comments)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
