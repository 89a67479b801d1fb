"""Which heads of state and government the tables know, and where they have holes.

    python -m tools.actors.coverage [--since 1990-01-01] [--until YYYY-MM-DD] [--all]
        [--office foreign-minister] [STATE ...]

One line for each state with a stretch of more than a month in which no holder of its leading
office is known (``--all``: every state); then the share of all days that are covered. The
leading office is the one "the leader" of a state means: prime minister where ``parliamentary.csv``
says so, else president, monarch or whoever rules. ``--office`` asks for another one, states
(alpha-3 codes) for these alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.statement import ActorType
from kg.text.gazetteer import Gazetteer, Term, load_gazetteer

_RULERS = ("supreme-leader", "president", "monarch", "leader")
_HANDOVER = timedelta(days=31)

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days of a state's time that holders of its leading office cover, and the holes."""

    country: str
    label: str
    days: int
    covered: int
    holes: tuple[Stretch, ...]


def coverage(
    book: Gazetteer, since: date, until: date, office: str | None = None
) -> Iterator[Coverage]:
    """The coverage of each sovereign state of the tables between two days, by alpha-3 code.

    ``office`` is the key of an office of ``offices.csv``; None is the leading one.
    """
    for country, identity in sorted(book.by_country.items()):
        actor = book.actors[identity]
        if not country or actor.type is not ActorType.STATE:
            continue
        founded, ended = book.spans.get(identity, (None, None))
        start, end = max(since, founded or since), min(until, ended or until)
        if start >= end:
            continue
        if office is None:
            known = _joined(_led(book, country, start, end))
        else:
            known = _joined(_within(book.held.get((country, office), ()), start, end))
        holes = tuple(_holes(known, start, end))
        days = (end - start).days
        missing = sum((b - a).days for a, b in holes)
        yield Coverage(country, actor.label, days, days - missing, holes)


def _led(book: Gazetteer, country: str, start: date, end: date) -> Iterator[Stretch]:
    """The stretches in which a holder of the leading office of the time is known."""
    premiers = [
        (max(since or start, start), min(until or end, end))
        for since, until in book.parliamentary.get(country, ())
    ]
    others = _holes(_joined(premiers), start, end)
    for times, offices in ((premiers, ("prime-minister", "leader")), (others, _RULERS)):
        terms = [t for office in offices for t in book.held.get((country, office), ())]
        for first, last in times:
            yield from _within(terms, first, last)


def _within(terms: Iterable[Term], first: date, last: date) -> Iterator[Stretch]:
    """The terms as far as they lie between two days."""
    for term in terms:
        yield max(term.since or first, first), min(term.until or last, last)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those that touch or nearly touch made one."""
    found: list[Stretch] = []
    for start, end in sorted(s for s in stretches if s[0] <= s[1]):
        if found and start - found[-1][1] <= _HANDOVER:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _holes(known: list[Stretch], start: date, end: date) -> Iterator[Stretch]:
    position = start
    for first, last in known:
        if first - position > _HANDOVER:
            yield position, first
        position = max(position, last)
    if end - position > _HANDOVER:
        yield position, end


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--since", type=date.fromisoformat, default=date(1990, 1, 1))
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 5, 17))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--office")
    parser.add_argument("states", nargs="*", metavar="STATE")
    options = parser.parse_args()
    found = coverage(load_gazetteer(), options.since, options.until, options.office)
    rows = [r for r in found if not options.states or r.country in options.states]
    for row in rows:
        if row.holes or options.all:
            share = 100 * row.covered / row.days
            holes = ", ".join(f"{a:%Y-%m} to {b:%Y-%m}" for a, b in row.holes)
            print(f"{row.country}  {row.label:32.32} {share:5.1f} %  {holes}")
    whole = sum(1 for r in rows if not r.holes)
    share = 100 * sum(r.covered for r in rows) / sum(r.days for r in rows)
    print(f"{whole} of {len(rows)} states without a hole; {share:.1f} % of all days covered")


if __name__ == "__main__":
    main()
