"""What a clause leaves to what was told before it: denials, claims of responsibility, retaliation.

Each row is a text with what must, and what must not, be read from it.
"""

from __future__ import annotations

from datetime import date

import pytest
from told import events, line, told

from kg.statement import Stance
from kg.text.datelines import stated_day

pytestmark = pytest.mark.model


TOLD = [
    # denials of clauses, aimed at who told of the deed
    (
        "Ethiopia accused Eritrea of an invasion. Eritrea denied that its soldiers had entered"
        " Tigray.",
        "Eritrea deniedAccusation Ethiopia",
    ),
    (
        "Armenia said Azerbaijan had shelled a village. Baku denied the report.",
        "Azerbaijan deniedAccusation Armenia",
    ),
    # each does it to the other
    (
        "Indian and Pakistani troops shelled each other overnight.",
        "Pakistani military shelled Indian military",
    ),
    (
        "Russia and Britain expelled each other's diplomats.",
        "United Kingdom expelledDiplomats Russian government",
    ),
    # whoever says that an attack was his
    (
        "A suicide bomber killed 40 Indian policemen in Pulwama. Jaish-e-Mohammed said it had"
        " carried out the attack.",
        "Jaish-e-Mohammed attacked Indian police",
    ),
    # steps in return
    (
        "Britain expelled 23 Russian diplomats. Moscow retaliated by expelling 23 diplomats.",
        "Russia expelledDiplomats United Kingdom",
    ),
    (
        "The United States imposed tariffs on Chinese steel. In response, Beijing recalled its"
        " ambassador.",
        "China recalledAmbassador United States",
    ),
    # … or in answer to what was done to others
    (
        "Israel bombed Gaza. In response, Turkey recalled its ambassador.",
        "Turkey recalledAmbassador Israel",
    ),
    # others do the same
    (
        "Turkey recognised Kosovo on Sunday. Albania followed suit.",
        "Albania recognises Kosovo",
    ),
    # what an infinitive of a noun leaves out
    (
        "Ghana regretted the decision of Mali to expel the French ambassador.",
        "Mali expelledDiplomats French government",
    ),
    # a relative pronoun moved out of reported speech
    (
        "The men mourned Mohammed Deif, whom Israel says it killed in an air strike.",
        "Israel killed Mohammed Deif",
    ),
    # those who join in
    (
        "American jets, joined by British and French planes, bombed Houthi positions.",
        "French military carriedOutAirStrikeOn Houthis",
    ),
    # an organisation by the last word of its name, and those who act for it
    (
        "Hungary joined the International Criminal Court in 2001. Court officials reminded"
        " Budapest of its duty.",
        "International Criminal Court demanded Hungary",
    ),
    (
        "Hungary joined the International Criminal Court in 2001. The judges found that Budapest"
        " had failed in its duties.",
        "International Criminal Court accused Hungary",
    ),
    # a resolution with a number; a report of somebody
    (
        "Resolution 1701 urges Lebanon to disarm the militias.",
        "United Nations Security Council",
    ),
    ("A UN report accused Rwanda of arming M23.", "United Nations accusedOfAggression Rwanda"),
    # reports of those who watch over rights are charges
    (
        "The UN human rights office said Malian troops had executed 500 people in Moura.",
        "OHCHR accusedOfRightsAbuse Malian military",
    ),
    # whose fighters they are
    ("Rebels backed by Rwanda seized Goma.", "Congolese rebels occupied"),
    (
        "Hackers linked to Iran's ministry of intelligence attacked Albanian servers.",
        "Iranian intelligence services cyberattacked Albania",
    ),
    # ships of war
    ("An Iraqi jet fired a missile at the USS Stark.", "Iraqi military firedMissilesAt American"),
    # names with initials
    ("Antony J. Blinken condemned Iran.", "Antony Blinken criticised Iran"),
    # soldiers, courts and police of the land of a dateline
    (
        "TEGUCIGALPA (Reuters) - Soldiers seized President Manuel Zelaya on Sunday.",
        "Honduran military arrested Manuel Zelaya",
    ),
    (
        "CAIRO - A court sentenced twelve members of the Muslim Brotherhood to death.",
        "Egyptian judiciary convicted Muslim Brotherhood",
    ),
    # time allotted to an envoy, and whose envoy it is
    (
        "Mexico sheltered two ministers. Peru gave the Mexican ambassador 72 hours to leave.",
        "Peru expelledDiplomats Mexican government",
    ),
    # an attack hung on its weapons
    (
        "Azerbaijan launched an attack with drones on Goris, a town in Armenia.",
        "Azerbaijan attacked Armenia",
    ),
    # a ministry's own statement
    (
        "Statement of the Ministry of Foreign Affairs of the Republic of Armenia\n\nWe strongly"
        " condemn the aggression of Azerbaijan against Armenia.",
        "Armenia criticised Azerbaijan",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_was_told_before_completes_a_clause(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        # a denial of what another did, of something else, and one of every day
        (
            "Ukraine said Russian guns had shelled Mariupol. Kyiv denied that Moscow had taken it.",
            "deniedAccusation",
        ),
        (
            "Ukraine said Russian guns had shelled Mariupol. Moscow denied that it had sold gas.",
            "deniedAccusation",
        ),
        (
            "Congo accuses Rwanda of arming M23. Kigali has long denied that it arms them.",
            "deniedAccusation",
        ),
        ("Fans of Brazil and Argentina attacked each other.", "attacked"),
        ("A bomb killed nine soldiers in Mali. No group claimed responsibility.", "attacked"),
        (
            "A bomb killed nine soldiers in Mali. Hamas claimed responsibility for a strike at a"
            " factory.",
            "attacked Mali",
        ),
        (
            "Israel and Egypt bombed Gaza while Jordan closed roads. In response, Turkey recalled"
            " its ambassador.",
            "recalledAmbassador Palestine",
        ),
        ("Mali cut ties with Ukraine. Niger did not follow suit.", "Niger"),
        ("Vladimir Putin met Xi Jinping. Narendra Modi followed suit.", "Narendra Modi"),
        ("A singer, joined by dancers from Cuba, toured Spain.", "Cub"),
        ("A bomb blast in Mogadishu killed 20 people.", "Somalia killed"),
        ("Iraqi troops retook Mosul on Sunday.", "occupied"),
        ("Jordan is repatriating its citizens from Syria.", "released"),
        (
            "Honduran President Manuel Zelaya was seized by soldiers and flown to Costa Rica.",
            "visited",
        ),
        ("Canada told its citizens to leave Lebanon.", "Canadian civilians"),
        # agencies are of no land that soldiers could be of
        ("LONDON (AFP) - Soldiers shot two men in a village near Goma.", "French"),
        # the town of a dateline with two states in the story
        ("ANKARA - Turkey and Greece held talks. A court jailed two men.", "judiciary"),
    ],
)
def test_near_misses_stay_silent(text: str, unexpected: str) -> None:
    found = told(text)
    assert not any(unexpected in one for one in found), found


def test_a_source_tells_once() -> None:
    text = "Poland said Belarus was pushing migrants into Lithuania, Poland said."
    found = [s for s in events(text) if s.relation.id == "kg:deported"]
    assert [[link.stance for link in s.attribution] for s in found] == [[Stance.SAYS]]


def test_denied_act_keeps_its_source() -> None:
    text = "Kigali rejected Kinshasa's accusations that it backs M23."
    found = {line(s): s for s in events(text)}
    act = found["Rwanda supports M23"]
    assert [link.stance for link in act.attribution] == [Stance.DENIES, Stance.SAYS]
    assert "Rwanda deniedAccusation Democratic Republic of the Congo" in found


def test_place_and_day_on_a_line_of_their_own() -> None:
    assert stated_day("Statement\n\nYerevan, 13 September 2022\n\nIn the …") == date(2022, 9, 13)
    assert stated_day("In Yerevan, 13 September 2022 was a day of mourning.") is None
