"""One event told in headline, lead and body: the undated telling takes the day of the dated one.

Headlines give no day. When the lead or the body tells the same claim with one, both tellings
are given the same time and so the same id: one statement with two pieces of evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kg.statement import Document, Statement, TimeInterval

# What is further from the day of the article than this is history, and no headline.
_NEWS = timedelta(days=31)


def dated_alike(document: Document, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, the undated ones dated as the only later telling of the same claim is.

    Nothing is changed where the article has no date, where tellings differ in their day or in
    anything else that makes a claim, and where that day is more than a month from the article.
    """
    if document.date is None:
        return list(statements)
    dated: dict[str, list[Statement]] = {}
    for one in statements:
        if one.time is not None:
            dated.setdefault(replace(one, time=None).id, []).append(one)
    return [
        replace(one, time=time)
        if one.time is None and (time := _only_time(document, one, dated.get(one.id, ())))
        else one
        for one in statements
    ]


def _only_time(
    document: Document, undated: Statement, tellings: Sequence[Statement]
) -> TimeInterval | None:
    times = {(t.time.start, t.time.end) for t in tellings if t.time is not None}
    later = [t for t in tellings if t.evidence.sentence.start > undated.evidence.sentence.start]
    if len(times) != 1 or not later or document.date is None:
        return None
    time = later[0].time
    recent = time is not None and time.start and abs(time.start - document.date) <= _NEWS
    return time if recent else None
