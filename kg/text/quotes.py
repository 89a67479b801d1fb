"""Who says what: every report of speech or belief, with its source, cue and content.

Reports come from words (``reporting``) and from quotation marks (``quotations``); ``speakers``
tells which quotation belongs to which report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.statement import Stance
from kg.text.clauses import Clauses
from kg.text.cues import load_cues
from kg.text.drafts import Draft, Text
from kg.text.marks import Marks
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.quotations import Quotation, find_quotations
from kg.text.reporters import source_bounds
from kg.text.reporting import find_drafts
from kg.text.speakers import give_quotations

_ASKED = {"whether", "how", "why", "who", "whom", "when", "where"}
_EDGES = {",", ";", ":", "—", "–", "-", "--"}


@dataclass(frozen=True, slots=True)
class Report:
    """Content that a source says, believes, denies, asks …

    ``source`` and ``addressee`` are head tokens of noun phrases, ``named`` the (start, end)
    tokens of the source in full; a report without a source is a hedge ("reportedly", "is said
    to"). ``cue`` and ``content`` are (start, end) tokens,
    ``chars`` the (start, end) characters of each part of the content: all parts of a broken
    or several-sentence quotation belong to one report.
    """

    source: int | None
    named: tuple[int, int] | None
    cue: tuple[int, int]
    cue_clause: int | None
    stance: Stance
    kind: str
    content: tuple[tuple[int, int], ...]
    chars: tuple[tuple[int, int], ...]
    direct: bool
    addressee: int | None

    def covers(self, token: int) -> bool:
        """Whether the token is part of the content."""
        return any(start <= token < end for start, end in self.content)

    def part_at(self, token: int) -> tuple[int, int]:
        """The characters of the part of the content around a token (all of it elsewhere)."""
        for (start, end), chars in zip(self.content, self.chars, strict=True):
            if start <= token < end:
                return chars
        return self.chars[0][0], self.chars[-1][1]


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a document in text order of their cues."""

    reports: tuple[Report, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    _chains: Mapping[int, tuple[Report, ...]] = field(default_factory=dict, repr=False)
    _cues: Mapping[int, Report] = field(default_factory=dict, repr=False)
    _quoted: frozenset[int] = frozenset()

    @classmethod
    def of(cls, reports: Iterable[Report], quotations: Iterable[Quotation] = ()) -> Reports:
        """These reports and quotations, ready to be asked for chains."""
        reports, quotations = tuple(reports), tuple(quotations)
        chains: dict[int, list[Report]] = {}
        for report in sorted(reports, key=lambda r: -_size(r.content)):
            for start, end in report.content:
                for token in range(start, end):
                    chains.setdefault(token, []).append(report)
        cues = {r.cue_clause: r for r in reports if r.cue_clause is not None}
        covering = {token: tuple(found) for token, found in chains.items()}
        quoted = frozenset(token for q in quotations for token in range(q.start, q.end))
        return cls(reports, quotations, covering, cues, quoted)

    def chain(self, token: int) -> tuple[Report, ...]:
        """The reports whose content covers a token, the outermost source first."""
        return self._chains.get(token, ())

    def of_clause(self, head: int | None) -> Report | None:
        """The report whose cue is the predicate of this clause; of two, the inner one."""
        return self._cues.get(head) if head is not None else None

    def quoted(self, token: int) -> bool:
        """Whether the token stands between quotation marks."""
        return token in self._quoted


def _size(ranges: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in ranges)


def find_reports(doc: Doc, clauses: Clauses, phrases: dict[int, NounPhrase]) -> Reports:
    """All reports of a document, quotations without a speaker of their own included."""
    quotations = find_quotations(doc)
    marks = Marks(doc, quotations)
    starts = [q.start for q in quotations if q.depth == 0]
    text = Text.of(doc, clauses, phrases, load_cues())
    drafts = find_drafts(text, starts)
    contents = give_quotations(text, drafts, marks)
    found = []
    for draft, content in zip(drafts, contents, strict=True):
        ranges = _ranges(doc, content, draft)
        if ranges:
            found.append(_report(text, draft, ranges, marks))
    return Reports.of(found, quotations)


def _report(text: Text, draft: Draft, ranges: tuple[tuple[int, int], ...], marks: Marks) -> Report:
    doc = text.doc
    said_in = marks.within(draft.span[0])
    tokens = [i for start, end in ranges for i in range(start, end)]
    quoted = sum(1 for i in tokens if marks.within(i) not in {None, said_in})
    opens = marks.within(ranges[0][0])
    return Report(
        source=draft.source,
        named=source_bounds(text, draft, set(tokens)),
        cue=draft.span,
        cue_clause=draft.clause,
        stance=draft.cue.stance,
        kind=draft.cue.kind,
        content=ranges,
        chars=tuple((doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges),
        direct=quoted * 2 > len(tokens) and opens is not None and opens.start == ranges[0][0],
        addressee=draft.addressee,
    )


def _ranges(doc: Doc, content: set[int], draft: Draft) -> tuple[tuple[int, int], ...]:
    """Contiguous parts of a content, without commas, white space and marks at their edges."""
    runs: list[tuple[int, int]] = []
    for i in sorted(content):
        if runs and _bridges(doc, runs[-1][1], i, draft):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    trimmed = []
    for start, end in runs:
        while start < end and (doc[start].text in {*_EDGES, "."} or doc[start].is_space):
            start += 1
        if start < end and doc[start].lower_ == "that" and doc[start].tag_ == "IN":
            start += 1
        if start + 1 < end and doc[start].tag_ == "IN" and doc[start + 1].lower_ in _ASKED:
            # "comment *on* whether it had been told"
            start += 1
        while start < end and (
            doc[end - 1].text in {*_EDGES, ".", "(", "["} or doc[end - 1].is_space
        ):
            end -= 1
        if any(doc[i].is_alpha or doc[i].like_num for i in range(start, end)):
            trimmed.append((start, end))
    return tuple(trimmed)


def _bridges(doc: Doc, start: int, end: int, draft: Draft) -> bool:
    """Whether nothing but marks and white space parts two stretches."""
    return all(
        (doc[i].is_punct or doc[i].is_space) and i not in draft.own for i in range(start, end)
    )
