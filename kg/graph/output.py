"""Output files appear whole or not at all: written beside and renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.errors import StoreError


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write ``content`` to ``path``; whatever stood there stays as it was if that fails.

    Chunks are written as they come, so that a large file never stands in memory whole.

    Raises ``StoreError`` when the folder is missing or cannot be written.
    """
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.")
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        # mkstemp makes files private; a result is as readable as the user's mask allows.
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o666 & ~mask)
        beside.replace(path)
        beside = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: cannot be written: {reason} (choose another folder)") from error
    finally:
        # whatever went wrong, chunks that could not be made included, leaves no litter
        if beside is not None:
            beside.unlink(missing_ok=True)
