"""What is drawn of a graph too large to be drawn whole: its weightiest actors and ties."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.graph.network import evidence_key
from kg.statement import Statement

ACTORS = 2_000
"""So many actors, those with the most pieces of evidence, are drawn of a large graph."""
EDGES = 20_000
"""So many edges, those with the most pieces of evidence, its network file holds."""
TELLINGS = 3
"""So many statements about the same two actors its page quotes, the first of them."""
QUOTED = 10_000
"""So many statements its page quotes in all."""


class Weights:
    """Counts the pieces of evidence of actors, document by document."""

    def __init__(self) -> None:
        self._evidence: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._evidence)

    def add(self, statements: Sequence[Statement]) -> None:
        """Take the statements of a document."""
        told = {(actor, evidence_key(one)) for one in statements for actor in ends(one)}
        self._evidence.update(actor for actor, _ in told)

    def weightiest(self, count: int) -> frozenset[str]:
        """The ids of the actors with the most evidence."""
        return frozenset(
            heapq.nsmallest(
                count, self._evidence, key=lambda actor: (-self._evidence[actor], actor)
            )
        )


class Quoted:
    """Chooses the statements that a page quotes."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._told: Counter[tuple[str, ...]] = Counter()

    def add(self, statements: Iterable[Statement]) -> None:
        """Take the statements of a document, as far as there is room."""
        for statement in statements:
            pair = tuple(sorted(ends(statement)))
            if self._told[pair] < TELLINGS and len(self.statements) < QUOTED:
                self._told[pair] += 1
                self.statements.append(statement)


def between(statements: Iterable[Statement], actors: frozenset[str]) -> Iterator[Statement]:
    """The statements all of whose ends are among the actors."""
    return (one for one in statements if actors.issuperset(ends(one)))


def ends(statement: Statement) -> list[str]:
    """The ids of the actors that a statement connects."""
    mentions = (statement.subject, statement.object)
    return [mention.actor.id for mention in mentions if mention is not None]
