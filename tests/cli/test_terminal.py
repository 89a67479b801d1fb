"""Text for people: nothing in it steers the terminal, and JSON stays JSON."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import Pace, Progress, json_line, note, one_line, visible

# Every kind of character that a terminal may act upon.
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(categories=["Cc", "Cf", "Zl", "Zp"]),
        st.sampled_from("a é\ud800\u202e\x1b[31m"),
    ),
    max_size=60,
)


def acts(character: str) -> bool:
    """Whether a terminal may do something else with a character than show it."""
    return unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} or (
        unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
        or unicodedata.bidirectional(character) in {"LRI", "RLI", "FSI", "PDI"}
    )


@given(HOSTILE)
def test_visible(text: str) -> None:
    assert not any(acts(c) for c in visible(text) if c not in "\n\t")
    assert not any(acts(c) for c in one_line(text))
    visible(text).encode("utf-8")


def test_visible_leaves_ordinary_text_alone() -> None:
    text = "Łukasz said: «oui» – 会談, नमस्ते\n\tsecond line"
    assert visible(text) == text


@given(HOSTILE)
def test_json_line(text: str) -> None:
    line = json_line({text: [text]})
    assert json.loads(line) == {text: [text]}
    assert not any(acts(c) for c in line)
    line.encode("utf-8")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, shown in ((_Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress()
        progress.show("3 documents\x1b[2J")
        note("a line")
        progress.end()
        assert ("3 documents\\x1b[2J" in stream.getvalue()) is shown
        assert ("\r\x1b[K" in stream.getvalue()) is shown
        assert "kg: note: a line\n" in stream.getvalue()


def test_the_pace_of_late_and_what_is_left() -> None:
    now = [0.0]
    pace = Pace(1000, before=100, clock=lambda: now[0])
    assert pace.at(100) == "", "what was done before says nothing of the pace"
    now[0] = 10
    assert pace.at(150) == ", 5.0 a second, 2 min 50 s left"
    now[0] = 90
    pace.at(200)
    now[0] = 151
    assert pace.at(322) == ", 2.0 a second, 5 min 39 s left", "the beginning is forgotten"
    assert pace.at(1000).endswith("a second"), "nothing is left"
    assert Pace(None, clock=lambda: now[0]).at(5) == ""
    slow = Pace(100_000, clock=lambda: now[0])
    now[0] += 50
    assert slow.at(100) == ", 2.0 a second, 13 h 52 min left"
