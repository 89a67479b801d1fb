"""Reports on the way: what one cue hands to one source, before quotation marks are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.text.clauses import Clause, Clauses, Link
from kg.text.cues import Cue, Cues
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before quotation marks are looked at.

    ``own`` are the tokens of the reporting clause that can never be content, ``beside`` says
    that the clause stands outside the grammar of its content ("…, state media reported"),
    ``hedge`` that it leaves its source out ("reportedly").
    """

    cue: Cue
    span: tuple[int, int]
    clause: int | None
    source: int | None
    addressee: int | None
    content: frozenset[int]
    own: frozenset[int] = frozenset()
    beside: bool = False
    hedge: bool = False
    quoting: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed document with what the finders of reports read from it."""

    doc: Doc
    clauses: Clauses
    phrases: dict[int, NounPhrase]
    cues: Cues
    _asides: dict[int, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, doc: Doc, clauses: Clauses, phrases: dict[int, NounPhrase], cues: Cues) -> Text:
        """The document with the asides of its nouns (", which …") at hand."""
        asides: dict[int, list[int]] = {}
        for clause in clauses:
            further = clause.link in {Link.RELATIVE, Link.ADNOMINAL}
            if further and clause.anchor is not None and is_aside(doc, clause):
                asides.setdefault(clause.anchor, []).append(clause.head)
        return cls(doc, clauses, phrases, cues, asides)

    def below(self, head: int) -> frozenset[int]:
        """All tokens that hang on a token, itself included."""
        return frozenset(token.i for token in self.doc[head].subtree)

    def nominal(self, head: int) -> frozenset[int]:
        """What hangs on a noun, but for its preposition and asides (", which had demanded …")."""
        phrase = self.phrases.get(head)
        first = phrase.start if phrase is not None else head
        found = {i for i in self.below(head) if i >= first}
        for noun in sorted(found):
            for aside in self._asides.get(noun, ()):
                found -= self.below(aside)
        return frozenset(found)

    def sentence(self, token: int) -> tuple[int, int]:
        """First and last + 1 token of the sentence around a token."""
        sent = self.doc[token].sent
        return sent.start, sent.end

    def stretch(self, token: int) -> tuple[int, int]:
        """The part of its sentence around a token that semicolons bound."""
        start, end = self.sentence(token)
        stops = [i for i in range(start, end) if self.doc[i].text == ";"]
        first = max((i + 1 for i in stops if i < token), default=start)
        return first, min((i for i in stops if i > token), default=end)


def is_aside(doc: Doc, clause: Clause) -> bool:
    """Whether a relative clause stands after a comma and so does not tell which one is meant."""
    return doc[clause.start].text == "," or (clause.start > 0 and doc[clause.start - 1].text == ",")
