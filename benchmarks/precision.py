"""Counts right and wrong statements per kind of frame, for kg/text/confidence.py.

    python benchmarks/precision.py

Reads those gold sentences, passages, reports, leads and articles of tests/gold/ that were kept
from whoever worked on the extractor, as ``statements.py`` beside this file does, and prints a
table "trigger right wrong"; copy it into ``confidence.py``. Sentences that rules were written for
say nothing of how often the rules are right.
"""

from __future__ import annotations

from collections import Counter

from statements import GOLD, heldout_articles, read_gold, score

from kg.text.lexicon import Trigger, load_lexicon
from kg.text.pipeline import Extractor

KEPT_APART = (
    GOLD / "statements-heldout.jsonl",
    GOLD / "passages-heldout.jsonl",
    GOLD / "reports-heldout.jsonl",
    GOLD / "leads-heldout.jsonl",
    *heldout_articles(),
)


def main() -> None:
    entries = load_lexicon().entries.values()
    triggers = {frame.rule: frame.trigger for entry in entries for frame in entry.frames}
    extractor = Extractor()
    counts: Counter[tuple[Trigger, bool]] = Counter()
    for path in KEPT_APART:
        for (rule, right), times in score(read_gold(path), extractor).rules.items():
            trigger = triggers.get(rule.partition("+")[0])
            if trigger is not None:
                counts[trigger, right] += times
    print("trigger\tright\twrong")
    for trigger in Trigger:
        print(f"{trigger}\t{counts[trigger, True]}\t{counts[trigger, False]}")


if __name__ == "__main__":
    main()
