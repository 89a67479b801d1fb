"""What all tests share: a reader of simple sentences in the place of the language model."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from hypothesis import settings
from meetings import MeetingReader as MeetingReader

# No test asserts a time: hypothesis fails one that takes 200 ms unless it is told not to.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.fixture
def meetings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts ``MeetingReader`` in the place of the extractor."""
    module = ModuleType("kg.text.pipeline")
    module.Extractor = MeetingReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.text.pipeline", module)
