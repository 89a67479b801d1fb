"""The page in a real browser: what a reader sees, clicks, types and saves."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from browser.conftest import Open
from browser.story import RELATIONS, story

from kg.graph.view import html_for_notebook
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Span,
    Stance,
    Statement,
)

pytestmark = pytest.mark.browser

MET, ATTACKED = RELATIONS[0], RELATIONS[10]
ARRAN = Actor("wd:Q1", "Arran", ActorType.STATE, "ARR")
BELOR = Actor("local:belor", "Belor Front", ActorType.ARMED_GROUP)
TEXT = "The day began 🌄 late. After dark, Arran attacked the Belor Front, state radio said."
DOCUMENT = Document("doc-1", TEXT, "A long night", None, "Radio", "https://news.example/night")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def attack(**more: Any) -> Statement:
    predicate = at("attacked")
    return Statement(
        Mention(ARRAN, at("Arran")),
        ATTACKED,
        Mention(BELOR, at("Belor Front")),
        Evidence(
            "doc-1", Span(0, len(TEXT), TEXT), (predicate.start, predicate.end), "attack/verb"
        ),
        **more,
    )


def test_it_opens_with_an_overview_and_draws_something(open_page: Open) -> None:
    page = open_page(*story(), title="An invented region")
    assert page.text("h1") == "An invented region"
    assert "At a glance" in page.text("#panel")
    assert "49 actors" in page.text("#counts")
    colours = page.page.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const seen = new Set(); for (let i = 0; i < d.length; i += 4)
          if (d[i + 3] > 200) seen.add(`${d[i]},${d[i+1]},${d[i+2]}`);
        return seen.size; }"""
    )
    assert colours > 20


def test_search_finds_an_actor_and_opens_it(open_page: Open) -> None:
    page = open_page(*story())
    page.page.fill("#search", "nast")
    assert page.page.locator("#suggestions [role=option]").first.inner_text().startswith("Nastan")
    page.page.press("#search", "Enter")
    assert page.text("#panel h2") == "Nastan"
    assert "selected=n" in page.page.url


def test_search_folds_accents_and_says_when_nothing_is_found(open_page: Open) -> None:
    named = replace(ARRAN, label="Árrän")
    page = open_page([replace(attack(), subject=Mention(named, at("Arran")))], [DOCUMENT])
    page.find("arran")
    assert page.text("#panel h2") == "Árrän"
    page.page.fill("#search", "zzz")
    assert "No actor of that name" in page.text("#suggestions")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("nastn", "Nastan"), ("natsan", "Nastan"), ("breraan", "Brearan"), ("pioezz", "Paino Pioez")],
)
def test_a_slip_of_the_pen_is_understood(open_page: Open, typed: str, first: str) -> None:
    page = open_page(*story())
    page.page.fill("#search", typed)
    assert "Did you mean" in page.text("#suggestions")
    page.page.press("#search", "Enter")
    assert page.text("#panel h2") == first


def test_an_address_names_a_pair_by_its_ids(open_page: Open) -> None:
    page = open_page([attack()], [DOCUMENT], fragment="#selected=e%3Alocal%3Abelor%7Cwd%3AQ1")
    assert "Arran attacked Belor Front" in page.text("#panel .claim h3")
    assert page.page.url.endswith("#selected=e%3Alocal%3Abelor%7Cwd%3AQ1")
    fresh = open_page([attack()], [DOCUMENT], fragment="#selected=e%3Awd%3AQ1%7Clocal%3Abelor")
    assert fresh.page.url.endswith("#selected=e%3Alocal%3Abelor%7Cwd%3AQ1")
    unknown = open_page([attack()], [DOCUMENT], fragment="#selected=e%3Awd%3AQ1%7Cwd%3AQ9")
    assert "At a glance" in unknown.text("#panel")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((1.6, None), "probably so to the article"),
        ((0.0, 3.0), "open to the article; certainly so to State Radio"),
        ((-3.0, None), "certainly not so to the article"),
        ((None, None), None),
    ],
)
def test_how_sure_a_claim_is_told(
    open_page: Open, values: tuple[float | None, float | None], says: str | None
) -> None:
    source = Actor("local:radio", "State Radio", ActorType.MEDIA)
    said = Attribution(source, at("state radio"), Stance.SAYS, at("said"), (0, 10), values[1])
    statement = attack(attribution=(said,), factuality=values[0])
    page = open_page([statement], [DOCUMENT], fragment="#selected=e:0-1")
    panel = page.text("#panel")
    assert (says in panel) if says else ("How sure" not in panel)


