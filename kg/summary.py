"""``summary.md``: what a build read, found and skipped, for a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.graph.sorting import Sorter
from kg.statement import Document, Modality, Polarity, Statement

_ACTORS = 30
"""So many actors are listed; the rest is counted."""
_DOCUMENTS = 2_000
"""So many documents are listed; the rest is counted."""


class Tally:
    """Counts what a graph holds, document by document.

    The same claim may come from any two documents, so the claims are sorted before they are
    counted, in ``folder`` where they are too many for the memory.
    """

    def __init__(self, folder: Path) -> None:
        self.documents = 0
        self.copies = 0
        self.evidence = 0
        self._rows: list[str] = []
        self._claims = Sorter(folder)
        self._counts: _Counts | None = None

    def add(self, document: Document, statements: Sequence[Statement]) -> None:
        """Count a document and its statements."""
        self.documents += 1
        self.copies += document.story is not None
        if self.documents <= _DOCUMENTS:
            day = document.date.isoformat() if document.date else ""
            title = _cell(document.title or "")
            self._rows.append(f"| {_cell(document.id)} | {day} | {title} | {len(statements)} |")
        for statement in statements:
            self.evidence += 1
            # by the claim, and of the tellings of a claim the last one comes last
            record = json.dumps(_record(statement), ensure_ascii=False)
            self._claims.add(f"{statement.id} {self.evidence:012} {record}")

    @property
    def statements(self) -> int:
        """How many claims there are, each counted once."""
        return self._counted().claims

    def headlines(self, skipped: int) -> list[str]:
        """A few lines of plain text about what was found."""
        counts = self._counted()
        line = (
            f"{counted(self.documents, 'document')}: {counted(counts.claims, 'statement')} "
            f"about {counted(len(counts.labels), 'actor')}"
        )
        if skipped:
            line += f"; {skipped} skipped"
        lines = [line]
        relations: Counter[str] = Counter()
        for (label, _), count in counts.relations.items():
            relations[label] += count
        if relations:
            ranked = sorted(relations.items(), key=lambda item: (-item[1], item[0]))[:6]
            frequent = ", ".join(f"{label} ({count})" for label, count in ranked)
            lines.append(f"most frequent: {frequent}")
        surest = sorted(counts.examples.values())[:3]
        return lines + [f"for example: {example}" for _, _, example in surest]

    def summary(self, skipped: Sequence[str], notes: Sequence[str]) -> str:
        """The summary as Markdown; what comes from articles is escaped."""
        return "\n".join(self._lines(skipped, notes)) + "\n"

    def _told_again(self) -> str:
        if not self.copies:
            return ""
        stories = self.documents - self.copies
        return (
            f" The documents tell {stories} {'story' if stories == 1 else 'stories'}; "
            "what copies and versions of one article repeat counts once as evidence."
        )

    def _counted(self) -> _Counts:
        if self._counts is None:
            self._counts = _count(self._claims)
            self._claims.close()  # the folder is that of the result
        return self._counts

    def _lines(self, skipped: Sequence[str], notes: Sequence[str]) -> Iterator[str]:
        counts = self._counted()
        yield "# What was found"
        yield ""
        yield (
            f"{counted(self.documents, 'document')}, {counted(counts.claims, 'statement')} "
            f"with {counted(self.evidence, 'piece')} of evidence, {len(skipped)} skipped."
            + self._told_again()
        )
        yield ""
        yield "## Documents"
        yield ""
        yield "| document | date | title | statements |"
        yield "|---|---|---|---:|"
        yield from self._rows
        if self.documents > len(self._rows):
            yield f"| … and {self.documents - len(self._rows)} more | | | |"
        yield ""
        yield "## Statements by relation"
        yield ""
        yield "| relation | event | statements |"
        yield "|---|---|---:|"
        ranked = sorted(counts.relations.items(), key=lambda item: (-item[1], item[0]))
        for (label, event), count in ranked:
            yield f"| {_cell(label)} | {event} | {count} |"
        yield ""
        yield "## Actors"
        yield ""
        yield "| actor | id | statements |"
        yield "|---|---|---:|"
        actors = sorted(
            ((counts.labels[actor], actor, number) for actor, number in counts.actors.items()),
            key=lambda row: (-row[2], row[:2]),
        )
        for label, actor, number in actors[:_ACTORS]:
            yield f"| {_cell(label)} | {_cell(actor)} | {number} |"
        if len(actors) > _ACTORS:
            yield f"| … and {len(actors) - _ACTORS} more | | |"
        for title, lines in (("Skipped", skipped), ("Notes", notes)):
            if lines:
                yield ""
                yield f"## {title}"
                yield ""
                for line in lines:
                    yield f"- {_cell(line)}"


@dataclass(slots=True)
class _Counts:
    """What is counted of claims: by relation and event, by actor; and the surest of each kind."""

    claims: int = 0
    relations: Counter[tuple[str, str]] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)
    examples: dict[str, tuple[float, str, str]] = field(default_factory=dict)


_Record = tuple[str, str, list[tuple[str, str]], str, float]


def _record(statement: Statement) -> _Record:
    """Relation, event, actors, the line of an example or nothing, confidence."""
    relation, other = statement.relation, statement.object
    actors = [m.actor for m in (statement.subject, other) if m is not None]
    return (
        relation.label,
        relation.event or "",
        [(actor.id, actor.label) for actor in actors],
        _example(statement),
        statement.confidence,
    )


def _example(statement: Statement) -> str:
    """A plain event in the words of the graph; empty for every other statement."""
    plain = (statement.polarity, statement.modality) == (Polarity.POSITIVE, Modality.ACTUAL)
    if statement.object is None or statement.relation.event is None or not plain:
        return ""
    if statement.attribution:
        return ""
    whom = statement.object.actor.label
    when = f" ({statement.time.text})" if statement.time else ""
    return f"{statement.subject.actor.label} {statement.relation.label} {whom}{when}"


def _count(claims: Sorter) -> _Counts:
    counts = _Counts()

    def finish(claim: str, last: _Record) -> None:
        label, event, actors, example, confidence = last
        counts.claims += 1
        counts.relations[label, event] += 1
        counts.actors.update({actor for actor, _ in actors})
        if example:
            found = (-confidence, claim, example)
            counts.examples[label] = min(counts.examples.get(label, found), found)

    current, record = "", None
    for line in claims:
        claim, _, packed = line.split(" ", 2)
        if record is not None and claim != current:
            finish(current, record)
        current, record = claim, json.loads(packed)
        for actor, label in record[2]:
            counts.labels[actor] = min(counts.labels.get(actor, label), label)
    if record is not None:
        finish(current, record)
    return counts


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 document, 2 documents."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _cell(text: str) -> str:
    """Text of an article as Markdown that shows it and does nothing else."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", text).split())
    return re.sub(r"([\\`*_\[\]<>|#!&])", r"\\\1", text)
