"""The sections about allies, adversaries, blocs and balance."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.analyse import Analysis
from kg.graph.measures.signed import MIXED, SignedTie
from kg.graph.report.charts import level, triangle
from kg.graph.report.markup import Markup, join, plain, tag, wide
from kg.graph.report.sources import Sources, counted, signed

MATRIX = 16
"""So many actors have their row and column in the matrix."""

_LISTED = 10
_BLOCS = 6

_TRIADS = (
    ("three allies", True),
    ("two allies with an adversary between them", False),
    ("two allies, one common adversary", True),
    ("three adversaries", False),
)


def standing(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Matrix, closest and most hostile pairs, blocs."""
    telling = [tie for tie in analysis.signed if tie.standing != MIXED]
    if not telling:
        return [
            tag(
                "p",
                "No pair is close or hostile enough to be called allies or adversaries: "
                "it takes more than meeting or a single sharp word.",
            )
        ]
    return [
        _matrix(analysis, sources),
        tag(
            "div",
            _list("Allies", analysis.allies(), sources, hostile=False),
            _list("Adversaries", analysis.adversaries(), sources, hostile=True),
            class_="columns",
        ),
        *_blocs(analysis, sources),
    ]


def _matrix(analysis: Analysis, sources: Sources) -> Markup:
    """Who stands how to whom, allies beside one another."""
    scores = {(tie.one, tie.other): tie for tie in analysis.signed}
    involved = {
        end for tie in analysis.signed if tie.standing != MIXED for end in (tie.one, tie.other)
    }
    heaviest = [one.actor.id for one in analysis.figures if one.actor.id in involved][:MATRIX]
    if len(heaviest) < 3:
        return Markup("")
    bloc = {one.actor.id: one.bloc or 10**6 for one in analysis.figures}
    order = sorted(heaviest, key=lambda actor: (bloc[actor], heaviest.index(actor)))
    head = [
        tag("th", tag("span", plain(analysis.label(actor), 22)), scope="col") for actor in order
    ]
    rows = []
    for actor in order:
        cells = []
        for other in order:
            tie = scores.get((actor, other)) or scores.get((other, actor))
            if actor == other:
                cells.append(tag("td", class_="self"))
            elif tie is None:
                cells.append(tag("td"))
            else:
                names = f"{plain(analysis.label(actor), 40)} – {plain(analysis.label(other), 40)}"
                shown = signed(tie.score, 1)
                cells.append(
                    tag(
                        "td",
                        tag("span", shown),
                        class_=f"s{level(tie.score)}".replace("-", "m"),
                        title=f"{names}: {signed(tie.score)}, {counted(tie.acts, 'act')}",
                    )
                )
        rows.append(tag("tr", tag("th", sources.actor(actor, 26), scope="row"), cells))
    return join(
        tag(
            "p",
            "Scores of the actors most written about, allies beside one another: blue is "
            "cooperation, orange conflict, an empty field says that nothing was read of the two.",
            class_="soft",
        ),
        wide(
            tag(
                "table",
                tag("thead", tag("tr", tag("td"), head)),
                tag("tbody", rows),
                class_="matrix",
            ),
            "Matrix of scores",
        ),
    )


def _list(title: str, ties: Sequence[SignedTie], sources: Sources, hostile: bool) -> Markup:
    if not ties:
        return tag("div", tag("h3", title), tag("p", "No pair.", class_="soft"))
    items = [
        tag(
            "li",
            tag("span", signed(tie.score), class_=f"score {'t-MCONF' if hostile else 't-MCOOP'}"),
            tag(
                "div",
                sources.pair((tie.one, tie.other), 40),
                sources.evidence(
                    (tie.one, tie.other), f"{counted(tie.acts, 'act')}, read", hostile=hostile
                ),
            ),
        )
        for tie in ties[:_LISTED]
    ]
    left = len(ties) - len(items)
    more = tag("p", f"and {left:,} more.", class_="soft small") if left > 0 else None
    return tag("div", tag("h3", f"{title} ({len(ties):,})"), tag("ol", items, class_="ties"), more)


def _blocs(analysis: Analysis, sources: Sources) -> list[Markup]:
    if len(analysis.blocs) < 2 and not any(len(bloc) > 2 for bloc in analysis.blocs):
        return []
    cards = []
    for bloc in analysis.blocs[:_BLOCS]:
        cards.append(
            tag(
                "li",
                tag("h4", counted(len(bloc), "ally").replace("allys", "allies")),
                tag("p", sources.names(bloc)),
            )
        )
    return [
        tag("h3", "Blocs"),
        tag("p", "Groups of allies (communities of the friendly ties alone).", class_="soft"),
        tag("ul", cards, class_="cards"),
    ]


def balance(analysis: Analysis, sources: Sources) -> list[Markup]:
    """Triangles by kind, frustration and the two camps."""
    found, strain = analysis.triads, analysis.frustration
    explained = tag(
        "p",
        "The friend of a friend should be a friend, the enemy of an enemy too (Heider 1946). "
        "A network in which that always holds falls into two camps (Cartwright and Harary 1956).",
        class_="soft",
    )
    if not found.total:
        return [
            explained,
            tag(
                "p",
                "No three actors are all allies or adversaries of each other, "
                "so nothing can be out of balance.",
            ),
        ]
    glyphs = [
        tag(
            "figure",
            triangle(hostile),
            tag(
                "figcaption",
                tag("b", f"{count:,}"),
                f" {words}",
                tag(
                    "span",
                    "balanced" if good else "unbalanced",
                    class_="tag" if good else "tag warn",
                ),
            ),
        )
        for hostile, (count, (words, good)) in enumerate(zip(found.counts, _TRIADS, strict=True))
    ]
    return [
        explained,
        tag("div", glyphs, class_="triads"),
        tag(
            "p",
            f"{found.degree:.0%} of {counted(found.total, 'triangle')} are balanced. "
            if found.degree is not None
            else None,
            _strain(analysis),
        ),
        *_camps(analysis, sources),
        *_broken(strain.ties, sources),
    ]


def _strain(analysis: Analysis) -> str:
    strain = analysis.frustration
    whole = sum(tie.standing != MIXED for tie in analysis.signed)
    if not strain.index:
        return "Two camps explain all ties: the network is fully balanced."
    if strain.exact:
        return (
            f"{counted(strain.index, 'tie')} of {whole:,} would have to change for two clean camps "
            "(frustration index)."
        )
    return (
        f"Between {strain.bound:,} and {counted(strain.index, 'tie')} of {whole:,} would have to "
        "change for two clean camps (frustration index, searched)."
    )


def _camps(analysis: Analysis, sources: Sources) -> list[Markup]:
    first, second = analysis.frustration.camps
    if not second or len(first) + len(second) < 4:
        return []
    return [
        tag("h3", "The two camps that fit best"),
        tag(
            "div",
            tag("p", sources.names(first, 14), class_="camp"),
            tag("p", sources.names(second, 14), class_="camp"),
            class_="columns",
        ),
    ]


def _broken(ties: Sequence[tuple[str, str]], sources: Sources) -> list[Markup]:
    if not ties:
        return []
    listed = [tag("li", sources.pair(pair, 40)) for pair in ties[:8]]
    more = (
        tag("p", f"and {len(ties) - 8:,} more.", class_="soft small")
        if len(ties) > 8
        else Markup("")
    )
    return [tag("h3", "Ties that do not fit"), tag("ul", listed), more]
