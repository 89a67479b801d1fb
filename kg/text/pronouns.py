"""What a third-person pronoun stands for: an antecedent among the noun phrases before it, or none.

Candidates are all noun phrases, actors or not, so that "the pact … it" does not become a state.
Grammar rules out (``binding``); a linear model over what is salient (``salience``) gives each
candidate and "nobody named here" a probability. The weights are learned
(tools/actors/pronouns.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.resources import read_weights, resource_path
from kg.statement import ActorType, Stance
from kg.text.binding import Binding
from kg.text.clauses import Clauses, Link, Role
from kg.text.entities import Entities, Entity
from kg.text.mentioned import Mentions
from kg.text.parsed import Doc, Token
from kg.text.participants import is_state_side
from kg.text.phrases import NounPhrase
from kg.text.quotes import Reports
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.salience import Features, Salience, Surroundings

_SPEAKER = 1.5
"""How much more (in logits) a state speaks for "it" as subject of what that state says."""
_GOES_ON = 0.7
"""How much more (in logits) who was just quoted speaks for a "he" that says more."""
_BESIDES = {"also", "additionally", "further", "moreover"}
_IDLE = 1.5
"""How much less (in logits) things speak for what only somebody does."""
_FURTHER = 1.0
"""How much more (in logits) the main subject before speaks for who "*also*" did something."""
_ACTED_UPON = 1.5
"""How much more (in logits) the object of a verb speaks for that of the next one."""
ACCEPT = 0.5
"""Actors less probable than this stay open."""

_LEAD = 0.3
"""By how much (in logits) an actor must lead: who could be two stays open."""

_OWNED = 0.4
"""What suffices for "its senate": whose something is seldom decides who did it to whom."""

_FREE = 0.3
"""What suffices for things and nobody known: no statement comes of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The heads an antecedent consists of (several for "A and B"), and how probable it is.

    ``others`` are further mentions of a single one, the nearest first.
    """

    heads: tuple[int, ...]
    score: float
    others: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by "class/feature"."""
    return read_weights(resource_path("actors") / "pronoun_weights.csv")


@lru_cache(maxsize=1)
def _packaged() -> dict[str, dict[str, float]]:
    return _by_class(weights())


