"""CoNLL-U out of spaCy documents made by hand: blanks as tokens, offsets, entities."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.statement import Document
from kg.text.analysis import as_conllu


def test_conllu() -> None:
    words = ["Talks", "\n ", "began", ".", "\n", "U.S.", "left", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[False, False, False, False, False, True, False, False],
        heads=[2, 0, 2, 2, 3, 6, 6, 6],
        deps=["nsubj", "dep", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"],
        pos=["NOUN", "SPACE", "VERB", "PUNCT", "SPACE", "PROPN", "VERB", "PUNCT"],
        tags=["NNS", "_SP", "VBD", ".", "_SP", "NNP", "VBD", "."],
        lemmas=["talk", "\n ", "begin", ".", "\n", "U.S.", "leave", "."],
        sent_starts=[True, False, False, False, False, True, False, False],
        ents=["", "", "", "", "", "B-GPE", "", ""],
    )
    document = Document("a\nb", doc.text)
    assert as_conllu(document, doc) == "\n".join(
        (
            "# newdoc id = a b",
            "# sent_id = a b-1",
            "# text = Talks began.",
            "# doc_start = 0",
            "1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_",
            "2\tbegan\tbegin\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No",
            "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_",
            "",
            "# sent_id = a b-2",
            "# text = U.S. left.",
            "# doc_start = 14",
            "1\tU.S.\tU.S.\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-GPE",
            "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No",
            "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_",
            "",
            "",
        )
    )
