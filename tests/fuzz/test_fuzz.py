"""Every target on a bounded number of inputs; ``python -m fuzz.long`` goes on for hours.

``KG_FUZZ_EXAMPLES`` says how many inputs each target gets here (default 25).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fuzz.fragments import PROSE, compose, mutated
from fuzz.targets import MODEL_TARGETS, TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.bin"))
BOUNDED = settings(
    max_examples=int(os.environ.get("KG_FUZZ_EXAMPLES", "25")),
    deadline=None,
    # The same inputs each time: what is found by chance belongs into seeds/.
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", TARGETS)
@BOUNDED
@given(data=st.binary(min_size=1, max_size=200))
def test_target(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.model
@pytest.mark.parametrize("name", MODEL_TARGETS)
@BOUNDED
@given(data=st.binary(min_size=1, max_size=60))
def test_target_with_the_model(name: str, data: bytes) -> None:
    MODEL_TARGETS[name](data)


@pytest.mark.parametrize("path", SEEDS, ids=[path.stem for path in SEEDS])
def test_what_broke_once(path: Path) -> None:
    name = path.stem.rpartition("-")[0]
    if name in MODEL_TARGETS:
        pytest.skip("runs with the model, below")
    TARGETS[name](path.read_bytes())


@pytest.mark.model
def test_what_broke_once_with_the_model() -> None:
    for path in SEEDS:
        if target := MODEL_TARGETS.get(path.stem.rpartition("-")[0]):
            target(path.read_bytes())


def test_bytes_become_text_of_the_length_allowed() -> None:
    assert compose(b"\x00\xff", PROSE) == "Russia " * 17
    assert len(compose(b"\x01" + b"\xff" * 100, PROSE, 5_000)) <= 5_000
    assert mutated(b"abc", b"") == b"abc"
    assert mutated(b"abc", b"\0\0\0X") == b"Xbc"
