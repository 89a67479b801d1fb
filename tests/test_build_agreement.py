"""The lexicon and the ontology say the same of every relation, and a difference is found."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from kg import agreement
from kg.text.lexicon import load_lexicon


def test_they_agree() -> None:
    assert len(load_lexicon().entries) > 200
    assert agreement.check_agreement() == []


def test_every_difference_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = dict(load_lexicon().entries)
    met = entries["kg:met"]
    entries["kg:met"] = replace(
        met,
        definition="Something else.",
        relation=replace(met.relation, label="ran into", cameo="041", symmetric=False),
    )
    entries["kg:madeUp"] = met
    del entries["kg:invaded"]
    monkeypatch.setattr(agreement, "load_lexicon", lambda: SimpleNamespace(entries=entries))
    problems = agreement.check_agreement()
    assert len(problems) == 6
    assert "the ontology has no kg:madeUp" in problems[0]
    assert [p.partition("yml: ")[2].partition(" is")[0] for p in problems[1:5]] == [
        "'label'",
        "'definition'",
        "'cameo'",
        "'symmetric'",
    ]
    assert "nothing in the lexicon gives kg:invaded" in problems[5]
