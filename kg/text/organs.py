"""Parts of a state by their noun alone: "the army", "the rebels", "police"."""

from __future__ import annotations

from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import Actor, ActorType
from kg.text.book import NameKind
from kg.text.clauses import Kind, Role
from kg.text.institutions import land_in_front, land_of_institution
from kg.text.known import REACH, Known, description
from kg.text.mentioned import ActorMention, MentionKind
from kg.text.phrases import NounPhrase
from kg.text.reference import reference_words
from kg.text.roles import RoleNoun, person_nouns
from kg.text.wordlists import listed

_MINISTRY = "ministry"
_FORCES = {"MIL", "police"}
# How sure an organ is that is of the only state spoken of, for want of a better ground.
_ONLY_STATE = 0.65
_OFFICIALS = {"lawmaker", "legislator", "prosecutor", "judge"}


@lru_cache(maxsize=1)
def bare_organs() -> frozenset[str]:
    """Role words that take up a state's organ with "the" alone: "the army"."""
    path = resource_path("actors") / "descriptions.csv"
    rows = read_csv(path, ("word", "types"))
    return frozenset(r["word"] for _, r in rows if r["types"] == "organ")


def unnamed(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Plurals without an article, of the one country around: "Security forces shot five"."""
    doc = known.doc
    if role is not None and role.role.target == "JUD" and phrase.determiner == "a":
        # "*A court* sentenced twelve opponents to death"
        rules = known.is_subject(phrase.head) and role.words in bare_organs() | {"court"}
        main = known.mentions.book.state(known.mentions.main_country)
        around = doc[phrase.head].sent
        near = [*known.near(phrase, 1), *known.mentions.between(around.start, around.end)]
        countries = {a.country for m in near for a in m.actors if a.country and a.sector != "MED"}
        if rules and main is not None and countries == {main.country}:
            actor = known.mentions.book.organ_actor(main, "JUD")
            return description(phrase, actor, 0.65, f"of {main.label}, the only state spoken of")
        return None
    if doc[phrase.head].tag_ != "NNS" and doc[phrase.head].lower_ != "police":
        return None
    if role is not None and role.role.target in {*reference_words()["armed"], "MIL"}:
        # "right-wing militias", "unmarked soldiers": others than those named before
        own = range(role.start, role.end)
        others = (m for m in phrase.modifiers if m not in own and doc[m].pos_ != "NUM")
        if any(doc[m].lower_ not in listed("at_arms") for m in others):
            return None
    behind = doc.span(phrase.head + 1, phrase.head + 2)
    if any(t.lower_ in listed("tied") for t in behind):
        # "mobs *loyal* to Gbagbo", "rebels *backed* by Rwanda"
        return None
    peoples = (doc[m] for m in phrase.modifiers if doc[m].ent_type_ == "NORP")
    if any(token.lower_ not in listed("at_arms") for token in peoples):
        # "*Congolese* refugees", of one of two states; but "*Islamist* rebels"
        return None
    # "clashes *between demonstrators and security forces*"
    acts = known.is_subject(phrase.head) or phrase.preposition in {"by", "between"}
    # "called *on security forces* to show restraint"
    acts |= phrase.preposition == "on" and known.lemma(doc[phrase.head].head.i) == "call"
    if role is not None and role.role.target == "MIL" and not acts:
        # "asked NATO to send ground troops"
        return None
    around = doc[phrase.head].sent
    after = known.mentions.between(around.start, around.end)
    found = organ(known, phrase, role, [*known.near(phrase, 1), *after])
    if not acts or (found is not None and found.score > _ONLY_STATE):
        return found
    # "*Gunmen* near Gao wounded three Senegalese": of the place before the people named
    return _of_the_scene(known, phrase, role) or found


def present(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Forces that act and have the article alone: "four were killed as *the police* fired"."""
    if phrase.determiner != "the" or phrase.complements or phrase.possessor is not None:
        return None
    if role is None or role.role.target not in _FORCES or role.words not in bare_organs():
        return None
    acts = known.is_subject(phrase.head) or phrase.preposition in {"by", "between"}
    return _of_the_scene(known, phrase, role) if acts else None


def _of_the_scene(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Forces and crowds of the land where all that is told so far takes place.

    "Shops stayed shut in Karachi and Quetta as Powell landed in Islamabad. *Police* beat youths."
    """
    if role is None or role.role.kind != "organ" or role.role.target not in listed("on_scene"):
        return None
    craft = role.role.target == "MIL" and known.lemma(phrase.head) not in listed("at_war")
    if craft and all(known.doc[m].lower_ not in listed("of_state") for m in phrase.modifiers):
        # "federal *jets*": of whichever side; but "government *helicopters*"
        return None
    if phrase.complements and any(known.mentions.at(h) for _, h in phrase.complements):
        # "guards *at the Israeli consulate*"
        return None
    own = range(role.start, role.end)
    others = (known.doc[m] for m in phrase.modifiers if m not in own)
    if any(t.pos_ != "NUM" and t.lower_ not in listed("at_arms") for t in others):
        # "*federal* jets", "*Taliban* fighters"
        return None
    land = _scene_of(known, phrase)
    state = known.mentions.state(land) if land is not None else None
    main = known.mentions.main_country
    if state is None or (main not in {None, land} and state not in set(known.mentions.actors())):
        # "army jets bombed *the Yarmouk district*", in a report on Sudan: no town of Syria's
        return None
    actor = known.mentions.book.organ_actor(state, role.role.target)
    return description(phrase, actor, 0.6, f"of {state.label}, where all this happens")


def _scene_of(known: Known, phrase: NounPhrase) -> str | None:
    """The one country of the places at which something is said to be, this sentence's first.

    Before all, the place that those who act are told to act upon or in: "*rebels* captured Birao",
    "in Ghouta, where *government jets* struck".
    """
    doc, number = known.doc, known.sentence[phrase.head]
    clause = known.clauses.at(doc[phrase.head].head.i)
    if clause is not None and clause.kind is Kind.VERBAL:
        own = (*clause.of(Role.OBJECT), *clause.obliques("in", "at", "near", "into", "on"))
        named = [known.mentions.place_at(argument.head) for argument in own]
        phrases = [p for a in own if (p := known.phrases.get(a.head)) is not None]
        # "stormed *its Quito embassy*", not "the *Mexican* embassy"
        towns = [known.mentions.place_at(m) for p in phrases for m in p.modifiers]
        named += [t for t in towns if t is not None and t.actors[0].type is ActorType.PLACE]
        upon = {place.actors[0].country for place in named if place is not None}
        if len(upon) == 1:
            return next(iter(upon))
    for sentence in (number, number - 1):
        if sentence < 0:
            continue
        around = doc.sents[sentence]
        lands: set[str | None] = set()
        for i in range(around.start, around.end):
            place = known.mentions.place_at(i)
            if place is not None and _at_place(known, i) and not _of_a_source(known, i):
                lands.add(place.actors[0].country)
        if lands:
            return next(iter(lands)) if len(lands) == 1 else None
    return None


def _of_a_source(known: Known, token: int) -> bool:
    """Whether a place only says where somebody speaks: "*a source in Harare* said"."""
    above = known.doc[token].head
    if above.pos_ in {"NOUN", "PROPN"} and known.is_subject(above.i):
        return True
    while above.pos_ in {"NOUN", "PROPN"} and above.head is not above:
        above = above.head
    # "told the council *in Geneva* that …"
    return above.lemma_.lower() in listed("saying")


def _at_place(known: Known, token: int) -> bool:
    """Whether something is at a place: "in *Karachi*", "outside *Lagos's* airport"."""
    phrase = known.phrases.get(token)
    head = token
    while phrase is not None and phrase.preposition == "" and head != known.doc[head].head.i:
        # "in *Tehran's* Jaleh Square", "in the town of *Naivasha*"
        head = known.doc[head].head.i
        phrase = known.phrases.get(head)
    return phrase is not None and phrase.preposition in listed("at")


def organ(
    known: Known, phrase: NounPhrase, role: RoleNoun | None, before: list[ActorMention]
) -> ActorMention | None:
    """The organ named before, else that of the only state spoken of."""
    if role is None or role.role.kind != "organ" or role.words not in bare_organs():
        return None
    leader = _leader(known, phrase, role)
    if leader is not None:
        return _led_by(known, phrase, role, leader)
    if (
        phrase.determiner == "the"
        and known.doc[phrase.head].tag_ == "NN"
        and (known.lemma(phrase.head) in person_nouns())
    ):
        # "*the judge*" is one person, "judges" are their court
        return None
    mentions, suffix = known.mentions, "-" + role.role.target
    seat = _seat(known, phrase, role) or land_in_front(known, phrase, role)
    if seat is not None:
        actor = mentions.book.organ_actor(seat, role.role.target)
        return description(phrase, actor, 0.75, f"of {seat.label}, where it sits")
    if role.words == _MINISTRY:
        # "China's commerce ministry … *the ministry*": the one spoken of last
        before_it = (m for m in reversed(before) if known.lemma(m.head) == _MINISTRY)
        last = next((m for m in before_it if len(m.actors) == 1), None)
        if last is None:
            return None
        return description(phrase, last.actors[0], 0.75, f"{last.actors[0].label}, named before")
    if role.words in _OFFICIALS and phrase.determiner != "":
        # "*Prosecutors* charged him", but "the judge" is some person
        return None
    # "the government" takes up a government, not "American diplomats"
    strict = role.role.target == "GOV"
    same = {
        a.id: a
        for m in before
        if not strict or known.lemma(m.head) in bare_organs()
        for a in m.actors
        if a.id.startswith("kg:") and a.id.endswith(suffix)
    }
    here = known.sentence[phrase.head]
    close = [m for m in before if here - known.sentence[m.head] <= REACH]
    recent = {a.id: a for m in close for a in m.actors if a.id in same}
    main = mentions.book.state(mentions.main_country)
    # those who flee are of another land than the one they are in: "Germany took in *refugees*"
    bare = phrase.determiner == "" and role.role.target != "refugees"
    here_at = _place_of_sentence(known, phrase) if bare else None
    state = (
        mentions.state(here_at) if here_at is not None and _alone(known, phrase, here_at) else None
    )
    if state is not None:
        # "… near Arbinda, whom *soldiers* freed": of Burkina Faso, though France's were told of
        actor = mentions.book.organ_actor(state, role.role.target)
        return description(phrase, actor, 0.65, f"of {state.label}, where it happens")
    # "the junta" is the one called so before, not "Mali's government"
    noun = known.lemma(phrase.head)
    called = {a.id: a for m in before if known.lemma(m.head) == noun for a in m.actors}
    called = {i: a for i, a in called.items() if i in same}
    for chosen in (called, recent, same):
        if len(chosen) == 1:
            actor = next(iter(chosen.values()))
            people = known.doc[phrase.head].tag_ == "NNS"
            home = main
            if main is None and role.words in listed("institution") and actor.id not in called:
                # "French paratroopers landed. *The army* …": of the land told of most
                home = mentions.state(mentions.leading_country or "")
            if home is not None and actor.country != home.country and not people:
                # "the government" in a report about one country is that country's
                actor = mentions.book.organ_actor(home, role.role.target)
                return description(phrase, actor, 0.65, f"of {home.label}, which this is about")
            return description(phrase, actor, 0.75, f"{actor.label}, named before")
    if same or role.role.target in reference_words()["anonymous"]:
        return None
    lead = land_of_institution(known, phrase, role)
    if lead is not None:
        actor = mentions.book.organ_actor(lead, role.role.target)
        return description(phrase, actor, 0.65, f"of {lead.label}, of which most is told")
    if role.role.target == "REB":
        # "the Rwandan Patriotic Front … the rebels"
        groups = {a.id: a for m in close for a in m.actors if _is_armed(a)}
        reason = "the armed group named before"
        only = next(iter(groups.values())) if len(groups) == 1 else None
        if (
            only is None
            and main
            and groups
            and all(a.country == main.country for a in groups.values())
        ):
            # "Taylor's front and Johnson's faction … *the rebels*"
            only, reason = mentions.book.organ_actor(main, "REB"), f"those of {main.label}"
        return description(phrase, only, 0.7, reason) if only is not None else None
    # "MINSK (AP) - *Police* detained …": not of the agency's country
    countries = {a.country for m in close for a in m.actors if a.country and a.sector != "MED"}
    if main is not None and len(countries) > 1:
        # "Critics accused the police in Lima. *The government* denied it", in a report on Peru
        lately = [m for m in close if here - known.sentence[m.head] <= 1]
        countries = {a.country for m in lately for a in m.actors if a.country}
    if not countries and (known.is_subject(phrase.head) or phrase.preposition == "between"):
        # "*The army* seized power in Myanmar", with nobody named before
        here_at = _place_of_sentence(known, phrase)
        countries = {here_at} if here_at is not None else set()
    state = mentions.book.state(next(iter(countries))) if len(countries) == 1 else None
    if main is None and len(countries) > 1 and role.words.endswith(f" {_MINISTRY}"):
        # "BEIJING (Reuters) - China hit back at Washington. *The commerce ministry* said …"
        home = mentions.book.state(mentions.dateline_country)
        if home is not None and home.country in countries:
            actor = mentions.book.organ_actor(home, role.role.target)
            return description(phrase, actor, 0.65, f"of {home.label}, where this is told")
    if state is None or mentions.main_country != state.country:
        return None
    actor = mentions.book.organ_actor(state, role.role.target)
    return description(phrase, actor, 0.65, f"of {state.label}, the only state spoken of")


def _leader(known: Known, phrase: NounPhrase, role: RoleNoun) -> int | None:
    """The name of whom a government is called after: "the *Barre* government"."""
    if role.role.target != "GOV":
        return None
    doc, own = known.doc, range(role.start, role.end)
    names = (m for m in phrase.modifiers if m not in own and doc[m].pos_ == "PROPN")
    # not "the *Labour* government"; parsers take "the *Biden* administration" for a firm's
    found = [m for m in names if doc[m].ent_type_ in {"PERSON", "ORG"}]
    return found[-1] if found and (_bearer(known, found[-1]) or _is_person(known, found)) else None


def _is_person(known: Known, names: list[int]) -> bool:
    return all(known.doc[name].ent_type_ == "PERSON" for name in names)


def _bearer(known: Known, name: int) -> Actor | None:
    """Who has a family name: the one so called in the document, else who then held office."""
    word = known.doc[name].lower_
    persons = (a for m in known.mentions for a in m.actors if a.type is ActorType.PERSON)
    alike = {a.id: a for a in persons if a.country and a.label.split()[-1].lower() == word}
    if len(alike) == 1:
        return next(iter(alike.values()))
    book, day = known.mentions.book, known.mentions.day
    named = [n for n in book.names.get(word, ()) if n.kind is NameKind.SHORT]
    ruling = {
        n.actor
        for n in named
        if day is not None and any(t.valid(day) for t in book.terms.get(n.actor, ()))
    }
    return book.actors[ruling.pop()] if len(ruling) == 1 else None


def _led_by(known: Known, phrase: NounPhrase, role: RoleNoun, leader: int) -> ActorMention | None:
    """The government of the land of whom it is called after; nobody's where he is unknown."""
    person = _bearer(known, leader)
    state = known.mentions.state(person.country or "") if person is not None else None
    if person is None or state is None:
        return None
    actor = known.mentions.book.organ_actor(state, role.role.target)
    return description(phrase, actor, 0.75, f"{role.words} of {person.label}")


def _alone(known: Known, phrase: NounPhrase, country: str | None) -> bool:
    """Whether a sentence names nobody of another country than the one where it happens."""
    around = known.doc[phrase.head].sent
    named = known.mentions.between(around.start, around.end)
    return all(a.country in {country, None} for m in named for a in m.actors)


def _place_of_sentence(known: Known, phrase: NounPhrase) -> str | None:
    """The country of all places that the sentence of a phrase names."""
    around, mentions = known.doc[phrase.head].sent, known.mentions
    found = {
        place.actors[0].country
        for i in range(around.start, around.end)
        if (place := mentions.place_at(i)) is not None
        # "ringed the *Brazilian* embassy"
        and ((named := mentions.at(i)) is None or named.kind is not MentionKind.DEMONYM)
    }
    return next(iter(found)) if len(found) == 1 else None


def _seat(known: Known, phrase: NounPhrase, role: RoleNoun) -> Actor | None:
    """The state where an institution sits: "summoned to *the foreign ministry in Berlin*".

    Trees often hang the place on the verb.
    """
    doc, end = known.doc, phrase.end
    if role.words.split()[-1] not in listed("seated") or end + 1 >= len(doc):
        return None
    place = known.mentions.place_at(end + 1) if doc[end].lower_ == "in" else None
    return known.mentions.state(place.actors[0].country or "") if place is not None else None


def _is_armed(actor: Actor) -> bool:
    body = actor.type is not ActorType.PERSON
    return actor.type is ActorType.ARMED_GROUP or (body and actor.sector == "REB")
