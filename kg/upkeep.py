"""Merging output folders or stores, and deleting documents from them, all or nothing."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import folder
from kg.errors import DataError, StoreError
from kg.folder import Graph
from kg.graph.place import beside, put_in_place
from kg.graph.store import (
    delete_documents,
    documents_in,
    is_store,
    merge_stores,
    open_store,
    refuse_unusable,
    stored_graphs,
)
from kg.graph.terms import PREFIXES, decode
from kg.placing import commit, staging
from kg.results import Result, refuse_foreign, write_records, write_views
from kg.statement import Document, Statement


def merge(
    sources: Sequence[Path | str], out: Path | str | None = None, *, belief: str | None = None
) -> Path:
    """Put what several output folders (or stores) hold into ``out``, by default the first.

    A document that several have is taken from the last of them. The plain edges are derived
    by ``belief``, otherwise by the query of the first one. Returns the path of the result.
    Raises ``DataError`` or ``StoreError`` when one of them is no graph or cannot be opened;
    ``out`` then stays as it was.
    """
    paths = [Path(source) for source in sources]
    target = Path(out) if out is not None else paths[0]
    stores = [is_store(path) for path in paths]
    if any(stores) != all(stores):
        raise DataError(
            paths[stores.index(not stores[0])],
            None,
            "folders of a build and bare stores do not merge",
            "name the folder store/ inside the folders",
        )
    if all(stores):
        _merge_stores(paths, target, belief)
    else:
        _merge_folders([Graph(path) for path in paths], target, belief)
    return target


def _merge_stores(paths: Sequence[Path], target: Path, belief: str | None) -> None:
    refuse_unusable(target)
    with beside(target) as part:
        merge_stores(part, paths, belief=belief)
        put_in_place(part, target)


def _merge_folders(graphs: Sequence[Graph], target: Path, belief: str | None) -> None:
    with staging(target) as stage:
        refuse_foreign(target)
        merge_stores(stage / folder.STORE, [g.path / folder.STORE for g in graphs], belief=belief)
        documents: dict[str, Document] = {}
        statements: dict[str, list[Statement]] = {}
        for graph in graphs:
            documents |= {document.id: document for document in graph.documents}
            told: dict[str, list[Statement]] = {document.id: [] for document in graph.documents}
            for statement in graph.statements:
                told.setdefault(statement.evidence.document, []).append(statement)
            statements |= told
        _write(
            stage,
            target,
            list(documents.values()),
            [statement for id in statements for statement in statements[id]],
            "; ".join(dict.fromkeys(graph.versions[1] for graph in graphs)),
            list(dict.fromkeys(line for graph in graphs for line in graph.skipped)),
        )


def delete(path: Path | str, ids: Iterable[str]) -> int:
    """Take documents, and all that was read in them alone, out of an output folder or a store.

    They are named by their ids, or by their IRIs as queries show them.
    Returns how many statements are left in a folder, documents in a store. Raises ``DataError``
    naming the nearest ids for one that is not there; nothing is changed then.
    """
    path, wanted = Path(path), list(dict.fromkeys(map(_plain_id, ids)))
    if is_store(path):
        _refuse_unknown(path, wanted, _stored_ids(path))
        refuse_unusable(path)
        delete_documents(path, wanted)
        return len(_stored_ids(path))
    graph = Graph(path)
    _refuse_unknown(path, wanted, [document.id for document in graph.documents])
    with staging(path) as stage:
        refuse_foreign(path)
        shutil.copytree(path / folder.STORE, stage / folder.STORE)
        delete_documents(stage / folder.STORE, wanted)
        statements = [s for s in graph.statements if s.evidence.document not in wanted]
        documents = [d for d in graph.documents if d.id not in wanted]
        _write(stage, path, documents, statements, graph.versions[1], graph.skipped)
    return len({statement.id for statement in statements})


def _write(
    stage: Path,
    target: Path,
    documents: Sequence[Document],
    statements: Sequence[Statement],
    model: str,
    skipped: Sequence[str],
) -> None:
    graphs = dict(stored_graphs(open_store(stage / folder.STORE)))
    result = Result(documents, statements, graphs, model, skipped)
    write_records(stage, result)
    write_views(stage, result)
    commit(stage, target)


def _plain_id(name: str) -> str:
    namespace = PREFIXES["doc"]
    return decode(name.removeprefix(namespace)) if name.startswith(namespace) else name


def _stored_ids(path: Path) -> list[str]:
    graphs = documents_in(open_store(path))
    return [_plain_id(graph[1:-1]) for graph in graphs]


def _refuse_unknown(path: Path, wanted: Sequence[str], known: Sequence[str]) -> None:
    if not is_store(path) and not is_store(path / folder.STORE):
        raise StoreError(f"{path}: there is no store here (make one with `kg build`)")
    for id in wanted:
        if id not in known:
            near = difflib.get_close_matches(id, known, 3, 0.5)
            hint = f"did you mean {', '.join(near)}?" if near else "kg query @documents lists them"
            raise DataError(path, None, f"holds no document '{id}'", hint)
