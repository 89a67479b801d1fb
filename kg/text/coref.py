"""Coreference: what acronyms, short names, descriptions and pronouns take up.

Precision before recall: what could be two actors stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from kg.statement import Actor
from kg.text.clauses import Clauses
from kg.text.descriptions import find_descriptions
from kg.text.groups import find_crowds, find_juntas, find_others, find_pairs
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parts import part
from kg.text.phrases import NounPhrase
from kg.text.pronouns import Answer, PronounFinder
from kg.text.quotes import Reports
from kg.text.roles import role_noun
from kg.text.voices import Voices, first_person


def resolve(
    doc: Doc,
    phrases: dict[int, NounPhrase],
    clauses: Clauses,
    mentions: Mentions,
    reports: Reports,
) -> Mentions:
    """The mentions, and what refers back to them: acronyms, descriptions, pronouns."""
    mentions = mentions.with_added(_acronyms(doc, mentions))
    mentions = mentions.with_added(find_crowds(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_juntas(doc, phrases, mentions))
    mentions = mentions.with_added(find_descriptions(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_pairs(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_others(doc, phrases, clauses, mentions))
    finder = PronounFinder(doc, phrases, clauses, mentions, reports)
    mentions = mentions.with_added(_third_person(doc, finder.run(), mentions))
    # "He and Haftar met. The pair …"
    mentions = mentions.with_added(find_descriptions(doc, phrases, clauses, mentions))
    voices = Voices(doc, phrases, mentions, reports)
    mentions = mentions.with_added(first_person(doc, voices, mentions))
    return mentions.with_added(_owned(doc, phrases, mentions))


def _owned(doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions) -> Iterator[ActorMention]:
    """Role phrases whose owner is a pronoun: "his country", "its troops", "our government"."""
    for head, phrase in phrases.items():
        owner = mentions.at(phrase.possessor) if phrase.possessor is not None else None
        if owner is None or owner.kind is not MentionKind.PRONOUN or mentions.at(head) is not None:
            continue
        role = role_noun(doc, phrase, mentions.book)
        if role is None or role.role.kind == "member":
            continue
        parts = (part(mentions.book, a, role, mentions.day) for a in owner.actors)
        actors = tuple(dict.fromkeys(a for a in parts if a is not None))
        if actors:
            words = " and ".join(a.label for a in owner.actors)
            yield ActorMention(
                head,
                phrase.start,
                phrase.end,
                actors,
                round(0.9 * owner.score, 3),
                f"'{role.words}' of {words}",
                MentionKind.ROLE,
            )


def _acronyms(doc: Doc, mentions: Mentions) -> Iterator[ActorMention]:
    """Short forms in brackets after a name: "the National Salvation Front (NSF) … the NSF"."""
    introduced: dict[str, Actor] = {}
    for mention in mentions:
        end = mention.end
        if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
            short = doc[end + 1].text
            if (
                re.fullmatch(r"[A-Z][A-Za-z.-]{1,7}", short)
                and sum(c.isupper() for c in short) > 1
                and len(mention.actors) == 1
                and _initials_fit(short, doc[mention.start : end].text)
            ):
                introduced[short] = mention.actors[0]
    for token in doc if introduced else ():
        actor = introduced.get(token.text)
        known = mentions.at(token.i)
        if actor is None or (known is not None and not known.actors[0].id.startswith("local:")):
            continue
        yield ActorMention(
            token.i,
            token.i,
            token.i + 1,
            (actor,),
            0.9,
            f"short for {actor.label}, introduced in the text",
            MentionKind.ALIAS,
        )


def _initials_fit(short: str, name: str) -> bool:
    """Whether the first letter agrees, and most capitals stand in the name in that order."""
    capitals = [c for c in short if c.isupper()]
    rest = name.upper()
    hits = 0
    for letter in capitals:
        at = rest.find(letter)
        if at >= 0:
            hits, rest = hits + 1, rest[at + 1 :]
    return hits * 2 > len(capitals)


def _third_person(
    doc: Doc, answers: dict[int, Answer], mentions: Mentions
) -> Iterator[ActorMention]:
    for pronoun, answer in answers.items():
        found = [m for h in answer.heads if (m := mentions.at(h)) is not None]
        if not found and len(answer.heads) == 1:
            # "Gen Tchiani … the new leader … he"
            found = [m for h in answer.others if (m := mentions.at(h)) is not None][:1]
        if len(found) < len(answer.heads):
            continue
        actors = tuple(dict.fromkeys(a for m in found for a in m.actors))
        words = " and ".join(a.label for a in actors)
        score = answer.score * min(m.score for m in found)
        yield ActorMention(
            pronoun,
            pronoun,
            pronoun + 1,
            actors,
            round(score, 3),
            f"'{doc[pronoun].text}' stands for {words}",
            MentionKind.PRONOUN,
        )
