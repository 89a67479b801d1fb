"""Who held an office when: many states and organisations over the decades, and as whom they act."""

from __future__ import annotations

from datetime import date

import pytest

from kg.text.gazetteer import load_gazetteer
from kg.text.searching import members, terms
from tools.actors.coverage import coverage

HELD = [
    # one office in one state, again and again
    ("USA", "president", "1991-01-17", "George H. W. Bush"),
    ("USA", "president", "2003-03-20", "George W. Bush"),
    ("USA", "president", "2014-03-18", "Barack Obama"),
    ("USA", "president", "2025-03-04", "Donald Trump"),
    ("GBR", "prime-minister", "1990-06-01", "Margaret Thatcher"),
    ("GBR", "prime-minister", "2005-07-07", "Tony Blair"),
    ("GBR", "prime-minister", "2022-10-01", "Liz Truss"),
    ("FRA", "prime-minister", "2003-02-14", "Jean-Pierre Raffarin"),
    ("ITA", "prime-minister", "1999-03-24", "Massimo D'Alema"),
    ("JPN", "prime-minister", "1994-05-15", "Tsutomu Hata"),
    ("POL", "prime-minister", "1998-01-01", "Jerzy Buzek"),
    ("HUN", "prime-minister", "2006-09-18", "Ferenc Gyurcsany"),
    ("BGR", "prime-minister", "2010-01-01", "Boyko Borisov"),
    ("ROU", "president", "2008-04-02", "Traian Basescu"),
    ("SRB", "prime-minister", "2019-01-01", "Ana Brnabic"),
    ("XKX", "prime-minister", "2018-01-01", "Ramush Haradinaj"),
    ("GEO", "prime-minister", "2022-03-01", "Irakli Garibashvili"),
    ("MDA", "president", "2018-06-01", "Igor Dodon"),
    ("KGZ", "president", "2015-06-01", "Almazbek Atambayev"),
    ("PAK", "prime-minister", "2011-05-02", "Yousuf Raza Gilani"),
    ("BGD", "prime-minister", "2008-01-01", "Fakhruddin Ahmed"),
    ("NPL", "prime-minister", "2009-01-01", "Pushpa Kamal Dahal"),
    ("THA", "prime-minister", "2008-10-01", "Somchai Wongsawat"),
    ("KOR", "president", "2002-06-29", "Kim Dae-jung"),
    ("PHL", "foreign-minister", "2012-07-13", "Albert del Rosario"),
    ("IND", "foreign-minister", "2010-07-15", "S. M. Krishna"),
    ("ISR", "foreign-minister", "2018-01-01", None),
    ("IRN", "foreign-minister", "2024-10-01", "Abbas Araghchi"),
    ("EGY", "foreign-minister", "2008-12-30", "Ahmed Aboul Gheit"),
    ("SOM", "president", "2019-01-01", "Mohamed Abdullahi Mohamed"),
    ("LBR", "president", "1989-12-24", "Samuel Doe"),
    ("NER", "president", "2015-01-01", "Mahamadou Issoufou"),
    ("CIV", "president", "1995-01-01", "Henri Konan Bedie"),
    ("COD", "foreign-minister", "2025-01-26", "Therese Kayikwamba Wagner"),
    ("ZAF", "president", "1990-02-02", "F. W. de Klerk"),
    ("ZMB", "president", "2010-01-01", "Rupiah Banda"),
    ("BOL", "president", "2003-09-01", "Gonzalo Sanchez de Lozada"),
    ("PER", "president", "2017-01-01", "Pedro Pablo Kuczynski"),
    ("HTI", "prime-minister", "2025-01-01", "Alix Didier Fils-Aime"),
    ("CHE", "president", "2016-06-01", "Johann Schneider-Ammann"),
    ("USA", "national-security-adviser", "1999-06-01", "Sandy Berger"),
    ("GBR", "defence-minister", "2003-04-01", "Geoff Hoon"),
    ("DEU", "defence-minister", "2010-06-01", "Karl-Theodor zu Guttenberg"),
    # "the leader": who led on the day, whatever the office
    ("ARM", "leader", "2005-01-01", "Robert Kocharyan"),
    ("ARM", "leader", "2020-10-01", "Nikol Pashinyan"),
    ("PAK", "leader", "2003-01-01", "Pervez Musharraf"),
    ("PAK", "leader", "2022-01-01", "Imran Khan"),
    ("MMR", "leader", "2007-09-27", "Than Shwe"),
    ("NPL", "leader", "2005-06-01", "King Gyanendra"),
    # heads of organisations and groups
    ("wd:Q7164", "head", "2006-01-01", "Paul Wolfowitz"),
    ("wd:Q7172", "head", "2005-01-01", "Amr Moussa"),
    ("wd:Q7817", "head", "2009-06-11", "Margaret Chan"),
    ("kg:farc", "head", "2009-01-01", "Alfonso Cano"),
]


