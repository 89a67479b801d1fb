"""Groups without a name: crowds that a place tells the country of, and "both", "the two".

"A crowd attacked the embassy in Niamey", "Thousands marched in Caracas"; "Mali and Burkina Faso
protested. Both have sent delegations."
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor, ActorType
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc, Token
from kg.text.phrases import NounPhrase
from kg.text.roles import role_noun
from kg.text.wordlists import listed

_SIDES = {
    *(ActorType.STATE, ActorType.TERRITORY, ActorType.ARMED_GROUP, ActorType.PARTY),
    *(ActorType.PERSON, ActorType.GOVERNMENT_BODY, ActorType.INTERGOVERNMENTAL),
    *(ActorType.ORGANIZATION, ActorType.COMPANY),
}


_ABOUT = {"against", "for", "over", "about"}


def find_crowds(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """Crowds, protesters, residents, police whose country is told by what stands around them."""
    for head, phrase in phrases.items():
        if mentions.at(head) is not None or phrase.pronoun or phrase.possessor is not None:
            continue
        if any(mentions.at(i) is not None for i in range(phrase.start, head)):
            # "Kurdish protesters": somebody's already
            continue
        before = doc.span(phrase.start, head)
        if any(t.lower_ in listed("foreign") or _is_of_a_people(t) for t in before):
            # "foreign workers", "ethnic Albanian villagers", "*Galician* fishermen"
            continue
        if any(p == "of" and doc[h].pos_ == "PROPN" for p, h in phrase.complements):
            # "relief workers *of the Danish Refugee Council*"
            continue
        clause = _clause(doc, head, phrases, clauses)
        organ = _organ(doc, phrase, phrases, clause, mentions) if clause is not None else None
        if clause is None or organ is None:
            continue
        countries = set(_countries(clause, head, phrases, mentions))
        state = mentions.book.state(next(iter(countries))) if len(countries) == 1 else None
        score, reason = 0.7, "people at a place in {}"
        if not countries and _acts_at_home(doc, phrase, organ, clause, mentions):
            state = mentions.book.state(mentions.main_country)
            score, reason = 0.6, "people of {}, which the document is about"
        if state is not None:
            actor = mentions.book.organ_actor(state, organ)
            kind = MentionKind.DESCRIPTION
            told = reason.format(state.label)
            yield ActorMention(head, phrase.start, phrase.end, (actor,), score, told, kind)


def _clause(doc: Doc, head: int, phrases: dict[int, NounPhrase], clauses: Clauses) -> Clause | None:
    """The clause that the phrase, or the one it is joined to, is subject or object of."""
    governor = doc[head].head.i
    if governor in phrases and head in phrases[governor].conjuncts:
        # "Doctors and *nurses* stopped work"
        head, governor = governor, doc[governor].head.i
    clause = clauses.at(governor)
    if clause is None or clause.kind is Kind.NOMINAL:
        return None
    return clause if any(a.head == head for a in clause.arguments) else None


def _is_of_a_people(token: Token) -> bool:
    """Whether a word before a noun is the name of some people, though nobody knows which."""
    named = token.ent_type_ == "NORP" and token.text[:1].isupper()
    return named and token.lower_ not in listed("faith")


def _acts_at_home(
    doc: Doc, phrase: NounPhrase, organ: str, clause: Clause, mentions: Mentions
) -> bool:
    """Whether people without a place are those of the country that the document is about.

    "Doctors stopped work in protest", "Police arrested dozens of protesters"; not "Israel's
    strike killed two farmers", whose country may be another, nor "The farmers joined", who
    were told of before.
    """
    country = mentions.main_country
    if country is None or phrase.determiner in {"the", "these", "those"}:
        return False
    if mentions.dateline_country not in {country, None}:
        # "CARACAS, May 14 - *A crowd* stoned the car of Vice President Nixon"
        return False
    if any(doc[a.head].lemma_.lower() in listed("of_others") for a in clause.arguments):
        # "pelted *the Canadian mission*", in a text about Canada
        return False
    token = doc[phrase.head]
    around = token.sent
    named = (a.country for m in mentions.between(around.start, around.end) for a in m.actors)
    others = any(c not in {country, None} for c in named)
    if token.lemma_.lower() in listed("anybody") or doc[clause.head].tag_ not in {"VBD", "VBN"}:
        # "Three people died", "Teachers need rest": of no country in particular; nor does
        # "Canada urged the kingdom to *free activists*" say whose they are
        return organ == "protesters" and not others
    if others:
        return False
    subject = any(a.head == phrase.head for a in clause.of(Role.SUBJECT))
    joined = all(a.head != phrase.head for a in clause.arguments)
    return organ == "protesters" or ((subject or joined) and organ != "police")


def _organ(
    doc: Doc,
    phrase: NounPhrase,
    phrases: dict[int, NounPhrase],
    clause: Clause,
    mentions: Mentions,
) -> str | None:
    """Which part of a country a phrase is: its protesters, police, civilians, students."""
    token = doc[phrase.head]
    role = role_noun(doc, phrase, mentions.book)
    if role is not None and role.role.target == "protesters" and not role.former:
        return "protesters"
    if role is not None and role.words == "police":
        # "Police fired tear gas in Nairobi"
        return "police"
    if role is not None and role.role.kind == "organ" and not role.former:
        crowd = token.lemma_.lower() in listed("crowd")
        if crowd or (role.plural and token.lemma_.lower() in listed("dweller")):
            # "A mob burned the embassy", "Villagers fled", "Doctors and nurses stopped work"
            return role.role.target
    if token.lower_ in listed("number") and clause.lemma.split()[0] in listed("march"):
        # "Tens of thousands of people rallied", but not "hundreds of birds gathered"
        subject = any(a.head == phrase.head for a in clause.of(Role.SUBJECT))
        if subject and _counts_people(doc, phrase, phrases):
            return "protesters"
    return None


def _counts_people(doc: Doc, phrase: NounPhrase, phrases: dict[int, NounPhrase]) -> bool:
    for preposition, inner in phrase.complements:
        if preposition == "of":
            if doc[inner].lower_ in listed("number") and inner in phrases:
                return _counts_people(doc, phrases[inner], phrases)
            return doc[inner].lower_ in listed("counted_people")
    return True


def _countries(
    clause: Clause, head: int, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[str]:
    """The countries of the places of a clause and of those its objects are at."""
    for argument in clause.arguments:
        phrase = phrases.get(argument.head)
        if phrase is None:
            continue
        if phrase.preposition in _ABOUT:
            # "marched *against a war in Iraq*"
            continue
        # "in Paris and Rome": in two countries
        placed = _is_where(phrase.preposition)
        where = [argument.head, *phrase.conjuncts] if placed else []
        # "scaled the walls *of the embassy in Tunis*", "in front *of the embassy in Beijing*"
        nested = [phrases[h] for p, h in phrase.complements if p == "of" and h in phrases]
        for around in (phrase, *nested):
            where += [inner for p, inner in around.complements if _is_where(p)]
        for at in where:
            if mentions.doc[at].lemma_.lower() in listed("of_others"):
                # "burned tyres outside *the American consulate*", wherever it is
                continue
            place = mentions.place_at(at) or mentions.at(at) or _capital(at, phrases, mentions)
            if at != head and place is not None and place.actors[0].country:
                yield place.actors[0].country


def _capital(head: int, phrases: dict[int, NounPhrase], mentions: Mentions) -> ActorMention | None:
    """The land of "the *Italian* capital", "*Niger's* capital"."""
    phrase = phrases.get(head)
    if phrase is None or mentions.doc[head].lemma_.lower() not in listed("town"):
        return None
    owners = (*phrase.modifiers, *([] if phrase.possessor is None else [phrase.possessor]))
    return next((m for i in owners if (m := mentions.at(i)) is not None), None)


def _is_where(preposition: str) -> bool:
    return preposition in listed("at") or preposition == "through"


def find_juntas(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[ActorMention]:
    """Whose government "the junta" is: that of the only one named, or of the only coup."""
    open_ = [p for h, p in phrases.items() if doc[h].lower_ == "junta" and mentions.at(h) is None]
    if not open_:
        return
    named = {a for m in mentions if doc[m.head].lower_ == "junta" for a in m.actors}
    if not named:
        countries = {c for h in phrases for c in _seized(doc, h, phrases, mentions)}
        states = {mentions.book.state(c) for c in countries}
        named = {mentions.book.organ_actor(s, "GOV") for s in states if s is not None}
    for phrase in open_ if len(named) == 1 else ():
        if phrase.determiner in {"the", ""} and phrase.possessor is None and not phrase.modifiers:
            actor = next(iter(named))
            reason = f"{actor.label}, of the only coup spoken of"
            kind = MentionKind.DESCRIPTION
            yield ActorMention(phrase.head, phrase.start, phrase.end, (actor,), 0.75, reason, kind)


def _seized(
    doc: Doc, head: int, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[str]:
    """The country of a coup: "the coup in Niger", "Niger's coup", "seized power in Niger"."""
    phrase, token = phrases[head], doc[head]
    power = token.lower_ == "power" and token.head.lemma_.lower() in listed("seize")
    if not power and token.lemma_.lower() not in listed("rebel_act"):
        return
    near = [h for p, h in phrase.complements if p in {"in", "of"}]
    near += [h for h in (*phrase.modifiers, phrase.possessor) if h is not None]
    if power:
        near += [
            t.i for t in token.head.subtree if t.i in phrases and phrases[t.i].preposition == "in"
        ]
    for at in near:
        place = mentions.place_at(at) or mentions.at(at)
        if place is not None and place.actors[0].country:
            yield place.actors[0].country


def find_pairs(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """What a bare "both", "the two", "neither" or "each" as subject takes up.

    The two who were named together last, in the same sentence or the one before.
    """
    sentence = doc.sentence_numbers
    subjects = {a.head for c in clauses if c.kind is not Kind.NOMINAL for a in c.surface_subject()}
    named = ((p.head, _pair(p, mentions)) for p in phrases.values() if len(p.conjuncts) == 1)
    pairs = {head: pair for head, pair in named if pair is not None}
    for head in sorted(subjects):
        phrase = phrases.get(head)
        token = doc[head]
        if phrase is None or token.lower_ not in listed("both") or phrase.complements:
            continue
        if (token.lower_ == "two") != (phrase.determiner == "the") or phrase.modifiers:
            continue
        last = max((h for h in pairs if h < head), default=None)
        if last is None or sentence[head] - sentence[last] > 1:
            continue
        found = pairs[head] = pairs[last]
        reason = f"'{token.text}' takes up {found[0].label} and {found[1].label}"
        yield _made(phrase, found, reason)
        if token.lower_ == "each":
            yield from _other(doc, head, found, phrases, clauses)


def find_others(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The other of "each side": "Each side accuses the other"."""
    for head, phrase in phrases.items():
        mention = mentions.at(head)
        each = phrase.determiner in {"each", "both"}
        if each and mention is not None and len(mention.actors) == 2:
            first, second = mention.actors
            yield from _other(doc, head, (first, second), phrases, clauses)


