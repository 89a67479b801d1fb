"""Single mentions linked as ``kg link`` does, and what stays open."""

from __future__ import annotations

import pytest

from kg.text.linking import link_line, link_told

pytestmark = pytest.mark.model


def test_the_reason_can_be_read() -> None:
    found = link_line({"mention": "Washington", "context": "Washington said no."})
    assert found is not None
    assert found["id"] == "wd:Q30"
    assert found["reason"] == "'Washington' is the capital of United States"


@pytest.mark.parametrize(
    ("record", "rivals"),
    [
        ({"mention": "Bush"}, ("George H. W. Bush", "George W. Bush")),
        ({"mention": "the Korean president"}, ("North Korea", "South Korea")),
        ({"mention": "a teapot"}, ()),
    ],
)
def test_ties_are_named(record: dict[str, str], rivals: tuple[str, ...]) -> None:
    assert link_told(record) == (None, rivals)


def test_dates_break_ties() -> None:
    found, rivals = link_told({"mention": "Bush", "date": "2003-03-20"})
    assert rivals == ()
    assert found is not None and found["id"] == "wd:Q207"


@pytest.mark.parametrize("record", [{}, {"mention": " "}, {"mention": "Kim", "date": "soon"}])
def test_bad_records_are_errors(record: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"mention|isoformat"):
        link_told(record)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moammar Kadhafi", "Muammar Gaddafi"),
        ("Bashar Asad", "Bashar al-Assad"),
        ("Volodymyr Zelenskyi", "Volodymyr Zelensky"),
        ("Muhammad Mursi", "Mohamed Morsi"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Usama bin Laden", "Osama bin Laden"),
    ],
)
def test_romanisations_meet(one: str, other: str) -> None:
    found = [link_line({"mention": name}) for name in (one, other)]
    assert found[0] is not None and found[1] is not None
    assert found[0]["id"] == found[1]["id"]
