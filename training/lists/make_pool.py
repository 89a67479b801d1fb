"""Makes pool.txt, names to put in the place of others, from the CIA World Factbook (public domain).

    python training/lists/make_pool.py factbook.json

Parties, armed forces and their branches (ORG), heads of state and government (PERSON). Run
once; its output is committed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_WORD = r"[A-Z][\w’'.-]*"
_ORG = re.compile(rf"{_WORD}(?: (?:{_WORD}|of|and|for|the|in|on|de|e)){{0,8}}")
_FAMILY = re.compile(r"[A-Z][A-Z'’-]{2,}")
_PERSON = re.compile(
    rf"(?:{_WORD}|al|bin|ibn|von|van|de|da|dos)(?: (?:{_WORD}|al|bin|ibn|de)){{1,4}}"
)


def plain(value: Any) -> str:
    """All text under a key."""
    if isinstance(value, dict):
        return "<br>".join(plain(item) for item in value.values())
    return str(value or "")


def organisations(text: str) -> set[str]:
    found: set[str] = set()
    for part in re.split(r"<[^>]+>|[;:,\n]", re.sub(r"\([^)]*\)", "", text)):
        for name in re.split(r"\s+or\s+", part):
            name = " ".join(name.split())
            # where line breaks were lost, the abbreviation of one party leads the next
            first, _, rest = name.partition(" ")
            if (rest and first.isupper() and len(first) > 1) or first == "The":
                name = rest
            if _ORG.fullmatch(name) and len(name) > 1 and not name.endswith((" of", " the")):
                found.add(name)
    return found


def persons(text: str) -> set[str]:
    """ "President Abdelmadjid TEBBOUNE (since …)" → Abdelmadjid Tebboune."""
    found: set[str] = set()
    for part in re.split(r"[;,(]", text):
        words = part.split()
        families = [i for i, word in enumerate(words) if _FAMILY.fullmatch(word)]
        if not families:
            continue
        last = families[-1]
        first = next(
            (i + 1 for i in range(last, -1, -1) if words[i] in _TITLES or words[i].islower()), 0
        )
        name = " ".join(w.title() if w.isupper() else w for w in words[first : last + 1])
        if _PERSON.fullmatch(name):
            found.add(name)
    return found


_TITLES = frozenset(
    "President Minister King Queen Prince Princess Sultan Amir Emir Chancellor Governor General"
    " Governor-General Premier Administrator Commissioner Captain Colonel Leader Chief Sheikh"
    " Taoiseach Pope Cardinal Dr. Sir Dame Capt. Gen. Maj. Lt. Col. Transitional Interim Acting"
    " Council Member Chairman Speaker Justice Duke Mayor Bishop".split()
)


def main() -> None:
    countries = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["countries"].values()
    pool: set[tuple[str, str]] = set()
    for country in countries:
        for key in ("parties", "military_forces"):
            pool |= {("ORG", name) for name in organisations(plain(country.get(key)))}
        executive = country.get("executive", {})
        for key in ("chief of state", "head of government"):
            pool |= {("PERSON", name) for name in persons(plain(executive.get(key)))}
    lines = [f"{label}\t{name}" for label, name in sorted(pool)]
    (HERE / "pool.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
