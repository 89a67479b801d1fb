"""Network and page: the same whichever process draws them."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest
from meetings import MeetingReader

from kg import drawings, folder
from kg.drawings import Drawing, Elsewhere
from kg.errors import StoreError
from kg.garbage import rarely_collected
from kg.parts import Entry, read_chunk
from kg.results import Records
from kg.statement import Document

DOCUMENTS = [
    Document(f"d{number}", f"Anna met Boris. Clara met D{number}.", date=date(2025, 9, 22))
    for number in range(4)
]


def recorded(stage: Path) -> Records:
    stage.mkdir()
    with Records(stage) as records:
        for entry in read_chunk(MeetingReader(), DOCUMENTS):
            assert isinstance(entry, Entry)
            records.add(entry, "reader")
    return records


def drawn(stage: Path) -> list[bytes]:
    return [(stage / name).read_bytes() for name in (folder.NETWORK, folder.PAGE)]


@pytest.fixture(params=["whole", "in part"])
def records(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Records:
    if request.param == "in part":
        monkeypatch.setattr("kg.results.LARGE", 2)
        monkeypatch.setattr("kg.graph.weightiest.ACTORS", 3)
    return recorded(tmp_path / "stage")


def test_another_process_draws_the_same(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.drawing().write()
    here = drawn(records.stage)
    for name in (folder.NETWORK, folder.PAGE):
        (records.stage / name).unlink()
    with Elsewhere() as elsewhere:
        elsewhere.begin(records.drawing())
        monkeypatch.setattr(Drawing, "write", None)  # from now on nothing is drawn here
        elsewhere.finish()
    assert drawn(records.stage) == here


def test_what_fails_elsewhere_is_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = recorded(tmp_path / "stage")
    monkeypatch.setattr(drawings, "_nothing", os_exit)
    with Elsewhere() as elsewhere:
        elsewhere.begin(records.drawing())
        elsewhere.finish()
    assert b"graphml" in drawn(records.stage)[0]


def os_exit() -> None:
    """Does not live to draw."""
    raise SystemExit(3)


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    records = recorded(tmp_path / "stage")
    (records.stage / folder.PAGE).mkdir()
    with Elsewhere() as elsewhere:
        elsewhere.begin(records.drawing())
        with pytest.raises(StoreError, match=r"graph\.html: cannot be written"):
            elsewhere.finish()


def test_who_leaves_early_does_not_wait(tmp_path: Path) -> None:
    records = recorded(tmp_path / "stage")
    with pytest.raises(KeyboardInterrupt), Elsewhere() as elsewhere:
        elsewhere.begin(records.drawing())
        raise KeyboardInterrupt
    with Elsewhere():
        pass  # nothing was to be drawn


def test_the_collector_is_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError), rarely_collected():
        assert gc.get_threshold() > before
        raise ValueError
    assert gc.get_threshold() == before
