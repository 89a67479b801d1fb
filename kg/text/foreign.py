"""Other spaCy pipelines in the place of the packaged model.

Their trees are brought to Universal Dependencies, their names to the types of kg. Pipelines
with UD labels and with ClearNLP labels (``en_core_web_*``) are understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.errors import ModelError
from kg.text.clearnlp import LABELS as CLEARNLP
from kg.text.clearnlp import Word, to_ud
from kg.text.newsform import blocks
from kg.text.tagset import NAME_TYPES

_UD = frozenset(
    "ROOT acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det"
    " discourse dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl"
    " orphan parataxis punct reparandum vocative xcomp root".split()
)
_SURELY_UD = frozenset(("case", "obj", "obl"))
_SURELY_CLEARNLP = frozenset(("dobj", "pobj", "prep"))
# names of relations that recent releases of UD have changed
_NEWER = {
    "root": "ROOT",
    "obl:tmod": "obl:unmarked",
    "obl:npmod": "obl:unmarked",
    "nmod:tmod": "nmod:unmarked",
    "nmod:npmod": "nmod:unmarked",
}
_NAME_TYPES = {name: name for name in NAME_TYPES} | {"PER": "PERSON"}
_NOT_IN_NAMES = frozenset(("the", "a", "an", "'s", "’s", "'", "’"))
_NEEDED = (
    ("token.dep", "parser"),
    ("token.pos", "parts of speech"),
    ("token.lemma", "lemmas"),
)
# Penn tags of words whose pipeline has universal ones only
_PENN = {
    "ADJ": "JJ",
    "ADP": "IN",
    "ADV": "RB",
    "CCONJ": "CC",
    "DET": "DT",
    "INTJ": "UH",
    "NOUN": "NN",
    "NUM": "CD",
    "PART": "RB",
    "PRON": "PRP",
    "PROPN": "NNP",
    "PUNCT": ".",
    "SCONJ": "IN",
    "SYM": "SYM",
    "X": "FW",
}


def load_foreign(name: str) -> Language:
    """An installed English spaCy pipeline, or one in a folder, whose documents kg can read.

    Raises ``ModelError`` when it is not installed, not English, lacks a parser, parts of speech
    or lemmas, or has labels of another scheme.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"{name}: no spaCy pipeline of this name is installed and there is no such folder; "
            "install it or leave --model out"
        ) from error
    except Exception as error:  # a pipeline is foreign code: its components fail as they like
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{name}: the spaCy pipeline cannot be loaded ({reason})") from error
    if nlp.lang != "en":
        raise ModelError(f"{name}: the pipeline is for language '{nlp.lang}'; kg reads English")
    given = {value for part in nlp.pipe_names for value in nlp.get_pipe_meta(part).assigns}
    if "attribute_ruler" in nlp.pipe_names:
        given.add("token.pos")
    for needed, what in _NEEDED:
        if needed not in given:
            raise ModelError(f"{name}: the spaCy pipeline has no {what}, which kg needs")
    scheme = scheme_of(name, _parser_labels(nlp))
    nlp.add_pipe("kg_news_form", first=True)
    nlp.add_pipe("kg_universal", last=True, config={"scheme": scheme})
    return nlp


def _parser_labels(nlp: Language) -> frozenset[str]:
    """The labels of the component that parses; none when it does not tell (``kg_encoder``)."""
    for name in nlp.pipe_names:
        if "token.dep" in nlp.get_pipe_meta(name).assigns:
            return frozenset(getattr(nlp.get_pipe(name), "labels", ()))
    return frozenset()


def scheme_of(name: str, labels: Iterable[str]) -> str:
    """ "ud" or "clearnlp"; raises ``ModelError`` for labels of any other scheme."""
    # spaCy writes labels of lifted arcs as "dobj||prep"
    plain = {label.split("||")[0] for label in labels}
    if not plain:
        return "ud"
    main = {label.split(":")[0] for label in plain}
    if main <= _UD and main >= _SURELY_UD:
        return "ud"
    if plain >= _SURELY_CLEARNLP and plain - {"subtok"} <= CLEARNLP:
        return "clearnlp"
    unknown = sorted(plain - _UD - CLEARNLP)[:5] or sorted(plain)[:5]
    raise ModelError(
        f"{name}: the labels of the parser are neither Universal Dependencies nor ClearNLP "
        f"(such as {', '.join(unknown)}); choose another --model"
    )