@pytest.mark.parametrize(("owner", "office", "day", "person"), HELD)
def test_the_holder_depends_on_the_date(
    owner: str, office: str, day: str, person: str | None
) -> None:
    book = load_gazetteer()
    found = [book.actors[p].label for p in book.holders(owner, office, date.fromisoformat(day))]
    assert found == ([person] if person else [])


def test_nearly_every_day_has_its_head_of_government() -> None:
    rows = list(coverage(load_gazetteer(), date(1990, 1, 1), date(2026, 5, 17)))
    assert len(rows) >= 195
    assert sum(r.covered for r in rows) / sum(r.days for r in rows) > 0.975
    assert sum(1 for r in rows if not r.holes) >= 150


@pytest.mark.parametrize(
    ("person", "day", "country", "sector"),
    [
        ("wd:Q1254", "2001-01-01", None, "IGO"),
        ("wd:Q1254", None, "GHA", "GOV"),
        ("wd:Q1253", "2005-01-01", "KOR", "GOV"),
        ("wd:Q1253", "2010-01-01", None, "IGO"),
        ("kg:lloyd-austin", "2023-01-01", "USA", "MIL"),
        # a prime minister who also keeps the ministry of defence
        ("wd:Q34060", "1994-01-01", "ISR", "GOV"),
        ("kg:alfonso-cano", "2010-01-01", "COL", "REB"),
    ],
)
def test_people_act_as_what_they_are_on_the_day(
    person: str, day: str | None, country: str | None, sector: str
) -> None:
    actor = load_gazetteer().acting(person, date.fromisoformat(day) if day else None)
    assert (actor.id, actor.country, actor.sector) == (person, country, sector)


@pytest.mark.parametrize(
    ("organisation", "day", "count"),
    [
        ("wd:Q7184", "1990-01-01", 16),
        ("wd:Q7184", "2024-06-01", 32),
        ("wd:Q458", "1996-01-01", 15),
        ("wd:Q458", "2016-01-01", 28),
        ("wd:Q458", "2024-01-01", 27),
        ("kg:european-community", "1990-01-01", 12),
        ("wd:Q7768", "2000-01-01", 10),
        ("wd:Q7159", "2010-01-01", 53),
        ("kg:ecowas", "2010-01-01", 15),
        ("kg:ecowas", "2025-06-01", 12),
        ("kg:brics", "2012-01-01", 5),
        ("kg:g7", "2020-01-01", 7),
        ("kg:oecd", "2024-01-01", 38),
    ],
)
def test_members_over_time(organisation: str, day: str, count: int) -> None:
    assert len(load_gazetteer().members(organisation, date.fromisoformat(day))) == count


def test_members_and_terms_by_name() -> None:
    assert {m.country for m, _ in members("AUKUS")} == {"AUS", "GBR", "USA"}
    assert members("Moscow") == []
    merkel = [(t.office, t.owner) for t, _ in terms("Angela Merkel")]
    assert merkel == [("prime-minister", "DEU")]
    nato = {p.label for t, p in terms("Nato") if t.office == "secretary-general"}
    assert {"Jens Stoltenberg", "Willy Claes"} <= nato
