"""Parts on shared storage: what the workers write there, and the list of what counts.

Each batch leaves three files, all named by its key: ``parts/KEY.part`` (documents and
statements, from which a result is made), ``nquads/KEY.nq.gz`` (for a server store) and
``statements/KEY.parquet`` (for data frames and SQL). The part is written last: a batch counts
when its part is there. ``manifest.json`` names the batches of the last run, for other runs may
have left more.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from kg.engine.files import Place
from kg.engine.versions import Versions
from kg.errors import DataError
from kg.folder import COLUMNS, statement_row
from kg.graph.files import gzipped, n_quads
from kg.graph.rdf import RunInfo, build_graphs
from kg.parts import Entry, Outcome, part_bytes, part_path
from kg.statement import Document, Statement

MANIFEST = "manifest.json"
MARK = ".kg"

_DATES = ("start", "end", "published")


class Shared:
    """A place for parts that the client and all workers reach."""

    def __init__(self, url: str, versions: Versions) -> None:
        self._place = Place(url)
        self.url = self._place.url
        self._run = RunInfo(versions.kg, versions.model, versions.vocabulary)

    def mark(self) -> str:
        """Write the file by which the place is known, with something new in it; returns that."""
        mark = uuid4().hex
        self._place.write(MARK, mark.encode())
        return mark

    def keys(self) -> set[str]:
        """The keys of the batches whose parts are there."""
        names = self._place.names()
        return {
            name.removeprefix("parts/").removesuffix(".part")
            for name in names
            if name.startswith("parts/") and name.endswith(".part")
        }

    def part(self, key: str) -> bytes:
        """The part of a batch; raises ``DataError`` when it is gone."""
        name = f"parts/{key}.part"
        try:
            return self._place.read(name)
        except FileNotFoundError as error:
            raise DataError(f"{self._place.url}/{name}", None, "is gone") from error

    def local_part(self, key: str, folder: Path) -> Path:
        """The part of a batch as a file of this machine, copied to ``folder`` if need be."""
        if self._place.path is not None:
            return self._place.path / f"parts/{key}.part"
        path = part_path(folder, key)
        path.write_bytes(self.part(key))
        return path

    def keep(self, key: str, outcomes: Sequence[Outcome]) -> None:
        """Write the three files of a batch; the same outcomes give the same bytes."""
        entries = [one for one in outcomes if isinstance(one, Entry)]
        documents = [entry.document for entry in entries]
        statements = [statement for entry in entries for statement in entry.statements]
        graphs = build_graphs(statements, documents, self._run)
        self._place.write(f"nquads/{key}.nq.gz", b"".join(gzipped(n_quads(graphs))))
        self._place.write(f"statements/{key}.parquet", parquet(statements, documents))
        self._place.write(f"parts/{key}.part", part_bytes(outcomes))

    def list_batches(self, manifest: Manifest) -> None:
        """Write the manifest."""
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"
        self._place.write(MANIFEST, content.encode("utf-8", "surrogatepass"))


def known_by(url: str) -> str:
    """The content of the file by which a place is known, where all that is needed is installed.

    Raises ``ImportError`` otherwise, ``OSError`` when the file is not there, ``DataError`` or
    ``StoreError`` like ``Place``.
    """
    import_module("pyarrow")
    return Place(url).read(MARK).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What makes up a result: who read it, and the batches in the order of the documents.

    ``skipped`` and ``notes`` are lines about what never came to be read.
    """

    geokg: str
    model: str
    lexicon: str
    documents: int
    statements: int
    batches: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def manifest_at(url: str) -> Manifest:
    """The manifest of a place; raises ``DataError`` when there is none that can be read."""
    try:
        record = json.loads(Place(url).read(MANIFEST))
        lists = {key: tuple(record[key]) for key in ("batches", "skipped", "notes")}
        return Manifest(**{**record, **lists})
    except FileNotFoundError:
        hint = "let `kg build --engine dask --parts` end first"
        raise DataError(f"{url}/{MANIFEST}", None, "is not there", hint) from None
    except (LookupError, TypeError, ValueError) as error:
        raise DataError(f"{url}/{MANIFEST}", None, f"is no manifest: {error!r}") from error


def parquet(statements: Sequence[Statement], documents: Sequence[Document]) -> bytes:
    """A Parquet file with the columns of ``Graph.statements_frame``."""
    import pyarrow
    from pyarrow.parquet import write_table

    known = {document.id: document for document in documents}
    rows = [statement_row(statement, known) for statement in statements]
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    table = pyarrow.table([list(column) for column in columns], schema=_schema())
    buffer = io.BytesIO()
    write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


@cache
def _schema() -> Any:
    """The same types in every part, also where a column happens to be empty."""
    import pyarrow

    kinds = {**dict.fromkeys(_DATES, pyarrow.date32()), "confidence": pyarrow.float64()}
    return pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in COLUMNS])
