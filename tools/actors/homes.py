"""Learns ``kg/actors/home_weights.csv`` from people of the tables.

    python tools/actors/homes.py > kg/actors/home_weights.csv
    python tools/actors/homes.py --folds 5

Of the development parts of tests/gold all people whom the tables know, beside whose name an office
stands and no word that says whose: their land is known, and the text's own words are all that the
model sees. A multinomial logistic model over the lands that the text names (``kg.text.homes``).
Presidents of lands that a text hardly names are left out: of them readers need no telling, and the
tables know them. People whom no table knows have their land in tests/gold/homes-dev.csv; they
count more, as they are whom this is for. ``--folds`` prints how many lands are found, and how many
of them rightly, in texts that the model was not learned from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.resources import read_csv
from kg.statement import Document
from kg.text.candidates import is_local
from kg.text.clauses import find_clauses
from kg.text.homes import Homes, Told
from kg.text.mentions import find_mentions
from kg.text.phrases import noun_phrases
from kg.text.pipeline import Extractor

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
FILES = ("reports-dev.jsonl", "passages-dev.jsonl")
ARTICLES = 2.0
"""How often a person of a whole article counts; most texts that are read are articles."""
UNKNOWN = 4.0
"""How often a person counts whom no table knows."""
LEAST = 0.15
"""The share of a text's names that a land must have to be learned from."""
PENALTY = 1.0
STEPS, RATE = 800, 0.8

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """The lands that a text names with what speaks for each, and which of them is right."""

    document: int
    lands: tuple[Told, ...]
    right: int
    weight: float
    unknown: bool


def cases(more: Sequence[Path]) -> Iterator[Case]:
    """All people of the tables in the texts who stand without a word for their land."""
    extractor = Extractor()
    rows = read_csv(GOLD / "homes-dev.csv", ("text", "person", "country"))
    told = {(row["text"], row["person"]): row["country"] for _, row in rows}
    for number, (document, weight) in enumerate(_documents(more)):
        doc = extractor.parse(document)
        phrases = noun_phrases(doc)
        mentions = find_mentions(doc, phrases, extractor.gazetteer, document.date)
        homes = Homes(doc, phrases, find_clauses(doc), mentions)
        for officer in homes.officers():
            actor = officer.mention.actors[0]
            lands = homes.features(officer)
            unknown = is_local(actor)
            land = told.get((document.id, actor.label), "") if unknown else actor.country or ""
            if land in lands and (unknown or lands[land]["share"] >= LEAST):
                right = list(lands).index(land)
                counts = UNKNOWN if unknown else weight
                yield Case(number, tuple(lands.values()), right, counts, unknown)


def _documents(more: Sequence[Path]) -> Iterator[tuple[Document, float]]:
    held = (GOLD / "heldout-articles.txt").read_text("utf-8").split()
    for path in sorted((GOLD / "articles").glob("*.json")):
        if path.stem not in held:
            day = date.fromisoformat(json.loads(path.read_text("utf-8"))["date"])
            text = path.with_suffix(".txt").read_text("utf-8")
            yield Document(path.stem, text, date=day), ARTICLES
    for path in (*(GOLD / name for name in FILES), *more):
        for line in path.read_text("utf-8").splitlines():
            data = json.loads(line)
            day = date.fromisoformat(data["date"])
            weight = ARTICLES if not path.name.startswith("passages") else 1.0
            yield Document(data["id"], data["text"], date=day), weight


def learn(known: Sequence[Case], names: Sequence[str]) -> Weights:
    """The weights of a multinomial logistic model with a quadratic penalty, by gradient descent."""
    tables = [np.array([[t.get(n, 0.0) for n in names] for t in c.lands]) for c in known]
    total = sum(case.weight for case in known)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope = PENALTY * weights
        for case, table in zip(known, tables, strict=True):
            slope -= case.weight * (table[case.right] - chances(table, weights) @ table)
        weights -= RATE * slope / total
    return weights


def chances(table: Weights, weights: Weights) -> Weights:
    """How probable each row of a table is."""
    sums = table @ weights
    raised = np.exp(sums - sums.max())
    shares: Weights = raised / raised.sum()
    return shares


def _names(known: Sequence[Case]) -> list[str]:
    return sorted({name for case in known for told in case.lands for name in told})


def _print_folds(known: Sequence[Case], folds: int) -> None:
    best: list[tuple[float, bool, bool]] = []
    names = _names(known)
    for fold in range(folds):
        weights = learn([case for case in known if case.document % folds != fold], names)
        for case in known:
            if case.document % folds == fold:
                table = np.array([[t.get(n, 0.0) for n in names] for t in case.lands])
                chance = chances(table, weights)
                right = int(chance.argmax()) == case.right
                best.append((float(chance.max()), right, case.unknown))
    for only in (False, True):
        some = [one for one in best if one[2] or not only]
        print(f"{len(some)} people" + " whom no table knows" * only)
        for least in (0.5, 0.6, 0.7, 0.75, 0.78, 0.8, 0.85, 0.9):
            taken = [right for chance, right, _ in some if chance >= least]
            share = sum(taken) / len(taken)
            print(f"  from {least:.2f}: {len(taken)} given a land, {share:.3f} right")


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
    print("# Generated by tools/actors/homes.py from the development parts of tests/gold.")
    print("feature,weight")
    for name, weight in zip(names, learn(known, names), strict=True):
        print(f"{name},{weight:.3f}")


if __name__ == "__main__":
    main()
