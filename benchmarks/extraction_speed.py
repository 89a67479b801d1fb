"""What extraction costs beside the language model, part by part, in one run.

    python benchmarks/extraction_speed.py [FILE ...] [--seconds 10]

Reads the texts (by default the seeds and the gold articles) again and again for about so many
seconds, one document at a time, one thread, and prints how much time each part took and what
share of the model's time that is. Only the shares mean something on another machine.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kg.text.threads import one_thread

ROOT = Path(__file__).parent.parent
DEFAULT = (*sorted((ROOT / "seeds").glob("*.txt")), *sorted(ROOT.glob("tests/gold/articles/*.txt")))
MODEL = "model"
# The functions that make up extraction, by the module in which they are called.
_PARTS = {
    "kg.text.pipeline": {
        "noun_phrases": "clauses",
        "find_clauses": "clauses",
        "find_mentions": "mentions",
        "resolve": "coreference",
        "find_reports": "qualifiers",
        "find_times": "qualifiers",
        "find_statements": "qualifiers",
    },
    "kg.text.statements": {"match_frames": "frames"},
}


class Stopwatch:
    """Time by part; what a part calls in another part is counted there only."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._running: list[str] = []
        self._since = 0.0

    def _charge(self) -> None:
        now = time.process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time charged to a part."""

        def run(*args: Any, **kwargs: Any) -> Any:
            self._charge()
            self._running.append(part)
            try:
                return function(*args, **kwargs)
            finally:
                self._charge()
                self._running.pop()

        return run


def measure(texts: Iterable[str], seconds: float) -> tuple[Counter[str], int]:
    """Seconds by part and the number of words read."""
    from kg.statement import Document, document_id
    from kg.text.pipeline import Extractor

    documents = [Document(document_id(text), text) for text in texts]
    extractor = Extractor()
    for document in documents:
        extractor.extract(document)
    # as the processes of a build do: the collector need not look at the lexicon again and again
    gc.collect()
    gc.freeze()
    watch = Stopwatch()
    for module, functions in _PARTS.items():
        for name, part in functions.items():
            setattr(
                sys.modules[module], name, watch.timed(part, getattr(sys.modules[module], name))
            )
    parse = extractor.parse
    extractor.parse = watch.timed(MODEL, parse)  # type: ignore[method-assign]
    words, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        for document in documents:
            extractor.extract(document)
            words += len(document.text.split())
    return watch.seconds, words


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", metavar="FILE", default=DEFAULT)
    parser.add_argument("--seconds", type=float, default=10.0)
    arguments = parser.parse_args()
    one_thread()
    texts = [path.read_text(encoding="utf-8") for path in arguments.paths]
    seconds, words = measure(texts, arguments.seconds)
    model, total = seconds[MODEL], sum(seconds.values())
    print(f"{len(texts)} texts, {words / total:.0f} words/s")
    for part, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        print(f"  {part:12} {spent / total:6.1%} of all  {spent / model:6.1%} of the model")
    print(f"  {'beyond model':12} {1 - model / total:6.1%} of all  {total / model - 1:6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
