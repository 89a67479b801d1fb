"""Phrases that stand for part of an actor: "Israeli jets", "rebels in Yemen", "the two Koreas".

A phrase is read with its owner, which may be a phrase itself: "the army of Iran's neighbour".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.statement import Actor, ActorType
from kg.text.candidates import is_local
from kg.text.gazetteer import Gazetteer, NameKind, Role
from kg.text.guests import is_only_there, seats_world_court
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.named import STATES, Names
from kg.text.names import key
from kg.text.parsed import Doc
from kg.text.parts import part
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun, is_shared_title, owns_by_place, role_noun
from kg.text.spotting import Spot
from kg.text.wordlists import listed

_LIKE = ("counterpart", "opposite", "colleague", "namesake")


@dataclass(slots=True)
class RolePhrases:
    """The phrases around the names of a document; ``found`` collects the mentions by head."""

    names: Names
    found: dict[int, ActorMention] = field(default_factory=dict)
    _busy: set[int] = field(default_factory=set)
    _roles: dict[int, RoleNoun | None] = field(default_factory=dict)

    @property
    def doc(self) -> Doc:
        return self.names.doc

    @property
    def book(self) -> Gazetteer:
        return self.names.book

    @property
    def phrases(self) -> dict[int, NounPhrase]:
        return self.names.phrases

    def role(self, phrase: NounPhrase) -> RoleNoun | None:
        """What the head of a phrase means as a role."""
        if phrase.head not in self._roles:
            self._roles[phrase.head] = role_noun(self.doc, phrase, self.book)
        return self._roles[phrase.head]

    def resolve(self, head: int) -> ActorMention | None:
        """The mention that a token heads: found already, or a role phrase read now."""
        if head in self.found or head in self._busy:
            return self.found.get(head)
        phrase = self.phrases.get(head)
        if phrase is None or phrase.pronoun or head in self.names.spot_of:
            # inside of a name ("States" in "Organization of American States") or unlinked
            return None
        self._busy.add(head)
        try:
            mention = self.bearers(phrase) or self._area(phrase) or self._role(phrase)
            if mention is not None:
                self.found[head] = mention
            return mention
        finally:
            self._busy.discard(head)

    def _area(self, phrase: NounPhrase) -> ActorMention | None:
        """The place that a name before "region" and the like means: "China's *Taiwan region*".

        Not "the Chinese region", where the name says whose.
        """
        if self.doc[phrase.head].lemma_.lower() not in listed("area"):
            return None
        spot = self.names.spot_of.get(phrase.head - 1)
        link = self.names.link(spot) if spot is not None and spot.names else None
        if link is None or spot is None or spot.start < phrase.start:
            return None
        lands = {ActorType.STATE, ActorType.TERRITORY, ActorType.PLACE}
        named = link.kind in {NameKind.NAME, NameKind.PLACE, NameKind.CAPITAL}
        if link.actor.type not in lands or not named or self.doc[phrase.head - 1].tag_ == "POS":
            return None
        actor = self.names.city(spot) or link.actor
        reason = f"{link.reason}, as a {self.doc[phrase.head].lower_}"
        place = MentionKind.PLACE
        return ActorMention(
            phrase.head, phrase.start, phrase.end, (actor,), link.score, reason, place
        )

    def _counterpart(self, phrase: NounPhrase, role: RoleNoun, owners: list[Actor]) -> Actor | None:
        """Who holds elsewhere the office of a person named before: "his Chinese counterpart".

        Where that office or its holder is not known, the government of the other state.
        """
        states = [o for o in owners if o.type in STATES and o.country]
        if len(states) != 1 or not (role.words.startswith(_LIKE) or self._faces(phrase, role)):
            return None
        other, day = states[0], self.names.context.day
        if day is None:
            return self.book.organ_actor(other, "GOV")
        for person in self._persons_before(phrase):
            terms = self.book.terms_on(person.id, day) if person.country != other.country else []
            for term in (t for t in terms if t.owner == person.country):
                holders = self.book.holders(other.country or "", term.office, day)
                if len(holders) == 1:
                    return self.book.acting(holders[0], day)
        return self.book.organ_actor(other, "GOV")

    def _faces(self, phrase: NounPhrase, role: RoleNoun) -> bool:
        """Whether those of another people deal with somebody: "praised *its Russian partners*".

        Not "Russia's partners", "Russian allies", who are anybody's.
        """
        theirs = phrase.possessor is not None and self.doc[phrase.possessor].tag_ == "PRP$"
        peoples = any(self.doc[m].ent_type_ == "NORP" for m in phrase.modifiers)
        return theirs and peoples and role.words in listed("facing")

    def _persons_before(self, phrase: NounPhrase) -> Iterator[Actor]:
        """The persons named earlier in the sentence, the nearest first."""
        for head in range(phrase.head - 1, self.doc[phrase.head].sent.start - 1, -1):
            mention = self.found.get(head)
            if mention is not None and mention.actors[0].type is ActorType.PERSON:
                yield mention.actors[0]

    def _role(self, phrase: NounPhrase) -> ActorMention | None:
        named = self._named_beside(phrase)
        if named is not None:
            return named
        role = self.role(phrase)
        if role is None:
            return None
        if role.role.kind == "member" and role.plural and role.words in {"ally", "member"}:
            # "NATO allies", but not "Russia's allies"
            bodies = self.owners(phrase, role)
            if len(bodies) == 1 and bodies[0].type is ActorType.INTERGOVERNMENTAL:
                return self._of(phrase, role, bodies[0].label, bodies)
        if role.role.kind == "member":
            # "his *Iranian and Pakistani counterparts*"
            owners = self.owners(phrase, role)
            found = (self._counterpart(phrase, role, [owner]) for owner in owners)
            holders = [holder for holder in found if holder is not None]
            several = role.plural and len(holders) == len(owners)
            if not holders or (len(owners) > 1 and not several):
                return None
            return self._of(phrase, role, "the other state", holders)
        if role.role.target == "MIL" and self._of_company(phrase):
            # "a Canadian *unit of General Dynamics*" bears no arms
            return None
        if role.role.kind == "state" and not (phrase.modifiers or phrase.possessor is not None):
            # "a state of emergency in Guayaquil"
            return None
        owners = self.owners(phrase, role)
        if not owners:
            return None
        first = self._headline_owner(phrase, role)
        if first is not None:
            owners = list(dict.fromkeys([*self.found.pop(first.head).actors, *owners]))
        actors: list[Actor] = []
        if role.role.target == "leader" and phrase.determiner in {"a", "an"}:
            # "killed *a Hamas leader*": one of several, not the head of Hamas
            role = replace(role, role=Role("organ", "GOV", False))
        for owner in owners:
            actor = part(self.book, owner, role, self.names.context.day)
            if actor is not None and actor not in actors:
                actors.append(actor)
        if not actors:
            return None
        whose = " and ".join(o.label for o in owners)
        start = phrase.start if first is None else first.start
        score = 0.88 if len(owners) == 1 else 0.82
        return self._of(phrase, role, whose, actors, start=start, score=score)

    def _of_company(self, phrase: NounPhrase) -> bool:
        """Whether a phrase says that it is part of a company."""
        inner = [h for p, h in phrase.complements if p == "of" and h in self.names.spot_of]
        found = (a for h in inner for a in self._owner_spot(h))
        return any(actor.type is ActorType.COMPANY for actor in found)

    def _of(
        self,
        phrase: NounPhrase,
        role: RoleNoun,
        owner: str,
        actors: list[Actor],
        *,
        start: int | None = None,
        score: float = 0.75,
    ) -> ActorMention:
        """The mention of a role phrase with its owner in words."""
        start = phrase.start if start is None else start
        while start < phrase.head and self.doc[start].pos_ == "DET":
            start += 1
        reason = f"'{role.words}' of {owner}"
        end = max(phrase.end, role.end)
        return ActorMention(phrase.head, start, end, tuple(actors), score, reason, MentionKind.ROLE)

    def _named_beside(self, phrase: NounPhrase) -> ActorMention | None:
        """Title or apposition of a name: "Seoul's new President, *Lee Jae-myung*"."""
        token = self.doc[phrase.head]
        heads = [*phrase.appositions]
        if token.head.i != token.i:
            outer = self.phrases.get(token.head.i)
            if outer is not None and phrase.head in (*outer.titles, *outer.appositions):
                heads.append(outer.head)
        if token.pos_ == "NOUN":
            # "asylum to WikiLeaks founder *Julian Assange*", where the noun heads the name
            heads.extend(c.i for c in token.children if c.dep_ == "flat" and c.i == token.i + 1)
        for head in phrase.conjuncts[:1]:
            # "State Councilor and Foreign Minister Wang Yi" is one person
            following = self.phrases.get(head)
            if following is not None and is_shared_title(self.doc, phrase, following):
                heads.append(head)
        role = self.role(phrase)
        if role is not None and role.end > phrase.head + 1:
            # "Japan's Minister for Foreign Affairs *Hayashi Yoshimasa*"
            spot = self.names.spot_of.get(role.end)
            if spot is not None and spot.start == role.end:
                heads.append(spot.head)
        if heads and token.lemma_.lower() in listed("craft"):
            # "the Greenpeace ship *Rainbow Warrior*" is Greenpeace's
            return None
        for head in heads:
            other = self.found.get(head)
            if other is None or len(other.actors) != 1 or phrase.number == "plur":
                continue
            if other.actors[0].type is ActorType.PLACE or other.kind is MentionKind.PLACE:
                continue
            person = other.actors[0].type is ActorType.PERSON
            role = self.role(phrase)
            part = role is not None and role.role.kind in {"office", "organ"}
            if part and other.actors[0].type in STATES:
                # "NATO-member Norway" is Norway; "President" beside a state is not the state
                continue
            unlinked = other.actors[0].country is None and is_local(other.actors[0])
            if unlinked and not person and role is not None and role.role.kind == "organ":
                # "the Russian Ministry of Defence (*MoD*)": the ministry tells more
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
                reason=f"stands beside '{self.doc.span(other.start, other.end).text}'",
            )
        return None

    def bearers(self, phrase: NounPhrase) -> ActorMention | None:
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

    def owners(self, phrase: NounPhrase, role: RoleNoun | None) -> list[Actor]:
        """The states or organisations whose part a phrase names, in text order."""
        found: list[Actor] = []

        def add(actors: tuple[Actor, ...]) -> None:
            found.extend(a for a in actors if a not in found)

        inside = range(phrase.start, phrase.head)
        if phrase.possessor is not None and phrase.possessor in inside:
            inside = range(phrase.possessor + 1, phrase.head)
        for modifier in inside:
            spot = self.names.spot_of.get(modifier)
            ethnic = spot is not None and self.names.is_ethnic(spot)
            if not ethnic and not self.names.is_marked(modifier):
                # not "ethnic Albanian villagers", who are of another state
                add(self._owner_spot(modifier))
        bodies = bool(found) and all(a.type is ActorType.INTERGOVERNMENTAL for a in found)
        sent = role is not None and role.words.split()[-1] in listed("accredited")
        housed = role is not None and role.words.split()[-1] in {"embassy", "consulate"}
        if ((bodies and sent) or housed) and phrase.possessor is not None:
            # "*Iran's* U.N. envoy" is Iran's, at the United Nations; "*its* Quito embassy"
            found = []
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
            before = self.doc.span(phrase.start, phrase.head)
            titled = role is not None and role.words.startswith("foreign ")
            # but "foreign ministers *from Peru and Chile*"
            away = not titled and any(t.lower_ in listed("foreign") for t in before)
            for preposition, head in phrase.complements:
                if away and preposition != "of":
                    # "a visiting minister in Riyadh"
                    continue
                allowed = (
                    preposition == "of"
                    if role is None
                    else owns_by_place(role, preposition, self.book)
                    or (preposition == "for" and role.words.startswith("spokes"))
                )
                if role is not None and seats_world_court(self.doc, role, preposition, head):
                    continue
                if role is not None and is_only_there(self.names, phrase, role, preposition, head):
                    continue
                if allowed and (role is None or head >= role.end - 1):
                    add(self._owner_spot(head) or self._owner_phrase(head))
        if not found and phrase.titles:
            for title in phrase.titles:
                inner = self.phrases.get(title)
                if inner is not None:
                    add(tuple(self.owners(inner, role)))
        return found

    def _headline_owner(self, phrase: NounPhrase, role: RoleNoun) -> Spot | None:
        """The first of two owners that a comma joins: "U.S., Chinese officials meet in Rome".

        Not "Iran, Chinese officials said, would agree", nor "In Iran, Chinese officials met".
        """
        start = phrase.start
        inner = self.names.spot_of.get(start)
        if inner is not None and inner.end < phrase.head and self.doc[inner.end].text == ",":
            # where the tree takes the first owner into the phrase
            start = inner.end + 1
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
