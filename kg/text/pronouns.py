"""What a pronoun stands for: an antecedent among the noun phrases before it, or none.

Candidates are all noun phrases, actors or not, so that "the pact … it" does not become a
state. Grammar rules out (gender, number, a subject and object of one clause), salience ranks
(subjects, nearness, what is spoken of again and again, who speaks); a narrow lead stays open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.resources import read_csv, resource_path
from kg.statement import ActorType
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.mentioned import Mentions
from kg.text.phrases import NounPhrase, content_head
from kg.text.quotes import Reports
from kg.text.roles import person_nouns
from kg.text.spotting import titles

_MALE = {"he", "him", "his", "himself"}
_FEMALE = {"she", "her", "hers", "herself"}
_THING = {"it", "its", "itself"}
_MANY = {"they", "them", "their", "theirs", "themselves"}
_POSSESSIVE = {"his", "her", "its", "their"}
_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_WINDOW = 3
"""Sentences before the pronoun's own in which an antecedent is looked for."""
_MARGIN = 0.35
_BODIES = {
    *(ActorType.INTERGOVERNMENTAL, ActorType.ORGANIZATION, ActorType.PARTY, ActorType.MEDIA),
    *(ActorType.ARMED_GROUP, ActorType.COMPANY, ActorType.GOVERNMENT_BODY, ActorType.GROUP),
}
_TIMES = {
    *("day", "week", "month", "year", "time", "hour", "minute", "century", "decade", "today"),
    *("yesterday", "tomorrow", "morning", "evening", "night", "afternoon", "moment", "percent"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "season"),
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "period", "way", "fact", "case", "order", "part"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The heads an antecedent consists of (several for "A and B"), and how sure it is."""

    heads: tuple[int, ...]
    score: float
    reason: str


@dataclass(slots=True)
class _Entity:
    heads: tuple[int, ...]
    person: bool | None
    gender: str
    plural: bool | None
    """None: may be "it" or "they" (governments, police, groups)."""
    first: int
    last: int
    count: int = 1
    subject: bool = False
    heads_seen: set[int] = field(default_factory=set)


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names with the gender they tell."""
    path = resource_path("actors") / "given_names.csv"
    return {r["name"]: r["gender"] for _, r in read_csv(path, ("name", "gender"))}


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
        self.doc, self.phrases, self.clauses = doc, phrases, clauses
        self.mentions, self.reports = mentions, reports
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self.entities: list[_Entity] = []
        self.entity_of: dict[int, _Entity] = {}
        self.by_actor: dict[str, _Entity] = {}
        self.by_text: dict[str, _Entity] = {}
        self.subjects = self._subjects()
        self.clause_of = self._clause_index()
        self.speakers: dict[int, set[int]] = {}
        for report in reports.reports:
            if report.direct and report.source is not None:
                for start, end in report.content:
                    for i in range(start, end):
                        self.speakers.setdefault(self.sentence[i], set()).add(report.source)

    def run(self) -> dict[int, Answer]:
        """Pronoun → antecedent, for those that have a clear one."""
        answers: dict[int, Answer] = {}
        for token in self.doc:
            lower = token.lower_
            if lower in _MALE | _FEMALE | _THING | _MANY and token.pos_ in {"PRON", "DET"}:
                answer = self._antecedent(token)
                if answer is not None:
                    answers[token.i] = answer
            elif token.i in self.phrases and not self.phrases[token.i].pronoun:
                self._enter(self.phrases[token.i])
        return answers

    # --- what the noun phrases are -------------------------------------------------------

    def _subjects(self) -> set[int]:
        found: set[int] = set()
        for clause in self.clauses:
            if clause.kind is not Kind.NOMINAL:
                found |= {a.head for a in clause.surface_subject() if not a.inherited}
        return found

    def _clause_index(self) -> dict[int, Clause]:
        """Token → its smallest clause that is no noun phrase."""
        index: dict[int, Clause] = {}
        for clause in sorted(
            (c for c in self.clauses if c.kind is not Kind.NOMINAL),
            key=lambda c: c.start - c.end,
        ):
            for i in range(clause.start, clause.end):
                index[i] = clause
        return index

    def _enter(self, phrase: NounPhrase) -> None:
        """Register a noun phrase as something that pronouns may take up."""
        token = self.doc[phrase.head]
        outer = self.phrases.get(token.head.i)
        if token.lower_ in _TIMES or token.ent_type_ in {"DATE", "TIME", "PERCENT"}:
            return
        if token.lemma_.lower() in _TIMES or token.pos_ in {"NUM", "SYM"}:
            return
        entity = self._known(phrase)
        if entity is None and outer is not None and phrase.head in (
            *outer.titles,
            *outer.appositions,
        ):
            # "President Obama", "Obama, the president": one and the same
            entity = self.entity_of.get(outer.head)
        if entity is None:
            entity = self._new(phrase)
        else:
            entity.count += 1
        entity.last = phrase.head
        entity.subject = phrase.head in self.subjects
        entity.heads_seen.add(phrase.head)
        self.entity_of[phrase.head] = entity
        members = [phrase.head, *phrase.conjuncts]
        if len(members) > 1 and phrase.conjuncts:
            together = _Entity(
                tuple(members), None, "", True, phrase.head, phrase.head,
                subject=phrase.head in self.subjects, heads_seen=set(members),
            )
            together.person = self._is_person(phrase)
            self.entities.append(together)

    def _known(self, phrase: NounPhrase) -> _Entity | None:
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            entity = self.by_actor.get(mention.actors[0].id)
            if entity is not None:
                return entity
        token = self.doc[phrase.head]
        if token.pos_ == "PROPN" or phrase.determiner in {"the", "this", "that", "these", "those"}:
            return self.by_text.get(self._text_key(phrase))
        return None

    def _text_key(self, phrase: NounPhrase) -> str:
        token = self.doc[phrase.head]
        if token.pos_ == "PROPN":
            return self.doc[phrase.head : phrase.end].text.casefold()
        return token.lemma_.casefold()

    def _new(self, phrase: NounPhrase) -> _Entity:
        person = self._is_person(phrase)
        entity = _Entity(
            (phrase.head,),
            person,
            self._gender(phrase) if person is not False else "",
            self._plural(phrase),
            phrase.head,
            phrase.head,
        )
        self.entities.append(entity)
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            self.by_actor[mention.actors[0].id] = entity
        self.by_text[self._text_key(phrase)] = entity
        return entity

    def _is_person(self, phrase: NounPhrase) -> bool | None:
        token = self.doc[phrase.head]
        mention = self.mentions.at(phrase.head)
        if mention is not None:
            types = {a.type for a in mention.actors}
            if types == {ActorType.PERSON}:
                return True
            if mention.actors[0].type is ActorType.GROUP:
                return True
            if mention.actors[0].type in {ActorType.STATE, ActorType.PLACE, ActorType.TERRITORY}:
                return False
        if token.ent_type_ == "PERSON":
            return True
        if token.ent_type_ in {"GPE", "LOC", "FAC", "EVENT", "ORG"}:
            return False
        head = self.doc[content_head(self.phrases, self.doc, phrase.head)]
        lemma = head.lemma_.lower()
        if lemma in person_nouns() or lemma in {"people", "men", "women", "children"}:
            return True
        if token.pos_ == "PROPN":
            return None if lemma not in titles() else True
        role = self.mentions.book.roles.get(lemma)
        if role is not None and role.kind == "organ" and mention is None:
            return None
        return False

    def _gender(self, phrase: NounPhrase) -> str:
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            known = self.mentions.book.genders.get(mention.actors[0].id)
            if known:
                return known
        lemma = self.doc[phrase.head].lemma_.lower()
        if lemma in person_nouns() and person_nouns()[lemma]:
            return person_nouns()[lemma]
        for i in range(max(phrase.start - 2, 0), phrase.end):
            word = self.doc[i].lower_
            if titles().get(word):
                return titles()[word]
            if word in person_nouns() and person_nouns()[word] and i != phrase.head:
                return person_nouns()[word]
        return given_names().get(self.doc[phrase.head].text, "")

    def _plural(self, phrase: NounPhrase) -> bool | None:
        mention = self.mentions.at(phrase.head)
        token = self.doc[phrase.head]
        if mention is not None:
            if len(mention.actors) > 1:
                return True
            if mention.actors[0].type in _BODIES:
                return None if token.tag_ not in {"NNS", "NNPS"} else True
            if mention.actors[0].type is ActorType.STATE and mention.kind != "demonym":
                return False
        head = self.doc[content_head(self.phrases, self.doc, phrase.head)]
        if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police", "men", "women"}:
            return True
        if token.ent_type_ == "ORG" or token.lemma_.lower() in {
            *("team", "group", "company", "family", "government", "army", "party", "band"),
            *("committee", "council", "couple", "crew", "staff", "audience", "public", "press"),
        }:
            return None
        return False

    # --- pronouns ------------------------------------------------------------------------

    def _antecedent(self, token: Token) -> Answer | None:
        if token.lower_ in _THING and self._expletive(token):
            return None
        ranked = sorted(
            ((self._salience(token, e), e) for e in self.entities if self._agrees(token, e)),
            key=lambda pair: -pair[0],
        )
        ranked = [(s, e) for s, e in ranked if s > 0]
        if not ranked:
            return self._ahead(token)
        score, best = ranked[0]
        lead = score - ranked[1][0] if len(ranked) > 1 else score
        if lead < _MARGIN:
            return None
        best.count += 1
        best.last = token.i
        best.subject = token.i in self.subjects
        if not best.gender and token.lower_ in _MALE | _FEMALE:
            best.gender = "m" if token.lower_ in _MALE else "f"
        self.entity_of[token.i] = best
        return Answer(best.heads, round(min(0.9, 0.55 + 0.1 * lead), 2), "the clearest antecedent")

    def _agrees(self, token: Token, entity: _Entity) -> bool:
        word = token.lower_
        distance = self.sentence[token.i] - self.sentence[entity.last]
        if distance > _WINDOW or entity.first >= token.i:
            return False
        if word in _MALE | _FEMALE:
            wanted = "m" if word in _MALE else "f"
            fits = entity.person is not False and entity.plural is not True
            fits = fits and entity.gender in {"", wanted}
            if fits and not entity.gender and entity.person is None:
                return False
        elif word in _THING:
            fits = entity.person is not True and entity.plural is not True
        else:
            fits = entity.plural is not False
        return fits and not self._bound(token, entity)

    def _bound(self, token: Token, entity: _Entity) -> bool:
        """Whether grammar keeps the two apart: "Putin met him", "his brother", a quoted "he"."""
        word = token.lower_
        own = self.phrases.get(token.head.i)
        if word in _POSSESSIVE and word != "her":
            # "his" is not the noun it stands before, nor what that noun is in apposition to
            if token.head.i in entity.heads_seen:
                return True
            return own is not None and own.head in entity.heads
        if word == "her" and own is not None and own.possessor == token.i:
            return token.head.i in entity.heads_seen
        if word in _REFLEXIVE:
            clause = self.clause_of.get(token.i)
            subjects = {a.head for a in clause.surface_subject()} if clause else set()
            return not any(h in subjects for h in {entity.last, *entity.heads})
        here = self.clause_of.get(token.i)
        if here is not None and token.i not in self.subjects:
            subjects = {a.head for a in here.of(Role.SUBJECT)} | {
                a.head for a in here.of(Role.OBJECT)
            }
            arguments = {a.head for a in here.arguments}
            if token.i in arguments and any(
                self.entity_of.get(h) is entity or h in entity.heads for h in subjects
            ):
                return True
        for report in self.reports.chain(token.i):
            # "He is a fool," Putin said: not Putin
            if report.direct and report.source is not None and (
                self.entity_of.get(report.source) is entity
            ):
                return True
        return False

    def _salience(self, token: Token, entity: _Entity) -> float:
        here_number = self.sentence[token.i]
        distance = here_number - self.sentence[entity.last]
        subject = entity.subject
        quoted = self.reports.quoted(token.i)
        if not quoted:
            spoken = [
                here_number - n
                for n, sources in self.speakers.items()
                if n < here_number and any(self.entity_of.get(s) is entity for s in sources)
            ]
            if spoken and min(spoken) <= distance:
                # the one whose words the sentence before quotes is its subject
                distance, subject = min(spoken), True
            elif self.reports.quoted(entity.last) and distance:
                subject = False
                distance += 1
        score = (3.0, 2.0, 1.0, 0.5)[min(distance, 3)]
        if subject:
            score += 1.0
        score += min(0.25 * (entity.count - 1), 1.0)
        word = token.lower_
        if word in _MALE | _FEMALE and entity.gender:
            score += 0.4
        if word in _MALE | _FEMALE and entity.person:
            score += 0.4
        # parallel: subject takes up subject
        if token.i in self.subjects and subject:
            score += 0.6
        if distance == 0:
            here = self.clause_of.get(token.i)
            bonus, seen = 2.0, set[int]()
            while here is not None and here.head not in seen:
                seen.add(here.head)
                heads = {a.head for a in here.surface_subject()}
                if any(self.entity_of.get(h) is entity or h in entity.heads for h in heads):
                    # "Russia said *it* …", "Beijing subsidises *its* makers"
                    score += bonus
                    break
                bonus *= 0.6
                here = self.clauses.governor(here)
            score += 0.4 * (1 - (token.i - entity.last) / 40)
        for report in self.reports.chain(token.i):
            if not report.direct and report.source is not None:
                if self.entity_of.get(report.source) is entity:
                    score += 0.8
        if len(entity.heads) > 1:
            score += 0.3
        elif word in _MANY and entity.plural is None:
            score -= 0.7
        elif word in _THING and entity.plural is None:
            score += 0.3
        preposition = self.phrases[entity.last].preposition if entity.last in self.phrases else ""
        if preposition and not entity.subject:
            score -= 0.3
        head = self.doc[entity.last]
        outer = self.phrases.get(head.head.i)
        if outer is not None and outer.possessor == entity.last and entity.last != token.i:
            score += 0.2
        return score

    def _expletive(self, token: Token) -> bool:
        """"It is clear that …", "it was raining": an "it" that stands for nothing."""
        if token.lower_ != "it":
            return False
        clause = self.clauses.at(token.head.i)
        if clause is None:
            return False
        is_argument = any(a.head == token.i for a in clause.arguments)
        if not is_argument:
            return True
        inner = [
            c
            for c in self.clauses.children(clause.head)
            if c.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT} and c.head > clause.head
        ]
        weather = {"rain", "snow", "seem", "appear", "happen", "turn out", "matter"}
        return clause.lemma in weather or (
            clause.kind is Kind.COPULAR and any(c.marker in {"that", "to", "if"} for c in inner)
        )

    def _ahead(self, token: Token) -> Answer | None:
        """"In *his* speech, Putin said": the subject of the clause that follows in the sentence."""
        if token.lower_ not in _POSSESSIVE | {"he", "she", "it", "they"}:
            return None
        sentence = self.doc[token.i].sent
        if token.i - sentence.start > 8:
            return None
        for clause in self.clauses:
            if clause.link is Link.ROOT and sentence.start <= clause.head < sentence.end:
                for argument in clause.surface_subject():
                    phrase = self.phrases.get(argument.head)
                    if argument.head <= token.i or phrase is None or phrase.pronoun:
                        continue
                    if token.head.i == argument.head:
                        continue
                    entity = _Entity(
                        (argument.head, *phrase.conjuncts), self._is_person(phrase),
                        self._gender(phrase), self._plural(phrase) or bool(phrase.conjuncts),
                        -1, -1,
                    )
                    word = token.lower_
                    gender = "m" if word in _MALE else "f" if word in _FEMALE else ""
                    if gender and (entity.person is not True or entity.gender not in {"", gender}):
                        continue
                    if word in _THING and (entity.person is True or entity.plural is True):
                        continue
                    if word in _MANY and entity.plural is False:
                        continue
                    return Answer(entity.heads, 0.6, "the subject that follows")
        return None
