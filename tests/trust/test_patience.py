"""A document that takes too long is named and skipped; the others are read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from kg.errors import DocumentError
from kg.statement import Document
from kg.text import patience
from kg.text.patience import OutOfPatience, bounded
from kg.text.pipeline import Extractor
from kg.text.readers import Piece, Settings, Source, guarded

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGVTALRM"), reason="this system has no timer of processor time"
)


def busy() -> None:
    """Works for ever, and mends every mistake on the way."""
    while True:
        with suppress(Exception):
            sum(range(1000))


def test_work_without_end_is_ended() -> None:
    with pytest.raises(OutOfPatience), bounded(0.05):
        busy()
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_the_outer_bound_counts() -> None:
    with pytest.raises(OutOfPatience), bounded(0.05):
        with bounded(1000):
            pass
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
        with bounded(1000):
            busy()


def test_work_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with bounded(1000):
        pass
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_elsewhere_than_in_the_main_thread_nothing_is_bounded() -> None:
    seen: list[tuple[float, float]] = []

    def work() -> None:
        with bounded(1000):
            seen.append(signal.getitimer(signal.ITIMER_VIRTUAL))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(0, 0)]


class Slow(Extractor):
    """Reads one text for ever and every other at once."""

    def __init__(self) -> None:
        self.patience = 0.05

    def extract(self, document: Document) -> list[Any]:
        if document.id == "slow":
            busy()
        return []


def test_a_document_without_end_is_named_and_the_next_is_read() -> None:
    documents = [Document("a", "x"), Document("slow", "x"), Document("b", "x")]
    found = {d.id: outcome for d, outcome in Slow().extract_all(documents)}
    assert found["a"] == found["b"] == []
    assert isinstance(found["slow"], DocumentError)
    assert "slow: took more than 0 seconds of processor time" in str(found["slow"])


def test_a_reader_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.text.readers.pieces.bounded", lambda: patience.bounded(0.05))

    def reader(source: Source, settings: Settings) -> Iterator[Piece]:
        yield Piece("first", "text")
        busy()

    found = list(guarded(reader, Source.member("x", b""), Settings(lambda line: None)))
    assert [type(item) for item in found] == [Piece, DocumentError]
    assert str(found[1]).startswith("x: took more than 300 seconds of processor time to read")


def test_a_reader_that_fails_in_an_unforeseen_way() -> None:
    def reader(source: Source, settings: Settings) -> Iterator[Piece]:
        yield Piece("first", "text")
        raise AssertionError("two\nlines")

    found = list(guarded(reader, Source.member("x", b""), Settings(lambda line: None)))
    assert str(found[1]) == "x: could not be read: AssertionError: two lines (is it damaged?)"
