"""Which quotation belongs to whom.

A quotation that runs over several sentences keeps its speaker. A sentence that is all
quotation and names no speaker belongs to the last one before it in its paragraph; a paragraph
that takes up an open quotation, to whoever began it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.text.cues import load_cues
from kg.text.drafts import Draft, Text
from kg.text.marks import Marks
from kg.text.parsed import Doc
from kg.text.quotations import Quotation
from kg.text.trimming import trim

_SPEAKING = {"says", "adds", "warns", "promises", "threatens", "accuses", "denies", "confirms"}
_SPEAKING |= {"asks", "demands", "believes", "feels", "knows"}
# "«Nous sommes prêts», the general said": so near, marks hold speech in any language.
_ADJACENT = 4
_QUOTING_WORDS = {"quote", "cite"}
_QUOTING_REACH = 24


@dataclass(slots=True)
class _Giver:
    """Drafts of a document with their growing contents."""

    doc: Doc
    drafts: list[Draft]
    marks: Marks
    contents: list[set[int]] = field(default_factory=list)
    by_sentence: dict[int, list[int]] = field(default_factory=dict)


def give_quotations(text: Text, drafts: list[Draft], marks: Marks) -> list[set[int]]:
    """The contents of the drafts, completed by the quotations that belong to them.

    ``drafts`` is changed in place where a source follows from the surroundings.
    """
    giver = _Giver(text.doc, drafts, marks)
    for n, draft in enumerate(drafts):
        giver.by_sentence.setdefault(marks.sentence[draft.span[0]], []).append(n)
    for group in giver.by_sentence.values():
        _lift_participles(giver, group)
        _join_citing(giver, group)
    giver.contents = [set(draft.content) for draft in drafts]
    _give(giver)
    trim(text, drafts, giver.contents, marks)
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
    doc, drafts = giver.doc, giver.drafts
    for n in group:
        draft = drafts[n]
        if not draft.quoting or draft.content or draft.cue.words not in _QUOTING_WORDS:
            continue
        if draft.source is not None and not _can_tell(doc, draft.source):
            # "expects lower earnings, citing weak demand"
            continue
        hosts = [m for m in group if m != n and drafts[m].content and not drafts[m].hedge]
        hosts = [m for m in hosts if drafts[m].source is not None]
        if hosts:
            host = min(hosts, key=lambda m: abs(drafts[m].span[0] - draft.span[0]))
            rest = draft.own | {draft.span[0]}
            drafts[n] = replace(draft, content=drafts[host].content - rest)


def _can_tell(doc: Doc, noun: int) -> bool:
    token = doc[noun]
    return token.pos_ in {"PROPN", "PRON"} or token.lemma_.lower() in load_cues().speakers


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
            group = group or _so_said(giver, quotation)
        if not group:
            continue
        for n in group:
            giver.contents[n] |= set(range(quotation.start, quotation.end))
        if quotation.depth == 0:
            last = (group, paragraph, marks.sentence[quotation.end - 1])
            opened = group if quotation.open_end else ()


def _so_said(giver: _Giver, quotation: Quotation) -> tuple[int, ...]:
    """ "“They will pay.” *So said the general* on Friday." """
    after = giver.marks.sentence[quotation.end - 1] + 1
    if after >= len(giver.marks.sentences):
        return ()
    first = giver.doc[giver.marks.sentences[after][0]]
    if first.lower_ not in {"so", "thus"}:
        return ()
    group = giver.by_sentence.get(after, ())
    return tuple(n for n in group if not giver.contents[n] and giver.drafts[n].source is not None)


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
        if not quotation.start <= drafts[n].span[0] < quotation.end
        and not drafts[n].hedge
        and not _names_source(drafts[n], quotation)
    ]
    taking = [n for n in outside if contents[n] & words]
    if taking:
        # It runs on beyond the sentence that the report's grammar reaches.
        return tuple(
            n for n in taking if words <= contents[n] or _is_mostly(contents[n], quotation)
        )
    near = [
        n
        for n in outside
        if drafts[n].cue.kind in _SPEAKING
        and not _too_far(drafts[n], quotation)
        # "the president had been briefed": who is told does not speak
        and not (drafts[n].cue.addressee and drafts[n].source is None)
    ]
    empty = [n for n in near if not contents[n]]
    beside = [n for n in empty if 0 <= _distance(drafts[n], quotation) <= _ADJACENT]
    if not beside and not _has_predicate(giver, quotation):
        # It only sets a word apart: the "so-called" quotation.
        return _trailing(giver, near, quotation)
    candidates = empty or [n for n in near if drafts[n].source is not None]
    if not candidates:
        return ()
    return _with_outer(giver, min(candidates, key=lambda n: _distance(drafts[n], quotation)))


def _names_source(draft: Draft, quotation: Quotation) -> bool:
    """ "The so-called “Islamic State” claimed …": the marks stand around who speaks."""
    return draft.source is not None and quotation.start <= draft.source < quotation.end


def _too_far(draft: Draft, quotation: Quotation) -> bool:
    """Whether a verb that says nothing by itself ("began", "smiled") stands elsewhere."""
    bare = not draft.cue.takes and draft.cue.words not in _QUOTING_WORDS | {"read"}
    return bare and _distance(draft, quotation) > _ADJACENT


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
    return any(t.tag_ in finite for t in giver.doc.span(quotation.start, quotation.end))


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
