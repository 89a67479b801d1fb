"""JSON-LD that people can read: one node a line, short names from ``ontology/context.jsonld``.

The context stands in the file itself, so that nothing is fetched to read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.graph.rdf import TYPE
from kg.graph.terms import PREFIXES, TRIPLE_TERM, UNSAFE, XSD, Triple, text_of
from kg.graph.turtle import LOCAL_NAME, by_subject
from kg.resources import resource_path


def json_ld(graphs: Mapping[str, Iterable[Triple]]) -> Iterator[str]:
    """The lines of a JSON-LD file of the graphs; the key ``""`` is the default graph.

    Raises ``DataError`` for triple terms of RDF 1.2, which JSON-LD cannot hold.
    """
    nodes = {graph: by_subject(graphs[graph]) for graph in sorted(graphs)}
    writer = _Writer(_schemes(graphs))
    yield '{"@context": ' + _packed(writer.context) + ',\n"@graph": [\n'
    separator = ""
    for graph, members in nodes.items():
        if graph:
            yield f'{separator}{{"@id": {_packed(writer.iri(graph))}, "@graph": [\n'
            separator = ""
        for node, properties in members.items():
            yield separator + _packed(writer.node(node, properties))
            separator = ",\n"
        if graph:
            yield "\n]}"
            separator = ",\n"
    yield "\n]}\n"


@cache
def _context() -> dict[str, Any]:
    path = resource_path("ontology/context.jsonld")
    try:
        entries: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(path, None, f"is no JSON-LD context: {error}", "reinstall geokg") from error
    return entries


_SCHEME = re.compile(r"<([a-z][a-z0-9+.-]*):(?!//)")


def _schemes(graphs: Mapping[str, Iterable[Triple]]) -> set[str]:
    """Schemes of IRIs such as ``time:now``, which a prefix of the same name would change."""
    found: set[str] = set()
    for graph, triples in graphs.items():
        for term in {graph, *(term for triple in triples for term in triple)}:
            if match := _SCHEME.match(term):
                found.add(match.group(1))
    return found


class _Writer:
    """Turns terms into the values that the context gives their meaning back to."""

    def __init__(self, schemes: set[str]) -> None:
        dropped = schemes & set(PREFIXES)
        self.context = {
            key: value
            for key, value in _context().items()
            if key not in dropped and not (isinstance(value, dict) and _uses(value, dropped))
        }
        self._prefixes = {
            value: key for key, value in self.context.items() if isinstance(value, str)
        }
        self._names = {
            self._expanded(value["@id"]): (key, value.get("@type"))
            for key, value in self.context.items()
            if isinstance(value, dict)
        }

    def node(self, node: str, properties: dict[str, list[str]]) -> dict[str, Any]:
        record: dict[str, Any] = {"@id": self.iri(node)}
        for predicate, values in properties.items():
            if predicate == TYPE:
                found: list[Any] = [self.iri(value) for value in values]
                record["@type"] = found if len(found) > 1 else found[0]
                continue
            key, kind = self._names.get(predicate[1:-1], (self.iri(predicate), None))
            found = [self._value(value, kind) for value in values]
            record[key] = found if len(found) > 1 else found[0]
        return record

    def iri(self, term: str) -> str:
        if term.startswith("_:"):
            return term
        value = term[1:-1]
        cut = max(value.rfind("#"), value.rfind("/")) + 1
        prefix = self._prefixes.get(value[:cut])
        return f"{prefix}:{value[cut:]}" if prefix and LOCAL_NAME.fullmatch(value, cut) else value

    def _value(self, term: str, kind: str | None) -> Any:
        if term.startswith(TRIPLE_TERM):
            raise DataError(
                "JSON-LD", None, "cannot hold triple terms of RDF 1.2", "leave --rdf12 out"
            )
        if term.startswith(("<", "_:")):
            return self.iri(term) if kind == "@id" else {"@id": self.iri(term)}
        text, suffix = text_of(term), term[term.rindex('"') + 1 :]
        if suffix.startswith("@"):
            return {"@value": text, "@language": suffix[1:]}
        datatype = suffix[3:-1] if suffix else XSD + "string"
        if kind and kind != "@id" and datatype == self._expanded(kind):
            return text
        if datatype == XSD + "string":
            return text if kind is None else {"@value": text}
        return {"@value": text, "@type": self.iri(f"<{datatype}>")}

    def _expanded(self, compact: str) -> str:
        prefix, _, local = compact.partition(":")
        return PREFIXES.get(prefix, prefix + ":") + local


def _uses(entry: dict[str, str], prefixes: set[str]) -> bool:
    return any(value.partition(":")[0] in prefixes for value in entry.values())


def _packed(value: Any) -> str:
    return UNSAFE.sub(
        lambda match: json.dumps(match.group())[1:-1], json.dumps(value, ensure_ascii=False)
    )
