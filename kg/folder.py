"""What a build leaves in its output folder, and ``Graph``: such a folder, opened."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.errors import DataError
from kg.statement import Document, Statement, read_statements

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

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
        "text": document.text,
    }


def document_from(record: dict[str, Any]) -> Document:
    """The inverse of ``document_record``."""
    day = record["date"]
    return Document(**{**record, "date": date.fromisoformat(day) if day else None})


class Graph:
    """The result of a build: its statements, documents, RDF, store, network and page.

    Everything is read from the folder when it is first asked for.
    """

    def __init__(self, folder: Path | str) -> None:
        self.path = Path(folder)
        marker = self.path / MARKER
        try:
            self._record: dict[str, Any] = json.loads(marker.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DataError(
                self.path, None, "no graph in this folder", "make one with `kg build`"
            ) from None
        except (OSError, ValueError) as error:
            raise DataError(marker, None, f"cannot be read: {error}", "build again") from error

    def __repr__(self) -> str:
        return f"<Graph {self.path}: {self._record['documents']} documents, {len(self)} statements>"

    def __len__(self) -> int:
        return int(self._record["statements"])

    @property
    def skipped(self) -> list[str]:
        """A line for each document that was left out of the build, with the reason."""
        return list(self._record["skipped"])

    def headlines(self) -> list[str]:
        """A few lines about what is in the graph, as the build said them."""
        return list(self._record["headlines"])

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
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(path, None, f"not documents: {error!r}", "build again") from error

    def query(self, sparql: str, **parameters: str) -> Any:
        """The answer to a SPARQL query, or to a stock query such as ``"@meetings"``.

        A SELECT gives a pandas DataFrame, or a list of dicts where pandas is not installed; an
        ASK a bool; a CONSTRUCT Turtle text. The prefixes of kg need no declaration.
        ``parameters`` fill in a stock query. Raises ``QueryError`` for a query with a mistake.
        """
        from kg.graph.query import query

        result = query(sparql, store=self.path / STORE, parameters=parameters)
        if result.answer is not None:
            return result.answer
        if result.triples is not None:
            return result.to_turtle()
        if not find_spec("pandas"):
            return [dict(zip(result.variables, row, strict=True)) for row in result]
        return result.to_dataframe()

    def network(self) -> nx.MultiDiGraph:
        """The actors and their ties as a networkx multigraph."""
        from kg.graph.analyse import actor_network

        return actor_network(self.statements)

    def show(self) -> None:
        """Display the page: in a Jupyter notebook below the cell, elsewhere in the browser."""
        if _in_notebook():
            from IPython.display import HTML, display

            from kg.graph.view import html_for_notebook

            display(HTML(html_for_notebook(self.statements, self.documents)))
        else:
            import webbrowser

            webbrowser.open(self.page.resolve().as_uri())

    def to_turtle(self, path: Path | str) -> None:
        """Write the whole graph as RDF; the suffix says the format (.ttl .trig .nt .nq .jsonld)."""
        from kg.graph.files import read_graphs, write_graphs

        write_graphs(Path(path), read_graphs(self.path / TRIG))

    def statements_frame(self) -> pd.DataFrame:
        """The statements as a pandas table, one row for each, in plain columns."""
        try:
            import pandas as pd
        except ImportError as error:
            raise DataError(
                "pandas", None, "is not installed", 'pip install "geokg[notebook]"'
            ) from error
        return pd.DataFrame([_row(s) for s in self.statements], columns=list(_COLUMNS))


def open_text(path: Path) -> TextIO:
    """A file of the output folder opened for reading; raises ``DataError`` when it is not there."""
    try:
        return path.open(encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}", "build again") from error


_COLUMNS = (
    *("subject", "relation", "object", "polarity", "modality", "sources", "start", "end"),
    *("place", "condition", "document", "sentence", "rule", "confidence", "id"),
)


def _row(statement: Statement) -> Sequence[Any]:
    time, evidence = statement.time, statement.evidence
    sources = [
        link.source.label if link.source else link.span.text if link.span else "?"
        for link in statement.attribution
    ]
    return (
        statement.subject.actor.label,
        statement.relation.label,
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
    )


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")
