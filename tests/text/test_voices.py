"""Who "you" is: the one who is told, and nobody where many are told or no one is named."""

from __future__ import annotations

from datetime import date

import pytest

from kg.statement import Document
from kg.text.pipeline import Extractor

TOLD = [
    ('"You have attacked our country," Putin told Zelensky.', "Volodymyr Zelensky", "Russia"),
    ("Iran told Saudi Arabia: “You bombed Yemen.”", "Saudi Arabia", "Yemen"),
    ('"Your army attacked Armenia," Nikol Pashinyan told Azerbaijan.', "Azerbaijani", "Armenia"),
]
NOBODY = [
    '"You have attacked our country," Putin told AFP.',
    '"You have attacked our country," Putin told protesters in Moscow.',
    '"You have attacked our country," Putin said.',
]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def attacks(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    document = Document(id="d", text=text, date=date(2022, 9, 1))
    return [
        (s.subject.actor.label, s.object.actor.label)
        for s in extractor.extract(document)
        if s.relation.event == "ASSAULT" and s.object is not None
    ]


@pytest.mark.model
@pytest.mark.parametrize(("text", "who", "whom"), TOLD, ids=[t[0] for t in TOLD])
def test_you_are_the_one_who_is_told(text: str, who: str, whom: str, extractor: Extractor) -> None:
    assert any(a.startswith(who) and b == whom for a, b in attacks(extractor, text))


@pytest.mark.model
@pytest.mark.parametrize("text", NOBODY)
def test_you_are_nobody_in_particular(text: str, extractor: Extractor) -> None:
    assert attacks(extractor, text) == []
