"""Persons by what they are: "the president", "the former prime minister", "the general"."""

from __future__ import annotations

from collections import Counter

from kg.statement import Actor, ActorType
from kg.text.gazetteer import Term
from kg.text.known import REACH, Known, description
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.phrases import NounPhrase
from kg.text.reference import reference_words
from kg.text.roles import RoleNoun, person_nouns
from kg.text.wordlists import listed


def holder(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """The one person named before who holds the office: "the president", "the minister"."""
    lemma = known.lemma(phrase.head)
    deputy = {t.lower_ for t in known.doc.span(phrase.start, phrase.head)} & listed("deputy")
    # "the minister", but not "the deputy prime minister"
    broad = lemma in reference_words()["broad"] and not deputy
    if not broad and (role is None or role.role.kind != "office"):
        return None
    named = known.persons(known.before(phrase))
    # introduced here with the same words: "Finance Minister X … the minister"
    called = _called(known, phrase, lemma)
    fitting = {
        i: v for i, v in named.items() if i in called or _holds(known, v[1], role, lemma, False)
    }
    here = known.sentence[phrase.head]
    near = {i: v for i, v in fitting.items() if here - known.sentence[v[0]] <= REACH}
    for chosen in (near, fitting):
        if len(chosen) == 1:
            actor = next(iter(chosen.values()))[1]
            return description(phrase, actor, 0.75, f"{actor.label}, named before, is the {lemma}")
    if fitting or broad:
        return None
    return _of_the_body(known, phrase, role) or _of_the_country(known, phrase, role)


_STATE_OFFICES = {
    *("president", "prime-minister", "vice-president", "supreme-leader", "crown-prince"),
    *("foreign-minister", "defence-minister", "interior-minister", "finance-minister"),
    *("army-chief", "central-bank-governor"),
}


_BODY_OFFICES = {"secretary-general", "director-general", "managing-director"}


def _of_the_body(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Who heads the organisation that a text speaks of: "*The Secretary-General* deplored".

    That of the bodies with such an office that is named most; of two that are named as often
    nobody. Not "the former secretary-general", nor "the secretary-general of the party".
    """
    if role is None or role.role.target not in _BODY_OFFICES or role.former or phrase.complements:
        return None
    if role.words == "general secretary":
        # of a party
        return None
    mentions, day = known.mentions, known.mentions.day
    counts: Counter[str] = Counter()
    for actor in mentions.actors():
        if actor.type is ActorType.INTERGOVERNMENTAL:
            # the Security Council and the High Commissioner are of the United Nations
            united = actor.label.startswith(("United Nations", "UN"))
            counts[_UNITED_NATIONS if united else actor.id] += 1
    headed = [i for i in counts if (i, role.role.target) in mentions.book.held]
    headed.sort(key=lambda identity: -counts[identity])
    if not headed or (len(headed) > 1 and counts[headed[0]] == counts[headed[1]]):
        return None
    body = mentions.book.actors[headed[0]]
    people = mentions.book.holders(body.id, role.role.target, day) if day is not None else []
    actor = mentions.book.acting(people[0], day) if len(people) == 1 else body
    return description(phrase, actor, 0.7, f"of {body.label}, which the document names most")


_UNITED_NATIONS = "wd:Q1065"


def _of_the_country(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Who holds the office in the one country that a document is about: "the army chief".

    Not "the Syrian army chief", nor "the president of the club".
    """
    book, day = known.mentions.book, known.mentions.day
    state = book.state(known.mentions.main_country)
    if role is None or role.role.target not in _STATE_OFFICES or state is None:
        return None
    named = (m for m in phrase.modifiers if not role.start <= m < role.end)
    if role.former or phrase.complements:
        return None
    for word in (known.doc[m] for m in named):
        foreign = word.ent_type_ == "NORP" and word.lower_ not in listed("creeds")
        if word.pos_ != "ADJ" or foreign:
            # not "the *Ruritanian* president", of a people that no table knows
            return None
    people = book.holders(state.country or "", role.role.target, day) if day is not None else []
    if len(people) > 1:
        return None
    actor = book.acting(people[0], day) if people else book.office_actor(state, role.role.target)
    return description(phrase, actor, 0.65, f"of {state.label}, which the document is about")


def past_holder(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """The one person named before who held the office: "the former Nigerian president"."""
    if role is None or role.role.kind != "office" or not role.former:
        return None
    lemma = known.lemma(phrase.head)
    named = known.persons(known.before(phrase))
    countries = _countries(known, phrase)
    called = _called(known, phrase, lemma)
    fitting = [
        a
        for i, (_, a) in named.items()
        if (i in called or _holds(known, a, role, lemma, True))
        and (not countries or a.country in countries)
    ]
    if len(fitting) != 1:
        return None
    words = known.doc.span(phrase.start, phrase.head + 1).text
    return description(phrase, fitting[0], 0.75, f"{fitting[0].label} was '{words}'")


def described(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """The one person whom the text has called so: "a preacher named X … the preacher".

    With a word that tells of a past ("the former bus driver") or of rank ("the general"): the
    only person of the sentence before, or its subject, if no other fits.
    """
    lemma, words = known.lemma(phrase.head), reference_words()
    if lemma not in person_nouns() or lemma in words["broad"]:
        return None
    called = _called(known, phrase, lemma)
    named = known.persons(known.before(phrase))
    told = [named[i][1] for i in called if i in named]
    if len(told) == 1:
        return description(phrase, told[0], 0.75, f"{told[0].label}, called '{lemma}' before")
    ranks = lemma in words["ranks"]
    if told or not (ranks or _tells(known, phrase)):
        return None
    apart, countries = known.apart(phrase), _countries(known, phrase)
    here = known.sentence[phrase.head]
    earlier = [
        (head, actor)
        for head, actor in known.persons(known.near(phrase, REACH - 1)).values()
        if actor.id not in apart and known.sentence[head] < here
    ]
    last = max((known.sentence[head] for head, _ in earlier), default=here)
    fitting = [
        actor
        for head, actor in earlier
        if known.sentence[head] == last
        and _fits_gender(known, actor, person_nouns()[lemma])
        and (not countries or actor.country in countries)
        and (not ranks or actor.sector in _ARMED)
    ]
    if len(fitting) != 1:
        return None
    reason = f"{fitting[0].label}, the only one near whom this may describe"
    return description(phrase, fitting[0], 0.65, reason)


_ARMED = {"MIL", "REB", "UAF", None}


def _tells(known: Known, phrase: NounPhrase) -> bool:
    """Whether a description says more than the noun: "the *former* driver", "75-year-old"."""
    words = known.doc.span(phrase.start, phrase.head)
    told = any(token.lower_ in reference_words()["telling"] for token in words)
    return told or "-year-old" in words.text


def _fits_gender(known: Known, actor: Actor, gender: str) -> bool:
    return not gender or known.mentions.book.genders.get(actor.id, gender) == gender


def _countries(known: Known, phrase: NounPhrase) -> set[str]:
    """The countries in a description: "the former *Nigerian* president", "… of *Liberia*"."""
    heads = [*phrase.modifiers, *(h for p, h in phrase.complements if p == "of")]
    found = (known.mentions.at(h) or known.mentions.place_at(h) for h in heads)
    return {a.country for m in found if m is not None for a in m.actors if a.country}


def _called(known: Known, phrase: NounPhrase, lemma: str) -> set[str]:
    """The persons whose title or apposition before has the noun: "Finance Minister X"."""
    found: set[str] = set()
    for mention in known.before(phrase):
        around = known.phrases.get(mention.head)
        if len(mention.actors) != 1 or around is None:
            continue
        heads = [*around.titles, *around.appositions]
        if mention.kind is MentionKind.ALIAS:
            heads.append(mention.head)
        for told in (known.phrases[h] for h in heads if h in known.phrases):
            bygone = {t.lower_ for t in known.doc.span(told.start, told.end)} & {"former", "ex"}
            title = known.lemma(told.head).removesuffix(".")
            if reference_words().short.get(title, title) == lemma and not bygone:
                found.add(mention.actors[0].id)
    return found


def _holds(known: Known, actor: Actor, role: RoleNoun | None, lemma: str, past: bool) -> bool:
    """Whether the tables have the person in the office on the day, or before it."""
    book, day = known.mentions.book, known.mentions.day
    wanted: set[str] = set()
    if role is not None and role.role.kind == "office":
        wanted = set(book.offices[role.role.target].tried)
        if role.role.target == "leader":
            wanted |= reference_words()["leading"]
    terms: list[Term] = []
    if past:
        terms = [t for t in book.terms.get(actor.id, ()) if day is None or not t.valid(day)]
    elif day is not None:
        terms = book.terms_on(actor.id, day)
    return any(t.office in wanted or (not wanted and t.office.endswith(lemma)) for t in terms)
