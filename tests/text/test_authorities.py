"""What only those who govern a land do, and verbs that are two words, told by short sentences."""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model

TOLD = [
    # arrests without an agent, by where they were made
    ("Dozens of supporters were arrested in Kampala.", "Uganda arrested Ugandan civilians"),
    ("Three French tourists are in custody in Niger.", "Niger arrested French civilians"),
    ("A Swedish diplomat was held in Tehran's Evin prison.", "Iran arrested Swedish government"),
    ("Some 300 were taken into custody in Almaty.", "Kazakhstan arrested Kazakh"),
    # releases from cells and on bail
    ("A journalist was freed from prison in Baku.", "Azerbaijan released Azerbaijani"),
    ("Bail was granted in Harare to two reporters.", "Zimbabwe released Zimbabwean"),
    # decrees of the one land that is told of
    (
        "A night curfew was imposed in Srinagar.",
        "Indian government imposedCurfew India",
    ),
    (
        "The curfew in Colombo was lifted on Monday.",
        "Sri Lankan government liftedCurfew Sri Lanka",
    ),
    # a state that acts at home
    (
        "Thailand lifted martial law.",
        "Thai government liftedEmergency Thailand",
    ),
    # soldiers and guards without a land, by the politician they seize
    ("Mutinous soldiers arrested President Mohamed Bazoum.", "Nigerien military arrested Mohamed"),
    # whom a ruler leaves
    ("Robert Mugabe stunned the land by resigning.", "Robert Mugabe resigned Zimbabwe"),
    # results: before the object, with the object hung on them, and in the passive
    ("Washington set free three Cuban agents.", "United States released Cuban"),
    ("Iran has let go a British tanker.", "Iran returnedPropertyTo United Kingdom"),
    ("The sailors of Spain were set free by Cambodia.", "Cambodia released Spa"),
    # the land that the sentence before tells of, and what only its rulers can do
    (
        "Farmers rallied in Seoul on Friday. Twelve farmers were taken into custody.",
        "South Korea arrested South Korean",
    ),
    ("A Danish reporter was flown to a prison in Guayaquil.", "Ecuador arrested Danish"),
    ("By midnight two journalists were being held in Islamabad.", "Pakistan arrested Pakistani"),
    ("The internet was cut in Uganda on Friday.", "Ugandan government restrictedSpeech Uganda"),
    (
        "Three newspapers were closed in Managua on Friday.",
        "Nicaraguan government restrictedSpeech Nicaragua",
    ),
    # things of another land are none of one's own
    (
        "Ukraine took three Russian television channels off the air.",
        "Ukraine restrictedSpeech Russia",
    ),
    # a war within one land
    (
        "Nepal's new cabinet declared a truce. Nepal has known ten years of war.",
        "Nepali government ceasedFireWith Nepal",
    ),
    # doers that trees hang on what somebody is told to do
    (
        "Two Danish nurses were told to leave by Sudanese officials.",
        "Sudanese government deported Danish",
    ),
    # whom "those" takes in
    ("A Danish nurse was among those arrested by Iran.", "Iran arrested Danish"),
    # a government called after its leader
    (
        "President Mohamed Siad Barre of Somalia spoke. The Barre government tore up its treaty"
        " with Moscow.",
        "Somali government terminatedAgreementWith Russia",
    ),
    # foreigners, by the land that the text is about
    (
        "BUDAPEST, Sept 17 (Reuters) - Hungary sealed its frontier. Hungary will hold it."
        " Twenty-nine people were arrested, among them a Syrian.",
        "Hungary arrested Hungarian",
    ),
    # each the people of the other
    (
        "Malaysia and North Korea have banned each other's citizens from leaving.",
        "Malaysia imposedBan North Korean",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_acts_of_those_who_govern(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


NEAR_MISSES = [
    # held by courts of the world
    ("The general is in custody in The Hague.", "Netherlands"),
    # rebels hold soldiers too
    ("A Turkish soldier was detained in Syria.", "arrested"),
    # a critic's land is not the one that arrests
    ("Canada criticised a new wave of arrests of campaigners.", "Canada arrested"),
    # proclaimed in a place of another land than the text is about
    (
        "Egypt seized the canal. Egyptian troops took the offices of Egypt's canal company."
        " Martial law was proclaimed in the Canal Zone.",
        "Panama",
    ),
    # told to go, or awaited to go
    ("Bill Clinton called on Jean-Bertrand Aristide to resign.", "resigned"),
    ("Sri Lankans will march until President Mahinda Rajapaksa steps down.", "resigned"),
    # no people is set free
    ("The parliament of Chile set free trade as its goal.", "released"),
    # police abroad
    ("Police arrested Augusto Pinochet in London.", "Chilean police arrested"),
    # what may be done, and what is not done yet
    ("The internet could be cut in Uganda.", "restrictedSpeech"),
    ("Fiji's leader will quit if parliament is dissolved.", "imposedBan"),
    # who fights another land than his own
    ("Hamas declared a truce. Palestinians cheered.", "ceasedFireWith"),
    # a leader whom nobody knows leads none of the lands that are named
    ("The Foobar administration expelled two diplomats of Iran.", "Iranian government"),
    ("The Reagan administration cut aid to Nicaragua.", "Nicaraguan government"),
    ("The Swedish chef told Danish guests to leave by noon.", "deported"),
    ("A Danish nurse wrote to those arrested by Iran.", "Iran arrested Danish"),
    # where two lands are told of, the foreigners' own has not arrested them
    (
        "Yemen complained to Eritrea. Some 300 Eritrean refugees were rounded up in the port.",
        "Eritrea arrested",
    ),
    (
        "Malaysia and North Korea have banned each other's citizens from leaving.",
        "Malaysia imposedBan Malaysian",
    ),
]


@pytest.mark.parametrize(("text", "never"), NEAR_MISSES)
def test_near_misses(text: str, never: str) -> None:
    assert not [one for one in told(text) if never in one]


def test_number_of_cases() -> None:
    assert (len(TOLD), len(NEAR_MISSES)) == (26, 17)
