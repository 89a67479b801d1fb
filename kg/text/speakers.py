"""Which quotation belongs to whom.

A quotation that runs over several sentences keeps its speaker. A sentence that is all
quotation and names no speaker belongs to the last one before it in its paragraph; a paragraph
that takes up an open quotation, to whoever began it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.text.drafts import Draft
from kg.text.quotations import Quotation, paragraph_bounds

_SPEAKING = {"says", "adds", "warns", "promises", "threatens", "accuses", "denies", "confirms"}
_SPEAKING |= {"asks", "demands", "believes", "feels", "knows"}
# So few words after the reporting verb tell when or where it was said.
_TAIL = 5
# "«Nous sommes prêts», the general said": so near, marks hold speech in any language.
_ADJACENT = 4
_QUOTING_WORDS = {"quote", "cite"}
_QUOTING_REACH = 24


class Marks:
    """The quotations of a document, with the sentences and paragraphs that they stand in."""

    def __init__(self, doc: Doc, quotations: tuple[Quotation, ...]) -> None:
        self.quotations = quotations
        self._around: dict[int, Quotation] = {}
        self._within: dict[int, Quotation] = {}
        for quotation in sorted(quotations, key=lambda q: q.depth):
            for i in range(quotation.start, quotation.end):
                self._around.setdefault(i, quotation)
                self._within[i] = quotation
        self.sentences = [(s.start, s.end) for s in doc.sents]
        self.sentence = [n for n, (a, b) in enumerate(self.sentences) for _ in range(a, b)]
        self.paragraph: list[int] = []
        bounds, n = paragraph_bounds(doc.text), 0
        for token in doc:
            while n + 1 < len(bounds) and token.idx >= bounds[n][1] and not token.is_space:
                n += 1
            self.paragraph.append(n)

    def around(self, token: int) -> Quotation | None:
        """The outermost quotation around a token."""
        return self._around.get(token)

    def within(self, token: int) -> Quotation | None:
        """The innermost quotation around a token."""
        return self._within.get(token)


@dataclass(slots=True)
class _Giver:
    """Drafts of a document with their growing contents."""

    doc: Doc
    drafts: list[Draft]
    marks: Marks
    contents: list[set[int]] = field(default_factory=list)
    by_sentence: dict[int, list[int]] = field(default_factory=dict)


def give_quotations(doc: Doc, drafts: list[Draft], marks: Marks) -> list[set[int]]:
    """The contents of the drafts, completed by the quotations that belong to them.

    ``drafts`` is changed in place where a source follows from the surroundings.
    """
    giver = _Giver(doc, drafts, marks)
    for n, draft in enumerate(drafts):
        giver.by_sentence.setdefault(marks.sentence[draft.span[0]], []).append(n)
    for group in giver.by_sentence.values():
        _lift_participles(giver, group)
        _join_citing(giver, group)
    giver.contents = [set(draft.content) for draft in drafts]
    _give(giver)
    for draft, content in zip(drafts, giver.contents, strict=True):
        _stay_in_sentence(doc, draft, content, marks)
        _drop_tail(draft, content, marks)
        _clip(draft, content, marks)
    return giver.contents


# --- joining drafts -----------------------------------------------------------------------------


def _lift_participles(giver: _Giver, group: list[int]) -> None:
    """ "X said that Y had left, adding that …": it is X who adds, wherever the parser hangs it."""
    doc, drafts = giver.doc, giver.drafts
    for n in group:
        draft = drafts[n]
        if draft.clause is None or doc[draft.clause].tag_ != "VBG" or draft.quoting:
            continue
        first = min(draft.own | {draft.clause})
        if first == 0 or "," not in {doc[first - 1].text, doc[first].text}:
            continue
        hosts = [
            m
            for m in group
            if drafts[m].source is not None
            and not (drafts[m].hedge or drafts[m].beside)
            and drafts[m].span[0] < draft.span[0]
            and draft.span[0] in drafts[m].content
            and drafts[m].cue.kind in _SPEAKING
        ]
        if hosts:
            host = drafts[hosts[0]]
            whole = draft.content | draft.own | {draft.clause}
            drafts[hosts[0]] = replace(host, content=host.content - whole)
            drafts[n] = replace(draft, source=host.source)


def _join_citing(giver: _Giver, group: list[int]) -> None:
    """ "…, Reuters said, citing officials": the officials stand behind what Reuters says."""
    drafts = giver.drafts
    for n in group:
        draft = drafts[n]
        if not draft.quoting or draft.content or draft.cue.words not in _QUOTING_WORDS:
            continue
        hosts = [m for m in group if m != n and drafts[m].content and not drafts[m].hedge]
        hosts = [m for m in hosts if drafts[m].source is not None]
        if hosts:
            host = min(hosts, key=lambda m: abs(drafts[m].span[0] - draft.span[0]))
            rest = draft.own | {draft.span[0]}
            drafts[n] = replace(draft, content=drafts[host].content - rest)


# --- giving -------------------------------------------------------------------------------------


def _give(giver: _Giver) -> None:
    marks = giver.marks
    last: tuple[tuple[int, ...], int, int] | None = None
    opened: tuple[int, ...] = ()
    for quotation in marks.quotations:
        if not _words(giver, quotation):
            continue
        here, paragraph = marks.sentence[quotation.start], marks.paragraph[quotation.start]
        group = _owners(giver, quotation)
        if not group and quotation.depth == 0 and _is_speech(giver, quotation):
            if quotation.resumed and opened:
                group = opened
            elif last is not None and here - last[2] <= 1 and last[1] == paragraph:
                group = last[0]
            elif here and marks.paragraph[marks.sentences[here - 1][0]] == paragraph:
                group = _speaker_in(giver, here - 1)
        if not group:
            continue
        for n in group:
            giver.contents[n] |= set(range(quotation.start, quotation.end))
        if quotation.depth == 0:
            last = (group, paragraph, marks.sentence[quotation.end - 1])
            opened = group if quotation.open_end else ()


def _words(giver: _Giver, quotation: Quotation) -> set[int]:
    return {i for i in range(quotation.start, quotation.end) if giver.doc[i].is_alpha}


def _owners(giver: _Giver, quotation: Quotation) -> tuple[int, ...]:
    """The reports in whose sentence the quotation stands and which it continues."""
    drafts, contents, marks = giver.drafts, giver.contents, giver.marks
    words = _words(giver, quotation)
    touched = range(marks.sentence[quotation.start], marks.sentence[quotation.end - 1] + 1)
    outside = [
        n
        for sentence in touched
        for n in giver.by_sentence.get(sentence, ())
        if not quotation.start <= drafts[n].span[0] < quotation.end and not drafts[n].hedge
    ]
    taking = [n for n in outside if contents[n] & words]
    if taking:
        # It runs on beyond the sentence that the report's grammar reaches.
        return tuple(
            n for n in taking if words <= contents[n] or _is_mostly(contents[n], quotation)
        )
    near = [n for n in outside if drafts[n].cue.kind in _SPEAKING]
    empty = [n for n in near if not contents[n]]
    beside = [n for n in empty if 0 <= _distance(drafts[n], quotation) <= _ADJACENT]
    if not beside and not _has_predicate(giver, quotation):
        # It only sets a word apart: the "so-called" quotation.
        return _trailing(giver, near, quotation)
    candidates = empty or [n for n in near if drafts[n].source is not None]
    if not candidates:
        return ()
    return _with_outer(giver, min(candidates, key=lambda n: _distance(drafts[n], quotation)))


def _trailing(giver: _Giver, near: list[int], quotation: Quotation) -> tuple[int, ...]:
    """ "said it was following events “with great concern”": hung on "said", but part of it."""
    return tuple(
        n
        for n in near
        if giver.contents[n]
        and max(giver.contents[n]) == quotation.start - 1
        and giver.drafts[n].span[1] <= min(giver.contents[n])
    )


def _is_mostly(content: set[int], quotation: Quotation) -> bool:
    inside = sum(1 for i in content if quotation.start <= i < quotation.end)
    return inside * 2 > len(content)


def _distance(draft: Draft, quotation: Quotation) -> int:
    if draft.span[1] <= quotation.start:
        return quotation.start - draft.span[1]
    return draft.span[0] - quotation.end


def _has_predicate(giver: _Giver, quotation: Quotation) -> bool:
    finite = {"VBD", "VBZ", "VBP", "MD", "VB"}
    return any(t.tag_ in finite for t in giver.doc[quotation.start : quotation.end])


def _is_speech(giver: _Giver, quotation: Quotation) -> bool:
    """Whether the quotation fills the sentences that it touches."""
    marks, doc = giver.marks, giver.doc
    start = marks.sentences[marks.sentence[quotation.start]][0]
    end = marks.sentences[marks.sentence[quotation.end - 1]][1]
    around = [*range(start, quotation.start), *range(quotation.end, end)]
    return not any(doc[i].is_alpha or doc[i].like_num for i in around)


def _with_outer(giver: _Giver, n: int) -> tuple[int, ...]:
    """A report and those that report it: state media's report of what Kim said."""
    drafts = giver.drafts
    group = giver.by_sentence[giver.marks.sentence[drafts[n].span[0]]]
    outer = [m for m in group if not drafts[m].hedge and drafts[n].span[0] in giver.contents[m]]
    # "KCNA quoted him as saying": two links of one phrase
    pair = [
        m
        for m in group
        if drafts[n].quoting != drafts[m].quoting
        and {drafts[n].cue.words, drafts[m].cue.words} <= _QUOTING_WORDS
        and abs(drafts[n].span[0] - drafts[m].span[0]) < _QUOTING_REACH
    ]
    return tuple(sorted({n, *outer, *pair}))


