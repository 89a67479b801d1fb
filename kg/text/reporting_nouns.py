"""Reports without a verb of saying: "the claim that", "is sure that", "according to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.contents import complements, is_formulaic, noun_content
from kg.text.cues import Cue
from kg.text.drafts import Draft, Text
from kg.text.reporters import draft_of, own_tokens, speaker_of

# "issued a warning that …", "repeated the claim that …": the subject is the source.
_UTTERING = {"make", "issue", "give", "deliver", "repeat", "echo", "voice", "raise", "express"}
_UTTERING |= {"release", "publish", "renew", "level", "send", "offer", "hold", "have", "share"}


# Nouns of these kinds with nothing but a nominal name an act rather than report its content;
# hearsay always reports.
_ACTS = {"says", "promises", "confirms"}
_HEARSAY = {"rumour", "rumor", "report", "claim", "speculation", "news", "word"}


def noun_report(text: Text, noun: Clause) -> Iterator[Draft]:
    """Reports like "the claim that Iran attacked …", "Washington's warning of …"."""
    cue = text.cues.nouns.get(noun.lemma)
    if cue is None:
        return
    content = noun_content(text, noun, cue)
    if not content or is_formulaic(text, content):
        return
    source = next((a.head for a in noun.of(Role.POSSESSOR)), None)
    governor = text.clauses.parent(noun)
    objects = governor.of(Role.OBJECT) if governor is not None else ()
    if governor is not None and governor.verb == "repeat":
        # "repeated his claim that …": one report
        return
    if source is None:
        # "a warning by the ministry that …", "accusations from Kyiv that …"
        source = next((a.head for a in noun.obliques("by", "from") if a.head not in content), None)
    if governor is not None and source is None and any(a.head == noun.head for a in objects):
        form = text.doc[governor.head].lower_
        verbs = text.cues.verb(governor.lemma, governor.verb, form)
        if verbs and verbs[0].stance in {"denies", "confirms", "doubts"}:
            # "denied reports that …": one report, by whoever denies
            return
        if governor.verb in _UTTERING:
            source = speaker_of(text, governor)
    span = (noun.head, noun.head + 1)
    if governor is not None and source is None and _says_in(text, governor, noun):
        # "*said* in a statement that …": the verb reports, the noun is where it does
        source, span = speaker_of(text, governor), (governor.head, governor.head + 1)
    nominal = text.clauses.at(min(content)) is None and not _has_clause(text, content)
    if source is None and nominal and cue.kind in _ACTS and noun.lemma not in _HEARSAY:
        # "suspended the announcement of results"
        return
    own = frozenset({noun.head}) | (text.below(source) if source is not None else frozenset())
    yield Draft(cue, span, None, source, None, content, own - content)


def _has_clause(text: Text, content: frozenset[int]) -> bool:
    found = (text.clauses.at(i) for i in content)
    return any(clause is not None and clause.kind is not Kind.NOMINAL for clause in found)


def _says_in(text: Text, verb: Clause, noun: Clause) -> bool:
    told = any(a.head == noun.head for a in verb.obliques("in", "on"))
    return told and bool(text.cues.verb(verb.lemma, verb.verb, text.doc[verb.head].lower_))


def adjective_report(text: Text, clause: Clause, cue: Cue) -> Iterator[Draft]:
    """Reports like "is convinced that …": its subject is the source."""
    subjects = clause.surface_subject() or clause.of(Role.SUBJECT)
    parent = text.clauses.parent(clause)
    if parent is not None and parent.verb == "make" and clause.verb == "clear":
        return
    if not subjects or text.doc[subjects[0].head].lower_ in {"it", "there"}:
        # "It is clear that …" is nobody's view but the author's.
        return
    content = complements(text, clause, cue)
    if content:
        draft = draft_of(text, clause, cue, (clause.head, clause.head + 1), content)
        yield replace(draft, source=subjects[0].head)


def hedges(text: Text, clause: Clause) -> Iterator[Draft]:
    """Reports that leave their source out: "reportedly", "the alleged attack"."""
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


def source_phrases(text: Text, clause: Clause) -> Iterator[Draft]:
    """Reports like "according to X", "in the words of X"."""
    for argument in clause.arguments:
        if argument.role is not Role.OBLIQUE or argument.inherited:
            continue
        for words, cue in text.cues.phrases.items():
            if not words.startswith(argument.preposition):
                continue
            source = _phrase_source(text, argument.preposition, argument.head, words)
            if source is None:
                continue
            own = text.below(argument.head)
            if source not in own:
                continue
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
    start, end = text.stretch(min(own))
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


def introduced(text: Text, quotation: int) -> Draft | None:
    """Who speaks the quotation that begins here, after a colon and no verb of saying.

    "He shrugged: “Not by much.”", "The premier had one request: “Send aid.”"
    """
    if quotation == 0 or text.doc[quotation - 1].text != ":":
        return None
    start, _ = text.sentence(quotation - 1)
    for i in range(quotation - 2, start - 1, -1):
        clause = text.clauses.at(i)
        if clause is None or clause.kind is not Kind.VERBAL or not clause.tense:
            continue
        source = speaker_of(text, clause)
        if source is None or text.doc[source].lower_ in {"it", "this", "that", "there", "one"}:
            return None
        cue = text.cues.verbs["say"][0]
        own = own_tokens(text, clause, frozenset())
        return Draft(cue, (i, i + 1), clause.head, source, None, frozenset(), own)
    return None
