"""When: the time expressions of a document, their days, and the clauses that they belong to.

Relative expressions count from the publication date; the tense of the clause tells "on Monday"
past from "on Monday" to come. A clause has the time that stands in it, that of its noun, or one
it shares by grammar ("signing a pact last year when Putin visited"). The time of saying is
never the time of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from kg.statement import TimeInterval
from kg.text.calendar import Interval, add_days
from kg.text.clauses import Clause, Clauses, Kind, Link, Role, find_clauses
from kg.text.cues import load_cues
from kg.text.signatures import load_signatures
from kg.text.timevalues import Moment
from kg.text.timex import Timex, find_timexes

_BOUND = re.compile(
    r"\b(since|until|till|by|before|after|from|as of|no later than|ahead of)\s+(?:the\s+)?$", re.I
)
_SHARING = {"when", "as", "while", "with", "by", "in", ""}
# "must withdraw by Friday", "may meet on Monday": all of what is to come.
_FUTURE_WORDS = {"will", "'ll", "’ll", "shall", "wo", "would", "must", "should", "may", "might"}
_FUTURE_WORDS |= {"can", "could", "ca"}
_LONGEST_ANCHOR = 366
_PLANNED = {"planned", "upcoming", "scheduled", "coming", "forthcoming", "expected", "proposed"}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Tokens ``start`` to ``end`` that tell a time; ``bound`` is a preposition that makes it
    a limit ("since", "until"), ``clause`` the predicate or noun that it belongs to."""

    start: int
    end: int
    rule: str
    bound: str
    interval: TimeInterval
    clause: int | None


@dataclass(frozen=True, slots=True)
class Times:
    """The time expressions of a document in text order."""

    expressions: tuple[TimeExpression, ...] = ()
    _of: Mapping[int, TimeInterval] | None = None

    def of(self, clause: Clause) -> TimeInterval | None:
        """When what the clause tells took or takes place, as far as the text says so."""
        return (self._of or {}).get(clause.head)

    def at(self, token: int) -> TimeExpression | None:
        """The expression that this token is part of."""
        return next((e for e in self.expressions if e.start <= token < e.end), None)


def find_times(doc: Doc, published: date | None, clauses: Clauses | None = None) -> Times:
    """All time expressions of a document; without a publication date relative ones have no days."""
    clauses = clauses if clauses is not None else find_clauses(doc)
    found: list[TimeExpression] = []
    narrated: tuple[date, date] | None = None
    sentence = -1
    text = doc.text
    for timex in find_timexes(text):
        span = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if span is None or _is_number(doc, timex, span.start):
            continue
        anchor = _saying_before(doc, clauses, span.start, span.end)
        if anchor is None:
            anchor = _anchor(doc, clauses, span.start, span.end)
            anchor = _remembered(clauses, anchor, span.start)
        future = _is_future(doc, clauses, anchor)
        told = None
        if narrated and published and doc[span.start].sent.start == sentence:
            told = narrated[0] if narrated[0] < published and narrated[0] == narrated[1] else None
        interval = timex.resolve(Moment(published, narrated, future, told))
        bound = _bound_before(doc, text, timex, _outer_token(doc, span.start, span.end))
        if not bound and interval[0] and interval[1] and _is_anchor(interval):
            narrated, sentence = (interval[0], interval[1]), doc[span.start].sent.start
        noun = clauses.at(anchor)
        if bound == "from" and noun is not None and noun.kind is Kind.NOMINAL:
            # "the deal from 2015"
            bound = ""
        interval = _bounded(interval, bound, published)
        start = _with_bound(doc, span.start, bound)
        words = text[doc[start].idx : timex.end]
        found.append(
            TimeExpression(
                start, span.end, timex.rule, bound, TimeInterval(words, *interval), anchor
            )
        )
    return Times(tuple(found), _attach(doc, clauses, found))


def _is_anchor(interval: Interval) -> bool:
    """Whether a time is short enough, a year at most, to count "the following …" from."""
    start, end = interval
    return start is not None and end is not None and (end - start).days <= _LONGEST_ANCHOR


def _is_number(doc: Doc, timex: Timex, start: int) -> bool:
    """ "some 2000 troops": a year that counts a plural noun is no year."""
    token = doc[start]
    if timex.rule != "year" or not token.text.isdigit():
        return False
    head = token.head
    if not (head.i > token.i and head.tag_ == "NNS" and head.i - token.i < 3):
        return False
    before = doc[start - 1].lower_ if start else ""
    return before not in {"the", "its", "their", "'s", "’s", "his", "in"}


