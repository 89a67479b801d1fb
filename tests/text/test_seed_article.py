"""The user's own article, read by the embedded model: every row that the user asked for.

The rows say what must be found; whatever else is found must be linked, lie inside the text and
quote it. Nothing in the package knows this article: other articles are tested elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kg.statement import Document, Modality, Polarity, Statement
from kg.text.pipeline import Extractor

pytestmark = pytest.mark.model
ARTICLE = Path(__file__).parents[2] / "seeds" / "2025-09-22-kim-trump-talks.txt"

KIM, TRUMP, PUTIN, LEE = "wd:Q56226", "wd:Q22686", "wd:Q7747", "kg:lee-jae-myung"
RUSSIA, DPRK, ROK, USA, UKRAINE = "wd:Q159", "wd:Q423", "wd:Q884", "wd:Q30", "wd:Q212"


@dataclass(frozen=True)
class Row:
    """A statement that must be there; None means that it does not matter."""

    subject: str
    relation: str
    object: str
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality | None = Modality.ACTUAL
    year: tuple[int, int] | None = None
    place: str | None = None
    sources: tuple[str, ...] = ()
    condition: str | None = None

    def fits(self, s: Statement) -> bool:
        if s.object is None:
            return False
        ends = {s.subject.actor.id: s.object.actor.id}
        if s.relation.symmetric:
            ends[s.object.actor.id] = s.subject.actor.id
        named = [link.source.label if link.source else "" for link in s.attribution]
        return (
            ends.get(self.subject) == self.object
            and s.relation.id == f"kg:{self.relation}"
            and s.polarity is self.polarity
            and self.modality in {None, s.modality}
            and (self.year is None or self.year == _years(s))
            and (self.place is None or (s.place is not None and s.place.actor.label == self.place))
            and all(any(source in name for name in named) for source in self.sources)
            and (self.condition is None or self.condition in (s.condition or ""))
        )


def _years(s: Statement) -> tuple[int, int] | None:
    if s.time is None or s.time.start is None or s.time.end is None:
        return None
    return s.time.start.year, s.time.end.year


ROWS = [
    Row(KIM, "met", TRUMP),
    Row(RUSSIA, "signedDefencePactWith", DPRK, year=(2024, 2024)),
    Row(PUTIN, "visited", DPRK, year=(2024, 2024)),
    Row(DPRK, "rejects", ROK, sources=("Kim Jong Un",)),
    Row(KIM, "met", ROK, polarity=Polarity.NEGATIVE, modality=Modality.INTENDED),
    Row(
        KIM,
        "openToTalksWith",
        USA,
        modality=Modality.CONDITIONAL,
        sources=("Kim Jong Un",),
        condition="only if Pyongyang can keep its nuclear weapons",
    ),
    Row(
        DPRK,
        "givesUp",
        "local:nuclear-weapons.PRK",
        polarity=Polarity.NEGATIVE,
        modality=Modality.INTENDED,
        sources=("Kim Jong Un",),
    ),
    Row(DPRK, "saidWillNotGiveUp", "local:nuclear-weapons.PRK"),
    Row(DPRK, "sentTroopsToFightAlongside", RUSSIA),
    Row(RUSSIA, "invaded", UKRAINE, year=(2022, 2022)),
    Row(RUSSIA, "supports", DPRK, sources=("South Korea",)),
    Row(ROK, "warnedAbout", RUSSIA),
    Row(DPRK, "enemyOf", ROK),
    Row(DPRK, "blewUpLinksWith", ROK),
    Row(LEE, "headOfState", ROK, modality=None),
    Row(LEE, "easedTensionsWith", DPRK, modality=None),
    Row(KIM, "leaderOf", DPRK),
    Row(PUTIN, "headOfState", RUSSIA),
    Row(TRUMP, "headOfState", USA),
    Row(DPRK, "allyOf", RUSSIA),
    Row(USA, "talksCollapsed", DPRK, year=(2019, 2019), place="Hanoi"),
    Row(TRUMP, "visited", ROK, modality=Modality.INTENDED),
]


@pytest.fixture(scope="module")
def document() -> Document:
    return Document("seed", ARTICLE.read_text(encoding="utf-8"), date=date(2025, 9, 22))


@pytest.fixture(scope="module")
def statements(document: Document) -> list[Statement]:
    return Extractor().extract(document)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.subject} {r.relation} {r.object}")
def test_the_row_is_there(row: Row, statements: list[Statement]) -> None:
    near = [s for s in statements if s.relation.id == f"kg:{row.relation}"]
    assert any(row.fits(s) for s in statements), near


def test_everything_quotes_the_text(document: Document, statements: list[Statement]) -> None:
    assert len(statements) >= len(ROWS)
    for s in statements:
        mentions = [m for m in (s.subject, s.object, s.place) if m is not None]
        spans = [s.evidence.sentence, *(m.span for m in mentions), *(a.cue for a in s.attribution)]
        for span in spans:
            assert document.text[span.start : span.end] == span.text
        start, end = s.evidence.predicate
        assert s.evidence.sentence.start <= start < end <= s.evidence.sentence.end


def test_nobody_acts_upon_himself(statements: list[Statement]) -> None:
    assert not [s for s in statements if s.object and s.subject.actor.id == s.object.actor.id]


def test_experts_belong_where_the_article_says(statements: list[Statement]) -> None:
    found = {
        (s.subject.actor.label, s.relation.id, s.object.actor.label)
        for s in statements
        if s.object is not None
    }
    assert ("Yang Moo-jin", "kg:formerHeadOf", "University of North Korean Studies") in found
    assert ("Lim Eul-chul", "kg:affiliatedWith", "Kyungnam University") in found
