"""RDF files in and out: format by suffix, ``.gz`` on top, written beside and renamed.

Files are byte-identical for the same triples. ``.ttl``, ``.nt``, ``.rdf`` hold the union of all
graphs, ``.trig``, ``.nq``, ``.jsonld`` one graph per document.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from kg.errors import DataError
from kg.graph.background import BACKGROUND_GRAPH, Background, background_triples
from kg.graph.belief import derive
from kg.graph.jsonld import json_ld
from kg.graph.output import write_whole
from kg.graph.rdf import ASSERTED_GRAPH, VOCABULARY_GRAPH, Graphs, RunInfo, build_graphs
from kg.graph.rdf_reader import statements_of
from kg.graph.terms import PREFIXES, Triple, term_of
from kg.graph.turtle import trig, turtle
from kg.statement import Document, Statement

FORMATS = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".jsonld": "JSON_LD",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
}
"""The suffixes that kg reads and writes, each also with ``.gz`` behind it."""


def write_graph(
    path: Path | str,
    statements: Iterable[Statement],
    documents: Iterable[Document] = (),
    *,
    belief: str | None = None,
    run: RunInfo | None = None,
) -> None:
    """Write statements, their provenance and the plain edges that ``belief`` derives from them.

    ``belief`` is the text of a CONSTRUCT query (``asserted.rq`` by default). Raises
    ``StoreError`` when the file cannot be written; what was there before is then untouched.
    """
    write_graphs(path, full_graphs(statements, documents, belief=belief, run=run))


def full_graphs(
    statements: Iterable[Statement],
    documents: Iterable[Document] = (),
    *,
    belief: str | None = None,
    run: RunInfo | None = None,
    background: Background | None = None,
) -> Graphs:
    """The graphs of ``build_graphs``, of the background if any, and of the plain edges."""
    graphs = build_graphs(statements, documents, run)
    if background and (known := background_triples(background)):
        graphs[BACKGROUND_GRAPH] = known
    edges = derive(graphs, belief)
    if edges:
        graphs[ASSERTED_GRAPH] = edges
    return graphs


def write_graphs(path: Path | str, graphs: Mapping[str, list[Triple]]) -> None:
    """Write graphs in the format of the file's suffix; see ``write_graph`` for the promise."""
    path = Path(path)
    chunks = serialised(graphs, format_of(path))
    write_whole(path, gzipped(chunks) if path.suffix == ".gz" else chunks)


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks compressed; the same chunks give the same bytes."""
    buffer = io.BytesIO()
    # No name and no time in the header.
    with gzip.GzipFile("", "wb", fileobj=buffer, mtime=0) as packed:
        for chunk in chunks:
            packed.write(chunk)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def format_of(path: Path) -> str:
    """The name of the format of a file's suffix; raises ``DataError`` for an unknown one."""
    suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"]
    kind = FORMATS.get(suffixes[-1].lower()) if suffixes else None
    if kind is None:
        raise DataError(
            path, None, "no RDF format has this suffix", f"use one of {', '.join(FORMATS)}, or .gz"
        )
    return kind


def n_quads(graphs: Mapping[str, Iterable[Triple]]) -> Iterator[bytes]:
    """The lines of an N-Quads file, sorted by graph; the key ``""`` is the default graph."""
    for graph in sorted(graphs):
        end = f" {graph} .\n" if graph else " .\n"
        for subject, predicate, value in graphs[graph]:
            yield f"{subject} {predicate} {value}{end}".encode()


def union(graphs: Mapping[str, Iterable[Triple]]) -> list[Triple]:
    """The triples of all graphs, sorted, each once."""
    return sorted({triple for triples in graphs.values() for triple in triples})


def serialised(graphs: Mapping[str, list[Triple]], kind: str) -> Iterator[bytes]:
    """The graphs in one of the formats of ``FORMATS``, chunk by chunk."""
    if kind == "TURTLE":
        return (line.encode() for line in turtle(union(graphs)))
    if kind == "TRIG":
        return (line.encode() for line in trig(graphs))
    if kind == "N_TRIPLES":
        return (f"{s} {p} {o} .\n".encode() for s, p, o in union(graphs))
    if kind == "N_QUADS":
        return n_quads(graphs)
    if kind == "JSON_LD":
        return (line.encode() for line in json_ld(graphs))
    return _rdf_xml(graphs)


