"""What speaks for an entity as the antecedent of a pronoun, as numbers that weights multiply."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.text.binding import Binding
from kg.text.clauses import Clause, Link, Role
from kg.text.entities import Entity
from kg.text.quotes import Report

WINDOW = 4
"""Sentences before the pronoun's own in which an antecedent is looked for."""

Features = dict[str, float]


class Salience:
    """Features of the entities that the pronouns of a document may stand for."""

    def __init__(self, doc: Doc, binding: Binding) -> None:
        self.doc, self.binding = doc, binding
        self.entities, self.reports = binding.entities, binding.reports
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self.starts = [s.start for s in doc.sents]
        self.speakers: dict[int, set[int]] = {}
        """Sentence → heads of the sources whose words it quotes."""
        self.sources: dict[int, Report] = {}
        """Head of a source → the last report that is its."""
        self.ruled: dict[int, list[Clause]] = {}
        """Subject → the clauses that share it without naming it again."""
        for clause in binding.clauses:
            for argument in clause.surface_subject():
                if argument.inherited:
                    self.ruled.setdefault(argument.head, []).append(clause)
        for report in self.reports.reports:
            if report.source is None:
                continue
            self.sources[report.source] = report
            if report.direct:
                for start, end in report.content:
                    for i in range(start, end):
                        self.speakers.setdefault(self.sentence[i], set()).add(report.source)

    def near(self, token: Token) -> list[Entity]:
        """The entities spoken of not long ago."""
        first = self.starts[max(self.sentence[token.i] - WINDOW, 0)]
        return [e for e in self.entities.met if e.last >= first]

    def nobody(self, token: Token) -> Features:
        """What speaks for no antecedent at all: "it is clear that …"."""
        found = {"none": 1.0}
        if self.entities.words.pronouns[token.lower_].kind == "thing":
            part = self.entities.part(token.i)
            found["none expletive"] = float(self.binding.expletive(token))
            found["none subject"] = float(part == "subject")
            found["none start"] = float(token.is_sent_start or False)
            found["none says"] = float(token.i in self.sources)
            found["none object"] = float(token.lower_ == "it" and part != "subject")
            found["none copular"] = float(self.doc[token.head.i].pos_ in {"NOUN", "ADJ"})
        found["none quoted"] = float(self.reports.quoted(token.i))
        return found

    def features(self, token: Token, entity: Entity, rivals: Sequence[Entity]) -> Features:
        """What speaks for and against an entity among all that grammar allows."""
        here = self.sentence[token.i]
        last = entity.traces[-1]
        distance, part = here - self.sentence[entity.last], last.part
        spoken = self._spoken(token, entity)
        if spoken is not None and spoken <= distance:
            # whose words the sentence before quotes is its subject
            distance, part = spoken, "subject"
        subject = part == "subject"
        use = self.entities.part(token.i)
        found: Features = {f"distance {min(distance, 4)}": 1.0, f"part {part}": 1.0}
        found[f"{min(distance, 2)} {part} to {use}"] = 1.0
        found["subject"] = float(subject)
        found["main subject"] = float(subject and last.main)
        found["often"] = min(math.log(len(entity.traces)), 2.0)
        found["pronoun"] = float(last.pronoun and distance <= 1)
        found["gender"] = float(bool(entity.gender))
        found["person"] = float(bool(entity.person))
        found["open kind"] = float(entity.person is None)
        found["named"] = float(entity.named)
        found["actor"] = float(entity.actor)
        found["parallel"] = float((use == "subject") == subject)
        found["same part"] = float(use == part)
        found["several"] = float(len(entity.heads) > 1)
        found["collective"] = float(entity.plural is None)
        found["first"] = float(entity.first < 60)
        found["both quoted"] = float(
            self.reports.quoted(token.i) == self.reports.quoted(entity.last)
        )
        if distance == 0:
            found["near"] = 1 - min(token.i - entity.last, 40) / 40
        found.update(self._among(entity, rivals, here))
        found["closest subject"] = float(entity is self._closest_subject(token, rivals))
        found.update(self._clauses(token, entity))
        found.update(self._says(token, entity))
        found.update(self._phrase(token, entity))
        found["inside"] = float(self._inside(token, entity))
        return {name: value for name, value in found.items() if value}

    def _spoken(self, token: Token, entity: Entity) -> int | None:
        """How many sentences ago the entity's words were quoted, outside of quotations."""
        if self.reports.quoted(token.i):
            return None
        here = self.sentence[token.i]
        return next(
            (
                here - n
                for n in range(here - 1, max(here - WINDOW, 0) - 1, -1)
                if any(self.entities.of.get(s) is entity for s in self.speakers.get(n, ()))
            ),
            None,
        )

    def goes_on(self, token: Token, entity: Entity) -> bool:
        """Whether the pronoun says something, and the sentence before quotes the entity."""
        return token.i in self.sources and self._spoken(token, entity) == 1

    def _among(
        self, entity: Entity, rivals: Sequence[Entity], here: int
    ) -> Iterator[tuple[str, float]]:
        """How the entity stands among its rivals: how recent, how often, whether alone."""
        later = sum(r.last > entity.last for r in rivals)
        yield f"rank {min(later, 3)}", 1.0
        yield "only", float(len(rivals) == 1)
        most = max((len(r.traces) for r in rivals if r is not entity), default=0)
        yield "topic", float(len(entity.traces) > most)
        subjects = [
            t for t in entity.traces if t.part == "subject" and self.sentence[t.token] == here - 1
        ]
        yield "subject before", float(bool(subjects))
        yield "main subject before", float(any(t.main for t in subjects))
        total = sum(len(r.traces) for r in rivals if len(r.heads) == 1)
        yield "share", len(entity.traces) / max(total, 1)
        yield "new", float(len(entity.traces) == 1)
        better = sum(r.last > entity.last and r.traces[-1].part == "subject" for r in rivals)
        yield f"subjects since {min(better, 2)}", 1.0
        around = [
            r
            for r in rivals
            if self.sentence[r.last] == self.sentence[entity.last] and r is not entity
        ]
        yield "alone in sentence", float(not around)
        yield "first in sentence", float(all(r.last > entity.last for r in around))
        recent = sum(here - self.sentence[t.token] <= 1 for t in entity.traces)
        yield "recent", min(math.log(1 + recent), 2.0)

    def _closest_subject(self, token: Token, rivals: Sequence[Entity]) -> Entity | None:
        """The rival that is the subject of the smallest clause around the pronoun."""
        here, seen = self.binding.clause_of.get(token.i), set[int]()
        while here is not None and here.head not in seen:
            seen.add(here.head)
            for argument in here.surface_subject():
                for rival in rivals:
                    if argument.head != token.i and self.binding.stands_for(argument.head, rival):
                        return rival
            here = self._up(here)
        return None

    def _clauses(self, token: Token, entity: Entity) -> Iterator[tuple[str, float]]:
        """Where the entity stands in the clauses around the pronoun: "Russia said *it* …"."""
        owner = self.binding.owned(token) is not None
        use = (
            "possessive " if owner else "object " if self.entities.part(token.i) == "object" else ""
        )
        seen: set[int] = set()
        here, level, link = self.binding.clause_of.get(token.i), 0, ""
        while here is not None and here.head not in seen and level < 4:
            seen.add(here.head)
            subjects = {a.head for a in here.surface_subject()} - {token.i}
            objects = self._objects(here) - {token.i}
            if here.anchor is not None and self.binding.stands_for(here.anchor, entity):
                # "a general *whose troops* obey *him*"
                yield f"{use}anchor", 1.0
            if any(self.binding.stands_for(h, entity) for h in subjects):
                yield f"{use}clause {min(level, 2)}", 1.0
                yield f"subject through {link}", float(level == 1)
                yield "subject bids", float(level == 1 and here.verb in self._bidding)
                return
            if any(self.binding.stands_for(h, entity) for h in objects):
                yield f"{use}object of clause {min(level, 2)}", 1.0
                yield f"object through {link}", float(level == 1)
                yield "object is bidden", float(level == 1 and here.verb in self._bidding)
                return
            link = here.link.value
            here = self._up(here)
            level += 1

    @property
    def _bidding(self) -> frozenset[str]:
        return self.entities.words["bidding"]

    def _up(self, clause: Clause) -> Clause | None:
        if clause.link is Link.CONJUNCT:
            # "Putin spoke and *he* left"
            return self.binding.clauses.parent(clause)
        return self.binding.clauses.governor(clause)

    def _objects(self, clause: Clause) -> set[int]:
        arguments = (*clause.of(Role.OBJECT), *clause.of(Role.RECIPIENT))
        return {a.head for a in arguments} if not clause.passive else set()

    def _says(self, token: Token, entity: Entity) -> Iterator[tuple[str, float]]:
        for report in self.reports.chain(token.i):
            if report.source is None or report.direct:
                continue
            if self.binding.stands_for(report.source, entity):
                # "Putin said on Monday in Sochi that *he* …"
                yield "says", 1.0
            if report.addressee is not None and self.binding.stands_for(report.addressee, entity):
                # "told Xi that *he* …"
                yield "is told", 1.0
        if token.i in self.sources:
            # "…," *he* said: an actor, often who spoke before
            yield "actor says", float(entity.actor)
            before = [h for h in self.sources if h < token.i]
            yield "spoke last", float(bool(before) and self.binding.stands_for(max(before), entity))

    def _inside(self, token: Token, entity: Entity) -> bool:
        """Whether the entity stands in a clause that the pronoun is the subject of.

        "Placed in the care of Dr Bailey, *he* …"
        """
        return any(
            c.start <= entity.last < c.end
            for c in self.ruled.get(token.i, ())
            if not c.start <= token.i < c.end or c.head > token.i
        )

    def _phrase(self, token: Token, entity: Entity) -> Iterator[tuple[str, float]]:
        """What the phrase of the last mention tells."""
        phrase = self.entities.phrases.get(entity.last)
        if phrase is None or entity.traces[-1].pronoun:
            return
        subject = entity.traces[-1].part == "subject"
        yield "oblique", float(bool(phrase.preposition) and not subject)
        yield "indefinite", float(phrase.determiner in {"a", "an"})
        owned = self.binding.owned(token)
        if owned is not None:
            # "the explorer Henry Ashworth and *his* wife"
            yield "conjoined", float(owned.head in phrase.conjuncts)
