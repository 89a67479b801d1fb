"""The analysis as a whole: its JSON and its report."""

from __future__ import annotations

import gc
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser.story import story
from graph.small import ARRAN, BELOR, DAM, claim, on, printed_in_processes
from graph.test_signed import CONSULTED, INVADED, SUPPORTED

from kg.errors import StoreError
from kg.graph.analyse import Options, analyse
from kg.graph.analysis_json import as_json
from kg.graph.report import html_report, write_report
from kg.graph.report.text import lines
from kg.statement import Actor, ActorType, Document, Statement

STATEMENTS, DOCUMENTS = story(30, 300)

SECTIONS = {
    *("short", "time", "actors", "standing", "balance", "groups", "pairs", "unusual"),
    *("changes", "counting"),
}


def figures(options: Options | None = None) -> dict[str, Any]:
    return as_json(analyse(STATEMENTS, DOCUMENTS, options))


# --- figures ------------------------------------------------------------------------------


def test_the_order_of_the_input_does_not_matter() -> None:
    statements, documents = list(STATEMENTS), list(DOCUMENTS)
    written = set()
    for seed in range(3):
        random.Random(seed).shuffle(statements)
        random.Random(seed).shuffle(documents)
        analysis = analyse(statements, documents)
        written.add(json.dumps(as_json(analysis)) + html_report(analysis, documents, "t"))
    assert len(written) == 1


