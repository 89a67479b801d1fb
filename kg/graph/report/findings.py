"""The report in a few sentences: only what the figures bear out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.analyse import Analysis
from kg.graph.measures import change, series
from kg.graph.report.markup import Markup, join, tag
from kg.graph.report.sources import Sources, counted, signed


def findings(analysis: Analysis, sources: Sources) -> Markup:
    """The section "In short"."""
    if not analysis.acts.acts:
        return tag(
            "section",
            tag("h2", "In short"),
            tag(
                "p",
                "The statements hold no act between two actors",
                " in this period" if analysis.options.since or analysis.options.until else None,
                ", so there is nothing to compare. What was left out, and why, stands below.",
            ),
            id="short",
        )
    lines = [tag("li", line) for line in _lines(analysis, sources)]
    return tag("section", tag("h2", "In short"), tag("ul", lines, class_="findings"), id="short")


def _lines(analysis: Analysis, sources: Sources) -> Iterator[Markup]:
    figures = analysis.figures
    most = [sources.actor(one.actor.id) for one in figures[:3]]
    yield join("Most is written about ", _listed(most), ".")
    between = max(figures, key=lambda one: (one.betweenness, one.actor.id))
    if between.betweenness > 0 and len(figures) > 4:
        yield join(
            sources.actor(between.actor.id),
            f" stands between the others: {between.betweenness:.0%} of the shortest ways "
            "lead over it.",
        )
    allies, adversaries = analysis.allies(), analysis.adversaries()
    for words, ties in (("Closest", allies), ("Most hostile", adversaries)):
        for one in ties[:1]:
            yield join(
                f"{words} are ",
                sources.pair((one.one, one.other)),
                f" (score {signed(one.score)}, {counted(one.acts, 'act')}).",
            )
    if not allies and not adversaries:
        yield Markup(
            "No two actors have done enough to each other to be called allies or adversaries."
        )
    if analysis.triads.total >= 5 and analysis.triads.degree is not None:
        yield Markup(
            f"{analysis.triads.degree:.0%} of the {analysis.triads.total:,} triangles of allies "
            "and adversaries are balanced."
        )
    yield from _turned(analysis, sources)
    if analysis.anomalies:
        odd = analysis.anomalies[0]
        what = (
            f"{odd.found:.0f} acts where {odd.usual:.1f} were to be expected"
            if odd.kind == "many"
            else f"a tone of {signed(odd.found, 1)} where {signed(odd.usual, 1)} is usual"
        )
        yield join(
            "The least usual month: ",
            sources.pair(odd.pair),
            f" in {series.month_name(odd.month)}, {what}.",
        )


def _turned(analysis: Analysis, sources: Sources) -> Iterator[Markup]:
    if not analysis.comparisons:
        return
    last = analysis.comparisons[-1]
    for kind in (change.TO_CONFLICT, change.TO_COOPERATION):
        turned = [sources.pair(one.pair) for one in last.changes if one.kind == kind]
        if turned:
            more = f" and {len(turned) - 3:,} more" if len(turned) > 3 else ""
            yield join(
                f"From {last.before} to {last.after} {kind}: ",
                _listed(turned[:3]),
                more,
                ".",
            )


def _listed(parts: list[Markup]) -> Markup:
    """a, b and c."""
    if len(parts) < 2:
        return join(*parts)
    return join(*[join(one, ", ") for one in parts[:-2]], parts[-2], " and ", parts[-1])
