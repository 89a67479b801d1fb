"""Headlines, datelines, bylines, captions and paragraphs of news texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.newsform import blocks

ARTICLE = """Kim says open to talks if nukes kept
North signals willingness for dialogue, as alliances evolve.

By Jane Doe and John Smith

SEOUL, Sept 22 (Reuters) - North Korea's leader said he was open to talks.
Analysts said the speech was long.

What comes next
Nobody knows.
FILE PHOTO: Kim speaks in Pyongyang on Sunday.
Reporting by Jane Doe; editing by John Smith"""


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def test_the_parts_of_an_article() -> None:
    kinds = [(kind, text[:24]) for kind, text in shown(ARTICLE)]
    assert kinds == [
        ("headline", "Kim says open to talks i"),
        ("paragraph", "North signals willingnes"),
        ("byline", "By Jane Doe and John Smi"),
        ("dateline", "SEOUL, Sept 22 (Reuters)"),
        ("paragraph", "North Korea's leader sai"),
        ("paragraph", "Analysts said the speech"),
        ("headline", "What comes next"),
        ("paragraph", "Nobody knows."),
        ("caption", "FILE PHOTO: Kim speaks i"),
        ("byline", "Reporting by Jane Doe; e"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "WARSAW (Agency), 9 Nov 2021 -- ",
        "SEOUL, Sept 22 (Reuters) - ",
        "WASHINGTON (AP) — ",
        "Moscow (AP) — ",
        "MOSCOW — ",
        "UNITED NATIONS, 3 March 2024 (AFP) -- ",
        "BEIJING/TAIPEI - ",
        "KYIV, Ukraine (AP) — ",
        "GENEVA, Nov. 4 – ",
        "Nairobi, Kenya – ",
        "Caracas, January 24, 2019 — ",
        "Gaza City, 3 May - ",
        "Port-au-Prince, Haiti – ",
    ],
)
def test_datelines(dateline: str) -> None:
    text = dateline + "The talks failed."
    assert [kind for kind, _ in shown(text)] == ["dateline", "paragraph"]
    assert shown(text)[1][1] == "The talks failed."


@pytest.mark.parametrize(
    "text",
    [
        "The talks - the third this year - failed.",
        "NATO said on Monday it would send troops - but not soon.",
        "Kim said.",
        "Smith, Jones and Brown - all ministers - resigned.",
        "Paris, Berlin – and Rome too – agreed.",
        "Kyiv - Moscow talks failed.",
        "“We will never give up,” he said.",
    ],
)
def test_plain_sentences_are_one_paragraph(text: str) -> None:
    assert shown(text) == [("paragraph", text)]


def test_wrapped_lines_stay_together() -> None:
    text = (
        "North Korean leader Kim Jong Un said he has fond memories of\n"
        "U.S. President Donald Trump and indicated he would be open to\n"
        "future talks with the United States, but only if Pyongyang\n"
        "can keep its nuclear weapons.\n"
        "\n"
        "Analysts said the lengthy and detailed justifications showed\n"
        "confidence and desperation in equal parts, and that more was\n"
        "to come."
    )
    assert [text[:14] for _, text in shown(text)] == ["North Korean l", "Analysts said "]


def test_unwrapped_lines_are_paragraphs() -> None:
    text = "Russia attacked Ukraine on Monday.\nNATO condemned the attack.\nTalks will follow."
    assert [kind for kind, _ in shown(text)] == ["paragraph"] * 3


def test_bullets_are_paragraphs() -> None:
    text = "- Russia withdrew from the treaty\n- Iran did not\n- China abstained in the vote"
    assert len(shown(text)) == 3


@given(st.text(alphabet='Aa .\n\r\t"-:(),1By', max_size=200))
def test_blocks_cover_all_text_once_and_in_order(text: str) -> None:
    at = 0
    for block in blocks(text):
        assert not text[at : block.start].strip()
        assert block.start < block.end
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \t"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert blocks(text) == ()
