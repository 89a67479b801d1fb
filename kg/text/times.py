"""When: the time expressions of a document, their days, and the clauses that they belong to.

Relative expressions count from the publication date; the tense of the clause tells "on Monday"
past from "on Monday" to come. A clause has the time that stands in it, that of its noun, or one
it shares by grammar ("signing a pact last year when Putin visited"). The time of saying is
never the time of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.statement import TimeInterval
from kg.text.calendar import Interval, add_days
from kg.text.clauses import Clause, Clauses, Kind, Link, Role, find_clauses
from kg.text.cues import load_cues
from kg.text.parsed import Doc
from kg.text.signatures import load_signatures
from kg.text.timeattach import TimeExpression, attach, lies_ahead
from kg.text.timebase import Moment
from kg.text.timex import Timex, find_timexes

_BOUND = re.compile(
    r"\b(since|until|till|by|before|after|from|through|as of|no later than|ahead of)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "must withdraw by Friday", "may meet on Monday": all of what is to come.
_FUTURE_WORDS = {"will", "'ll", "’ll", "shall", "wo", "would", "must", "should", "may", "might"}
_FUTURE_WORDS |= {"can", "could", "ca"}
_LONGEST_ANCHOR = 366
_PLANNED = {"planned", "upcoming", "scheduled", "coming", "forthcoming", "expected", "proposed"}


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
        span = doc.covering(timex.start, timex.end)
        if span is None or _is_number(doc, timex, span.start):
            continue
        anchor = _saying_before(doc, clauses, span.start, span.end)
        if anchor is None:
            anchor = _anchor(doc, clauses, span.start, span.end)
            anchor = _remembered(clauses, anchor, span.start)
            anchor = _awaited(doc, clauses, anchor, span.start)
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
    return Times(tuple(found), attach(doc, clauses, found))


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
    if bound in {"until", "till", "by", "through", "no later than"}:
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


def _awaited(doc: Doc, clauses: Clauses, anchor: int | None, start: int) -> int | None:
    """The noun or verb that a day belongs to, wherever the parser hangs it.

    "flew to Delhi ahead of a *summit* on Thursday", "invited her to *talks* on Friday": the day
    of what lies ahead; "On Friday army chief Burhan *resigned*": no day of the chief.
    """
    led = start > 0 and doc[start - 1].tag_ == "IN"
    noun = clauses.at(start - 2 if led else start - 1)
    if noun is not None and noun.kind is Kind.NOMINAL and lies_ahead(doc, clauses, noun):
        return noun.head
    held = clauses.at(anchor)
    if led and held is not None and held.kind is Kind.NOMINAL and start < held.head:
        above = clauses.governor(held)
        return above.head if above is not None else anchor
    return anchor


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
            if modifiers & _PLANNED or lies_ahead(doc, clauses, clause):
                # "the planned summit on Monday", "arrived ahead of a summit on Thursday"
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
