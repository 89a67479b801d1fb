"""The analysis as one HTML file to read and print: no script, no request, only text and SVG."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.graph.analyse import Analysis
from kg.graph.offline import head, part, source_hash, writable
from kg.graph.output import write_whole
from kg.graph.report.sections import body
from kg.graph.report.sources import Sources
from kg.resources import resource_path
from kg.statement import Document


def write_report(
    path: Path,
    analysis: Analysis,
    documents: Iterable[Document] = (),
    title: str = "Actors and how they stand to each other",
    page: str | None = None,
) -> None:
    """Write the report; ``page`` is the address of graph.html seen from it, for links there.

    Equal input gives equal bytes. Whatever the articles contain is shown as text. Raises
    ``StoreError`` when the file cannot be written.
    """
    write_whole(path, html_report(analysis, documents, title, page).encode("utf-8"))


def html_report(
    analysis: Analysis, documents: Iterable[Document], title: str, page: str | None = None
) -> str:
    """The report as text."""
    style = part(resource_path("graph/page/tokens.css"))
    style += part(resource_path("graph/report/style.css"))
    policy = (
        f"default-src 'none'; style-src {source_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    content = writable(body(analysis, Sources(analysis, documents, page), title))
    return f"{head(policy, title, style)}<body>\n{content}\n</body>\n</html>\n"
