"""What refers back: pronouns, descriptions, collectives, acronyms, quoted first persons."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentions import Mentions, find_mentions
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports

pytestmark = pytest.mark.model


@lru_cache(maxsize=64)
def read(text: str, day: str) -> Mentions:
    doc = Doc(load_model()(text))
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    found = find_mentions(doc, phrases, load_gazetteer(), date.fromisoformat(day))
    return resolve(doc, phrases, clauses, found, find_reports(doc, clauses, phrases))


def labels(text: str, words: str, day: str = "2024-06-01") -> list[str]:
    """The actors of the last place where the words stand."""
    start = max(i for i in range(len(text)) if text.startswith(words, i))
    found = read(text, day).in_characters(start, start + len(words))
    return [a.label for a in found.actors] if found else []


CASES = [
    ("Russia said it would withdraw its troops.", "it", ["Russia"]),
    ("Russia said it would withdraw its troops.", "its", ["Russia"]),
    ("It is clear that Russia will leave.", "It", []),
    ("Angela Merkel met Vladimir Putin. She left early.", "She", ["Angela Merkel"]),
    ("Vladimir Putin and Xi Jinping met. He spoke first.", "He", []),
    ("Iran and Iraq said they would talk.", "they", ["Iran", "Iraq"]),
    ('"We will not yield," Vladimir Putin said.', "We", ["Russia"]),
    ('"I will not yield," Vladimir Putin said.', "I", ["Vladimir Putin"]),
    ("We will not yield.", "We", []),
    # only somebody is urged or thanked, or calls on others
    (
        "Chinese divisions crossed at six points. Moscow urged them to go.",
        "them",
        ["Chinese military"],
    ),
    ("Six points were on the map. Moscow urged them to go.", "them", []),
    (
        "The EU froze the aid until a date was set. It called on Togo to act.",
        "It",
        ["European Union"],
    ),
    # what one praises or turns down is another's
    ("Boris Yeltsin resigned. Bill Clinton praised his role in the war.", "his", ["Boris Yeltsin"]),
    ("Bill Clinton met Boris Yeltsin and praised his own role.", "his", ["Bill Clinton"]),
    # states and bodies have spokesmen, drills have none
    ("Thailand's junta held drills. Its spokesman was calm.", "Its spokesman", ["Thai government"]),
    # "jets" are many, the alliance is one
    (
        "NATO jets struck depots, the alliance said, as Belgrade accused it of murder.",
        "it",
        ["NATO"],
    ),
    ("Turkey and Greece met. The two countries agreed.", "countries", ["Turkey", "Greece"]),
    ("Turkey, Iran and Greece met. The two countries agreed.", "countries", []),
    ("Hamas met mediators. The group wants a truce.", "group", ["Hamas"]),
    ("The group wants a truce.", "group", []),
    ("Emmanuel Macron spoke. The president was calm.", "president", ["Emmanuel Macron"]),
    ("South Korea protested and the North replied.", "the North", ["North Korea"]),
    ("Snow fell in the north of Italy.", "north", []),
    ("Emmanuel Macron said his country would help.", "his country", ["France"]),
    ("Japan said its troops would stay.", "its troops", ["Japanese military"]),
    ("The farmer said his country would help.", "his country", []),
    ('"I miss him," Donald Trump said of Kim Jong Un. He laughed.', "He", ["Donald Trump"]),
    ("Emmanuel Macron saw Xi Jinping with the two leaders.", "the two leaders", []),
    # never the subject of its own clause, nor the state of that subject
    ("Niger shut its airspace. Nigeria cut off supplies to the country.", "the country", ["Niger"]),
    ("Ethiopia is tense. Kenya invaded the country.", "the country", ["Ethiopia"]),
    ("Kenya invaded the country.", "the country", []),
    ("Egypt met Sudan. The Sudanese army left the country.", "the country", ["Egypt"]),
    ("Sudan is poor. Sudanese troops seized power in the country.", "the country", ["Sudan"]),
    ("Russia blamed Georgia. China's attack on the country was over.", "the country", []),
    ("Chad closed its border. The president addressed the country.", "the country", ["Chad"]),
    ("Kenya is tense. The government of the country spoke.", "the country", ["Kenya"]),
    (
        "Colombia and the FARC fought. Chile and Norway held talks with both sides.",
        "both sides",
        ["Colombia", "FARC"],
    ),
    ("Chile and Norway held talks with both sides.", "both sides", []),
    # without a number
    ("Mali and Togo traded fire. Chad pressed the sides to talk.", "the sides", ["Mali", "Togo"]),
    ("Mali voted. Togo watched. Five groups ran, and Chad met the parties.", "the parties", []),
    ("Mali and Togo traded fire. Chad measured the sides of the box.", "the sides", []),
    (
        "Iran and Saudi Arabia restored ties. Riyadh and Tehran met in May. Saudi Arabia thanked "
        "Iran, and Iran praised Riyadh. Tehran denies arming the Houthis.\n\nThe two sides "
        "thanked Oman.",
        "The two sides",
        ["Iran", "Saudi Arabia"],
    ),
    ("Niger said a crowd attacked its embassy in Niamey.", "its embassy", []),
    (
        "Russia said a crowd attacked its embassy in Niamey.",
        "its embassy",
        ["Russian government"],
    ),
    (
        "France backs Ecowas. Last Sunday a crowd attacked its embassy in Niamey.",
        "its embassy",
        ["French government"],
    ),
    (
        "Mali is calm. Soldiers seized power in Niger. The junta left. Togo spoke.",
        "The junta",
        ["Nigerien government"],
    ),
    ("Togo met Mali after coups in Niger and Gabon. The junta left.", "The junta", []),
    ("Togo met Mali. A junta rules.", "A junta", []),
    ("France, which has soldiers in Niger, has said it supports Ecowas.", "it", ["France"]),
    ("France has said it is clear that Niger lost.", "it", []),
    (
        "Colombia is tired. The war between the state and the FARC is over. Chile and Norway "
        "appealed to both sides.",
        "both sides",
        ["Colombia", "FARC"],
    ),
    # bare "both", "each", "the two"; "the other" of each
    ("Mali and Burkina Faso met. Both have sent envoys.", "Both", ["Mali", "Burkina Faso"]),
    ("Mali and Burkina Faso met. Both left. The two agreed.", "two", ["Mali", "Burkina Faso"]),
    ("Mali and Burkina Faso met. Rain fell. It stopped. Both left.", "Both", []),
    ("Mali, Niger and Burkina Faso met. Both left.", "Both", []),
    ("Mali and Burkina Faso met. Both trains were late.", "Both trains", []),
    ("Mali and Burkina Faso met. Each accused the other.", "other", ["Mali", "Burkina Faso"]),
    ("Mali and Burkina Faso met. Neither saw the other.", "other", []),
    ("Mali and Burkina Faso met. Each side blames the other.", "side", ["Mali", "Burkina Faso"]),
    (
        "Mali and Burkina Faso met. Each side said the other had fired first.",
        "other",
        ["Mali", "Burkina Faso"],
    ),
    # crowds by their place
    ("Thousands marched in Caracas.", "Thousands", ["Venezuelan protesters"]),
    ("Tens of thousands of people rallied in Minsk.", "Tens", ["Belarusian protesters"]),
    ("Hundreds of birds gathered in Oslo.", "Hundreds", []),
    ("Thousands live in Caracas.", "Thousands", []),
    ("A crowd attacked the French embassy in Niamey.", "crowd", ["Nigerien civilians"]),
    ("A mob burned cars in Paris and Rome.", "mob", []),
    ("Police fired tear gas at protesters in Nairobi.", "Police", ["Kenyan police"]),
    ("Police fired tear gas at protesters in Nairobi and Lima.", "Police", []),
    ("A mob burned cars.", "mob", []),
    # new groups are not the one named before
    ("Rebels in Colombia fought. Right-wing militias killed villagers.", "militias", []),
    (
        "Rebels in Colombia fought. The militias killed villagers.",
        "militias",
        ["Colombian rebels"],
    ),
    # kin with one surname are two; a short name that two could bear is open
    (
        "Ratko Hadžović fled. His cousin Boris Hadžović stayed. He was rich.",
        "Boris Hadžović",
        ["Boris Hadžović"],
    ),
    # "he" after a fronted clause, before its name, of two side by side
    ("After he arrived in Sochi, Vladimir Putin met Xi Jinping.", "he", ["Vladimir Putin"]),
    ("In her speech, Angela Merkel warned Vladimir Putin.", "her", ["Angela Merkel"]),
    ("Vladimir Putin told Xi Jinping a joke. Xi laughed at him.", "him", ["Vladimir Putin"]),
    ("Vladimir Putin and Xi Jinping met. Neither has said whether he is ill.", "he", []),
    # whose words they are
    ('Edi Rama spoke. "I am tired," Rama said. Rama smiled. "We are small."', "We", ["Albania"]),
    ('Emmanuel Macron smiled. "He is rude," Vladimir Putin said.', "He", ["Emmanuel Macron"]),
    ("Remarks by President Uhuru Kenyatta in Oslo. I thank you.", "I", ["Uhuru Kenyatta"]),
    ("Uhuru Kenyatta was in Oslo. I thank you.", "I", []),
    # former holders, ranks, what the text has called someone
    (
        "Olusegun Obasanjo spoke in Pretoria. The former Nigerian president was calm.",
        "The former Nigerian president",
        ["Olusegun Obasanjo"],
    ),
    (
        "Emmanuel Macron spoke in Pretoria. The former Nigerian president was calm.",
        "The former Nigerian president",
        [],
    ),
    (
        "The preacher Ali Hakimi fled. Police searched for him. The preacher was found.",
        "The preacher",
        ["Ali Hakimi"],
    ),
    ("Emmanuel Macron met Xi Jinping. The preacher was found.", "The preacher", []),
    # a state by its kind
    ("Qatar and Turkey agreed. The Gulf monarchy will pay.", "monarchy", ["Qatar"]),
    ("Turkey and Greece agreed. The Gulf monarchy will pay.", "monarchy", []),
    ("France called Jordan. The kingdom closed its border.", "kingdom", ["Jordan"]),
    (
        '"I miss Donald Trump," Kim Jong Un said. He added that talks had failed.',
        "He",
        ["Kim Jong Un"],
    ),
    # who harms harms others' things
    ("Russia invaded Ukraine and blockaded its ports.", "its", ["Ukraine"]),
    ("Ukraine left the pact. Russia opened its ports.", "its", ["Russia"]),
    ("Syria bombed its own people.", "its", ["Syria"]),
    ("Iraq attacked its neighbour.", "its", ["Iraq"]),
    # one of two, all of three
    ("Mali and Niger met. The former closed its border.", "former", ["Mali"]),
    ("Mali and Niger met. The latter closed its border.", "latter", ["Niger"]),
    ("Mali, Niger and Togo met. The latter closed its border.", "latter", []),
    ("Iran, Russia and Syria met. All three fear war.", "All three", ["Iran", "Russia", "Syria"]),
    (
        "Emmanuel Macron met Xi Jinping. The pair shook hands.",
        "pair",
        ["Emmanuel Macron", "Xi Jinping"],
    ),
    ("Turkey bought two tanks. The pair broke.", "pair", []),
    # other names
    (
        "Goran Petkovic, known as Arvo Lind, fled Oslo. Lind was caught.",
        "Lind",
        ["Goran Petkovic"],
    ),
    ("Goran Petkovic met Arvo Lind. Lind was caught.", "Lind", ["Arvo Lind"]),
    (
        "The Free Rivers Front (FRF) marched in Oslo. The FRF wants a vote.",
        "FRF",
        ["Free Rivers Front"],
    ),
]


@pytest.mark.parametrize(("text", "words", "wanted"), CASES)
def test_reference(text: str, words: str, wanted: list[str]) -> None:
    assert sorted(labels(text, words)) == sorted(wanted)


def test_a_sentence_about_something_else_changes_nothing() -> None:
    text = "Russia said it would withdraw its troops."
    plain = [m.actors for m in read(text, "2024-06-01")]
    longer = [m.actors for m in read(text + " Rain fell all day.", "2024-06-01")]
    assert longer == plain
