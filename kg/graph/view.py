"""The actor graph as one HTML file that opens offline: drawn by vis-network, built by pyvis."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from kg.errors import DataError
from kg.graph.offline import fill, head, part, source_hash, writable
from kg.graph.output import write_whole
from kg.graph.pagedata import as_script, page_data
from kg.resources import resource_path
from kg.statement import Document, Statement

SCRIPTS = (
    *("dom", "palette", "model", "words", "filter", "draw", "network"),
    *("panel", "legend", "timeline", "search", "table", "export", "main"),
)
"""The parts of the page's script in the order in which they are joined."""

STYLES = ("tokens", "style")
"""The parts of its style."""


def write_html(
    path: Path,
    statements: Iterable[Statement],
    documents: Iterable[Document],
    title: str = "Actor graph",
    more: tuple[int, int] = (0, 0),
) -> None:
    """Write the page that shows ``statements``: one file, asking nothing of any host.

    Equal input gives equal bytes, in whatever order it comes. Whatever the articles
    contain is shown as text. ``more`` counts the actors and the claims that are not among the
    statements. Raises ``StoreError`` when the file cannot be written.
    """
    write_whole(path, html_page(statements, documents, title, more).encode("utf-8"))


def html_for_notebook(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    title: str = "Actor graph",
    height: int = 760,
) -> str:
    """The same page inside an ``<iframe>`` that Jupyter can display, shut off from the notebook."""
    page = html.escape(html_page(statements, documents, title), quote=True)
    return (
        # Not a bare iframe: IPython would warn and recommend one that cannot hold a page.
        f'<div><iframe title="{html.escape(writable(title), quote=True)}" '
        f'style="width:100%;height:{int(height)}px;border:0" '
        f'sandbox="allow-scripts allow-popups allow-downloads" srcdoc="{page}"></iframe></div>'
    )


def html_page(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    title: str,
    more: tuple[int, int] = (0, 0),
) -> str:
    """The page as text."""
    folder = resource_path("graph/page")
    style = "".join(part(folder / f"{name}.css") for name in STYLES)
    library = _library()
    # One function around all parts: they share names among themselves and with nothing else.
    parts = "\n".join(part(folder / f"{name}.js") for name in SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}\n}})();'
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {source_hash(library)} {source_hash(script)}",
            f"style-src {source_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )
    slots = {
        "head": head(policy, title, style),
        "data": as_script(page_data(statements, documents, writable(title), more)),
        "library": library,
        "script": script,
    }
    return fill(part(folder / "page.html"), slots)


def _library() -> str:
    """vis-network as pyvis brings it, newest version, without the reference to its source map.

    Its style sheet serves buttons and menus that the page does not use.
    """
    found = sorted(
        (entry for entry in files("pyvis").joinpath("lib").iterdir() if "vis-" in entry.name),
        key=lambda entry: [int(number) for number in re.findall(r"\d+", entry.name)],
    )
    if not found:
        raise DataError("pyvis", None, "the package lacks vis-network", "reinstall pyvis")
    code = found[-1].joinpath("vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+", "", code).replace("\r\n", "\n")
