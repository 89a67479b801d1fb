"""Is it so: polarity, modality, condition and factuality of every clause.

A clause is read in its surroundings from the outside in: each governing word hands its event
on as its signature says ("failed to", "plans to", "may"), each report opens the view of one
more source, and the clause's own negation, auxiliaries and adverbs come last.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.statement import Modality, Polarity
from kg.text.clauses import Clause, Clauses
from kg.text.contexts import state_of
from kg.text.parsed import Doc
from kg.text.quotes import Reports
from kg.text.signatures import load_signatures
from kg.text.sourceviews import plain
from kg.text.views import Reader, State


@dataclass(frozen=True, slots=True)
class Qualification:
    """How a clause holds by the words of the text.

    ``condition`` are the (start, end) tokens of what it depends on. ``factuality`` runs from
    -3 (certainly not) to +3 (certainly) as the author has it; ``sources`` are the same for
    each report of ``Reports.chain``, in its order. ``trace`` names the words that decided.
    """

    polarity: Polarity
    modality: Modality
    condition: tuple[int, int] | None
    factuality: float
    sources: tuple[float, ...]
    trace: tuple[str, ...]


def qualify(doc: Doc, clauses: Clauses, reports: Reports, clause: Clause) -> Qualification:
    """Polarity, modality, condition and factuality of one clause, nominal ones included."""
    reader = Reader(doc, clauses, reports, load_signatures())
    return _qualification(reader, clause, state_of(reader, clause))


def plainly_told(doc: Doc, clauses: Clauses, reports: Reports, clause: Clause) -> Qualification:
    """What would hold of an act that is told without qualification where the clause stands."""
    reader = Reader(doc, clauses, reports, load_signatures())
    return _qualification(reader, clause, plain(reader, clause))


def _qualification(reader: Reader, clause: Clause, state: State) -> Qualification:
    known = dict(state.views)
    return Qualification(
        polarity=Polarity.POSITIVE if state.positive else Polarity.NEGATIVE,
        modality=state.modality,
        condition=state.condition,
        factuality=_rounded(state.author),
        sources=tuple(
            _rounded(known.get(report, 0.0)) for report in reader.reports.chain(clause.head)
        ),
        trace=state.trace,
    )


def _rounded(value: float) -> float:
    # Adding nothing turns a negative zero into zero.
    return round(max(-3.0, min(3.0, value)), 2) + 0.0
