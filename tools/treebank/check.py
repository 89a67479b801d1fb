"""Check treebank files: are they valid trees in the labels the model is trained on?

    python -m tools.treebank.check FILE.conllu ...

Errors make the exit status 1; warnings (a crossing arc, say) are only printed. That the words are
those of spaCy's English tokenizer is an error too: training aligns the trees with its tokens.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy

from tools.treebank.rows import Row, RowsError, Tree, read_trees

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE"})

# XPOS -> the parts of speech it goes with, as in EWT and GUM.
TAGS: dict[str, frozenset[str]] = {
    tag: frozenset(parts.split())
    for tag, parts in {
        "$": "SYM", "''": "PUNCT", ",": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT",
        ".": "PUNCT", ":": "PUNCT", "``": "PUNCT", "HYPH": "PUNCT", "NFP": "PUNCT SYM",
        "SYM": "SYM", "ADD": "X PROPN", "AFX": "X ADJ ADV NOUN", "FW": "X", "LS": "X",
        "CC": "CCONJ", "CD": "NUM", "DT": "DET PRON", "EX": "PRON", "IN": "ADP SCONJ ADV",
        "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "MD": "AUX", "NN": "NOUN SYM PRON",
        "NNS": "NOUN", "NNP": "PROPN ADJ", "NNPS": "PROPN", "PDT": "DET", "POS": "PART",
        "PRP": "PRON", "PRP$": "PRON", "RB": "ADV PART", "RBR": "ADV", "RBS": "ADV", "RP": "ADP",
        "TO": "PART ADP", "UH": "INTJ", "VB": "VERB AUX", "VBD": "VERB AUX", "VBG": "VERB AUX",
        "VBN": "VERB AUX", "VBP": "VERB AUX", "VBZ": "VERB AUX", "WDT": "PRON DET",
        "WP": "PRON", "WP$": "PRON", "WRB": "ADV",
    }.items()
}  # fmt: skip

NOMINAL = "NOUN PROPN PRON NUM SYM ADJ X DET"
PREDICATE = f"VERB AUX ADV {NOMINAL}"

# Relation -> the parts of speech its dependent may have.
RELATIONS: dict[str, frozenset[str]] = {
    relation: frozenset(parts.split())
    for relation, parts in {
        "acl": PREDICATE, "acl:relcl": PREDICATE, "advcl": PREDICATE, "advcl:relcl": PREDICATE,
        "advmod": "ADV ADJ PART ADP NOUN DET", "amod": "ADJ VERB NUM ADV NOUN X",
        "appos": PREDICATE,
        "aux": "AUX", "aux:pass": "AUX", "case": "ADP PART VERB ADJ ADV SCONJ SYM",
        "cc": "CCONJ ADV VERB", "cc:preconj": "CCONJ DET ADV", "ccomp": PREDICATE,
        "compound": "NOUN PROPN NUM ADJ ADV ADP X VERB SYM DET", "compound:prt": "ADP ADV",
        "conj": PREDICATE + " ADP", "cop": "AUX", "csubj": PREDICATE, "csubj:outer": PREDICATE,
        "csubj:pass": PREDICATE, "dep": PREDICATE, "det": "DET", "det:predet": "DET",
        "discourse": "INTJ ADV NOUN", "expl": "PRON", "fixed": "ADP ADV PART SCONJ NOUN ADJ CCONJ",
        "flat": "PROPN NUM NOUN ADP X DET ADJ", "iobj": NOMINAL, "list": PREDICATE,
        "mark": "SCONJ PART ADP ADV VERB", "nmod": NOMINAL + " ADV VERB",
        "nmod:desc": "PROPN NOUN ADJ", "nmod:poss": "PRON NOUN PROPN NUM DET ADJ",
        "nmod:unmarked": NOMINAL, "nsubj": NOMINAL, "nsubj:outer": NOMINAL,
        "nsubj:pass": NOMINAL, "nummod": "NUM", "obj": NOMINAL, "obl": NOMINAL + " ADV",
        "obl:agent": NOMINAL, "obl:unmarked": NOMINAL, "orphan": PREDICATE,
        "parataxis": PREDICATE, "punct": "PUNCT", "root": PREDICATE, "vocative": "NOUN PROPN",
        "xcomp": PREDICATE,
    }.items()
}  # fmt: skip

# Function words that take no dependents but these.
LEAVES: dict[str, frozenset[str]] = {
    relation: frozenset(allowed.split())
    for relation, allowed in {
        "aux": "", "aux:pass": "", "cop": "", "cc": "fixed", "punct": "", "fixed": "punct",
        "case": "fixed conj cc advmod obl:unmarked", "mark": "fixed advmod conj cc",
        "det": "det advmod conj cc fixed", "expl": "", "compound:prt": "advmod",
    }.items()
}  # fmt: skip

RIGHTWARD = frozenset({"flat", "fixed", "conj", "appos"})
ONCE = ("nsubj", "nsubj:pass", "obj", "cop", "expl", "obl:agent", "aux:pass")
VERB_FORMS = {
    "VB": "Inf Fin", "VBD": "Fin", "VBZ": "Fin", "VBP": "Fin", "VBG": "Ger Part", "VBN": "Part"
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and whether it only deserves a look."""

    where: str
    what: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'warning: ' if self.warning else ''}{self.what}"


