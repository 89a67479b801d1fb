"""A geopolitical knowledge-graph builder: news articles in, statements with provenance out.

::

    import kg

    graph = kg.build("seeds/")              # reads the articles, writes out/
    graph.statements[0]                     # who did what to whom, and where it says so
    graph.query("SELECT …")                 # a pandas DataFrame
    graph.network()                         # a networkx multigraph
    graph.show()                            # the page, in a notebook or the browser

``import kg`` is quick: each name below is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from kg.builder import build
    from kg.errors import KGError
    from kg.folder import Graph
    from kg.reading import extract, extract_text
    from kg.statement import Document, Statement

__version__ = "0.1.0"

_HOMES = {
    "build": "kg.builder",
    "extract": "kg.reading",
    "extract_text": "kg.reading",
    "Graph": "kg.folder",
    "Document": "kg.statement",
    "Statement": "kg.statement",
    "KGError": "kg.errors",
}

__all__ = [
    "Document",
    "Graph",
    "KGError",
    "Statement",
    "__version__",
    "build",
    "extract",
    "extract_text",
    "load",
]


def load(folder: str | Path = "out") -> Graph:
    """The graph that an earlier build left in its output folder."""
    from kg.folder import Graph

    return Graph(folder)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
