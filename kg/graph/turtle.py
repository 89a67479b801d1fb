"""Turtle and TriG that people like to read: grouped, prefixed, in the order of the articles.

The text is the same for the same triples in whatever order they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.graph.rdf import LABEL, TYPE
from kg.graph.terms import KG, PREFIXES, TRIPLE_TERM, XSD, Triple

_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}
LOCAL_NAME = re.compile(r"(?:\w|%[0-9A-F]{2})(?:[\w-]|%[0-9A-F]{2}|\.(?=[\w%-]))*", re.ASCII)
"""What may stand behind a prefix without escapes."""
_BARE = {
    f"^^<{XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"^^<{XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"^^<{XSD}boolean>": re.compile(r"true|false"),
}
_TERM = re.compile(
    r'<<\( .* \)>>|<[^<>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^<>]*>)?', re.DOTALL
)
_EVIDENCE, _LINK, _QUOTE, _SENTENCE = (
    f"<{KG}{local}>" for local in ("evidence", "attribution", "quote", "sentence")
)

# Predicates that come first in a block, in this order; the others follow by name.
_FIRST = [TYPE, LABEL]
_FIRST += [
    f"<{KG}{local}>"
    for local in (
        *("country", "sector", "subject", "relation", "relationText", "object", "polarity"),
        *("modality", "attribution", "startDate", "endDate", "place", "condition", "eventType"),
        *("cameoCode", "quadClass", "position", "source", "sourceText", "stance", "sentence"),
        *("predicate", "subjectSpan", "objectSpan", "endsSwapped", "placeSpan", "timeText"),
        *(
            "conditionText",
            "quote",
            "rule",
            "confidence",
            "factuality",
            "inDocument",
            "start",
            "end",
            "text",
        ),
    )
]
_FIRST += [
    f"<{KG}office>",
    *(f"<{PREFIXES['schema']}{local}>" for local in ("startDate", "endDate")),
]
_RANK = {predicate: rank for rank, predicate in enumerate(_FIRST)}

_STATEMENTS = "Statements with their sources and evidence"
_SPANS = "Spans of text"
_SECTIONS = (
    ("Entities and the plain edges between them", ("wd", "actor", "local", "id")),
    ("Documents", ("doc",)),
    (_STATEMENTS, ("st", "at", "ev", "said")),
    (_SPANS, ("span",)),
    ("Offices held and where places lie", ("term", "point")),
    ("Runs of the extractor", ("run",)),
    ("Relations", ("kg",)),
)

Properties = dict[str, list[str]]
"""The values of each property of a node."""


class _Shortener:
    """Shortens terms and remembers what it shortened and which prefixes that used."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def __call__(self, term: str) -> str:
        short = self._known.get(term)
        if short is None:
            short = self._known[term] = self._shorten(term)
        return short

    def note(self, nodes: dict[str, Properties]) -> None:
        """Shorten all terms of a graph, so that the prefixes are known before the first line."""
        for node, properties in nodes.items():
            self(node)
            for predicate, values in properties.items():
                if predicate != TYPE:  # written as "a"
                    self(predicate)
                for value in values:
                    self(value)

    def _shorten(self, term: str) -> str:
        if term.startswith(TRIPLE_TERM):
            inner = _TERM.findall(term[len(TRIPLE_TERM) : -len(")>>")])
            return f"{TRIPLE_TERM} {' '.join(self(part) for part in inner)} )>>"
        if term.startswith("<"):
            value = term[1:-1]
            cut = max(value.rfind("#"), value.rfind("/")) + 1
            prefix = _BY_NAMESPACE.get(value[:cut])
            if prefix is None or not LOCAL_NAME.fullmatch(value, cut):
                return term
            self.used.add(prefix)
            return f"{prefix}:{value[cut:]}"
        end = term.rfind('"')
        datatype = term[end + 1 :]
        if datatype in _BARE and _BARE[datatype].fullmatch(term, 1, end):
            return term[1:end]
        if datatype.startswith("^^<"):
            return term[: end + 3] + self(datatype[2:])
        return term


def turtle(triples: Iterable[Triple]) -> Iterator[str]:
    """The lines of a Turtle file of the triples, each with its line end."""
    shorten = _Shortener()
    nodes = by_subject(triples)
    shorten.note(nodes)
    yield from header(shorten.used)
    yield from _body(nodes, shorten, "")


def trig(graphs: Mapping[str, Iterable[Triple]]) -> Iterator[str]:
    """The lines of a TriG file of the graphs, each graph in a block of its own."""
    blocks = [trig_block(graph, graphs[graph]) for graph in sorted(graphs)]
    yield from header(set().union(*(used for _, used in blocks)))
    yield from (text for text, _ in blocks)


