"""What refers back: pronouns, descriptions, collectives, acronyms, quoted first persons."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentions import Mentions, find_mentions
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports

pytestmark = pytest.mark.model


@lru_cache(maxsize=64)
def read(text: str, day: str) -> Mentions:
    doc = load_model()(text)
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    found = find_mentions(doc, phrases, load_gazetteer(), date.fromisoformat(day))
    return resolve(doc, phrases, clauses, found, find_reports(doc, clauses, phrases))


def labels(text: str, words: str, day: str = "2024-06-01") -> list[str]:
    """The actors of the last place where the words stand."""
    start = max(i for i in range(len(text)) if text.startswith(words, i))
    found = read(text, day).in_characters(start, start + len(words))
    return [a.label for a in found.actors] if found else []


CASES = [
    ("Russia said it would withdraw its troops.", "it", ["Russia"]),
    ("Russia said it would withdraw its troops.", "its", ["Russia"]),
    ("It is clear that Russia will leave.", "It", []),
    ("Angela Merkel met Vladimir Putin. She left early.", "She", ["Angela Merkel"]),
    ("Vladimir Putin and Xi Jinping met. He spoke first.", "He", []),
    ("Iran and Iraq said they would talk.", "they", ["Iran", "Iraq"]),
    ('"We will not yield," Vladimir Putin said.', "We", ["Russia"]),
    ('"I will not yield," Vladimir Putin said.', "I", ["Vladimir Putin"]),
    ("We will not yield.", "We", []),
    ("Turkey and Greece met. The two countries agreed.", "countries", ["Turkey", "Greece"]),
    ("Turkey, Iran and Greece met. The two countries agreed.", "countries", []),
    ("Hamas met mediators. The group wants a truce.", "group", ["Hamas"]),
    ("The group wants a truce.", "group", []),
    ("Emmanuel Macron spoke. The president was calm.", "president", ["Emmanuel Macron"]),
    ("South Korea protested and the North replied.", "the North", ["North Korea"]),
    ("Snow fell in the north of Italy.", "north", []),
    ("Emmanuel Macron said his country would help.", "his country", ["France"]),
    ("Japan said its troops would stay.", "its troops", ["Japanese military"]),
    ("The farmer said his country would help.", "his country", []),
    ('"I miss him," Donald Trump said of Kim Jong Un. He laughed.', "He", ["Donald Trump"]),
    ("Emmanuel Macron saw Xi Jinping with the two leaders.", "the two leaders", []),
    (
        "The Free Rivers Front (FRF) marched in Oslo. The FRF wants a vote.",
        "FRF",
        ["Free Rivers Front"],
    ),
]


@pytest.mark.parametrize(("text", "words", "wanted"), CASES)
def test_reference(text: str, words: str, wanted: list[str]) -> None:
    assert sorted(labels(text, words)) == sorted(wanted)


def test_a_sentence_about_something_else_changes_nothing() -> None:
    text = "Russia said it would withdraw its troops."
    plain = [m.actors for m in read(text, "2024-06-01")]
    longer = [m.actors for m in read(text + " Rain fell all day.", "2024-06-01")]
    assert longer == plain
