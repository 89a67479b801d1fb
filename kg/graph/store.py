"""The embedded Oxigraph store: one graph per document, loaded idempotently, never half written.

The default graph holds the union of the named graphs, each triple once: what two documents say
is one answer of a query, whoever opens the store and however.

A new store is built beside its place and renamed. An existing one changes in transactions of
whole documents, so a killed run leaves every document either as it was or as it should be,
and the next run does the rest.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.belief import construct
from kg.graph.files import n_quads, read_graphs, union
from kg.graph.ontology import FILES as ONTOLOGY_FILES
from kg.graph.rdf import ASSERTED_GRAPH, TYPE, VOCABULARY_GRAPH, Graphs, document_graph
from kg.graph.terms import ID, KG, PREFIXES, Triple, integer, literal, name, term_of, text_of
from kg.resources import resource_path

FORMAT_VERSION = 1
"""Counts the layouts of the store; a store of a higher version is refused."""

ONTOLOGY_GRAPH = f"<{KG.rstrip('#')}>"
"""The graph of kg.ttl, relations.ttl and codes.ttl, so that queries know labels and classes."""
STATE_GRAPH = name(PREFIXES["graph"], "store")
"""The graph of what the store knows about itself: its format and the digests of its graphs."""

_STORE = name(ID, "store")
_FORMAT = name(KG, "formatVersion")
_DIGEST = name(KG, "graphDigest")
_OWN_GRAPHS = (ASSERTED_GRAPH, VOCABULARY_GRAPH, ONTOLOGY_GRAPH, STATE_GRAPH)
_ATTEMPTS = 4
_Change = tuple[str, list[Triple], str]  # a graph, its triples and their digest
_BATCH = 50_000  # triples in one transaction: large enough for speed, small enough for memory


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: how many document graphs are new, replaced and already there; edges now."""

    added: int
    replaced: int
    unchanged: int
    edges: int


def load_store(
    path: Path | str, graphs: Graphs, *, belief: str | None = None, fresh: bool = False
) -> LoadReport:
    """Load the graphs of ``build_graphs`` into the store at ``path``, creating it if need be.

    A document's graph takes the place of the graph it had; other documents stay, unless
    ``fresh`` begins anew. The plain edges are derived again from all that the store then
    holds. Raises ``StoreError`` when the folder is no store, is locked or cannot be written.
    """
    path = Path(path)
    try:
        _recover(path)
        if fresh or not is_store(path):
            _refuse_foreign(path)
            return _create(path, graphs, belief)
        store = _open_writable(path)
        return _update(store, graphs, belief)
    except (OSError, RuntimeError) as error:
        raise _explained(path, error) from error


def delete_document(path: Path | str, document_id: str, *, belief: str | None = None) -> bool:
    """Remove all that was read in a document from the store; False when it was not there."""
    path = Path(path)
    try:
        store = _open_writable(path)
        graph = document_graph(document_id)
        if not store.contains_named_graph(_node(graph)):
            return False
        store.update(_replacement(store, [(graph, [], "")]))
        _derive_edges(store, belief)
        return True
    except (OSError, RuntimeError) as error:
        raise _explained(path, error) from error


def is_store(path: Path | str) -> bool:
    """Whether a folder holds an Oxigraph store."""
    return (Path(path) / "CURRENT").is_file()


def open_store(path: Path | str) -> Any:
    """The store opened for reading (a ``pyoxigraph.Store``), beside a writer if there is one.

    Raises ``StoreError`` when there is none, it is damaged or of a newer format.
    """
    path = Path(path)
    try:
        _recover(path)
        if not is_store(path):
            raise StoreError(f"{path}: there is no store here (make one with `kg build`)")
        store = _read_only(path)
    except (OSError, RuntimeError) as error:
        raise _explained(path, error) from error
    _check_format(path, store)
    return store


def _read_only(path: Path) -> Any:
    import pyoxigraph

    for _ in range(_ATTEMPTS - 1):
        try:
            return pyoxigraph.Store.read_only(str(path))
        except (OSError, RuntimeError):
            # A writer may just have moved its files; what is really damaged stays so.
            time.sleep(0.05)
    return pyoxigraph.Store.read_only(str(path))


def documents_in(store: Any) -> list[str]:
    """The IRIs of the graphs of the documents in a store, sorted."""
    graphs = (term_of(graph) for graph in store.named_graphs())
    return sorted(graph for graph in graphs if graph not in _OWN_GRAPHS)


def graph_digest(triples: Iterable[Triple]) -> str:
    """A hash of a graph's sorted triples; equal digests mean equal graphs."""
    digest = hashlib.sha256()
    for triple in triples:
        digest.update(" ".join(triple).encode() + b"\n")
    return digest.hexdigest()


