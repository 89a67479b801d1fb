"""How long pages of different sizes take to open, and how quickly they answer.

    python benchmarks/page.py [ACTORS …]      (50 500 5000)

Invented graphs in headless Chromium without a network. "opens" is the time from the start
of loading to the first finished picture; the other columns are the longest time in which
the page did not answer while somebody zoomed, searched, filtered, opened an actor or
switched to the table. The last column of the first row block is the time to write the page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser.story import story

from kg.graph.view import write_html

ACTIONS = {
    "zoom": "document.getElementById('zoom-in').click()",
    "search": "const s = document.getElementById('search'); s.focus(); s.value = 'nast';"
    "s.dispatchEvent(new Event('input'))",
    "open": "document.querySelector('#suggestions [role=option]')"
    ".dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))",
    "filter": "document.querySelector('#legend input[data-key=quads]').click()",
    "table": "document.getElementById('show-table').click()",
}

# How long until the browser has run the action, drawn it and is idle again.
_TIMED = """async (code) => {
  const start = performance.now();
  new Function(code)();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def measure(browser: Any, path: Path, repeats: int) -> dict[str, float]:
    """The best of several openings, in milliseconds (the machine may be busy)."""
    best: dict[str, float] = {}
    for _ in range(repeats):
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce", bypass_csp=True
        )
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('kg-drawn').length", timeout=120_000)
        opened = page.evaluate("performance.getEntriesByName('kg-drawn')[0].startTime")
        found = {"opens": opened}
        for name, code in ACTIONS.items():
            found[name] = page.evaluate(_TIMED, code)
        context.close()
        for name, value in found.items():
            best[name] = min(best.get(name, value), value)
    return best


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("actors", nargs="*", type=int, default=[50, 500, 5000])
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    program = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    flags = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    print(
        "actors  statements   write CPU     size " + "".join(f"{n:>9}" for n in ["opens", *ACTIONS])
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for actors in arguments.actors:
            statements, documents = story(actors, actors * 3)
            path = Path(folder) / f"{actors}.html"
            before = time.process_time()
            write_html(path, statements, documents)
            wrote = time.process_time() - before
            found = measure(browser, path, arguments.repeats)
            size = path.stat().st_size / 1e6
            print(
                f"{actors:6} {len(statements):11} {wrote:9.1f} s {size:5.1f} MB "
                + "".join(f"{value:6.0f} ms" for value in found.values()),
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
