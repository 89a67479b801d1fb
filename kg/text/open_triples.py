"""Open triples: every clause as subject, relation phrase and object in the words of the text.

Minimal and complete, one fact per triple, prepositions in the relation phrase (the
conventions of BenchIE, Gashteovski et al. 2022, and CaRB, Bhardwaj et al. 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.resources import check_keys, read_yaml, resource_path
from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.cues import load_cues
from kg.text.open_arguments import argument_words, content_words, join_words, quality_words
from kg.text.open_chains import chains, relation_words, told_with_governor
from kg.text.parsed import Doc, Token
from kg.text.phrases import (
    NounPhrase,
    antecedent,
    is_expletive,
    is_nominal_head,
    is_relative,
    preposition_of,
)


class Fact(StrEnum):
    """What a triple tells, in falling order of trust."""

    OBJECT = "object"
    """"The road | crosses | the river", "She | was elected | chairwoman"."""
    QUALITY = "quality"
    """"The soil | is | poor", "Critics | consider the law | unconstitutional"."""
    CONTENT = "content"
    """"Seoul | said | Pyongyang had fired a missile"."""
    OBLIQUE = "oblique"
    """"The road | crosses the river near | Sanga"."""
    FURTHER = "further"
    """"Police | used tear gas to disperse | the crowd"."""
    IMPLICIT = "implicit"
    """The relation stands in no word: "Lavrov, the minister" → is."""


@dataclass(frozen=True, slots=True)
class OpenTriple:
    """Tokens of subject and object (sorted), words of the relation, and the clause behind it.

    ``heads`` are the head tokens of subject and object.
    """

    subject: tuple[int, ...]
    relation: str
    object: tuple[int, ...]
    clause: Clause
    heads: tuple[int, int]
    fact: Fact

    @property
    def implicit(self) -> bool:
        """Whether the relation stands in no word of the text."""
        return self.fact is Fact.IMPLICIT


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
    if clause.kind is Kind.NOMINAL or told_with_governor(doc, clauses, clause):
        return
    subjects = clause.surface_subject()
    if clause.passive and not subjects:
        subjects = clause.of(Role.RECIPIENT)
    bare = clause.kind is Kind.COPULAR or clause.marker == "to"
    if bare and clause.link is Link.ADNOMINAL and clause.anchor is not None:
        # "a budget *worth* 8 billion", "initiatives *to cut* emissions have …"
        subjects = (Argument(Role.SUBJECT, clause.anchor, "", True),)
    subjects = tuple(_meant(doc, a) for a in _without_names_before(doc, clause, subjects))
    for chain in chains(doc, clauses, clause, ()):
        for subject in subjects:
            token = doc[subject.head]
            if not is_expletive(token) and not is_relative(token):
                # "It is raining"; "who" with nobody to stand for
                yield from _facts(doc, clauses, chain, subject)
    there = next((c for c in doc[clause.head].children if c.tag_ == "EX"), None)
    if there is not None and len(clause.of(Role.SUBJECT)) == 1 and _alone(clause):
        # "There were clashes in Homs": the words have no other subject
        told = clause.of(Role.SUBJECT)[0].head
        relation = join_words(doc, clause.words)
        words, heads = argument_words(doc, told), (there.i, told)
        yield OpenTriple((there.i,), relation, words, clause, heads, Fact.FURTHER)


def _meant(doc: Doc, argument: Argument) -> Argument:
    """What a relative pronoun stands for: "a law *that* critics say is inspired by …"."""
    token = doc[argument.head]
    noun = antecedent(token) if is_relative(token) else None
    return argument._replace(head=noun.i, inherited=True) if noun is not None else argument


def _without_names_before(
    doc: Doc, clause: Clause, subjects: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """The subjects without a nominal that only says who the next one is.

    "*A Democrat*, he became mayor": parsers call both subjects.
    """
    own = [a for a in subjects if not a.inherited]
    if len(own) > 1 and doc[own[-1].head].pos_ == "PRON":
        last = doc[own[-1].head]
        if last.i > 0 and doc[last.i - 1].text == "," and own[0].head < last.i:
            return (own[-1],)
    return subjects


def _facts(
    doc: Doc, clauses: Clauses, chain: tuple[Clause, ...], subject: Argument
) -> Iterator[OpenTriple]:
    found = list(_told(doc, clauses, chain, subject))
    if not found and len(chain) > 1 and chain[-1].link is Link.OPEN_COMPLEMENT:
        # "ordered the troops | to leave"
        inner = chain[-1]
        start = relation_words(doc, chain[:-1], inner)
        heads = (subject.head, inner.head)
        left = argument_words(doc, subject.head, chain[0].head)
        words = tuple(i for i in inner.words if i not in start)
        yield OpenTriple(left, join_words(doc, start), words, inner, heads, Fact.FURTHER)
    # The same noun twice is a slip of the parser, never a fact
    yield from (t for t in found if t.heads[0] != t.heads[1])


def _told(
    doc: Doc, clauses: Clauses, chain: tuple[Clause, ...], subject: Argument
) -> Iterator[OpenTriple]:
    clause = chain[-1]
    words = relation_words(doc, chain)
    relation = join_words(doc, words) or "is"
    left = argument_words(doc, subject.head, chain[0].head)
    further = any(c.link in {Link.ADVERBIAL, Link.ADNOMINAL} for c in chain[1:])

    def triple(relation: str, words: tuple[int, ...], head: int, fact: Fact) -> OpenTriple:
        kind = Fact.FURTHER if further and fact is not Fact.IMPLICIT else fact
        return OpenTriple(left, relation, words, clause, (subject.head, head), kind)

    recipients = () if clause.passive else clause.of(Role.RECIPIENT)
    # "gave *his daughter* | a castle"
    so_far = " ".join([relation, *(_argument(doc, r) for r in recipients[:1])])
    objects = _objects(clauses, clause)
    for obj in objects:
        yield triple(so_far, argument_words(doc, obj.head), obj.head, Fact.OBJECT)
    if objects and objects[0].head != subject.head:
        so_far = f"{so_far} {_argument(doc, objects[0])}"
    predicates = clause.of(Role.PREDICATE)
    for predicate in predicates:
        # "is | an ally", "elected him | president", "is in | Geneva"
        preposition = predicate.preposition or preposition_of(doc[predicate.head])
        told = " ".join(filter(None, [so_far, preposition]))
        yield triple(told, argument_words(doc, predicate.head), predicate.head, Fact.OBJECT)
    if predicates:
        # "has been the main source *for* four decades"
        preposition = preposition_of(doc[predicates[0].head])
        so_far = " ".join(filter(None, [so_far, preposition, _argument(doc, predicates[0])]))
    if clause.passive:
        for agent in clause.of(Role.SUBJECT):
            if not agent.inherited:
                told = f"{relation} {agent.preposition or 'by'}"
                yield triple(told, argument_words(doc, agent.head), agent.head, Fact.OBJECT)
    idiom = _idiom(doc, clause)
    for oblique in _obliques(clause):
        between = join_words(doc, idiom) if idiom and oblique.head > idiom[-1] else ""
        told = " ".join(filter(None, [so_far, between, oblique.preposition]))
        yield triple(told, argument_words(doc, oblique.head), oblique.head, Fact.OBLIQUE)
    if clause.marker == "where" and clause.link is Link.RELATIVE and clause.anchor is not None:
        # "the village, *where* 300 people live": they live in it
        place = argument_words(doc, clause.anchor, clause.head)
        yield triple(f"{so_far} in", place, clause.anchor, Fact.OBLIQUE)
    for head, tokens in _qualities(doc, clauses, clause):
        told = so_far
        if head == clause.head:
            told = join_words(doc, [i for i in words if i not in tokens]) or "is"
        yield triple(told, tokens, head, Fact.QUALITY)
    for head, tokens in _contents(doc, clauses, clause):
        # "told Scott | that he had left"
        told = so_far if head > clause.head else relation
        yield triple(told, tokens, head, Fact.CONTENT)


def _argument(doc: Doc, argument: Argument) -> str:
    return join_words(doc, argument_words(doc, argument.head))


def _objects(clauses: Clauses, clause: Clause) -> tuple[Argument, ...]:
    if clause.passive and not clause.of(Role.RECIPIENT):
        # but "Kyiv was given | missiles"
        return ()
    if _relative_report(clauses, clause):
        return tuple(a for a in clause.of(Role.OBJECT) if not a.inherited)
    return clause.of(Role.OBJECT)


def _relative_report(clauses: Clauses, clause: Clause) -> bool:
    """Whether what a relative clause is about stands further in: "a bill that critics say is …"."""
    inner = clauses.children(clause.head)
    return clause.link is Link.RELATIVE and any(c.link is Link.COMPLEMENT for c in inner)


def _obliques(clause: Clause) -> tuple[Argument, ...]:
    """The prepositional arguments but for sources: "according to the mayor" is no fact."""
    sources = load_cues().phrases
    # "four kilometres wide": how wide is part of the quality
    measured = clause.kind is Kind.COPULAR
    return tuple(
        a
        for a in clause.of(Role.OBLIQUE)
        if a.preposition not in sources
        and not (measured and not a.preposition and a.head < clause.head)
    )


def _idiom(doc: Doc, clause: Clause) -> list[int]:
    """A bare noun with its preposition right behind the verb: "fell *in love* with a prisoner"."""
    for oblique in clause.of(Role.OBLIQUE):
        token = doc[oblique.head]
        bare = token.left_edge.i == token.i - 1 and token.right_edge.i == token.i
        if bare and token.i == clause.head + 2 and token.pos_ == "NOUN" and oblique.preposition:
            return [token.i - 1, token.i]
    return []


def _qualities(doc: Doc, clauses: Clauses, clause: Clause) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Adjectives said of the subject or object: "is | poor", "finished | third"."""
    if clause.kind is Kind.COPULAR:
        plain = not clause.of(Role.PREDICATE) and not any(_obliques(clause))
        inner = any(
            c.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT} for c in clauses.children(clause.head)
        )
        if plain and not inner and doc[clause.head].pos_ in {"ADJ", "NUM"} and clause.auxiliaries:
            yield clause.head, quality_words(doc, clause.head)
    elif clause.passive and not (
        clause.of(Role.OBLIQUE) or clause.of(Role.SUBJECT) or clause.of(Role.PREDICATE)
    ):
        inner = any(c.link is Link.OPEN_COMPLEMENT for c in clauses.children(clause.head))
        if clause.auxiliaries and not inner and not clause.of(Role.RECIPIENT):
            # "Two soldiers were | killed"
            yield clause.head, (clause.head,)
    for child in doc[clause.head].children:
        if child.dep_ == "xcomp" and child.pos_ in {"ADJ", "NUM"} and child.i > clause.head:
            if not is_nominal_head(child):
                yield child.i, quality_words(doc, child.i)
        elif child.dep_ == "advmod" and child.i > clause.head and _alone(clause):
            # "move | abroad", "finished | second"
            found = quality_words(doc, child.i) if child.pos_ == "ADV" else ()
            if not set(found) & set(clause.words):
                yield child.i, found


