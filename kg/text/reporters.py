"""Who reports, and to whom: the source and the addressee of a reporting clause."""

from __future__ import annotations

from kg.text.clauses import Argument, Clause, Kind, Link, Role
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
        if source is None and clause.tense and not content:
            source = apposed(text, clause)
        content -= stray
    content |= _fronted_subject(text, clause, content, source)
    content -= _between(text, clause, source)
    return Draft(
        cue=cue,
        span=span,
        clause=clause.head,
        source=source,
        addressee=_addressee(text, clause, cue, content),
        content=content,
        own=own_tokens(text, clause, content),
    )


def _between(text: Text, clause: Clause, source: int | None) -> frozenset[int]:
    """All from the source to its verb, whatever the parser hangs it on.

    "…, President Sarkozy *of France* said", "…, Saudi Arabia *and Oman* said".
    """
    if source is None or not source < clause.head <= source + _LONGEST_NAME:
        return frozenset()
    gap = text.doc.span(source, clause.head)
    verbs = {"VBD", "VBZ", "VBP", "MD", "VB", "WDT", "WP"}
    other = (t for t in gap if t.i not in clause.auxiliaries)
    if any(t.text in {",", ";"} or t.tag_ in verbs for t in other):
        return frozenset()
    phrase = text.phrases.get(source)
    return frozenset(range(min(phrase.start, source) if phrase else source, clause.head))


def _fronted_subject(
    text: Text, clause: Clause, content: frozenset[int], source: int | None
) -> frozenset[int]:
    """The subject of what is told, hung on the verb of telling.

    "*Panetta* urged calm, an official told reporters"; "*the ships* are said to have left".
    """
    if not content:
        return frozenset()
    raised = clause.passive and source is None and text.doc[min(content)].lower_ == "to"
    first = next((c for c in text.clauses.children(clause.head) if c.head in content), None)
    for argument in clause.arguments:
        if argument.head == source or argument.head in content or argument.inherited:
            continue
        if raised and argument.role is Role.OBJECT and argument.head < clause.head:
            return text.nominal(argument.head)
        if argument.role is Role.SUBJECT and first is not None and first.head < clause.head:
            own = {a.head for a in first.of(Role.SUBJECT)}
            if argument.head in own and argument.head < first.head:
                return text.below(argument.head)
    return frozenset()


def own_tokens(text: Text, clause: Clause, content: frozenset[int]) -> frozenset[int]:
    """The reporting words themselves: predicate, auxiliaries, source, rest of the clause."""
    found = {clause.head, *clause.auxiliaries, *clause.adverbs}
    for argument in clause.arguments:
        if not argument.inherited and argument.head not in content:
            found |= text.below(argument.head)
    return frozenset(found - content)


def source_bounds(text: Text, draft: Draft, content: set[int]) -> tuple[int, int] | None:
    """First and last + 1 token of all words that name the source.

    "Jens Holm, an analyst in Oslo", "the US and Britain"; not "Panetta, who was in Beijing".
    """
    if draft.source is None:
        return None
    named = set(text.nominal(draft.source))
    clause = text.clauses.at(draft.clause) if draft.clause is not None else None
    if clause is not None:
        words = {*clause.auxiliaries, *clause.adverbs, *clause.negations, clause.head}
        named |= _between(text, clause, draft.source) - words
    named -= content | set(range(*draft.span))
    start, end = draft.source, draft.source + 1
    while start - 1 in named:
        start -= 1
    while end in named and text.doc[end].text not in {";", ":"}:
        end += 1
    while end - 1 > draft.source and not (text.doc[end - 1].is_alpha or text.doc[end - 1].like_num):
        end -= 1
    while start < draft.source and (
        text.doc[start].is_punct or (text.doc[start].tag_ == "IN" and start + 1 < draft.source)
    ):
        # "*On Friday* army chief Burhan said"
        day = text.doc[start].tag_ == "IN"
        start += 2 if day else 1
    return start, end


