"""The site's navigation names pages that are there, and its hook leads links to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.docs.repository import DECISIONS, ROOT, place_of, relinked, sources

DOCS = ROOT / "docs"


def pages(nav: Any) -> list[str]:
    """Every page that a part of the navigation names."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [page for part in parts for page in pages(part)]


def test_every_page_is_in_the_navigation_and_every_entry_a_page() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    named = set(pages(nav))
    made = set(sources())
    written = {path.name for path in DOCS.glob("*.md")} | {"ontology.html"}
    assert len(named) > 15
    assert named - made - written == set()
    assert written - named == set(), "name them in mkdocs.yml"


@pytest.mark.parametrize(
    ("link", "place", "led"),
    [
        ("[a](docs/cli.md#kg-build)", "index.md", "[a](cli.md#kg-build)"),
        ("![p](docs/page.png)", "index.md", "![p](page.png)"),
        ("[r](../README.md#x)", "trust.md", "[r](index.md#x)"),
        ("[d](decisions/)", "index.md", f"[d]({DECISIONS})"),
        ("[c](../training/CARD.md)", "model.md", "[c](repository/training/CARD.md)"),
        ("[f](docs/formats.md)", "repository/CONTRIBUTING.md", "[f](../formats.md)"),
        ("[q](ontology/queries/asserted.rq)", "index.md", "q"),
        ("[w](https://a.example/)", "index.md", "[w](https://a.example/)"),
        ("[h](#part)", "cli.md", "[h](#part)"),
    ],
)
def test_links_lead_to_their_place(link: str, place: str, led: str) -> None:
    assert relinked(link, place) == led


def test_decisions_are_listed() -> None:
    made = sources()
    records = sorted(path.name for path in (ROOT / "decisions").glob("[0-9]*.md"))
    assert len(records) > 30
    assert all(f"decisions/{name}" in made[DECISIONS] for name in records)
    assert place_of(f"decisions/{records[0]}") == f"repository/decisions/{records[0]}"
    assert place_of("kg/cli/build.py") is None


def test_the_version_is_one() -> None:
    import kg

    for name in ("pyproject.toml", "CITATION.cff"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert f'version = "{kg.__version__}"' in text or f"version: {kg.__version__}\n" in text


def test_templates_ask_for_what_commands_print() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in Path(ROOT, ".github").rglob("*.md"))
    assert "kg --version --verbose" in text
    assert "kg doctor --json" in text
