"""Whose bodies are that no table knows, and what several sides do not do to each other."""

from __future__ import annotations

from datetime import date

import pytest
from told import told

from kg.statement import Document
from kg.text.pipeline import Extractor

pytestmark = pytest.mark.model

FIJI = (
    "SUVA, May 20 (Reuters) - Gunmen stormed Fiji's parliament on Friday. Fiji's army surrounded"
    " it. Fiji's president declared a state of emergency. "
)
CENEPA = (
    "Peru and Ecuador fought on Friday. Peru said Ecuador had shelled a"
    " post. Ecuador said Peru had bombed a village. Peru called up reserves. "
)
LANDS = [
    # its name tells
    (
        "Libya expelled thousands. The General Union of Tunisian Workers urged Libya to stop.",
        "General Union of Tunisian Workers",
        "TUN",
    ),
    # the text tells of one land
    (FIJI + "The Great Council of Chiefs condemned the gunmen.", "Great Council of Chiefs", "FJI"),
    # of several lands
    (FIJI + "The World Council of Bishops condemned the gunmen.", "World Council of Bishops", None),
    # the text is about two lands
    (CENEPA + "The Council of Elders condemned the war.", "Council of Elders", None),
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("text", "name", "country"), LANDS)
def test_the_land_of_bodies(
    extractor: Extractor, text: str, name: str, country: str | None
) -> None:
    reading = extractor.read(Document("x", text, date=date(2000, 5, 20)))
    found = {a.country for m in reading.scene.mentions for a in m.actors if name in a.label}
    assert found == {country}


TOGETHER = [
    ("French and Chadian soldiers fought armed bandits near the border.", "French military"),
    ("Indian and Irish troops seized the post office and the radio station.", "military"),
]


@pytest.mark.parametrize(("text", "never"), TOGETHER)
def test_forces_together_are_not_at_odds(text: str, never: str) -> None:
    assert not [one for one in told(text) if one.startswith(never)]


def test_forces_that_fight_each_other() -> None:
    assert any("fought" in one for one in told("Iranian and Iraqi troops fought in the marshes."))


def test_the_two_that_a_text_is_about() -> None:
    """Both parties are not the two who are named last, by the way."""
    text = (
        "Armenia and Azerbaijan fought on Sunday. Armenia said Azerbaijan had shelled a town."
        " Azerbaijan accused Armenia of lying. Azerbaijan bombed Armenia again on Monday."
        " Canada halted exports of drones to Turkey. France urged both countries to respect the"
        " truce."
    )
    asked = [one for one in told(text) if one.startswith("France")]
    assert {one.split()[-1] for one in asked} == {"Armenia", "Azerbaijan"}


def test_number_of_cases() -> None:
    assert (len(LANDS), len(TOGETHER)) == (4, 2)
