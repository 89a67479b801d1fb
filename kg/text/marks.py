"""Quotations with the sentences and paragraphs that they stand in."""

from __future__ import annotations

from kg.text.parsed import Doc
from kg.text.quotations import Quotation, paragraph_bounds


class Marks:
    """The quotations of a document, with the sentences and paragraphs that they stand in."""

    def __init__(self, doc: Doc, quotations: tuple[Quotation, ...]) -> None:
        self.quotations = quotations
        self._around: dict[int, Quotation] = {}
        self._within: dict[int, Quotation] = {}
        for quotation in sorted(quotations, key=lambda q: q.depth):
            for i in range(quotation.start, quotation.end):
                self._around.setdefault(i, quotation)
                self._within[i] = quotation
        self.sentences = [(s.start, s.end) for s in doc.sents]
        self.sentence = [n for n, (a, b) in enumerate(self.sentences) for _ in range(a, b)]
        self.paragraph: list[int] = []
        bounds, n = paragraph_bounds(doc.text), 0
        for token in doc:
            while n + 1 < len(bounds) and token.idx >= bounds[n][1] and not token.is_space:
                n += 1
            self.paragraph.append(n)

    def around(self, token: int) -> Quotation | None:
        """The outermost quotation around a token."""
        return self._around.get(token)

    def within(self, token: int) -> Quotation | None:
        """The innermost quotation around a token."""
        return self._within.get(token)
