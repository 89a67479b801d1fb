"""Denials that answer what somebody else has said: "Turkey denies the accusation".

Their content is a noun that stands for an earlier report; what is denied are its claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.text.parsed import Doc
from kg.text.quotes import Report, Reports

# What may stand for a report, by the kinds of report that it calls up ("" for any).
_STANDING = {
    "accusation": "accuses", "charge": "accuses", "allegation": "accuses", "claim": "",
    "report": "", "assertion": "", "statement": "", "suggestion": "", "rumour": "", "rumor": "",
    "account": "", "story": "", "this": "", "that": "", "it": "", "them": "",
}  # fmt: skip
_DETERMINERS = {"DT", "PRP$", "JJ", "POS", "NNP", "NNPS", "PDT", "RB", "PRP", "NN", "NNS"}
_ANSWERING = {"denies", "doubts"}
_TELLING = {"says", "adds", "accuses", "warns", "believes", "confirms"}
# So many sentences before the denial what it denies may stand.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A report that denies or doubts what another one has said."""

    said: Report
    answer: Report


def find_answers(doc: Doc, reports: Reports) -> Iterator[Answer]:
    """Each denial of an earlier report, with the report that it denies."""
    sentence = doc.sentence_numbers
    for n, report in enumerate(reports.reports):
        if str(report.stance) not in _ANSWERING or report.source is None:
            continue
        kind = _stands_for(doc, report)
        if kind is None:
            continue
        here = sentence[report.cue[0]]
        before = []
        for earlier in range(n - 1, -1, -1):
            other = reports.reports[earlier]
            if here - sentence[other.cue[0]] > _REACH:
                break
            different = _words(doc, other.named) != _words(doc, report.named)
            if other.kind in _TELLING and different and other.cue_clause is not None:
                before.append(other)
        fitting = [other for other in before if other.kind == kind] or before
        if fitting:
            yield Answer(fitting[0], report)


def _stands_for(doc: Doc, report: Report) -> str | None:
    """The kind of report that a content like "the accusation" calls up, None for others."""
    tokens = [doc[i] for start, end in report.content for i in range(start, end)]
    if not tokens or any(t.tag_ not in _DETERMINERS for t in tokens):
        return None
    last = tokens[-1]
    return _STANDING.get(last.lemma_.lower(), _STANDING.get(last.lower_))


def _words(doc: Doc, named: tuple[int, int] | None) -> str:
    return doc.span(named[0], named[1]).text.casefold() if named else ""
