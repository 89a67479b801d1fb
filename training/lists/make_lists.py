"""Makes demonyms.txt and places.txt from the CIA World Factbook (public domain).

    python training/lists/make_lists.py factbook.json

Run once; its output, plus the hand-made additions in additions.txt, is committed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names(text: str) -> list[str]:
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\([^)]*\)", "", text)
    parts = re.split(r"[,;/]| or | and | note", text)
    return [
        p.strip() for p in parts if re.fullmatch(r"[A-Z][\w'’.-]+( [A-Z][\w'’.-]+){0,3}", p.strip())
    ]


def main() -> None:
    countries = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["countries"].values()
    places: set[str] = set()
    demonyms: set[str] = set()
    for country in countries:
        name = country.get("country_name", {})
        for key in ("conventional short form", "conventional long form", "abbreviation"):
            places.update(n for n in names(str(name.get(key, ""))) if len(n) > 1)
        places.update(names(str(country.get("capital", {}).get("name", ""))))
        nation = country.get("nationality", {})
        for key in ("noun", "adjective"):
            for noun in names(str(nation.get(key, "")).replace("(s)", "")):
                demonyms.add(noun)
    drop = {"none", "NA", "None", "Ocean", "EU"}
    oceans = {p for p in places if re.search(r"Ocean|Sea|Island|Antarctica|World", p)}
    (HERE / "places.txt").write_text(
        "\n".join(sorted(places - drop - oceans)) + "\n", encoding="utf-8"
    )
    (HERE / "demonyms.txt").write_text(
        "\n".join(sorted(demonyms - drop - places)) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
