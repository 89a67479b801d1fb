"""Statements made by chance for benchmarks, and what measures the work on them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from kg.graph.ontology import load_ontology
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

T = TypeVar("T")
TRIPLES_A_STATEMENT = 63
"""About so many triples does a statement of ``corpus`` become."""


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """What ``act`` returns and the CPU seconds that this process spent on it.

    CPU time, of all threads, so that other work on the machine does not count.
    """
    start = time.process_time()
    result = act()
    return result, time.process_time() - start


def row(*cells: object) -> None:
    """A row of a Markdown table; numbers have two places."""
    shown = (f"{cell:.2f}" if isinstance(cell, float) else f"{cell}" for cell in cells)
    print(f"| {' | '.join(shown)} |", flush=True)


def head(*cells: str) -> None:
    """The head of a Markdown table."""
    row(*cells)
    print("|---" + "|---:" * (len(cells) - 1) + "|", flush=True)


def corpus(size: int, first: int = 0) -> tuple[list[Statement], list[Document]]:
    """Statements by 400 actors, few of them frequent, ten to a document.

    The documents are numbered from ``first``: a large corpus is made slice by slice.
    """
    chance = random.Random(1 + first)
    relations = [
        Relation(r.id, r.label, r.event, r.cameo, r.quad, r.symmetric)
        for r in load_ontology().relations.values()
    ]
    actors = [
        Actor(f"wd:Q{n + 1}", f"Actor {n}", ActorType.STATE if n < 200 else ActorType.PERSON,
              "ABCDEFGHIJ"[n % 10] * 3, "GOV" if n % 2 else None)
        for n in range(400)
    ]  # fmt: skip
    weights = [1 / (n + 1) for n in range(400)]
    statements, documents = [], []
    for number in range(first, first + max(1, size // 10)):
        day = date(2015, 1, 1) + timedelta(days=number % 3650)
        document = Document(f"doc-{number:06d}", "x" * 2000, f"Title {number}", day, "Wire")
        documents.append(document)
        for place in range(0, 1000, 100):
            first, second, third = chance.choices(actors, weights, k=3)
            told = day - timedelta(days=chance.randrange(300))

            def mention(actor: Actor, offset: int) -> Mention:
                return Mention(actor, Span(offset, offset + 5, "xxxxx"))

            link = Attribution(
                third, Span(place + 60, place + 65, "xxxxx"),
                chance.choice([Stance.SAYS, Stance.SAYS, Stance.DENIES]),
                Span(place + 70, place + 74, "xxxx"), (place, place + 50),
            )  # fmt: skip
            statements.append(
                Statement(
                    mention(first, place),
                    chance.choice(relations),
                    mention(second, place + 20),
                    Evidence(
                        document.id,
                        Span(place, place + 90, "x" * 90),
                        (place + 10, place + 15),
                        "rule/verb",
                    ),
                    modality=chance.choice([Modality.ACTUAL] * 4 + [Modality.INTENDED]),
                    attribution=(link,) if chance.random() < 0.4 else (),
                    time=TimeInterval("x", told, told) if chance.random() < 0.5 else None,
                    confidence=0.9,
                )
            )
    return statements, documents
