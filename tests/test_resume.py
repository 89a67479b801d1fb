"""Builds that are killed go on where they were; processes that are killed cost only their task."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import Killer, killer
from test_killed import differing, litter, snapshot

from kg.parts import CHUNK_DOCUMENTS

KILLS = int(os.environ.get("KG_KILLS", "6"))
"""How often builds are killed at a moment of chance, in each of the two ways (`make kills`: 60)."""
DOCUMENTS = 100


@pytest.fixture(scope="module")
def kills() -> Iterator[Killer]:
    with killer() as started:
        yield started


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "all.jsonl"
    write(path, {})
    return path


def write(path: Path, special: dict[int, str]) -> None:
    """Documents of a meeting each, some of them with words that kill."""
    names = ["Anna", "Boris", "Clara", "Dora", "Emil", "Fritz"]
    chance = random.Random(3)
    with path.open("w") as file:
        for number in range(DOCUMENTS):
            one, two = chance.sample(names, 2)
            text = f"{one} met {two}. They spoke of this and of that. {special.get(number, '')}"
            record = {"id": f"d{number}", "text": text, "date": "2025-09-22"}
            file.write(json.dumps(record) + "\n")


def read_in(log: Path) -> Counter[str]:
    """How often each document was read."""
    return Counter(log.read_text().split()) if log.exists() else Counter()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_goes_on(kills: Killer, articles: Path, tmp_path: Path, jobs: int) -> None:
    plain, out, log = tmp_path / "plain", tmp_path / "out", tmp_path / "log"
    lasted = kills.run("read", articles, plain, jobs, log)
    assert lasted is not None
    wanted = snapshot(plain)
    assert read_in(log) == {f"d{number}": 1 for number in range(DOCUMENTS)}
    chance = random.Random(f"{jobs} {KILLS}")
    killed = going_on = 0
    while killed < KILLS:
        shutil.rmtree(out, ignore_errors=True)
        log.write_text("")
        deaths = 0
        # the moments of a build come one after the other, however often it is killed in between
        while not kills.run("read", articles, out, jobs, log, delay=chance.uniform(0, lasted)):
            deaths += 1
            assert deaths < 100, "it comes to no end"
        assert differing(snapshot(out), wanted) == []
        assert litter(out) == []
        # what was being read at a death is read again, and nothing else
        repeated = read_in(log).total() - DOCUMENTS
        assert 0 <= repeated <= deaths * jobs * CHUNK_DOCUMENTS
        killed += deaths
        going_on += 0 < deaths
    assert going_on


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_what_is_missing_is_read(
    kills: Killer, articles: Path, tmp_path: Path, jobs: int
) -> None:
    """Killed while it reads, a build has read at least what it had when it was killed."""
    out, log = tmp_path / "out", tmp_path / "log"
    assert kills.run("read", articles, out, jobs, log, delay=0.35 * jobs) is None
    parts = list((out / AREA).glob("*.part"))
    torn = parts[0] if parts else None
    if torn:
        torn.write_bytes(torn.read_bytes()[:-7])
    (out / AREA / "0123-4567.part").write_bytes(b"of other versions")
    before = read_in(log)
    assert kills.run("read", articles, out, jobs, log) is not None
    assert set(read_in(log)) == {f"d{number}" for number in range(DOCUMENTS)}
    assert len(kg.load(out).documents) == DOCUMENTS
    assert litter(out) == []
    del before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_kills(kills: Killer, articles: Path, tmp_path: Path, jobs: int) -> None:
    """It costs a process, and where there are several nothing but itself."""
    source, out, log = tmp_path / "some.jsonl", tmp_path / "out", tmp_path / "log"
    write(source, {7: "poison", 40: "lethal", 41: "lethal", 90: "poison"})
    if jobs == 1:
        assert kills.run("read", source, out, jobs, log) is None
        return
    assert kills.run("read", source, out, jobs, log) is not None
    graph = kg.load(out)
    assert len(graph.documents) == DOCUMENTS - 2 and len(graph.statements) == DOCUMENTS - 2
    assert [line.partition(":")[0] for line in graph.skipped] == ["d40", "d41"]
    assert all("the process that read it was killed each time" in line for line in graph.skipped)
