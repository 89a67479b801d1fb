"""The process that answers: evaluates one task after the other and can be ended at any moment.

pyoxigraph cannot be interrupted, and a hostile query may need any amount of time and memory. So
each runs in a process with limits of its own, which the endpoint ends when the time is over or
the one who asked has left. A transaction that is cut off leaves the store as it was.
"""

from __future__ import annotations

import json
import signal
import sys
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import DataError, QueryError, StoreError
from kg.graph.endpoint import changes
from kg.graph.endpoint.frames import Sender
from kg.graph.endpoint.negotiation import ANSWERS, DATASETS, RESULTS, TRIPLES, choose
from kg.graph.grammar import syntax_problem
from kg.graph.query import known_terms
from kg.graph.sparql import (
    calls_out,
    changes_data,
    check_names,
    without_comments,
)
from kg.graph.stock import bound_query
from kg.graph.store import open_store
from kg.graph.terms import PREFIXES, term_of
from kg.graph.turtle import turtle

MEMORY = 4 << 30
"""Bytes that one question may take."""
_READABLE = 20_000  # triples of an answer that is written as people like to read it


class Refused(Exception):
    """A task that cannot be done, with the status that HTTP has for it."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def work() -> None:
    """Do the tasks that come as lines on stdin until it is closed; answers go to stdout."""
    # Ctrl-C in the terminal is for the endpoint, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    Sender(sys.stdout.buffer).ready()
    for line in sys.stdin.buffer:
        task: dict[str, Any] = json.loads(line)
        sender = Sender(sys.stdout.buffer)
        _limit_time(task.get("seconds"))
        try:
            _TASKS[task["do"]](task, sender)
            sender.end()
        except Refused as refused:
            sender.error(refused.status, str(refused))
        except changes.TooMuch as error:
            sender.error(413, str(error))
        except QueryError as error:
            sender.error(400, str(error))
        except DataError as error:
            sender.error(400, error.problem)
        except StoreError as error:
            # The store lies on this machine; where exactly is nobody's business.
            message = str(error).replace(task["store"], "the store")
            sender.error(503 if "locked" in message else 500, message)
        except (OSError, RuntimeError, ValueError) as error:
            sender.error(500, f"the query failed: {' '.join(str(error).split())}")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _limit_time(seconds: float | None) -> None:
    """End this process by itself, should nobody be left who could end it."""
    if seconds is None:
        return
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime + 2 * seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


# --- Reading ---------------------------------------------------------------------------------


def _query(task: dict[str, Any], sender: Sender) -> None:
    import pyoxigraph

    store = open_store(task["store"])
    text = bound_query(task["text"], task.get("parameters") or {}, store)
    if (verb := changes_data(text)) is not None:
        raise Refused(400, f"{verb} is an update; send it as one (parameter 'update')")
    if calls_out(text) and not task["services"]:
        raise Refused(403, "SERVICE calls to other hosts are switched off here")
    check_names(text, known_terms(store) if task.get("strict") else None)
    text = without_comments(text)
    default, named = (_nodes(task.get(key)) for key in ("default", "named"))
    try:
        results = store.query(text, prefixes=PREFIXES, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise QueryError(f"the query is malformed {syntax_problem(text, error)}") from error
    if isinstance(results, pyoxigraph.QueryTriples):
        media = _media(task, list(TRIPLES))
        sender.head(type=media)
        if media == "text/turtle":
            first = list(islice(results, _READABLE))
            if len(first) < _READABLE:
                found = {
                    (term_of(t.subject), term_of(t.predicate), term_of(t.object)) for t in first
                }
                for line in turtle(found):
                    sender.write(line.encode())
                return
            results = chain(first, results)
        # Triples may repeat here, as SPARQL allows: nothing is kept.
        form = getattr(pyoxigraph.RdfFormat, TRIPLES[media])
        pyoxigraph.serialize(results, _file(sender), form)
        return
    table = not isinstance(results, pyoxigraph.QueryBoolean)
    media = _media(task, list(RESULTS) if table else list(ANSWERS))
    sender.head(type=media)
    results.serialize(_file(sender), format=getattr(pyoxigraph.QueryResultsFormat, RESULTS[media]))


def _graph(task: dict[str, Any], sender: Sender) -> None:
    """A graph of the Graph Store Protocol: ``graph`` is an IRI, "" the default graph, None all."""
    import pyoxigraph

    store = open_store(task["store"])
    graph: str | None = task["graph"]
    media = _media(task, list(DATASETS if graph is None else TRIPLES))
    format_ = getattr(pyoxigraph.RdfFormat, (DATASETS if graph is None else TRIPLES)[media])
    node = None
    if graph is not None:
        node = pyoxigraph.NamedNode(graph) if graph else pyoxigraph.DefaultGraph()
        if graph and not store.contains_named_graph(node):
            raise Refused(404, f"there is no graph <{graph}>")
    sender.head(type=media)
    if not task.get("head"):
        store.dump(sender, format_, from_graph=node, prefixes=_prefixes(media))


def _prefixes(media: str) -> dict[str, str] | None:
    return PREFIXES if media in ("text/turtle", "application/trig", "application/rdf+xml") else None


def _nodes(iris: list[str] | None) -> Any:
    import pyoxigraph

    return [pyoxigraph.NamedNode(iri) for iri in iris] if iris else None


def _file(sender: Sender) -> IO[bytes]:
    """What pyoxigraph needs of a file is ``write``."""
    return cast("IO[bytes]", sender)


def _media(task: dict[str, Any], offered: list[str]) -> str:
    media = choose(task.get("accept", ""), offered)
    if media is None:
        raise Refused(406, f"this answer is available as {', '.join(offered)}")
    return media


# --- Writing ---------------------------------------------------------------------------------


def _update(task: dict[str, Any], sender: Sender) -> None:
    if not task["services"] and (calls_out(task["text"]) or changes.loads(task["text"])):
        raise Refused(403, "SERVICE and LOAD fetch from other hosts; they are switched off here")
    changes.update(Path(task["store"]), task["text"])
    sender.head(status=204)


def _write(task: dict[str, Any], sender: Sender) -> None:
    existed = changes.write_graph(
        Path(task["store"]), task["method"], task["graph"], task.get("file"), task.get("type", "")
    )
    if not existed and task["method"] == "DELETE":
        raise Refused(404, f"there is no graph <{task['graph']}>")
    sender.head(status=204 if existed else 201)


_TASKS = {"query": _query, "graph": _graph, "update": _update, "write": _write}
