"""What the gazetteer costs: time to load, memory, and lookup beside parsing.

    python benchmarks/actors.py [FILE …]

The texts (default: the articles of ``tests/gold``) are parsed and read one by one, several times;
the shares compare times taken side by side in this run. Loading is measured in a process of its
own, with all modules imported. The goals: loading below 0.5 s, memory below 120 MB, finding all
mentions below a tenth of the parsing.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "gold" / "articles"
_ROUNDS = 2


def load() -> None:
    """Print the CPU seconds and the megabytes that loading takes."""
    from kg.text.gazetteer import load_gazetteer

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    book = load_gazetteer()
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"actors {len(book.actors):,}, names {sum(map(len, book.names.values())):,}")
    print(f"loading   {seconds:6.2f} s of CPU time (goal: below 0.50)")
    print(f"memory    {grown:6.1f} MB (goal: below 120)")


def lookup(paths: list[Path]) -> None:
    """Print what share of the parsing time finding the names and role phrases takes."""
    from kg.text.encoder import load_model
    from kg.text.gazetteer import load_gazetteer
    from kg.text.mentions import find_mentions
    from kg.text.parsed import Doc
    from kg.text.phrases import noun_phrases

    nlp, book = load_model(), load_gazetteer()
    parsing = finding = 0.0
    words = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for turn in range(_ROUNDS + 1):
            start = time.process_time()
            doc = Doc(nlp(text))
            parsed = time.process_time() - start
            phrases = noun_phrases(doc)
            start = time.process_time()
            find_mentions(doc, phrases, book, date(2020, 1, 1))
            if turn:
                # the first turn also reads word lists and fills caches
                finding += time.process_time() - start
                parsing += parsed
                words += len(doc)
    print(f"lookup    {100 * finding / parsing:6.1f} % of the time of parsing (goal: below 10)")
    print(f"          {words // _ROUNDS:,} words in {len(paths)} texts")


def main() -> None:
    """Print the three figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        load()
        return
    subprocess.run([sys.executable, __file__, "--load"], check=True)
    lookup(options.files or sorted(ARTICLES.glob("*.txt")))


if __name__ == "__main__":
    main()
