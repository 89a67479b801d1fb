"""Every kind of file that articles come in, and what is wrong with some of them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from docx import Document as WordFile
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import DocumentError
from kg.statement import Document
from kg.text.corpus import read_documents
from kg.text.readers import KINDS, MAX_BYTES, is_readable

TEXT = "Russia and Ukraine resumed talks in Istanbul on Friday."
PAGE = f"<!doctype html><html><body><article><h1>Talks resume</h1><p>{TEXT}</p></article></body>"


def read(*paths: Path, columns: dict[str, str] | None = None) -> list[Document | str]:
    return [
        str(item) if isinstance(item, DocumentError) else item
        for item in read_documents(paths, columns=columns or {})
    ]


def only(path: Path, columns: dict[str, str] | None = None) -> Document:
    (found,) = read(path, columns=columns)
    assert isinstance(found, Document), found
    return found


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Talks resume\ndate: 2025-09-22\nauthor: X\n---\n\n"
        "Russia and **Ukraine** resumed [talks](http://x.example/) in Istanbul on Friday.\n\n"
        "![a photo](p.jpg)\n\n> They had *met* before.\n",
        encoding="utf-8",
    )
    document = only(path)
    assert (document.title, document.date) == ("Talks resume", date(2025, 9, 22))
    assert TEXT in document.text and "They had met before." in document.text
    assert not set("*[]()>#") & set(document.text)


def test_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: Desk <desk@agency.example>\r\nSubject: =?utf-8?q?Talks_r=C3=A9sum=C3=A9?=\r\n"
        b"Date: Mon, 22 Sep 2025 08:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n\r\n' + TEXT.encode() + b"\r\n"
    )
    document = only(path)
    assert document.title == "Talks résumé"
    assert (document.date, document.source) == (date(2025, 9, 22), "Desk")
    assert document.text.strip() == TEXT


def test_csv_with_usual_and_with_named_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [
        "Headline;published;body;summary",
        f'Talks;"June 23, 2017";"{TEXT}";S1',
        ";2017-06-24;;S2",
        "Bad;yesterday;Something happened.;S3",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    first, empty, undated = read(path)
    assert isinstance(first, Document)
    assert (first.title, first.date, first.text) == ("Talks", date(2017, 6, 23), TEXT)
    assert isinstance(empty, str) and "a.csv:3: the text is empty" in empty
    assert isinstance(undated, str) and "is not a date like" in undated
    texts = [d.text for d in read(path, columns={"text": "summary"}) if isinstance(d, Document)]
    assert texts == ["S1", "S2"]
    (problem,) = read(path, columns={"text": "content"})
    assert isinstance(problem, str) and "has no column 'content'" in problem
    tsv = tmp_path / "b.tsv"
    tsv.write_text(f"id\tnote\nx\t{TEXT}\n", encoding="utf-8")
    (problem,) = read(tsv)
    assert isinstance(problem, str) and "no column holds the text (name it with --text" in problem


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = {"article": [TEXT, None], "date": [date(2020, 1, 2), None], "n": [1, 2]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    first, second = read(path)
    assert isinstance(first, Document)
    assert (first.text, first.date) == (TEXT, date(2020, 1, 2))
    assert isinstance(second, str) and "the text is empty" in second
    path.write_bytes(b"PAR1 and nothing else")
    (problem,) = read(path)
    assert isinstance(problem, str) and "not a Parquet file" in problem


def test_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word = WordFile()
    word.core_properties.title = "Talks resume"
    word.add_paragraph(TEXT)
    word.add_paragraph("They had met before.")
    word.save(str(path))
    document = only(path)
    assert document.title == "Talks resume"
    assert document.text.split("\n\n") == [TEXT, "They had met before."]
    path.write_bytes(b"PK\x03\x04 broken")
    (problem,) = read(path)
    assert isinstance(problem, str) and "not a Word file" in problem


def pdf(words: str) -> bytes:
    """A PDF file of one page with one line of text."""
    stream = f"BT /F1 12 Tf 20 700 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(TEXT))
    assert only(path).text.strip() == TEXT
    path.write_bytes(pdf(""))
    (problem,) = read(path)
    assert isinstance(problem, str) and "has no text layer" in problem
    path.write_bytes(b"%PDF-1.4 and no more")
    (problem,) = read(path)
    assert isinstance(problem, str) and "not a PDF file" in problem


def test_compressed_files(tmp_path: Path) -> None:
    lines = json.dumps({"text": TEXT}).encode() + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    other = TEXT.replace("Friday", "Monday")
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(other.encode()))
    documents = read(tmp_path / "a.jsonl.gz", tmp_path / "b.txt.zst")
    assert [d.text for d in documents if isinstance(d, Document)] == [
        TEXT,
        other,
    ]
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-6])
    (tmp_path / "d.png.gz").write_bytes(gzip.compress(b"x"))
    broken, unknown = read(tmp_path / "c.txt.gz", tmp_path / "d.png.gz")
    assert isinstance(broken, str) and "is damaged" in broken
    assert isinstance(unknown, str) and "holds a file of a kind that is not read" in unknown
    assert [is_readable(name) for name in ("a.JSONL.GZ", "d.png.gz", "x.gz.gz", "a.zip")] == [
        True,
        False,
        False,
        True,
    ]


def test_archives_and_bombs(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", "Deep " + TEXT)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/one.txt", TEXT)
        archive.writestr("news/two.html", PAGE.replace("Friday", "Monday"))
        archive.writestr("news/.hidden.txt", "Hidden.")
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("bomb.txt", b"x " * (MAX_BYTES // 2 + 10))
        archive.writestr("photo.png", b"x")
    found = read(path)
    texts = [d.text for d in found if isinstance(d, Document)]
    problems = [p for p in found if isinstance(p, str)]
    assert TEXT in texts and "Deep " + TEXT in texts and len(texts) == 3
    assert len(problems) == 1 and "bomb.txt: too long" in problems[0]
    for _ in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("x.zip", path.read_bytes())
        path.write_bytes(outer.getvalue())
    (problem,) = read(path)
    assert isinstance(problem, str) and "packed too often" in problem
    path.write_bytes(b"PK\x03\x04 broken")
    (problem,) = read(path)
    assert isinstance(problem, str) and "not an archive" in problem


def test_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, status in (
            ("http://a.example/1", "text/html", "200 OK"),
            ("http://a.example/2", "image/png", "200 OK"),
            ("http://a.example/3", "text/html", "404 Not Found"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers
            )
            writer.write_record(record)
    document = only(path)
    assert document.url == "http://a.example/1"
    assert TEXT in document.text


@pytest.mark.parametrize("kind", KINDS)
def test_random_bytes_are_an_error_or_text(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    path.write_bytes(bytes(range(256)) * 40)
    found = read(path)
    assert found and all(isinstance(item, str) for item in found)
    assert all("\n" not in item for item in found if isinstance(item, str))
