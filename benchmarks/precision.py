"""Counts right and wrong statements per kind of frame, for kg/text/confidence.py.

    python benchmarks/precision.py

Every example and near miss of the lexicon is read. A statement about a pair of actors is right
when an example of its own relation, or another relation of the same event type, expects that
pair in that sentence; statements about other pairs than the expected ones and statements of the
relation in a near miss are wrong. Prints a table "trigger right wrong".
"""

from __future__ import annotations

from collections import Counter

from kg.statement import Document, Statement
from kg.text.lexicon import Entry, Trigger, load_lexicon
from kg.text.pipeline import Extractor


def main() -> None:
    lexicon = load_lexicon()
    rules = {f.rule: f.trigger for entry in lexicon.entries.values() for f in entry.frames}
    extractor = Extractor()
    right: Counter[Trigger] = Counter()
    wrong: Counter[Trigger] = Counter()
    for entry in lexicon.entries.values():
        for text, expect in _sentences(entry):
            for statement in extractor.extract(Document("x", text)):
                trigger = rules.get(statement.evidence.rule)
                if trigger is None or statement.object is None:
                    continue
                if not expect and statement.relation.id != entry.relation.id:
                    # A near miss says nothing about other relations.
                    continue
                if statement.relation.event is None and entry.relation.event is not None:
                    # Titles beside the event under test ("President X met …") are not annotated.
                    continue
                (right if _pair(statement) & expect else wrong)[trigger] += 1
    print("trigger\tright\twrong")
    for trigger in Trigger:
        print(f"{trigger}\t{right[trigger]}\t{wrong[trigger]}")


def _sentences(entry: Entry) -> list[tuple[str, set[str]]]:
    examples = [(example.text, set(example.expect)) for example in entry.examples]
    return [*examples, *((text, set[str]()) for text in entry.near)]


def _pair(statement: Statement) -> set[str]:
    subject = statement.subject.actor.label
    other = statement.object.actor.label if statement.object else ""
    pairs = {f"{subject} | {other}"}
    return pairs | {f"{other} | {subject}"} if statement.relation.symmetric else pairs


if __name__ == "__main__":
    main()
