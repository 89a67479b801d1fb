"""Whose soldiers, officials and crowds are that no word gives to anybody: "*Soldiers* fired".

What rules leave open (``organs``, ``groups``) goes to the land for which most speaks: which lands
a text tells of, where it is set, who acts before and beside, who is at odds with whom. A linear
model gives each land that is named a probability; where none is probable enough they stay
nobody's. The weights are learned from who is told to have done what (tools/actors/belonging.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.resources import read_weights, resource_path
from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Clauses, Kind, Role
from kg.text.homes import Asked, Homes, Told, most_probable
from kg.text.known import description
from kg.text.mentioned import ActorMention, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun, person_nouns, role_noun
from kg.text.wordlists import listed

ACCEPT = 0.75
"""A land that is less probable than this is not taken …"""
_REBELS, _ARMED, _FORCES = {"REB", "UAF"}, 0.85, 0.8
"""… but those who bear arms fight abroad as well."""
_SHARE = 0.8
"""How much of its probability a land's link is worth."""
_KINDS = {
    *("MIL", "police", "GOV", "LEG", "JUD", "SPY", "REB", "UAF", "OPP", "protesters"),
    *("foreign-ministry", "defence-ministry", "interior-ministry", "finance-ministry", "labour"),
}
"""Parts of a land that do what is told of them; firms, schools and media are often abroad."""
_DEFINITE = {"the", "this", "that", "these", "those"}
_UPON = ("with", "against", "on", "at", "to", "from")


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights by feature."""
    return read_weights(resource_path("actors") / "belonging_weights.csv")


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase for people or an organ of some land, and a clause of which it is the subject."""

    phrase: NounPhrase
    role: RoleNoun
    clause: Clause


