"""The whole analysis of the actor network; docs/analysis.md defines every figure."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import networkx as nx

from kg.graph.measures import balance, centrality, change, groups, series
from kg.graph.measures.acts import Act, Acts, read_acts
from kg.graph.measures.signed import (
    ADVERSARIES,
    ALLIES,
    HALF_LIFE,
    SignedTie,
    allied,
    signed_network,
    signed_ties,
)
from kg.graph.network import KINDS
from kg.statement import Actor, Document, Statement


@dataclass(frozen=True, slots=True)
class Options:
    """What to analyse and how: days are included, ``period`` is a key of ``change.UNITS``.

    ``half_life`` is in days, None lets nothing fade; ``asserted`` leaves out what only quoted
    sources say; ``by_state`` counts what officials and government bodies do as their state's.
    """

    since: date | None = None
    until: date | None = None
    period: str | None = None
    half_life: float | None = HALF_LIFE
    asserted: bool = False
    by_state: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of one actor; ``bloc`` is None for actors without allies."""

    actor: Actor
    kind: str
    partners: int
    evidence: int
    acts: int
    intensity: float
    cooperation: float
    conflict: float
    done: int
    received: int
    betweenness: float
    pagerank: float
    effective_size: float
    constraint: float
    core: int
    community: int
    bloc: int | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that ``analyse`` finds; lists are in the order of telling."""

    options: Options
    acts: Acts
    at: date | None
    figures: tuple[Figures, ...]
    exact_betweenness: bool
    ties: nx.Graph
    communities: tuple[tuple[str, ...], ...]
    modularity: float | None
    bridges: tuple[tuple[str, str], ...]
    reciprocity: float | None
    signed: tuple[SignedTie, ...]
    blocs: tuple[tuple[str, ...], ...]
    triads: balance.Triads
    frustration: balance.Frustration
    periods: tuple[change.Period, ...]
    comparisons: tuple[change.Comparison, ...]
    months: series.Series | None
    anomalies: tuple[series.Anomaly, ...]

    @property
    def of(self) -> Mapping[str, Figures]:
        """The figures by actor id."""
        return {one.actor.id: one for one in self.figures}

    def label(self, actor: str) -> str:
        """The name of an actor, or its id where the name would leave nothing to read."""
        label = self.acts.actors[actor].label
        return label if label.strip() else actor

    def allies(self) -> list[SignedTie]:
        """The allies, closest first."""
        return self._standing(ALLIES)

    def adversaries(self) -> list[SignedTie]:
        """The adversaries, most hostile first."""
        return self._standing(ADVERSARIES)

    def _standing(self, wanted: str) -> list[SignedTie]:
        chosen = [tie for tie in self.signed if tie.standing == wanted]
        return sorted(chosen, key=lambda tie: (-abs(tie.score), -tie.acts, tie.one, tie.other))


def analyse(
    statements: Iterable[Statement],
    documents: Iterable[Document] = (),
    options: Options | None = None,
) -> Analysis:
    """Analyse the network of statements; documents give the dates of claims that state none.

    The statements are read once and may come in any order. Nothing to analyse gives an
    ``Analysis`` whose lists are empty.
    """
    with _collecting_nothing():
        return _analyse(statements, documents, options or Options())


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Python's search for cyclic garbage costs half the time here, and there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _analyse(
    statements: Iterable[Statement], documents: Iterable[Document], options: Options
) -> Analysis:
    everything = read_acts(statements, documents, options.asserted)
    acts = everything.by_state() if options.by_state else everything
    acts = acts.between(options.since, options.until)
    at = _reference(acts, options)
    ties = groups.ties(acts.acts)
    standings = signed_ties(acts.acts, at, options.half_life)
    network = signed_network(standings)
    blocs = [one for one in groups.communities(allied(network)) if len(one) > 1]
    found = groups.communities(ties)
    between, exact = centrality.betweenness(ties)
    spans = change.periods(acts, options.period)
    months = series.series(acts)
    return Analysis(
        options=options,
        acts=acts,
        at=at,
        figures=tuple(_figures(acts, ties, between, found, blocs)),
        exact_betweenness=exact,
        ties=ties,
        communities=tuple(tuple(one) for one in found),
        modularity=groups.modularity(ties, found),
        bridges=tuple(groups.bridges(ties)),
        reciprocity=groups.reciprocity(acts.acts),
        signed=tuple(standings),
        blocs=tuple(tuple(one) for one in blocs),
        triads=balance.triads(network),
        frustration=balance.frustration(network),
        periods=tuple(spans),
        comparisons=tuple(change.compare(spans)),
        months=months,
        anomalies=tuple(series.anomalies(months)) if months else (),
    )


def _reference(acts: Acts, options: Options) -> date | None:
    """The day from which age is counted: the last one asked for, or the last that is known."""
    if options.until:
        return options.until
    known = [acts.days[1]] if acts.days else []
    return max([*known, *acts.published], default=None)


def _figures(
    acts: Acts,
    ties: nx.Graph,
    between: Mapping[str, float],
    communities: Iterable[Iterable[str]],
    blocs: Iterable[Iterable[str]],
) -> list[Figures]:
    """One for each actor with ties, those with most evidence first."""
    rank = centrality.pagerank(groups.directed_ties(acts.acts))
    holes = centrality.holes(ties)
    cores = groups.cores(ties)
    community = _numbers(communities)
    bloc = _numbers(blocs)
    sums = _sums(acts.acts)
    found = []
    for name, mine in sums.items():
        effective, constraint = holes[name]
        found.append(
            Figures(
                actor=acts.actors[name],
                kind=KINDS[acts.actors[name].type],
                partners=ties.degree(name),
                evidence=ties.degree(name, weight="weight"),
                acts=mine.acts,
                intensity=mine.cooperation - mine.conflict,
                cooperation=mine.cooperation,
                conflict=mine.conflict,
                done=mine.done,
                received=mine.received,
                betweenness=between[name],
                pagerank=rank[name],
                effective_size=effective,
                constraint=constraint,
                core=cores[name],
                community=community[name],
                bloc=bloc.get(name),
            )
        )
    return sorted(found, key=lambda one: (-one.evidence, -one.pagerank, one.actor.id))


@dataclass(slots=True)
class _Sums:
    """What is added up for an actor."""

    acts: int = 0
    cooperation: float = 0.0
    conflict: float = 0.0
    done: int = 0
    received: int = 0


def _sums(acts: Iterable[Act]) -> dict[str, _Sums]:
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for act in acts:
        level = act.intensity or 0.0
        for end in act.pair:
            mine = sums[end]
            mine.acts += 1
            mine.cooperation += max(level, 0.0)
            mine.conflict += min(level, 0.0)
        if not act.symmetric:
            sums[act.source].done += 1
            sums[act.target].received += 1
    return sums


def _numbers(parts: Iterable[Iterable[str]]) -> dict[str, int]:
    """The number (from 1) of the group in which each actor is."""
    return {name: number for number, part in enumerate(parts, 1) for name in part}
