"""Articles to an output folder: the one place where the two wings are joined."""

from __future__ import annotations

import gc
import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg import folder
from kg.adding import keep, to_read
from kg.drawings import Drawing, Elsewhere
from kg.errors import DocumentError, KGError
from kg.folder import Graph
from kg.garbage import rarely_collected
from kg.intake import Engine, Intake, Listener, Opening
from kg.parts import Entry, Outcome, graph_of, read_part, reader_key
from kg.placing import clear_area, commit, staging, work_area
from kg.recorded import documents_of
from kg.results import Records, refuse_foreign, write_rdf, write_summary
from kg.statement import Document, Relation
from kg.summary import counted

if TYPE_CHECKING:
    from kg.graph.named import NamedGraph
    from kg.graph.rdf import RunInfo
    from kg.text.stories import Stories


class Source(Protocol):
    """Finds documents, as ``kg.text.corpus.usable_documents`` does."""

    def __call__(
        self,
        paths: Sequence[str | Path],
        date: date | None,
        skip: Callable[[DocumentError], None],
        notice: Callable[[str], None],
        columns: Mapping[str, str],
        stories: Stories | None,
        /,
    ) -> Iterator[Document]:
        """The documents; those that repeat one that ``stories`` remembers are labelled so."""


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
        run = self.run
        return reader_key(run.version, run.model, run.lexicon, self.actors)

    @property
    def run(self) -> RunInfo:
        """What reads the documents, as their provenance states it."""
        from kg import __version__
        from kg.graph.rdf import RunInfo
        from kg.knowledge import vocabulary_version

        return RunInfo(__version__, self.model, vocabulary_version())


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
            find = source or usable_documents
            articles = find(given, date, telling.skip, telling.note, columns or {}, stories)
        if before is not None:
            articles = to_read(before, articles, options.reader, refresh)
        with work_area(target) as area, ExitStack() as at_the_end:
            opening = Opening(options.actors, model)
            run = None if rdf12 or before is not None else options.run
            intake = Intake(area, options.reader, opening, listener, run)
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
            apart = jobs > 1
            _write(stage, target, outcomes, options, telling, before, intake.outcomes, apart)
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


# --- Writing ----------------------------------------------------------------------------------


def _write(
    stage: Path,
    target: Path,
    outcomes: Iterable[Outcome],
    options: _Options,
    telling: _Telling,
    before: Graph | None,
    again: Callable[[], Iterable[Outcome]] = list,
    apart: bool = False,
) -> None:
    """Write all files and the store into the stage.

    With ``before``, what ``outcomes`` gives is given by ``again`` first. Network and page are
    drawn by a process of their own if ``apart``.
    """
    from kg.graph.named import NamedGraph
    from kg.graph.rdf import ASSERTED_GRAPH
    from kg.graph.replacing import triples_in
    from kg.graph.spooled import GraphFiles
    from kg.graph.store import load_store, open_store, remembered_belief

    store, belief = stage / folder.STORE, options.belief
    unread: list[str] = []
    with rarely_collected(), Elsewhere() as elsewhere, Records(stage) as records:
        drawn = elsewhere.begin if apart else None
        graphs = _graphs(records, outcomes, options, unread, drawn)
        if before is not None:
            keep(records, before, again(), options.reader, telling.listener)
            shutil.copytree(before.path / folder.STORE, store)
            belief = belief or remembered_belief(open_store(store))
            load_store(store, graphs, belief=belief)
        else:
            files = GraphFiles(stage)
            load_store(store, files.passing(graphs), belief=belief)
        if before is not None:
            write_rdf(stage)
        else:
            edges = sorted(triples_in(open_store(store), ASSERTED_GRAPH))
            files.add(NamedGraph(ASSERTED_GRAPH, edges))
            files.write(stage / folder.TURTLE, stage / folder.TRIG)
            _tell_left_out(records, target, telling.listener)
        if apart:
            elsewhere.finish()
        else:
            records.drawing().write()
    # Those that were never read come first: how far reading had come then is a matter of chance.
    skipped = [*(before.skipped if before else ()), *telling.skipped, *unread]
    write_summary(records, options.model, skipped, telling.notes)


def _graphs(
    records: Records,
    outcomes: Iterable[Outcome],
    options: _Options,
    unread: list[str],
    drawn: Callable[[Drawing], None] | None = None,
) -> Iterator[NamedGraph]:
    """The graphs of the documents one by one, then what they share; records all as they pass.

    ``drawn`` is told when all of them have passed.
    """
    from kg.graph.background import BACKGROUND_GRAPH, background_triples
    from kg.graph.named import NamedGraph, named
    from kg.graph.rdf import VOCABULARY_GRAPH, vocabulary_triples
    from kg.graph.rdf12 import with_triple_terms
    from kg.knowledge import actors_of, background_of_actors

    run = options.run
    relations: set[Relation] = set()
    actors: set[str] = set()
    for outcome in outcomes:
        if isinstance(outcome, DocumentError):
            unread.append(str(outcome))  # the listener has heard of it
            continue
        added = records.add(outcome, options.reader)
        if added is None:
            continue
        document, statements = added
        relations |= {statement.relation for statement in statements}
        actors |= actors_of(statements)
        graph = outcome.graph
        if graph is None:
            graph = graph_of(document, statements, run)
        if options.rdf12:
            yield from named(with_triple_terms({graph.name: graph.triples}))
        else:
            yield graph
    records.close()
    if drawn is not None:
        drawn(records.drawing())
    known = background_triples(background_of_actors(actors, options.actors))
    for name, triples in (
        (VOCABULARY_GRAPH, vocabulary_triples(relations)),
        (BACKGROUND_GRAPH, known),
    ):
        if triples:
            yield NamedGraph(name, triples)


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
