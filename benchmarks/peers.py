"""What extraction costs beside a plain spaCy pipeline and textacy's triples, in one run.

    pip install textacy
    python benchmarks/peers.py [FILE ...] [--seconds 20]

Over the same texts (by default the seeds and articles of ``benchmarks/corpus.py``), again and
again for about so many CPU seconds, taking turns: tokens only (``spacy.blank``), kg's language
model, textacy's subject–verb–object triples over kg's parses, kg's statements over the same
parses. textacy knows the labels of ClearNLP, so it gets the trees with those. Another spaCy
pipeline, where one is installed, can be named with ``--spacy``. Only the ratios mean something
on another machine; how many triples are found says nothing of how many are right.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from chance import head, row
from corpus import Maker

from kg.text.threads import one_thread

ROOT = Path(__file__).parent.parent
_CLEARNLP = {
    "obj": "dobj",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "xcomp": "xcomp",
    "obl": "pobj",
}


def relabelled(doc: Any) -> Any:
    """A copy of a parse with the labels that textacy asks for."""
    copy = type(doc)(doc.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    for token in copy:
        token.dep_ = _CLEARNLP.get(token.dep_, token.dep_)
    return copy


def measure(
    steps: dict[str, Callable[[int], int]], count: int, seconds: float
) -> dict[str, tuple[float, int]]:
    """CPU seconds for one pass over the texts, and how many things a pass finds, by step."""
    spent = dict.fromkeys(steps, 0.0)
    found: Counter[str] = Counter()
    passes = 0
    while passes == 0 or sum(spent.values()) < seconds:
        for name, step in steps.items():
            start = time.process_time()
            found[name] += sum(step(number) for number in range(count))
            spent[name] += time.process_time() - start
        passes += 1
    return {name: (spent[name] / passes, found[name] // passes) for name in steps}


def steps_of(texts: list[str], other: str | None) -> dict[str, Callable[[int], int]]:
    """What is measured: each takes the number of a text and says how much it found."""
    import spacy

    from kg.statement import Document, document_id
    from kg.text.parsed import Doc
    from kg.text.pipeline import Extractor

    documents = [Document(document_id(text), text) for text in texts]
    extractor = Extractor()
    blank = spacy.blank("en")
    parses = [extractor.nlp(text) for text in texts]
    labelled = [relabelled(doc) for doc in parses]
    steps: dict[str, Callable[[int], int]] = {
        "tokens (spacy.blank)": lambda n: len(blank(texts[n])),
        "kg's language model": lambda n: len(extractor.nlp(texts[n])),
    }
    if other is not None:
        pipeline = spacy.load(other)
        steps[f"spaCy's {other}"] = lambda n: len(pipeline(texts[n]))
    try:
        from textacy.extract.triples import (  # type: ignore[import-not-found]
            subject_verb_object_triples,
        )
    except ImportError as error:
        print(f"textacy cannot be used: {error}", file=sys.stderr)
    else:
        steps["textacy's triples, parses given"] = lambda n: sum(
            1 for _ in subject_verb_object_triples(labelled[n])
        )

    def statements(number: int) -> int:
        # a view of its own each time: what it remembers would make the next pass cheaper
        reading = extractor._read(documents[number], Doc(parses[number]))
        return len(extractor._statements(reading))

    steps["kg's statements, parses given"] = statements
    return steps


def table(results: dict[str, tuple[float, int]], words: int) -> None:
    """Ratios to the language model, and what was found."""
    model = results["kg's language model"][0]
    head("step", "words a CPU second", "time, model = 1", "found")
    for name, (seconds, found) in results.items():
        row(name, f"{words / seconds:,.0f}", seconds / model, found)


def texts_of(paths: Iterable[Path]) -> list[str]:
    """The texts of files, or of the seeds and some made articles."""
    given = [path.read_text(encoding="utf-8") for path in paths]
    if given:
        return given
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    maker = Maker(500)
    return [*seeds, *(maker.article(number)["text"] for number in range(12))]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--spacy", metavar="NAME", help="another pipeline to compare with")
    arguments = parser.parse_args()
    one_thread()
    texts = texts_of(arguments.paths)
    steps = steps_of(texts, arguments.spacy)
    table(measure(steps, len(texts), arguments.seconds), sum(len(text.split()) for text in texts))


if __name__ == "__main__":
    main()
