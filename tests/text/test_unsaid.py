"""Doers and gifts that grammar or the tree leaves unsaid, each rule with a near miss."""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model


TOLD = [
    # what is given, taken for what its receiver becomes
    ("India threw Sri Lanka a lifeline.", "India gaveEconomicAid Sri Lanka"),
    ("Kenya's president called his Somali counterpart.", "William Ruto phoned"),
    # for whom there is no reason: for him who says so
    ("Donald Trump said there was no reason to meet Xi Jinping.", "United States rejects"),
    ("Serbia had no intention of sitting down with Kosovo.", "Serbia rejects Kosovo"),
    # somebody is ready, the weather never
    ("Iran said it was ready to hit Israel again.", "Iran threatenedWithForce Israel"),
    ("Britain is to give Ukraine more missiles.", "United Kingdom promisedMilitaryAid Ukraine"),
    # the camps of a politician
    ("Critics of Viktor Orban accused him of fraud.", "Hungarian opposition accused"),
    # who stands at the head of several
    ("A coalition led by Saudi Arabia bombed Yemen.", "Saudi Arabia carriedOutAirStrikeOn Yemen"),
    # crowds that only the event and its place tell of
    ("Protests in Tbilisi against the Georgian government went on.", "Georgian protesters prote"),
    ("Mass protests rocked Belarus.", "Belarusian protesters protestedAgainst Belarus"),
    # a ministry of the only state spoken of, and the one called so before
    (
        "China tightened its controls. The commerce ministry spoke. "
        "The ministry urged the United States to change.",
        "Chinese trade ministry demandedPolicyChange United States",
    ),
    # … or the one of the country that a dateline names
    (
        "BEIJING, Oct 10 (Reuters) - China hit back at the United States. "
        "The commerce ministry urged Washington to talk.",
        "Chinese trade ministry askedForTalks United States",
    ),
    # one court is of no state
    (
        "The European Court of Human Rights ruled. The court in Strasbourg criticised Britain.",
        "European Court of Human Rights criticised United Kingdom",
    ),
    # what several have alleged
    (
        "Britain accused Russia of hacking. The United States accused Russia, too. "
        "Moscow denied the allegations.",
        "Russia deniedAccusation United Kingdom",
    ),
    # diplomats are expelled by the state they leave
    ("Four Russian diplomats were expelled from Britain.", "United Kingdom expelledDiplomats Rus"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_is_unsaid_is_found(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


SILENT = [
    ("Vladimir Putin called Xi Jinping a true friend.", "phoned"),
    ("There is no reason to meet Xi Jinping.", "reject"),
    ("Iran said it was easy to hit Israel.", "threatened"),
    ("Critics of a Hungarian film accused the director of fraud.", "opposition"),
    ("Anti-Japanese protests broke out across China.", "Chinese protesters protestedAgainst China"),
    ("China met Japan. The ministry urged the United States to change.", "appealedTo"),
    ("China hit back at the United States. The commerce ministry urged Canada to talk.", "asked"),
    ("Four Russian families were expelled from Britain.", "expelledDiplomats"),
    ("Vladimir Putin met the returning Russians in Moscow.", "met"),
    ("Germany took in 10,000 refugees.", "Germany grantedAsylumTo German refugees"),
    ("Rwandan police shot dead 12 Congolese refugees.", "killed Rwanda"),
]


@pytest.mark.parametrize(("text", "unwanted"), SILENT)
def test_what_only_looks_like_it_stays_silent(text: str, unwanted: str) -> None:
    assert not any(unwanted in line for line in told(text)), told(text)
