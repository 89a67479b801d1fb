"""Who is meant where several bear a name: parties, bodies, families, languages, sides."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.resources import resource_path
from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import Gazetteer, _read_shared, load_gazetteer
from kg.text.mentions import Mentions, find_mentions
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports
from kg.text.shared import bearer_of

BOOK = load_gazetteer()


@lru_cache(maxsize=64)
def read(text: str, day: str) -> Mentions:
    doc = Doc(load_model()(text))
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    found = find_mentions(doc, phrases, BOOK, date.fromisoformat(day))
    return resolve(doc, phrases, clauses, found, find_reports(doc, clauses, phrases))


def ids(text: str, words: str, day: str = "2016-09-05") -> list[str]:
    start = text.rindex(words)
    found = read(text, day).in_characters(start, start + len(words))
    return [a.id for a in found.actors] if found else []


CASES = [
    # parties and bodies: by owner, by the country of the text, else nobody of the tables
    ("Norway's Labour Party won.", "Labour Party", ["kg:norwegian-labour-party"]),
    ("Keir Starmer leads the Labour Party.", "Labour Party", ["kg:labour-party"]),
    (
        "Lee of the Labour Party lost in Hong Kong.",
        "Labour Party",
        ["kg:hong-kong-labour-party"],
    ),
    ("The Labour Party won.", "Labour Party", ["local:labour-party"]),
    ("Ann Kell of the Labour Party of Zambia won.", "Ann Kell", ["local:ann-kell-zmb"]),
    ("Congress approved sanctions on Iran.", "Congress", ["kg:USA-LEG"]),
    ("Peru's Congress met. In Peru, Congress voted again.", "Congress", ["kg:PER-LEG"]),
    ("The Neo Democrats lost in Hong Kong.", "Neo Democrats", ["local:neo-democrats-hkg"]),
    # families: a title that the minister never had
    ("Senator Baker voted against it in Texas.", "Baker", ["local:baker"]),
    ("The war resumed last May in Angola.", "May", []),
    # towns: the capital of the state that is named; the great town, whatever is named
    ("LA PAZ - Bolivia's leader fled to Mexico.", "LA PAZ", ["kg:geonames-3911925"]),
    # languages
    ("He spoke Russian to the guards.", "Russian", []),
    ("He spoke to Russian guards.", "Russian guards", ["kg:RUS-MIL"]),
    ("It was written in Arabic and Russian.", "Russian", []),
    # rebels' forces, and what only comes from a town
    ("Donetsk separatist forces fled in Ukraine.", "forces", ["kg:UKR-REB"]),
    ("The Ukrainian anti-rebel forces fled.", "forces", ["kg:UKR-MIL"]),
    ("Two planes from Abidjan landed in Mali.", "planes", []),
    ("Chad's army met the Houthis. Yemen met the rebels in Muscat.", "the rebels", ["kg:houthis"]),
    # titles of several words, family names first
    (
        "Japan's Minister for Foreign Affairs Hayashi Yoshimasa came.",
        "Minister",
        ["kg:yoshimasa-hayashi"],
    ),
    ("The police chief, Juan Cala, resigned in Bolivia.", "Juan Cala", ["local:juan-cala-bol"]),
    ("NATO allies met.", "NATO allies", ["wd:Q7184"]),
    ("Russia's allies met.", "allies", []),
    # sides
    (
        "Sudan and Chad signed a truce. Guterres and Blinken hailed it. Each side lies.",
        "Each side",
        ["wd:Q1049", "wd:Q657"],
    ),
    (
        "Bolivia's government left Mexico, expelled Cuban men and left both countries.",
        "both countries",
        ["wd:Q96", "wd:Q241"],
    ),
    (
        "Four Arab states sent a list. Egypt, Bahrain, Kuwait and Oman cut ties with Qatar.",
        "Four Arab states",
        ["wd:Q79", "wd:Q398", "wd:Q817", "wd:Q842"],
    ),
    (
        "Putin and Erdogan called for a truce. Merkel left. She invited both rivals.",
        "both rivals",
        [],
    ),
    # parts of the state with capitals and without a country
    (
        "Maduro spoke in Venezuela. Groups accused the National Guard.",
        "the National Guard",
        ["kg:VEN-MIL"],
    ),
    ("Groups accused the Texas National Guard.", "National Guard", ["kg:USA-MIL"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "wanted"), CASES)
def test_who_is_meant(text: str, words: str, wanted: list[str]) -> None:
    assert ids(text, words) == wanted


def test_all_cases_are_run() -> None:
    assert len(CASES) == 28


@pytest.mark.model
def test_a_boy_is_no_prime_minister() -> None:
    text = "Ahmed Mohamed, a boy from Texas, was freed. The mayor met with Mohamed."
    assert ids(text, "Mohamed") == ["local:ahmed-mohamed-usa"]


def test_what_decides_between_bearers() -> None:
    shared = BOOK.shared["labour party"]
    norway = BOOK.state("NOR")

    def meant(owner: bool, **countries: int) -> str | None:
        found = bearer_of(shared, norway if owner else None, countries, BOOK)
        return found.id if found is not None else None

    assert meant(True, GBR=9) == "kg:norwegian-labour-party"
    assert meant(False, GBR=4, NOR=2) == "kg:labour-party"
    assert meant(False, GBR=3, NOR=2) is None
    assert meant(False, GBR=2, ZMB=9) is None
    assert meant(False) is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Labour,XXX,LEG,", "no state has the code 'XXX'"),
        ("Labour,NOR,kg:labour-party,", "'kg:labour-party' is nobody of NOR"),
        ("Labour,NOR,kg:unheard,", "'kg:unheard' is nobody of NOR"),
    ],
)
def test_careless_rows_are_refused(tmp_path: Path, row: str, told: str) -> None:
    table = tmp_path / "shared_names.csv"
    table.write_text(f"names,countries,bearer,default\n{row}\n", encoding="utf-8")
    book = Gazetteer()
    book.actors, book.by_country, book.organs = BOOK.actors, BOOK.by_country, BOOK.organs
    with pytest.raises(DataError) as caught:
        _read_shared(book, table)
    assert told in str(caught.value)
    assert (resource_path("actors") / "shared_names.csv").exists()
