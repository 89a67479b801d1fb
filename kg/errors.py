"""Every error that kg raises on purpose, as one tree.

::

    KGError
    ├── DataError       a packaged or user data file is wrong (path, line, problem, hint)
    ├── DocumentError   a document cannot be read or used; the run goes on without it
    ├── QueryError      a SPARQL query is malformed, too slow or asks for the impossible
    ├── ModelError      the language model is missing, damaged or of another version
    ├── StoreError      the embedded store or an output file cannot be opened or written
    ├── EndpointError   a remote SPARQL endpoint refuses or does not answer
    └── ClusterError    the workers of a cluster cannot be had, or read with other versions

Messages say in one line what went wrong, where, and what to do about it. The
command line prints them as they are and exits with status 2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class KGError(Exception):
    """Base of all errors of kg; ``str()`` is one line fit for a person."""


class DataError(KGError):
    """A data file breaks its format: where (path and line), what, and what to do."""

    def __init__(self, path: Path | str, line: int | None, problem: str, hint: str = "") -> None:
        self.path = Path(path)
        self.line = line
        self.problem = problem
        self.hint = hint
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {problem}" + (f" ({hint})" if hint else ""))

    def __reduce__(self) -> tuple[Any, ...]:
        # What an exception is pickled with by default is its message alone.
        return type(self), (self.path, self.line, self.problem, self.hint)


class DocumentError(KGError):
    """A document of the input cannot be used; ``source`` names it, the run goes on."""

    def __init__(self, source: str, problem: str, hint: str = "") -> None:
        self.source = source
        self.problem = problem
        self.hint = hint
        super().__init__(f"{source}: {problem}" + (f" ({hint})" if hint else ""))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.problem, self.hint)


class QueryError(KGError):
    """A query cannot be answered as it was written."""


class ModelError(KGError):
    """The language model is missing, damaged or of another version."""


class StoreError(KGError):
    """The store or an output file cannot be opened or written."""


class EndpointError(KGError):
    """A remote SPARQL endpoint refuses or does not answer."""


class ClusterError(KGError):
    """The workers of a cluster cannot be had, are lost for good, or read with other versions."""
