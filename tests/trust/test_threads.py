"""A web application reads in several threads at once: the statements are those of one thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"

# In a process of its own: nothing is loaded yet when the threads begin, and they change places
# as often as Python lets them.
WORK = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kg
from kg.jsonlines import to_json

sys.setswitchinterval(1e-4)
whole = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
texts = [text[:700].rpartition(".")[0] + "." for text in whole]

def read(text):
    return [to_json(statement) for statement in kg.extract_text(text)]

with ThreadPoolExecutor(4) as pool:
    together = list(pool.map(read, texts))
assert len(texts) == 6 and all(together)
assert together == [read(text) for text in texts]
print(sum(map(len, together)))
"""


@pytest.mark.model
def test_several_threads_read_as_one_does() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(SEEDS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(done.stdout) > 20
