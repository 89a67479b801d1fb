"""Pronoun resolution on documents of GUM (https://gucorpling.org/gum/, path as argument).

    python benchmarks/coref_gum.py path/to/gum/dev [--verbose]

Gold trees, names by the project's own model. Counted are third-person pronouns: an answer is
right when it leads to a mention of the gold entity; recall is over the pronouns whose entity was
mentioned before them.
"""

from __future__ import annotations

import argparse
import pickle
import re
from collections import defaultdict
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.text.clauses import find_clauses
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentions import find_mentions
from kg.text.phrases import noun_phrases
from kg.text.pronouns import ACCEPT, PronounFinder
from kg.text.quotes import find_reports

PRONOUNS = {
    *("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"),
    *("they", "them", "their", "theirs", "themselves"),
}


GENRES = {"news", "bio", "speech", "interview"}


def read(path: Path) -> tuple[Doc, list[tuple[int, int, str]]]:
    """The document with its gold trees, and its entity mentions as (start, end, entity)."""
    words, spaces, heads, deps, tags, pos, lemmas, morphs, starts = ([] for _ in range(9))
    spans: list[tuple[int, int, str]] = []
    open_: dict[str, list[int]] = defaultdict(list)
    base = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
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
        starts.append(int(cells[0]) == 1)
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
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab,
        words,
        spaces,
        tags=tags,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        sent_starts=None,
    )
    return doc, spans


def main() -> None:
    """Score all documents of a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=Path, default=None, help="cached names (pickle)")
    parser.add_argument("--accept", type=float, default=None, help="least probability")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    known = pickle.loads(options.names.read_bytes()) if options.names else {}
    nlp = load_model() if not known else None
    book = load_gazetteer()
    total = defaultdict(lambda: [0, 0, 0])
    for path in sorted(options.folder.glob("*.conllu")):
        doc, spans = read(path)
        if nlp is not None:
            known[path.stem] = [(e.start_char, e.end_char, e.label_) for e in nlp(doc.text).ents]
        names = known[path.stem]
        doc.ents = [s for a, b, n in names if (s := doc.char_span(a, b, n)) is not None]
        phrases, clauses = noun_phrases(doc), find_clauses(doc)
        reports = find_reports(doc, clauses, phrases)
        mentions = find_mentions(doc, phrases, book, None)
        finder = PronounFinder(doc, phrases, clauses, mentions, reports)
        answers = finder.run(ACCEPT if options.accept is None else options.accept)
        of_head: dict[int, set[str]] = defaultdict(set)
        before: dict[str, list[int]] = defaultdict(list)
        for start, end, entity in sorted(spans):
            heads = [t.i for t in doc[start:end] if not start <= t.head.i < end or t.head == t]
            for head in heads[:1]:
                of_head[head].add(entity)
                before[entity].append(head)
        right = answered = wanted = 0
        for token in doc:
            if token.lower_ not in PRONOUNS or token.pos_ != "PRON":
                continue
            gold = {e for e in of_head[token.i] if any(h < token.i for h in before[e])}
            wanted += bool(gold)
            answer = answers.get(token.i)
            good = False
            if answer is not None:
                answered += 1
                good = bool(gold & set().union(*(of_head[h] for h in answer.heads)))
                right += good
            genre = path.stem.split("_")[1]
            for name in (token.lower_, "all", *(["all of news, bio …"] * (genre in GENRES))):
                total[name][0] += good
                total[name][1] += answer is not None
                total[name][2] += bool(gold)
            if options.verbose and not good and (gold or answer):
                told = [doc[h].text for h in answer.heads] if answer else "-"
                golds = {doc[h].text for e in gold for h in before[e] if h < token.i}
                print("   ", token.sent.text[:150].replace("\n", " "))
                print("       ", token.text, "->", told, "gold", golds or "none")
        f = 2 * right / max(answered + wanted, 1)
        print(f"{path.stem:32} P {right}/{answered} R {right}/{wanted} F {100 * f:.1f}")
    for name, (right, answered, wanted) in sorted(total.items()):
        p, r = right / max(answered, 1), right / max(wanted, 1)
        f = 2 * p * r / max(p + r, 1e-9)
        print(f"{name:12} P {100 * p:.1f} R {100 * r:.1f} F {100 * f:.1f} ({wanted})")


if __name__ == "__main__":
    main()