def test_a_click_on_an_edge_shows_the_evidence_with_its_words_marked(open_page: Open) -> None:
    page = open_page([attack()], [DOCUMENT])
    box = page.page.locator("#graph").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 8)
    assert "Arran attacked Belor Front" in page.text("#panel .claim h3")
    assert page.text("#panel blockquote") == TEXT
    marks = page.page.locator("#panel mark").all_inner_texts()
    assert marks == ["Arran", "attacked", "Belor Front"]
    link = page.page.locator("#panel figcaption a")
    assert link.get_attribute("href") == "https://news.example/night"
    assert "noopener" in link.get_attribute("rel")


def test_the_pointer_shows_what_it_rests_on(open_page: Open) -> None:
    page = open_page([attack()], [DOCUMENT])
    box = page.page.locator("#graph").bounding_box()
    page.page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 8, steps=4)
    page.page.wait_for_selector("#tip:not([hidden])")
    assert "Arran attacked Belor Front" in page.text("#tip")
    page.page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.page.wait_for_selector("#tip", state="hidden")


def test_a_statement_about_one_actor_alone_shows_its_evidence(open_page: Open) -> None:
    page = open_page([replace(attack(), object=None)], [DOCUMENT])
    page.find("arran")
    assert page.text("#panel blockquote") == TEXT


def test_qualifiers_are_said_in_words(open_page: Open) -> None:
    source = Actor("local:radio", "State Radio", ActorType.MEDIA)
    said = Attribution(source, at("state radio"), Stance.DENIES, at("said"), (0, 10))
    statement = attack(
        polarity=Polarity.NEGATIVE,
        modality=Modality.CONDITIONAL,
        condition="if the bridge stands",
        attribution=(said,),
    )
    page = open_page([statement], [DOCUMENT], fragment="#selected=e:0-1")
    panel = page.text("#panel")
    assert "not: attacked" in panel
    assert "not so" in panel
    assert "conditional" in panel
    assert "if the bridge stands" in panel
    assert "Denied by State Radio" in panel
    assert page.page.locator("#panel mark.source").all_inner_texts() == ["state radio", "said"]


def test_the_keyboard_alone_leads_from_the_graph_to_the_evidence(open_page: Open) -> None:
    page = open_page([attack()], [DOCUMENT])
    page.page.focus("#graph")
    page.page.keyboard.press("ArrowRight")
    assert "Belor Front, Armed group" in page.text("#live")
    page.page.keyboard.press("Enter")
    assert page.text("#panel h2") == "Belor Front"
    page.page.locator("#panel button.open").focus()
    page.page.keyboard.press("Enter")
    assert page.text("#panel blockquote") == TEXT
    page.page.keyboard.press("Escape")
    assert "At a glance" in page.text("#panel")


def test_the_legend_filters(open_page: Open) -> None:
    page = open_page(*story(), fragment="#view=table")
    rows = page.page.locator("#table-view tbody tr")
    before = rows.count()
    shown = page.page.locator("#table-view .c-tone").all_inner_texts()
    assert any("Conflict, deeds" in tone for tone in shown)
    page.page.click('#legend label:has-text("Conflict, deeds")')
    assert 0 < rows.count() < before
    assert "Conflict, deeds" not in " ".join(page.page.locator("tbody .c-tone").all_inner_texts())
    page.page.click("#reset")
    assert rows.count() == before


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("said=claimed", lambda claim: bool(claim.attribution)),
        ("said=asserted", lambda claim: not claim.attribution),
        ("polarity=negative", lambda claim: claim.polarity is Polarity.NEGATIVE),
        ("modality=other", lambda claim: claim.modality is not Modality.ACTUAL),
        ("document=doc-00003", lambda claim: claim.evidence.document == "doc-00003"),
        ("country=NAX", lambda claim: False),
    ],
)
def test_a_view_is_restored_from_its_address(open_page: Open, fragment: str, expected: Any) -> None:
    statements, documents = story(20, 60)
    page = open_page(statements, documents, fragment=f"#view=table&{fragment}")
    wanted = {claim.id for claim in statements if expected(claim)}
    if fragment.startswith("country"):
        country = {claim.subject.actor.country for claim in statements} - {None}
        code = sorted(c for c in country if c)[0]
        page.page.select_option('[data-key="country"]', code, force=True)
        wanted = {
            claim.id
            for claim in statements
            for end in (claim.subject, claim.object)
            if end and end.actor.country == code
        }
    assert wanted
    assert page.page.locator("#table-view tbody tr").count() == len(wanted)


