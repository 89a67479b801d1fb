"""Arguments that parsers hang in the wrong place, found where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clausetypes import Argument, Role
from kg.text.parsed import Token
from kg.text.phrases import is_nominal_head, preposition_of
from kg.text.wordlists import listed

GIVING = {"give", "grant", "lend", "offer", "send", "pay", "hand", "deny", "sell", "promise"}
GIVING |= {"owe", "award", "cost", "show", "tell", "teach", "bring", "loan", "extend", "supply"}
GIVING |= {"throw", "accord", "guarantee", "assure", "ship", "wish", "allot", "afford", "pass"}
# What is given whole, so that a name before it names who gets it.
_GIFTS = {"access", "notice", "permission", "time", "authority", "aid", "help", "support", "asylum"}
_GIFTS |= {"assurance", "guarantee", "approval", "backing", "recognition", "immunity", "status"}
# Verbs that say what somebody is or becomes.
_NAMING = {"call", "name", "label", "brand", "dub", "deem", "declare", "consider", "make", "render"}
_NAMING |= {"elect", "appoint", "think", "leave", "turn", "designate", "proclaim", "term"}
_HELD = {"hostage", "captive", "prisoner"}
_CALLING = {"call", "label", "brand", "dub"}
_WHERE = {"DATE", "TIME", "GPE", "LOC", "FAC"}
# Prepositions that belong to predicates, never to names.
_OF_CLAUSES = {"over", "about", "on", "against", "with", "by", "after", "during", "before", "to"}
_OF_CLAUSES |= {"into", "toward", "towards", "because of", "for", "until", "under", "amid"}


def hidden_recipient(token: Token) -> Token | None:
    """The state or person that a parser takes into the name of the gift: "sold *Peru* jets".

    Not "sent U.S. troops" or "sold Boeing jets": short forms stand for adjectives, and only
    states and whole names of people are sure to be no brand.
    """
    if token.lemma_.lower() not in GIVING or any(c.dep_ == "iobj" for c in token.children):
        return None
    gift = next(c for c in token.children if c.dep_ == "obj")
    first = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if first.lower_ == "the" and gift.lemma_.lower() in _GIFTS:
        # "granted *the IAEA* access"
        named = [c for c in gift.children if c.dep_ == "compound" and c.pos_ == "PROPN"]
        return named[0] if len(named) == 1 and named[0].ent_type_ in {"ORG", "GPE"} else None
    # an owner without "'s" is none either: "lent *Argentina* three billion dollars"
    owner = first.dep_ == "nmod:poss" and all(c.dep_ == "flat" for c in first.children)
    inside = owner or first.dep_ == "compound" or first.head.dep_ == "compound"
    # no brand has two names: "granted *Viktor Yanukovych* refuge", not "sold Patriot missiles"
    person = first.ent_type_ == "PERSON" and token.doc[first.i + 1].ent_type_ == "PERSON"
    if gift.i <= first.i or not inside or first.pos_ != "PROPN":
        return None
    if first.ent_type_ != "GPE" and not person:
        return None
    name = first if first.head.i == gift.i else first.head
    return name if name.head.i == gift.i and not _is_short(first.text) else None


def allotted_time(token: Token) -> Token | None:
    """The time given that a parser takes for a date: "gave its envoy *72 hours* to leave"."""
    if token.lemma_.lower() not in {"give", "grant", "allow"}:
        return None
    times = (c for c in token.children if c.dep_.startswith("obl") and c.i > token.i)
    return next((c for c in times if any(g.tag_ == "VB" for g in c.children)), None)


def hidden_predicate(token: Token) -> Token | None:
    """What somebody is called, which a parser apposes to him: "called his successor, Dina Boluarte,
    *a usurper*".
    """
    if token.lemma_.lower() not in _CALLING:
        return None
    found = next((c for c in token.children if c.dep_ == "obj"), None)
    name = next((c for c in found.children if c.dep_ == "appos"), None) if found else None
    if name is None or name.pos_ != "PROPN":
        return None
    said = (c for c in name.children if c.dep_ == "appos" and c.pos_ == "NOUN")
    return next((c for c in said if any(g.lower_ in {"a", "an"} for g in c.children)), None)


def hung_on_name(name: Token) -> Iterator[Argument]:
    """Phrases that a parser hangs on a name, which has none: "complained to the UN *over raids*".

    Only names of persons have no place either: "welcomed Salman *in Delhi*".
    """
    if name.pos_ != "PROPN":
        return
    person = name.ent_type_ == "PERSON"
    for child in name.children:
        if child.dep_ not in {"nmod", "obl"} or child.i < name.i:
            continue
        preposition = preposition_of(child)
        if preposition in _OF_CLAUSES or (person and preposition in {"in", "at"}):
            yield Argument(Role.OBLIQUE, child.i, preposition)


def _is_short(text: str) -> bool:
    # "U.S.", "UK", "UAE"
    return text.isupper()


def cut_compound(token: Token) -> Token | None:
    """The head of an object that a parser cuts in two: "lift *arms* | *embargoes*".

    Not "called protesters terrorists", nor "made Turkey members": a verb of naming, a name.
    """
    if token.lemma_.lower() in _NAMING | GIVING:
        return None
    nouns = [c for c in token.children if c.dep_ in {"obj", "xcomp"} and c.pos_ == "NOUN"]
    if len(nouns) != 2 or nouns[0].i < token.i or nouns[1].i != nouns[0].i + 1:
        return None
    if nouns[1].lower_ in _HELD:
        # "took three engineers *hostage*"
        return None
    return nouns[1] if nouns[0].dep_ == "obj" and nouns[0].tag_ == "NNS" else None


def fronted_subjects(token: Token) -> list[Token]:
    """Subjects that a parser joins to a place in front: "At the UN, *Japan, Peru and Chile* asked".

    Not "In Russia, China and Iran, prices rose", whose subject follows them.
    """
    place = next((c for c in token.children if c.dep_ == "obl" and c.i < token.i), None)
    joined = [] if place is None else [c for c in place.children if c.dep_ == "conj"]
    if place is None or not joined or not place.doc[place.i - 1].is_alpha:
        return []
    comma = place.i + 1
    doc = token.doc
    found = [c for c in joined if comma < c.i < token.i and c.pos_ == "PROPN"]
    if doc[comma].text != "," or len(found) != len(joined):
        return []
    subjects = [c.i for c in token.children if c.dep_ in {"nsubj", "nsubj:pass"}]
    if not subjects:
        # "In Geneva, *Russia and China* signed …"
        return found if found[-1].i == token.i - 1 else []
    return found if min(subjects) < min(c.i for c in found) else []


def overlooked_subject(token: Token) -> Token | None:
    """The name before a verb that a parser hangs on it as on a noun: "*Amnesty* calls on Mali"."""
    if token.tag_ not in {"VBZ", "VBD", "VBN"} or token.pos_ != "VERB" or token.i == 0:
        return None
    crossing = _crossing_subject(token)
    if crossing is not None:
        return crossing
    first = min((c.i for c in token.children if c.dep_ == "aux"), default=token.i)
    before = token.doc[first - 1] if 0 < first <= token.i else token
    if before.tag_ not in {"NNP", "NNPS"}:
        return None
    if before.dep_ == "appos" and before.head.head.i == token.i:
        # "Hours before the raid *Mexico* had granted him asylum"
        bare = all(t.text != "," for t in token.doc.span(before.head.i, before.i))
        return before if bare and before.head.dep_.startswith("obl") else None
    hung = before.dep_ in {"amod", "compound", "nmod", "nmod:desc"}
    return before if hung and before.head.i == token.i else None


def _crossing_subject(token: Token) -> Token | None:
    """The subject of a main verb that hangs on a participle behind it.

    "*Troops* with rifles fired into a crowd, killing scores".
    """
    if token.head.i != token.i or any(c.dep_.startswith("nsubj") for c in token.children):
        return None
    for child in token.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG":
            for noun in child.children:
                if noun.dep_ == "nsubj" and noun.i < token.i:
                    return noun
    return None


def shifted_object(token: Token) -> Token | None:
    """A heavy object behind its verb's phrases, taken for a second subject.

    "Spain *handed over* to Argentina on Tuesday *two officers* wanted for torture".
    """
    subjects = [c for c in token.children if c.dep_ == "nsubj"]
    last = [c for c in subjects if c.i > token.i]
    direct = any(c.dep_ in {"obj", "cop", "ccomp"} for c in token.children)
    return last[0] if len(last) == 1 < len(subjects) and not direct else None


def hidden_object(token: Token) -> Token | None:
    """The object that a parser takes for a predicate: "called *the raid* a massacre"."""
    found = [c for c in token.children if c.dep_ == "xcomp" and is_nominal_head(c)]
    if len(found) == 1 and token.lemma_.lower() in _CALLING:
        # "called *the Iranians* barbarians"
        people = (c for c in found[0].children if c.tag_ == "NNPS" and c.i == found[0].i - 1)
        return next(people, None)
    apart = len(found) == 2 and found[0].i > token.i and found[1].head.i == token.i
    return found[0] if apart and not any(c.dep_ == "case" for c in found[0].children) else None


def is_aimed(token: Token) -> bool:
    """Whether who fires is taken for what is fired: "*A gunboat* fired at a Greek ferry".

    Not "Two policemen shot at a checkpoint": where, not at whom.
    """
    if token.lemma_.lower() not in listed("firing") or any(
        c.dep_ in {"aux", "aux:pass"} for c in token.children
    ):
        return False
    behind = (c for c in token.children if c.dep_.startswith("obl") and c.i > token.i)
    aimed = (c for c in behind if preposition_of(c) in {"at", "on", "into"})
    nowhere = (c for c in aimed if c.ent_type_ not in _WHERE)
    return any(c.lemma_.lower() not in listed("spots") for c in nowhere)
