"""What stands around a story and is no part of it: links, credits, captions, requests, notices.

Only whole paragraphs are taken for it, and only by their form: an article that writes about
cookies or quotes an advertisement keeps every sentence. The words are in kg/cues/boilerplate.yml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.errors import DataError
from kg.resources import check_keys, read_yaml, resource_path
from kg.text.newsform import Block, blocks

_LONGEST = 600
"""Characters of the longest paragraph that can be boilerplate; notices may have twice as many."""
_LIST = 20
"""So many lines at most below "Related stories"."""

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_PART = re.compile(r"[a-z]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+")
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")
_QUOTED = re.compile(r"[\"“”«»]")
_SEPARATOR = r"\s*(?::|\||»|>|[–—-](?=\s))\s*(?=\S)"
_WORD = re.compile(r"[\w'’.-]*\w")
_FIRST = re.compile(r"[^\w©]{0,8}(©|[\w'’-]+)(?:\s+([\w'’-]+))?")
_CREDIT = 60
_MADE = "contributed"
# "© 2024 Example Wire", "Copyright (c) 2024 by …", "(c) Copyright Example 2024"
_COPYRIGHT = re.compile(
    r"(?:(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)\s*)+(?:by\s+)?(?:[A-Z][\w.,&'’-]*\s+){0,8}"
    r"(?:19|20)\d\d\b.{0,200}|©\s*\w.{0,120}",
    re.S,
)
# "Jane Doe in Seoul and John Smith contributed to this report."
_CONTRIBUTED = re.compile(
    r"\(?[A-Z](?:[^.!?]|(?<=[A-Z])\.)*? contributed (?:reporting"
    r"|to (?:this|the) (?:report|story|article))"
    r"(?: from [A-Z][\w .,'’-]*)?[.)]*",
    re.S,
)
_NAMES = r"(?:agencies|the|and|[A-Z][\w-]*)"
# "(With inputs from Reuters)", "With agency inputs"
_INPUTS = re.compile(
    rf"\(?(?i:with (?:\w+ ){{0,2}}inputs?)(?: from {_NAMES}(?:[, ]+{_NAMES})*)?[.)]*"
    r"|(?i:source): ?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}[.)]*"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of kg/cues/boilerplate.yml, ready for use."""

    lines: frozenset[str]
    sections: frozenset[str]
    labelled: re.Pattern[str]
    credited: re.Pattern[str]
    captioned: re.Pattern[str]
    photographed: re.Pattern[str]
    between: frozenset[str]
    requested: re.Pattern[str]
    wanted: frozenset[str]
    readers: frozenset[str]
    notices: tuple[str, ...]
    telling: frozenset[str]
    beside: frozenset[str]
    beside_not: frozenset[str]
    first: frozenset[str]
    """The first word or the first two of everything that boilerplate can begin with."""


_LISTS = ("lines", "labels", "sections", "captions", "requests", "notices")
_SETS = (
    *("credits", "between", "agencies", "wanted", "readers", "telling"),
    *("beside", "beside_not"),
)


@cache
def load_words() -> Words:
    """The packaged words; raises ``DataError`` for a table that is missing or malformed."""
    path = resource_path("cues/boilerplate.yml")
    data = read_yaml(path)
    check_keys(data, (*_LISTS, *_SETS), (), path)
    lists: dict[str, tuple[str, ...]] = {}
    for key in _LISTS:
        if not isinstance(data[key], list):
            raise DataError(path, None, f"'{key}' is not a list")
        lists[key] = tuple(data[key])
        if len(set(lists[key])) != len(lists[key]):
            raise DataError(path, None, f"something stands twice in '{key}'")
    sets = {key: frozenset(str(data[key]).split()) for key in _SETS}
    labels = _either(lists["labels"])
    capitals = _either([label.upper() for label in lists["labels"] if " " in label])
    work = _either(sorted(sets["credits"]))
    agencies = _either([name.replace("-", " ") for name in sorted(sets["agencies"])])
    openings = (*lists["lines"], *lists["labels"], *lists["sections"], *lists["captions"])
    openings += (*lists["requests"], *sorted(sets["credits"]))
    openings += ("©", "c", "copyright", "source", "with input", "with inputs", "with agency")
    return Words(
        frozenset(lists["lines"]),
        frozenset(lists["sections"]),
        re.compile(rf"(?i:{labels}){_SEPARATOR}|{capitals}\s+(?=\S)"),
        re.compile(rf"[(\[]?(?:{work})(?:,? (?:and )?\w+)? by:?\s+(?=\S)|[(\[]?credit:", re.I),
        re.compile(rf"[(\[]?(?:{_either(lists['captions'])}){_SEPARATOR}", re.I),
        # "[Jane Doe/Reuters]", "(AP Photo/Jane Doe)", "(Photo by Jane Doe)", "REUTERS/Jane Doe"
        re.compile(
            rf".*(?:[(\[](?:(?:file )?photo(?:graph)?(?: by|:)|file:|credit:|image:"
            rf"|[\w .'’-]{{2,40}}/\s?(?:{agencies})\b|(?:{agencies})(?: photo)?/)[^()\[\]]*[)\]]"
            rf"|(?-i:\b(?:REUTERS|AFP|EPA|AP Photo|Reuters)/[A-Z][\w .'’-]{{2,40}}))\.?",
            re.I | re.S,
        ),
        sets["between"],
        re.compile(_either(lists["requests"]) + r"\b"),
        sets["wanted"],
        sets["readers"],
        lists["notices"],
        sets["telling"],
        sets["beside"],
        sets["beside_not"],
        frozenset(_opening(words) for words in openings),
    )


def _opening(words: str) -> str:
    return " ".join(words.split()[:2])