def test_only_neighbours_and_paths(open_page: Open) -> None:
    page = open_page(*story())
    page.find("Triopiostan")
    page.page.click("text=Only neighbours")
    assert "Only Triopiostan and neighbours" in page.text("#notice")
    page.page.click("#notice button")
    assert page.page.locator("#notice").is_hidden()
    page.page.click("text=Paths to …")
    page.page.keyboard.type("Kuaran")
    page.page.keyboard.press("Enter")
    assert "Shortest ways from Triopiostan to Kuaran" in page.text("#notice")
    assert "path=" in page.page.url


def test_the_period_narrows_and_plays(open_page: Open) -> None:
    page = open_page(*story(), fragment="#view=table")
    rows = page.page.locator("#table-view tbody tr")
    before = rows.count()
    handle = page.page.locator('[data-handle="from"]')
    handle.focus()
    for _ in range(6):
        page.page.keyboard.press("ArrowRight")
    assert 0 < rows.count() < before
    assert "from=" in page.page.url
    page.page.click("#play")
    page.page.wait_for_function("document.querySelector('#play').textContent === '❚❚'")
    page.page.click("#play")
    assert page.text("#play") == "▶"


def test_a_period_is_brushed_moved_and_given_up(open_page: Open) -> None:
    page = open_page(*story())
    box = page.page.locator(".chart").bounding_box()

    def drag(start: float, end: float) -> None:
        row = box["y"] + 15
        page.page.mouse.move(box["x"] + start * box["width"], row)
        page.page.mouse.down()
        page.page.mouse.move(box["x"] + end * box["width"], row, steps=5)
        page.page.mouse.up()

    def period() -> list[str]:
        fragment = page.page.evaluate("location.hash.slice(1)")
        fields = dict(part.split("=") for part in fragment.split("&") if part)
        return [fields.get("from", ""), fields.get("to", "")]

    drag(0.3, 0.5)
    brushed = period()
    assert "" not in brushed
    drag(0.4, 0.6)
    moved = period()
    assert brushed[0] < moved[0]
    assert brushed[1] < moved[1]
    page.page.mouse.dblclick(box["x"] + 0.1 * box["width"], box["y"] + 15)
    assert period() == ["", ""]


def test_the_table_sorts_and_leads_to_the_panel(open_page: Open) -> None:
    page = open_page(*story())
    page.page.click("#show-table")
    page.page.click("th button:has-text('Subject')")
    subjects = page.page.locator("tbody .c-subject").all_inner_texts()
    assert subjects == sorted(subjects, key=str.casefold)
    assert page.page.get_attribute("th.c-subject", "aria-sort") == "ascending"
    page.page.locator("tbody .c-relation button").first.click()
    assert page.page.locator("#panel .claim").count() >= 1


def test_exports(open_page: Open, tmp_path: Path) -> None:
    statements, documents = story(12, 30)
    formula = replace(statements[0].subject.actor, label='=HYPERLINK("x")')
    statements[0] = replace(
        statements[0], subject=replace(statements[0].subject, actor=formula), confidence=0.1
    )
    page = open_page(statements, documents)
    saved = {}
    for label in ("PNG", "SVG", "CSV", "GraphML"):
        page.page.click("#export")
        with page.page.expect_download() as download:
            page.page.click(f'#export-menu button:has-text("{label}")')
        saved[label] = Path(download.value.path()).read_bytes()
    assert saved["PNG"].startswith(b"\x89PNG")
    assert ElementTree.fromstring(saved["SVG"]).tag.endswith("svg")
    network = nx.parse_graphml(saved["GraphML"].decode(), force_multigraph=True)
    assert set(network) == {
        end.actor.id for claim in statements for end in (claim.subject, claim.object) if end
    }
    assert network.size() == len({claim.id for claim in statements})
    rows = list(csv.DictReader(io.StringIO(saved["CSV"].decode("utf-8-sig"), newline="")))
    assert {row["statement"] for row in rows} == {statement.id for statement in statements}
    assert all(not value.startswith("=") for row in rows for value in row.values())


