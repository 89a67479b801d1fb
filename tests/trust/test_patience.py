"""A document that takes too long is named and skipped; the others are read."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from kg.errors import DocumentError
from kg.statement import Document
from kg.text import patience
from kg.text.patience import OutOfPatience, bounded
from kg.text.pipeline import Extractor
from kg.text.readers import Piece, Settings, Source, guarded
from kg.text.watch import WATCH

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


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WATCH, "seconds", 0.02)


def in_a_thread(work: Callable[[], None]) -> BaseException | None:
    """What work in another thread raises, if anything."""
    raised: list[BaseException | None] = []

    def caught() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)
        else:
            raised.append(None)

    thread = threading.Thread(target=caught)
    thread.start()
    thread.join()
    return raised[0]


def test_work_without_end_in_another_thread_is_ended() -> None:
    def work() -> None:
        with bounded(0.05):
            busy()

    assert isinstance(in_a_thread(work), OutOfPatience)
    # the watch is still awake for the next, and nothing is left of the first
    assert isinstance(in_a_thread(work), OutOfPatience)
    assert WATCH._bounds == {}


def test_in_another_thread_the_outer_bound_counts() -> None:
    def work() -> None:
        with bounded(0.05):
            with bounded(1000):
                pass
            with bounded(1000):
                busy()

    assert isinstance(in_a_thread(work), OutOfPatience)


def test_only_the_thread_that_works_too_long_is_ended() -> None:
    done = threading.Event()

    def patient() -> None:
        with bounded(0.05):
            # waiting takes no processor time
            assert done.wait(60)

    def work() -> None:
        with bounded(0.05):
            busy()

    raised: list[BaseException | None] = []
    thread = threading.Thread(target=lambda: raised.append(in_a_thread(patient)))
    thread.start()
    assert isinstance(in_a_thread(work), OutOfPatience)
    done.set()
    thread.join()
    assert raised == [None]


def test_an_exception_that_comes_too_late_is_taken_back() -> None:
    def work() -> None:
        with suppress(OutOfPatience), bounded(0.05):
            busy()
        for _ in range(100_000):
            sum(range(10))

    assert in_a_thread(work) is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_watches_by_itself() -> None:
    def work() -> None:
        with bounded(0.05):
            busy()

    assert isinstance(in_a_thread(work), OutOfPatience)
    with warnings.catch_warnings():
        # Python warns of forking with threads, which is what is tried here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os._exit(0 if isinstance(in_a_thread(work), OutOfPatience) else 1)
    assert os.waitpid(child, 0)[1] == 0


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


def test_a_document_without_end_read_in_another_thread() -> None:
    found: dict[str, Any] = {}

    def work() -> None:
        documents = [Document("a", "x"), Document("slow", "x"), Document("b", "x")]
        found.update({d.id: outcome for d, outcome in Slow().extract_all(documents)})

    assert in_a_thread(work) is None
    assert found["a"] == found["b"] == []
    assert "took more than 0 seconds" in str(found["slow"])


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
