"""The embedded Oxigraph store: one graph per document, loaded idempotently, never half written.

The default graph holds the union of the named graphs, each triple once: what two documents say
is one answer of a query, whoever opens the store and however.

A new store is built beside its place and renamed. An existing one changes in transactions of
whole documents, so a killed run leaves every document either as it was or as it should be,
and the next run does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.graph import replacing
from kg.graph.background import BACKGROUND_GRAPH, of_actors
from kg.graph.belief import belief_query, construct
from kg.graph.bulk import bulk_load
from kg.graph.documents import document_graph, retold
from kg.graph.files import read_graphs, union
from kg.graph.named import Coming, NamedGraph, named
from kg.graph.ontology import FILES as ONTOLOGY_FILES
from kg.graph.place import (
    FORMAT,
    FORMAT_VERSION,
    STATE_GRAPH,
    STORE,
    beside,
    explaining,
    is_store,
    node,
    open_store,
    open_writable,
    put_in_place,
    recover,
    refuse_foreign,
    refuse_unusable,
)
from kg.graph.rdf import ASSERTED_GRAPH, TYPE, VOCABULARY_GRAPH
from kg.graph.replacing import DIGEST, Change, batches, graph_digest, triples_in
from kg.graph.terms import KG, Triple, integer, literal, name, term_of
from kg.resources import resource_path
from kg.statement import Document

__all__ = [
    "FORMAT_VERSION",
    "ONTOLOGY_GRAPH",
    "STATE_GRAPH",
    "LoadReport",
    "delete_documents",
    "documents_in",
    "graphs_of",
    "is_store",
    "load_store",
    "merge_stores",
    "open_store",
    "refuse_unusable",
    "remembered_belief",
    "stored_graphs",
]

ONTOLOGY_GRAPH = f"<{KG.rstrip('#')}>"
"""The graph of kg.ttl, relations.ttl and codes.ttl, so that queries know labels and classes."""

_BELIEF = name(KG, "beliefQuery")
_RELATION = name(KG, "relation")
# What documents add to and do not own: the newest description of a subject counts.
_SHARED_GRAPHS = (VOCABULARY_GRAPH, BACKGROUND_GRAPH)
_OWN_GRAPHS = (ASSERTED_GRAPH, *_SHARED_GRAPHS, ONTOLOGY_GRAPH, STATE_GRAPH)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: how many document graphs are new, replaced and already there; edges now."""

    added: int
    replaced: int
    unchanged: int
    edges: int


def load_store(
    path: Path | str,
    graphs: Mapping[str, list[Triple]] | Coming,
    *,
    belief: str | None = None,
    fresh: bool = False,
) -> LoadReport:
    """Load the graphs of ``full_graphs`` into the store at ``path``, creating it if need be.

    They may come one by one, and then only a few are in memory at a time. A document's graph
    takes the place of the graph it had; other documents stay, unless ``fresh`` begins anew.
    The plain edges are derived again from all that the store then holds. Raises ``StoreError``
    when the folder is no store, is locked or cannot be written.
    """
    path = Path(path)
    coming = named(graphs)
    belief = None if belief == belief_query() else belief
    with explaining(path):
        recover(path)
        if fresh or not is_store(path):
            refuse_foreign(path)
            return _create(path, coming, belief)
        return _update(open_writable(path), coming, belief)


def merge_stores(
    path: Path | str,
    others: Iterable[Path | str],
    *,
    belief: str | None = None,
    told: Iterable[Document] = (),
) -> LoadReport:
    """Load all that other stores hold into the store at ``path``, which need not exist.

    A document that several hold is taken from the last of them; those ``told`` are given the
    story and the version that they name. The edges are derived by
    ``belief``, otherwise by the query that the store at ``path`` was made with. Raises
    ``StoreError`` when one of them cannot be opened; nothing is changed then.
    """
    path = Path(path)
    stores = [open_store(other) for other in others]
    known = [open_store(path)] if is_store(path) else []
    beliefs = (remembered_belief(store) for store in (*known, *stores))
    remembered = next((found for found in beliefs if found), None)
    return load_store(path, _merged(stores, told), belief=belief or remembered)


