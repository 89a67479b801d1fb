"""Quotation marks of every style, nested, unbalanced, over sentences and paragraphs."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.text.quotations import find_quotations, paragraph_bounds

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")

STYLES = [
    ('"We are ready," he said.', ['"We are ready,"']),
    ("“We are ready,” he said.", ["“We are ready,”"]),
    ("‘We are ready,’ he said.", ["‘We are ready,’"]),
    ("'We are ready,' he said.", ["'We are ready,'"]),
    ("„We are ready“, he said.", ["„We are ready“"]),
    ("«We are ready», he said.", ["«We are ready»"]),
    ('He said: "We are ready. Nobody will pass."', ['"We are ready. Nobody will pass."']),
    ("He said Kyiv's men's base wasn't hit.", []),
    ("The troops’ base wasn’t hit; the ’90s were worse.", []),
    ("‘The troops’ base was hit,’ he said.", ["‘The troops’ base was hit,’"]),
    ("'The men's base was hit,' he said.", ["'The men's base was hit,'"]),
    (
        "“He told me: ‘Leave now,’” she said.",
        ["“He told me: ‘Leave now,’”", "‘Leave now,’"],
    ),
    (
        "\"He told me: 'Leave now,'\" she said.",
        ["\"He told me: 'Leave now,'\"", "'Leave now,'"],
    ),
    ('Both "hawks" and "doves" agreed.', ['"hawks"', '"doves"']),
    ("It fired 5' rockets.", []),
]


@pytest.mark.parametrize(("text", "quoted"), STYLES, ids=[t[:24] for t, _ in STYLES])
def test_styles(text: str, quoted: list[str]) -> None:
    doc = NLP(text)
    assert [doc[q.start : q.end].text for q in find_quotations(doc)] == quoted


def test_depth_counts_the_quotations_around() -> None:
    doc = NLP("“He told me: ‘Leave now,’” she said.")
    assert [q.depth for q in find_quotations(doc)] == [0, 1]


def test_paragraphs_left_open_are_resumed() -> None:
    doc = NLP("He said: “We came at dawn. It was cold.\n\n“Then we left. Nobody stayed.”\n")
    first, second = find_quotations(doc)
    assert first.open_end and not first.resumed
    assert second.resumed and not second.open_end


def test_a_forgotten_closing_mark_holds_to_the_end_of_its_sentence() -> None:
    doc = NLP('The envoy said "we are ready. The army left the town.')
    (quotation,) = find_quotations(doc)
    assert doc[quotation.start : quotation.end].text == '"we are ready.'


def test_paragraph_bounds_know_wrapped_lines() -> None:
    text = "Title of the story\n\nThe army left the\ntown on Monday.\nIt was cold.\n"
    assert [text[a:b] for a, b in paragraph_bounds(text)] == [
        "Title of the story",
        "The army left the\ntown on Monday.",
        "It was cold.",
    ]


@given(st.text(alphabet="ab \"'“”‘’„«».,\n", max_size=60))
def test_any_text_gives_spans_within_it(text: str) -> None:
    doc = NLP(text)
    for quotation in find_quotations(doc):
        assert 0 <= quotation.start < quotation.end <= len(doc)


@pytest.mark.parametrize("unit", ["“", "'a ", "‘s’ ", "\n'a", "«a "])
def test_texts_of_nothing_but_marks_stay_bounded(unit: str) -> None:
    """Nesting is bounded, so that no text makes the stack of open marks grow with it."""
    doc = NLP(unit * 300)
    assert max((q.depth for q in find_quotations(doc)), default=0) < 6
