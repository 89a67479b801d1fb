"""Learns ``kg/actors/belonging_weights.csv`` from who is told to have done what to whom.

    python -m tools.actors.belonging > kg/actors/belonging_weights.csv
    python -m tools.actors.belonging --folds 5

Of the development parts of tests/gold all phrases for people and organs that no word and no rule
gives to a land (``kg.text.belonging``) and that act in a clause whose word tells an annotated
event: the event's source is their land. A multinomial logistic model over the lands that the text
names. ``--folds`` prints how many get a land, and how many of them the right one, in texts that
the model was not learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from kg.statement import Document
from kg.text.belonging import Part, Whose, parts_without_land
from kg.text.clauses import find_clauses
from kg.text.coref import told_by_rules
from kg.text.mentions import find_mentions
from kg.text.parsed import Token
from kg.text.phrases import noun_phrases
from kg.text.pipeline import Extractor
from tools.actors.lands import GOLD, Case, Weights, chances, print_shares, run, table_of

FILES = ("reports-dev.jsonl", "passages-dev.jsonl", "leads-dev.jsonl")
ARTICLES = 2.0
"""How often a phrase of a whole article counts; most texts that are read are articles."""
PENALTY = 3.0


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
    tables = [table_of(case, names) for case in known]

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


def _show(best: Sequence[tuple[float, bool, Case]]) -> None:
    print(f"{len(best)} phrases")
    print_shares(best, (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9))


if __name__ == "__main__":
    run("tools/actors/belonging.py", __doc__ or "", cases, learn, _show)
