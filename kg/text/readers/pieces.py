"""What readers take and give: sources of bytes, pieces of text with what is known of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kg.errors import DocumentError, KGError
from kg.text.characters import Notice
from kg.text.metadata import Metadata
from kg.text.patience import SECONDS, OutOfPatience, bounded

ASKED_FOR = (".xml",)
"""Suffixes of what may hold anything: read where it is named, not in folders and archives."""
MAX_BYTES = 20_000_000
"""Longest file, line or packed member read into memory at all."""
_MOST_TIMES = 250
"""What is packed unpacks to at most so many times its size: texts of all kinds to 3 to 30 times."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: its name for people, its suffix, and how to open it.

    ``path`` is the file it lies in where it is a file of its own; ``size`` its bytes if known.
    """

    name: str
    suffix: str
    open: Callable[[], IO[bytes]]
    size: int | None = None
    path: Path | None = None

    @classmethod
    def file(cls, path: Path) -> Source:
        """A regular file; raises ``OSError`` where its size cannot be told."""
        return cls(
            str(path), path.suffix.lower(), lambda: path.open("rb"), path.stat().st_size, path
        )

    @classmethod
    def member(cls, name: str, data: bytes) -> Source:
        """What was packed in another source, already unpacked."""
        suffix = Path(name).suffix.lower()
        return cls(name, suffix, lambda: io.BytesIO(data), len(data))

    def read(self) -> bytes | DocumentError:
        """All bytes, or that there are more than MAX_BYTES of them."""
        if self.size is not None and self.size > MAX_BYTES:
            return too_long(self.name, f"{self.size:,} bytes", f"{MAX_BYTES:,} bytes")
        with self.open() as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return too_long(self.name, "the content", f"{MAX_BYTES:,} bytes")
        return data


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is to become a document.

    ``page`` says that it is HTML, ``keep`` that offsets into it must stay what they are,
    ``address`` from where it was fetched. ``hints`` are weaker than what the text itself says.
    """

    name: str
    text: str
    known: Metadata = field(default_factory=Metadata)
    page: bool = False
    keep: bool = False
    address: str | None = None
    hints: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """What readers are told: who gets notices, and which columns of tables hold what."""

    notice: Notice
    columns: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0

    def tell(self, name: str, line: str) -> None:
        """A notice about something with a name."""
        self.notice(f"{name}: {line}")


Found = Iterator[Piece | DocumentError]
Reader = Callable[[Source, Settings], Found]


def guarded(reader: Reader, source: Source, settings: Settings) -> Found:
    """What a reader finds; whatever broken bytes make it or its library raise is one error.

    Libraries that read the files of others raise anything at all for a file that is not what
    it seems: one such file must not end a run.
    """
    found = reader(source, settings)
    try:
        while True:
            with bounded():
                item = next(found, None)
            if item is None:
                return
            yield item
    except OutOfPatience:
        yield DocumentError(
            source.name, f"took more than {SECONDS:.0f} seconds of processor time to read"
        )
    except (KGError, OSError):
        raise
    except Exception as error:
        about = " ".join(str(error).split())[:200]
        yield DocumentError(
            source.name, f"could not be read: {type(error).__name__}: {about}", "is it damaged?"
        )


def too_long(name: str, size: str, limit: str) -> DocumentError:
    """That something is beyond a limit."""
    return DocumentError(name, f"too long: {size}, the limit is {limit}", "split it into articles")


def is_bomb(unpacked: int, size: int | None) -> bool:
    """Whether so many bytes out of a packed file of ``size`` bytes cannot be articles.

    The first hundred megabytes may be anything.
    """
    return size is not None and unpacked > 5 * MAX_BYTES and unpacked > _MOST_TIMES * size


def bomb(name: str) -> DocumentError:
    """That the rest of a packed file is not unpacked."""
    return DocumentError(
        name, f"unpacks to more than {_MOST_TIMES} times its size: the rest is not read"
    )


def missing(name: str, kind: str, package: str, extra: str = "ingest") -> DocumentError:
    """That a kind of file needs a package which is not installed."""
    return DocumentError(
        name, f"{kind} needs the package {package}", f'pip install "geokg[{extra}]"'
    )
