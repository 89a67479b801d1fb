"""What must not change when a sentence of the lexicon is worded otherwise.

No reading is known to be right here; only that two wordings must be read alike: active and
passive, told and reported, with other states in it, with an idle sentence beside it. The
numbers of cases that hold are compared with ``metamorphic-baseline.json``, which may only
rise: ``python -m tests.text.test_frames_metamorphic`` lists the failures and, when no rate
fell, writes them there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg.statement import Actor, ActorType, Document, Statement, document_id
from kg.text.lexicon import load_lexicon
from kg.text.parsed import Token
from kg.text.pipeline import Extractor
from tools.lexicon.forms import verb_forms

BASELINE = Path(__file__).with_name("metamorphic-baseline.json")
_DAY = date(2025, 9, 22)
_MOST = 100

Key = tuple[str, str, str, str]
"""Subject, relation, object and polarity of an event."""


@cache
def _extractor() -> Extractor:
    return Extractor()


@cache
def _read(text: str) -> tuple[Statement, ...]:
    document = Document(document_id(text), text, date=_DAY)
    return tuple(s for s in _extractor().extract(document) if s.relation.event)


def _keys(statements: Iterable[Statement], name: Callable[[Actor], str]) -> set[Key]:
    found: set[Key] = set()
    for s in statements:
        one = name(s.subject.actor)
        other = name(s.object.actor) if s.object else ""
        if s.relation.symmetric:
            one, other = sorted((one, other))
        found.add((one, s.relation.id or "", other, s.polarity.value))
    return found


def _id(actor: Actor) -> str:
    return actor.id


# --- the other wordings -------------------------------------------------------------------

_OPENERS = {"The", "A", "An", "In", "At", "On", "Two", "Three", "Thousands", "Tens", "Hundreds"}


def _inside(text: str) -> str:
    """A sentence's text as it stands after other words: "The army …" → "the army …"."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in _OPENERS else text


def _reported(text: str) -> str | None:
    if re.search(r"[;:\"“”']|[.!?] ", text):
        return None
    return f"Witnesses said on Monday that {_inside(text)}"


# States by name and adjective, those with "an" and those with "a" among themselves.
_STATES = (
    *(("Iran", "Iranian", "IRN"), ("Egypt", "Egyptian", "EGY"), ("India", "Indian", "IND")),
    *(("Israel", "Israeli", "ISR"), ("Iraq", "Iraqi", "IRQ"), ("Armenia", "Armenian", "ARM")),
    *(("Ethiopia", "Ethiopian", "ETH"), ("Algeria", "Algerian", "DZA")),
)
_OTHERS = (
    *(("Russia", "Russian", "RUS"), ("Norway", "Norwegian", "NOR"), ("Kenya", "Kenyan", "KEN")),
    *(("Serbia", "Serbian", "SRB"), ("Mexico", "Mexican", "MEX"), ("Peru", "Peruvian", "PER")),
    *(("Chad", "Chadian", "TCD"), ("Greece", "Greek", "GRC"), ("Syria", "Syrian", "SYR")),
    *(("Germany", "German", "DEU"), ("Pakistan", "Pakistani", "PAK"), ("Cuba", "Cuban", "CUB")),
    *(("Colombia", "Colombian", "COL"), ("Morocco", "Moroccan", "MAR")),
)
_NEXT = {
    row[2]: following
    for rows in (_STATES, _OTHERS)
    for row, following in zip(rows, (*rows[1:], rows[0]), strict=True)
}
_WORDS = {
    word: other
    for name, adjective, code in (*_STATES, *_OTHERS)
    for word, other in ((name, _NEXT[code][0]), (adjective, _NEXT[code][1]))
}


def _renamed(text: str) -> str | None:
    """The sentence with every state exchanged for another; None where one cannot be."""
    for s in _read(text):
        for mention in (s.subject, s.object):
            actor = mention.actor if mention else None
            if actor is not None and (
                actor.type in {ActorType.PERSON, ActorType.ARMED_GROUP}
                or (actor.country is not None and actor.country not in _NEXT)
            ):
                return None
    pattern = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})(s?)\b")
    if re.search(
        r" [A-Z][a-z]", re.sub(r" (?:[A-Z][a-z]+day|January)\b", "", pattern.sub("", text))
    ):
        return None  # other names may belong to the states that are exchanged: "in Lima"
    other = pattern.sub(lambda m: _WORDS[m[1]] + m[2], text)
    return other if other != text else None


def _renamed_as(actor: Actor) -> str:
    return f"{actor.type} {actor.sector} {_NEXT[actor.country][2] if actor.country else actor.id}"


def _kind(actor: Actor) -> str:
    return f"{actor.type} {actor.sector} {actor.country or actor.id}"


def _with_idle_sentence(text: str) -> str | None:
    return f"The library opens at nine. {text} The bread was fresh."


