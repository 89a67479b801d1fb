"""``summary.md``: what a build read, found and skipped, for a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.statement import Document, Modality, Polarity, Statement

_ACTORS = 30
"""So many actors are listed; the rest is counted."""


def summary(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    skipped: Sequence[str],
    notes: Sequence[str],
) -> str:
    """The summary as Markdown; what comes from articles is escaped."""
    return "\n".join(_lines(documents, statements, skipped, notes)) + "\n"


def headlines(
    documents: Sequence[Document], statements: Sequence[Statement], skipped: Sequence[str]
) -> list[str]:
    """The same in a few lines of plain text."""
    claims = {statement.id: statement for statement in statements}
    line = (
        f"{counted(len(documents), 'document')}: {counted(len(claims), 'statement')} "
        f"about {counted(len(_actors(statements)), 'actor')}"
    )
    if skipped:
        line += f"; {len(skipped)} skipped"
    lines = [line]
    relations = Counter(statement.relation.label for statement in claims.values())
    if relations:
        ranked = sorted(relations.items(), key=lambda item: (-item[1], item[0]))[:6]
        frequent = ", ".join(f"{label} ({count})" for label, count in ranked)
        lines.append(f"most frequent: {frequent}")
    lines.extend(f"for example: {line}" for line in _examples(list(claims.values())))
    return lines


def _examples(claims: Sequence[Statement]) -> list[str]:
    """The surest plain events, one of each relation, in the words of the graph."""
    plain = [
        claim
        for claim in claims
        if claim.object is not None
        and claim.relation.event is not None
        and (claim.polarity, claim.modality) == (Polarity.POSITIVE, Modality.ACTUAL)
        and not claim.attribution
    ]
    chosen: dict[str, str] = {}
    for claim in sorted(plain, key=lambda claim: (-claim.confidence, claim.id)):
        whom = claim.object.actor.label if claim.object else ""
        when = f" ({claim.time.text})" if claim.time else ""
        line = f"{claim.subject.actor.label} {claim.relation.label} {whom}{when}"
        chosen.setdefault(claim.relation.label, line)
    return list(chosen.values())[:3]


def _lines(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    skipped: Sequence[str],
    notes: Sequence[str],
) -> Iterator[str]:
    claims = {statement.id for statement in statements}
    yield "# What was found"
    yield ""
    yield (
        f"{counted(len(documents), 'document')}, {counted(len(claims), 'statement')} "
        f"with {counted(len(statements), 'piece')} of evidence, {len(skipped)} skipped."
    )
    yield ""
    yield "## Documents"
    yield ""
    yield "| document | date | title | statements |"
    yield "|---|---|---|---:|"
    per_document = Counter(statement.evidence.document for statement in statements)
    for document in documents:
        day = document.date.isoformat() if document.date else ""
        title = _cell(document.title or "")
        yield f"| {_cell(document.id)} | {day} | {title} | {per_document[document.id]} |"
    yield ""
    yield "## Statements by relation"
    yield ""
    yield "| relation | event | statements |"
    yield "|---|---|---:|"
    relations = Counter(
        (s.relation.label, s.relation.event or "") for s in {s.id: s for s in statements}.values()
    )
    for (label, event), count in sorted(relations.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {_cell(label)} | {event} | {count} |"
    yield ""
    yield "## Actors"
    yield ""
    yield "| actor | id | statements |"
    yield "|---|---|---:|"
    actors = _actors(statements)
    ranked = sorted(actors.items(), key=lambda item: (-len(item[1]), item[0]))
    for (label, actor), found in ranked[:_ACTORS]:
        yield f"| {_cell(label)} | {_cell(actor)} | {len(found)} |"
    if len(ranked) > _ACTORS:
        yield f"| … and {len(ranked) - _ACTORS} more | | |"
    for title, lines in (("Skipped", skipped), ("Notes", notes)):
        if lines:
            yield ""
            yield f"## {title}"
            yield ""
            for line in lines:
                yield f"- {_cell(line)}"


def _actors(statements: Sequence[Statement]) -> dict[tuple[str, str], set[str]]:
    """The claims in which each actor is subject or object, by its id and one of its labels."""
    labels: dict[str, str] = {}
    claims: dict[str, set[str]] = {}
    for statement in statements:
        for mention in (statement.subject, statement.object):
            if mention is not None:
                actor = mention.actor
                labels[actor.id] = min(labels.get(actor.id, actor.label), actor.label)
                claims.setdefault(actor.id, set()).add(statement.id)
    return {(labels[actor], actor): found for actor, found in claims.items()}


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 document, 2 documents."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _cell(text: str) -> str:
    """Text of an article as Markdown that shows it and does nothing else."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", text).split())
    return re.sub(r"([\\`*_\[\]<>|#!&])", r"\\\1", text)
