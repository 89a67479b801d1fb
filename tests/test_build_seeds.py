"""The main job on the seed articles, as a user runs it: the same result in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import folder
from kg.folder import Graph

pytestmark = pytest.mark.model

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> list[Graph]:
    """Two builds of the seeds, in other time zones and locales, by one process and by two."""
    base = tmp_path_factory.mktemp("seeds")
    elsewhere = {
        "1": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        "2": {"TZ": "America/Anchorage", "LC_ALL": "tr_TR.UTF-8"},
    }
    for seed, jobs in (("1", "1"), ("2", "2")):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", SEEDS, "--out", base / seed, "--jobs", jobs],
            env={**os.environ, **elsewhere[seed], "PYTHONHASHSEED": seed},
            cwd=base,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr.startswith("6 documents: ")
    return [Graph(base / seed) for seed in "12"]


@pytest.mark.parametrize("name", folder.FILES)
def test_files_do_not_depend_on_the_process(graphs: list[Graph], name: str) -> None:
    first, second = ((graph.path / name).read_bytes() for graph in graphs)
    assert first == second


def test_every_span_quotes_its_document(graphs: list[Graph]) -> None:
    texts = {document.id: document.text for document in graphs[0].documents}
    statements = graphs[0].statements
    assert len(statements) > 60
    for statement in statements:
        text = texts[statement.evidence.document]
        mentions = [statement.subject, statement.object, statement.place]
        spans = [mention.span for mention in mentions if mention]
        spans.append(statement.evidence.sentence)
        for link in statement.attribution:
            spans.extend(span for span in (link.span, link.cue) if span)
        for span in spans:
            assert text[span.start : span.end] == span.text


def test_the_three_edges(graphs: list[Graph]) -> None:
    edges = {
        ("wd:Q56226", "kg:met", "wd:Q22686"): "Kim Jong Un met Donald Trump",
        ("wd:Q159", "kg:signedDefencePactWith", "wd:Q423"): "Russia and North Korea: a pact",
        ("wd:Q423", "kg:rejects", "wd:Q884"): "North Korea rejects South Korea",
    }
    found = {edge: graphs[0].query(f"ASK {{ {' '.join(edge)} }}") for edge in edges}
    assert found == dict.fromkeys(edges, True)
    page = graphs[0].page.read_text(encoding="utf-8")
    for label in ("Kim Jong Un", "Donald Trump", "signed a mutual defence pact with", "rejects"):
        assert label in page


def test_network_and_store_hold_the_same_actors(graphs: list[Graph]) -> None:
    network = graphs[0].network()
    asked = graphs[0].query("SELECT DISTINCT ?a { { ?s kg:subject ?a } UNION { ?s kg:object ?a } }")
    assert len(network) == len(asked) > 30