def _passive(text: str) -> str | None:
    """ "Moscow invaded Ukraine in 2022." → "Ukraine was invaded by Moscow in 2022." """
    if re.search(r"[;:\"“”,]|[.!?] ", text):
        return None
    doc = _extractor().parse(Document(document_id(text), text, date=_DAY))
    roots = [token for token in doc if token.dep_ == "ROOT" and token.tag_ == "VBD"]
    if len(roots) != 1:
        return None
    verb = roots[0]
    subject, other = _only(verb, "nsubj"), _only(verb, "obj")
    if subject is None or other is None or {"conj", "iobj", "compound:prt"} & _deps(verb):
        return None
    if subject.right_edge.i != verb.i - 1 or subject.left_edge.i != 0 or subject.pos_ == "PRON":
        return None
    last = min(other.right_edge.i, doc[len(doc) - 2].i)
    if other.left_edge.i != verb.i + 1 or other.pos_ == "PRON":
        return None
    many = other.tag_ in {"NNS", "NNPS"} or bool([t for t in other.children if t.dep_ == "conj"])
    past = list(verb_forms(verb.lemma_))[2:]
    # "travelled", "traveled": either will do; of "gave", "given" the second
    participle = past[0] if past[0].endswith("ed") else past[-1]
    new = doc.span(verb.i + 1, last + 1).text
    agent = _inside(doc.span(0, verb.i).text)
    rest = doc.span(last + 1, len(doc)).text
    space = "" if rest.startswith(".") else " "
    done = f"{'were' if many else 'was'} {participle} by {agent}"
    return f"{new[0].upper()}{new[1:]} {done}{space}{rest}"


def _deps(verb: Token) -> set[str]:
    return {token.dep_ for token in verb.children}


def _only(verb: Token, dep: str) -> Token | None:
    found = [token for token in verb.children if token.dep_ == dep]
    return found[0] if len(found) == 1 else None


# --- the comparison -----------------------------------------------------------------------


def _sample(other: Callable[[str], str | None]) -> Iterator[tuple[str, str, str]]:
    """(relation, sentence, its other wording): one sentence a relation, evenly chosen."""
    found: list[tuple[str, str, str]] = []
    for relation, entry in load_lexicon().entries.items():
        for example in entry.examples:
            if all(s.relation.id != relation for s in _read(example.text)):
                continue
            reworded = other(example.text)
            if reworded is not None:
                found.append((relation, example.text, reworded))
                break
    step = max(1, len(found) // _MOST)
    yield from found[::step][:_MOST]


Failure = tuple[str, str, str]


def _compared(
    other: Callable[[str], str | None],
    before: Callable[[Actor], str] = _id,
    after: Callable[[Actor], str] = _id,
    only_relation: bool = False,
    attributed: bool = False,
) -> tuple[int, list[Failure]]:
    cases, failures = 0, []
    for relation, text, reworded in _sample(other):
        one, two = _keys(_read(text), before), _keys(_read(reworded), after)
        if only_relation:
            one = {key for key in one if key[1] == relation}
            two = {key for key in two if key[1] == relation}
        cases += 1
        if one != two:
            failures.append((relation, reworded, f"{sorted(one - two)} ≠ {sorted(two - one)}"))
        elif attributed and not all(s.attribution for s in _read(reworded)):
            failures.append((relation, reworded, "not attributed"))
    return cases, failures


@cache
def results() -> dict[str, tuple[int, list[Failure]]]:
    """Cases and failures of each pair of wordings."""
    return {
        "passive": _compared(_passive, only_relation=True),
        "reported": _compared(_reported, attributed=True),
        "renamed": _compared(_renamed, before=_renamed_as, after=_kind),
        "idle sentence": _compared(_with_idle_sentence),
    }


def rates() -> dict[str, dict[str, int]]:
    """Numbers of cases and of those that hold, as the baseline has them."""
    return {
        name: {"cases": cases, "held": cases - len(failures)}
        for name, (cases, failures) in results().items()
    }


@pytest.mark.model
@pytest.mark.parametrize("name", ["passive", "reported", "renamed", "idle sentence"])
def test_other_wordings_are_read_alike(name: str) -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    now = rates()[name]
    assert now["cases"] >= 40
    assert now["held"] / now["cases"] >= baseline["held"] / baseline["cases"]


def test_the_other_wordings_are_sentences() -> None:
    assert (
        _reported("The army bombed Chad.") == "Witnesses said on Monday that the army bombed Chad."
    )
    assert _reported("Chad left; Mali stayed.") is None
    assert _with_idle_sentence("Chad left.") == (
        "The library opens at nine. Chad left. The bread was fresh."
    )


def _main() -> None:
    for name, (_, failures) in results().items():
        for relation, text, told in failures:
            print(f"{name}: {relation}: {text} {told}")
    now = rates()
    print(json.dumps(now, indent=2))
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if all(
        now[name]["held"] / now[name]["cases"] >= old["held"] / old["cases"]
        for name, old in before.items()
    ):
        BASELINE.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
