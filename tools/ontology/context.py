"""Makes ontology/context.jsonld, the JSON-LD context of the files that kg writes.

    python -m tools.ontology.context          # rewrites the file
    python -m tools.ontology.context --check  # changes nothing, exit 1 if it is stale

Every property of kg.ttl gets its short name and, where its range says so, the type of its values,
so that ``"confidence": "0.87"`` is a decimal and ``"subject": "wd:Q159"`` a link.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.graph.ontology import read_triples
from kg.graph.terms import KG, PREFIXES, RDF, RDFS, XSD, name
from tools.ontology.writing import write_or_check

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
FILE = ONTOLOGY / "context.jsonld"

_OWL = PREFIXES["owl"]
# Not of kg.ttl, but on every document and evidence.
_BORROWED = {
    "hadPrimarySource": ("prov", "@id"),
    "wasGeneratedBy": ("prov", "@id"),
    "hasActor": ("sem", "@id"),
    "hasPlace": ("sem", "@id"),
    "datePublished": ("schema", "xsd:date"),
    "startDate": ("schema", "xsd:date"),
    "endDate": ("schema", "xsd:date"),
    "identifier": ("schema", None),
    "inLanguage": ("schema", None),
    "publisher": ("schema", None),
    "url": ("schema", None),
    "hasGeometry": ("geo", "@id"),
    "asWKT": ("geo", "geo:wktLiteral"),
}


def context() -> dict[str, object]:
    """The context: the prefixes, then the short names with the types of their values."""
    properties: dict[str, dict[str, set[str]]] = {}
    for subject, predicate, value in read_triples(ONTOLOGY / "kg.ttl"):
        if subject.startswith(f"<{KG}"):
            local = subject[1:-1].removeprefix(KG)
            properties.setdefault(local, {}).setdefault(predicate, set()).add(value)
    entries: dict[str, object] = dict(PREFIXES)
    for local, said in sorted(properties.items()):
        kinds = said.get(name(RDF, "type"), set())
        if name(_OWL, "ObjectProperty") in kinds:
            entries[local] = {"@id": f"kg:{local}", "@type": "@id"}
        elif name(_OWL, "DatatypeProperty") in kinds:
            entries[local] = _typed(f"kg:{local}", said.get(name(RDFS, "range"), set()))
    for local, (prefix, kind) in _BORROWED.items():
        short = local if local not in entries else f"{prefix}:{local}"
        entries[short] = {"@id": f"{prefix}:{local}", **({"@type": kind} if kind else {})}
    return {"@context": entries}


def _typed(term: str, ranges: set[str]) -> dict[str, str]:
    datatypes = [r[1:-1].removeprefix(XSD) for r in ranges if r.startswith(f"<{XSD}")]
    if datatypes and datatypes[0] != "string":
        return {"@id": term, "@type": f"xsd:{datatypes[0]}"}
    return {"@id": term}


if __name__ == "__main__":
    text = json.dumps(context(), indent=2) + "\n"
    sys.exit(write_or_check(FILE, text, "tools.ontology.context"))
