"""Who says what: every report of speech or belief, with its source, cue and content.

Reports come from words (``reporting``) and from quotation marks (``quotations``). A quotation
that runs over several sentences keeps its speaker; a sentence that is all quotation and names
no speaker belongs to the last one before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.statement import Stance
from kg.text.clauses import Clauses
from kg.text.phrases import NounPhrase
from kg.text.quotations import Quotation, find_quotations, paragraph_bounds
from kg.text.reporting import Draft, find_drafts

# "«Nous sommes prêts», the general said": so near, marks hold speech in any language.
_ADJACENT = 4
# So few words after the reporting verb tell when or where it was said.
_TAIL = 5
_EDGES = {",", ";", ":", "—", "–", "-", "--"}
_SPEAKING = {"says", "adds", "warns", "promises", "threatens", "accuses", "denies", "confirms"}
_SPEAKING |= {"asks", "demands", "believes"}


@dataclass(frozen=True, slots=True)
class Report:
    """Content that a source says, believes, denies, asks …

    ``source`` and ``addressee`` are head tokens of noun phrases; a report without a source is
    a hedge ("reportedly", "is said to"). ``cue`` and ``content`` are (start, end) tokens,
    ``chars`` the (start, end) characters of each part of the content: all parts of a broken
    or several-sentence quotation belong to one report.
    """

    source: int | None
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

    def chain(self, token: int) -> tuple[Report, ...]:
        """The reports whose content covers a token, the outermost source first."""
        covering = [r for r in self.reports if r.covers(token)]
        return tuple(sorted(covering, key=lambda r: -_size(r.content)))

    def of_clause(self, head: int | None) -> Report | None:
        """The report whose cue is the predicate of this clause; of two, the inner one."""
        found = [r for r in self.reports if head is not None and r.cue_clause == head]
        return found[-1] if found else None

    def quoted(self, token: int) -> bool:
        """Whether the token stands between quotation marks."""
        return any(q.start <= token < q.end for q in self.quotations)


def _size(ranges: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in ranges)


def find_reports(doc: Doc, clauses: Clauses, phrases: dict[int, NounPhrase]) -> Reports:
    """All reports of a document, quotations without a speaker of their own included."""
    quotations = find_quotations(doc)
    drafts = find_drafts(doc, clauses, phrases)
    drafts = _lift_participles(doc, clauses, drafts)
    drafts = _join_citing(doc, drafts)
    contents = [set(draft.content) for draft in drafts]
    _give_quotations(doc, drafts, contents, quotations)
    for draft, content in zip(drafts, contents, strict=True):
        _clip(draft, content, quotations)
    found = []
    for draft, content in zip(drafts, contents, strict=True):
        ranges = _ranges(doc, content, draft)
        if ranges:
            found.append(_report(doc, draft, ranges, quotations))
    return Reports(tuple(found), quotations)


def _clip(draft: Draft, content: set[int], quotations: tuple[Quotation, ...]) -> None:
    """"“We heard shots,” he said on condition of anonymity": after the speaker only quotation."""
    _drop_tail(draft, content, quotations)
    around = next((q for q in quotations if q.start <= draft.span[0] < q.end), None)
    if around is not None and not draft.beside:
        # What is reported within a quotation ends with it.
        content &= set(range(around.start, around.end))
        return
    first = min(content, default=None)
    opening = next((q for q in quotations if first is not None and q.start <= first < q.end), None)
    if opening is None or opening.end > draft.span[0] or draft.beside:
        return
    quoted = {i for q in quotations for i in range(q.start, q.end)}
    content -= {i for i in content if i >= draft.span[1] and i not in quoted}


def _drop_tail(draft: Draft, content: set[int], quotations: tuple[Quotation, ...]) -> None:
    """"Both have sent warplanes, state TV claimed last week": the week is that of the claim."""
    tail = {i for i in content if i >= draft.span[1]}
    quoted = any(q.start <= i < q.end for q in quotations for i in tail)
    if draft.clause is not None and not quoted and len(tail) <= min(_TAIL, len(content) // 3):
        content -= tail


def _report(
    doc: Doc, draft: Draft, ranges: tuple[tuple[int, int], ...], quotations: tuple[Quotation, ...]
) -> Report:
    quoted = sum(
        1
        for start, end in ranges
        for i in range(start, end)
        if any(q.start <= i < q.end and not q.start <= draft.span[0] < q.end for q in quotations)
    )
    return Report(
        source=draft.source,
        cue=draft.span,
        cue_clause=draft.clause,
        stance=draft.cue.stance,
        kind=draft.cue.kind,
        content=ranges,
        chars=tuple((doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges),
        direct=quoted * 2 > _size(ranges) and doc[ranges[0][0]].is_punct,
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
        while start < end and (
            doc[end - 1].text in {*_EDGES, ".", "(", "["} or doc[end - 1].is_space
        ):
            end -= 1
        if any(doc[i].is_alpha or doc[i].like_num for i in range(start, end)):
            trimmed.append((start, end))
    return tuple(trimmed)


def _bridges(doc: Doc, start: int, end: int, draft: Draft) -> bool:
    return all(
        (doc[i].is_punct or doc[i].is_space) and i not in draft.own for i in range(start, end)
    )


# --- joining drafts ------------------------------------------------------------------------------


def _lift_participles(doc: Doc, clauses: Clauses, drafts: list[Draft]) -> list[Draft]:
    """ "X said that Y had left, adding that …": it is X who adds, wherever the parser hangs it."""
    lifted = list(drafts)
    for n, draft in enumerate(drafts):
        clause = clauses.at(draft.clause)
        if clause is None or doc[clause.head].tag_ != "VBG" or clause.marker or draft.quoting:
            continue
        own_start = min(draft.own | {clause.head})
        if own_start == 0 or "," not in {doc[own_start - 1].text, doc[own_start].text}:
            continue
        host = next(
            (
                m
                for m, other in enumerate(lifted)
                if m != n
                and other.source is not None
                and not other.hedge
                and not other.beside
                and other.span[0] < draft.span[0]
                and draft.span[0] in other.content
                and other.cue.kind in _SPEAKING
            ),
            None,
        )
        if host is None:
            continue
        whole = draft.content | set(range(min(draft.own | {clause.head}), clause.end))
        lifted[host] = replace(lifted[host], content=lifted[host].content - whole)
        lifted[n] = replace(draft, source=lifted[host].source)
    return lifted


def _join_citing(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """ "…, Reuters said, citing officials": the officials stand behind what Reuters says."""
    joined = list(drafts)
    for n, draft in enumerate(drafts):
        if not draft.quoting or draft.content or draft.cue.words not in {"cite", "quote"}:
            continue
        sentence = doc[draft.span[0]].sent
        hosts = [
            other
            for other in drafts
            if other.content
            and not other.hedge
            and sentence.start <= other.span[0] < sentence.end
            and other.source is not None
            and other is not draft
        ]
        if hosts:
            host = min(hosts, key=lambda d: abs(d.span[0] - draft.span[0]))
            rest = draft.own | {draft.span[0]}
            joined[n] = replace(draft, content=frozenset(host.content - rest))
    return joined


# --- quotations ----------------------------------------------------------------------------------


def _give_quotations(
    doc: Doc, drafts: list[Draft], contents: list[set[int]], quotations: tuple[Quotation, ...]
) -> None:
    """Extend contents by the quotations that belong to them, in place."""
    paragraph_of = _paragraphs(doc)
    sentences = [(s.start, s.end) for s in doc.sents]
    index = {i: n for n, (a, b) in enumerate(sentences) for i in range(a, b)}
    last: tuple[tuple[int, ...], int, int] | None = None
    open_speaker: tuple[int, ...] = ()
    for quotation in quotations:
        inside = set(range(quotation.start, quotation.end))
        # The sentences that the quotation touches, its marks at a sentence's edge apart
        body = [i for i in sorted(inside) if doc[i].is_alpha]
        if not body:
            continue
        group = _owners(doc, drafts, contents, quotation, sentences, index)
        if not group and quotation.depth == 0 and _is_speech(doc, quotation, sentences, index):
            before = _speaker_before(doc, drafts, contents, quotation, sentences, index)
            same = before and paragraph_of[quotation.start] == paragraph_of[before[1]]
            if quotation.resumed and open_speaker:
                group = open_speaker
            elif (
                last is not None
                and index[quotation.start] - last[2] <= 1
                and (last[1] == paragraph_of[quotation.start])
            ):
                group = last[0]
            elif before and same:
                group = before[0]
        if not group:
            continue
        for n in group:
            contents[n] |= inside
        if quotation.depth == 0:
            last = (group, paragraph_of[quotation.start], index[quotation.end - 1])
            open_speaker = group if quotation.open_end else ()


def _paragraphs(doc: Doc) -> list[int]:
    bounds = paragraph_bounds(doc.text)
    found, n = [], 0
    for token in doc:
        while n + 1 < len(bounds) and token.idx >= bounds[n][1] and not token.is_space:
            n += 1
        found.append(n)
    return found


def _owners(
    doc: Doc,
    drafts: list[Draft],
    contents: list[set[int]],
    quotation: Quotation,
    sentences: list[tuple[int, int]],
    index: dict[int, int],
) -> tuple[int, ...]:
    """The reports in whose sentence the quotation stands and which it continues."""
    inside = set(range(quotation.start, quotation.end))
    words = {i for i in inside if doc[i].is_alpha}
    outside = [n for n, d in enumerate(drafts) if d.span[0] not in inside and not d.hedge]
    taking = [n for n in outside if contents[n] & words]
    first, last = index[quotation.start], index[quotation.end - 1]
    if taking:
        # It runs on beyond the sentence that the report's grammar reaches.
        return tuple(n for n in taking if _mostly(contents[n], inside) or words <= contents[n])
    if not _has_predicate(doc, quotation) and not any(
        0 <= _distance(drafts[n].span, quotation) <= _ADJACENT and not contents[n] for n in outside
    ):
        return ()
    near = [
        n
        for n in outside
        if first <= index[drafts[n].span[0]] <= last
        and drafts[n].cue.kind in _SPEAKING
    ]
    empty = [n for n in near if not contents[n]]
    if empty:
        nearest = min(empty, key=lambda n: _distance(drafts[n].span, quotation))
        return _with_outer(drafts, contents, nearest)
    rest = [n for n in outside if first <= index[drafts[n].span[0]] <= last]
    rest = [n for n in rest if drafts[n].cue.kind in _SPEAKING and drafts[n].source is not None]
    if rest:
        nearest = min(rest, key=lambda n: _distance(drafts[n].span, quotation))
        return _with_outer(drafts, contents, nearest)
    return ()


def _mostly(content: set[int], inside: set[int]) -> bool:
    return len(content & inside) * 2 > len(content)


def _distance(span: tuple[int, int], quotation: Quotation) -> int:
    return quotation.start - span[1] if span[1] <= quotation.start else span[0] - quotation.end


def _has_predicate(doc: Doc, quotation: Quotation) -> bool:
    """Whether a quotation says something, rather than set a word apart ("so-called" quotes)."""
    tokens = doc[quotation.start : quotation.end]
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"} for t in tokens)


def _is_speech(
    doc: Doc,
    quotation: Quotation,
    sentences: list[tuple[int, int]],
    index: dict[int, int],
) -> bool:
    """Whether the quotation fills the sentences that it touches."""
    start = sentences[index[quotation.start]][0]
    end = sentences[index[quotation.end - 1]][1]
    outside = [
        i
        for i in range(start, end)
        if not quotation.start <= i < quotation.end and (doc[i].is_alpha or doc[i].like_num)
    ]
    return not outside


def _with_outer(drafts: list[Draft], contents: list[set[int]], n: int) -> tuple[int, ...]:
    """A report and those that report it: state media's report of what Kim said."""
    outer = [
        m
        for m in range(len(drafts))
        if m != n and not drafts[m].hedge and drafts[n].span[0] in contents[m]
    ]
    pair = [
        m
        for m in range(len(drafts))
        if m != n
        and drafts[n].quoting != drafts[m].quoting
        and {drafts[n].cue.words, drafts[m].cue.words} <= {"quote", "cite"}
        and abs(drafts[n].span[0] - drafts[m].span[0]) < 12
    ]
    return tuple(sorted({n, *outer, *pair}))


def _speaker_before(
    doc: Doc,
    drafts: list[Draft],
    contents: list[set[int]],
    quotation: Quotation,
    sentences: list[tuple[int, int]],
    index: dict[int, int],
) -> tuple[tuple[int, ...], int] | None:
    """The main report of the sentence before a quotation, with those around it."""
    here = index[quotation.start]
    if here == 0:
        return None
    start, end = sentences[here - 1]
    found = [
        n
        for n, d in enumerate(drafts)
        if start <= d.span[0] < end
        and not d.hedge
        and d.source is not None
        and d.cue.kind in _SPEAKING
        and contents[n]
    ]
    if not found:
        return None
    depth = {n: len(_with_outer(drafts, contents, n)) for n in found}
    inner = [n for n in found if not drafts[n].beside] or found
    # Outermost reporting clause of the sentence that is not itself "…, state media reported"
    shallow = min(depth[n] for n in inner)
    main = [n for n in inner if depth[n] == shallow][-1]
    return _with_outer(drafts, contents, main), start
