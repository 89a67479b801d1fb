"""What a build leaves in its output folder, and ``Graph``: such a folder, opened."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.errors import DataError
from kg.jsonlines import read_statements
from kg.placing import finish
from kg.statement import Document, Statement

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.graph.analyse import Analysis
    from kg.graph.remote.push import PushReport
    from kg.graph.stock import Parameter

STATEMENTS = "statements.jsonl"
DOCUMENTS = "documents.jsonl"
TURTLE = "graph.ttl"
TRIG = "graph.trig"
NETWORK = "network.graphml"
PAGE = "graph.html"
SUMMARY = "summary.md"
STORE = "store"
MARKER = "geokg.json"
"""Says that kg made the folder: only such a folder, or one without these names, is written to."""

FILES = (STATEMENTS, DOCUMENTS, TURTLE, TRIG, NETWORK, PAGE, SUMMARY, MARKER)
"""The files of an output folder; beside them lies the folder ``store``."""


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON in the form that kg also reads as input."""
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "source": document.source,
        "url": document.url,
        "lang": document.lang,
        "author": document.author,
        "story": document.story,
        "version_of": document.version_of,
        "provenance": dict(document.provenance),
        "text": document.text,
    }


def document_from(record: Mapping[str, Any]) -> Document:
    """The inverse of ``document_record``; records of earlier versions lack the later keys."""
    day, provenance = record["date"], record.get("provenance") or {}
    values = {
        **record,
        "date": date.fromisoformat(day) if day else None,
        "provenance": tuple(provenance.items()),
    }
    return Document(**values)


