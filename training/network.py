"""The multi-task network: a BERT-like encoder read from MiniLM weights, and small heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # plain products: on these processors faster than the fused attention in bf16
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        a = scores.softmax(-1, dtype=q.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + F.dropout(a, drop, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, drop, self.training))


class Network(nn.Module):
    def __init__(
        self, config: dict[str, Any], sizes: dict[str, int], vocabulary: int = 30522
    ) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH, sparse=True)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(config["shapes"], WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(2, LAYERS + 1))
        self.word_shapes = nn.Embedding(config["shapes"], config["shape_width"])
        wide = WIDTH + config["shape_width"]
        self.tag_hidden = nn.Linear(wide, config["tag_width"])
        self.xpos = nn.Linear(config["tag_width"], sizes["xpos"])
        self.morph = nn.Linear(config["tag_width"], sizes["morph"])
        self.script = nn.Linear(config["tag_width"], sizes["script"])
        self.sentence = nn.Linear(config["tag_width"], 1)
        self.name_hidden = nn.Linear(wide, config["name_width"])
        self.name = nn.Linear(config["name_width"], sizes["name"])
        self.root = nn.Parameter(torch.randn(wide) * 0.02)
        self.arc_dep = nn.Linear(wide, config["arc_width"])
        self.arc_head = nn.Linear(wide, config["arc_width"])
        self.arc_matrix = nn.Parameter(torch.zeros(config["arc_width"], config["arc_width"]))
        self.arc_bias = nn.Parameter(torch.zeros(config["arc_width"]))
        nn.init.normal_(self.arc_matrix, std=config["arc_width"] ** -0.5 * 0.3)
        rel = config["relation_width"]
        self.rel_dep = nn.Linear(wide, 2 * rel)
        self.rel_head = nn.Linear(wide, 2 * rel)
        self.relation = nn.Linear(2 * rel, sizes["rel"])
        self.rel_width = rel
        self.drop = config["dropout"]
        nn.init.normal_(self.shapes.weight, std=0.02)

    def load_minilm(self, folder: Path) -> None:
        """Weights of the pretrained encoder (safetensors of a BertModel)."""
        from safetensors.torch import load_file

        state = load_file(str(folder / "model.safetensors"))
        state = {key.removeprefix("bert."): value for key, value in state.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(state["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(
                state["embeddings.position_embeddings.weight"]
                + state["embeddings.token_type_embeddings.weight"][0]
            )
            self.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                base = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    parts = [
                        state[f"{base}attention.self.{x}.{kind}"] for x in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                    for target, name in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(target, kind).copy_(state[f"{base}{name}.{kind}"])

    def words(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Word vectors for syntax and for names, both [words, width + shape]."""
        ids = batch["ids"]
        x = (
            self.pieces(ids)
            + self.positions.weight[: ids.shape[1]]
            + self.shapes(batch["piece_shapes"])
        )
        x = F.dropout(self.norm(x), 0.1, self.training)
        mask = (batch["mask"][:, None, None, :] - 1) * 1e4
        states = [x]
        for layer in self.layers:
            x = layer(x, mask, 0.1)
            states.append(x)
        mix = self.mix.softmax(-1)
        shape = self.word_shapes(batch["word_shapes"])
        picked = []
        flat = [s.reshape(-1, WIDTH) for s in states]
        gathered = [(s[batch["first"]] + s[batch["last"]]) * 0.5 for s in flat]
        for kind in range(2):
            vector = sum(mix[kind, i] * s for i, s in enumerate(gathered))
            picked.append(torch.cat([F.dropout(vector, self.drop, self.training), shape], -1))
        return picked[0], picked[1]

    def heads(self, syntax: Tensor, names: Tensor) -> dict[str, Tensor]:
        def wide(layer: nn.Linear, x: Tensor) -> Tensor:
            return F.dropout(F.gelu(layer(x)), self.drop, self.training)

        tags = wide(self.tag_hidden, syntax)
        rooted = torch.cat([self.root[None].to(syntax.dtype), syntax])
        dep = wide(self.arc_dep, syntax)
        return {
            "xpos": self.xpos(tags),
            "morph": self.morph(tags),
            "script": self.script(tags),
            "sentence": self.sentence(tags)[:, 0],
            "name": self.name(wide(self.name_hidden, names)),
            "arc_dep": dep @ self.arc_matrix + self.arc_bias,
            "arc_head": wide(self.arc_head, rooted),
            "rel_dep": self.rel_dep(syntax),
            "rel_head": self.rel_head(rooted),
        }

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Relation scores of (dependent, head) pairs."""
        width = self.rel_width
        added = F.relu(dep[:, :width] + head[:, :width])
        multiplied = dep[:, width:] * head[:, width:]
        return self.relation(
            F.dropout(torch.cat([added, multiplied], -1), self.drop, self.training)
        )
