"""The tables of docs/model.md: accuracy, speed, memory, and what others do with the same text.

    python benchmarks/model_table.py --corpora DIR [--cnn DIR] [--rounds 5] [--write]

Accuracy is measured by training/evaluate.py on the test sets. Speed is processor time, the
pipelines taking turns in one process, so that other work on the machine meets all of them
alike; ratios are medians over the rounds. ``--cnn`` names a pipeline of training/cnn.py.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training"), str(ROOT / "benchmarks")]

from model_speed import SAMPLE  # noqa: E402

from kg.text.threads import THREADS  # noqa: E402

ONE_THREAD = dict.fromkeys(THREADS, "1")
os.environ.update(ONE_THREAD)

PAGE = ROOT / "docs" / "model.md"
BEGIN, END = "<!-- tables: benchmarks/model_table.py -->\n", "<!-- end of tables -->"
COLUMNS = ("words", "sentences", "upos", "lemma", "uas", "las")
LARGE = 3_000_000


def seconds_for(texts: list[str], read: Callable[[list[str]], Iterable[Any]]) -> float:
    """Processor seconds that reading the texts takes."""
    begun = time.process_time()
    for _ in read(texts):
        pass
    return time.process_time() - begun


def speeds(rounds: int, cnn: Path | None) -> dict[str, dict[str, float]]:
    """Words a processor second of each pipeline, and its median share of the encoder's time."""
    import spacy

    from kg.text.encoder import load_model
    from kg.text.models import open_model

    blank = spacy.blank("en")
    pipelines: dict[str, Callable[[list[str]], Iterable[Any]]] = {
        "kg model": load_model().pipe,
        "blank spaCy tokeniser": blank.pipe,
    }
    if cnn is not None:
        pipelines["spaCy CNN, same data"] = open_model(str(cnn)).pipe
    texts = [SAMPLE.replace("Wednesday", f"{day} June") for day in range(1, 31)]
    words = sum(not token.is_space for text in texts for token in blank(text))
    spent: dict[str, list[float]] = {name: [] for name in pipelines}
    for number in range(rounds + 1):
        for name, read in pipelines.items():
            found = seconds_for(texts, read)
            if number:  # the first round warms caches
                spent[name].append(found)
    ours = spent["kg model"]
    return {
        name: {
            "words_per_second": round(words / statistics.median(found)),
            "ratio": round(statistics.median(o / f for o, f in zip(ours, found, strict=True)), 2),
        }
        for name, found in spent.items()
    }


def two_processes(rounds: int) -> dict[str, float]:
    """What a second process of ``nlp.pipe`` brings, by processor time and by the clock."""
    import resource

    from kg.text.encoder import load_model

    nlp = load_model()
    nlp(SAMPLE)
    texts = [SAMPLE] * 400

    def run(processes: int) -> tuple[float, float, float]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun, own = time.perf_counter(), time.process_time()
        for _ in nlp.pipe(texts, n_process=processes, batch_size=20):
            pass
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        work = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
        return time.perf_counter() - begun, time.process_time() - own, work

    clock, cost, parent = [], [], []
    for _ in range(rounds):
        one, own, _ = run(1)
        two, rest, work = run(2)
        clock.append(one / two)
        cost.append(2 * own / work)
        parent.append(rest / work)
    return {
        "clock": round(statistics.median(clock), 2),
        "cost": round(statistics.median(cost), 2),
        "parent_share": round(statistics.median(parent), 2),
    }


def child(what: str) -> dict[str, Any]:
    """One measurement in a fresh process of its own."""
    command = [sys.executable, __file__, "--child", what, "--corpora", "."]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def peak() -> int:
    """Peak memory of this process in MB."""
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(what: str) -> dict[str, Any]:
    """Memory after importing, on articles and on one very long text."""
    from kg.text.encoder import load_model

    nlp = load_model()
    imported = peak()
    begun = time.process_time()
    nlp("Iran.")
    loaded, load_seconds = peak(), time.process_time() - begun
    text = SAMPLE * (LARGE // len(SAMPLE) + 1) if what == "large" else SAMPLE * 20
    doc = nlp(text[:LARGE])
    return {
        "imported": imported,
        "loaded": loaded,
        "load_seconds": round(load_seconds, 2),
        "peak": peak(),
        "words": sum(not token.is_space for token in doc),
        "characters": len(doc.text),
    }


def accuracy(corpora: Path, model: Path, foreign: bool) -> dict[str, Any]:
    """The scores of a pipeline on the test sets."""
    from evaluate import evaluate

    from kg.text.encoder import load_model
    from kg.text.models import open_model

    nlp = open_model(str(model)) if foreign else load_model(model)
    return evaluate(nlp, corpora, "test")


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def accuracy_rows(name: str, scores: dict[str, Any]) -> list[list[str]]:
    rows = []
    for key, row in scores.items():
        names = row.get("names", {}).get("all", {}).get("f")
        figures = [f"{row[column]:.1f}" if column in row else "–" for column in COLUMNS]
        rows.append([key, name, *figures, "–" if names is None else f"{names:.1f}"])
    return rows


def page_tables(corpora: Path, cnn: Path | None, rounds: int) -> str:
    """All tables as Markdown."""
    from kg.resources import resource_path

    own = resource_path("model")
    rows = accuracy_rows("kg model", accuracy(corpora, own, foreign=False))
    if cnn is not None:
        rows += accuracy_rows("spaCy CNN", accuracy(corpora, cnn, foreign=True))
    rows.sort(key=lambda row: row[0])
    parts = [table(["set", "pipeline", *COLUMNS, "names F"], rows)]
    found = speeds(rounds, cnn)
    parts.append(
        table(
            ["pipeline", "words a processor second, one thread", "speed against the kg model"],
            [[n, f"{row['words_per_second']:,}", f"{row['ratio']} ×"] for n, row in found.items()],
        )
    )
    articles, large, two = child("articles"), child("large"), two_processes(max(2, rounds // 2))
    size = sum(path.stat().st_size for path in own.iterdir() if path.is_file())
    facts = [
        ["size of `kg/model`", f"{size / 1e6:.1f} MB"],
        ["first document after the import (reading the weights)", f"{articles['load_seconds']} s"],
        ["peak memory of a process, articles", f"{articles['peak']} MB"],
        [
            f"peak memory, one text of {large['characters'] / 1e6:.1f} million characters"
            f" ({large['words']:,} words)",
            f"{large['peak']} MB",
        ],
        ["two processes against one, by the clock", f"{two['clock']} ×"],
        ["the same by processor time of the workers", f"{two['cost']} ×"],
        ["work of the parent process against that of its workers", f"{two['parent_share']}"],
    ]
    parts.append(table(["what", "measured"], facts))
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--cnn", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/model.md")
    parser.add_argument("--child", choices=("articles", "large"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(measured(arguments.child)))
        return
    tables = page_tables(arguments.corpora, arguments.cnn, arguments.rounds)
    print(tables)
    if arguments.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(before + BEGIN + "\n" + tables + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
