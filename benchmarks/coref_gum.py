"""Pronoun resolution on documents of GUM (https://gucorpling.org/gum/, path as argument).

    python benchmarks/coref_gum.py path/to/gum/dev [--raw] [--verbose]

With the gold trees and the names of the project's own model; ``--raw`` reads the plain text end
to end instead. Counted are third-person pronouns: an answer is right when it leads to a mention
of the gold entity; recall is over the pronouns whose entity was mentioned before them.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from kg.text.clauses import find_clauses
from kg.text.encoder import load_model
from kg.text.gazetteer import Gazetteer, load_gazetteer
from kg.text.mentions import find_mentions
from kg.text.parsed import Doc, Span
from kg.text.phrases import noun_phrases
from kg.text.pronouns import ACCEPT, PronounFinder, pronoun_class
from kg.text.quotes import find_reports

GENRES = {"news", "bio", "speech", "interview"}

Entities = list[tuple[int, int, str]]
"""Mentions as (first token, token behind the last, entity)."""


def read(path: Path) -> tuple[SpacyDoc, Entities]:
    """The document with its gold trees, and its entity mentions."""
    words, spaces, heads, deps, tags, pos, lemmas, morphs = ([] for _ in range(8))
    spans: Entities = []
    open_: dict[str, list[int]] = defaultdict(list)
    base, last = 0, ""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) != 10:
            base = len(words)
            continue
        if not cells[0].isdigit():
            continue
        i = len(words)
        words.append(cells[1])
        lemmas.append(cells[2])
        pos.append(cells[3])
        tags.append(cells[4])
        morphs.append("" if cells[5] == "_" else cells[5])
        heads.append(i if cells[6] == "0" else base + int(cells[6]) - 1)
        deps.append("ROOT" if cells[6] == "0" else cells[7])
        misc = dict(p.split("=", 1) for p in cells[9].split("|") if "=" in p)
        spaces.append(misc.get("SpaceAfter") != "No")
        for piece in re.finditer(r"\((\d+)-[^()]*|(\d*)\)", misc.get("Entity", "")):
            if piece[1]:
                open_[piece[1]].append(i)
                last = piece[1]
            else:
                entity = piece[2] or last
                if open_[entity]:
                    spans.append((open_[entity].pop(), i + 1, entity))
    vocab = spacy.blank("en").vocab
    doc = SpacyDoc(
        vocab,
        words,
        spaces,
        tags=tags,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
    )
    return doc, spans


def with_names(doc: SpacyDoc, read_by_model: SpacyDoc) -> SpacyDoc:
    """The document with the names that the model finds in its text."""
    names = (doc.char_span(e.start_char, e.end_char, e.label_) for e in read_by_model.ents)
    doc.ents = [name for name in names if name is not None]
    return doc


def moved(spans: Entities, doc: SpacyDoc, to: SpacyDoc) -> Entities:
    """The mentions of a document in another reading of the same text."""
    found = []
    for start, end, entity in spans:
        part = doc[start:end]
        there = to.char_span(part.start_char, part.end_char, alignment_mode="expand")
        if there is not None:
            found.append((there.start, there.end, entity))
    return found


def prepared(path: Path, nlp: Language, raw: bool) -> tuple[Doc, Entities]:
    """A document of GUM with gold trees (or as the model reads it) and its mentions."""
    doc, spans = read(path)
    parsed = nlp(doc.text)
    if raw:
        return Doc(parsed), moved(spans, doc, parsed)
    return Doc(with_names(doc, parsed)), spans


def entities_at(doc: Doc, spans: Entities) -> dict[int, set[str]]:
    """Token → the entities whose mentions it heads."""
    found: dict[int, set[str]] = defaultdict(set)
    for start, end, entity in spans:
        found[_head(doc.span(start, end))].add(entity)
    return found


def _head(span: Span) -> int:
    inside = range(span.start, span.end)
    return next((t.i for t in span if t.head.i not in inside or t.head.i == t.i), span.start)


def finder_of(
    doc: Doc, book: Gazetteer, learned: Mapping[str, float] | None = None
) -> PronounFinder:
    """The project's pronoun finder over a document, with its own weights or others."""
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    reports = find_reports(doc, clauses, phrases)
    mentions = find_mentions(doc, phrases, book, None)
    return PronounFinder(doc, phrases, clauses, mentions, reports, learned)


def f_of(right: int, answered: int, wanted: int) -> str:
    """Precision, recall and F in words."""
    p, r = right / max(answered, 1), right / max(wanted, 1)
    return f"P {100 * p:5.1f} R {100 * r:5.1f} F {200 * p * r / max(p + r, 1e-9):5.1f} ({wanted})"


def score(
    doc: Doc, spans: Entities, book: Gazetteer, accept: float, verbose: bool
) -> Iterable[tuple[str, bool, bool, bool]]:
    """Each pronoun with whether its answer is right, whether there is one and should be one."""
    answers = finder_of(doc, book).run(accept)
    at = entities_at(doc, spans)
    for token in doc:
        if pronoun_class(token.lower_) is None or token.pos_ != "PRON":
            continue
        before = {e: [h for h in at if h < token.i and e in at[h]] for e in at.get(token.i, ())}
        gold = {e for e, heads in before.items() if heads}
        answer = answers.get(token.i)
        found = {e for h in answer.heads for e in at.get(h, ())} if answer else set()
        good = bool(gold & found)
        yield token.lower_, good, answer is not None, bool(gold)
        if verbose and not good and (gold or answer):
            told = [doc[h].text for h in answer.heads] if answer else "-"
            wanted = {doc[h].text for e in gold for h in before[e]} or "nobody"
            print("   ", doc[max(token.i - 40, 0) : token.i + 12].text.replace("\n", " "))
            print("       ", token.text, "->", told, "gold", wanted)


def main() -> None:
    """Score all documents of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--raw", action="store_true", help="plain text instead of gold trees")
    parser.add_argument("--accept", type=float, default=ACCEPT, help="least probability")
    parser.add_argument("--verbose", action="store_true", help="print every wrong answer")
    options = parser.parse_args()
    nlp, book = load_model(), load_gazetteer()
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for path in sorted(options.folder.glob("*.conllu")):
        doc, spans = prepared(path, nlp, options.raw)
        genre = path.stem.split("_")[1]
        for word, *counts in score(doc, spans, book, options.accept, options.verbose):
            names = [path.stem, genre, f"'{word}'", "all"]
            names += ["news, bio, speech, interview"] if genre in GENRES else []
            for name in names:
                total[name] = [a + b for a, b in zip(total[name], counts, strict=True)]
    for name in sorted(total, key=lambda n: (n == "all", n)):
        print(f"{name:36} {f_of(*total[name])}")


if __name__ == "__main__":
    main()
