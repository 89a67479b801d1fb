"""English is read, other languages are told apart, lists of names are left in peace."""

from __future__ import annotations

import pytest

from kg.text.language import is_english, likely_language

OTHERS = {
    "French": "Le président a rencontré lundi à Paris le chancelier pour parler de la guerre. ",
    "German": "Der Kanzler hat am Montag in Berlin den Präsidenten empfangen und über den Krieg. ",
    "Spanish": "El presidente se reunió el lunes con los ministros para hablar de la guerra. ",
    "Dutch": "De premier heeft dinsdag in Den Haag gesproken met zijn ambtgenoot over het plan. ",
    "Indonesian": "Presiden bertemu dengan menteri di Jakarta untuk membahas perang yang lama. ",
    "Russian": "Президент встретился в понедельник в Москве с министром иностранных дел. ",
    "Turkish": "Cumhurbaşkanı bu sabah Ankara'da bakan ile bir görüşme yaptı ve barış için. ",
}
ENGLISH = [
    "Kim met Trump in Hanoi on Monday, and the talks ended without an agreement. " * 4,
    "Iran, Iraq sign deal. Talks begin. U.S. lifts ban. Seoul hails move. " * 5,
    "Anna met Boris. " * 20,
    "Macron rencontre Merkel à Paris",
    "Luis de la Torre hails Juan del Rio, Pedro de la Cruz, Maria de los Angeles: Quito talks open",
    "Van der Bellen, Von der Leyen, De Croo, El Sisi, Los Angeles, La Paz, San Juan: who met whom?",
    "Talks collapse; Paris recalls envoy; Le Monde, El País, La Stampa report fresh strikes today",
    "",
]


@pytest.mark.parametrize("language", OTHERS)
def test_another_language(language: str) -> None:
    assert not is_english(OTHERS[language] * 5)


# German writes its nouns like names: two sentences are too few.
@pytest.mark.parametrize("language", [language for language in OTHERS if language != "German"])
def test_two_sentences_in_another_language(language: str) -> None:
    assert not is_english(OTHERS[language] * 2)


@pytest.mark.parametrize("text", ENGLISH, ids=lambda t: t[:20] or "empty")
def test_english_or_too_short_to_tell(text: str) -> None:
    assert is_english(text)


CODES = ("fr", "de", "es", "nl", "id", "ru", "tr")


@pytest.mark.parametrize(("text", "code"), list(zip(OTHERS.values(), CODES, strict=True)))
def test_which_language(text: str, code: str) -> None:
    assert likely_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中國與俄羅斯簽署協議", "zh"),
        ("プーチン大統領は東京に", "ja"),
        ("대통령은 서울에서", "ko"),
        ("", None),
    ],
)
def test_letters_of_their_own(text: str, code: str | None) -> None:
    assert likely_language(text) == code
