"""Learns ``kg/cues/meant_weights.csv`` from texts whose events are annotated.

    python tools/lexicon/meant.py > kg/cues/meant_weights.csv
    python tools/lexicon/meant.py --folds 5

A log-linear model over all who may be meant where a clause names nobody (``kg.text.openends``),
and nobody, from the development halves of the passages, reports and leads of tests/gold and from
the examples and near misses of the lexicon.
``--folds`` prints instead how many ends it fills, and how many of them rightly, in documents that
it was not learned from.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from statements import GOLD, Expectation, code, is_code

from kg.statement import Actor, Document, document_id
from kg.text.frames import find_open_ends
from kg.text.frametypes import Entry
from kg.text.gazetteer import Gazetteer
from kg.text.openends import OpenEnd
from kg.text.pipeline import Extractor

FILES = ("passages-dev.jsonl", "reports-dev.jsonl", "leads-dev.jsonl")
EXAMPLES = "examples"
# What the lexicon promises counts more than what one writer takes something for.
_COUNTS = {EXAMPLES: 8.0}
# The day on which the examples of the lexicon are read.
_DAY = date(2025, 9, 22)
PENALTY = 10.0
"""How strongly weights are drawn to nothing (L2)."""
SEEN = 8
"""Features that fewer candidates have are not learned."""


@dataclass(frozen=True, slots=True)
class Case:
    """The features of a candidate, its document, its open end, and whether it is meant.

    ``right`` is None where the annotation allows it without asking for it.
    """

    file: str
    document: int
    end: int
    features: tuple[str, ...]
    right: bool | None


def cases() -> Iterator[Case]:
    """All candidates of all open ends of the texts and examples."""
    extractor = Extractor()
    ends = count()
    lines = [
        (name, line) for name in FILES for line in (GOLD / name).read_text("utf-8").splitlines()
    ]
    for number, (name, line) in enumerate(lines):
        data = json.loads(line)
        document = Document(data["id"], data["text"], date=date.fromisoformat(data["date"]))
        reading = extractor.read(document)
        for end in find_open_ends(reading.scene, extractor.lexicon, reading.reports):
            told = reading.doc[end.clause.head].sent
            event = extractor.lexicon.entry(end.frame).relation.event or ""
            wanted, allowed = _gold(data, end, event, range(told.start_char, told.end_char))
            this = next(ends)
            for candidate in end.candidates:
                named = code(candidate.actor)
                right: bool | None = any(is_code(named, one.targets) for one in wanted)
                if not right and any(is_code(named, one.targets) for one in allowed):
                    right = None
                yield Case(name, number, this, candidate.features, right)
    book = extractor.gazetteer
    for number, (entry, text, expected) in enumerate(_examples(extractor), start=len(lines)):
        reading = extractor.read(Document(document_id(text), text, date=_DAY))
        for end in find_open_ends(reading.scene, extractor.lexicon, reading.reports):
            if extractor.lexicon.entry(end.frame).relation.event == entry.relation.event:
                this = next(ends)
                for candidate in end.candidates:
                    who, whom = _names(end.subject, book), _names(candidate.actor, book)
                    right = any(a in who and b in whom for a, b in expected)
                    yield Case(EXAMPLES, number, this, candidate.features, right)


def _examples(extractor: Extractor) -> Iterator[tuple[Entry, str, list[tuple[str, str]]]]:
    """The examples of the lexicon with the pairs they give, and near misses, which give none."""
    for entry in extractor.lexicon.entries.values():
        for example in entry.examples:
            pairs = (expected.split("|") for expected in example.expect)
            yield entry, example.text, [(a.strip(), b.strip()) for a, b in pairs]
        for text in entry.near:
            yield entry, text, []


def _names(actor: Actor, book: Gazetteer) -> set[str]:
    state = book.state(actor.country)
    return {actor.label} if state is None else {actor.label, state.label}


def _gold(
    data: dict[str, Any], end: OpenEnd, event: str, sentence: range
) -> tuple[list[Expectation], list[Expectation]]:
    """The events that the sentence of an open end tells of its source, and those of the text."""
    wanted: list[Expectation] = []
    allowed = [Expectation.read(words) for words in data.get("allow", [])]
    triggers = data.get("trigger") or [""] * len(data["expect"])
    for words, trigger in zip(data["expect"], triggers, strict=True):
        one = Expectation.read(words)
        found = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", data["text"])
        inside = bool(trigger) and found is not None and found.start() in sentence
        (wanted if inside else allowed).append(one)

    def fits(one: Expectation) -> bool:
        return event in one.types and is_code(code(end.subject), one.sources)

    return [one for one in wanted if fits(one)], [one for one in allowed if fits(one)]


Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Table:
    """The candidates of many open ends as rows, with the end of each."""

    rows: Any
    ends: np.ndarray[tuple[int], np.dtype[np.int64]]
    right: Vector
    allowed: Vector
    count: int
    weights: Vector
    """How much each end counts."""

    @classmethod
    def of(cls, known: Sequence[Case], names: dict[str, int]) -> Table:
        """The table of some cases, in which only named features count."""
        columns = [sorted({names[f] for f in case.features if f in names}) for case in known]
        starts = np.cumsum([0, *map(len, columns)])
        flat = [name for row in columns for name in row]
        rows = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(known), len(names)))
        kinds = {case.end: case.file for case in known}
        numbers = {end: i for i, end in enumerate(dict.fromkeys(case.end for case in known))}
        return cls(
            rows,
            np.array([numbers[case.end] for case in known]),
            np.array([float(case.right is True) for case in known]),
            np.array([float(case.right is None) for case in known]),
            len(numbers),
            np.array([_COUNTS.get(kinds[end], 1.0) for end in numbers]),
        )

    def odds(self, weights: Vector) -> Vector:
        """The odds of each row against nobody."""
        return np.exp(np.clip(self.rows @ weights, -30, 30))

    def summed(self, values: Vector) -> Vector:
        """The sums of values of rows by their ends."""
        return np.bincount(self.ends, values, self.count)


def learn(known: Sequence[Case], names: dict[str, int]) -> Vector:
    """The weights of a log-linear model with a quadratic penalty.

    What is made probable is that one of those who are asked for is meant; where none is, nobody
    or one of those who are allowed.
    """
    table = Table.of(known, names)
    wanted = table.summed(table.right) > 0

    def loss(weights: Vector) -> tuple[float, Vector]:
        odds = table.odds(weights)
        whole = 1 + table.summed(odds)
        good = np.where(wanted, table.summed(odds * table.right), 0)
        good = np.where(wanted, good, 1 + table.summed(odds * table.allowed))
        share = np.where(wanted[table.ends], odds * table.right, odds * table.allowed)
        pull = odds / whole[table.ends] - share / good[table.ends]
        slope = table.rows.T @ (pull * table.weights[table.ends])
        value = table.weights @ (np.log(whole) - np.log(good)) + PENALTY / 2 * weights @ weights
        return float(value), slope + PENALTY * weights

    return np.asarray(
        minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x, dtype=np.float64
    )


def _features(known: Sequence[Case]) -> dict[str, int]:
    counts = Counter(f for case in known for f in set(case.features))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}


def _print_weights(known: Sequence[Case]) -> None:
    names = _features(known)
    weights = learn(known, names)
    print("# Generated by tools/lexicon/meant.py from the development halves of tests/gold.")
    print("feature,weight")
    for name, number in names.items():
        if abs(weights[number]) >= 0.005:
            print(f"{name},{weights[number]:.3f}")


def _print_folds(known: Sequence[Case], folds: int) -> None:
    best: dict[int, tuple[float, Case]] = {}
    for fold in range(folds):
        others = [case for case in known if case.document % folds != fold]
        names = _features(others)
        weights = learn(others, names)
        rest = [case for case in known if case.document % folds == fold]
        table = Table.of(rest, names)
        odds = table.odds(weights)
        chances = odds / (1 + table.summed(odds))[table.ends]
        for case, chance in zip(rest, chances, strict=True):
            if chance > best.get(case.end, (0.0, None))[0]:
                best[case.end] = (float(chance), case)
    print(f"{len(best)} open ends, {sum(bool(case.right) for case in known)} of them meant for one")
    for least in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        taken = [case for chance, case in best.values() if chance >= least]
        print(f"  from {least:.2f}: {_line(taken)}")
        for name in (*FILES, EXAMPLES):
            print(f"      {name}: {_line([case for case in taken if case.file == name])}")


def _line(taken: Sequence[Case]) -> str:
    asked, allowed = sum(c.right is True for c in taken), sum(c.right is None for c in taken)
    share = (asked + allowed) / max(len(taken), 1)
    return f"{len(taken)} filled, {asked} right, {allowed} allowed: {share:.3f}"


def main() -> None:
    """Print the weights, or with ``--folds`` what they are worth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--folds", type=int, default=0)
    folds = parser.parse_args().folds
    known = list(cases())
    if folds:
        _print_folds(known, folds)
    else:
        _print_weights(known)


if __name__ == "__main__":
    main()
