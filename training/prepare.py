"""Corpora -> prepared training and development data.

    python training/prepare.py --corpora DIR --out DIR

Reads the corpora under DIR (see README.md for the layout), writes data.pickle (sentences
with allowed name tags), labels.json and data.json (counts and sha256 of every input file).
"""

from __future__ import annotations

import argparse
import collections
import functools
import json
import pickle
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import names as nm  # noqa: E402
import spacy  # noqa: E402
from conllu import Sentence, read_columns, read_conllu, sha256, spans_of  # noqa: E402
from gum import gum_names  # noqa: E402
from spacy.tokenizer import Tokenizer  # noqa: E402

from kg.text.lemmas import apply_script, script_of  # noqa: E402
from kg.text.tagset import NAME_TYPES  # noqa: E402
from kg.text.tokens import make_tokenizer  # noqa: E402

CONFIG = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))


def tree_item(sentence: Sentence, source: str, masks: list[int]) -> dict[str, Any]:
    tokens = sentence.tokens
    return {
        "source": source,
        "doc": sentence.doc,
        "par": sentence.new_par,
        "words": sentence.words,
        "xpos": [t.xpos for t in tokens],
        "morph": [f"{t.upos}|{t.feats}" for t in tokens],
        "lemma": [t.lemma for t in tokens],
        "head": [t.head for t in tokens],
        "rel": ["ROOT" if t.deprel == "root" else t.deprel for t in tokens],
        "names": masks,
    }


def flat_item(words: list[str], source: str, doc: str, masks: list[int]) -> dict[str, Any]:
    return {"source": source, "doc": doc, "par": True, "words": words, "names": masks}


def gum_allowed(path: Path, meta: dict[str, str]) -> bool:
    """Whether the licence of the text of a GUM document is free."""
    genre = path.stem.split("_")[1]
    if genre in CONFIG["data"]["gum_genres"]:
        return True
    host = meta.get("sourceURL", "").split("//")[-1].split("/")[0]
    return genre == "speech" and host in CONFIG["data"]["gum_public_domain_hosts"]


@functools.cache
def tokeniser() -> Tokenizer:
    return make_tokenizer()(spacy.blank("en"))


def as_tokenised(sentence: Sentence) -> Sentence:
    """Words that stand apart in our news sentences, joined where our tokeniser joins them."""
    tokens = sentence.tokens
    text = "".join(t.form + (" " if t.space_after else "") for t in tokens)
    ends = {span.idx + len(span.text) for span in tokeniser()(text)}
    groups: list[list[int]] = [[]]
    at = 0
    for i, token in enumerate(tokens):
        groups[-1].append(i)
        at += len(token.form)
        if at in ends or token.space_after:
            groups.append([])
        at += token.space_after
    groups = [g for g in groups if g]
    if len(groups) == len(tokens):
        return sentence
    number = {i: n for n, group in enumerate(groups) for i in group}
    joined = []
    for group in groups:
        inside = {i + 1 for i in group}
        head = next(i for i in group if tokens[i].head not in inside)
        token = replace(
            tokens[head], head=number[tokens[head].head - 1] + 1 if tokens[head].head else 0
        )
        if len(group) > 1:
            names = [item for item in tokens[group[0]].misc.split("|") if item.startswith("NER=")]
            token.form = "".join(tokens[i].form for i in group)
            token.lemma = token.form if token.upos == "PROPN" else token.form.lower()
            token.misc = "|".join(names) or "_"
            token.space_after = tokens[group[-1]].space_after
        joined.append(token)
    return replace(sentence, tokens=joined)


def news_masks(sentence: Sentence) -> list[int]:
    """Names of our own news sentences: BIO tags in MISC as NER=B-GPE."""
    tags = ["O"] * len(sentence.tokens)
    for i, token in enumerate(sentence.tokens):
        for item in token.misc.split("|"):
            if item.startswith("NER="):
                tags[i] = item[4:]
    names = [nm.Name(a, b, (label,)) for a, b, label in spans_of(tags) if label in NAME_TYPES]
    return nm.masks(sentence.words, names, ())


def read_marked(path: Path) -> Iterator[tuple[list[str], list[nm.Name]]]:
    """Words and names of sentences marked as "[PERSON Stalin] fell." """
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text = ""
        spans: list[tuple[int, int, str]] = []
        for outside, label, inside in re.findall(r"([^\[]*)(?:\[([A-Z]+) ([^\]]+)\])?", line):
            text += outside
            if label:
                spans.append((len(text), len(text) + len(inside), label))
                text += inside
        doc = tokeniser()(text)
        names = []
        for start, end, label in spans:
            span = doc.char_span(start, end)
            if span is None or label not in NAME_TYPES:
                raise SystemExit(f"{path}: {text[start:end]!r} is no name of whole words: {line}")
            names.append(nm.Name(span.start, span.end, (label,)))
        yield [token.text for token in doc], names


