"""What a third-person pronoun stands for: an antecedent among the noun phrases before it, or none.

Candidates are all noun phrases, actors or not, so that "the pact … it" does not become a state.
Grammar rules out (gender, number, subject and object of one clause); a linear model over what is
salient (subjects, nearness, who speaks, what is spoken of again and again) gives each candidate
and "nobody named here" a probability. The weights are learned (tools/actors/pronouns.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.resources import read_csv, resource_path
from kg.statement import ActorType
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.entities import Entities, Entity
from kg.text.mentioned import Mentions
from kg.text.phrases import NounPhrase
from kg.text.quotes import Reports

_MALE = {"he", "him", "his", "himself"}
_FEMALE = {"she", "her", "hers", "herself"}
_THING = {"it", "its", "itself"}
_MANY = {"they", "them", "their", "theirs", "themselves"}
_POSSESSIVE = {"his", "her", "its", "their"}
_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_WEATHER = {"rain", "snow", "seem", "appear", "happen", "turn out", "matter"}
_ABROAD = {"embassy", "consulate", "ambassador", "consul"}
"""What a state has in other states only."""
_OWNERS = {ActorType.STATE, ActorType.TERRITORY, ActorType.PERSON}
_SPEAKER = 1.5
"""How much more (in logits) a state speaks for "it" as subject of what that state says."""
_WINDOW = 4
"""Sentences before the pronoun's own in which an antecedent is looked for."""
ACCEPT = 0.4
"""Answers less probable than this stay open."""

