"""Verbs that tell one fact together: "agreed to extend", "used tear gas to disperse"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.open_arguments import argument_words
from kg.text.parsed import Doc
from kg.text.phrases import is_nominal_head

# Words after which a verb phrase goes on: "has sought to ease | tensions"
_MAX_CHAIN = 4


def told_with_governor(doc: Doc, clauses: Clauses, clause: Clause) -> bool:
    """Whether the words before a clause belong to its relation: "agreed | to sign"."""
    if clause.link is Link.OPEN_COMPLEMENT:
        return True
    if clause.link is Link.CONJUNCT:
        # "forced to leave *and settle*"
        first = clauses.at(clause.parent)
        # parsers take a bare infinitive for a finite verb now and then
        bare = not clause.tense or doc[clause.head].tag_ == "VBP"
        own = any(not a.inherited for a in clause.surface_subject())
        if first is None or own or not bare or not _infinitive(doc, first):
            return False
        return told_with_governor(doc, clauses, first)
    return _further(doc, clauses, clause)


def _further(doc: Doc, clauses: Clauses, clause: Clause) -> bool:
    """Whether an infinitive says what for: "used tear gas *to disperse* the crowd".

    Or what of: "has enough water *to irrigate* the fields".
    """
    if not _infinitive(doc, clause) or clause.kind is not Kind.VERBAL:
        return False
    governor = _governor(clauses, clause)
    if governor is None or governor.head > clause.head:
        return False
    if clause.link is Link.ADVERBIAL:
        return True
    # "has enough water to irrigate …", "is a good time to visit …"
    told = {a.head for a in governor.arguments if a.head > governor.head} | {governor.head}
    return clause.link is Link.ADNOMINAL and clause.anchor in told


def _governor(clauses: Clauses, clause: Clause) -> Clause | None:
    """The verb above a clause, past nouns: has ← water ← to irrigate."""
    governor = clauses.at(clause.parent)
    while governor is not None and governor.kind is Kind.NOMINAL:
        governor = clauses.at(governor.parent)
    return governor


def _infinitive(doc: Doc, clause: Clause) -> bool:
    return clause.marker == "to" and not clause.tense and doc[clause.head].tag_ in {"VB", "JJ"}


def chains(
    doc: Doc, clauses: Clauses, clause: Clause, before: tuple[Clause, ...]
) -> Iterator[tuple[Clause, ...]]:
    """The clause by itself and with each of the clauses that its words lead to."""
    chain = (*before, clause)
    inner = [c for c in _below(clauses, clause.head) if _follows(doc, clauses, clause, c)]
    if not any(c.link is Link.OPEN_COMPLEMENT and c.kind is Kind.VERBAL for c in inner):
        # "agreed", "wanted him" alone tell nothing
        yield chain
    if len(chain) < _MAX_CHAIN:
        for c in inner:
            yield from chains(doc, clauses, c, chain)
    for c in clauses.children(clause.head):
        if before and c.link is Link.CONJUNCT and told_with_governor(doc, clauses, c):
            # "were forced to [leave … and] settle in"
            yield from chains(doc, clauses, c, before)


def _below(clauses: Clauses, head: int) -> Iterator[Clause]:
    """The clauses under a clause, past nouns: has → water → to irrigate."""
    for child in clauses.children(head):
        if child.kind is Kind.NOMINAL:
            yield from _below(clauses, child.head)
        else:
            yield child


def _follows(doc: Doc, clauses: Clauses, clause: Clause, inner: Clause) -> bool:
    if inner.head <= clause.head or inner.kind is Kind.NOMINAL:
        return False
    if inner.link is Link.OPEN_COMPLEMENT:
        # "finished third in 1998", but "became an ally" has its predicate as an argument
        return inner.parent == clause.head and not is_nominal_head(doc[inner.head])
    return _further(doc, clauses, inner) and _governor(clauses, inner) is clause


def relation_words(doc: Doc, chain: tuple[Clause, ...], last: Clause | None = None) -> list[int]:
    """The words of the verbs of a chain with the objects that stand between them.

    ``last`` is the clause that follows the chain and gives no words of its own.
    """
    found: set[int] = set()
    for clause, after in zip(chain, (*chain[1:], last), strict=True):
        found.update(clause.words)
        if clause.link is Link.CONJUNCT:
            # "was destroyed … and [was] rebuilt", "forced to leave … and [to] settle"
            found.update(clause.auxiliaries)
            found.update(clause.negations if clause.kind is Kind.VERBAL else ())
            if len(chain) > 1 and clause.parent is not None and clause.marker != "to":
                found.update(c.i for c in doc[clause.parent].children if c.dep_ == "mark")
        if after is None:
            continue
        roles = {Role.RECIPIENT, Role.OBJECT, Role.PREDICATE}
        if after.link is not Link.OPEN_COMPLEMENT:
            roles.add(Role.OBLIQUE)
        between = [a for a in clause.arguments if a.role in roles]
        if clause.passive:
            between = [a for a in between if a.role is not Role.OBJECT]
        for argument in between:
            if not argument.inherited and clause.head <= argument.head < after.head:
                # "ordered *the ministry* to publish"
                found.update(_with_preposition(doc, argument.head, after.head))
    return sorted(found)


def _with_preposition(doc: Doc, head: int, without: int) -> list[int]:
    cases = [c for c in doc[head].children if c.dep_ == "case" and c.i < head]
    words = [i for i in argument_words(doc, head, without) if i < without]
    return sorted({*words, *(t.i for c in cases for t in c.subtree)})
