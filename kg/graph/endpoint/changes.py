"""Writing into a store from outside: SPARQL Update and the graphs of the Graph Store Protocol.

The default graph of a store holds the union of its named graphs. Who changes a named graph
changes the union with it; a triple leaves the union with the last named graph that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import DataError, QueryError
from kg.graph.grammar import syntax_problem
from kg.graph.place import STATE_GRAPH, explaining, node, open_store, open_writable
from kg.graph.replacing import DIGEST
from kg.graph.sparql import (
    declared_prefixes,
    keywords,
    tokens,
    without_comments,
)
from kg.graph.terms import PREFIXES

FORMATS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "text/plain": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
}
"""Media types in which a graph may be sent, with pyoxigraph's names for them."""


TRIPLES_LIMIT = 2_000_000
"""Triples that one request may write; they pass through memory."""
_Terms = tuple[Any, Any, Any]


class TooMuch(Exception):
    """More triples than one request may write."""


def loads(text: str) -> bool:
    """Whether an update would fetch a document from elsewhere."""
    return any("LOAD" in word for word in keywords(text))


def update(path: Path, text: str) -> None:
    """Run a SPARQL update on a store and keep its default graph the union of the others.

    Raises ``QueryError`` for a malformed update and for one that would break the store, and
    ``StoreError`` when another program writes to it.
    """
    _refuse_harmful(text)
    text = without_comments(text)
    with _writable(path) as store:
        graphs = _touched(text, store)
        _spoil_digests(store, graphs)
        state = set(_triples(store, node(STATE_GRAPH)))
        before = {graph: set(_triples(store, graph)) for graph in graphs}
        known = set(store.named_graphs())
        try:
            store.update(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(
                f"the update is malformed {syntax_problem(text, error, update=True)}"
            ) from error
        graphs |= set(store.named_graphs()) - known
        for graph in graphs:
            _follow(store, before.get(graph, set()), set(_triples(store, graph)))
        _keep_state(store, state)
        store.flush()


def write_graph(path: Path, method: str, graph: str, file: str | None, media: str) -> bool:
    """Do what a request of the Graph Store Protocol asks of a graph; whether it was there before.

    ``file`` holds what was sent, in a media type of ``FORMATS``. PUT and DELETE replace a graph
    in one transaction. Raises ``DataError`` when the content is malformed, ``TooMuch`` when it
    has more than ``TRIPLES_LIMIT`` triples (send the rest with another request).
    """
    import pyoxigraph

    if not graph and method != "POST":
        raise QueryError("the default graph is the union of the others; name a graph to change")
    if f"<{graph}>" == STATE_GRAPH:
        raise QueryError(f"{STATE_GRAPH} is how kg knows its store; it cannot be written to")
    sent = _parsed(file, media, graph) if file is not None else []
    home = pyoxigraph.NamedNode(graph) if graph else pyoxigraph.DefaultGraph()
    with _writable(path) as store:
        existed = not graph or store.contains_named_graph(home)
        _spoil_digests(store, {home} if graph else set())
        before = set(_triples(store, home)) if method != "POST" else set()
        if not before:
            default = pyoxigraph.DefaultGraph()
            places = (home, default) if graph else (default,)
            store.extend(pyoxigraph.Quad(*triple, place) for triple in sent for place in places)
            if method == "DELETE":
                store.remove_graph(home)
            elif graph:
                store.add_graph(home)
        else:
            data = "".join(f"{s} {p} {o} .\n" for s, p, o in sent)
            steps = [f"DROP SILENT GRAPH {home}"]
            if method == "PUT":
                steps += [f"CREATE SILENT GRAPH {home}"]
                steps += [f"INSERT DATA {{\n{data}GRAPH {home} {{\n{data}}} }}"]
            store.update(" ;\n".join(steps))
            _follow(store, before, set(_triples(store, home)))
        store.flush()
    return existed


def _parsed(file: str, media: str, graph: str) -> list[_Terms]:
    import pyoxigraph

    found: dict[_Terms, None] = {}
    try:
        for quad in pyoxigraph.parse(
            path=file,
            format=getattr(pyoxigraph.RdfFormat, FORMATS[media]),
            base_iri=graph or None,
            without_named_graphs=True,
            rename_blank_nodes=True,
        ):
            found[quad.subject, quad.predicate, quad.object] = None
            if len(found) > TRIPLES_LIMIT:
                raise TooMuch(f"more than {TRIPLES_LIMIT} triples in one request")
    except (SyntaxError, ValueError) as error:
        problem = " ".join(str(getattr(error, "msg", None) or error).split())
        raise DataError("upload", None, f"malformed {media}: {problem}") from error
    return list(found)


_WHOLE = re.compile(r"DEFAULT|(CLEAR|DROP|SILENT|\b)(ALL|NAMED)\Z")


def _refuse_harmful(text: str) -> None:
    before = ""
    for word in keywords(text):
        if _WHOLE.search(word) and not (before == "USING" and word == "NAMED"):
            raise QueryError(
                f"{word} is more than an update may change: the default graph is the union of "
                "the others, and one graph tells what the store is (name the graphs to change)"
            )
        before = word
    if STATE_GRAPH in _named(list(tokens(text))):
        raise QueryError(f"{STATE_GRAPH} is how kg knows its store; it cannot be written to")


def _named(words: list[Any]) -> set[str]:
    """The IRIs that an update names, in full or with a prefix."""
    prefixes = declared_prefixes(words)
    found = {word.text for word in words if word.kind == "iri"}
    for word in words:
        if word.kind == "name":
            prefix, _, local = word.text.partition(":")
            if prefix in prefixes:
                found.add(f"<{prefixes[prefix]}{local.rstrip('.')}>")
    return found


def _touched(text: str, store: Any) -> set[Any]:
    """The named graphs that an update may change: those it names, or all when it may name any."""
    words = list(tokens(text))
    # GRAPH before anything but a name, or a relative name, may be any graph.
    anything = any("BASE" in word for word in keywords(text)) or any(
        word.kind == "word"
        and word.text.upper().endswith("GRAPH")
        and following.kind not in ("iri", "name")
        for word, following in pairwise(words)
    )
    named = _named(words)
    return {
        graph
        for graph in store.named_graphs()
        if str(graph) != STATE_GRAPH and (anything or str(graph) in named)
    }


def _spoil_digests(store: Any, graphs: set[Any]) -> None:
    """Let the next build see that graphs are no longer as a build left them."""
    import pyoxigraph

    digest, state = node(DIGEST), node(STATE_GRAPH)
    for graph in graphs:
        for quad in list(store.quads_for_pattern(graph, digest, None, state)):
            store.add(pyoxigraph.Quad(graph, digest, pyoxigraph.Literal("changed"), state))
            if quad.object.value != "changed":
                store.remove(quad)


def _keep_state(store: Any, state: set[_Terms]) -> None:
    """Put back what the store knows about itself, whatever ``GRAPH ?any`` did to it."""
    import pyoxigraph

    graph = node(STATE_GRAPH)
    now = set(_triples(store, graph))
    store.extend(pyoxigraph.Quad(*triple, graph) for triple in state - now)
    for triple in now - state:
        store.remove(pyoxigraph.Quad(*triple, graph))


def _follow(store: Any, before: set[_Terms], after: set[_Terms]) -> None:
    """Bring the default graph in line with a graph that changed."""
    import pyoxigraph

    default = pyoxigraph.DefaultGraph()
    store.extend(pyoxigraph.Quad(*triple, default) for triple in after - before)
    for triple in before - after:
        elsewhere = store.quads_for_pattern(*triple, None)
        if all(quad.graph_name == default for quad in elsewhere):
            store.remove(pyoxigraph.Quad(*triple, default))


def _triples(store: Any, graph: Any) -> Iterator[_Terms]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        yield quad.subject, quad.predicate, quad.object


@contextmanager
def _writable(path: Path) -> Iterator[Any]:
    open_store(path)  # puts right what a killed build left
    with explaining(path):
        yield open_writable(path)
