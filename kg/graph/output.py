"""Output files appear whole or not at all: written beside and renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import StoreError


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``; whatever stood there stays as it was if that fails.

    Raises ``StoreError`` when the folder is missing or cannot be written.
    """
    beside = None
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files private; a result is as readable as the user's mask allows.
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(path)
    except OSError as error:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: cannot be written: {reason} (choose another folder)") from error
