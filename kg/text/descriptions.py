"""Definite descriptions and collectives: "the president", "the group", "the two countries"."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from kg.resources import read_csv, resource_path
from kg.statement import Actor, ActorType
from kg.text.clauses import Clauses, Kind, Link
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.phrases import NounPhrase
from kg.text.roles import RoleNoun, role_noun

_DEFINITE = {"the", "this", "that", "these", "those"}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_SIDES = {
    "country": {ActorType.STATE, ActorType.TERRITORY},
    "nation": {ActorType.STATE, ActorType.TERRITORY},
    "state": {ActorType.STATE, ActorType.TERRITORY},
    "neighbor": {ActorType.STATE},
    "neighbour": {ActorType.STATE},
    "government": {ActorType.STATE},
    "capital": {ActorType.STATE},
    "republic": {ActorType.STATE, ActorType.TERRITORY},
    "power": {ActorType.STATE},
    "superpower": {ActorType.STATE},
    "ally": {ActorType.STATE},
    "rival": {ActorType.STATE, ActorType.ARMED_GROUP},
    "enemy": {ActorType.STATE, ActorType.ARMED_GROUP},
    "foe": {ActorType.STATE, ActorType.ARMED_GROUP},
    "side": {ActorType.STATE, ActorType.TERRITORY, ActorType.ARMED_GROUP},
    "army": {ActorType.STATE},
    "leader": {ActorType.PERSON},
    "president": {ActorType.PERSON},
    "man": {ActorType.PERSON},
    "minister": {ActorType.PERSON},
    "group": {ActorType.ARMED_GROUP, ActorType.PARTY, ActorType.ORGANIZATION},
    "party": {ActorType.PARTY},
    "faction": {ActorType.ARMED_GROUP, ActorType.PARTY},
}
_REACH = 4
"""How many sentences back a description looks."""


@lru_cache(maxsize=1)
def _types() -> dict[str, frozenset[tuple[ActorType, str | None]]]:
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
def _bare_organs() -> frozenset[str]:
    """Role words that take up a state's organ with "the" alone: "the army"."""
    path = resource_path("actors") / "descriptions.csv"
    rows = read_csv(path, ("word", "types"))
    return frozenset(r["word"] for _, r in rows if r["types"] == "organ")


