"""Reports within a sentence: verbs, nouns, phrases and hedges that hand content to a source.

``quotes`` joins what is found here with the quotation marks of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.cues import Cue, Cues, load_cues
from kg.text.phrases import NounPhrase

_WH = {"what", "who", "whom", "when", "where", "why", "how", "which", "whose"}
_QUOTING = {"quote", "cite"}
# How many words a quoted person's name and titles may have.
_QUOTING_REACH = 24
# "issued a warning that …", "repeated the claim that …": the subject is the source.
_UTTERING = {"make", "issue", "give", "deliver", "repeat", "echo", "voice", "raise", "express"}
_UTTERING |= {"release", "publish", "renew", "level", "send", "offer", "hold", "have", "share"}
_ADDRESSED_BY = {"call": "on", "plead": "with", "appeal": "to"}
_COMMAS = {",", "—", "–", "-", "--", ":", ";"}
_COORDINATORS = {"and", "but", "or", "nor", "yet"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before quotation marks are looked at.

    ``own`` are the tokens of the reporting clause that can never be content, ``beside`` says
    that the clause stands outside the grammar of its content ("…, state media reported"),
    ``hedge`` that it leaves its source out ("reportedly").
    """

    cue: Cue
    span: tuple[int, int]
    clause: int | None
    source: int | None
    addressee: int | None
    content: frozenset[int]
    own: frozenset[int] = frozenset()
    beside: bool = False
    hedge: bool = False
    quoting: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed document with what the finders of reports read from it."""

    doc: Doc
    clauses: Clauses
    phrases: dict[int, NounPhrase]
    cues: Cues

    def below(self, head: int) -> frozenset[int]:
        """All tokens that hang on a token, itself included."""
        return frozenset(token.i for token in self.doc[head].subtree)

    def nominal(self, head: int) -> frozenset[int]:
        """What hangs on a noun, but for its preposition and asides (", which had demanded …")."""
        phrase = self.phrases.get(head)
        first = phrase.start if phrase is not None else head
        found = {i for i in self.below(head) if i >= first}
        for clause in self.clauses:
            aside = clause.link is Link.RELATIVE and clause.anchor in found
            if aside and self.doc[clause.start].text == ",":
                found -= self.below(clause.head)
        return frozenset(found)

    def sentence(self, token: int) -> tuple[int, int]:
        """First and last + 1 token of the sentence around a token."""
        sent = self.doc[token].sent
        return sent.start, sent.end


def find_drafts(doc: Doc, clauses: Clauses, phrases: dict[int, NounPhrase]) -> list[Draft]:
    """All reports that words of a sentence make, in text order of their cues."""
    text = Text(doc, clauses, phrases, load_cues())
    drafts: list[Draft] = []
    for clause in clauses:
        if clause.kind is Kind.NOMINAL:
            drafts.extend(_noun_report(text, clause))
        elif clause.kind is Kind.COPULAR:
            form = doc[clause.head].lower_
            cue = text.cues.adjectives.get(clause.verb, text.cues.adjectives.get(form))
            if cue is not None:
                drafts.extend(_adjective_report(text, clause, cue))
        else:
            drafts.extend(_verb_report(text, clause))
        drafts.extend(_hedges(text, clause))
        drafts.extend(_source_phrases(text, clause))
    return _without_wrappers(sorted(drafts, key=lambda d: d.span))


def _without_wrappers(drafts: list[Draft]) -> list[Draft]:
    """Take the words of "…, state media reported" out of whatever the parser hung them on."""
    beside = [(d, d.own) for d in drafts if d.beside]
    cleaned = []
    for draft in drafts:
        for other, own in beside:
            if other is not draft and not (set(range(*draft.span)) & own):
                draft = replace(draft, content=draft.content - own)
        cleaned.append(draft)
    return cleaned


# --- verbs ------------------------------------------------------------------------------------


def _verb_report(text: Text, clause: Clause) -> Iterator[Draft]:
    form = text.doc[clause.head].lower_
    agents = [a for a in clause.of(Role.SUBJECT) if a.preposition]
    participle = clause.passive or (text.doc[clause.head].tag_ == "VBN" and not clause.perfect)
    if participle and form in text.cues.adjectives and not agents:
        # "is convinced that", "are worried that", read as passives
        yield from _adjective_report(text, clause, text.cues.adjectives[form])
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
        content = _complements(text, clause, cue)
        if content and not _formulaic(text, content):
            draft = _draft(text, clause, cue, span, content)
            if draft.source is not None or clause.passive or clause.tense or _asked(text, clause):
                # else "hard to believe that", "to say that": nobody says it
                yield draft
            return
    cue = cues[0]
    if denied := _denied_noun(text, clause, cue):
        yield _draft(text, clause, cue, span, denied)
    elif beside := _beside(text, clause, cue):
        own = _block(text, clause.head)
        yield replace(_draft(text, clause, cue, span, beside), own=own, beside=True)
    elif "that" in cue.takes or not cue.takes:
        # Its content may still be a quotation nearby.
        yield _draft(text, clause, cue, span, frozenset())


def _make_clear(text: Text, clause: Clause) -> Iterator[Draft]:
    """"made (it) clear that …" """
    cue = text.cues.verbs["make clear"][0]
    for child in text.clauses.children(clause.head):
        if child.verb != "clear":
            continue
        content = _complements(text, child, cue) or _complements(text, clause, cue) - text.below(
            child.head
        )
        if content:
            yield _draft(text, clause, cue, (clause.head, child.head + 1), content)


def _formulaic(text: Text, content: frozenset[int]) -> bool:
    """"asked not to be named", "a request for comment": manners of reporting, not reports."""
    words = {text.doc[i].lemma_.lower() for i in content if text.doc[i].is_alpha}
    return words <= {"not", "to", "be", "name", "identify", "quote", "comment"}


def _verb_span(text: Text, clause: Clause) -> tuple[int, int]:
    end = clause.head + 1
    if " " in clause.lemma:
        particle = clause.lemma.rsplit(" ", 1)[1]
        for i in range(end, min(end + 4, len(text.doc))):
            if text.doc[i].lower_ == particle:
                return clause.head, i + 1
    return clause.head, end


def _draft(
    text: Text, clause: Clause, cue: Cue, span: tuple[int, int], content: frozenset[int]
) -> Draft:
    source = _subject(text, clause)
    if source is None and not clause.passive:
        source = _stray_subject(text, clause)
        if source is not None:
            content -= text.below(source)
    return Draft(
        cue=cue,
        span=span,
        clause=clause.head,
        source=source,
        addressee=_addressee(text, clause, cue, content),
        content=content,
        own=_own(text, clause, content),
    )


def _own(text: Text, clause: Clause, content: frozenset[int]) -> frozenset[int]:
    """The reporting words themselves: predicate, auxiliaries, source, rest of the clause."""
    found = {clause.head, *clause.auxiliaries, *clause.adverbs}
    for argument in clause.arguments:
        if not argument.inherited and argument.head not in content:
            found |= text.below(argument.head)
    return frozenset(found - content)


def _subject(text: Text, clause: Clause) -> int | None:
    """The head of who says it; of a passive, only an expressed agent."""
    if _asked(text, clause):
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
    """"The ministry, in a rebuke, said Budapest had …": both subjects hung on "had"."""
    for child in text.clauses.children(clause.head):
        subjects = [a.head for a in child.of(Role.SUBJECT) if not a.inherited]
        if len(subjects) > 1 and subjects[0] < clause.head < subjects[1]:
            return subjects[0]
    return None


def _asked(text: Text, clause: Clause) -> bool:
    """ "Asked whether …, Netanyahu declined": a bare participle before its clause is passive."""
    bare = clause.link is Link.ADVERBIAL and not clause.auxiliaries and not clause.marker
    own_subject = any(not a.inherited for a in clause.of(Role.SUBJECT))
    return bare and not own_subject and text.doc[clause.head].tag_ in {"VBN", "VBD"}


def _addressee(text: Text, clause: Clause, cue: Cue, content: frozenset[int]) -> int | None:
    objects = clause.of(Role.RECIPIENT) + (clause.of(Role.OBJECT) if cue.addressee else ())
    if _asked(text, clause):
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


def _complements(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """The tokens of what the verb itself takes as content."""
    found: set[int] = set()
    for child in text.clauses.children(clause.head):
        slot = _slot(text, clause, child, cue)
        if slot is not None and _accepts(cue, slot, clause):
            found |= text.below(child.head)
            if slot == child.marker and slot != "to":
                # the preposition of "of arming the islands" belongs to the verb
                found -= {child.start}
    if not found:
        found |= _beyond_object(text, clause, cue)
    if found:
        return frozenset(found)
    for preposition in sorted(cue.takes & {"of", "for", "about", "against", "as", "at", "with"}):
        for argument in clause.obliques(preposition):
            # "warned of an attack", "accused Iran of murder", "described it as dead"
            found |= text.nominal(argument.head)
    if "predicate" in cue.takes:
        # "called the claim absurd", "branded him a spy"
        for argument in clause.of(Role.PREDICATE):
            found |= text.nominal(argument.head)
        for child in text.clauses.children(clause.head):
            if child.link is Link.OPEN_COMPLEMENT and child.kind is Kind.COPULAR:
                found |= text.below(child.head)
    if found or "np" not in cue.takes:
        return frozenset(found)
    for argument in clause.of(Role.OBJECT):
        # "denied the attack", "a strike was announced by …"
        token = text.doc[argument.head]
        if token.tag_ in {"NN", "NNS"} and not argument.inherited:
            found |= text.nominal(argument.head)
    return frozenset(found)


def _beyond_object(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """Content that the parser hangs on the object or the one addressed.

    "told the agency that …", "urged the parties to withdraw", "suspect Moscow of hacking",
    "called the claims absurd".
    """
    found: set[int] = set()
    addressed = clause.of(Role.OBJECT) + clause.of(Role.RECIPIENT)
    for argument in addressed + clause.obliques("on", "to", "with", "for"):
        for child in text.clauses.children(argument.head):
            if child.link not in {Link.ADNOMINAL, Link.RELATIVE}:
                continue
            adjective = child.kind is Kind.COPULAR and not child.marker
            if child.marker in cue.takes or (adjective and "predicate" in cue.takes):
                found |= text.below(child.head)
                if child.marker not in {"to", "that", ""}:
                    found -= {child.start}
    return frozenset(found)


def _slot(text: Text, clause: Clause, child: Clause, cue: Cue) -> str | None:
    """Which form of content a clause below a reporting verb would be."""
    token = text.doc[child.head]
    if child.kind is Kind.NOMINAL or child.link in {Link.RELATIVE, Link.ADNOMINAL, Link.NOMINAL}:
        return None
    first = text.doc[child.start].lower_
    if child.link is Link.CONJUNCT and child.marker == "that":
        # "told Fox that … and that he expected …", hung on "told"
        return "that"
    if child.link is Link.COMPLEMENT:
        if child.marker in {"whether", "if"} or first in _WH:
            return "whether"
        if child.marker == "to":
            return "to"
        if token.tag_ == "VBG" and not child.tense:
            return child.marker or "ing"
        return "that"
    if child.link is Link.OPEN_COMPLEMENT:
        if child.marker == "to":
            return "to"
        if child.kind is Kind.COPULAR and child.auxiliaries:
            # "denied being behind the attack"
            token = text.doc[child.auxiliaries[0]]
        return (child.marker or "ing") if token.tag_ == "VBG" else None
    if child.link is Link.ADVERBIAL:
        if child.marker == "that":
            return "that"
        if first in _WH and child.start == clause.head + 1:
            # "has not said when it will hold elections"
            return "whether"
        if token.tag_ == "VBG" and child.marker in cue.takes:
            # "accused Greece of arming the islands"
            return child.marker
        close = child.start == clause.head + 1
        if child.marker == "to" and (
            close or clause.of(Role.OBJECT) or clause.obliques("on", "to")
        ):
            # "called on Iran to stop", "urged Japan to withdraw", "committed to send"
            return "to"
    if child.link is Link.PARATAXIS and child.start > clause.head and child.tense:
        # "He said: we will never yield."
        before = text.doc[child.start - 1].text if child.start else ""
        return "that" if before == ":" or text.doc[child.start].text == ":" else None
    return None


def _accepts(cue: Cue, slot: str, clause: Clause) -> bool:
    if slot in cue.takes:
        return True
    if slot == "to":
        # "is said to have …"
        return clause.passive and "that" in cue.takes
    if slot == "whether":
        # "did not say whether …", "explained how …"
        return "that" in cue.takes
    return slot == "that" and (not cue.takes or cue.kind in {"asks", "adds"})


def _denied_noun(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """ "rejected claims that …": what the noun of saying holds is what is denied."""
    if cue.stance not in {"denies", "confirms", "doubts"} and clause.verb not in {"repeat"}:
        return frozenset()
    for argument in clause.of(Role.OBJECT):
        noun = text.clauses.at(argument.head)
        if noun is not None and noun.lemma in text.cues.nouns:
            content = _noun_content(text, noun, text.cues.nouns[noun.lemma])
            phrase = text.phrases.get(noun.head)
            if not content and phrase is not None and clause.verb != "repeat":
                # "rejected the accusation", "a charge Baku denied"
                content = frozenset(range(phrase.start, phrase.end))
            if content:
                return content
    return frozenset()


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


# --- "quoted X as saying", "citing X" -----------------------------------------------------------


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
    saying = next((c for c in text.clauses if _quoting_verb(text, c) == clause.head), None)
    content = _complements(text, clause, text.cues.verbs["say"][0])
    inner = span
    if saying is not None:
        inner = (saying.head, saying.head + 1)
        if text.doc[saying.head - 1].lower_ == "as":
            inner = (saying.head - 1, saying.head + 1)
        said = text.cues.verbs.get(saying.verb, text.cues.verbs["say"])[0]
        content = _complements(text, saying, said) or content
        content -= set(range(*inner))
    quoted = clause.of(Role.OBJECT)
    quoter = _subject(text, clause)
    own = _own(text, clause, content) | frozenset(range(*inner))
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


# --- nouns and adjectives -----------------------------------------------------------------------


def _noun_content(text: Text, noun: Clause, cue: Cue) -> frozenset[int]:
    for child in text.clauses.children(noun.head):
        if child.anchor != noun.head and child.link is not Link.COMPLEMENT:
            continue
        first = text.doc[child.start].lower_
        if child.marker == "that":
            slot = "that"
        elif child.marker == "to":
            slot = "to"
        elif child.marker == "of" and text.doc[child.start + 1].lower_ in _WH | {"whether"}:
            # "the question of whether …"
            slot = "whether"
        elif child.marker == "whether" or first in _WH - {"who", "which", "whose", "whom"}:
            slot = "whether"
        elif text.doc[child.head].tag_ == "VBG" and child.marker:
            slot = child.marker
        else:
            continue
        if slot in cue.takes:
            return text.below(child.head)
    for argument in noun.arguments:
        if argument.preposition and argument.preposition in cue.takes:
            # "the warning of an attack", "calls for a truce"
            return text.nominal(argument.head)
    return frozenset()


def _noun_report(text: Text, noun: Clause) -> Iterator[Draft]:
    cue = text.cues.nouns.get(noun.lemma)
    if cue is None:
        return
    content = _noun_content(text, noun, cue)
    if not content or _formulaic(text, content):
        return
    source = next((a.head for a in noun.of(Role.POSSESSOR)), None)
    if source is None:
        # "a warning by the ministry that …", "accusations from Kyiv that …"
        source = next((a.head for a in noun.obliques("by", "from") if a.head not in content), None)
    governor = text.clauses.parent(noun)
    objects = governor.of(Role.OBJECT) if governor is not None else ()
    if governor is not None and source is None and any(a.head == noun.head for a in objects):
        form = text.doc[governor.head].lower_
        verbs = text.cues.verb(governor.lemma, governor.verb, form)
        if verbs and verbs[0].stance in {"denies", "confirms", "doubts"}:
            # "denied reports that …": one report, by whoever denies
            return
        if governor.verb in _UTTERING:
            source = _subject(text, governor)
    own = frozenset({noun.head}) | (text.below(source) if source is not None else frozenset())
    yield Draft(cue, (noun.head, noun.head + 1), None, source, None, content, own - content)


def _adjective_report(text: Text, clause: Clause, cue: Cue) -> Iterator[Draft]:
    subjects = clause.surface_subject()
    parent = text.clauses.parent(clause)
    if parent is not None and parent.verb == "make" and clause.verb == "clear":
        return
    if not subjects or text.doc[subjects[0].head].lower_ in {"it", "there"}:
        # "It is clear that …" is nobody's view but the author's.
        return
    content = _complements(text, clause, cue)
    if content:
        draft = _draft(text, clause, cue, (clause.head, clause.head + 1), content)
        yield replace(draft, source=subjects[0].head)


# --- hedges and source phrases --------------------------------------------------------------------


def _hedges(text: Text, clause: Clause) -> Iterator[Draft]:
    for adverb in clause.adverbs:
        cue = text.cues.hedging_adverbs.get(text.doc[adverb].lower_)
        if cue is not None:
            # "Russia reportedly attacked …"
            content = text.below(clause.head) - {adverb}
            yield Draft(cue, (adverb, adverb + 1), None, None, None, content, hedge=True)
    if clause.kind is Kind.NOMINAL:
        for modifier in clause.of(Role.MODIFIER):
            cue = text.cues.hedging_adjectives.get(text.doc[modifier.head].lower_)
            if cue is not None:
                # "the alleged attack on …"
                span = (modifier.head, modifier.head + 1)
                content = text.below(clause.head) - {modifier.head}
                yield Draft(cue, span, None, None, None, content, hedge=True)


def _source_phrases(text: Text, clause: Clause) -> Iterator[Draft]:
    for argument in clause.arguments:
        if argument.role is not Role.OBLIQUE or argument.inherited:
            continue
        for words, cue in text.cues.phrases.items():
            source = _phrase_source(text, argument.preposition, argument.head, words)
            if source is None:
                continue
            own = text.below(argument.head)
            span = (min(own), source)
            while span[0] < span[1] and not text.doc[span[0]].is_alpha:
                span = (span[0] + 1, span[1])
            end = span[0] + len(words.split())
            content = _phrase_scope(text, clause, own)
            yield Draft(cue, (span[0], end), None, source, None, content - own, own, beside=True)


def _phrase_source(text: Text, preposition: str, head: int, words: str) -> int | None:
    """The source if the oblique is the phrase: "according to X", "in the words of X"."""
    if preposition == words:
        return head
    parts = words.split()
    if len(parts) < 4 or preposition != parts[0] or text.doc[head].lower_ != parts[-2]:
        return None
    phrase = text.phrases.get(head)
    if phrase is None:
        return None
    return next((i for prep, i in phrase.complements if prep == parts[-1]), None)


def _phrase_scope(text: Text, clause: Clause, own: frozenset[int]) -> frozenset[int]:
    """What "according to X" speaks for: the sentence if it stands at its edge, else its clause."""
    start, end = text.sentence(clause.head)
    outside = [i for i in range(start, end) if i not in own and text.doc[i].is_alpha]
    if not outside:
        return frozenset()
    at_edge = max(own) < outside[0] or min(own) > outside[-1]
    comma = (
        min(own) == start or text.doc[min(own)].text == "," or (text.doc[min(own) - 1].text == ",")
    )
    if at_edge and comma:
        return frozenset(range(start, end))
    while clause.kind is Kind.NOMINAL or clause.link is Link.CONJUNCT:
        parent = text.clauses.parent(clause)
        if parent is None:
            break
        clause = parent
    return text.below(clause.head)