def speaker_of(text: Text, clause: Clause) -> int | None:
    """The head of who says it; of a passive, only an expressed agent."""
    if is_asked(text, clause):
        return None
    subjects = clause.of(Role.SUBJECT)
    after = [
        a
        for a in subjects
        if a.head > clause.head
        and not clause.passive
        and _follows(text, clause, a.head)
        and not _says_next(text, clause, a.head)
    ]
    ahead = tuple(a for a in _nearest(text, clause) if a.head < clause.head or clause.passive)
    for argument in after or ahead:
        # "The timing appears calculated, said Lim": of two subjects the inverted one speaks
        if text.doc[argument.head].lower_ not in {"it", "there"} or not clause.passive:
            return argument.head
    if clause.link is Link.ADVERBIAL and text.doc[clause.head].tag_ == "VBG":
        # "…, adding that …": the participle's speaker is the one of the clause it hangs on
        parent = text.clauses.parent(clause)
        if parent is not None and parent.surface_subject():
            return parent.surface_subject()[0].head
    return None


def _follows(text: Text, clause: Clause, noun: int) -> bool:
    """ "said *Lim*"; not "demanded their release, and so did *Reporters Without Borders*"."""
    phrase = text.phrases.get(noun)
    between = text.doc.span(clause.head + 1, phrase.start if phrase is not None else noun)
    return not any(t.text == "," or t.lower_ in {"and", "as", "so"} for t in between)


def _says_next(text: Text, clause: Clause, noun: int) -> bool:
    """ "… and revealed it would pay, sources close to the premier *said*": not who revealed."""
    after = text.doc[noun].right_edge.i + 1
    found = text.clauses.at(after) if after < len(text.doc) else None
    if found is None or found.head == clause.head or found.kind is not Kind.VERBAL:
        return False
    if any(not a.inherited for a in found.of(Role.SUBJECT)) or not found.tense:
        return False
    return bool(text.cues.verb(found.lemma, found.verb, text.doc[after].lower_))


def _nearest(text: Text, clause: Clause) -> tuple[Argument, ...]:
    """The subjects of a clause; of several that are not coordinated the one next to the verb.

    "TOKYO, Sept. 19 - Japan will pay, the premier said": the dateline is nobody's name.
    """
    subjects = clause.of(Role.SUBJECT)
    own = [a for a in subjects if not a.inherited and not a.preposition and a.head < clause.head]
    if len(own) < 2:
        return subjects
    joined = {h for a in own if (p := text.phrases.get(a.head)) for h in p.conjuncts}
    firsts = [a for a in own if a.head not in joined and not _joined_before(text, a.head)]
    return (firsts[-1],) if firsts else subjects


def _joined_before(text: Text, noun: int) -> bool:
    """ "residents *and officials* said", with the two hung on "said" side by side."""
    phrase = text.phrases.get(noun)
    start = phrase.start if phrase is not None else noun
    return start > 0 and text.doc[start - 1].lower_ in {"and", "or"}


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
    verbal = any(text.doc[i].tag_.startswith(("VB", "MD", "W")) for i in segment)
    verbal = verbal or text.doc[start].tag_ in {"IN", "CC"}
    if not segment or verbal or not any(text.doc[i].pos_ in {"NOUN", "PROPN"} for i in segment):
        return None, frozenset()
    heads = [i for i in segment if text.doc[i].head.i not in segment]
    return heads[0], frozenset(segment)


def apposed(text: Text, clause: Clause) -> int | None:
    """A speaker taken for an apposition: "Peace, *a taxi driver* said on Monday, is …"."""
    words = {*clause.auxiliaries, *clause.adverbs}
    last = clause.head - 1
    while last > 0 and last in words:
        last -= 1
    chain = [text.doc[last]]
    while chain[-1].head.i != chain[-1].i and chain[-1].head.i <= last:
        chain.append(chain[-1].head)
    for noun in chain:
        phrase = text.phrases.get(noun.i)
        if phrase is None:
            continue
        before = text.doc[phrase.start - 1].text if phrase.start else ""
        named = noun.pos_ in {"NOUN", "PROPN", "PRON"} and phrase.start <= noun.i
        if named and before == "," and max(text.nominal(noun.i), default=-1) == last:
            return noun.i
    return None


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
