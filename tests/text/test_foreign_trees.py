"""ClearNLP trees become Universal Dependencies trees: every construction made by hand twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pairs import PAIRS, Pair
from spacy.tokens import Doc as SpacyDoc
from spacy.vocab import Vocab

from kg.text.clauses import find_clauses
from kg.text.clearnlp import LABELS, Word, to_ud
from kg.text.decode import is_tree
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases


def doc_of(pair: Pair, heads: list[int], labels: list[str]) -> Doc:
    words = pair.words
    doc = SpacyDoc(
        Vocab(),
        words=[w.text for w in words],
        lemmas=[w.lemma for w in words],
        pos=[w.pos for w in words],
        tags=[w.tag for w in words],
        heads=heads,
        deps=labels,
    )
    return Doc(doc)


def test_all_pairs_are_there() -> None:
    assert len(PAIRS) == 35
    assert all(" ".join(w.text for w in pair.words) == pair.text for pair in PAIRS)


def test_every_label_is_shown() -> None:
    # expected to be rare or without a construction of their own
    plain = {"amod", "csubj", "csubjpass", "dep", "intj", "meta", "nmod", "parataxis"}
    assert {label for pair in PAIRS for label in pair.labels} >= LABELS - plain


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.text)
def test_heads_and_labels(pair: Pair) -> None:
    heads, labels = to_ud(pair.words, pair.heads, pair.labels)
    found = [
        (w.text, pair.words[h].text, x) for w, h, x in zip(pair.words, heads, labels, strict=True)
    ]
    wanted = [
        (w.text, pair.words[h].text, x)
        for w, h, x in zip(pair.words, pair.ud_heads, pair.ud_labels, strict=True)
    ]
    assert found == wanted
    assert heads == pair.ud_heads


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.text)
def test_clauses_are_those_of_the_ud_tree(pair: Pair) -> None:
    converted = doc_of(pair, *to_ud(pair.words, pair.heads, pair.labels))
    native = doc_of(pair, pair.ud_heads, pair.ud_labels)
    assert find_clauses(converted).by_head == find_clauses(native).by_head
    assert noun_phrases(converted) == noun_phrases(native)
    assert find_clauses(native).by_head


FORMS = (
    "be/AUX/VBZ in/ADP/IN to/PART/TO war/NOUN/NN go/VERB/VB ,/PUNCT/, $/SYM/$ 5/NUM/CD now/ADV/RB"
)
WORDS = [Word(w, w, pos, tag) for w, pos, tag in (form.split("/") for form in FORMS.split())]
WORDS += [
    Word("Al", "Al", "PROPN", "NNP", "PERSON"),
    Word("Ba", "Ba", "PROPN", "NNP", "PERSON", True),
]


@given(st.data())
def test_any_tree_stays_a_tree(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 9))
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=n, max_size=n))
    labels = data.draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=n, max_size=n))
    order = data.draw(st.permutations(range(n)))
    heads = [0] * n
    for place, node in enumerate(order):
        heads[node] = order[data.draw(st.integers(0, place - 1))] if place else node
    labels[order[0]] = "ROOT"
    found, _ = to_ud(words, heads, labels)
    assert is_tree(np.array([0 if h == i else h + 1 for i, h in enumerate(found)]))
