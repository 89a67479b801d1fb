"""Files that are not what they seem: bombs, entities, paths, tags that would run something."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import re
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import DataError, DocumentError
from kg.resources import parse_yaml
from kg.statement import Document
from kg.text.corpus import read_documents

ROOT = Path(__file__).parents[2]
PROSE = "The minister met the president of France in Moscow, and they signed the treaty.\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEMORY = 200_000_000
"""More than any of these files may make kg ask of Python at once."""


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def overlapping(times: int) -> bytes:
    """An archive that names one member again and again."""
    data = zipped({"m.txt": b"a " * 9_000_000})
    end = data.rindex(b"PK\5\6")
    (start,) = struct.unpack("<I", data[end + 16 : end + 20])
    directory = data[start:end] * times
    counts = struct.pack("<HHHHIIH", 0, 0, times, times, len(directory), start, 0)
    return data[:start] + directory + b"PK\5\6" + counts


def word(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file in which some parts are others."""
    docx = pytest.importorskip("docx")
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, **parts}, method)


def body(content: str, before: str = "") -> dict[str, bytes]:
    text = f"<?xml version='1.0'?>{before}<w:document {_W}><w:body>{content}</w:body></w:document>"
    return {"word/document.xml": text.encode()}


def pdf(stream: bytes, pages: int = 1) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1"
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def laughing(levels: int) -> str:
    """YAML of a few lines that stands for 9 ** levels words."""
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for number in range(1, levels):
        inner = ",".join([f"*{chr(96 + number)}"] * 9)
        lines.append(f"{chr(97 + number)}: &{chr(97 + number)} [{inner}]")
    return "\n".join([*lines, f"title: *{chr(96 + levels)}"])


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE d [<!ENTITY a0 "lollollol">{_LAUGHS}]>'

