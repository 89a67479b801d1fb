"""Parts of a state by their noun alone: "the army", "the rebels", "police"."""

from __future__ import annotations

from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import Actor, ActorType
from kg.text.known import REACH, Known, description
from kg.text.mentioned import ActorMention
from kg.text.phrases import NounPhrase
from kg.text.reference import reference_words
from kg.text.roles import RoleNoun


@lru_cache(maxsize=1)
def bare_organs() -> frozenset[str]:
    """Role words that take up a state's organ with "the" alone: "the army"."""
    path = resource_path("actors") / "descriptions.csv"
    rows = read_csv(path, ("word", "types"))
    return frozenset(r["word"] for _, r in rows if r["types"] == "organ")


def unnamed(known: Known, phrase: NounPhrase, role: RoleNoun | None) -> ActorMention | None:
    """Plurals without an article, of the one country around: "Security forces shot five"."""
    doc = known.doc
    if doc[phrase.head].tag_ != "NNS" and doc[phrase.head].lower_ != "police":
        return None
    if role is not None and role.role.target in reference_words()["armed"]:
        # "right-wing militias": others than those named before
        own = range(role.start, role.end)
        if any(m not in own and doc[m].pos_ != "NUM" for m in phrase.modifiers):
            return None
    acts = known.is_subject(phrase.head) or phrase.preposition == "by"
    if role is not None and role.role.target == "MIL" and not acts:
        # "asked NATO to send ground troops"
        return None
    around = doc[phrase.head].sent
    after = known.mentions.between(around.start, around.end)
    return organ(known, phrase, role, [*known.near(phrase, 1), *after])


def organ(
    known: Known, phrase: NounPhrase, role: RoleNoun | None, before: list[ActorMention]
) -> ActorMention | None:
    """The organ named before, else that of the only state spoken of."""
    if role is None or role.role.kind != "organ" or role.words not in bare_organs():
        return None
    mentions, suffix = known.mentions, "-" + role.role.target
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
    for chosen in (recent, same):
        if len(chosen) == 1:
            actor = next(iter(chosen.values()))
            people = known.doc[phrase.head].tag_ == "NNS"
            if main is not None and actor.country != main.country and not people:
                # "the government" in a report about one country is that country's
                actor = mentions.book.organ_actor(main, role.role.target)
                return description(phrase, actor, 0.65, f"of {main.label}, which this is about")
            return description(phrase, actor, 0.75, f"{actor.label}, named before")
    if same or role.role.target in reference_words()["anonymous"]:
        return None
    if role.role.target == "REB":
        # "the Rwandan Patriotic Front … the rebels"
        groups = {a.id: a for m in close for a in m.actors if _is_armed(a)}
        reason = "the armed group named before"
        only = next(iter(groups.values())) if len(groups) == 1 else None
        return description(phrase, only, 0.7, reason) if only is not None else None
    countries = {a.country for m in close for a in m.actors if a.country}
    if main is not None and len(countries) > 1:
        # "Critics accused the police in Lima. *The government* denied it", in a report on Peru
        last = [m for m in close if here - known.sentence[m.head] <= 1]
        countries = {a.country for m in last for a in m.actors if a.country}
    state = mentions.book.state(next(iter(countries))) if len(countries) == 1 else None
    if state is None or mentions.main_country != state.country:
        return None
    actor = mentions.book.organ_actor(state, role.role.target)
    return description(phrase, actor, 0.65, f"of {state.label}, the only state spoken of")


def _is_armed(actor: Actor) -> bool:
    body = actor.type is not ActorType.PERSON
    return actor.type is ActorType.ARMED_GROUP or (body and actor.sector == "REB")
