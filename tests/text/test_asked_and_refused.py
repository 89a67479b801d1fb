"""What is asked, promised and refused: who hears it, at home and abroad, and in which words.

Each rule stands with near misses; what single words say is tested by the lexicon's examples.
"""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the land in whose capital a request is turned down, or finds no hearing
        ("A Danish call for an inquiry was rebuffed in Oslo.", "Denmark appealedTo Norway"),
        ("Pleas from Peru went unheeded in Quito.", "Peru appealedTo Ecuador"),
        ("A Danish proposal was rebuffed in Oslo.", "Norway rejectedProposal Denmark"),
        # who made a request that a participle tells of
        ("Chile turned down a request lodged by Peru.", "Peru appealedTo Chile"),
        # papers speak for those who sponsor, draft or send them
        (
            "Britain sponsored a resolution demanding that India pay.",
            "United Kingdom demanded India",
        ),
        ("A note from Tirana demanded that Belgrade pay.", "Albania demanded Serbia"),
        # verbs with an object and a preposition, and words that stand alone
        ("Laos slammed the door on a Thai proposal.", "Laos rejectedProposal Thailand"),
        ("Laos said no to a Thai proposal.", "Laos rejectedProposal Thailand"),
        # "to talks" is no infinitive
        ("Tonga agreed to talks with Fiji.", "Tonga agreedToMeet Fiji"),
        # what will not be done to one is told of the doer, though both stand in one clause
        ("Rome will not be bullied by Vienna.", "Italy rejects Austria"),
        ("Robert Mugabe will not resign.", "Robert Mugabe rejectedReform Zimbabwe"),
        # duties are asked for in the past tense too
        ("Fiji insisted that Tonga had to pay.", "Fiji demanded Tonga"),
        # whom a state answers at home, named by a noun alone
        (
            "Kenya's government rejected the strikers' demands.",
            "Kenyan government rejectedProposal Kenya",
        ),
        (
            "Kenya's government ruled out talks with the rebels.",
            "Kenyan government rejectedTalksWith Kenyan rebels",
        ),
        ("Zambia's president promised 20,000 jobs.", "Hakainde Hichilema agreedToReform Zambia"),
    ],
)
def test_who_is_asked_promised_and_refused(text: str, expected: str) -> None:
    assert [line for line in told(text) if line.startswith(expected)], told(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("A Danish call for an inquiry was read in Oslo.", "appealedTo"),
        ("Chile turned down a request that had surprised Peru.", "appealedTo"),
        ("A boy in Riga slammed the door on an Estonian guest.", "rejectedProposal"),
        ("Fiji insisted that Tonga had paid.", "demanded"),
        # who speaks for no state refuses nobody
        ("A witness in Turin refused to cooperate with reporters.", "refusedCooperation"),
        # a state asks nothing of itself where it only speaks at home
        ("In Washington, the State Department called for restraint.", "demandedDeescalation"),
        # what others are to do is not offered but asked
        ("Tonga proposed that Fiji stop its patrols.", "offered"),
        # nobody is told to pay a visit who is told to stop
        ("Fiji called on Tonga to stop.", "askedForTalks"),
    ],
)
def test_nobody_is_asked_or_refused_without_need(text: str, relation: str) -> None:
    assert not [line for line in told(text) if line.split(" ")[0] and f" {relation} " in line]
