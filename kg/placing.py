"""Output folders change all at once: made in a hidden folder inside, then moved into place.

What a program that was killed has left is either thrown away, when it was not complete, or put
in place by whoever opens the folder next. So a folder is always as it was or as it should be.
What costs time, the reading of documents, is kept apart in a work area and outlives all that.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError
from kg.graph.place import put_in_place, recover

try:
    import fcntl
except ImportError:  # Windows: two builds into one folder are for the user to avoid there
    fcntl = None  # type: ignore[assignment]

_STAGE = ".building-"
AREA = ".reading"
"""The work area of an output folder: what was read so far, gone when the result is in place."""
_READY = ".ready"
"""Where the stage of a complete result lies while it is moved: its name says that it counts."""


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A hidden folder inside ``target`` to write into, gone at the end.

    Inside, so that it is on the same file system and moving is renaming. Raises ``StoreError``
    when the folder cannot be written.
    """
    created = not target.exists()
    stage = None
    try:
        target.mkdir(parents=True, exist_ok=True)
        finish(target)
        _remove_abandoned(target)
        stage = Path(tempfile.mkdtemp(prefix=f"{_STAGE}{os.getpid()}-", dir=target))
        yield stage
    except OSError as error:
        if error.filename and not Path(str(error.filename)).is_relative_to(target):
            raise
        full = error.errno == errno.ENOSPC
        hint = "free some space, then give the same command" if full else "choose another folder"
        raise StoreError(
            f"{target}: cannot be written: {error.strerror or error} ({hint})"
        ) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if created and target.is_dir() and not any(target.iterdir()):
            target.rmdir()


@contextmanager
def work_area(target: Path) -> Iterator[Path]:
    """The folder of the parts of a build, which stays until ``clear_area`` or a later build.

    Raises ``StoreError`` while another build reads for the same output folder.
    """
    area = target / AREA
    area.mkdir(exist_ok=True)
    with (area / "lock").open("w") as lock:
        if fcntl is not None:
            try:
                # gone with the process, however that ends
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise
                raise StoreError(
                    f"{target}: another `kg build` is writing to this folder (wait for it)"
                ) from error
        try:
            yield area
        finally:
            if area.is_dir() and [item.name for item in area.iterdir()] == ["lock"]:
                clear_area(target)


def clear_area(target: Path) -> None:
    """Remove the work area: what it holds is in the result, or of no use."""
    shutil.rmtree(target / AREA, ignore_errors=True)


def commit(stage: Path, target: Path, *, clear: bool = False) -> None:
    """Put all that the stage holds in the place of what ``target`` has of these names.

    With ``clear`` the work area goes too.
    """
    finish(target)
    if clear:
        (stage / AREA).touch()
    stage.rename(target / _READY)  # from here on the new result counts
    finish(target)


def finish(target: Path) -> None:
    """Complete a ``commit`` that was cut off; does nothing where there was none."""
    ready = target / _READY
    if ready.is_dir():
        for item in sorted(ready.iterdir()):
            place = target / item.name
            # Another program may do the same at the same time: then it has already been moved.
            with suppress(FileNotFoundError):
                if item.name == AREA:
                    clear_area(target)
                    item.unlink()
                elif item.is_dir():
                    recover(place)
                    put_in_place(item, place)
                else:
                    item.replace(place)
        with suppress(FileNotFoundError):
            ready.rmdir()
    for aside in target.glob(".*.old"):
        recover(target / aside.name[1 : -len(".old")])


def _remove_abandoned(target: Path) -> None:
    """Remove what programs that were killed have left incomplete."""
    for stage in target.glob(f"{_STAGE}*"):
        owner = stage.name.removeprefix(_STAGE).partition("-")[0]
        if owner.isdecimal() and Path("/proc/self").exists() and not Path("/proc", owner).exists():
            shutil.rmtree(stage, ignore_errors=True)
