"""The cue words and signatures: strict readers, and what the packaged files hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.text import cues as cues_module
from kg.text import signatures as signatures_module
from kg.text.cues import load_cues
from kg.text.inflection import by_form, regular_forms
from kg.text.signatures import load_signatures

CUES = Path(cues_module.__file__).parents[1] / "cues"


def test_packaged_cues() -> None:
    cues = load_cues()
    assert sum(len(entries) for entries in cues.verbs.values()) > 150
    assert len(cues.nouns) > 35
    assert {cue.stance for entries in cues.verbs.values() for cue in entries} == {
        "says",
        "denies",
        "confirms",
        "doubts",
        "asks",
    }
    assert cues.verbs["deny"][0].stance == "denies"


def test_packaged_signatures() -> None:
    signatures = load_signatures()
    assert len(signatures.examples) == 474
    assert len(signatures.entries) > 500
    refuse = signatures.find("verb", "refuse", "to")
    assert refuse is not None
    assert str(refuse.positive.polarity) == "negative"
    assert signatures.happened("manage", "to")
    assert not signatures.happened("plan", "to")
    assert signatures.stages("launch")
    able = signatures.find("adjective", "able", "to")
    assert able is not None
    assert (able.positive.name, able.past.name, able.factive) == ("likely", "caused", False)
    assert not signatures.stages("condemn")


def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, old: str, new: str) -> None:
    """Puts a changed copy of one file in the place of the packaged ones."""
    text = (CUES / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def path(resource: str) -> Path:
        file = Path(resource).name
        return tmp_path / file if file == name else CUES / file

    monkeypatch.setattr(cues_module, "resource_path", path)
    monkeypatch.setattr(signatures_module, "resource_path", path)


BROKEN_CUES = [
    ("reporting.yml", "verb: say, kind: says", "verb: say, kind: utters", "unknown kind"),
    ("reporting.yml", "takes: that whether,", "takes: that wether,", "unknown forms"),
    ("reporting.yml", "{verb: say, kind: says,", "{verb: say, knd: says,", "missing"),
    ("reporting.yml", "addressee: object", "addressee: on", "addressee"),
    ("reporting.yml", "speech: no", "speech: silent", "speech"),
    ("reporting.yml", "{noun: claim, kind: says", "{noun: vow, kind: says", "stands twice"),
    ("reporting.yml", "stance: denies,", "stance: refuses,", "refuses"),
    ("sources.yml", "word: allegedly", "word: reportedly", "stands twice"),
]


@pytest.mark.parametrize(("name", "old", "new", "problem"), BROKEN_CUES)
def test_broken_cues_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, old: str, new: str, problem: str
) -> None:
    broken(monkeypatch, tmp_path, name, old, new)
    with pytest.raises(DataError, match=problem):
        load_cues.__wrapped__()


BROKEN_SIGNATURES = [
    ('yes: "+ actual 3"', 'yes: "+ sure 3"', "malformed"),
    ("verb: manage, takes: to, positive: yes", "verb: manage, takes: to, positive: ja", "unknown"),
    ("verb: manage, takes: to,", "verb: manage, takes: tu,", "unknown forms"),
    ("managed to *retake*", "managed to retake", "asterisks"),
    ("{verb: succeed, takes: in,", "{verb: manage, takes: to,", "twice"),
]


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN_SIGNATURES)
def test_broken_signatures_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, problem: str
) -> None:
    broken(monkeypatch, tmp_path, "signatures.yml", old, new)
    with pytest.raises(DataError, match=problem):
        load_signatures.__wrapped__()


def test_forms_of_verbs() -> None:
    assert regular_forms("beg") >= {"begs", "begged", "begging"}
    assert regular_forms("deny") == {"denies", "denied", "denying"}
    assert regular_forms("authorise") == {"authorises", "authorised", "authorising"}
    forms = by_form(["bar", "bare", "take off"])
    assert forms["barred"] == "bar"
    # A form that two verbs share belongs to neither.
    assert "dined" not in by_form(["din", "dine"])
    assert by_form(["din", "dine"])["dines"] == "dine"
    assert "take offed" not in forms