# --- limits -------------------------------------------------------------------------------------


def _bound_before(doc: Doc, text: str, timex: Timex, outer: int) -> str:
    """The "since", "until", "by" … before an expression that stands for itself."""
    after = text[timex.end : timex.end + 2]
    head = doc[outer].head
    if after in {"'s", "’s"} or (head.idx >= timex.end and head.pos_ in {"NOUN", "PROPN"}):
        # "after Monday's talks", "before the November elections": the noun is the limit
        return ""
    match = _BOUND.search(text, max(0, timex.start - 20), timex.start)
    return " ".join(match.group(1).lower().split()) if match else ""


def _with_bound(doc: Doc, start: int, bound: str) -> int:
    if not bound:
        return start
    words = bound.split()
    for i in range(start - 1, max(-1, start - 6), -1):
        if doc[i].lower_ == words[0]:
            return i
    return start


def _bounded(interval: Interval, bound: str, published: date | None) -> Interval:
    """ "since 2014" ends with the report, "until May" and "by Friday" begin nowhere."""
    start, end = interval
    if start is None and end is None:
        return interval
    if bound == "since":
        if published is None or (start is not None and start > published):
            return start, None
        return start, published
    if bound in {"from", "as of"}:
        return start, None
    if bound in {"until", "till", "by", "no later than"}:
        return None, end
    if bound in {"before", "ahead of"}:
        return None, add_days(start, -1) if start is not None else None
    if bound == "after":
        return (add_days(end, 1) if end is not None else None), None
    return interval


# --- attachment ----------------------------------------------------------------------------------


def _outer_token(doc: Doc, start: int, end: int) -> int:
    """The token of the expression that hangs on something outside it."""
    for i in range(start, end):
        head = doc[i].head.i
        if not start <= head < end and not doc[i].is_punct:
            return i
    return start


def _saying_before(doc: Doc, clauses: Clauses, start: int, end: int) -> int | None:
    """ "…, state TV claimed last week", "said Monday that": the time of saying, however hung."""
    verb = start - 1 if start and doc[start - 1].tag_ != "IN" else start - 2
    clause = clauses.at(verb) if verb >= 0 else None
    if clause is None or clause.kind is not Kind.VERBAL or not clause.tense:
        return None
    closed = end >= len(doc) or doc[end].is_punct or doc[end].lower_ == "that"
    saying = load_cues().verb(clause.lemma, clause.verb, doc[verb].lower_)
    return verb if closed and saying and "that" in saying[0].takes else None


def _remembered(clauses: Clauses, anchor: int | None, start: int) -> int | None:
    """ "recalled meeting Trump during his first term": the time of what is remembered."""
    clause = clauses.at(anchor)
    if clause is None or clause.verb not in {"recall", "remember"}:
        return anchor
    inner = [a.head for a in clause.of(Role.OBJECT) if clauses.at(a.head) is not None]
    inner += [c.head for c in clauses.children(clause.head) if c.link is Link.OPEN_COMPLEMENT]
    between = [head for head in inner if clause.head < head < start]
    return between[0] if between else anchor


def _anchor(doc: Doc, clauses: Clauses, start: int, end: int) -> int | None:
    """The nearest predicate or event noun above the expression."""
    node = doc[_outer_token(doc, start, end)]
    while node.head.i != node.i:
        node = node.head
        if clauses.at(node.i) is not None and not start <= node.i < end:
            return node.i
    return node.i if clauses.at(node.i) is not None and not start <= node.i < end else None


def _is_future(doc: Doc, clauses: Clauses, anchor: int | None) -> bool:
    """Whether the clause around an expression tells of what is to come."""
    clause = clauses.at(anchor)
    steps = 0
    while clause is not None and steps < 8:
        steps += 1
        words = {doc[i].lower_ for i in clause.auxiliaries}
        if words & _FUTURE_WORDS or clause.tense == "future":
            return not clause.perfect
        if clause.tense == "past":
            # "was to meet on Monday": the infinitive below has decided already
            return False
        if clause.tense == "present":
            return True
        if clause.marker == "that" and not clause.tense and not clause.auxiliaries:
            # "demanded that he resign by Friday"
            return True
        first = doc[clause.auxiliaries[0]] if clause.auxiliaries else None
        if clause.marker == "that" and first is not None and first.tag_ == "VB":
            # "ordered that she be held until 15 February"
            return True
        if clause.kind is Kind.NOMINAL:
            modifiers = {doc[a.head].lower_ for a in clause.of(Role.MODIFIER)}
            if modifiers & _PLANNED:
                # "the planned summit on Monday"
                return True
        elif clause.marker == "to" and not clause.perfect:
            # "plans to visit on Monday", "managed to visit on Monday"
            governor = clauses.governor(clause)
            if governor is None or governor.kind is not Kind.VERBAL:
                return True
            if not load_signatures().happened(governor.lemma, "to"):
                return True
        clause = clauses.governor(clause)
    return False