def check_file(path: Path) -> list[Problem]:
    """The problems of one file."""
    try:
        trees = list(read_trees(path))
    except RowsError as error:
        return [Problem(str(path), str(error))]
    problems = [problem for tree in trees for problem in check_tree(tree)]
    seen: set[str] = set()
    for tree in trees:
        if tree.id in seen:
            problems.append(Problem(tree.id, "this sent_id is used twice"))
        seen.add(tree.id)
    if trees and "newdoc id" not in trees[0].comments:
        problems.append(Problem(str(path), "does not begin with `# newdoc id`"))
    return problems


def check_tree(tree: Tree) -> list[Problem]:
    """The problems of one sentence."""
    problems = [Problem(tree.id or "?", what) for what in _comments(tree)]
    structure = list(_structure(tree))
    problems += [Problem(tree.id, what) for what in structure]
    if structure:
        return problems
    for check in (_words, _labels, _function_words, _arguments, _names, _tokens):
        problems += [Problem(tree.id, what) for what in check(tree)]
    problems += [Problem(tree.id, what, warning=True) for what in _crossings(tree)]
    return problems


def _at(number: int, row: Row) -> str:
    return f"word {number} {row.form!r}"


def _comments(tree: Tree) -> Iterator[str]:
    for key in ("sent_id", "text", "genre"):
        if not tree.comments.get(key):
            yield f"has no `# {key} =`"
    if tree.comments.get("text") != tree.text:
        yield f"text and words differ: {tree.text!r}"
    if tree.rows and not tree.rows[-1].space_after:
        yield "the last word says SpaceAfter=No"


def _structure(tree: Tree) -> Iterator[str]:
    roots = [number for number, row in enumerate(tree.rows, 1) if row.head == 0]
    if len(roots) != 1:
        yield f"has {len(roots)} roots"
    for number, row in enumerate(tree.rows, 1):
        if (row.head == 0) != (row.deprel == "root"):
            yield f"{_at(number, row)}: head {row.head} with relation {row.deprel!r}"
        if row.head > len(tree.rows) or row.head == number:
            yield f"{_at(number, row)}: the head {row.head} is impossible"
            return
    for number, row in enumerate(tree.rows, 1):
        head, steps = row.head, 0
        while head and steps <= len(tree.rows):
            head, steps = tree.rows[head - 1].head, steps + 1
        if head:
            yield f"{_at(number, row)} hangs on a cycle"


def _words(tree: Tree) -> Iterator[str]:
    for number, row in enumerate(tree.rows, 1):
        if row.xpos not in TAGS:
            yield f"{_at(number, row)}: unknown tag {row.xpos!r}"
        elif row.upos not in TAGS[row.xpos]:
            yield f"{_at(number, row)}: {row.upos} with tag {row.xpos}"
        if not row.lemma or row.lemma == "_":
            yield f"{_at(number, row)}: no lemma"
        feats = dict(pair.split("=", 1) for pair in row.feats.split("|") if "=" in pair)
        if row.feats and len(feats) != len(row.feats.split("|")):
            yield f"{_at(number, row)}: features {row.feats!r}"
        form = VERB_FORMS.get(row.xpos)
        if form and feats.get("VerbForm") not in form.split():
            yield f"{_at(number, row)}: features {row.feats!r} with tag {row.xpos}"
        wanted = {"NN": "Sing", "NNP": "Sing", "NNS": "Plur", "NNPS": "Plur"}.get(row.xpos)
        if wanted and row.upos in ("NOUN", "PROPN") and feats.get("Number") != wanted:
            yield f"{_at(number, row)}: features {row.feats!r} with tag {row.xpos}"
        if not row.space_after and set(row.misc) - {"SpaceAfter", "NER"}:
            yield f"{_at(number, row)}: unknown keys in MISC"


