"""Learns ``kg/actors/belonging_weights.csv`` from who is told to have done what to whom.

    python tools/actors/belonging.py > kg/actors/belonging_weights.csv
    python tools/actors/belonging.py --folds 5

Of the development parts of tests/gold all phrases for people and organs that no word and no rule
gives to a land (``kg.text.belonging``) and that act in a clause whose word tells an annotated
event: the event's source is their land. A multinomial logistic model over the lands that the text
names. ``--folds`` prints how many get a land, and how many of them the right one, in texts that
the model was not learned from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.statement import Document
from kg.text.belonging import Part, Whose, parts_without_land
from kg.text.clauses import find_clauses
from kg.text.coref import told_by_rules
from kg.text.homes import Told
from kg.text.mentions import find_mentions
from kg.text.parsed import Token
from kg.text.phrases import noun_phrases
from kg.text.pipeline import Extractor

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
FILES = ("reports-dev.jsonl", "passages-dev.jsonl", "leads-dev.jsonl")
ARTICLES = 2.0
"""How often a phrase of a whole article counts; most texts that are read are articles."""
PENALTY = 3.0

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """The lands that a text names with what speaks for each, and which of them are right."""

    document: int
    lands: tuple[Told, ...]
    right: tuple[int, ...]
    weight: float


def cases(more: Sequence[Path]) -> Iterator[Case]:
    """All phrases without a land in clauses that tell an annotated event."""
    extractor = Extractor()
    files = [*(GOLD / name for name in FILES), *more]
    lines = [(path, line) for path in files for line in path.read_text("utf-8").splitlines()]
    for number, (path, line) in enumerate(lines):
        row = json.loads(line)
        document = Document(row["id"], row["text"], date=date.fromisoformat(row["date"]))
        doc = extractor.parse(document)
        phrases, clauses = noun_phrases(doc), find_clauses(doc)
        mentions = find_mentions(doc, phrases, extractor.gazetteer, document.date)
        mentions = told_by_rules(doc, phrases, clauses, mentions)
        parts = list(parts_without_land(doc, phrases, clauses, mentions))
        whose = Whose(doc, phrases, clauses, mentions) if parts else None
        weight = ARTICLES if path.name.startswith("reports") else 1.0
        words = {token.idx: token for token in doc}
        for part in parts:
            codes = _codes(part, row, words)
            told = whose.told(part) if whose is not None and codes else {}
            right = tuple(i for i, land in enumerate(told) if land in codes)
            if right:
                yield Case(number, tuple(told.values()), right, weight)


def _codes(part: Part, row: Mapping[str, Any], words: dict[int, Token]) -> set[str]:
    """The codes of who did what a clause tells, by the first event told at its word."""
    for told, trigger in zip(row["expect"], row.get("trigger", ()), strict=True):
        found = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", row["text"])
        token = words.get(found.start()) if found is not None else None
        if token is not None and part.clause.head in {token.i, token.head.i}:
            return set(told.split()[0].split("|"))
    return set()


def learn(known: Sequence[Case], names: Sequence[str]) -> Weights:
    """The weights of a multinomial logistic model with a quadratic penalty."""
    tables = [_table(case, names) for case in known]

    def loss(weights: Weights) -> tuple[float, Weights]:
        value, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for case, table in zip(known, tables, strict=True):
            chance = chances(table, weights)
            right = np.zeros(len(chance))
            right[list(case.right)] = chance[list(case.right)]
            total = right.sum()
            value -= case.weight * float(np.log(total))
            slope = slope - case.weight * ((right / total - chance) @ table)
        return value, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    weights: Weights = found.x
    return weights


def chances(table: Weights, weights: Weights) -> Weights:
    """How probable each row of a table is."""
    sums = table @ weights
    raised = np.exp(sums - sums.max())
    shares: Weights = raised / raised.sum()
    return shares


def _table(case: Case, names: Sequence[str]) -> Weights:
    return np.array([[told.get(name, 0.0) for name in names] for told in case.lands])


def _names(known: Sequence[Case]) -> list[str]:
    return sorted({name for case in known for told in case.lands for name in told})


def _print_folds(known: Sequence[Case], folds: int) -> None:
    best: list[tuple[float, bool]] = []
    names = _names(known)
    for fold in range(folds):
        weights = learn([case for case in known if case.document % folds != fold], names)
        for case in known:
            if case.document % folds == fold:
                chance = chances(_table(case, names), weights)
                best.append((float(chance.max()), int(chance.argmax()) in case.right))
    print(f"{len(best)} phrases")
    for least in (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9):
        taken = [right for chance, right in best if chance >= least]
        print(f"  from {least:.2f}: {len(taken)} given a land, {np.mean(taken):.3f} right")


def main() -> None:
    """Print the weights, or with ``--folds`` what they are worth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("more", nargs="*", type=Path, help="further files like reports-dev.jsonl")
    options = parser.parse_args()
    known = list(cases(options.more))
    if options.folds:
        _print_folds(known, options.folds)
        return
    names = _names(known)
    print("# Generated by tools/actors/belonging.py from the development parts of tests/gold.")
    print("feature,weight")
    for name, weight in zip(names, learn(known, names), strict=True):
        print(f"{name},{weight:.3f}")


if __name__ == "__main__":
    main()
