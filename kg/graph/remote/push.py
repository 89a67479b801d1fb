"""Loading graphs into a remote store: graph by graph, in batches, going on where it stopped.

Each graph takes the place of the one of its name. What has arrived is noted in a file, so that
the same command goes on after a failure, and later sends only what has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import DataError, EndpointError
from kg.graph.output import write_whole
from kg.graph.remote.session import Session, TooLarge
from kg.graph.replacing import graph_digest
from kg.graph.terms import KG, Triple

_TURTLE, _UPDATE = "text/turtle; charset=utf-8", "application/sparql-update; charset=utf-8"
# Virtuoso guesses the format from the first bytes, whatever the header says, and takes N-Triples
# with a very long literal for plain text. A prefix makes it Turtle beyond doubt.
_OPENING = f"@prefix kg: <{KG}> .\n"
_BYTES = 4 << 20  # of one request at most, whatever number of triples that is


class Via(StrEnum):
    """How a store takes graphs: by the Graph Store Protocol or as SPARQL updates."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


BATCH = {Via.GRAPH_STORE: 20_000, Via.UPDATE: 1_000}
"""Triples of a request. An update is parsed as a query, which some stores limit narrowly."""


@dataclass(slots=True)
class PushReport:
    """What a push did: graphs sent, graphs that were there already, triples and requests."""

    sent: int = 0
    unchanged: int = 0
    removed: int = 0
    triples: int = 0
    requests: int = 0
    left_over: list[str] = field(default_factory=list)


@dataclass
class PushState:
    """What a store at an address has received: digests of graphs, and graphs half sent."""

    url: str
    done: dict[str, str] = field(default_factory=dict)
    partial: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, url: str) -> PushState:
        """The state noted for an address, or an empty one; ``DataError`` for another file."""
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            state = cls(
                str(record["url"]),
                {str(graph): str(digest) for graph, digest in record["done"].items()},
                {str(g): (str(p[0]), int(p[1])) for g, p in record["partial"].items()},
            )
        except FileNotFoundError:
            return cls(url)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise DataError(
                path, None, f"not the state of a push: {error!r}", "delete it, or --restart"
            ) from error
        if state.url != url:
            raise DataError(path, None, f"is about {state.url}", "use another --state file")
        return state

    def write(self, path: Path) -> None:
        """Note the state, whole or not at all."""
        record = {"url": self.url, "done": self.done, "partial": self.partial}
        write_whole(path, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")


def push(
    graphs: Mapping[str, Sequence[Triple]],
    session: Session,
    state: PushState,
    *,
    via: Via = Via.GRAPH_STORE,
    batch: int | None = None,
    prune: bool = False,
    note: Callable[[PushState], None] = lambda state: None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> PushReport:
    """Send graphs (sorted triples by the IRI of their graph, ``""`` the default graph).

    ``note`` is called whenever ``state`` has changed, ``progress`` with triples sent and in all.
    With ``prune`` graphs that an earlier push sent and that are no longer there are removed.
    Raises ``EndpointError``; what has arrived is then noted in ``state``.
    """
    report = PushReport()
    sender = _Sender(session, via, batch or BATCH[via], report)
    total = sum(len(triples) for triples in graphs.values())
    seen = 0
    for graph in sorted(graphs):
        triples = graphs[graph]
        digest = graph_digest(triples)
        if state.done.get(graph) == digest:
            report.unchanged += 1
            seen += len(triples)
            continue
        begun, start = state.partial.get(graph, ("", 0))
        start = start if begun == digest else 0
        if graph in state.done:  # from now on it is no longer what it was
            del state.done[graph]
        for sent in sender.send(graph, triples, start):
            state.partial[graph] = (digest, sent)
            note(state)
            progress(seen + sent, total)
        seen += len(triples)
        state.partial.pop(graph, None)
        state.done[graph] = digest
        note(state)
        report.sent += 1
    report.left_over = sorted(set(state.done) - set(graphs))
    if prune:
        for graph in report.left_over:
            sender.remove(graph)
            del state.done[graph]
            note(state)
        report.removed, report.left_over = len(report.left_over), []
    return report


class _Sender:
    def __init__(self, session: Session, via: Via, batch: int, report: PushReport) -> None:
        self._session, self._via, self._batch, self._report = session, via, batch, report

    def send(self, graph: str, triples: Sequence[Triple], start: int) -> Iterator[int]:
        """Send the triples from ``start`` on; yields how many have arrived after each request."""
        # A blank node is the same only within a request, so a graph with some goes in one.
        whole = any(s.startswith("_:") or o.startswith("_:") for s, _, o in triples)
        if whole:
            start = 0
        while start < len(triples) or start == 0:
            size = len(triples) if whole else _fitting(triples, start, self._batch)
            part = triples[start : start + size]
            try:
                self._one(graph, part, first=start == 0)
            except TooLarge:
                if whole or size <= 1:
                    raise EndpointError(
                        f"{self._session.url}: even {size} triples are too large for it (status "
                        "413)"
                    ) from None
                self._batch = max(size // 2, 1)
                continue
            start += size
            self._report.triples += size
            yield start
            if not triples:
                return

    def remove(self, graph: str) -> None:
        """Remove a graph."""
        if self._via is Via.UPDATE:
            self._request("POST", {}, f"DROP SILENT {_graph(graph)}".encode(), _UPDATE)
        else:
            self._request("DELETE", _address(graph), b"", "")

    def _one(self, graph: str, triples: Sequence[Triple], *, first: bool) -> None:
        data = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
        # The default graph is added to, not replaced: it may hold what others put there.
        replace = first and graph != ""
        if self._via is Via.GRAPH_STORE:
            method = "PUT" if replace else "POST"
            self._request(method, _address(graph), (_OPENING + data).encode(), _TURTLE)
            return
        inside = f"GRAPH {graph} {{\n{data}}}" if graph else data
        clear = f"CLEAR SILENT GRAPH {graph} ;\n" if replace else ""
        self._request("POST", {}, f"{clear}INSERT DATA {{\n{inside} }}\n".encode(), _UPDATE)

    def _request(self, method: str, address: Mapping[str, str], data: bytes, media: str) -> None:
        self._report.requests += 1
        self._session.send(method, address, data, media)


def _address(graph: str) -> dict[str, str]:
    return {"graph": graph[1:-1]} if graph else {"default": ""}


def _graph(graph: str) -> str:
    return f"GRAPH {graph}" if graph else "DEFAULT"


def _fitting(triples: Sequence[Triple], start: int, batch: int) -> int:
    """How many triples from ``start`` on fit into a request: at least one."""
    count = size = 0
    for triple in triples[start : start + batch]:
        size += sum(map(len, triple)) + 5
        if count and size > _BYTES:
            break
        count += 1
    return max(count, 1)


def joined(graphs: Mapping[str, Sequence[Triple]], graph: str) -> dict[str, Any]:
    """All triples in one graph, each once."""
    return {graph: sorted({triple for triples in graphs.values() for triple in triples})}
