"""Articles to an output folder: the one place where the two wings are joined."""

from __future__ import annotations

import gc
import hashlib
import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg import folder
from kg.errors import DocumentError, KGError
from kg.folder import Graph
from kg.intake import Engine, Intake, Listener, Opening
from kg.parts import Entry, Outcome, read_part, reader_key
from kg.placing import clear_area, commit, staging, work_area
from kg.results import (
    Records,
    documents_of,
    entries_of,
    readers_of,
    refuse_foreign,
    write_rdf,
    write_views,
)
from kg.statement import Document
from kg.summary import counted

if TYPE_CHECKING:
    from kg.graph.terms import Triple


_Skip = Callable[[DocumentError], None]
Source = Callable[
    [Sequence[str | Path], date | None, _Skip, Callable[[str], None], Mapping[str, str]],
    Iterator[Document],
]
"""Finds documents, as ``kg.text.corpus.usable_documents`` does."""


class _Warning:
    """The listener of Python programs: skipped documents become warnings."""

    def skipped(self, line: str) -> None:
        warnings.warn(f"skipped: {line}", stacklevel=2)

    def note(self, line: str) -> None:
        pass

    def progress(self, documents: int, statements: int) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Options:
    """What decides the graph of the same documents."""

    actors: tuple[Path, ...]
    model: str
    """The identity of the language model, as the provenance of statements states it."""
    belief: str | None
    rdf12: bool

    @property
    def reader(self) -> str:
        """The key of what reads the documents."""
        from kg import __version__
        from kg.knowledge import vocabulary_version

        return reader_key(__version__, self.model, vocabulary_version(), self.actors)


def build(
    paths: str | Path | Sequence[str | Path] = (),
    out: str | Path = "out",
    *,
    jobs: int = 1,
    date: date | None = None,
    belief: str | None = None,
    model: str | None = None,
    actors: Sequence[Path] = (),
    columns: Mapping[str, str] | None = None,
    add: bool = False,
    refresh: bool = False,
    rdf12: bool = False,
    listener: Listener | None = None,
    engine: Engine | None = None,
    source: Source | None = None,
) -> Graph:
    """Read articles and write the graph of what they state into the folder ``out``.

    The same articles give the same files, byte for byte, for any number of ``jobs``.
    Everything is made beside what is there and moved into place at the end: if anything
    fails, ``out`` stays as it was, and the same call goes on with what was read before.
    ``date`` is for documents that state none; ``belief`` is the text of the query that decides
    which statements become plain edges; ``columns`` names the columns of tables
    ({"text": "body"}). With ``add``, the documents that ``out`` already holds stay: one with
    the id of a given document is replaced by it, and one that is given again unchanged is not
    read again. ``refresh`` is ``add`` and reads those again that other versions of kg, its
    model or its data have read. ``rdf12`` adds the triple terms of RDF 1.2. An
    ``engine`` reads in the place of processes here, and ``source`` finds the documents in the
    place of ``kg.text.corpus.usable_documents``. Raises ``StoreError`` when ``out`` cannot be
    written, is in use or holds files of these names that kg did not make, ``DocumentError``
    when nothing can be read.
    """
    from kg.text.corpus import usable_documents
    from kg.text.models import model_identity
    from kg.text.stories import Stories

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given and not refresh:
        raise DocumentError("nothing to build", "no articles are named")
    target, listener = Path(out), listener or _Warning()
    options = _Options(tuple(actors), model_identity(model), belief, rdf12)
    telling = _Telling(listener)
    with staging(target) as stage:
        refuse_foreign(target)
        before = None
        if refresh or (add and (target / folder.MARKER).exists()):
            before = Graph(target)
        articles: Iterator[Document] = iter(())
        if given:
            stories = Stories()
            if before is not None:
                stories.remember(documents_of(before.path))
            find = source or partial(usable_documents, stories=stories)
            articles = find(given, date, telling.skip, telling.note, columns or {})
        if before is not None:
            articles = _to_read(before, articles, options.reader, refresh)
        with work_area(target) as area, ExitStack() as at_the_end:
            opening = Opening(options.actors, model)
            intake = Intake(area, options.reader, opening, listener)
            outcomes: Iterable[Outcome]
            if before is None and (jobs > 1 or engine is not None):
                # Writing while others read: no process waits for another.
                stream = intake.stream(articles, jobs, engine)
                outcomes = at_the_end.enter_context(closing(stream))
            else:
                intake.run(articles, jobs, engine)
                outcomes = intake.outcomes()
            first, outcomes = _begun(outcomes)
            if not any(isinstance(one, Entry) for one in first):
                clear_area(target)
                if before is None:
                    raise _nothing(len(telling.skipped) + len(first))
                return before
            _write(stage, target, outcomes, options, telling, before, intake.outcomes)
            commit(stage, target, clear=True)
            gc.unfreeze()  # what reading has frozen
    return Graph(target)


