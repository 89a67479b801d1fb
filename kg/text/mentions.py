"""Finding mentions: names, and phrases that stand for a part of a state.

"Moscow", "Israeli jets", "the foreign ministers of Iran and Iraq", "rebels in Yemen". What
refers back ("he", "the group", "the two countries") is added by ``coref``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Doc

from kg.statement import Actor, ActorType
from kg.text.candidates import Context, Link, choose, local_actor, spelled_alike
from kg.text.gazetteer import Gazetteer, NameKind
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.names import key
from kg.text.organisations import kind_of
from kg.text.phrases import NounPhrase
from kg.text.roles import PLACE_OWNED, RoleNoun, owns_by_place, role_noun
from kg.text.spotting import Spot, find_spots, place_words

__all__ = ["ActorMention", "MentionKind", "Mentions", "find_mentions"]

_LOCATIVE = {
    *("in", "at", "near", "outside", "inside", "around", "across", "throughout", "within"),
    *("outside of", "north of", "south of", "east of", "west of", "over", "into", "off", "via"),
    *("through", "along", "towards", "toward", "beyond"),
}
_STATES = {ActorType.STATE, ActorType.TERRITORY}
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


def find_mentions(
    doc: Doc, phrases: dict[int, NounPhrase], book: Gazetteer, day: date | None
) -> Mentions:
    """The names and role phrases of a document, linked as far as its words and date decide."""
    finder = _Finder(doc, phrases, book, Context(day))
    finder.run()
    return Mentions(doc, finder.found.values(), finder.places.values(), book, day)


@dataclass(slots=True)
class _Finder:
    doc: Doc
    phrases: dict[int, NounPhrase]
    book: Gazetteer
    context: Context
    spots: list[Spot] = field(default_factory=list)
    spot_of: dict[int, Spot] = field(default_factory=dict)
    links: dict[int, Link | None] = field(default_factory=dict)
    """Start of a spot → what it means."""
    people: dict[str, Actor] = field(default_factory=dict)
    """Key of the full name of an unknown person → its node."""
    found: dict[int, ActorMention] = field(default_factory=dict)
    places: dict[int, ActorMention] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Find spots, note what is sure, link all names, then read the phrases around them."""
        self.spots = find_spots(self.doc, self.book)
        self.spot_of = {i: s for s in self.spots for i in range(s.start, s.end)}
        self._note_sure()
        for spot in self.spots:
            if spot.names:
                self._link(spot)
        self.spots = [s for s in self.spots if not self._idle(s)]
        self.spot_of = {i: s for s in self.spots for i in range(s.start, s.end)}
        # people last: what they are is told by the organisations and states beside them
        for spot in sorted(self.spots, key=lambda s: s.label == "PERSON"):
            self._mention_of_spot(spot)
        for head in self.phrases:
            self.resolve(head)

    # --- names ---------------------------------------------------------------------------

    def _note_sure(self) -> None:
        sure = {NameKind.NAME, NameKind.ADJECTIVE, NameKind.NOUN, NameKind.METONYM}
        for _ in range(2):
            for spot in self.spots:
                names = [n for n in spot.names if n.kind in sure | {NameKind.CAPITAL}]
                if len({n.actor for n in spot.names if n.kind is not NameKind.CAPITAL}) > 3:
                    continue
                if not names and len({n.actor for n in spot.names}) == 1:
                    names = [n for n in spot.names if n.kind is NameKind.PLACE]
                link = choose(names, Context(self.context.day), self.book)
                if link is not None:
                    self.context.note(link.actor)
            break
        for spot in self.spots:
            # "Atlanta" beside "Georgia": towns tell which of two bearers is meant
            places = {self.book.actors[n.actor].country for n in spot.names}
            if len(places) == 1 and all(n.kind is NameKind.PLACE for n in spot.names):
                self.context.sites[next(iter(places)) or ""] += 1

    def _idle(self, spot: Spot) -> bool:
        """A paraphrase that takes up nothing here: "the rebels in Darfur" are a role phrase."""
        if not spot.names or any(n.kind is not NameKind.WEAK for n in spot.names):
            return False
        phrase = self.phrases.get(spot.head)
        owned = phrase is not None and any(
            p in PLACE_OWNED and (h in self.spot_of) for p, h in phrase.complements
        )
        return owned or self.links.get(spot.start) is None

    def _link(self, spot: Spot) -> Link | None:
        if spot.start not in self.links:
            link = choose(spot.names, self.context, self.book, place=self._is_place(spot))
            if link is not None and not self._credible(spot, link):
                link = None
            self.links[spot.start] = link
            if link is not None and link.kind in {NameKind.SHORT, NameKind.NAME}:
                self.context.actors[link.actor.id] += 1
        return self.links[spot.start]

    def _credible(self, spot: Spot, link: Link) -> bool:
        token = self.doc[spot.start]
        if link.kind is NameKind.SHORT and spot.end - spot.start == 1:
            # "May", "Brown", "Major": a family name only where the model sees a name.
            return spot.label == "PERSON" or (token.pos_ == "PROPN" and spot.label != "ORG")
        if link.kind is NameKind.PLACE and spot.label == "PERSON":
            return False
        if link.kind is NameKind.PLACE and spot.end - spot.start == 1:
            return bool(spot.label) or token.pos_ == "PROPN"
        return True

    def _is_place(self, spot: Spot) -> bool:
        """Whether the words stand for where it happens: "in Moscow", "shelled Sarajevo"."""
        phrase = self.phrases.get(spot.head)
        if phrase is None:
            return False
        if phrase.preposition in _LOCATIVE:
            return True
        token, governor = self.doc[spot.head], self.doc[spot.head].head
        if governor.lemma_.lower() not in place_words() or governor.i == token.i:
            return False
        if governor.pos_ == "VERB":
            # "Sarajevo was shelled" too, but not "Moscow struck a deal"
            passive = governor.tag_ == "VBN" and governor.i > token.i
            return not phrase.preposition and (governor.i < token.i or passive)
        return phrase.preposition in {"of", "on", "against"}

    def _mention_of_spot(self, spot: Spot) -> None:
        if not spot.names:
            phrase = self.phrases.get(spot.head)
            several = self._koreas(phrase) if phrase is not None else None
            if several is not None:
                self.found[spot.head] = several
            else:
                self._unknown(spot)
            return
        link = self.links.get(spot.start)
        city = self._city(spot)
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
            if spot.label == "PERSON" and spot.end - spot.start > 1:
                self._unknown(spot)
            return
        kind = _KINDS[link.kind]
        actors = (link.actor,)
        score, reason = link.score, link.reason
        if link.kind in {NameKind.ADJECTIVE, NameKind.NOUN} and self._ethnic(spot):
            self._ethnic_people(spot)
            return
        if link.kind is NameKind.CAPITAL and self._is_place(spot) and city is not None:
            # "in Moscow": the city; "Moscow said": the state
            actors, kind, reason = (city,), MentionKind.PLACE, f"the city of {city.label}"
        body = self._body_of_another(spot, link.actor)
        if body is not None:
            actors, reason = (body,), f"the {body.label}, by its owner"
        if link.kind is NameKind.NOUN and spot.head in self.phrases:
            people = self._people_of(spot, link.actor)
            if people is not None:
                actors, reason = (people,), f"people: {people.label}"
        if link.actor.type in _STATES | {ActorType.PLACE}:
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

    def _body_of_another(self, spot: Spot, actor: Actor) -> Actor | None:
        """ "Colombia's Congress", "the Philippine Senate": the body of the owner, not the US one."""
        phrase = self.phrases.get(spot.head)
        if phrase is None or actor.type is not ActorType.GOVERNMENT_BODY or "-" not in actor.id:
            return None
        organ = actor.id.split("-", 1)[1]
        if organ not in self.book.organs or not actor.id.startswith(f"kg:{actor.country}-"):
            return None
        heads = [m for m in phrase.modifiers if not spot.start <= m < spot.end]
        heads += [phrase.possessor] if phrase.possessor is not None else []
        heads += [h for p, h in phrase.complements if p == "of"]
        for head in heads:
            other = self.spot_of.get(head)
            link = self._link(other) if other is not None and other.names else None
            if link is not None and link.actor.type in _STATES:
                if link.actor.country != actor.country:
                    return self.book.organ_actor(link.actor, organ)
                return None
        return None

    def _ethnic(self, spot: Spot) -> bool:
        return spot.start > 0 and self.doc[spot.start - 1].lower_ in {"ethnic", "ethnically"}

    def _ethnic_people(self, spot: Spot) -> None:
        """ "ethnic Albanians in Serbia": people of Serbia, not of Albania."""
        phrase = self.phrases.get(spot.head)
        for preposition, head in phrase.complements if phrase is not None else ():
            place = self.spot_of.get(head)
            link = self._link(place) if place is not None and place.names else None
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

    def _people_of(self, spot: Spot, owner: Actor) -> Actor | None:
        """ "an Iraqi", "five Palestinians": persons; "the Palestinians", "Serbs": the nation."""
        phrase = self.phrases[spot.head]
        counted = any(self.doc[m].pos_ == "NUM" for m in phrase.modifiers)
        some = phrase.determiner in {"a", "an", "some", "many", "several", "few", "most", "any"}
        token = self.doc[spot.head]
        singular = token.tag_ in {"NN", "NNP"} and phrase.determiner != "the"
        together = bool(phrase.conjuncts) or token.head.tag_ == token.tag_
        # "Algerians blocked roads", "young Greeks"; but "Israelis and Palestinians" as parties
        bare = owner.type is ActorType.STATE and phrase.determiner == "" and not together
        if owner.type is ActorType.PLACE or not (counted or some or singular or bare):
            return None
        return self.book.organ_actor(owner, "CVL")

    def _city(self, spot: Spot) -> Actor | None:
        folded = key(self.doc[spot.start : spot.end].text)
        identity = self.book.capitals.get(folded)
        if identity is not None and any(n.kind is NameKind.CAPITAL for n in spot.names):
            return self.book.actors[identity]
        return None

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
        elif spot.label in {"ORG"}:
            kind, sector = kind_of(text)
            actor = local_actor(text, kind, self._country_of_name(spot), sector)
        elif spot.label in {"GPE", "LOC", "FAC"} and self.doc[spot.head].pos_ == "PROPN":
            actor = local_actor(text, ActorType.PLACE, self._country_of_name(spot))
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
            alike = {k for k in self.people if words[0] in (k.split()[-1], k.split()[0])}
            if len(alike) == 1:
                return self.people[alike.pop()]
            if alike:
                return None
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

    def _affiliation(self, spot: Spot) -> tuple[str | None, str | None]:
        """Country and sector of an unknown person by title or apposition.

        "Turkish lawmaker X", "X, former president of Y University in Seoul".
        """
        phrase = self.phrases.get(spot.head)
        if phrase is None:
            return None, None
        for head in (*phrase.titles, *phrase.appositions, spot.head):
            around = self.phrases.get(head)
            if around is None:
                continue
            role = role_noun(self.doc, around, self.book) if head != spot.head else None
            owners = self._owners(around, role) or self._owners(phrase, role)
            if role is not None and role.role.kind == "member":
                role = None
            for owner in owners:
                sector = None
                if role is not None and owner.type in _STATES | {ActorType.PLACE}:
                    sector = (
                        self.book.organs[role.role.target].sector
                        if role.role.kind == "organ"
                        else "GOV"
                    )
                elif owner.sector:
                    sector = owner.sector
                if owner.country:
                    return owner.country, sector
            if role is not None and role.role.kind == "office" and not owners:
                # "President Dos Santos" in a sentence about Angola alone
                alone = self._only_country(spot)
                if alone is not None and head in phrase.titles:
                    return alone, "GOV"
            for preposition, inner in around.complements:
                # "an analyst at Kyungnam University", "Lim of Kyungnam University"
                mention = (
                    self.resolve(inner) if preposition in {"of", "at", "with", "for"} else None
                )
                if mention is not None and mention.actors[0].country:
                    return mention.actors[0].country, mention.actors[0].sector
        return None, None

    def _only_country(self, spot: Spot) -> str | None:
        """The one country that the sentence, else the document, names."""
        sentence = self.doc[spot.head].sent
        for inside in (True, False):
            countries = {
                link.actor.country
                for other in self.spots
                if (link := self.links.get(other.start)) is not None
                and link.actor.type in _STATES
                and (not inside or sentence.start <= other.start < sentence.end)
            }
            if countries:
                return countries.pop() if len(countries) == 1 else None
        return None

    def _country_of_name(self, spot: Spot) -> str | None:
        """The country an unknown name tells: "Bank of China", "Korean Air", "X University in Seoul"."""
        after = self.spot_of.get(spot.end + 1)
        if spot.end + 1 < len(self.doc) and self.doc[spot.end].lower_ in {"in", ","} and after:
            place = self._place_link(after)
            if place is not None:
                return place.country
        for inner in self._inner_names(spot):
            return inner.country
        phrase = self.phrases.get(spot.head)
        if phrase is not None:
            for head in (*phrase.modifiers, *((phrase.possessor,) if phrase.possessor else ())):
                owner = self.spot_of.get(head)
                link = self.links.get(owner.start) if owner is not None and owner.names else None
                if link is not None and owner is not spot:
                    return link.actor.country
        return None

    def _inner_names(self, spot: Spot) -> Iterator[Actor]:
        words = [t.text for t in self.doc[spot.start : spot.end]]
        lowered = [w.lower() for w in words]
        parts = [words[:1], words[:2]]
        if "of" in lowered:
            parts.append(words[len(lowered) - lowered[::-1].index("of") :])
        for part in sorted(parts, key=len, reverse=True):
            names = self.book.lookup(" ".join(part), self.context.day)
            link = choose(
                [n for n in names if n.kind is not NameKind.SHORT], self.context, self.book
            )
            if link is not None and link.actor.type in _STATES | {ActorType.PLACE}:
                yield link.actor

    def _place_link(self, spot: Spot) -> Actor | None:
        if not spot.names:
            return None
        city = self._city(spot)
        link = self._link(spot)
        return city or (link.actor if link is not None else None)

    # --- phrases -------------------------------------------------------------------------

    def resolve(self, head: int) -> ActorMention | None:
        """The mention that a token heads: found already, or a role phrase read now."""
        if head in self.found or head in self.busy:
            return self.found.get(head)
        phrase = self.phrases.get(head)
        if phrase is None or phrase.pronoun or head in self.spot_of:
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
        actors: list[Actor] = []
        for owner in owners:
            actor = self._part(owner, role)
            if actor is not None and actor not in actors:
                actors.append(actor)
        if not actors:
            return None
        start = phrase.start
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
        for head in heads:
            other = self.found.get(head)
            if other is None or len(other.actors) != 1 or phrase.number == "plur":
                continue
            if other.actors[0].type is ActorType.PLACE or other.kind is MentionKind.PLACE:
                continue
            person = other.actors[0].type is ActorType.PERSON
            role = role_noun(self.doc, phrase, self.book)
            if not person and role is not None and role.role.kind in {"office", "organ"}:
                # "Kabul, the capital", "NATO-member Norway"; but "President" beside a state is not it
                if other.actors[0].type in _STATES:
                    continue
            if person and token.pos_ == "PROPN" and role is None:
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
        """ "the two Koreas", "both Congos": every state that carries the name."""
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
            and self.book.exists(a.id, self.context.day)
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
            if not self._beside_mark(modifier):
                add(self._owner_spot(modifier))
        if not found and phrase.possessor is not None:
            heads = [phrase.possessor]
            possessor = self.phrases.get(phrase.possessor)
            if possessor is not None and possessor.start < phrase.head:
                # "Iran and Iraq's leaders"; but not what follows "Germany, whose government"
                heads += [c for c in possessor.conjuncts if c < phrase.head]
            for head in heads:
                spot = self.spot_of.get(head)
                add(self._owner_spot(head) if spot else self._owner_phrase(head))
        if not found:
            for preposition, head in phrase.complements:
                allowed = (
                    preposition == "of"
                    if role is None
                    else owns_by_place(role.role, preposition)
                    or (preposition == "for" and role.words.startswith("spokes"))
                )
                if allowed and (role is None or head >= role.end - 1):
                    add(self._owner_spot(head) or self._owner_phrase(head))
        if not found and phrase.titles:
            for title in phrase.titles:
                inner = self.phrases.get(title)
                if inner is not None:
                    add(tuple(self._owners(inner, role)))
        return found

    def _beside_mark(self, token: int) -> bool:
        """ "pro-Russian separatists", "Iran-backed rebels" are not Russia's or Iran's own."""
        spot = self.spot_of.get(token)
        if spot is None:
            return True
        if spot.start > 1 and self.doc[spot.start - 1].text == "-":
            return self.doc[spot.start - 2].lower_ in {"pro", "anti", "non", "ex", "post", "trans"}
        if spot.end + 1 < len(self.doc) and self.doc[spot.end].text == "-":
            # "Vietnamese-led forces", "Beirut-based group" belong there
            own = {"led", "run", "based", "controlled", "born", "ruled", "held"}
            following = self.doc[spot.end + 1]
            return following.tag_ in {"VBN", "VBD", "JJ"} and following.lower_ not in own
        return False

    def _owner_spot(self, token: int) -> tuple[Actor, ...]:
        spot = self.spot_of.get(token)
        if spot is None:
            return ()
        mention = self.found.get(spot.head)
        if not spot.names:
            return mention.actors if mention else ()
        link = self._link(spot)
        if link is None:
            return ()
        return self._shared_head(spot, link.actor)

    def _shared_head(self, spot: Spot, actor: Actor) -> tuple[Actor, ...]:
        """ "North and South Korean troops": the direction before "and" shares the name."""
        first = self.doc[spot.start].lower_
        if spot.start < 2 or first not in {"north", "south", "east", "west"}:
            return (actor,)
        if self.doc[spot.start - 1].lower_ not in {"and", "or"}:
            return (actor,)
        other = self.doc[spot.start - 2].lower_
        if other not in {"north", "south", "east", "west"}:
            return (actor,)
        rest = self.doc[spot.start + 1 : spot.end].text
        names = self.book.lookup(f"{other} {rest}", self.context.day)
        link = choose(names, self.context, self.book)
        return (link.actor, actor) if link is not None else (actor,)

    def _owner_phrase(self, head: int) -> tuple[Actor, ...]:
        mention = self.resolve(head)
        return mention.actors if mention is not None else ()

    def _part(self, owner: Actor, role: RoleNoun) -> Actor | None:
        """The node for a role of an owner."""
        book, kind, target = self.book, role.role.kind, role.role.target
        day = self.context.day
        country = owner.country
        if owner.type is ActorType.PERSON:
            # "Assad's army", "Putin's spokesman"; not "Trump's lawyer"
            state = book.state(country)
            if state is None or kind != "organ" or target not in {"GOV", "MIL"}:
                return None
            return book.organ_actor(state, target)
        if owner.type in _STATES | {ActorType.PLACE, ActorType.GOVERNMENT_BODY}:
            state = book.state(country)
            if owner.type is ActorType.PLACE and state is None:
                return None
            base = owner if owner.type in _STATES else state
            if base is None:
                return None
            if kind == "state":
                return base
            if kind == "organ":
                if owner.type is ActorType.GOVERNMENT_BODY and target not in {"JUD", "LEG"}:
                    # "Pentagon officials", "army commanders": the body itself
                    return owner
                return book.organ_actor(base, target)
            return self._holder(base, base.country or base.id, role, day)
        # organisations: their people act for them
        if kind == "office":
            return self._holder(owner, owner.id, role, day)
        if kind == "organ" and target in {"GOV", "MIL", "REB", "UAF", "party", "LEG", "police"}:
            return owner
        return None

    def _holder(self, owner: Actor, code: str, role: RoleNoun, day: date | None) -> Actor | None:
        if role.former:
            return None
        office = role.role.target
        if day is not None and not role.plural:
            people = self.book.holders(code, office, day)
            if len(people) == 1:
                return self.book.actors[people[0]]
            if len(people) > 1:
                return None
        if day is not None and role.plural:
            people = self.book.holders(code, office, day)
            if len(people) == 1 and office != "leader":
                return self.book.actors[people[0]]
        if owner.type in _STATES:
            if role.plural and office == "leader":
                return self.book.organ_actor(owner, "GOV")
            return self.book.office_actor(owner, office)
        return owner
