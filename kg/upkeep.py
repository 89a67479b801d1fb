"""Merging output folders or stores, and deleting documents from them, all or nothing."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg import folder
from kg.errors import DataError, StoreError
from kg.folder import Graph, document_record
from kg.graph.place import beside, put_in_place
from kg.graph.store import (
    delete_documents,
    documents_in,
    is_store,
    merge_stores,
    open_store,
    refuse_unusable,
)
from kg.graph.terms import PREFIXES, decode
from kg.parts import Entry
from kg.placing import commit, staging
from kg.recorded import documents_of, entries_of, readers_of
from kg.results import Records, refuse_foreign, write_rdf, write_summary
from kg.statement import Document


def merge(
    sources: Sequence[Path | str], out: Path | str | None = None, *, belief: str | None = None
) -> Path:
    """Put what several output folders (or stores) hold into ``out``, by default the first.

    A document that several have is taken from the last of them. In folders copies are counted
    across all of them: which documents tell one story is found again (bare stores, which hold
    no texts, keep what each of them knew). The plain edges are derived by ``belief``, otherwise
    by the query of the first one. Returns the path of the result. Raises ``DataError`` or
    ``StoreError`` when one of them is no graph or cannot be opened; ``out`` then stays as it was.
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
        changed: list[Document] = []
        records = _recorded(stage, _retold(_merged(graphs), changed))
        stores = [graph.path / folder.STORE for graph in graphs]
        merge_stores(stage / folder.STORE, stores, belief=belief, told=changed)
        models = "; ".join(dict.fromkeys(graph.versions[1] for graph in graphs))
        skipped = list(dict.fromkeys(line for graph in graphs for line in graph.skipped))
        _finish(target, records, models, skipped)


_Read = tuple[Entry, str]
"""A document that was read, and the key of what read it."""


def _read(graph: Graph) -> Iterator[_Read]:
    return zip(entries_of(graph.path), readers_of(graph.path), strict=False)


def _merged(graphs: Sequence[Graph]) -> Iterator[_Read]:
    """The documents in the order in which they first come, each as the last graph has it."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for number, graph in enumerate(graphs):
        for document in documents_of(graph.path):
            first.setdefault(document.id, number)
            last[document.id] = number
    late = {
        read[0].document.id: read
        for number, graph in enumerate(graphs)
        for read in _read(graph)
        if first[read[0].document.id] < last[read[0].document.id] == number
    }
    for number, graph in enumerate(graphs):
        for read in _read(graph):
            id = read[0].document.id
            if first[id] == number:
                yield late.get(id, read)


def _retold(reads: Iterable[_Read], changed: list[Document]) -> Iterator[_Read]:
    """The documents with the stories that one build of all of them would find, in their order.

    Those that name another story or version than before are noted in ``changed``, without text.
    """
    from kg.text.stories import Stories

    stories = Stories()
    for entry, reader in reads:
        before = entry.document
        document = stories.labelled(before)
        if (document.story, document.version_of) != (before.story, before.version_of):
            changed.append(replace(document, text=""))
            line = json.dumps(document_record(document), ensure_ascii=False)
            entry = replace(entry, document_line=line)
        yield entry, reader


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
    _refuse_unknown(path, wanted, [document.id for document in documents_of(path)])
    with staging(path) as stage:
        refuse_foreign(path)
        shutil.copytree(path / folder.STORE, stage / folder.STORE)
        delete_documents(stage / folder.STORE, wanted)
        kept = (read for read in _read(graph) if read[0].document.id not in wanted)
        return _finish(path, _recorded(stage, kept), graph.versions[1], graph.skipped)


def _recorded(stage: Path, reads: Iterable[_Read]) -> Records:
    """Write the files of documents and statements."""
    with Records(stage) as records:
        for entry, reader in reads:
            records.add(entry, reader)
    return records


def _finish(target: Path, records: Records, model: str, skipped: Sequence[str]) -> int:
    """Write the other files of a folder whose store is made, and commit; its statements."""
    write_rdf(records.stage)
    records.drawing().write()
    write_summary(records, model, skipped)
    commit(records.stage, target)
    return records.tally.statements


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