@Language.component("kg_news_form", assigns=["token.is_sent_start"])
def news_form(doc: Doc) -> Doc:
    """Sets the sentence starts that the form of a news text tells, before the parser runs."""
    starts = [block.start for block in blocks(doc.text)]
    at = 0
    for token in doc:
        if at < len(starts) and token.idx >= starts[at] and not token.is_space:
            token.is_sent_start = True
            while at < len(starts) and token.idx >= starts[at]:
                at += 1
    return doc


@Language.factory("kg_universal", default_config={"scheme": "ud"})
def make_universal(nlp: Language, name: str, scheme: str) -> Universal:
    """The component of ``kg_universal``; ``scheme`` is the one of the pipeline's labels."""
    return Universal(scheme)


class Universal:
    """Turns what another pipeline wrote on a document into what kg reads."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            _complete(token)
        if len(doc):
            _write_trees(doc, self.scheme)
        doc.set_ents(list(_names(doc)))
        return doc


def _complete(token: Token) -> None:
    if not token.tag_:
        token.tag_ = penn_tag(token)
    if not token.lemma_:
        token.lemma_ = token.lower_


def penn_tag(token: Token) -> str:
    """The Penn tag that part of speech and features amount to."""
    features = token.morph.to_dict()
    if token.pos_ in ("VERB", "AUX"):
        form = features.get("VerbForm")
        if token.pos_ == "AUX" and not features.get("Tense") and form in (None, "Fin"):
            # "will", "must": modals have no tense
            return "MD"
        if form == "Ger" or (form == "Part" and features.get("Tense") == "Pres"):
            return "VBG"
        if form == "Part":
            return "VBN"
        if form == "Fin" and features.get("Tense") == "Past":
            return "VBD"
        if form == "Fin":
            third = features.get("Person") == "3" and features.get("Number") != "Plur"
            return "VBZ" if third else "VBP"
        return "VB"
    if token.pos_ == "PART" and token.lower_ in ("'s", "’s", "'", "’"):
        return "POS"
    if token.pos_ == "PART" and token.lower_ == "to":
        return "TO"
    if features.get("PronType") == "Rel":
        return "WP" if token.lower_ in ("who", "whom") else "WDT"
    if features.get("Poss") == "Yes":
        return "PRP$"
    plural = "S" if features.get("Number") == "Plur" and token.pos_ in ("NOUN", "PROPN") else ""
    return _PENN.get(token.pos_, "XX") + plural


def _write_trees(doc: Doc, scheme: str) -> None:
    heads = np.array([token.head.i for token in doc])
    labels = [_NEWER.get(token.dep_, token.dep_) for token in doc]
    if scheme == "clearnlp":
        for sentence in doc.sents:
            # white space keeps its place: it hangs on a word and nothing on it
            places = [token.i for token in sentence if not token.is_space]
            if not places or any(doc[i].head.is_space for i in places):
                continue
            number = {place: n for n, place in enumerate(places)}
            found, relations = to_ud(
                [_word(doc[i]) for i in places],
                [number[doc[i].head.i] for i in places],
                [doc[i].dep_.split("||")[0] for i in places],
            )
            for place, head, relation in zip(places, found, relations, strict=True):
                heads[place], labels[place] = places[head], relation
    table = np.zeros((len(doc), 2), dtype=np.uint64)
    table[:, 0] = (heads - np.arange(len(doc))).astype(np.uint64)
    table[:, 1] = [doc.vocab.strings.add(label) for label in labels]
    doc.from_array([HEAD, DEP], table)  # type: ignore[arg-type]


def _word(token: Token) -> Word:
    goes_on = token.ent_iob_ == "I"
    return Word(token.text, token.lemma_, token.pos_, token.tag_, token.ent_type_, goes_on)


def _names(doc: Doc) -> Iterator[Span]:
    """The names of the types of kg, without article and possessive."""
    for ent in doc.ents:
        label = _NAME_TYPES.get(ent.label_)
        start, end = ent.start, ent.end
        while start < end and doc[start].lower_ in _NOT_IN_NAMES:
            start += 1
        while start < end and doc[end - 1].lower_ in _NOT_IN_NAMES:
            end -= 1
        if label and start < end:
            yield Span(doc, start, end, label)
