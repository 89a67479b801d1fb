"""Where the report takes names, sentences and addresses from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from kg.graph.analyse import Analysis
from kg.graph.measures.acts import Act, by_pair
from kg.graph.report.markup import Markup, commas, join, name, tag
from kg.statement import Document

QUOTES = 4
"""So many pieces of evidence are shown for a pair; the page has all."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Sources:
    """The analysis by pair and claim, the titles of its documents, and the page beside it."""

    def __init__(self, analysis: Analysis, documents: Iterable[Document], page: str | None) -> None:
        self._analysis = analysis
        self._pairs = by_pair(analysis.acts.acts)
        self._titles = {
            document.id: (document.title or document.id, document.date) for document in documents
        }
        self._page = page
        self._evidence = {one.actor.id: one.evidence for one in analysis.figures}

    def actor(self, actor: str, most: int = 60) -> Markup:
        """An actor's name, a link to it in the page where there is one."""
        shown = name(self._analysis.label(actor), most)
        return self._link(shown, f"n:{actor}")

    def pair(self, pair: tuple[str, str], most: int = 60) -> Markup:
        """Two names, each a link, joined by a dash."""
        return join(self.actor(pair[0], most), " – ", self.actor(pair[1], most))

    def names(self, actors: Sequence[str], most: int = 12) -> Markup:
        """Actors in a row, those with most evidence first."""
        ranked = sorted(actors, key=lambda actor: (-self._evidence[actor], actor))
        more = f" and {len(ranked) - most:,} more" if len(ranked) > most else None
        return join(commas([self.actor(actor, 40) for actor in ranked[:most]]), more)

    def page_of(self, pair: tuple[str, str], text: str) -> Markup | None:
        """A link to all that the page has about a pair."""
        return self._link(Markup(text), f"e:{pair[0]}|{pair[1]}") if self._page else None

    def _link(self, shown: Markup, selected: str) -> Markup:
        if self._page is None:
            return shown
        return tag("a", shown, href=f"{self._page}#selected={quote(selected, safe='')}")

    def evidence(
        self,
        pair: tuple[str, str],
        title: Markup | str = "evidence",
        claims: Sequence[str] | None = None,
        hostile: bool | None = None,
    ) -> Markup:
        """A fold with the sentences behind a pair, or behind some of its claims.

        With ``hostile`` those come first that show what is said of the pair.
        """
        acts = self._pairs.get(pair, [])
        if claims is not None:
            wanted = set(claims)
            acts = [act for act in acts if not wanted.isdisjoint(act.claims)]

        def order(act: Act) -> tuple[float, int, int]:
            level = act.intensity or 0.0
            toward = 0.0 if hostile is None else level if hostile else -level
            return (toward, -(act.last or date.min).toordinal(), -act.evidence)

        ranked = sorted(acts, key=order)
        more = len(ranked) - QUOTES
        link = self.page_of(pair, "All in the graph")
        return tag(
            "details",
            tag("summary", title),
            [self._quote(act) for act in ranked[:QUOTES]],
            tag("p", f"and {more:,} more. " if more > 0 else None, link, class_="soft small")
            if more > 0 or link
            else None,
        )

    def _quote(self, act: Act) -> Markup:
        title, published = self._titles.get(act.document, (act.document, None))
        said = " · as quoted" if act.claimed else ""
        return tag(
            "figure",
            tag(
                "p",
                name(self._analysis.label(act.source)),
                " ",
                tag("b", name(act.label), class_=tone(act.intensity)),
                " ",
                name(self._analysis.label(act.target)),
                tag("span", f" {when(act)}{said}", class_="soft"),
            ),
            tag("blockquote", name(act.sentence, 600), dir="auto"),
            tag(
                "figcaption",
                name(title, 120),
                f", {day(published)}" if published else None,
            ),
            class_="quote",
        )


def tone(level: float | None) -> str:
    """The class of a colour for an intensity."""
    if not level:
        return "t-none"
    if level > 0:
        return "t-MCOOP" if level >= 5 else "t-VCOOP"
    return "t-MCONF" if level <= -6 else "t-VCONF"


def day(one: date) -> str:
    """Such as 3 May 2024."""
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def days_told(days: tuple[date, date]) -> str:
    """The first and the last day, or the one day that both are."""
    return " to ".join(dict.fromkeys(map(day, days)))


def when(act: Act) -> str:
    """The days of an act in words."""
    if act.first is None or act.last is None:
        return "undated"
    if act.first == date.min:
        return f"until {day(act.last)}"
    if act.last == date.max:
        return f"since {day(act.first)}"
    if act.first == act.last:
        return day(act.first)
    return f"{day(act.first)} – {day(act.last)}"


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, with a real minus."""
    shown = f"{value:+.{digits}f}"
    return shown.replace("-", "−") if float(shown) else f"{0:.{digits}f}"


def counted(number: int, noun: str) -> str:
    """1 act, 2 acts, 1,200 acts."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
