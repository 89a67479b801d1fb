"""Blame and threats between the rulers of a land and those who oppose them, and words denied.

Beside each construction stands what must stay open.
"""

from __future__ import annotations

import pytest
from told import extractor, told

from kg.statement import Document, Stance, Statement

pytestmark = pytest.mark.model

FOUND = [
    # parties, crowds and lawmakers blame those who rule them
    (
        "Venezuela's opposition called the vote a sham.",
        "Venezuelan opposition criticised Venezuelan government",
    ),
    (
        "Nigerian unions blamed the government for the fuel shortage.",
        "Nigerian trade unions accused Nigerian government",
    ),
    # whose government it is a party of the opposition need not say, whoever else is named
    (
        "Taiwan signed a pact with China. Taiwan's opposition denounced the pact with contempt.",
        "Taiwanese opposition criticised Taiwanese government",
    ),
    # rulers threaten those who are against them
    (
        "Kenya's interior minister said the organisers would be prosecuted.",
        "interior minister of Kenya threatened Kenya",
    ),
    # … and are threatened by them, unless they do something
    (
        "Haitian rebels threatened war unless the prime minister resigned.",
        "Haitian rebels threatenedWithForce Haitian government",
    ),
]
OPEN = [
    # a deed that is not done at home
    ("Kenya's opposition condemned the coup.", "ACCUSE"),
    # whose law it is, its adjective says
    ("Kenya's opposition criticised the Ugandan law.", "Kenyan government"),
    # a state criticises no law of its own
    ("Kenya criticised the law.", "Kenya"),
    ("Fans in Nairobi booed the decision.", "Kenya"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_blame_at_home_is_found(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


@pytest.mark.parametrize(("text", "target"), OPEN)
def test_what_is_not_of_the_land_stays_open(text: str, target: str) -> None:
    found = [one for one in told(text) if "criticised" in one or "accused" in one]
    assert not any(one.endswith(target) for one in found), found
    if target == "ACCUSE":
        assert not found


def _accusations(text: str) -> list[Statement]:
    found = extractor().extract(Document("a", text))
    return [s for s in found if s.relation.event == "ACCUSE"]


@pytest.mark.parametrize(
    "text",
    [
        "Moscow denied American allegations.",
        "Moscow rejected Washington's accusations.",
        "The United States says Russia moves its border stones, a charge that Moscow denies.",
        "The United States says Russia moves its border stones, a charge denied by Moscow.",
    ],
)
def test_a_denied_accusation_was_made(text: str) -> None:
    found = [
        s
        for s in _accusations(text)
        if s.subject.actor.country == "USA" and s.object and s.object.actor.country == "RUS"
    ]
    assert found
    assert not any(link.stance is Stance.DENIES for s in found for link in s.attribution)


def test_who_denies_having_accused_is_believed_no_more_than_before() -> None:
    found = _accusations("Washington denied that it had accused Russia.")
    assert all(any(link.stance is Stance.DENIES for link in s.attribution) for s in found)
