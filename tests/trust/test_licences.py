"""docs/licences.md names what kg brings along, and none of it is under a licence it may not."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("packaging")

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licences import PAGE, Entry, allowed, project, tree

LISTED = dict(
    re.findall(r"^\| (?:\*\*)?([\w.-]+?)(?:\*\*)? \| (.+?) \|$", PAGE.read_text(), re.MULTILINE)
)
INSTALLED: dict[str, Entry] = {
    entry.name: entry for requirements in project().values() for entry in tree(requirements)
}


def test_what_kg_asks_for_is_on_the_page() -> None:
    asked = [Requirement(line) for lines in project().values() for line in lines]
    names = {canonicalize_name(requirement.name) for requirement in asked}
    assert len(names) > 15
    assert names - LISTED.keys() == set(), "run `python -m tools.licences`"


def test_the_page_is_not_stale() -> None:
    """A package may come or go with a release of another; its licence must be what it was."""
    both = INSTALLED.keys() & LISTED.keys()
    assert len(both) > 30
    changed = {name for name in both if INSTALLED[name].licence != LISTED[name]}
    assert changed == set(), "run `python -m tools.licences`"


def test_every_licence_is_allowed() -> None:
    refused = {name: e.licence for name, e in INSTALLED.items() if not allowed(e.licence)}
    assert refused == {}


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True), ("Apache-2.0 OR GPL-3.0-only", True), ("MIT AND GPL-3.0-only", False),
        ("BSD-3-Clause AND MIT", True), ("Apache-2.0 WITH LLVM-exception", True),
        ("unknown", False), ("", False), ("AGPL-3.0", False),
    ],
)  # fmt: skip
def test_what_is_allowed(licence: str, may: bool) -> None:
    assert allowed(licence) is may


def test_what_developers_install_is_pinned_by_hash_and_comes_from_nowhere_named() -> None:
    text = (PAGE.parents[1] / "tools" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {
        canonicalize_name(name) for name in re.findall(r"^([\w.-]+)(?:\[.*?\])?==", text, re.M)
    }
    assert len(pinned) > 100
    entries = re.split(r"^(?=[\w.-]+(?:\[.*?\])?==)", text, flags=re.M)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|--index|--extra-index|--find-links", text)
    asked = {canonicalize_name(Requirement(line).name) for line in project()[""]}
    assert asked - pinned == set(), "run `make constraints`"