def test_the_drawing_has_arrows_codes_and_marks(open_page: Open) -> None:
    said = Attribution(None, at("state radio"), Stance.DENIES, at("said"), (0, 10))
    page = open_page([attack(), attack(attribution=(said,))], [DOCUMENT])
    page.page.click("#export")
    with page.page.expect_download() as download:
        page.page.click('#export-menu button:has-text("SVG")')
    drawing = ElementTree.fromstring(Path(download.value.path()).read_bytes())
    words = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(words) == ["ARR", "Arran", "Belor Front", "≠"]
    shapes = [path.get("d") or "" for path in drawing.iter("{http://www.w3.org/2000/svg}path")]
    assert sum(shape.count("L") == 2 and shape.endswith("z") for shape in shapes) >= 1


def test_print_shows_the_picture_and_the_evidence(open_page: Open) -> None:
    page = open_page([attack()], [DOCUMENT], fragment="#selected=e:0-1")
    page.page.emulate_media(media="print")
    assert page.page.locator("#graph canvas").is_visible()
    assert page.page.locator("#panel blockquote").is_visible()
    for gone in (".tools", "#legend", "#timeline", ".search"):
        assert page.page.locator(gone).is_hidden()
    assert page.page.pdf().startswith(b"%PDF")


def test_dark_follows_the_system_and_the_button(open_page: Open) -> None:
    page = open_page(*story(12, 30), scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.page.evaluate(ground)
    assert max(int(part) for part in dark[4:-1].split(",")) < 64
    page.page.click("#theme")
    assert page.page.evaluate(ground) != dark
    assert "theme=light" in page.page.url


@pytest.mark.parametrize("width", [390, 768, 1280, 2560])
@pytest.mark.parametrize("fragment", ["", "#selected=e:0-1", "#view=table", "#selected=n:wd:Q1"])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, fragment: str) -> None:
    page = open_page([attack()], [DOCUMENT], size=(width, 844), fragment=fragment)
    assert page.overflow() <= 0
    for selector in ("#panel", "#legend", ".bar"):
        inner = page.page.evaluate(
            "(s) => { const e = document.querySelector(s); return e.scrollWidth - e.clientWidth; }",
            selector,
        )
        assert inner <= 0, selector


def test_on_a_wide_screen_the_filters_make_room(open_page: Open) -> None:
    page = open_page(*story(12, 30))
    width = "document.querySelector('#graph').clientWidth"
    before = page.page.evaluate(width)
    page.page.click("#open-legend")
    assert page.page.locator("#legend").is_hidden()
    assert page.page.evaluate(width) > before
    page.page.click("#open-legend")
    assert page.page.locator("#legend").is_visible()


def test_on_a_phone_the_filters_come_and_go(open_page: Open) -> None:
    page = open_page(*story(12, 30), size=(390, 844))
    assert page.page.locator("#legend").is_hidden()
    page.page.click("#open-legend")
    page.page.wait_for_function("document.querySelector('#legend').getBoundingClientRect().x >= 0")
    page.page.click('#legend label:has-text("States")')
    page.page.keyboard.press("Escape")


HOSTILE = [
    '</script><img src=x onerror="document.title=1;alert(1)">',
    '"><svg onload=alert(1)>',
    "<!--<script>",
    "{{data}} {{script}}",
    "'; alert(1); //",
    "\u202eesrever\u202c \u2066isolate",
    "line\u2028separator\u2029and\x00null\x1b[31m",
    "lone \ud800 surrogate",
    "__proto__",
    "constructor",
    "w" * 10_000,
    "many words " * 900,
    "שלום עולם",
    "&lt;b&gt;&amp;",
    "",
]


def hostile_story() -> tuple[list[Statement], list[Document]]:
    statements, documents = [], []
    for number, words in enumerate(HOSTILE):
        text = f"{words} attacked {words[::-1]}."
        middle = len(words) + 1
        end = middle + len("attacked")
        subject = Actor(f"local:{words}", words, ActorType.PERSON, words[:3], words)
        other = Actor(f"local:x{number}{words}", words[::-1], ActorType.THING)
        span = Span(0, len(words), words)
        statements.append(
            Statement(
                Mention(subject, span),
                replace(
                    ATTACKED, id=f"kg:{words}", label=words or "nothing", event=words, quad=words
                )
                if number % 2
                else ATTACKED,
                Mention(other, Span(end + 1, end + 1 + len(words), words[::-1])),
                Evidence(f"doc-{words}", Span(0, len(text), text), (middle, end), words),
                attribution=(Attribution(None, span, Stance.SAYS, span, (0, 1)),),
                condition=words,
                place=Mention(other, span),
            )
        )
        url = ["javascript:alert(1)", "data:text/html,<script>", "https://a.example/?<script>"]
        documents.append(Document(f"doc-{words}", text, words, None, words, url[number % 3]))
    return statements, documents


