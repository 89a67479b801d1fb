"""Files wherever fsspec reaches: object stores, HDFS, other machines, this one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from kg.errors import DataError, StoreError

_URL = re.compile(r"[a-z][a-z0-9+.-]+(?:://|::)", re.I)
_EXTRA = 'pip install "geokg[cluster]"'


def is_url(path: str | Path) -> bool:
    """Whether a path names a file system of fsspec (``s3://…``), and no file of this machine.

    Addresses of the web (``http://…``) are not meant: the readers of articles fetch those.
    """
    found = _URL.match(str(path))
    return found is not None and not found.group().lower().startswith(("http:", "https:"))


class Place:
    """A folder somewhere, in which files are listed, read and written.

    Raises ``DataError`` when nothing installed reaches there, and ``StoreError`` when it does
    not answer or refuses.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") if is_url(url) else str(Path(url).resolve())
        try:
            import fsspec
        except ImportError as error:
            raise DataError(url, None, "needs the package fsspec", _EXTRA) from error
        try:
            self._files, self._root = fsspec.core.url_to_fs(self.url)
        except ImportError as error:
            # fsspec says which package it is: "Install s3fs to access S3"
            raise DataError(url, None, str(error)) from error
        except (OSError, TypeError, ValueError) as error:
            raise DataError(url, None, f"is no place that can be opened: {error}") from error
        self._root = self._root.rstrip("/")

    @property
    def path(self) -> Path | None:
        """The folder itself, where it is one of this machine."""
        return Path(self._root) if _protocols(self._files) & {"file", "local"} else None

    def names(self) -> list[str]:
        """The paths of all files below the folder, relative to it and sorted; none if it is new."""
        with self._explaining("cannot be listed"):
            try:
                found = self._files.find(self._root)
            except FileNotFoundError:
                return []
        return sorted(path.removeprefix(self._root).lstrip("/") for path in found)

    def read(self, name: str) -> bytes:
        """The content of a file; raises ``FileNotFoundError`` when there is none."""
        with self._explaining("cannot be read"):
            content: bytes = self._files.cat_file(self._path(name))
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file. Whoever reads it meanwhile sees the one before or the new one, whole."""
        path = self._path(name)
        with self._explaining("cannot be written"):
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            if not _renames(self._files):
                # an object appears with its last byte
                self._files.pipe_file(path, content)
                return
            beside = f"{path}.{uuid4().hex[:8]}.tmp"
            try:
                self._files.pipe_file(beside, content)
                self._files.mv(beside, path)
            except BaseException:
                if self._files.exists(beside):
                    self._files.rm_file(beside)
                raise

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    @contextmanager
    def _explaining(self, problem: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StoreError(f"{self.url}: {problem}: {error.strerror or error}") from error
        except Exception as error:  # every file system has errors of its own
            line = " ".join(str(error).split())[:300]
            raise StoreError(f"{self.url}: {problem}: {type(error).__name__}: {line}") from error


def _renames(files: Any) -> bool:
    """Whether a file system renames files at once, where objects would be copied."""
    return bool(_protocols(files) & {"file", "local", "hdfs", "webhdfs", "sftp", "ssh", "smb"})


def _protocols(files: Any) -> set[str]:
    return {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