# A file, what is in it, and what its line says.
BOMBS: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.csv.gz", lambda: gzip.compress(b"text\n" + b"a" * 60_000_000), "a row is longer than"),
    ("a.csv", lambda: b'text\n"' + (b"a" * 999_999 + b"\n") * 21, "a row is longer than"),
    ("a.txt.gz", lambda: gzip.compress(b"a " * 30_000_000), "too long: the content"),
    ("a.jsonl.gz", lambda: gzip.compress(b"a" * 60_000_000), "too long: the line"),
    ("a.zip", lambda: zipped({"m.txt": b"a " * 30_000_000}), "too long: 60,000,000 bytes"),
    ("b.zip", lambda: zipped({"m.txt": b"a " * 9**7}, zipfile.ZIP_BZIP2), "a method that is not"),
    ("c.zip", lambda: overlapping(100), "its members overlap"),
    ("a.docx", lambda: word(body("<w:p/>" * 4_000_000)), "unpacks to more than can be text"),
    ("b.docx", lambda: word(body(""), zipfile.ZIP_BZIP2), "unpacks to more than can be text"),
    ("c.docx", lambda: word(body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", BILLION)), "not a Word"),
    ("d.docx", lambda: word(body("<w:p>" * 100_000)), "not a Word file"),
    ("e.docx", lambda: word({"word/document.xml": b"<x/>"}), "could not be read"),
    ("f.docx", lambda: word({"[Content_Types].xml": b"<x/>"}), "could not be read"),
    ("g.docx", lambda: zipped({"x": b""}), "not a Word file"),
    ("a.pdf", lambda: pdf(zlib.compress(b" " * 90_000_000, 9)), "PDF file that can be read"),
    # pypdf before 7.1 gives up the file, later ones the text of its page
    ("b.pdf", lambda: pdf(zlib.compress(b"[" * 300_000)), "b.pdf: "),
    ("c.pdf", lambda: pdf(b"junk"), "a"),
    ("a.eml", lambda: b"From: a\nSubject: " + b"(" * 500_000 + b"\n\nx", ""),
    ("b.eml", lambda: b"From: a\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5000,
     "more than 500 parts"),
    ("c.eml", lambda: b"From: " + b'"a' * 50_000 + b"\n\n" + PROSE.encode(), ""),
    ("d.eml", lambda: b"From: " + b"(" * 50_000 + b"\n\n" + PROSE.encode(), "could not be read"),
    ("a.jsonl", lambda: b"[" * 1_000_000, "nested too deeply"),
    ("b.jsonl", lambda: b'{"id":' + b"9" * 100_000 + b',"text":"x"}', "not a document"),
    ("a.warc", lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\n"
     b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x", "could not be read"),
    ("a.html", lambda: b"<!--" * 400_000, "a page without an article"),
    ("a.txt", lambda: bz2.compress(PROSE.encode() * 1000), ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "said"), BOMBS, ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_is_one_line(
    tmp_path: Path, name: str, make: Callable[[], bytes], said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert path.stat().st_size < 25_000_000
    tracemalloc.start()
    try:
        found = list(read_documents([path]))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 1
    if said:
        assert isinstance(found[0], DocumentError)
        assert said in str(found[0])
        assert len(str(found[0])) < 600
    assert peak < MEMORY


def test_pages_without_number_stop_where_the_text_is_too_long(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(
        pdf(zlib.compress(b"BT /F1 9 Tf (%s) Tj ET " % (b"word " * 60_000)), 1000)
    )
    (found,) = read_documents([tmp_path / "a.pdf"])
    assert isinstance(found, DocumentError)
    assert "too long" in str(found)


# --- What would reach out of the file ----------------------------------------------------------

ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def test_an_external_entity_of_a_word_file_stays_outside(tmp_path: Path) -> None:
    text = "<w:p><w:r><w:t>The minister &e;</w:t></w:r><w:r><w:t> met him.</w:t></w:r></w:p>"
    (tmp_path / "a.docx").write_bytes(word(body(text, ENTITY)))
    (found,) = read_documents([tmp_path / "a.docx"])
    assert isinstance(found, Document)
    assert Path("/etc/hostname").read_text().strip() not in found.text


NAMES = ["../../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "-rf.txt"]


def test_members_of_an_archive_are_read_and_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    members = {name: f"{PROSE}{number}".encode() for number, name in enumerate(NAMES)}
    Path("a.zip").write_bytes(zipped(members))
    found = list(read_documents(["a.zip"]))
    assert len(found) == len(NAMES)
    assert all(isinstance(item, Document) for item in found)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


TAGS = [
    "title: !!python/object/apply:os.system ['true']",
    "title: !!python/name:os.system",
    "!!python/object/new:os.system [true]",
    "title: !!binary aGk=",
    "title: !kg x",
]


@pytest.mark.parametrize("text", TAGS)
def test_tags_of_yaml_make_nothing(text: str) -> None:
    try:
        found = parse_yaml(text, "x.yml")
    except DataError:
        return
    assert type(found.get("title")) in (str, bytes)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_yaml_that_laughs_a_billion_times(tmp_path: Path, name: str) -> None:
    if name == "a.md":
        pytest.importorskip("markdown_it")
        (tmp_path / name).write_text(f"---\n{laughing(9)}\n---\n\n{PROSE}")
    else:
        (tmp_path / name).write_text(PROSE)
        (tmp_path / "a.yml").write_text(laughing(9))
    tracemalloc.start()
    (found,) = read_documents([tmp_path / name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    if isinstance(found, Document):
        assert found.title is None or len(found.title) < 2000
    else:
        assert "a.yml" in str(found)


@pytest.mark.parametrize("depth", [500, 5_000, 9_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_yaml_is_an_error_or_a_value(depth: int, opening: str) -> None:
    try:
        parse_yaml(f"title: x\nother: {opening * depth}", "x.yml")
    except (DataError, RecursionError) as error:
        assert len(str(error)) < 500


# --- What the house itself does ----------------------------------------------------------------

_DANGEROUS = re.compile(
    r"\bpickle\b|\bmarshal\b|\bshelve\b|yaml\.(?:unsafe_|full_)?load\b(?!\(text, Loader=_Strict)|"
    r"\beval\(|\bexec\(|shell=True|os\.system|extractall|allow_pickle=True|"
    r"\bElementTree\b|\bminidom\b|\bxml\.sax\b|mktemp\("
)
# Where a word of these stands for something that was looked at: what, and why it may stay.
_LOOKED_AT = {
    "kg/text/workers.py": "Both are functions that can be pickled",
    # What parses is defusedxml; this is the error it raises.
    "kg/text/web/sitemaps.py": "ElementTree import",
    # A rank.
    "kg/text/titled.py": "_MEN_OF_RANK",
}


def test_no_pickle_no_shell_no_loader_that_runs_things() -> None:
    paths = sorted((ROOT / "kg").rglob("*.py"))
    assert len(paths) > 200
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if _DANGEROUS.search(line) and _LOOKED_AT.get(str(path.relative_to(ROOT)), "\0") not in line
    ]
    assert found == []


def test_names_of_files_that_a_terminal_would_act_upon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["\x1b]0;x\x07.txt", "a\nkg: error: b.txt", "=cmd|'!A0.txt", "\u202etxt.exe.txt"]
    Path("in").mkdir()
    for name in names:
        (tmp_path / "in" / name).write_text("")
    (tmp_path / "in").joinpath(b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("")
    assert main(["extract", "in"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert sum(line.startswith("kg: skipped: in/") for line in lines) == len(names) + 1
    assert not any(line.startswith("kg: error") for line in lines)
    assert not set(err) & set("\x1b\x07\u202e")


def test_what_an_archive_says_is_not_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("warcio")
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + PROSE.encode() * 3
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a b \x1b[2J\r\n"
    record = head + b"Content-Length: %d\r\n\r\n%s" % (len(page) - 20, page)
    (tmp_path / "a.warc").write_bytes(record + b"\x1b]0;x\x07\r\n\r\n" + record)
    list(read_documents([tmp_path / "a.warc"]))
    assert capfd.readouterr() == ("", "")


def test_lines_of_json_are_documents_and_never_more(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    records = [{"text": PROSE, "__class__": "os", "id": "a/../../b", "url": "file:///etc/passwd"}]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    (found,) = read_documents([path])
    assert isinstance(found, Document)
    assert found.url is None or found.url == "file:///etc/passwd"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_defines_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    pytest.importorskip("feedparser")
    item = f"<item><title>&a9;</title><description>{PROSE}&e;</description></item>"
    inside = f'{_LAUGHS}<!ENTITY a0 "lol"><!ENTITY e SYSTEM "file:///etc/hostname">'
    text = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [{inside}]>"
    path = tmp_path / "a.rss"
    path.write_bytes(f"{text}<rss><channel>{item}</channel></rss>".encode(encoding))
    (found,) = read_documents([path])
    assert isinstance(found, DocumentError)
    assert "defines entities" in str(found)
