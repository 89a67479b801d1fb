"""The files of an output folder read again, a document at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from kg import folder
from kg.parts import Entry
from kg.statement import Document


def readers_of(path: Path) -> Iterator[str]:
    """The ``reader_key`` of what read each document of an output folder, in their order.

    Endlessly "" where earlier versions of kg did not note it.
    """
    marker = json.loads((path / folder.MARKER).read_text(encoding="utf-8"))
    for reader, count in marker.get("readers", ()):
        yield from repeat(reader, count)
    yield from repeat("")


def documents_of(path: Path) -> Iterator[Document]:
    """The documents of an output folder, one after the other."""
    with folder.open_text(path / folder.DOCUMENTS) as lines:
        for line in lines:
            yield folder.document_from(json.loads(line))


def entries_of(path: Path) -> Iterator[Entry]:
    """The documents of an output folder with their statements, one after the other."""
    with (
        folder.open_text(path / folder.DOCUMENTS) as documents,
        folder.open_text(path / folder.STATEMENTS) as statements,
    ):
        line = next(statements, "")
        for document in documents:
            # Both files have the same order.
            name = json.loads(document)["id"]
            told: list[str] = []
            while line and json.loads(line)["document"] == name:
                told.append(line.rstrip("\n"))
                line = next(statements, "")
            yield Entry(document.rstrip("\n"), tuple(told))