def _by_class(learned: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Weights by class and feature."""
    found: dict[str, dict[str, float]] = {}
    for name, weight in learned.items():
        group, _, feature = name.partition("/")
        found.setdefault(group, {})[feature] = weight
    return found


def pronoun_class(word: str) -> str | None:
    """The class of a third-person pronoun (person, thing, many), None for other words."""
    found = reference_words().third(word)
    return found.kind if found is not None else None


class PronounFinder:
    """Reads a document once in text order and answers for each third-person pronoun."""

    def __init__(
        self,
        doc: Doc,
        phrases: dict[int, NounPhrase],
        clauses: Clauses,
        mentions: Mentions,
        reports: Reports,
        learned: Mapping[str, float] | None = None,
    ) -> None:
        self._weights = _packaged() if learned is None else _by_class(learned)
        self.doc, self.phrases, self.clauses, self.reports = doc, phrases, clauses, reports
        self.entities = Entities(doc, phrases, clauses, mentions)
        self.binding = Binding(doc, phrases, clauses, reports, self.entities)
        self.salience = Salience(doc, self.binding)

    def run(self, accept: float = ACCEPT) -> dict[int, Answer]:
        """Pronoun → antecedent, for those that have a clear one."""
        answers: dict[int, Answer] = {}
        for token in self.doc:
            if self.is_pronoun(token):
                answer = self.answer(token, accept)
                if answer is not None:
                    answers[token.i] = answer
            elif token.i in self.phrases:
                self.pass_over(token)
        return answers

    def is_pronoun(self, token: Token) -> bool:
        """Whether the token is a third-person pronoun."""
        return token.pos_ in {"PRON", "DET"} and pronoun_class(token.lower_) is not None

    def pass_over(self, token: Token) -> None:
        """Go on past a token that is no pronoun: its phrase becomes a candidate."""
        phrase = self.phrases.get(token.i)
        if phrase is not None and not phrase.pronoun:
            self.entities.enter(phrase)

    def take(self, token: Token, entity: Entity) -> None:
        """Let the pronoun stand for an entity."""
        entity.note(self.entities.trace(token.i, True))
        pronoun = reference_words().pronouns[token.lower_]
        if not entity.gender and pronoun.gender:
            entity.gender, entity.person = pronoun.gender, True
        self.entities.of[token.i] = entity

    def candidates(self, token: Token) -> list[tuple[Entity, Features]]:
        """The entities that grammar allows, with what speaks for each."""
        return self._featured(self._around(token))

    def _featured(self, around: Surroundings) -> list[tuple[Entity, Features]]:
        return [(e, self.salience.features(around, e)) for e in around.rivals]

    def _around(self, token: Token) -> Surroundings:
        allowed = [e for e in self.salience.near(token) if self.binding.allows(token, e)]
        return self.salience.around(token, allowed)

    def nobody(self, token: Token) -> Features:
        """What speaks for no antecedent at all: "it is clear that …"."""
        return self.salience.nobody(token)

    def answer(self, token: Token, accept: float = ACCEPT) -> Answer | None:
        """What a pronoun stands for, which it does from now on."""
        if self.binding.distributed(token):
            return None
        around = self._around(token)
        found = self._featured(around)
        if not found:
            return self._ahead(token)
        learned = self._weights.get(pronoun_class(token.lower_) or "", {})

        def score(features: Features) -> float:
            return sum([learned[f] * v for f, v in features.items() if f in learned])

        further = _FURTHER if self._adds(token) else 0.0
        scores = [
            score(features)
            + self._speaks(around, entity)
            + (further if features.get("main subject before") else 0.0)
            for entity, features in found
        ]
        nothing = score(self.nobody(token))
        if self._needs_agent(token):
            # "The deal was aimed at China. *It* detained two men"
            lifeless = self._lifeless
            scores = [
                s - (_IDLE if lifeless(e) else 0.0) for s, (e, _) in zip(scores, found, strict=True)
            ]
            nothing -= _IDLE
        if self.binding.abroad(token):
            # an embassy is always somebody's
            nothing = -math.inf
        top = max(*scores, nothing)
        total = sum(math.exp(s - top) for s in (*scores, nothing))
        best = max(range(len(found)), key=lambda i: scores[i])
        actor = found[best][0].actor
        # "*President Correa* … *Correa*": one person as two
        same = {i for i, (e, _) in enumerate(found) if actor and self._are_one(e, found[best][0])}
        probability = sum(math.exp(scores[i] - top) for i in same | {best}) / total
        if probability < min(accept, self._needed(token, actor)):
            return None
        if actor and any(
            scores[best] - s < _LEAD and not self._of_one_state(found[i][0], found[best][0])
            for i, s in enumerate(scores)
            if i != best and i not in same
        ):
            return None
        if any(self._side_by_side(found[best][0], e) for e, _ in found):
            # "Putin and Xi met. *He* spoke first."
            return None
        chosen = found[best][0]
        heads, others = chosen.latest, chosen.others
        self.take(token, chosen)
        return Answer(heads, round(probability, 3), others)

    def _are_one(self, one: Entity, other: Entity) -> bool:
        """Whether two stand for the same single actor."""
        if not one.actor or len(one.heads) > 1 or len(other.heads) > 1:
            return False
        at = self.entities.mentions.at
        first, second = at(one.heads[0]), at(other.heads[0])
        return first is not None and second is not None and first.actors == second.actors

    def _of_one_state(self, one: Entity, other: Entity) -> bool:
        """Whether two are a state and its government or army: "*Mali's junta* … Its spokesman"."""
        lands: set[str | None] = set()
        for entity in (one, other):
            mention = self.entities.mentions.at(entity.heads[0])
            actors = mention.actors if mention is not None and len(entity.heads) == 1 else ()
            bodies = (a for a in actors if a.type is not ActorType.PERSON and is_state_side(a))
            sides = {a.country for a in bodies if len(actors) == 1}
            lands |= sides or {None}
        return len(lands) == 1 and None not in lands

    def _needs_agent(self, token: Token) -> bool:
        """Whether only somebody can do what the pronoun does."""
        words, verb = reference_words(), token.head.lemma_.lower()
        if token.dep_ in {"obj", "iobj"} and token.lower_ in {"it", "them"}:
            # "Chinese divisions crossed at 26 points. Moscow urged *them* to get out"
            return verb in words["bidding"] or verb in words["facing"]
        if token.dep_ == "nsubj" and token.lower_ in {"it", "they"}:
            # "*It* called on the general to free him"
            return verb in words["agentive"] or verb in words["bidding"] or self._calls(token.head)
        # "*Its* spokesman rejected appeals": states and bodies have one, drills and prices none
        return token.lower_ in {"its", "their"} and self._staffed(token)

    def _calls(self, verb: Token) -> bool:
        """Whether a verb calls on somebody: not "it calls for care"."""
        return verb.lemma_.lower() == "call" and any(
            child.dep_ == "obl" and any(word.lower_ in {"on", "upon"} for word in child.children)
            for child in verb.children
        )

    def _staffed(self, token: Token) -> bool:
        """Whether the token owns an office or organ: "*its* army", not "its price"."""
        owned = self.binding.owned(token)
        if owned is None or self.binding.abroad(token):
            return False
        role = role_noun(self.doc, owned, self.entities.mentions.book)
        return role is not None and role.role.kind in {"office", "organ"}

    def _lifeless(self, entity: Entity) -> bool:
        words, lemma = reference_words(), self.doc[entity.heads[0]].lemma_.lower()
        known = lemma in words.taken_up or lemma in words["lifeless"]
        things = len(entity.heads) == 1 and entity.plural is True and entity.person is False
        return not entity.actor and (known or things)

    def _adds(self, token: Token) -> bool:
        """Whether a clause tells what its subject did besides: "*It also* accused a diplomat"."""
        return token.dep_ == "nsubj" and any(
            child.lower_ in _BESIDES and child.i < token.head.i for child in token.head.children
        )

    def _needed(self, token: Token, actor: bool) -> float:
        """How probable an answer must be."""
        if not actor:
            return _FREE
        return _OWNED if self.binding.owned(token) is not None else ACCEPT

    def _side_by_side(self, one: Entity, other: Entity) -> bool:
        """Whether two entities were last named together: "Putin and Xi"."""
        first, second = sorted((one.last, other.last))
        phrase = self.phrases.get(first)
        return phrase is not None and second in phrase.conjuncts

    def _speaks(self, around: Surroundings, entity: Entity) -> float:
        """What more speaks for who is speaking.

        "France said *it* supports Ecowas"; '"I have fond memories of Trump," Kim said. *He*
        reiterated that …'
        """
        token = around.token
        if self.salience.goes_on(around, entity):
            return _GOES_ON
        if around.use in {"object", "oblique"} and self._acted_upon(token, entity):
            return _ACTED_UPON
        if token.lower_ != "it" or around.use != "subject" or self.binding.expletive(token):
            return 0.0
        if self.binding.holds(token, entity):
            return _SPEAKER
        # "Kigali rejected Kinshasa's charge that *it* backs M23": who denies it speaks of himself
        denials = [r for r in around.reports if r.stance is Stance.DENIES]
        said = any(
            r.source is not None and self.binding.stands_for(r.source, entity)
            for r in denials or around.reports
            # "urged Iran to release those whom *it* holds": may be either
            if r.stance is not Stance.ASKS
        )
        mention = self.entities.mentions.at(entity.heads[0]) if said else None
        bodies = {ActorType.STATE, ActorType.TERRITORY, ActorType.PERSON}
        bodies |= {ActorType.INTERGOVERNMENTAL, ActorType.ARMED_GROUP, ActorType.GOVERNMENT_BODY}
        return _SPEAKER if mention is not None and mention.actors[0].type in bodies else 0.0

    def _acted_upon(self, token: Token, entity: Entity) -> bool:
        """Whether the verb before has the entity as its object: "called Putin and asked *him*"."""
        here = self.clauses.at(token.head.i)
        if here is None or here.link is not Link.CONJUNCT:
            return False
        first = self.clauses.parent(here)
        if first is None or not all(a.inherited for a in here.of(Role.SUBJECT)):
            return False
        objects = (*first.of(Role.OBJECT), *first.of(Role.RECIPIENT), *first.obliques("with", "to"))
        return any(self.binding.stands_for(a.head, entity) for a in objects)

    def _ahead(self, token: Token) -> Answer | None:
        """The subject that follows in the sentence: "In *his* speech, Putin said"."""
        word, sentence = token.lower_, self.doc[token.i].sent
        pronoun = reference_words().pronouns[word]
        owner = self.binding.owned(token) is not None
        early = owner or self.entities.part(token.i) == "subject"
        if not early or token.i - sentence.start > 8:
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
            fits = {
                "person": person is True and gender in {"", pronoun.gender} and not plural,
                "thing": person is not True and plural is not True,
                "many": plural is not False,
            }
            if fits[pronoun.kind]:
                return Answer((argument.head, *phrase.conjuncts), 0.6)
        return None
