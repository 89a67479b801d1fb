"""One event told twice in an article: when the undated telling takes the day of the other."""

from __future__ import annotations

from datetime import date

import pytest

from kg.statement import (
    Actor,
    ActorType,
    Document,
    Evidence,
    Mention,
    Polarity,
    Relation,
    Span,
    Statement,
    TimeInterval,
)
from kg.text.repeats import dated_alike

DAY = date(2020, 1, 8)
IRAN = Mention(Actor("wd:Q794", "Iran", ActorType.STATE, "IRN"), Span(0, 4, "Iran"))
IRAQ = Mention(Actor("wd:Q796", "Iraq", ActorType.STATE, "IRQ"), Span(9, 13, "Iraq"))
BOMBED = Relation("kg:bombed", "bombed", "ASSAULT", "195", "MCONF")


def _told(at: int, day: date | None, polarity: Polarity = Polarity.POSITIVE) -> Statement:
    """Iran bombs Iraq, in a sentence that starts at a character."""
    return Statement(
        IRAN,
        BOMBED,
        IRAQ,
        Evidence("d", Span(at, at + 13, "Iran ... Iraq"), (at + 5, at + 8), "rule"),
        polarity=polarity,
        time=TimeInterval("Wednesday", day, day) if day is not None else None,
    )


def _document(day: date | None = DAY) -> Document:
    return Document("d", "Iran ... Iraq " * 3, date=day)


def test_headline_and_lead_become_one_statement() -> None:
    first, second = dated_alike(_document(), [_told(0, None), _told(14, DAY)])
    assert first.id == second.id
    assert first.time == second.time
    assert first.evidence != second.evidence


@pytest.mark.parametrize(
    ("document", "told"),
    [
        # two days: which one the headline means, nobody says
        (_document(), [_told(0, None), _told(14, DAY), _told(28, date(2020, 1, 7))]),
        # history
        (_document(), [_told(0, None), _told(14, date(1980, 9, 22))]),
        # another claim
        (_document(), [_told(0, None), _told(14, DAY, Polarity.NEGATIVE)]),
        # what comes after the dated telling may be another event
        (_document(), [_told(0, DAY), _told(14, None)]),
        # no day to measure by
        (_document(None), [_told(0, None), _told(14, DAY)]),
    ],
)
def test_other_tellings_stay_apart(document: Document, told: list[Statement]) -> None:
    assert dated_alike(document, told) == told