def _alone(clause: Clause) -> bool:
    """Whether a verb has no argument besides its subject."""
    told = {Role.OBJECT, Role.OBLIQUE, Role.PREDICATE, Role.RECIPIENT}
    return (
        clause.kind is Kind.VERBAL
        and not clause.passive
        and not any(a.role in told for a in clause.arguments)
    )


def _contents(doc: Doc, clauses: Clauses, clause: Clause) -> Iterator[tuple[int, tuple[int, ...]]]:
    if _relative_report(clauses, clause) and any(a.inherited for a in clause.of(Role.OBJECT)):
        return
    for inner in clauses.children(clause.head):
        if inner.link is Link.COMPLEMENT and not doc[inner.head].dep_.startswith("csubj"):
            # "Seoul said Pyongyang had fired a missile"
            yield inner.head, content_words(doc, inner.head)
    outer = clauses.at(clause.parent)
    if clause.link is Link.PARATAXIS and outer is not None and outer.kind is not Kind.NOMINAL:
        cues = load_cues()
        reports = cues.verb(clause.lemma, clause.verb, doc[clause.head].lower_)
        if reports and not _objects(clauses, clause):
            # "Prices rose by 3%, *traders said*"
            yield outer.head, content_words(doc, outer.head, clause.head)


def _implicit(doc: Doc, phrases: dict[int, NounPhrase], clause: Clause) -> Iterator[OpenTriple]:
    for argument in clause.arguments:
        phrase = phrases.get(argument.head)
        if phrase is None or argument.inherited:
            continue
        for other in phrase.appositions:
            # "Lavrov, the Russian foreign minister, …" → Lavrov is the Russian foreign minister;
            # "retook the palace, *a symbolic victory*" says nothing of the palace
            if not _is_remark(doc[other]) and not _is_address(doc[phrase.head], doc[other]):
                yield _is(doc, clause, phrase.head, other)
        for title in phrase.titles:
            # "Prime Minister Anna Berg" → Anna Berg is Prime Minister, but "Sen. Mitchell"
            name = tuple(i for i in argument_words(doc, phrase.head, title) if i > title)
            told = argument_words(doc, title)
            if len(told) == 1 or not doc[told[-1]].whitespace_:
                continue
            heads = (phrase.head, title)
            yield OpenTriple(name, "is", told, clause, heads, Fact.IMPLICIT)