# What XML 1.0 cannot hold even as a character reference.
_NOT_XML = re.compile(r"\\u00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])|\\u(?:FFFE|FFFF)")
_REPLACEMENT = r"\\uFFFD"


def _rdf_xml(graphs: Mapping[str, list[Triple]]) -> Iterator[bytes]:
    import pyoxigraph

    lines = (f"{s} {p} {_NOT_XML.sub(_REPLACEMENT, o)} .\n" for s, p, o in union(graphs))
    parsed: Any = pyoxigraph.parse("".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    yield (
        pyoxigraph.serialize(
            (quad.triple for quad in parsed), format=pyoxigraph.RdfFormat.RDF_XML, prefixes=PREFIXES
        )
        or b""
    )


# --- Reading --------------------------------------------------------------------------------


def read_graphs(path: Path | str) -> Graphs:
    """The graphs of an RDF file; triples outside of any graph come under the key ``""``.

    Raises ``DataError`` with the line for a file that breaks the syntax of its suffix.
    """
    path = Path(path)
    kind = format_of(path)
    try:
        with path.open("rb") as file:
            stream: Any = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
            return parse_graphs(stream, kind, path)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(path, None, f"cannot be read: {error}") from error


def parse_graphs(file: IO[bytes], kind: str, path: Path | str) -> Graphs:
    """Like ``read_graphs`` for a stream in one of the formats; ``path`` is named in errors."""
    import pyoxigraph

    known: dict[Any, str] = {}

    def term(value: Any) -> str:
        if value not in known:
            known[value] = term_of(value)
        return known[value]

    graphs: dict[str, set[Triple]] = {}
    default = pyoxigraph.DefaultGraph()
    try:
        for quad in pyoxigraph.parse(file, getattr(pyoxigraph.RdfFormat, kind)):
            graph = "" if quad.graph_name == default else term(quad.graph_name)
            triple = (term(quad.subject), term(quad.predicate), term(quad.object))
            graphs.setdefault(graph, set()).add(triple)
    except SyntaxError as error:
        raise syntax_error(Path(path), error) from error
    except ValueError as error:
        raise DataError(path, None, f"cannot be read: {error}") from error
    return {graph: sorted(graphs[graph]) for graph in sorted(graphs)}


def syntax_error(path: Path, error: SyntaxError) -> DataError:
    """The error of a parser of pyoxigraph as one line with file and line number."""
    message = " ".join((error.msg or "malformed").split())
    found = re.search(r"line (\d+)", message)
    line = error.lineno or (int(found.group(1)) if found else None)
    if "LoadDocumentCallback" in message:
        hint = "write the context into the file"
        return DataError(path, line, "its @context lies elsewhere and kg fetches nothing", hint)
    message = re.sub(r"^Parser error at line \d+ (between )?columns? [\d and]+: ", "", message)
    return DataError(path, line, message, "not the syntax that its suffix promises")


def read_graph(path: Path | str) -> list[Statement]:
    """The statements of an RDF file that kg wrote, without loss; ``DataError`` for any other."""
    return statements_in(read_graphs(path), str(path))


def statements_in(graphs: Mapping[str, list[Triple]], path: str = "graph") -> list[Statement]:
    """The statements of graphs that kg wrote, in the order of the documents and their texts.

    Each document is read on its own, so that an actor keeps the sector it has there.
    """
    shared = graphs.get(VOCABULARY_GRAPH, [])
    found = [
        statement
        for graph, triples in graphs.items()
        if graph not in (VOCABULARY_GRAPH, BACKGROUND_GRAPH, ASSERTED_GRAPH)
        for statement in statements_of([*triples, *shared], path)
    ]
    return sorted(found, key=_reading_order)


def _reading_order(statement: Statement) -> tuple[str, int, tuple[int, int], str, str]:
    evidence = statement.evidence
    return (
        evidence.document,
        evidence.sentence.start,
        evidence.predicate,
        statement.id,
        evidence.rule,
    )
