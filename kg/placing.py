"""Output folders change all at once: made in a hidden folder inside, then moved into place.

What a program that was killed has left is either thrown away, when it was not complete, or put
in place by whoever opens the folder next. So a folder is always as it was or as it should be.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError
from kg.graph.place import put_in_place, recover

_STAGE = ".building-"
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
        raise StoreError(
            f"{target}: cannot be written: {error.strerror or error} (choose another folder)"
        ) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        if created and target.is_dir() and not any(target.iterdir()):
            target.rmdir()


def commit(stage: Path, target: Path) -> None:
    """Put all that the stage holds in the place of what ``target`` has of these names."""
    finish(target)
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
                if item.is_dir():
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
