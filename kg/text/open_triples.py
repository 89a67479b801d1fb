"""Open triples: every clause as subject, relation phrase and object in the words of the text.

Minimal and complete, one fact per triple, prepositions in the relation phrase (the
conventions of BenchIE, Gashteovski et al. 2022, and CaRB, Bhardwaj et al. 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.phrases import NounPhrase, argument_tokens, clause_tokens, is_expletive

# Words after which a verb phrase goes on: "has sought to ease | tensions"
_MAX_CHAIN = 4


@dataclass(frozen=True, slots=True)
class OpenTriple:
    """Tokens of subject and object (sorted), words of the relation, and the clause behind it.

    ``heads`` are the head tokens of subject and object; ``implicit`` marks triples whose
    relation stands in no word ("Lavrov, the minister" → is).
    """

    subject: tuple[int, ...]
    relation: str
    object: tuple[int, ...]
    clause: Clause
    heads: tuple[int, int]
    implicit: bool = False


def find_open_triples(
    doc: Doc, clauses: Clauses, phrases: dict[int, NounPhrase]
) -> Iterator[OpenTriple]:
    """All open triples of a document in text order, each once."""
    seen: set[tuple[tuple[int, ...], str, tuple[int, ...]]] = set()
    for clause in clauses:
        for triple in (*_explicit(doc, clauses, clause), *_implicit(doc, phrases, clause)):
            key = (triple.subject, triple.relation, triple.object)
            if key not in seen and triple.subject and triple.object:
                seen.add(key)
                yield triple


def _explicit(doc: Doc, clauses: Clauses, clause: Clause) -> Iterator[OpenTriple]:
    if clause.kind is Kind.NOMINAL or clause.link is Link.OPEN_COMPLEMENT:
        # An open complement is told with its governor: "agreed to sign".
        return
    subjects = clause.surface_subject()
    if clause.passive and not subjects:
        subjects = clause.of(Role.RECIPIENT)
    for chain in _chains(clauses, clause):
        words = _verb_words(chain)
        last = chain[-1]
        for subject in subjects:
            if not is_expletive(doc[subject.head]):
                # "There were clashes in Homs": nothing to say of "there"
                yield from _facts(doc, clauses, last, subject, words)


def _chains(clauses: Clauses, clause: Clause) -> Iterator[tuple[Clause, ...]]:
    """The clause with the open complements it leads to: seek → to ease."""
    inner = [
        c
        for c in clauses.children(clause.head)
        if c.link is Link.OPEN_COMPLEMENT and c.kind is Kind.VERBAL
    ]
    controlled = [c for c in inner if not clause.of(Role.OBJECT) or clause.passive]
    if not controlled:
        yield (clause,)
    for c in controlled:
        for rest in _chains(clauses, c):
            if len(rest) < _MAX_CHAIN:
                yield (clause, *rest)


def _verb_words(chain: tuple[Clause, ...]) -> list[int]:
    return sorted({token for clause in chain for token in clause.words})


def _facts(
    doc: Doc, clauses: Clauses, clause: Clause, subject: Argument, words: list[int]
) -> Iterator[OpenTriple]:
    relation = _text(doc, words) or "is"
    left = argument_tokens(doc, subject.head)
    objects = () if clause.passive else clause.of(Role.OBJECT)
    if clause.passive and clause.of(Role.RECIPIENT):
        objects = clause.of(Role.OBJECT)
    for obj in (*objects, *clause.of(Role.PREDICATE)):
        if obj.head == clause.head:
            tokens = argument_tokens(doc, obj.head, predicate=True)
        else:
            tokens = argument_tokens(doc, obj.head)
        yield OpenTriple(left, relation, tokens, clause, (subject.head, obj.head))
    if clause.passive:
        for agent in clause.of(Role.SUBJECT):
            if not agent.inherited:
                yield OpenTriple(
                    left,
                    f"{relation} {agent.preposition or 'by'}",
                    argument_tokens(doc, agent.head),
                    clause,
                    (subject.head, agent.head),
                )
    first = next(iter(objects), None)
    for oblique in clause.of(Role.OBLIQUE):
        parts = [relation]
        if first is not None and first.head != subject.head:
            parts.append(_text(doc, argument_tokens(doc, first.head)))
        if oblique.preposition:
            parts.append(oblique.preposition)
        yield OpenTriple(
            left,
            " ".join(parts),
            argument_tokens(doc, oblique.head),
            clause,
            (subject.head, oblique.head),
        )
    for inner in clauses.children(clause.head):
        if inner.link is Link.COMPLEMENT and inner.head > clause.head:
            # "Seoul said Pyongyang had fired a missile"
            content = clause_tokens(doc, inner.head)
            yield OpenTriple(left, relation, content, clause, (subject.head, inner.head))


def _implicit(doc: Doc, phrases: dict[int, NounPhrase], clause: Clause) -> Iterator[OpenTriple]:
    for argument in clause.arguments:
        phrase = phrases.get(argument.head)
        if phrase is None or argument.inherited:
            continue
        for other in phrase.appositions:
            # "Lavrov, the Russian foreign minister, …" → Lavrov is the Russian foreign minister
            yield OpenTriple(
                argument_tokens(doc, phrase.head),
                "is",
                argument_tokens(doc, other),
                clause,
                (phrase.head, other),
                implicit=True,
            )
        if phrase.possessor is not None and doc[phrase.possessor].pos_ != "PRON":
            # "Russia's main allies" → Russia has main allies
            owned = tuple(
                i
                for i in argument_tokens(doc, phrase.head)
                if not doc[phrase.possessor].is_ancestor(doc[i]) and i != phrase.possessor
            )
            yield OpenTriple(
                argument_tokens(doc, phrase.possessor),
                "has",
                owned,
                clause,
                (phrase.possessor, phrase.head),
                implicit=True,
            )


def _text(doc: Doc, tokens: tuple[int, ...] | list[int]) -> str:
    """The words of tokens, joined as the text joins them where they are neighbours."""
    parts: list[str] = []
    for position, i in enumerate(tokens):
        parts.append(doc[i].text)
        follows = position + 1 < len(tokens) and tokens[position + 1] == i + 1
        if not follows or doc[i].whitespace_:
            parts.append(" ")
    return " ".join("".join(parts).split())


def words(doc: Doc, tokens: tuple[int, ...]) -> str:
    """The words of an argument as one line of text."""
    return _text(doc, tokens)