def _merged(stores: list[Any], told: Iterable[Document]) -> Iterator[NamedGraph]:
    last = {graph: store for store in stores for graph in documents_in(store)}
    retelling = {document_graph(document.id): document for document in told}
    for store in stores:
        for graph in documents_in(store):
            if last[graph] is store:
                found = sorted(triples_in(store, graph))
                document = retelling.get(graph)
                yield NamedGraph(graph, retold(found, document) if document else found)
    for graph in _SHARED_GRAPHS:
        triples: list[Triple] = []
        for store in stores:
            triples = _newest(triples, list(triples_in(store, graph)))
        yield NamedGraph(graph, triples)


def delete_documents(path: Path | str, ids: Iterable[str], *, belief: str | None = None) -> int:
    """Remove all that was read in some documents from the store; how many of them were there.

    They go in one transaction. The relations and the background that only they needed go with
    them, and the edges are derived again, by ``belief`` or the query the store was made with.
    """
    path = Path(path)
    with explaining(path):
        store = open_writable(path)
        graphs = [document_graph(document_id) for document_id in ids]
        present = [graph for graph in graphs if store.contains_named_graph(node(graph))]
        if not present:
            return 0
        belief = belief or remembered_belief(store)
        store.update(replacing.replacement(store, [(graph, [], "") for graph in present]))
        _forget_unused(store)
        _derive_edges(store, belief)
        store.flush()
        return len(present)


def documents_in(store: Any) -> list[str]:
    """The IRIs of the graphs of the documents in a store, sorted."""
    graphs = (term_of(graph) for graph in store.named_graphs())
    return sorted(graph for graph in graphs if graph not in _OWN_GRAPHS)


def stored_graphs(store: Any) -> Mapping[str, list[Triple]]:
    """All graphs of a store but the ontology and its own state, to be written to a file again."""
    return {graph.name: graph.triples for graph in graphs_of(store)}


def graphs_of(store: Any) -> Iterator[NamedGraph]:
    """The graphs of ``stored_graphs`` one by one."""
    for graph in (*documents_in(store), *_SHARED_GRAPHS, ASSERTED_GRAPH):
        if triples := sorted(triples_in(store, graph)):
            yield NamedGraph(graph, triples)


def remembered_belief(store: Any) -> str | None:
    """The belief query that the edges of a store come from; None for kg's own asserted.rq."""
    for quad in store.quads_for_pattern(node(STORE), node(_BELIEF), None, node(STATE_GRAPH)):
        return str(quad.object.value)
    return None


# --- A new store --------------------------------------------------------------------------------


def _create(path: Path, graphs: Coming, belief: str | None) -> LoadReport:
    import pyoxigraph

    if is_store(path):
        open_writable(path)  # refuses a store that somebody else writes to
    digests: dict[str, str] = {}
    with beside(path) as part:
        store = pyoxigraph.Store(str(part))
        bulk_load(store, _noted(graphs, digests), apart={STATE_GRAPH: _state(digests)})
        edges = _derive_edges(store, belief)
        store.flush()
        del store
        put_in_place(part, path)
    return LoadReport(sum(1 for g in digests if g not in _OWN_GRAPHS), 0, 0, edges)


def _noted(graphs: Coming, digests: dict[str, str]) -> Iterator[NamedGraph]:
    """The graphs with the ontology at their end, their digests noted as they pass."""
    vocabulary: list[Triple] = []
    for graph in graphs:
        if graph.name == VOCABULARY_GRAPH:
            vocabulary = graph.triples
        if graph.name != ASSERTED_GRAPH:
            digests[graph.name] = graph.digest
            yield graph
    ontology = NamedGraph(ONTOLOGY_GRAPH, _ontology(vocabulary))
    digests[ONTOLOGY_GRAPH] = ontology.digest
    yield ontology


def _state(digests: Mapping[str, str]) -> Iterator[Triple]:
    """What a new store knows of itself, read when all graphs have passed."""
    yield STORE, FORMAT, integer(FORMAT_VERSION)
    for graph, digest in digests.items():
        yield graph, DIGEST, literal(digest)


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


# --- Changing a store ---------------------------------------------------------------------------


