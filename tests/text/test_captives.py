"""Whose those are whom police and courts jail, and what is done at somebody's word."""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model

TOLD = [
    # nobody knows him, and only Kenya is told of
    ("Kenya arrested lawyer Miguna Mbeki in Nairobi.", "Kenya arrested Miguna Mbeki"),
    ("Ales Taran, a blogger, was sentenced to prison in Minsk.", "Belarus arrested Ales Taran"),
    # the members of a body whose land no word tells
    (
        "Panama's National Guard arrested leaders of the Vanguard of National Action.",
        "Panamanian military arrested Vanguard",
    ),
    # caused, not done, by the one who is named
    ("Putin had Mikhail Khodorkovsky jailed.", "Vladimir Putin arrested Mikhail"),
    # ordered done, whether or not a parser takes it for a part of the object
    ("The White House ordered the Yemeni freighter released.", "United States"),
    # a participle that taggers take for a past tense
    ("Anwar Ibrahim was convicted and sent to jail in Kuala Lumpur.", "Malaysia arrested Anwar"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_whose_they_are(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


NEAR_MISSES = [
    # it is done to him
    ("The Russian minister had his passport confiscated.", "seizedProperty"),
    # it is not yet done
    ("Moscow wants the Ukrainian prisoners freed.", "released"),
    # what was bought, not commanded
    ("Chad ordered jets built in Russia.", "Chad"),
    # a body named after another land
    ("Georgian police arrested members of the Group of Russian Troops.", "arrested Georgian"),
    # who frees nobody's countryman for certain
    ("Iran released Nizar Haddad on Monday.", "Iran released Iranian"),
    ("He was freed and left the country for Peru.", "Peru"),
]


@pytest.mark.parametrize(("text", "never"), NEAR_MISSES)
def test_near_misses(text: str, never: str) -> None:
    assert not [one for one in told(text) if never in one]


def test_number_of_cases() -> None:
    assert (len(TOLD), len(NEAR_MISSES)) == (6, 6)
