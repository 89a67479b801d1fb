"""What the report tells, section by section; a section with nothing to tell says so in a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.graph.analyse import Analysis, Figures
from kg.graph.measures.signed import THRESHOLD
from kg.graph.report import charts
from kg.graph.report.change_sections import changes, over_time
from kg.graph.report.findings import findings
from kg.graph.report.markup import Markup, join, name, table, tag
from kg.graph.report.month_sections import pairs, unusual
from kg.graph.report.signed_sections import balance, standing
from kg.graph.report.sources import Sources, counted, day, days_told

ROWS = 20
"""So many actors are in the table of those who matter."""

_GROUPS = 8

Section = Callable[[Analysis, Sources], list[Markup]]


def body(analysis: Analysis, sources: Sources, title: str) -> Markup:
    """The whole report between ``<body>`` and ``</body>``."""
    parts: list[tuple[str, str, Section]] = [
        ("time", "Cooperation and conflict over time", over_time),
        ("actors", "Who matters", actors),
        ("standing", "Allies and adversaries", standing),
        ("balance", "Is the network balanced?", balance),
        ("groups", "Who belongs together", groups),
        ("pairs", "Pairs month by month", pairs),
        ("unusual", "Unusual months", unusual),
        ("changes", "What changed", changes),
    ]
    if not analysis.acts.acts:
        parts = []
    sections = [
        tag("section", tag("h2", heading), make(analysis, sources), id=key)
        for key, heading, make in parts
    ]
    contents = [tag("li", tag("a", heading, href=f"#{key}")) for key, heading, _ in parts]
    return join(
        tag("header", tag("h1", name(title, 200)), tag("p", _span(analysis), class_="lead")),
        tag("nav", tag("ul", contents), aria_label="Sections") if contents else None,
        tag("main", findings(analysis, sources), sections, counting(analysis)),
    )


def _span(analysis: Analysis) -> Markup:
    acts = analysis.acts
    if not acts.acts:
        return Markup("Nothing to analyse.")
    days = acts.days
    when = f", {days_told(days)}" if days else ", none of them dated"
    asked = [
        f"since {day(analysis.options.since)}" if analysis.options.since else "",
        f"until {day(analysis.options.until)}" if analysis.options.until else "",
        "without what only quoted sources say" if analysis.options.asserted else "",
        "officials counted as their states" if analysis.options.by_state else "",
    ]
    chosen = ", ".join(one for one in asked if one)
    return join(
        f"{counted(len(acts.acts), 'act')} between {counted(len(acts.actors), 'actor')}{when}",
        f" ({chosen})" if chosen else None,
        ".",
    )


# --- who matters --------------------------------------------------------------------------


def actors(analysis: Analysis, sources: Sources) -> list[Markup]:
    """The table of the actors with most evidence, and the brokers among all."""
    top = analysis.figures[:ROWS]
    most = max(one.evidence for one in top)
    between = max(one.betweenness for one in analysis.figures) or 1.0
    rank = max(one.pagerank for one in analysis.figures) or 1.0
    head = [
        ("Actor", None),
        ("Evidence", "pieces of evidence for acts with others"),
        ("Partners", "actors with whom there is an act (degree)"),
        ("Tone", "mean intensity of the acts, from −10 to 10"),
        ("Between", "share of shortest ways that lead over the actor (betweenness)"),
        ("PageRank", "share of attention when following who acts upon whom"),
        ("Constraint", "Burt: low for brokers between others, high where all partners meet"),
        ("Core", "largest k of a k-core with the actor"),
    ]
    rows = [_actor_row(one, sources, most, between, rank) for one in top]
    more = len(analysis.figures) - len(top)
    note = "" if analysis.exact_betweenness else " Betweenness is estimated from a sample."
    return [
        tag(
            "p", "Those most written about, with their place in the network." + note, class_="soft"
        ),
        table("Actors", head, rows),
        tag("p", f"and {counted(more, 'actor')} more.", class_="soft small")
        if more
        else Markup(""),
        *_brokers(analysis, sources),
    ]


def _actor_row(one: Figures, sources: Sources, most: int, between: float, rank: float) -> Markup:
    tone = (one.cooperation + one.conflict) / one.acts
    return tag(
        "tr",
        tag("th", sources.actor(one.actor.id), scope="row"),
        tag("td", f"{one.evidence:,}", charts.bar(one.evidence / most)),
        tag("td", f"{one.partners:,}"),
        tag("td", _signed(tone)),
        tag("td", f"{one.betweenness:.3f}", charts.bar(one.betweenness / between)),
        tag("td", f"{one.pagerank:.3f}", charts.bar(one.pagerank / rank)),
        tag("td", f"{one.constraint:.2f}"),
        tag("td", one.core),
    )


def _signed(value: float) -> Markup:
    class_ = "t-MCOOP" if value > 0.05 else "t-MCONF" if value < -0.05 else "t-none"
    return tag("span", f"{value:+.1f}".replace("-", "−"), class_=f"tone {class_}")


def _brokers(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Those who know many who do not know each other."""
    ranked = sorted(analysis.figures, key=lambda one: (-one.effective_size, one.actor.id))
    brokers = [one for one in ranked if one.effective_size >= 2][:5]
    if not brokers:
        return []
    listed = [
        join(
            sources.actor(one.actor.id),
            tag(
                "span",
                f" {one.effective_size:.1f} of {counted(one.partners, 'partner')} apart",
                class_="soft",
            ),
        )
        for one in brokers
    ]
    return [
        tag("h3", "Brokers"),
        tag(
            "p",
            "Actors whose partners have little to do with one another (structural holes).",
            class_="soft",
        ),
        tag("ol", [tag("li", one) for one in listed]),
    ]


