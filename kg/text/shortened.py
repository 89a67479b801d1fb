"""Organisations by the last word of their name: "the International Criminal Court … *the Court*,
*Court officials*, *the judges*"; "the UN stabilisation mission, MINUSMA … *the Mission*".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor, ActorType
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.roles import role_noun

_BODIES = {ActorType.INTERGOVERNMENTAL, ActorType.ORGANIZATION}
# Who acts for a body, by the last word of its name.
_PEOPLE = {
    "judge": ("court", "tribunal"),
    "prosecutor": ("court", "tribunal"),
    "inspector": ("agency",),
    "peacekeeper": ("mission", "force"),
}
# One word of a name, and the text says nowhere that it is short for it.
_SHORT = 0.75


def find_short_forms(
    doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions
) -> Iterator[ActorMention]:
    """What takes up an organisation by one capitalised word, if just one fits the word."""
    bodies: dict[str, set[Actor]] = {}
    first: dict[str, int] = {}
    for mention in mentions:
        if len(mention.actors) != 1 or mention.actors[0].type not in _BODIES:
            continue
        for word in _last_words(doc, phrases, mention):
            bodies.setdefault(word, set()).add(mention.actors[0])
            first.setdefault(word, mention.end)
    clear = {word: next(iter(actors)) for word, actors in bodies.items() if len(actors) == 1}
    if not clear:
        return
    for head, phrase in phrases.items():
        if mentions.at(head) is not None:
            continue
        word = doc[head].text
        if phrase.determiner == "the" and _takes_up(word, clear) and head >= first[word.lower()]:
            if not phrase.modifiers:
                # "gives *the Mission* until December"
                yield _short(phrase, clear[word.lower()], word)
            continue
        whose = _PEOPLE.get(doc[head].lemma_.lower(), ())
        if whose and phrase.determiner == "the" and not (phrase.modifiers or phrase.complements):
            # "*the judges* later found that …"
            found = [w for w in whose if w in clear and head >= first[w]]
            if len({clear[w] for w in found}) == 1:
                yield _short(phrase, clear[found[0]], doc[head].text)
            continue
        for modifier in phrase.modifiers[:1]:
            word = doc[modifier].text
            if not _takes_up(word, clear) or modifier < first[word.lower()]:
                continue
            role = role_noun(doc, phrase, mentions.book)
            if modifier == head - 1 and role is not None and role.role.kind == "organ":
                # "*Court officials* reminded Budapest of its duty"
                yield _short(phrase, clear[word.lower()], word)


def _last_words(doc: Doc, phrases: dict[int, NounPhrase], mention: ActorMention) -> Iterator[str]:
    """The last word of a name of several, and the noun that a name is apposed to."""
    if mention.kind is MentionKind.ROLE:
        # "the UN stabilisation *mission*"
        yield doc[mention.head].lower_
    named = mention.kind is MentionKind.NAME
    if named and mention.end - mention.start > 1 and doc[mention.end - 1].text[:1].isupper():
        yield doc[mention.end - 1].lower_
    outer = phrases.get(doc[mention.head].head.i)
    if named and outer is not None and mention.head in outer.appositions:
        yield doc[outer.head].lower_


def _takes_up(word: str, clear: dict[str, Actor]) -> bool:
    return word[:1].isupper() and not word.isupper() and word.lower() in clear


def _short(phrase: NounPhrase, actor: Actor, word: str) -> ActorMention:
    reason = f"'{word}' is short for {actor.label}, named in the document"
    kind = MentionKind.DESCRIPTION
    return ActorMention(phrase.head, phrase.start, phrase.end, (actor,), _SHORT, reason, kind)
