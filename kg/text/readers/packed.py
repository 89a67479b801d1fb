"""Packed files: what lies in them is read as if it lay beside them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Any

from kg.errors import DocumentError
from kg.text.characters import NotText, decode
from kg.text.readers.pieces import (
    ASKED_FOR,
    MAX_BYTES,
    Found,
    Piece,
    Reader,
    Settings,
    Source,
    bomb,
    guarded,
    is_bomb,
    missing,
    too_long,
)

_DEEPEST = 3
"""How many times packed: an archive in an archive in an archive is nobody's folder of articles."""

READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that can be unpacked a little at a time; the others fill any memory at once."""

Lookup = Callable[[str], Reader | None]


def read_compressed(source: Source, settings: Settings, reader_of: Lookup) -> Found:
    """What lies in a ``.gz`` or ``.zst`` file: "articles.jsonl.gz" is JSON Lines."""
    name = source.name.removesuffix(source.suffix)
    suffix = PurePosixPath(name).suffix.lower()
    reader = reader_of(suffix)
    if reader is None or settings.depth >= _DEEPEST:
        yield DocumentError(source.name, "holds a file of a kind that is not read")
        return
    opener: Callable[[], IO[bytes]]
    if source.suffix == ".gz":

        def opener() -> IO[bytes]:
            return _bounded(gzip.GzipFile(fileobj=source.open()), source.size)
    else:
        try:
            from zstandard import ZstdDecompressor, ZstdError
        except ImportError:
            yield missing(source.name, "a .zst file", "zstandard")
            return

        def opener() -> IO[bytes]:
            return _bounded(ZstdDecompressor().stream_reader(source.open()), source.size)

    inner = Source(source.name, suffix, opener)
    broken: tuple[type[Exception], ...] = (EOFError, zlib.error, gzip.BadGzipFile)
    if source.suffix == ".zst":
        broken = (*broken, ZstdError)
    try:
        yield from reader(inner, replace(settings, depth=settings.depth + 1))
    except _Bomb:
        yield bomb(source.name)
    except broken as error:
        yield DocumentError(source.name, f"is damaged: {error}")


class _Bomb(Exception):
    """More has come out of a packed file than can be articles."""


class _Unpacked(io.RawIOBase):
    """What comes out of a packed file of ``size`` bytes, until it is too much."""

    def __init__(self, inner: Any, size: int | None) -> None:
        self._inner, self._size, self._out = inner, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._inner.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        count = int(self._inner.readinto(buffer))
        self._out += count
        if is_bomb(self._out, self._size):
            raise _Bomb
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()


def _bounded(inner: Any, size: int | None) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(inner, size))


def read_zip(source: Source, settings: Settings, reader_of: Lookup) -> Found:
    """The articles of a ``.zip`` archive by name; each member is bounded like a file."""
    if settings.depth >= _DEEPEST:
        yield DocumentError(source.name, "archives packed too often in each other")
        return
    within = replace(settings, depth=settings.depth + 1)
    left_out = found = 0
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            if overlapping(archive, file.seek(0, io.SEEK_END)):
                yield DocumentError(source.name, "not an archive of articles: its members overlap")
                return
            for info in sorted(archive.infolist(), key=lambda i: i.filename):
                path = PurePosixPath(info.filename)
                named = [part for part in path.parts if part not in (".", "..")]
                hidden = any(part.startswith((".", "__MACOSX")) for part in named)
                reader = reader_of(path.suffix.lower())
                if info.is_dir() or hidden:
                    continue
                if reader is None or path.suffix.lower() in ASKED_FOR:
                    left_out += 1
                    continue
                found += 1
                name = f"{source.name}/{info.filename}"
                if info.compress_type not in READABLE_METHODS:
                    yield DocumentError(name, "is packed by a method that is not read", "use zip")
                    continue
                if info.file_size > MAX_BYTES:
                    yield too_long(name, f"{info.file_size:,} bytes", f"{MAX_BYTES:,} bytes")
                    continue
                with archive.open(info) as member:
                    data = member.read(MAX_BYTES + 1)
                yield from guarded(reader, Source.member(name, data), within)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        yield DocumentError(source.name, f"not an archive that can be read: {error}")
        return
    if left_out:
        settings.tell(source.name, f"files of other kinds in it were not read: {left_out}")
    if not found:
        yield DocumentError(source.name, "no articles in this archive")


def overlapping(archive: zipfile.ZipFile, size: int) -> bool:
    """Whether members share bytes of an archive, as in a bomb that unpacks one of them often."""
    return sum(info.compress_size for info in archive.infolist()) > size


def read_warc(source: Source, settings: Settings) -> Found:
    """The pages of a web archive with their addresses; other responses are left out."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield missing(source.name, "a web archive", "warcio")
        return
    found = 0
    try:
        with source.open() as file:
            for number, record in enumerate(_quietly(ArchiveIterator(file)), 1):
                headers = record.http_headers
                if record.rec_type != "response" or headers is None:
                    continue
                kind = headers.get_header("Content-Type") or ""
                if headers.get_statuscode() != "200" or "html" not in kind.lower():
                    continue
                found += 1
                url = record.rec_headers.get_header("WARC-Target-URI")
                where = f"{source.name}:{number}"
                data = record.content_stream().read(MAX_BYTES)
                yield _page(where, data, url, settings)
    except ArchiveLoadFailed as error:
        yield DocumentError(source.name, f"not a web archive that can be read: {error}")
        return
    if not found:
        yield DocumentError(source.name, "no pages in this web archive")


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """The records of a web archive; its library prints what is odd in them, word for word."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _page(name: str, data: bytes, url: str | None, settings: Settings) -> Piece | DocumentError:
    try:
        text = decode(data, lambda line: settings.tell(name, line))
    except NotText as error:
        return DocumentError(name, str(error))
    return Piece(name, text, page=True, address=url)