# --- who belongs together -----------------------------------------------------------------


def groups(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Communities, bridges and reciprocity."""
    found = [group for group in analysis.communities if len(group) > 1]
    quality = analysis.modularity
    answered = analysis.reciprocity
    figures = [
        ("communities", f"{len(found):,}"),
        ("modularity Q", "–" if quality is None else f"{quality:.2f}"),
        ("bridges", f"{len(analysis.bridges):,}"),
        ("innermost core", f"k = {max(one.core for one in analysis.figures)}"),
        ("ties answered", "–" if answered is None else f"{answered:.0%}"),
    ]
    cards = [
        tag(
            "li",
            tag("h3", counted(len(group), "actor")),
            tag("p", sources.names(group)),
        )
        for group in found[:_GROUPS]
    ]
    left = len(found) - len(cards)
    return [
        facts(figures),
        tag(
            "p",
            "Actors in a community have more to do with one another than with the rest, "
            "be it good or bad.",
            class_="soft",
        ),
        tag("ul", cards, class_="cards"),
        tag("p", f"and {left:,} smaller communities.", class_="soft small")
        if left > 0
        else Markup(""),
    ]


def facts(figures: Sequence[tuple[str, str]]) -> Markup:
    """A row of large numbers with their names."""
    cells = [tag("div", tag("dd", value), tag("dt", title)) for title, value in figures]
    return tag("dl", cells, class_="figures")


# --- how it was counted -------------------------------------------------------------------


def counting(analysis: Analysis) -> Markup:
    """What was left out, and what the words mean."""
    left = [
        tag("tr", tag("th", reason, scope="row"), tag("td", f"{count:,}"))
        for reason, count in sorted(analysis.acts.left_out.items(), key=lambda item: -item[1])
    ]
    fade = analysis.options.half_life
    fading = f"An act counts half after {fade:g} days" if fade is not None else "Acts do not fade"
    seen = f", seen from {day(analysis.at)}" if analysis.at and fade is not None else ""
    return tag(
        "section",
        tag("h2", "How this was counted"),
        tag(
            "p",
            "An act is one relation between two actors on one day, however often it is told. The "
            "intensity of its relation (from −10, attacks, over 0 to 10, unites) comes from kg’s "
            "ontology, in the spirit of Goldstein’s scale for event data (1992).",
        ),
        tag(
            "p",
            f"{fading}{seen}. The score of a pair lies between −1 and 1; from {THRESHOLD} on it "
            f"counts as allied, from −{THRESHOLD} down as adverse. What is written about is not "
            "what happened: the figures describe the articles that were read.",
        ),
        tag("h3", "Left out") if left else None,
        tag("table", tag("tbody", left), class_="narrow") if left else None,
        tag(
            "p",
            "Every figure is defined, with its reference, in docs/analysis.md of kg.",
            class_="soft small",
        ),
        id="counting",
    )
