"""The verbs in one process, on a reader of simple sentences: output, messages, exit status."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from kg.cli import VERBS, main, make_parser
from kg.jsonlines import read_statements

pytestmark = pytest.mark.usefixtures("meetings")


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "articles"
    path.mkdir()
    (path / "a.txt").write_text("Anna met Boris.")
    (path / "b.txt").write_text("Boris met Clara.")
    return path


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


# --- build ----------------------------------------------------------------------------------


def test_build(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "articles"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "2 documents: 2 statements about 3 actors" in err
    assert "Open out/graph.html" in err
    assert Path("out/graph.html").exists()


def test_build_with_skipped_documents(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (articles / "c.txt").write_text("")
    (articles / "d.txt").write_text("unreadable")
    assert main(["build", "articles", "--out", "graph", "--jobs", "1"]) == 1
    err = capsys.readouterr().err.splitlines()
    assert "kg: skipped: articles/c.txt: is empty" in err[:2]
    assert sum(line.startswith("kg: skipped: ") for line in err) == 2
    assert "2 skipped" in err[2]


def test_build_where_nothing_can_be_written(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").write_text("precious")
    assert main(["build", "articles", "-o", "file"]) == 2
    err = capsys.readouterr().err
    assert err == "kg: error: file: cannot be written: File exists (choose another folder)\n"


def test_build_with_belief(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edges = "CONSTRUCT { ?a kg:supports ?b } WHERE { ?s kg:subject ?a ; kg:object ?b }"
    Path("mine.rq").write_text(edges)
    assert main(["build", "articles", "--belief", "mine.rq"]) == 0
    assert "kg:supports local:boris" in Path("out/graph.ttl").read_text()
    for name, problem in (("none.rq", "cannot be read"), ("nonsense", "nonsense")):
        assert main(["build", "articles", "--belief", name]) == 2
        err = capsys.readouterr().err
        assert problem in err.splitlines()[-1]
    Path("mine.rq").write_text("SELECT")
    assert main(["build", "articles", "--belief", "mine.rq"]) == 2
    assert "belief query is malformed" in capsys.readouterr().err


def test_build_of_articles_in_which_nothing_is_found(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "a.txt").write_text("The weather was fine.")
    (articles / "b.txt").write_text("The sun shone.")
    assert main(["build", "articles"]) == 0
    assert 'nothing was found that the vocabulary knows; kg explain "' in capsys.readouterr().err
    assert main(["extract", "articles"]) == 0
    assert "kg: note: nothing was found" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["build", "extract"])
def test_a_date_that_is_neither_a_day_nor_a_column(
    articles: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    assert main([verb, "articles/a.txt", "--date", "yesterday"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("kg: error: --date: 'yesterday' is no date, and no table is named")
    (articles / "t.csv").write_text("text,yesterday\nAnna met Boris in May.,2024-05-17\n")
    assert main([verb, "articles/t.csv", "--date", "yesterday"]) == 0


def test_a_sentence_in_the_place_of_a_file(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", "Anna met Boris."]) == 1
    wanted = 'Anna met Boris.: no such file or folder (to read a sentence: kg explain "…")'
    assert f"kg: skipped: {wanted}\n" in capsys.readouterr().err
    assert main(["extract", "my article.txt"]) == 1
    assert "my article.txt: no such file or folder\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.json", "write one object a line into a .jsonl file"),
        ("a.DOC", "save it as .docx or .txt"),
        ("a.xlsx", "save it as .csv"),
        ("a.tar", "pack it as .zip"),
        ("a.mp3", "kg reads .atom, .csv, "),
    ],
)
def test_a_kind_that_is_not_read_has_a_way_out(
    articles: Path, capsys: pytest.CaptureFixture[str], name: str, hint: str
) -> None:
    Path(name).write_text("x")
    assert main(["extract", name]) == 1
    said = f"kg: skipped: {name}: a file of a kind that is not read ({hint}"
    assert said in capsys.readouterr().err


# --- extract --------------------------------------------------------------------------------


def test_extract(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "articles"]) == 0
    out, err = capsys.readouterr()
    statements = list(read_statements(out.splitlines()))
    assert [s.object.actor.label for s in statements if s.object] == ["Boris", "Clara"]
    assert err == "2 statements in 2 documents\n"


def test_extract_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, '{"text": "Anna met Boris."}\nbroken\n{"text": "It is unreadable."}\n')
    assert main(["extract"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "kg: skipped: stdin:2: not JSON: Expecting value at column 1" in err
    assert "1 statement in 1 document; 2 skipped" in err


def test_extract_escapes_what_a_terminal_acts_upon(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "\u202e\u2066\x7f\x1b[2J"
    type_in(monkeypatch, json.dumps({"text": "Anna met Boris.", "id": f"a{evil}\ud800"}))
    assert main(["extract"]) == 0
    out = capsys.readouterr().out
    assert not set(out) & set("\u202e\u2066\x7f\x1b")
    assert json.loads(out)["document"].startswith("a\u202e\u2066")


def test_file_names_cannot_steer_the_terminal(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "x\x1b[31m\ny\u202e.txt").write_text("")
    assert main(["extract", "articles"]) == 1
    err = capsys.readouterr().err
    assert "x\\x1b[31m\\ny\\x202e.txt: is empty" in err
    assert "\x1b" not in err


# --- query, show ------------------------------------------------------------------------------


@pytest.fixture
def built(articles: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["build", "articles"]) == 0
    capsys.readouterr()
    return Path("out")


ASK_LABELS = "SELECT DISTINCT ?l { ?s kg:subject/rdfs:label ?l } ORDER BY ?l"


def test_query_formats(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["query", ASK_LABELS]) == 0
    assert capsys.readouterr().out.splitlines() == ["l", "Anna", "Boris"]
    assert main(["query", ASK_LABELS, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"l": "Anna"}, {"l": "Boris"}]
    assert main(["query", ASK_LABELS, "--format", "table", "--from", "out/store"]) == 0
    assert "─" in capsys.readouterr().out
    type_in(monkeypatch, "CONSTRUCT { ?a kg:met ?b } { ?a kg:met ?b }")
    assert main(["query", "-"]) == 0
    assert "kg:met" in capsys.readouterr().out


def test_query_shows_a_table_on_a_terminal(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["query", ASK_LABELS]) == 0
    assert "─" in capsys.readouterr().out


def test_query_parameters(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "SELECT DISTINCT ?l { VALUES ?who { UNDEF } ?s kg:subject ?who . ?who rdfs:label ?l }"
    for words in (["--who", "local:boris"], ["--who=local:boris"]):
        assert main(["query", text, *words]) == 0
        assert capsys.readouterr().out.splitlines() == ["l", "Boris"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "no query given (try: kg query --list)"),
        (["SELECT"], "malformed"),
        (["@nothing"], "there is no stock question @nothing"),
        ([ASK_LABELS, "--format", "ttl"], "only a CONSTRUCT query gives triples"),
        ([ASK_LABELS, "--who"], "--who needs a value"),
        ([ASK_LABELS, "--who", "x"], "no parameter 'who'"),
        ([ASK_LABELS, "stray"], "'stray' is not an option"),
        ([ASK_LABELS, "--from", "nowhere"], "there is no store here (make one with `kg build`)"),
        (["SELECT ?a { ?a kg:mett ?b }"], "did you mean kg:met?"),
    ],
)
def test_query_mistakes(
    built: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert main(["query", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("kg: error: ")
    assert problem in err
    assert err.count("\n") == 1


def test_query_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--list"]) == 0
    assert "@asserted  " in capsys.readouterr().out


def test_show(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browser(address: str) -> bool:
        opened.append(address)
        return len(opened) == 1

    monkeypatch.setattr("webbrowser.open", browser)
    page = (built / "graph.html").read_bytes()
    assert main(["show"]) == 0
    assert opened == [(built / "graph.html").resolve().as_uri()]
    assert (built / "graph.html").read_bytes() == page
    assert main(["show", "out", "-o", "page.html"]) == 0
    assert Path("page.html").read_bytes() == page
    assert "no browser could be started; open page.html in one" in capsys.readouterr().err
    assert main(["show", "out/statements.jsonl", "--no-open", "--out", "p.html"]) == 0
    assert "Clara" in Path("p.html").read_text()
    assert len(opened) == 2


def test_show_without_a_graph(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "articles", "--no-open"]) == 2
    assert "articles: no graph in this folder (make one with `kg build`)" in capsys.readouterr().err
    Path("x.jsonl").write_text("{}\n")
    assert main(["show", "x.jsonl", "--no-open"]) == 2
    assert "x.jsonl:1: not a statement" in capsys.readouterr().err


# --- errors, help -----------------------------------------------------------------------------


def test_an_error_of_kg_itself_is_one_line(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise RuntimeError("out of\norder")

    monkeypatch.setattr("kg.builder.build", fail)
    assert main(["build", "articles"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(
        "kg: error: kg itself failed: RuntimeError: out of\\norder (please report"
    )
    assert err.count("\n") == 1
    with pytest.raises(RuntimeError):
        main(["build", "articles", "--debug"])


def test_debug_shows_where(articles: Path) -> None:
    from kg.errors import DataError

    with pytest.raises(DataError):
        main(["show", "articles", "--debug"])


def test_interruption(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.builder.build", interrupt)
    assert main(["build", "articles"]) == 130
    assert capsys.readouterr().err == "kg: error: interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["extract", "--date", "22.9.2025"], "'22.9.2025' is not a date like 2025-09-22"),
        (["extract", "--jobs", "0"], "'0' is not a number from 1 to 256"),
        (["extract", "a.txt", "--frobnicate"], "kg extract: error: does not know --frobnicate"),
        (["build", "a.txt", "--job=3"], "does not know --job=3 (did you mean --jobs?)"),
        (["--debug", "build"], "does not know --debug before the verb (it comes behind it)"),
        (["--frobnicate"], "kg: error: does not know --frobnicate"),
        (["frobnicate"], "there is no verb 'frobnicate'"),
        (["bild", "seeds/"], "there is no verb 'bild' (did you mean build?)"),
    ],
)
def test_wrong_arguments(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert problem in capsys.readouterr().err


def test_without_a_verb_kg_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "kg build articles/" in err and "explain" in err


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert "example" in out
    assert f"kg {verb}" in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    import kg

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"


def test_help_names_every_verb() -> None:
    text = make_parser().format_help()
    assert len(VERBS) == 20
    assert all(re.search(rf"^    {verb}\b", text, re.M) for verb in VERBS)


def test_actors_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actors", "search", "Kremlin"]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert first[:4] == ["wd:Q159", "Russia", "State", "RUS"]
    assert first[5] == "Kremlin (metonym)"


def test_actors_search_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actors", "search", "Zzyzx Front"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "Zzyzx Front" in captured.err


def test_actors_search_stops_at_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actors", "search", "united", "--limit", "2"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2 and "more" in captured.err


HEADER = "id,label,type,country,sector,names,weak\n"


def test_actors_of_a_table_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "my.csv"
    table.write_text(HEADER + "kg:zzyzx,Zzyzx Front,ArmedGroup,TCD,REB,ZF,the front\n")
    assert main(["actors", "search", "Zzyzx Front", "--actors", str(table)]) == 0
    assert capsys.readouterr().out.startswith("kg:zzyzx\tZzyzx Front\tArmedGroup\tTCD\tREB")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("id,label\n", "the columns must be"),
        (HEADER + "kg:z,Z Front,Army,,,,\n", "unknown type 'Army'"),
        (HEADER + "z,Z Front,Party,,,,\n", "is no id"),
        (HEADER + "kg:z,Z Front,Party,Chad,,,\n", "no alpha-3"),
        (HEADER + "kg:z,Z Front,Party,TCD,ARMY,,\n", "unknown sector"),
        (HEADER + "kg:z,,Party,TCD,,,\n", "no label"),
        (HEADER + "kg:z,Z Front,Party\n", "3 cells"),
    ],
)
def test_a_broken_table_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, problem: str
) -> None:
    table = tmp_path / "my.csv"
    table.write_text(rows)
    assert main(["actors", "search", "Z", "--actors", str(table)]) == 2
    said = capsys.readouterr().err
    assert problem in said and "my.csv" in said and len(said.splitlines()) == 1
