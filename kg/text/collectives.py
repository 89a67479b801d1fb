"""Several actors by one phrase: "the two countries", "both sides", "all three", "the latter"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import Actor, ActorType
from kg.text.known import Known
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.parts import part
from kg.text.phrases import NounPhrase
from kg.text.reference import reference_words
from kg.text.roles import role_noun
from kg.text.typed import limits_of
from kg.text.wordlists import listed

Types = frozenset[ActorType]
_LISTED = 3
"""Of so many on, a list that follows tells who they are."""
_OFTEN = 4
_CLEAR = 2
"""How often, and how much more often than a third, the second of two main actors is named."""
_AHEAD_OF_THIRD = 1.25
"""How much more often, where others that are named last would be meant instead."""
_HEARD = 3
"""How often a group is named that its own state fights."""
_OPENING = 5
"""The number of the last sentence that opens a text, title and dateline counted."""
_RARE = 3
"""Who is named less often than the one named most, divided by this, is only by the way."""
_AHEAD = 3
"""Sentences in which it must follow."""
_PARTIES: Types = frozenset(ActorType) - {ActorType.PLACE, ActorType.GROUP}


@lru_cache(maxsize=1)
def _nouns() -> dict[str, Types]:
    """Noun → the types it takes up."""
    path = resource_path("actors") / "collective_nouns.csv"
    rows = read_csv(path, ("word", "types"))
    return {r["word"]: frozenset(ActorType(t) for t in r["types"].split("|")) for _, r in rows}


def collective(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """Just so many actors of a kind: "the two countries", "both sides", "the pair".

    Those of the same sentence; else those named together just before; else the two that the
    document is about ("Iran and Iraq … the two sides"); else those named together most often;
    else all that it has named. Never the subject of the clause: "Iran, which borders both".
    """
    number, types = _number_and_types(known, phrase)
    if types is None or phrase.possessor is not None:
        return None
    if number is None:
        return _again(known, phrase) or _told_ahead(known, phrase, types) or _rivals(known, phrase)
    chosen = _chosen(known, phrase, number, types)
    if chosen and types == frozenset({ActorType.PERSON}) and number == 2:
        # "Thailand and Cambodia … *both leaders*": not the envoy of a third state
        main = {s.country for s in _main_two(known, frozenset({ActorType.STATE}))}
        led = _holders(known, phrase, number) if main else []
        if led and {a.country for a in chosen} != main:
            chosen = led
    if not chosen and ActorType.PERSON in types and types != _PARTIES:
        chosen = _holders(known, phrase, number) or _coupled(known, phrase, number)
    return several(phrase, chosen, f"the {number} spoken of") if chosen else None


def _rivals(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The two states that a text is about, as "*the neighbours*", "*the parties*"."""
    if phrase.determiner != "the" or phrase.modifiers or phrase.complements:
        return None
    if known.doc[phrase.head].tag_ != "NNS":
        return None
    if known.lemma(phrase.head) not in listed("mutual"):
        return None
    main = _main_two(known, frozenset({ActorType.STATE}))
    return several(phrase, main, "the two the text is about") if len(main) == 2 else None


def _holders(known: Known, phrase: NounPhrase, number: int) -> list[Actor]:
    """The holders of an office in the states spoken of: "*both presidents*" nobody has named."""
    role = role_noun(known.doc, phrase, known.mentions.book)
    if role is None or role.role.kind != "office" or role.former:
        return []
    types = frozenset({ActorType.STATE})
    states = _main_two(known, types) if number == 2 else []
    # "Bolivia offered to receive *both presidents*", whose countries the text is about
    states = states or _chosen(known, phrase, number, types)
    book, day = known.mentions.book, known.mentions.day
    return [a for s in states if (a := part(book, s, role, day)) is not None]


def _coupled(known: Known, phrase: NounPhrase, number: int) -> list[Actor]:
    """The states joined just before: "Finland and Sweden applied … accusing *the pair*"."""
    if known.doc[phrase.head].lower_ not in reference_words().sets_of:
        return []
    states = frozenset({ActorType.STATE, ActorType.TERRITORY})
    return next(_named_lately(known, phrase, states, number), [])