def assemble(
    out: str | Path,
    parts: Iterable[Path],
    *,
    model: str,
    actors: Sequence[Path] = (),
    belief: str | None = None,
    rdf12: bool = False,
    skipped: Sequence[str] = (),
    notes: Sequence[str] = (),
    listener: Listener | None = None,
) -> Graph:
    """Write the output folder of parts that were read elsewhere, in the order given.

    ``model`` is the identity of the model that read them, ``skipped`` and ``notes`` are lines
    about documents that never came to be read. A document that several parts hold counts once.
    Parts in the order of ``chunks`` give what ``build`` gives, byte for byte. Raises
    ``DataError`` for a part that is missing or torn, ``DocumentError`` when no part holds a
    document, ``StoreError`` like ``build``.
    """
    target = Path(out)
    options = _Options(tuple(actors), model, belief, rdf12)
    telling = _Telling(listener or _Warning())
    telling.skipped += skipped
    telling.notes += notes
    with staging(target) as stage:
        refuse_foreign(target)
        first, outcomes = _begun(outcome for path in parts for outcome in read_part(path))
        if not any(isinstance(one, Entry) for one in first):
            raise _nothing(len(skipped) + len(first))
        _write(stage, target, outcomes, options, telling, None)
        commit(stage, target)
    return Graph(target)


