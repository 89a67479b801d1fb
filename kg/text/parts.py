"""The node that a role noun and its owner stand for together."""

from __future__ import annotations

from datetime import date

from kg.statement import Actor, ActorType
from kg.text.gazetteer import Gazetteer
from kg.text.named import STATES
from kg.text.roles import RoleNoun
from kg.text.wordlists import listed

_IN_ARMS = {"REB", "UAF"}


def part(book: Gazetteer, owner: Actor, role: RoleNoun, day: date | None) -> Actor | None:
    """The node for a role of an owner."""
    kind, target = role.role.kind, role.role.target
    country = owner.country
    if owner.type is ActorType.PERSON:
        # "Assad's army", "Putin's spokesman"; not "Trump's lawyer"
        state = book.state(country)
        if state is None:
            return None
        if kind == "state":
            # "his country"
            return state
        if kind == "office" and target.endswith("-minister"):
            return _holder(book, state, state.country or "", role, day)
        if kind == "organ" and owner.sector in _IN_ARMS and target in {"MIL", "REB", "UAF"}:
            # "Haftar's forces": those who follow him, not the army of his country
            return owner
        if kind != "organ" or target not in {"GOV", "MIL"}:
            return None
        return book.organ_actor(state, target)
    if owner.type in STATES | {ActorType.PLACE, ActorType.GOVERNMENT_BODY}:
        state = book.state(country)
        if owner.type is ActorType.PLACE and state is None:
            return None
        base = owner if owner.type in STATES else state
        if base is None:
            return None
        if kind == "state":
            return base
        if target == "head":
            # "the CIA chief" is of the CIA, "the head of Russia" nobody
            return owner if owner.type is ActorType.GOVERNMENT_BODY else None
        if kind == "organ":
            if owner.type is ActorType.GOVERNMENT_BODY and target not in {"JUD", "LEG"}:
                # "Pentagon officials", "army commanders": the body itself
                return owner
            # "Tigrayan forces" are of Tigray, "Texas police" of the United States
            return book.organ_actor(owner if owner.type is ActorType.PLACE else base, target)
        return _holder(book, base, base.country or base.id, role, day)
    if owner.type is ActorType.GROUP:
        # "Kurdish fighters", "Tamil protesters"
        return owner if kind == "organ" else None
    if owner.type is ActorType.ARMED_GROUP and kind == "organ":
        # "the Taliban's defence ministry"
        return owner
    # organisations: their people act for them
    if kind == "office":
        return _holder(book, owner, owner.id, role, day)
    if role.words.split()[-1] in listed("of_bodies"):
        # "U.N. investigators"
        return owner
    if kind == "organ" and target in {"GOV", "MIL", "REB", "UAF", "party", "LEG", "police", "JUD"}:
        return owner
    return None


def _holder(
    book: Gazetteer, owner: Actor, code: str, role: RoleNoun, day: date | None
) -> Actor | None:
    if role.former:
        return None
    office = role.role.target
    if day is not None and not role.plural:
        people = book.holders(code, office, day)
        if len(people) == 1:
            return book.acting(people[0], day)
        if len(people) > 1:
            return None
    if day is not None and role.plural:
        people = book.holders(code, office, day)
        if len(people) == 1 and office != "leader":
            return book.acting(people[0], day)
    if owner.type in STATES:
        if role.plural and office == "leader":
            return book.organ_actor(owner, "GOV")
        return book.office_actor(owner, office)
    return owner