def _either(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"


def boilerplate(text: str) -> list[Block]:
    """The paragraphs of a text that are no part of its story, in order; never all of them.

    The first paragraph, which is the headline, is boilerplate only where it is a line like
    "Advertisement".
    """
    words = load_words()
    folded = text.casefold()
    notices = tuple(part for part in words.notices if part in folded)
    if not notices and not _suspicious(text, folded, words):
        return []
    words = replace(words, notices=notices)
    parts = blocks(text)
    found: list[Block] = []
    listed = 0
    for number, block in enumerate(parts):
        body = text[block.start : block.end].replace("’", "'")
        plain = _EDGES.sub("", body).casefold()
        if plain in words.sections and number:
            listed = _LIST
            found.append(block)
        elif listed and not _TERMINAL.search(body) and len(body) <= 200:
            listed -= 1
            found.append(block)
        else:
            listed = 0
            if plain in words.lines or (number and _is_boilerplate(body, plain, words)):
                found.append(block)
            elif (start := _credit_after(body, words)) is not None:
                found.append(Block("byline", block.start + start, block.end))
    return found if len(found) < len(parts) else []


@lru_cache(maxsize=4096)
def is_beside(name: str) -> bool:
    """Whether a class, id or role of a page in lower case names a part beside the story.

    >>> [is_beside(name) for name in ("related-box", "article__tags", "has-comments", "story")]
    [True, True, False, False]
    """
    words, parts = load_words(), _PART.findall(name)
    if not parts or not words.beside_not.isdisjoint(parts):
        return False
    return parts[0] in words.beside or parts[-1] in words.beside or "-".join(parts) in words.beside


def masked(text: str) -> str:
    """The text with blanks in place of its boilerplate: every other character keeps its place."""
    pieces: list[str] = []
    at = 0
    for block in boilerplate(text):
        inside = text[block.start : block.end]
        pieces += (text[at : block.start], re.sub(r"[^\n]", " ", inside))
        at = block.end
    return "".join((*pieces, text[at:])) if pieces else text


def cut(text: str) -> str:
    """The text without its boilerplate and the blanks around it."""
    for block in reversed(boilerplate(text)):
        before, after = text[: block.start], text[block.end :]
        whole = before.endswith("\n") or not before
        text = before + after.lstrip() if whole else before.rstrip() + after
    return text.rstrip() if text[-1:].isspace() else text


def _suspicious(text: str, folded: str, words: Words) -> bool:
    """Whether any line begins or ends as boilerplate does: most articles have none."""
    lines = text.split("\n")
    return _MADE in folded or any(_opens(line, words) or _may_credit(line) for line in lines)


def _opens(line: str, words: Words) -> bool:
    """Whether a paragraph begins with a word that boilerplate begins with."""
    first = _FIRST.match(line)
    if first is None:
        return False
    word = first.group(1).casefold().replace("’", "'")
    return word in words.first or f"{word} {(first.group(2) or '').casefold()}" in words.first


def _may_credit(line: str) -> bool:
    """Whether a paragraph ends as captions with the name of a photographer do."""
    end = line[-_CREDIT:]
    return "/" in end or end.rstrip(" .")[-1:] in (")", "]")


def _is_boilerplate(body: str, plain: str, words: Words) -> bool:
    if len(body) > 2 * _LONGEST:
        return False
    opens = _opens(body, words)
    if len(body) <= _LONGEST and (
        (opens and (words.labelled.match(body) or words.captioned.match(body)))
        or (opens and (_INPUTS.fullmatch(body) or _is_credit(body, words)))
        or (_may_credit(body) and words.photographed.fullmatch(body))
        or (_MADE in plain and _CONTRIBUTED.fullmatch(body))
    ):
        return True
    if not (opens or words.notices) or _tells(plain, words) or _QUOTED.search(body):
        return False
    if opens and _COPYRIGHT.fullmatch(body):
        return True
    sentences = _SENTENCE_END.split(body)
    if opens and _is_request(sentences, words):
        return True
    return bool(words.notices) and all(_is_notice(one, words) for one in sentences)


def _tells(plain: str, words: Words) -> bool:
    return not words.telling.isdisjoint(_WORD.findall(plain))


def _is_credit(body: str, words: Words) -> bool:
    """ "(Reporting by Jane Doe in Seoul; Editing by John Smith)", with nothing but names.

    Not: "Reporting by Amnesty International found that prisoners were tortured."
    """
    match = words.credited.match(body)
    if match is None:
        return False
    rest = _WORD.findall(body[match.end() :])
    return 0 < len(rest) <= 60 and all(
        word[0].isupper() or word.casefold() in words.between for word in rest
    )


def _credit_after(body: str, words: Words) -> int | None:
    """Where a credit begins behind the last sentence: "… he said. (Reporting by Jane Doe)"."""
    start = body.rfind("(") if body.endswith((")", ").")) else -1
    return start if start > 0 and _is_credit(body[start:], words) else None


def _is_request(sentences: Sequence[str], words: Words) -> bool:
    """ "Sign up for our newsletter. You can unsubscribe at any time." """
    about = 0
    for number, sentence in enumerate(sentences):
        folded = sentence.casefold()
        inside = set(_WORD.findall(folded))
        opens = words.requested.match(folded) is not None
        wants = not words.wanted.isdisjoint(inside)
        addressed = not words.readers.isdisjoint(inside)
        about += wants and (opens or addressed)
        if not (opens if number == 0 else opens or addressed or len(inside) <= 4):
            return False
    return about > 0


def _is_notice(sentence: str, words: Words) -> bool:
    folded = sentence.casefold()
    return any(part in folded for part in words.notices) or bool(_COPYRIGHT.fullmatch(sentence))
