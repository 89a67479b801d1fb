"""Learns ``kg/actors/home_weights.csv`` from people of the tables.

    python -m tools.actors.homes > kg/actors/home_weights.csv
    python -m tools.actors.homes --folds 5

Of the development parts of tests/gold all people whom the tables know, beside whose name an office
stands and no word that says whose: their land is known, and the text's own words are all that the
model sees. A multinomial logistic model over the lands that the text names (``kg.text.homes``).
Presidents of lands that a text hardly names are left out: of them readers need no telling, and the
tables know them. People whom no table knows have their land in tests/gold/homes-dev.csv; they
count more, as they are whom this is for. ``--folds`` prints how many lands are found, and how many
of them rightly, in texts that the model was not learned from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from kg.resources import read_csv
from kg.statement import Document
from kg.text.candidates import is_local
from kg.text.clauses import find_clauses
from kg.text.homes import Homes
from kg.text.mentions import find_mentions
from kg.text.phrases import noun_phrases
from kg.text.pipeline import Extractor
from tools.actors.lands import GOLD, Case, Weights, chances, print_shares, run, table_of

FILES = ("reports-dev.jsonl", "passages-dev.jsonl")
ARTICLES = 2.0
"""How often a person of a whole article counts; most texts that are read are articles."""
UNKNOWN = 4.0
"""How often a person counts whom no table knows."""
LEAST = 0.15
"""The share of a text's names that a land must have to be learned from."""
PENALTY = 1.0
STEPS, RATE = 800, 0.8


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
                yield Case(number, tuple(lands.values()), (right,), counts, unknown)


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
    tables = [table_of(case, names) for case in known]
    total = sum(case.weight for case in known)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope = PENALTY * weights
        for case, table in zip(known, tables, strict=True):
            slope -= case.weight * (table[case.right[0]] - chances(table, weights) @ table)
        weights -= RATE * slope / total
    return weights


def _show(best: Sequence[tuple[float, bool, Case]]) -> None:
    for only in (False, True):
        some = [one for one in best if one[2].unknown or not only]
        print(f"{len(some)} people" + " whom no table knows" * only)
        print_shares(some, (0.5, 0.6, 0.7, 0.75, 0.78, 0.8, 0.85, 0.9))


if __name__ == "__main__":
    run("tools/actors/homes.py", __doc__ or "", cases, learn, _show)