def trig_block(graph: str, triples: Iterable[Triple]) -> tuple[str, set[str]]:
    """The block of a graph in a TriG file, and the prefixes that it uses."""
    shorten = _Shortener()
    nodes = by_subject(triples)
    if not graph:  # the default graph, which has no block
        return "".join(_body(nodes, shorten, "")), shorten.used
    title = shorten(graph)
    return "".join((f"\n{title} {{\n", *_body(nodes, shorten, "    "), "}\n")), shorten.used


def without_graph(block: str) -> str:
    """The triples of a ``trig_block`` as they stand in a Turtle file."""
    body = block.partition(" {\n")[2].removesuffix("}\n")
    # Line ends within literals are escaped, so every line is one of the layout.
    return body.replace("\n    ", "\n")


def header(used: set[str]) -> Iterator[str]:
    """The lines that declare the prefixes in use."""
    for prefix, namespace in PREFIXES.items():
        if prefix in used:
            yield f"@prefix {prefix}: <{namespace}> .\n"


def by_subject(triples: Iterable[Triple]) -> dict[str, Properties]:
    """The values of each property of each subject, all in order and without repetition."""
    nodes: dict[str, Properties] = {}
    last: Triple = ("", "", "")
    properties: Properties = {}
    values: list[str] = []
    # Mostly they come in order, which sorting sees at once.
    for triple in sorted(triples):
        if triple == last:
            continue
        subject, predicate, value = triple
        if subject != last[0]:
            properties = nodes[subject] = {}
            values = properties[predicate] = []
        elif predicate != last[1]:
            values = properties[predicate] = []
        values.append(value)
        last = triple
    return nodes


def _body(nodes: dict[str, Properties], shorten: _Shortener, indent: str) -> Iterator[str]:
    sections: dict[str, list[str]] = {}
    for node in nodes:
        prefix = shorten(node).partition(":")[0]
        title = next((title for title, prefixes in _SECTIONS if prefix in prefixes), "Other")
        sections.setdefault(title, []).append(node)
    for title in [*(title for title, _ in _SECTIONS), "Other"]:
        members = sections.get(title, [])
        if not members:
            continue
        yield f"\n{indent}# --- {title} ---\n"
        if title == _STATEMENTS:
            members = list(_reading_order(members, nodes))
        elif title == _SPANS:
            members.sort(key=_offsets)
        for node in members:
            yield from _block(node, nodes[node], shorten, indent)


def _block(node: str, properties: Properties, shorten: _Shortener, indent: str) -> Iterator[str]:
    between = f"\n{indent}{shorten(node)}"
    for predicate in _order(tuple(properties)):
        verb = "a" if predicate == TYPE else shorten(predicate)
        named = properties[predicate]
        if len(named) == 1:
            yield f"{between} {verb} {shorten(named[0])}"
        else:
            if predicate == TYPE:  # kg's own class tells most
                named = sorted(named, key=lambda value: not value.startswith(f"<{KG}"))
            yield f"{between} {verb} {' , '.join(map(shorten, named))}"
        between = f" ;\n{indent}   "
    yield " .\n"


@lru_cache(maxsize=1024)
def _order(predicates: tuple[str, ...]) -> tuple[str, ...]:
    """Predicates in the order of a block; few sets of them are in use."""
    return tuple(sorted(predicates, key=lambda p: (_RANK.get(p, len(_RANK)), p)))


def _reading_order(members: list[str], nodes: dict[str, Properties]) -> Iterator[str]:
    """Statements as their documents make them, each followed by its links and evidence."""
    done: set[str] = set()
    statements = [node for node in members if _EVIDENCE in nodes[node]]
    for statement in sorted(statements, key=lambda node: _place(node, nodes)):
        family = [statement, *nodes[statement].get(_LINK, ())]
        for evidence in nodes[statement][_EVIDENCE]:
            family += [evidence, *nodes.get(evidence, {}).get(_QUOTE, ())]
        for node in family:
            if node in nodes and node not in done:
                done.add(node)
                yield node
    yield from (node for node in members if node not in done)


_OFFSETS = re.compile(r"<.*/span/(.*)\.(\d+)-(\d+)>")


def _offsets(span: str) -> tuple[str, int, int, str]:
    found = _OFFSETS.fullmatch(span)
    if not found:
        return "", 0, 0, span
    return found.group(1), int(found.group(2)), int(found.group(3)), span


def _place(statement: str, nodes: dict[str, Properties]) -> tuple[str, int, int, str]:
    sentences = [
        _offsets(sentence)
        for evidence in nodes[statement][_EVIDENCE]
        for sentence in nodes.get(evidence, {}).get(_SENTENCE, ())
    ]
    # Statements of one sentence follow each other by id.
    return *min(sentences, default=("", 0, 0, ""))[:3], statement
