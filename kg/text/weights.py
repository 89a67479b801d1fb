"""The model folder: verified, read and kept once per process."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import KGError, ModelError
from kg.resources import resource_path
from kg.text.lemmas import Lemmatiser
from kg.text.tagset import NAME_TAGS
from kg.text.wordpiece import WordPiece

FORMAT = 1
"""Version of the folder's format that this code reads."""

Array = NDArray[Any]
_SINGULAR_VERB = "VERB|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


@dataclass(frozen=True)
class Scores:
    """What the network says about the words of one window; rows are words."""

    xpos: Array
    morph: Array
    scripts: Array
    script_scores: Array
    sentence: Array
    names: Array
    arc_dep: Array
    arc_head: Array
    rel_dep: Array
    rel_head: Array


class Model:
    """The network of a model folder with its vocabularies."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        self.meta = read_meta(folder)
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            lines = (folder / "lemmas.txt").read_text(encoding="utf-8").splitlines()
            types = (folder / "names.txt").read_text(encoding="utf-8").splitlines()
            self.pieces = WordPiece.from_file(folder / "vocab.txt")
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.enable_mem_pattern = False
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            heads = np.load(folder / "heads.npz")
            self.root_arc: Array = heads["root_arc"]
            self.root_rel: Array = heads["root_rel"]
            self._relation_weight: Array = heads["relation_weight"]
            self._relation_bias: Array = heads["relation_bias"]
        except Exception as error:
            raise ModelError(f"{folder}: the model cannot be read ({error})") from error
        if tuple(labels["name"]) != NAME_TAGS:
            raise ModelError(f"{folder}: the model has other name types than this version of kg")
        self.xpos: list[str] = labels["xpos"]
        self.morph: list[str] = labels["morph"]
        self.relations: list[str] = labels["rel"]
        self.root_relation = self.relations.index("ROOT")
        # tag and features of "signals", the verb
        self.verb_label = (self.xpos.index("VBZ"), self.morph.index(_SINGULAR_VERB))
        # The treebank never saw "besieged", and may have "severed" from "severe": for the words
        # of the lexicon its own forms count.
        forms = resource_path("lexicon/forms.tsv").read_text(encoding="utf-8").splitlines()
        self.lemmatiser = Lemmatiser(labels["script"], [*lines, *forms], self.pieces.vocabulary)
        self.name_types = {name: label for label, name in (line.split("\t") for line in types)}
        self._outputs = list(Scores.__dataclass_fields__)

    def run(
        self,
        ids: list[int],
        piece_shapes: list[int],
        first: list[int],
        last: list[int],
        word_shapes: list[int],
    ) -> Scores:
        """Scores for one window given its pieces and, per word, its first and last piece."""
        feed = {
            "ids": np.array([ids], dtype=np.int64),
            "piece_shapes": np.array([piece_shapes], dtype=np.int64),
            "first": np.array(first, dtype=np.int64),
            "last": np.array(last, dtype=np.int64),
            "word_shapes": np.array(word_shapes, dtype=np.int64),
        }
        return Scores(*self._session.run(self._outputs, feed))

    def relation_scores(self, dep: Array, head: Array) -> Array:
        """Scores of all relations for (dependent, head) pairs, row by row."""
        width = dep.shape[1] // 2
        added = np.maximum(dep[:, :width] + head[:, :width], 0)
        joined = np.concatenate([added, dep[:, width:] * head[:, width:]], axis=1)
        scores: Array = joined @ self._relation_weight + self._relation_bias
        return scores


def read_meta(folder: Path) -> dict[str, Any]:
    """``meta.json`` of a model folder after checking format and checksums.

    Raises ``ModelError`` when a file is missing, damaged or of another format.
    """
    path = folder / "meta.json"
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files: dict[str, str] = dict(meta["files"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError(
            f"{path}: the model is missing or damaged; reinstall geokg ({error!r})"
        ) from error
    if meta.get("format") != FORMAT:
        raise ModelError(
            f"{path}: model format {meta.get('format')}, this version of kg reads {FORMAT}"
        )
    for name, expected in files.items():
        file = folder / name
        try:
            found = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"{file}: the model file is missing; reinstall geokg") from error
        if found != expected:
            raise ModelError(
                f"{file}: the model file is damaged (checksum differs); reinstall geokg"
            )
    return meta


def identity(folder: Path) -> str:
    """Name and checksum of the model in a folder, after checking its files like ``read_meta``."""
    meta = read_meta(folder)
    files = json.dumps(meta["files"], sort_keys=True)
    return f"{meta['name']} {hashlib.sha256(files.encode()).hexdigest()[:12]}"


def default_folder() -> Path:
    """The folder of the model that is packaged with kg."""
    try:
        return resource_path("model")
    except KGError as error:
        raise ModelError(f"the packaged model is missing; reinstall geokg ({error})") from error


_loaded: dict[Path, tuple[int, Model]] = {}


def model_at(folder: Path) -> Model:
    """The model of a folder, loaded on first use and once per process."""
    folder = folder.resolve()
    process, model = _loaded.get(folder, (0, None))
    if model is None or process != os.getpid():
        model = Model(folder)
        _loaded[folder] = (os.getpid(), model)
    return model