def _speaker_in(giver: _Giver, sentence: int) -> tuple[int, ...]:
    """The main report of a sentence, with those around it."""
    drafts = giver.drafts
    found = [
        n
        for n in giver.by_sentence.get(sentence, ())
        if not drafts[n].hedge
        and drafts[n].source is not None
        and drafts[n].cue.kind in _SPEAKING
        and giver.contents[n]
    ]
    if not found:
        return ()
    # The outermost report that is not itself "…, state media reported"; the last of several
    inner = [n for n in found if not drafts[n].beside] or found
    shallow = min(len(_with_outer(giver, n)) for n in inner)
    return _with_outer(giver, [n for n in inner if len(_with_outer(giver, n)) == shallow][-1])


# --- cutting ------------------------------------------------------------------------------------


def _stay_in_sentence(doc: Doc, draft: Draft, content: set[int], marks: Marks) -> None:
    """Drop what a missed sentence boundary has let into the content of an indirect report."""
    first, last = marks.sentences[marks.sentence[draft.span[0]]]
    stops = [
        i
        for i in range(first, last - 1)
        if doc[i].text == "." and doc[i + 1].is_title and marks.around(i) is None
    ]
    for stop in stops:
        before = {i for i in content if first <= i <= stop}
        after = {i for i in content if stop < i < last}
        content -= before if stop < draft.span[0] else after


def _drop_tail(draft: Draft, content: set[int], marks: Marks) -> None:
    """ "Both have sent warplanes, state TV claimed last week": the week is that of the claim."""
    tail = {i for i in content if i >= draft.span[1]}
    quoted = any(marks.around(i) is not None for i in tail)
    if draft.clause is not None and not quoted and len(tail) <= min(_TAIL, len(content) // 3):
        content -= tail


def _clip(draft: Draft, content: set[int], marks: Marks) -> None:
    """ "“We heard shots,” he said on condition of anonymity": after the speaker only quotation."""
    around = marks.around(draft.span[0])
    if around is not None and not draft.beside:
        # What is reported within a quotation ends with it.
        content &= set(range(around.start, around.end))
        return
    opening = marks.around(min(content)) if content else None
    if opening is None or opening.end > draft.span[0] or draft.beside:
        return
    content -= {i for i in content if i >= draft.span[1] and marks.around(i) is None}
