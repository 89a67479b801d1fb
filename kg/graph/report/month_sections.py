"""The sections about pairs month by month and the months that are unusual."""

from __future__ import annotations

from kg.graph.analyse import Analysis
from kg.graph.measures import series
from kg.graph.report import charts
from kg.graph.report.markup import Markup, plain, table, tag
from kg.graph.report.sources import Sources, counted

MULTIPLES = 12
"""So many pairs are drawn month by month."""

_UNUSUAL = 15


def pairs(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Small multiples of the pairs with most intensity."""
    found = analysis.months
    if found is None or not found.pairs:
        return [tag("p", "No event is dated, so there is nothing to draw month by month.")]
    if found.first == found.last:
        return [tag("p", "All dated events lie in one month; a course needs at least two.")]
    cards = []
    for pair in series.strongest(found, MULTIPLES):
        marked = frozenset(one.month for one in analysis.anomalies if one.pair == pair)
        names = " and ".join(plain(analysis.label(end), 40) for end in pair)
        sums = found.pairs[pair]
        total = sum(month.acts for month in sums.values())
        chart = charts.months_chart(
            sums, found.first, found.last, 84, f"Intensity between {names} by month", marked
        )
        cards.append(
            tag(
                "figure",
                tag(
                    "figcaption",
                    tag("b", sources.pair(pair, 28)),
                    tag("span", counted(total, "act")),
                ),
                chart,
            )
        )
    return [
        tag(
            "p",
            "Sums of intensity: cooperation upwards, conflict downwards, each pair on its own "
            "scale. A dot marks an unusual month.",
            class_="soft",
        ),
        tag("div", cards, class_="multiples"),
    ]


def unusual(analysis: Analysis, sources: Sources) -> list[Markup]:
    """The anomalies with their evidence."""
    found = analysis.anomalies
    if not found:
        return [
            tag(
                "p",
                "No month is out of line with its pair’s history. A month is compared with "
                f"{series.LEAST} to {series.HISTORY} months before it, so short or thin records "
                "show none.",
            )
        ]
    rows = []
    for one in found[:_UNUSUAL]:
        if one.kind == "many":
            what = f"{one.found:.0f} acts, {one.usual:.1f} expected"
            sure = _chance(one.chance or 0.0)
        else:
            what = f"tone {one.found:+.1f}, usually {one.usual:+.1f}".replace("-", "−")
            sure = f"z = {one.deviations or 0.0:+.1f}".replace("-", "−")
        rows.append(
            tag(
                "tr",
                tag("th", sources.pair(one.pair, 40), scope="row"),
                tag("td", series.month_name(one.month)),
                tag("td", what),
                tag("td", sure),
                tag("td", sources.evidence(one.pair, "read", one.claims)),
            )
        )
    head = [
        ("Pair", None),
        ("Month", None),
        ("Found", None),
        ("How unlikely", None),
        ("Evidence", None),
    ]
    left = len(found) - len(rows)
    return [
        tag(
            "p",
            "More acts than the pair’s own past and the number of articles let expect, "
            "or another tone.",
            class_="soft",
        ),
        table("Unusual months", head, rows),
        tag("p", f"and {left:,} more in the JSON.", class_="soft small")
        if left > 0
        else Markup(""),
    ]


def _chance(chance: float) -> str:
    return "p < 0.000001" if chance < 1e-6 else f"p = {chance:.2g}"
