"""A parsed document as plain Python objects, made once from spaCy's.

Rules ask tokens for their words, labels and neighbours some hundred times each. spaCy makes
a new ``Token`` for every ``doc[i]`` and looks its strings up in a hash table at every access;
here both are done once. The names are spaCy's and mean what they mean there; only what the
rules use is here. A document is not changed once it is made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import spacy.tokens
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.parts_of_speech import NAMES as POS_NAMES

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_COLUMNS = [ORTH, LEMMA, POS, TAG, DEP, HEAD, MORPH, ENT_TYPE, SENT_START, SPACY, IDX]
_MOST_KNOWN = 200_000
"""Words remembered at most: some 40 MB."""


class Morph(dict[str, list[str]]):
    """The features of a word: ``morph.get("Number", [])`` is ["Plur"]."""

    def __str__(self) -> str:
        return "|".join(f"{name}={','.join(values)}" for name, values in self.items())


class _Form(NamedTuple):
    """What is the same wherever a form stands."""

    text: str
    lower: str
    is_alpha: bool
    is_punct: bool
    is_space: bool
    is_quote: bool
    is_upper: bool
    like_num: bool


class Token:
    """A word of a document; ``children`` are the tokens that hang on it, in text order."""

    __slots__ = (
        *("doc", "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_"),
        *("head", "children", "morph", "is_sent_start", "whitespace_", "is_alpha", "is_punct"),
        *("is_space", "is_quote", "is_upper", "like_num"),
    )

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    head: Token
    children: tuple[Token, ...]
    morph: Morph
    is_sent_start: bool
    whitespace_: str
    is_alpha: bool
    is_punct: bool
    is_space: bool
    is_quote: bool
    is_upper: bool
    like_num: bool

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def n_lefts(self) -> int:
        """How many children stand before the token."""
        return sum(child.i < self.i for child in self.children)

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return self.doc[self.doc.edges[self.i][0]]

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return self.doc[self.doc.edges[self.i][1]]

    @property
    def subtree(self) -> list[Token]:
        """The token and all that hangs on it, in text order."""
        found = [self]
        for token in found:
            found.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The head, its head, and so on to the root."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def sent(self) -> Span:
        """The sentence in which the token stands."""
        return self.doc.sents[self.doc.sentence_numbers[self.i]]

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places behind; raises ``IndexError`` beyond the document."""
        if self.i + distance < 0:
            raise IndexError(self.i + distance)
        return self.doc[self.i + distance]


class Span:
    """Adjoining tokens of a document; ``label_`` is the type of a name, else ""."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __getitem__(self, index: int) -> Token:
        return self.doc[self.start : self.end][index]

    @property
    def start_char(self) -> int:
        """The offset of the first character."""
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        """The offset behind the last character."""
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The text, without the blank behind the last token."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The first token whose head lies outside the span, or that has none."""
        for token in self:
            if token.head is token or not self.start <= token.head.i < self.end:
                return token
        raise IndexError("an empty span")


class Doc(list[Token]):
    """A parsed document: the list of its tokens, with its text, sentences and names."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a document is itself, as in spaCy

    def __init__(self, doc: spacy.tokens.Doc) -> None:
        super().__init__(_tokens(self, doc))
        self.text = doc.text
        self.ents = tuple(Span(self, e.start, e.end, e.label_) for e in doc.ents)

    def __eq__(self, other: object) -> bool:
        return self is other

    def span(self, start: int, end: int) -> Span:
        """The tokens from ``start`` up to ``end``, as far as there are any."""
        count = len(self)
        return Span(self, start if start < count else count, end if end < count else count)

    @cached_property
    def sents(self) -> tuple[Span, ...]:
        """The sentences."""
        starts = [token.i for token in self if token.is_sent_start or not token.i]
        bounds = [*starts, len(self)]
        return tuple(Span(self, start, end) for start, end in pairwise(bounds))

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """The number of the sentence of each token, counted from 0."""
        return [number for number, sentence in enumerate(self.sents) for _ in sentence]

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """The first and the last token of the subtree of each token."""
        first, last = list(range(len(self))), list(range(len(self)))
        for token in self:
            above = token
            while above.head is not above:
                above = above.head
                if first[above.i] > token.i:
                    first[above.i] = token.i
                if last[above.i] < token.i:
                    last[above.i] = token.i
        return list(zip(first, last, strict=True))

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self]

    def covering(self, start: int, end: int) -> Span | None:
        """The tokens that the characters from ``start`` to ``end`` touch."""
        if not 0 <= start < end <= len(self.text):
            return None
        first = bisect_right(self._offsets, start) - 1
        if start >= self[first].idx + len(self[first].text):
            first += 1
        last = bisect_right(self._offsets, end - 1)
        return Span(self, first, last)


_forms: dict[int, _Form] = {}
_strings: dict[int, str] = {}
_morphs: dict[int, Morph] = {}


def _tokens(view: Doc, doc: spacy.tokens.Doc) -> list[Token]:
    tokens = [Token() for _ in range(len(doc))]
    columns = doc.to_array(_COLUMNS).T.tolist() if tokens else []
    vocab = doc.vocab
    if len(_forms) > _MOST_KNOWN:
        _forms.clear()
        _strings.clear()
    inside: list[list[Token]] = [[] for _ in tokens]
    for i, (token, row) in enumerate(zip(tokens, zip(*columns, strict=True), strict=True)):
        orth, lemma, pos, tag, dep, head, morph, label, start, space, idx = row
        token.doc, token.i, token.idx = view, i, idx
        (
            token.text,
            token.lower_,
            token.is_alpha,
            token.is_punct,
            token.is_space,
            token.is_quote,
            token.is_upper,
            token.like_num,
        ) = _forms.get(orth) or _form(orth, vocab)
        token.lemma_ = _strings.get(lemma) or _string(lemma, vocab)
        token.tag_ = _strings.get(tag) or _string(tag, vocab)
        token.dep_ = _strings.get(dep) or _string(dep, vocab)
        token.ent_type_ = (_strings.get(label) or _string(label, vocab)) if label else ""
        token.pos_ = POS_NAMES[pos]
        known = _morphs.get(morph)
        token.morph = _morph(morph, vocab) if known is None else known
        token.is_sent_start = start == 1
        token.whitespace_ = " " if space else ""
        above = i + (head if head < _NEGATIVE else head - 2 * _NEGATIVE)
        token.head = tokens[above]
        if above != i:
            inside[above].append(token)
    for token, children in zip(tokens, inside, strict=True):
        token.children = tuple(children)
    return tokens


_NEGATIVE = 1 << 63
"""Offsets to heads come as unsigned numbers of 64 bits."""


def _form(orth: int, vocab: Vocab) -> _Form:
    form = vocab[orth]
    shape = (form.is_alpha, form.is_punct, form.is_space, form.is_quote, form.is_upper)
    return _forms.setdefault(orth, _Form(form.text, form.lower_, *shape, form.like_num))


def _string(number: int, vocab: Vocab) -> str:
    return _strings.setdefault(number, vocab.strings[number] if number else "")


def _morph(number: int, vocab: Vocab) -> Morph:
    features = vocab.strings[number] if number else ""
    pairs = (feature.partition("=") for feature in features.split("|") if "=" in feature)
    return _morphs.setdefault(number, Morph({k: v.split(",") for k, _, v in pairs}))
