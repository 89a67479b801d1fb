"""Finding mentions: names, and phrases that stand for a part of a state.

"Moscow", "Israeli jets", "the foreign ministers of Iran and Iraq", "rebels in Yemen". What
refers back ("he", "the group", "the two countries") is added by ``coref``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Doc

from kg.statement import Actor, ActorType
from kg.text.candidates import Context, local_actor, spelled_alike
from kg.text.gazetteer import Gazetteer, NameKind, Role
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.named import STATES, Names
from kg.text.names import key
from kg.text.organisations import kind_of
from kg.text.parts import part
from kg.text.phrases import NounPhrase
from kg.text.roles import PLACE_OWNED, RoleNoun, is_shared_title, owns_by_place, role_noun
from kg.text.spotting import Spot

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


_COURTS = {"court", "tribunal", "judge", "prosecutor", "chief prosecutor", "justice"}
_COURT_SEATS = {"hague", "strasbourg", "luxembourg", "arusha"}


def find_mentions(
    doc: Doc, phrases: dict[int, NounPhrase], book: Gazetteer, day: date | None
) -> Mentions:
    """The names and role phrases of a document, linked as far as its words and date decide."""
    names = Names(doc, phrases, book, Context(day))
    names.read()
    finder = _Finder(names)
    finder.run()
    return Mentions(doc, finder.found.values(), finder.places.values(), book, day)


@dataclass(slots=True)
class _Finder:
    names: Names
    people: dict[str, Actor] = field(default_factory=dict)
    """Key of the full name of an unknown person → its node."""
    found: dict[int, ActorMention] = field(default_factory=dict)
    places: dict[int, ActorMention] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)

    @property
    def doc(self) -> Doc:
        return self.names.doc

    @property
    def book(self) -> Gazetteer:
        return self.names.book

    @property
    def phrases(self) -> dict[int, NounPhrase]:
        return self.names.phrases

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
            self.resolve(head)

    def _mention_of_spot(self, spot: Spot) -> None:
        if not spot.names:
            phrase = self.phrases.get(spot.head)
            several = self._koreas(phrase) if phrase is not None else None
            if several is not None:
                self.found[spot.head] = several
            else:
                self._unknown(spot)
            return
        link = self.names.links.get(spot.start)
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
        if link is None:
            if spot.label == "PERSON" and (spot.end - spot.start > 1 or self._alike(spot)):
                self._unknown(spot)
            return
        if link.actor.type is ActorType.PERSON and spot.end - spot.start > 1:
            # "Gen Abdourahmane Tchiani … Tchiani", however the tables spell him
            self.people.setdefault(key(self.doc[spot.start : spot.end].text), link.actor)
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
        self.found[spot.head] = ActorMention(
            spot.head, spot.start, spot.end, actors, score, reason, kind
        )

    def _ethnic_people(self, spot: Spot) -> None:
        """Register "ethnic Albanians in Serbia" as people of Serbia, not of Albania."""
        phrase = self.phrases.get(spot.head)
        for preposition, head in phrase.complements if phrase is not None else ():
            place = self.names.spot_of.get(head)
            link = self.names.link(place) if place is not None and place.names else None
            state = self.book.state(link.actor.country) if link is not None else None
            if preposition in PLACE_OWNED and state is not None:
                people = self.book.organ_actor(state, "CVL")
                self.found[spot.head] = ActorMention(
                    spot.head,
                    spot.start - 1,
                    spot.end,
                    (people,),
                    0.7,
                    f"an ethnic group in {state.label}",
                    MentionKind.DEMONYM,
                )
                return

    def _unknown(self, spot: Spot) -> None:
        if spot.head not in self.phrases:
            # "Shona rebels": a word that modifies names nobody
            return
        first = self.doc[spot.start]
        if spot.end - spot.start == 1 and first.is_sent_start and first.tag_ in {"NNS", "NNPS"}:
            # "Bushfires swept": a plural that only begins the sentence
            return
        text = " ".join(self.doc[spot.start : spot.end].text.split())
        actor: Actor | None = None
        score, reason = 0.6, f"the tables do not know '{text}'"
        if spot.label == "PERSON":
            actor = self._person(spot, text)
            if actor is not None and not actor.id.startswith("local:"):
                score, reason = 0.85, f"'{text}' is another spelling of {actor.label}"
                if spot.end - spot.start == 1:
                    reason = f"'{text}' is {actor.label}, named in full in the document"
        elif spot.label in {"ORG"}:
            kind, sector = kind_of(text)
            actor = local_actor(text, kind, self.names.country_of_name(spot), sector)
        elif spot.label in {"GPE", "LOC", "FAC"} and self.doc[spot.head].pos_ == "PROPN":
            actor = local_actor(text, ActorType.PLACE, self.names.country_of_name(spot))
            self.places[spot.head] = ActorMention(
                spot.head, spot.start, spot.end, (actor,), 0.6, reason, MentionKind.PLACE
            )
        if actor is not None:
            kind_ = MentionKind.PLACE if actor.type is ActorType.PLACE else MentionKind.NAME
            self.found[spot.head] = ActorMention(
                spot.head, spot.start, spot.end, (actor,), score, reason, kind_
            )

    def _person(self, spot: Spot, text: str) -> Actor | None:
        words = key(text).split()
        if len(words) == 1:
            # "Mr Smith", "Smith": the John Smith of this document, if there is just one
            alike = self._alike(spot)
            if alike:
                return alike.pop() if len(alike) == 1 else None
        known = self.people.get(" ".join(words))
        if known is not None:
            return known
        if len(words) > 1:
            same = spelled_alike(text, self.book)
            if same is not None:
                return same
        country, sector = self._affiliation(spot)
        actor = local_actor(text, ActorType.PERSON, country, sector)
        self.people[" ".join(words)] = actor
        return actor

    def _alike(self, spot: Spot) -> set[Actor]:
        """The persons whose full name in this document begins or ends with a single word."""
        word = key(self.doc[spot.start : spot.end].text)
        return {a for k, a in self.people.items() if word in (k.split()[-1], k.split()[0])}

    def _affiliation(self, spot: Spot) -> tuple[str | None, str | None]:
        """Country and sector of an unknown person by title or apposition.

        "Turkish lawmaker X", "X, former president of Y University in Seoul".
        """
        phrase = self.phrases.get(spot.head)
        if phrase is None:
            return None, None
        outer = self.phrases.get(self.doc[spot.head].head.i)
        # "Manila's security adviser, Eduardo Ano": the name itself is the apposition
        # "Japan's State Minister and Transport Minister X": so is the first title's owner his
        beside = outer is not None and (
            spot.head in outer.appositions or is_shared_title(self.doc, outer, phrase)
        )
        governing = [outer.head] if outer is not None and beside else []
        for head in (*phrase.titles, *phrase.appositions, *governing, spot.head):
            around = self.phrases.get(head)
            if around is None:
                continue
            role = role_noun(self.doc, around, self.book) if head != spot.head else None
            owners = self._owners(around, role) or self._owners(phrase, role)
            if role is not None and role.role.kind == "member":
                role = None
            for owner in owners:
                sector = None
                if role is not None and owner.type in STATES | {ActorType.PLACE}:
                    sector = self._sector(role.role)
                elif owner.sector:
                    sector = owner.sector
                if owner.country or sector:
                    return owner.country, sector
            if role is not None and role.role.title and not owners and head in phrase.titles:
                # "President Dos Santos" in a sentence about Angola alone
                alone = self.names.only_country(spot)
                if alone is not None:
                    return alone, self._sector(role.role)
            if role is not None and role.role.target == "REB" and not owners:
                # "X, the rebel commander" where one armed group is spoken of
                group = self.names.only_group()
                if group is not None:
                    return group.country, group.sector
            for preposition, inner in around.complements:
                # "an analyst at Kyungnam University", "Lim of Kyungnam University"
                mention = (
                    self.resolve(inner) if preposition in {"of", "at", "with", "for"} else None
                )
                if mention is not None and mention.actors[0].country:
                    return mention.actors[0].country, mention.actors[0].sector
        return None, None

    def _sector(self, role: Role) -> str | None:
        if role.kind == "office":
            return self.book.offices[role.target].sector
        return self.book.organs[role.target].sector if role.kind == "organ" else "GOV"

    def resolve(self, head: int) -> ActorMention | None:
        """The mention that a token heads: found already, or a role phrase read now."""
        if head in self.found or head in self.busy:
            return self.found.get(head)
        phrase = self.phrases.get(head)
        if phrase is None or phrase.pronoun or head in self.names.spot_of:
            # inside of a name ("States" in "Organization of American States") or unlinked
            return None
        self.busy.add(head)
        try:
            mention = self._koreas(phrase) or self._role(phrase)
            if mention is not None:
                self.found[head] = mention
            return mention
        finally:
            self.busy.discard(head)

    def _role(self, phrase: NounPhrase) -> ActorMention | None:
        named = self._named_beside(phrase)
        if named is not None:
            return named
        role = role_noun(self.doc, phrase, self.book)
        if role is None or role.role.kind == "member":
            return None
        if role.role.kind == "state" and not (phrase.modifiers or phrase.possessor is not None):
            # "a state of emergency in Guayaquil"
            return None
        owners = self._owners(phrase, role)
        if not owners:
            return None
        first = self._headline_owner(phrase, role)
        if first is not None:
            owners = [*self.found.pop(first.head).actors, *owners]
        actors: list[Actor] = []
        for owner in owners:
            actor = part(self.book, owner, role, self.names.context.day)
            if actor is not None and actor not in actors:
                actors.append(actor)
        if not actors:
            return None
        start = phrase.start if first is None else first.start
        while start < phrase.head and self.doc[start].pos_ == "DET":
            start += 1
        words = " and ".join(o.label for o in owners)
        return ActorMention(
            phrase.head,
            start,
            max(phrase.end, role.end),
            tuple(actors),
            0.88 if len(owners) == 1 else 0.82,
            f"'{role.words}' of {words}",
            MentionKind.ROLE,
        )

    def _named_beside(self, phrase: NounPhrase) -> ActorMention | None:
        """Title or apposition of a name: "Seoul's new President, *Lee Jae-myung*"."""
        token = self.doc[phrase.head]
        heads = [*phrase.appositions]
        if token.head.i != token.i:
            outer = self.phrases.get(token.head.i)
            if outer is not None and phrase.head in (*outer.titles, *outer.appositions):
                heads.append(outer.head)
        for head in phrase.conjuncts[:1]:
            # "State Councilor and Foreign Minister Wang Yi" is one person
            following = self.phrases.get(head)
            if following is not None and is_shared_title(self.doc, phrase, following):
                heads.append(head)
        for head in heads:
            other = self.found.get(head)
            if other is None or len(other.actors) != 1 or phrase.number == "plur":
                continue
            if other.actors[0].type is ActorType.PLACE or other.kind is MentionKind.PLACE:
                continue
            person = other.actors[0].type is ActorType.PERSON
            role = role_noun(self.doc, phrase, self.book)
            part = role is not None and role.role.kind in {"office", "organ"}
            if part and other.actors[0].type in STATES:
                # "NATO-member Norway" is Norway; "President" beside a state is not the state
                continue
            if person and role is None:
                # "Santos will meet Uribe, the first encounter in six years"
                continue
            return replace(
                other,
                head=phrase.head,
                start=phrase.start,
                end=phrase.end,
                kind=MentionKind.ALIAS,
                reason=f"stands beside '{self.doc[other.start : other.end].text}'",
            )
        return None

    def _koreas(self, phrase: NounPhrase) -> ActorMention | None:
        """Every state that carries the name: "the two Koreas", "both Congos"."""
        token = self.doc[phrase.head]
        if token.tag_ != "NNPS" or not token.text.endswith("s"):
            return None
        stem = key(token.text[:-1])
        bearers = [
            a
            for country, identity in self.book.by_country.items()
            if country
            and (a := self.book.actors[identity]).type is ActorType.STATE
            and stem in key(a.label).split()
            and self.book.exists(a.id, self.names.context.day)
        ]
        bearers.sort(key=lambda a: a.label)
        if len(bearers) < 2:
            return None
        return ActorMention(
            phrase.head,
            phrase.start,
            phrase.end,
            tuple(bearers),
            0.9,
            f"all states called {token.text[:-1]}",
            MentionKind.COLLECTIVE,
        )

    def _owners(self, phrase: NounPhrase, role: RoleNoun | None) -> list[Actor]:
        """The states or organisations whose part a phrase names, in text order."""
        found: list[Actor] = []

        def add(actors: tuple[Actor, ...]) -> None:
            found.extend(a for a in actors if a not in found)

        inside = range(phrase.start, phrase.head)
        if phrase.possessor is not None and phrase.possessor in inside:
            inside = range(phrase.possessor + 1, phrase.head)
        for modifier in inside:
            if not self.names.is_marked(modifier):
                add(self._owner_spot(modifier))
        if not found and phrase.possessor is not None:
            heads = [phrase.possessor]
            possessor = self.phrases.get(phrase.possessor)
            if possessor is not None and possessor.start < phrase.head:
                # "Iran and Iraq's leaders"; but not what follows "Germany, whose government"
                heads += [c for c in possessor.conjuncts if c < phrase.head]
            for head in heads:
                spot = self.names.spot_of.get(head)
                add(self._owner_spot(head) if spot else self._owner_phrase(head))
        owned = phrase.possessor is not None and self.doc[phrase.possessor].pos_ == "PRON"
        if not found and not owned:
            # "its embassy in Tehran" is not Tehran's
            for preposition, head in phrase.complements:
                allowed = (
                    preposition == "of"
                    if role is None
                    else owns_by_place(role.role, preposition)
                    or (preposition == "for" and role.words.startswith("spokes"))
                )
                if role is not None and self._seats_world_court(role, preposition, head):
                    continue
                if allowed and (role is None or head >= role.end - 1):
                    add(self._owner_spot(head) or self._owner_phrase(head))
        if not found and phrase.titles:
            for title in phrase.titles:
                inner = self.phrases.get(title)
                if inner is not None:
                    add(tuple(self._owners(inner, role)))
        return found

    def _seats_world_court(self, role: RoleNoun, preposition: str, place: int) -> bool:
        """Whether a court may be an international one: "the court in The Hague".

        Not "the court in Rotterdam", nor "the district court in The Hague".
        """
        if role.role.target != "JUD" or role.words not in _COURTS or preposition == "of":
            return False
        return self.doc[place].lower_ in _COURT_SEATS

    def _headline_owner(self, phrase: NounPhrase, role: RoleNoun) -> Spot | None:
        """The first of two owners that a comma joins: "U.S., Chinese officials meet in Rome".

        Not "Iran, Chinese officials said, would agree", nor "In Iran, Chinese officials met".
        """
        start = phrase.start
        if start < 2 or not role.plural or phrase.determiner or self.doc[start - 1].text != ",":
            return None
        spot = self.names.spot_of.get(start - 2)
        if spot is None or not self.doc[spot.start].is_sent_start:
            return None
        mention = self.found.get(spot.head)
        head = self.doc[spot.head].head.i
        if head not in {self.doc[phrase.head].head.i, phrase.head} or head == spot.head:
            return None
        state = mention is not None and mention.actors[0].type in STATES
        return spot if state else None

    def _owner_spot(self, token: int) -> tuple[Actor, ...]:
        spot = self.names.spot_of.get(token)
        if spot is None:
            return ()
        mention = self.found.get(spot.head)
        if not spot.names:
            return mention.actors if mention else ()
        link = self.names.link(spot)
        if link is None:
            return ()
        if mention is not None and mention.actors[0].type is ActorType.GOVERNMENT_BODY:
            # "Iran's National Security Council": of Iran, whatever the bare name means
            return mention.actors
        return self.names.sharing(spot, link.actor)

    def _owner_phrase(self, head: int) -> tuple[Actor, ...]:
        mention = self.resolve(head)
        return mention.actors if mention is not None else ()
