"""Articles from wherever fsspec reaches, read as if they lay on this machine."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from kg.engine.files import Place, is_url
from kg.errors import DocumentError
from kg.statement import Document

if TYPE_CHECKING:
    from kg.text.stories import Stories

_SIDECARS = (".yml", ".yaml")


def documents_at(
    paths: Sequence[str | Path],
    day: date | None,
    skip: Callable[[DocumentError], None],
    notice: Callable[[str], None],
    columns: Mapping[str, str],
    stories: Stories | None = None,
) -> Iterator[Document]:
    """Like ``kg.text.corpus.usable_documents``, for paths of which some are URLs of fsspec.

    The files of a URL are copied here one by one, in the order in which those of a folder are
    read, each with its sidecar; messages name them by their URLs. Raises ``DataError`` or
    ``StoreError`` when a place cannot be reached at all.
    """
    from kg.text.corpus import usable_documents

    if not any(is_url(path) for path in paths):
        yield from usable_documents(paths, day, skip, notice, columns, stories)
        return

    def named(problem: DocumentError) -> None:
        source, told = copies.named(problem.source), copies.named(problem.problem)
        skip(DocumentError(source, told, problem.hint))

    with tempfile.TemporaryDirectory(prefix="kg-fetched-") as folder:
        copies = _Copies(Path(folder), skip, notice)
        # Read one after another: the next is copied when it is asked for.
        found = cast("Sequence[Path]", copies.paths(paths))
        yield from usable_documents(
            found, day, named, lambda line: notice(copies.named(line)), columns, stories
        )


class _Copies:
    """Files copied to a folder of this machine, only one of them there at a time."""

    def __init__(
        self,
        folder: Path,
        skip: Callable[[DocumentError], None],
        notice: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._skip = skip
        self._notice = notice
        self._homes: list[str] = []

    def paths(self, given: Sequence[str | Path]) -> Iterator[str | Path]:
        """The paths of this machine as they are, those of URLs copied."""
        for path in given:
            if is_url(path):
                yield from self._copied(str(path))
            else:
                yield path

    def named(self, line: str) -> str:
        """A message with the URLs of files in place of where their copies lay."""
        return re.sub(
            re.escape(f"{self._folder}/") + r"(\d+)", lambda m: self._homes[int(m[1])], line
        )

    def _copied(self, url: str) -> Iterator[Path]:
        place = Place(url)
        names = place.names()
        if names == [""]:  # a single file
            home, _, name = url.rpartition("/")
            place, names = Place(home), [name]
            names += [s for s in _sidecars(name) if s in Place(home).names()]
        there = set(names)
        left_out = Counter[str]()
        read = 0
        for name in sorted(names, key=_as_a_walk):
            path = PurePosixPath(name)
            if any(part.startswith(".") for part in path.parts) or path.suffix in _SIDECARS:
                continue
            if not _is_readable(path.name):
                left_out[path.suffix.lower() or "no suffix"] += 1
                continue
            read += 1
            yield self._copy(place, [name, *there.intersection(_sidecars(name))])
        if left_out:
            kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(left_out.items()))
            self._notice(f"{url}: files of other kinds were not read ({kinds})")
        if not read:
            self._skip(DocumentError(url, "no articles in this place"))

    def _copy(self, place: Place, names: Sequence[str]) -> Path:
        self._homes.append(f"{place.url}/{names[0]}".rpartition("/")[0])
        folder = self._folder / str(len(self._homes) - 1)
        folder.mkdir()
        for name in names:
            (folder / PurePosixPath(name).name).write_bytes(place.read(name))
        return folder / PurePosixPath(names[0]).name


def _as_a_walk(name: str) -> tuple[tuple[bool, str], ...]:
    """The order in which a folder is walked: its files, then the folders in it."""
    *folders, file = name.split("/")
    return (*((True, folder) for folder in folders), (False, file))


def _sidecars(name: str) -> list[str]:
    stem = name.removesuffix(PurePosixPath(name).suffix)
    return [stem + suffix for suffix in _SIDECARS]


def _is_readable(name: str) -> bool:
    from kg.text.readers import is_readable

    return is_readable(name)
