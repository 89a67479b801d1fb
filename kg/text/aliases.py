"""Other names of one actor in a document: acronyms, noms de guerre, parts of double names.

"the National Salvation Front (NSF) … the NSF"; "Mohamed Hamdan Dagalo, known as Hemedti";
"Jeanne Moreau-Dubois … Moreau-Dubois".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.statement import Actor, ActorType
from kg.text.candidates import is_local
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.names import key
from kg.text.parsed import Doc
from kg.text.reference import reference_words

_FAR = 12
"""Most tokens between a name and another that "known as" ties to it."""


def find_aliases(doc: Doc, mentions: Mentions) -> Iterator[ActorMention]:
    """The mentions that an introduced short form or another name gives to an actor."""
    introduced = dict(_acronyms(doc, mentions))
    for token in doc if introduced else ():
        actor = introduced.get(token.text)
        known = mentions.at(token.i)
        if actor is None or (known is not None and not _is_local(known)):
            continue
        reason = f"short for {actor.label}, introduced in the text"
        yield _alias(token.i, token.i, token.i + 1, actor, reason)
    same = {**_parts_of_names(mentions), **_renamed(doc, mentions)}
    for mention in mentions if same else ():
        actor = same.get(mention.actors[0].id)
        if actor is not None and len(mention.actors) == 1:
            reason = f"{mention.actors[0].label} is {actor.label}, as the text says"
            yield _alias(mention.head, mention.start, mention.end, actor, reason)


def _alias(head: int, start: int, end: int, actor: Actor, reason: str) -> ActorMention:
    return ActorMention(head, start, end, (actor,), 0.9, reason, MentionKind.ALIAS)


def _is_local(mention: ActorMention) -> bool:
    return is_local(mention.actors[0])


def _acronyms(doc: Doc, mentions: Mentions) -> Iterator[tuple[str, Actor]]:
    """Short forms in brackets after a name: "the National Salvation Front (NSF)"."""
    for mention in mentions:
        end = mention.end
        if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
            short = doc[end + 1].text
            if (
                re.fullmatch(r"[A-Z][A-Za-z.-]{1,7}", short)
                and sum(c.isupper() for c in short) > 1
                and len(mention.actors) == 1
                and _initials_fit(short, doc.span(mention.start, end).text)
            ):
                yield short, mention.actors[0]


def _initials_fit(short: str, name: str) -> bool:
    """Whether most capitals stand in the name in that order, or all begin its words."""
    capitals = [c for c in short if c.isupper()]
    if set(capitals) <= {word[0] for word in name.split()}:
        # "Russian Defence Ministry (MoD)"
        return True
    rest = name.upper()
    hits = 0
    for letter in capitals:
        at = rest.find(letter)
        if at >= 0:
            hits, rest = hits + 1, rest[at + 1 :]
    return hits * 2 > len(capitals)


def _renamed(doc: Doc, mentions: Mentions) -> dict[str, Actor]:
    """Node of a name that the text ties to another → the actor: "X, known as Y"."""
    found: dict[str, Actor] = {}
    named = [m for m in mentions if m.kind is MentionKind.NAME and len(m.actors) == 1]
    for first, second in pairwise(named):
        between = doc.span(first.end, second.start)
        if not 0 < len(between) <= _FAR or not _ties(between.text):
            continue
        one, other = first.actors[0], second.actors[0]
        if one.id == other.id or one.type is not other.type:
            continue
        if _is_local(second):
            found[other.id] = found.get(one.id, one)
        elif _is_local(first):
            # a name that only the text knows, tied to one of the tables
            found[one.id] = other
    return found


def _ties(words: str) -> bool:
    """Whether words between two names say that both are of one: ", also known as"."""
    said = re.findall(r"[^\W\d]+", words.casefold())
    cues, fillers = reference_words()["alias"], reference_words()["alias_fill"]
    return any(w in cues for w in said) and all(w in cues | fillers for w in said)


def _parts_of_names(mentions: Mentions) -> dict[str, Actor]:
    """Node of a name that is the end of just one longer name of the document → that one."""
    persons = {
        a.id: a for m in mentions for a in m.actors if a.type is ActorType.PERSON and a.label
    }
    pieces = {i: key(a.label).split() for i, a in persons.items()}
    found: dict[str, Actor] = {}
    for identity, words in pieces.items():
        if not is_local(persons[identity]):
            continue
        longer = [
            i for i, other in pieces.items() if len(other) > len(words) and _ends(other, words)
        ]
        if len(longer) == 1:
            found[identity] = persons[longer[0]]
    return found


def _ends(name: list[str], part: list[str]) -> bool:
    return name[-len(part) :] == part
