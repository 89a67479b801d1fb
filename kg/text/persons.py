"""Persons whom no table knows: one node for all their names, with country and sector by title."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.statement import Actor, ActorType
from kg.text.candidates import local_actor, spelled_alike
from kg.text.gazetteer import NameKind
from kg.text.homes import sector_of
from kg.text.named import STATES, Names
from kg.text.names import key
from kg.text.rolephrases import RolePhrases
from kg.text.roles import is_shared_title
from kg.text.spotting import Spot

_TITLE = 6
"""Most tokens that a title of several words has."""


@dataclass(slots=True)
class Persons:
    """The persons of a document by their full names."""

    roles: RolePhrases
    _known: dict[str, Actor] = field(default_factory=dict)
    """Key of a full name → the person."""
    _unknown: dict[str, list[Spot]] = field(default_factory=dict)
    """Key of a name that no table knows → where it stands; made when it is first needed."""

    @property
    def _names(self) -> Names:
        return self.roles.names

    def note(self, spot: Spot, actor: Actor) -> None:
        """Remember a person of the tables: "Gen Abdourahmane Tchiani … Tchiani"."""
        self._known.setdefault(self._key(spot), actor)

    def person(self, spot: Spot, text: str) -> Actor | None:
        """The person that a name means; None where a single word fits several."""
        words = key(text).split()
        if len(words) == 1:
            # "Mr Smith", "Smith": the John Smith of this document, if there is just one
            alike = self.alike(spot)
            if alike:
                return alike.pop() if len(alike) == 1 else None
        known = self._known.get(" ".join(words))
        if known is not None:
            return known
        if len(words) > 1:
            same = spelled_alike(text, self.roles.book, self._names.context.day)
            if same is not None:
                return same
        country, sector = self._told_anywhere(spot)
        turned = self._turned(words, country)
        if turned is not None:
            return turned
        actor = local_actor(text, ActorType.PERSON, country, sector)
        self._known[" ".join(words)] = actor
        return actor

    def _turned(self, words: list[str], country: str | None) -> Actor | None:
        """The person of the tables whose family name comes first here: "Hayashi Yoshimasa"."""
        book, day = self.roles.book, self._names.context.day
        if len(words) != 2 or country is None:
            return None
        names = book.names.get(" ".join(reversed(words)), ())
        found = {n.actor for n in names if n.kind is NameKind.NAME}
        if len(found) != 1:
            return None
        actor = book.acting(found.pop(), day)
        same = actor.type is ActorType.PERSON and actor.country == country
        return actor if same else None

    def alike(self, spot: Spot) -> set[Actor]:
        """The persons whose full name in this document begins or ends with a single word."""
        word = self._key(spot)
        return {a for k, a in self._known.items() if word in (k.split()[-1], k.split()[0])}

    def _told_anywhere(self, spot: Spot) -> tuple[str | None, str | None]:
        """Country and sector from the first place in the document that tells them.

        "Ann Kell spoke. … Ann Kell, a Danish lawmaker": one person of Denmark from the start.
        """
        if not self._unknown:
            for one in self._names.spots:
                if not one.names:
                    self._unknown.setdefault(self._key(one), []).append(one)
        here = () if spot.names else (spot,)
        for other in (*here, *self._unknown.get(self._key(spot), ())):
            told = self._affiliation(other)
            if told != (None, None):
                return told
        return None, None

    def _key(self, spot: Spot) -> str:
        return key(self.roles.doc.span(spot.start, spot.end).text)

    def _affiliation(self, spot: Spot) -> tuple[str | None, str | None]:
        """Country and sector of an unknown person by title or apposition.

        "Turkish lawmaker X", "X, former president of Y University in Seoul".
        """
        phrase = self.roles.phrases.get(spot.head)
        if phrase is None:
            return None, None
        outer = self.roles.phrases.get(self.roles.doc[spot.head].head.i)
        # "Manila's security adviser, Eduardo Ano": the name itself is the apposition
        # "Japan's State Minister and Transport Minister X": so is the first title's owner his
        beside = outer is not None and (
            spot.head in outer.appositions or is_shared_title(self.roles.doc, outer, phrase)
        )
        governing = [outer.head] if outer is not None and beside else []
        for before in range(max(spot.start - _TITLE, 0), spot.start):
            # "Japan's Minister for Foreign Affairs Hayashi Yoshimasa"
            title = self.roles.phrases.get(before)
            named = self.roles.role(title) if title is not None else None
            if named is not None and named.end == spot.start > before + 1:
                governing.append(before)
        for head in (*phrase.titles, *phrase.appositions, *governing, spot.head):
            around = self.roles.phrases.get(head)
            if around is None:
                continue
            role = self.roles.role(around) if head != spot.head else None
            owners = self.roles.owners(around, role) or self.roles.owners(phrase, role)
            if role is not None and role.role.kind == "member":
                role = None
            for owner in owners:
                sector = None
                if role is not None and owner.type in STATES | {ActorType.PLACE}:
                    sector = sector_of(self.roles.book, role.role)
                elif owner.sector:
                    sector = owner.sector
                if owner.country or sector:
                    return owner.country, sector
            if role is not None and role.role.target == "REB" and not owners:
                # "X, the rebel commander" where one armed group is spoken of
                group = self._names.only_group()
                if group is not None:
                    return group.country, group.sector
            for preposition, inner in around.complements:
                # "an analyst at Kyungnam University", "Lim of Kyungnam University"
                mention = (
                    self.roles.resolve(inner)
                    if preposition in {"of", "at", "with", "for"}
                    else None
                )
                if mention is not None and mention.actors[0].country:
                    return mention.actors[0].country, mention.actors[0].sector
        return None, None
