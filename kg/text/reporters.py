"""Who reports, and to whom: the source and the addressee of a reporting clause."""

from __future__ import annotations

from kg.text.clauses import Clause, Link, Role
from kg.text.cues import Cue
from kg.text.drafts import Draft, Text

# A source between a comma and "said" has no more words than these.
_LONGEST_NAME = 12
_ADDRESSED_BY = {"call": "on", "plead": "with", "appeal": "to"}


def draft_of(
    text: Text, clause: Clause, cue: Cue, span: tuple[int, int], content: frozenset[int]
) -> Draft:
    """The report of a clause with this cue and content: its source and addressee found."""
    source = speaker_of(text, clause)
    if source is None and not clause.passive:
        source = _stray_subject(text, clause)
        stray = text.below(source) if source is not None else frozenset()
        if source is None and clause.tense:
            source, stray = _noun_before(text, clause, content)
        content -= stray
    return Draft(
        cue=cue,
        span=span,
        clause=clause.head,
        source=source,
        addressee=_addressee(text, clause, cue, content),
        content=content,
        own=own_tokens(text, clause, content),
    )


def own_tokens(text: Text, clause: Clause, content: frozenset[int]) -> frozenset[int]:
    """The reporting words themselves: predicate, auxiliaries, source, rest of the clause."""
    found = {clause.head, *clause.auxiliaries, *clause.adverbs}
    for argument in clause.arguments:
        if not argument.inherited and argument.head not in content:
            found |= text.below(argument.head)
    return frozenset(found - content)


def speaker_of(text: Text, clause: Clause) -> int | None:
    """The head of who says it; of a passive, only an expressed agent."""
    if is_asked(text, clause):
        return None
    subjects = clause.of(Role.SUBJECT)
    after = [a for a in subjects if a.head > clause.head and not clause.passive]
    for argument in after or subjects:
        # "The timing appears calculated, said Lim": of two subjects the inverted one speaks
        if text.doc[argument.head].lower_ not in {"it", "there"} or not clause.passive:
            return argument.head
    if clause.link is Link.ADVERBIAL and text.doc[clause.head].tag_ == "VBG":
        # "…, adding that …": the participle's speaker is the one of the clause it hangs on
        parent = text.clauses.parent(clause)
        if parent is not None and parent.surface_subject():
            return parent.surface_subject()[0].head
    return None


def _stray_subject(text: Text, clause: Clause) -> int | None:
    """ "The ministry, in a rebuke, said Budapest had …": both subjects hung on "had"."""
    for child in text.clauses.children(clause.head):
        subjects = [a.head for a in child.of(Role.SUBJECT) if not a.inherited]
        if len(subjects) > 1 and subjects[0] < clause.head < subjects[1]:
            return subjects[0]
    return None


def _noun_before(
    text: Text, clause: Clause, content: frozenset[int]
) -> tuple[int | None, frozenset[int]]:
    """A subject that the parser left in the content: "…, Riyadh and Washington said"."""
    words = set(clause.auxiliaries) | set(clause.adverbs)
    start = clause.head
    while start > 0 and text.doc[start - 1].text != "," and clause.head - start < _LONGEST_NAME:
        start -= 1
    segment = [i for i in range(start, clause.head) if i not in words]
    if start == 0 or text.doc[start - 1].text != "," or not content.issuperset(segment):
        return None, frozenset()
    verbal = any(text.doc[i].tag_.startswith(("VB", "MD", "IN")) for i in segment)
    if not segment or verbal or not any(text.doc[i].pos_ in {"NOUN", "PROPN"} for i in segment):
        return None, frozenset()
    heads = [i for i in segment if text.doc[i].head.i not in segment]
    return heads[0], frozenset(segment)


def is_asked(text: Text, clause: Clause) -> bool:
    """ "Asked whether …, Netanyahu declined": a bare participle before its clause is passive."""
    bare = clause.link is Link.ADVERBIAL and not clause.auxiliaries and not clause.marker
    own_subject = any(not a.inherited for a in clause.of(Role.SUBJECT))
    return bare and not own_subject and text.doc[clause.head].tag_ in {"VBN", "VBD"}


def _addressee(text: Text, clause: Clause, cue: Cue, content: frozenset[int]) -> int | None:
    objects = clause.of(Role.RECIPIENT) + (clause.of(Role.OBJECT) if cue.addressee else ())
    if is_asked(text, clause):
        objects = clause.of(Role.SUBJECT)
    for argument in objects:
        # "told reporters that", "Kyiv was told that"
        if argument.head not in content:
            return argument.head
    for argument in clause.obliques("to", _ADDRESSED_BY.get(clause.verb, "to")):
        # "said to reporters that", "called on Iran to …", "pleaded with them to …"
        if argument.head not in content and text.doc[argument.head].ent_type_ != "DATE":
            return argument.head
    return None
