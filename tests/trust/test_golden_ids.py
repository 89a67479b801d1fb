"""Statement ids stay what they are from release to release, unless the claim changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from trust.golden import GOLDEN, SEEDS, claim, read

from kg.statement import Polarity, Statement


@pytest.fixture(scope="module")
def golden() -> list[tuple[str, Statement]]:
    """Each statement of the golden file with the id it had when the file was written."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return list(zip((json.loads(line)["id"] for line in lines), read(), strict=True))


def test_the_same_claim_has_the_same_id(golden: list[tuple[str, Statement]]) -> None:
    assert len(golden) > 50
    assert [(known, s.id) for known, s in golden if s.id != known] == []


def test_ids_tell_claims_apart(golden: list[tuple[str, Statement]]) -> None:
    assert len({known for known, _ in golden}) == len(golden)
    assert len({claim(statement) for _, statement in golden}) == len(golden)


def test_the_id_is_of_the_claim_and_not_of_its_words(golden: list[tuple[str, Statement]]) -> None:
    for known, statement in golden:
        evidence = replace(statement.evidence, document="elsewhere", rule="another/rule")
        assert replace(statement, evidence=evidence, confidence=0.1, factuality=None).id == known
        other = Polarity.NEGATIVE if statement.polarity is Polarity.POSITIVE else Polarity.POSITIVE
        assert replace(statement, polarity=other).id != known


@pytest.mark.model
def test_a_claim_read_in_the_seeds_today_has_the_id_it_had(
    golden: list[tuple[str, Statement]],
) -> None:
    """Claims may come and go as reading improves; those that stay keep their ids."""
    from kg import extract

    ids = {claim(statement): known for known, statement in golden}
    found = {claim(statement): statement.id for statement in extract(SEEDS)}
    both = ids.keys() & found.keys()
    assert len(both) > len(ids) / 2, "renew the file: python -m trust.golden in tests/"
    assert {key: found[key] for key in both} == {key: ids[key] for key in both}
