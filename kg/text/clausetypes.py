"""What a clause is: a predicate, its arguments in logical roles, and how it hangs on others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Role(StrEnum):
    """What an argument is to its predicate, whatever the voice."""

    SUBJECT = "subject"
    OBJECT = "object"
    RECIPIENT = "recipient"
    OBLIQUE = "oblique"
    PREDICATE = "predicate"
    """What subject (copula) or object ("declared the South its enemy") is said to be."""
    POSSESSOR = "possessor"
    MODIFIER = "modifier"


class Kind(StrEnum):
    """How the predicate is worded."""

    VERBAL = "verbal"
    COPULAR = "copular"
    """"is open to talks", "Japan is an ally", verbless "open to talks" too."""
    NOMINAL = "nominal"
    """"Russia's invasion of Ukraine": a noun phrase read as a clause."""


class Link(StrEnum):
    """How a clause hangs on its parent."""

    ROOT = "root"
    COMPLEMENT = "complement"
    OPEN_COMPLEMENT = "open complement"
    ADVERBIAL = "adverbial"
    RELATIVE = "relative"
    ADNOMINAL = "adnominal"
    CONJUNCT = "conjunct"
    PARATAXIS = "parataxis"
    NOMINAL = "nominal"


class Argument(NamedTuple):
    """A nominal in a role; ``head`` is its head token, ``preposition`` "" when bare.

    ``inherited`` marks an argument that stands elsewhere: shared, controlled, relativised.
    """

    role: Role
    head: int
    preposition: str = ""
    inherited: bool = False


@dataclass(slots=True)
class Clause:
    """A predicate, its arguments, and what surrounds it; not changed once it is made.

    ``lemma`` holds a verb with its particle ("blow up"), ``verb`` the bare verb. ``tense``
    is past, present, future or "" (infinitives, participles, nouns). ``marker`` is the
    subordinator ("if", "that", "to", "after", "without", …), of nouns their preposition.
    ``parent`` is the head of the governing clause, ``anchor`` the noun that a relative or
    adnominal clause modifies.
    ``words`` are the tokens of the verb phrase (auxiliaries, negation, "to", particle).
    ``start``/``end`` bound the predicate's whole subtree.
    """

    head: int
    kind: Kind
    lemma: str
    verb: str
    passive: bool
    tense: str
    perfect: bool
    arguments: tuple[Argument, ...]
    auxiliaries: tuple[int, ...]
    negations: tuple[int, ...]
    adverbs: tuple[int, ...]
    marker: str
    link: Link
    parent: int | None
    anchor: int | None
    start: int
    end: int
    words: tuple[int, ...] = ()
    governs: int | None = None
    """The one complement with which it is read, where it has several."""
    # rules ask some twenty times for the arguments of each clause: sorted once by their roles
    _by_role: dict[Role, tuple[Argument, ...]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def _replace(self, **changes: Any) -> Clause:
        """The clause with other values in some of its fields, as of a ``NamedTuple``."""
        new = Clause(
            self.head,
            self.kind,
            self.lemma,
            self.verb,
            self.passive,
            self.tense,
            self.perfect,
            self.arguments,
            self.auxiliaries,
            self.negations,
            self.adverbs,
            self.marker,
            self.link,
            self.parent,
            self.anchor,
            self.start,
            self.end,
            self.words,
            self.governs,
        )
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def of(self, role: Role) -> tuple[Argument, ...]:
        """The arguments in a role, in text order."""
        found = self._by_role
        if found is None:
            found = self._by_role = {}
            for argument in self.arguments:
                found[argument.role] = (*found.get(argument.role, ()), argument)
        return found.get(role, ())

    def obliques(self, *prepositions: str) -> tuple[Argument, ...]:
        """The prepositional arguments with one of the prepositions, in text order."""
        found = self.of(_OBLIQUE)
        return tuple([a for a in found if a.preposition in prepositions]) if found else ()

    def surface_subject(self) -> tuple[Argument, ...]:
        """The grammatical subject: of a passive, the one acted upon."""
        return self.of(_OBJECT if self.passive else _SUBJECT)


# Of an enum, Python 3.11 looks members up ten times slower than names of the module.
_SUBJECT, _OBJECT, _OBLIQUE = Role.SUBJECT, Role.OBJECT, Role.OBLIQUE
_CONJUNCT = Link.CONJUNCT


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a document by the index of their predicate, in text order."""

    by_head: dict[int, Clause]
    _children: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.by_head.values())

    def at(self, head: int | None) -> Clause | None:
        """The clause whose predicate is this token, if any."""
        return self.by_head.get(head) if head is not None else None

    def parent(self, clause: Clause) -> Clause | None:
        """The governing clause; a conjunct's parent is the first of its coordination."""
        return self.at(clause.parent)

    def children(self, head: int) -> tuple[Clause, ...]:
        """The clauses that hang directly on the clause with this predicate."""
        found = self._children.get(head)
        return tuple([self.by_head[i] for i in found]) if found else ()

    def governor(self, clause: Clause) -> Clause | None:
        """The clause that a clause or its whole coordination depends on.

        "He said they would invade and occupy it": the governor of *occupy* is *said*.
        """
        while clause.link is _CONJUNCT:
            first = self.at(clause.parent)
            if first is None:
                return None
            clause = first
        return self.at(clause.parent)
