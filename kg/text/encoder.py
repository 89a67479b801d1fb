"""The embedded English model as a spaCy component, ``kg_encoder``.

It fills heads, relations (Universal Dependencies, root ``ROOT``), tags, parts of speech,
features, lemmas, sentence starts and entities of a ``Doc`` made by ``spacy.blank("en")``.
The result depends on the text alone: not on other documents, batches or processes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IDX,
    IS_SPACE,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.text.newsform import blocks
from kg.text.tokens import TOKENIZER
from kg.text.weights import Model, default_folder, model_at
from kg.text.windows import Analysis, Words, analyse

_ATTRIBUTES = [HEAD, DEP, TAG, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE]
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3
_CACHE_LIMIT = 200_000
_ANY_LENGTH = 10**9
# A short name that models take for a verb, the name they know it by, and what tells of it.
_VERBLIKE, _UNLIKE_VERBS, _SPELT_OUT = "IS", "ISIS", "Islamic State"

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]


def load_model(path: Path | None = None) -> Language:
    """A blank English pipeline that tokenises as UD does, with the encoder.

    ``path`` names another model folder than the packaged one. The weights are read on the
    first document. Raises ``ModelError`` then when the folder is missing, damaged or of
    another format.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = _ANY_LENGTH  # documents are analysed in windows
    nlp.add_pipe("kg_encoder", config={"path": None if path is None else str(path)})
    return nlp


@Language.factory(
    "kg_encoder",
    assigns=[
        "token.head",
        "token.dep",
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
    ],
    default_config={"path": None},
)
def make_encoder(nlp: Language, name: str, path: str | None) -> Encoder:
    """The component of ``kg_encoder``; ``path`` names another model folder."""
    return Encoder(nlp.vocab, Path(path) if path is not None else None)


class Encoder:
    """Annotates documents with the model of a folder (None: the packaged one)."""

    def __init__(self, vocab: Vocab, folder: Path | None = None) -> None:
        self.vocab = vocab
        self.folder = folder
        self._labels: _Labels | None = None
        self._lemmas: dict[tuple[str, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        model = model_at(self.folder if self.folder is not None else default_folder())
        if self._labels is None:
            self._labels = _Labels(model, self.vocab)
        positions = np.flatnonzero(doc.to_array([IS_SPACE]) == 0)
        if len(positions) == 0:
            _fill_blank(doc)
            return doc
        words = _words_of(doc, positions)
        analysis = analyse(words, model)
        _fill(doc, positions, analysis, self._labels, self._lemmatise(words, analysis, model))
        return doc

    def _lemmatise(self, words: Words, analysis: Analysis, model: Model) -> Hashes:
        known, strings = self._lemmas, self.vocab.strings
        if len(known) > _CACHE_LIMIT:
            known.clear()
        result: list[int] = []
        scripts = analysis.scripts.tolist()
        for i, (text, morph) in enumerate(zip(words.texts, analysis.morph.tolist(), strict=True)):
            key = (text, morph, scripts[i][0])
            lemma = known.get(key)
            if lemma is None:
                scores = analysis.script_scores[i].tolist()
                pos, _, features = model.morph[morph].partition("|")
                chosen, certain = model.lemmatiser.lemma(text, pos, features, scripts[i], scores)
                lemma = strings.add(chosen)
                if certain:
                    known[key] = lemma
            result.append(lemma)
        return np.array(result, dtype=np.uint64)


class _Labels:
    """The model's labels as values of spaCy attributes, entered into a vocabulary."""

    def __init__(self, model: Model, vocab: Vocab) -> None:
        def hashes(values: list[int]) -> Hashes:
            return np.array(values, dtype=np.uint64)

        split = [label.partition("|")[::2] for label in model.morph]
        self.xpos = hashes([vocab.strings.add(tag) for tag in model.xpos])
        self.relations = hashes([vocab.strings.add(relation) for relation in model.relations])
        self.pos = hashes([POS_IDS[pos] for pos, _ in split])
        self.features = hashes([vocab.morphology.add(features) for _, features in split])


def _words_of(doc: Doc, positions: Ints) -> Words:
    orths, idx, spaces = doc.to_array([ORTH, IDX, SPACY])[positions].T
    spaced = spaces.astype(bool)
    spaced[:-1] |= np.diff(positions) > 1
    forced = np.zeros(len(positions), dtype=bool)
    heading = np.zeros(len(positions), dtype=bool)
    offsets = idx.astype(np.int64)
    for block in blocks(doc.text):
        first, last = np.searchsorted(offsets, (block.start, block.end))
        forced[first : first + 1] = True
        heading[first:last] = block.kind == "headline"
    forced[0] = True
    strings = doc.vocab.strings
    texts = [strings[orth] for orth in orths.tolist()]
    if _VERBLIKE in texts and _SPELT_OUT in doc.text:
        # "*IS* seized Mosul" is no passive of anything
        texts = [_UNLIKE_VERBS if text == _VERBLIKE else text for text in texts]
    return Words(texts, spaced, forced, heading)


def _fill(doc: Doc, positions: Ints, analysis: Analysis, labels: _Labels, lemmas: Hashes) -> None:
    """Writes an analysis of the words at ``positions``; white space hangs on the word before."""
    count = len(doc)
    table = _space_rows(doc)
    # a space token is governed by the last word before it, at the beginning by the first word
    before = np.searchsorted(positions, np.arange(count), side="right") - 1
    heads = positions[np.maximum(before, 0)]
    heads[positions] = positions[analysis.heads]
    table[:, 0] = (heads - np.arange(count)).astype(np.uint64)
    table[positions, 1] = labels.relations[analysis.relations]
    table[positions, 2] = labels.xpos[analysis.xpos]
    table[positions, 3] = labels.pos[analysis.morph]
    table[positions, 4] = labels.features[analysis.morph]
    table[positions, 5] = lemmas
    for start, end, label in analysis.names:
        a, b = int(positions[start]), int(positions[end - 1]) + 1
        table[a:b, 6] = _INSIDE
        table[a, 6] = _BEGIN
        table[a:b, 7] = doc.vocab.strings.add(label)
    doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]


def _fill_blank(doc: Doc) -> None:
    """Annotates a document of white space only: one sentence, the first token its root."""
    if len(doc):
        table = _space_rows(doc)
        table[:, 0] = (-np.arange(len(doc))).astype(np.uint64)
        table[0, 1] = doc.vocab.strings.add("ROOT")
        doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]


def _space_rows(doc: Doc) -> Hashes:
    """Attribute rows with the values that white space has."""
    strings = doc.vocab.strings
    row = [0, strings.add("dep"), strings.add("_SP"), POS_IDS["SPACE"], 0, 0, _OUTSIDE, 0]
    row[4] = doc.vocab.morphology.add("")
    table = np.tile(np.array(row, dtype=np.uint64), (len(doc), 1))
    table[:, 5] = doc.to_array([ORTH])
    return table
