"""Acts within one land, and acts against the one other land that a text is about.

Nouns alone say who takes part: soldiers, police, crowds, prisoners, the frontier. Beside each
construction stands what must stay open.
"""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model

FOUND = [
    # forces and crowds of the land where all is told to happen
    (
        "Shops stayed shut in Karachi and Quetta as Colin Powell landed in Islamabad. Police used"
        " batons against youths.",
        "Pakistani police repressed Pakistan",
    ),
    (
        "Soldiers of the presidential guard in Niamey arrested President Mohamed Bazoum.",
        "Nigerien military arrested Mohamed Bazoum",
    ),
    ("Soldiers overthrew Haiti's president, a French diplomat said.", "Haitian military overthrew"),
    # whom they act upon, at whatever preposition
    (
        "Ethiopian troops opened up on youths in Addis Ababa.",
        "Ethiopian military attacked Ethiopia",
    ),
    ("Kenyan police battled crowds in Nairobi.", "Kenyan police foughtWith"),
    # who alone jails and hangs people of a land
    ("Nine people were arrested in Tirana.", "Albania arrested Albanian civilians"),
    ("Poland said that 5,000 people interned under martial law were well.", "Poland arrested"),
    # unrest in one land is against those who rule it
    (
        "Nepal's king bowed to three weeks of demonstrations over his rule.",
        "Nepali protesters protestedAgainst Nepal",
    ),
    # crowds are of the other of two lands, or of the capital in which they stand
    (
        "Tehran vowed revenge, and demonstrators burned a U.S. flag.",
        "Iranian protesters protestedAgainst United States",
    ),
    (
        "A million people marched through the Italian capital against a war in Iraq.",
        "Italian civilians protestedAgainst Italy",
    ),
    # forces are put before the one other land of the text
    (
        "Mali expelled a Chadian envoy. Chad massed tanks on the frontier.",
        "Chad deployedTroopsTo Mali",
    ),
    (
        "North Korean guns shelled Yeonpyeong. Seoul put its forces on alert.",
        "South Korea showedForce North Korea",
    ),
    # what flies or is fired is its owner's
    ("Missiles fired from Iranian territory struck two American bases.", "Iran"),
    # objects that parsers take for agents
    ("A policeman of Turkey shot dead Russia's ambassador.", "Turkish police killed Russia"),
    # from home
    ("Peru summoned its ambassador home from Bogota.", "Peru recalledAmbassador Colombia"),
]

OPEN = [
    # whom an army shoots where two lands are spoken of
    ("Eritrean jets bombed Ethiopia, hitting a store and killing four people.", "killed"),
    # guards, unmarked soldiers and fighters loyal to somebody are anybody's
    ("Unmarked soldiers surrounded the Ukrainian naval base at Feodosia.", "blockaded"),
    (
        "Three protesters were shot dead by guards at the Israeli consulate in Berlin.",
        "German military killed",
    ),
    # what must be done is done to nobody yet
    ("Every suspect who lands in Budapest must be arrested.", "arrested"),
    # notes and parades are no unrest
    ("Tokyo lodged a protest through its ambassador.", "protestedAgainst"),
    ("He spoke of the past at a rally in Asmara.", "protestedAgainst"),
    # a people of another state do not protest against themselves
    ("Merchants in Gaza joined the protests over prices.", "protestedAgainst Palestine"),
    # acts asked for
    ("Haiti asks Washington to send troops.", "deployedTroopsTo"),
    ("India accused Pakistan of sending militants across the border.", "deployedTroopsTo"),
    # an ambassador called in is no ambassador called home
    ("Tokyo quarrels with China. Japan called in the Chinese ambassador.", "recalledAmbassador"),
    # several with one possessor close what is their own
    ("Riyadh and Cairo severed ties with Doha, closing their skies.", "blockaded Egypt"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_who_takes_part_at_home_and_before_the_neighbour(text: str, expected: str) -> None:
    found = told(text)
    assert any(line.startswith(expected) for line in found), found


@pytest.mark.parametrize(("text", "relation"), OPEN)
def test_what_is_in_doubt_stays_open(text: str, relation: str) -> None:
    found = told(text)
    assert all(relation not in line for line in found), found


def test_all_cases_are_there() -> None:
    assert (len(FOUND), len(OPEN)) == (15, 11)
