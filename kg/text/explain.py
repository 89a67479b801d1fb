"""What the extractor sees in a sentence, step by step, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kg.statement import Document, Statement, document_id
from kg.text.clauses import Clause, Kind
from kg.text.frames import match_frames
from kg.text.matches import Trial
from kg.text.pipeline import Extractor, Reading
from kg.text.qualify import qualify
from kg.text.quotes import Report
from kg.text.statements import find_statements


def explain(text: str, day: date | None = None, extractor: Extractor | None = None) -> str:
    """Clauses, actors, reports, times, the frames tried and the statements of a text.

    For a frame that did not fire, the condition that failed is named.
    """
    extractor = extractor or Extractor()
    reading = extractor.read(Document(document_id(text), text, date=day))
    return "\n".join(_lines(extractor, reading)) + "\n"


def _lines(extractor: Extractor, reading: Reading) -> Iterator[str]:
    trials: list[Trial] = []
    match_frames(reading.scene, extractor.lexicon, trials)
    tried: dict[int, list[Trial]] = {}
    for trial in trials:
        tried.setdefault(trial.clause.head, []).append(trial)
    yield "Actors"
    for mention in reading.mentions:
        words = reading.doc.span(mention.start, mention.end).text
        names = ", ".join(f"{actor.label} ({actor.id})" for actor in mention.actors)
        yield f"  {words} → {names or 'nobody known'}  [{mention.score:.2f}: {mention.reason}]"
    yield "Clauses"
    for clause in reading.clauses:
        if clause.kind is Kind.NOMINAL and clause.head not in tried:
            continue
        yield f"  {_clause(reading, clause)}"
        yield from _trials(tried.pop(clause.head, []))
    for head, rest in tried.items():
        yield f"  {reading.doc[head].text} (title, apposition or name)"
        yield from _trials(rest)
    yield "Reports"
    for report in reading.reports.reports:
        yield f"  {_report(reading, report)}"
    yield "Statements"
    statements = find_statements(
        reading.document, reading.scene, reading.reports, reading.times, extractor.lexicon
    )
    for statement in statements:
        yield f"  {describe(statement)}"


_NEAR_MISSES = 6


def _trials(trials: Sequence[Trial]) -> Iterator[str]:
    """The frames that fired, then those that came nearest, then how many more were tried."""
    nearest = sorted(trials, key=lambda trial: (trial.failure != "", _distance(trial)))
    fired = sum(not trial.failure for trial in trials)
    shown = nearest[: fired + _NEAR_MISSES]
    for trial in shown:
        yield f"    {trial.frame.rule}: {trial.failure or 'fired'}"
    if len(trials) > len(shown):
        yield f"    {len(trials) - len(shown)} more frames ask for other words"


def _distance(trial: Trial) -> int:
    # Only participants missing is nearer than a word missing; few conditions than many.
    worded = not trial.failure.startswith("no ")
    return 10 * worded + len(trial.frame.where)


def describe(statement: Statement) -> str:
    """The statement in one line: who, what, whom, and every qualifier that it has."""
    parts = [statement.subject.actor.label, f"[{statement.relation.label}]"]
    if statement.object is not None:
        parts.append(statement.object.actor.label)
    notes = [str(statement.polarity), str(statement.modality)]
    if statement.factuality is not None:
        notes.append(f"factuality {statement.factuality:+.1f}")
    if statement.time is not None:
        days = f"{statement.time.start or ''}/{statement.time.end or ''}"
        notes.append(f"time: {statement.time.text} ({days})")
    if statement.place is not None:
        notes.append(f"place: {statement.place.actor.label}")
    if statement.condition is not None:
        notes.append(f"condition: {statement.condition}")
    for link in statement.attribution:
        words = link.span.text if link.span else "?"
        name = link.source.label if link.source else words
        certain = "" if link.factuality is None else f" {link.factuality:+.1f}"
        notes.append(f"{name} {link.stance} ({link.cue.text}){certain}")
    notes.append(f"{statement.confidence:.2f}")
    notes.append(statement.evidence.rule)
    return " ".join(parts) + "  " + "; ".join(notes)


def _clause(reading: Reading, clause: Clause) -> str:
    doc = reading.doc
    arguments = ", ".join(
        f"{a.role}{' ' + a.preposition if a.preposition else ''} = {doc[a.head].text}"
        + (" (understood)" if a.inherited else "")
        for a in clause.arguments
    )
    q = qualify(doc, reading.clauses, reading.reports, clause)
    time = reading.times.of(clause)
    notes = [str(q.polarity), str(q.modality), f"factuality {q.factuality:+.1f}"]
    chain = zip(reading.reports.chain(clause.head), q.sources, strict=True)
    notes += [f"to {_source(reading, report)} {value:+.1f}" for report, value in chain]
    if time is not None:
        notes.append(f"time {time.text}")
    voice = "passive " if clause.passive else ""
    return f"{doc[clause.head].text} ({voice}{clause.kind}): {arguments} [{'; '.join(notes)}]"


def _source(reading: Reading, report: Report) -> str:
    phrase = reading.scene.phrases.get(report.source) if report.source is not None else None
    return reading.doc.span(phrase.start, phrase.end).text if phrase else "somebody"


def _report(reading: Reading, report: Report) -> str:
    doc = reading.doc
    source = _source(reading, report)
    content = " … ".join(doc.span(start, end).text for start, end in report.content)
    return f"{source} {report.stance} ({doc.span(report.cue[0], report.cue[1]).text}): {content}"
