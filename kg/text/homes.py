"""The land of people in office of whom the text does not say it: "*Foreign Minister Hameed*".

A reporter leaves the land out where it is clear: a minister of one of the lands that the text is
about, and of the one whose deeds were just told rather than of the one he complains of. Of all
lands that a text names, a linear model over what speaks for each gives the probability that it is
his; where none is probable enough he stays without. The weights are learned from people of the
tables who stand so in texts (tools/actors/homes.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.resources import read_weights, resource_path
from kg.statement import Actor, ActorType
from kg.text.candidates import is_local
from kg.text.clauses import Clauses
from kg.text.gazetteer import Gazetteer, Role
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.names import key
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun, role_noun
from kg.text.typed import limiting
from kg.text.wordlists import listed

ACCEPT = 0.7
"""A land that is less probable than this is not taken …"""
_MAIN, _MOST = 0.5, 0.4
"""… but the land of so many of the names, or where the sentence is set, as soon as it is likelier
than not."""
_OFFICIAL = {"GOV", "MIL", "LEG", "JUD", "SPY", "OPP"}
_LEAD = 4
"""Sentences that tell what a text is about."""
_DASHES = {"-", "--", "–", "—", ":"}
_AT = {"in", "at"}
_DATED = 14
"""Most tokens from the place of a dateline to its dash."""

Told = dict[str, float]
"""Feature → value."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by feature."""
    return read_weights(resource_path("actors") / "home_weights.csv")


def sector_of(book: Gazetteer, role: Role) -> str | None:
    """The sector of whoever has a role: of a foreign minister GOV, of a general MIL."""
    if role.kind == "office":
        return book.offices[role.target].sector
    return book.organs[role.target].sector if role.kind == "organ" else "GOV"


def is_official(book: Gazetteer, role: Role) -> bool:
    """Whether a role is one of government, army, parliament, courts or opposition."""
    return role.kind in {"office", "organ"} and sector_of(book, role) in _OFFICIAL


