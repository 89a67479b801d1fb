"""Sorting more lines than fit into memory: sorted runs on the disk, merged as they are read."""

from __future__ import annotations

import heapq
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

MEMORY = 32_000_000
"""So many characters are held before they become a run on the disk."""
RUNS = 64
"""So many runs are merged at once; more become one first, so that few files are open."""


class Sorter:
    """Lines of text, given in any order and read sorted by code point, each once.

    ``folder`` is where runs are written when they no longer fit into ``memory`` characters,
    until ``close``. Lines must not hold line ends nor tabs.
    """

    def __init__(self, folder: Path, memory: int = MEMORY) -> None:
        self._folder = folder
        self._memory = memory
        self._held: set[str] = set()
        self._size = 0
        self._runs: list[Path] = []

    def add(self, line: str) -> None:
        """Take a line."""
        if line not in self._held:
            self._held.add(line)
            self._size += len(line)
            if self._size >= self._memory:
                self._spill()

    def __iter__(self) -> Iterator[str]:
        """All lines so far, sorted, each once."""
        if not self._runs:
            yield from sorted(self._held)
            return
        if self._held:
            self._spill()
        yield from _merged(self._runs)

    def close(self) -> None:
        """Delete the runs; nothing can be read any more."""
        for run in self._runs:
            run.unlink()
        self._runs = []
        self._held.clear()

    def _spill(self) -> None:
        self._runs.append(self._write(iter(sorted(self._held))))
        self._held.clear()
        self._size = 0
        if len(self._runs) >= RUNS:
            merged = self._write(_merged(self._runs))
            for run in self._runs:
                run.unlink()
            self._runs = [merged]

    def _write(self, lines: Iterator[str]) -> Path:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".run-")
        with os.fdopen(handle, "wb") as file:
            file.writelines(f"{line}\n".encode("utf-8", "surrogatepass") for line in lines)
        return Path(name)


def _merged(runs: list[Path]) -> Iterator[str]:
    with ExitStack() as stack:
        files = [
            stack.enter_context(run.open(encoding="utf-8", newline="\n", errors="surrogatepass"))
            for run in runs
        ]
        # A line end sorts before every other character that lines hold, so they need not be
        # stripped to be compared.
        for line, _ in groupby(heapq.merge(*files)):
            yield line[:-1]
