"""Writes docs/licences.md: every package that kg brings along, with its licence.

``python -m tools.licences`` reads the metadata of what is installed; it asks no registry.
Versions are left out, so that the page changes when a licence or a dependency does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
DEVELOPERS = ("dev", "docs")

# Metadata says it in its own words, or not at all: read in the package's licence file.
_OVERRIDES = {
    "certifi": "MPL-2.0",
    "cycler": "BSD-3-Clause",
    "html5rdf": "MIT",
    "jsonpickle": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "protobuf": "BSD-3-Clause",
    "pyoxigraph": "MIT OR Apache-2.0",
    "pyvis": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
    "The Unlicense (Unlicense)": "Unlicense",
}
ALLOWED = frozenset(
    "MIT BSD BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 MPL-2.0 PSF-2.0 ISC Zlib CC0-1.0 Unlicense "
    "Python-2.0 HPND MIT-CMU MIT-0 BSL-1.0 W3C-20150513".split()
)
"""Licences under which kg may use a package: permissive, or (MPL) copyleft file by file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A package: its licence, and whether kg asks for it itself."""

    name: str
    licence: str
    direct: bool


def licence_of(package: Distribution) -> str:
    """The licence that the metadata of a package names, in the words of SPDX where it can."""
    name = canonicalize_name(package.metadata["Name"])
    if name in _OVERRIDES:
        return _OVERRIDES[name]
    if expression := package.metadata.get("License-Expression"):
        return str(expression)
    classifiers = package.metadata.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    known = [_CLASSIFIERS[c] for c in named if c in _CLASSIFIERS]
    text = str(package.metadata.get("License") or "").partition("\n")[0].strip()
    if text and len(text) < 40 and (not known or "BSD" in known):
        words = {"BSD 3-Clause": "BSD-3-Clause", "Apache License 2.0": "Apache-2.0"}
        text = re.sub(r" [Ll]icense$", "", text)
        return words.get(text, "Apache-2.0" if re.match("apache.*2", text, re.I) else text)
    return " AND ".join(sorted(set(known))) or "unknown"


def allowed(licence: str) -> bool:
    """Whether each part of an expression, or one of its alternatives, is allowed."""
    plain = licence.replace("(", " ").replace(")", " ")
    plain = re.sub(r" WITH [\w.-]+", "", plain)
    return any(
        all(part.strip() in ALLOWED for part in either.split(" AND "))
        for either in plain.split(" OR ")
    )


def project() -> dict[str, list[str]]:
    """What pyproject.toml asks for: "" is what everybody gets, the others are extras."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {k: v for k, v in found["optional-dependencies"].items() if k not in DEVELOPERS}
    return {"": found["dependencies"], **extras}


def tree(requirements: list[str]) -> list[Entry]:
    """The packages that requirements bring along on this system, sorted by name."""
    direct = {canonicalize_name(Requirement(line).name) for line in requirements}
    seen: dict[str, Entry] = {}

    def visit(lines: list[str], extras: frozenset[str]) -> None:
        for requirement in _applying(lines, extras):
            name = canonicalize_name(requirement.name)
            try:
                package = distribution(name)
            except PackageNotFoundError:
                continue
            if name not in seen:
                seen[name] = Entry(name, licence_of(package), name in direct)
                visit(package.requires or [], frozenset(requirement.extras))

    visit(requirements, frozenset())
    return sorted(seen.values(), key=lambda entry: entry.name)


def _applying(lines: list[str], extras: frozenset[str]) -> Iterator[Requirement]:
    for line in lines:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield requirement


def page() -> str:
    """The page as Markdown."""
    lines = [
        "# Licences",
        "",
        "Made by `python -m tools.licences` from the metadata of the installed packages; do not "
        "edit. The code of kg is under the MIT licence; the language model and some tables have "
        "terms of their own, named in the file LICENSE and in the card of the model.",
        "",
        "All packages below are under permissive licences, or under the MPL 2.0, which binds "
        "changes to its own files only. **Bold** ones are asked for by kg itself, the others by "
        "those. What developers use is not listed: it does not come along.",
    ]
    for extra, requirements in project().items():
        title = f'With `pip install "geokg[{extra}]"`, beside those' if extra else "Always"
        lines += ["", f"## {title}", "", "| package | licence |", "|---|---|"]
        base = {entry.name for entry in tree(project()[""])} if extra else set()
        for entry in tree(requirements):
            if entry.name not in base:
                name = f"**{entry.name}**" if entry.direct else entry.name
                lines.append(f"| {name} | {entry.licence} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
