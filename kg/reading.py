"""Statements of articles for Python programs, without an output folder."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Day
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.statement import Document, Statement, document_id
from kg.text.characters import keep_offsets
from kg.text.corpus import usable_documents

if TYPE_CHECKING:
    from kg.text.pipeline import Extractor


def extract(
    paths: str | Path | Sequence[str | Path],
    *,
    date: Day | None = None,
    open_triples: bool = False,
    jobs: int = 1,
    actors: Sequence[Path] = (),
    model: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Statement]:
    """The statements of articles, in the order of the files and their texts.

    ``date`` is for documents that state none, ``columns`` names the columns of tables
    ({"text": "body"}). A document that cannot be used is left out
    with a warning.
    """
    from kg.text.pipeline import Extractor

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    extractor = Extractor(open_triples=open_triples, actors=actors, model=model)
    articles = usable_documents(given, date, _skip, columns=columns or {})
    for _, found in extractor.extract_all(articles, jobs=jobs):
        if isinstance(found, DocumentError):
            _skip(found)
        else:
            yield from found


def extract_text(
    text: str, *, date: Day | None = None, open_triples: bool = False
) -> list[Statement]:
    """The statements of a text at hand; offsets count its characters.

    Raises ``DocumentError`` when it cannot be read, or takes too long. Threads may call it side
    by side.
    """
    from kg.text.pipeline import Extractor

    clean = keep_offsets(text, lambda line: None)
    document = Document(document_id(clean), clean, date=date)
    ((_, found),) = _made(Extractor, open_triples).extract_all([document])
    if isinstance(found, DocumentError):
        raise found
    return found


@cache
def _made(extractor: type[Extractor], open_triples: bool) -> Extractor:
    """Made once: making one takes as long as reading twenty sentences."""
    return extractor(open_triples=open_triples)


def _skip(problem: DocumentError) -> None:
    warnings.warn(f"skipped: {problem}", stacklevel=4)
