"""Coreference: what acronyms, short names, descriptions and pronouns take up.

Precision before recall: what could be two actors stays open.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.aliases import find_aliases
from kg.text.belonging import find_belonging
from kg.text.captives import find_captives
from kg.text.clauses import Clauses
from kg.text.descriptions import find_descriptions
from kg.text.groups import find_crowds, find_juntas, find_others, find_pairs
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.nationals import find_at_home, find_commissioners, find_owned_people
from kg.text.parsed import Doc
from kg.text.parts import part
from kg.text.phrases import NounPhrase
from kg.text.pronouns import Answer, PronounFinder
from kg.text.quotes import Reports
from kg.text.reciprocals import find_reciprocals
from kg.text.roles import owns_by_place, role_noun
from kg.text.shortened import find_short_forms
from kg.text.unlisted import find_unlisted
from kg.text.vessels import find_warships
from kg.text.voices import Voices, first_person, second_person

_REFERRING = {MentionKind.PRONOUN, MentionKind.DESCRIPTION, MentionKind.COLLECTIVE}


def resolve(
    doc: Doc,
    phrases: dict[int, NounPhrase],
    clauses: Clauses,
    mentions: Mentions,
    reports: Reports,
) -> Mentions:
    """The mentions, and what refers back to them: acronyms, descriptions, pronouns."""
    mentions = told_by_rules(doc, phrases, clauses, mentions)
    mentions = mentions.with_added(find_belonging(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_pairs(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_others(doc, phrases, clauses, mentions))
    finder = PronounFinder(doc, phrases, clauses, mentions, reports)
    mentions = mentions.with_added(_third_person(doc, finder.run(), mentions))
    mentions = mentions.with_added(find_owned_people(doc, phrases, mentions))
    # "He and Haftar met. The pair …"
    mentions = mentions.with_added(find_descriptions(doc, phrases, clauses, mentions))
    voices = Voices(doc, phrases, mentions, reports)
    mentions = mentions.with_added(first_person(doc, voices, mentions))
    mentions = mentions.with_added(second_person(doc, voices, mentions))
    mentions = mentions.with_added(find_reciprocals(doc, clauses, mentions))
    return mentions.with_added(_owned(doc, phrases, mentions))


def told_by_rules(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Mentions:
    """The mentions with what rules tell of names, crowds and descriptions, pronouns left out."""
    mentions = mentions.with_added(find_at_home(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_commissioners(doc, phrases, mentions))
    mentions = mentions.with_added(find_captives(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_unlisted(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_aliases(doc, mentions))
    mentions = mentions.with_added(find_warships(doc, mentions))
    mentions = mentions.with_added(find_short_forms(doc, phrases, mentions))
    mentions = mentions.with_added(find_crowds(doc, phrases, clauses, mentions))
    mentions = mentions.with_added(find_juntas(doc, phrases, mentions))
    return mentions.with_added(find_descriptions(doc, phrases, clauses, mentions))


def _owned(doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions) -> Iterator[ActorMention]:
    """Role phrases whose owner was only found now.

    "his country", "its troops", "our government", "envoys *of the two governments*", "*the
    kingdom's* foreign minister", "police *in the Peruvian capital*".
    """
    for head, phrase in phrases.items():
        if mentions.at(head) is not None or phrase.appositions:
            continue
        named = [phrase.possessor] if phrase.possessor is not None else []
        role = role_noun(doc, phrase, mentions.book)
        if role is None or role.role.kind == "member":
            continue
        if not named:
            named = [h for p, h in phrase.complements if owns_by_place(role, p, mentions.book)]
            named = [h for h in named if h >= role.end - 1]
        owners = [m for h in named if (m := mentions.at(h)) is not None and m.kind in _REFERRING]
        owner = owners[0] if owners else None
        if owner is None or (phrase.possessor is None and owner.kind is MentionKind.PRONOUN):
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