# --- Opening ---------------------------------------------------------------------------------


def _open_writable(path: Path) -> Any:
    import pyoxigraph

    if not is_store(path):
        raise StoreError(f"{path}: there is no store here (make one with `kg build`)")
    store = pyoxigraph.Store(str(path))
    if _check_format(path, store) is None:
        raise StoreError(f"{path}: this store was not made by kg (choose another folder)")
    return store


def _check_format(path: Path, store: Any) -> int | None:
    for quad in store.quads_for_pattern(_node(_STORE), _node(_FORMAT), None, _node(STATE_GRAPH)):
        version = int(quad.object.value)
        if version > FORMAT_VERSION:
            raise StoreError(
                f"{path}: this store has format {version}, this kg knows {FORMAT_VERSION} "
                "(update with `pip install -U geokg`, or build the store again)"
            )
        return version
    return None


def _refuse_foreign(path: Path) -> None:
    if path.is_dir() and not is_store(path) and any(path.iterdir()):
        raise StoreError(f"{path}: the folder holds something else than a store (choose another)")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: this is a file, a store is a folder (choose another name)")


def _explained(path: Path, error: OSError | RuntimeError) -> StoreError:
    problem = " ".join(str(error).split())
    # RocksDB tells its reasons in words, Python in numbers; a path in them may hold any word.
    number = getattr(error, "errno", None)
    reason = "" if number is not None else problem.replace(str(path), "")
    if "/LOCK: " in reason:
        return StoreError(
            f"{path}: the store is locked, another program writes to it (wait for it)"
        )
    if number == errno.ENOSPC or "No space left" in reason:
        return StoreError(f"{path}: the disk is full (free some space; the store is as it was)")
    if isinstance(error, PermissionError) or "Permission denied" in reason:
        return StoreError(f"{path}: no permission (choose another folder)")
    if re.search("orruption|/CURRENT|/MANIFEST", reason):
        return StoreError(f"{path}: the store is damaged: {problem} (delete it and build again)")
    return StoreError(f"{path}: the store cannot be used: {problem}")


# --- Creating: beside, then renamed -----------------------------------------------------------


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _recover(path: Path) -> None:
    """Put things right after a run that was killed while it replaced the store."""
    aside = _aside(path)
    if aside.exists():
        if path.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(path)


