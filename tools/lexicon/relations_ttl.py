"""Brings ontology/relations.ttl in step with kg/lexicon/*.yml.

    python -m tools.lexicon.relations_ttl          # rewrites the file
    python -m tools.lexicon.relations_ttl --check  # only says what would change (exit 1)

What the lexicon knows (label, definition, codes, symmetry) is taken from it. What only the
ontology knows is drafted for a new relation and then kept as somebody edits it: domain,
range, intensity, inverse and any further line.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.text.lexicon import Entry, Filler, load_lexicon

FILE = Path(__file__).resolve().parents[2] / "ontology" / "relations.ttl"

# kg's own scale, see kg:intensity in ontology/kg.ttl: of the event type, unless a CAMEO code
# (longest prefix first) says it better.
_BY_EVENT = {
    "AGREE": 3.0,
    "CONSULT": 2.0,
    "SUPPORT": 5.0,
    "COOPERATE": 4.0,
    "AID": 6.0,
    "CONCEDE": 5.0,
    "RETREAT": 6.0,
    "REQUEST": -1.0,
    "ACCUSE": -3.0,
    "REJECT": -4.0,
    "THREATEN": -6.0,
    "PROTEST": -5.0,
    "MOBILIZE": -5.0,
    "SANCTION": -7.0,
    "COERCE": -7.0,
    "ASSAULT": -10.0,
}
_BY_CODE = {
    "042": 2.0,
    "043": 2.0,
    "045": 3.0,
    "046": 2.0,
    "051": 4.0,
    "054": 7.0,
    "057": 7.0,
    "07": 7.0,
    "0871": 7.0,
    "090": -2.0,
    "111": -3.0,
    "1124": -5.0,
    "160": -5.0,
    "161": -6.0,
    "166": -6.0,
    "1821": -9.0,
    "1712": -8.0,
    "139": -7.0,
    "1385": -7.0,
}
_RANGES = {
    Filler.ACTOR: "kg:Entity",
    Filler.PRINCIPAL: "kg:Entity",
    Filler.PERSON: "kg:Person",
    Filler.STATE: "kg:Location",
    Filler.PLACE: "kg:Location",
    Filler.THING: "kg:Thing",
}
_DOMAINS = {**_RANGES, Filler.ACTOR: "kg:Actor", Filler.PRINCIPAL: "kg:Actor"}
_BLOCK = re.compile(r"^kg:(\w+) a (.*?) \.\n", re.MULTILINE | re.DOTALL)
_FROM_LEXICON = (
    *("rdfs:label", "skos:definition", "rdfs:subPropertyOf"),
    *("kg:eventType", "kg:cameoCode", "kg:quadClass"),
)


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    arguments = parser.parse_args()
    before = FILE.read_text(encoding="utf-8")
    after = synchronised(before, load_lexicon().entries.values())
    if before == after:
        return 0
    if arguments.check:
        print(f"{FILE}: stale; run python -m tools.lexicon.relations_ttl", file=sys.stderr)
        return 1
    FILE.write_text(after, encoding="utf-8")
    return 0


def synchronised(text: str, entries: Iterable[Entry]) -> str:
    """The ontology's text with one block for each relation, in the order of their files."""
    kept = {match[1]: list(_kept(match[2])) for match in _BLOCK.finditer(text)}
    header = text[: next(_BLOCK.finditer(text)).start()].rstrip()
    blocks = [_block(entry, kept.get(_local(entry))) for entry in entries]
    return "\n\n".join([header, *blocks]) + "\n"


def _local(entry: Entry) -> str:
    return (entry.relation.id or "").removeprefix("kg:")


def _kept(body: str) -> Iterator[str]:
    """The lines of a block that the lexicon does not decide."""
    for line in body.split(";\n"):
        statement = line.strip().removesuffix(";").strip()
        if statement.split(" ")[0].startswith("owl:ObjectProperty"):
            continue
        if not statement.startswith(_FROM_LEXICON):
            yield statement


def _block(entry: Entry, kept: list[str] | None) -> str:
    relation = entry.relation
    kinds = "owl:ObjectProperty" + (" , owl:SymmetricProperty" if relation.symmetric else "")
    parent = "kg:eventRelation" if relation.event else "kg:lastingRelation"
    lines = [
        f"kg:{_local(entry)} a {kinds}",
        f"rdfs:subPropertyOf {parent}",
        f"rdfs:label {_literal(relation.label)}",
        f"skos:definition {_literal(entry.definition)}",
    ]
    rest = kept if kept is not None else list(_draft(entry))
    lines.extend(line for line in rest if line.startswith("rdfs:"))
    if relation.event and relation.cameo and relation.quad:
        lines.append(f"kg:eventType code:{relation.event}")
        lines.append(f"kg:cameoCode code:cameo-{relation.cameo}")
        lines.append(f"kg:quadClass code:{relation.quad}")
    lines.extend(line for line in rest if not line.startswith("rdfs:"))
    return " ;\n    ".join(lines) + " ."


def _draft(entry: Entry) -> Iterator[str]:
    yield f"rdfs:domain {_DOMAINS[entry.subject]}"
    if entry.object in _RANGES:
        same = entry.relation.symmetric and entry.object is Filler.ACTOR
        yield f"rdfs:range {'kg:Actor' if same else _RANGES[entry.object]}"
    yield f"kg:intensity {_intensity(entry)}"


def _intensity(entry: Entry) -> float:
    code = entry.relation.cameo or ""
    prefixes = (code[:length] for length in range(len(code), 1, -1))
    by_code = next((_BY_CODE[prefix] for prefix in prefixes if prefix in _BY_CODE), None)
    if by_code is not None:
        return by_code
    return _BY_EVENT.get(entry.relation.event or "", 0.0)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


if __name__ == "__main__":
    sys.exit(main())
