"""Words, measures and help that name nobody, and whom they are most likely meant for."""

from __future__ import annotations

import pytest
from told import told

from kg.text.meant import ACCEPT, weights

pytestmark = pytest.mark.model

COUP = (
    "Soldiers in Gabon deposed President Ali Bongo on Wednesday. France condemned the coup in"
    " Gabon. The African Union suspended Gabon the next day. Gabon's new ruler, General Brice"
    " Oligui Nguema, met officers in Libreville. "
)
FLOOD = (
    "Floods killed hundreds in Libya on Monday. Libya asked the United Nations for help. Turkey"
    " sent two aircraft to Libya. Officials in Libya counted the dead all night. "
)

MEANT = [
    # blamed by others before him
    (COUP + "In a statement that evening Japan voiced deep concern.", "Japan … Gabon"),
    # ties are cut with whom everybody has broken
    (COUP + "Later that week the World Bank froze its loans.", "World Bank … Gabon"),
    # who acts just before, whether or not a frame reads his deed
    ("China lobbed missiles over Taiwan. Japan demanded an explanation.", "Japan … China"),
    (
        "Paraguay's Senate removed its president from office. Argentina recalled its ambassador.",
        "Argentina … Paraguay",
    ),
    (
        "India exploded two devices in the desert. Pakistan denounced the tests as reckless.",
        "Pakistan … India",
    ),
    ("Russia turned back the ships. Ukraine called the step outrageous.", "Ukraine … Russia"),
    # help is for the land that the text tells of
    (FLOOD + "The winds had fallen by then. Malta offered sacks of rice.", "Malta … Libya"),
]


@pytest.mark.parametrize(("text", "expected"), MEANT)
def test_who_is_most_likely_meant(text: str, expected: str) -> None:
    who, whom = expected.split(" … ")
    found = told(text)
    assert any(one.startswith(f"{who} ") and one.endswith(f" {whom}") for one in found), found


NEAR_MISSES = [
    # somebody is named behind the verb, or in the words about it
    ("Chad closed its mines. Togo suspended a pact with Ghana.", "Togo stoppedAid Chad"),
    # two sides act
    (
        "Chad dug a canal and Niger built a wall. Togo demanded an explanation.",
        "Togo demanded Niger",
    ),
    # who threatens answers what was done to himself
    ("France imposed sanctions on Mali. Chad threatened to use force.", "Chad threatened"),
    # what "it" is, nobody says
    (COUP + "The rains came early. Japan's prime minister dismissed it as gossip.", "Japan"),
    ("Turkey is an ally of Azerbaijan. Hungary condemned it as a crime.", "Hungary criticised"),
    # an act within the land itself
    (COUP + "General Nguema offered a seat to the opposition.", "Brice Oligui Nguema offered F"),
    # nobody is blamed by who denies that anything happened
    (COUP + "Japan denied that it had offered any help.", "Japan"),
    # two are named alike, and both did harm
    (
        "Togo shelled Benin. Benin shelled Togo. The rains came early. On Friday Chad voiced"
        " concern.",
        "Chad",
    ),
    # people without a name are those acted upon
    (COUP + "Two days later police in Japan arrested a former minister.", "Japan arrested Gabon"),
    # a verb that nobody stands beside shows nothing
    (COUP + "A ferry of Japan turned back with three hundred passengers.", "Japan"),
]


@pytest.mark.parametrize(("text", "unexpected"), NEAR_MISSES)
def test_nobody_is_meant_where_the_text_leaves_it_open(text: str, unexpected: str) -> None:
    found = told(text)
    assert not any(one.startswith(unexpected) for one in found), found


def test_probabilities_follow_the_weights() -> None:
    assert 0.5 <= ACCEPT < 1
    assert len(weights()) > 500
    # who did all the harm that is told is meant by words of blame rather than who did none
    assert weights()["harmedS=>0.99"] > weights()["blame&harmedS=<=0"]
