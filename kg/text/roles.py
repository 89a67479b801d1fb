"""Role nouns with an owner: "Turkish foreign minister", "rebels in Yemen", "Israeli jets"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.text.gazetteer import Gazetteer, Role
from kg.text.parsed import Doc, Token
from kg.text.phrases import NounPhrase
from kg.text.wordlists import listed

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A role read off the words ``start`` to ``end``; ``former`` when it is no longer held."""

    role: Role
    start: int
    end: int
    words: str
    former: bool
    plural: bool


def role_noun(doc: Doc, phrase: NounPhrase, book: Gazetteer) -> RoleNoun | None:
    """What the head of a phrase means with the words before it, and "of"-phrases after it.

    "foreign minister", "minister of foreign affairs", "secretary-general", "deputy speaker".
    """
    head = doc[phrase.head]
    if not _may_be_role(head.lower_, head.lemma_, book):
        return None
    known = _read(doc, book)
    key = (phrase.head, phrase.start, phrase.number)
    if key not in known:
        known[key] = _role_noun(doc, phrase, book)
    return known[key]


@lru_cache(maxsize=50_000)
def _may_be_role(lower: str, lemma: str, book: Gazetteer) -> bool:
    lemma = lemma.lower()
    forms = {lower, lemma, lower.removesuffix("s"), lemma.removesuffix("s")}
    return not forms.isdisjoint(book.role_words) or lemma in person_nouns()


@lru_cache(maxsize=1)
def _read(doc: Doc, book: Gazetteer) -> dict[tuple[int, int, str], RoleNoun | None]:
    """The role nouns read so far in the document at hand, which several steps ask for."""
    return {}


def _role_noun(doc: Doc, phrase: NounPhrase, book: Gazetteer) -> RoleNoun | None:
    head = doc[phrase.head]
    lemma = head.lemma_.lower()
    ends = [head.i + 1]
    if head.i + 2 < len(doc) and doc[head.i + 1].lower_ in {"of", "for"}:
        ends = [*range(min(head.i + 6, len(doc)), head.i + 2, -1), head.i + 1]
    if head.i + 2 < len(doc) and doc[head.i + 1].text == "-":
        # "secretary-general": the tree hangs the second half on the first
        ends = [head.i + 3, *ends]
    first = max(phrase.start, head.i - _LONGEST, head.sent.start)
    words = [t.lower_ for t in doc.span(first, max(ends))]
    for end in ends:
        for start in range(first, head.i + 1):
            if start < head.i and words[start - first] not in book.role_words:
                continue
            for form in _forms(words, start - first, end - first, head.i - first, doc[end - 1]):
                role = book.roles.get(form)
                if role is not None:
                    return _made(doc, phrase, role, start, end, form, book)
    if head.lower_ == "men" and phrase.possessor is not None and not phrase.conjuncts:
        # "*Haftar's men* took the airport", but not "Chile's men and women"
        return _made(doc, phrase, Role("organ", "MIL", False), head.i, head.i + 1, "man", book)
    if lemma in person_nouns():
        # "Algerian landowners": people whom no row of the roles names
        people = Role("organ", "CVL", False)
        return _made(doc, phrase, people, head.i, head.i + 1, lemma, book)
    return None


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Words before names ("Mr", "Gen.") with the gender they tell, "" for none."""
    path = resource_path("actors") / "titles.csv"
    return {row["word"]: row["gender"] for _, row in read_csv(path, ("word", "gender"))}


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, str]:
    """Nouns for single persons with the gender they tell, "" for none."""
    path = resource_path("actors") / "person_nouns.csv"
    return {r["word"]: r["gender"] for _, r in read_csv(path, ("word", "gender"))}


def _forms(words: list[str], start: int, end: int, head: int, last: Token) -> list[str]:
    """The words of a stretch as roles are written: without "the", head and last word singular."""
    lemma = last.lemma_.lower()
    nouns = {words[head], words[head].removesuffix("s")}
    endings = dict.fromkeys((words[end - 1], lemma, lemma.removesuffix("s")))
    if end - 1 == head:
        before = [w for w in words[start:head] if w != "the"]
        return [" ".join([*before, ending]).replace(" - ", "-") for ending in endings]
    before = [w for w in words[start:head] if w != "the"]
    after = [w for w in words[head + 1 : end - 1] if w != "the"]
    return [
        " ".join([*before, noun, *after, ending]).replace(" - ", "-")
        for noun in nouns
        for ending in endings
    ]


def _made(
    doc: Doc, phrase: NounPhrase, role: Role, start: int, end: int, words: str, book: Gazetteer
) -> RoleNoun:
    before = {t.lower_ for t in doc.span(phrase.start, start)}
    if start > 1 and doc[start - 1].text == "-":
        # "ex-president", "then-president"
        before.add(doc[start - 2].lower_)
    after = {t.lower_ for t in doc.span(end, end + 2)}
    former = bool(before & listed("former")) or (
        "elect" in after and doc.span(end, end + 1).text == "-"
    )
    if role.kind == "office" and before & listed("deputy"):
        # "deputy foreign minister": an official, not the minister
        role = Role("organ", "GOV", role.title)
    if role.target == "MIL" and _of_rebels(doc, phrase, start, book):
        role = book.roles["rebel"]
    plural = phrase.number == "plur" or doc[phrase.head].tag_ in {"NNS", "NNPS"}
    return RoleNoun(role, start, end, words, former, plural)


def _of_rebels(doc: Doc, phrase: NounPhrase, end: int, book: Gazetteer) -> bool:
    """Whether rebels' forces are spoken of: "Donetsk *separatist* forces", not "anti-rebel"."""
    for i in range(phrase.start, end):
        known = book.roles.get(doc[i].lower_)
        alone = doc[i + 1].text != "-" and (i == 0 or doc[i - 1].text != "-")
        if known is not None and known.target == "REB" and alone:
            return True
    return False


def is_shared_title(doc: Doc, first: NounPhrase, named: NounPhrase) -> bool:
    """Whether the first phrase is another title of a name: "State Councilor and Minister X".

    Not "the President and Foreign Minister X", nor "President Ito and Foreign Minister X".
    """
    head = doc[first.head]
    return (
        named.head in first.conjuncts
        and bool(named.titles)
        and named.start == first.end + 1
        and doc[first.end].lower_ == "and"
        and first.determiner == ""
        and first.end == first.head + 1
        and head.text[:1].isupper()
        and doc[named.head].pos_ == "PROPN"
        and (head.lower_ in person_nouns() or head.lower_ in titles())
    )


def owns_by_place(noun: RoleNoun, preposition: str, book: Gazetteer) -> bool:
    """Whether a place after the preposition owns the role: "rebels in Yemen".

    Not "troops in Yemen", nor "negotiators in Vienna", who come from elsewhere.
    """
    if preposition in {"of", "from"}:
        return True
    if preposition in {"at", "outside"} and noun.words.split()[-1] == "guard":
        # "guards *at the Israeli consulate*"
        return True
    if preposition in listed("owned") and noun.words.split()[-1] in listed("seated"):
        # "the foreign ministry *in Berlin*", "parliament in Kyiv"
        return True
    local = noun.role.kind == "organ" and book.organs[noun.role.target].local
    return local and preposition in listed("owned") and noun.words not in listed("abroad")
