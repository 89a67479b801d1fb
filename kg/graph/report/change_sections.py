"""The sections about time as a whole, periods, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.analyse import Analysis
from kg.graph.measures import change, series
from kg.graph.measures.signed import ADVERSARIES, ALLIES
from kg.graph.report import charts
from kg.graph.report.markup import Markup, join, table, tag
from kg.graph.report.sources import Sources, counted, signed

_LISTED = 8
_RISING = 10

_WORDS = {
    change.TO_CONFLICT: ("Turned to conflict", "allies before, adversaries now"),
    change.TO_COOPERATION: ("Turned to cooperation", "adversaries before, allies now"),
    change.NEW: ("New", "no act before"),
    change.GONE: ("Gone", "no act any more"),
}


def over_time(analysis: Analysis, sources: Sources) -> list[Markup]:
    """All acts month by month, and the table of periods."""
    found = analysis.months
    if found is None:
        return [tag("p", "No event is dated, so nothing can be said about its course.")]
    spans = [period for period in analysis.periods if period.acts]
    parts = []
    if found.first != found.last and found.pairs:
        chart = charts.months_chart(
            series.totals(found),
            found.first,
            found.last,
            190,
            "Cooperation (upwards) and conflict (downwards) of all acts by month",
        )
        parts += [
            tag(
                "p",
                tag("span", "cooperation", class_="key t-MCOOP"),
                tag("span", "conflict", class_="key t-MCONF"),
                "Sums of intensity of all dated events.",
                class_="soft",
            ),
            chart,
        ]
    else:
        parts.append(tag("p", f"All dated events lie in {series.month_name(found.first)}."))
    return parts + ([_periods(spans)] if len(spans) > 1 else []) + _rising(analysis, sources)


def _periods(spans: Sequence[change.Period]) -> Markup:
    head = ("Period", "Acts", "Actors", "Pairs", "Allies", "Adversaries", "Balanced")
    rows = []
    for period in spans[-16:]:
        standings = [tie.standing for tie in period.ties]
        degree = period.triads.degree
        cells = (
            f"{len(period.acts):,}",
            f"{len(period.strength):,}",
            f"{len({act.pair for act in period.acts}):,}",
            f"{standings.count(ALLIES):,}",
            f"{standings.count(ADVERSARIES):,}",
            "–" if degree is None else f"{degree:.0%}",
        )
        rows.append(
            tag("tr", tag("th", period.name, scope="row"), [tag("td", cell) for cell in cells])
        )
    return table("Periods", [(title, None) for title in head], rows)


def _rising(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Who is written about when: a small course for each of the strongest."""
    spans = analysis.periods
    if sum(bool(period.acts) for period in spans) < 3:
        return []
    rows = []
    for one in analysis.figures[:_RISING]:
        course = [float(period.strength.get(one.actor.id, 0)) for period in spans]
        label = f"Evidence from {spans[0].name} to {spans[-1].name}"
        rows.append(
            tag(
                "tr",
                tag("th", sources.actor(one.actor.id, 40), scope="row"),
                tag("td", charts.spark(course, label)),
            )
        )
    return [
        tag("h3", "Who is written about when"),
        tag(
            "p",
            f"Evidence in each period from {spans[0].name} to {spans[-1].name}, "
            "each actor on its own scale.",
            class_="soft",
        ),
        tag("table", tag("tbody", rows), class_="courses"),
    ]


def changes(analysis: Analysis, sources: Sources) -> list[Markup]:
    """The last period with acts against the one before it."""
    if not analysis.comparisons:
        return [
            tag(
                "p",
                "There is only one period with dated acts, and nothing to compare it with.",
            )
        ]
    last = analysis.comparisons[-1]
    parts = []
    for kind in change.CHANGES:
        found = [one for one in last.changes if one.kind == kind]
        title, meaning = _WORDS[kind]
        if not found:
            parts.append(tag("div", tag("h3", title), tag("p", "No pair.", class_="soft")))
            continue
        items = [tag("li", _change(one, sources)) for one in found[:_LISTED]]
        left = len(found) - len(items)
        parts.append(
            tag(
                "div",
                tag("h3", f"{title} ({len(found):,})"),
                tag("p", meaning, class_="soft small"),
                tag("ul", items, class_="plain"),
                tag("p", f"and {left:,} more.", class_="soft small") if left > 0 else None,
            )
        )
    return [
        tag(
            "p",
            f"{last.after} compared with {last.before}, the last two periods with acts.",
            class_="soft",
        ),
        tag("div", parts, class_="columns"),
    ]


def _change(one: change.Change, sources: Sources) -> Markup:
    if one.before is not None and one.after is not None:
        course = f"{signed(one.before)} → {signed(one.after)}"
    else:
        score = one.before if one.after is None else one.after
        course = f"score {signed(score or 0.0)}, {counted(sum(one.acts), 'act')}"
    return join(sources.pair(one.pair, 40), tag("span", f" {course}", class_="soft"))
