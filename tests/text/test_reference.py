"""The reader of the words that refer back: it refuses what a careless reader would guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.resources import resource_path
from kg.text.reference import read_words, reference_words


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The packaged file with one replacement."""
    text = resource_path("cues/reference.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "reference.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_pronouns_know_their_kind() -> None:
    words = reference_words()
    assert len(words.pronouns) == 27
    assert (words.pronouns["himself"].use, words.pronouns["himself"].gender) == ("reflexive", "m")
    assert words.third("its") is not None
    assert words.third("our") is None
    assert words.third("table") is None


def test_nouns_know_the_events_that_they_take_up() -> None:
    taken_up = reference_words().taken_up
    assert taken_up["air campaign"] == {"ASSAULT"}
    assert {"SANCTION", "COERCE", "AGREE"} <= taken_up["decision"]


def test_nouns_of_deeds_know_their_verbs() -> None:
    derived = reference_words().derived
    assert len(derived) >= 140
    assert {"shoot down", "bring down"} <= derived["downing"]


def test_two_words_are_written_with_an_underscore() -> None:
    assert "turn out" in reference_words()["weather"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weather: rain", "weather: rain rain", "a word stands twice in 'weather'"),
        ("class: thing", "class: object", "unknown class or gender"),
        ("possessive: its", "possessive: her", "the pronoun 'her' stands twice"),
        ("trio: 3", "trio: three", "must give each word a number"),
        ("weather:", "wether:", "the key 'weather' is missing"),
        ("ranks:", "unheard: of\nranks:", "unknown key 'unheard'"),
        ("  REQUEST: >", "  WISH: >", "unknown event type 'WISH'"),
        ("    demand call", "    demand demand call", "'demand' stands twice under REQUEST"),
    ],
)
def test_mistakes_are_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        read_words(changed(tmp_path, old, new))
    assert told in str(caught.value)
