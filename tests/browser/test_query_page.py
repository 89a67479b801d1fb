"""The query page of ``kg serve`` in a real browser: it asks, explains, follows, and keeps quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from graph.servers import kg_serve
from graph.statements import DOCUMENTS, STATEMENTS

from kg.graph.rdf import build_graphs
from kg.graph.stock import stock_queries
from kg.graph.store import load_store
from kg.statement import Document

pytestmark = pytest.mark.browser
NASTY = '<img src=x onerror="alert(1)"><script>alert(2)</script>'


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("page") / "store"
    load_store(path, build_graphs(STATEMENTS, [*DOCUMENTS, Document("nasty", "", title=NASTY)]))
    with kg_serve(path, "--timeout", "2") as address:
        yield address


@dataclass
class Seen:
    """The page with what it complained about and asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def seen(chromium: Any, url: str) -> Iterator[Seen]:
    context = chromium.new_context(accept_downloads=True)
    seen = Seen(context.new_page())
    seen.page.set_default_timeout(20_000)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("dialog", lambda d: seen.complaints.append(d.message) or d.dismiss())
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    seen.page.goto(url)
    yield seen
    assert seen.complaints == []
    assert [a for a in seen.asked if not a.startswith((f"{url}/", "data:", "blob:"))] == []
    context.close()


def ask(page: Any, query: str) -> None:
    """Write a query and ask it with the keyboard."""
    page.fill("#query", query)
    page.press("#query", "Control+Enter")


def test_it_answers(seen: Seen) -> None:
    page = seen.page
    page.click("#ask")
    page.locator("#state", has_text="rows in").wait_for()
    assert page.locator("#answer tbody tr").count() > 3
    ask(page, "ASK { wd:Q159 a kg:State }")
    page.wait_for_selector("#answer p")
    assert page.inner_text("#answer") == "Yes."
    ask(page, "CONSTRUCT { ?a kg:met ?b } WHERE { ?a kg:met ?b }")
    page.wait_for_selector("#answer pre")
    assert "wd:Q22686" in page.inner_text("#answer pre")


def test_it_explains_mistakes(seen: Seen) -> None:
    page = seen.page
    ask(page, "SELECT * { ?s kg:polarty ?o }")
    page.wait_for_selector("#problem:not([hidden])")
    assert "did you mean kg:polarity?" in page.inner_text("#problem")
    ask(
        page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) < STR(?i)) }"
    )
    page.locator("#problem", has_text="longer than 2 seconds").wait_for()


def test_questions_with_parameters_lead_to_the_words(seen: Seen) -> None:
    page = seen.page
    page.wait_for_selector("#question option[value=meetings]", state="attached")
    assert page.locator("#question option").count() == len(stock_queries()) + 1
    page.select_option("#question", "meetings")
    page.fill("#parameter-actor", "Vladimir Putin")
    page.press("#parameter-actor", "Enter")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody tr").count() == 1
    page.click("#answer a")
    page.locator("#answer td", has_text="visited").first.wait_for()
    assert page.input_value("#question") == "evidence"


def test_hostile_text_stays_text(seen: Seen) -> None:
    ask(seen.page, "SELECT ?t { <https://w3id.org/kg/id/document/nasty> schema:headline ?t }")
    seen.page.wait_for_selector("#answer table")
    assert seen.page.inner_text("#answer tbody") == NASTY
    assert seen.page.locator("#answer img, #answer script").count() == 0


def test_answers_can_be_saved(seen: Seen, tmp_path: Path) -> None:
    ask(seen.page, "SELECT ?l { wd:Q159 rdfs:label ?l }")
    seen.page.wait_for_selector("#save:not([hidden])")
    with seen.page.expect_download() as download:
        seen.page.click("[data-name=csv]")
    download.value.save_as(tmp_path / "answer.csv")
    assert (tmp_path / "answer.csv").read_text().split() == ["l", "Russia"]


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_the_window(seen: Seen, width: int) -> None:
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.click("#ask")
    seen.page.wait_for_selector("#answer table")
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
