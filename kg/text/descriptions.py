"""Definite descriptions: "the president", "the group", "the two countries", "the army".

``collectives``, ``holders``, ``organs`` and ``typed`` know the kinds; here they are tried in turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.bygone import bygone_holder
from kg.text.clauses import Clauses
from kg.text.collectives import collective
from kg.text.holders import described, holder, past_holder
from kg.text.known import Known
from kg.text.mentioned import ActorMention, Mentions
from kg.text.organs import organ, present, unnamed
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.ranked import ranked
from kg.text.roles import role_noun
from kg.text.typed import capital_of, limiting, named_after, typed
from kg.text.wordlists import listed

_DEFINITE = {"the", "this", "that", "these", "those"}


def find_descriptions(
    doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
) -> Iterator[ActorMention]:
    """The phrases that take up actors named before them, in text order."""
    known = Known.of(doc, phrases, clauses, mentions)
    for head, phrase in phrases.items():
        if mentions.at(head) is not None or phrase.pronoun:
            continue
        if doc[head].pos_ == "PROPN":
            # "the Supreme Court", with capitals and without a country
            found = _named_organ(known, phrase) or _titled(known, phrase)
            found = found or _without_article(known, phrase)
            if found is not None:
                known.add(found)
                yield found
            continue
        found = collective(known, phrase) or ranked(known, phrase) or _single(known, phrase)
        found = found or bygone_holder(known, phrase)
        if found is not None:
            known.add(found)
            yield found


def _named_organ(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """A part of the state called by two words or more: "the National Guard", not "the Court"."""
    if phrase.determiner != "the" or phrase.possessor is not None or phrase.complements:
        return None
    role = role_noun(known.doc, phrase, known.mentions.book)
    if role is None or role.end - role.start < 2:
        return None
    before = (known.doc[m] for m in phrase.modifiers if not role.start <= m < role.end)
    if any(token.pos_ in {"PROPN", "ADJ", "NOUN"} for token in before):
        # "the Federal Supreme Court", "the Texas National Guard"
        return None
    return organ(known, phrase, role, known.before(phrase))


def _without_article(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """An institution that needs no article: "*Parliament* appealed to Romania"."""
    if phrase.determiner or phrase.modifiers or phrase.complements or phrase.possessor is not None:
        return None
    if known.lemma(phrase.head) not in listed("articleless"):
        return None
    if phrase.titles or phrase.appositions or phrase.conjuncts or phrase.number == "plur":
        return None
    role = role_noun(known.doc, phrase, known.mentions.book)
    return organ(known, phrase, role, known.before(phrase))


def _titled(known: Known, phrase: NounPhrase) -> ActorMention | None:
    """Who holds an office written with capitals: "*The Prime Minister* thanked Kenya"."""
    if phrase.determiner != "the" or phrase.possessor is not None or phrase.complements:
        return None
    if phrase.appositions or phrase.titles or phrase.number == "plur":
        return None
    role = role_noun(known.doc, phrase, known.mentions.book)
    if role is None or role.role.kind != "office" or role.former:
        return None
    # "the Kenyan President" is found by its state, "the Lord President" is no head of state
    own = range(role.start, role.end)
    if any(i not in own for i in range(phrase.start + 1, phrase.head + 1)):
        return None
    return holder(known, phrase, role)


def _single(known: Known, phrase: NounPhrase) -> ActorMention | None:
    doc = known.doc
    named = capital_of(known, phrase) or named_after(known, phrase)
    if named is not None:
        return named
    bare = phrase.determiner == "" and doc[phrase.head].tag_ in {"NNS", "NN"}
    # "*A court* jailed three editors"
    bare |= phrase.determiner == "a" and doc[phrase.head].lower_ == "court"
    if (phrase.determiner not in _DEFINITE and not bare) or phrase.possessor is not None:
        return None
    role = role_noun(doc, phrase, known.mentions.book)
    plural = phrase.number == "plur" or doc[phrase.head].tag_ == "NNS"
    if not bare and not plural and not _is_aside(known, phrase):
        past = past_holder(known, phrase, role)
        if past is not None:
            # "the former Nigerian president", whom the country alone does not tell
            return past
    if any(_owns(known, i) for i in range(phrase.start, phrase.head)):
        # "Kurdish protesters": somebody's already; but "the Gulf monarchy"
        return None
    whole = role is not None and role.end > phrase.head + 1
    inside = [h for p, h in phrase.complements if p in {"of", "for"}]
    if bare and inside and all(known.lemma(h) in listed("corps") for h in inside):
        # "*Soldiers of the presidential guard* in Niamey held him"
        inside = [h for h in inside if _names(known, h)]
    if inside and not whole:
        # "the president of the club", but "the secretary of state"
        return None
    if role is not None and role.role.target == "JUD" and phrase.complements:
        # "the court in Minsk"; but "*the court in The Hague*", named before, is of no state
        at_seat = any(doc[h].lower_ in listed("court_seat") for _, h in phrase.complements)
        return typed(known, phrase) if at_seat else None
    if bare:
        return _without_article(known, phrase) or unnamed(known, phrase, role)
    if plural:
        return organ(known, phrase, role, known.before(phrase)) or present(known, phrase, role)
    person = None if _is_aside(known, phrase) else described(known, phrase)
    if role is not None and role.former:
        return person
    return (
        holder(known, phrase, role)
        or organ(known, phrase, role, known.before(phrase))
        or present(known, phrase, role)
        or typed(known, phrase)
        or person
    )


def _names(known: Known, head: int) -> bool:
    """Whether a phrase inside another names somebody: "of *Niger's* presidential guard"."""
    phrase = known.phrases.get(head)
    return phrase is None or any(_owns(known, i) for i in range(phrase.start, phrase.end))


def _owns(known: Known, token: int) -> bool:
    """Whether an actor is named at a token, other than by a word that only limits."""
    mention = known.mentions.at(token)
    if mention is None:
        return False
    after = known.doc.span(mention.end, mention.end + 2)
    if len(after) == 2 and after[0].text == "-" and after[1].lower_ in listed("backing"):
        # "the *Iran*-backed movement"
        return False
    return all(known.lemma(i) not in limiting() for i in range(mention.start, mention.end))


def _is_aside(known: Known, phrase: NounPhrase) -> bool:
    """Whether a phrase is said of a name beside it: "Castillo, *the former teacher*"."""
    outer = known.phrases.get(known.doc[phrase.head].head.i)
    inner = outer is not None and phrase.head in (*outer.titles, *outer.appositions)
    return inner or bool(phrase.appositions)
