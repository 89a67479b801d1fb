"""What frames looked up from a clause, kept as long as its document is read."""

from __future__ import annotations

from kg.text.clauses import Clause


class Seen:
    """What the routes from a clause led to; the clause is kept here, so that its identity lives."""

    __slots__ = ("clause", "complements", "routes", "starts", "words")

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.complements: tuple[Clause, ...] | None = None
        self.starts: dict[str, list[int]] = {}
        """First step of routes → the nominals there."""
        self.routes: dict[tuple[str, ...], list[int]] = {}
        """Route → the nominals to which it leads."""
        self.words: dict[tuple[str, ...], frozenset[str]] = {}
        """Route → all lemmas of what it leads to."""
