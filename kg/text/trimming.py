"""What does not belong to the content of a report is cut off, once quotations have been given."""

from __future__ import annotations

from kg.text.clauses import Link
from kg.text.drafts import Draft, Text, is_aside
from kg.text.marks import Marks
from kg.text.parsed import Doc

# So few words after the reporting verb tell when or where it was said.
_TAIL = 5
_NAMED_AGAIN = {"claim", "charge", "accusation", "allegation", "assertion", "statement"}
_CONTRAST = {"although", "though", "whereas"}


def trim(text: Text, drafts: list[Draft], contents: list[set[int]], marks: Marks) -> None:
    """Take out of each content, in place, what its report does not hold."""
    doc = text.doc
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(marks.sentence[draft.span[0]], []).append(draft)
    for draft, content in zip(drafts, contents, strict=True):
        _stay_in_sentence(doc, draft, content, marks)
        _drop_tail(draft, content, marks)
        near = by_sentence[marks.sentence[draft.span[0]]]
        _drop_answers(text, near, marks, draft, content)
        _drop_contrast(doc, near, marks, draft, content)
        _clip(draft, content, marks)


def _stay_in_sentence(doc: Doc, draft: Draft, content: set[int], marks: Marks) -> None:
    """Drop what a missed sentence boundary has let into the content of an indirect report."""
    first, last = marks.sentences[marks.sentence[draft.span[0]]]
    stops = [
        i
        for i in range(first, last - 1)
        if doc[i].text == "." and doc[i + 1].text.istitle() and marks.around(i) is None
    ]
    for stop in stops:
        before = {i for i in content if first <= i <= stop}
        after = {i for i in content if stop < i < last}
        content -= before if stop < draft.span[0] else after


def _drop_tail(draft: Draft, content: set[int], marks: Marks) -> None:
    """ "Both have sent warplanes, state TV claimed last week": the week is that of the claim."""
    tail = {i for i in content if i >= draft.span[1]}
    quoted = any(marks.around(i) is not None for i in tail)
    if (
        draft.clause is not None
        and draft.source is not None
        and not quoted
        and len(tail) <= min(_TAIL, len(content) // 3)
    ):
        content -= tail


def _drop_contrast(
    doc: Doc, drafts: list[Draft], marks: Marks, draft: Draft, content: set[int]
) -> None:
    """What the author sets against a report that has ended.

    "Abiola has won, observers said, *even though the count was stopped*"; "Japan will not
    yield, he said, *but he hinted at talks*" – reported again by words of its own.
    """
    tail = {i for i in content if i >= draft.span[1]}
    if draft.source is None:
        # "is believed to be dead, *though his body has not been found*": nobody believes that
        turn = [i for i in tail if doc[i].lower_ in _CONTRAST and doc[i - 1].text == ","]
        content -= {i for i in tail if turn and i >= min(turn)}
        return
    fronted = bool(content) and min(content) < draft.span[0] and draft.clause is not None
    if not fronted or not tail or any(marks.around(i) is not None for i in tail):
        return
    words = [doc[i].lower_ for i in sorted(tail) if doc[i].is_alpha]
    joined = words[:1] == ["but"] or words[:1] == ["and"]
    # "but" itself may have stayed with the verb of saying
    before = doc[min(tail) - 1].lower_ in {"but", "and"}
    own = any(
        other.source in tail and other.span[0] in tail and other.clause is not None
        for other in drafts
        if other is not draft
    )
    against = bool(words) and (words[0] in _CONTRAST or words[:2] == ["even", "though"])
    if against or ((joined or before) and own):
        content -= tail


def _drop_answers(
    text: Text, drafts: list[Draft], marks: Marks, draft: Draft, content: set[int]
) -> None:
    """What others say to it, told by the author in passing.

    "alleges that the bank misled them, *a claim the bank disputes*"; "would close the loophole,
    *which her opponent says does not exist*".
    """
    doc = text.doc
    for other in drafts:
        clause = text.clauses.at(other.clause)
        if other is draft or clause is None or clause.link is not Link.RELATIVE:
            continue
        if other.source is None or other.span[0] not in content or other.span[0] < draft.span[0]:
            continue
        if doc[other.source].pos_ == "PRON" or marks.around(other.span[0]) is not None:
            continue
        head = clause.head
        anchor = text.clauses.at(clause.anchor)
        if not is_aside(doc, clause):
            if anchor is None or anchor.lemma not in _NAMED_AGAIN:
                continue
            phrase = text.phrases.get(anchor.head)
            if phrase is None or phrase.start == 0 or doc[phrase.start - 1].text != ",":
                continue
            head = anchor.head
        content -= text.below(head)


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
