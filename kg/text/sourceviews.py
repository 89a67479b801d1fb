"""Reports open views: what an event is worth to the author and to each source of a chain."""

from __future__ import annotations

from dataclasses import replace

from kg.statement import Modality
from kg.text.clauses import Clause
from kg.text.cues import load_cues
from kg.text.quotes import Report
from kg.text.views import Reader, State, stronger


def plain(reader: Reader, clause: Clause) -> State:
    """The state of a clause that no governing word bears on: only its reports."""
    state = State(True, Modality.ACTUAL, 3.0, ())
    return with_views(reader, state, reader.reports.chain(clause.head), None)


def with_views(
    reader: Reader, state: State, reports: tuple[Report, ...], governor: Clause | None
) -> State:
    """Open the view of each source, the outermost first."""
    fresh = [report for report in reports if all(report != known for known, _ in state.views)]
    if {"confirms", "denies"} <= {report.kind for report in fresh if not state.positive}:
        # "neither confirmed nor denied that …"
        views = (*state.views, *((report, 0.0) for report in fresh))
        state = replace(state, positive=True, author=0.0, views=views)
        return replace(state, modality=stronger(Modality.POSSIBLE, state.modality))
    for report in fresh:
        author, source = load_cues().kinds[report.kind]
        by_governor = governor is not None and report.cue_clause == governor.head
        if by_governor and not state.positive and report.kind in _UNDENIED:
            # "nobody denies that …", "did not dispute that …"
            state = _undenied(state, report)
            continue
        if by_governor and (not state.positive or state.modality is not Modality.ACTUAL):
            # "did not say that …", "may say that …": nothing is said about it
            state = replace(
                state,
                positive=True,
                modality=stronger(Modality.POSSIBLE, state.modality),
                author=0.0,
                views=(*((r, 0.0) for r, _ in state.views), (report, 0.0)),
                trace=(*state.trace, f"{report.kind} not said"),
            )
            continue
        state = replace(
            state,
            author=author * state.author / 3,
            views=(*((r, author * v / 3) for r, v in state.views), (report, source)),
            trace=(*state.trace, report.kind),
        )
        if report.kind == "asks":
            state = replace(state, modality=stronger(state.modality, Modality.POSSIBLE))
    return state


_UNDENIED = {"denies", "doubts"}


def _undenied(state: State, report: Report) -> State:
    """What is not denied is granted."""
    sure = 3.0 if state.trace and state.trace[-1] in {"nobody", "no", "none", "few"} else 2.0
    return replace(
        state,
        positive=True,
        author=sure,
        views=(*((r, abs(v)) for r, v in state.views), (report, 3.0)),
        trace=(*state.trace, f"{report.kind} not"),
    )
