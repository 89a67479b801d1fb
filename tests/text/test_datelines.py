"""The day that the head of an article states, and days that state nothing of the kind."""

from __future__ import annotations

from datetime import date

import pytest

from kg.text.datelines import stated_day

STATED = {
    "NATO jets strike\n\nBRUSSELS, April 14, 1999 (Reuters) - NATO said": date(1999, 4, 14),
    "Caracas, January 24, 2019 — Venezuela's president": date(2019, 1, 24),
    "SEOUL, 3 Sept 2017 (Yonhap) -- The North": date(2017, 9, 3),
    "Qatar row\n\n23 June 2017\n\nFour countries": date(2017, 6, 23),
    "Qatar row\nPublished: Friday, June 23rd, 2017, 10:15 GMT\nFour": date(2017, 6, 23),
    "Talks\nUpdated 2021-02-03 14:20\nText": date(2021, 2, 3),
    "Talks\nMon, 5 May 2014\nText": date(2014, 5, 5),
    "WARSAW (Agency), 9 Nov 2021 -- Poland said": date(2021, 11, 9),
    "NEW YORK (12 March 2003) – The Council": date(2003, 3, 12),
}
UNSTATED = [
    "On April 14, 1999, NATO jets struck a convoy.",
    "The war began on 24 February 2022 - and has not ended.",
    "SEOUL, Sept 3 (Yonhap) -- The North",
    "Born 23 June 2017 in Doha\nText",
    "31 February 2017\nText",
    "23 Ma 2017\nText",
    "Agreement of 3 May 1950\nText",
    "\n".join(["line"] * 20) + "\n23 June 2017\n",
    "",
]


@pytest.mark.parametrize("text", STATED, ids=lambda t: t[:30])
def test_the_day_is_read(text: str) -> None:
    assert stated_day(text) == STATED[text]


@pytest.mark.parametrize("text", UNSTATED, ids=lambda t: t[:30] or "empty")
def test_no_day_is_invented(text: str) -> None:
    assert stated_day(text) is None
