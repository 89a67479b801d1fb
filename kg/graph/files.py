"""RDF files in and out: format by suffix, ``.gz`` on top, written beside and renamed.

Files are byte-identical for the same triples. ``.ttl``, ``.nt``, ``.rdf`` hold the union of all
graphs, ``.trig``, ``.nq``, ``.jsonld`` one graph per document.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.graph.belief import derive
from kg.graph.output import write_whole
from kg.graph.rdf import ASSERTED_GRAPH, Graphs, RunInfo, build_graphs
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
) -> Graphs:
    """The graphs of ``build_graphs`` and the graph of the plain edges, to write or load."""
    graphs = build_graphs(statements, documents, run)
    edges = derive(graphs, belief)
    if edges:
        graphs[ASSERTED_GRAPH] = edges
    return graphs


def write_graphs(path: Path | str, graphs: Mapping[str, list[Triple]]) -> None:
    """Write graphs in the format of the file's suffix; see ``write_graph`` for the promise."""
    path = Path(path)
    chunks = _serialised(graphs, format_of(path))
    write_whole(path, _packed(chunks) if path.suffix == ".gz" else chunks)


def _packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    buffer = io.BytesIO()
    # No name and no time in the header: the same triples give the same bytes.
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


def _serialised(graphs: Mapping[str, list[Triple]], kind: str) -> Iterator[bytes]:
    if kind == "TURTLE":
        return (line.encode() for line in turtle(union(graphs)))
    if kind == "TRIG":
        return (line.encode() for line in trig(graphs))
    if kind == "N_TRIPLES":
        return (f"{s} {p} {o} .\n".encode() for s, p, o in union(graphs))
    if kind == "N_QUADS":
        return n_quads(graphs)
    return _by_oxigraph(graphs, kind)


# What XML 1.0 cannot hold even as a character reference.
_NOT_XML = re.compile(r"\\u00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])|\\u(?:FFFE|FFFF)")
_REPLACEMENT = r"\\uFFFD"


def _by_oxigraph(graphs: Mapping[str, list[Triple]], kind: str) -> Iterator[bytes]:
    import pyoxigraph

    target = getattr(pyoxigraph.RdfFormat, kind)
    if kind == "RDF_XML":
        lines = (f"{s} {p} {_NOT_XML.sub(_REPLACEMENT, o)} .\n" for s, p, o in union(graphs))
        quads: Any = pyoxigraph.parse("".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
        items: Any = (quad.triple for quad in quads)
    else:
        items = pyoxigraph.parse(b"".join(n_quads(graphs)), pyoxigraph.RdfFormat.N_QUADS)
    prefixes = {p: n for p, n in PREFIXES.items() if not p.startswith("xml")}
    yield pyoxigraph.serialize(items, format=target, prefixes=prefixes) or b""


# --- Reading --------------------------------------------------------------------------------


def read_graphs(path: Path | str) -> Graphs:
    """The graphs of an RDF file; triples outside of any graph come under the key ``""``.

    Raises ``DataError`` with the line for a file that breaks the syntax of its suffix.
    """
    import pyoxigraph

    path = Path(path)
    kind = getattr(pyoxigraph.RdfFormat, format_of(path))
    known: dict[Any, str] = {}

    def term(value: Any) -> str:
        if value not in known:
            known[value] = term_of(value)
        return known[value]

    graphs: dict[str, set[Triple]] = {}
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        default = pyoxigraph.DefaultGraph()
        for quad in pyoxigraph.parse(io.BytesIO(data), kind):
            graph = "" if quad.graph_name == default else term(quad.graph_name)
            triple = (term(quad.subject), term(quad.predicate), term(quad.object))
            graphs.setdefault(graph, set()).add(triple)
    except SyntaxError as error:
        raise syntax_error(path, error) from error
    except (OSError, EOFError, ValueError) as error:
        raise DataError(path, None, f"cannot be read: {error}") from error
    return {graph: sorted(graphs[graph]) for graph in sorted(graphs)}


def syntax_error(path: Path, error: SyntaxError) -> DataError:
    """The error of a parser of pyoxigraph as one line with file and line number."""
    message = " ".join((error.msg or "malformed").split())
    found = re.search(r"line (\d+)", message)
    line = error.lineno or (int(found.group(1)) if found else None)
    message = re.sub(r"^Parser error at line \d+ (between )?columns? [\d and]+: ", "", message)
    return DataError(path, line, message, "not the syntax that its suffix promises")


def read_graph(path: Path | str) -> list[Statement]:
    """The statements of an RDF file that kg wrote, without loss; ``DataError`` for any other."""
    return statements_of(union(read_graphs(path)), str(path))
