"""Which language model reads: the packaged one, another folder of that kind, a spaCy pipeline."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from spacy.language import Language

from kg.errors import ModelError
from kg.text.encoder import load_model
from kg.text.foreign import load_foreign
from kg.text.weights import default_folder, identity


def open_model(name: str | None) -> Language:
    """The pipeline that analyses text.

    ``None`` is the packaged model; else a folder with a model of the same kind, an installed
    spaCy pipeline or the folder of one. Raises ``ModelError`` when it is not usable.
    """
    if name is None:
        return load_model()
    folder = own_folder(name)
    return load_model(folder) if folder is not None else load_foreign(name)


def own_folder(name: str) -> Path | None:
    """The folder when ``name`` is a folder with a model of kg's own kind."""
    folder = Path(name)
    return folder if (folder / "model.onnx").exists() else None


def model_identity(name: str | None) -> str:
    """Name and checksum or version of a model, as the provenance of statements states it.

    Raises ``ModelError`` when there is no such model.
    """
    folder = default_folder() if name is None else own_folder(name)
    if folder is not None:
        return identity(folder)
    pipeline = str(name)
    try:
        if Path(pipeline).is_dir():
            meta = json.loads((Path(pipeline) / "meta.json").read_text(encoding="utf-8"))
            return f"{meta['lang']}_{meta['name']} {meta['version']}"
        return f"{pipeline} {version(pipeline)}"
    except (OSError, ValueError, KeyError, PackageNotFoundError) as error:
        raise ModelError(f"{pipeline}: no spaCy pipeline of this name is installed") from error
