"""The findings for a terminal: plain lines, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.analyse import Analysis
from kg.graph.measures import change
from kg.graph.measures.series import month_name
from kg.graph.measures.signed import SignedTie
from kg.graph.report.markup import plain
from kg.graph.report.sources import counted, days_told, signed

_ROWS = 8


def lines(analysis: Analysis) -> Iterator[str]:
    """The findings, a few lines for each kind; kinds without any are left out."""
    acts = analysis.acts
    if not acts.acts:
        yield "No act between two actors, so there is nothing to analyse."
        yield from (f"  left out: {reason}: {count:,}" for reason, count in acts.left_out.items())
        return
    days = acts.days
    when = f", {days_told(days)}" if days else ""
    yield f"{counted(len(acts.acts), 'act')} between {counted(len(acts.actors), 'actor')}{when}"
    yield ""
    yield "Who matters                     evidence partners  between  PageRank  constraint"
    for one in analysis.figures[:_ROWS]:
        label = plain(analysis.label(one.actor.id), 30)
        yield (
            f"  {label:<30}{one.evidence:>8,}{one.partners:>9,}{one.betweenness:>9.3f}"
            f"{one.pagerank:>10.3f}{one.constraint:>12.2f}"
        )
    for title, ties in (("Allies", analysis.allies()), ("Adversaries", analysis.adversaries())):
        yield from _ties(analysis, title, ties)
    if analysis.triads.degree is not None:
        yield ""
        yield (
            f"Balance: {analysis.triads.degree:.0%} of "
            f"{counted(analysis.triads.total, 'triangle')} balanced, frustration "
            f"{'' if analysis.frustration.exact else 'at most '}{analysis.frustration.index:,}"
        )
    yield from _changes(analysis)
    if analysis.anomalies:
        yield ""
        yield "Unusual months"
        for odd in analysis.anomalies[:_ROWS]:
            found, usual = (
                (f"{odd.found:.0f} acts", f"{odd.usual:.1f}")
                if odd.kind == "many"
                else (f"tone {signed(odd.found, 1)}", signed(odd.usual, 1))
            )
            pair = _pair(analysis, odd.pair)
            yield f"  {month_name(odd.month)}  {pair}: {found}, expected {usual}"


def _ties(analysis: Analysis, title: str, ties: Sequence[SignedTie]) -> Iterator[str]:
    if ties:
        yield ""
        yield f"{title} ({len(ties):,})"
        for tie in ties[:_ROWS]:
            pair = _pair(analysis, (tie.one, tie.other))
            yield f"  {signed(tie.score)}  {pair} ({counted(tie.acts, 'act')})"


def _changes(analysis: Analysis) -> Iterator[str]:
    if not analysis.comparisons:
        return
    last = analysis.comparisons[-1]
    yield ""
    counts = [sum(one.kind == kind for one in last.changes) for kind in change.CHANGES]
    told = ", ".join(
        f"{number:,} {kind}" for number, kind in zip(counts, change.CHANGES, strict=True)
    )
    yield f"From {last.before} to {last.after}: {told}"
    for one in last.changes[:_ROWS]:
        if one.before is not None and one.after is not None:
            pair = _pair(analysis, one.pair)
            yield f"  {pair}: {signed(one.before)} → {signed(one.after)}"


def _pair(analysis: Analysis, pair: tuple[str, str]) -> str:
    return " – ".join(plain(analysis.label(end), 40) for end in pair)