def _update(store: Any, graphs: Coming, belief: str | None) -> LoadReport:
    known = {
        term_of(quad.subject): quad.object.value
        for quad in store.quads_for_pattern(None, node(DIGEST), None, node(STATE_GRAPH))
    }
    counts = Counter[str]()
    for batch in batches(_changes(store, graphs, known, counts)):
        store.update(replacing.replacement(store, batch))
    edges = _derive_edges(store, belief)
    store.flush()
    return LoadReport(counts["added"], counts["replaced"], counts["unchanged"], edges)


def _changes(
    store: Any, graphs: Coming, known: Mapping[str, str], counts: Counter[str]
) -> Iterator[Change]:
    """What has to change for the store to hold the graphs; counts their documents."""
    shared: dict[str, list[Triple]] = {graph: [] for graph in _SHARED_GRAPHS}
    for graph in graphs:
        if graph.name in shared:
            shared[graph.name] = graph.triples
        elif graph.name != ASSERTED_GRAPH:
            change = _change(graph, known)
            kind = "unchanged" if change is None else "replaced" if graph.name in known else "added"
            counts[kind] += graph.name not in _OWN_GRAPHS
            if change is not None:
                yield change
    for own, triples in shared.items():
        shared[own] = _newest(triples_in(store, own), triples)
    shared[ONTOLOGY_GRAPH] = _ontology(shared[VOCABULARY_GRAPH])
    for graph in named(shared):
        if (change := _change(graph, known)) is not None:
            yield change


def _change(graph: NamedGraph, known: Mapping[str, str]) -> Change | None:
    same = known.get(graph.name) == graph.digest or not (graph or graph.name in known)
    return None if same else (graph.name, graph.triples, graph.digest)


def _newest(known: Iterable[Triple], given: list[Triple]) -> list[Triple]:
    """What is known and what is given, which wins where both describe the same subject."""
    described = {subject for subject, _, _ in given}
    return sorted({triple for triple in known if triple[0] not in described}.union(given))


def _derive_edges(store: Any, belief: str | None) -> int:
    """Derive the plain edges from all that the store holds; returns how many there are."""
    edges = construct(store, belief)
    current = sorted(triples_in(store, ASSERTED_GRAPH))
    if edges != current:
        change = (ASSERTED_GRAPH, edges, graph_digest(edges))
        store.update(replacing.replacement(store, [change]))
    if belief != remembered_belief(store):
        _remember(store, belief)
    return len(edges)


def _remember(store: Any, belief: str | None) -> None:
    steps = [f"DELETE WHERE {{ GRAPH {STATE_GRAPH} {{ {STORE} {_BELIEF} ?query }} }}"]
    if belief is not None:
        steps.append(
            f"INSERT DATA {{ GRAPH {STATE_GRAPH} {{ {STORE} {_BELIEF} {literal(belief)} }} }}"
        )
    store.update(" ;\n".join(steps))


def _forget_unused(store: Any) -> None:
    """Drop the relations and the background that no document needs any longer."""
    documents = set(documents_in(store))

    def is_named(subject: str | None, predicate: str, value: str | None) -> bool:
        pattern = (subject and node(subject), node(predicate), value and node(value), None)
        return any(term_of(q.graph_name) in documents for q in _named(store, pattern))

    relations = set(triples_in(store, VOCABULARY_GRAPH))
    used = {r for r in {t[0] for t in relations} if is_named(None, _RELATION, r)}
    background = set(triples_in(store, BACKGROUND_GRAPH))
    actors = {a for a in {t[0] for t in background} if is_named(a, TYPE, None)}
    changes = []
    for graph, before, after in (
        (VOCABULARY_GRAPH, relations, sorted(t for t in relations if t[0] in used)),
        (BACKGROUND_GRAPH, background, of_actors(background, actors)),
    ):
        if len(after) < len(before):
            changes.append((graph, after, graph_digest(after)))
    if changes:
        store.update(replacing.replacement(store, changes))


def _named(store: Any, pattern: tuple[Any, ...]) -> Iterable[Any]:
    import pyoxigraph

    default = pyoxigraph.DefaultGraph()
    return (q for q in store.quads_for_pattern(*pattern) if q.graph_name != default)
