"""Trees for sentences that have names only: what several checkpoints are sure of together.

    python training/silver.py --data DIR --checkpoint FILE [FILE ...]

Adds silver.pickle to the prepared data: the sentences of SOURCES with tags, lemmas, heads and
relations where the mean probability of the checkpoints is high; the other words stay open.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from batches import UNKNOWN_HEAD, Batcher, Encoder, collate, windows_in_order  # noqa: E402
from network import Network  # noqa: E402
from train import CONFIG, build, minilm_folder  # noqa: E402

from kg.text.decode import best_tree  # noqa: E402
from kg.text.lemmas import apply_script  # noqa: E402
from kg.text.wordpiece import WordPiece  # noqa: E402

SOURCES = ("wikigold", "crossner", "names")


def ensemble(
    networks: list[Network], batch: dict[str, Any]
) -> tuple[dict[str, torch.Tensor], list[dict[str, torch.Tensor]]]:
    """Mean probabilities of the word labels, and the scores of every network."""
    heads = [net.heads(*net.words(batch)) for net in networks]
    means = {
        key: torch.stack([h[key].softmax(-1) for h in heads]).mean(0)
        for key in ("xpos", "morph", "script")
    }
    return means, heads


def annotate(
    sentence: dict[str, Any],
    at: int,
    means: dict[str, torch.Tensor],
    heads: list[dict[str, torch.Tensor]],
    networks: list[Network],
    labels: dict[str, list[str]],
    least: float,
) -> dict[str, Any]:
    """The sentence whose words begin at row ``at``, with what is sure of its tree."""
    words = sentence["words"]
    rows = slice(at, at + len(words))
    arcs = []
    for h in heads:
        candidates = torch.cat([h["arc_head"][:1], h["arc_head"][1:][rows]])
        scores = h["arc_dep"][rows] @ candidates.T
        diagonal = torch.arange(len(words))
        scores[diagonal, diagonal + 1] = -1e4
        arcs.append(scores.softmax(-1))
    arc = torch.stack(arcs).mean(0)
    tree = best_tree(arc.clamp(min=1e-9).log().numpy())
    arc_sure = arc[torch.arange(len(words)), torch.from_numpy(tree)]
    chosen = torch.from_numpy(tree).clone()
    chosen[chosen > 0] += at
    relation = torch.stack(
        [
            net.relations(h["rel_dep"][rows], h["rel_head"][chosen]).softmax(-1)
            for net, h in zip(networks, heads, strict=True)
        ]
    ).mean(0)
    result = {**sentence, "silver": True}
    for key in ("xpos", "morph"):
        sure, best = means[key][rows].max(-1)
        result[key] = [
            labels[key][b] if s >= least else ""
            for s, b in zip(sure.tolist(), best.tolist(), strict=True)
        ]
    sure, best = means["script"][rows].max(-1)
    result["lemma"] = [
        apply_script(word, labels["script"][b]) if s >= least else ""
        for word, s, b in zip(words, sure.tolist(), best.tolist(), strict=True)
    ]
    sure, best = relation.max(-1)
    certain = [a >= least for a in arc_sure.tolist()]
    result["head"] = [
        int(h) if c else UNKNOWN_HEAD for h, c in zip(tree.tolist(), certain, strict=True)
    ]
    result["rel"] = [
        labels["rel"][b] if s >= least and c else ""
        for s, b, c in zip(sure.tolist(), best.tolist(), certain, strict=True)
    ]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    parser.add_argument("--least", type=float, default=0.9, help="mean probability to be sure")
    arguments = parser.parse_args()
    labels = json.loads((arguments.data / "labels.json").read_text(encoding="utf-8"))
    with (arguments.data / "data.pickle").open("rb") as file:
        data = pickle.load(file)
    networks = []
    for path in arguments.checkpoint:
        net = build(labels)
        net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["average"])
        networks.append(net.eval())
    encoder = Encoder(labels, WordPiece.from_file(minilm_folder() / "vocab.txt"))
    batcher = Batcher(encoder, CONFIG["train"])
    items = [item for item in data["train"] + data["names"] if item["source"] in SOURCES]
    silver: list[dict[str, Any]] = []
    count: Counter[str] = Counter()
    with torch.inference_mode():
        for window in windows_in_order(items, CONFIG["train"]["window_words"]):
            built = batcher.window([encoder.encode(item) for item in window], None)
            if len(built["ids"]) > 500:
                silver += window
                continue
            means, heads = ensemble(networks, collate([built]))
            at = 0
            for item in window:
                found = annotate(item, at, means, heads, networks, labels, arguments.least)
                at += len(item["words"])
                silver.append(found)
                count["words"] += len(item["words"])
                count["sure heads"] += sum(head != UNKNOWN_HEAD for head in found["head"])
                count["sure relations"] += sum(bool(rel) for rel in found["rel"])
                count["sure tags"] += sum(bool(tag) for tag in found["xpos"])
                count["sure lemmas"] += sum(bool(lemma) for lemma in found["lemma"])
    print(dict(count))
    with (arguments.data / "silver.pickle").open("wb") as file:
        pickle.dump(silver, file)


if __name__ == "__main__":
    main()
