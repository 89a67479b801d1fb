"""Takes the picture of the page that README.md shows: ``python -m tools.docs.picture``.

Reads ``out/graph.html`` as `make demo` leaves it, chooses North Korea as the caption says, and
writes docs/page.png. Needs playwright and Chromium, as the browser tests do.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "out" / "graph.html"
PICTURE = ROOT / "docs" / "page.png"
ACTOR = "wd:Q423"


def take(page: Path, picture: Path, actor: str) -> None:
    """Open a page with an actor chosen, wait until it is drawn, and keep what is seen."""
    program = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.goto(f"{page.as_uri()}#selected={quote(f'n:{actor}', safe='')}")
        tab.wait_for_timeout(3_000)  # the view moves to the actor
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(PAGE, PICTURE, ACTOR)
    print(f"written: {PICTURE.relative_to(ROOT)}")
