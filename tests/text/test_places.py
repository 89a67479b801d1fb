"""The place of an event on hand-checked trees: of the event, not of the speech, no target."""

from __future__ import annotations

from typing import Any, cast

import pytest
from trees import tree

from kg.statement import Actor, ActorType
from kg.text.clauses import find_clauses
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.places import place_of

# word/part of speech/tag/head/relation; the place is in capitals, a metonym begins with *
CASES = [
    (
        "Leaders/NOUN/NNS/2/nsubj met/VERB/VBD/0/root in/ADP/IN/4/case HANOI/PROPN/NNP/2/obl",
        {"met": "HANOI"},
    ),
    (
        "Jets/NOUN/NNS/2/nsubj struck/VERB/VBD/0/root a/DET/DT/4/det base/NOUN/NN/2/obj "
        "near/ADP/IN/6/case ERBIL/PROPN/NNP/4/nmod",
        {"struck": "ERBIL", "base": "ERBIL"},
    ),
    (
        "Talks/NOUN/NNS/4/nsubj in/ADP/IN/3/case GENEVA/PROPN/NNP/1/nmod failed/VERB/VBD/0/root",
        {"failed": "GENEVA", "Talks": "GENEVA"},
    ),
    (
        # the place of the speech is not that of the event
        "Envoys/NOUN/NNS/2/nsubj said/VERB/VBD/0/root in/ADP/IN/4/case GENEVA/PROPN/NNP/2/obl "
        "that/SCONJ/IN/7/mark rebels/NOUN/NNS/7/nsubj attacked/VERB/VBD/2/ccomp",
        {"said": "GENEVA"},
    ),
    (
        # a target is no place
        "Planes/NOUN/NNS/2/nsubj flew/VERB/VBD/0/root to/ADP/IN/4/case HANOI/PROPN/NNP/2/obl",
        {},
    ),
    (
        "Rebels/NOUN/NNS/2/nsubj raided/VERB/VBD/0/root GOMA/PROPN/NNP/2/obj",
        {},
    ),
    (
        # what is condemned happened there, the condemning did not
        "Paris/PROPN/NNP/2/nsubj condemned/VERB/VBD/0/root the/DET/DT/4/det killings/NOUN/NNS/2/obj"
        " in/ADP/IN/6/case BUCHA/PROPN/NNP/4/nmod",
        {"killings": "BUCHA"},
    ),
    (
        "Rebels/NOUN/NNS/2/nsubj attacked/VERB/VBD/0/root a/DET/DT/4/det market/NOUN/NN/2/obj "
        "in/ADP/IN/6/case GOMA/PROPN/NNP/2/obl ,/PUNCT/,/8/punct killing/VERB/VBG/2/advcl "
        "twelve/NUM/CD/8/obj",
        {"attacked": "GOMA", "killing": "GOMA"},
    ),
    (
        "They/PRON/PRP/2/nsubj held/VERB/VBD/0/root talks/NOUN/NNS/2/obj in/ADP/IN/5/case "
        "VIENNA/PROPN/NNP/2/obl",
        {"held": "VIENNA", "talks": "VIENNA"},
    ),
    (
        "Rebels/NOUN/NNS/2/nsubj fought/VERB/VBD/0/root in/ADP/IN/5/case the/DET/DT/5/det "
        "city/NOUN/NN/2/obl of/ADP/IN/7/case GOMA/PROPN/NNP/5/nmod",
        {"fought": "GOMA"},
    ),
]


LEMMAS = {"held": "hold", "condemned": "condemn", "said": "say"}


@pytest.mark.parametrize(("cells", "wanted"), CASES, ids=[str(n) for n in range(len(CASES))])
def test_places(cells: str, wanted: dict[str, str]) -> None:
    rows = []
    for n, cell in enumerate(cells.split(), 1):
        word, pos, tag, head, relation = cell.rsplit("/", 4)
        rows.append(
            [str(n), word, LEMMAS.get(word, word.lower()), pos, tag, "_", head, relation, "_", "_"]
        )
    doc = tree(rows)
    clauses = find_clauses(doc)
    named = [
        ActorMention(
            t.i,
            t.i,
            t.i + 1,
            (Actor(f"local:{t.lower_}", t.text, ActorType.PLACE),),
            0.9,
            "named",
            MentionKind.PLACE,
        )
        for t in doc
        if t.text.isupper()
    ]
    mentions = Mentions(doc, [], named, cast(Any, None))
    found = {doc[c.head].text: place_of(clauses, c, mentions) for c in clauses}
    assert {word: p.span.text for word, p in found.items() if p is not None} == wanted


def test_there_are_cases() -> None:
    assert len(CASES) == 10
