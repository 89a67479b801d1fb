"""Other spaCy pipelines as ``--model``: what they must have, and what is made of them.

The pipelines here are made by hand: their parser knows the sentences of clearnlp.tsv.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from pairs import PAIRS, Pair
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.cli import main
from kg.errors import ModelError
from kg.statement import Document, Statement
from kg.text.foreign import Universal, load_foreign, penn_tag, scheme_of
from kg.text.models import model_identity, open_model
from kg.text.pipeline import Extractor

KNOWN = {pair.text: pair for pair in PAIRS}
_ASSIGNS = ["token.dep", "token.head", "token.tag", "token.pos", "token.lemma", "doc.ents"]


class HandParser:
    """Annotates the known sentences in one scheme; anything else hangs on its first word."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self.labels = tuple(
            sorted({label for pair in PAIRS for label in self.tree(pair)[1]} - {"other"})
        )
        if scheme == "other":
            self.labels = ("SBJ", "OBJ", "ROOT")

    def tree(self, pair: Pair) -> tuple[list[int], list[str]]:
        if self.scheme == "clearnlp":
            return pair.heads, pair.labels
        return pair.ud_heads, pair.ud_labels

    def __call__(self, doc: Doc) -> Doc:
        starts = [t.i for t in doc if t.is_sent_start] or [0]
        heads, labels = [0] * len(doc), ["punct"] * len(doc)
        ents = []
        for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
            words = [t for t in doc[start:end] if not t.is_space]
            pair = KNOWN.get(" ".join(t.text for t in words))
            for token in doc[start:end]:
                heads[token.i] = start
            labels[start] = "ROOT"
            if pair is None:
                continue
            tree_heads, tree_labels = self.tree(pair)
            for token, word, head, label in zip(
                words, pair.words, tree_heads, tree_labels, strict=True
            ):
                token.lemma_, token.pos_, token.tag_ = word.lemma, word.pos, word.tag
                heads[token.i], labels[token.i] = words[head].i, label
            n = 0
            while n < len(words):
                last = n + 1
                while last < len(words) and pair.words[last].continues:
                    last += 1
                if pair.words[n].entity:
                    ents.append(Span(doc, words[n].i, words[last - 1].i + 1, pair.words[n].entity))
                n = last
        table = [
            [(head - i) % 2**64, doc.vocab.strings.add(label)]
            for i, (head, label) in enumerate(zip(heads, labels, strict=True))
        ]
        if table:
            import numpy as np

            doc.from_array([HEAD, DEP], np.array(table, dtype=np.uint64))  # type: ignore[arg-type]
        doc.set_ents(ents)
        return doc


@Language.factory("hand_parser", assigns=_ASSIGNS, default_config={"scheme": "clearnlp"})
def make_hand_parser(nlp: Language, name: str, scheme: str) -> HandParser:
    return HandParser(scheme)


@Language.factory("hand_tagger", assigns=["token.pos", "token.tag"])
def make_hand_tagger(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc


@Language.factory("hand_trees", assigns=["token.dep", "token.pos"])
def make_hand_trees(nlp: Language, name: str) -> HandParser:
    return HandParser("ud")


@pytest.fixture
def pipeline(tmp_path: Path) -> Callable[..., str]:
    def build(scheme: str = "clearnlp", lang: str = "en", parser: str = "hand_parser") -> str:
        nlp = spacy.blank(lang)
        nlp.add_pipe(parser, config={"scheme": scheme} if parser == "hand_parser" else {})
        folder = tmp_path / f"{lang}-{scheme}-{parser}"
        nlp.to_disk(folder)
        return str(folder)

    return build


def statements(model: str, text: str) -> list[Statement]:
    return Extractor(model=model).extract(Document(id="d", text=text))


def test_statements_are_those_of_the_ud_pipeline(pipeline: Callable[..., str]) -> None:
    text = "\n\n".join(pair.text for pair in PAIRS)
    converted, native = statements(pipeline("clearnlp"), text), statements(pipeline("ud"), text)
    assert converted == native
    said = {
        (s.subject.actor.label, s.relation.label, s.object.actor.label)
        for s in converted
        if s.object is not None
    }
    assert ("Russia", "attacked", "Ukraine") in said
    assert len(said) >= 12


def test_names_come_without_article_and_in_the_types_of_kg(pipeline: Callable[..., str]) -> None:
    nlp = open_model(pipeline("clearnlp"))
    doc = nlp("Japan is an ally of the United States .")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Japan", "GPE"),
        ("United States", "GPE"),
    ]
    other = spacy.blank("en")
    made = other("He paid $5 to the PER of the X")
    made.set_ents([Span(made, 2, 4, "MONEY"), Span(made, 5, 7, "PER")])
    made = Universal("ud")(made)
    assert [(ent.text, ent.label_) for ent in made.ents] == [("PER", "PERSON")]


