"""The language analysis for other programs: CoNLL-U trees, or names and mentions as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.statement import Document
from kg.text.claims import claims_of
from kg.text.parsed import Doc, Span, Token
from kg.text.pipeline import Reading


def as_conllu(document: Document, doc: Doc) -> str:
    """The trees of a document in CoNLL-U, each sentence with its offset as ``# doc_start``."""
    name = " ".join(document.id.split())
    lines = [f"# newdoc id = {name}"]
    for number, sentence in enumerate(doc.sents, 1):
        words = [token for token in sentence if not token.is_space]
        if words:
            lines.append(f"# sent_id = {name}-{number}")
            lines.append(f"# text = {' '.join(sentence.text.split())}")
            lines.append(f"# doc_start = {words[0].idx}")
            lines.extend(_rows(sentence, words))
            lines.append("")
    return "\n".join(lines) + "\n"


def _rows(sentence: Span, words: list[Token]) -> Iterator[str]:
    # Blanks that the tokenizer keeps as tokens have no place in CoNLL-U.
    index = {token.i: number for number, token in enumerate(words, 1)}
    begun = {name.start for name in sentence.doc.ents}
    for token in words:
        root = token.head.i == token.i or token.head.i not in index
        head = 0 if root else index[token.head.i]
        misc = []
        if token.ent_type_:
            misc.append(f"NER={'B' if token.i in begun else 'I'}-{token.ent_type_}")
        if not token.whitespace_ and token.i + 1 < len(token.doc) and not token.nbor().is_space:
            misc.append("SpaceAfter=No")
        yield "\t".join(
            (
                str(index[token.i]),
                token.text,
                token.lemma_ or "_",
                token.pos_ or "_",
                token.tag_ or "_",
                str(token.morph) or "_",
                str(head),
                "root" if root else token.dep_ or "dep",
                "_",
                "|".join(misc) or "_",
            )
        )


def as_record(reading: Reading) -> dict[str, Any]:
    """Entities, mentions and claims of a document with character offsets.

    Mentions of the same actor are a cluster; one that stands for several actors ("the two
    countries") is listed once for each.
    """
    doc = reading.doc
    clusters: dict[str, int] = {}
    mentions = []
    for found in reading.mentions:
        for actor in found.actors:
            span = reading.mentions.mention(found, actor).span
            mentions.append(
                {
                    "start": span.start,
                    "end": span.end,
                    "actor": actor.id,
                    "country": actor.country,
                    "sector": actor.sector,
                    "cluster": clusters.setdefault(actor.id, len(clusters)),
                }
            )
    return {
        "id": reading.document.id,
        "ents": [
            {"start": entity.start_char, "end": entity.end_char, "label": entity.label_}
            for entity in doc.ents
        ],
        "mentions": mentions,
        **claims_of(reading),
    }
