"""Drawings as inline SVG: widths in per cent and letters in pixels, so that they fit any screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.graph.measures.series import Month, month_name
from kg.graph.report.markup import Markup, tag

Sums = Mapping[int, Month]


def months_chart(
    sums: Sums, first: int, last: int, height: int, label: str, marked: frozenset[int] = frozenset()
) -> Markup:
    """Cooperation upwards and conflict downwards, one bar a month; ``marked`` months stand out.

    Long times are put together to quarters or years, so that bars stay visible.
    """
    size = next((n for n in (1, 3, 12) if (last - first + 1) / n <= 120), 12)
    begin, end = first // size, last // size
    up: dict[int, float] = {}
    down: dict[int, float] = {}
    for month, entry in sums.items():
        up[month // size] = up.get(month // size, 0.0) + entry.cooperation
        down[month // size] = down.get(month // size, 0.0) - entry.conflict
    tallest = max([*up.values()], default=0.0), max([*down.values()], default=0.0)
    scale = (height - 22) / ((tallest[0] + tallest[1]) or 1.0)
    zero = round(2 + tallest[0] * scale, 2) if sum(tallest) else height / 2 - 9
    bins = end - begin + 1
    step = 100 / bins
    bars = []
    for number in range(begin, end + 1):
        x = f"{(number - begin + 0.12) * step:.3f}%"
        wide = f"{step * 0.76:.3f}%"
        for amount, way, class_ in ((up, -1, "t-MCOOP"), (down, 1, "t-MCONF")):
            tall = amount.get(number, 0.0) * scale
            if tall:
                top = zero - tall if way < 0 else zero
                bars.append(
                    tag(
                        "rect",
                        x=x,
                        y=f"{top:.2f}",
                        width=wide,
                        height=f"{max(tall, 1):.2f}",
                        class_=class_,
                    )
                )
        if any(month // size == number for month in marked):
            centre = f"{(number - begin + 0.5) * step:.3f}%"
            bars.append(tag("circle", cx=centre, cy=f"{height - 17}", r="3.5", class_="mark"))
    return tag(
        "svg",
        tag("line", x1="0", x2="100%", y1=f"{zero:.2f}", y2=f"{zero:.2f}", class_="axis"),
        bars,
        _ticks(begin, end, size, height),
        class_="months",
        width="100%",
        height=height,
        role="img",
        aria_label=label,
    )


def _ticks(begin: int, end: int, size: int, height: int) -> list[Markup]:
    """First and last time, and in long charts a few between."""
    bins = end - begin + 1
    wanted = sorted(
        {begin, end} | ({begin + bins // 3, begin + 2 * bins // 3} if bins > 8 else set())
    )
    found = []
    for number in wanted:
        name = month_name(number * size)[: 4 if size == 12 else 7]
        anchor = "start" if number == begin else "end" if number == end else "middle"
        place = (
            0.0
            if number == begin
            else 100.0
            if number == end
            else (number - begin + 0.5) / bins * 100
        )
        between = "between" if anchor == "middle" else None
        found.append(
            tag("text", name, x=f"{place:.2f}%", y=height - 3, text_anchor=anchor, class_=between)
        )
        if begin == end:
            break
    return found


def bar(share: float, class_: str = "bar") -> Markup:
    """A bar as long as the share (0 to 1) of its cell; for those who see, beside a number."""
    return tag(
        "svg",
        tag("rect", width=f"{max(0.0, min(1.0, share)) * 100:.1f}%", height="6", rx="2"),
        class_=class_,
        width="100%",
        height="6",
        aria_hidden="true",
    )


def triangle(hostile: int) -> Markup:
    """Three actors with so many hostile ties among them."""
    corners = ((32, 8), (8, 50), (56, 50))
    # With two hostile ties the odd one out stands on top, with one they lie at the bottom.
    ties = (((1, 2), hostile in (1, 3)), ((0, 1), hostile >= 2), ((0, 2), hostile >= 2))
    lines = [
        tag(
            "line",
            x1=corners[a][0],
            y1=corners[a][1],
            x2=corners[b][0],
            y2=corners[b][1],
            class_="hostile t-MCONF" if bad else "t-MCOOP",
        )
        for (a, b), bad in ties
    ]
    dots = [tag("circle", cx=x, cy=y, r="6") for x, y in corners]
    return tag(
        "svg",
        lines,
        dots,
        viewBox="0 0 64 58",
        width="64",
        height="58",
        class_="triad",
        aria_hidden="true",
    )


def level(score: float) -> int:
    """A score as one of nine shades, −4 to 4; anything but 0 is seen."""
    if score == 0:
        return 0
    shade = min(4, max(1, round(abs(score) * 5)))
    return shade if score > 0 else -shade


def spark(values: Sequence[float], label: str) -> Markup:
    """A few values from 0 upwards as a row of bars."""
    tallest = max(values, default=0.0) or 1.0
    step = 100 / max(len(values), 1)
    bars = [
        tag(
            "rect",
            x=f"{(number + 0.1) * step:.2f}%",
            y=f"{24 - 24 * value / tallest:.2f}",
            width=f"{step * 0.8:.2f}%",
            height=f"{24 * value / tallest:.2f}",
        )
        for number, value in enumerate(values)
        if value
    ]
    return tag("svg", bars, class_="spark", width="100%", height="24", role="img", aria_label=label)
