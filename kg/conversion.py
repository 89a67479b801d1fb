"""Between statements as JSON Lines and RDF in every format, without loss."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from kg import folder
from kg.errors import DataError
from kg.folder import Graph, document_from
from kg.graph.files import (
    FORMATS,
    full_graphs,
    gzipped,
    parse_graphs,
    read_graphs,
    serialised,
    statements_in,
)
from kg.graph.output import write_whole
from kg.graph.rdf import Graphs, RunInfo
from kg.graph.rdf12 import with_triple_terms, without_triple_terms
from kg.graph.store import is_store, open_store, stored_graphs
from kg.jsonlines import read_statements, to_json
from kg.statement import Document, Statement

LINES = ".jsonl"
"""The suffix of statements as JSON Lines, which convert to and from every RDF format."""


def convert(
    source: Path | str,
    target: Path | str,
    *,
    documents: Path | None = None,
    belief: str | None = None,
    rdf12: bool | None = None,
    read_as: str = "",
    write_as: str = "",
) -> int:
    """Convert a file, an output folder or a store; returns how many statements or triples.

    The suffixes say what is what; ``-`` is standard input or output, in the form of the suffix
    ``read_as`` or ``write_as``. ``documents`` are the articles of statements in JSON Lines (by
    default ``documents.jsonl`` beside them), ``belief`` the text of the query for their plain
    edges. With ``rdf12`` true, triple terms of RDF 1.2 are added; false takes them out. Raises
    ``DataError`` for input that breaks its format and ``StoreError`` when the target cannot be
    written, which then stays as it was.
    """
    source, target = Path(source), Path(target)
    reader, writer = _form(source, read_as, "--from"), _form(target, write_as, "--to")
    graphs: Graphs | None = None
    statements: list[Statement] | None = None
    if reader == LINES:
        statements = list(_statements(source))
        if writer != LINES:
            graphs = _graphs(source, statements, documents, belief)
    else:
        graphs = _read_rdf(source, reader)
        if writer == LINES:
            statements = statements_in(graphs, str(source))
    if writer == LINES:
        _write(target, _lines(statements or []))
        return len(statements or [])
    graphs = graphs or {}
    if rdf12 is not None:
        graphs = with_triple_terms(graphs) if rdf12 else without_triple_terms(graphs)
    _write(target, serialised(graphs, FORMATS[writer]))
    return sum(len(triples) for triples in graphs.values())


def _form(path: Path, named: str, option: str) -> str:
    """The suffix that says in which form a path is read or written; "" for a folder."""
    if named:
        suffix = "." + named.removeprefix(".").lower()
        if suffix != LINES and suffix not in FORMATS:
            known = " ".join(s[1:] for s in (LINES, *FORMATS))
            raise DataError(option, None, f"'{named}' is no format", f"one of: {known}")
        return suffix
    if str(path) == "-":
        raise DataError(option, None, "is needed with '-'", f"for example {option} ttl")
    if option == "--from" and path.is_dir():
        return ""
    if option == "--from" and not path.exists():
        raise DataError(path, None, "cannot be read: no such file or folder")
    inner = path.with_suffix("") if path.suffix == ".gz" else path
    suffix = inner.suffix.lower()
    if suffix != LINES and suffix not in FORMATS:
        known = ", ".join((LINES, *FORMATS))
        raise DataError(
            path, None, "no RDF format has this suffix", f"use {known}, each also with .gz behind"
        )
    return suffix


def _read_rdf(source: Path, suffix: str) -> Graphs:
    if str(source) == "-":
        return parse_graphs(sys.stdin.buffer, FORMATS[suffix], "standard input")
    if suffix:
        return read_graphs(source)
    store = source if is_store(source) else Graph(source).path / folder.STORE
    return dict(stored_graphs(open_store(store)))


def _statements(source: Path) -> Iterator[Statement]:
    if str(source) == "-":
        yield from read_statements(sys.stdin, "standard input")
        return
    try:
        with source.open("rb") as raw:
            stream: Any = gzip.GzipFile(fileobj=raw) if source.suffix == ".gz" else raw
            lines = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
            yield from read_statements(lines, str(source))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(source, None, f"cannot be read: {error}") from error


def _graphs(
    source: Path, statements: list[Statement], documents: Path | None, belief: str | None
) -> Graphs:
    from kg.knowledge import background_of

    beside = source.parent / folder.DOCUMENTS
    if documents is None and str(source) != "-" and beside.exists():
        documents = beside
    run = RunInfo()
    if str(source) != "-" and (source.parent / folder.MARKER).exists():
        run = RunInfo(*Graph(source.parent).versions)
    return full_graphs(
        statements,
        _documents(documents) if documents else (),
        belief=belief,
        run=run,
        background=background_of(statements),
    )


def _documents(path: Path) -> list[Document]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            return [document_from(json.loads(line)) for line in file if line.strip()]
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise DataError(path, None, f"not documents: {error!r}") from error


def _lines(statements: Iterable[Statement]) -> Iterator[bytes]:
    for statement in statements:
        yield (json.dumps(to_json(statement), ensure_ascii=False) + "\n").encode()


def _write(target: Path, chunks: Iterable[bytes]) -> None:
    if str(target) != "-":
        write_whole(target, gzipped(chunks) if target.suffix == ".gz" else chunks)
        return
    out: IO[bytes] = sys.stdout.buffer
    for chunk in chunks:
        out.write(chunk)
    out.flush()
