"""Reports by verbs: "said that", "accused X of", "…, state media reported", "quoted as saying"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.contents import complements, denied_noun, is_formulaic
from kg.text.cues import Cue
from kg.text.drafts import Draft, Text
from kg.text.reporters import draft_of, is_asked, own_tokens, speaker_of
from kg.text.reporting_nouns import adjective_report

_QUOTING = {"quote", "cite"}
# How many words a quoted person's name and titles may have.
_QUOTING_REACH = 24
_COMMAS = {",", "—", "–", "-", "--", ":", ";"}
_COORDINATORS = {"and", "but", "or", "nor", "yet"}


def verb_report(text: Text, clause: Clause) -> Iterator[Draft]:
    """The reports that a verbal clause makes: mostly none or one, two for "quoted X as saying"."""
    form = text.doc[clause.head].lower_
    agents = [a for a in clause.of(Role.SUBJECT) if a.preposition]
    participle = clause.passive or (text.doc[clause.head].tag_ == "VBN" and not clause.perfect)
    if participle and form in text.cues.adjectives and not agents:
        # "is convinced that", "are worried that", read as passives
        yield from adjective_report(text, clause, text.cues.adjectives[form])
        return
    span = _verb_span(text, clause)
    if clause.verb == "make":
        yield from _make_clear(text, clause)
        return
    cues = text.cues.verb(clause.lemma, clause.verb, form)
    if not cues or _quoting_verb(text, clause) is not None:
        # "as saying" is told with the quoting verb
        return
    if clause.verb in _QUOTING:
        yield from _quoting(text, clause, cues[0], span)
        return
    for cue in cues:
        content = complements(text, clause, cue)
        if content and not is_formulaic(text, content):
            draft = draft_of(text, clause, cue, span, content)
            said = clause.passive or clause.tense or is_asked(text, clause)
            nominals = clause.of(Role.OBJECT) + clause.of(Role.OBLIQUE)
            named = any(a.head in content for a in nominals)
            if draft.source is not None or (said and not (clause.passive and named)):
                # else "hard to believe that", "the ships can be guaranteed": nobody says it
                yield draft
            return
    cue = cues[0]
    if denied := denied_noun(text, clause, cue):
        yield draft_of(text, clause, cue, span, denied)
    elif beside := _beside(text, clause, cue):
        own = _block(text, clause.head)
        yield replace(draft_of(text, clause, cue, span, beside), own=own, beside=True)
    elif "that" in cue.takes or not cue.takes:
        # Its content may still be a quotation nearby.
        yield draft_of(text, clause, cue, span, frozenset())


def _make_clear(text: Text, clause: Clause) -> Iterator[Draft]:
    """ "made (it) clear that …" """
    cue = text.cues.verbs["make clear"][0]
    for child in text.clauses.children(clause.head):
        if child.verb != "clear":
            continue
        content = complements(text, child, cue) or complements(text, clause, cue) - text.below(
            child.head
        )
        if content:
            yield draft_of(text, clause, cue, (clause.head, child.head + 1), content)


def _verb_span(text: Text, clause: Clause) -> tuple[int, int]:
    end = clause.head + 1
    if " " in clause.lemma:
        particle = clause.lemma.rsplit(" ", 1)[1]
        for i in range(end, min(end + 4, len(text.doc))):
            if text.doc[i].lower_ == particle:
                return clause.head, i + 1
    return clause.head, end


def _beside(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """The content of a reporting clause set beside it: "…, state media reported".

    The parser may call it a conjunct of the first verb, an aside or an adverbial; its form
    tells: a subject of its own, a finite verb of saying, no content, a comma before it and no
    conjunction.
    """
    if "that" not in cue.takes or not clause.tense:
        return frozenset()
    subjects = [a for a in clause.surface_subject() if not a.inherited]
    if not subjects or (clause.of(Role.OBJECT) and not clause.passive):
        return frozenset()
    if clause.passive and text.doc[subjects[0].head].lower_ != "it":
        # "Lula, it is understood, phoned Maduro" against "the man, who was told"
        return frozenset()
    start, end = text.sentence(clause.head)
    if clause.link is Link.ROOT:
        return _before(text, clause)
    if clause.marker not in {"", "as"}:
        return frozenset()
    own = _block(text, clause.head)
    first = min(own)
    if text.doc[first].text in _COMMAS:
        first += 1
    comma = first > start and (
        text.doc[first - 1].text in _COMMAS or text.doc[first].text in _COMMAS
    )
    if clause.marker == "as" and min(i for i in own if text.doc[i].is_alpha) == start:
        # "As the BBC reported, …"
        comma = True
    if not comma:
        return frozenset()
    if text.doc[first].lower_ in _COORDINATORS or text.doc[first - 1].lower_ in _COORDINATORS:
        return frozenset()
    rest = [t for t in text.doc[max(own) + 1 : end] if t.is_alpha]
    if not rest:
        # "…, state media reported." holds for the whole sentence before it
        return frozenset(range(start, end)) - own
    if clause.link is Link.CONJUNCT:
        return frozenset()
    governor = text.clauses.governor(clause)
    # "Hungary, Orban said, will not send weapons": for the clause it interrupts
    return text.below(governor.head) - own if governor is not None else frozenset()


def _block(text: Text, head: int) -> frozenset[int]:
    """The unbroken stretch around a token of what hangs on it.

    "…, but only if …, state media reported": parsers hang the far "but" on "reported".
    """
    below = text.below(head)
    first = last = head
    while first - 1 in below:
        first -= 1
    while last + 1 in below:
        last += 1
    return frozenset(range(first, last + 1))


def _before(text: Text, clause: Clause) -> frozenset[int]:
    """Content that stands before a main reporting clause without hanging on it as complement."""
    for child in text.clauses.children(clause.head):
        ahead = child.end <= clause.head and child.tense and not child.marker
        if ahead and child.link in {Link.PARATAXIS, Link.ADVERBIAL, Link.CONJUNCT}:
            # "Talks are over, the envoy said", with the first clause called an adverbial
            return text.below(child.head)
    return frozenset()


def _quoting_verb(text: Text, clause: Clause) -> int | None:
    """The "quoted" of "quoted him as saying", wherever the parser hangs "saying"."""
    if clause.marker != "as" or text.doc[clause.head].tag_ != "VBG":
        return None
    start, _ = text.sentence(clause.head)
    for i in range(clause.head - 2, max(start, clause.head - _QUOTING_REACH) - 1, -1):
        verb = text.clauses.at(i)
        if verb is not None and verb.kind is Kind.VERBAL:
            return i if verb.verb in _QUOTING else None
    return None


def _quoting(text: Text, clause: Clause, cue: Cue, span: tuple[int, int]) -> Iterator[Draft]:
    """Two links: who quotes, and who is quoted.

    "KCNA quoted him as saying that …", "Merkel was quoted by Bild as saying …",
    "…, Reuters said, citing officials".
    """
    _, end = text.sentence(clause.head)
    after = (text.clauses.at(i) for i in range(clause.head + 1, end))
    saying = next((c for c in after if c and _quoting_verb(text, c) == clause.head), None)
    content = complements(text, clause, text.cues.verbs["say"][0])
    inner = span
    if saying is not None:
        inner = (saying.head, saying.head + 1)
        if text.doc[saying.head - 1].lower_ == "as":
            inner = (saying.head - 1, saying.head + 1)
        said = text.cues.verbs.get(saying.verb, text.cues.verbs["say"])[0]
        content = complements(text, saying, said) or content
        content -= set(range(*inner))
    quoted = clause.of(Role.OBJECT)
    quoter = speaker_of(text, clause)
    own = own_tokens(text, clause, content) | frozenset(range(*inner))
    citing = clause.link is Link.RELATIVE or text.doc[clause.head].tag_ == "VBG"
    if citing and saying is None and not content:
        # "…, Le Monde reported, quoting officials", "the report, which cited officials"
        if quoted:
            yield Draft(
                cue, span, clause.head, quoted[0].head, None, frozenset(), own, quoting=True
            )
        return
    if quoter is not None or not clause.passive:
        yield Draft(cue, span, clause.head, quoter, None, content, own)
    if quoted and (saying is not None or content):
        if clause.passive and quoter is None:
            inner = (span[0], inner[1])
        yield Draft(
            cue, inner, (saying or clause).head, quoted[0].head, None, content, own, quoting=True
        )
