"""A real Chromium without a network, and pages opened in it from the file system."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.graph.view import write_html
from kg.statement import Document, Statement


def _missing(what: str) -> None:
    """Say what is missing: locally the tests are left out, in CI that would hide a failure."""
    message = f"{what}; the browser tests need Debian's chromium and the package playwright"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium that finds no host but this one, whatever it asks for."""
    program = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(program).exists():
        _missing(f"there is no {program} (KG_CHROMIUM may name another)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    arguments = [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--disable-background-networking",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root with it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with everything it complained about and asked for."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def find(self, name: str) -> None:
        """Type a name into the search and take the first suggestion."""
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


Open = Callable[..., Opened]


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Write a page of statements and open it; in the end it must have been quiet.

    Quiet: no error on the console, no script error, no request but for the file itself.
    """
    opened: list[Opened] = []
    contexts = []

    def open_it(
        statements: Sequence[Statement],
        documents: Sequence[Document],
        *,
        title: str = "A page",
        size: tuple[int, int] = (1280, 800),
        scheme: str = "light",
        fragment: str = "",
    ) -> Opened:
        path = tmp_path / f"graph-{len(opened)}.html"
        write_html(path, statements, documents, title)
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # other programs may keep the machine busy
        this = Opened(page)
        page.on("console", lambda m: this.errors.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: this.errors.append(str(error)))
        page.on("request", lambda request: this.requests.append(request.url))
        page.on("dialog", lambda dialog: this.errors.append(dialog.message) or dialog.dismiss())
        page.goto(path.as_uri() + fragment)
        opened.append(this)
        return this

    yield open_it
    for this in opened:
        assert this.errors == []
        assert [url for url in this.requests if not url.startswith(("file:", "blob:"))] == []
        assert sum(url.startswith("file:") for url in this.requests) == 1
    for context in contexts:
        context.close()
