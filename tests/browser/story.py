"""Invented articles about invented states, of any size: what the page is tried on.

Everything follows from the seed; no name or sentence stands for anything real.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

_ONSETS = "b br d dr f g gr h k kl l m n p r s st t tr v z".split()
_VOWELS = "a e i o u ai au ea io".split()
_ENDS = {
    ActorType.STATE: ["ia", "land", "stan", "ora", "aran"],
    ActorType.PERSON: ["ov", "an", "ez", "is", "ek"],
    ActorType.INTERGOVERNMENTAL: ["Alliance", "Union", "Pact Council"],
    ActorType.GOVERNMENT_BODY: ["Foreign Ministry", "Parliament", "Army Staff"],
    ActorType.COMPANY: ["Energy", "Shipping Lines"],
    ActorType.MEDIA: ["News Agency", "Daily Post"],
    ActorType.ARMED_GROUP: ["Front", "Brigades"],
    ActorType.PLACE: ["Strait", "Heights"],
    ActorType.AGREEMENT: ["Accord", "Grain Treaty"],
    ActorType.THING: ["pipeline", "border fence"],
}
_SHARE = [34, 30, 5, 9, 4, 4, 5, 4, 3, 2]

RELATIONS = [
    Relation("kg:met", "met", "CONSULT", "040", "VCOOP", True),
    Relation("kg:signedTradeDealWith", "signed a trade deal with", "AGREE", "057", "VCOOP", True),
    Relation("kg:supports", "voiced support for", "SUPPORT", "050", "VCOOP"),
    Relation("kg:visited", "visited", "CONSULT", "042", "VCOOP"),
    Relation("kg:sentAidTo", "sent aid to", "AID", "070", "MCOOP"),
    Relation("kg:trainsTroopsOf", "trains troops of", "COOPERATE", "062", "MCOOP"),
    Relation("kg:accused", "accused", "ACCUSE", "110", "VCONF"),
    Relation("kg:threatened", "threatened", "THREATEN", "130", "VCONF"),
    Relation("kg:rejects", "rejects talks with", "REJECT", "120", "VCONF"),
    Relation("kg:sanctioned", "imposed sanctions on", "SANCTION", "163", "MCONF"),
    Relation("kg:attacked", "attacked", "ASSAULT", "190", "MCONF"),
    Relation("kg:allyOf", "is an ally of", None, None, None, True),
    Relation("kg:memberOf", "is a member of"),
    Relation("kg:headOfState", "is head of state of"),
]
_FRIENDLY, _HOSTILE, _LASTING = RELATIONS[:6], RELATIONS[6:11], RELATIONS[11:]


def _word(dice: random.Random) -> str:
    return "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) for _ in range(dice.choice([1, 2])))


def _actors(count: int, dice: random.Random) -> list[Actor]:
    found: dict[str, Actor] = {}
    types = list(_ENDS)
    while len(found) < count:
        kind = dice.choices(types, _SHARE)[0] if len(found) > 6 else ActorType.STATE
        end = dice.choice(_ENDS[kind])
        stem = _word(dice).capitalize()
        if kind is ActorType.PERSON:
            label = f"{_word(dice).capitalize()} {stem}{end}"
        elif kind is ActorType.STATE:
            label = stem + end
        else:
            label = f"{stem} {end}"
        if label in found:
            continue
        code = stem.upper().ljust(3, "X")[:3] if kind is ActorType.STATE else None
        found[label] = Actor(f"local:{label.lower().replace(' ', '-')}", label, kind, code)
    return list(found.values())


def story(
    actors: int = 50, statements: int = 160, seed: int = 7
) -> tuple[list[Statement], list[Document]]:
    """Statements among so many actors, in blocs that favour one another, and their articles."""
    dice = random.Random(seed)
    cast = _actors(actors, dice)
    blocs = max(2, round(actors**0.5 / 1.6))
    bloc = {actor.id: number % blocs for number, actor in enumerate(cast)}
    weights = [1 / (1 + number) ** 0.75 for number in range(actors)]
    members = [[actor for actor in cast if bloc[actor.id] == number] for number in range(blocs)]
    found: list[Statement] = []
    documents: list[Document] = []
    while len(found) < statements:
        number = len(documents)
        day = date(2023, 1, 5) + timedelta(days=dice.randrange(1000))
        name, text, drafts = f"doc-{number:05}", f"Report {number}\n\n", []
        for _ in range(dice.randint(2, 6)):
            subject = dice.choices(cast, weights)[0]
            home = members[bloc[subject.id]]
            other = dice.choices(cast, weights)[0] if dice.random() < 0.35 else dice.choice(home)
            if other.id == subject.id:
                continue
            close = bloc[other.id] == bloc[subject.id]
            pool = dice.choices([_FRIENDLY, _HOSTILE, _LASTING], [7, 1, 2] if close else [2, 6, 1])[
                0
            ]
            drafts.append((subject, dice.choice(pool), other))
        for subject, relation, other in drafts:
            statement, sentence = _write(dice, name, len(text), subject, relation, other, day, cast)
            found.append(statement)
            text += sentence + " "
        title = f"What {drafts[0][0].label} did next" if drafts else f"Report {number}"
        url = f"https://news.example/{name}"
        documents.append(Document(name, text, title, day, "Example Agency", url))
    return found[:statements], documents


def _write(
    dice: random.Random,
    document: str,
    offset: int,
    subject: Actor,
    relation: Relation,
    other: Actor,
    day: date,
    cast: list[Actor],
) -> tuple[Statement, str]:
    opening = dice.choice(["", "On the same day ", "After weeks of silence ", "Officials noted: "])
    closing = dice.choice([".", ", a step that surprised observers in the region.", " again."])
    negative = dice.random() < 0.08
    verb = ("did not say that it " if negative else "") + relation.label
    sentence = f"{opening}{subject.label} {verb} {other.label}{closing}"
    start = offset + len(opening)
    predicate = start + len(subject.label) + 1
    target = predicate + len(verb) + 1
    attribution: tuple[Attribution, ...] = ()
    if dice.random() < 0.3:
        source = dice.choice(cast)
        span = Span(start, start + len(subject.label), subject.label)
        stance = dice.choices([Stance.SAYS, Stance.DENIES], [9, 1])[0]
        cue = Span(predicate, predicate + len(verb), verb)
        attribution = (Attribution(source, span, stance, cue, (offset, offset + len(sentence))),)
    modality = Modality.ACTUAL
    if dice.random() < 0.15:
        modality = dice.choice([Modality.INTENDED, Modality.POSSIBLE, Modality.CONDITIONAL])
    statement = Statement(
        Mention(subject, Span(start, start + len(subject.label), subject.label)),
        relation,
        Mention(other, Span(target, target + len(other.label), other.label)),
        Evidence(
            document,
            Span(offset, offset + len(sentence), sentence),
            (predicate, predicate + len(verb)),
            "invented/verb",
        ),
        polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
        modality=modality,
        attribution=attribution,
        time=TimeInterval("that day", day, day) if dice.random() < 0.5 else None,
        condition="only if the border stays open" if modality is Modality.CONDITIONAL else None,
        confidence=round(dice.uniform(0.55, 0.98), 2),
    )
    return statement, sentence
