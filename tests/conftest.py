"""What all tests share: a reader of simple sentences in the place of the language model."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from meetings import MeetingReader as MeetingReader


@pytest.fixture
def meetings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts ``MeetingReader`` in the place of the extractor."""
    module = ModuleType("kg.text.pipeline")
    module.Extractor = MeetingReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.text.pipeline", module)
