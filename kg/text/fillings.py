"""Who stands at a place in a clause, as a mention there says."""

from __future__ import annotations

from dataclasses import dataclass

from kg.statement import Actor
from kg.text.mentions import ActorMention


@dataclass(frozen=True, slots=True)
class Filling:
    """The actors that a nominal stands for, and the tokens that say so."""

    head: int
    start: int
    end: int
    actors: tuple[Actor, ...]
    score: float
    reason: str

    @classmethod
    def of(cls, mention: ActorMention) -> Filling:
        """Those whom a mention stands for."""
        return cls(
            mention.head, mention.start, mention.end, mention.actors, mention.score, mention.reason
        )
