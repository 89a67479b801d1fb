"""Counts right and wrong statements per kind of frame, for kg/text/confidence.py.

    python benchmarks/precision.py

Reads the gold sentences and articles of tests/gold/ as ``statements.py`` beside this file
does, and prints a table "trigger right wrong"; copy it into ``confidence.py``.
"""

from __future__ import annotations

from collections import Counter

from statements import GOLD, read_gold, score

from kg.text.lexicon import Trigger, load_lexicon
from kg.text.pipeline import Extractor


def main() -> None:
    entries = load_lexicon().entries.values()
    triggers = {frame.rule: frame.trigger for entry in entries for frame in entry.frames}
    extractor = Extractor()
    counts: Counter[tuple[Trigger, bool]] = Counter()
    for path in (*sorted(GOLD.glob("statements-*.jsonl")), *sorted(GOLD.glob("articles/*.json"))):
        for (rule, right), times in score(read_gold(path), extractor).rules.items():
            trigger = triggers.get(rule.partition("+")[0])
            if trigger is not None:
                counts[trigger, right] += times
    print("trigger\tright\twrong")
    for trigger in Trigger:
        print(f"{trigger}\t{counts[trigger, True]}\t{counts[trigger, False]}")


if __name__ == "__main__":
    main()
