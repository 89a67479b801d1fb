"""Reports by verbs: "said that", "accused X of", "…, state media reported", "quoted as saying"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.contents import complements, denied_noun, is_formulaic
from kg.text.cues import Cue
from kg.text.drafts import Draft, Text, is_aside
from kg.text.reporters import apposed, draft_of, is_asked, own_tokens, speaker_of
from kg.text.reporting_nouns import adjective_report

_QUOTING = {"quote", "cite"}
# How many words a quoted person's name and titles may have.
_QUOTING_REACH = 24
_COMMAS = {",", "—", "–", "-", "--", ":", ";"}
_INNER = {Link.COMPLEMENT, Link.OPEN_COMPLEMENT, Link.RELATIVE, Link.ADNOMINAL}
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
    if put := _put_it(text, clause):
        yield put
        return
    cues = text.cues.verb(clause.lemma, clause.verb, form)
    for argument in clause.of(Role.OBJECT):
        # "claimed responsibility for the attack"
        noun = text.doc[argument.head].lemma_.lower()
        cues = (*text.cues.verbs.get(f"{clause.verb} {noun}", ()), *cues)
    if not cues or _quoting_verb(text, clause) is not None:
        # "as saying" is told with the quoting verb
        return
    if clause.verb in _QUOTING:
        yield from _quoting(text, clause, cues[0], span)
        return
    for cue in cues:
        content = complements(text, clause, cue)
        if content and not is_formulaic(text, content):
            draft = _let_know(text, clause, content) or draft_of(text, clause, cue, span, content)
            said = clause.passive or clause.tense or is_asked(text, clause)
            nominals = clause.of(Role.OBJECT) + clause.of(Role.OBLIQUE)
            named = any(a.head in content for a in nominals)
            if draft.source is not None or (said and not (clause.passive and named)):
                # else "hard to believe that", "the ships can be guaranteed": nobody says it
                yield draft
            return
    cue = cues[0]
    if shared := _shared(text, clause, cue):
        yield draft_of(text, clause, cue, span, shared)
        return
    if denied := denied_noun(text, clause, cue):
        yield draft_of(text, clause, cue, span, denied)
    elif beside := _beside(text, clause, cue):
        draft = draft_of(text, clause, cue, span, frozenset())
        own = _block(text, clause.head)
        if draft.source is not None:
            own |= text.nominal(draft.source)
        if clause.link is Link.ROOT:
            # "Talks are over, the envoy said": all hangs on "said"
            own -= beside
        yield replace(draft, content=beside - own, own=own, beside=True)
    elif cue.speech and ("that" in cue.takes or not cue.takes):
        # Its content may still be a quotation nearby.
        yield draft_of(text, clause, cue, span, frozenset())


def _shared(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """ "would neither *confirm* nor deny that …": the content hung on the second verb."""
    if clause.of(Role.OBJECT) or "that" not in cue.takes:
        return frozenset()
    for child in text.clauses.children(clause.head):
        shares = child.link is Link.CONJUNCT and all(a.inherited for a in child.of(Role.SUBJECT))
        if not shares or child.kind is not Kind.VERBAL:
            continue
        for other in text.cues.verb(child.lemma, child.verb, text.doc[child.head].lower_):
            content = complements(text, child, other)
            led = range(min(content) - 1, min(content) + 1) if content else ()
            near = not any(clause.head < a.head < child.head for a in clause.arguments)
            if near and any(text.doc[i].lower_ in {"that", "whether", "if"} for i in led):
                return content
    return frozenset()


def _let_know(text: Text, clause: Clause, content: frozenset[int]) -> Draft | None:
    """ "let it be known that …", "made it known that …" """
    above = text.clauses.parent(clause)
    if clause.verb != "know" or above is None or above.verb not in {"let", "make"}:
        return None
    said = text.cues.verbs["make clear"][0]
    return draft_of(text, above, said, (above.head, clause.head + 1), content)


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
            if text.doc[i].is_quote:
                # "chanted “Down with …”"
                break
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
    subjects = [a.head for a in clause.surface_subject() if not a.inherited]
    aside = clause.link is Link.PARATAXIS and not clause.passive
    if not subjects and aside and (speaker := apposed(text, clause)) is not None:
        subjects = [speaker]
    objects = [a for a in clause.of(Role.OBJECT) if not a.inherited]
    if not subjects or (objects and not clause.passive):
        return frozenset()
    if clause.passive and text.doc[subjects[0]].lower_ != "it":
        # "Lula, it is understood, phoned Maduro" against "the man, who was told"
        return frozenset()
    start, end = text.stretch(clause.head)
    if clause.link is Link.ROOT:
        return _before(text, clause) & frozenset(range(start, end))
    between = clause.link is Link.RELATIVE and _between_commas(text, clause)
    if clause.marker not in {"", "as"} or (clause.link in _INNER and not between):
        return frozenset()
    own = _block(text, clause.head) | text.nominal(subjects[0])
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
    rest = [t for t in text.doc.span(max(own) + 1, end) if t.is_alpha]
    if not rest:
        # "…, state media reported." holds for the whole sentence before it
        return frozenset(range(start, end)) - own
    if clause.link is Link.CONJUNCT:
        return frozenset()
    governor = text.clauses.governor(clause)
    if between and clause.anchor is not None:
        noun = text.clauses.at(clause.anchor)
        governor = text.clauses.parent(noun) if noun is not None else governor
    # "Hungary, Orban said, will not send weapons": for the clause it interrupts
    if governor is None:
        return frozenset()
    return (text.below(governor.head) & frozenset(range(start, end))) - own


def _put_it(text: Text, clause: Clause) -> Draft | None:
    """ "…, as the daily put it, “to leave no door unopened”": what stands around it."""
    objects = [a for a in clause.of(Role.OBJECT) if text.doc[a.head].lower_ in {"it", "this"}]
    source = speaker_of(text, clause)
    if clause.verb != "put" or clause.marker != "as" or source is None:
        return None
    start, end = text.stretch(clause.head)
    own = _block(text, clause.head)
    first = next((i for i in sorted(own) if text.doc[i].is_alpha), clause.start)
    content = frozenset(range(start, end)) - own
    if not objects and first != start:
        return None
    cue = text.cues.verbs["say"][0]
    span = (clause.head, clause.head + 1)
    return Draft(cue, span, clause.head, source, None, content, own, beside=True)


def _between_commas(text: Text, clause: Clause) -> bool:
    """ "The bill, *supporters argue*, would save lives": a relative clause without "which"."""
    own = _block(text, clause.head)
    last = max(own)
    closed = text.doc[last].text == "," or text.doc[min(last + 1, len(text.doc) - 1)].text == ","
    words = [text.doc[i] for i in own if text.doc[i].is_alpha]
    return closed and is_aside(text.doc, clause) and not any(t.tag_.startswith("W") for t in words)


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
    inner, told = span, cue
    if saying is not None:
        inner = (saying.head, saying.head + 1)
        if text.doc[saying.head - 1].lower_ == "as":
            inner = (saying.head - 1, saying.head + 1)
        said = text.cues.verbs.get(saying.verb, text.cues.verbs["say"])[0]
        told = replace(said, words=cue.words)
        content = complements(text, saying, said) or content
        content -= set(range(*inner))
    quoted = clause.of(Role.OBJECT)
    quoter = speaker_of(text, clause)
    own = own_tokens(text, clause, content) | frozenset(range(*inner))
    aside = clause.link in {Link.ADNOMINAL, Link.ADVERBIAL} and text.doc[clause.head].tag_ == "VBN"
    if aside and quoter is not None and not content:
        # "the envoy, quoted by the Guardian, complained of …"
        yield Draft(cue, span, clause.head, quoter, None, frozenset(), own, quoting=True)
        return
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
        # "quoted him as *denying* the report"
        yield Draft(
            told, inner, (saying or clause).head, quoted[0].head, None, content, own, quoting=True
        )
