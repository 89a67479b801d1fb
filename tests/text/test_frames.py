"""How frames find who takes part, in sentences read with the language model.

What the lexicon's words say is tested by its own examples; here stand the general rules of
the matcher, each with a near miss.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from kg.statement import Document, Statement, document_id
from kg.text.pipeline import Extractor

pytestmark = pytest.mark.model


@cache
def _extractor() -> Extractor:
    return Extractor()


def _told(text: str) -> set[str]:
    document = Document(document_id(text), text, date=date(2025, 9, 22))
    return {_line(s) for s in _extractor().extract(document) if s.relation.event}


def _line(s: Statement) -> str:
    other = s.object.actor.label if s.object else ""
    return f"{s.subject.actor.label} {(s.relation.id or '').removeprefix('kg:')} {other}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whom its maker acted against just before
        (
            "ECOWAS imposed sanctions on Niger and threatened to use force.",
            "ECOWAS threatenedWithForce Niger",
        ),
        (
            "ECOWAS imposed sanctions on Niger. The bloc threatened to use force.",
            "ECOWAS threatenedWithForce Niger",
        ),
        # every owner at one step, and those behind "from"
        (
            "The United States put tariffs on steel from Canada and Mexico.",
            "United States imposedSanctionsOn Mexico",
        ),
        # a phrase that the parser hangs on the agent of a passive
        (
            "Sanctions were imposed by the European Union on Belarus.",
            "European Union imposedSanctionsOn Belarus",
        ),
        # what a government does at home
        (
            "The Peruvian government declared a state of emergency in Lima.",
            "Peruvian government declaredEmergency Peru",
        ),
        # talks that somebody else hosts are talks of those between whom they are held
        ("Egypt hosted talks between Hamas and Fatah.", "Hamas heldTalksWith Fatah"),
    ],
)
def test_participants_are_found(text: str, expected: str) -> None:
    assert expected in _told(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        # the sanctions were somebody else's
        ("France imposed sanctions on Mali. Chad threatened to use force.", "threatenedWithForce"),
        # leaving is no threat with a target of its own
        ("France criticised Hungary and threatened to leave.", "threatened"),
        # whose soldiers do it is no place where it is done
        ("The convoy was bombed by rebels from Mali.", "bombedOnGround"),
        ("Russia and Ukraine declared a ceasefire.", "declaredCeasefire"),
        ("North Korea fired a ballistic missile over Japan.", "testedWeapon"),
        ("Egypt hosted talks about the climate.", "heldTalksWith"),
        ("Yasuhide Nakayama warned that isolating Myanmar would be wrong.", "blockaded"),
    ],
)
def test_nobody_is_invented(text: str, relation: str) -> None:
    assert all(f" {relation}" not in line for line in _told(text))
