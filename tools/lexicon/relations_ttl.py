"""Brings ontology/relations.ttl in step with kg/lexicon/*.yml.

    python -m tools.lexicon.relations_ttl          # rewrites the file
    python -m tools.lexicon.relations_ttl --check  # only says what would change (exit 1)

What the lexicon knows (label, definition, codes, symmetry, an example) is taken from it. What
only the ontology knows is drafted for a new relation and then kept as somebody edits it: domain,
range, intensity, inverse, broader relations, transitivity and any further line.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.graph.ontology import load_ontology
from kg.text.lexicon import Entry, Filler, load_lexicon

FILE = Path(__file__).resolve().parents[2] / "ontology" / "relations.ttl"

_RANGES = {
    Filler.ACTOR: "kg:Entity",
    Filler.PRINCIPAL: "kg:Entity",
    Filler.PERSON: "kg:Person",
    Filler.STATE: "kg:Location",
    Filler.PLACE: "kg:Location",
    Filler.THING: "kg:Thing",
}
_DOMAINS = {**_RANGES, Filler.ACTOR: "kg:Actor", Filler.PRINCIPAL: "kg:Actor"}
_PARENT = re.compile(r", (kg:\w+)")
_BLOCK = re.compile(r"^kg:(\w+) a (.*?) \.\n", re.MULTILINE | re.DOTALL)
_FROM_LEXICON = (
    *("rdfs:label", "skos:definition", "skos:example"),
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
        if statement.startswith("owl:ObjectProperty"):
            if "owl:TransitiveProperty" in statement:
                yield "owl:TransitiveProperty"
        elif statement.startswith("rdfs:subPropertyOf"):
            yield from (f"broader {parent}" for parent in _PARENT.findall(statement))
        elif not statement.startswith(_FROM_LEXICON):
            yield statement


def _block(entry: Entry, kept: list[str] | None) -> str:
    relation = entry.relation
    rest = kept if kept is not None else list(_draft(entry))
    kinds = ["owl:ObjectProperty"]
    kinds += ["owl:SymmetricProperty"] if relation.symmetric else []
    kinds += [line for line in rest if line == "owl:TransitiveProperty"]
    parents = ["kg:eventRelation" if relation.event else "kg:lastingRelation"]
    parents += [line.removeprefix("broader ") for line in rest if line.startswith("broader ")]
    lines = [
        f"kg:{_local(entry)} a {' , '.join(kinds)}",
        f"rdfs:subPropertyOf {' , '.join(parents)}",
        f"rdfs:label {_literal(relation.label)}",
        f"skos:definition {_literal(entry.definition)}",
    ]
    lines.extend(f"skos:example {_literal(example.text)}" for example in entry.examples[:1])
    lines.extend(line for line in rest if line.startswith("rdfs:"))
    if relation.event and relation.cameo and relation.quad:
        lines.append(f"kg:eventType code:{relation.event}")
        lines.append(f"kg:cameoCode code:cameo-{relation.cameo}")
        lines.append(f"kg:quadClass code:{relation.quad}")
    above = ("rdfs:", "broader ", "owl:TransitiveProperty")
    lines.extend(line for line in rest if not line.startswith(above))
    return " ;\n    ".join(lines) + " ."


def _draft(entry: Entry) -> Iterator[str]:
    yield f"rdfs:domain {_DOMAINS[entry.subject]}"
    if entry.object in _RANGES:
        same = entry.relation.symmetric and entry.object is Filler.ACTOR
        yield f"rdfs:range {'kg:Actor' if same else _RANGES[entry.object]}"
    yield f"kg:intensity {load_ontology().intensity(entry.relation.cameo)}"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


if __name__ == "__main__":
    sys.exit(main())
