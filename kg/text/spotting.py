"""Where names stand in a document: gazetteer and language model reconciled.

A spot is a stretch of tokens with what the tables know under it, or with nothing, for a name
that only the model sees.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.statement import ActorType
from kg.text.candidates import fits
from kg.text.gazetteer import Gazetteer, Name, NameKind, given_names
from kg.text.names import folded_pieces, key, pieces
from kg.text.organisations import has_org_noun
from kg.text.parsed import Doc, Span
from kg.text.roles import person_nouns, titles
from kg.text.wordlists import listed

_INITIAL = re.compile(r"[A-Z]\.?|Jr\.?|Sr\.?|I{2,3}|IV")
_JOINTS = {"-", "–", "'", "’", "/", "&", "."}


@dataclass(frozen=True, slots=True)
class Spot:
    """Tokens ``start`` to ``end`` that name something; ``names`` is empty for an unknown name.

    ``label`` is the model's kind of entity, "" where it sees none; ``head`` the token through
    which the name hangs in its sentence.
    """

    start: int
    end: int
    head: int
    names: tuple[Name, ...]
    label: str = ""


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Words beside which a capital is the town, not the state: "shell", "siege"."""
    path = resource_path("actors") / "place_words.csv"
    return frozenset(row["word"] for _, row in read_csv(path, ("word",)))


def find_spots(doc: Doc, book: Gazetteer) -> list[Spot]:
    """The named stretches of a document in text order, none overlapping another."""
    known = _scan(doc, book)
    spots: list[Spot] = []
    dropped: set[int] = set()
    entities = doc.ents
    families = {e[-1].lower_ for e in entities if e.label_ == "PERSON" and len(e) > 1}
    for entity in entities:
        if entity.label_ in {"DATE", "EVENT", "NORP"}:
            continue
        # only the names around the entity: a long document has thousands
        around = range(
            bisect_right(known, entity.start, key=lambda s: s.end),
            bisect_left(known, entity.end, key=lambda s: s.start),
        )
        trimmed = _trim(entity, [known[i] for i in around])
        if trimmed is None:
            continue
        start, end = trimmed
        if entity.label_ == "PERSON" and _only_title(doc, start, end, families):
            continue
        if _is_hazard(doc, start):
            continue
        if entity.label_ == "ORG":
            end = _extended(doc, start, end)
        around = range(around.start, bisect_left(known, end, key=lambda s: s.start))
        inside = [i for i in around if known[i].start < end and known[i].end > start]
        if any(known[i].start <= start and known[i].end >= end for i in inside):
            for i in inside:
                known[i] = _labelled(known[i], entity.label_)
            continue
        if _keeps_inner(doc, start, end, entity.label_, [known[i] for i in inside], book):
            continue
        dropped.update(inside)
        spots.append(Spot(start, end, _head(doc, start, end), (), entity.label_))
    spots += [s for i, s in enumerate(known) if i not in dropped]
    spots = [_without_initials(doc, s, book) for s in spots]
    # "Wu" and "Wong" are parts of "councillor Wu Chi-wai", "the politician Raymond Wong"
    firm = {i for s in spots if not _is_weak(s) for i in range(s.start, s.end)}
    people = _unseen_people(doc, firm)
    named = {i for s in people for i in range(s.start, s.end)}
    spots = [s for s in spots if s.start not in named] + people
    return sorted(spots, key=lambda s: s.start)


def _without_initials(doc: Doc, spot: Spot, book: Gazetteer) -> Spot:
    """A person's name as the tables have it: "Antony *J.* Blinken", "Joseph R. Biden *Jr.*"."""
    if spot.names or spot.label != "PERSON" or spot.end - spot.start < 3:
        return spot
    words = [
        token.text
        for token in doc.span(spot.start, spot.end)
        if token.i == spot.start or not _INITIAL.fullmatch(token.text)
    ]
    if len(words) == spot.end - spot.start or len(words) < 2:
        return spot
    known = " ".join(piece for word in words for piece in folded_pieces(word))
    if known not in book.names:
        return spot
    return Spot(spot.start, spot.end, spot.head, _fitting(known, " ".join(words), book), spot.label)


def _is_weak(spot: Spot) -> bool:
    """Whether one word that the model sees no name in may be part of a longer name."""
    kinds = {NameKind.SHORT, NameKind.PLACE}
    return (
        spot.end - spot.start == 1 and not spot.label and all(n.kind in kinds for n in spot.names)
    )


