"""Writes a generated file, or says that it is stale."""

from __future__ import annotations

import sys
from pathlib import Path


def write_or_check(path: Path, text: str, module: str) -> int:
    """Write ``text``, or with ``--check`` in the arguments only compare; the exit status."""
    current = path.read_text(encoding="utf-8") if path.exists() else ""
    if current == text:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{path}: stale; run python -m {module}", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    return 0
