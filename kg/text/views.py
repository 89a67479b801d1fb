"""Qualifications on the way: how certain an event is to the author and to each source.

``State`` is what ``qualify`` carries from the governing words down to a clause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.statement import Modality, Polarity
from kg.text.clauses import Clause, Clauses
from kg.text.parsed import Doc
from kg.text.quotes import Report, Reports
from kg.text.signatures import Signature, Signatures

# Where two modalities meet, the later one holds.
_RANK = (
    Modality.ACTUAL, Modality.INTENDED, Modality.OBLIGATORY, Modality.POSSIBLE,
    Modality.REQUESTED, Modality.CONDITIONAL, Modality.COUNTERFACTUAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A qualification on the way: ``views`` are the factualities of the author and of reports."""

    positive: bool
    modality: Modality
    author: float
    views: tuple[tuple[Report, float], ...]
    condition: tuple[int, int] | None = None
    trace: tuple[str, ...] = ()
    negated_by: frozenset[int] = frozenset()

    def scaled(self, value: float, note: str, modality: Modality | None = None) -> State:
        """Certainty replaced by a lesser one of the same sign."""
        return replace(
            self,
            author=value * self.author / 3,
            views=tuple((r, value * v / 3) for r, v in self.views),
            modality=stronger(self.modality, modality or self.modality),
            trace=(*self.trace, note),
        )

    def negated(self, note: str) -> State:
        """The opposite polarity."""
        return replace(
            self,
            positive=not self.positive,
            author=-self.author,
            views=tuple((r, -v) for r, v in self.views),
            trace=(*self.trace, note),
        )

    def governed(self, signature: Signature, slot: str) -> State:
        """What holds of an event that a word with this signature governs."""
        outcome = signature.positive if self.positive else signature.negative
        certain = outcome.modality is Modality.ACTUAL
        return replace(
            self,
            positive=outcome.polarity is Polarity.POSITIVE,
            modality=self.modality if certain else stronger(self.modality, outcome.modality),
            author=_through(signature, self.author),
            views=tuple((r, _through(signature, v)) for r, v in self.views),
            trace=(*self.trace, f"{signature.words} {slot}: {outcome.name}"),
        )


def _through(signature: Signature, view: float) -> float:
    outcome = signature.positive if view >= 0 else signature.negative
    return outcome.factuality * abs(view) / 3


def stronger(a: Modality, b: Modality) -> Modality:
    """The modality that holds where two meet."""
    return a if _RANK.index(a) >= _RANK.index(b) else b


@dataclass(frozen=True, slots=True)
class Reader:
    """All that qualifying reads of a document."""

    doc: Doc
    clauses: Clauses
    reports: Reports
    signatures: Signatures

    def words(self, clause: Clause) -> frozenset[str]:
        """The auxiliaries of a clause, lower case."""
        return frozenset(self.doc[i].lower_ for i in clause.auxiliaries)

    def reports_it(self, clause: Clause) -> bool:
        """Whether the clause is one of saying, with content of its own."""
        return self.reports.of_clause(clause.head) is not None

    def has_adverb(self, clause: Clause, word: str) -> bool:
        """Whether an adverb stands by the predicate: "has *yet* to sign"."""
        return any(self.doc[i].lower_ == word for i in clause.adverbs)