def test_a_headline_is_a_sentence_of_its_own(pipeline: Callable[..., str]) -> None:
    doc = open_model(pipeline("clearnlp"))("Kyiv hit again\n\nKim is in Moscow .")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Kyiv hit again",
        "Kim is in Moscow .",
    ]


def test_the_verbs_take_a_pipeline(
    pipeline: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Russia attacked Ukraine in February .", encoding="utf-8")
    assert main(["parse", str(article), "--model", pipeline("clearnlp")]) == 0
    assert "\tobl\t" in capsys.readouterr().out


def test_the_provenance_names_the_pipeline(pipeline: Callable[..., str]) -> None:
    assert model_identity(pipeline("clearnlp")) == "en_pipeline 0.0.0"
    assert model_identity(None).startswith("kg-en ")
    with pytest.raises(ModelError, match="no_such_pipeline: no spaCy pipeline"):
        model_identity("no_such_pipeline")


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match=r"^en_core_web_none: no spaCy pipeline of this name"):
        open_model("en_core_web_none")


def test_a_pipeline_without_parser_or_lemmas(pipeline: Callable[..., str]) -> None:
    with pytest.raises(ModelError, match="has no parser"):
        load_foreign(pipeline(parser="hand_tagger"))
    with pytest.raises(ModelError, match="has no lemmas"):
        load_foreign(pipeline(parser="hand_trees"))


def test_a_pipeline_of_another_language(pipeline: Callable[..., str]) -> None:
    with pytest.raises(ModelError, match="for language 'de'"):
        load_foreign(pipeline(lang="de"))


def test_a_pipeline_with_unknown_labels(pipeline: Callable[..., str]) -> None:
    with pytest.raises(ModelError, match=r"neither Universal Dependencies nor ClearNLP.*OBJ, SBJ"):
        load_foreign(pipeline("other"))


def test_a_damaged_pipeline(pipeline: Callable[..., str]) -> None:
    folder = Path(pipeline("clearnlp"))
    (folder / "config.cfg").write_text("[nlp]\nlang = 5\n", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_foreign(str(folder))


@pytest.mark.parametrize(
    ("labels", "scheme"),
    [
        ({"ROOT", "case", "obj", "obl", "nsubj:pass", "acl:relcl"}, "ud"),
        ({"ROOT", "dobj", "pobj", "prep", "nsubjpass", "dobj||prep"}, "clearnlp"),
        (set(), "ud"),
    ],
)
def test_schemes(labels: set[str], scheme: str) -> None:
    assert scheme_of("x", labels) == scheme


@pytest.mark.parametrize(
    ("pos", "morph", "tag"),
    [
        ("VERB", "VerbForm=Fin|Tense=Past", "VBD"),
        ("VERB", "VerbForm=Part|Tense=Past", "VBN"),
        ("VERB", "VerbForm=Ger", "VBG"),
        ("VERB", "VerbForm=Inf", "VB"),
        ("VERB", "VerbForm=Fin|Tense=Pres|Person=3|Number=Sing", "VBZ"),
        ("AUX", "VerbForm=Fin", "MD"),
        ("AUX", "VerbForm=Fin|Tense=Pres|Person=3|Number=Plur", "VBP"),
        ("NOUN", "Number=Plur", "NNS"),
        ("PROPN", "Number=Sing", "NNP"),
        ("PRON", "Poss=Yes", "PRP$"),
        ("ADP", "", "IN"),
    ],
)
def test_penn_tags_of_universal_ones(pos: str, morph: str, tag: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words=["x"], pos=[pos], morphs=[morph])
    assert penn_tag(doc[0]) == tag
