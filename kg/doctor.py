"""What kg stands on here: Python, packages, model, vocabulary, a graph; each with what to do.

A doctor that needs what it looks for is of no use when that is missing: this module stands on
the standard library and imports the rest inside each check.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg import __version__
from kg.errors import KGError
from kg.installed import Extra, Package, extras, packages

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox")
_TRIAL = "Russia invaded Ukraine in February 2022."


class State(StrEnum):
    """How a thing is: in order, not there and not needed, or in the way of work."""

    FINE = "ok"
    OPTIONAL = "optional"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, how it is, what was seen, what to do about it."""

    part: str
    name: str
    state: State
    seen: str
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return asdict(self)


def examine(folder: Path, *, trial: bool = True) -> Iterator[Finding]:
    """Everything kg stands on, part by part; ``folder`` is the graph to look at.

    With ``trial`` a sentence is read as well, which loads the language model. Raises nothing:
    what fails is a finding.
    """
    yield from _environment()
    needed = packages()
    if not needed:
        seen = "kg is not installed here, only found: what it needs cannot be told"
        yield Finding("packages", "geokg", State.OPTIONAL, seen, "pip install geokg")
    for package in needed:
        yield _package(package)
    for extra in extras():
        yield _extra(extra)
    model = list(_model())
    yield from model
    yield _guarded("data", "vocabulary", _vocabulary, "reinstall geokg")
    if trial and all(finding.state is State.FINE for finding in model):
        yield _guarded("data", "trial", _trial, "run `kg check`, then report this")
    yield from _graph(folder)
    yield _browser()


def versions() -> list[tuple[str, str]]:
    """kg, its language model and its vocabulary by version: what decides the statements.

    Raises ``KGError`` when model or vocabulary cannot be read.
    """
    from kg.knowledge import vocabulary_version
    from kg.text.weights import default_folder, identity

    return [
        ("kg", __version__),
        ("model", identity(default_folder())),
        ("vocabulary", vocabulary_version()),
    ]


def libraries() -> list[tuple[str, str]]:
    """Python and the packages kg needs, each with the version that is installed."""
    found = [(package.name, package.version or "missing") for package in packages()]
    return [("python", platform.python_version()), *found]


def _guarded(part: str, name: str, look: Callable[[], str], remedy: str) -> Finding:
    """What a check sees, or the error it ends with as a finding."""
    try:
        return Finding(part, name, State.FINE, look())
    except KGError as error:
        return Finding(part, name, State.WRONG, str(error))
    except Exception as error:  # whatever a broken installation raises is the finding
        return Finding(part, name, State.WRONG, f"{type(error).__name__}: {error}", remedy)


def _environment() -> Iterator[Finding]:
    yield Finding(
        "environment",
        "Python",
        State.FINE if sys.version_info >= (3, 11) else State.WRONG,
        f"{platform.python_version()} at {sys.executable}",
        "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer",
    )
    place = "a virtual environment" if sys.prefix != sys.base_prefix else "no virtual environment"
    seen = f"{platform.platform()}, {os.cpu_count()} processors, {place}"
    yield Finding("environment", "system", State.FINE, seen)
    code = locale.getpreferredencoding(False)
    odd = "" if code.lower().replace("-", "") in ("utf8", "") else " (files are UTF-8 all the same)"
    yield Finding("environment", "locale", State.FINE, f"{code}{odd}")


def _package(package: Package) -> Finding:
    if package.version is None:
        seen, remedy = "not installed", f'pip install "{package.name}{package.bounds}"'
    elif not package.suits:
        seen = f"{package.version}, kg needs {package.bounds}"
        remedy = f'pip install -U "{package.name}{package.bounds}"'
    else:
        return Finding("packages", package.name, State.FINE, package.version)
    return Finding("packages", package.name, State.WRONG, seen, remedy)


def _extra(extra: Extra) -> Finding:
    lacking = [package.name for package in extra.packages if not package.suits]
    if not lacking:
        return Finding("extras", extra.name, State.FINE, extra.gives)
    seen = f"{extra.gives}; not here: {', '.join(lacking)}"
    return Finding("extras", extra.name, State.OPTIONAL, seen, f'pip install "geokg[{extra.name}]"')


def _model() -> Iterator[Finding]:
    def look() -> str:
        from kg.text.weights import default_folder, identity

        return f"{identity(default_folder())}, checksums right"

    yield _guarded("data", "language model", look, "reinstall geokg")


def _vocabulary() -> str:
    from kg.knowledge import vocabulary_version
    from kg.text.lexicon import load_lexicon

    load_lexicon()
    return f"{vocabulary_version()} (lexicon, cue words, actors)"


def _trial() -> str:
    from kg import extract_text

    found = list(extract_text(_TRIAL))
    if not any(s.relation.id == "kg:invaded" for s in found):
        raise ValueError(f"nothing was found in '{_TRIAL}'")
    return f"'{_TRIAL}' is read"


def _graph(folder: Path) -> Iterator[Finding]:
    from kg.folder import MARKER, Graph
    from kg.summary import counted

    if not (folder / MARKER).exists():
        remedy = "make one with `kg build`"
        yield Finding("graph", str(folder), State.OPTIONAL, "no graph in this folder", remedy)
        return

    def statements() -> str:
        graph = Graph(folder)
        read = len(graph.statements)
        if read != len(graph):
            raise ValueError(f"statements.jsonl holds {read} statements, {len(graph)} were built")
        version, model, vocabulary = graph.versions
        made = f"made by kg {version}, model {model}, vocabulary {vocabulary}"
        return f"{counted(read, 'statement')}, {made}"

    def store() -> str:
        from kg.graph.store import open_store, stored_graphs

        triples = sum(map(len, stored_graphs(open_store(folder / "store")).values()))
        return f"{triples:,} triples"

    yield _guarded("graph", str(folder), statements, "build it again with `kg build`")
    yield _guarded("graph", str(folder / "store"), store, "build it again with `kg build`")


def _browser() -> Finding:
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    if found:
        return Finding("browser", "browser", State.FINE, found[0])
    return Finding(
        "browser",
        "browser",
        State.OPTIONAL,
        "none found: `kg show` and `graph.show()` write the page, something else must open it",
        "on Debian: apt-get install chromium",
    )
