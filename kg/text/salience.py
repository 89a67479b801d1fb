"""What speaks for an entity as the antecedent of a pronoun, as numbers that weights multiply."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.text.binding import Binding
from kg.text.clauses import Clause, Link, Role
from kg.text.entities import Entity
from kg.text.parsed import Doc, Token
from kg.text.quotes import Report
from kg.text.wordlists import listed

WINDOW = 4
"""Sentences before the pronoun's own in which an antecedent is looked for."""

Features = dict[str, float]


class Salience:
    """Features of the entities that the pronouns of a document may stand for."""

    def __init__(self, doc: Doc, binding: Binding) -> None:
        self.doc, self.binding = doc, binding
        self.entities, self.reports = binding.entities, binding.reports
        self.sentence = doc.sentence_numbers
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
        if token.lower_ == "it" and token.head.lemma_.lower() in listed("minded"):
            # "*it* was ready to talk": somebody was
            return {}
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

    def around(self, token: Token, rivals: Sequence[Entity]) -> Surroundings:
        """What the features of all rivals for a pronoun ask for, found once."""
        return Surroundings(self, token, rivals)

    def features(self, around: Surroundings, entity: Entity) -> Features:
        """What speaks for and against an entity among all that grammar allows."""
        token, here, use = around.token, around.here, around.use
        last = entity.traces[-1]
        distance, part = here - self.sentence[entity.last], last.part
        spoken = around.spoken(entity)
        if spoken is not None and spoken <= distance:
            # whose words the sentence before quotes is its subject
            distance, part = spoken, "subject"
        subject = part == "subject"
        found: Features = {f"distance {min(distance, 4)}": 1.0, f"part {part}": 1.0}
        found[f"{min(distance, 2)} {part} to {use}"] = 1.0
        count = len(entity.traces)
        if subject:
            found["subject"] = 1.0
            if last.main:
                found["main subject"] = 1.0
        if count > 1:
            found["often"] = min(math.log(count), 2.0)
        for name, holds in (
            ("pronoun", last.pronoun and distance <= 1),
            ("gender", entity.gender),
            ("person", entity.person),
            ("open kind", entity.person is None),
            ("named", entity.named),
            ("actor", entity.actor),
            ("parallel", (use == "subject") == subject),
            ("same part", use == part),
            ("several", len(entity.heads) > 1),
            ("collective", entity.plural is None),
            ("first", entity.first < 60),
            ("both quoted", around.quoted == self.reports.quoted(entity.last)),
        ):
            if holds:
                found[name] = 1.0
        if distance == 0 and token.i - entity.last < 40:
            found["near"] = 1 - (token.i - entity.last) / 40
        self._among(around, entity, found)
        if entity is around.closest_subject:
            found["closest subject"] = 1.0
        for further in (self._clauses, self._says, self._phrase):
            for name, value in further(around, entity):
                if value:
                    found[name] = value
        if any(c.start <= entity.last < c.end for c in around.ruled):
            found["inside"] = 1.0
        return found

    def goes_on(self, around: Surroundings, entity: Entity) -> bool:
        """Whether the pronoun says something, and the sentence before quotes the entity."""
        return around.token.i in self.sources and around.spoken(entity) == 1

    def _among(self, around: Surroundings, entity: Entity, found: Features) -> None:
        """How the entity stands among its rivals: how recent, how often, whether alone."""
        here, sentence, last = around.here, self.sentence, entity.last
        later = [r for r in around.rivals if r.last > last]
        found[f"rank {min(len(later), 3)}"] = 1.0
        if len(around.rivals) == 1:
            found["only"] = 1.0
        count = len(entity.traces)
        if count > around.most_traces(entity):
            found["topic"] = 1.0
        recent, before, main = 0, False, False
        for trace in reversed(entity.traces):
            ago = here - sentence[trace.token]
            if ago > 1:
                # traces are in text order
                break
            recent += 1
            if ago == 1 and trace.part == "subject":
                before, main = True, main or trace.main
        if before:
            found["subject before"] = 1.0
        if main:
            found["main subject before"] = 1.0
        found["share"] = count / max(around.traces, 1)
        if count == 1:
            found["new"] = 1.0
        better = sum([r.traces[-1].part == "subject" for r in later])
        found[f"subjects since {min(better, 2)}"] = 1.0
        where = sentence[last]
        beside = [r for r in around.rivals if sentence[r.last] == where and r is not entity]
        if not beside:
            found["alone in sentence"] = 1.0
        if all(r.last > last for r in beside):
            found["first in sentence"] = 1.0
        if recent:
            found["recent"] = min(math.log(1 + recent), 2.0)

    def _clauses(self, around: Surroundings, entity: Entity) -> Iterator[tuple[str, float]]:
        """Where the entity stands in the clauses around the pronoun: "Russia said *it* …"."""
        stands_for, use = self.binding.stands_for, around.owning
        for level, clause in enumerate(around.clauses):
            if clause.anchor is not None and stands_for(clause.anchor, entity):
                # "a general *whose troops* obey *him*"
                yield f"{use}anchor", 1.0
            for side, bid, heads in (
                ("subject", "subject bids", clause.subjects),
                ("object", "object is bidden", clause.objects),
            ):
                if heads and any(stands_for(h, entity) for h in heads):
                    where = "clause" if side == "subject" else "object of clause"
                    yield f"{use}{where} {min(level, 2)}", 1.0
                    yield f"{side} through {clause.link}", float(level == 1)
                    yield bid, float(level == 1 and clause.bids)
                    return

    def _says(self, around: Surroundings, entity: Entity) -> Iterator[tuple[str, float]]:
        stands_for = self.binding.stands_for
        for report in around.reports:
            if report.source is not None and stands_for(report.source, entity):
                # "Putin said on Monday in Sochi that *he* …"
                yield "says", 1.0
            if report.addressee is not None and stands_for(report.addressee, entity):
                # "told Xi that *he* …"
                yield "is told", 1.0
        if around.token.i in self.sources:
            # "…," *he* said: an actor, often who spoke before
            yield "actor says", float(entity.actor)
            before = around.spoke_before
            yield "spoke last", float(before is not None and stands_for(before, entity))

    def _phrase(self, around: Surroundings, entity: Entity) -> Iterator[tuple[str, float]]:
        """What the phrase of the last mention tells."""
        phrase = self.entities.phrases.get(entity.last)
        if phrase is None or entity.traces[-1].pronoun:
            return
        subject = entity.traces[-1].part == "subject"
        yield "oblique", float(bool(phrase.preposition) and not subject)
        yield "indefinite", float(phrase.determiner in {"a", "an"})
        if around.owned is not None:
            # "the explorer Henry Ashworth and *his* wife"
            yield "conjoined", float(around.owned.head in phrase.conjuncts)


