"""A hook of mkdocs: pages of the site that are files of the repository outside ``docs/``.

The README is the site's first page, and CONTRIBUTING, the model card and the decisions are
pages too, so that none of them is written twice. Links between them lead within the site;
links to what is no page become plain text.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "repository/CHANGELOG.md",
    "CONTRIBUTING.md": "repository/CONTRIBUTING.md",
    "ontology/README.md": "repository/ontology/README.md",
    "training/CARD.md": "repository/training/CARD.md",
    "training/README.md": "repository/training/README.md",
}
"""Where a file of the repository stands on the site."""

DECISIONS = "repository/decisions.md"
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def sources() -> dict[str, str]:
    """The pages outside ``docs/`` by their place on the site: their Markdown."""
    pages = {
        place: (ROOT / name).read_text(encoding="utf-8")
        for name, place in PAGES.items()
        if (ROOT / name).exists()
    }
    records = sorted((ROOT / "decisions").glob("[0-9]*.md"))
    lines = ["# Decisions", "", "Why things are as they are, ten lines each.", ""]
    for path in records:
        title = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        place = f"repository/decisions/{path.name}"
        pages[place] = path.read_text(encoding="utf-8")
        lines.append(f"- [{title}](decisions/{path.name})")
    pages[DECISIONS] = "\n".join(lines) + "\n"
    return pages


def source_of(place: str) -> str:
    """The path in the repository of a page of the site."""
    for name, there in PAGES.items():
        if there == place:
            return name
    if place.startswith("repository/"):
        return place.removeprefix("repository/")
    return f"docs/{place}"


def place_of(path: str) -> str | None:
    """Where a file of the repository stands on the site; None where it does not."""
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if re.fullmatch(r"decisions/\d+[\w-]*\.md", path):
        return f"repository/{path}"
    return DECISIONS if path.rstrip("/") == "decisions" else None


def relinked(markdown: str, place: str) -> str:
    """The Markdown of a page with its links led to their places on the site."""
    here = posixpath.dirname(source_of(place))

    def replace(match: re.Match[str]) -> str:
        mark, words, target = match.groups()
        if re.match(r"[a-z]+:|#", target):
            return match.group()
        path, hash_, anchor = target.partition("#")
        there = place_of(posixpath.normpath(posixpath.join(here, path)))
        if there is None:
            return words
        relative = posixpath.relpath(there, posixpath.dirname(place) or ".")
        return f"{mark}[{words}]({relative}{hash_}{anchor})"

    return _LINK.sub(replace, markdown)


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from elsewhere in the repository."""
    from mkdocs.structure.files import File

    for place, markdown in sources().items():
        files.append(File.generated(config, place, content=markdown))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Lead the links of a page to where things stand on the site."""
    return relinked(markdown, page.file.src_uri)