def find_descriptions(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The phrases that take up actors named before them, in text order."""
    known: list[ActorMention] = sorted(mentions, key=_place)
    sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
    at = {m.head: m for m in known}
    for head, phrase in phrases.items():
        if mentions.at(head) is not None or phrase.pronoun or doc[head].pos_ == "PROPN":
            continue
        before = known[: bisect_left(known, phrase.start, key=_place)]
        found = _collective(
            doc, phrase, phrases, clauses, before, at, sentence, mentions
        ) or _single(
            doc, phrase, before, sentence, mentions, _apart(doc, phrase, phrases, clauses, mentions)
        )
        if found is not None:
            insort(known, found, key=_place)
            at[head] = found
            yield found


def _place(mention: ActorMention) -> int:
    return mention.head


def _within_reach(
    before: list[ActorMention], sentence: dict[int, int], here: int, reach: int
) -> list[ActorMention]:
    """The mentions of the sentences from ``reach`` before ``here`` on, in text order."""
    found: list[ActorMention] = []
    for mention in reversed(before):
        if here - sentence[mention.head] > reach:
            break
        found.append(mention)
    return found[::-1]


def _number(doc: Doc, phrase: NounPhrase) -> int | None:
    words = [phrase.determiner, *(doc[m].lower_ for m in phrase.modifiers)]
    words += [t.lower_ for t in doc[phrase.start : phrase.head]]
    return next((_NUMBERS[w] for w in words if w in _NUMBERS), None)


def _collective(
    doc: Doc,
    phrase: NounPhrase,
    phrases: dict[int, NounPhrase],
    clauses: Clauses,
    before: list[ActorMention],
    at: dict[int, ActorMention],
    sentence: dict[int, int],
    mentions: Mentions,
) -> ActorMention | None:
    """Just so many actors of a kind: "the two countries", "both sides".

    Those of the same sentence; else those named together most often ("Iran and Iraq … the two
    sides"); else all that the document has named. Never the subject of the clause itself:
    "Iran, which borders both countries".
    """
    lemma = doc[phrase.head].lemma_.lower()
    number = _number(doc, phrase)
    if lemma == "side" and phrase.determiner in {"each", "neither", "either"}:
        # "Each side accuses the other"
        number = 2
    types = _SIDES.get(lemma)
    if number is None or types is None or phrase.possessor is not None:
        return None
    if phrase.determiner not in {"the", "both", "these", "those", "all", "", "each", "neither"}:
        return None
    if phrase.determiner in {"each", "neither"} and lemma != "side":
        return None
    if not phrase.determiner and "both" not in {t.lower_ for t in doc[phrase.start : phrase.head]}:
        return None
    # "Ruto had spoken to the two leaders": who speaks of leaders is none of them either
    climbs = ActorType.PERSON in types
    heads = _subjects(phrase.head, doc, clauses, climbs)
    apart = {a.id for h in heads if (m := mentions.at(h)) is not None for a in m.actors}
    here = _within_reach(before, sentence, sentence[phrase.head], 0)
    named = _named_together(phrase.head, phrases, types, at, mentions, number)
    for actors in (
        _sides(here, types, phrases, mentions),
        *named,
        _sides(before, types, phrases, mentions),
    ):
        chosen = [actor for actor in actors if actor.id not in apart]
        if len(chosen) == number:
            words = " and ".join(a.label for a in chosen)
            reason = f"the {number} spoken of: {words}"
            kind = MentionKind.COLLECTIVE
            return ActorMention(
                phrase.head, phrase.start, phrase.end, tuple(chosen), 0.75, reason, kind
            )
    return None


def _sides(
    spoken: list[ActorMention],
    types: set[ActorType],
    phrases: dict[int, NounPhrase],
    mentions: Mentions,
) -> list[Actor]:
    """The actors of the kinds asked for that take part in what mentions tell, each once."""
    found = (
        _side(actor, types, False, mentions)
        for mention in spoken
        if _takes_part(mention, phrases, mentions)
        for actor in mention.actors
    )
    return list(dict.fromkeys(actor for actor in found if actor is not None))


def _named_together(
    head: int,
    phrases: dict[int, NounPhrase],
    types: set[ActorType],
    at: dict[int, ActorMention],
    mentions: Mentions,
    number: int,
) -> list[list[Actor]]:
    """The sets of actors that were coordinated before a token, the most frequent first."""
    counts: dict[frozenset[Actor], list[list[Actor]]] = {}
    for phrase in phrases.values():
        if phrase.head >= head or not phrase.conjuncts:
            continue
        together = [m for h in (phrase.head, *phrase.conjuncts) if (m := at.get(h))]
        sides = (_side(a, types, True, mentions) for m in together for a in m.actors)
        actors = list(dict.fromkeys(side for side in sides if side is not None))
        if len(actors) == number:
            counts.setdefault(frozenset(actors), []).append(actors)
    return [named[0] for named in sorted(counts.values(), key=lambda named: -len(named))]


def _subjects(head: int, doc: Doc, clauses: Clauses, climbs: bool) -> set[int]:
    """The subjects of the clause around a phrase and, if asked, of those that govern it."""
    token = doc[head]
    found: set[int] = set()
    while token.head.i != token.i:
        clause = clauses.at(token.i) if token.i != head else None
        if clause is not None:
            found |= {a.head for a in clause.surface_subject()}
            if clause.kind is not Kind.NOMINAL:
                break
        # on from "supplies" in "cut off supplies to the country"
        token = token.head
    clause = clauses.at(token.i)
    while clause is not None:
        found |= {a.head for a in clause.surface_subject()}
        if not climbs or clause.link not in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}:
            break
        clause = clauses.parent(clause)
    return found - {head}


def _takes_part(mention: ActorMention, phrases: dict[int, NounPhrase], mentions: Mentions) -> bool:
    """Whether a mention acts or is acted upon, rather than say where or whose."""
    phrase = phrases.get(mention.head)
    if phrase is None or mention.kind is MentionKind.PLACE:
        return False
    return phrase.preposition not in {"in", "at", "near", "from", "across", "throughout"}


def _side(actor: Actor, types: set[ActorType], wide: bool, mentions: Mentions) -> Actor | None:
    if actor.type in types:
        return actor
    stands = actor.type is ActorType.GOVERNMENT_BODY or (wide and actor.type is ActorType.PERSON)
    if ActorType.STATE in types and actor.country and stands:
        # "Israeli forces" stand for Israel; "the Greek prime minister" for Greece
        return mentions.state(actor.country)
    return None


def _single(
    doc: Doc,
    phrase: NounPhrase,
    before: list[ActorMention],
    sentence: dict[int, int],
    mentions: Mentions,
    apart: set[str],
) -> ActorMention | None:
    bare = phrase.determiner == "" and doc[phrase.head].tag_ in {"NNS", "NN"}
    if any(mentions.at(i) is not None for i in range(phrase.start, phrase.head)):
        # "Kurdish protesters": somebody's already
        return None
    if (phrase.determiner not in _DEFINITE and not bare) or phrase.possessor is not None:
        return None
    if any(p in {"of", "for"} for p, _ in phrase.complements):
        return None
    role = role_noun(doc, phrase, mentions.book)
    if role is not None and role.role.target == "JUD" and phrase.complements:
        # "the court in The Hague"
        return None
    if bare:
        # "Security forces shot five protesters", "rebels said": of the one country around
        plural = doc[phrase.head].tag_ == "NNS" or doc[phrase.head].lower_ == "police"
        if role is not None and role.role.target in {"REB", "UAF", "CRM"}:
            # "right-wing militias": others than those named before
            own = range(role.start, role.end)
            if any(m not in own and doc[m].pos_ != "NUM" for m in phrase.modifiers):
                return None
        near = _within_reach(before, sentence, sentence[phrase.head], 1)
        around = doc[phrase.head].sent
        after = mentions.between(around.start, around.end)
        return _organ(doc, phrase, role, [*near, *after], sentence, mentions) if plural else None
    if role is not None and role.former:
        return None
    if phrase.number == "plur" or doc[phrase.head].tag_ == "NNS":
        return _organ(doc, phrase, role, before, sentence, mentions)
    return (
        _office(doc, phrase, role, before, sentence, mentions)
        or _organ(doc, phrase, role, before, sentence, mentions)
        or _typed(doc, phrase, before, sentence, mentions, apart)
    )


def _made(phrase: NounPhrase, actor: Actor, score: float, reason: str) -> ActorMention:
    return ActorMention(
        phrase.head, phrase.start, phrase.end, (actor,), score, reason, MentionKind.DESCRIPTION
    )


def _office(
    doc: Doc,
    phrase: NounPhrase,
    role: RoleNoun | None,
    before: list[ActorMention],
    sentence: dict[int, int],
    mentions: Mentions,
) -> ActorMention | None:
    """The one person named before who holds the office: "the president", "the minister"."""
    lemma = doc[phrase.head].lemma_.lower()
    if role is None and lemma not in {"minister", "secretary", "official", "diplomat"}:
        return None
    if role is not None and role.role.kind != "office" and lemma not in {"minister", "secretary"}:
        return None
    last = {a.id: (m.head, a) for m in before for a in m.actors if a.type is ActorType.PERSON}
    # introduced here with the same words: "Finance Minister X … the minister"
    called = {
        m.actors[0].id
        for m in before
        if m.kind is MentionKind.ALIAS and len(m.actors) == 1 and _called(doc, m, lemma)
    }
    fitting = {
        i: (head, actor)
        for i, (head, actor) in last.items()
        if i in called or _holds(actor, role, lemma, mentions)
    }
    here = sentence[phrase.head]
    near = {i: v for i, v in fitting.items() if here - sentence[v[0]] <= _REACH}
    for chosen in (near, fitting):
        if len(chosen) == 1:
            actor = next(iter(chosen.values()))[1]
            return _made(phrase, actor, 0.75, f"{actor.label}, named before, is the {lemma}")
    return None


def _holds(actor: Actor, role: RoleNoun | None, lemma: str, mentions: Mentions) -> bool:
    """Whether the tables have the person in the office on the day."""
    book = mentions.book
    wanted: set[str] = set()
    if role is not None and role.role.kind == "office":
        wanted = set(book.offices[role.role.target].tried)
        if role.role.target == "leader":
            wanted |= {"president", "prime-minister", "monarch", "leader", "supreme-leader"}
    terms = book.terms_on(actor.id, mentions.day) if mentions.day is not None else ()
    return any(t.office in wanted or (not wanted and t.office.endswith(lemma)) for t in terms)


def _called(doc: Doc, mention: ActorMention, lemma: str) -> bool:
    words = doc[mention.start : mention.end]
    return lemma in {t.lemma_.lower() for t in words} and "former" not in {t.lower_ for t in words}


def _organ(
    doc: Doc,
    phrase: NounPhrase,
    role: RoleNoun | None,
    before: list[ActorMention],
    sentence: dict[int, int],
    mentions: Mentions,
) -> ActorMention | None:
    """The organ named before, else that of the only state spoken of: "the army", "the rebels"."""
    if role is None or role.role.kind != "organ" or role.words not in _bare_organs():
        return None
    suffix = "-" + role.role.target
    # "the government" takes up a government, not "American diplomats"
    strict = role.role.target == "GOV"
    same = {
        a.id: a
        for m in before
        if not strict or doc[m.head].lemma_.lower() in _bare_organs()
        for a in m.actors
        if a.id.startswith("kg:") and a.id.endswith(suffix)
    }
    here = sentence[phrase.head]
    close = _within_reach(before, sentence, here, _REACH)
    recent = {a.id: a for m in close for a in m.actors if a.id in same}
    main = mentions.book.state(mentions.main_country)
    for chosen in (recent, same):
        if len(chosen) == 1:
            actor = next(iter(chosen.values()))
            if main is not None and actor.country != main.country:
                # "the government" in a report about one country is that country's
                actor = mentions.book.organ_actor(main, role.role.target)
                return _made(phrase, actor, 0.65, f"of {main.label}, which this is about")
            return _made(phrase, actor, 0.75, f"{actor.label}, named before")
    if same or role.role.target in {"CVL", "BUS", "EDU", "NGO", "MED", "clergy"}:
        return None
    if role.role.target == "REB":
        groups = {a.id: a for m in close for a in m.actors if a.type is ActorType.ARMED_GROUP}
        return (
            _made(phrase, next(iter(groups.values())), 0.7, "the armed group named before")
            if len(groups) == 1
            else None
        )
    countries = {a.country for m in close for a in m.actors if a.country}
    state = mentions.book.state(next(iter(countries))) if len(countries) == 1 else None
    if state is None or mentions.main_country != state.country:
        return None
    actor = mentions.book.organ_actor(state, role.role.target)
    return _made(phrase, actor, 0.65, f"of {state.label}, the only state spoken of")


def _is_of(actor: Actor, types: frozenset[tuple[ActorType, str | None]]) -> bool:
    detail = actor.sector
    if actor.type is ActorType.PLACE:
        detail = "TOWN" if actor.id.startswith("kg:geonames-") else "AREA"
    return (actor.type, None) in types or (actor.type, detail) in types


def _typed(
    doc: Doc,
    phrase: NounPhrase,
    before: list[ActorMention],
    sentence: dict[int, int],
    mentions: Mentions,
    apart: set[str],
) -> ActorMention | None:
    """The last actor of a type, if clear: "the country", "the group", "the newspaper"."""
    types = _types().get(doc[phrase.head].lemma_.lower())
    if types is None or any(doc[m].pos_ in {"PROPN", "NUM"} for m in phrase.modifiers):
        # "the 400 Mawozo gang": has a name of its own
        return None
    here = sentence[phrase.head]
    main = mentions.book.state(mentions.main_country)
    land = (ActorType.STATE, None) in types
    if land and main is not None and main.id not in apart and len(before) > 4:
        # "the country" in a report that is about one country
        told = any(
            main in m.actors or main.country in {a.country for a in m.actors} for m in before
        )
        near = _within_reach(before, sentence, here, 0)
        near = [m for m in near if m.kind is not MentionKind.DEMONYM]
        others = [a for m in near if (a := m.actors[0]).id not in apart and _is_of(a, types)]
        if told and not others:
            return _made(phrase, main, 0.7, f"{main.label}, which the document is about")
    recent = _within_reach(before, sentence, here, _REACH - 1)
    for distance in range(_REACH):
        near = [m for m in recent if here - sentence[m.head] == distance and len(m.actors) == 1]
        named = {a.id: a for m in near if _is_of(a := m.actors[0], types) and a.id not in apart}
        if land and not named:
            # "Parliament in Baghdad demanded that the troops leave the country"
            states = [mentions.state(m.actors[0].country or "") for m in near if _within(m)]
            named = {a.id: a for a in states if a is not None and a.id not in apart}
        if len(named) == 1:
            actor = next(iter(named.values()))
            return _made(phrase, actor, 0.7, f"{actor.label}, spoken of last")
        if named:
            return None
    return None


def _within(mention: ActorMention) -> bool:
    """Whether a mention is of a part of a state or a town in it."""
    return mention.actors[0].type in {ActorType.GOVERNMENT_BODY, ActorType.PLACE}


def _apart(
    doc: Doc, phrase: NounPhrase, phrases: dict[int, NounPhrase], clauses: Clauses, m: Mentions
) -> set[str]:
    """Whom a description does not take up: the subject of its clause, and whose that is.

    "Nigeria cut off supplies to the country", "American troops left the country"; but "the
    Sudanese army seized power in the country", "the government of the country".
    """
    subjects = _subjects(phrase.head, doc, clauses, False)
    if phrase.head in {c for s in subjects for _, c in _complements(s, phrases)}:
        subjects = set()
    subjects |= {c for s in subjects if s in phrases for c in phrases[s].conjuncts}
    found = {a.id for s in subjects if (at := m.at(s)) is not None for a in at.actors}
    if phrase.preposition not in {"in", "across", "throughout", "around", "of"}:
        # "China's attack on the country" too
        around = {*subjects, doc[phrase.head].head.i} - {phrase.head}
        named = (phrases[s] for s in around if s in phrases)
        owners = {o for p in named for o in (*p.modifiers, p.possessor) if o is not None}
        found |= {a.id for o in owners if (at := m.at(o)) is not None for a in at.actors}
    return found


def _complements(head: int, phrases: dict[int, NounPhrase]) -> tuple[tuple[str, int], ...]:
    return phrases[head].complements if head in phrases else ()
