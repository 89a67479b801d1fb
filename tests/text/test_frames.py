"""How frames find who takes part, in sentences read with the language model.

What the lexicon's words say is tested by its own examples; here stand the general rules of
the matcher, each with a near miss.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from kg.statement import Document, Statement, document_id
from kg.text.pipeline import Extractor

pytestmark = pytest.mark.model


@cache
def _extractor() -> Extractor:
    return Extractor()


def _told(text: str) -> set[str]:
    document = Document(document_id(text), text, date=date(2025, 9, 22))
    return {_line(s) for s in _extractor().extract(document) if s.relation.event}


def _line(s: Statement) -> str:
    other = s.object.actor.label if s.object else ""
    return f"{s.subject.actor.label} {(s.relation.id or '').removeprefix('kg:')} {other}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whom its maker acted against just before
        (
            "ECOWAS imposed sanctions on Niger and threatened to use force.",
            "ECOWAS threatenedWithForce Niger",
        ),
        (
            "ECOWAS imposed sanctions on Niger. The bloc threatened to use force.",
            "ECOWAS threatenedWithForce Niger",
        ),
        # every owner at one step, and those behind "from"
        (
            "The United States put tariffs on steel from Canada and Mexico.",
            "United States imposedSanctionsOn Mexico",
        ),
        # a phrase that the parser hangs on the agent of a passive
        (
            "Sanctions were imposed by the European Union on Belarus.",
            "European Union imposedSanctionsOn Belarus",
        ),
        # what a government does at home
        (
            "The Peruvian government declared a state of emergency in Lima.",
            "Peruvian government declaredEmergency Peru",
        ),
        # talks that somebody else hosts are talks of those between whom they are held
        ("Egypt hosted talks between Hamas and Fatah.", "Hamas heldTalksWith Fatah"),
        # verbs of several words: with a preposition, an object, a prepositional noun, a result
        ("Iran brushed aside a plan put forward by France.", "Iran rejectedProposal France"),
        ("Kenya paid tribute to Tanzania.", "Kenya praised Tanzania"),
        ("Rebels from Chad put two Germans to death.", "Chadian rebels killed German civilians"),
        ("Iran set two French pilots free.", "Iran released French military"),
        # whoever a participle names made it
        ("Iraq accepted a plan put forward by France.", "Iraq agreedTo France"),
        # weapons act for their owner
        ("Iraqi missiles hit Tel Aviv.", "Iraqi military firedMissilesAt Israel"),
        # an act upon people whom only a noun names is one at home
        ("Thai police tortured detainees.", "Thai police tortured Thailand"),
        # what is condemned has happened
        ("Iran condemned the American attack on Syria.", "United States attacked Syria"),
        # ellipsis, members of a group, the parser's hidden recipient, a phrase hung on a name
        ("France suspended aid to Niger, as has Germany.", "Germany stoppedAid Niger"),
        ("Several states, including Mali, recognised Kosovo.", "Mali recognises Kosovo"),
        ("The United States sold Peru fighter jets.", "United States suppliedArmsTo Peru"),
        ("Lebanon complained to the UN over Israeli raids.", "Lebanon complainedOver Israel"),
        # who is called upon is to do it
        ("Chile appealed to Peru to meet Bolivia.", "Peru met Bolivia"),
        ("NATO gave Serbia four days to withdraw from Kosovo.", "Serbia withdrewFrom Kosovo"),
        ("Mali was the first country to recognise Kosovo.", "Mali recognises Kosovo"),
        # both directions of a mutual act
        ("Iran and Iraq traded accusations.", "Iran accused Iraq"),
        ("Iran and Iraq traded accusations.", "Iraq accused Iran"),
        # those who watch over rights accuse by what they say
        (
            "Human Rights Watch said Croatian troops had executed Serbian civilians.",
            "Human Rights Watch accusedOfRightsAbuse Croatian military",
        ),
    ],
)
def test_participants_are_found(text: str, expected: str) -> None:
    assert expected in _told(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        # the sanctions were somebody else's
        ("France imposed sanctions on Mali. Chad threatened to use force.", "threatenedWithForce"),
        # leaving is no threat with a target of its own
        ("France criticised Hungary and threatened to leave.", "threatened"),
        # whose soldiers do it is no place where it is done
        ("The convoy was bombed by rebels from Mali.", "bombedOnGround"),
        ("Russia and Ukraine declared a ceasefire.", "declaredCeasefire"),
        ("North Korea fired a ballistic missile over Japan.", "testedWeapon"),
        ("Egypt hosted talks about the climate.", "heldTalksWith"),
        ("Yasuhide Nakayama warned that isolating Myanmar would be wrong.", "blockaded"),
        # a state acts on whom it may abroad; a report of the police accuses nobody
        ("Israel killed two teenagers.", "killed"),
        ("Turkish police said rebels had killed two soldiers.", "accusedOfRightsAbuse"),
        # nobody meets the owner of a thing
        ("Peru received congratulations from Chile.", "hosted"),
        # short forms before a noun are adjectives
        ("France sent U.S. troops a message.", "suppliedArmsTo"),
        # an order to one's own troops is no request
        ("The Russian president ordered Russian troops to stop their attack.", "demanded"),
        ("The Spanish champion traded insults with a fan.", "accused"),
    ],
)
def test_nobody_is_invented(text: str, relation: str) -> None:
    assert all(f" {relation}" not in line for line in _told(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the act inside makes a general word exact, whatever word is said
        ("France offered to write off the debt of Mali.", "France promisedEconomicAid Mali"),
        ("France urged Mali to release two pilots.", "France demandedRelease Mali"),
        ("France refused to meet Malian leaders.", "France rejectedTalksWith Mali"),
        ("France threatened to impose sanctions on Mali.", "France threatenedSanctions Mali"),
        ("France will send food to Mali.", "France promisedHumanitarianAid Mali"),
        ("France will not meet Malian leaders.", "France rejectedTalksWith Mali"),
        ("France said it would bomb Mali unless it withdrew.", "France threatenedWithForce Mali"),
        # where no frame knows it, the general relation stands
        ("France urged Mali to think again.", "France appealedTo Mali"),
    ],
)
def test_what_is_said_to_be_done_makes_the_relation_exact(text: str, expected: str) -> None:
    told = {line.replace("Malian government", "Mali") for line in _told(text)}
    assert expected in told


def test_a_state_that_will_station_troops_threatens_nobody() -> None:
    told = _told("Ash Carter said the United States would station tanks in Estonia.")
    assert told and not any(" threatened" in line for line in told)
