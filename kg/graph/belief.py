"""Which claims become plain edges: a CONSTRUCT query decides, and anybody can bring their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import DataError, QueryError
from kg.graph.grammar import syntax_problem
from kg.graph.terms import PREFIXES, Triple, term_of
from kg.resources import resource_path

NAMES = ("asserted", "claimed", "disputed")
"""The belief queries that come with kg."""


def belief_query(name: str = "asserted") -> str:
    """The text of a belief query that comes with kg: asserted, claimed or disputed."""
    return resource_path(f"ontology/queries/{name}.rq").read_text(encoding="utf-8")


def belief_text(name: str) -> str:
    """The text of a belief query by its name, or of a file that ends in ``.rq``.

    Raises ``DataError`` when there is no such query or file.
    """
    path = Path(name)
    if path.suffix != ".rq":
        if name not in NAMES:
            raise DataError(name, None, "is no belief", f"{', '.join(NAMES)}, or a file .rq")
        return belief_query(name)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(path, None, f"cannot be read: {problem}") from problem


def derive(graphs: Mapping[str, Iterable[Triple]], query: str | None = None) -> list[Triple]:
    """The triples that a CONSTRUCT query (``asserted.rq`` by default) makes of all graphs together.

    Raises ``QueryError`` when the query is malformed or is no CONSTRUCT query.
    """
    import pyoxigraph

    store = pyoxigraph.Store()
    lines = (f"{s} {p} {o} .\n" for triples in graphs.values() for s, p, o in triples)
    store.bulk_load("".join(lines).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    return construct(store, query)


def construct(store: Any, query: str | None = None) -> list[Triple]:
    """Like ``derive`` over the default graph of a ``pyoxigraph.Store``."""
    import pyoxigraph

    query = query or belief_query()
    try:
        results = store.query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        problem = syntax_problem(query, error)
        raise QueryError(f"the belief query is malformed {problem}") from error
    if not isinstance(results, pyoxigraph.QueryTriples):
        raise QueryError(
            "a belief query must be a CONSTRUCT query (see ontology/queries/asserted.rq)"
        )
    return sorted({(term_of(t.subject), term_of(t.predicate), term_of(t.object)) for t in results})
