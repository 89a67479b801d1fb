"""Finding mentions: names, and phrases that stand for a part of a state.

"Moscow", "Israeli jets", "the foreign ministers of Iran and Iraq", "rebels in Yemen". What
refers back ("he", "the group", "the two countries") is added by ``coref``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from kg.statement import Actor, ActorType
from kg.text.candidates import Context, Link, is_local, local_actor, plausible
from kg.text.gazetteer import Gazetteer, NameKind
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.named import STATES, Names
from kg.text.organisations import kind_of
from kg.text.parsed import Doc
from kg.text.persons import Persons
from kg.text.phrases import NounPhrase
from kg.text.placing import is_language
from kg.text.rolephrases import RolePhrases
from kg.text.roles import person_nouns
from kg.text.spotting import Spot
from kg.text.wordlists import listed

__all__ = ["ActorMention", "MentionKind", "Mentions", "find_mentions"]

_KINDS = {
    NameKind.NAME: MentionKind.NAME,
    NameKind.SHORT: MentionKind.NAME,
    NameKind.WEAK: MentionKind.DESCRIPTION,
    NameKind.METONYM: MentionKind.METONYM,
    NameKind.CAPITAL: MentionKind.METONYM,
    NameKind.ADJECTIVE: MentionKind.DEMONYM,
    NameKind.NOUN: MentionKind.DEMONYM,
    NameKind.PLACE: MentionKind.PLACE,
}


_OF_STATES = {ActorType.GOVERNMENT_BODY, ActorType.PARTY}


def _spans_states(name: str) -> bool:
    """Whether a name is of a body of several states: "*Inter-American* Commission"."""
    words = name.lower().replace("-", " ").split()
    return any(word in listed("spanning") for word in words)


def find_mentions(
    doc: Doc, phrases: dict[int, NounPhrase], book: Gazetteer, day: date | None
) -> Mentions:
    """The names and role phrases of a document, linked as far as its words and date decide."""
    names = Names(doc, phrases, book, Context(day))
    names.read()
    finder = _Finder(RolePhrases(names))
    finder.run()
    return Mentions(doc, finder.roles.found.values(), finder.places.values(), book, day)


@dataclass(slots=True)
class _Finder:
    roles: RolePhrases
    places: dict[int, ActorMention] = field(default_factory=dict)
    persons: Persons = field(init=False)

    def __post_init__(self) -> None:
        self.persons = Persons(self.roles)

    @property
    def names(self) -> Names:
        return self.roles.names

    @property
    def doc(self) -> Doc:
        return self.roles.doc

    @property
    def book(self) -> Gazetteer:
        return self.roles.book

    @property
    def phrases(self) -> dict[int, NounPhrase]:
        return self.roles.phrases

    def run(self) -> None:
        """Link all names, then read the phrases around them."""

        # people last: what they are is told by the organisations and states beside them
        # and full names before short ones, which a headline may put first
        def order(spot: Spot) -> tuple[bool, bool]:
            person = spot.label == "PERSON"
            return person, person and spot.end - spot.start == 1

        for spot in sorted(self.names.spots, key=order):
            self._mention_of_spot(spot)
        for head in self.phrases:
            self.roles.resolve(head)

    def _mention_of_spot(self, spot: Spot) -> None:
        if not spot.names:
            phrase = self.phrases.get(spot.head)
            several = self.roles.bearers(phrase) if phrase is not None else None
            if several is not None:
                self.roles.found[spot.head] = several
            else:
                self._unknown(spot)
            return
        link = self.names.links.get(spot.start)
        if link is None and self.names.is_shared(spot):
            # "the Democratic Party" of a state that no table gives one
            self._unknown(replace(spot, label="ORG"))
            return
        city = self.names.city(spot)
        if city is not None:
            self.places[spot.head] = ActorMention(
                spot.head,
                spot.start,
                spot.end,
                (city,),
                0.9,
                f"the place {city.label}",
                MentionKind.PLACE,
            )
        if spot.label == "PERSON" and self._is_another(spot, link):
            self._unknown(spot)
            return
        if link is None:
            return
        if link.kind is NameKind.ADJECTIVE and is_language(self.doc, spot):
            self.places.pop(spot.head, None)
            return
        if link.actor.type is ActorType.PLACE and self._is_counted(spot):
            return
        if link.actor.type is ActorType.PERSON and spot.end - spot.start > 1:
            # however the tables spell him
            self.persons.note(spot, link.actor)
        kind = _KINDS[link.kind]
        actors = (link.actor,)
        score, reason = link.score, link.reason
        if link.kind in {NameKind.ADJECTIVE, NameKind.NOUN} and self.names.is_ethnic(spot):
            self._ethnic_people(spot)
            return
        if link.kind is NameKind.CAPITAL and self.names.is_place(spot) and city is not None:
            # "in Moscow": the city; "Moscow said": the state
            actors, kind, reason = (city,), MentionKind.PLACE, f"the city of {city.label}"
        body = self.names.body_of_another(spot, link.actor)
        if body is not None:
            actors, reason = (body,), f"the {body.label}, by its owner"
        if link.kind is NameKind.NOUN and spot.head in self.phrases:
            people = self.names.people_of(spot, link.actor)
            if people is not None:
                actors, reason = (people,), f"people: {people.label}"
        if link.actor.type in STATES | {ActorType.PLACE}:
            self.places.setdefault(
                spot.head,
                ActorMention(
                    spot.head,
                    spot.start,
                    spot.end,
                    (link.actor,),
                    link.score,
                    link.reason,
                    MentionKind.PLACE,
                ),
            )
        self.roles.found[spot.head] = ActorMention(
            spot.head, spot.start, spot.end, actors, score, reason, kind
        )

    def _is_counted(self, spot: Spot) -> bool:
        """Whether a region's name stands for some of its states: "*Four Arab states* sent"."""
        phrase = self.phrases.get(spot.head)
        if phrase is None or self.doc[spot.head].tag_ not in {"NNS", "NNPS"}:
            return False
        return any(self.doc[m].pos_ == "NUM" for m in phrase.modifiers)

    def _is_another(self, spot: Spot, link: Link | None) -> bool:
        """Whether a person's name means somebody other than the tables have under it."""
        if link is None and spot.end - spot.start > 1:
            return True
        alike = self.persons.alike(spot) if spot.end - spot.start == 1 else set()
        if link is None:
            # "Mr King", whom nothing links with any King of the tables
            another = bool(alike) or self.names.is_another_title(spot, None)
            return another or not plausible(spot.names, self.names.context, self.book)
        # "Mike Jones, a shopkeeper … Jones", while a minister is called Jones
        return link.kind is NameKind.SHORT and bool(alike) and link.actor not in alike

    def _ethnic_people(self, spot: Spot) -> None:
        """Register "ethnic Albanians in Serbia" as people of Serbia, not of Albania."""
        phrase = self.phrases.get(spot.head)
        for preposition, head in phrase.complements if phrase is not None else ():
            place = self.names.spot_of.get(head)
            link = self.names.link(place) if place is not None and place.names else None
            state = self.book.state(link.actor.country) if link is not None else None
            if preposition in listed("owned") and state is not None:
                people = self.book.organ_actor(state, "CVL")
                self.roles.found[spot.head] = ActorMention(
                    spot.head,
                    spot.start - 1,
                    spot.end,
                    (people,),
                    0.7,
                    f"an ethnic group in {state.label}",
                    MentionKind.DEMONYM,
                )
                return

    def _called(self, spot: Spot) -> int | None:
        """The noun before a person's name that the tree makes its head: "*councillor* Wu"."""
        head = self.doc[spot.head].head.i
        phrase = self.phrases.get(head)
        called = phrase is not None and head == spot.start - 1 and spot.label == "PERSON"
        return head if called and self.doc[head].lower_ in person_nouns() else None

    def _unknown(self, spot: Spot) -> None:
        if spot.head not in self.phrases:
            called = self._called(spot)
            if called is None:
                # "Shona rebels": a word that modifies names nobody
                return
            spot = replace(spot, head=called)
        first = self.doc[spot.start]
        if spot.end - spot.start == 1 and first.is_sent_start and first.tag_ in {"NNS", "NNPS"}:
            # "Bushfires swept": a plural that only begins the sentence
            return
        text = " ".join(self.doc.span(spot.start, spot.end).text.split())
        actor: Actor | None = None
        score, reason = 0.6, f"the tables do not know '{text}'"
        if spot.label == "PERSON":
            actor = self.persons.person(spot, text)
            if actor is not None and not is_local(actor):
                score, reason = 0.85, f"'{text}' is another spelling of {actor.label}"
                if spot.end - spot.start == 1:
                    reason = f"'{text}' is {actor.label}, named in full in the document"
        elif spot.label in {"ORG"} and not text.endswith(" States"):
            # but "Member *States*", "the African *States*" are no body
            kind, sector = kind_of(text)
            country = self.names.country_of_name(spot)
            if country is None and self.names.is_shared(spot):
                country = self.names.setting(spot)
            elif country is None and kind in _OF_STATES and not _spans_states(text):
                # "the *Education Ministry*", in a report on Saudi Arabia
                country = self.names.main_country
            actor = local_actor(text, kind, country, sector)
        elif spot.label in {"GPE", "LOC", "FAC"} and self.doc[spot.head].pos_ == "PROPN":
            actor = local_actor(text, ActorType.PLACE, self.names.country_of_name(spot))
            self.places[spot.head] = ActorMention(
                spot.head, spot.start, spot.end, (actor,), 0.6, reason, MentionKind.PLACE
            )
        if actor is not None:
            kind_ = MentionKind.PLACE if actor.type is ActorType.PLACE else MentionKind.NAME
            self.roles.found[spot.head] = ActorMention(
                spot.head, spot.start, spot.end, (actor,), score, reason, kind_
            )
