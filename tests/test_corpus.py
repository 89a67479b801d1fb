"""Reading articles: every kind of file, and every kind of bad input with its one line."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.statement import Document, document_id
from kg.text.corpus import MAX_CHARACTERS, MAX_WORD, read_documents
from kg.text.language import is_english
from kg.text.readers import MAX_BYTES

TEXT = "Talks resume\nRussia and Ukraine resumed talks in Istanbul on Friday.\n"


def read(
    *paths: Path | str, day: date | None = None
) -> tuple[list[Document], list[str], list[str]]:
    """Documents, errors and notices of a run."""
    notices: list[str] = []
    documents, errors = [], []
    for item in read_documents(paths, day, notices.append):
        if isinstance(item, DocumentError):
            errors.append(str(item))
        else:
            documents.append(item)
    return documents, errors, notices


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(path: Path, *records: object) -> Path:
    return write(path, "".join(json.dumps(record) + "\n" for record in records))


# --- text files -------------------------------------------------------------------------


def test_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    documents, errors, notices = read(path, day=date(2025, 3, 1))
    assert (errors, notices) == ([], [])
    assert documents == [
        Document(document_id(TEXT), TEXT, title="Talks resume", date=date(2025, 3, 1))
    ]


def test_sidecar_has_the_metadata(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    write(
        tmp_path / "a.yml",
        "id: no\ntitle: first-line\ndate: 2025-09-22\nsource: NO\nurl: https://example.org/a\n",
    )
    documents, errors, _ = read(path, day=date(2020, 1, 1))
    assert errors == []
    assert documents[0] == Document(
        "no", TEXT, "Talks resume", date(2025, 9, 22), "NO", "https://example.org/a"
    )


@pytest.mark.parametrize(
    ("sidecar", "problem"),
    [
        ("titel: x\n", "unknown key 'titel'"),
        ("date: 22.9.2025\n", "'22.9.2025' is not a date like 2025-09-22"),
        ("date: 2025-02-30\n", "'2025-02-30' is not a date"),
        ("id: a\nid: b\n", "the key 'id' stands twice"),
        ("- a\n", "is not a list of 'key: value' lines"),
        ("title: [a, b]\n", "'title' must be a string"),
        (b"title: \xff\n", "cannot be read"),
        ("[" * 15_000, "a.yml"),
        ("a: " * 15_000, "is not a list of 'key: value' lines"),
    ],
)
def test_wrong_sidecar(tmp_path: Path, sidecar: str | bytes, problem: str) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "a.yml", sidecar)
    documents, errors, _ = read(path)
    assert documents == []
    assert len(errors) == 1
    assert problem in errors[0]
    assert "a.yml" in errors[0]
    assert "a.txt was left out" in errors[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kim open to talks with U.S.\nSEOUL - He said so.", "Kim open to talks with U.S."),
        ("\n\n  Will they talk?  \n\nThey will.", "Will they talk?"),
        ("The first line is a sentence.\nAnd so is the second.", None),
        ("Only one line", None),
        ("x" * 300 + "\nlong first line", None),
        ("He said:\nYes.", None),
    ],
)
def test_title_is_the_first_line_where_it_looks_like_one(
    tmp_path: Path, text: str, title: str | None
) -> None:
    documents, _, _ = read(write(tmp_path / "a.txt", text))
    assert documents[0].title == title


@pytest.mark.parametrize(
    ("data", "text", "notice"),
    [
        (b"\xef\xbb\xbfMr Lula spoke.", "Mr Lula spoke.", None),
        ("Mr Łukasz spoke.".encode("utf-16"), "Mr Łukasz spoke.", None),
        ("Mr Müller said “no”.".encode("cp1252"), "Mr Müller said “no”.", "Windows-1252"),
        (b"One.\r\nTwo.\rThree.", "One.\nTwo.\nThree.", None),
        ("Ger\u00admany\u200b and\u00a0France.".encode(), "Germany and France.", None),
        (b"A \x1b[31mred\x1b[0m word.", "A  [31mred [0m word.", "2 control characters"),
        ("\u2028One.\u2029Two.".encode(), "\nOne.\nTwo.", None),
    ],
)
def test_text_is_made_regular(tmp_path: Path, data: bytes, text: str, notice: str | None) -> None:
    documents, errors, notices = read(write(tmp_path / "a.txt", data))
    assert errors == []
    assert documents[0].text == text
    assert notice in notices[0] if notice else notices == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x7fELF\x02\x01\x00\x00\x00", "is a binary file"),
        ("Мы не будем говорить с ними.".encode("cp1251"), "is not UTF-8 text (byte 0)"),
        ("会談を行った。".encode("shift-jis"), "is not UTF-8 text (byte 0)"),
        (b"\xff\xfea", "begins like UTF-16-LE but is not"),
        (b"x" * (MAX_WORD + 1), "not prose"),
        (b"word " * (MAX_CHARACTERS // 5 + 1), "too long: 500,005 characters"),
        (b"word " * (MAX_BYTES // 5 + 1), "too long: 20,000,005 bytes"),
    ],
)
def test_unusable_text(tmp_path: Path, data: bytes, problem: str) -> None:
    bad, good = write(tmp_path / "a.txt", data), write(tmp_path / "b.txt", TEXT)
    documents, errors, _ = read(tmp_path)
    assert [document.text for document in documents] == [TEXT]
    assert len(errors) == 1
    assert errors[0].startswith(f"{bad}: ")
    assert problem in errors[0]
    assert "\n" not in errors[0]
    assert good.exists()


def test_five_megabytes_on_one_line_are_skipped_within_bounds(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Russia warned Ukraine again and again. " * 135_000)
    documents, errors, _ = read(tmp_path)
    assert documents == []
    assert (
        "too long: 5,265,000 characters, the limit is 500,000 (split it into articles)" in errors[0]
    )


def test_html_in_a_text_file(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><body><h1>Talks</h1><p>Russia met Ukraine.</p></body></html>"
    documents, errors, notices = read(write(tmp_path / "a.txt", page))
    assert errors == []
    assert documents[0].text == "Talks\n\nRussia met Ukraine."
    assert "is HTML, read as a page" in notices[0]


def test_a_text_that_speaks_of_tags_is_no_page(tmp_path: Path) -> None:
    text = "If x < 5 and y > 3, write <b>bold</b>. The tag </p> ends a paragraph, </div> a block."
    documents, _, notices = read(write(tmp_path / "a.txt", text))
    assert documents[0].text == text
    assert notices == []


# --- folders ----------------------------------------------------------------------------


def test_folder_is_read_in_a_fixed_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    write(tmp_path / "b.txt", "Second one.")
    write(tmp_path / "a.txt", "First one.")
    write(tmp_path / "sub" / "c.txt", "Third one.")
    write(tmp_path / ".hidden" / "d.txt", "Never read.")
    write(tmp_path / "e.png", "%PDF")
    write(tmp_path / "orphan.yml", "title: x\n")
    documents, errors, notices = read(tmp_path)
    assert [document.text for document in documents] == ["First one.", "Second one.", "Third one."]
    assert errors == []
    assert len(notices) == 2
    assert "orphan.yml: no article of that name" in notices[0]
    assert "files of other kinds were not read (.png: 1)" in notices[1]


def test_sidecars_among_the_paths(tmp_path: Path) -> None:
    article = write(tmp_path / "a.txt", TEXT)
    sidecar = write(tmp_path / "a.yml", "id: x")
    orphan = write(tmp_path / "b.yml", "id: x")
    documents, errors, notices = read(article, sidecar, orphan)
    assert ([document.id for document in documents], notices) == (["x"], [])
    assert len(errors) == 1 and "b.yml: a file of a kind that is not read" in errors[0]


def test_output_of_a_build_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "out").mkdir()
    write(tmp_path / "out" / "geokg.json", "{}")
    write(tmp_path / "out" / "graph.html", "<html><p>Not an article.</p>")
    documents, errors, notices = read(tmp_path)
    assert [document.text for document in documents] == [TEXT]
    assert errors == []
    assert "made by `kg build`, not read" in notices[0]


def test_missing_empty_and_wrong_paths(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    picture = write(tmp_path / "a.png", b"\x89PNG")
    documents, errors, _ = read(tmp_path / "nowhere", tmp_path / "empty", picture)
    assert documents == []
    assert "no such file or folder" in errors[0]
    assert "no articles in this folder" in errors[1]
    assert "a file of a kind that is not read" in errors[2]


def test_unreadable_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "c.txt")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "secret.txt", "x")
    opened, scandir = Path.open, os.scandir

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    def refuse_folder(path: object) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)  # type: ignore[call-overload]

    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    documents, errors, _ = read(tmp_path)
    assert len(documents) == 1
    assert [error.partition(": ")[2] for error in errors] == [
        "not a regular file",
        "not a regular file",
        "cannot be read: Permission denied",
        "cannot be read: Permission denied",
    ]


# --- JSON Lines ---------------------------------------------------------------------------


def test_json_lines(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"text": "A met B.", "id": 7, "date": "2025-01-02T10:00:00Z", "title": "T", "url": None},
        {"text": "C met D.", "source": "S", "colour": "X", "lang": "en"},
    )
    documents, errors, notices = read(path)
    assert errors == []
    assert documents == [
        Document("7", "A met B.", "T", date(2025, 1, 2)),
        Document(document_id("C met D."), "C met D.", source="S"),
    ]
    assert "keys that mean nothing here were not used: colour" in notices[0]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "half', "not JSON: Unterminated string"),
        ("[1, 2]", "not a JSON object"),
        ('{"body": "x"}', "the key 'text' is missing or not a string"),
        ('{"text": 5}', "the key 'text' is missing or not a string"),
        ('{"text": "x", "date": "yesterday"}', "'yesterday' is not a date"),
        ('{"text": "x", "title": 5}', "'title' must be a string"),
        ('{"text": "x", "id": true}', "'id' must be a string"),
        ('{"text": ""}', "is empty"),
        ("[" * 100_000, "not"),
    ],
)
def test_broken_line(tmp_path: Path, line: str, problem: str) -> None:
    good = json.dumps({"text": "A met B."})
    path = write(tmp_path / "a.jsonl", f"{good}\n\n{line}\n{json.dumps({'text': 'C met D.'})}\n")
    documents, errors, _ = read(path)
    assert [document.text for document in documents] == ["A met B.", "C met D."]
    assert len(errors) == 1
    assert errors[0].startswith(f"{path}:3: ")
    assert problem in errors[0]


def test_a_line_in_another_encoding_and_one_without_end(tmp_path: Path) -> None:
    good = json.dumps({"text": "A met B."}).encode()
    path = write(
        tmp_path / "a.jsonl",
        b"\xef\xbb\xbf"
        + good
        + b'\n{"text": "\xff"}\n'
        + b"x" * (2 * MAX_BYTES + 5)
        + b"\n"
        + good,
    )
    documents, errors, notices = read(path)
    assert len(documents) == 1
    assert [error.partition(".jsonl:")[2] for error in errors] == [
        "2: is not UTF-8 text",
        "3: too long: the line, the limit is 20,000,000 bytes (split it into articles)",
    ]
    assert "4: the same text as an earlier document, left out" in notices[0]


def test_empty_json_lines(tmp_path: Path) -> None:
    assert "is empty" in read(write(tmp_path / "a.jsonl", "\n\n"))[1][0]


@pytest.mark.parametrize("paths", [(), ("-",)])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"text": "A met B."}\n{"text": 1}\n'))
    monkeypatch.setattr(sys, "stdin", stream)
    documents, errors, _ = read(*paths)
    assert [document.text for document in documents] == ["A met B."]
    assert errors[0].startswith("stdin:2: not a document")


def test_lone_surrogates_can_be_written_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "A \\ud800 met B.", "title": "\\udfff"}\n')
    documents, _, notices = read(path)
    assert documents[0].text == "A \ufffd met B."
    assert documents[0].title is None
    assert "1 half character" in notices[0]
    documents[0].text.encode("utf-8")


@given(st.text(min_size=1, max_size=200))
def test_offsets_of_json_lines_are_those_of_the_given_text(text: str) -> None:
    assume(is_english("Kyiv " + text + " Moscow"))
    stream = io.BytesIO(json.dumps({"text": "Kyiv " + text + " Moscow"}).encode())
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(stream)
    try:
        documents, errors, _ = read()
    finally:
        sys.stdin = stdin
    assert errors == []
    assert len(documents[0].text) == len(text) + 12
    for before, after in zip(text, documents[0].text[5:], strict=False):
        assert before == after or not before.isprintable() or before.isspace()


# --- one id, two documents ------------------------------------------------------------------


def test_two_documents_with_one_id(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"id": "x", "text": "A met B."},
        {"id": "x", "text": "A met B."},
        {"id": "x", "text": "A met C."},
        {"id": "y", "text": "A met B."},
    )
    documents, errors, notices = read(path)
    assert [(document.id, document.text) for document in documents] == [
        ("x", "A met B."),
        ("y", "A met B."),
    ]
    assert notices == [f"{path}:2: the same text as an earlier document, left out"]
    assert errors == [
        f"{path}:3: another document has the id 'x' and a different text "
        "(give each document its own id)"
    ]


def test_a_folder_and_a_file_in_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    documents, errors, notices = read(tmp_path, path)
    assert (len(documents), errors, len(notices)) == (1, [], 1)


# --- anything at all ------------------------------------------------------------------------


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl"]))
def test_any_bytes_give_documents_or_one_line_errors(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = write(tmp_path_factory.mktemp("any") / name, data)
    documents, errors, _ = read(path)
    assert documents or errors
    for document in documents:
        document.text.encode("utf-8")
        assert document.text.strip()
    assert all("\n" not in error for error in errors)


def test_a_sidecar_wins_over_the_page(tmp_path: Path) -> None:
    page = '<html lang="en"><h1>On the page</h1><time datetime="2020-01-01"></time><p>Text.</p>'
    path = write(tmp_path / "a.html", page)
    write(tmp_path / "a.yaml", "title: In the sidecar\nsource: Example Wire\n")
    documents, errors, _ = read(path)
    assert errors == []
    assert documents[0].title == "In the sidecar"
    assert documents[0].source == "Example Wire"
    assert documents[0].date == date(2020, 1, 1)
    assert documents[0].text == "On the page\n\nText."


# --- the articles that come with kg ---------------------------------------------------------


def test_seeds() -> None:
    documents, errors, notices = read(Path(__file__).parents[1] / "seeds")
    assert (errors, notices) == ([], [])
    assert len(documents) == 6
    for document in documents:
        assert document.title == document.text.splitlines()[0]
        assert document.date is not None
        assert not document.id.startswith("doc-")
    kim = next(document for document in documents if document.id == "kim-trump-talks")
    assert kim.date == date(2025, 9, 22)
    assert kim.title == (
        "Kim Jong Un says fond memories of Trump, open to talks with U.S. if nukes kept"
    )


FRENCH = "La réunion entre les deux pays a été reportée par le ministre des affaires. " * 4


def test_other_languages_are_named_and_skipped(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", FRENCH)
    write(tmp_path / "b.jsonl", json.dumps({"text": TEXT, "lang": "fr"}))
    write(tmp_path / "c.jsonl", json.dumps({"text": TEXT, "lang": "en-GB"}))
    write(tmp_path / "d.txt", "Macron rencontre Merkel à Paris")
    documents, errors, _ = read(tmp_path)
    assert len(documents) == 2
    assert "a.txt: does not read like English" in errors[0]
    assert "is in another language ('fr')" in errors[1]


# --- where the metadata come from -----------------------------------------------------------


def provenance(path: Path, day: date | None = None) -> dict[str, str]:
    (document,), _, _ = read(path, day=day)
    return dict(document.provenance)


def test_provenance_of_a_text_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt",
        "Talks resume\nBy Jane Doe and John Smith, Example Wire\n\n"
        "ISTANBUL, March 1, 2025 (Wire) - Russia and Ukraine resumed talks.\n",
    )
    write(tmp_path / "a.yml", "source: Example Wire\nid: t1\n")
    assert provenance(path, date(2020, 1, 1)) == {
        "id": "sidecar",
        "title": "first line",
        "date": "dateline",
        "source": "sidecar",
        "author": "byline",
    }
    (document,), _, _ = read(path)
    assert document.author == "Jane Doe and John Smith"
    assert provenance(write(tmp_path / "b.txt", TEXT), date(2020, 1, 1))["date"] == "option"


def test_provenance_of_a_page(tmp_path: Path) -> None:
    page = (
        '<html lang=en><script type="application/ld+json">{"@graph": [{"@type": "Person", "@id":'
        ' "#jd", "name": "Jane Doe"}, {"@type": "NewsArticle", "headline": "Talks resume",'
        ' "author": [{"@id": "#jd"}, "John Smith", "https://x.example/me"]}]}</script>'
        '<meta property="og:site_name" content="Example Wire"><meta name="date"'
        ' content="2025-03-01"><link rel=canonical href="https://wire.example/a">'
        "<h1>Other</h1><p>Russia and Ukraine resumed talks.</p>"
    )
    path = write(tmp_path / "a.html", page)
    assert provenance(path) == {
        "title": "json-ld",
        "date": "meta tag",
        "source": "opengraph",
        "url": "canonical link",
        "lang": "html lang",
        "author": "json-ld",
    }
    (document,), _, _ = read(path)
    assert document.author == "Jane Doe, John Smith"


def test_what_a_build_wrote_keeps_its_provenance(tmp_path: Path) -> None:
    known = {"id": "a", "text": TEXT, "date": "2025-03-01", "author": "X"}
    own = lines(tmp_path / "a.jsonl", known)
    assert provenance(own) == {
        "id": "record",
        "title": "first line",
        "date": "record",
        "author": "record",
    }
    written = {**known, "provenance": {"date": "json-ld", "x": "y", "id": 5}, "story": "b"}
    documents, _, notices = read(lines(tmp_path / "b.jsonl", written))
    assert notices == []
    assert dict(documents[0].provenance) == {"title": "first line", "date": "json-ld"}
    assert documents[0].story is None


# --- boilerplate, encodings, languages, stories -----------------------------------------------


def test_boilerplate_is_cut_from_pages_and_kept_in_texts(tmp_path: Path) -> None:
    story = "Russia and Ukraine resumed talks on Friday."
    page = write(tmp_path / "a.html", f"<p>{story}</p><p>Read more: Iran attacks Israel</p>")
    plain = write(tmp_path / "b.txt", f"{story}\n\nRead more: Iran attacks Israel\n")
    documents, _, _ = read(page, plain)
    assert documents[0].text == story
    assert documents[1].text.endswith("Iran attacks Israel\n")


def test_garbled_letters_are_mended_where_offsets_allow_it(tmp_path: Path) -> None:
    garbled = "Ukraine’s army left Pokrovsk, Zelenskiy’s aide said in São Tomé – at last.\n"
    broken = garbled.encode().decode("cp1252")
    documents, _, notices = read(write(tmp_path / "a.txt", broken))
    assert documents[0].text == garbled
    assert "letters garbled by a wrong encoding mended" in notices[0]
    page = write(tmp_path / "c.html", f"<title>{broken}</title><p>{broken}</p>")
    documents, _, _ = read(page)
    assert documents[0].title == garbled.strip()
    documents, _, notices = read(lines(tmp_path / "a.jsonl", {"text": broken}))
    assert documents[0].text == broken
    assert notices == []


@pytest.mark.parametrize("text", ["The Âge of Ã is in São Paulo.", "Señor Ã–zil met Mr Ångström."])
def test_letters_that_may_be_meant_stay(tmp_path: Path, text: str) -> None:
    documents, _, _ = read(write(tmp_path / "a.txt", text))
    assert documents[0].text in (text, text.replace("Ã–", "Ö"))


def test_a_few_broken_bytes_do_not_change_the_encoding(tmp_path: Path) -> None:
    data = "“We’re here,” said São Tomé’s president.".encode() + b"\xff\n"
    documents, _, notices = read(write(tmp_path / "a.txt", data))
    assert documents[0].text == "“We’re here,” said São Tomé’s president.\ufffd\n"
    assert "1 place not in UTF-8 replaced" in notices[0]


def test_other_languages_are_counted(tmp_path: Path) -> None:
    german = "Der Kanzler hat am Montag in Berlin den Präsidenten empfangen und gesprochen. " * 5
    records = [{"text": german}, {"text": "Bonjour.", "lang": "fr-FR"}, {"text": german[:70] * 9}]
    documents, errors, notices = read(lines(tmp_path / "a.jsonl", *records))
    assert (documents, len(errors)) == ([], 3)
    assert notices[-1] == "left out because kg reads English: de 2, fr 1"


def test_copies_are_labelled(tmp_path: Path) -> None:
    story = " ".join(f"Minister {n} of Belor met envoy {n} of Arran in town {n}." for n in range(9))
    path = lines(
        tmp_path / "a.jsonl",
        {"id": "wire", "text": story, "source": "Wire"},
        {"id": "paper", "text": f"Envoys meet\n\n{story}\n\nRead more: Iran attacks Israel"},
        {"id": "later", "text": f"More talks.\n\n{story}", "source": "Wire"},
    )
    documents, _, _ = read(path)
    assert [(d.story, d.version_of) for d in documents] == [
        (None, None),
        ("wire", None),
        ("wire", "wire"),
    ]
