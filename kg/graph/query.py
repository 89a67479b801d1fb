"""SPARQL over the embedded store: own queries and stock questions, with parameters and time-out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.graph.grammar import syntax_problem
from kg.graph.ontology import load_ontology
from kg.graph.rdf import TYPE, VOCABULARY_GRAPH
from kg.graph.result import Result, value_of
from kg.graph.sparql import (
    calls_out,
    changes_data,
    check_names,
    without_comments,
)
from kg.graph.stock import Parameter, bound_query
from kg.graph.store import ONTOLOGY_GRAPH, open_store
from kg.graph.terms import KG, PREFIXES, term_of, text_of


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
    text = bound_query(text, parameters or {}, opened)
    if (verb := changes_data(text)) is not None:
        raise QueryError(f"{verb} would change the store; kg query only reads (use `kg build`)")
    if calls_out(text) and not services:
        raise QueryError("SERVICE would send data to another host; kg does not do that by default")
    check_names(text, known_terms(opened))
    text = without_comments(text)
    if timeout is not None and isinstance(store, str | Path):
        del opened
        return _result(_evaluate_apart(text, Path(store), timeout))
    return _result(evaluate(text, opened))


def known_terms(store: Any) -> frozenset[str]:
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
    if done.returncode < 0:
        raise QueryError("the query needed more memory than there is, or is nested too deeply")
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise QueryError(f"the query failed: {last[0]}")
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
