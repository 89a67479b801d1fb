"""The hand-corrected trees are valid, and the checker finds what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.treebank.check import check_file, check_tree
from tools.treebank.edit import CorrectionError, apply_corrections
from tools.treebank.rows import Row, Tree, format_tree, read_trees

ROOT = Path(__file__).parents[2]
TRAIN = ROOT / "training" / "data" / "news-train.conllu"
TEST = ROOT / "training" / "data" / "news-test.conllu"
SEED = ROOT / "tests" / "text" / "gold" / "seed.conllu"
FILES = [TRAIN, TEST, SEED]


def _tree() -> Tree:
    """`Seoul signed a pact.` without faults."""
    past = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
    rows = [
        Row("Seoul", "Seoul", "PROPN", "NNP", "Number=Sing", 2, "nsubj", {"NER": "B-GPE"}),
        Row("signed", "sign", "VERB", "VBD", past, 0, "root"),
        Row("a", "a", "DET", "DT", "Definite=Ind|PronType=Art", 4, "det"),
        Row("pact", "pact", "NOUN", "NN", "Number=Sing", 2, "obj", {"SpaceAfter": "No"}),
        Row(".", ".", "PUNCT", ".", "", 2, "punct"),
    ]
    return Tree({"sent_id": "t-1", "text": "Seoul signed a pact.", "genre": "news"}, rows)


def test_there_are_enough_files_and_trees() -> None:
    assert len(list(read_trees(TRAIN))) >= 340
    assert len(list(read_trees(TEST))) >= 80
    assert len(list(read_trees(SEED))) == 18


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_tree_is_valid(path: Path) -> None:
    assert [str(problem) for problem in check_file(path) if not problem.warning] == []


def test_training_and_test_texts_share_no_sentence_and_no_document() -> None:
    train, test = list(read_trees(TRAIN)), list(read_trees(TEST))
    assert not {tree.text for tree in train} & {tree.text for tree in test}
    assert not {tree.id for tree in train} & {tree.id for tree in test}
    assert all(tree.id.startswith("tr-") for tree in train)
    assert all(tree.id.startswith("te-") for tree in test)


def test_the_users_article_is_not_in_the_training_data() -> None:
    seed = {tree.text for tree in read_trees(SEED)}
    assert seed
    assert not seed & {tree.text for tree in read_trees(TRAIN)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_writing_what_was_read_changes_nothing(path: Path) -> None:
    assert "".join(map(format_tree, read_trees(path))) == path.read_text(encoding="utf-8")


def test_a_faultless_tree_has_no_problems() -> None:
    assert check_tree(_tree()) == []


FAULTS = [
    (0, "head", 0, "roots"),  # two roots
    (0, "head", 9, "impossible"),
    (1, "head", 4, "roots"),  # a cycle and no root
    (0, "deprel", "subject", "unknown relation"),
    (2, "deprel", "nummod", "DET cannot be nummod"),
    (4, "deprel", "obj", "PUNCT cannot be obj"),
    (3, "deprel", "nsubj", "2 nsubj"),
    (0, "deprel", "flat", "must follow its head"),
    (3, "head", 3, "cycle"),
    (0, "xpos", "XX", "unknown tag"),
    (0, "upos", "VERB", "VERB with tag NNP"),
    (3, "feats", "Number=Plur", "with tag NN"),
    (1, "feats", "VerbForm=Inf", "with tag VBD"),
    (1, "lemma", "_", "no lemma"),
    (1, "ner", "I-GPE", ""),  # continues B-GPE: allowed
    (3, "ner", "I-GPE", "I-GPE after O"),
    (3, "ner", "B-TREATY", "unknown name label"),
    (3, "form", "treaty", "text and words differ"),
]


@pytest.mark.parametrize(("word", "field", "value", "problem"), FAULTS)
def test_a_fault_is_found(word: int, field: str, value: str | int, problem: str) -> None:
    tree = _tree()
    setattr(tree.rows[word], field, value)
    found = [str(each) for each in check_tree(tree)]
    if problem:
        assert any(problem in each for each in found), found
    else:
        assert found == []


def test_words_that_spacy_would_not_make_are_a_fault() -> None:
    tree = _tree()
    tree.rows[3].form, tree.rows[4].form = "pact.", "x"
    tree.comments["text"] = tree.text
    assert any("not spaCy's" in str(each) for each in check_tree(tree))


def test_crossing_arcs_are_only_a_warning() -> None:
    tree = _tree()
    tree.rows[4].head, tree.rows[2].head = 3, 2
    tree.rows[3].head, tree.rows[4].head = 2, 2
    tree.rows[0].head, tree.rows[0].deprel = 4, "nsubj"
    tree.rows[2].head, tree.rows[2].deprel = 5, "det"
    crossed = [each for each in check_tree(tree) if each.warning]
    assert crossed


def test_corrections_change_what_they_name() -> None:
    tree = _tree()
    applied = apply_corrections(
        [tree], "@t-1\n4 1 nmod  # a comment\n3 - - l=an\nN 4 ORG\n2 - - x=VBN u=VERB\n", {}
    )
    assert applied == 4
    assert (tree.rows[3].head, tree.rows[3].deprel) == (1, "nmod")
    assert tree.rows[2].lemma == "an"
    assert tree.names() == [(4, 4, "ORG")]
    assert tree.rows[1].xpos == "VBN"


@pytest.mark.parametrize("line", ["@nowhere\n1 2 obj", "1 2 obj", "@t-1\n9 2 obj", "@t-1\nx y z"])
def test_a_correction_that_fits_nothing_is_refused(line: str) -> None:
    with pytest.raises(CorrectionError):
        apply_corrections([_tree()], line, {})
