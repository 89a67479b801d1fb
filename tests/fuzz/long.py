"""Fuzzing for as long as one likes: ``python -m fuzz.long --minutes 60`` in ``tests/``.

Goes round all targets with bytes of chance, an equal time for each, and prints how many inputs
each had, its slowest input and what broke. Whatever breaks is kept as a file in ``found/``;
once it is mended, it belongs into ``seeds/``. Ctrl-C ends it with the table so far.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fuzz.targets import MODEL_TARGETS, TARGETS, allowed

from kg.text.patience import OutOfPatience, bounded

FOUND = Path(__file__).parent / "found"
SLOW = 20.0
"""An input that takes so many seconds of processor time is reported like one that breaks."""
_ROUND = 5.0

Target = Callable[[bytes], None]


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one target."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    broken: int = 0


def run(names: Sequence[str], seconds: float, seed: int) -> dict[str, Tally]:
    """Fuzz the targets in turn for so many seconds; says on standard error what breaks."""
    targets = {**TARGETS, **MODEL_TARGETS}
    chance = random.Random(seed)
    tallies = {name: Tally() for name in names}
    end = time.monotonic() + seconds
    with suppress(KeyboardInterrupt):
        while time.monotonic() < end:
            for name in names:
                turn = time.monotonic() + _ROUND
                while time.monotonic() < min(turn, end):
                    length = min(int(chance.expovariate(1 / 60)) + 1, 2_000)
                    attempt(name, targets[name], chance.randbytes(length), tallies[name])
    return tallies


def attempt(name: str, target: Target, data: bytes, tally: Tally) -> None:
    """Give one input to a target and count what happens."""
    start = time.process_time()
    problem = ""
    try:
        with bounded(SLOW):
            target(data)
    except OutOfPatience:
        problem = f"took more than {SLOW:.0f} seconds"
    except Exception as error:
        if not allowed(error):
            problem = "".join(traceback.format_exception(error))
    took = time.process_time() - start
    tally.inputs += 1
    tally.seconds += took
    tally.slowest = max(tally.slowest, took)
    if problem:
        tally.broken += 1
        FOUND.mkdir(exist_ok=True)
        path = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
        path.write_bytes(data)
        sys.stderr.write(f"{path}\n{problem}\n")


def table(tallies: dict[str, Tally]) -> str:
    """The tallies as lines for a person, with the sum and the memory that was needed."""
    lines = [f"{'target':16}{'inputs':>10}{'a second':>10}{'slowest s':>11}{'broken':>8}"]
    for name, tally in tallies.items():
        rate = tally.inputs / max(tally.seconds, 1e-9)
        lines.append(
            f"{name:16}{tally.inputs:10,}{rate:10,.0f}{tally.slowest:11.2f}{tally.broken:8}"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    inputs = sum(tally.inputs for tally in tallies.values())
    broken = sum(tally.broken for tally in tallies.values())
    return "\n".join([*lines, f"{inputs:,} inputs, {broken} broken, {memory:,} MB of memory"])


def main() -> int:
    """Run as the arguments say; exit status 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m fuzz.long")
    parser.add_argument("--minutes", type=float, default=10.0, help="default: 10")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other inputs")
    parser.add_argument("--no-model", action="store_true", help="leave the language model out")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these targets")
    arguments = parser.parse_args()
    known = list(TARGETS) if arguments.no_model else [*TARGETS, *MODEL_TARGETS]
    tallies = run(arguments.names or known, 60 * arguments.minutes, arguments.seed)
    print(table(tallies))
    return 1 if any(tally.broken for tally in tallies.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
