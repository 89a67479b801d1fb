"""The page as a file: self-contained, safe whatever it holds, the same for the same input."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser.story import story
from graph.small import printed_in_processes

from kg.errors import StoreError
from kg.graph.pagedata import as_script, page_data
from kg.graph.view import SCRIPTS, html_for_notebook, html_page, write_html
from kg.resources import resource_path
from kg.statement import Document, Mention, Span, Statement

STATEMENTS, DOCUMENTS = story(12, 40)
PAGE = resource_path("graph/page")


class Parts(HTMLParser):
    """The elements of a page and what its scripts and styles contain."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, str]] = []
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.contents.append((tag, ""))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and self.contents:
            tag, before = self.contents[-1]
            self.contents[-1] = (tag, before + data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = None


def parts(statements: list[Statement] = STATEMENTS, title: str = "A title") -> Parts:
    return Parts(html_page(statements, DOCUMENTS, title))


def data_of(page: Parts) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.contents[1][1])
    return found


def test_the_page_refers_to_nothing_outside() -> None:
    page = parts()
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "data", "action"} & attributes.keys(), tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "form"), tag
        if "href" in attributes:
            assert (attributes["href"] or "").startswith("#")
    style = page.contents[0][1]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_its_own_scripts_and_style_and_nothing_else() -> None:
    page = parts()
    (policy,) = [
        attributes["content"]
        for _, attributes in page.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    (_, style), _, *scripts = page.contents

    def hashed(code: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"

    assert rules["style-src"] == hashed(style)
    assert rules["script-src"].split() == [hashed(code) for _, code in scripts]
    assert len(scripts) == 2
    assert "unsafe" not in policy


def test_no_listener_or_style_stands_in_an_attribute() -> None:
    for tag, attributes in parts().elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag


def test_the_scripts_of_the_page_never_write_markup() -> None:
    files = sorted(PAGE.glob("*.js"))
    assert {file.stem for file in files} == set(SCRIPTS)
    for file in files:
        code = file.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in code, file.name


@pytest.mark.parametrize(
    "words", ["</script><script>x", "<!--", "&amp;", "a\u2028\u2029b", "]]>", "\ud800", "{{title}}"]
)
def test_data_cannot_leave_its_script(words: str) -> None:
    subject = STATEMENTS[0].subject
    hostile = replace(subject, actor=replace(subject.actor, id="local:h", label=words))
    page = parts([replace(STATEMENTS[0], subject=hostile), *STATEMENTS[1:]], title=words)
    assert [tag for tag, _ in page.contents] == ["style", "script", "script", "script"]
    raw = page.contents[1][1]
    assert not re.search("[<>&\u2028\u2029\ud800]", raw)
    assert words in [node["label"] for node in data_of(page)["nodes"]]


def test_as_script_keeps_every_value() -> None:
    data = {"a": "<&>\u2028'\"\\ü🌄", "b": [1, 2.5, None, True]}
    assert json.loads(as_script(data)) == data


def test_the_same_statements_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    statements, documents = list(STATEMENTS), list(DOCUMENTS)
    written = set()
    for seed in range(3):
        random.Random(seed).shuffle(statements)
        random.Random(seed).shuffle(documents)
        write_html(tmp_path / "graph.html", statements + statements[:3], documents)
        written.add((tmp_path / "graph.html").read_bytes())
    assert len(written) == 1


def test_the_page_is_the_same_in_another_process() -> None:
    code = (
        "import hashlib; from browser.story import story; from kg.graph.view import html_page;"
        "print(hashlib.sha256(html_page(*story(80, 240), 't').encode()).hexdigest())"
    )
    assert len(printed_in_processes(code)) == 1


def test_every_claim_and_all_its_evidence_is_in_the_page() -> None:
    again = STATEMENTS[0].evidence
    moved = replace(again, document="doc-other")
    statements = [*STATEMENTS, replace(STATEMENTS[0], evidence=moved)]
    data = page_data(statements, DOCUMENTS, "t")
    assert {claim["id"] for claim in data["claims"]} == {one.id for one in statements}
    assert sum(len(claim["evidence"]) for claim in data["claims"]) == len(statements)
    assert "doc-other" in [document["id"] for document in data["documents"]]


def test_marks_count_as_javascript_counts() -> None:
    text = "🌄🌄 Arran attacked Belor."
    subject, target = STATEMENTS[0].subject.actor, STATEMENTS[1].object
    assert target is not None
    statement = replace(
        STATEMENTS[0],
        subject=Mention(subject, Span(103, 108, "Arran")),
        object=Mention(target.actor, Span(118, 123, "Belor")),
        evidence=replace(
            STATEMENTS[0].evidence, sentence=Span(100, 124, text), predicate=(109, 117)
        ),
    )
    data = page_data([statement], DOCUMENTS, "t")
    marks = data["claims"][0]["evidence"][0]["marks"]
    units = text.encode("utf-16-le")
    words = {role: units[2 * a : 2 * b].decode("utf-16-le") for a, b, role in marks}
    assert words == {"subject": "Arran", "predicate": "attacked", "object": "Belor"}


def test_a_mention_outside_of_the_sentence_is_not_marked() -> None:
    subject = replace(STATEMENTS[0].subject, span=Span(90_000, 90_002, "he"))
    data = page_data([replace(STATEMENTS[0], subject=subject)], DOCUMENTS, "t")
    roles = [mark[2] for mark in data["claims"][0]["evidence"][0]["marks"]]
    assert roles == ["predicate", "object"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//news.example", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    document = Document("doc-00000", "", "T", date(2024, 1, 1), None, url)
    data = page_data(STATEMENTS[:1], [document], "t")
    urls = {found["id"]: found["url"] for found in data["documents"]}
    assert urls["doc-00000"] == (url if kept else None)


def test_places_are_apart_and_the_weightiest_come_first() -> None:
    data = page_data(*story(120, 400), "t")
    weights = [node["weight"] for node in data["nodes"]]
    assert weights == sorted(weights, reverse=True)
    places = [(node["x"], node["y"]) for node in data["vis"]["nodes"]]
    assert len(set(places)) == len(places) > 100
    labels = [node["label"] for node in data["vis"]["nodes"]]
    overlaps = [
        (labels[a], labels[b])
        for a in range(len(places))
        for b in range(a)
        if abs(places[a][0] - places[b][0]) < 3.4 * (len(labels[a]) + len(labels[b]))
        and abs(places[a][1] - places[b][1]) < 20
    ]
    assert overlaps == []


def test_beyond_a_number_the_lightest_are_left_out_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.graph.pagedata.ACTORS", 6)
    whole = {one.id for one in STATEMENTS}
    data = page_data(STATEMENTS, DOCUMENTS, "t")
    assert len(data["nodes"]) == 6
    assert 0 < len(data["claims"]) < len(whole)
    assert data["left_out"]["claims"] == len(whole) - len(data["claims"])
    assert data["left_out"]["actors"] > 0
    assert max(claim["subject"] for claim in data["claims"]) < 6


def test_the_notebook_shows_the_page_shut_off_from_the_notebook() -> None:
    frame = html_for_notebook(STATEMENTS, DOCUMENTS, 'A "title" <b>', height=500)
    inside = Parts(frame)
    ((_, _), (tag, attributes)) = inside.elements
    assert tag == "iframe"
    assert attributes["srcdoc"] == html_page(STATEMENTS, DOCUMENTS, 'A "title" <b>')
    assert "allow-same-origin" not in (attributes["sandbox"] or "")


def test_nothing_at_all_is_a_page_too() -> None:
    assert data_of(Parts(html_page([], [], "t")))["nodes"] == []


def test_a_failed_write_leaves_the_old_page(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_html(tmp_path / "no" / "graph.html", STATEMENTS, DOCUMENTS)
