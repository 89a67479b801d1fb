"""What a document speaks of, as pronouns see it: persons, things, groups, with their traces."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.statement import ActorType
from kg.text.clauses import Clauses, Kind, Role
from kg.text.gazetteer import given_names
from kg.text.mentioned import MentionKind, Mentions
from kg.text.phrases import NounPhrase, content_head
from kg.text.roles import person_nouns, titles

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
    *("first", "second", "third", "other", "more", "most", "lot", "example", "sort", "kind"),
}
_COLLECTIVE = {
    *("team", "group", "company", "family", "government", "army", "party", "band", "police"),
    *("committee", "council", "couple", "crew", "staff", "audience", "public", "press", "board"),
}


@dataclass(slots=True)
class Entity:
    """Someone or something spoken of; ``last`` is the token of its latest mention.

    ``person`` and ``plural`` are None where both are possible ("police": it, they).
    """

    heads: tuple[int, ...]
    person: bool | None
    gender: str
    plural: bool | None
    first: int
    last: int
    named: bool = False
    count: int = 1
    subject: bool = False
    pronoun: bool = False
    seen: set[int] = field(default_factory=set)

    def touch(self, token: int, subject: bool, pronoun: bool) -> None:
        """Note another mention."""
        self.count += 1
        self.last, self.subject, self.pronoun = token, subject, pronoun
        self.seen.add(token)


class Entities:
    """The entities met so far, in the order of the text."""

    def __init__(
        self, doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
    ) -> None:
        self.doc, self.phrases, self.mentions = doc, phrases, mentions
        self.met: list[Entity] = []
        self.of: dict[int, Entity] = {}
        self._by_actor: dict[str, Entity] = {}
        self._by_text: dict[str, Entity] = {}
        self._people: dict[str, Entity] = {}
        self.subjects: set[int] = set()
        self._predicates: dict[int, int] = {}
        for clause in clauses:
            if clause.kind is Kind.NOMINAL:
                continue
            subjects = [a.head for a in clause.surface_subject() if not a.inherited]
            for head in subjects:
                # "Putin and Xi met": both are subjects
                self.subjects.update((head, *(phrases[head].conjuncts if head in phrases else ())))
            if clause.kind is Kind.COPULAR and subjects and clause.head in phrases:
                # "Norton was a citizen": the predicate is no one else
                self._predicates[clause.head] = subjects[0]
            for argument in clause.of(Role.PREDICATE):
                if subjects:
                    self._predicates[argument.head] = subjects[0]

    def enter(self, phrase: NounPhrase) -> None:
        """Register a noun phrase as something that pronouns may take up."""
        token = self.doc[phrase.head]
        lemma = token.lemma_.lower()
        if token.lower_ in _TIMES or lemma in _TIMES or token.ent_type_ == "DATE":
            return
        if token.pos_ in {"NUM", "SYM", "ADJ", "DET", "ADV"}:
            return
        entity = self._known(phrase)
        subject = phrase.head in self.subjects
        if entity is None:
            entity = self._new(phrase)
            entity.subject = subject
            entity.seen.add(phrase.head)
        else:
            entity.touch(phrase.head, subject, False)
            entity.gender = entity.gender or (
                self.gender(phrase) if entity.person is not False else ""
            )
        self.of[phrase.head] = entity
        if phrase.conjuncts:
            members = (phrase.head, *phrase.conjuncts)
            both = Entity(members, self.is_person(phrase), "", True, phrase.head, phrase.head)
            both.subject, both.named, both.seen = subject, token.pos_ == "PROPN", set(members)
            self.met.append(both)

    def _known(self, phrase: NounPhrase) -> Entity | None:
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            entity = self._by_actor.get(mention.actors[0].id)
            if entity is not None:
                return entity
        token = self.doc[phrase.head]
        outer = self.phrases.get(token.head.i)
        if outer is not None and phrase.head in (*outer.titles, *outer.appositions):
            # "President Obama", "Obama, the president"
            return self.of.get(outer.head)
        if phrase.head in self._predicates and phrase.number != "plur":
            return self.of.get(self._predicates[phrase.head])
        if token.pos_ == "PROPN":
            known = self._by_text.get(self._text_key(phrase))
            if known is None and token.ent_type_ == "PERSON":
                names = {t.lower_ for t in self.doc[phrase.head : phrase.end] if t.is_alpha}
                found = {id(e): e for n in names if (e := self._people.get(n)) is not None}
                known = next(iter(found.values())) if len(found) == 1 else None
            return known
        if phrase.determiner in {"the", "this", "that", "these", "those"}:
            return self._by_text.get(self._text_key(phrase))
        return None

    def _text_key(self, phrase: NounPhrase) -> str:
        token = self.doc[phrase.head]
        if token.pos_ == "PROPN":
            return self.doc[phrase.head : phrase.end].text.casefold()
        return f"{token.lemma_.casefold()}/{phrase.number}"

    def _new(self, phrase: NounPhrase) -> Entity:
        person = self.is_person(phrase)
        gender = self.gender(phrase) if person is not False else ""
        entity = Entity(
            (phrase.head,), person, gender, self.plural(phrase), phrase.head, phrase.head
        )
        entity.named = self.doc[phrase.head].pos_ == "PROPN"
        self.met.append(entity)
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            self._by_actor[mention.actors[0].id] = entity
        self._by_text[self._text_key(phrase)] = entity
        if person and entity.named:
            for token in self.doc[phrase.head : phrase.end]:
                if token.is_alpha and len(token) > 2:
                    self._people.setdefault(token.lower_, entity)
        return entity

    def is_person(self, phrase: NounPhrase) -> bool | None:
        """Whether the phrase speaks of persons; None where the words leave it open."""
        token = self.doc[phrase.head]
        mention = self.mentions.at(phrase.head)
        if mention is not None:
            types = {a.type for a in mention.actors}
            if types == {ActorType.PERSON} or ActorType.GROUP in types:
                return True
            if types & {ActorType.STATE, ActorType.PLACE, ActorType.TERRITORY}:
                return False
        if token.ent_type_ == "PERSON":
            return True
        if token.ent_type_ in {"GPE", "LOC", "FAC", "EVENT", "ORG"}:
            return False
        lemma = self.doc[content_head(self.phrases, self.doc, phrase.head)].lemma_.lower()
        if lemma in person_nouns() or lemma in {"people", "men", "women", "children"}:
            return True
        if token.pos_ == "PROPN":
            return True if lemma in titles() else None
        role = self.mentions.book.roles.get(lemma)
        return None if role is not None and role.kind == "organ" and mention is None else False

    def gender(self, phrase: NounPhrase) -> str:
        """The gender ("m", "f", "" unknown) by the tables, a title, the noun or the given name."""
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            known = self.mentions.book.genders.get(mention.actors[0].id)
            if known:
                return known
        lemma = self.doc[phrase.head].lemma_.lower()
        if person_nouns().get(lemma):
            return person_nouns()[lemma]
        for token in self.doc[max(phrase.start - 2, 0) : phrase.end]:
            told = titles().get(token.lower_)
            if told and self.doc[phrase.head].pos_ == "PROPN":
                return told
            if token.i in phrase.modifiers and person_nouns().get(token.lower_):
                return person_nouns()[token.lower_]
        return given_names().get(self.doc[phrase.head].text, "")

    def plural(self, phrase: NounPhrase) -> bool | None:
        """Whether "they" or "it" takes the phrase up; None for both ("the government")."""
        mention = self.mentions.at(phrase.head)
        token = self.doc[phrase.head]
        many = token.tag_ in {"NNS", "NNPS"}
        if mention is not None:
            if len(mention.actors) > 1:
                return True
            if mention.actors[0].type in _BODIES:
                return True if many else None
            if mention.actors[0].type is ActorType.STATE:
                return mention.kind is MentionKind.DEMONYM and many
        head = self.doc[content_head(self.phrases, self.doc, phrase.head)]
        if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police", "men", "women"}:
            return True
        if token.ent_type_ == "ORG" or head.lemma_.lower() in _COLLECTIVE:
            return None
        return False
