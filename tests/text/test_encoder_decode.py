"""Decoding against brute force on small cases."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.decode import (
    best_tags,
    best_tree,
    correct_types,
    is_tree,
    likely_starts,
    spans_of,
    tidy_starts,
    unify_names,
    verbs_by_tree,
)
from kg.text.inflection import regular_bases
from kg.text.lemmas import Lemmatiser, apply_script, script_of
from kg.text.tagset import NAME_TAGS
from kg.text.wordpiece import MAX_PIECES, WordPiece, shape_of


def slow_is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_is_tree_agrees_with_following_every_path(size: int) -> None:
    for heads in itertools.product(range(size + 1), repeat=size):
        assert is_tree(np.array(heads)) == slow_is_tree(heads)


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_best_tree_is_the_best_of_all_trees(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1))
    found = best_tree(scores)

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[word, head] for word, head in enumerate(heads)))

    every = itertools.product(range(size + 1), repeat=size)
    best = max(total(heads) for heads in every if slow_is_tree(heads))
    assert slow_is_tree(tuple(found.tolist()))
    assert total(tuple(found.tolist())) == pytest.approx(best)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.integers(0, 10_000))
def test_best_tree_is_a_tree_for_longer_sentences(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(-3, 3, size=(size, size + 1)).astype(np.float32)
    assert slow_is_tree(tuple(best_tree(scores).tolist()))


def valid(tags: tuple[int, ...]) -> bool:
    inside = ""
    for number in tags:
        part, _, label = NAME_TAGS[number].partition("-")
        if inside and (part not in "IL" or label != inside):
            return False
        if not inside and part in "IL":
            return False
        inside = label if part in "BI" else ""
    return not inside


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_best_tags_is_the_best_valid_sequence(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, len(NAME_TAGS)))
    tags = tuple(best_tags(scores).tolist())
    # enough to try the nine tags of two types
    few = range(9)
    rest = scores[:, few]
    best = max(
        float(sum(rest[i, t] for i, t in enumerate(sequence)))
        for sequence in itertools.product(few, repeat=3)
        if valid(sequence)
    )
    assert valid(tags)
    assert float(sum(scores[i, t] for i, t in enumerate(tags))) >= best - 1e-9


def test_best_tags_repairs_a_broken_sequence() -> None:
    scores = np.zeros((2, len(NAME_TAGS)))
    scores[0, NAME_TAGS.index("B-PERSON")] = 3
    scores[1, NAME_TAGS.index("O")] = 1
    scores[1, NAME_TAGS.index("L-PERSON")] = 0.5
    assert spans_of(best_tags(scores)) == [(0, 2, "PERSON")]


def test_well_known_names_have_their_type() -> None:
    words = "North Korean and Tajik troops in Jordan , South Georgia".split()
    types = {"North Korean": "NORP", "Korean": "NORP", "Tajik": "NORP", "South Georgia": "GPE"}
    spans = [(1, 2, "NORP"), (3, 4, "GPE"), (6, 7, "PERSON"), (8, 9, "ORG"), (9, 10, "LOC")]
    assert correct_types(spans, words, types) == [
        (0, 2, "NORP"),
        (3, 4, "NORP"),
        (6, 7, "PERSON"),
        (8, 9, "ORG"),
        (9, 10, "LOC"),
    ]


def test_a_name_has_one_type_in_a_document() -> None:
    words = "Kim Jong Un . Kim , the North , the North and the North in Seoul".split()
    spans = [(0, 3, "PERSON"), (4, 5, "GPE"), (7, 8, "GPE"), (10, 11, "ORG"), (13, 14, "GPE")]
    spans.append((15, 16, "ORG"))
    unified = unify_names(spans, words, {"Seoul": "GPE"})
    labels = ["PERSON", "PERSON", "GPE", "GPE", "GPE", "ORG"]
    assert [label for _, _, label in unified] == labels


@pytest.mark.parametrize(
    ("relations", "tag", "verbs"),
    [
        # "Seoul signals interest"
        (["nsubj", "ROOT", "obj"], "NNS", [1]),
        # "tensions" with a copula, "talks" with an object only, a verb already
        (["nsubj", "ROOT", "cop"], "NNS", []),
        (["amod", "ROOT", "obj"], "NNS", []),
        (["nsubj", "ROOT", "obj"], "VBZ", []),
    ],
)
def test_a_noun_with_subject_and_object_is_a_verb(
    relations: list[str], tag: str, verbs: list[int]
) -> None:
    assert verbs_by_tree(np.array([1, 1, 1]), relations, ["NNP", tag, "NN"]) == verbs


def test_no_words_have_no_tags() -> None:
    assert best_tags(np.zeros((0, len(NAME_TAGS)))).tolist() == []


@pytest.mark.parametrize(
    ("words", "spaced", "starts", "forced", "expected"),
    [
        # the opening quote alone joins what follows
        (["Yes", ".", '"', "No", "."], "01001", [0, 2, 3], [0], [0, 2]),
        # the closing quote belongs to what it closes
        (['"', "Yes", ".", '"', "He"], "00010", [0, 3], [0], [0, 4]),
        (["Yes", ".", "”", "He"], "0010", [0, 2, 3], [0], [0, 3]),
        # an opening quote before a start moves into the sentence
        (["Yes", ".", "“", "No"], "0100", [0, 3], [0], [0, 2]),
        # no sentence ends with a comma or a title
        (["He", "said", ",", '"', "No"], "11101", [0, 3], [0], [0]),
        (["Yes", ".", "Dr.", "No"], "0111", [0, 2, 3], [0], [0, 2]),
        (["“", "Yes", ",", "”", "Kim", "said"], "000110", [0, 4], [0], [0]),
        (["He", "said", ",", "“", "No"], "111001", [0, 4], [0], [0]),
        (["Yes", ".", "”", "Kim"], "0010", [0, 3], [0], [0, 3]),
        # no letters, no sentence - unless a paragraph says so
        (["Yes", ".", "...", "No"], "0110", [0, 2, 3], [0], [0, 3]),
        (["Yes", ".", "***", "No"], "0110", [0, 3], [0, 2, 3], [0, 2, 3]),
    ],
)
def test_sentence_starts_are_tidied(
    words: list[str], spaced: str, starts: list[int], forced: list[int], expected: list[int]
) -> None:
    def flags(numbers: list[int]) -> np.ndarray:
        return np.isin(np.arange(len(words)), numbers)

    spaces = np.array([char == "1" for char in spaced])
    assert (
        np.flatnonzero(tidy_starts(flags(starts), flags(forced), words, spaces)).tolist()
        == expected
    )


LEMMAS = [
    ("talks", "talk"),
    ("parties", "party"),
    ("began", "begin"),
    ("better", "good"),
    ("Putin", "Putin"),
    ("IRAQ", "Iraq"),
    ("Talks", "talk"),
    ("is", "be"),
    ("'s", "be"),
    ("seized", "seize"),
]


@pytest.mark.parametrize(("word", "lemma"), LEMMAS)
def test_lemma_scripts_round_trip(word: str, lemma: str) -> None:
    assert apply_script(word, script_of(word, lemma)) == lemma


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_every_lemma_has_a_script(word: str, lemma: str) -> None:
    assert apply_script(word, script_of(word, lemma)) == lemma


@given(st.text(max_size=8), st.sampled_from(["l:3:y", "k:1:", "t:9:e", "l:0:", "!go"]))
def test_scripts_never_make_empty_lemmas_of_words(word: str, script: str) -> None:
    assert apply_script(word, script) or not word


PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"


def test_known_lemmas_are_preferred() -> None:
    lemmatiser = Lemmatiser(
        ["l:1:", "l:2:", "l:0:"], ["VERB\tbegan\tbegin", "VERB\thalt\thalt"], {"raid"}
    )
    assert lemmatiser.lemma("Began", "VERB", PAST, [2, 1, 0], [9, 1, 0]) == ("begin", True)
    assert lemmatiser.lemma("halted", "VERB", PAST, [0, 1, 2], [5, 4, 0]) == ("halt", False)
    assert lemmatiser.lemma("halted", "VERB", "", [0, 1, 2], [15, 4, 0]) == ("halte", False)
    assert lemmatiser.lemma("raided", "VERB", PAST, [0, 1, 2], [15, 4, 0]) == ("raid", False)
    # unknown, but no English verb is spelt "zarvte" or "zarvted" where "zarvted" is its past
    assert lemmatiser.lemma("zarvted", "VERB", PAST, [0, 1, 2], [5, 4, 0]) == ("zarvte", False)
    assert lemmatiser.lemma("zarmpted", "VERB", PAST, [0, 1, 2], [5, 4, 0]) == ("zarmpt", False)
    assert lemmatiser.lemma("Halts", "PROPN", "Number=Sing", [2, 0, 1], [5, 4, 0]) == (
        "halts",
        True,
    )


@pytest.mark.parametrize(
    ("word", "pos", "features", "bases"),
    [
        ("stunted", "VERB", PAST, ("stunt",)),
        ("iodised", "VERB", "Tense=Past|VerbForm=Part", ("iodise",)),
        ("overstating", "VERB", "VerbForm=Ger", ("overstate",)),
        ("scraping", "VERB", "VerbForm=Ger", ("scrape",)),
        ("mopping", "VERB", "Tense=Pres|VerbForm=Part", ("mop", "mopp", "moppe")),
        ("shelling", "VERB", "VerbForm=Ger", ("shell", "shelle", "shel")),
        ("mimicking", "VERB", "VerbForm=Ger", ("mimick", "mimic")),
        ("certified", "VERB", PAST, ("certify",)),
        ("waver", "VERB", "VerbForm=Inf", ("waver",)),
        ("vies", "VERB", "Number=Sing|Person=3|Tense=Pres", ("vie",)),
        ("fought", "VERB", PAST, ()),
        ("bed", "VERB", PAST, ()),
        ("horsemen", "NOUN", "Number=Plur", ("horseman",)),
        ("allergies", "NOUN", "Number=Plur", ("allergy", "allergie")),
        ("matches", "NOUN", "Number=Plur", ("match", "matche")),
        ("people", "NOUN", "Number=Plur", ()),
        ("manslaughter", "NOUN", "Number=Sing", ("manslaughter",)),
        ("wildest", "ADJ", "Degree=Sup", ("wild",)),
        ("worst", "ADJ", "Degree=Sup", ()),
        ("Putin", "PROPN", "Number=Sing", ()),
    ],
)
def test_regular_bases(word: str, pos: str, features: str, bases: tuple[str, ...]) -> None:
    assert regular_bases(word, pos, features) == bases


@given(st.text(max_size=9), st.sampled_from(["VERB", "NOUN", "ADJ"]))
def test_bases_of_anything_are_words(word: str, pos: str) -> None:
    for features in (PAST, "VerbForm=Ger", "Number=Plur", "Degree=Cmp"):
        assert all(regular_bases(word, pos, features))


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("word", 1),
        ("A", 2),
        ("USA", 3),
        ("Kim", 4),
        ("McCain", 5),
        ("iPhone", 6),
        ("2019", 7),
        ("3rd", 1),
        ("7%", 8),
        (",", 9),
        ("", 9),
    ],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece(
        ["[UNK]", "[CLS]", "[SEP]", "un", "##want", "##ed", "kim", "-", "eul", "a", "##a", "中"]
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("UNWANTED", ["un", "##want", "##ed"]),
        ("Kîm-eul", ["kim", "-", "eul"]),
        ("unknown", ["[UNK]"]),
        ("中kim", ["中", "kim"]),
        ("\x00\u200b", ["[UNK]"]),
        ("", ["[UNK]"]),
        ("a" * 500, ["[UNK]"]),
    ],
)
def test_word_pieces(pieces: WordPiece, word: str, expected: list[str]) -> None:
    assert pieces.word(word)[0] == tuple(pieces.vocabulary[p] for p in expected)


def test_a_word_has_a_limited_number_of_pieces(pieces: WordPiece) -> None:
    assert len(pieces.word("a" * 90)[0]) == MAX_PIECES


@given(st.text(max_size=30))
def test_every_word_has_pieces(text: str) -> None:
    vocabulary = WordPiece(["[UNK]", "[CLS]", "[SEP]", "a", "##a"])
    assert len(vocabulary.word(text)[0]) >= 1


def test_a_sentence_starts_after_a_mark_or_where_the_model_is_very_sure() -> None:
    words = "Exports rose . Ministers met Talks failed".split()
    spaced = np.array([True, False, True, True, True, True, False])
    scores = np.array([9.0, -9.0, -9.0, 0.5, -9.0, 1.5, -9.0])
    plain = np.zeros(7, dtype=bool)
    # After the full stop half a chance will do; between "met" and "Talks" it will not.
    assert np.flatnonzero(likely_starts(scores, words, spaced, plain)).tolist() == [0, 3]
    scores[5] = 5.0
    assert np.flatnonzero(likely_starts(scores, words, spaced, plain)).tolist() == [0, 3, 5]
    heading = ~plain
    assert np.flatnonzero(likely_starts(scores, words, spaced, heading)).tolist() == [0, 3]
