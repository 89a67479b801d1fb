"""Builds, loads, merges and deletions that are killed at any moment leave a whole graph."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from graph.statements import BY_NAME, DOCUMENTS, SPEECH, STATEMENTS
from killing import Killer, killer

import kg
from kg import folder
from kg.graph.documents import document_graph
from kg.graph.files import full_graphs, write_graphs
from kg.graph.rdf import build_graphs
from kg.graph.store import STATE_GRAPH, load_store, open_store, stored_graphs

TIMES = 20
"""How often builds and loads are killed at a moment of chance."""


@pytest.fixture(scope="module")
def kills() -> Iterator[Killer]:
    with killer() as started:
        yield started


def snapshot(path: Path) -> dict[str, object]:
    """All that an output folder tells: its files byte for byte, the store graph by graph."""
    kg.load(path)  # completes what was cut off while it was moved
    files: dict[str, object] = {name: (path / name).read_bytes() for name in folder.FILES}
    files[folder.STORE] = stored_graphs(open_store(path / folder.STORE))
    return files


def differing(found: dict[str, object], wanted: dict[str, object]) -> list[str]:
    """The names under which two snapshots are not the same."""
    return [name for name in wanted if found[name] != wanted[name]]


def litter(path: Path) -> list[str]:
    expected = {*folder.FILES, folder.STORE}
    return [item.name for item in path.iterdir() if item.name not in expected]


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of articles that share one document with another text."""
    chance = random.Random(5)
    names = ["Anna", "Boris", "Clara", "Dora", "Emil", "Fritz"]
    for which in ("one", "two"):
        (tmp_path / which).mkdir()
        for number in range(6):
            name = f"{which}-{number}" if number else "shared"
            told = (chance.sample(names, 2) for _ in range(12))
            text = " It was said that they would talk of this. ".join(
                f"{a} met {b}." for a, b in told
            )
            (tmp_path / which / f"{name}.txt").write_text(text)
            (tmp_path / which / f"{name}.yml").write_text(f"id: {name}\ndate: 2025-09-22\n")
    return tmp_path / "one", tmp_path / "two"


# --- Output folders ---------------------------------------------------------------------------


def cases(inputs: tuple[Path, Path], tmp_path: Path) -> dict[str, tuple[object, ...]]:
    """What is killed, from a folder ``out`` that holds the first of the inputs."""
    out, two = tmp_path / "out", inputs[1]
    return {
        "build": ("build", two, out),
        "add": ("build", two, out, "add"),
        "merge": ("merge", out, tmp_path / "other"),
        "delete": ("delete", out, "one-3"),
    }


@pytest.mark.parametrize("what", ["build", "add", "merge", "delete"])
def test_an_output_folder_is_as_it_was_or_as_it_should_be(
    kills: Killer, inputs: tuple[Path, Path], tmp_path: Path, what: str
) -> None:
    out, template = tmp_path / "out", tmp_path / "template"
    task = cases(inputs, tmp_path)[what]
    kills.run("build", inputs[0], template)
    kills.run("build", inputs[1], tmp_path / "other")

    def anew() -> None:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(template, out)

    anew()
    before = snapshot(out)
    lasted = kills.run(*task)  # type: ignore[arg-type]
    assert lasted is not None
    after = snapshot(out)
    assert after != before
    anew()

    chance = random.Random(what)
    seen = []
    # what the others do is the same from the moment that the result is complete
    for _ in range(TIMES if what == "build" else 3):
        kills.run(*task, delay=chance.uniform(0.001, lasted * 1.1))  # type: ignore[arg-type]
        found = snapshot(out)
        assert not differing(found, before) or not differing(found, after)
        seen.append(found == after)
        if found == after:
            anew()
    assert what != "build" or not all(seen), "some were killed before they were done"
    kills.run(*task)  # type: ignore[arg-type]
    assert snapshot(out) == after
    assert litter(out) == []


@pytest.mark.parametrize("what", ["build", "merge"])
def test_killed_before_each_renaming(
    kills: Killer, inputs: tuple[Path, Path], tmp_path: Path, what: str
) -> None:
    """Where one result takes the place of the other, moment by moment."""
    out, template = tmp_path / "out", tmp_path / "template"
    task = cases(inputs, tmp_path)[what]
    kills.run("build", inputs[0], template)
    kills.run("build", inputs[1], tmp_path / "other")
    shutil.copytree(template, out)
    before = snapshot(out)
    kills.run(*task)  # type: ignore[arg-type]
    after = snapshot(out)
    steps = 0
    for step in range(1, 40):
        shutil.rmtree(out)
        shutil.copytree(template, out)
        if kills.run(*task, step=step) is not None:  # type: ignore[arg-type]
            break
        found = snapshot(out)
        assert not differing(found, before) or not differing(found, after), step
        assert litter(out) == [] or found == before
        steps += 1
    assert steps >= 10


# --- The store --------------------------------------------------------------------------------


def united(path: Path) -> bool:
    """Whether the default graph of a store is the union of its named graphs."""
    store = open_store(path)
    state = pyoxigraph.NamedNode(STATE_GRAPH[1:-1])
    default = pyoxigraph.DefaultGraph()
    named = {str(q.triple) for q in store if q.graph_name not in (default, state)}
    return named == {str(q.triple) for q in store.quads_for_pattern(None, None, None, default)}


def test_a_store_has_every_document_whole(kills: Killer, tmp_path: Path) -> None:
    path, template, file = tmp_path / "store", tmp_path / "template", tmp_path / "all.nq"
    first = build_graphs([BY_NAME["pact"], BY_NAME["putin-visited"]], [SPEECH])
    load_store(template, first)
    every = full_graphs(STATEMENTS, DOCUMENTS)
    write_graphs(file, every)
    shutil.copytree(template, path)
    lasted = kills.run("load", path, file)
    assert lasted is not None and stored_graphs(open_store(path)) == every
    chance = random.Random(7)
    complete = 0
    for _ in range(TIMES):
        shutil.rmtree(path)
        shutil.copytree(template, path)
        kills.run("load", path, file, delay=chance.uniform(0.001, lasted * 1.1))
        found = stored_graphs(open_store(path))
        for document in DOCUMENTS:
            graph = document_graph(document.id)
            assert found.get(graph) in (first.get(graph), every[graph])
        assert united(path)
        complete += found == every
        # the next run does the rest
        load_store(path, every)
        assert stored_graphs(open_store(path)) == every
    assert complete < TIMES


def test_a_new_store_is_there_or_not(kills: Killer, tmp_path: Path) -> None:
    path, file = tmp_path / "out" / "store", tmp_path / "all.nq"
    every = full_graphs(STATEMENTS, DOCUMENTS)
    write_graphs(file, every)
    lasted = kills.run("load", path, file)
    assert lasted is not None
    chance = random.Random(9)
    for _ in range(TIMES):
        shutil.rmtree(path, ignore_errors=True)
        kills.run("load", path, file, delay=chance.uniform(0.001, lasted * 1.1))
        if path.exists():
            assert stored_graphs(open_store(path)) == every
    shutil.rmtree(path, ignore_errors=True)
    load_store(path, every)
    assert [item.name for item in path.parent.iterdir()] == ["store"], "no litter is left"
