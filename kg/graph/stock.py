"""The questions that come with kg, and parameters: text of a user made into typed RDF terms."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.graph import terms
from kg.graph.documents import document_graph
from kg.graph.rdf import relation_id, statement_iri
from kg.graph.sparql import fill
from kg.graph.terms import PREFIXES, term_of, text_of
from kg.resources import resource_path

Parameter = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class StockParameter:
    """A parameter of a stock question; ``kind`` says how its text is understood."""

    name: str
    kind: str
    required: bool
    help: str


@dataclass(frozen=True, slots=True)
class StockQuery:
    """A question that comes with kg: its name, what it answers, what it takes, its SPARQL."""

    name: str
    title: str
    kind: str
    parameters: tuple[StockParameter, ...]
    text: str


_HEADER = re.compile(r"# (title|kind|param): (.*)")
_PARAM = re.compile(r"(\w+) \((\w+)(, required)?\) (.+)")
PARAMETER_KINDS = (
    *("actor", "relation", "document", "statement", "country", "since", "until", "integer", "text"),
)
"""How the text of a stock parameter may be understood (``since``/``until``: dates or years)."""


def stock_queries(folder: Path | None = None) -> dict[str, StockQuery]:
    """The queries of ``ontology/queries`` by name: questions (SELECT) and views (CONSTRUCT)."""
    folder = folder or resource_path("ontology/queries")
    return {path.stem: _stock_query(path) for path in sorted(folder.glob("*.rq"))}


def _stock_query(path: Path) -> StockQuery:
    text = path.read_text(encoding="utf-8")
    headers: dict[str, list[str]] = {"title": [], "kind": [], "param": []}
    for line in text.splitlines():
        if found := _HEADER.fullmatch(line):
            headers[found.group(1)].append(found.group(2).strip())
    parameters = []
    for param in headers["param"]:
        found = _PARAM.fullmatch(param)
        if found is None or found.group(2) not in PARAMETER_KINDS:
            raise QueryError(
                f"{path.name}: '# param: {param}' is not 'name (kind[, required]) help'"
            )
        name, kind, required, explanation = found.groups()
        parameters.append(StockParameter(name, kind, required is not None, explanation))
    title = headers["title"][0] if headers["title"] else path.stem
    kind = headers["kind"][0] if headers["kind"] else "question"
    return StockQuery(path.stem, title, kind, tuple(parameters), text)


def find_stock(name: str) -> StockQuery:
    """The stock question of a name; raises ``QueryError`` with a proposal for another name."""
    known = stock_queries()
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean @{near[0]}?" if near else f"known: {', '.join(known)}"
        raise QueryError(f"there is no stock question @{name} ({hint})")
    return known[name]


# --- Parameters ------------------------------------------------------------------------------


def bound_query(text: str, parameters: Mapping[str, Parameter], store: Any) -> str:
    """A query, or the stock question that ``@name`` stands for, with its parameters filled in.

    Values become typed terms before they come near the query. The names of actors are looked
    up in ``store`` (an open ``pyoxigraph.Store``). Raises ``QueryError``.
    """
    if not text.startswith("@"):
        return fill(text, {name: _term(value) for name, value in parameters.items()})
    stock = find_stock(text[1:].strip())
    return fill(stock.text, _bind_stock(stock, dict(parameters), store))


def _term(value: Parameter) -> str:
    if isinstance(value, bool):
        return terms.typed(str(value).lower(), "boolean")
    if isinstance(value, int):
        return terms.integer(value)
    if isinstance(value, float):
        return terms.decimal(value)
    if isinstance(value, date):
        return terms.day(value)
    iri = _iri_of(value)
    return iri if iri is not None else terms.literal(value)


_CURIE = re.compile(r"([a-z]+):([\w%.-]+)\Z", re.ASCII)


def _iri_of(text: str) -> str | None:
    """The IRI that a text names in full or by a prefix of kg, or None for other text."""
    if re.match(r"(https?|urn):\S+\Z", text):
        return terms.iri(text)
    found = _CURIE.match(text)
    if found and found.group(1) in PREFIXES:
        return terms.iri(PREFIXES[found.group(1)] + found.group(2))
    return None


def _bind_stock(stock: StockQuery, given: dict[str, Parameter], store: Any) -> dict[str, str]:
    known = {parameter.name: parameter for parameter in stock.parameters}
    for name in given:
        if name not in known:
            takes = ", ".join(known) or "no parameters"
            raise QueryError(f"@{stock.name} has no parameter '{name}' (it takes: {takes})")
    for parameter in stock.parameters:
        if parameter.required and parameter.name not in given:
            raise QueryError(f"@{stock.name} needs --{parameter.name}: {parameter.help}")
    return {name: _understood(known[name], value, store) for name, value in given.items()}


def _understood(parameter: StockParameter, value: Parameter, store: Any) -> str:
    if not isinstance(value, str):
        return _term(value)
    kind, problem = parameter.kind, f"--{parameter.name} '{value}'"
    if kind == "actor":
        return _actor(value, store)
    if kind == "relation":
        return _relation(value, store)
    if kind == "document":
        return _iri_of(value) or document_graph(value)
    if kind == "statement":
        return _statement(value, store)
    if kind in ("since", "until"):
        if re.fullmatch(r"\d{4}", value):
            value += "-01-01" if kind == "since" else "-12-31"
        try:
            return terms.day(date.fromisoformat(value))
        except ValueError as error:
            raise QueryError(f"{problem} is no date (write 2024 or 2024-05-17)") from error
    if kind == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise QueryError(f"{problem} is no whole number")
        return terms.integer(int(value))
    return terms.literal(value.upper() if kind == "country" else value)


def _relation(text: str, store: Any) -> str:
    """The relation of the store that an id with or without ``kg:``, an IRI or a label names."""
    names: dict[str, str] = {}
    for relation, label in _rows(_RELATIONS, store):
        names[relation_id(relation).removeprefix("kg:").casefold()] = relation
        names[text_of(label).casefold()] = relation
    wanted = text.removeprefix("kg:").casefold()
    iri = names.get(wanted) or _iri_of(text)
    if iri is not None and iri in names.values():
        return iri
    near = list(dict.fromkeys(relation_id(names[name]) for name in _nearest(wanted, names)))
    hint = f"did you mean {' or '.join(near)}?" if near else "see kg query @relations"
    raise QueryError(f"no statement of the store has the relation '{text}' ({hint})")


def _statement(text: str, store: Any) -> str:
    """The statement that an id, the beginning of one, or an IRI names."""
    iri = _iri_of(text) or statement_iri(text)
    if not re.fullmatch(r"(st:)?[0-9a-f]{6,40}", text):
        return iri
    found = [row[0] for row in _rows(_STATEMENTS, store) if row[0].startswith(iri[:-1])]
    if len(found) > 1 and iri not in found:
        raise QueryError(f"'{text}' begins the ids of {len(found)} statements (write more of it)")
    return iri if iri in found or not found else found[0]


def _actor(text: str, store: Any) -> str:
    """The actor that an id, an IRI, a label or a state's ISO code names, whatever the case.

    What the texts call it by ("Washington") is only proposed: it may stand for several.
    """
    if re.match(r"(wd|kg|local):", text):
        return terms.actor_iri(text)
    if (iri := _iri_of(text)) is not None:
        return iri
    labels: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for actor, label in _rows(_LABELS, store):
        shown[text_of(label).casefold()] = text_of(label)
        labels.setdefault(text_of(label).casefold(), set()).add(actor)
    found = sorted(labels.get(text.casefold(), ()))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(terms.actor_id(actor) for actor in found)
        raise QueryError(f"'{text}' names several actors (choose one: {names})")
    states = [row[0] for row in _rows(_STATES, store) if text_of(row[1]) == text.upper()]
    if len(states) == 1:
        return states[0]
    meant = [text_of(label) for label, words in _rows(_WORDS, store) if text_of(words) == text]
    near = meant or [shown[name] for name in _nearest(text.casefold(), shown)]
    hint = f"did you mean {' or '.join(near[:3])}?" if near else "see @actors"
    raise QueryError(f"no actor of the store is called '{text}' ({hint})")


def _nearest(text: str, labels: Iterable[str]) -> list[str]:
    """Up to three labels that are spelt alike, else that have the text as whole words in them."""
    near = difflib.get_close_matches(text, labels, 3)
    words = re.compile(rf"\b{re.escape(text)}\b")
    return near or sorted((label for label in labels if words.search(label)), key=len)[:3]


_LABELS = "SELECT DISTINCT ?a ?l { { ?s kg:subject ?a } UNION { ?s kg:object ?a } UNION " + (
    "{ ?s kg:source ?a } UNION { ?s kg:place ?a } ?a rdfs:label ?l }"
)
_STATES = "SELECT DISTINCT ?a ?c { ?a kg:country ?c ; a kg:State }"
_WORDS = """SELECT DISTINCT ?l ?t {
  { ?s kg:subject ?a ; kg:evidence ?e . ?e kg:subjectSpan/kg:text ?t }
  UNION { ?s kg:object ?a ; kg:evidence ?e . ?e kg:objectSpan/kg:text ?t }
  FILTER NOT EXISTS { ?e kg:endsSwapped true }
  ?a rdfs:label ?l
} ORDER BY ?l"""
_RELATIONS = "SELECT DISTINCT ?r ?l { ?s kg:relation ?r . ?r rdfs:label ?l }"
_STATEMENTS = "SELECT ?s { ?s a kg:Statement }"


def _rows(query: str, store: Any) -> Iterable[list[str]]:
    for row in store.query(query, prefixes=PREFIXES):
        yield [term_of(value) for value in row]