def _attach(
    doc: Doc, clauses: Clauses, expressions: Iterable[TimeExpression]
) -> dict[int, TimeInterval]:
    own: dict[int, TimeExpression] = {}
    for expression in expressions:
        if expression.clause is None:
            continue
        held = own.get(expression.clause)
        if held is None or _better(expression, held):
            own[expression.clause] = expression
    for clause in clauses:
        if clause.head not in own and clause.kind is not Kind.NOMINAL:
            noun = _own_noun_time(doc, clause, own)
            if noun is not None:
                own[clause.head] = noun
    times = {head: e.interval for head, e in own.items()}
    for _ in range(3):
        before = len(times)
        for clause in clauses:
            if clause.head not in times:
                shared = _shared(doc, clauses, clause, times, own)
                if shared is not None:
                    times[clause.head] = shared
        if len(times) == before:
            break
    return times


def _better(new: TimeExpression, old: TimeExpression) -> bool:
    """Of two times of one clause the one with days; then the narrower; then the first."""
    return _days(new.interval) < _days(old.interval)


def _days(interval: TimeInterval) -> int:
    if interval.start is None and interval.end is None:
        return 10**7
    if interval.start is None or interval.end is None:
        return 10**6
    return (interval.end - interval.start).days


def _own_noun_time(
    doc: Doc, clause: Clause, own: Mapping[int, TimeExpression]
) -> TimeExpression | None:
    """ "signed a pact last year": an expression after the object is the verb's as well.

    "rejected the 2015 deal", "condemned Monday's attack": one before the noun is not.
    """
    for argument in clause.of(Role.OBJECT) + clause.of(Role.OBLIQUE) + clause.of(Role.PREDICATE):
        expression = own.get(argument.head)
        if expression is None or argument.inherited:
            continue
        after = expression.start > argument.head > clause.head
        bare = doc[expression.start].tag_ != "IN" or expression.rule == "duration"
        if after and bare:
            return expression
    return None


def _shared(
    doc: Doc,
    clauses: Clauses,
    clause: Clause,
    times: Mapping[int, TimeInterval],
    own: Mapping[int, TimeExpression],
) -> TimeInterval | None:
    """The time that grammar lets a clause share with the one that governs it, or the reverse."""
    parent = clauses.parent(clause)
    if clause.kind is Kind.NOMINAL:
        # "held talks on Monday": the talks were on Monday
        if parent is not None and parent.head in times and _is_staged(clause, parent):
            return times[parent.head]
        return None
    for child in clauses.children(clause.head):
        # "signed a pact when Putin visited last year"
        if child.link is Link.ADVERBIAL and child.marker == "when" and child.head in own:
            return own[child.head].interval
    for child in clauses.children(clause.head):
        began = child.link is Link.OPEN_COMPLEMENT and clause.kind is Kind.VERBAL
        if began and child.head in own and load_signatures().happened(clause.lemma, child.marker):
            # "began to arrive on Tuesday"
            return own[child.head].interval
    if parent is None or parent.head not in times:
        return None
    if clause.link is Link.ADVERBIAL:
        finite_when = clause.marker == "when"
        participle = doc[clause.head].tag_ == "VBG" and clause.marker in _SHARING
        if (finite_when or participle) and not _is_speech(parent):
            # "… last year when Putin visited", "attacked on Monday, killing 12"
            return times[parent.head]
    coordinated = clause.link is Link.CONJUNCT and clause.tense == parent.tense
    if coordinated and parent.head in own and own[parent.head].start < clause.head:
        # "visited Seoul on Monday and met Lee"
        return times[parent.head]
    managed = load_signatures().happened(parent.lemma, clause.marker)
    if clause.link is Link.OPEN_COMPLEMENT and parent.kind is Kind.VERBAL and managed:
        # "On Monday Kyiv managed to retake the town"
        return times[parent.head]
    return None


def _is_speech(parent: Clause) -> bool:
    return parent.verb in {"say", "tell", "add", "note", "claim", "report", "warn", "announce"}


def _is_staged(noun: Clause, verb: Clause) -> bool:
    staged = load_signatures().stages(verb.lemma)
    return staged and any(a.head == noun.head for a in verb.of(Role.OBJECT))
