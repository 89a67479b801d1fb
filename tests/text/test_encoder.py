"""The encoder on real text: offsets, trees, edge cases, processes, serialisation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.resources import resource_path
from kg.text.encoder import load_model
from kg.text.tagset import NAME_TYPES

pytestmark = pytest.mark.model

NEWS = (
    "Russia, Ukraine to resume talks\n"
    "MOSCOW, March 3 (Reuters) - Russian President Vladimir Putin met North Korean leader "
    "Kim Jong Un in Pyongyang on Monday, state media reported. “We will never give up,” Kim said. "
    "The United Nations condemned the visit.\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def news(nlp: Language) -> Doc:
    return nlp(NEWS)


def assert_sound(doc: Doc, text: str) -> None:
    """Tokens quote the text; every sentence is one tree; every annotation is there."""
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token.text)] == token.text
        assert token.dep_ and token.pos_ and token.tag_ and token.lemma_
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        for token in sentence:
            assert sentence.start <= token.head.i < sentence.end
            steps = 0
            while token.head.i != token.i:
                token, steps = token.head, steps + 1
                assert steps <= len(sentence)
    assert {ent.label_ for ent in doc.ents} <= set(NAME_TYPES)


def annotations(doc: Doc) -> list[tuple[str, ...]]:
    return [
        (
            t.text,
            t.lemma_,
            t.pos_,
            t.tag_,
            str(t.morph),
            t.dep_,
            str(t.head.i),
            t.ent_iob_,
            t.ent_type_,
        )
        for t in doc
    ]


def test_news_is_understood(news: Doc) -> None:
    assert_sound(news, NEWS)
    names = {ent.text: ent.label_ for ent in news.ents}
    assert names["Vladimir Putin"] == "PERSON"
    assert names["Pyongyang"] == "GPE"
    assert names["United Nations"] == "ORG"
    met = next(token for token in news if token.text == "met")
    assert (met.lemma_, met.pos_) == ("meet", "VERB")
    assert {"nsubj", "obj"} <= {child.dep_ for child in met.children}


def test_the_headline_and_the_dateline_are_sentences_of_their_own(news: Doc) -> None:
    sentences = [sentence.text.strip() for sentence in news.sents]
    assert sentences[0] == "Russia, Ukraine to resume talks"
    assert sentences[1] == "MOSCOW, March 3 (Reuters) -"
    assert "“We will never give up,” Kim said." in sentences


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n \t",
        "...",
        "?!",
        "🙂 🇺🇳",
        "\x00\x07\x1b",
        "a" * 5000,
        "قال الرئيس إن المحادثات فشلت.",
        "שלום world",
        "President \u202bمحمود عباس\u202c met Ebrahim Raisi (إبراهيم رئيسي) in Doha.",
        "Netanyahu (נתניהו) said: “לא”.",
        "🇺🇦 Kyiv 🚀🚀 hit 👨‍👩‍👧 again!!! \u2066x\u2069",
        "12 000 – 3,5 % (1) [2] {3} ***",
        "\x00Iran\x1b[31m attacked\x07 Israel\x7f.",
        "\ud7ff\ue000\ufffd\U0010ffff",
        " leading and trailing \n",
        "one\n\n\ntwo",
        "e\u0301 zero\u200bwidth \ufeff mark",
        "word " * 700,
        "，。中文",
        "(((((((((( ))))))))",
    ],
)
def test_odd_text(nlp: Language, text: str) -> None:
    assert_sound(nlp(text), text)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=120))
def test_any_text_gives_trees(nlp: Language, text: str) -> None:
    assert_sound(nlp(text), text)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            ["Iran", "said", '"', ".", "\n", "it", "would", ",", "(", "U.S.", "—", "not"]
        ),
        max_size=400,
    )
)
def test_any_words_give_trees(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    assert_sound(nlp(text), text)


def test_a_very_long_document(nlp: Language) -> None:
    text = " " * 1_000_001 + "A" * 50_000 + " Iran."
    assert_sound(nlp(text), text)


def test_a_sentence_of_20000_words(nlp: Language) -> None:
    words = "the minister who met the envoys said that they had agreed and ".split()
    text = " ".join(words[i % len(words)] for i in range(20_000))
    doc = nlp(text)
    assert_sound(doc, text)
    assert len(doc) == 20_000


def test_a_result_depends_on_its_text_alone(nlp: Language, news: Doc) -> None:
    texts = ["Iran denied it.", NEWS, "word " * 300]
    together = list(nlp.pipe(texts, batch_size=2))
    assert annotations(together[1]) == annotations(news)
    assert annotations(load_model()(NEWS)) == annotations(news)


def test_two_processes(nlp: Language, news: Doc) -> None:
    docs = list(nlp.pipe([NEWS, "", NEWS], n_process=2, batch_size=1))
    assert [annotations(doc) for doc in docs] == [annotations(news), [], annotations(news)]


def test_documents_and_pipelines_survive_bytes(nlp: Language, news: Doc) -> None:
    assert annotations(Doc(nlp.vocab).from_bytes(news.to_bytes())) == annotations(news)
    copy = load_model().from_bytes(nlp.to_bytes())
    assert annotations(copy(NEWS)) == annotations(news)


def test_a_stock_pipeline_can_hold_the_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_encoder")
    assert_sound(nlp("Iran attacked Israel."), "Iran attacked Israel.")


def test_long_documents_keep_whole_sentences(nlp: Language) -> None:
    sentence = (
        "The foreign minister of Iran said on Monday that talks with the United States had failed."
    )
    text = " ".join([sentence] * 60)
    assert [s.text.strip() for s in nlp(text).sents] == [sentence] * 60


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "model"
    shutil.copytree(resource_path("model"), copy)
    yield copy


def test_another_model_folder(folder: Path, news: Doc) -> None:
    assert annotations(load_model(folder)(NEWS)) == annotations(news)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"meta\.json.*missing"):
        load_model(tmp_path / "none")("Text.")


@pytest.mark.parametrize(
    "name", ["model.onnx", "labels.json", "vocab.txt", "lemmas.txt", "names.txt", "heads.npz"]
)
def test_a_damaged_model_is_refused(folder: Path, name: str) -> None:
    path = folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelError, match=f"{name}.*damaged"):
        load_model(folder)("Text.")
    path.unlink()
    with pytest.raises(ModelError, match=f"{name}.*missing"):
        load_model(folder)("Text.")


def test_another_format_is_refused(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(json.dumps({**meta, "format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        load_model(folder)("Text.")


def test_the_model_is_small() -> None:
    size = sum(path.stat().st_size for path in resource_path("model").iterdir() if path.is_file())
    assert size <= 30 * 2**20


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "Lee Jae-myung and Kim Jong-un re-elected",
            ["Lee", "Jae-myung", "and", "Kim", "Jong-un", "re-elected"],
        ),
        (
            "a pro-Russian, Moscow-backed group",
            ["a", "pro-Russian", ",", "Moscow", "-", "backed", "group"],
        ),
        ("U.S.-led and/or No!!", ["U.S.", "-", "led", "and", "/", "or", "No", "!!"]),
        (
            "a 15-year-old won 713-853-3989",
            ["a", "15", "-", "year", "-", "old", "won", "713-853-3989"],
        ),
    ],
)
def test_tokens_are_those_of_universal_dependencies(
    nlp: Language, text: str, tokens: list[str]
) -> None:
    assert [token.text for token in nlp.make_doc(text)] == tokens


def test_head_offsets_fit_spacy(news: Doc) -> None:
    heads = np.array([token.head.i for token in news])
    assert ((heads >= 0) & (heads < len(news))).all()