def titles_of(phrases: dict[int, NounPhrase], name: NounPhrase, governor: int) -> tuple[int, ...]:
    """The phrases that tell what a person is: "*President* X", "X, *the army chief*"."""
    outer = phrases.get(governor)
    beside = (governor,) if outer is not None and name.head in outer.appositions else ()
    return tuple(h for h in (*name.titles, *name.appositions, *beside) if h in phrases)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person beside whose name stands an office, and no word that says whose."""

    mention: ActorMention
    titles: tuple[int, ...]
    role: RoleNoun

    @property
    def asked(self) -> Asked:
        """The officer's name as what is asked for."""
        mention = self.mention
        return Asked(mention.head, mention.start, self.titles, mention.actors[0].id)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words whose land is asked for: their head, where they start, the heads of titles beside it.

    ``me`` is the id of whom they name, if anybody.
    """

    head: int
    start: int
    titles: tuple[int, ...] = ()
    me: str = ""


@dataclass(slots=True)
class Homes:
    """The lands that a document names, each where it is named and what is told of it there."""

    doc: Doc
    phrases: dict[int, NounPhrase]
    clauses: Clauses
    mentions: Mentions
    _subjects: set[int] = field(init=False)
    _clauses_of: dict[int, list[int]] = field(init=False)
    """Subject → the predicates it is the subject of."""
    _paragraphs: list[int] = field(init=False)
    named: list[tuple[int, Actor]] = field(init=False)
    _dateline: str | None = field(init=False)
    _held: dict[str, dict[str, str]] = field(init=False)
    """Office → land → the person of it whom the text names."""

    def __post_init__(self) -> None:
        self._clauses_of = {}
        for clause in self.clauses:
            for argument in clause.surface_subject():
                self._clauses_of.setdefault(argument.head, []).append(clause.head)
        self._subjects = set(self._clauses_of)
        self._paragraphs = _paragraphs(self.doc)
        self.named = [
            (m.head, a) for m in self.mentions for a in m.actors if a.country and a.sector != "MED"
        ]
        self._dateline = self.mentions.dateline_country
        self._held = {}

    def officers(self) -> list[Officer]:
        """The people beside whom an office is told that no word gives to a land."""
        found = []
        for mention in self.mentions:
            person = mention.actors[0]
            phrase = self.phrases.get(mention.head)
            if person.type is not ActorType.PERSON or mention.kind is not MentionKind.NAME:
                continue
            if phrase is None:
                continue
            titles = titles_of(self.phrases, phrase, self.doc[mention.head].head.i)
            role = next((r for t in titles if (r := self._office(t)) is not None), None)
            if role is None:
                continue
            if not self._owned(phrase, titles):
                found.append(Officer(mention, titles, role))
            elif person.country and not role.former:
                self._held.setdefault(role.role.target, {})[person.country] = person.id
        return found

    def _office(self, title: int) -> RoleNoun | None:
        book = self.mentions.book
        role = role_noun(self.doc, self.phrases[title], book)
        if role is None or not is_official(book, role.role):
            return None
        # "*Ambassador X*", but "*the police commissioner, X*"
        last = role.words.split()[-1]
        sent = last in listed("elsewhere") and self.doc[role.end - 2].lower_ != "police"
        return None if sent else role

    def _owned(self, named: NounPhrase, titles: Iterable[int]) -> bool:
        """Whether words say whose an office is: "*its* minister X", "X *of Chad*"."""
        return any(
            p.possessor is not None
            or any(self.mentions.at(i) is not None for i in p.modifiers)
            or any(self.mentions.at(h) is not None for w, h in p.complements if w in {"of", "from"})
            for p in (named, *(self.phrases[t] for t in titles))
        )

    def land_of(self, officer: Officer) -> str | None:
        """The land of a person, None where none is probable enough."""
        told = self.features(officer)
        if officer.role.role.target == "monarch":
            # "King X" is of no republic
            told = {land: one for land, one in told.items() if land in limiting()["monarchy"]}
        if not told:
            return None
        best, chance = most_probable(told)
        if told[best]["held"] and officer.role.role.target != "leader":
            # there are many leaders, but one foreign minister
            return None
        front = any(name.endswith("in front") for name, value in told[best].items() if value)
        towns = all(a.type is ActorType.PLACE for _, a in self.named if a.country == best)
        if towns and not front:
            # "Foreign Minister X told reporters *in Geneva*", in a text that names no land
            return None
        alone = sum(features["first"] for features in told.values()) == told[best]["first"] == 1
        # "General X surrendered *to Indian troops*": hardly one of theirs
        against = "here upon" in told[best]
        if against and len(told) == 1:
            # "Police Commissioner X accused *China*", and no other land is named
            return None
        main = alone and told[best]["share"] >= _MOST and not against
        return best if chance >= (_MAIN if main or front else ACCEPT) else None

    def namesake(self, officer: Officer) -> Actor | None:
        """Who held the office on the day in one of the lands, under the same family name.

        "Prime Minister *Kazimiera* Prunskiene" for the Kazimira of the tables.
        """
        book, day, role = self.mentions.book, self.mentions.day, officer.role.role
        if day is None or role.kind != "office" or officer.role.former:
            return None
        name = key(officer.mention.actors[0].label).split()[-1]
        lands = {a.country for _, a in self.named if a.country}
        holders = {h for c in lands for h in book.holders(c, role.target, day)}
        alike = [h for h in holders if key(book.actors[h].label).split()[-1] == name]
        return book.acting(alike[0], day) if len(alike) == 1 else None

    def features(self, officer: Officer) -> dict[str, Told]:
        """What speaks for each land that is named, the person himself left out."""
        found = self.told(officer.asked)
        for country, told in found.items():
            told["held"] = float(self._is_held(officer, country))
        return found

    def told(self, asked: Asked) -> dict[str, Told]:
        """What speaks for each land that is named, where it is named and how often."""
        named = [(h, a) for h, a in self.named if a.id != asked.me and not is_unknown(a)]
        counts = Counter(a.country or "" for _, a in named)
        ranked = [n for _, n in counts.most_common(2)]
        found: dict[str, Told] = {}
        for country, count in counts.items():
            found[country] = {
                "share": count / len(named),
                "first": float(count == ranked[0]),
                "second": float(count == ranked[-1] < ranked[0]),
                "dateline": float(country == self._dateline),
            }
        last = ""
        for head, actor in named:
            country = actor.country or ""
            feature = self._told_at(asked, head)
            if feature:
                found[country][feature] = 1.0
            if actor.type is ActorType.PERSON and feature.startswith("here"):
                found[country]["here person"] = 1.0
            if self._number(head) < _LEAD and self.acts(head):
                found[country]["lead"] = 1.0
            if head < asked.start and "here" not in feature and self.acts(head):
                last = country
        if last:
            found[last]["last acting"] = 1.0
        self._add_places(asked, found)
        return found

    def _is_held(self, officer: Officer, country: str) -> bool:
        """Whether the office is another's in a land, by the tables or by the text."""
        role, me = officer.role, officer.mention.actors[0].id
        if role.role.kind != "office" or role.former:
            return False
        day = self.mentions.day
        book = self.mentions.book
        others = book.holders(country, role.role.target, day) if day is not None else []
        told = self._held.get(role.role.target, {}).get(country, me)
        return told != me or (bool(others) and me not in others)

    def _number(self, token: int) -> int:
        return self.doc.sentence_numbers[token]

    def acts(self, head: int) -> bool:
        """Whether a name is a subject or belongs to one: "*Kenya* said", "*Kenyan* police said"."""
        outer = self.phrases.get(self.doc[head].head.i)
        if head in self._subjects or outer is None or outer.head not in self._subjects:
            return head in self._subjects
        return head in outer.modifiers or head == outer.possessor

    def _told_at(self, asked: Asked, head: int) -> str:
        """What the name of a land does where it stands, seen from the person: a feature."""
        ago = self._number(asked.head) - self._number(head)
        if ago == 0:
            return self._told_here(asked, head)
        same = self._paragraphs[self._number(head)] == self._paragraphs[self._number(asked.head)]
        acts = self.acts(head)
        if ago < 0:
            return "later acting" if same and acts else ""
        if same and acts:
            return "before acting" if ago > 1 else "just before acting"
        if same:
            return "before"
        return "paragraph before acting" if ago == 1 and acts else ""

    def _told_here(self, asked: Asked, head: int) -> str:
        """The same for names in the person's own sentence."""
        heads = (asked.head, *asked.titles)
        phrase = self.phrases.get(head)
        placed = phrase is not None and phrase.preposition in _AT
        opens = phrase is not None and phrase.start <= self.doc[head].sent.start + 2
        if placed and opens and head < asked.head:
            # "*In Lima*, Interior Minister X resigned"
            return "here in front"
        named = self.mentions.at(head)
        end = named.end if named is not None else head + 1
        after = self.doc.span(end, end + 2)
        if head < asked.head and any(t.lower_ == "where" for t in after):
            # "left for *Korea*, where she met Speaker X"
            return "here in front"
        top = self.doc[head]
        while top.head.i in self.phrases and top.head is not top and top.head.i not in heads:
            top = top.head
        own = {c for h in heads for c in self._clauses_of.get(h, ())}
        under = any(t.i in own for t in top.ancestors)
        if top.i in self._subjects and top.head.i not in own:
            # "Minister X said *Kenya* would go"; "*Kenya* left after Minister X had resigned"
            return "here acting below" if under else "here acting above"
        if top.head.i in own:
            # "Minister X summoned the *Indian* envoy", "told a newspaper *in Kenya*"
            upon = self.phrases.get(top.i)
            return "here at" if upon is not None and upon.preposition in _AT else "here upon"
        return "here below" if under else "here"

    def _add_places(self, asked: Asked, found: dict[str, Told]) -> None:
        """Note the land in which the person's paragraph says at once that it is told."""
        number = self._number(asked.head)
        while (
            number >= 0 and self._paragraphs[number] == self._paragraphs[self._number(asked.head)]
        ):
            country = self._opening_place(number)
            if country in found:
                found[country]["paragraph in front"] = 1.0
            number -= 1

    def _opening_place(self, number: int) -> str | None:
        """The land of the place with which a sentence begins: "In Lima, …", "QUITO, Feb 7 -"."""
        if number >= len(self.doc.sents):
            return None
        sentence = self.doc.sents[number]
        for i in range(sentence.start, min(sentence.start + 3, sentence.end)):
            place = self.mentions.place_at(i)
            if place is None:
                continue
            phrase = self.phrases.get(i)
            rest = self.doc.span(i, min(i + _DATED, len(self.doc)))
            inside = phrase is not None and phrase.preposition in _AT
            if any(t.text in _DASHES for t in rest) or inside:
                return place.actors[0].country
        return None


def most_probable(
    told: Mapping[str, Told], learned: Mapping[str, float] | None = None
) -> tuple[str, float]:
    """The land for which most speaks, with the probability that it is the right one."""
    learned = weights() if learned is None else learned
    sums = {
        country: sum(learned.get(name, 0.0) * value for name, value in features.items())
        for country, features in told.items()
    }
    best = max(sums, key=lambda country: (sums[country], country))
    return best, 1 / sum(math.exp(s - sums[best]) for s in sums.values())


def _paragraphs(doc: Doc) -> list[int]:
    """Sentence → number of its paragraph."""
    numbers: list[int] = []
    number = 0
    for sentence in doc.sents:
        start = sentence.start_char
        number += "\n" in doc.text[max(start - 2, 0) : start]
        numbers.append(number)
    return numbers


def is_unknown(actor: Actor) -> bool:
    """Whether somebody is a person whom no table knows."""
    return actor.type is ActorType.PERSON and is_local(actor)