class _Telling:
    """What is said of the input as it is read, and kept for the summary."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.skipped: list[str] = []
        self.notes: list[str] = []

    def skip(self, problem: DocumentError) -> None:
        """A document is left out before it is read."""
        self.skipped.append(str(problem))
        self.listener.skipped(str(problem))

    def note(self, line: str) -> None:
        """Something is repaired or left out without loss."""
        self.notes.append(line)
        self.listener.note(line)


def _begun(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], Iterable[Outcome]]:
    """The outcomes up to the first document that could be read, and all of them."""
    first: list[Outcome] = []
    coming = iter(outcomes)
    for outcome in coming:
        first.append(outcome)
        if isinstance(outcome, Entry):
            break
    return first, chain(first, coming)


def _nothing(skipped: int) -> DocumentError:
    problem = f"none of {counted(skipped, 'document')} could be read"
    return DocumentError("nothing to build", problem, "the output folder is as it was")


# --- Adding -----------------------------------------------------------------------------------


def _to_read(
    before: Graph, articles: Iterable[Document], reader: str, refresh: bool
) -> Iterator[Document]:
    """The articles without those that reading again would only repeat.

    With ``refresh`` followed by those of the graph that something else than ``reader`` read.
    """
    pairs = zip(documents_of(before.path), readers_of(before.path), strict=False)
    known = {document.id: _likeness(document) for document, by in pairs if by == reader}
    given: set[str] = set()
    for document in articles:
        given.add(document.id)
        if known.get(document.id) != _likeness(document):
            yield document
    if refresh:
        for document, by in zip(documents_of(before.path), readers_of(before.path), strict=False):
            if by != reader and document.id not in given:
                yield document


def _likeness(document: Document) -> bytes:
    """A hash that equal documents share."""
    compared = [getattr(document, field.name) for field in fields(document) if field.compare]
    return hashlib.sha256(repr(compared).encode("utf-8", "surrogatepass")).digest()[:16]


def _keep(
    records: Records, before: Graph, outcomes: Iterable[Outcome], reader: str, listener: Listener
) -> None:
    """Take over what a graph holds of documents that were not read anew."""
    new = {outcome.document.id for outcome in outcomes if isinstance(outcome, Entry)}
    others = 0
    for entry, by in zip(entries_of(before.path), readers_of(before.path), strict=False):
        if entry.document.id not in new:
            records.add(entry, by)
            others += by != reader
    if others:
        listener.note(
            f"{before.path}: {counted(others, 'document')} read by other versions of kg, its "
            "model or its data (`--refresh` reads them again)"
        )


# --- Writing ----------------------------------------------------------------------------------


def _write(
    stage: Path,
    target: Path,
    outcomes: Iterable[Outcome],
    options: _Options,
    telling: _Telling,
    before: Graph | None,
    again: Callable[[], Iterable[Outcome]] = list,
) -> None:
    """Write all files and the store into the stage.

    With ``before``, what ``outcomes`` gives is given by ``again`` first.
    """
    from kg.graph.rdf import ASSERTED_GRAPH
    from kg.graph.replacing import triples_in
    from kg.graph.spooled import GraphFiles
    from kg.graph.store import load_store, open_store, remembered_belief

    store, belief = stage / folder.STORE, options.belief
    with Records(stage) as records:
        unread: list[str] = []
        graphs = _graphs(records, outcomes, options, unread)
        if before is not None:
            _keep(records, before, again(), options.reader, telling.listener)
            shutil.copytree(before.path / folder.STORE, store)
            belief = belief or remembered_belief(open_store(store))
            load_store(store, graphs, belief=belief)
        else:
            files = GraphFiles(stage)
            load_store(store, files.passing(graphs), belief=belief)
    if before is not None:
        write_rdf(stage)
    else:
        files.add(ASSERTED_GRAPH, sorted(triples_in(open_store(store), ASSERTED_GRAPH)))
        files.write(stage / folder.TURTLE, stage / folder.TRIG)
        _tell_left_out(records, target, telling.listener)
    # Those that were never read come first: how far reading had come then is a matter of chance.
    skipped = [*(before.skipped if before else ()), *telling.skipped, *unread]
    write_views(records, options.model, skipped, telling.notes)


def _graphs(
    records: Records,
    outcomes: Iterable[Outcome],
    options: _Options,
    unread: list[str],
) -> Iterator[tuple[str, list[Triple]]]:
    """The graphs of the documents one by one, then what they share; records all as they pass."""
    from kg import __version__
    from kg.graph.background import BACKGROUND_GRAPH, background_triples
    from kg.graph.rdf import VOCABULARY_GRAPH, RunInfo, build_graphs
    from kg.graph.rdf12 import with_triple_terms
    from kg.knowledge import actors_of, background_of_actors, vocabulary_version

    run = RunInfo(__version__, options.model, vocabulary_version())
    vocabulary: set[Triple] = set()
    actors: set[str] = set()
    for outcome in outcomes:
        if isinstance(outcome, DocumentError):
            unread.append(str(outcome))  # the listener has heard of it
            continue
        added = records.add(outcome, options.reader)
        if added is None:
            continue
        document, statements = added
        graphs = build_graphs(statements, [document], run)
        vocabulary.update(graphs.pop(VOCABULARY_GRAPH, ()))
        actors |= actors_of(statements)
        yield from (with_triple_terms(graphs) if options.rdf12 else graphs).items()
    known = background_triples(background_of_actors(actors, options.actors))
    for graph, triples in ((VOCABULARY_GRAPH, sorted(vocabulary)), (BACKGROUND_GRAPH, known)):
        if triples:
            yield graph, triples


def _tell_left_out(records: Records, target: Path, listener: Listener) -> None:
    """Say how many documents of the graph that is replaced are not in the new one."""
    if not (target / folder.MARKER).exists():
        return
    with suppress(KGError, KeyError, ValueError):
        gone = sum(document.id not in records for document in documents_of(target))
        if gone:
            # Not among the notes: the new graph does not depend on the old one.
            listener.note(
                f"{target}: {counted(gone, 'document')} of the graph that stood there "
                "left out (`--add` keeps them)"
            )
