"""The plain view of a document says what spaCy says."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc as SpacyDoc

from kg.text.encoder import load_model
from kg.text.parsed import Doc

TEXTS = [
    "",
    "  \n\n ",
    "\n Kim Jong-un met Mr Trump in Singapore. They signed a deal on 12 June.\n\nSEOUL – “No!”",
    "The U.S.-led strikes, Iran's foreign ministry said, killed 1,200 people (at least).",
    "État d'urgence 🇫🇷 café\u200b — \u202eتونس\u202c قال. İstanbul'da\x07 3–1.",
    "It was Turkey that shot down the jet, which angered Moscow, and what a day it was.",
]
_PLAIN = (
    *("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_"),
    *("is_alpha", "is_punct", "is_space", "is_quote", "is_upper", "like_num", "n_lefts"),
)

pytestmark = pytest.mark.model


def both(text: str) -> tuple[SpacyDoc, Doc]:
    doc = load_model()(text)
    return doc, Doc(doc)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_say_what_spacy_says(text: str) -> None:
    doc, view = both(text)
    assert len(view) == len(doc)
    assert view.text == doc.text
    for theirs, ours in zip(doc, view, strict=True):
        for name in _PLAIN:
            assert getattr(ours, name) == getattr(theirs, name), (name, theirs)
        assert str(ours.morph) == str(theirs.morph)
        assert ours.morph.get("Number", []) == theirs.morph.get("Number")
        assert ours.is_sent_start == bool(theirs.is_sent_start)
        assert ours.doc is view
        assert ours.head.i == theirs.head.i
        assert [t.i for t in ours.children] == [t.i for t in theirs.children]
        assert {t.i for t in ours.subtree} == {t.i for t in theirs.subtree}
        assert ours.left_edge.i == min(t.i for t in theirs.subtree)
        assert ours.right_edge.i == max(t.i for t in theirs.subtree)
        assert {t.i for t in ours.ancestors} == {t.i for t in theirs.ancestors}
        assert ours.sent.start == theirs.sent.start


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_and_names_are_spacys(text: str) -> None:
    doc, view = both(text)
    theirs = [(s.start, s.end, s.text, s.root.i) for s in doc.sents]
    assert [(s.start, s.end, s.text, s.root.i) for s in view.sents] == theirs
    names = [(e.start, e.end, e.label_, e.start_char, e.end_char) for e in doc.ents]
    assert [(e.start, e.end, e.label_, e.start_char, e.end_char) for e in view.ents] == names


@pytest.mark.parametrize("text", TEXTS)
def test_characters_lead_to_the_tokens_they_touch(text: str) -> None:
    doc, view = both(text)
    for start in range(0, len(text), 3):
        for end in range(start + 1, min(start + 9, len(text)), 2):
            theirs = doc.char_span(start, end, alignment_mode="expand")
            ours = view.covering(start, end)
            assert (ours is None) == (theirs is None)
            if ours is not None and theirs is not None:
                assert (ours.start, ours.end, ours.text) == (theirs.start, theirs.end, theirs.text)


def test_spans_end_where_the_document_ends() -> None:
    view = Doc(spacy.blank("en")("one two three"))
    assert [t.text for t in view.span(1, 99)] == ["two", "three"]
    assert view.span(3, 5).text == ""
    assert len(view.span(2, 1)) == 0
    assert view.covering(5, 200) is None
    assert view[0].nbor().text == "two"
    with pytest.raises(IndexError):
        view[0].nbor(-1)


def test_a_document_is_itself() -> None:
    one, other = (Doc(spacy.blank("en")("same words")) for _ in range(2))
    assert one == one
    assert one != other
    assert len({one, other}) == 2
