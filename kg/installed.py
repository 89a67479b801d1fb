"""The packages that kg asks for and the optional ones, held against what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from types import MappingProxyType

GIVES = MappingProxyType(
    {
        "ingest": "reading Markdown, PDF, Word, web archives and .zst files",
        "parquet": "reading Parquet tables",
        "cluster": "builds on many machines (kg build --engine dask), files elsewhere (s3://…)",
        "web": "fetching addresses, feeds and sitemaps",
        "rdf": "the graph as an rdflib dataset (graph.to_rdflib)",
        "serve": "kg serve: a SPARQL endpoint and a query page",
        "notebook": "answers as pandas tables, plots, a notebook kernel",
    }
)
"""What each extra gives to a user; extras for developers are not named here."""

# "spacy<3.9,>=3.8", "pandas-stubs>=2.2; extra == 'dev'", "uvicorn[standard]>=0.30"
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[[^]]*\])?\s*\(?([^;()]*)\)?\s*(?:;\s*(.*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_BOUND = re.compile(r"(>=|<)\s*([\d.]+)")


@dataclass(frozen=True, slots=True)
class Package:
    """A package with the bounds kg sets and the version that is installed, if any."""

    name: str
    bounds: str
    version: str | None

    @property
    def suits(self) -> bool:
        """Whether a version within the bounds is installed."""
        if self.version is None:
            return False
        have = _numbers(self.version)
        return all(
            have >= _numbers(bound) if sign == ">=" else have < _numbers(bound)
            for sign, bound in _BOUND.findall(self.bounds)
        )


@dataclass(frozen=True, slots=True)
class Extra:
    """An optional set of packages and what a user gains by it."""

    name: str
    gives: str
    packages: tuple[Package, ...]


def packages() -> list[Package]:
    """What kg cannot do without; nothing where kg is run from a folder without being installed."""
    return [package for extra, package in _requirements() if extra is None]


def extras() -> list[Extra]:
    """The optional sets of packages."""
    all_of = list(_requirements())
    return [
        Extra(name, gives, tuple(package for extra, package in all_of if extra == name))
        for name, gives in GIVES.items()
    ]


def _requirements() -> Iterator[tuple[str | None, Package]]:
    try:
        lines = requires("geokg") or ()
    except PackageNotFoundError:
        return
    for line in lines:
        match = _REQUIREMENT.fullmatch(line.strip())
        if match is None:
            continue
        name, bounds, marker = match.groups()
        extra = _EXTRA.search(marker or "")
        # As pyproject.toml writes it, the lower bound first.
        bounds = ",".join(sorted(re.split(r"\s*,\s*", bounds.strip()), reverse=True))
        yield extra.group(1) if extra else None, Package(name, bounds, _installed(name))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    """Of "3.8.18rc1" the numbers (3, 8, 18): the bounds of kg are plain ones."""
    found = tuple(int(n) for n in re.findall(r"(?:^|\.)(\d+)", text))
    while found and found[-1] == 0:
        found = found[:-1]
    return found