def collect(corpora: Path) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    sets: dict[str, list[dict[str, Any]]] = {"train": [], "dev": []}
    hashes: dict[str, str] = {}

    def use(path: Path, name: str) -> Path:
        hashes[name] = sha256(path)
        return path

    for part in ("train", "dev"):
        path = use(corpora / "ud-ewt" / f"{part}.conllu", f"ud-ewt/{part}.conllu")
        sets[part] += [tree_item(s, "ewt", nm.certain_masks(s)) for s in read_conllu(path)]
        for path in sorted((corpora / "gum" / part).glob("*.conllu")):
            sentences = list(read_conllu(path))
            if not gum_allowed(path, sentences[0].meta):
                continue
            use(path, f"gum/{part}/{path.name}")
            for s in sentences:
                sets[part].append(tree_item(s, "gum", nm.masks(s.words, gum_names(s), ())))
    path = use(corpora / "wikigold" / "wikigold.conll.txt", "wikigold/wikigold.conll.txt")
    for i, (words, tags, _) in enumerate(read_columns(path, 0, 1, " ")):
        sets["train"].append(
            flat_item(
                words,
                "wikigold",
                f"wikigold-{i // 20}",
                nm.flat_masks(words, spans_of(tags), ("DATE",)),
            )
        )
    for part in ("train", "dev"):
        path = use(corpora / "crossner-politics" / f"{part}.txt", f"crossner-politics/{part}.txt")
        for i, (words, tags, _) in enumerate(read_columns(path, 0, 1, "\t")):
            sets["train"].append(
                flat_item(
                    words,
                    "crossner",
                    f"crossner-{part}-{i}",
                    nm.flat_masks(words, spans_of(tags), ("DATE", "FAC")),
                )
            )
    path = use(corpora / "uner-ewt" / "en_ewt-ud-dev.iob2", "uner-ewt/en_ewt-ud-dev.iob2")
    for words, tags, doc in read_columns(path, 1, 2, "\t"):
        sets["train"].append(
            flat_item(
                words, "uner", doc, nm.flat_masks(words, spans_of(tags), ("NORP", "EVENT", "DATE"))
            )
        )
    path = use(HERE / "data" / "names-train.txt", "training/data/names-train.txt")
    sets["names"] = [
        flat_item(words, "names", f"names-{i // 5}", nm.masks(words, found, ()))
        for i, (words, found) in enumerate(read_marked(path))
    ]
    sets["news"] = []
    path = HERE / "data" / "news-train.conllu"
    if path.exists():
        use(path, "training/data/news-train.conllu")
        sets["news"] = [
            tree_item(s, "news", news_masks(s)) for s in map(as_tokenised, read_conllu(path))
        ]
    return sets, hashes


def label_sets(train: list[dict[str, Any]]) -> dict[str, list[str]]:
    count: dict[str, collections.Counter[str]] = {
        k: collections.Counter() for k in ("xpos", "morph", "rel", "script")
    }
    for item in train:
        if "head" not in item:
            continue
        for key in ("xpos", "morph", "rel"):
            count[key].update(item[key])
        count["script"].update(
            script_of(w, lem) for w, lem in zip(item["words"], item["lemma"], strict=True)
        )
    least = {
        "xpos": 1,
        "rel": 2,
        "morph": CONFIG["data"]["min_morph_count"],
        "script": CONFIG["data"]["min_script_count"],
    }
    return {
        key: [
            x for x, c in sorted(count[key].items(), key=lambda p: (-p[1], p[0])) if c >= least[key]
        ]
        for key in count
    }


def lemma_tables(train: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Lemmas by part of speech: {"VERB": {"began": "begin", ...}} for words seen with one lemma."""
    seen: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(
        collections.Counter
    )
    for item in train:
        if "head" not in item:
            continue
        for word, lemma, morph, rel in zip(
            item["words"], item["lemma"], item["morph"], item["rel"], strict=True
        ):
            pos = morph.split("|")[0]
            if (
                pos in ("VERB", "AUX", "NOUN", "ADJ", "ADV")
                and rel != "goeswith"
                and "Typo=Yes" not in morph
            ):
                seen[pos, word.lower()][lemma] += 1
    tables: dict[str, dict[str, str]] = {}
    # EWT has "people" here and GUM "person"; one model can only follow one of them
    seen["NOUN", "people"] = collections.Counter({"person": seen["NOUN", "people"].total()})
    for (pos, word), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        if count / lemmas.total() >= 0.9 and lemma == lemma.lower():
            tables.setdefault(pos, {})[word] = lemma
    for line in (HERE / "lists" / "irregular.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            lemma, pos, forms = line.split(" ", 2)
            for form in forms.split():  # what the corpora say comes first
                tables[pos].setdefault(form, lemma)
            tables[pos].setdefault(lemma, lemma)
    return tables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    sets, hashes = collect(arguments.corpora)
    labels = label_sets(sets["train"])
    labels_all = {**labels, "lemmas": lemma_tables(sets["train"] + sets["news"])}
    counts: dict[str, dict[str, int]] = {}
    for part, items in sets.items():
        for item in items:
            entry = counts.setdefault(f"{part}/{item['source']}", {"sentences": 0, "words": 0})
            entry["sentences"] += 1
            entry["words"] += len(item["words"])
    known = sum(
        apply_script(w, script_of(w, lem)) == lem
        for i in sets["dev"]
        for w, lem in zip(i["words"], i["lemma"], strict=True)
    )
    print(
        json.dumps(counts, indent=1),
        {k: len(v) for k, v in labels.items()},
        "scripts round trip:",
        known,
    )
    (arguments.out / "labels.json").write_text(
        json.dumps(labels_all, ensure_ascii=False), encoding="utf-8"
    )
    (arguments.out / "data.json").write_text(
        json.dumps({"sha256": hashes, "counts": counts}, indent=1), encoding="utf-8"
    )
    with (arguments.out / "data.pickle").open("wb") as file:
        pickle.dump(sets, file)


if __name__ == "__main__":
    main()
