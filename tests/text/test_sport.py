"""Games are no wars; wars told in the words of sport, and politics about sport, stay."""

from __future__ import annotations

import pytest

from kg.statement import Document
from kg.text.pipeline import Extractor

GAMES = [
    "Germany beat France 2-1 in a friendly in Lyon on Tuesday.",
    "Australia defeated India by six wickets to win the final.",
    "France attacked early and Mexico's goalkeeper saved twice.",
    "Russia crushed Saudi Arabia in the opening match of the World Cup.",
]
POLITICS = [
    "Russia attacked Ukraine on Thursday.",
    "Police in Nigeria arrested 52 separatists who had played in a football tournament.",
    "The United States boycotted the Olympics after the Soviet Union invaded Afghanistan.",
    "Turkey attacked Kurdish fighters in Syria on the day of the final.",
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.model
@pytest.mark.parametrize("text", GAMES)
def test_a_game_is_no_event(text: str, extractor: Extractor) -> None:
    assert extractor.extract(Document(id="d", text=text)) == []


@pytest.mark.model
@pytest.mark.parametrize("text", POLITICS)
def test_an_attack_stays_one(text: str, extractor: Extractor) -> None:
    assert extractor.extract(Document(id="d", text=text))
