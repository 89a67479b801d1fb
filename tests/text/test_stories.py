"""Copies, versions and other articles: which documents tell the same story."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.statement import Document
from kg.text.stories import Stories, signature

WORDS = "talks border envoy grain army treaty port river council strike summit minister".split()
DAY = date(2025, 3, 1)


def sentences(seed: int, number: int = 20) -> list[str]:
    """Sentences of their own: another seed gives others."""
    rng = random.Random(seed)
    made = (" ".join(rng.choices(WORDS, k=3)) for _ in range(number * 4))
    return [
        f"The {next(made)} met the {next(made)} of {seed} and {next(made)}." for _ in range(number)
    ]


def text(parts: list[str]) -> str:
    return "\n\n".join(parts)


WIRE = sentences(1)
OTHER = sentences(2)


def labels(*documents: Document) -> list[tuple[str | None, str | None]]:
    stories = Stories()
    found = [stories.labelled(document) for document in documents]
    return [(document.story, document.version_of) for document in found]


def story(first: str, second: str, **more: object) -> str | None:
    """The story of the second of two texts."""
    return labels(Document("a", first), Document("b", second, **more))[1][0]  # type: ignore[arg-type]


def test_articles_of_their_own() -> None:
    assert labels(Document("a", text(WIRE)), Document("b", text(OTHER))) == [(None, None)] * 2


@pytest.mark.parametrize(
    "copy",
    [
        text(WIRE),
        text(["Envoys meet", *WIRE]),
        text([*WIRE[:3], "Read more: Iran attacks Israel", *WIRE[3:], "© 2025 Gazette"]),
        text(WIRE[:10]),
        text(WIRE[5:]),
        text(WIRE).upper(),
        text(WIRE).replace("\n\n", " ").replace(".", " ."),
        text([*sentences(3, 6), *WIRE]),
        text([*WIRE[:14], *sentences(3, 6)]),
    ],
)
def test_copies(copy: str) -> None:
    assert story(text(WIRE), copy) == "a"


@pytest.mark.parametrize(
    "other",
    [
        text([*WIRE[:4], *OTHER]),
        text([WIRE[0], *sentences(3), WIRE[1]]),
        text(WIRE[:2]),
        "",
    ],
)
def test_what_shares_only_quotations_is_another_story(other: str) -> None:
    assert story(text(WIRE), other) is None


def test_short_texts_are_one_story_only_if_they_are_equal() -> None:
    brief = "Russia attacked Odesa on Sunday."
    assert story(brief, "  RUSSIA attacked Odesa, on Sunday ") == "a"
    assert story(brief, "Russia attacked Odesa on Monday.") is None


def test_reports_of_one_pattern_are_stories_of_their_own() -> None:
    pattern = [f"{line} {{}} were counted." for line in WIRE[:8]]
    monday, tuesday = (text(pattern).format(*range(n, n + 8)) for n in (100, 300))
    assert signature(monday) is not None
    assert story(monday, tuesday) is None
    assert story(monday, monday.replace("107", "109")) == "a"


def test_versions_have_the_publisher_or_the_address() -> None:
    wire = Document("a", text(WIRE), source="Wire", url="https://wire.example/a", date=DAY)
    update = text([*OTHER[:5], *WIRE])
    assert labels(
        wire,
        Document("b", update, source="wire"),
        Document("c", update, source="Gazette"),
        Document("d", text(sentences(5)), url="http://www.wire.example/a/?utm_source=x#top"),
        Document("e", text(sentences(6)), url="https://wire.example/a?page=2"),
        Document("f", text(sentences(7)), url="https://wire.example/"),
        Document("g", text(sentences(8)), url="https://wire.example/"),
    ) == [
        (None, None),
        ("a", "a"),
        ("a", None),
        ("a", "a"),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_a_page_that_holds_something_else_after_a_month_is_no_version() -> None:
    url = "https://wire.example/live"
    first = Document("a", text(WIRE), url=url, date=DAY)
    for days, told in ((2, "a"), (90, None)):
        later = Document("b", text(OTHER), url=url, date=DAY + timedelta(days=days))
        assert labels(first, later)[1][0] == told


def test_time_parts_stories_but_not_reprints() -> None:
    half = text([*WIRE[:12], *OTHER[:8]])
    later = DAY + timedelta(days=200)
    first = Document("a", text(WIRE), date=DAY)
    assert labels(first, Document("b", half, date=DAY))[1][0] == "a"
    assert labels(first, Document("b", half, date=later))[1][0] is None
    assert labels(first, Document("b", text(WIRE), date=later))[1][0] == "a"


def test_copies_of_copies_are_of_the_same_story() -> None:
    documents = [
        Document("a", text(WIRE)),
        Document("b", text([*WIRE[:14], *OTHER[:6]])),
        Document("c", text([*WIRE[7:14], *OTHER[:12]])),
    ]
    assert [found for found, _ in labels(*documents)] == [None, "a", "a"]


def test_earlier_documents_are_remembered() -> None:
    stories = Stories()
    stories.remember([Document("a", text(WIRE)), Document("b", text(OTHER), story="gone")])
    assert stories.labelled(Document("c", text(WIRE))).story == "a"
    assert stories.labelled(Document("d", text(OTHER))).story == "gone"
    assert stories.labelled(Document("a", text(WIRE))).story is None


class Looked(np.ndarray):
    """Signatures that note how many of them are looked at."""

    most = 0

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, list):
            Looked.most = max(Looked.most, len(item))
        return super().__getitem__(item)


def test_what_many_texts_share_is_not_looked_for_in_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(9)

    def said(number: int) -> list[str]:
        return [" ".join(f"w{rng.randrange(10**6)}" for _ in range(10)) for _ in range(number)]

    shared = said(4)
    texts = [text([*shared, *said(16)]) for _ in range(400)]
    stories = Stories()
    for number, one in enumerate(texts):
        assert stories.labelled(Document(f"d{number}", one)).story is None
    monkeypatch.setattr(Looked, "most", 0)
    monkeypatch.setattr(stories, "_values", stories._values.view(Looked))
    for number in range(0, 400, 9):
        copy = Document(f"c{number}", f"{texts[number]} And so on.")
        assert stories.labelled(copy).story == f"d{number}"
    assert 50 < Looked.most < 175, "of the 400 with which each shares a fifth"


def test_groups_hardly_depend_on_the_order() -> None:
    documents = [
        Document(f"{number}-{cut}", text(sentences(number)[: 20 - cut]))
        for number in range(30)
        for cut in (0, 4, 8)
    ]
    groups = []
    for order in (documents, documents[::-1]):
        stories = Stories()
        told: dict[str, set[str]] = {}
        for document in map(stories.labelled, order):
            told.setdefault(document.story or document.id, set()).add(document.id)
        groups.append(sorted(map(sorted, told.values())))
    assert groups[0] == groups[1]
    assert len(groups[0]) == 30


@given(st.lists(st.text(alphabet="ab .\n1İ\ud800", max_size=300), max_size=4))
def test_any_texts_are_taken(texts: list[str]) -> None:
    for found, _ in labels(*(Document(str(n), one) for n, one in enumerate(texts))):
        assert found is None or found in map(str, range(len(texts)))
