"""Clauses and their roles on hand-checked trees: voice, control, gaps, coordination."""

from __future__ import annotations

from pathlib import Path

import pytest
from trees import Tree, read_trees

from kg.text.clauses import Clause, Kind, Role, find_clauses

GOLD = Path(__file__).parent / "gold"
TREES = list(read_trees(GOLD / "clauses.conllu"))


def worded(tree: Tree, clause: Clause) -> str:
    head = clause.lemma + (" passive" if clause.passive else "")
    parts = [head + (" not" if clause.negations else "")]
    for a in clause.arguments:
        if a.role is not Role.MODIFIER:
            star = "*" if a.inherited else ""
            preposition = f"{a.preposition} " if a.preposition else ""
            parts.append(f"{a.role}{star} {preposition}{tree.doc[a.head].text}")
    return "; ".join(parts)


def test_all_sentences_are_there() -> None:
    assert len(TREES) == 42


@pytest.mark.parametrize("tree", TREES, ids=lambda t: t.comments["text"][0])
def test_clauses_have_the_roles_a_reader_sees(tree: Tree) -> None:
    found = [
        worded(tree, clause)
        for clause in find_clauses(tree.doc)
        if clause.kind is not Kind.NOMINAL
        or any(a.role is not Role.MODIFIER for a in clause.arguments)
    ]
    assert found == tree.comments["clause"]


def test_the_passive_and_the_active_have_the_same_roles() -> None:
    roles = []
    for tree in TREES[:2]:
        (clause,) = [c for c in find_clauses(tree.doc) if c.kind is Kind.VERBAL]
        roles.append(
            {(a.role, tree.doc[a.head].lemma_) for a in clause.arguments if a.preposition != "at"}
        )
    assert roles[0] == roles[1]


def test_every_clause_of_the_users_article_lies_inside_its_sentence() -> None:
    trees = list(read_trees(GOLD / "seed.conllu"))
    assert len(trees) >= 17
    for tree in trees:
        for clause in find_clauses(tree.doc):
            assert 0 <= clause.start <= clause.head < clause.end <= len(tree.doc)
            assert all(0 <= a.head < len(tree.doc) for a in clause.arguments)
            assert all(clause.head != a.head for a in clause.arguments if a.role is Role.SUBJECT)
