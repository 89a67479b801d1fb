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

import kg
from kg.intake import documents_kept
from kg.parts import CHUNK_DOCUMENTS, chunks, read_before
from kg.placing import AREA
from kg.statement import Document
from kg.text.corpus import read_documents

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
    # undisturbed, with another number of processes
    lasted = kills.run("read", articles, plain, 3 - jobs, log)
    assert lasted is not None
    wanted = snapshot(plain)
    assert read_in(log) == {f"d{number}": 1 for number in range(DOCUMENTS)}
    chance = random.Random(f"{jobs} {KILLS}")
    killed = going_on = 0
    while killed < KILLS or not going_on:
        shutil.rmtree(out, ignore_errors=True)
        log.write_text("")
        deaths = 0
        # killed up to five times, then left to come to its end
        moments = [chance.uniform(0, lasted) for _ in range(chance.randint(1, 5))]
        for moment in [*moments, 0]:
            if kills.run("read", articles, out, jobs, log, delay=moment) is not None:
                break
            deaths += 1
        assert differing(snapshot(out), wanted) == []
        assert litter(out) == []
        # what was being read at a death is read again, and nothing else
        repeated = read_in(log).total() - DOCUMENTS
        assert 0 <= repeated <= deaths * jobs * CHUNK_DOCUMENTS
        killed += deaths
        going_on += deaths > 0


def test_a_part_that_is_torn_is_read_again(kills: Killer, articles: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    # killed before the first renaming after all parts, which is that of the new store
    found = [one for one in read_documents([articles]) if isinstance(one, Document)]
    parts = len(list(chunks(found, "")))
    assert kills.run("read", articles, out, 1, log, step=parts + 1) is None
    area = out / AREA
    assert read_before(area) == DOCUMENTS == documents_kept(out)
    torn = sorted(area.glob("*.part"))[2]
    content = torn.read_bytes()
    torn.write_bytes(content[:-7])
    (area / "0123-4567.part").write_bytes(content)
    (area / ".part-abc").write_bytes(b"begun and never renamed")
    log.write_text("")
    assert kills.run("read", articles, out, 1, log) is not None
    assert read_in(log).total() == int(content.split(b"\n")[0].split()[-1])
    assert [document.id for document in kg.load(out).documents] == [one.id for one in found]
    assert litter(out) == []


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
