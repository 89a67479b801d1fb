"""Fuzzing guided by coverage: ``python -m fuzz.guided --minutes 5 page sparql`` in ``tests/``.

atheris (``pip install atheris``; Linux) keeps the inputs that reach new code of kg and changes
them further. Each target runs in a process of its own, from its seeds on; what breaks is kept
in ``found/``, what reaches new code in the folder ``--corpus`` for the next time.
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOUND = HERE / "found"


def guided(name: str, minutes: float, corpus: Path) -> None:
    """Fuzz one target; ends the process, with a status that is not 0 when something broke."""
    import atheris

    # What is imported here is instrumented: branches and comparisons report where they went.
    with atheris.instrument_imports(include=["kg"]):
        targets = importlib.import_module("fuzz.targets")
        target = {**targets.TARGETS, **targets.MODEL_TARGETS}[name]
        # Much is imported where it is first needed.
        for data in (b"warm", *(path.read_bytes() for path in seeds(name))):
            attempt(target, data, targets.allowed)
    corpus.mkdir(parents=True, exist_ok=True)
    for path in seeds(name):
        (corpus / path.name).write_bytes(path.read_bytes())
    FOUND.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={int(60 * minutes)}",
        "-max_len=2000",
        "-timeout=60",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={FOUND / name}-",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], lambda data: attempt(target, data, targets.allowed))
    atheris.Fuzz()


def attempt(target: object, data: bytes, allowed: object) -> None:
    """Give one input to a target; errors that kg promises are none."""
    assert callable(target) and callable(allowed)
    try:
        target(data)
    except Exception as error:
        if not allowed(error):
            raise


def seeds(name: str) -> list[Path]:
    """The inputs that once broke a target."""
    return sorted((HERE / "seeds").glob(f"{name}-*.bin"))


def main() -> int:
    """Fuzz one target after the other; exit status 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m fuzz.guided")
    parser.add_argument("--minutes", type=float, default=5.0, help="for each target (default: 5)")
    parser.add_argument(
        "--corpus", type=Path, default=HERE.parents[1] / "build" / "fuzz", metavar="FOLDER"
    )
    parser.add_argument("names", nargs="+", metavar="NAME", help="targets (docs/fuzzing.md)")
    arguments = parser.parse_args()
    if len(arguments.names) == 1:
        (name,) = arguments.names
        guided(name, arguments.minutes, arguments.corpus / name)
    broken = 0
    for name in arguments.names:
        options = ["--minutes", str(arguments.minutes), "--corpus", str(arguments.corpus)]
        command = [sys.executable, "-m", "fuzz.guided", *options, name]
        ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        runs = re.search(r"number_of_executed_units: *(\d+)", ended.stderr)
        reached = re.findall(r"cov: (\d+)", ended.stderr)
        print(
            f"{name:16}{int(runs.group(1)) if runs else 0:10,} inputs, "
            f"{reached[-1] if reached else '?'} branches{', BROKEN' if ended.returncode else ''}",
            flush=True,
        )
        if ended.returncode:
            broken += 1
            sys.stderr.write(ended.stderr[-3_000:])
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