def _chosen(known: Known, phrase: NounPhrase, number: int, types: Types) -> list[Actor]:
    """Just so many actors of a type that a phrase takes up, or none."""
    # "Ruto had spoken to the two leaders": who speaks of leaders is none of them either
    heads = known.subjects(phrase.head, ActorType.PERSON in types)
    acting = [a for h in heads if (m := known.mentions.at(h)) is not None for a in m.actors]
    # "Bolivia's government recalled its envoys from *both countries*": not from Bolivia
    states = (known.mentions.state(a.country) for a in acting if a.country)
    apart = {a.id for a in acting} | {s.id for s in states if s is not None}
    here = known.near(phrase, 0)
    # "Washington found that *both sides* had broken the truce": not Washington, nor its state
    tellers = _single(known, known.subjects(phrase.head, True))
    # nor are "both rivals" any two persons named long before
    loose = ActorType.PERSON in types and not _is_wide(known, phrase)
    earlier = [] if loose else known.before(phrase)
    lately = [a for a in _sides(known, known.near(phrase, 1), types) if a.id not in tellers]
    main = _main_two(known, types) if number == 2 and ActorType.PERSON not in types else []
    if main and _opens_paragraph(known, phrase):
        # "… the Houthis with weapons.¶ In a statement, *the two sides* thanked Iraq"
        lately, main = main, lately
    limits = limits_of(known, phrase)
    rivals = known.lemma(phrase.head) in reference_words()["counterpart"]
    named = {a.id for a in _sides(known, here, types)}
    for actors in (
        # "France backed Spain and the League asked *the two neighbours* to talk": Spain, Morocco
        main if rivals and len(named & {a.id for a in main}) == 1 else [],
        _sides(known, here, types),
        _lands(known, here, types),
        *_named_lately(known, phrase, types, number),
        lately,
        main,
        *_named_together(known, phrase, types, number),
        [a for a in _sides(known, earlier, types) if a.id not in tellers],
        list(_counts(known, types)) if limits else [],
    ):
        # "*the two Nordic countries*", though Turkey is named beside them
        fitting = [a for a in actors if all(a.country in fits for fits in limits)]
        chosen = [actor for actor in fitting if actor.id not in apart]
        if len(chosen) == number:
            return _two_at_stake(known, phrase, chosen, apart) if number == 2 else chosen
    return []


def _two_at_stake(
    known: Known, phrase: NounPhrase, chosen: list[Actor], apart: set[str]
) -> list[Actor]:
    """The two that a document is about, where those named last are two others.

    "Canada had halted exports of drones to Turkey. The Pope asked *both parties* to respect the
    truce", in a text about Armenia and Azerbaijan.
    """
    if phrase.determiner != "both" or any(a.type is ActorType.PERSON for a in chosen):
        return chosen
    main = _main_two(known, frozenset({ActorType.STATE}), clear=_AHEAD_OF_THIRD)
    if len(main) < 2 or {a.id for a in main} & ({a.id for a in chosen} | apart):
        return chosen
    return main


def _opens_paragraph(known: Known, phrase: NounPhrase) -> bool:
    """Whether the sentence of a phrase begins a paragraph."""
    start = known.doc[phrase.head].sent.start_char
    return "\n" in known.doc.text[max(start - 2, 0) : start]


def _single(known: Known, heads: set[int]) -> set[str]:
    """The ids of those of the subjects that are one state or body, and of their states."""
    found = {
        a for h in heads if (m := known.mentions.at(h)) and len(m.actors) == 1 for a in m.actors
    }
    states = {s.id for a in found if a.country and (s := known.mentions.state(a.country))}
    return {a.id for a in found} | states


def several(phrase: NounPhrase, actors: Iterable[Actor], reason: str) -> ActorMention:
    """The mention of all of them by one phrase, for a reason."""
    chosen = tuple(actors)
    words = f"{reason}: {' and '.join(a.label for a in chosen)}"
    kind = MentionKind.COLLECTIVE
    return ActorMention(phrase.head, phrase.start, phrase.end, chosen, 0.75, words, kind)


