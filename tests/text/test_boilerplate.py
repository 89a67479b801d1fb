"""What is no part of a story is left out, and what only talks about such things is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.statement import Document
from kg.text.boilerplate import boilerplate, cut, masked

HEAD = "Talks resume in Istanbul\n\nRussia and Ukraine resumed talks on Friday.\n\n"
TAIL = "\n\nTurkey hosted them."

BOILERPLATE = [
    "Advertisement",
    "ADVERTISEMENT",
    "- Advertisement -",
    "[Article continues below advertisement]",
    "Read more »",
    "Share this article",
    "Read more: Iran attacks Israel with missiles",
    "READ MORE: Iran attacks Israel with missiles",
    "READ MORE Iran attacks Israel with missiles",
    "ALSO READ | China sanctions Boeing over Taiwan",
    "Also Read: China sanctions Boeing over Taiwan.",
    "Related: Russia attacks Odesa",
    "Related stories: Russia attacks Odesa",
    "Watch: Missiles hit Tel Aviv",
    "WATCH | Missiles hit Tel Aviv",
    "Don’t miss: China sanctions Boeing",
    "Sign up for our newsletter.",
    "Sign up here for our daily newsletter. You can unsubscribe at any time.",
    "Subscribe to our podcast and never miss an episode.",
    "Follow us on Twitter and Facebook.",
    "Get the latest news delivered to your inbox every morning.",
    "Download our app to receive alerts.",
    "Have a tip? Email us at tips@example.org.",
    "We use cookies to improve your experience. By continuing you agree to our terms of use.",
    "This site uses cookies.",
    "FILE PHOTO: Kim Jong Un meets Donald Trump in Hanoi in 2019.",
    "File photo - Vladimir Putin attacks NATO in a speech.",
    "Image: Missiles over Tel Aviv",
    "Kim Jong Un meets Donald Trump in Hanoi. (AP Photo/Evan Vucci, File)",
    "Kim Jong Un meets Donald Trump in Hanoi [File: Leah Millis/Reuters]",
    "Kim Jong Un meets Donald Trump in Hanoi. REUTERS/Leah Millis",
    "Xi Jinping hosts Vladimir Putin in Beijing (Photo by Jane Doe)",
    "Photo by Jane Doe",
    "Photo: Jane Doe/Getty Images",
    "(Reporting by Jane Doe in Seoul and John Smith; Editing by Ann Lee)",
    "Reporting by Jane Doe; editing by John Smith.",
    "Additional reporting by Jane Doe in Kyiv, writing by John Smith.",
    "Writing by Jane Doe",
    "Edited by: Jane Doe",
    "Compiled by Jane Doe",
    "Jane Doe in Seoul and John Smith in Tokyo contributed to this report.",
    "Associated Press writer Jane Doe contributed reporting from Seoul.",
    "Jane Doe in Washington, D.C., contributed to this report.",
    "(With inputs from Reuters)",
    "With agency inputs",
    "Source: Xinhua",
    "© 2025 Example Wire. All rights reserved.",
    "Copyright 2025 Example Wire. This material may not be published, broadcast, or rewritten.",
    "© Example Wire",
    "All rights reserved.",
    "This article was originally published by Example Wire.",
    "5 min read",
]

# Sentences of stories, some of which begin or end like boilerplate.
PROSE = [
    "Advertisement of tobacco was banned by Russia on Monday.",
    "Read more books, Putin told pupils in Moscow.",
    "Related sanctions hit Iran on Monday.",
    "Watch how Russia attacks Ukraine, Zelensky told NATO.",
    "Human Rights Watch: Russia attacked a hospital in Kyiv.",
    "Share prices fell after Russia attacked Ukraine.",
    "Subscribe to Telegram channels of the army at your own risk, the Kremlin warned.",
    "Subscribers of Netflix in Russia sued the company.",
    "France fined Google because it used cookies without consent.",
    '"We use cookies to track you," Facebook told the Senate.',
    "Follow us or leave, Iran told Iraq, according to diplomats in Baghdad.",
    "Download speeds fell after Russia cut a cable.",
    "Sign up or be drafted, the army of Russia told students.",
    "Reporting by Amnesty International found that Egypt tortured prisoners.",
    "Video by Human Rights Watch shows that Russia attacked Bucha.",
    "Image by image, the film shows how Russia attacked Bucha.",
    "Photographs show that Russia attacked Bucha.",
    "Picture a war in which China attacks Taiwan.",
    "Editing by censors in China angered the BBC.",
    "Iran contributed weapons to Russia.",
    "France contributed to this NATO mission.",
    "Copyright law divides China and the United States.",
    "Copyright holders sued Google in 2024, and Google sued them.",
    "Russia (and Iran) condemned Israel.",
    "Iran attacked Israel (see map).",
    "Russia attacked Kyiv on Monday (Reuters).",
    "The 2023/24 budget of Russia angered the IMF.",
    "Source code was stolen by Russia.",
    "With inputs from Iran, Russia made drones.",
    "Print media in Russia attacked Ukraine.",
    "Email from China angered Japan.",
    "Comments by Putin angered Ukraine.",
    "In pictures of the attack, Russia is seen bombing Kyiv.",
    "This story of two states, Russia and Iran, began in 1979.",
    "Trending toward war, Iran attacked Israel.",
    "Live updates from Kyiv were blocked by Russia.",
    "Support our troops or leave, Russia told teachers.",
    "Get the latest weapons to Ukraine, Poland urged Germany.",
    "Join us in NATO, Poland told Ukraine.",
    "Have a premium price on oil, Saudi Arabia told Russia.",
]


def test_there_are_examples_of_both() -> None:
    assert (len(BOILERPLATE), len(PROSE)) == (52, 40)


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_is_left_out(line: str) -> None:
    text = HEAD + line + TAIL
    assert cut(text) == HEAD + TAIL.lstrip()
    assert masked(text) == HEAD + " " * len(line) + TAIL


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays(line: str) -> None:
    text = HEAD + line + TAIL
    assert cut(text) == masked(text) == text


@pytest.mark.parametrize(
    "credit", ["(Reporting by Jane Doe in Seoul; Editing by Ann Lee)", "(Editing by Ann Lee)."]
)
def test_credits_behind_the_last_sentence(credit: str) -> None:
    text = f"{HEAD}Turkey hosted them. {credit}\n\nIran watched."
    assert cut(text) == f"{HEAD}Turkey hosted them.\n\nIran watched."
    assert masked(text) == text.replace(credit, " " * len(credit))
    kept = f"{HEAD}Turkey hosted them (reporting by Jane Doe says so)."
    assert cut(kept) == kept


@pytest.mark.parametrize("heading", ["Related stories", "MORE ON THIS STORY", "Most read:"])
def test_a_list_of_other_stories_goes_as_far_as_its_headlines(heading: str) -> None:
    links = f"{heading}\nIran attacks Israel with missiles\n- China sanctions Boeing"
    assert cut(HEAD + links + TAIL) == HEAD + TAIL.lstrip()


def test_a_list_under_another_heading_stays() -> None:
    text = HEAD + "Related measures\nIran attacks Israel with missiles" + TAIL
    assert cut(text) == text


def test_the_headline_and_the_last_paragraph_stay() -> None:
    assert cut("Watch: Missiles hit Tel Aviv\n\nIran attacked Israel.") != "Iran attacked Israel."
    assert cut("Advertisement") == "Advertisement"


def test_wrapped_lines_are_no_paragraphs() -> None:
    text = (
        "Russia and Ukraine resumed talks on Friday, and newspapers in Kyiv\n"
        "advertisement after advertisement told people what the two sides\n"
        "share\n"
        "and what divides them."
    )
    assert cut(text) == text


@given(st.lists(st.sampled_from([*BOILERPLATE, *PROSE]), max_size=12), st.sampled_from("\n "))
def test_masking_moves_nothing(lines: list[str], between: str) -> None:
    text = f"\n{between}\n".join(lines)
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert all(a == b or a == " " for a, b in zip(hidden, text, strict=True))
    assert all(text[block.start : block.end].strip() for block in boilerplate(text))


@given(st.text(alphabet="Adver ts.m\n(:©)/RPhoto", max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert len(cut(text)) <= len(text)


@pytest.mark.model
def test_nothing_is_stated_by_boilerplate_and_offsets_stay() -> None:
    from kg.text.pipeline import Extractor

    story = ["Russia attacked Ukraine on Monday.", "Iran condemned Russia."]
    furniture = [
        "FILE PHOTO: China attacks Taiwan in 2019.",
        "Read more: Israel attacks Lebanon",
        "Related stories\nTurkey invades Syria\nIndia attacks Pakistan",
    ]
    text = "\n\n".join(["Talks fail", story[0], *furniture, story[1]])
    extractor = Extractor()
    found = extractor.extract(Document("d", text))
    assert [
        (one.subject.actor.label, one.object.actor.label if one.object else None) for one in found
    ] == [("Russia", "Ukraine"), ("Iran", "Russia")]
    for one, sentence in zip(found, story, strict=True):
        evidence = one.evidence.sentence
        assert text[evidence.start : evidence.end] == evidence.text == sentence
    caption = "FILE PHOTO: Vladimir Putin meets Xi Jinping"
    parts = ["Ukraine accused Russia of attacking Poland.", caption, "Moscow denied it."]
    denied = "\n\n".join(parts)
    spans = [one.evidence.sentence for one in extractor.extract(Document("e", denied))]
    assert any(caption in span.text for span in spans), "evidence over two sentences"
    assert all(denied[span.start : span.end] == span.text for span in spans)
