"""Prepared data -> a small CNN pipeline of spaCy, to compare the encoder with (never shipped).

    python training/cnn.py --data DIR --out DIR [--words 1500000]

tok2vec of four layers of width 96, tagger, morphologizer, lemmas, parser and names, trained on
the same sentences as the encoder in stretches of about 120 words, with the tokenisation of kg,
until so many words were seen.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import spacy  # noqa: E402
from batches import windows_in_order  # noqa: E402
from names import ANY, O_BIT  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from spacy.training import Example  # noqa: E402
from substitute import certain_spans  # noqa: E402
from train import CONFIG  # noqa: E402

from kg.text.tokens import TOKENIZER  # noqa: E402

_CONFIG = """
[model]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 5000
window_size = 1
maxout_pieces = 3
subword_features = true
"""


def pipeline() -> Language:
    """The untrained pipeline; its components share one tok2vec."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    from thinc.api import Config

    nlp.add_pipe("tok2vec", config=Config().from_str(_CONFIG))
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for name in ("tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"):
        nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    return nlp


def example(nlp: Language, items: list[dict[str, Any]]) -> Example:
    """Consecutive sentences with what is known of them."""
    tree = "head" in items[0]
    fields: dict[str, list[Any]] = {key: [] for key in ("words", "ents")}
    fields |= {key: [] for key in ("tags", "lemmas", "pos", "morphs", "heads", "deps") if tree}
    for item in items:
        words = item["words"]
        # what the annotation leaves open is missing, not "O"
        ents = ["O" if mask & O_BIT and mask != ANY else "" for mask in item["names"]]
        for start, end, label in certain_spans(item["names"]):
            ents[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        if tree:
            at = len(fields["words"])
            morph = [label.partition("|")[::2] for label in item["morph"]]
            fields["tags"] += item["xpos"]
            fields["lemmas"] += item["lemma"]
            fields["pos"] += [pos for pos, _ in morph]
            fields["morphs"] += [features for _, features in morph]
            fields["heads"] += [at + (h - 1 if h else i) for i, h in enumerate(item["head"])]
            fields["deps"] += item["rel"]
        fields["words"] += words
        fields["ents"] += ents
    blank = Doc(nlp.vocab, words=fields["words"])
    return Example(blank, Doc(nlp.vocab, **fields))  # type: ignore[arg-type]


def batches(examples: list[Example], words: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of about 800 words until ``words`` words have been given."""
    given = 0
    while given < words:
        rng.shuffle(examples)
        batch: list[Example] = []
        size = 0
        for found in examples:
            batch.append(found)
            size += len(found.x)
            if size >= 800:
                yield batch
                given += size
                batch, size = [], 0
            if given >= words:
                return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, default=1_500_000)
    parser.add_argument("--start", type=Path, help="go on from a pipeline of this script")
    arguments = parser.parse_args()
    with (arguments.data / "data.pickle").open("rb") as file:
        data = pickle.load(file)
    nlp = spacy.load(arguments.start) if arguments.start else pipeline()
    items = data["train"] + data["news"]
    window = CONFIG["train"]["window_words"]
    trees = [example(nlp, w) for w in windows_in_order([i for i in items if "head" in i], window)]
    flat = [
        example(nlp, w) for w in windows_in_order([i for i in items if "head" not in i], window)
    ]
    spacy.util.fix_random_seed(CONFIG["seed"])
    optimiser = nlp.resume_training() if arguments.start else nlp.initialize(lambda: trees)
    rng = random.Random(CONFIG["seed"])
    names_only = [name for name in nlp.pipe_names if name not in ("tok2vec", "ner")]
    for step, batch in enumerate(batches(trees + flat, arguments.words, rng)):
        losses: dict[str, float] = {}
        with_trees = [e for e in batch if e.y.has_annotation("DEP")]
        without = [e for e in batch if not e.y.has_annotation("DEP")]
        if with_trees:
            nlp.update(with_trees, sgd=optimiser, drop=0.1, losses=losses)
        if without:
            nlp.update(without, sgd=optimiser, drop=0.1, losses=losses, exclude=names_only)
        if step % 100 == 0:
            print(step, {key: round(value, 1) for key, value in losses.items()}, flush=True)
    nlp.to_disk(arguments.out)


if __name__ == "__main__":
    main()
