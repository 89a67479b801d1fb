"""Country and sector of the actors in event records (PLOVER gold standard format).

    python benchmarks/mentions_plover.py path/to/plover-gsr-dev.jsonl [--verbose]

For each event whose ``source_text`` stands in the sentence, the actor found there against the
annotated code: alpha-3 or IGO, then a three-letter sector. COP, REF, CIV, SOC, MOS … of the
annotation are read as the sectors that kg has for them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentions import find_mentions
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports

SECTORS = {
    "COP": "GOV",
    "REF": "CVL",
    "CIV": "CVL",
    "SOC": "CVL",
    "MOS": "CVL",
    "LAB": "NGO",
    "ELI": "GOV",
    "JRN": "MED",
    "PTY": "OPP",
    "CHR": "CVL",
}


def main() -> None:
    """Score all actor texts of a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    nlp, book = load_model(), load_gazetteer()
    right: Counter[str] = Counter()
    total = 0
    for line in options.file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        doc = Doc(nlp(record["text"]))
        phrases, clauses = noun_phrases(doc), find_clauses(doc)
        day = date.fromisoformat(record["date"]) if record.get("date") else None
        mentions = find_mentions(doc, phrases, book, day)
        mentions = resolve(doc, phrases, clauses, mentions, find_reports(doc, clauses, phrases))
        asked = {
            (e[f"{side}_text"], e[side])
            for e in record["events"]
            for side in ("source", "target")
            if e.get(side) and e.get(f"{side}_text")
        }
        for words, code in sorted(asked):
            place = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", record["text"])
            if place is None:
                continue
            total += 1
            found = mentions.in_characters(*place.span())
            country, sector = code[:3], code[3:6]
            country = {"IGO": None, "---": None}.get(country, country)
            sector = SECTORS.get(sector, sector)
            options_ = {(a.country, a.sector or "") for a in found.actors} if found else set()
            if code.startswith(("IGO", "NGO")):
                options_ = {(None, "") for c, s in options_ if s in {"IGO", "NGO"}} or options_
            good = any(c == country for c, _ in options_)
            # Annotators write USA for Washington and for its officials alike.
            both = any(
                c == country and (s == sector or {s, sector} <= {"", "GOV"}) for c, s in options_
            )
            right["country"] += good
            right["both"] += both
            right["found"] += bool(options_)
            if options.verbose and not both:
                told = [f"{a.id} {a.country} {a.sector}" for a in found.actors] if found else "none"
                print(f"{words!r} {code} got {told}\n    {record['text'][:220]}")
    print(
        f"{total} texts, linked {right['found']}, country {right['country'] / total:.3f}, "
        f"country and sector {right['both'] / total:.3f}"
    )


if __name__ == "__main__":
    main()
