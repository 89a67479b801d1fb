"""People, fighters and forces of the land where they are told to act, though no word names it.

Beside each way of telling the land stands what must stay open.
"""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model

FOUND = [
    # a place that the clause names, however deep
    ("Protesters scaled the walls of the U.S. embassy in Tunis.", "Tunisian protesters"),
    ("Youths blocked the road near Lagos airport.", "Nigerian"),
    ("Some 3,000 growers from Peru marched to the square.", "Peruvian protesters"),
    # several places, each with its own people
    ("Tens of thousands marched in Rome and Madrid against NATO.", "Spanish protesters"),
    # the sentence before, where the clause names none
    (
        "Lawmakers in Seoul criticised the Chinese duty. Some 3,000 growers rallied on Monday.",
        "South Korean protesters protestedAgainst South Korea",
    ),
    # the other of two lands, where one is whose flag or embassy it is
    (
        "Tehran vowed revenge, and students tore down a U.S. flag.",
        "Iranian protesters protestedAgainst United States",
    ),
    # against whom a gathering is called
    ("Anti-Japanese protests broke out in Beijing.", "Chinese protesters protestedAgainst Japan"),
    # strikes without a striker
    ("A general strike brought Kenya to a halt.", "Kenyan protesters wentOnStrikeAgainst Kenya"),
    # fighters of the place, mobs of the other land
    (
        "President Sylvanus Olympio was shot dead by mutinous soldiers in Lome.",
        "Togolese rebels killed Sylvanus Olympio",
    ),
    (
        "Abdou Diouf sent troops into the suburbs of Dakar after rioters attacked Mauritanian"
        " traders.",
        "Senegalese protesters",
    ),
    # both sides of a fight in one land
    ("Clashes broke out between Kenyan police and students.", "Kenyan police foughtWith"),
    ("Twenty died in clashes between farmers and herders in Kenya.", "Kenyan civilians foughtWith"),
    # one's own forces in one's own streets
    ("Kenya sent troops into the suburbs of Nairobi.", "Kenyan government deployedTroopsTo Kenya"),
    ("Armoured vehicles patrolled Nairobi.", "Kenyan military deployedTroopsTo Kenya"),
    # words that parsers hang elsewhere
    ("Kenyan police shot dead three demonstrators.", "Kenyan police killed Kenyan protesters"),
    (
        "Kenyan militants took three Ugandan engineers hostage.",
        "Kenyan rebels abducted Ugandan civilians",
    ),
    (
        "Troops with automatic rifles fired into a crowd defying martial law in Tehran's Jaleh"
        " Square on Friday, killing scores.",
        "Iranian military repressed",
    ),
    # a crowd upon what is of another land is of the one where the text is dated
    (
        "NEW DELHI, June 15 (PTI) - India ordered a Chinese diplomat out. Peking had expelled two"
        " Indian envoys. Late in the day students broke into the compound of the Chinese Embassy.",
        "Indian protesters",
    ),
    (
        "REYKJAVIK (Reuters) - Iceland protested. Some 1,500 people marched to the British"
        " ambassador's residence.",
        "Icelandic",
    ),
    ("Dockers at the port of Durban refused to unload a Chinese ship.", "South African"),
    # whom an adjective tells, whom a passive leaves out
    ("Crowds in Baghdad chanted anti-American slogans.", "Iraqi civilians protestedAgainst United"),
    ("An effigy of Joe Biden was burned in Manila.", "Philippine protesters protestedAgainst Joe"),
]

OPEN = [
    # another time and place than the sentence before
    (
        "Algiers welcomed the accord. The hostages were taken when students stormed the American"
        " embassy.",
        "Algerian",
    ),
    # a place that nobody knows
    ("A crowd outside Qwerty university in Zzyzx chanted against the pact.", "protesters"),
    # those in transit are of neither side
    ("Polish police fired tear gas at migrants near the fence.", "repressed Poland"),
    # notes of states are no demonstrations
    ("Vietnam protested a Chinese fishing ban.", "protestedAgainst"),
    ("Tanzania closed its border in protest.", "protestedAgainst"),
    # a war somewhere is no protest against that land
    ("A million people marched through London against the war in Iraq.", "Iraq"),
    # for somebody, not against him
    ("Thousands marched in Karbala in solidarity with the opposition.", "protestedAgainst"),
    # soldiers ordered abroad are not of the land they go to
    ("Bush ordered troops into Panama to capture Manuel Noriega.", "Panamanian military"),
    # police sent nobody knows where, tanks to a frontier
    ("The United Arab Emirates sent 500 policemen.", "deployedPolice"),
    ("Thailand rushed tanks to the frontier town of Mae Sai.", "deployedTroopsTo Thailand"),
    # two armies in a third land
    ("South African and Botswanan soldiers put down a mutiny.", "repressed"),
    # mobs at home are not against their own state where they storm what is of others
    ("Tehran mobs storm Gulf embassies.", "Against Iran"),
    # the dateline of another land than the text is about tells nothing
    (
        "VIENNA (AP) - Russian tanks entered Prague. Prague radio said Russian soldiers had shot"
        " at students. Prague asked Moscow to pull out. Crowds blocked the bridges.",
        "Austrian",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_the_land_is_told_by_what_stands_around(text: str, expected: str) -> None:
    found = told(text)
    assert any(line.startswith(expected) for line in found), found


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_what_is_in_doubt_stays_open(text: str, words: str) -> None:
    found = told(text)
    assert all(words not in line for line in found), found


def test_all_cases_are_there() -> None:
    assert (len(FOUND), len(OPEN)) == (22, 13)
