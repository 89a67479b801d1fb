"""Parquet tables, one document a row, without trust in what they unpack to.

A file of some kilobytes can hold a page that unpacks to two gigabytes, a text that a million
rows share, or a billion rows of nothing. What is too large is named before it is unpacked.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from kg.errors import DocumentError
from kg.text.readers.pieces import (
    MAX_BYTES,
    Found,
    Piece,
    Settings,
    Source,
    bomb,
    is_bomb,
    missing,
)
from kg.text.readers.tables import chosen_columns, row_piece
from kg.text.readers.thrift import struct

_ROWS_AT_ONCE = 64
_MOST_PER_PAGE = 10 * MAX_BYTES
"""Writers make pages of a megabyte, or of a thousand values where these are long."""
# Numbers of fields, as parquet.thrift of Apache Parquet gives them.
_GROUPS = 4
_COLUMNS, _ROWS = 1, 3
_ABOUT = 3
_PATH, _BYTES, _DATA, _DICTIONARY = 3, 7, 9, 11
_UNPACKED, _PACKED = 2, 3


def read_parquet_rows(source: Source, settings: Settings) -> Found:
    """The documents of a Parquet file, a few rows in memory at a time."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        yield missing(source.name, "Parquet", "pyarrow", "parquet")
        return
    try:
        with source.open() as file:
            table = ParquetFile(file)
            chosen = chosen_columns(source, table.schema_arrow.names, settings)
            if isinstance(chosen, DocumentError):
                yield chosen
                return
            with source.open() as again:
                problem = _too_large(chosen.values(), again)
            if problem:
                yield DocumentError(source.name, problem)
                return
            yield from _rows(source, ParquetFile(file, read_dictionary=_texts(table)), chosen)
    except (ArrowException, LookupError, TypeError, ValueError) as error:
        line = str(error).partition("\n")[0]
        yield DocumentError(source.name, f"not a Parquet file that can be read: {line}")


def _rows(source: Source, table: Any, chosen: Mapping[str, str]) -> Iterator[Piece | DocumentError]:
    number = unpacked = 0
    for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=list(chosen.values())):
        for at in range(batch.num_rows):
            # One row at a time: what is one text in the file may be in all of them.
            record = {key: batch.column(name)[at].as_py() for key, name in chosen.items()}
            number += 1
            unpacked += len(str(record.get("text") or ""))
            if is_bomb(unpacked, source.size):
                yield bomb(source.name)
                return
            yield row_piece(f"{source.name}:{number}", record)


def _texts(table: Any) -> list[str]:
    """The columns of texts, which stay packed as a dictionary while a batch of them is read."""
    kinds = {field.name: str(field.type) for field in table.schema_arrow}
    return [name for name, kind in kinds.items() if kind in ("string", "large_string")]


def _too_large(columns: Collection[str], file: IO[bytes]) -> str:
    """Why a file is not to be unpacked; empty where all is as tables of articles are.

    Read here rather than by pyarrow, which ends the process where what it is asked to tell of
    a part of a column is damaged. Raises ``ValueError`` for what is not as it should be.
    """
    size = file.seek(0, io.SEEK_END)
    groups = _footer(file, size).get(_GROUPS, [])
    rows = sum(group[_ROWS] for group in groups)
    if rows > size:
        return f"not a table of articles: {rows:,} rows in {size:,} bytes"
    for group in groups:
        for column in group[_COLUMNS]:
            about = column[_ABOUT]
            if about[_PATH][0].decode("utf-8", "replace") not in columns:
                continue
            largest = max(_pages(about, file, size), default=0)
            if largest > _MOST_PER_PAGE:
                return f"too long: a page of it unpacks to {largest:,} bytes"
    return ""


def _footer(file: IO[bytes], size: int) -> dict[int, Any]:
    """What the end of the file says of its parts: a struct, its length, four letters."""
    file.seek(max(0, size - 8))
    length = int.from_bytes(file.read(4), "little")
    if length > min(size - 8, MAX_BYTES):
        raise ValueError("what it says of itself is too long")
    file.seek(size - 8 - length)
    return struct(file)


def _pages(about: Mapping[int, Any], file: IO[bytes], size: int) -> Iterator[int]:
    """How large the pages of a part of a column are when unpacked."""
    begin = about[_DATA]
    if 0 < about.get(_DICTIONARY, 0) < begin:
        begin = about[_DICTIONARY]
    end = begin + about[_BYTES]
    if not 0 <= begin <= end <= size:
        raise ValueError("a column lies outside the file")
    at = begin
    while at < end:
        file.seek(at)
        head = struct(file)
        if head.get(_PACKED, -1) < 0:
            raise ValueError("a page without a size")
        yield head.get(_UNPACKED, 0)
        at = file.tell() + head[_PACKED]