def _create(path: Path, graphs: Graphs, belief: str | None) -> LoadReport:
    import pyoxigraph

    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    if is_store(path):
        _open_writable(path)  # refuses a store that somebody else writes to
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        store = pyoxigraph.Store(str(beside))
        content = {graph: triples for graph, triples in graphs.items() if graph != ASSERTED_GRAPH}
        content[ONTOLOGY_GRAPH] = _ontology(graphs.get(VOCABULARY_GRAPH, ()))
        digests = [
            (graph, _DIGEST, literal(graph_digest(content[graph]))) for graph in sorted(content)
        ]
        everything = "".join(f"{s} {p} {o} .\n" for s, p, o in union(content))
        store.bulk_load(everything.encode(), pyoxigraph.RdfFormat.N_TRIPLES)
        content[STATE_GRAPH] = [(_STORE, _FORMAT, integer(FORMAT_VERSION)), *digests]
        store.bulk_load(b"".join(n_quads(content)), pyoxigraph.RdfFormat.N_QUADS)
        edges = _derive_edges(store, belief)
        store.flush()
        del store
        if is_store(path):
            path.rename(_aside(path))
        beside.rename(path)
        _recover(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return LoadReport(sum(1 for g in graphs if g not in _OWN_GRAPHS), 0, 0, edges)


def _remove_abandoned(path: Path) -> None:
    for beside in path.parent.glob(f".{path.name}.*.part"):
        owner = beside.name.split(".")[-2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(beside, ignore_errors=True)


def _ontology(vocabulary: Iterable[Triple]) -> list[Triple]:
    """The ontology without what the vocabulary of the statements says in its own way.

    A relation then has one label, even where a user's lexicon words it differently.
    """
    said = {(subject, predicate) for subject, predicate, _ in vocabulary if predicate != TYPE}
    return [triple for triple in _ontology_triples() if triple[:2] not in said]


@cache
def _ontology_triples() -> tuple[Triple, ...]:
    files = (resource_path(f"ontology/{file}") for file in ONTOLOGY_FILES)
    return tuple(sorted({triple for file in files for triple in union(read_graphs(file))}))


# --- Updating in transactions -------------------------------------------------------------------


def _update(store: Any, graphs: Graphs, belief: str | None) -> LoadReport:
    known = {
        term_of(quad.subject): quad.object.value
        for quad in store.quads_for_pattern(None, _node(_DIGEST), None, _node(STATE_GRAPH))
    }
    added = replaced = unchanged = 0
    changes: list[_Change] = []
    content = {graph: triples for graph, triples in graphs.items() if graph != ASSERTED_GRAPH}
    content[VOCABULARY_GRAPH] = _merged_vocabulary(store, graphs.get(VOCABULARY_GRAPH, []))
    content[ONTOLOGY_GRAPH] = _ontology(content[VOCABULARY_GRAPH])
    for graph, triples in content.items():
        digest = graph_digest(triples)
        counted = graph not in _OWN_GRAPHS
        if known.get(graph) == digest:
            unchanged += counted
            continue
        added += counted and graph not in known
        replaced += counted and graph in known
        changes.append((graph, triples, digest))
    for batch in _batches(changes):
        store.update(_replacement(store, batch))
    edges = _derive_edges(store, belief)
    store.flush()
    return LoadReport(added, replaced, unchanged, edges)


def _merged_vocabulary(store: Any, triples: list[Triple]) -> list[Triple]:
    """The relations in the store and those given, which win where both describe one."""
    given = {subject for subject, _, _ in triples}
    kept = {triple for triple in _triples(store, VOCABULARY_GRAPH) if triple[0] not in given}
    return sorted(kept.union(triples))


def _triples(store: Any, graph: str) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, None, None, _node(graph)):
        yield term_of(quad.subject), term_of(quad.predicate), term_of(quad.object)


def _batches(changes: list[_Change]) -> Iterator[list[_Change]]:
    batch: list[_Change] = []
    size = 0
    for change in changes:
        batch.append(change)
        size += len(change[1])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _replacement(store: Any, changes: list[_Change]) -> str:
    """A SPARQL update that puts triples in the place of graphs, there and in the default graph.

    All its text is escaped terms. A triple leaves the default graph with the last graph of it.
    """
    steps: list[str] = []
    gone: set[Triple] = set()
    new: set[Triple] = set()
    for graph, triples, digest in changes:
        before, after = set(_triples(store, graph)), set(triples)
        gone |= before - after
        new |= after
        steps += _difference(before, after, graph)
        steps.append(f"DELETE WHERE {{ GRAPH {STATE_GRAPH} {{ {graph} {_DIGEST} ?digest }} }}")
        if triples:
            state = f"{graph} {_DIGEST} {literal(digest)}"
            steps.append(f"INSERT DATA {{ GRAPH {STATE_GRAPH} {{ {state} }} }}")
        else:
            steps.append(f"DROP SILENT GRAPH {graph}")  # its name too
    elsewhere = _said_elsewhere(store, gone - new, {graph for graph, _, _ in changes})
    steps += _difference(gone - elsewhere, new, None)
    return " ;\n".join(steps)


def _difference(before: set[Triple], after: set[Triple], graph: str | None) -> Iterator[str]:
    for verb, triples in (("DELETE", before - after), ("INSERT", after - before)):
        if triples:
            data = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(triples))
            yield (
                f"{verb} DATA {{ GRAPH {graph} {{\n{data}}} }}"
                if graph
                else (f"{verb} DATA {{\n{data}}}")
            )


def _said_elsewhere(store: Any, triples: set[Triple], graphs: set[str]) -> set[Triple]:
    """Those of the triples that some other named graph holds too."""
    import pyoxigraph

    without = {_node(graph) for graph in graphs} | {pyoxigraph.DefaultGraph()}
    ordered = sorted(triples)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in ordered)
    parsed = pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES)
    return {
        triple
        for triple, quad in zip(ordered, parsed, strict=True)
        if any(
            found.graph_name not in without
            for found in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        )
    }


def _derive_edges(store: Any, belief: str | None) -> int:
    """Derive the plain edges from all that the store holds; returns how many there are."""
    edges = construct(store, belief)
    current = sorted(_triples(store, ASSERTED_GRAPH))
    if edges != current:
        store.update(_replacement(store, [(ASSERTED_GRAPH, edges, graph_digest(edges))]))
    return len(edges)


def stored_graphs(store: Any) -> Mapping[str, list[Triple]]:
    """All graphs of a store but the ontology and its own state, to be written to a file again."""
    graphs = [*documents_in(store), VOCABULARY_GRAPH, ASSERTED_GRAPH]
    found = {graph: sorted(_triples(store, graph)) for graph in graphs}
    return {graph: triples for graph, triples in found.items() if triples}


def _node(iri: str) -> Any:
    import pyoxigraph

    return pyoxigraph.NamedNode(text_of(iri))
