"""Whose soldiers, police and crowds are that no word gives to a land."""

from __future__ import annotations

from datetime import date

import pytest

from kg.statement import Document
from kg.text.belonging import weights
from kg.text.pipeline import Extractor

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


LANDS = [
    # of the land where the text is dated and of whose police it tells
    (
        "NAIROBI, Feb 3 (AFP) - Kenya accused Uganda on Monday of arming cattle raiders. Ugandan "
        "officials denied it. Kenyan police had closed the border post of Busia on Sunday. "
        "Kenya's president spoke of an act of war.\nOn Tuesday troops moved up to the lake.",
        "troops",
        "KEN",
    ),
    # who acts is of the land told of, not of the one acted upon
    (
        "TEGUCIGALPA, July 5 (Reuters) - Honduras shut its airspace on Sunday. The interim "
        "Honduran government said the exiled leader would not be let in. Brazil condemned it.\n"
        "Soldiers ringed the Brazilian embassy at dawn.",
        "Soldiers",
        "HND",
    ),
    # near misses: words that set them apart, and names
    (
        "Honduras shut its airspace on Sunday. The Honduran government said so. "
        "Allied soldiers ringed the palace.",
        "soldiers",
        None,
    ),
    (
        "Honduras shut its airspace on Sunday. The Honduran government said so. "
        "Rebels backed by Nicaragua ringed the palace.",
        "Rebels",
        None,
    ),
    # soldiers overthrow those who rule them, whoever speaks of it
    (
        "France protested on Monday. Soldiers overthrew Haiti's elected president and put him on "
        "a plane, a French diplomat told the French parliament. French officials confirmed it.",
        "Soldiers",
        "HTI",
    ),
    # somebody
    (
        "Honduras shut its airspace on Sunday. The Honduran government said so. "
        "A gunman seized an airliner.",
        "gunman",
        None,
    ),
    # mostly at home elsewhere
    (
        "Honduras shut its airspace on Sunday. The Honduran government said so. "
        "Envoys flew in at dusk.",
        "Envoys",
        None,
    ),
]


@pytest.mark.parametrize(("text", "words", "land"), LANDS)
def test_land(extractor: Extractor, text: str, words: str, land: str | None) -> None:
    reading = extractor.read(Document("one", text, date=date(2009, 7, 6)))
    start = text.rindex(words)
    found = reading.scene.mentions.in_characters(start, start + len(words))
    assert (None if found is None else found.actors[0].country) == land


COMMISSIONERS = [
    ("The European Union protested. Trade Commissioner Ann Tester accused China.", "IGO"),
    # near misses: no Union, no portfolio of its
    ("France protested. Trade Commissioner Ann Tester accused China and France.", None),
    ("The European Union protested. Police Commissioner Ann Tester accused China.", None),
]


@pytest.mark.parametrize(("text", "sector"), COMMISSIONERS)
def test_commissioners_act_for_the_union(
    extractor: Extractor, text: str, sector: str | None
) -> None:
    reading = extractor.read(Document("one", text, date=date(2009, 7, 6)))
    person = next(a for a in reading.mentions.actors() if a.label == "Ann Tester")
    assert (person.sector if person.country is None else None) == sector


def test_weights_are_of_what_is_told() -> None:
    assert weights()["share"] > 0
    assert len(weights()) > 20