def _unseen_people(doc: Doc, taken: set[int]) -> list[Spot]:
    """Persons the model overlooks: "Lim Eul-chul", "Maria Bello", "the politician Ra Wong"."""
    found: list[Spot] = []
    named = [t.pos_ == "PROPN" and t.i not in taken and _name_word(t.text) for t in doc]
    i = 0
    while i < len(named):
        end = i
        while end < len(named) and named[end]:
            end += 1
        if end - i in {2, 3} and not doc[i].ent_type_:
            given = doc[i].text in given_names() or re.fullmatch(
                r"[A-Z][a-z]+-[a-z]+", doc[end - 1].text
            )
            called = i > 0 and doc[i - 1].lower_ in person_nouns()
            if given or called:
                found.append(Spot(i, end, _head(doc, i, end), (), "PERSON"))
        i = max(end, i + 1)
    return found


def _name_word(text: str) -> bool:
    return text[:1].isupper() and not text.isupper()


def _only_title(doc: Doc, start: int, end: int, families: set[str]) -> bool:
    """Whether one word is a title, no name: "Councilor"; but "Mr King", "John King … King"."""
    word = doc[start].lower_
    if end - start != 1 or not (word in titles() or word in person_nouns()):
        return False
    return word not in families and not (start > 0 and doc[start - 1].lower_ in titles())


def _is_hazard(doc: Doc, start: int) -> bool:
    """Whether a name is that of a storm or a disease: "Cyclone Freddy", "Ebola"."""
    return any(doc[i].lower_ in listed("hazard") for i in (start, start - 1) if i >= 0)


def _labelled(spot: Spot, label: str) -> Spot:
    return Spot(spot.start, spot.end, spot.head, spot.names, label)


def _scan(doc: Doc, book: Gazetteer) -> list[Spot]:
    folded = [folded_pieces(t.text) for t in doc]
    spots: list[Spot] = []
    i = 0
    size = len(folded)
    while i < size:
        # most words begin no name, and few names begin in lower case
        first = folded[i][0] if folded[i] else ""
        known = first in book.longest and (doc[i].text[:1].isupper() or first in book.small)
        found = _longest(doc, i, folded, book) if known else None
        if found is None:
            i += 1
            continue
        end, names = found
        if folded[i] == ("the",) and i + 1 < len(doc) and folded[i + 1]:
            # "the South" gives way to "South African"
            longer = _longest(doc, i + 1, folded, book)
            if longer is not None and longer[0] > end:
                i += 1
                continue
        if key(names[0].text) in book.shared and _goes_on_before(doc, i, spots):
            # "New People's Party", "Neo Democrats": another party than those of the tables
            spots.append(Spot(i - 1, end, _head(doc, i - 1, end), (), "ORG"))
        else:
            spots.append(Spot(i, end, _head(doc, i, end), names))
        i = end
    return spots


def _goes_on_before(doc: Doc, start: int, spots: list[Spot]) -> bool:
    """Whether a name is the end of a longer one: "*New* People's Party".

    Not "House Democrats", nor what begins a sentence: "Ruling Conservative Party".
    """
    if not start or (spots and spots[-1].end == start):
        return False
    before = doc[start - 1]
    if before.is_sent_start or not before.text[:1].isupper() or not before.is_alpha:
        return False
    word = before.lower_
    return word not in listed("wing") and word not in titles() and word not in person_nouns()


def _longest(
    doc: Doc, start: int, folded: list[tuple[str, ...]], book: Gazetteer
) -> tuple[int, tuple[Name, ...]] | None:
    limit = book.longest.get(folded[start][0], 0)
    best: tuple[int, tuple[Name, ...]] | None = None
    collected: list[str] = []
    for i in range(start, len(folded)):
        if not folded[i]:
            text = doc[i].text
            if text in _JOINTS or text == ",":
                continue
            break
        collected += folded[i]
        if len(collected) > limit:
            break
        if len(collected) > 1 and collected[1] not in book.second.get(collected[0], ()):
            # after most words no name goes on
            break
        if " ".join(collected) in book.names:
            fitting = _fitting(" ".join(collected), doc.span(start, i + 1).text, book)
            if fitting and _stands_free(doc, start, i + 1, fitting):
                best = i + 1, fitting
    return best


@lru_cache(maxsize=20_000)
def _fitting(words: str, surface: str, book: Gazetteer) -> tuple[Name, ...]:
    """The names of these words that the text may spell so."""
    return tuple(
        n for n in book.names[words] if fits(n, surface) and ("," not in surface or "," in n.text)
    )