def find_belonging(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The subjects for people and organs that rules leave open, with their likeliest land."""
    whose: Whose | None = None
    seen: set[int] = set()
    for part in parts_without_land(doc, phrases, clauses, mentions):
        if part.phrase.head in seen:
            continue
        seen.add(part.phrase.head)
        whose = whose or Whose(doc, phrases, clauses, mentions)
        land, chance = whose.land_of(part)
        state = mentions.state(land)
        if chance >= _needed(part.role) and state is not None:
            actor = whose.actor(part.role, state)
            reason = f"of {state.label}, by what the text tells"
            yield description(part.phrase, actor, round(_SHARE * chance, 3), reason)


def parts_without_land(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[Part]:
    """The subjects and agents to which no word gives a land, with each clause they act in.

    "*Soldiers* fired", "was beaten by *police*"; not "equipped the rebels *who* took Goma", whose
    subject is first of all somebody's object.
    """
    for clause in clauses:
        if clause.kind is Kind.NOMINAL:
            continue
        for argument in (*clause.of(Role.SUBJECT), *clause.obliques("by")):
            phrase = phrases.get(argument.head)
            if argument.inherited or phrase is None or not _is_open(doc, phrase, mentions):
                continue
            role = role_noun(doc, phrase, mentions.book)
            if role is None or role.role.kind != "organ" or role.former:
                continue
            taken_up = phrase.determiner in _DEFINITE and not _is_institution(role)
            if _stands_at_others(clause, phrase, phrases, mentions):
                continue
            if role.role.target in _KINDS and not (taken_up or _is_set_apart(doc, phrase, role)):
                yield Part(phrase, role, clause)


def _is_open(doc: Doc, phrase: NounPhrase, mentions: Mentions) -> bool:
    """Whether nothing in a phrase tells whose those are of whom it speaks."""
    head = doc[phrase.head]
    if phrase.pronoun or head.pos_ != "NOUN" or phrase.possessor is not None:
        return False
    if mentions.at(phrase.head) is not None or phrase.titles or phrase.appositions:
        return False
    person = head.lemma_.lower() in person_nouns()
    if head.tag_ == "NN" and (phrase.determiner == "a" or person):
        # "*a man* seized an airliner": somebody; "*the deputy minister*": who was named before
        return False
    for token in (doc[m] for m in phrase.modifiers):
        if mentions.at(token.i) is not None or token.ent_type_ or token.pos_ == "PROPN":
            # "the *Thor* crew", "*Galician* fishermen"
            return False
        if token.lower_ in listed("foreign") or token.lower_ in listed("unlike"):
            return False
    of_some = any(preposition == "of" for preposition, _ in phrase.complements)
    if of_some or head.lemma_.lower() in listed("go_between"):
        # "hijackers *of the jet*"; "the two *sides*", "*envoys* flew in"
        return False
    told = (inner for child in head.children if child.dep_ == "acl" for inner in child.subtree)
    if any(_names(doc, inner.i, mentions) for inner in told):
        # "rebels *backed by Rwanda*", "tanks *flying the Russian flag*"
        return False
    return not any(_names(doc, inner, mentions) for _, inner in phrase.complements)


def _stands_at_others(
    clause: Clause, phrase: NounPhrase, phrases: dict[int, NounPhrase], mentions: Mentions
) -> bool:
    """Whether the words behind a phrase tell where those stand.

    "was shot by *guards at the Israeli consulate*", which a parser may hang on the verb.
    """
    for argument in clause.obliques("at", "from", "outside"):
        place = phrases.get(argument.head)
        if place is not None and phrase.end <= place.start <= phrase.end + 1:
            return any(mentions.at(i) is not None for i in (place.head, *place.modifiers))
    return False


def _is_institution(role: RoleNoun) -> bool:
    """Whether a land has one of a kind, so that "the" need not take up somebody told of before.

    "*the army*", "*the government*"; not "*the deputies*", "*the ministry*".
    """
    return role.words in listed("institution")


def _is_set_apart(doc: Doc, phrase: NounPhrase, role: RoleNoun) -> bool:
    """Whether words make those who bear arms others than those told of: "*right-wing* militias"."""
    if role.role.target not in {*_REBELS, "MIL"}:
        return False
    others = (doc[m] for m in phrase.modifiers if not role.start <= m < role.end)
    return any(t.pos_ != "NUM" and t.lower_ not in listed("at_arms") for t in others)


def _names(doc: Doc, head: int, mentions: Mentions) -> bool:
    """Whether somebody or a place is named: "gunmen of *the Islamic State*", "police in *Lima*"."""
    named = mentions.at(head) is not None or mentions.place_at(head) is not None
    return named or doc[head].pos_ == "PROPN"


def _needed(role: RoleNoun) -> float:
    """How probable a land must be."""
    kind = role.role.target
    return _ARMED if kind in _REBELS else _FORCES if kind == "MIL" else ACCEPT


@dataclass(slots=True)
class Whose:
    """The lands that a document names, and what speaks for each to be somebody's."""

    doc: Doc
    phrases: dict[int, NounPhrase]
    clauses: Clauses
    mentions: Mentions
    _homes: Homes = field(init=False)
    _places: list[tuple[int, str]] = field(init=False)
    """Where something is said to be, with the land."""
    _share_of_places: dict[str, float] = field(init=False)
    _share_of_deeds: dict[str, float] = field(init=False)
    _groups: dict[str, set[Actor]] = field(init=False)
    """Land → its armed groups that are named."""
    _deeds: set[tuple[str, str]] = field(init=False)
    """Who does something to whom, as pairs of lands."""

    def __post_init__(self) -> None:
        self._homes = Homes(self.doc, self.phrases, self.clauses, self.mentions)
        named = self._homes.named
        self._places = list(self._settings())
        self._share_of_places = _shares(land for _, land in self._places)
        self._share_of_deeds = _shares(a.country or "" for h, a in named if self._homes.acts(h))
        self._groups = {}
        for _, actor in named:
            if actor.type is ActorType.ARMED_GROUP:
                self._groups.setdefault(actor.country or "", set()).add(actor)
        self._deeds = {
            (one, other)
            for clause in self.clauses
            if (doers := self._lands(a.head for a in clause.of(Role.SUBJECT)))
            for other in self._lands(_upon(clause))
            for one in doers
            if one != other
        }

    def _settings(self) -> Iterator[tuple[int, str]]:
        for head in sorted(self.mentions.place_heads()):
            place, phrase = self.mentions.place_at(head), self.phrases.get(head)
            inside = phrase is not None and phrase.preposition in listed("at")
            country = place.actors[0].country if place is not None else None
            if inside and country:
                yield head, country

    def _lands(self, heads: Iterable[int]) -> set[str]:
        """The lands of those who are named by nominals or own them."""
        found: set[str] = set()
        for head in heads:
            mention, phrase = self.mentions.at(head), self.phrases.get(head)
            if mention is None and phrase is not None:
                inside = (h for p, h in phrase.complements if p in {"of", "in"})
                owners = (*phrase.modifiers, phrase.possessor or -1, *inside)
                mention = next((m for o in owners if (m := self.mentions.at(o)) is not None), None)
            if mention is not None:
                found |= {a.country for a in mention.actors if a.country}
        return found

    def land_of(self, part: Part) -> tuple[str, float]:
        """The land that is likeliest a part's, with the probability that it is."""
        if part.clause.verb in listed("toppling"):
            # "*Soldiers* overthrew Haiti's president": their own
            lands = self._lands(_upon(part.clause))
            if len(lands) == 1:
                return next(iter(lands)), 1.0
        told = self.told(part)
        return most_probable(told, weights()) if told else ("", 0.0)

    def told(self, part: Part) -> dict[str, Told]:
        """What speaks for each land that is named."""
        head = part.phrase.head
        told = self._homes.told(Asked(head, part.phrase.start))
        missions = (h for h in _upon(part.clause) if self.doc[h].lemma_ in listed("of_others"))
        for guest in self._lands(missions):
            # "*Soldiers* ringed the Brazilian embassy": none of Brazil's
            told.pop(guest, None)
        self._add_scene(told, head)
        self._add_named_before(told, part)
        others = self._lands(h for h in _upon(part.clause) if h != head)
        rebels = part.role.role.target in _REBELS
        article = part.phrase.determiner or "bare"
        for land, features in told.items():
            features["is done to"] = float(land in others)
            features["did to them"] = float(any((land, o) in self._deeds for o in others))
            features["they did to"] = float(any((o, land) in self._deeds for o in others))
            features["has groups"] = float(rebels and land in self._groups)
            features["share of deeds"] = self._share_of_deeds.get(land, 0.0)
            features["share of places"] = self._share_of_places.get(land, 0.0)
            if article in {"the", "bare"}:
                features[f"share with {article}"] = features["share"]
        return told

    def actor(self, role: RoleNoun, state: Actor) -> Actor:
        """The part of a land's state, or its one armed group that is named: "*The rebels*"."""
        groups = self._groups.get(state.country or "", set())
        if role.role.target == "REB" and len(groups) == 1:
            return next(iter(groups))
        return self.mentions.book.organ_actor(state, role.role.target)

    def _add_scene(self, told: dict[str, Told], head: int) -> None:
        """Note the places that are told of near by."""
        number = self.doc.sentence_numbers
        last = ""
        for at, land in self._places:
            ago = number[head] - number[at]
            if land in told and ago in {0, 1}:
                told[land]["place before" if ago else "place here"] = 1.0
            if at < head:
                last = land
        if last in told:
            told[last]["last place"] = 1.0

    def _add_named_before(self, told: dict[str, Told], part: Part) -> None:
        """Note who was named before with the same word, or of the same kind."""
        number, head = self.doc.sentence_numbers, part.phrase.head
        sector = self.mentions.book.organs[part.role.role.target].sector
        lemma = self.doc[head].lemma_
        last = ""
        for at, actor in self._homes.named:
            if at >= head:
                break
            if actor.country not in told:
                continue
            last = actor.country or ""
            if self.doc[at].lemma_ == lemma and number[at] < number[head]:
                told[last]["same word"] = 1.0
            if actor.sector == sector and actor.type is not ActorType.PERSON:
                told[last]["same kind"] = 1.0
                if number[head] - number[at] <= 1:
                    told[last]["same kind near"] = 1.0
        if last:
            told[last]["nearest"] = 1.0


def _upon(clause: Clause) -> Iterator[int]:
    """The nominals upon which a clause acts."""
    return (a.head for a in (*clause.of(Role.OBJECT), *clause.obliques(*_UPON)))


def _shares(lands: Iterable[str]) -> dict[str, float]:
    """How often each stands among them."""
    counts = Counter(lands)
    total = sum(counts.values())
    return {land: count / total for land, count in counts.items()}
