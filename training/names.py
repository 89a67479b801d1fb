"""Gold names from several corpora, brought to the eight types of the model.

A corpus rarely labels all types. What it leaves open stays open: every token gets the
set of BILOU tags that its annotation allows (an integer with one bit per tag), and the
loss is the negative log of their summed probability.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from conllu import Sentence

from kg.text.tagset import NAME_TAGS

HERE = Path(__file__).parent
BIT = {tag: 1 << i for i, tag in enumerate(NAME_TAGS)}
ANY = (1 << len(NAME_TAGS)) - 1
O_BIT = BIT["O"]
PLACES3 = ("GPE", "LOC", "FAC")
EVENT_WORDS = set(
    (
        "Battle Championship Championships Conference Congress Convention Coup Crisis Crusade"
        " Crusades Cup Day Earthquake Election Elections Expo Festival Games Holocaust Hurricane"
        " Intifada Massacre Olympics Operation Primaries Primary Rebellion Referendum"
        " Referendums Revolution Siege Summit Treaty Uprising War Wars"
    ).split()
) - {"Congress", "Treaty", "Convention"}
_YEAR = re.compile(r"(1[0-9]|20)\d\d$")
_DAY = re.compile(r"([0-3]?\d)(st|nd|rd|th)?$")


def load_lists() -> dict[str, set[str]]:
    """The word lists of lists/: generated ones and hand-made additions."""
    lists: dict[str, set[str]] = {}
    for name in ("places", "demonyms"):
        lists[name] = set(
            (HERE / "lists" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        ) - {""}
    section = ""
    for line in (HERE / "lists" / "additions.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            lists.setdefault(section, set())
        elif line and not line.startswith("#"):
            lists[section].update(item.strip() for item in line.split(";") if item.strip())
    lists["places"] -= lists["notplaces"]
    lists["demonyms"] -= lists["notdemonyms"]
    lists["loc"] |= lists["regions"]
    for demonym in list(lists["demonyms"]):
        if demonym.endswith(("an", "i", "er", "ic")):
            lists["demonyms"].add(demonym + "s")
    return lists


LISTS = load_lists()


@dataclass(frozen=True)
class Name:
    """A gold name: one label, or several that the annotation leaves open; ``maybe`` = or none."""

    start: int
    end: int
    labels: tuple[str, ...]
    maybe: bool = False


def text_of(words: list[str], start: int, end: int) -> str:
    return " ".join(words[start:end])


def place_labels(words: list[str], start: int, end: int) -> tuple[str, ...]:
    """GPE, LOC or FAC by the lists, all three where the lists do not know."""
    text = text_of(words, start, end)
    bare = re.sub(r"^[Tt]he ", "", text)
    if (
        text in LISTS["places"]
        or bare in LISTS["places"]
        or bare.replace(" .", ".") in LISTS["places"]
    ):
        return ("GPE",)
    if (
        bare in LISTS["loc"]
        or words[end - 1] in LISTS["loc"]
        or words[start] in ("Mount", "Mt.", "Lake", "Gulf", "Cape", "Strait", "Isle", "Bay", "Sea")
    ):
        return ("LOC",)
    if words[end - 1] in LISTS["fac"]:
        return ("FAC",)
    return PLACES3


def date_spans(words: list[str], upos: list[str] | None) -> list[Name]:
    """Calendar dates: runs of weekday, month, day and year that hold one of the three."""
    n = len(words)
    kinds = []
    for i, word in enumerate(words):
        if word in LISTS["dates"] or (
            word.title() in LISTS["dates"] and word.isupper() and len(word) > 3
        ):
            sure = word not in ("May", "March", "Mar", "Jun", "Sun", "Dec", "Sep")
            if not sure and upos is not None:
                sure = upos[i] == "PROPN"
            if not sure:
                sure = (
                    i + 1 < n
                    and (_DAY.match(words[i + 1]) or _YEAR.match(words[i + 1])) is not None
                ) or (
                    i > 0
                    and (
                        _DAY.match(words[i - 1]) is not None
                        or words[i - 1] in ("in", "of", "last", "since", "early", "late", "mid")
                    )
                )
            kinds.append("M" if sure else "")
        elif _YEAR.match(word):
            before = words[i - 1].lower() if i else ""
            kinds.append(
                "Y"
                if before
                in ("in", "since", "until", "till", "by", "during", "from", "early", "late")
                else "y"
            )
        elif _DAY.match(word):
            kinds.append("d")
        elif word == ",":
            kinds.append(",")
        else:
            kinds.append("")
    spans: list[Name] = []
    i = 0
    while i < n:
        if kinds[i] in ("", ","):
            i += 1
            continue
        j = i
        while j < n and kinds[j]:
            if kinds[j] == "," and not (
                j + 1 < n and kinds[j + 1] in ("M", "Y", "y") and kinds[j - 1] in ("M", "d")
            ):
                break
            j += 1
        run = "".join(kinds[i:j])
        if ("Y" in run and len(run) == 1) or "M" in run:
            while j > i and kinds[j - 1] in (",",):
                j -= 1
            spans.append(Name(i, j, ("DATE",)))
        i = max(j, i + 1)
    return spans


def demonym_spans(words: list[str], taken: list[bool], skip: set[int]) -> list[Name]:
    """NORP by the list, where no other name covers the words."""
    spans: list[Name] = []
    i = 0
    while i < len(words):
        for size in (2, 1):
            j = i + size
            if (
                j <= len(words)
                and not any(taken[i:j])
                and i not in skip
                and text_of(words, i, j) in LISTS["demonyms"]
            ):
                spans.append(Name(i, j, ("NORP",)))
                i = j
                break
        else:
            i += 1
    return spans


def masks(
    words: list[str], names: list[Name], open_types: tuple[str, ...], default: int = O_BIT
) -> list[int]:
    """Allowed tags per token; tokens outside names allow O and any tag of the open types."""
    n = len(words)
    result = []
    for i in range(n):
        near = any(words[k][:1].isupper() for k in range(max(0, i - 1), min(n, i + 2)))
        bits = default
        for label in open_types:
            if near or label == "DATE":
                bits |= sum(BIT[f"{part}-{label}"] for part in "BILU")
        result.append(bits)
    for name in names:
        for i in range(name.start, name.end):
            size = name.end - name.start
            part = (
                "U" if size == 1 else "B" if i == name.start else "L" if i == name.end - 1 else "I"
            )
            bits = sum(BIT[f"{part}-{label}"] for label in name.labels)
            result[i] = bits | O_BIT if name.maybe else bits
    return result


def merge(*groups: list[Name]) -> list[Name]:
    """Names without overlap: earlier groups first, longer before shorter within a group."""
    chosen: list[Name] = []
    used: set[int] = set()
    for group in groups:
        for name in sorted(group, key=lambda n: (n.start - n.end, n.start)):
            if not used.intersection(range(name.start, name.end)):
                chosen.append(name)
                used.update(range(name.start, name.end))
    return sorted(chosen, key=lambda n: n.start)


def covered(n: int, names: list[Name]) -> list[bool]:
    flags = [False] * n
    for name in names:
        for i in range(name.start, name.end):
            flags[i] = True
    return flags


_FLAT = {
    "PER": ("PERSON",),
    "ORG": ("ORG",),
    "person": ("PERSON",),
    "politician": ("PERSON",),
    "organisation": ("ORG",),
    "politicalparty": ("ORG",),
    "country": ("GPE",),
    "event": ("EVENT",),
    "election": ("EVENT",),
}


def flat_names(words: list[str], spans: list[tuple[int, int, str]]) -> list[Name]:
    """Names of wikigold, CrossNER and UNER spans."""
    names: list[Name] = []
    for start, end, label in spans:
        if label in ("LOC", "location"):
            names.append(Name(start, end, place_labels(words, start, end)))
        elif label in ("MISC", "misc", "OTH"):
            inside = words[start:end]
            if text_of(words, start, end) in LISTS["demonyms"] or all(
                w in LISTS["demonyms"] for w in inside
            ):
                names.append(Name(start, end, ("NORP",)))
            elif EVENT_WORDS.intersection(inside):
                names.append(Name(start, end, ("EVENT",)))
            else:
                names.append(Name(start, end, ("EVENT",), maybe=True))
        else:
            labels = _FLAT[label]
            text = text_of(words, start, end)
            if labels == ("ORG",) and text in LISTS["places"]:
                labels = ("ORG", "GPE")
            names.append(Name(start, end, labels))
    return names


def flat_masks(
    words: list[str], spans: list[tuple[int, int, str]], open_types: tuple[str, ...]
) -> list[int]:
    names = flat_names(words, spans)
    dates = date_spans(words, None)
    found = merge(names, dates)
    return masks(
        words, merge(found, demonym_spans(words, covered(len(words), found), set())), open_types
    )


def certain_masks(sentence: Sentence) -> list[int]:
    """O far from proper nouns; lone country names and demonyms their type; else anything."""
    words, tokens = sentence.words, sentence.tokens
    n = len(words)
    cap = [(t.form[:1].isupper() and t.upos == "ADJ") or t.upos == "PROPN" for t in tokens]
    result = [ANY] * n
    for i, token in enumerate(tokens):
        near = any(cap[max(0, i - 2) : i + 3])
        if not near and not (token.form[:1].isupper() and i > 0):
            result[i] = O_BIT | sum(BIT[f"{part}-DATE"] for part in "BILU")
    for size, part in ((1, ("U",)), (2, ("B", "L"))):
        for i in range(n - size + 1):
            alone = (
                not (i and cap[i - 1])
                and not (i + size < n and cap[i + size])
                and not (i > 1 and words[i - 1].lower() in ("of", "the") and cap[i - 2])
            )
            if not alone:
                continue
            text = text_of(words, i, i + size)
            label = (
                "GPE" if text in LISTS["places"] else "NORP" if text in LISTS["demonyms"] else ""
            )
            if label and all(t.upos in ("PROPN", "ADJ", "NOUN") for t in tokens[i : i + size]):
                for k in range(size):
                    result[i + k] = BIT[f"{part[k]}-{label}"]
    for name in date_spans(words, [t.upos for t in tokens]):
        for k, bits in enumerate(masks(words, [name], ())[name.start : name.end]):
            result[name.start + k] = bits
    return result
