"""What a document speaks of, as pronouns see it: persons, things, groups, with their traces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.statement import ActorType
from kg.text.clauses import Clauses, Kind, Link, Role
from kg.text.gazetteer import given_names
from kg.text.mentioned import MentionKind, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase, content_head
from kg.text.reference import reference_words
from kg.text.roles import is_shared_title, person_nouns, titles

# Of an enum, Python 3.11 looks members up ten times slower than names of the module.
_COPULAR, _NOMINAL = Kind.COPULAR, Kind.NOMINAL
_CONJUNCT, _PARATAXIS, _ROOT = Link.CONJUNCT, Link.PARATAXIS, Link.ROOT
_OBLIQUE, _POSSESSOR, _PREDICATE = Role.OBLIQUE, Role.POSSESSOR, Role.PREDICATE

_BODIES = {
    *(ActorType.INTERGOVERNMENTAL, ActorType.ORGANIZATION, ActorType.PARTY, ActorType.MEDIA),
    *(ActorType.ARMED_GROUP, ActorType.COMPANY, ActorType.GOVERNMENT_BODY, ActorType.GROUP),
}
_NAMING = {MentionKind.NAME, MentionKind.METONYM}


class Trace(NamedTuple):
    """One mention of an entity: where, in which part of its clause, and whether by pronoun.

    ``part`` is subject, object, oblique, possessor or "" (anything else); ``main`` whether its
    clause is the main one of the sentence; ``aside`` marks titles, appositions and predicates.
    """

    token: int
    part: str
    main: bool
    pronoun: bool
    aside: bool = False


@dataclass(slots=True)
class Entity:
    """Someone or something spoken of.

    ``person`` and ``plural`` are None where both are possible ("police": it, they); ``gender`` is
    "m", "f" or "" (unknown); ``heads`` are several for "A and B".
    """

    heads: tuple[int, ...]
    person: bool | None
    gender: str
    plural: bool | None
    traces: list[Trace]
    named: bool = False
    actor: bool = False
    seen: set[int] = field(default_factory=set)
    last: int = field(init=False)
    """The token of the latest mention."""

    def __post_init__(self) -> None:
        self.last = self.traces[-1].token

    @property
    def first(self) -> int:
        """The token of the first mention."""
        return self.traces[0].token

    @property
    def latest(self) -> tuple[int, ...]:
        """The heads of the latest mention that is no pronoun."""
        return self.heads if len(self.heads) > 1 else (*self.others, *self.heads)[:1]

    @property
    def others(self) -> tuple[int, ...]:
        """The mentions of a single entity that are no pronouns, the nearest first."""
        named = (t.token for t in reversed(self.traces) if not t.pronoun and not t.aside)
        return () if len(self.heads) > 1 else tuple(named)

    def note(self, trace: Trace) -> None:
        """Add a mention."""
        self.traces.append(trace)
        self.last = trace.token
        self.seen.add(trace.token)


class Entities:
    """The entities met so far, in the order of the text."""

    def __init__(
        self, doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
    ) -> None:
        self.doc, self.phrases, self.mentions = doc, phrases, mentions
        self.words = reference_words()
        self.met: list[Entity] = []
        self.of: dict[int, Entity] = {}
        self._by_actor: dict[str, Entity] = {}
        self._by_text: dict[str, Entity] = {}
        self._people: dict[str, Entity] = {}
        self._parts: dict[int, tuple[str, bool]] = {}
        self._predicates: dict[int, int] = {}
        self._first_names = mentions.book.first_names()
        for phrase in phrases.values():
            if phrase.possessor is not None:
                self._parts[phrase.possessor] = "possessor", False
        for clause in clauses:
            if clause.kind is _NOMINAL:
                continue
            main = clause.link in {_ROOT, _PARATAXIS, _CONJUNCT}
            subjects = [a.head for a in clause.surface_subject() if not a.inherited]
            for argument in clause.arguments:
                if not argument.inherited and argument.role is not _POSSESSOR:
                    part = "oblique" if argument.role is _OBLIQUE else "object"
                    self._parts.setdefault(argument.head, (part, main))
            for head in subjects:
                # "Putin and Xi met": both are subjects
                for each in (head, *(phrases[head].conjuncts if head in phrases else ())):
                    self._parts[each] = "subject", main
            if clause.kind is _COPULAR and subjects and clause.head in phrases:
                # "Norton was a citizen": the predicate is no one else
                self._predicates[clause.head] = subjects[0]
            for argument in clause.of(_PREDICATE):
                if subjects:
                    self._predicates[argument.head] = subjects[0]

    def part(self, token: int) -> str:
        """Which part of its clause a nominal is (see ``Trace``)."""
        return self._parts.get(token, ("", False))[0]

    def trace(self, token: int, pronoun: bool) -> Trace:
        """The trace that a mention at a token leaves."""
        part, main = self._parts.get(token, ("", False))
        return Trace(token, part, main, pronoun)

    def enter(self, phrase: NounPhrase) -> None:
        """Register a noun phrase as something that pronouns may take up."""
        token = self.doc[phrase.head]
        lemma = token.lemma_.lower()
        inner = content_head(self.phrases, self.doc, phrase.head)
        vague = self.words["vague"]
        if token.ent_type_ == "DATE":
            return
        if (token.lower_ in vague or lemma in vague) and inner == phrase.head:
            # but "a lot of people"
            return
        if token.pos_ in {"NUM", "SYM", "ADJ", "DET", "ADV"}:
            return
        named = [self.phrases[c] for c in phrase.conjuncts if c in self.phrases]
        if any(is_shared_title(self.doc, phrase, name) for name in named):
            # "State Councilor and Foreign Minister Wang Yi"
            return
        entity = self._known(phrase)
        if entity is None:
            entity = self._new(phrase)
        else:
            outer = self._outer(phrase)
            trace = self.trace(phrase.head if outer is None else outer, False)
            aside = outer is not None or phrase.head in self._predicates
            entity.note(Trace(phrase.head, trace.part, trace.main, False, aside))
            if entity.plural is True and not self.plural(phrase):
                # "NATO *jets* struck … *the alliance* said": it, or they
                entity.plural = None
            entity.gender = entity.gender or (
                self.gender(phrase) if entity.person is not False else ""
            )
        self.of[phrase.head] = entity
        if phrase.conjuncts:
            members = (phrase.head, *phrase.conjuncts)
            trace = self.trace(phrase.head, False)
            both = Entity(members, self.is_person(phrase), "", True, [trace])
            both.named, both.seen = token.pos_ == "PROPN", set(members)
            self.met.append(both)

    def _outer(self, phrase: NounPhrase) -> int | None:
        """The name that a phrase is a title or an apposition of: "President Obama"."""
        outer = self.phrases.get(self.doc[phrase.head].head.i)
        if outer is not None and phrase.head in (*outer.titles, *outer.appositions):
            return outer.head
        return None

    def _known(self, phrase: NounPhrase) -> Entity | None:
        outer = self._outer(phrase)
        if outer is not None:
            # "President Obama", "Obama, the president"
            return self.of.get(outer)
        if phrase.head in self._predicates and phrase.number != "plur":
            # "Norton was a citizen"
            return self.of.get(self._predicates[phrase.head])
        mention = self.mentions.at(phrase.head)
        if mention is not None and len(mention.actors) == 1:
            # "Murtaza Bhutto" is not the Bhutto named before
            return self._by_actor.get(mention.actors[0].id)
        token = self.doc[phrase.head]
        if token.pos_ == "PROPN":
            known = self._by_text.get(self._text_key(phrase))
            if known is None and token.ent_type_ == "PERSON":
                names = {t.lower_ for t in self.doc.span(phrase.head, phrase.end) if t.is_alpha}
                found = {id(e): e for n in names if (e := self._people.get(n)) is not None}
                known = next(iter(found.values())) if len(found) == 1 else None
            return known
        if phrase.determiner in {"the", "this", "that", "these", "those"}:
            return self._by_text.get(self._text_key(phrase))
        return None

    def _text_key(self, phrase: NounPhrase) -> str:
        token = self.doc[phrase.head]
        if token.pos_ == "PROPN":
            # "United States" and the "States" of another name are two
            own = [i for i in phrase.modifiers if self.doc[i].pos_ == "PROPN"]
            start = min((i for i in own if i not in phrase.titles), default=phrase.head)
            return self.doc.span(start, phrase.end).text.casefold()
        return f"{token.lemma_.casefold()}/{phrase.number}"

    def _new(self, phrase: NounPhrase) -> Entity:
        person = self.is_person(phrase)
        gender = self.gender(phrase) if person is not False else ""
        trace = self.trace(phrase.head, False)
        entity = Entity((phrase.head,), person, gender, self.plural(phrase), [trace])
        entity.seen.add(phrase.head)
        entity.named = self.doc[phrase.head].pos_ == "PROPN"
        self.met.append(entity)
        mention = self.mentions.at(phrase.head)
        if mention is not None:
            entity.actor = True
            if len(mention.actors) == 1:
                self._by_actor[mention.actors[0].id] = entity
        self._by_text[self._text_key(phrase)] = entity
        if person and entity.named:
            for token in self.doc.span(phrase.head, phrase.end):
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
            if types <= _BODIES and mention.kind in _NAMING:
                # "Ecowas", even where the model takes it for a person's name
                return False
        if token.ent_type_ == "PERSON":
            return True
        if token.ent_type_ in {"GPE", "LOC", "FAC", "EVENT", "ORG"}:
            return False
        lemma = self.doc[content_head(self.phrases, self.doc, phrase.head)].lemma_.lower()
        if lemma in person_nouns() or lemma in self.words["people"]:
            return True
        if token.pos_ == "PROPN":
            return True if lemma in titles() else None
        role = self.mentions.book.roles.get(lemma)
        return None if role is not None and role.kind == "organ" and mention is None else False

    def gender(self, phrase: NounPhrase) -> str:
        """The gender ("m", "f", "" unknown) by the tables, a title, the noun or the given name."""
        mention = self.mentions.at(phrase.head)
        full = self.doc[phrase.head].text
        if mention is not None and len(mention.actors) == 1:
            actor = mention.actors[0]
            known = self.mentions.book.genders.get(actor.id)
            if known:
                return known
            if actor.type is ActorType.PERSON:
                # "Merkel" after "Angela Merkel"
                full = actor.label.split()[0]
        lemma = self.doc[phrase.head].lemma_.lower()
        if person_nouns().get(lemma):
            return person_nouns()[lemma]
        for token in self.doc.span(max(phrase.start - 2, 0), phrase.end):
            told = titles().get(token.lower_)
            if told and self.doc[phrase.head].pos_ == "PROPN":
                return told
            if token.i in phrase.modifiers and person_nouns().get(token.lower_):
                return person_nouns()[token.lower_]
        return given_names().get(full, "") or self._first_names.get(full, "")

    def plural(self, phrase: NounPhrase) -> bool | None:
        """Whether "they" or "it" takes the phrase up; None for both ("the government")."""
        mention = self.mentions.at(phrase.head)
        token = self.doc[phrase.head]
        many = token.tag_ in {"NNS", "NNPS"}
        if mention is not None:
            if len(mention.actors) > 1:
                return True
            if mention.actors[0].type in _BODIES:
                # "Hamas gunmen … they"; "the United Nations … it" or "they"
                return True if many and mention.kind is not MentionKind.NAME else None
            if mention.actors[0].type is ActorType.STATE:
                return mention.kind is MentionKind.DEMONYM and many
        head = self.doc[content_head(self.phrases, self.doc, phrase.head)]
        if head.tag_ in {"NNS", "NNPS"} or head.lower_ in self.words["people"]:
            return True
        if token.ent_type_ == "ORG" or head.lemma_.lower() in self.words["collective"]:
            return None
        return False
