"""Model folder -> metrics.json and CARD.md, everything measured from raw text.

    python training/evaluate.py --corpora DIR [--model kg/model] [--sets dev|test] [--write]

Without --write the scores are only printed. Places whose kind (GPE, LOC, FAC) neither the
annotation nor our lists tell are right under any of the three; time expressions that are no
calendar dates are left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import names as nm  # noqa: E402
import scoring  # noqa: E402
from conllu import Sentence, read_columns, read_conllu, sha256, spans_of  # noqa: E402
from gum import gum_names  # noqa: E402
from prepare import as_tokenised  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from kg.text.encoder import load_model  # noqa: E402

Gold = tuple[int, int, tuple[str, ...], bool]
ENV = {**os.environ, "PYTHONPATH": str(HERE.parent)}
GUM_GENRES = ("news", "interview", "speech")


def documents(paths: Iterable[Path]) -> list[list[Sentence]]:
    return [
        list(group)
        for path in paths
        for _, group in itertools.groupby(read_conllu(path), key=lambda s: s.doc)
    ]


def char_names(words: list[str], names: list[nm.Name], at: int) -> tuple[list[Gold], int]:
    """Names as spans of the text without white space, which has ``at`` characters so far."""
    starts = [at]
    for word in words:
        starts.append(starts[-1] + len("".join(word.split())))
    return [(starts[n.start], starts[n.end], n.labels, n.maybe) for n in names], starts[-1]


def count_names(
    doc: Doc,
    gold: list[Gold],
    counts: scoring.NameCounts,
    merge: Callable[[str], str],
    ignored: set[str],
) -> None:
    keys = scoring.doc_keys(doc)
    open_ = [(a, b) for a, b, _, maybe in gold if maybe]
    sure = {(a, b): labels for a, b, labels, maybe in gold if not maybe}
    for key, labels in sure.items():
        counts.gold[merge(labels[0])] += 1
        del key
    for ent in doc.ents:
        if ent.label_ in ignored:
            continue
        key = (keys[ent.start][0], keys[ent.end - 1][1])
        labels = sure.get(key)
        if labels is not None and ent.label_ in labels:
            counts.right[merge(labels[0])] += 1
            counts.system[merge(labels[0])] += 1
        elif not any(a < key[1] and key[0] < b for a, b in open_):
            counts.system[merge(ent.label_)] += 1


def treebank(
    nlp: Language, docs: list[list[Sentence]], names: Callable[[Sentence], list[nm.Name]] | None
) -> dict[str, Any]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    counts = scoring.NameCounts()
    for sentences in docs:
        doc = nlp(scoring.raw_text(sentences))
        scoring.count(scoring.gold_words(sentences), scoring.system_words(doc), right, total)
        if names is not None:
            gold: list[Gold] = []
            at = 0
            for sentence in sentences:
                found, at = char_names(sentence.words, names(sentence), at)
                gold += found
            count_names(doc, gold, counts, str, set())
    result: dict[str, Any] = scoring.scores(right, total)
    if names is not None:
        result["names"] = counts.scores()
    return result


def news_names(sentence: Sentence) -> list[nm.Name]:
    tags = ["O"] * len(sentence.tokens)
    for i, token in enumerate(sentence.tokens):
        for item in token.misc.split("|"):
            if item.startswith("NER="):
                tags[i] = item[4:]
    return [nm.Name(a, b, (label,)) for a, b, label in spans_of(tags)]


def place_merged(label: str) -> str:
    return "PLACE" if label in nm.PLACES3 else label


def uner(nlp: Language, treebank_docs: list[list[Sentence]], path: Path) -> dict[str, Any]:
    """UNER knows persons, organisations and places."""
    annotated: dict[str, list[tuple[list[str], list[str]]]] = {}
    for words, tags, name in read_columns(path, 1, 2, "\t"):
        annotated.setdefault(name, []).append((words, tags))
    counts = scoring.NameCounts()
    for sentences in treebank_docs:
        gold: list[Gold] = []
        at = 0
        rows = annotated[sentences[0].doc]
        for sentence, (words, tags) in zip(sentences, rows, strict=True):
            if "".join("".join(words).split()) != "".join("".join(sentence.words).split()):
                raise SystemExit(f"UNER and EWT differ: {words} / {sentence.words}")
            names = [
                nm.Name(a, b, {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": nm.PLACES3}[label])
                for a, b, label in spans_of(tags)
                if label in ("PER", "ORG", "LOC")
            ]
            found, at = char_names(words, names, at)
            gold += found
        doc = nlp(scoring.raw_text(sentences))
        count_names(doc, gold, counts, place_merged, {"NORP", "EVENT", "DATE"})
    return counts.scores()


def crossner(nlp: Language, path: Path) -> dict[str, Any]:
    counts = scoring.NameCounts()
    for words, tags, _ in read_columns(path, 0, 1, "\t"):
        names = []
        for name, (_, _, label) in zip(
            nm.flat_names(words, spans_of(tags)), spans_of(tags), strict=True
        ):
            place = label in ("location", "country")
            names.append(
                nm.Name(name.start, name.end, nm.PLACES3 if place else name.labels, label == "misc")
            )
        gold, _ = char_names(words, names, 0)
        count_names(nlp(" ".join(words)), gold, counts, place_merged, {"DATE", "NORP"})
    return counts.scores()


def gum_paths(corpora: Path, part: str) -> list[Path]:
    paths = sorted((corpora / "gum" / part).glob("*.conllu"))
    return [path for path in paths if path.stem.split("_")[1] in GUM_GENRES]


def evaluate(nlp: Language, corpora: Path, part: str) -> dict[str, Any]:
    ewt = documents([corpora / "ud-ewt" / f"{part}.conllu"])
    result: dict[str, Any] = {f"EWT {part}": treebank(nlp, ewt, None)}
    if part == "test":
        result["EWT test"]["names"] = uner(nlp, ewt, corpora / "uner-ewt" / "en_ewt-ud-test.iob2")
    result[f"GUM news, interview, speech {part}"] = treebank(
        nlp, documents(gum_paths(corpora, part)), gum_names
    )
    if part == "test":
        result["CrossNER politics test"] = {
            "names": crossner(nlp, corpora / "crossner-politics" / "test.txt")
        }
    news = HERE / "data" / f"news-{part}.conllu"
    if news.exists():
        result[f"own news {part}"] = treebank(
            nlp, [list(map(as_tokenised, d)) for d in documents([news])], news_names
        )
    return result


def show(results: dict[str, Any]) -> str:
    lines = []
    for name, values in results.items():
        lines.append(name)
        plain = {k: v for k, v in values.items() if k != "names"}
        lines.append("  " + "  ".join(f"{k} {v:.2f}" for k, v in plain.items()))
        for label, row in values.get("names", {}).items():
            figures = " ".join(f"{key.upper()} {row[key]:5.1f}" for key in ("p", "r", "f"))
            lines.append(f"    {label:8} {figures} ({row['gold']})")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=HERE.parent / "kg" / "model")
    parser.add_argument("--sets", choices=("dev", "test"), default="test")
    parser.add_argument("--write", action="store_true", help="write metrics.json and CARD.md")
    arguments = parser.parse_args()
    results = evaluate(load_model(arguments.model), arguments.corpora, arguments.sets)
    print(show(results))
    if arguments.write:
        from card import write_card

        meta = json.loads((arguments.model / "meta.json").read_text(encoding="utf-8"))
        size = sum(p.stat().st_size for p in arguments.model.iterdir() if p.is_file())
        benchmark = HERE.parent / "benchmarks" / "model_speed.py"
        command = [sys.executable, str(benchmark), "--model", str(arguments.model)]
        measured = subprocess.run(command, check=True, capture_output=True, text=True, env=ENV)
        tests = [
            arguments.corpora / "ud-ewt" / "test.conllu",
            arguments.corpora / "uner-ewt" / "en_ewt-ud-test.iob2",
            arguments.corpora / "crossner-politics" / "test.txt",
            *gum_paths(arguments.corpora, "test"),
        ]
        metrics = {
            "model": meta["files"]["model.onnx"],
            "recipe": meta["recipe"],
            "bytes": size,
            "speed": json.loads(measured.stdout),
            "tests": {str(p.relative_to(arguments.corpora)): sha256(p) for p in tests},
            "scores": results,
        }
        (HERE / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
        write_card(metrics, meta)


if __name__ == "__main__":
    main()
