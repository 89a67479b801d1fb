"""SPARQL over the embedded store: own queries and stock questions, with parameters and time-out."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.graph import terms
from kg.graph.ontology import load_ontology
from kg.graph.rdf import TYPE, VOCABULARY_GRAPH, document_graph, relation_iri, statement_iri
from kg.graph.result import Result, value_of
from kg.graph.sparql import calls_out, changes_data, check_names, fill, syntax_problem
from kg.graph.store import ONTOLOGY_GRAPH, open_store
from kg.graph.terms import KG, PREFIXES, term_of, text_of
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


def query(
    text: str,
    *,
    store: Path | str | Any,
    timeout: float | None = None,
    parameters: Mapping[str, Parameter] | None = None,
    services: bool = False,
) -> Result:
    """Answer a SPARQL query, or a stock question named ``@name``, from a store.

    ``store`` is the folder of a store or an open ``pyoxigraph.Store``. ``parameters`` fill the
    ``VALUES ?name { UNDEF }`` slots of the query with typed terms; those of a stock question
    may be text ("North Korea", "2024"). With a ``timeout`` in seconds a query on a folder runs
    in a process of its own, which is ended when the time is over. The prefixes of kg need
    no declaration. Raises ``QueryError``, and ``StoreError`` when the store cannot be opened.
    """
    opened = open_store(store) if isinstance(store, str | Path) else store
    if text.startswith("@"):
        stock = _find_stock(text[1:].strip())
        bound = _bind_stock(stock, dict(parameters or {}), opened)
        text = stock.text
    else:
        bound = {name: _term(value) for name, value in (parameters or {}).items()}
    text = fill(text, bound)
    if (verb := changes_data(text)) is not None:
        raise QueryError(f"{verb} would change the store; kg query only reads (use `kg build`)")
    if calls_out(text) and not services:
        raise QueryError("SERVICE would send data to another host; kg does not do that by default")
    check_names(text, _known_terms(opened))
    if timeout is not None and isinstance(store, str | Path):
        del opened
        return _result(_evaluate_apart(text, Path(store), timeout))
    return _result(evaluate(text, opened))


def _find_stock(name: str) -> StockQuery:
    known = stock_queries()
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean @{near[0]}?" if near else f"known: {', '.join(known)}"
        raise QueryError(f"there is no stock question @{name} ({hint})")
    return known[name]


def _known_terms(store: Any) -> frozenset[str]:
    """The local names of the ``kg:`` terms that a store's ontology and vocabulary define."""
    import pyoxigraph

    names = {
        quad.subject.value.removeprefix(KG)
        for graph in (ONTOLOGY_GRAPH, VOCABULARY_GRAPH)
        for quad in store.quads_for_pattern(
            None,
            pyoxigraph.NamedNode(text_of(TYPE)),
            None,
            pyoxigraph.NamedNode(text_of(graph)),
        )
    }
    return frozenset(names) or load_ontology().names


# --- Parameters ------------------------------------------------------------------------------


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
        return _iri_of(value) or relation_iri("kg:" + value)
    if kind == "document":
        return _iri_of(value) or document_graph(value)
    if kind == "statement":
        return _iri_of(value) or statement_iri(value)
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


def _actor(text: str, store: Any) -> str:
    """The actor that an id, an IRI or a label names; labels are compared without case."""
    if re.match(r"(wd|kg|local):", text):
        return terms.actor_iri(text)
    if (iri := _iri_of(text)) is not None:
        return iri
    rows = evaluate(_LABELS, store)["rows"]
    labels: dict[str, set[str]] = {}
    for actor, label in rows:
        labels.setdefault(text_of(label).casefold(), set()).add(actor)
    found = sorted(labels.get(text.casefold(), ()))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(terms.actor_id(actor) for actor in found)
        raise QueryError(f"'{text}' names several actors (choose one: {names})")
    near = difflib.get_close_matches(text.casefold(), labels, 3)
    shown = {text_of(label).casefold(): text_of(label) for _, label in rows}
    hint = f"did you mean {' or '.join(shown[n] for n in near)}?" if near else "see @actors"
    raise QueryError(f"no actor of the store is called '{text}' ({hint})")


_LABELS = "SELECT DISTINCT ?a ?l { { ?s kg:subject ?a } UNION { ?s kg:object ?a } UNION " + (
    "{ ?s kg:source ?a } UNION { ?s kg:place ?a } ?a rdfs:label ?l }"
)


# --- Evaluation ------------------------------------------------------------------------------


def evaluate(text: str, store: Any) -> dict[str, Any]:
    """The answer as plain data: what the process of a query with a time-out sends back."""
    import pyoxigraph

    try:
        results = store.query(text, prefixes=PREFIXES)
        if isinstance(results, pyoxigraph.QueryBoolean):
            return {"answer": bool(results)}
        if isinstance(results, pyoxigraph.QueryTriples):
            found = {(term_of(t.subject), term_of(t.predicate), term_of(t.object)) for t in results}
            return {"triples": sorted(found)}
        variables = [variable.value for variable in results.variables]
        rows = [[None if v is None else term_of(v) for v in row] for row in results]
    except SyntaxError as error:
        raise QueryError(f"the query is malformed {syntax_problem(text, error)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
    return {"variables": variables, "rows": rows}


def _result(answer: Mapping[str, Any]) -> Result:
    if "answer" in answer:
        return Result(answer=answer["answer"])
    if "triples" in answer:
        return Result(triples=tuple((s, p, o) for s, p, o in answer["triples"]))
    return Result(
        variables=tuple(answer["variables"]),
        rows=tuple(tuple(value_of(term) for term in row) for row in answer["rows"]),
    )


def _evaluate_apart(text: str, store: Path, timeout: float) -> dict[str, Any]:
    task = json.dumps({"query": text, "store": str(store)})
    # -c, not -m: the child finds kg where this process found it, whatever its folder is.
    code = f"import sys; sys.path[:0] = {sys.path!r}; from kg.graph.query import work; work()"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], input=task, capture_output=True, timeout=timeout,
            encoding="utf-8", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise QueryError(
            f"the query took longer than {timeout:g} seconds (make it narrower or raise the limit)"
        ) from error
    if done.returncode != 0:
        raise QueryError(f"the query failed: {done.stderr.strip().splitlines()[-1:] or 'killed'}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise QueryError(answer["error"])
    return answer


def work() -> None:
    """Read a task on stdin and write its answer on stdout: the other end of a time-out."""
    task = json.loads(sys.stdin.read())
    try:
        answer = evaluate(task["query"], open_store(task["store"]))
    except QueryError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))