@pytest.mark.parametrize("view", ["graph", "table"])
def test_hostile_texts_run_nothing_and_make_no_markup(open_page: Open, view: str) -> None:
    statements, documents = hostile_story()
    page = open_page(statements, documents, title=HOSTILE[0], fragment=f"#view={view}")
    assert page.page.title() == HOSTILE[0]
    marked = page.page.locator("#search").count()
    assert marked == 1
    for words in HOSTILE:
        page.find(words[:60])
        page.page.locator("#panel button.open").first.click() if page.page.locator(
            "#panel button.open"
        ).count() else None
        assert page.overflow() <= 0
        assert page.page.locator("img, iframe, object, embed").count() == 0
        assert page.page.locator("script").count() == 3
        links = page.page.locator("a[href]").evaluate_all("all => all.map((a) => a.href)")
        assert all(link.startswith(("https://", "file://")) for link in links), links
    panel = page.page.locator("#panel")
    inner = panel.evaluate("(e) => e.scrollWidth - e.clientWidth")
    assert inner <= 0


def test_a_tampered_script_does_not_run(chromium: Any, open_page: Open, tmp_path: Path) -> None:
    """The policy names the page's own scripts: anything added to the file stays dead."""
    open_page([attack()], [DOCUMENT])
    path = tmp_path / "graph-0.html"
    added = path.read_text().replace("</body>", "<script>document.title='owned'</script></body>")
    path.write_text(added)
    page = chromium.new_page()
    page.goto(path.as_uri())
    assert page.title() != "owned"
    page.close()


def test_a_notebook_shows_the_same_page(open_page: Open, chromium: Any, tmp_path: Path) -> None:
    shell = tmp_path / "notebook.html"
    shell.write_text(f"<!doctype html><title>n</title>{html_for_notebook([attack()], [DOCUMENT])}")
    page = chromium.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(shell.as_uri())
    inside = page.frame_locator("iframe")
    inside.locator("#search").fill("belor")
    inside.locator("#search").press("Enter")
    assert inside.locator("#panel h2").inner_text() == "Belor Front"
    assert errors == []
    page.close()


def test_nodes_move_only_when_asked(open_page: Open) -> None:
    page = open_page(*story(20, 60))
    picture = "document.querySelector('#graph canvas').toDataURL()"
    before = page.page.evaluate(picture)
    page.page.wait_for_timeout(300)
    assert page.page.evaluate(picture) == before
    page.page.click("#physics")
    page.page.wait_for_timeout(600)
    page.page.click("#physics")
    assert page.page.get_attribute("#physics", "aria-pressed") == "false"
    assert page.page.evaluate(picture) != before


def test_an_empty_page_says_so(open_page: Open) -> None:
    page = open_page([], [])
    assert "gave no statement" in page.text("#notice")


@pytest.mark.parametrize("size", [500, 5000])
def test_large_graphs_show_the_weightiest_and_say_so(open_page: Open, size: int) -> None:
    statements, documents = story(size, size * 3)
    page = open_page(statements, documents)
    assert "weightiest of" in page.text("#notice")
    before = page.text("#notice")
    page.page.click("#notice button")
    assert page.text("#notice") != before
    page.find("nastan")
    assert page.text("#panel h2") == "Nastan"
    page.page.click("#show-table")
    assert f"{len({claim.id for claim in statements}):,} statements" in page.text("caption")


def test_an_actor_that_was_left_out_comes_with_its_neighbours(open_page: Open) -> None:
    statements, documents = story(400, 1200)
    page = open_page(statements, documents)

    def shown() -> int:
        return int(page.text("#notice").split()[1].replace(",", ""))

    before = shown()
    data = json.loads(page.page.evaluate("document.querySelector('#data').textContent"))
    page.find(data["nodes"][-1]["label"])
    assert shown() > before
    page.page.keyboard.press("Escape")
    assert page.text("#panel h2") == "At a glance"
    assert shown() == before


def test_the_data_in_the_page_is_whole(open_page: Open) -> None:
    statements, documents = story()
    page = open_page(statements, documents)
    data = json.loads(page.page.evaluate("document.querySelector('#data').textContent"))
    assert {claim["id"] for claim in data["claims"]} == {claim.id for claim in statements}