class Graph:
    """The result of a build: its statements, documents, RDF, store, network and page.

    Everything is read from the folder when it is first asked for.
    """

    def __init__(self, folder: Path | str) -> None:
        self.path = Path(folder)
        finish(self.path)
        marker = self.path / MARKER
        try:
            self._record: dict[str, Any] = json.loads(marker.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DataError(
                self.path, None, "no graph in this folder", "make one with `kg build`"
            ) from None
        except (OSError, ValueError, RecursionError) as error:
            raise DataError(marker, None, f"cannot be read: {error}", "build again") from error
        if not isinstance(self._record, dict):
            raise DataError(marker, None, "is damaged", "build again")

    def _said(self, key: str) -> Any:
        try:
            return self._record[key]
        except KeyError:
            marker = self.path / MARKER
            raise DataError(marker, None, f"does not say '{key}'", "build again") from None

    def __repr__(self) -> str:
        return f"<Graph {self.path}: {self._said('documents')} documents, {len(self)} statements>"

    def __len__(self) -> int:
        return int(self._said("statements"))

    @property
    def skipped(self) -> list[str]:
        """A line for each document that was left out of the build, with the reason."""
        return list(self._said("skipped"))

    @property
    def versions(self) -> tuple[str, str, str]:
        """The versions of kg, of the language model and of the vocabulary that read it."""
        return self._said("geokg"), self._said("model"), self._record.get("lexicon", "")

    def headlines(self) -> list[str]:
        """A few lines about what is in the graph, as the build said them."""
        return list(self._said("headlines"))

    @property
    def page(self) -> Path:
        """The HTML page with the actor graph; it opens offline."""
        return self.path / PAGE

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements in the order of the documents and their texts."""
        path = self.path / STATEMENTS
        with open_text(path) as file:
            return list(read_statements(file, str(path)))

    @cached_property
    def documents(self) -> list[Document]:
        """The articles with their texts and metadata."""
        path = self.path / DOCUMENTS
        with open_text(path) as file:
            try:
                return [document_from(json.loads(line)) for line in file]
            except (KeyError, TypeError, ValueError, RecursionError) as error:
                raise DataError(path, None, f"not documents: {error!r}", "build again") from error

    def query(self, sparql: str, *, timeout: float | None = None, **parameters: Parameter) -> Any:
        """The answer to a SPARQL query, or to a stock question such as ``"@meetings"``.

        A SELECT gives a pandas DataFrame (dates as timestamps, IRIs shown short), or a list of
        dicts where pandas is not installed; an ASK a bool; a CONSTRUCT Turtle text. The
        prefixes of kg need no declaration. ``parameters`` fill in a stock question, or the
        slots ``VALUES ?name { UNDEF }`` of a query. Raises ``QueryError`` for a query with a
        mistake, and for one that takes longer than ``timeout`` seconds.
        """
        from kg.graph.query import query

        store = self.path / STORE
        result = query(sparql, store=store, timeout=timeout, parameters=parameters)
        if result.answer is not None:
            return result.answer
        if result.triples is not None:
            return result.to_turtle()
        if not find_spec("pandas"):
            return [dict(zip(result.variables, row, strict=True)) for row in result]
        from kg.graph.frame import frame_of

        return frame_of(result, store)

    def analyse(self, **options: Any) -> Analysis:
        """Who matters, allies and adversaries, balance, changes; docs/analysis.md has the figures.

        ``options`` are those of ``kg.graph.analyse.Options`` (since, until, period, …).
        """
        from kg.graph.analyse import Options, analyse

        return analyse(self.statements, self.documents, Options(**options))

    def to_networkx(self) -> nx.MultiDiGraph:
        """The actors and their ties as a networkx multigraph, one edge per kind of tie."""
        from kg.graph.network import actor_network

        return actor_network(self.statements, self.documents)

    network = to_networkx

    def push(self, url: str, *, via: str = "graph-store", **options: Any) -> PushReport:
        """Load the graph into a remote store, as ``kg push`` does; what is there is replaced.

        ``via`` is ``"graph-store"`` or ``"update"``, ``options`` those of ``kg.graph.remote``'s
        ``push``. Credentials come from the environment or netrc. Raises ``EndpointError``.
        """
        from kg.graph.files import read_graphs
        from kg.graph.remote.push import PushState, Via, push
        from kg.graph.remote.session import Session, credentials_for

        with Session(url, credentials_for(url)) as session:
            graphs = read_graphs(self.path / TRIG)
            return push(graphs, session, PushState(url), via=Via(via), **options)

    def show(self) -> None:
        """Display the page: in a Jupyter notebook below the cell, elsewhere in the browser."""
        if _in_notebook():
            from IPython.display import HTML, display

            from kg.graph.view import html_for_notebook

            display(HTML(html_for_notebook(self.statements, self.documents)))
        else:
            import webbrowser

            webbrowser.open(self.page.resolve().as_uri())

    def to_rdflib(self) -> rdflib.Dataset:
        """The graph for programs that speak rdflib; Oxigraph does the work below its API."""
        from kg.graph.bridge import rdflib_dataset

        return rdflib_dataset(self.path / STORE)

    def to_turtle(self, path: Path | str) -> None:
        """Write the whole graph as RDF; the suffix says the format (.ttl .trig .nt .nq .jsonld)."""
        from kg.graph.files import read_graphs, write_graphs

        write_graphs(Path(path), read_graphs(self.path / TRIG))

    def statements_frame(self) -> pd.DataFrame:
        """The statements as a pandas table, one row for each, in plain columns.

        ``sources`` are those quoted, the outermost first; ``start``, ``end`` and ``published``
        are timestamps; ids are those of ``query`` in short form.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise DataError(
                "pandas", None, "is not installed", 'pip install "geokg[notebook]"'
            ) from error
        from kg.graph.frame import timestamps

        documents = {document.id: document for document in self.documents}
        rows = [statement_row(s, documents) for s in self.statements]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        for column in ("start", "end", "published"):
            frame[column] = timestamps(frame[column])
        return frame


def open_text(path: Path) -> TextIO:
    """A file of the output folder opened for reading; raises ``DataError`` when it is not there."""
    try:
        return path.open(encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}", "build again") from error


COLUMNS = (
    *("subject", "relation", "object", "polarity", "modality", "sources", "start", "end"),
    *("place", "condition", "document", "sentence", "rule", "confidence", "id"),
    *("subject_id", "relation_id", "object_id", "event", "cameo", "quad", "stance"),
    *("published", "publisher", "title"),
)
"""The columns of statements as a table."""


def statement_row(statement: Statement, documents: Mapping[str, Document]) -> Sequence[Any]:
    """The values of a statement in the order of ``COLUMNS``."""
    relation, time, evidence = statement.relation, statement.time, statement.evidence
    document = documents.get(evidence.document)
    sources = [
        link.source.label if link.source else link.span.text if link.span else "?"
        for link in statement.attribution
    ]
    return (
        statement.subject.actor.label,
        relation.label,
        statement.object.actor.label if statement.object else None,
        str(statement.polarity),
        str(statement.modality),
        ", ".join(sources),
        time.start if time else None,
        time.end if time else None,
        statement.place.actor.label if statement.place else None,
        statement.condition,
        evidence.document,
        evidence.sentence.text,
        evidence.rule,
        statement.confidence,
        statement.id,
        statement.subject.actor.id,
        relation.id,
        statement.object.actor.id if statement.object else None,
        relation.event,
        relation.cameo,
        relation.quad,
        str(statement.attribution[-1].stance) if statement.attribution else None,
        document.date if document else None,
        document.source if document else None,
        document.title if document else None,
    )


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")