def test_another_process_finds_the_same() -> None:
    code = (
        "import hashlib, json; from browser.story import story;"
        "from kg.graph.analyse import analyse; from kg.graph.analysis_json import as_json;"
        "from kg.graph.report import html_report;"
        "s, d = story(30, 300); a = analyse(s, d);"
        "text = json.dumps(as_json(a)) + html_report(a, d, 't');"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    assert len(printed_in_processes(code)) == 1


def test_the_json_agrees_with_itself() -> None:
    found = json.loads(json.dumps(figures()))
    actors = {one["id"]: one for one in found["actors"]}
    assert found["counts"]["actors"] == len(actors) == 27
    assert sum(one["partners"] for one in actors.values()) == 2 * found["counts"]["ties"]
    assert sum(one["acts"] for one in actors.values()) == 2 * found["counts"]["acts"]
    assert sum(one["pagerank"] for one in actors.values()) == pytest.approx(1, abs=1e-4)
    assert {actor for group in found["communities"] for actor in group} == set(actors)
    standings = {pair["standing"] for pair in found["pairs"]}
    assert standings == {"allies", "adversaries", "neither"}
    assert found["balance"]["frustration"] >= found["balance"]["frustration_at_least"]
    assert len(found["balance"]["frustrated"]) == found["balance"]["frustration"]
    assert [one["after"] for one in found["changes"]] == [p["name"] for p in found["periods"][1:]]
    inside = sum(
        month["acts"] for pair in found["series"]["pairs"] for month in pair["months"].values()
    )
    assert 0 < inside <= found["counts"]["acts"]


def test_a_period_and_what_is_quoted_narrow_the_acts() -> None:
    whole = figures()["counts"]["acts"]
    part = figures(Options(since=date(2024, 1, 1), until=date(2024, 12, 31)))
    plain = figures(Options(asserted=True))
    assert part["counts"]["first"] >= "2024-01-01"
    assert part["counts"]["last"] <= "2024-12-31"
    assert part["at"] == "2024-12-31"
    assert 0 < part["counts"]["acts"] < whole
    assert 0 < plain["counts"]["acts"] < whole
    assert plain["counts"]["left_out"]["told by quoted sources only"] > 0


def test_the_collector_is_on_again_afterwards() -> None:
    def broken() -> Iterator[Statement]:
        raise ValueError("no statements")
        yield

    assert gc.isenabled()
    analyse(STATEMENTS[:5])
    with pytest.raises(ValueError, match="no statements"):
        analyse(broken())
    assert gc.isenabled()


def test_without_fading_old_acts_count_in_full() -> None:
    old = [
        claim(ARRAN, INVADED, BELOR, 0, time=on("2004-01-01")),
        claim(ARRAN, CONSULTED, BELOR, 9, time=on("2024-01-01")),
    ]
    assert as_json(analyse(old))["pairs"][0]["standing"] == "neither"
    kept = as_json(analyse(old, options=Options(half_life=None)))
    assert kept["pairs"][0]["standing"] == "adversaries"


# --- report -------------------------------------------------------------------------------


class Parts(HTMLParser):
    """Elements and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def report(
    statements: list[Statement], documents: list[Document] | None = None, page: str | None = None
) -> tuple[str, Parts]:
    documents = documents or []
    text = html_report(analyse(statements, documents), documents, "A report", page)
    return text, Parts(text)


def test_the_report_has_every_section_and_closes_every_element() -> None:
    text, found = report(STATEMENTS, DOCUMENTS)
    assert found.open == []
    ids = {attributes["id"] for _, attributes in found.elements if "id" in attributes}
    assert ids == SECTIONS
    assert text.count("<svg") > 30
    assert "Nastan" in text


def test_the_report_asks_nothing_of_any_host_and_runs_nothing() -> None:
    text, found = report(STATEMENTS, DOCUMENTS)
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"script", "link", "iframe", "img", "object", "embed", "base", "form"}
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert (attributes.get("href") or "#").startswith("#")
    (policy,) = [
        attributes["content"] or ""
        for _, attributes in found.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "url(" not in text


def test_the_report_leads_into_the_page_beside_it() -> None:
    text, _ = report(STATEMENTS, DOCUMENTS, "graph.html")
    links = set(re.findall(r'href="([^"#]*)#selected=([^"]*)"', text))
    assert {page for page, _ in links} == {"graph.html"}
    assert any(selected.startswith("n%3Alocal%3A") for _, selected in links)
    assert any(selected.startswith("e%3Alocal%3A") and "%7C" in selected for _, selected in links)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "&lt;b&gt;",
    "\u202eesrever\u202c",
    "nul \x00 and \x1b[31m",
    "lone \ud800 surrogate",
    "w" * 5000,
    "{{body}} {{style}}",
    "",
]


def test_hostile_names_are_text() -> None:
    actors = [Actor(f"local:{n}<&\"'", words, ActorType.STATE) for n, words in enumerate(HOSTILE)]
    statements = [
        claim(one, INVADED if n % 2 else SUPPORTED, other, 20 * n, time=on(f"2024-0{n % 9 + 1}-01"))
        for n, (one, other) in enumerate(
            (one, other) for i, one in enumerate(actors) for other in actors[:i]
        )
    ]
    text, found = report(statements, [Document("doc-1", "", HOSTILE[0])], "graph.html")
    assert found.open == []
    assert "script" not in {tag for tag, _ in found.elements}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800]", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")]
    assert text.encode("utf-8")


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ([], "nothing to compare"),
        ([claim(ARRAN, SUPPORTED, DAM)], "about a place or a thing"),
        ([claim(ARRAN, SUPPORTED, BELOR)], "No event is dated"),
        ([claim(ARRAN, CONSULTED, BELOR, time=on("2024-01-01"))], "only one period"),
        (
            [
                claim(ARRAN, SUPPORTED, BELOR, time=on("2024-01-01")),
                claim(ARRAN, INVADED, BELOR, 9, time=on("2024-02-01")),
            ],
            "No three actors",
        ),
    ],
)
def test_little_or_nothing_gives_sentences_and_no_blank_charts(
    statements: list[Statement], says: str
) -> None:
    text, found = report(statements)
    assert found.open == []
    assert says in text
    assert not re.search(r"\b(nan|inf|None)\b", re.sub(r"<style>.*</style>", "", text, flags=re.S))
    for svg in re.findall(r"<svg.*?</svg>", text, re.S):
        assert re.search("<(rect|line|circle|path)", svg)


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_report(tmp_path / "no" / "report.html", analyse([]))


def test_the_findings_as_lines() -> None:
    told = "\n".join(lines(analyse(STATEMENTS, DOCUMENTS)))
    for word in ("Who matters", "Nastan", "Allies (", "Adversaries (", "Balance:", "From 20"):
        assert word in told
    assert next(lines(analyse([]))) == "No act between two actors, so there is nothing to analyse."


def test_acts_of_one_day_have_one_date() -> None:
    days = analyse(STATEMENTS, DOCUMENTS).acts.days
    assert days is not None and days[0] < days[1]
    first = analyse(STATEMENTS, DOCUMENTS, Options(since=days[0], until=days[0]))
    assert first.acts.acts
    assert " to " in next(lines(analyse(STATEMENTS, DOCUMENTS)))
    assert " to " not in next(lines(first))
