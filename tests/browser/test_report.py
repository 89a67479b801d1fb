"""The report in a real browser: quiet, self-contained, no wider than the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.story import story

from kg.graph.analyse import analyse
from kg.graph.report import write_report
from kg.graph.view import write_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page and the report beside it."""
    folder = tmp_path_factory.mktemp("report")
    statements, documents = story(30, 300)
    write_html(folder / "graph.html", statements, documents)
    write_report(
        folder / "report.html", analyse(statements, documents), documents, page="graph.html"
    )
    write_report(folder / "empty.html", analyse([]))
    return folder


class Visit:
    """A visit of a file that must be quiet."""

    def __init__(self, chromium: Any, width: int = 1280, scheme: str = "light") -> None:
        size = {"width": width, "height": 900}
        self.context = chromium.new_context(viewport=size, color_scheme=scheme)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))


@pytest.mark.parametrize("name", ["report.html", "empty.html"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (2560, "dark")])
def test_the_report_is_quiet_and_fits(
    chromium: Any, folder: Path, name: str, width: int, scheme: str
) -> None:
    visit = Visit(chromium, width, scheme)
    visit.page.goto((folder / name).as_uri())
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = max(int(part) for part in ground[4:-1].split(","))
    assert (brightness < 64) == (scheme == "dark")
    for fold in visit.page.locator("summary").all()[:5]:
        fold.click()
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.errors == []
    assert visit.requests == [(folder / name).as_uri()]
    visit.context.close()


def test_bars_have_a_height_and_stay_in_their_charts(chromium: Any, folder: Path) -> None:
    visit = Visit(chromium)
    visit.page.goto((folder / "report.html").as_uri())
    outside = visit.page.evaluate(
        """() => [...document.querySelectorAll('svg.months')].filter((chart) => {
          const box = chart.getBoundingClientRect();
          const bars = [...chart.querySelectorAll('rect')];
          return !bars.length || bars.some((bar) => {
            const { top, bottom, left, right, height } = bar.getBoundingClientRect();
            const beyond = top < box.top - 1 || bottom > box.bottom;
            return height < 0.9 || beyond || left < box.left - 1 || right > box.right + 1;
          });
        }).length"""
    )
    assert outside == 0
    visit.context.close()


def test_a_pair_leads_to_its_sentences_in_the_page(chromium: Any, folder: Path) -> None:
    visit = Visit(chromium)
    visit.page.goto((folder / "report.html").as_uri())
    fold = visit.page.locator("#standing details").first
    fold.locator("summary").click()
    fold.locator("a").click()
    visit.page.wait_for_selector("#panel .claim")
    assert "graph.html#selected=e%3Alocal" in visit.page.url
    assert visit.page.locator("#panel blockquote").count() >= 1
    assert visit.errors == []
    visit.context.close()