def _number_and_types(known: Known, phrase: NounPhrase) -> tuple[int | None, Types | None]:
    doc, words = known.doc, reference_words()
    lower, lemma = doc[phrase.head].lower_, known.lemma(phrase.head)
    inside = phrase.complements
    if lower in words.sets_of and phrase.determiner == "the":
        # "The pair met in Sochi": persons; "the trio"
        return words.sets_of[lower], frozenset({ActorType.PERSON})
    if lemma == "side" and phrase.determiner in {"each", "neither", "either"}:
        # "Each side accuses the other"
        return 2, _nouns()[lemma]
    if lower in words.numbers and phrase.determiner in {"all", "the"} and not phrase.modifiers:
        # "Iran, Russia and Syria … *all three* fear the jihadists"
        count = words.numbers[lower]
        # "He joined Petrov in Bern, where *the two* published a journal"
        return count, _PARTIES if count > 2 else frozenset({ActorType.PERSON})
    if lemma == "head" and any(doc[h].lower_ in {"state", "government"} for _, h in inside):
        # "phoned *both heads of state*"
        lemma = "president"
    bare = phrase.determiner == "the" and doc[phrase.head].tag_ == "NNS" and not phrase.modifiers
    if bare and lemma == "side" and not inside:
        # "pressed *the sides* to talk"
        return 2, _nouns()[lemma]
    types = _nouns().get(lemma)
    if types is None:
        return None, None
    before = [token.lower_ for token in doc[phrase.start : phrase.head]]
    said = [phrase.determiner, *(doc[m].lower_ for m in phrase.modifiers), *before]
    number = next((words.numbers[w] for w in said if w in words.numbers), None)
    counted = phrase.determiner in {"the", "both", "these", "those", "all"}
    if not counted and (phrase.determiner or "both" not in before):
        return None, types
    return number, types


def _sides(known: Known, spoken: list[ActorMention], types: Types) -> list[Actor]:
    """The actors of the kinds asked for that take part in what mentions tell, each once."""
    found = (
        _side(known, actor, types, wide=False)
        for mention in spoken
        if known.takes_part(mention)
        for actor in mention.actors
    )
    return list(dict.fromkeys(actor for actor in found if actor is not None))


def _lands(known: Known, spoken: list[ActorMention], types: Types) -> list[Actor]:
    """The states of all that mentions name: "left *Venezuela* and expelled *Cuban* doctors"."""
    if ActorType.STATE not in types or ActorType.ARMED_GROUP in types:
        # "talks in Lusaka between *the two sides*" are not of those that host them
        return []
    countries = (
        a.country
        for m in spoken
        for a in m.actors
        if m.kind is not MentionKind.PLACE and a.type is not ActorType.PERSON
    )
    states = (known.mentions.state(c) for c in countries if c)
    return list(dict.fromkeys(s for s in states if s is not None))


def _named_lately(
    known: Known, asked: NounPhrase, types: Types, number: int
) -> Iterator[list[Actor]]:
    """The actors coordinated in the same sentence, or as subject of the one before."""
    here = known.sentence[asked.head]
    for phrase in reversed(known.phrases.values()):
        ago = here - known.sentence[phrase.head]
        if ago > 1:
            return
        if phrase.head < asked.head and phrase.conjuncts:
            # "mediated by *France and Russia*. The two sides …": not those
            if ago and not known.is_subject(phrase.head):
                continue
            actors = _coordinated(known, phrase, types, wide=_is_wide(known, asked))
            if len(actors) == number and not (ago and _by_the_way(known, asked, actors)):
                yield actors


def _by_the_way(known: Known, asked: NounPhrase, actors: list[Actor]) -> bool:
    """Whether a text hardly speaks of any of those who acted together: they are no opponents.

    "*France and Germany* protested. Oman invited *both parties* to talk": Iran and Britain.
    """
    if _is_wide(known, asked):
        return False
    told = _counts(known, frozenset({ActorType.STATE, ActorType.ARMED_GROUP}))
    most = max(told.values(), default=0)
    return all(_RARE * told[actor] < most for actor in actors)


def _is_wide(known: Known, asked: NounPhrase) -> bool:
    """Whether persons may stand for their states.

    "Guterres and Blinken hailed the truce. *Each side* …": officials who do the same are not
    the sides of a dispute, though "the two countries" may be theirs.
    """
    return known.lemma(asked.head) not in reference_words()["opponents"]


def _counts(known: Known, types: Types) -> Counter[Actor]:
    """How often a document names each state or group, with its parts and persons."""
    return Counter(
        side
        for mention in known.mentions
        if mention.kind is not MentionKind.PLACE
        for actor in mention.actors
        if (side := _side(known, actor, types, wide=True)) is not None
    )


