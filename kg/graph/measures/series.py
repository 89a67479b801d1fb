"""Two actors month by month, and the months that are out of line with their history."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from kg.graph.measures.acts import Acts
from kg.graph.measures.signed import telling

HISTORY, LEAST = 24, 6
"""A month is compared with up to so many months before it, and with no fewer than so many."""

FEWEST = 5
"""Pairs with fewer dated acts than that are too thin to speak of a history."""

RATE = 0.05
"""Of the months called unusual so many may be chance (Benjamini and Hochberg)."""

ROBUST_Z, SHIFT = 3.5, 3.0
"""A change of tone: so many robust standard deviations, and so many points of intensity."""

Pair = tuple[str, str]


def month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def month_name(month: int) -> str:
    """Such as 2024-05."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


@dataclass(slots=True)
class Month:
    """What two actors did in a month; intensities are sums, ``conflict`` is below 0."""

    acts: int = 0
    evidence: int = 0
    cooperation: float = 0.0
    conflict: float = 0.0
    claims: list[str] = field(default_factory=list)

    @property
    def tone(self) -> float:
        """The mean intensity of the month's acts."""
        return (self.cooperation + self.conflict) / self.acts if self.acts else 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """Months ``first`` to ``last``, documents of each, and the months of each pair with acts."""

    first: int
    last: int
    documents: Mapping[int, int]
    pairs: Mapping[Pair, Mapping[int, Month]]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A month out of line: ``kind`` is ``many`` (acts) or ``tone``.

    ``found`` is what the month has, ``usual`` what the history lets expect; ``chance`` the
    probability of so many acts or more, ``deviations`` the robust z of the tone.
    """

    pair: Pair
    month: int
    kind: str
    found: float
    usual: float
    chance: float | None
    deviations: float | None
    claims: tuple[str, ...]


def series(acts: Acts) -> Series | None:
    """The events of each pair by month; None when no event is dated.

    Months go from the first to the last in which documents appeared, or, where no document
    is dated, from the first to the last event. What articles recall from before is no part.
    """
    dated = [
        (month_of(act.day), act)
        for act in acts.acts
        if act.day and not act.lasting and telling(act)
    ]
    if not dated:
        return None
    documents: dict[int, int] = defaultdict(int)
    for day, count in acts.published.items():
        documents[month_of(day)] += count
    covered = documents or [month for month, _ in dated]
    first, last = min(covered), max(covered)
    pairs: dict[Pair, dict[int, Month]] = defaultdict(lambda: defaultdict(Month))
    for month, act in dated:
        if not first <= month <= last:
            continue
        entry, level = pairs[act.pair][month], act.intensity or 0.0
        entry.acts += 1
        entry.evidence += act.evidence
        entry.cooperation += max(level, 0.0)
        entry.conflict += min(level, 0.0)
        entry.claims.extend(act.claims)
    plain = {pair: dict(sorted(months.items())) for pair, months in sorted(pairs.items())}
    return Series(first, last, dict(documents), plain)


def anomalies(found: Series) -> list[Anomaly]:
    """The months that are out of line with their pair's history, the least likely first."""
    many: list[Anomaly] = []
    tone: list[Anomaly] = []
    tests = 0
    for pair, months in found.pairs.items():
        if sum(month.acts for month in months.values()) < FEWEST:
            continue
        tests += max(0, found.last - found.first - LEAST + 1)
        for number, month in months.items():
            history = range(max(found.first, number - HISTORY), number)
            if len(history) < LEAST:
                continue
            many.append(_count(found, pair, number, month, history))
            changed = _tone(pair, number, month, [months[m] for m in history if m in months])
            if changed:
                tone.append(changed)
    many.sort(key=lambda one: (one.chance, one.pair, one.month))
    kept = 0
    for rank, one in enumerate(many, 1):
        if one.chance is not None and one.chance <= RATE * rank / tests:
            kept = rank
    tone.sort(key=lambda one: (-abs(one.deviations or 0.0), one.pair, one.month))
    return many[:kept] + tone


def _count(found: Series, pair: Pair, number: int, month: Month, history: Sequence[int]) -> Anomaly:
    """How likely so many acts are after this history, given how much was written each month."""
    months = found.pairs[pair]
    before = sum(months[m].acts for m in history if m in months)
    # Where documents have no dates, every month counts as equally covered.
    covered = found.documents if found.documents else dict.fromkeys([*history, number], 1)
    past, now = sum(covered.get(m, 0) for m in history), max(covered.get(number, 0), 1)
    chance = at_least(month.acts, before, past, now)
    usual = before * now / past if past else 0.0
    return Anomaly(pair, number, "many", month.acts, usual, chance, None, tuple(month.claims))


def at_least(count: int, before: int, past: float, now: float) -> float:
    """The probability of ``count`` acts or more in a month.

    Acts come at a steady rate per document (Poisson) of which nothing is known but
    ``before`` acts in ``past`` documents (Jeffreys' prior); ``now`` documents are in the
    month. So the count is negative binomial.
    """
    if count <= 0:
        return 1.0
    if past <= 0:
        return 1.0  # no history, nothing to be out of line with
    shape, share = before + 0.5, now / (past + now)
    log = (
        math.lgamma(count + shape)
        - math.lgamma(shape)
        - math.lgamma(count + 1)
        + shape * math.log1p(-share)
        + count * math.log(share)
    )
    term = math.exp(log)
    total, k = 0.0, count
    while term > total * 1e-12 or k < (shape + k) * share:
        total += term
        term *= (k + shape) / (k + 1) * share
        k += 1
        if term == 0.0:
            break
    return min(1.0, total)


def _tone(pair: Pair, number: int, month: Month, before: Sequence[Month]) -> Anomaly | None:
    """A month whose mean intensity lies far from the usual one (median and MAD)."""
    if len(before) < LEAST:
        return None
    tones = [one.tone for one in before]
    usual = median(tones)
    spread = median(abs(tone - usual) for tone in tones)
    # 0.6745: for a normal distribution this is the usual z; a spread of less than a point
    # would make a great deal of nothing.
    deviations = 0.6745 * (month.tone - usual) / max(spread, 0.6745)
    if abs(deviations) < ROBUST_Z or abs(month.tone - usual) < SHIFT:
        return None
    return Anomaly(pair, number, "tone", month.tone, usual, None, deviations, tuple(month.claims))


def strongest(found: Series, count: int) -> list[Pair]:
    """The pairs with most intensity in all, of either sign."""

    def heat(pair: Pair) -> float:
        return sum(m.cooperation - m.conflict for m in found.pairs[pair].values())

    return sorted(found.pairs, key=lambda pair: (-heat(pair), pair))[:count]


def totals(found: Series, pairs: Iterable[Pair] | None = None) -> dict[int, Month]:
    """All pairs together, month by month (months without acts are left out)."""
    sums: dict[int, Month] = defaultdict(Month)
    for pair in found.pairs if pairs is None else pairs:
        for number, month in found.pairs[pair].items():
            entry = sums[number]
            entry.acts += month.acts
            entry.evidence += month.evidence
            entry.cooperation += month.cooperation
            entry.conflict += month.conflict
    return dict(sorted(sums.items()))