def _other(
    doc: Doc,
    head: int,
    pair: tuple[Actor, Actor],
    phrases: dict[int, NounPhrase],
    clauses: Clauses,
) -> Iterator[ActorMention]:
    clause = _clause(doc, head, phrases, clauses)
    if clause is None:
        return
    # "each side said *the other* had fired first"
    inner = (c for c in clauses.children(clause.head) if c.link is Link.COMPLEMENT)
    for argument in (a for c in (clause, *inner) for a in c.arguments):
        phrase = phrases.get(argument.head)
        if phrase is None or phrase.determiner != "the" or phrase.modifiers:
            continue
        if doc[argument.head].lower_ == "other" and argument.head > head:
            yield _made(phrase, pair, f"the other of {pair[0].label} and {pair[1].label}")


def _made(phrase: NounPhrase, pair: tuple[Actor, Actor], reason: str) -> ActorMention:
    kind = MentionKind.COLLECTIVE
    return ActorMention(phrase.head, phrase.start, phrase.end, pair, 0.75, reason, kind)


def _pair(phrase: NounPhrase, mentions: Mentions) -> tuple[Actor, Actor] | None:
    both = [m for h in (phrase.head, phrase.conjuncts[0]) if (m := mentions.at(h)) is not None]
    actors = [m.actors[0] for m in both if len(m.actors) == 1 and m.kind is not MentionKind.PLACE]
    if len(actors) < 2:
        return None
    if actors[0] == actors[1] or any(a.type not in _SIDES for a in actors):
        return None
    return actors[0], actors[1]
