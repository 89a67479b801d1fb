"""Parts: what is read in a few documents at a time, each kept in a file of its own.

The unit of work of every build, on one core or on a cluster. A chunk of documents has a key
made of all that decides its result, so a part that lies there from an earlier run, of this
machine or another, is used again, and one of other documents or versions never is. A part is
whole or it does not count: it is written beside, flushed to the disk and renamed, and carries
a checksum of its content.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kg.errors import DataError, DocumentError
from kg.folder import document_from, document_record
from kg.graph.documents import document_graph
from kg.graph.named import NamedGraph
from kg.graph.rdf import RunInfo, build_graphs
from kg.jsonlines import from_json, to_json
from kg.statement import Document, Statement

FORMAT = "kg-part 1"
"""The first words of a part; counts the layouts of these files."""
SUFFIX = ".part"

CHUNK_DOCUMENTS = 32
"""So many documents are in a chunk at most: little is lost when one has to be read again."""
CHUNK_CHARACTERS = 60_000
"""A chunk is closed with the document that brings it to so many characters (some 10,000 words)."""
_OFTEN = 16
"""One document in so many ends a chunk by its content alone: see ``chunks``."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents that are read together; equal keys mean equal results."""

    key: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that was read, and its statements, as lines of JSON without their ends."""

    document_line: str
    statement_lines: tuple[str, ...]
    graph: NamedGraph | None = field(default=None, compare=False)
    """Its graph, where that was made when it was read; ``graph_of`` otherwise makes it."""

    @property
    def document(self) -> Document:
        """The document."""
        return document_from(json.loads(self.document_line))

    @property
    def statements(self) -> list[Statement]:
        """Its statements in text order."""
        return [from_json(json.loads(line)) for line in self.statement_lines]


Outcome = Entry | DocumentError
"""What became of a document: an entry, or why it was skipped."""


class Reader(Protocol):
    """What reads documents: ``kg.text.pipeline.Extractor``."""

    def extract_all(
        self, documents: Iterable[Document]
    ) -> Iterable[tuple[Document, list[Statement] | DocumentError]]:
        """Documents with their statements, in their order."""


# --- Keys -------------------------------------------------------------------------------------


def reader_key(
    version: str,
    model: str,
    vocabulary: str,
    actors: Sequence[Path] = (),
    open_triples: bool = False,
) -> str:
    """A hash of all besides the documents that decides what is read in them.

    ``version`` is that of kg; ``model`` and ``vocabulary`` are the identities that
    ``kg.text.models.model_identity`` and ``kg.knowledge.vocabulary_version`` give. Raises
    ``DataError`` for a table of the user's own actors that cannot be read.
    """
    digest = hashlib.sha256()
    for text in (FORMAT, version, model, vocabulary, str(open_triples)):
        digest.update(f"{text}\0".encode())
    for table in actors:
        try:
            digest.update(hashlib.sha256(table.read_bytes()).digest())
        except OSError as error:
            raise DataError(table, None, f"cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()[:16]


def chunks(documents: Iterable[Document], reader: str) -> Iterator[Chunk]:
    """The documents in chunks, in their order; ``reader`` is the ``reader_key``.

    Besides the two limits the content of a document decides whether a chunk ends with it. So
    a document that is new, changed or gone moves the borders nearby and not those of all
    chunks behind it, whose parts stay of use.
    """
    held: list[Document] = []
    characters = 0
    key = hashlib.sha256()
    for document in documents:
        record = json.dumps(document_record(document), ensure_ascii=True)
        digest = hashlib.sha256(record.encode("ascii")).digest()
        held.append(document)
        characters += len(document.text)
        key.update(digest)
        if (
            len(held) >= CHUNK_DOCUMENTS
            or characters >= CHUNK_CHARACTERS
            or digest[0] % _OFTEN == 0
        ):
            yield Chunk(_chunk_key(reader, key), tuple(held))
            held, characters, key = [], 0, hashlib.sha256()
    if held:
        yield Chunk(_chunk_key(reader, key), tuple(held))


def _chunk_key(reader: str, documents: hashlib._Hash) -> str:
    # Begins with what read it, so that a name tells the parts of other versions apart.
    return f"{reader}-{documents.hexdigest()[:32]}"


# --- Files ------------------------------------------------------------------------------------


def read_chunk(
    reader: Reader, documents: Iterable[Document], run: RunInfo | None = None
) -> Iterator[Outcome]:
    """What became of each document, in their order; with ``run`` their graphs are made too."""
    for document, found in reader.extract_all(documents):
        if isinstance(found, DocumentError):
            yield found
        else:
            yield entry(document, found, graph_of(document, found, run) if run else None)


def entry(
    document: Document, statements: Iterable[Statement], graph: NamedGraph | None = None
) -> Entry:
    """A document that was read with its statements."""
    lines = (json.dumps(to_json(statement), ensure_ascii=False) for statement in statements)
    return Entry(json.dumps(document_record(document), ensure_ascii=False), tuple(lines), graph)


def graph_of(document: Document, statements: Iterable[Statement], run: RunInfo) -> NamedGraph:
    """The graph of a document and of what was read in it."""
    name = document_graph(document.id)
    return NamedGraph(name, build_graphs(statements, [document], run)[name])


def part_path(folder: Path, key: str) -> Path:
    """Where the part of a chunk lies in a folder of parts."""
    return folder / f"{key}{SUFFIX}"


def part_bytes(outcomes: Iterable[Outcome]) -> bytes:
    """The content of a part; equal outcomes give equal bytes."""
    outcomes = list(outcomes)
    index = [
        len(one.statement_lines) if isinstance(one, Entry) else [one.source, one.problem, one.hint]
        for one in outcomes
    ]
    lines = [json.dumps(index, ensure_ascii=False)]
    graphs: list[list[Any] | None] = []
    for one in outcomes:
        if isinstance(one, Entry):
            lines += (one.document_line, *one.statement_lines)
            graphs.append(one.graph.packed() if one.graph is not None else None)
    if any(graphs):
        lines.append(json.dumps(graphs, ensure_ascii=False))
    packed = zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 1)
    header = f"{FORMAT} {hashlib.sha256(packed).hexdigest()} {len(index)}\n"
    return header.encode("ascii") + packed


def outcomes_of(content: bytes, name: Path | str) -> list[Outcome]:
    """The inverse of ``part_bytes``; raises ``DataError`` when it is torn or of another layout."""
    header, _, packed = content.partition(b"\n")
    *layout, digest, _ = [*header.decode("ascii", "replace").split(" "), "", ""][:4]
    if " ".join(layout) != FORMAT or hashlib.sha256(packed).hexdigest() != digest:
        raise DataError(name, None, "is not a whole part", "delete it and build again")
    lines = zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
    index = json.loads(lines[0])
    size = sum(item + 1 for item in index if isinstance(item, int))
    graphs = iter(json.loads(lines[size + 1]) if len(lines) > size + 1 else ())
    outcomes: list[Outcome] = []
    position = 1
    for item in index:
        if isinstance(item, int):
            end = position + 1 + item
            data = next(graphs, None)
            graph = NamedGraph.unpacked(data) if data is not None else None
            outcomes.append(Entry(lines[position], tuple(lines[position + 1 : end]), graph))
            position = end
        else:
            outcomes.append(DocumentError(*item))
    return outcomes


def write_part(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write a part: whole and on the disk when this returns, or not at all.

    Raises ``OSError`` when the file cannot be written.
    """
    _write_through(path, part_bytes(outcomes))


def _write_through(path: Path, content: bytes) -> None:
    """Like ``kg.graph.output.write_whole``, and flushed, so that it outlives a loss of power."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_part(path: Path) -> list[Outcome]:
    """What a part holds; raises ``DataError`` when it is missing, torn or of another layout."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror or error}") from error
    return outcomes_of(content, path)


def is_whole(path: Path) -> bool:
    """Whether a part lies there, whole."""
    try:
        read_part(path)
    except DataError:
        return False
    return True


def read_before(folder: Path, reader: str = "*") -> int:
    """How many documents the parts in a folder hold that ``reader`` would read alike.

    Counted by the first lines of the files: whether they are whole is seen when they are used.
    """
    found = 0
    for path in folder.glob(f"{reader}-*{SUFFIX}"):
        with path.open("rb") as file:
            count = file.readline(200).split()[-1:]
        found += int(count[0]) if count and count[0].isdigit() else 0
    return found
