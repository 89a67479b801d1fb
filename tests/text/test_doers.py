"""Reactions that do not say to whose deed, and those that are to nobody's."""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model


REACTIONS = [
    # no frame reads the deed: whoever alone did it is meant
    ("China lobbed missiles over Taiwan. Japan demanded an explanation.", "Japan demanded China"),
    ("Mali's army deposed the president. Denmark froze aid.", "Denmark stoppedAid"),
    (
        "Paraguay's Senate removed its president from office. Argentina recalled its ambassador.",
        "Argentina recalledAmbassador Paraguay",
    ),
    # at what was done, by a noun or a pronoun
    (
        "India exploded two devices in the desert. Pakistan denounced the tests as reckless.",
        "Pakistan criticised India",
    ),
    (
        "Russia turned back the ships. Ukraine called the step outrageous.",
        "Ukraine criticised Russia",
    ),
    # applause needs no object
    (
        "South Korea's president stepped down. The White House applauded.",
        "United States praised South Korea",
    ),
    # two who act together
    (
        "Chad and Niger walked off the stage. Ghana called the departure regrettable.",
        "Ghana criticised Niger",
    ),
    # crowds are their state's to answer for
    (
        "Serb youths daubed the walls with slogans. Croatia lodged a protest.",
        "Croatia complainedOver Serbia",
    ),
]


@pytest.mark.parametrize(("text", "expected"), REACTIONS)
def test_reactions_are_to_who_acted(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


NEAR_MISSES = [
    # nothing is done
    ("Peru mourned its dead miners. Chile demanded an explanation.", "Chile demanded"),
    ("Peru borders Chile. Ecuador recalled its ambassador.", "Ecuador recalledAmbassador"),
    # two sides act
    (
        "Chad dug a canal and Niger built a wall. Togo demanded an explanation.",
        "Togo demanded Niger",
    ),
    # a reaction is no deed to react to
    ("Japan demanded patience. Denmark lodged a protest.", "Denmark complainedOver Japan"),
    # who threatens answers what was done to himself
    ("France imposed sanctions on Mali. Chad threatened to use force.", "Chad threatened"),
    # a third is named
    ("Chad closed its mines. Togo suspended a pact with Ghana.", "Chad"),
    # warnings of what may come
    ("Kenya dug a canal. Togo warned that the rains might fail.", "Togo warned Kenya"),
    # another paragraph
    (
        "China lobbed missiles over Taiwan.\n\nJapan demanded an explanation.",
        "Japan demanded China",
    ),
]


@pytest.mark.parametrize(("text", "unexpected"), NEAR_MISSES)
def test_other_reactions_stay_without_a_target(text: str, unexpected: str) -> None:
    found = told(text)
    assert not any(unexpected in one for one in found), found
