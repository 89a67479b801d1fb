"""Every example of the cue files through the language model, and what must hold of any sentence."""

from __future__ import annotations

from functools import cache

import pytest

from kg.text.clauses import Clauses, find_clauses
from kg.text.cues import Cue, load_cues
from kg.text.encoder import load_model
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.qualify import Qualification, qualify
from kg.text.quotes import Reports, find_reports
from kg.text.signatures import load_signatures

pytestmark = pytest.mark.model

# Sentences that the model of today parses otherwise than they are meant.
CUE_EXAMPLES_MISREAD = 6
SIGNATURES_MISREAD = 8


@cache
def parsed(text: str) -> tuple[Doc, Clauses, Reports]:
    doc = Doc(model()(text))
    clauses = find_clauses(doc)
    return doc, clauses, find_reports(doc, clauses, noun_phrases(doc))


@cache
def model():  # type: ignore[no-untyped-def]
    return load_model()


def qualified(text: str, word: str) -> Qualification | None:
    doc, clauses, reports = parsed(text)
    clause = next((c for c in clauses if doc[c.head].text == word), None)
    return qualify(doc, clauses, reports, clause) if clause is not None else None


def cue_examples() -> list[Cue]:
    cues = load_cues()
    groups = (cues.nouns, cues.adjectives, cues.phrases, cues.hedging_adverbs)
    found = [cue for entries in cues.verbs.values() for cue in entries]
    return found + [cue for g in (*groups, cues.hedging_adjectives) for cue in g.values()]


def test_examples_of_cues_report() -> None:
    examples = cue_examples()
    assert len(examples) == 414
    misread = []
    for cue in examples:
        _, _, reports = parsed(cue.example)
        if not any(r.kind == cue.kind for r in reports.reports):
            misread.append(cue.example)
    assert len(misread) <= CUE_EXAMPLES_MISREAD, misread


def test_examples_of_signatures_read_as_they_say() -> None:
    misread = []
    for example in load_signatures().examples:
        q = qualified(example.sentence, example.event)
        wanted = (example.outcome.polarity, example.outcome.modality)
        if q is None or (q.polarity, q.modality) != wanted:
            misread.append(example.sentence)
    assert len(misread) <= SIGNATURES_MISREAD, misread


CLAUSES = [
    ("Russia attacked Kharkiv", "attacked"),
    ("Ankara will sell the jets", "sell"),
    ("Seoul plans to send aid", "send"),
    ("Kyiv failed to retake the town", "retake"),
    ("China may blockade the island", "blockade"),
    ("the rebels must leave the city", "leave"),
]
WRAPPERS = ["The minister said that {}.", "{}, the minister said.", "According to Paris, {}."]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize(("clause", "word"), CLAUSES, ids=[w for _, w in CLAUSES])
def test_a_report_changes_attribution_only(wrapper: str, clause: str, word: str) -> None:
    bare = qualified(clause[0].upper() + clause[1:] + ".", word)
    wrapped = wrapper.format(clause if not wrapper.startswith("{") else clause.capitalize())
    if wrapper.startswith("{"):
        wrapped = wrapper.format(clause[0].upper() + clause[1:])
    told = qualified(wrapped, word)
    assert bare is not None and told is not None
    assert (told.polarity, told.modality) == (bare.polarity, bare.modality)
    doc, clauses, reports = parsed(wrapped)
    head = next(c.head for c in clauses if doc[c.head].text == word)
    assert len(reports.chain(head)) == 1
    assert not parsed(clause[0].upper() + clause[1:] + ".")[2].reports
    assert told.sources == (bare.factuality,)


NEGATIONS = [
    ("Russia attacked Kharkiv.", "attacked", "Russia did not attack Kharkiv.", "attack"),
    ("China may attack Taiwan.", "attack", "China may not attack Taiwan.", "attack"),
    ("Iran will sign the deal.", "sign", "Iran will not sign the deal.", "sign"),
    ("Paris plans to send troops.", "send", "Paris does not plan to send troops.", "send"),
    (
        "The ministry said it signed it.",
        "signed",
        "The ministry said it never signed it.",
        "signed",
    ),
    ("Mali must pay the debt.", "pay", "Mali must not pay the debt.", "pay"),
]


@pytest.mark.parametrize(("plain", "word", "negated", "other"), NEGATIONS)
def test_not_flips_polarity_only(plain: str, word: str, negated: str, other: str) -> None:
    a, b = qualified(plain, word), qualified(negated, other)
    assert a is not None and b is not None
    assert (str(a.polarity), str(b.polarity)) == ("positive", "negative")
    assert a.modality == b.modality
    assert a.factuality > 0 > b.factuality


def reported(text: str) -> list[tuple[str, str]]:
    """(source, content) of the reports of a text."""
    doc, _, reports = parsed(text)
    return [
        (
            doc[r.source].text if r.source is not None else "-",
            " || ".join(doc.text[a:b] for a, b in r.chars),
        )
        for r in reports.reports
    ]


WHOLE = [
    (
        "“We are ready,” the envoy said. “Nobody will pass. The road is closed.”",
        [("envoy", "“We are ready,” || “Nobody will pass. The road is closed.”")],
    ),
    ('The envoy shrugged: "We have no choice."', [("envoy", '"We have no choice."')]),
    (
        "Both sides have sent planes, state television claimed last week.",
        [("television", "Both sides have sent planes")],
    ),
    (
        "The army said it had taken the town, adding that the rebels had fled.",
        [("army", "it had taken the town"), ("army", "the rebels had fled")],
    ),
    (
        "The minister asked not to be named. The ministry did not answer a request for comment.",
        [],
    ),
    (
        "The town had fallen, the army said on Monday. “We are losing,” one soldier said.",
        [("army", "The town had fallen"), ("soldier", "“We are losing,”")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), WHOLE, ids=[str(n) for n in range(len(WHOLE))])
def test_contents_are_whole_and_no_more(text: str, wanted: list[tuple[str, str]]) -> None:
    assert reported(text) == wanted


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Putin visits China next week.", "visits", "intended"),
        ("Putin is flying to China tomorrow.", "flying", "intended"),
        ("Ministers meet in Bangkok later this month.", "meet", "intended"),
        ("Iran attacked Israel later that month.", "attacked", "actual"),
        ("Russia has attacked Poland this year.", "attacked", "actual"),
        ("Putin visits China this week.", "visits", "actual"),
    ],
)
def test_a_present_with_a_time_ahead_is_a_plan(text: str, word: str, modality: str) -> None:
    q = qualified(text, word)
    assert q is not None
    assert q.modality.value == modality


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("NATO was to meet Georgia, having rejected talks with Russia.", "rejected", "actual"),
        ("NATO may meet Georgia, having rejected talks with Russia.", "rejected", "actual"),
        ("NATO may meet Georgia, rejecting talks with Russia.", "rejecting", "possible"),
    ],
)
def test_what_was_done_before_a_plan_is_done(text: str, word: str, modality: str) -> None:
    q = qualified(text, word)
    assert q is not None
    assert q.modality.value == modality
