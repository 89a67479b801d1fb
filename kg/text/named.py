"""What the names of a document mean: spots linked in the light of everything else it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.statement import Actor, ActorType
from kg.text.candidates import Context, Link, choose, seated_beside
from kg.text.gazetteer import Gazetteer, Name, NameKind
from kg.text.names import key
from kg.text.organisations import has_org_noun
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.placing import before_state, is_place, locative
from kg.text.shared import bearer_of
from kg.text.spotting import Spot, find_spots
from kg.text.titled import titled
from kg.text.wordlists import listed

_SURE = {
    *(NameKind.NAME, NameKind.ADJECTIVE, NameKind.NOUN, NameKind.METONYM, NameKind.CAPITAL),
}
STATES = {ActorType.STATE, ActorType.TERRITORY}


@dataclass(slots=True)
class Names:
    """The spots of a document and their links; ``read`` finds them all."""

    doc: Doc
    phrases: dict[int, NounPhrase]
    book: Gazetteer
    context: Context
    spots: list[Spot] = field(default_factory=list)
    spot_of: dict[int, Spot] = field(default_factory=dict)
    links: dict[int, Link | None] = field(default_factory=dict)
    """Start of a spot → what it means."""
    _placed: dict[int, bool] = field(default_factory=dict)
    _shared: dict[str, bool] = field(default_factory=dict)

    def read(self) -> None:
        """Find the spots, note what is surely meant, then link each in that light."""
        self.spots = [s for s in find_spots(self.doc, self.book) if not self._is_office(s)]
        self.spot_of = {i: s for s in self.spots for i in range(s.start, s.end)}
        self.note_sure()
        for spot in self.spots:
            if spot.names and not self.is_shared(spot):
                self.link(spot)
        for spot in self.spots:
            if spot.names:
                self.link(spot)
        self.spots = [s for s in self.spots if not self._idle(s)]
        self.spot_of = {i: s for s in self.spots for i in range(s.start, s.end)}

    def _is_office(self, spot: Spot) -> bool:
        """Whether a family name is an office: "the *King* of Morocco", "commended *the King*"."""
        doc, start, end = self.doc, spot.start, spot.end
        if end - start != 1 or not 0 < start < len(doc) - 1 or doc[start - 1].lower_ != "the":
            return False
        if doc[end].lower_ != "of" and (
            doc[end].pos_ in {"NOUN", "PROPN", "ADJ"}
            or any(n.kind is not NameKind.SHORT for n in spot.names)
        ):
            # "the *King* family", "the *Marshall* Islands", "*the Pope*", who is just one
            return False
        role = self.book.roles.get(doc[start].lower_)
        return role is not None and role.kind == "office"

    def note_sure(self) -> None:
        alone = Context(self.context.day)
        # by the identity of the names, which spots of the same words share
        meant: dict[int, Link | None] = {}
        for spot in self.spots:
            if self.is_shared(spot):
                continue
            if id(spot.names) not in meant:
                meant[id(spot.names)] = choose(self._sure_names(spot), alone, self.book)
            link = meant[id(spot.names)]
            if link is not None:
                self.context.note(link.actor, link.kind)
        for spot in self.spots:
            # "Atlanta" beside "Georgia": towns tell which of two bearers is meant
            places = {self.book.actors[n.actor].country for n in spot.names}
            if len(places) == 1 and all(n.kind is NameKind.PLACE for n in spot.names):
                self.context.sites[next(iter(places)) or ""] += 1

    def _sure_names(self, spot: Spot) -> list[Name]:
        """The names under a spot that mean their bearer wherever they stand."""
        if len({n.actor for n in spot.names if n.kind is not NameKind.CAPITAL}) > 3:
            return []
        if seated_beside(spot.names, self.book) is not None:
            # "Brussels" says neither Belgium nor the European Union
            return []
        names = [n for n in spot.names if n.kind in _SURE]
        if not names and len({n.actor for n in spot.names}) == 1:
            names = [n for n in spot.names if n.kind is NameKind.PLACE]
        return names

    def _idle(self, spot: Spot) -> bool:
        """A paraphrase that takes up nothing here: "the rebels in Darfur" are a role phrase."""
        if not spot.names or any(n.kind is not NameKind.WEAK for n in spot.names):
            return False
        phrase = self.phrases.get(spot.head)
        owned = phrase is not None and any(
            p in listed("owned") and (h in self.spot_of) for p, h in phrase.complements
        )
        return owned or self.links.get(spot.start) is None

    def link(self, spot: Spot) -> Link | None:
        if spot.start not in self.links:
            if self.is_shared(spot):
                link = self._link_shared(spot)
            else:
                names = before_state(self.doc, spot, self.spot_of, self.book)
                link = choose(names, self.context, self.book, place=self.is_place(spot))
            if link is not None and not self._credible(spot, link):
                link = None
            link = link or titled(self.book, self.context.day, self.doc, spot)
            self.links[spot.start] = link
            if link is not None and link.kind in {NameKind.SHORT, NameKind.NAME}:
                self.context.actors[link.actor.id] += 1
        return self.links[spot.start]

    def is_shared(self, spot: Spot) -> bool:
        """Whether parties or bodies of several states have the name: "Labour Party"."""
        if not spot.names:
            return False
        text = spot.names[0].text
        if text not in self._shared:
            self._shared[text] = key(text) in self.book.shared
        return self._shared[text]

    def _link_shared(self, spot: Spot) -> Link | None:
        name = spot.names[0].text
        shared, owner = self.book.shared[key(name)], self._owner(spot)
        actor = bearer_of(shared, owner, self.context.countries, self.book)
        if actor is None and owner is None:
            # "The Labour Party won the vote in Norway", in a report on several countries
            actor = self.book.actors.get(shared.bearers.get(self.country_around(spot) or "", ""))
        if actor is None:
            return None
        reason = f"'{name}' is {actor.label}, by its owner or the country of the document"
        return Link(actor, 0.95 if owner is not None else 0.88, reason, NameKind.NAME)

    def _owner(self, spot: Spot) -> Actor | None:
        """The state that the words beside a name tell: "Colombia's Congress", "X of Chad"."""
        phrase = self.phrases.get(spot.head)
        if phrase is None:
            return None
        heads = [m for m in phrase.modifiers if not spot.start <= m < spot.end]
        heads += [phrase.possessor] if phrase.possessor is not None else []
        heads += [h for p, h in phrase.complements if p == "of"]
        for head in heads:
            other = self.spot_of.get(head)
            if other is None or not other.names or self.is_shared(other):
                continue
            link = self.link(other)
            if link is not None and link.actor.type in STATES:
                return link.actor
        return None

    def _credible(self, spot: Spot, link: Link) -> bool:
        token = self.doc[spot.start]
        if link.kind is NameKind.WEAK and self._introduces(spot):
            return False
        if link.kind is NameKind.ADJECTIVE and self._is_wider(spot):
            return False
        if link.kind is NameKind.SHORT and spot.end - spot.start == 1:
            after = self.doc[spot.end] if spot.end < len(self.doc) else None
            if after is not None and after.text[:1].isupper() and has_org_noun(after.text):
                # "Rice University", but "the Trump Administration"
                role = self.book.roles.get(after.lower_)
                return role is not None and role.target == "GOV"
            # "May", "Brown", "Major": a family name only where the model sees a name, and
            # nobody happens "in May".
            if self.is_another_title(spot, link):
                return False
            if spot.label == "PERSON":
                return True
            if token.lower_ in listed("month"):
                # "last May"
                return False
            phrase = self.phrases.get(spot.head)
            placed = phrase is not None and phrase.preposition in listed("at")
            return token.pos_ == "PROPN" and spot.label != "ORG" and not placed
        if link.kind is NameKind.PLACE and spot.label == "PERSON":
            # "an attack on Kharkiv", where the model sees a person
            phrase = self.phrases.get(spot.head)
            placed = phrase is not None and (
                locative(phrase) or phrase.preposition in {"on", "to", "from"}
            )
            return placed and self.book.population.get(link.actor.id, 0) > 100_000
        if link.kind is NameKind.PLACE and spot.end - spot.start == 1:
            return bool(spot.label) or token.pos_ == "PROPN"
        return True

    def _is_wider(self, spot: Spot) -> bool:
        """Whether an adjective is that of more than one state: "the *Ibero-American* summit"."""
        joined = spot.start > 1 and self.doc[spot.start - 1].text == "-"
        return joined and self.doc[spot.start - 2].lower_ in listed("wider")

    def _introduces(self, spot: Spot) -> bool:
        """Whether a paraphrase only says what the name behind it is: "*the news agency* Tass"."""
        after = self.spot_of.get(spot.end)
        return after is not None and after.start == spot.end and after.label != "GPE"

    def is_another_title(self, spot: Spot, link: Link | None) -> bool:
        """Whether a title says that a family name is somebody else's: "Senator Baker"."""
        phrase = self.phrases.get(spot.head)
        minor = phrase is not None and any(
            self.doc[t].lower_ in listed("minor") for t in phrase.titles
        )
        if not minor or link is None:
            return minor
        return link.actor.sector != "LEG" and not self.context.actors[link.actor.id]

    def is_place(self, spot: Spot) -> bool:
        """Whether the words stand for where it happens: "in Moscow", "shelled Sarajevo"."""
        if spot.start not in self._placed:
            self._placed[spot.start] = is_place(self.doc, spot, self.phrases)
        return self._placed[spot.start]

    def city(self, spot: Spot) -> Actor | None:
        """The town of a capital's name."""
        if not any(n.kind is NameKind.CAPITAL for n in spot.names):
            return None
        identity = self.book.capitals.get(key(self.doc.span(spot.start, spot.end).text))
        return self.book.actors[identity] if identity is not None else None

    def body_of_another(self, spot: Spot, actor: Actor) -> Actor | None:
        """The body of an owner, not the US one: "Colombia's Congress", "the Philippine Senate"."""
        if actor.type is not ActorType.GOVERNMENT_BODY or "-" not in actor.id:
            return None
        organ = actor.id.split("-", 1)[1]
        if organ not in self.book.organs or not actor.id.startswith(f"kg:{actor.country}-"):
            return None
        owner = self._owner(spot)
        if owner is None or owner.country == actor.country:
            return None
        return self.book.organ_actor(owner, organ)

    def is_ethnic(self, spot: Spot) -> bool:
        return spot.start > 0 and self.doc[spot.start - 1].lower_ in {"ethnic", "ethnically"}

    def people_of(self, spot: Spot, owner: Actor) -> Actor | None:
        """The people behind a demonym ("five Serbs"); None for the nation ("the Serbs")."""
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

    def country_around(self, spot: Spot) -> str | None:
        """The country of the one place where the clause of a name is set.

        "In Lima, Interior Minister X resigned", "left for Seoul, where she met Speaker X".
        """
        verb = self.doc[spot.head].head
        while verb.pos_ in {"NOUN", "PROPN"} and verb.head.i != verb.i:
            # "Lee of the Labour Party lost in Kowloon"
            verb = verb.head
        heads = [t.i for t in verb.children if t.i in self.phrases]
        placed = {h for h in heads if self.phrases[h].preposition in listed("at")}
        for where in (t.i for t in verb.children if t.lower_ == "where" and t.i):
            # the name before it, however the tree hangs the clause
            placed = {where - 1 - (self.doc[where - 1].text == ",")}
        countries = set()
        for head in placed:
            place = self.spot_of.get(head)
            actor = self.place_of(place) if place is not None else None
            if actor is not None and actor.type in STATES | {ActorType.PLACE} and actor.country:
                countries.add(actor.country)
        return countries.pop() if len(countries) == 1 else None

    def setting(self, spot: Spot) -> str | None:
        """The country where the clause of a name is set, else that the document is about."""
        return self.country_around(spot) or self.main_country

    @property
    def main_country(self) -> str | None:
        """The country whose names the document has twice as often as those of any other."""
        named = (link.actor.country for link in self.links.values() if link is not None)
        ranked = Counter(country for country in named if country).most_common(2)
        clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if clear else None

    def only_group(self) -> Actor | None:
        """The one armed group that the document names."""
        groups = {
            link.actor
            for link in self.links.values()
            if link is not None and link.actor.type is ActorType.ARMED_GROUP
        }
        return groups.pop() if len(groups) == 1 else None

    def country_of_name(self, spot: Spot) -> str | None:
        """The country an unknown name tells: "Bank of China", "Korean Air", "X Party in Chad"."""
        after = self.spot_of.get(spot.end + 1)
        if spot.end + 1 < len(self.doc) and self.doc[spot.end].lower_ in {"in", ","} and after:
            place = self.place_of(after)
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
        words = [t.text for t in self.doc.span(spot.start, spot.end)]
        lowered = [w.lower() for w in words]
        parts = [words[:1], words[:2]]
        if "of" in lowered:
            parts.append(words[len(lowered) - lowered[::-1].index("of") :])
        for part in sorted(parts, key=len, reverse=True):
            names = self.book.lookup(" ".join(part), self.context.day)
            link = choose(
                [n for n in names if n.kind is not NameKind.SHORT], self.context, self.book
            )
            if link is not None and link.actor.type in STATES | {ActorType.PLACE}:
                yield link.actor

    def place_of(self, spot: Spot) -> Actor | None:
        if not spot.names:
            return None
        city = self.city(spot)
        link = self.link(spot)
        return city or (link.actor if link is not None else None)

    def is_marked(self, token: int) -> bool:
        """Whether a name owns nothing here: "pro-Russian separatists", "Iran-backed rebels"."""
        spot = self.spot_of.get(token)
        if spot is None:
            return True
        if spot.start > 1 and self.doc[spot.start - 1].text == "-":
            return self.doc[spot.start - 2].lower_ in listed("apart")
        if spot.end + 1 < len(self.doc) and self.doc[spot.end].text == "-":
            # "Vietnamese-led forces", "Beirut-based group" belong there
            following = self.doc[spot.end + 1]
            if following.lower_ in {"speaking", "language"}:
                return True
            return following.tag_ in {"VBN", "VBD", "JJ"} and (
                following.lower_ not in listed("belonging")
            )
        return False

    def sharing(self, spot: Spot, actor: Actor) -> tuple[Actor, ...]:
        """The owners that share a name: "North and South Korean troops" are of both."""
        first = self.doc[spot.start].lower_
        if spot.start < 2 or first not in {"north", "south", "east", "west"}:
            return (actor,)
        if self.doc[spot.start - 1].lower_ not in {"and", "or"}:
            return (actor,)
        other = self.doc[spot.start - 2].lower_
        if other not in {"north", "south", "east", "west"}:
            return (actor,)
        rest = self.doc.span(spot.start + 1, spot.end).text
        names = self.book.lookup(f"{other} {rest}", self.context.day)
        link = choose(names, self.context, self.book)
        return (link.actor, actor) if link is not None else (actor,)