@cache
def _remarks() -> frozenset[str]:
    path = resource_path("cues/remarks.yml")
    data = read_yaml(path)
    check_keys(data, ("nouns",), (), path)
    return frozenset(data["nouns"].split())


def _is_remark(noun: Token) -> bool:
    return noun.lemma_.lower() in _remarks() or (noun.is_upper and noun.n_lefts == 0)


def _is_address(noun: Token, other: Token) -> bool:
    """Whether the second name says where the first one is: "Trinity College, *Cambridge*"."""
    places = noun.pos_ == other.pos_ == "PROPN" and other.ent_type_ in {"GPE", "LOC"}
    return places and noun.ent_type_ != "PERSON"


def _is(doc: Doc, clause: Clause, head: int, other: int) -> OpenTriple:
    """Two nominals beside each other, the name first: "the chairman, *Peter Lund*"."""
    if doc[other].pos_ == "PROPN" and doc[head].pos_ != "PROPN":
        head, other = other, head
    return OpenTriple(
        argument_words(doc, head, other),
        "is",
        argument_words(doc, other, head),
        clause,
        (head, other),
        Fact.IMPLICIT,
    )


def words(doc: Doc, tokens: tuple[int, ...]) -> str:
    """The words of an argument as one line of text."""
    return join_words(doc, tokens)
