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
    # the kind of men who attack is told before the attack
    (
        "Twenty soldiers were killed in a jihadist attack on a camp in western Niger.",
        "Nigerien rebels killed Nigerien military",
    ),
    ("A militant attack on a hotel in Mogadishu left 12 dead.", "Somali rebels attacked Somalia"),
    (
        "Armed supporters of the rebels shot and killed a policeman in Fiji.",
        "Fijian rebels killed",
    ),
    ("A man shot dead two Swedish tourists in Brussels.", "unidentified armed groups (Belgian)"),
    # bombs of nobody, at home and where the text is dated
    ("A bomb killed six people in a market in Karachi.", "unidentified armed groups (Pakistani)"),
    (
        "BAGHDAD, Aug 20 - A truck bomb wrecked the U.N. headquarters on Tuesday.",
        "unidentified armed groups (Iraqi) attacked United Nations",
    ),
    (
        "Two Iranian envoys were killed when a bomb exploded outside a cultural centre in Beirut.",
        "unidentified armed groups (Lebanese) bombedOnGround Iranian government",
    ),
    ("A Saudi envoy was gunned down in Karachi.", "unidentified armed groups (Pakistani) killed"),
    # fighters at home where the text is dated
    (
        "MANILA (AFP) - Communist rebels ambushed an army truck, the military said. The New"
        " People's Army has fought for decades.",
        "Philippine rebels attacked Philippines",
    ),
    (
        "PANAMA (AP) - Panama broke with Washington. Gunmen shot at American soldiers.",
        "unidentified armed groups (Panamanian) attacked American military",
    ),
    # who fires, taken for what is fired at; a name taken for a verb
    ("A Turkish gunboat fired at a Greek ferry on Monday.", "Turkish military attacked Greece"),
    (
        "The Islamic State group fled from Mosul. IS attacked an Iraqi base on Monday.",
        "Islamic State attacked Iraq",
    ),
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
    # bombs that went off by themselves, that somebody claims, or by which no news is told
    ("An explosion at a coal mine in Turkey killed 40 miners.", "killed"),
    ("A bomb killed nine soldiers in Mali. JNIM claimed responsibility.", "bombedOnGround"),
    ("Spain voted a month after bombs killed 200 people in Madrid.", "bombedOnGround"),
    ("Ten Kenyans were maimed by Somali mines near Mandera.", "tortured Ken"),
    # who is known by name may have been sought out from abroad
    ("The poisoning of Sergei Skripal in Salisbury angered London.", "assassinated"),
    # a place is no victim of just anybody
    ("A man hit a dog in Leeds.", "attacked"),
    # those shot at are not those who shoot
    ("Two Indian soldiers were shot at a checkpoint in Kashmir.", "attacked"),
    # what is knocked out beside a foreign enemy's losses is his
    (
        "Vietnamese troops killed 3,500 Chinese soldiers and knocked out 80 tanks around Lang Son.",
        "attacked Vietnam",
    ),
]


@pytest.mark.parametrize(("text", "expected"), NEAR_MISSES)
def test_ends_of_force_stay_open_in_doubt(text: str, expected: str) -> None:
    assert all(f" {expected}" not in line for line in told(text))


def test_there_are_as_many_cases_as_constructions() -> None:
    assert len(FOUND) == 30
    assert len(NEAR_MISSES) == 19
