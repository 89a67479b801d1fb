"""Where a store lies: opening it, refusing what is none, putting a new one in its place."""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.terms import ID, KG, PREFIXES, name, text_of

FORMAT_VERSION = 1
"""Counts the layouts of the store; a store of a higher version is refused."""

STATE_GRAPH = name(PREFIXES["graph"], "store")
"""The graph of what the store knows about itself: format, belief, digests of its graphs."""
STORE = name(ID, "store")
FORMAT = name(KG, "formatVersion")
_ATTEMPTS = 4


def is_store(path: Path | str) -> bool:
    """Whether a folder holds an Oxigraph store."""
    return (Path(path) / "CURRENT").is_file()


def open_store(path: Path | str) -> Any:
    """The store opened for reading (a ``pyoxigraph.Store``), beside a writer if there is one.

    Raises ``StoreError`` when there is none, it is damaged or of a newer format.
    """
    path = Path(path)
    with explaining(path):
        recover(path)
        _require(path)
        store = _read_only(path)
    _check_format(path, store)
    return store


def _read_only(path: Path) -> Any:
    import pyoxigraph

    for _ in range(_ATTEMPTS - 1):
        try:
            return pyoxigraph.Store.read_only(str(path))
        except (OSError, RuntimeError):
            # A writer may just have moved its files; what is really damaged stays so.
            time.sleep(0.05)
    return pyoxigraph.Store.read_only(str(path))


def open_writable(path: Path) -> Any:
    """The store opened for writing; raises ``StoreError`` when it was not made by kg.

    Its own errors (``OSError``, ``RuntimeError``) are left to ``explaining``.
    """
    import pyoxigraph

    _require(path)
    # RocksDB knows its own locks within a process by the path's text, so there is only one.
    store = pyoxigraph.Store(str(path.resolve()))
    if _check_format(path, store) is None:
        raise StoreError(f"{path}: this store was not made by kg (choose another folder)")
    return store


def refuse_unusable(path: Path) -> None:
    """Raise ``StoreError`` for a store that must not be replaced.

    That is one to which another program writes, that a newer kg made, or that kg did not make.
    """
    with explaining(path):
        recover(path)
        if is_store(path):
            open_writable(path)


def _require(path: Path) -> None:
    if not is_store(path):
        raise StoreError(f"{path}: there is no store here (make one with `kg build`)")


def _check_format(path: Path, store: Any) -> int | None:
    for quad in store.quads_for_pattern(node(STORE), node(FORMAT), None, node(STATE_GRAPH)):
        version = int(quad.object.value)
        if version > FORMAT_VERSION:
            raise StoreError(
                f"{path}: this store has format {version}, this kg knows {FORMAT_VERSION} "
                "(update with `pip install -U geokg`, or build the store again)"
            )
        return version
    return None


def refuse_foreign(path: Path) -> None:
    """Raise ``StoreError`` where a new store would take the place of something else."""
    if path.is_dir() and not is_store(path) and any(path.iterdir()):
        raise StoreError(f"{path}: the folder holds something else than a store (choose another)")
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: this is a file, a store is a folder (choose another name)")


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Errors of the file system and of RocksDB as one line each, a ``StoreError``."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError | RuntimeError) -> StoreError:
    problem = " ".join(str(error).split())
    # RocksDB tells its reasons in words, Python in numbers; a path in them may hold any word.
    number = getattr(error, "errno", None)
    reason = "" if number is not None else problem.replace(str(path.resolve()), "")
    reason = reason.replace(str(path), "")
    if "/LOCK: " in reason:
        return StoreError(
            f"{path}: the store is locked, another program writes to it (wait for it)"
        )
    if number == errno.ENOSPC or "No space left" in reason:
        return StoreError(f"{path}: the disk is full (free some space; the store is as it was)")
    if number in (errno.EFBIG, errno.EDQUOT) or re.search("File too large|quota", reason):
        return StoreError(
            f"{path}: a limit on the size of files is reached (raise it; the store is as it was)"
        )
    if isinstance(error, PermissionError) or "Permission denied" in reason:
        return StoreError(f"{path}: no permission (choose another folder)")
    if re.search("orruption|/CURRENT|/MANIFEST", reason):
        return StoreError(f"{path}: the store is damaged: {problem} (delete it and build again)")
    return StoreError(f"{path}: the store cannot be used: {problem}")


# --- Made beside, then renamed ----------------------------------------------------------------


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder beside ``path`` to make a store in; gone at the end unless it was put in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def put_in_place(made: Path, path: Path) -> None:
    """Give a store its place; the one that lies there goes.

    Whenever this is cut off, ``recover`` leaves one of the two, whole.
    """
    if is_store(path):
        path.rename(_aside(path))
    made.rename(path)
    recover(path)


def recover(path: Path) -> None:
    """Put things right after a run that was killed while it replaced the store."""
    aside = _aside(path)
    if aside.exists():
        if path.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(path)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _remove_abandoned(path: Path) -> None:
    for part in path.parent.glob(f".{path.name}.*.part"):
        owner = part.name.split(".")[-2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(part, ignore_errors=True)


def node(iri: str) -> Any:
    """A ``pyoxigraph.NamedNode`` of an IRI in N-Triples text."""
    import pyoxigraph

    return pyoxigraph.NamedNode(text_of(iri))
