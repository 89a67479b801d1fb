"""The analysis for programs: one JSON object, its keys described in docs/analysis.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.graph.analyse import Analysis, Figures
from kg.graph.measures.change import Change, Period
from kg.graph.measures.series import Month, month_name
from kg.graph.measures.signed import SignedTie

VERSION = 1
"""Changes when a key gets another meaning."""


def as_json(analysis: Analysis) -> dict[str, Any]:
    """Everything that was found; numbers are rounded to six digits, days are ISO 8601."""
    options, acts, strain = analysis.options, analysis.acts, analysis.frustration
    days = acts.days
    return {
        "version": VERSION,
        "options": {
            "since": _day(options.since),
            "until": _day(options.until),
            "period": options.period,
            "half_life": options.half_life,
            "asserted": options.asserted,
            "by_state": options.by_state,
        },
        "counts": {
            "acts": len(acts.acts),
            "actors": len(acts.actors),
            "ties": analysis.ties.number_of_edges(),
            "documents": sum(acts.published.values()),
            "first": _day(days[0]) if days else None,
            "last": _day(days[1]) if days else None,
            "left_out": acts.left_out,
        },
        "at": _day(analysis.at),
        "exact_betweenness": analysis.exact_betweenness,
        "actors": [_figures(one) for one in analysis.figures],
        "communities": [list(group) for group in analysis.communities],
        "modularity": _round(analysis.modularity),
        "bridges": [list(pair) for pair in analysis.bridges],
        "reciprocity": _round(analysis.reciprocity),
        "pairs": [_pair(tie) for tie in analysis.signed],
        "blocs": [list(bloc) for bloc in analysis.blocs],
        "balance": {
            "triads": dict(zip(("+++", "++-", "+--", "---"), analysis.triads.counts, strict=True)),
            "balanced": _round(analysis.triads.degree),
            "frustration": strain.index,
            "frustration_at_least": strain.bound,
            "frustration_exact": strain.exact,
            "frustrated": [list(pair) for pair in strain.ties],
            "camps": [list(camp) for camp in strain.camps],
        },
        "periods": [_period(period) for period in analysis.periods],
        "changes": [
            {
                "before": one.before,
                "after": one.after,
                "pairs": [_change(change) for change in one.changes],
            }
            for one in analysis.comparisons
        ],
        "series": _series(analysis),
        "anomalies": [
            {
                "pair": list(one.pair),
                "month": month_name(one.month),
                "kind": one.kind,
                "found": _round(one.found),
                "usual": _round(one.usual),
                # so small that six digits would leave nothing
                "chance": float(f"{one.chance:.4g}") if one.chance is not None else None,
                "deviations": _round(one.deviations),
                "statements": list(one.claims),
            }
            for one in analysis.anomalies
        ],
    }


def _figures(one: Figures) -> dict[str, Any]:
    actor = one.actor
    return {
        "id": actor.id,
        "label": actor.label,
        "kind": one.kind,
        "country": actor.country,
        "partners": one.partners,
        "evidence": one.evidence,
        "acts": one.acts,
        "done": one.done,
        "received": one.received,
        "intensity": _round(one.intensity),
        "cooperation": _round(one.cooperation),
        "conflict": _round(one.conflict),
        "betweenness": _round(one.betweenness),
        "pagerank": _round(one.pagerank),
        "effective_size": _round(one.effective_size),
        "constraint": _round(one.constraint),
        "core": one.core,
        "community": one.community,
        "bloc": one.bloc,
    }


def _pair(tie: SignedTie) -> dict[str, Any]:
    return {
        "pair": [tie.one, tie.other],
        "score": _round(tie.score),
        "standing": tie.standing,
        "cooperation": _round(tie.cooperation),
        "conflict": _round(tie.conflict),
        "acts": tie.acts,
        "evidence": tie.evidence,
    }


def _period(period: Period) -> dict[str, Any]:
    standings = [tie.standing for tie in period.ties]
    return {
        "name": period.name,
        "first": _day(period.first),
        "last": _day(period.last),
        "acts": len(period.acts),
        "allies": standings.count("allies"),
        "adversaries": standings.count("adversaries"),
        "balanced": _round(period.triads.degree),
        "evidence": period.strength,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "pair": list(change.pair),
        "kind": change.kind,
        "before": _round(change.before),
        "after": _round(change.after),
        "acts": list(change.acts),
    }


def _series(analysis: Analysis) -> dict[str, Any] | None:
    months = analysis.months
    if months is None:
        return None
    return {
        "first": month_name(months.first),
        "last": month_name(months.last),
        "documents": {month_name(month): n for month, n in sorted(months.documents.items())},
        "pairs": [
            {"pair": list(pair), "months": _months(found)} for pair, found in months.pairs.items()
        ],
    }


def _months(found: Mapping[int, Month]) -> dict[str, dict[str, Any]]:
    return {
        month_name(number): {
            "acts": month.acts,
            "evidence": month.evidence,
            "cooperation": _round(month.cooperation),
            "conflict": _round(month.conflict),
        }
        for number, month in found.items()
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
