"""What the tests of builds on a cluster need on its workers: a quick reader, with accidents."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from conftest import MeetingReader
from distributed import Worker, WorkerPlugin

from kg.errors import DocumentError
from kg.statement import Document, Statement


class Accidents(MeetingReader):
    """Reads 'A met B.'; a text may end the process ('deadly') or break the reader ('odd')."""

    def extract_all(
        self, documents: Iterable[Document], jobs: int = 1
    ) -> Iterator[tuple[Document, list[Statement] | DocumentError]]:
        """Documents with their statements, as far as they get."""
        for document in documents:
            words = document.text.split()
            if "deadly" in words:
                # not while Dask is still busy starting the process: then it would give it up
                time.sleep(1)
                os._exit(9)
            if "odd" in words:
                raise RuntimeError("the reader broke")
            yield from super().extract_all([document])


class QuickReader(WorkerPlugin):
    """Puts ``Accidents`` in the place of the extractor on every worker."""

    name = "quick-reader"

    def setup(self, worker: Worker) -> None:
        """Called by Dask."""
        module: Any = ModuleType("kg.text.pipeline")
        module.Extractor = Accidents
        self._before = sys.modules.get("kg.text.pipeline")
        sys.modules["kg.text.pipeline"] = module

    def teardown(self, worker: Worker) -> None:
        """Called by Dask."""
        sys.modules.pop("kg.text.pipeline", None)
        if self._before is not None:
            sys.modules["kg.text.pipeline"] = self._before
