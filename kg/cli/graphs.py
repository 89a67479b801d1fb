"""The argument and the reading of a graph that several verbs share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.statement import Document, Statement


@dataclass(frozen=True, slots=True)
class Read:
    """Statements (to be read once), documents, and the folder in which they lie."""

    statements: Iterable[Statement]
    documents: list[Document]
    folder: Path


def add_graph(parser: argparse.ArgumentParser) -> None:
    """The argument that names a graph."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=Path("out"),
        metavar="PATH",
        help="the output folder of a build (default: out), statements as .jsonl, or - for "
        "statements on standard input",
    )


def add_folder(parser: argparse.ArgumentParser, what: str) -> None:
    """The argument that names an output folder; ``what`` is its help up to the default."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("out"),
        metavar="FOLDER",
        help=f"{what} (default: out)",
    )


def add_store(parser: argparse.ArgumentParser) -> None:
    """The option that names the graph or store that a verb asks or changes."""
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        default=Path("out"),
        metavar="FOLDER",
        help="the output folder of a build, or a store (default: out)",
    )


@contextmanager
def reading(path: Path) -> Iterator[Read]:
    """The graph in a folder, a file of statements or a stream (``-``) of them.

    Raises ``DataError`` when it is none.

    Statements are read while they are used, so that a large graph never stands in memory.
    """
    from kg.folder import STATEMENTS, Graph, open_text
    from kg.jsonlines import read_statements

    if path == Path("-"):
        yield Read(read_statements(sys.stdin, "standard input"), [], Path())
        return
    if path.is_file():
        folder, documents = path.parent, []
    else:
        folder, documents = path, Graph(path).documents
        path = path / STATEMENTS
    with open_text(path) as file:
        yield Read(read_statements(file, str(path)), documents, folder)
