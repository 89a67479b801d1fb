"""Names of GUM, derived from its entities: the proper-noun run around a mention's head."""

from __future__ import annotations

import re

from conllu import Sentence
from names import (
    LISTS,
    Name,
    covered,
    date_spans,
    demonym_spans,
    merge,
    place_labels,
    text_of,
)

ORG_HEADS = set(
    (
        "Academy Agency Alliance Army Assembly Association Bank Battle Bay Board Bureau Cape"
        " Cathedral Center Centre Chamber Church City Coalition College Commission Committee"
        " Confederation Conference Council County Court Daughters Department District Duchy"
        " Federation Front Fund Gulf Horn House Institute Islands Isle Kingdom Knights Lake"
        " League Library Ministry Movement Museum National Office Order Organisation"
        " Organization Palace Party Port Province Republic School Sea Secretary Siege Society"
        " Sons State States Strait Temple Tower Union University"
    ).split()
)
_PART = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")


def gum_mentions(sentence: Sentence) -> list[tuple[int, int, str, str]]:
    """(start, end, entity type, Wikipedia title or "") of the mentions of a sentence."""
    mentions: list[tuple[int, int, str, str]] = []
    open_: dict[str, list[tuple[int, str, str]]] = {}
    for i, token in enumerate(sentence.tokens):
        for item in token.misc.split("|"):
            if not item.startswith("Entity="):
                continue
            for match in _PART.finditer(item[7:]):
                if match["open"]:
                    cells = match["open"].split("-")
                    title = "-".join(cells[7:]) if len(cells) > 7 else ""
                    if match["single"]:
                        mentions.append((i, i + 1, cells[1], title))
                    else:
                        open_.setdefault(cells[0], []).append((i, cells[1], title))
                elif open_.get(match["close"].split("-")[0]):
                    start, kind, title = open_[match["close"].split("-")[0]].pop()
                    mentions.append((start, i + 1, kind, title))
    return mentions


_INSIDE_NAMES = frozenset(
    "amod compound flat nummod conj nmod obl root dep acl advcl nsubj obj appos".split()
)


def _nameish(sentence: Sentence, i: int, person: bool, title: str = "") -> bool:
    token = sentence.tokens[i]
    if token.upos == "PROPN":
        return token.form[:1].isupper() or token.form[:1].isdigit() or "-" in token.form
    if person or not token.form[:1].isupper():
        return False
    if i == 0 and token.form not in LISTS["demonyms"]:
        # every first word is capitalised: the Wikipedia title tells
        return token.form in title.split("_") and token.upos in ("ADJ", "NOUN", "VERB", "NUM")
    return (
        token.upos in ("ADJ", "NOUN", "NUM", "X", "VERB")
        and token.deprel.split(":")[0] in _INSIDE_NAMES
    )


def gum_names(sentence: Sentence) -> list[Name]:
    """Names of a GUM sentence: the proper-noun run around a mention's head, titles stripped."""
    words, tokens = sentence.words, sentence.tokens
    mentions = gum_mentions(sentence)
    names: list[Name] = []
    abstract: set[int] = set()
    for start, end, kind, title in mentions:
        heads = [i for i in range(start, end) if not start < tokens[i].head <= end]
        if not heads:
            continue
        head = heads[0]
        if kind in ("abstract", "language"):
            abstract.add(head)
        if kind not in ("person", "organization", "place", "event") or tokens[head].upos != "PROPN":
            continue
        person = kind == "person"
        left = right = head
        while left > start and (
            _nameish(sentence, left - 1, person, title)
            or (
                words[left - 1] in ("-", "&", ".", "'", "’")
                and left - 2 >= start
                and _nameish(sentence, left - 2, person)
            )
            or (words[left - 1] in ("'s", "’s") and "%27s" in title and not person)
        ):
            left -= 1
        while right + 1 < end:
            step = _extension(sentence, right, end, person, title)
            if not step:
                break
            right += step
        if person:
            inner = {
                i
                for a, b, k, _ in mentions
                if (a, b) != (start, end) and start <= a and b <= end and not a <= head < b
                for i in range(a, b)
                if k != "person"
            }
            while left < right and (
                words[left].strip(".") in LISTS["titles"]
                or words[left] in LISTS["titles"]
                or left in inner
                or words[left] in ("-",)
            ):
                left += 1
            while (
                left < right and words[right] in LISTS["titles"] and tokens[right].deprel != "flat"
            ):
                right -= 1
            if left == right and words[left] in LISTS["titles"]:
                continue
        text = text_of(words, left, right + 1)
        plural = all(tokens[i].xpos == "NNPS" for i in range(left, right + 1))
        if not text[0].isupper() or (person and plural and text not in LISTS["demonyms"]):
            continue  # "Senators" are no name
        if text in LISTS["demonyms"] or all(
            w in LISTS["demonyms"] for w in words[left : right + 1]
        ):
            labels: tuple[str, ...] = ("NORP",)
        elif person:
            labels = ("PERSON",)
        elif kind == "organization":
            labels = ("GPE",) if text in LISTS["places"] else ("ORG",)
        elif kind == "place":
            labels = place_labels(words, left, right + 1)
        else:
            labels = ("EVENT",)
        names.append(Name(left, right + 1, labels))
    dates = date_spans(words, [t.upos for t in tokens])
    times = [
        Name(a, b, ("DATE",), maybe=True)
        for a, b, kind, _ in mentions
        if kind == "time" and not any(a <= d.start < b for d in dates) and b - a <= 6
    ]
    found = merge(names, dates)
    norps = demonym_spans(words, covered(len(words), found), abstract)
    return merge(found, norps, times)


def _extension(sentence: Sentence, right: int, end: int, person: bool, title: str) -> int:
    """How many words the name goes on after ``right`` (0: it ends there)."""
    tokens = sentence.tokens
    following = tokens[right + 1]
    if _nameish(sentence, right + 1, person) or (
        following.upos == "NUM"
        and following.deprel in ("flat", "nummod", "nmod:unmarked", "compound")
        and title
    ):
        return 1
    if (
        following.form in ("-", "&", "'", "’", "'s", "’s", ".")
        and right + 2 < end
        and _nameish(sentence, right + 2, person)
    ):
        return 2 if following.form not in ("'s", "’s") or "%27s" in title else 0
    if person or following.form not in ("of", "for", "and", "on", "in", "de", "the"):
        return 0
    k = right + 2
    if k < end and tokens[k].form in ("the", "The"):
        k += 1
    if k >= end or not _nameish(sentence, k, False) or not tokens[k].form[:1].isupper():
        return 0
    known = re.sub(r"[^a-z]", "", title.lower())
    piece = re.sub(r"[^a-z]", "", "".join(t.form for t in tokens[right + 1 : k + 1]).lower())
    if title and piece in known:
        return k - right
    if following.form in ("of", "de", "for") and tokens[right].form in ORG_HEADS:
        return k - right
    return 0
