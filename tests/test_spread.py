"""Work spread over processes: the same results whatever their number and whichever are lost."""

from __future__ import annotations

import meetings
import pytest

from kg.errors import KGError
from kg.text import workers
from kg.text.workers import Lost, Pool

TASKS = [list(range(5 * number, 5 * number + 5)) for number in range(6)]


def one_by_one(numbers: list[int]) -> list[list[int]]:
    return [[number] for number in numbers]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_that_kills_is_taken_apart(jobs: int) -> None:
    with Pool(jobs, meetings.nothing, meetings.squares_or_death) as pool:
        found = {number: result for number, _, result in pool.run(TASKS, one_by_one, ahead=2)}
    assert sorted(found) == list(range(len(TASKS)))
    assert found[1] == [25, 36, 49, 64, 81]
    assert found[2] == [[100], [121], [144], Lost(), [196]]


def test_results_are_only_so_far_ahead() -> None:
    open_ = []
    with Pool(2, meetings.nothing, meetings.squares_or_death) as pool:
        for number, _, _ in pool.run(TASKS, one_by_one, ahead=1):
            open_.append(number)
    assert all(abs(number - place) <= 1 for place, number in enumerate(open_))


def test_errors_of_the_processes_are_told() -> None:
    with (
        Pool(1, meetings.refuses, meetings.squares_or_death) as pool,
        pytest.raises(KGError, match="no such model"),
    ):
        list(pool.run(TASKS, one_by_one))
    with Pool(1, meetings.nothing, meetings.full_disk) as pool, pytest.raises(OSError) as caught:
        list(pool.run(TASKS, one_by_one))
    assert (caught.value.errno, caught.value.filename) == (28, "there")


def test_processes_that_never_start_end_the_run() -> None:
    with (
        Pool(1, meetings.dies, meetings.squares_or_death) as pool,
        pytest.raises(KGError, match=r"could not be started .*__name__"),
    ):
        list(pool.run(TASKS, one_by_one))


def test_a_process_that_grows_is_replaced() -> None:
    with Pool(1, meetings.grown, meetings.process_of) as pool:
        seen = [result for _, _, result in pool.run(TASKS[:3], one_by_one)]
    assert len(set(seen)) == 3, "each task was done by a process of its own"
    assert workers.MEMORY < 700_000_000, "the promise of docs/scale.md"
