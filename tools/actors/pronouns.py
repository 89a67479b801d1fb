"""Learns ``kg/actors/pronoun_weights.csv`` from texts whose pronouns are annotated.

    python tools/actors/pronouns.py path/to/gum/train > kg/actors/pronoun_weights.csv

GUM (https://gucorpling.org/gum/, annotations CC BY 4.0), with its own trees and with the model's,
and the development half of tests/gold. A multinomial logistic model over the candidates of each
pronoun and "none of them"; nothing of the texts goes into the file.

Two rounds: what a reader who makes no mistakes sees, then what one sees who goes by weights that
were learned from the other texts, mistakes included.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from coref_gold import GOLD, read_texts  # type: ignore[import-not-found]
from coref_gum import (  # type: ignore[import-not-found]
    entities_at,
    finder_of,
    moved,
    read,
    with_names,
)

from kg.text.encoder import load_model
from kg.text.entities import Entity
from kg.text.gazetteer import load_gazetteer
from kg.text.parsed import Doc
from kg.text.pronouns import pronoun_class
from kg.text.salience import Features

OWN = 2.0
"""How often a text of tests/gold counts; there are few, and they are what kg reads."""
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Features of "none" and of each candidate of a pronoun, and which of them are right."""

    group: str
    options: tuple[Features, ...]
    right: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with the entities that its tokens head, in one of the folds."""

    doc: Doc
    gold: Mapping[int, set[str]]
    fold: int
    weight: float


def texts(folder: Path) -> Iterable[Annotated]:
    """All documents to learn from."""
    nlp = load_model()
    for number, path in enumerate(sorted(folder.glob("*.conllu"))):
        doc, spans = read(path)
        parsed = nlp(doc.text)
        for given, there in ((with_names(doc, parsed), spans), (parsed, moved(spans, doc, parsed))):
            trees = Doc(given)
            yield Annotated(trees, entities_at(trees, there), number % FOLDS, 1.0)
    for number, text in enumerate(read_texts(GOLD / "coreference-dev.jsonl")):
        doc = Doc(nlp(text.text))
        spans = []
        for marked in text.marked:
            span = doc.covering(marked.start, marked.end)
            assert span is not None
            spans += [(span.start, span.end, i) for i in marked.ids if i not in {"?", "-"}]
        yield Annotated(doc, entities_at(doc, spans), number % FOLDS, OWN)


def cases(text: Annotated, learned: Mapping[str, float] | None) -> list[Case]:
    """The choices that a reader meets who goes by the weights, or who is always right (None)."""
    finder = finder_of(text.doc, load_gazetteer(), learned)
    found: list[Case] = []
    for token in text.doc:
        if not finder.is_pronoun(token):
            finder.pass_over(token)
            continue
        candidates = finder.candidates(token)
        wanted = text.gold.get(token.i, set())
        right = [i for i, (e, _) in enumerate(candidates, 1) if _is(e, wanted, text.gold)]
        options = (finder.nobody(token), *(features for _, features in candidates))
        group = pronoun_class(token.lower_) or ""
        found.append(Case(group, options, tuple(right) or (0,), text.weight))
        if learned is not None:
            finder.answer(token)
        elif right:
            finder.take(token, candidates[right[0] - 1][0])
    return found


def _is(entity: Entity, wanted: set[str], gold: Mapping[int, set[str]]) -> bool:
    """Whether the latest name, or most mentions, of a candidate are of the wanted entity."""
    if any(wanted & gold.get(head, set()) for head in entity.latest):
        return True
    hits = sum(bool(wanted & gold.get(head, set())) for head in entity.seen)
    return 2 * hits > len(entity.seen)


def learn(
    data: list[Case], rounds: int = 300, rate: float = 0.5, decay: float = 3e-3
) -> dict[str, float]:
    """Weights by "class/feature" that make the right candidates probable."""
    index: dict[str, int] = {}
    for case in data:
        for name in sorted({n for features in case.options for n in features}):
            index.setdefault(f"{case.group}/{name}", len(index))
    rows, columns, values, good, starts = [], [], [], [], []
    for case in data:
        starts.append(len(good))
        for number, features in enumerate(case.options):
            rows += [len(good)] * len(features)
            columns += [index[f"{case.group}/{name}"] for name in features]
            values += features.values()
            good.append(float(number in case.right))
    row, column, value = np.array(rows), np.array(columns), np.array(values)
    right, count = np.array(good), len(good)
    case_of = np.repeat(np.arange(len(data)), np.diff([*starts, count]))
    times = np.array([case.weight for case in data])

    def shares(of: Any) -> Any:
        """The values of each case, scaled to a sum of one."""
        return of / np.maximum(np.add.reduceat(of, starts)[case_of], 1e-9)

    weight, moment = np.zeros(len(index)), np.zeros(len(index))
    for _ in range(rounds):
        scores = np.bincount(row, value * weight[column], count)
        p = shares(np.exp(scores - np.maximum.reduceat(scores, starts)[case_of]))
        pull = (shares(p * right) - p) * times[case_of]
        gain = np.bincount(column, value * pull[row], len(index)) / times.sum()
        moment = 0.9 * moment - rate * (decay * weight - gain)
        weight += moment
    return {name: float(weight[i]) for name, i in index.items()}


def main(folder: Path) -> None:
    """Write the weights to standard output."""
    read = list(texts(folder))
    first = [cases(text, None) for text in read]
    data = [case for found in first for case in found]
    for fold in range(FOLDS):
        others = [
            case
            for text, found in zip(read, first, strict=True)
            if text.fold != fold
            for case in found
        ]
        learned = learn(others)
        for text in read:
            if text.fold == fold:
                data += cases(text, learned)
    print("# Generated by tools/actors/pronouns.py from GUM train (annotations CC BY 4.0)")
    print("# and tests/gold/coreference-dev.jsonl.")
    print("feature,weight")
    for name, value in sorted(learn(data).items()):
        print(f"{name},{value:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
