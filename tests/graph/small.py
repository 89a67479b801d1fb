"""Three invented states, a dam, and statements about them made in one line."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

ARRAN = Actor("local:arran", "Arran", ActorType.STATE, "ARR")
BELOR = Actor("local:belor", "Belor", ActorType.STATE, "BEL")
CORIA = Actor("local:coria", "Coria", ActorType.STATE, "COR")
DAM = Actor("local:dam", "the dam", ActorType.THING)

MET = Relation("kg:met", "met", "CONSULT", "040", "VCOOP", True)
AIDED = Relation("kg:sentAidTo", "sent aid to", "AID", "070", "MCOOP")
ATTACKED = Relation("kg:attacked", "attacked", "ASSAULT", "190", "MCONF")
ACCUSED = Relation("kg:accused", "accused", "ACCUSE", "112", "VCONF")
ALLY = Relation("kg:allyOf", "is an ally of", symmetric=True)


def claim(
    subject: Actor,
    relation: Relation,
    target: Actor | None,
    at: int = 0,
    document: str = "doc-1",
    **more: object,
) -> Statement:
    """A statement whose sentence stands at character ``at`` of a document."""
    return Statement(
        Mention(subject, Span(at, at + 2, "xx")),
        relation,
        Mention(target, Span(at + 6, at + 8, "yy")) if target else None,
        Evidence(document, Span(at, at + 9, "xx did yy"), (at + 3, at + 5), "test/verb"),
        **more,  # type: ignore[arg-type]
    )


def said_by(actor: Actor) -> tuple[Attribution, ...]:
    return (Attribution(actor, None, Stance.SAYS, Span(0, 2, "xx"), (3, 9)),)


def on(day: str) -> TimeInterval:
    """A time that is one day."""
    return TimeInterval("that day", date.fromisoformat(day), date.fromisoformat(day))


def paper(name: str, day: str | None) -> Document:
    """An article of which nothing matters but its day."""
    return Document(name, "", f"Title of {name}", date.fromisoformat(day) if day else None)


def printed_in_processes(code: str) -> set[str]:
    """What several processes print; sets of strings are walked in another order in each."""
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
