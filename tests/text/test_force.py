"""Force of which the doer, the victim or the land stands elsewhere than beside the verb.

Beside each construction stands what must stay open.
"""

from __future__ import annotations

import pytest
from told import told

pytestmark = pytest.mark.model

FOUND = [
    # who uses force when somebody comes to harm
    ("Four people were killed in Tunis as the police opened fire.", "Tunisian police killed"),
    ("Three students died when Kenyan police fired on a march.", "Kenyan police killed Kenyan"),
    (
        "Two Turkish soldiers were wounded when Syrian forces shelled their post.",
        "Syrian military wounded Turkish military",
    ),
    # two sides of one land
    (
        "Skirmishes between the army and the rebels were reported near Tetovo in Macedonia.",
        "Macedonian military foughtWith Macedonian rebels",
    ),
    (
        "Fighting between rival militias erupted in Tripoli, Libya.",
        "Libyan rebels foughtWith unidentified armed groups (Libyan)",
    ),
    # things and gatherings of people at home
    ("Sri Lankan jets bombed rebel positions in the north.", "Sri Lankan military carriedOut"),
    (
        "Soldiers opened up on a rally by supporters of the ousted president in Cairo.",
        "Egyptian military attacked Egypt",
    ),
    (
        "The Congolese army recaptured the town of Bunagana from the rebels.",
        "Congolese military attacked Democratic Republic of the Congo",
    ),
    # who has to answer for a deed
    (
        "Turkey apologised to Russia for the downing of a Russian warplane.",
        "Turkey shotDown Russian military",
    ),
    (
        "Britain expelled 23 Russian diplomats over the poisoning of Sergei Skripal.",
        "Russia assassinated Sergei Skripal",
    ),
    (
        "Pakistan protested to the United States over the killing of two soldiers.",
        "United States killed Pakistan",
    ),
    # hands unknown
    (
        "Serbian Prime Minister Zoran Djindjic was assassinated outside his Belgrade office.",
        "unidentified armed groups (Serbian) assassinated Zoran Djindjic",
    ),
    (
        "A car bomb exploded outside the Australian embassy in Jakarta.",
        "unidentified armed groups (Indonesian) bombedOnGround Australian government",
    ),
    # who frees hostages storms their captors
    (
        "Israeli commandos stormed the airport at Entebbe and freed 100 hostages held by"
        " Palestinian gunmen.",
        "Israeli military attacked unidentified armed groups (Palestinian)",
    ),
    # the place where something is, and a language that is no land
    (
        "France sent medicine to Bamako, where soldiers shot dead three people.",
        "Malian military killed Mali",
    ),
    (
        "Cameroonian soldiers shot dead eight people in the English-speaking regions of the"
        " country.",
        "Cameroonian military killed Cameroon",
    ),
    # whose act makes another alert its forces
    (
        "South Korean forces raised their alert after Pyongyang tore up the armistice.",
        "South Korean military showedForce North Korea",
    ),
    # who guards a house is of it
    ("Three Kurds were shot dead by guards at the Israeli consulate in Berlin.", "Israeli gov"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_force_finds_its_ends(text: str, expected: str) -> None:
    found = told(text)
    assert any(one.startswith(expected) for one in found), found


NEAR_MISSES = [
    # no force in the other clause, or an author of its own
    ("He died when a Swiss bus hit a tree.", "killed"),
    ("Twenty people were killed when an earthquake hit Peru.", "killed"),
    # of two lands
    ("Clashes between protesters and police went on in Chile and Peru.", "foughtWith"),
    ("NATO said Russian forces had struck a school.", "attacked Russia"),
    # nobody answers for it
    ("Denmark welcomed a book on the killing of two Swedish sailors.", "killed"),
    ("Chile praised Peru for the poisoning of rats.", "assassinated"),
    # a foreigner is killed by who knows whom; an accident; what may be
    ("Ismail Haniyeh was assassinated in Tehran.", "assassinated"),
    ("A Danish driver was killed in Oslo.", "killed"),
    ("A Danish minister could be shot in Copenhagen.", "attacked"),
    # the plane is not of who hijacked it
    (
        "French commandos stormed an Algerian plane in Marseille, freeing 170 people aboard"
        " and two hostages.",
        "attacked Algeria",
    ),
    # who helps alarms nobody
    ("Egypt put its army on alert after Britain had praised Egypt.", "showedForce United"),
]


@pytest.mark.parametrize(("text", "expected"), NEAR_MISSES)
def test_ends_of_force_stay_open_in_doubt(text: str, expected: str) -> None:
    assert all(f" {expected}" not in line for line in told(text))


def test_there_are_as_many_cases_as_constructions() -> None:
    assert len(FOUND) == 18
    assert len(NEAR_MISSES) == 11
