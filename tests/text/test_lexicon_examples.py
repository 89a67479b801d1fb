"""The examples and near misses of the lexicon, and what its files must have in common.

The examples run through the whole extractor with the language model. No model reads every
sentence rightly, so their pass rates are compared with ``lexicon-baseline.json``, which may
only rise: ``python -m tests.text.test_lexicon_examples`` lists the failures and, when the
rates rose, writes them there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg.resources import read_yaml, resource_path
from kg.statement import Actor, Document, Statement, document_id
from kg.text.gazetteer import Gazetteer
from kg.text.lexicon import EVENTS, Entry, check_lexicon, load_lexicon
from tools.lexicon import forms, relations_ttl

BASELINE = Path(__file__).with_name("lexicon-baseline.json")
# Names are dated ("Moscow" once spoke for the Soviet Union): the day the examples are read on.
_DAY = date(2025, 9, 22)
FILES = sorted(p for p in resource_path("lexicon").glob("*.yml") if p.name != "classes.yml")


def _entries() -> tuple[Entry, ...]:
    return tuple(load_lexicon().entries.values())


def test_the_lexicon_has_no_problems() -> None:
    assert check_lexicon() == []
    assert len(FILES) == len(_entries())
    assert len(FILES) >= 200


def test_file_names_are_the_relations_in_kebab_case() -> None:
    for entry in _entries():
        name = (entry.relation.id or "").removeprefix("kg:")
        kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        assert entry.path.stem == kebab


def test_every_event_type_has_relations_and_lasting_relations_have_no_codes() -> None:
    assert {entry.relation.event for entry in _entries()} == {None, *EVENTS}
    for entry in _entries():
        codes = (entry.relation.event, entry.relation.cameo, entry.relation.quad)
        assert all(codes) or not any(codes), entry.path.name


# PLOVER's types by the first figures of CAMEO codes, longest first, as the conversion table
# of the PLOVER manual 0.8 has them.
_PLOVER = {
    **dict.fromkeys(("084", "085", "086", "087", "0813", "0814"), "RETREAT"),
    **dict.fromkeys(("163", "170", "171", "172", "173", "174", "191", "192"), "COERCE"),
    **dict.fromkeys(("175", "1712", "18", "19", "20"), "ASSAULT"),
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
}
_QUADS = {
    "VCOOP": {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "CONCEDE"},
    "MCOOP": {"COOPERATE", "AID", "CONCEDE", "RETREAT"},
    "VCONF": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    "MCONF": {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}


def test_event_types_and_quad_classes_follow_from_the_cameo_codes() -> None:
    checked = 0
    for entry in _entries():
        code = entry.relation.cameo
        if code is None:
            continue
        prefixes = [code[:length] for length in range(len(code), 1, -1)]
        plover = next(_PLOVER[prefix] for prefix in prefixes if prefix in _PLOVER)
        assert entry.relation.event == plover, entry.path.name
        assert plover in _QUADS[entry.relation.quad or ""], entry.path.name
        checked += 1
    assert checked >= 180


def test_every_relation_has_examples_near_misses_and_unique_frame_ids() -> None:
    for entry in _entries():
        assert entry.examples, entry.path.name
        assert entry.near, entry.path.name
        rules = [frame.rule for frame in entry.frames]
        assert len(rules) == len(set(rules)), entry.path.name
        for example in entry.examples:
            assert example.expect, entry.path.name
            assert all(text.count("|") == 1 for text in example.expect), example.text


def test_no_named_list_is_empty_or_has_a_word_twice() -> None:
    # An empty condition asks for anything at all, but only where it is written as ``[]``.
    classes = read_yaml(resource_path("lexicon/classes.yml"))
    assert len(classes) >= 60
    for name, words in classes.items():
        assert words, name
        twice = [word for word, times in Counter(words).items() if times > 1]
        assert not twice, f"{name}: {twice}"


def test_what_is_generated_from_the_lexicon_is_not_stale() -> None:
    assert forms.FILE.read_text(encoding="utf-8").splitlines() == forms.lines()
    ontology = relations_ttl.FILE.read_text(encoding="utf-8")
    assert relations_ttl.synchronised(ontology, _entries()) == ontology


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("bomb", {"bombs", "bombing", "bombed"}),
        ("besiege", {"besieges", "besieging", "besieged"}),
        ("bar", {"bars", "barring", "barred"}),
        ("spy", {"spies", "spying", "spied"}),
        ("overthrow", {"overthrows", "overthrowing", "overthrew", "overthrown"}),
    ],
)
def test_forms_of_verbs(lemma: str, expected: set[str]) -> None:
    assert set(forms.verb_forms(lemma)) == expected


def test_no_sentence_serves_twice() -> None:
    texts = Counter(e.text for entry in _entries() for e in entry.examples)
    assert [text for text, times in texts.items() if times > 1] == []


# --- through the whole extractor ----------------------------------------------------------


def _read_rightly(
    expected: str, statements: Iterable[Statement], entry: Entry, book: Gazetteer
) -> bool:
    """Whether a statement of the relation has the ends of "SUBJECT | OBJECT".

    An end is named by the actor's label or by that of its state: "Spain" is there when the
    text says "Spanish police". A symmetric relation has no order.
    """

    def names(actor: Actor | None) -> set[str]:
        if actor is None:
            return {""}
        state = book.state(actor.country)
        return {actor.label, state.label} if state is not None else {actor.label}

    first, second = (end.strip() for end in expected.split("|"))
    for s in statements:
        if s.relation.id != entry.relation.id:
            continue
        subject, other = names(s.subject.actor), names(s.object.actor if s.object else None)
        if first in subject and second in other:
            return True
        if entry.relation.symmetric and second in subject and first in other:
            return True
    return False


@cache
def results() -> tuple[tuple[tuple[str, bool, str], ...], tuple[tuple[str, bool, str], ...]]:
    """(relation, passed, sentence and what was read) of all examples, then of all near misses."""
    from kg.text.pipeline import Extractor

    extractor = Extractor()
    book = extractor.gazetteer

    def read(text: str) -> list[Statement]:
        return extractor.extract(Document(document_id(text), text, date=_DAY))

    examples: list[tuple[str, bool, str]] = []
    near: list[tuple[str, bool, str]] = []
    for entry in _entries():
        name = entry.relation.id or ""
        for example in entry.examples:
            statements = read(example.text)
            passed = all(_read_rightly(e, statements, entry, book) for e in example.expect)
            examples.append((name, passed, f"{example.text} {_told(statements)}"))
        for text in entry.near:
            statements = read(text)
            silent = all(s.relation.id != name for s in statements)
            near.append((name, silent, f"{text} {_told(statements)}"))
    return tuple(examples), tuple(near)


def _told(statements: Iterable[Statement]) -> str:
    read = (
        f"{s.subject.actor.label} {s.relation.id} {s.object.actor.label if s.object else ''}"
        f" ({s.evidence.rule})"
        for s in statements
        if s.relation.event
    )
    return "→ " + "; ".join(read)


def rates() -> dict[str, float]:
    """Numbers of cases and shares of them that pass, as the baseline holds them."""
    examples, near = results()
    return {
        "examples": len(examples),
        "examples passed": sum(passed for _, passed, _ in examples),
        "near misses": len(near),
        "near misses silent": sum(passed for _, passed, _ in near),
    }


@pytest.mark.model
def test_examples_and_near_misses_do_not_fall_below_the_baseline() -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    now = rates()
    assert now["examples"] == sum(len(entry.examples) for entry in _entries()) >= 480
    assert now["near misses"] == sum(len(entry.near) for entry in _entries()) >= 270
    assert now["examples passed"] / now["examples"] >= (
        baseline["examples passed"] / baseline["examples"]
    )
    assert now["near misses silent"] / now["near misses"] >= (
        baseline["near misses silent"] / baseline["near misses"]
    )


def _main() -> None:
    now = rates()
    for group in results():
        for relation, passed, told in group:
            if not passed:
                print(f"{relation}: {told}")
    print(json.dumps(now, indent=2))
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else None
    if before is None or all(
        now[part] / now[whole] >= before[part] / before[whole]
        for whole, part in (("examples", "examples passed"), ("near misses", "near misses silent"))
    ):
        BASELINE.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
