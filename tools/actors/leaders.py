"""Makes ``kg/actors/leaders.csv``: present heads of state and government from the CIA World
Factbook (public domain) where the hand-made tables name no holder.

    python tools/actors/leaders.py factbook.json > kg/actors/leaders.csv
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from rigour.territories import get_territories, lookup_territory  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[2]
HEADER = ["id", "label", "gender", "country", "sector", "short", "names", "terms"]
# Held by people whom people.csv names otherwise, or wrong in the source.
OTHERWISE = {("TLS", "Gusmao"), ("HND", "Castro"), ("PRK", "Choe"), ("PER", "Jerí")}
OTHERWISE |= {
    ("MMR", "Min Aung Hlaing"),
    ("TGO", "Tove"),
    ("CRI", "Chaves"),
    ("KWT", "Ahmad Abdullah"),
}
WOMEN = {
    *("Samia", "Maia", "Gordana", "Natasa", "Vjosa", "Brigitte", "Myriam", "Inga", "Evika"),
    *("Sarra", "Judith", "Robinah", "Maria", "Netumbo", "Mia", "Droupadi", "Hilda", "Halla"),
    *("Kristrun", "Catherine", "Jennifer", "Delcy", "Claudia", "Giorgia", "Sushila", "Kamla"),
    *("Christine", "Sandra", "Sylvanie", "Siobhan", "Borjana", "Iliana", "Yulia", "Sanae"),
    *("Hilda", "Rose", "Afioga", "Fiame", "Laura", "Xiomara", "Dina", "Mary", "Cindy", "Marcella"),
}


def plain(text: str) -> str:
    """Lower case ASCII words of a name, sorted: equal for most spellings of a person."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z ]+", " ", folded).strip()


def words_of(name: str) -> str:
    """The words of a name in alphabetic order."""
    return " ".join(sorted(plain(name.replace("-", " ")).split()))


def person(text: str) -> tuple[str, str, str, str] | None:
    """Office, label, short name and start of "President Gabriel BORIC (since 11 March 2022)"."""
    text = re.sub(r"<[^>]+>", "", html.unescape(text))
    text = re.split(r";|, represented| represented|, note", text)[0]
    found = re.search(r"\(since (?:approximately )?([^),]+)", text)
    name = re.sub(r"\([^)]*\)", "", text).strip()
    for pattern, office in (
        (r".*?(?:Vice President) ", ""),
        (
            r"(?:.*?)(?:Prime Minister|Premier|Chancellor|President of the Government of Spain) ",
            "PM",
        ),
        (r"(?:.*?)(?:King|Queen|Emperor|Sultan|Amir|Emir|Grand Duke|Pope|Prince) ", "K"),
        (r"(?:.*?)President(?: of the [A-Z]\w+ [A-Z]\w+)? (?:Gen\. |Col\. |Capt\. )?", "P"),
    ):
        match = re.match(pattern, name)
        if match:
            if not office:
                return None
            name = name[match.end() :].strip()
            break
    else:
        return None
    name = re.sub(
        r"^(?:of Council of Ministers|Crown Prince|Sir|Sr\. Gen\.|Dr\.) ", "", name.strip()
    )
    name = re.sub(r"\s+", " ", name).strip(" ,")
    words = name.split()
    upper = [w for w in words if re.sub(r"[^A-Za-zÀ-ÿ]", "", w).isupper() and len(w) > 1]
    if not upper or len(words) > 6 or not found:
        return None
    day = None
    for form in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            day = datetime.strptime(found[1].strip(), form).date().isoformat()
        except ValueError:
            continue
        else:
            day = day[: {"%d %B %Y": 10, "%B %Y": 7, "%Y": 4}[form]]
            break
    if day is None:
        return None
    small = {"BIN": "bin", "DE": "de", "DA": "da", "E": "e", "AL": "al", "EL": "el", "DOS": "dos"}
    nice = [
        "-".join(small.get(p, p.capitalize()) if p.isupper() else p for p in w.split("-"))
        if w in upper and not re.fullmatch(r"[IVX]+", w)
        else w
        for w in words
    ]
    short = " ".join(n for w, n in zip(words, nice, strict=True) if w in upper).strip(",")
    short = re.sub(r" [IVX]+$|^[A-Z]\. ", "", short)
    return office, " ".join(nice), short, day


def main(factbook: Path) -> None:
    """Write the table to standard output."""
    known: set[tuple[str, str]] = set()
    with (ROOT / "kg/actors/territories.csv").open(encoding="utf-8") as file:
        rows_ = csv.DictReader(line for line in file if not line.startswith("#"))
        codes = {row["country"].lower() for row in rows_ if row["type"] == "State"}
    states = {t.code for t in get_territories() if (t.alpha3 or "") in codes}
    people: set[tuple[str, str]] = set()
    for table in ("people.csv", "officeholders.csv"):
        with (ROOT / "kg/actors" / table).open(encoding="utf-8") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                for name in (row["label"], *row["names"].split("|")):
                    people.add((words_of(name), row["country"]))
                for term in filter(None, row["terms"].split("; ")):
                    office, owner, when = term.split(" ")
                    if when.endswith(".."):
                        known.add((owner, office))
    out = csv.writer(sys.stdout, lineterminator="\n")
    print("# Generated by tools/actors/leaders.py from the CIA World Factbook (public domain,")
    print("# 2026-05-17). Do not edit; write people into people.csv instead.")
    out.writerow(HEADER)
    rows: dict[str, list[Any]] = {}
    for country in json.loads(factbook.read_text(encoding="utf-8"))["countries"].values():
        names = country.get("country_name") or {}
        territory = None
        for form in ("conventional short form", "conventional long form"):
            name = re.sub(r"\(.*", "", html.unescape(names.get(form) or "")).strip()
            territory = territory or (lookup_territory(name) if name and name != "none" else None)
        if territory is None or not territory.alpha3 or territory.code not in states:
            continue
        code = "XKX" if territory.code == "xk" else territory.alpha3.upper()
        executive = country.get("executive") or {}
        for field in ("chief of state", "head of government"):
            found = person(executive.get(field) or "")
            if found is None:
                continue
            short_office, label, short, since = found
            office = {"P": "president", "PM": "prime-minister", "K": "monarch"}[short_office]
            if (code, office) in known or (
                field == "chief of state" and "CHARLES III" in str(executive[field])
            ):
                continue
            if office == "monarch" and " " not in label:
                label = f"King {label}"
            slug = re.sub(r"[^a-z0-9]+", "-", plain(label)).strip("-")
            identity = f"kg:{slug}"
            if (words_of(label), code) in people or (code, short) in OTHERWISE:
                continue
            row = rows.setdefault(
                identity,
                [
                    identity,
                    label,
                    "f" if label.split()[0] in WOMEN else "m",
                    code,
                    "GOV",
                    short,
                    "",
                    [],
                ],
            )
            if not any(t.startswith(f"{office} {code}") for t in row[7]):
                row[7].append(f"{office} {code} {since}..")
    for row in sorted(rows.values(), key=lambda r: (r[3], r[0])):
        out.writerow([*row[:7], "; ".join(row[7])])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