@dataclass(frozen=True, slots=True)
class _Around:
    """A clause around a pronoun; ``link`` is how the one inside hangs on it."""

    subjects: frozenset[int]
    objects: frozenset[int]
    anchor: int | None
    link: str
    bids: bool


class Surroundings:
    """Where a pronoun stands, and who is left to be what it stands for."""

    def __init__(self, salience: Salience, token: Token, rivals: Sequence[Entity]) -> None:
        binding, reports = salience.binding, salience.reports
        self.token, self.rivals = token, rivals
        self._salience = salience
        self.here = salience.sentence[token.i]
        self.use = salience.entities.part(token.i)
        self.quoted = reports.quoted(token.i)
        self.owned = binding.owned(token)
        self.owning = (
            "possessive " if self.owned is not None else "object " if self.use == "object" else ""
        )
        self.reports = [r for r in reports.chain(token.i) if r.source is not None and not r.direct]
        self.spoke_before = max((h for h in salience.sources if h < token.i), default=None)
        self.ruled = [
            # "Placed in the care of Dr Bailey, *he* …"
            c
            for c in salience.ruled.get(token.i, ())
            if not c.start <= token.i < c.end or c.head > token.i
        ]
        self.clauses = tuple(self._around())
        self.closest_subject = self._closest_subject()
        self.traces = sum(len(r.traces) for r in rivals if len(r.heads) == 1)
        self._counts = sorted((len(r.traces) for r in rivals), reverse=True)
        self._quoted = None if self.quoted else self._quoted_before()

    def most_traces(self, entity: Entity) -> int:
        """How often the other rivals were met at most."""
        counts = self._counts
        if counts[0] > len(entity.traces):
            return counts[0]
        return counts[1] if len(counts) > 1 else 0

    def spoken(self, entity: Entity) -> int | None:
        """How many sentences ago the entity's words were quoted, outside of quotations."""
        return self._quoted.get(id(entity)) if self._quoted is not None else None

    def _quoted_before(self) -> dict[int, int]:
        found: dict[int, int] = {}
        salience, here = self._salience, self.here
        for n in range(here - 1, max(here - WINDOW, 0) - 1, -1):
            for source in salience.speakers.get(n, ()):
                entity = salience.entities.of.get(source)
                if entity is not None:
                    found.setdefault(id(entity), here - n)
        return found

    def _up(self, clause: Clause) -> Clause | None:
        clauses = self._salience.binding.clauses
        # "Putin spoke and *he* left"
        return clauses.parent(clause) if clause.link is Link.CONJUNCT else clauses.governor(clause)

    def _outwards(self) -> Iterator[Clause]:
        """The clauses around the pronoun, the smallest first."""
        here, seen = self._salience.binding.clause_of.get(self.token.i), set[int]()
        while here is not None and here.head not in seen:
            seen.add(here.head)
            yield here
            here = self._up(here)

    def _around(self) -> Iterator[_Around]:
        link, bidding = "", self._salience.entities.words["bidding"]
        for clause in islice(self._outwards(), 4):
            objects = (
                () if clause.passive else (*clause.of(Role.OBJECT), *clause.of(Role.RECIPIENT))
            )
            yield _Around(
                frozenset(a.head for a in clause.surface_subject()) - {self.token.i},
                frozenset(a.head for a in objects) - {self.token.i},
                clause.anchor,
                link,
                clause.verb in bidding,
            )
            link = clause.link.value

    def _closest_subject(self) -> Entity | None:
        """The rival that is the subject of the smallest clause around the pronoun."""
        stands_for = self._salience.binding.stands_for
        for clause in self._outwards():
            for argument in clause.surface_subject():
                for rival in self.rivals:
                    if argument.head != self.token.i and stands_for(argument.head, rival):
                        return rival
        return None
