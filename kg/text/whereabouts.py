"""In which land something happens of which only what stands around it tells."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.statement import Actor
from kg.text.clauses import Clause, Link, Role
from kg.text.mentioned import MentionKind
from kg.text.scene import Scene
from kg.text.wordlists import listed

_NO_LANDS: frozenset[str] = frozenset()
# Those who come from a place are of it: "*garlic growers from Muan* rallied".
_WHERE = listed("at") | {"from", "through"}
# Where those go who act: "marched *on Islamabad*"; not "rioted over his deportation *to Chad*".
_WHITHER = {"on", "to", "into", "onto", "past", "towards", "toward"}
_TIMES = {"DATE", "TIME"}
# How many sentences back a land is still the one that is told of.
_BACK = 2


def told_land(
    scene: Scene,
    clause: Clause,
    but: Set[str] = _NO_LANDS,
    near: bool = False,
    placed: bool = False,
) -> Actor | None:
    """The state where a clause takes place, None where several are as near; never one of ``but``.

    The places of the clause tell it before those of its sentence, these before the people that
    the sentence names, then the land that the text is about, else those of the sentences before:
    "Lawmakers criticised *Seoul*. Some 3,000 growers rallied." Where the clause is at a place that
    nobody knows, nothing tells it. With ``near`` the clause's own sentence has to,
    with ``placed`` a place. Who acts upon ``but`` where several lands are as near is of the land
    where the text is dated: "NEW DELHI, June 15 - … *students* broke into the Chinese Embassy".
    """
    for lands in _ever_wider(scene, clause, near, placed):
        lands -= but
        if lands:
            land = next(iter(lands))
            if len(lands) > 1:
                dated = scene.mentions.scene_country
                land = dated if but and dated in lands else ""
            return scene.mentions.state(land)
    return None


def _ever_wider(scene: Scene, clause: Clause, near: bool, placed: bool) -> Iterator[set[str]]:
    doc, mentions = scene.doc, scene.mentions
    own = _places(scene, clause.start, clause.end)
    for argument in clause.obliques(*_WHITHER):
        place = scene.mentions.place_at(argument.head)
        own.update(a.country for a in (place.actors if place is not None else ()) if a.country)
    yield own
    if any(_is_unknown(scene, a.head) for a in clause.obliques(*_WHERE)):
        # "a crowd outside *Amir Kabir university*"
        return
    objects = (scene.phrases.get(argument.head) for argument in clause.of(Role.OBJECT))
    acted_upon = [phrase for phrase in objects if phrase is not None]
    number = doc.sentence_numbers[clause.head]
    # "were taken *when students stormed the embassy*" tells of another time and place
    near |= clause.link not in {Link.ROOT, Link.CONJUNCT}
    for back in range(1 if near else min(_BACK, number) + 1):
        if back == 1 and (where := mentions.main_country or mentions.scene_country):
            yield {where}
        around = doc.sents[number - back]
        yield _places(scene, around.start, around.end)
        if placed:
            continue
        named = mentions.between(around.start, around.end)
        lands = {
            a.country
            for m in named
            # "guerrillas kidnapped *three American contractors*", in another land
            if not any(phrase.start <= m.head < phrase.end for phrase in acted_upon)
            # "occupied the *San Marcos* university", wherever its name is from
            if m.kind is not MentionKind.PLACE and not _of_a_mission(scene, m.head)
            for a in m.actors
            if a.country and a.sector != "MED"
        }
        # who is named by the way does not outweigh the land that the whole text is about
        yield lands | {mentions.main_country} if lands and mentions.main_country else lands


def _places(scene: Scene, start: int, end: int) -> set[str]:
    """The lands of the places between two tokens at which something is said to be."""
    found: set[str] = set()
    for token in range(start, end):
        place = scene.mentions.place_at(token)
        if place is None or not _is_where(scene, token):
            continue
        land = scene.country(token)
        found.update(a.country for a in (land or place).actors if a.country)
    return found


def _is_where(scene: Scene, token: int) -> bool:
    """Whether something is at a place: "in *Lahore*", "outside *Lagos's* airport"."""
    head, phrase = token, scene.phrases.get(token)
    while phrase is not None and scene.doc[head].head.i != head:
        above = scene.doc[head].head.i
        # "at *the port of Durban*"
        named = phrase.preposition == "of" and scene.lemma(above) in listed("localities")
        if phrase.preposition and not named:
            break
        head, phrase = above, scene.phrases.get(above)
    return phrase is not None and phrase.preposition in _WHERE


def _is_unknown(scene: Scene, head: int) -> bool:
    """Whether a place has a name that nobody knows."""
    phrase = scene.phrases.get(head)
    words = (head,) if phrase is None else (head, *phrase.modifiers)
    names = [i for i in words if scene.doc[i].pos_ == "PROPN"]
    if scene.country(head) is not None or scene.doc[head].ent_type_ in _TIMES:
        return False
    known = (scene.mentions.covering(i) or scene.mentions.place_at(i) for i in names)
    return bool(names) and all(mention is None for mention in known)


def _of_a_mission(scene: Scene, head: int) -> bool:
    """Whether somebody is named for what he has elsewhere: "marched to the *U.S.* embassy"."""
    near = (head, scene.doc[head].head.i)
    missions = listed("of_others")
    return any(i in scene.phrases and not missions.isdisjoint(scene.lemmas(i)) for i in near)
