"""Actors by their kind: "the country", "the group", "the Gulf monarchy", "the newspaper"."""

from __future__ import annotations

from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import Actor, ActorType
from kg.text.known import REACH, Known, description
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.phrases import NounPhrase
from kg.text.wordlists import listed

Types = frozenset[tuple[ActorType, str | None]]


@lru_cache(maxsize=1)
def _types() -> dict[str, Types]:
    """Noun → types it takes up, some of a sector only ("gang": Organization/CRM)."""
    path = resource_path("actors") / "descriptions.csv"
    return {
        r["word"]: frozenset(
            (ActorType(t.partition("/")[0]), t.partition("/")[2] or None)
            for t in r["types"].split("|")
        )
        for _, r in read_csv(path, ("word", "types"))
        if r["types"] != "organ"
    }


@lru_cache(maxsize=1)
def limiting() -> dict[str, frozenset[str]]:
    """Noun or adjective → the countries that it fits: "kingdom", "gulf"."""
    path = resource_path("actors") / "description_countries.csv"
    rows = read_csv(path, ("word", "countries"))
    return {r["word"]: frozenset(r["countries"].split("|")) for _, r in rows}


def limits_of(known: Known, phrase: NounPhrase) -> list[frozenset[str]]:
    """The sets of countries to which words of a phrase limit it: "the *Gulf monarchy*"."""
    words = (known.lemma(i) for i in (*phrase.modifiers, phrase.head))
    return [limiting()[w] for w in words if w in limiting()]


def named_after(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The state whose name follows its kind: "the kingdom *of Saudi Arabia*"."""
    if known.lemma(phrase.head) not in listed("of_name") or phrase.number == "plur":
        return None
    if len(phrase.complements) != 1 or phrase.complements[0][0] != "of":
        return None
    mention = known.mentions.at(phrase.complements[0][1])
    if mention is None or mention.kind is not MentionKind.NAME or len(mention.actors) != 1:
        return None
    actor = mention.actors[0]
    if actor.type not in {ActorType.STATE, ActorType.TERRITORY}:
        return None
    return description(phrase, actor, mention.score, f"{actor.label}, named behind its kind")


def typed(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The last actor of a type, if clear."""
    doc = known.doc
    types = _types().get(known.lemma(phrase.head))
    limits = limits_of(known, phrase)
    named = (m for m in phrase.modifiers if known.lemma(m) not in limiting())
    if types is None or any(doc[m].pos_ in {"PROPN", "NUM"} for m in named):
        # "the 400 Mawozo gang": has a name of its own
        return None
    if any(doc[a].pos_ == "PROPN" for a in phrase.appositions):
        # "the regional capital Mekelle"
        return None
    if known.lemma(phrase.head) == "capital":
        return _capital(known, phrase)
    fits = _Fitting(types, tuple(limits), known.apart(phrase))
    land = (ActorType.STATE, None) in types
    main = _main(known, phrase, fits) if land else None
    if main is not None:
        return description(phrase, main, 0.7, f"{main.label}, which the document is about")
    here = known.sentence[phrase.head]
    recent = [m for m in known.near(phrase, REACH - 1) if len(m.actors) == 1]
    for distance in range(REACH):
        near = [m for m in recent if here - known.sentence[m.head] == distance]
        found = {a.id: a for m in near if fits.takes(a := m.actors[0])}
        if land and not found:
            # "Parliament in Baghdad demanded that the troops leave the country"
            states = [known.mentions.state(m.actors[0].country or "") for m in near if _within(m)]
            found = {a.id: a for a in states if a is not None and fits.takes(a)}
        if len(found) > 1 and distance and not land:
            # "The Islamic State broke with al-Qaeda. The group …": the subject of the two
            ruled = {m.actors[0].id for m in near if known.is_subject(m.head)}
            found = {i: a for i, a in found.items() if i in ruled} or found
        if len(found) == 1:
            actor = next(iter(found.values()))
            return description(phrase, actor, 0.7, f"{actor.label}, spoken of last")
        if found:
            return None
    return None


def _capital(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The capital named before, if just one, else that of the country a document is about.

    Not the town spoken of last: "attacked Kati, near *the capital*".
    """
    mentions = known.mentions
    capitals = set(mentions.book.capitals.values())
    found = {p.id: p for m in known.before(phrase) if (p := _town(known, m)).id in capitals}
    main = mentions.main_country
    if len(found) != 1 and main is not None:
        towns = (mentions.book.actors[c] for c in capitals)
        found = {t.id: t for t in towns if t.country == main}
    if len(found) != 1 or phrase.modifiers:
        return None
    actor = next(iter(found.values()))
    return description(phrase, actor, 0.7, f"{actor.label}, the capital spoken of")


def capital_of(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The capital of the state that a phrase names: "the *Peruvian* capital", "Peru's"."""
    if known.lemma(phrase.head) != "capital" or phrase.number == "plur" or phrase.appositions:
        return None
    owners = [phrase.possessor] if phrase.possessor is not None else phrase.modifiers
    named = (m for o in owners if (m := known.mentions.at(o)) is not None)
    countries = {a.country for m in named for a in m.actors if a.type is ActorType.STATE}
    book = known.mentions.book
    towns = [t for c in set(book.capitals.values()) if (t := book.actors[c]).country in countries]
    if len(countries) != 1 or len(towns) != 1:
        return None
    return description(phrase, towns[0], 0.8, f"{towns[0].label}, the capital named by its state")


def _town(known: Known, mention: ActorMention) -> Actor:
    """The town that a mention names, else its actor: "Bamako" for Mali too."""
    place = known.mentions.place_at(mention.head)
    return place.actors[0] if place is not None else mention.actors[0]


class _Fitting:
    """Which actors a description fits: by type, by country, and not the subject of its clause."""

    def __init__(self, types: Types, limits: tuple[frozenset[str], ...], apart: set[str]) -> None:
        self.types, self.limits, self.apart = types, limits, apart

    def takes(self, actor: Actor) -> bool:
        """Whether the description may mean the actor."""
        detail = actor.sector
        if actor.type is ActorType.PLACE:
            # places that no table knows are towns more often than not
            town = actor.id.startswith(("kg:geonames-", "local:"))
            detail = "TOWN" if town else "AREA"
        if (actor.type, None) not in self.types and (actor.type, detail) not in self.types:
            return False
        return actor.id not in self.apart and all(actor.country in cs for cs in self.limits)


def _main(known: Known, phrase: NounPhrase, fits: _Fitting) -> Actor | None:
    """The state that a document is about, told of already, where no other is near."""
    before = known.before(phrase)
    main = known.mentions.book.state(known.mentions.main_country)
    if main is None or not fits.takes(main) or len(before) <= 4:
        return None
    told = any(main in m.actors or main.country in {a.country for a in m.actors} for m in before)
    near = [m for m in known.near(phrase, 0) if m.kind is not MentionKind.DEMONYM]
    return main if told and not any(fits.takes(m.actors[0]) for m in near) else None


def _within(mention: ActorMention) -> bool:
    """Whether a mention is of a part of a state or a town in it."""
    return mention.actors[0].type in {ActorType.GOVERNMENT_BODY, ActorType.PLACE}