def _stands_free(doc: Doc, start: int, end: int, names: tuple[Name, ...]) -> bool:
    """Whether one capitalised word can be a name here, not the first word of a sentence."""
    token = doc[start]
    if end - start > 1 or token.ent_type_ or not token.is_sent_start:
        return True
    # "Dawn broke over Kabul", "Nice weather": everyday words that begin a sentence.
    if all(n.kind in {NameKind.PLACE, NameKind.SHORT} for n in names):
        return bool(token.pos_ == "PROPN")
    return bool(
        token.pos_ in {"PROPN", "ADJ"} or token.text.isupper() or token.lower_ != token.lemma_
    )


def _trim(entity: Span, known: list[Spot]) -> tuple[int, int] | None:
    """The entity without determiner, titles, owner and possessive mark."""
    doc, start, end = entity.doc, entity.start, entity.end
    while end > start and (doc[end - 1].tag_ == "POS" or not pieces(doc[end - 1].text)):
        end -= 1
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or not pieces(doc[start].text)):
        start += 1
    if entity.label_ == "PERSON":
        moved = True
        while moved and start < end - 1:
            moved = False
            if doc[start].lower_ in titles():
                start, moved = start + 1, True
            for spot in known:
                # "Turkish Foreign Minister Hakan Fidan" seen as one name
                if (
                    spot.start == start
                    and spot.end < end
                    and any(n.kind is NameKind.ADJECTIVE for n in spot.names)
                ):
                    start, moved = spot.end, True
    else:
        for i in range(start, end - 1):
            if doc[i].tag_ == "POS":
                start = i + 1
    if start >= end or not any(t.text[:1].isupper() for t in doc.span(start, end)):
        return None
    return start, end


def _extended(doc: Doc, start: int, end: int) -> int:
    """The end of a name that the model cut: "Movement | for the Liberation of X"."""
    if not has_org_noun(doc[end - 1].text):
        return end
    i, connectors = end, {"for"}
    while i < len(doc) and doc[i].lower_ in connectors:
        j = i + 1 + (i + 1 < len(doc) and doc[i + 1].lower_ == "the")
        if j >= len(doc) or not doc[j].text[:1].isupper():
            break
        connectors = {"for", "of"}
        while j < len(doc) and doc[j].text[:1].isupper():
            j += 1
        end = i = j
    return end


def _keeps_inner(
    doc: Doc, start: int, end: int, label: str, inside: list[Spot], book: Gazetteer
) -> bool:
    """Whether the names inside an entity say what it is, rather than the entity as a whole."""
    words = " ".join(t.lower_ for t in doc.span(start, end)).replace(" - ", "-")
    if label == "ORG" and (words in book.roles or words.removesuffix("s") in book.roles):
        # "Foreign Ministry": a role that wants an owner, no name of its own
        return True
    if not inside:
        return label in {"GPE", "LOC"} and end - start == 1 and doc[start].pos_ != "PROPN"
    types = {book.actors[n.actor].type for s in inside for n in s.names if n.kind is NameKind.NAME}
    if label == "PERSON":
        # "Kim Jong Un" within "Marshal Kim Jong Un"; but not "Jordan" within "Michael Jordan".
        return ActorType.PERSON in types
    # but for paraphrases: "the parliament" in "the parliament of Armenia"
    named = [s for s in inside if any(n.kind is not NameKind.WEAK for n in s.names)]
    rest = " ".join(
        t.lower_ for t in doc.span(start, end) if not any(s.start <= t.i < s.end for s in named)
    ).replace(" - ", "-")
    if label in {"GPE", "LOC", "FAC"}:
        # "northern Iraq", "Gaza City"; "*Lagos* airport", but not "Kabul Street"
        outside = (
            t for t in doc.span(start, end) if not any(s.start <= t.i < s.end for s in named)
        )
        site = label == "FAC" and bool(named) and all(t.text.islower() for t in outside)
        return site or all(w in listed("direction") for w in rest.split())
    rest = rest.removesuffix(" the").removesuffix(" of")
    if rest in book.roles or rest.removesuffix("s") in book.roles:
        # "Iranian Foreign Ministry", "Israeli Army", "parliament of Armenia"
        return True
    covered = sum(s.end - s.start for s in inside)
    strong = types - {ActorType.STATE, ActorType.TERRITORY, ActorType.PERSON}
    return bool(strong) and covered * 2 >= end - start


def _head(doc: Doc, start: int, end: int) -> int:
    for token in doc.span(start, end):
        if (
            token.dep_ == "conj"
            and token.head.dep_ == "compound"
            and token.i < token.head.head.i < end
        ):
            # "North and *South Korea*", whose first word the tree joins to "North"
            continue
        if not start <= token.head.i < end or token.head.i == token.i:
            title = token.head
            if title.i == start - 1 and title.lower_ in titles():
                # where the tree hangs a name on its title: "*Gen* Tchiani"
                return title.i
            return token.i
    return end - 1