def _main_two(known: Known, types: Types, clear: float = _CLEAR) -> list[Actor]:
    """The two states or groups that a document names ``clear`` times as often as any third."""
    counts = _counts(known, types - {ActorType.PERSON})
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < _OFTEN:
        return []
    first, second = ranked[0][0], ranked[1][0]
    if first.type is ActorType.STATE and second.country != first.country:
        at_home = (a for a, n in counts.items() if a.type is ActorType.ARMED_GROUP and n >= _HEARD)
        rebels = [a for a in at_home if a.country == first.country]
        if len(rebels) == 1:
            # Sudan, its Rapid Support Forces, and the United States, which mediate
            return [first, rebels[0]]
    third = ranked[2][1] if len(ranked) > 2 else 0
    return [ranked[0][0], ranked[1][0]] if ranked[1][1] >= clear * third else []


def _named_together(
    known: Known, asked: NounPhrase, types: Types, number: int
) -> list[list[Actor]]:
    """The sets of actors that were coordinated before a phrase, the most frequent first.

    What the opening tells counts more; whom a document hardly speaks of are none: mediators.
    """
    counts: dict[frozenset[Actor], list[list[Actor]]] = {}
    wide = _is_wide(known, asked)
    for phrase in known.phrases.values():
        if phrase.head >= asked.head or not phrase.conjuncts:
            continue
        actors = _coordinated(known, phrase, types, wide=wide)
        if len(actors) == number:
            opens = known.sentence[phrase.head] <= _OPENING and known.is_subject(phrase.head)
            counts.setdefault(frozenset(actors), []).extend([actors] * (3 if opens else 1))
    ranked = sorted(counts.values(), key=lambda named: -len(named))
    if not wide:
        # nor are "the rivals" any two persons who did something together long before
        ranked = [r for r in ranked if all(a.type is not ActorType.PERSON for a in r[0])]
    told = _counts(known, types) if ranked else Counter[Actor]()
    most = max(told.values(), default=0)
    main = (r[0] for r in ranked if all(_RARE * told[a] >= most for a in r[0]))
    return list(main) if number == 2 else [r[0] for r in ranked]


def _coordinated(known: Known, phrase: NounPhrase, types: Types, *, wide: bool) -> list[Actor]:
    together = [m for h in (phrase.head, *phrase.conjuncts) if (m := known.at(h))]
    sides = (_side(known, a, types, wide=wide) for m in together for a in m.actors)
    return list(dict.fromkeys(side for side in sides if side is not None))


def _again(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """Those whom the noun took up before: "the two Ministers … *The Ministers*"."""
    if phrase.determiner != "the" or phrase.modifiers or phrase.complements:
        return None
    if known.doc[phrase.head].tag_ not in {"NNS", "NNPS"}:
        return None
    lemma = known.lemma(phrase.head)
    for mention in reversed(known.before(phrase)):
        if mention.kind is MentionKind.COLLECTIVE and known.lemma(mention.head) == lemma:
            return several(phrase, mention.actors, f"the {lemma}s spoken of")
    return None


def _told_ahead(known: Known, phrase: NounPhrase, types: Types) -> ActorMention | None:
    """Several who are named only afterwards: "*Four Arab states* … Bahrain, Egypt, X and Y".

    At least three, of whom just one such list follows soon.
    """
    words = reference_words()
    counted = (known.doc[m].lower_ for m in phrase.modifiers)
    number = next((words.numbers[w] for w in counted if w in words.numbers), 0)
    if phrase.determiner or number < _LISTED:
        return None
    here = known.sentence[phrase.head]
    lists = {
        frozenset(actors): actors
        for other in known.phrases.values()
        if other.head > phrase.head
        and other.conjuncts
        and known.sentence[other.head] - here <= _AHEAD
        and len(actors := _coordinated(known, other, types, wide=False)) == number
    }
    if len(lists) != 1:
        return None
    return several(phrase, next(iter(lists.values())), f"the {number} named next")


def _side(known: Known, actor: Actor, types: Types, *, wide: bool) -> Actor | None:
    if actor.type in types:
        return actor
    stands = actor.type is ActorType.GOVERNMENT_BODY or (wide and actor.type is ActorType.PERSON)
    if ActorType.STATE in types and actor.country and stands:
        # "Israeli forces" stand for Israel; "the Greek prime minister" for Greece
        return known.mentions.state(actor.country)
    return None
