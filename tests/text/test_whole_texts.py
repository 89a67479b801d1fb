"""Who is meant where a sentence alone does not say: what short texts tell, and what not.

Every row stands for a class of wordings; near misses of the same wording stand beside it. A
statement is written "SUBJECT relation OBJECT" by the labels of its actors, with the words of its
modality and polarity in front where they are not "actual" and "positive".
"""

from __future__ import annotations

import pytest
from told import line, statements

from kg.statement import Modality, Polarity, Statement

pytestmark = pytest.mark.model

_QUARREL = "Ecuador accused Peru of lying. Peru attacked Ecuador. Ecuador fired at Peru. "

# Text, what must be found, what must not.
CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "both holders of an office": (
        _QUARREL + "The president of Bolivia offered to receive both presidents in La Paz.",
        ["president of Bolivia announcedMeetingWith president of Ecuador"],
        ["president of Bolivia announcedMeetingWith Bolivia"],
    ),
    "an office of two countries": (
        _QUARREL + "The Pope appealed to the presidents of the two nations to lay down their arms.",
        [],
        ["president of Ecuador attacked president of Peru"],
    ),
    "envoys of the two governments": (
        _QUARREL + "Brazil's foreign minister met envoys of the two governments.",
        [
            "foreign minister of Brazil met Ecuadorian government",
            "foreign minister of Brazil met Peruvian government",
        ],
        [],
    ),
    "two of a region": (
        "Turkey spoke of Finnish and Swedish membership. In return the two Nordic countries "
        "promised to lift arms embargoes imposed on Turkey.",
        ["Finland agreedToLiftSanctions Turkey", "Sweden agreedToLiftSanctions Turkey"],
        ["Finland agreedWith Sweden"],
    ),
    "the pair": (
        "Turkey hit at Finland and Sweden, accusing the pair of ignorance.",
        ["Turkey accused Finland", "Turkey accused Sweden"],
        [],
    ),
    "the neighbours": (
        "Thailand accused Cambodia of shelling. Cambodia accused Thailand. Thailand said Cambodia "
        "lied. Cambodia said Thailand lied. By Friday the neighbours had agreed to talk.",
        ["Thailand agreedToMeet Cambodia"],
        [],
    ),
    "counterparts": (
        "Hakan Fidan spoke by phone with his Iranian and Pakistani counterparts.",
        ["Hakan Fidan phoned Iranian government", "Hakan Fidan phoned Pakistani government"],
        [],
    ),
    "a capital by its state": (
        "Police in the Peruvian capital detained four Ecuadorean traders.",
        ["Peruvian police arrested Ecuadorian companies"],
        [],
    ),
    "a state behind its kind": (
        "Canada urged the kingdom of Saudi Arabia to free the activists.",
        ["Canada demandedRelease Saudi Arabia"],
        ["requested Saudi Arabia released Canadian protesters"],
    ),
    "its leader is another's": (
        "Hezbollah attacked Israel. Israel bombed Hezbollah. Its leader, Hassan Nasrallah, spoke.",
        [],
        ["Hassan Nasrallah leaderOf Israel"],
    ),
    "a title with capitals": (
        "Prime Minister Robinah Nabbanja met President Uhuru Kenyatta of Kenya. The Prime Minister "
        "urged Kenya to lift the ban.",
        ["Robinah Nabbanja demandedEasing Kenya"],
        [],
    ),
    "a ministry by its place": (
        "The Russian ambassador was summoned to the foreign ministry in Berlin.",
        ["German foreign ministry complainedOver Russian government"],
        [],
    ),
    "a company's unit": (
        "A Canadian unit of General Dynamics supplies armoured vehicles to Saudi Arabia.",
        ["General Dynamics suppliedArmsTo Saudi Arabia"],
        ["Canadian military suppliedArmsTo Saudi Arabia"],
    ),
    "an organ's short form": (
        "The Russian Defence Ministry (MoD) spoke. The MoD denied shelling Kherson.",
        [],
        ["MoD shelled Ukraine"],
    ),
    "each complement alone": (
        "Finland promised to end support for the YPG, to lift its embargo on Turkey, and to talk.",
        ["Finland agreedToLiftSanctions Turkey"],
        ["Finland agreedToLiftSanctions YPG"],
    ),
    "a threat by its condition": (
        "Prime Minister Ariel Henry left. Jimmy Cherizier threatened a civil war unless Henry "
        "stepped down.",
        ["Jimmy Cherizier threatenedWithForce Ariel Henry"],
        [],
    ),
    "an inverted condition": (
        "Donald Trump has threatened to put tariffs on imports, should Beijing retaliate.",
        ["Donald Trump threatenedSanctions China"],
        [],
    ),
    "a refusal by its condition": (
        "Ethiopia vowed that it would not negotiate until Eritrea left.",
        ["Ethiopia rejectedTalksWith Eritrea"],
        [],
    ),
    "a war of two": (
        "Iraqi jets bombed Iran. Iranian forces shelled Basra. Iranian troops recaptured a "
        "hill and shot down two helicopters.",
        ["Iranian military occupied Iraq", "Iranian military shotDown Iraq"],
        [],
    ),
    "a war of two does not own all": (
        "Iraqi jets bombed Iran. Iranian forces shelled Basra. Iraqi troops attacked a convoy of "
        "the United Nations.",
        ["Iraqi military attacked United Nations"],
        ["Iraqi military attacked Iran"],
    ),
    "more than one war": (
        "Israel bombed Syria. Israel bombed Lebanon. Israeli jets struck a depot.",
        [],
        ["Israeli military attacked Syria", "Israeli military attacked Lebanon"],
    ),
    "on a visit": (
        "On a trip to Kyiv, Boris Johnson promised weapons.",
        ["Boris Johnson visited Ukraine"],
        [],
    ),
    "a visit of either": (
        "Pedro Sánchez had urged Brussels to think again during a visit to China.",
        [],
        ["requested Belgium visited China"],
    ),
    "after talks": (
        "Following a meeting with Xi Jinping, Vladimir Putin smiled.",
        ["Vladimir Putin met Xi Jinping"],
        [],
    ),
    "so did others": (
        "Canada condemned Iran. So did Australia and Japan.",
        ["Australia criticised Iran", "Japan criticised Iran"],
        [],
    ),
    "the first to do it": (
        "France was the first country to recognise Angola.",
        ["France recognises Angola"],
        ["intended France recognises Angola"],
    ),
    "what is insisted on as a fact": (
        "Russia insisted that Ukraine would not release the sailors.",
        [],
        ["Russia demandedRelease Ukraine"],
    ),
    "what is insisted on as a demand": (
        "Russia insisted that Ukraine release the sailors.",
        ["Russia demandedRelease Ukraine"],
        [],
    ),
    "who is asked is another": (
        "Iran released Nazanin Zaghari-Ratcliffe after Britain demanded that it free her.",
        ["United Kingdom demandedRelease Iran"],
        ["requested United Kingdom released Nazanin Zaghari-Ratcliffe"],
    ),
    "an agent behind as": (
        "Ecuador accused Peru of lying. The charge was dismissed as a fabrication by Peru.",
        ["Peru deniedAccusation Ecuador"],
        [],
    ),
    "between, not by": (
        "A truce brokered by Qatar between Israel and Hamas took hold.",
        ["Qatar mediatedBetween Israel", "Qatar mediatedBetween Hamas"],
        ["Israel mediatedBetween Hamas"],
    ),
    "a broker of those who came to terms": (
        "Israel and Lebanon signed a deal. The accord was brokered by Qatar.",
        ["Qatar mediatedBetween Israel", "Qatar mediatedBetween Lebanon"],
        [],
    ),
    "a compound cut in two": (
        "Finland lifted arms embargoes imposed on Turkey.",
        ["Finland liftedSanctions Turkey"],
        [],
    ),
    "recognition that is withheld": (
        "Russia does not recognise Kosovo. In 1992 Russia did not recognise Macedonia.",
        ["Russia rejects Kosovo"],
        ["Russia rejects North Macedonia"],
    ),
    "what only a craft has": (
        "Azerbaijan shot down a Russian helicopter over Armenia, killing two of its crew.",
        ["Azerbaijan killed Russian military"],
        ["Azerbaijan killed Armenia"],
    ),
    "private persons": (
        "If you have questions, please contact Joan Woodson or Bert Frazier.",
        [],
        ["conditional Joan Woodson heldTalksWith Bert Frazier"],
    ),
    "threats at home by a place": (
        "Dmitry Medvedev threatened to station nuclear weapons in Kaliningrad.",
        [],
        ["Dmitry Medvedev threatened Russia"],
    ),
}


def _told(statement: Statement) -> str:
    words = [
        "" if statement.polarity is Polarity.POSITIVE else "not",
        "" if statement.modality is Modality.ACTUAL else statement.modality.value,
        line(statement),
    ]
    return " ".join(word for word in words if word)


def test_there_are_cases_of_both_kinds() -> None:
    assert len(CASES) >= 30
    assert sum(bool(unwanted) for _, _, unwanted in CASES.values()) >= 12


@pytest.mark.parametrize("name", CASES)
def test_what_a_text_tells(name: str) -> None:
    text, wanted, unwanted = CASES[name]
    found = {_told(s) for s in statements(text, None)}
    assert not set(wanted) - found, f"found only {sorted(found)}"
    assert not found & set(unwanted)
