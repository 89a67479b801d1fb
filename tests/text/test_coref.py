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
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports

pytestmark = pytest.mark.model


@lru_cache(maxsize=64)
def read(text: str, day: str) -> Mentions:
    doc = load_model()(text)
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
