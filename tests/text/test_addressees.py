"""To whom words are said that do not name him: answers, harm told before, the one dealt with."""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model


TOLD = [
    # who answers or obeys has been asked, accused, offered or warned
    ("Norway turned down a Danish request.", "Denmark appealedTo Norway"),
    ("Tunisia opened the port at the urging of Algeria.", "Algeria appealedTo Tunisia"),
    ("Peru rejected Chilean accusations.", "Chile accused Peru"),
    ("Peru declined a generous offer by Chile.", "Chile offered Peru"),
    ("North Korea fired a rocket despite warnings from Beijing.", "China warned North Korea"),
    ("Malta opened its ports over the objections of Italy.", "Italy criticised Malta"),
    # a pronoun of a participle: the one whom the main clause is aimed at
    ("Jordan and Egypt cut ties with Syria, accusing it of greed.", "Egypt accused Syria"),
    # who did the harm told before
    (
        "Ethiopian jets bombed a market in Eritrea. Sudan voiced outrage.",
        "Sudan criticised Ethiopia",
    ),
    (
        "Eritrean troops shelled a town in Djibouti. Kenya called for an independent inquiry.",
        "Kenya demanded Eritrea",
    ),
    # whom one deals with just before, or the only other country named
    (
        "Sergio Mattarella telephoned Edi Rama and promised to be patient.",
        "Sergio Mattarella agreedTo Edi Rama",
    ),
    # what a noun after a comma sums up is said by the subject before
    (
        "Kenya said it would close the camps, a plan Somalia rejected.",
        "Somalia rejectedProposal Ken",
    ),
    # what one meets, calls or writes to somebody for is meant for him
    ("Olaf Scholz telephoned Joe Biden to plead for patience.", "Olaf Scholz appealedTo Joe Biden"),
    ("Peru sent a letter to Chile asking for patience.", "Peru appealedTo Chile"),
    ("Giorgia Meloni met Edi Rama and begged for patience.", "Giorgia Meloni appealedTo Edi"),
    ("Cuba summoned the Spanish ambassador to demand proof.", "Cuba demanded Spanish"),
    ("Togo sent two envoys to Benin to demand proof.", "Togo demanded Benin"),
    (
        "Olaf Scholz telephoned Joe Biden to apologise for the delay.",
        "Olaf Scholz apologisedTo Joe Biden",
    ),
    # who asked just before is refused; a demand made of nobody was made of who refuses
    ("Latvia asked Belarus to return an archive. Minsk refused.", "Belarus rejects Latvia"),
    ("Sweden demanded his extradition, but Turkey refused.", "Turkey rejects Sweden"),
    ("Sweden demanded his extradition, but Turkey refused.", "Sweden demandedExtradition Turkey"),
    # the condition names him by what is his, or turns the verb round
    ("Mali vowed to retaliate if Nigerien shells fell on it.", "Mali threatened Niger"),
    ("Mali warned of reprisals should Niger attack.", "Mali warned Niger"),
    # what one says one might do
    ("Ghana said that it might sue Togo.", "Ghana threatened Togo"),
    # a wish is no fact: "insisted that he *explain*"
    ("Ghana insisted that Togo explain itself.", "Ghana demanded Togo"),
    ("Ghana called for Togo to explain itself.", "Ghana appealedTo Togo"),
    ("Students in Accra urged deputies of Ghana to explain themselves.", "Ghanaian"),
    # a frame may ask for the negation: not to yield is to refuse
    ("Iran will not bow to American demands.", "Iran rejects United States"),
]
SILENT = [
    # nothing has been asked yet
    ("Norway would turn down any Danish request.", "Denmark appealedTo"),
    # a town of organisations; both who meet; a letter of somebody else
    ("Olaf Scholz flew to Brussels to plead for patience.", "Olaf Scholz appealedTo"),
    ("Olaf Scholz and Joe Biden met to plead for patience.", "Olaf Scholz appealedTo"),
    # what one praises when one meets somebody need not be his
    ("Olaf Scholz met Joe Biden to praise the deal.", "Olaf Scholz praised"),
    # nobody has asked, or somebody else is asked
    ("Latvia asked Belarus for a loan. A bank in Oslo refused.", "Norway rejects"),
    ("Georgia appealed to the West for help. Russia refused.", "Georgia appealedTo Russia"),
    # "should" that orders; facts and questions; what its own envoy says
    ("Mali said that Niger should explain itself.", "Mali threatened"),
    ("Ghana insists that Togo explains itself.", "Ghana demanded"),
    ("Ghana asked Togo why it had left.", "Ghana appealedTo"),
    ("The Ghanaian foreign ministry said that Ghana must rest.", "Ghanaian"),
    ("Ghana said that it might meet Togo.", "Ghana threatened"),
    # nobody did harm
    ("A storm hit the coast of Portugal. Spain voiced outrage.", "Spain criticised"),
    # both sides did
    (
        "Chadian troops shelled a village in Sudan, and Sudanese jets bombed a town in Chad. "
        "Egypt voiced outrage.",
        "Egypt criticised",
    ),
    # somebody else is spoken to, or several may be meant
    ("Uganda met Kenya. A coach in Nairobi promised to be patient.", "Kenya agreedTo"),
    ("Sudan met Chad, Niger met Mali and Egypt promised to be patient.", "Egypt agreedTo"),
    # their own, each of them
    ("Sadyr Japarov and Emomali Rahmon told their troops to leave.", "Sadyr Japarov demanded"),
    # what two agree another must do is no promise to him
    ("John Kerry and Sergei Lavrov agreed that Syria must disarm.", "John Kerry agreedTo Syria"),
]


def test_the_numbers_of_cases() -> None:
    assert (len(TOLD), len(SILENT)) == (27, 17)


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_who_is_spoken_to_is_found(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


@pytest.mark.parametrize(("text", "unwanted"), SILENT)
def test_nobody_is_guessed_at(text: str, unwanted: str) -> None:
    found = told(text)
    assert not any(one.startswith(unwanted) for one in found), found