_LEAD = 0.3
"""By how much (in logits) the best must lead: who could be two stays open."""

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """The heads an antecedent consists of (several for "A and B"), and how probable it is."""

    heads: tuple[int, ...]
    score: float


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by "class/feature"."""
    path = resource_path("actors") / "pronoun_weights.csv"
    return {r["feature"]: float(r["weight"]) for _, r in read_csv(path, ("feature", "weight"))}


def pronoun_class(word: str) -> str | None:
    """The class of a third-person pronoun (person, thing, many), None for other words."""
    if word in _MALE or word in _FEMALE:
        return "person"
    return "thing" if word in _THING else "many" if word in _MANY else None


class PronounFinder:
    """Reads a document once in text order and answers for each third-person pronoun."""

    def __init__(
        self,
        doc: Doc,
        phrases: dict[int, NounPhrase],
        clauses: Clauses,
        mentions: Mentions,
        reports: Reports,
    ) -> None:
        self.doc, self.phrases, self.clauses, self.reports = doc, phrases, clauses, reports
        self.entities = Entities(doc, phrases, clauses, mentions)
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self.starts = [s.start for s in doc.sents]
        self.subjects = self.entities.subjects
        self.clause_of = self._clause_index()
        self.speakers: dict[int, set[int]] = {}
        """Sentence → heads of the sources whose words it quotes."""
        for report in reports.reports:
            if report.direct and report.source is not None:
                for start, end in report.content:
                    for i in range(start, end):
                        self.speakers.setdefault(self.sentence[i], set()).add(report.source)

    def run(self, accept: float = ACCEPT) -> dict[int, Answer]:
        """Pronoun → antecedent, for those that have a clear one."""
        answers: dict[int, Answer] = {}
        for token in self.doc:
            if self.is_pronoun(token):
                answer = self._answer(token, accept)
                if answer is not None:
                    answers[token.i] = answer
            else:
                self.pass_over(token)
        return answers

    def is_pronoun(self, token: Token) -> bool:
        """Whether the token is a third-person pronoun."""
        return pronoun_class(token.lower_) is not None and token.pos_ in {"PRON", "DET"}

    def pass_over(self, token: Token) -> None:
        """Go on past a token that is no pronoun: its phrase becomes a candidate."""
        phrase = self.phrases.get(token.i)
        if phrase is not None and not phrase.pronoun:
            self.entities.enter(phrase)

    def take(self, token: Token, entity: Entity) -> None:
        """Let the pronoun stand for an entity."""
        entity.touch(token.i, token.i in self.subjects, True)
        if not entity.gender and token.lower_ in _MALE | _FEMALE:
            entity.gender = "m" if token.lower_ in _MALE else "f"
            entity.person = True
        self.entities.of[token.i] = entity

    def candidates(self, token: Token) -> list[tuple[Entity, Features]]:
        """The entities that grammar allows, with what speaks for each."""
        first = self.starts[max(self.sentence[token.i] - _WINDOW, 0)]
        near = (e for e in self.entities.met if e.last >= first)
        return [(e, self._features(token, e)) for e in near if self._agrees(token, e)]

    def nobody(self, token: Token) -> Features:
        """What speaks for no antecedent at all: "it is clear that …"."""
        found = {"none": 1.0}
        if token.lower_ in _THING:
            found["none expletive"] = float(self._expletive(token))
            found["none subject"] = float(token.i in self.subjects)
            found["none start"] = float(token.is_sent_start or False)
        if token.lower_ == "it" and token.i not in self.subjects:
            found["none object"] = 1.0
        return found

    def _answer(self, token: Token, accept: float) -> Answer | None:
        group = pronoun_class(token.lower_)
        learned = weights()

        def score(features: Features) -> float:
            return sum(learned.get(f"{group}/{f}", 0.0) * v for f, v in features.items())

        found = self.candidates(token)
        if not found:
            return self._ahead(token)
        scores = [score(features) + self._speaks(token, e) for e, features in found]
        nothing = score(self.nobody(token))
        if self.doc[token.head.i].lemma_.lower() in _ABROAD and token.lower_ in _POSSESSIVE:
            # an embassy is always somebody's
            nothing = -math.inf
        top = max(*scores, nothing)
        total = sum(math.exp(s - top) for s in (*scores, nothing))
        best = max(range(len(found)), key=lambda i: scores[i])
        probability = math.exp(scores[best] - top) / total
        rival = max((s for i, s in enumerate(scores) if i != best), default=-math.inf)
        if probability < accept or scores[best] - rival < _LEAD:
            return None
        self.take(token, found[best][0])
        return Answer(found[best][0].heads, round(probability, 3))

    def _speaks(self, token: Token, entity: Entity) -> float:
        """What more speaks for the state that says it: "France said *it* supports Ecowas"."""
        if token.lower_ != "it" or token.i not in self.subjects or self._expletive(token):
            return 0.0
        said = any(
            not r.direct and r.source is not None and self._is(r.source, entity)
            for r in self.reports.chain(token.i)
        )
        mention = self.entities.mentions.at(entity.heads[0]) if said else None
        bodies = _OWNERS | {ActorType.INTERGOVERNMENTAL, ActorType.ARMED_GROUP}
        return _SPEAKER if mention is not None and mention.actors[0].type in bodies else 0.0

    # --- grammar -------------------------------------------------------------------------

    def _clause_index(self) -> dict[int, Clause]:
        """Token → its smallest clause that is no noun phrase."""
        index: dict[int, Clause] = {}
        verbal = [c for c in self.clauses if c.kind is not Kind.NOMINAL]
        for clause in sorted(verbal, key=lambda c: c.start - c.end):
            for i in range(clause.start, clause.end):
                index[i] = clause
        return index

    def _agrees(self, token: Token, entity: Entity) -> bool:
        word = token.lower_
        if entity.first >= token.i:
            return False
        if word in _MALE | _FEMALE:
            wanted = "m" if word in _MALE else "f"
            fits = entity.person is not False and entity.plural is not True
            fits = fits and entity.gender in {"", wanted}
        elif word in _THING:
            fits = entity.person is not True and entity.plural is not True
        else:
            fits = entity.plural is not False
        return fits and not self._bound(token, entity)

    def _bound(self, token: Token, entity: Entity) -> bool:
        """Whether grammar keeps the two apart: "Putin met him", "his brother", a quoted "he"."""
        word = token.lower_
        governor = self.phrases.get(token.head.i)
        if governor is not None and governor.possessor == token.i:
            # "his" is not the noun it stands before
            if self._foreign(token, governor, entity):
                return True
            return token.head.i in entity.seen or token.head.i in entity.heads
        here = self.clause_of.get(token.i)
        if word in _REFLEXIVE:
            subjects = {a.head for a in here.surface_subject()} if here is not None else set()
            return not any(self._is(h, entity) for h in subjects)
        if here is not None and token.i not in self.subjects:
            arguments = {a.head for a in here.arguments}
            others = {a.head for a in (*here.of(Role.SUBJECT), *here.of(Role.OBJECT))}
            if token.i in arguments and any(self._is(h, entity) for h in others - {token.i}):
                return True
        # "He is a fool," Putin said: not Putin
        return any(
            r.direct and r.source is not None and self._is(r.source, entity)
            for r in self.reports.chain(token.i)
        )

    def _foreign(self, token: Token, governor: NounPhrase, entity: Entity) -> bool:
        """Whether something only states have abroad would be at home: "its embassy in Niamey"."""
        if self.doc[governor.head].lemma_.lower() not in _ABROAD:
            return False
        mention = self.entities.mentions.at(entity.heads[0])
        owner = mention.actors[0] if mention is not None else None
        if owner is None or owner.type not in _OWNERS:
            # a crowd has no embassy
            return True
        for preposition, head in governor.complements:
            place = self.entities.mentions.at(head)
            if preposition in {"in", "to"} and place is not None:
                return place.actors[0].country == owner.country
        return False

    def _is(self, head: int, entity: Entity) -> bool:
        return self.entities.of.get(head) is entity or head in entity.heads

    def _expletive(self, token: Token) -> bool:
        """Whether an "it" stands for nothing: "It is clear that …", "it was raining"."""
        clause = self.clauses.at(token.head.i)
        if clause is None or token.lower_ != "it":
            return False
        if not any(a.head == token.i for a in clause.arguments):
            return True
        inner = [
            c
            for c in self.clauses.children(clause.head)
            if c.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT} and c.head > clause.head
        ]
        return clause.lemma in _WEATHER or (
            clause.kind is Kind.COPULAR and any(c.marker in {"that", "to", "if"} for c in inner)
        )

    # --- salience ------------------------------------------------------------------------

    def _features(self, token: Token, entity: Entity) -> Features:
        here = self.sentence[token.i]
        distance, subject = here - self.sentence[entity.last], entity.subject
        if not self.reports.quoted(token.i):
            spoken = [
                here - n
                for n in range(max(here - _WINDOW, 0), here)
                if any(self.entities.of.get(s) is entity for s in self.speakers.get(n, ()))
            ]
            if spoken and min(spoken) <= distance:
                # whose words the sentence before quotes is its subject
                distance, subject = min(spoken), True
        found: Features = {f"distance {min(distance, 4)}": 1.0}
        found["subject"] = float(subject)
        found["often"] = min(math.log(entity.count), 2.0)
        found["pronoun"] = float(entity.pronoun and distance <= 1)
        found["gender"] = float(bool(entity.gender))
        found["person"] = float(bool(entity.person))
        found["open kind"] = float(entity.person is None)
        found["named"] = float(entity.named)
        found["parallel"] = float((token.i in self.subjects) == subject)
        found["several"] = float(len(entity.heads) > 1)
        found["collective"] = float(entity.plural is None)
        found["first"] = float(entity.first < 60)
        found["both quoted"] = float(
            self.reports.quoted(token.i) == self.reports.quoted(entity.last)
        )
        if distance == 0:
            found["near"] = 1 - min(token.i - entity.last, 40) / 40
        level = self._level(token, entity)
        if level is not None:
            possessive = "possessive " if token.lower_ in _POSSESSIVE else ""
            found[f"{possessive}clause {min(level, 2)}"] = 1.0
        for report in self.reports.chain(token.i):
            if not report.direct and report.source is not None and self._is(report.source, entity):
                found["says"] = 1.0
        phrase = self.phrases.get(entity.last)
        if phrase is not None and not entity.pronoun:
            found["oblique"] = float(bool(phrase.preposition) and not subject)
            found["indefinite"] = float(phrase.determiner in {"a", "an"})
            outer = self.phrases.get(self.doc[entity.last].head.i)
            found["possessor"] = float(outer is not None and outer.possessor == entity.last)
        return found

    def _level(self, token: Token, entity: Entity) -> int | None:
        """How many clauses up the entity is the subject: "Russia said *it* …" → 1."""
        here = self.clause_of.get(token.i)
        seen: set[int] = set()
        level = 0
        while here is not None and here.head not in seen and level < 5:
            seen.add(here.head)
            heads = {a.head for a in here.surface_subject()} - {token.i}
            if any(self._is(h, entity) for h in heads):
                return level
            here = self.clauses.governor(here)
            level += 1
        return None

    def _ahead(self, token: Token) -> Answer | None:
        """The subject that follows in the sentence: "In *his* speech, Putin said"."""
        word, sentence = token.lower_, self.doc[token.i].sent
        if word not in _POSSESSIVE | {"he", "she", "it", "they"} or token.i - sentence.start > 8:
            return None
        root = self.clauses.at(sentence.root.i)
        for argument in root.surface_subject() if root is not None else ():
            phrase = self.phrases.get(argument.head)
            if argument.head <= token.i or phrase is None or phrase.pronoun:
                continue
            if token.head.i == argument.head:
                continue
            plural = self.entities.plural(phrase) or bool(phrase.conjuncts)
            person, gender = self.entities.is_person(phrase), self.entities.gender(phrase)
            wanted = "m" if word in _MALE else "f" if word in _FEMALE else ""
            fits = {
                "person": person is True and gender in {"", wanted} and not plural,
                "thing": person is not True and plural is not True,
                "many": plural is not False,
            }
            if fits[pronoun_class(word) or ""]:
                return Answer((argument.head, *phrase.conjuncts), 0.6)
        return None
