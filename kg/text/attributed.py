"""The links of a chain of sources as statements carry them, and the claims that answers deny."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.statement import Actor, Attribution, Span, Stance, Statement
from kg.text.answers import Answer
from kg.text.clauses import Clause
from kg.text.cues import load_cues
from kg.text.parsed import Doc
from kg.text.quotes import Report, Reports
from kg.text.scene import Scene

# Of so many coordinated sources each is given a statement of its own.
_MOST_SOURCES = 4

Source = tuple[Actor | None, Span | None]


def text_span(doc: Doc, start: int, end: int) -> Span:
    """The characters of tokens ``start`` to ``end``, white space at the ends left out."""
    while start < end - 1 and doc[start].is_space:
        start += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    # Of a slice, not of the whole: Doc.text joins every token anew each time.
    first, words = doc[start].idx, doc.span(start, end).text
    return Span(first, first + len(words), words)


def links(
    scene: Scene,
    reports: Iterable[Report],
    values: Iterable[float],
    clause: Clause,
    subject: Actor | None = None,
) -> tuple[Attribution, ...]:
    """The chain of reports around a clause, with what it is worth to each source.

    Of coordinated sources, the one that speaks of itself is named, else the first.
    """
    return tuple(
        _link(scene, report, clause, value, _sources(scene, report, subject)[0])
        for report, value in zip(reports, values, strict=True)
    )


def told_once(chain: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """A chain without the links by which a source tells that it has told something.

    "*Warsaw said* Belarus was pushing migrants over the border, *Poland said*".
    """
    found: list[Attribution] = []
    for link in chain:
        last = found[-1] if found else None
        says = last is not None and last.stance is link.stance is Stance.SAYS
        if says and link.source is not None and found[-1].source == link.source:
            found.pop()
        found.append(link)
    return tuple(found)


def _link(
    scene: Scene, report: Report, clause: Clause, factuality: float, source: Source
) -> Attribution:
    return Attribution(
        source=source[0],
        span=source[1],
        stance=report.stance,
        cue=text_span(scene.doc, *report.cue),
        content=report.part_at(clause.head),
        factuality=factuality,
    )


def _sources(scene: Scene, report: Report, subject: Actor | None) -> list[Source]:
    """Who says it: one, or each of several that are coordinated."""
    doc = scene.doc
    if report.source is None:
        return [(None, None)]
    phrase = scene.phrases.get(report.source)
    heads = (report.source, *(phrase.conjuncts if phrase else ()))
    fillings = [f for head in heads if (f := scene.filling(head)) is not None]
    if not fillings:
        return [(None, text_span(doc, *report.named) if report.named else None)]
    own = [f for f in fillings if subject in f.actors] or fillings
    return [(f.actors[0], text_span(doc, f.start, f.end)) for f in own]


def each_source(
    scene: Scene, reports: Iterable[Report], statement: Statement
) -> Iterator[Statement]:
    """The statement once more for every further source of a coordination.

    "The US and Britain said …": both say it.
    """
    for n, (report, link) in enumerate(zip(reports, statement.attribution, strict=False)):
        if text_span(scene.doc, *report.cue) != link.cue:
            continue
        sources = _sources(scene, report, statement.subject.actor)
        for actor, span in sources[1:_MOST_SOURCES]:
            chain = list(statement.attribution)
            chain[n] = replace(link, source=actor, span=span)
            yield replace(statement, attribution=tuple(chain))


def _concerns(statement: Statement, actor: Actor) -> bool:
    """Whether a claim is about somebody or about one of his country: then he may deny it."""
    ends = [m.actor for m in (statement.subject, statement.object) if m is not None]
    return any(a.id == actor.id or (a.country and a.country == actor.country) for a in ends)


def denied(
    scene: Scene, reports: Reports, answers: Iterable[Answer], clause: Clause, statement: Statement
) -> Iterator[Statement]:
    """The claim of a statement as somebody denies it later: "Turkey denies the accusation".

    Its evidence runs from the sentence of the claim to that of the denial.
    """
    doc, chain = scene.doc, reports.chain(clause.head)
    if not chain or not statement.attribution:
        return
    for found in answers:
        if found.said is not chain[-1]:
            continue
        answer = found.answer
        actor, span = _sources(scene, answer, statement.subject.actor)[0]
        if actor is None or not _concerns(statement, actor):
            continue
        author, source = load_cues().kinds[answer.kind]
        link = Attribution(
            actor,
            span,
            answer.stance,
            text_span(doc, *answer.cue),
            found.said.part_at(clause.head),
            source,
        )
        outer = links(
            scene,
            reports.chain(answer.cue[0]),
            (author for _ in reports.chain(answer.cue[0])),
            clause,
        )
        sentence = statement.evidence.sentence
        end = doc[answer.cue[0]].sent.end_char
        words = doc.text[sentence.start : max(end, sentence.end)].rstrip()
        evidence = replace(
            statement.evidence,
            sentence=Span(sentence.start, sentence.start + len(words), words),
            rule=f"{statement.evidence.rule}+denied",
        )
        yield replace(statement, attribution=(*outer, link), evidence=evidence, factuality=author)