def _labels(tree: Tree) -> Iterator[str]:
    for number, row in enumerate(tree.rows, 1):
        allowed = RELATIONS.get(row.deprel)
        if allowed is None:
            yield f"{_at(number, row)}: unknown relation {row.deprel!r}"
        elif row.upos not in allowed:
            yield f"{_at(number, row)}: {row.upos} cannot be {row.deprel}"
        if row.upos == "PUNCT" and row.deprel != "punct":
            yield f"{_at(number, row)}: punctuation as {row.deprel}"
        if row.deprel in RIGHTWARD and row.head > number:
            yield f"{_at(number, row)}: {row.deprel} must follow its head"


def _function_words(tree: Tree) -> Iterator[str]:
    for number, row in enumerate(tree.rows, 1):
        if not row.head:
            continue
        parent = tree.rows[row.head - 1]
        allowed = LEAVES.get(parent.deprel)
        if allowed is not None and row.deprel not in allowed and row.deprel != "punct":
            yield f"{_at(number, row)}: {row.deprel} under {parent.deprel} {parent.form!r}"
        if parent.deprel == "punct":
            yield f"{_at(number, row)} hangs on the punctuation {parent.form!r}"
        if row.deprel == "flat" and parent.deprel == "flat":
            yield f"{_at(number, row)}: flat under flat; the first name is the head"


def _arguments(tree: Tree) -> Iterator[str]:
    children: dict[int, list[str]] = {}
    for row in tree.rows:
        children.setdefault(row.head, []).append(row.deprel)
    for number, row in enumerate(tree.rows, 1):
        below = children.get(number, [])
        for relation in ONCE:
            if below.count(relation) > 1:
                yield f"{_at(number, row)} has {below.count(relation)} {relation}"
        if "nsubj" in below and "nsubj:pass" in below:
            yield f"{_at(number, row)} has an active and a passive subject"
        if "aux:pass" in below and "nsubj" in below:
            yield f"{_at(number, row)} has aux:pass but an active subject"
        if "iobj" in below and row.upos not in ("VERB", "AUX"):
            yield f"{_at(number, row)} has iobj but is no verb"
        if "obl:agent" in below and row.upos not in ("VERB", "ADJ"):
            yield f"{_at(number, row)} has obl:agent but is no verb"


def _names(tree: Tree) -> Iterator[str]:
    before = "O"
    for number, row in enumerate(tree.rows, 1):
        part, _, label = row.ner.partition("-")
        if row.ner != "O" and (part not in ("B", "I") or label not in NAME_LABELS):
            yield f"{_at(number, row)}: unknown name label {row.ner!r}"
        if part == "I" and before not in (f"B-{label}", f"I-{label}"):
            yield f"{_at(number, row)}: {row.ner} after {before}"
        before = row.ner


_ENGLISH = spacy.blank("en")


def _tokens(tree: Tree) -> Iterator[str]:
    words = [token.text for token in _ENGLISH.make_doc(tree.comments.get("text", ""))]
    if words != [row.form for row in tree.rows]:
        yield f"the words are not spaCy's: {words}"


def _crossings(tree: Tree) -> Iterator[str]:
    arcs = [(min(n, r.head), max(n, r.head), n) for n, r in enumerate(tree.rows, 1) if r.head]
    for low, high, number in arcs:
        if any(low < other < high < far for other, far, _ in arcs):
            yield f"{_at(number, tree.rows[number - 1])}: its arc is crossed"


def main() -> int:
    problems = [problem for name in sys.argv[1:] for problem in check_file(Path(name))]
    for problem in problems:
        print(problem)
    errors = sum(not problem.warning for problem in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
