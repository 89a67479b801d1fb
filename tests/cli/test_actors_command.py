"""``kg actors``: names, members and offices on standard output."""

from __future__ import annotations

import pytest

from kg.cli import main


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[list[str]]:
    assert main(["actors", *words]) == 0
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_names(capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "search", "Pyongyang")
    assert found[0][:3] == ["wd:Q423", "North Korea", "State"]


def test_members_have_dates(capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "members", "ECOWAS", "--limit", "100")
    mali = next(cells for cells in found if cells[3] == "MLI")
    assert mali == ["kg:ecowas", "wd:Q912", "Mali", "MLI", "1975-05-01..2025-01-31"]


def test_offices_of_a_state_and_of_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    state = lines(capsys, "offices", "Pakistan", "--limit", "200")
    assert len(state) > 40
    assert {"prime-minister", "president", "foreign-minister"} <= {cells[0] for cells in state}
    person = lines(capsys, "offices", "Angela Merkel")
    assert person == [
        ["prime-minister", "DEU", "wd:Q567", "Angela Merkel", "2005-11-22..2021-12-08"]
    ]


def test_nothing_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actors", "members", "Atlantis"]) == 1
    assert "know nothing under 'Atlantis'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["offices", "Lavrov"], "'Lavrov' (did you mean Sergei Lavrov?)"),
        (["search", "Lawrov"], "'Lawrov' (did you mean Sergei Lavrov?)"),
        (["members", "Pakistan"], "'Pakistan'"),
        (["search", "Xyzzyxyzzy"], "'Xyzzyxyzzy'"),
    ],
)
def test_who_may_be_meant(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert main(["actors", *words]) == 1
    assert capsys.readouterr().err == f"kg: note: the tables know nothing under {said}\n"
