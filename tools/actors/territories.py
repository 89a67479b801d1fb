"""Makes ``kg/actors/territories.csv`` from rigour (MIT) and the CIA World Factbook (public domain).

    python tools/actors/territories.py factbook.json > kg/actors/territories.csv

Needs ``pip install rigour``. Wikidata ids, codes and names come from rigour; long and
former names, demonyms and capitals from the factbook. What neither says in a usable form
(irregular demonyms, paraphrases, nicknames, past states) stands in the hand-made ``names.csv``
and ``states.csv``.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
from pathlib import Path
from typing import Any

from rigour.territories import get_territories, lookup_territory  # type: ignore[import-not-found]

COLUMNS = ("id", "label", "type", "country", "names", "adjectives", "nouns", "capitals")

# rigour's display name where English news writes another one.
LABELS = {
    "tr": "Turkey",
    "nr": "Nauru",
    "hk": "Hong Kong",
    "mo": "Macau",
    "cg": "Republic of the Congo",
    "cd": "Democratic Republic of the Congo",
    "ci": "Ivory Coast",
    "cz": "Czech Republic",
    "tl": "East Timor",
    "va": "Holy See",
    "pn": "Pitcairn Islands",
}
# rigour names the Kingdoms; the news means the countries.
QIDS = {"dk": "Q35", "nl": "Q55", "ps": "Q219060"}
SKIP = {"ip", "zz", "un", "eu", "um", "cp", "dg", "bv", "hm", "cq", "ta", "tf", "aq", "ac", "sj"}
# What the sources give but the news uses for someone else.
NOT_NAMES = {
    "Congo",
    "Scotland",
    "I.O.M.",
    "The Dominican",
    "West Bank",
    "Ascension",
    "TCA",
    "RMI",
    "SRV",
    "CAR",
    "Union Islands",
}
NOT_DEMONYMS = {
    "kp": {"Korean", "Koreans"},
    "kr": {"Korean", "Koreans"},
    "cd": {"Congo"},
    "cg": {"Congo"},
    "aw": {"Dutch"},
    "cw": {"Dutch"},
    "pm": {"French"},
    "mo": {"Chinese"},
    "hk": {"Chinese/Hong Kong"},
    "la": {"Laos"},
    "tw": {"Taiwan"},
    "lu": {"Luxembourg"},
    "li": {"Liechtenstein"},
    "sg": {"Singapore"},
    "nz": {"New Zealand"},
    "gi": {"Gibraltar"},
    "ki": {"Kiribati"},
    "cx": {"Christmas Island"},
    "fk": {"Falkland Island"},
}
NOT_CAPITALS = {"D.C.", "The Settlement", "The Valley", "George Town", "Douglas", "Stanley"}
DEPENDENT = {
    *(
        "ai",
        "aw",
        "ax",
        "bm",
        "cc",
        "ck",
        "cx",
        "cw",
        "fk",
        "fo",
        "gg",
        "gi",
        "gl",
        "gs",
        "im",
        "io",
    ),
    *("je", "ky", "ms", "nf", "nu", "pn", "sh", "sx", "tc", "vg", "wf", "hk", "mo", "eh"),
}


def clean(text: str | None) -> str:
    """The text without HTML and with plain blanks; "" for the factbook's ways to say none."""
    text = html.unescape(re.sub(r"<[^>]+>", "", text or "")).strip()
    return "" if text.lower() in {"none", "na"} else " ".join(text.split())


def first_names(text: str) -> list[str]:
    """Names out of the factbook's fields: "Burma; Republic of X (long)" → Burma, Republic of X."""
    parts = re.split(r"[;,/]| or ", re.sub(r"\([^)]*\)", "", text))
    return [p.strip() for p in parts if re.fullmatch(r"[A-Z][\w.' -]{2,50}", p.strip())]


def demonyms(nationality: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Adjectives and nouns (singular and plural) where the factbook words them regularly."""
    adjectives = [
        a.strip()
        for a in re.split(
            r"[;,]| or ", re.sub(r"\([^)]*\)", "", clean(nationality.get("adjective")))
        )
        if re.fullmatch(r"[A-Z][\w' -]+", a.strip())
    ]
    nouns: list[str] = []
    for part in re.split(r"[,;]| or ", clean(nationality.get("noun"))):
        regular = re.fullmatch(r"([A-Z][\w' -]+)\(s\).*", part.strip())
        if regular:
            nouns += [regular[1], regular[1] + "s"]
        elif re.fullmatch(r"([A-Z][\w' -]+) \(singular and plural\)", part.strip()):
            nouns.append(part.split(" (")[0].strip())
    return adjectives, nouns


def capitals(country: dict[str, Any]) -> list[str]:
    """All seats of government that the factbook names, the usual English form first."""
    text = clean((country.get("capital") or {}).get("name"))
    text = re.split(r"; note|no official", text)[0]
    text = re.sub(
        r"\(([^)]*)\)", "", re.sub(r" in Romanian| is the administrative capital", "", text)
    )
    found = [p.strip() for p in re.split(r"[;,]", text)]
    return [p for p in found if re.fullmatch(r"[A-Z][\w.' -]+", p) and p not in NOT_CAPITALS]


def factbook_by_code(path: Path) -> dict[str, dict[str, Any]]:
    """Countries of the factbook by rigour's territory code."""
    found: dict[str, dict[str, Any]] = {}
    for country in json.loads(path.read_text(encoding="utf-8"))["countries"].values():
        names = country.get("country_name") or {}
        for key in ("conventional short form", "conventional long form"):
            name = re.sub(r"\(.*", "", clean(names.get(key))).strip()
            territory = lookup_territory(name) if name else None
            if territory is not None and territory.code not in found:
                found[territory.code] = country
                break
    return found


def main(factbook: Path) -> None:
    """Write the table to standard output."""
    facts = factbook_by_code(factbook)
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# Generated by tools/actors/territories.py from rigour (MIT) and the CIA World Factbook")
    print("# (public domain, 2026-05-17). Do not edit; corrections belong in names.csv.")
    out.writerow(COLUMNS)
    for territory in sorted(get_territories(), key=lambda t: str(t.alpha3)):
        code = territory.code
        if "-" in code or not territory.alpha3 or territory.is_historical or code in SKIP:
            continue
        country = facts.get(code, {})
        label = LABELS.get(code, territory.name)
        written = country.get("country_name") or {}
        names = [label, territory.name, territory.full_name]
        for key in ("conventional short form", "conventional long form", "abbreviation"):
            names += first_names(clean(written.get(key)))
        names = [n for n in names if not re.search(r"\bSAR$|[()\[]|  ", n) and n not in NOT_NAMES]
        adjectives, nouns = demonyms(country.get("nationality") or {})
        wrong = NOT_DEMONYMS.get(code, set())
        adjectives = [a for a in adjectives if a not in wrong]
        nouns = [n for n in nouns if n not in wrong]
        kind = "Territory" if code in DEPENDENT or not territory.is_country else "State"
        if code in {"ps", "xk", "tw", "va"}:
            kind = "State"
        out.writerow(
            [
                "wd:" + QIDS.get(code, territory.qid),
                label,
                kind,
                "XKX" if code == "xk" else territory.alpha3.upper(),
                "|".join(dict.fromkeys(names)),
                "|".join(dict.fromkeys(adjectives)),
                "|".join(dict.fromkeys(nouns)),
                "|".join(capitals(country)),
            ]
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
