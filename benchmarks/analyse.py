"""CPU seconds and memory for the analysis of a large network, whole and step by step.

    python benchmarks/analyse.py [ACTORS [STATEMENTS]]      (10,000 and 200,000)

Invented statements over three years, some actors in most of them, blocs that favour their
own. networkx's exact betweenness is measured on a few sources beside kg's, in the same run.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graph.analyse import analyse
from kg.graph.analysis_json import as_json
from kg.graph.exports import FORMATS
from kg.graph.measures import balance, centrality, change, groups, series, signed
from kg.graph.measures.acts import read_acts
from kg.graph.network import actor_network
from kg.graph.report import html_report
from kg.jsonlines import read_statements, write_statements
from kg.statement import (
    Actor,
    ActorType,
    Document,
    Evidence,
    Mention,
    Relation,
    Span,
    Statement,
    TimeInterval,
)

_FRIENDLY = [
    Relation("kg:met", "met", "CONSULT", "040", "VCOOP", True),
    Relation("kg:supports", "voiced support for", "SUPPORT", "050", "VCOOP"),
    Relation("kg:sentAidTo", "sent aid to", "AID", "070", "MCOOP"),
    Relation("kg:agreed", "agreed with", "AGREE", "057", "VCOOP", True),
]
_HOSTILE = [
    Relation("kg:accused", "accused", "ACCUSE", "110", "VCONF"),
    Relation("kg:threatened", "threatened", "THREATEN", "130", "VCONF"),
    Relation("kg:sanctioned", "imposed sanctions on", "SANCTION", "163", "MCONF"),
    Relation("kg:attacked", "attacked", "ASSAULT", "190", "MCONF"),
]


def invent(actors: int, statements: int) -> tuple[list[Statement], list[Document]]:
    """Statements by the same seed every time; ten to an article."""
    dice = random.Random(3)
    cast = [Actor(f"local:a{n:05}", f"Actor {n}", ActorType.STATE) for n in range(actors)]
    shares = list(accumulate(1 / (1 + n) ** 0.75 for n in range(actors)))
    blocs = max(2, actors // 120)
    found: list[Statement] = []
    documents: list[Document] = []
    while len(found) < statements:
        day = date(2022, 1, 1) + timedelta(days=dice.randrange(1090))
        name = f"d{len(documents):06}"
        documents.append(Document(name, "", f"Report {len(documents)}", day))
        for place in range(10):
            one = dice.choices(range(actors), cum_weights=shares)[0]
            other = dice.choices(range(actors), cum_weights=shares)[0]
            if dice.random() < 0.6:
                other = dice.randrange(actors // blocs + 1) * blocs + one % blocs
            other %= actors
            if one == other:
                continue
            friendly = dice.random() < (0.85 if one % blocs == other % blocs else 0.4)
            relation = dice.choice(_FRIENDLY if friendly else _HOSTILE)
            text = (
                f"{cast[one].label} {relation.label} {cast[other].label}, officials said on {day}."
            )
            start = place * 120
            found.append(
                Statement(
                    Mention(cast[one], Span(start, start + 5, "Actor")),
                    relation,
                    Mention(cast[other], Span(start + 30, start + 35, "Actor")),
                    Evidence(
                        name, Span(start, start + len(text), text), (start + 9, start + 20), "x"
                    ),
                    time=TimeInterval("that day", day, day) if dice.random() < 0.5 else None,
                )
            )
    return found[:statements], documents


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Run it, print its CPU time and the most memory the process has held so far."""
    before = time.process_time()
    result = work()
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<44}{seconds:8.2f} s {peak:8.0f} MB", flush=True)
    return result


def whole(path: Path, documents: list[Document]) -> None:
    """What ``kg analyse`` does, from the file to the page and the JSON."""
    with path.open(encoding="utf-8") as file:
        analysis = timed("read and analyse", lambda: analyse(read_statements(file), documents))
    timed("as JSON", lambda: as_json(analysis))
    timed("as report", lambda: html_report(analysis, documents, "t", "graph.html"))


def steps(path: Path, documents: list[Document]) -> None:
    """The parts of the analysis one by one, and networkx beside them."""
    with path.open(encoding="utf-8") as file:
        acts = timed("acts", lambda: read_acts(read_statements(file), documents))
    ties = timed("ties", lambda: groups.ties(acts.acts))
    print(f"{ties}")
    _, exact = timed("betweenness", lambda: centrality.betweenness(ties))
    print(f"  {'exact' if exact else f'from {centrality.PIVOTS} sources'}")
    few = 5
    before = time.process_time()
    nx.betweenness_centrality(ties, k=few, seed=1)
    one = (time.process_time() - before) / few
    print(f"  networkx: {one:.2f} s a source, {one * len(ties):,.0f} s for all")
    rank = groups.directed_ties(acts.acts)
    timed("PageRank", lambda: centrality.pagerank(rank))
    timed("structural holes", lambda: centrality.holes(ties))
    timed("communities", lambda: groups.communities(ties))
    timed("cores", lambda: groups.cores(ties))
    timed("bridges", lambda: groups.bridges(ties))
    at = acts.days[1] if acts.days else None
    standings = timed("signed ties", lambda: signed.signed_ties(acts.acts, at))
    network = signed.signed_network(standings)
    print(f"{network}, signed")
    timed("triads", lambda: balance.triads(network))
    strain = timed("frustration", lambda: balance.frustration(network))
    print(f"  {strain.bound} to {strain.index} of {network.number_of_edges()}")
    timed("periods", lambda: change.compare(change.periods(acts)))
    months = timed("months", lambda: series.series(acts))
    found = timed("unusual months", lambda: series.anomalies(months))
    print(f"  {len(found)} found")


def main() -> None:
    """Print the table."""
    actors, statements = (int(word) for word in (*sys.argv[1:], "10000", "200000")[:2])
    if len(sys.argv) == 2:
        statements = actors * 20
    invented, documents = invent(actors, statements)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statements.jsonl"
        with path.open("w", encoding="utf-8") as file:
            write_statements(invented, file)
        del invented
        print(f"{statements:,} statements about {actors:,} actors, {path.stat().st_size >> 20} MB")
        print("\nall at once")
        whole(path, documents)
        print("\nstep by step")
        steps(path, documents)
        print("\nexports")
        with path.open(encoding="utf-8") as file:
            network = timed("network", lambda: actor_network(read_statements(file)))
        for name, one in FORMATS.items():
            timed(name, lambda one=one: one.write(network))  # type: ignore[misc]


if __name__ == "__main__":
    main()
