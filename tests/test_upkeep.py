"""``kg merge``, ``kg delete``, ``kg stats`` and ``kg build --add``: graphs that live on."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyoxigraph
import pytest
from graph.statements import DOCUMENTS, GULF, SPEECH, STATEMENTS

import kg
from kg import folder
from kg.cli import main
from kg.errors import DataError, KGError, StoreError
from kg.graph.belief import belief_query
from kg.graph.counts import counts_of
from kg.graph.files import full_graphs, write_graphs
from kg.graph.rdf import ASSERTED_GRAPH, Graphs
from kg.graph.store import load_store, open_store, remembered_belief, stored_graphs
from kg.statement import Document
from kg.upkeep import delete, merge

pytestmark = pytest.mark.usefixtures("meetings")

TEXTS = {
    "a": "Anna met Boris. Boris met Clara.",
    "b": "Clara met Dora. Anna met Boris.",
    "c": "Emil met Fritz.",
}


def article(path: Path, name: str, text: str) -> None:
    path.mkdir(exist_ok=True)
    (path / f"{name}.txt").write_text(text)
    (path / f"{name}.yml").write_text(f"id: {name}\ndate: 2025-09-22\n")


def built(tmp_path: Path, out: str, *names: str) -> Path:
    """An output folder of some of the articles."""
    for name in names:
        article(tmp_path / f"in-{out}", name, TEXTS[name])
    return kg.build(tmp_path / f"in-{out}", tmp_path / out).path


def contents(path: Path) -> dict[str, object]:
    found: dict[str, object] = {name: (path / name).read_bytes() for name in folder.FILES}
    found[folder.STORE] = stored_graphs(open_store(path / folder.STORE))
    assert sorted(item.name for item in path.iterdir()) == sorted(found)
    return found


# --- Merging ------------------------------------------------------------------------------------


def test_merging_is_building_together(tmp_path: Path) -> None:
    one, two = built(tmp_path, "one", "a"), built(tmp_path, "two", "b", "c")
    all_at_once = built(tmp_path, "all", "a", "b", "c")
    assert merge([one, two], tmp_path / "merged") == tmp_path / "merged"
    assert contents(tmp_path / "merged") == contents(all_at_once)
    # into the first where nothing else is said; once more changes nothing
    for _ in range(2):
        assert merge([one, two]) == one
        assert contents(one) == contents(all_at_once)


def test_the_last_of_them_has_the_say_on_a_document(tmp_path: Path) -> None:
    one = built(tmp_path, "one", "a", "c")
    article(tmp_path / "new", "a", "Anna met Dora.")
    two = kg.build(tmp_path / "new", tmp_path / "two").path
    graph = kg.load(merge([one, two]))
    assert [document.text for document in graph.documents] == ["Anna met Dora.", TEXTS["c"]]
    assert {s.object.actor.label for s in graph.statements if s.object} == {"Dora", "Fritz"}
    # merged the other way round, the older text comes back
    graph = kg.load(merge([two, built(tmp_path, "three", "a")]))
    assert len(graph) == 2


REPORT = " ".join(f"Envoy {n} of the north met envoy {n} of the south." for n in range(9))


def test_copies_are_counted_across_graphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = " ".join(f"Minister {n} spoke of bread, wool and iron to guest {n}." for n in range(9))
    texts = {
        "a": REPORT,
        "b": other,
        "c": f"A headline\n\n{REPORT}",  # a copy of what another graph holds
        "d": f"Much later\n\n{REPORT}",  # a copy of the copy in its own graph
        "e": f"A title\n\n{other}",
    }
    for name, text in texts.items():
        monkeypatch.setitem(TEXTS, name, text)
    one, two = built(tmp_path, "one", "a", "b"), built(tmp_path, "two", "c", "d", "e")
    assert [document.story for document in kg.load(two).documents] == [None, "c", None]
    all_at_once = built(tmp_path, "all", *texts)
    merged = kg.load(merge([one, two], tmp_path / "merged"))
    stories = {document.id: document.story for document in merged.documents}
    assert stories == {"a": None, "b": None, "c": "a", "d": "a", "e": "b"}
    assert contents(tmp_path / "merged") == contents(all_at_once)
    summary = (merged.path / folder.SUMMARY).read_text("utf-8")
    assert "The documents tell 2 stories;" in summary
    # merged with what it holds already, it stays as it is
    assert contents(merge([merged.path, two], tmp_path / "again")) == contents(merged.path)


def test_a_story_of_a_graph_that_was_merged_in_another_order(tmp_path: Path) -> None:
    article(tmp_path / "in-one", "a", REPORT)
    article(tmp_path / "in-two", "c", f"A headline\n\n{REPORT}")
    for name in ("one", "two"):
        kg.build(tmp_path / f"in-{name}", tmp_path / name)
    merge([tmp_path / "one", tmp_path / "two"], tmp_path / "forth")
    graph = kg.load(merge([tmp_path / "two", tmp_path / "forth"], tmp_path / "back"))
    # The first of a story is the one that comes first now, in the files as in the store.
    assert {document.id: document.story for document in graph.documents} == {"c": None, "a": "c"}
    told = graph.query("SELECT ?d ?s { ?d <https://w3id.org/kg/ontology#story> ?s }")
    rows = [[str(value).rpartition("/")[2] for value in row] for row in told.to_numpy()]
    assert rows == [["a", "c"]]


def test_what_was_skipped_stays_known(tmp_path: Path) -> None:
    for name in ("one", "two"):
        article(tmp_path / name, name, "Anna met Boris.")
        (tmp_path / name / "empty.txt").write_text("")
        with pytest.warns(UserWarning):
            kg.build(tmp_path / name, tmp_path / f"out-{name}")
    graph = kg.load(merge([tmp_path / "out-one", tmp_path / "out-two"]))
    assert len(graph.skipped) == 2


def test_bare_stores_merge_too(tmp_path: Path) -> None:
    parts = []
    for document in DOCUMENTS:
        told = [s for s in STATEMENTS if s.evidence.document == document.id]
        parts.append(tmp_path / f"store-{len(parts)}")
        load_store(parts[-1], full_graphs(told, [document]))
    merge(parts, tmp_path / "merged")
    assert stored_graphs(open_store(tmp_path / "merged")) == full_graphs(STATEMENTS, DOCUMENTS)
    merge(parts)
    assert stored_graphs(open_store(parts[0])) == full_graphs(STATEMENTS, DOCUMENTS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["merged", *(p.name for p in parts)]


def test_the_belief_goes_along(tmp_path: Path) -> None:
    claimed = belief_query("claimed")
    for name, document in (("one", SPEECH), ("two", GULF)):
        told = [s for s in STATEMENTS if s.evidence.document == document.id]
        load_store(tmp_path / name, full_graphs(told, [document]), belief=claimed)
    merge([tmp_path / "one", tmp_path / "two"], tmp_path / "merged")
    store = open_store(tmp_path / "merged")
    assert remembered_belief(store) == claimed
    edges = stored_graphs(store)[ASSERTED_GRAPH]
    assert {edge[1].rpartition("#")[2] for edge in edges} == {"claims>", "contests>"}
    delete(tmp_path / "merged", [GULF.id])
    assert remembered_belief(open_store(tmp_path / "merged")) == claimed


@pytest.mark.parametrize(
    ("graphs", "problem"),
    [
        (["one", "nowhere"], "nowhere: no graph in this folder"),
        (["one", "one/store"], "folders of a build and bare stores do not merge"),
        (["one", "articles"], "articles: no graph in this folder"),
    ],
)
def test_what_cannot_be_merged_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graphs: list[str], problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    one = built(tmp_path, "one", "a")
    (tmp_path / "articles").mkdir()
    before = contents(one)
    with pytest.raises(KGError, match=problem):
        merge(graphs)
    assert contents(one) == before


def test_merging_into_a_folder_of_somebody_else(tmp_path: Path) -> None:
    one, two = built(tmp_path, "one", "a"), built(tmp_path, "two", "b")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "summary.md").write_text("precious")
    with pytest.raises(StoreError, match=r"summary\.md: was not made by `kg build`"):
        merge([one, two], tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["summary.md"]


# --- Deleting -----------------------------------------------------------------------------------


def test_deleting_is_as_if_it_had_never_been_read(tmp_path: Path) -> None:
    graph = built(tmp_path, "all", "a", "b", "c")
    assert delete(graph, ["b"]) == 3
    assert contents(graph) == contents(built(tmp_path, "two", "a", "c"))
    assert delete(graph, ["c", "c"]) == 2
    assert contents(graph) == contents(built(tmp_path, "one", "a"))


def test_deleting_from_a_bare_store(tmp_path: Path) -> None:
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    # by its id, and by its IRI as a query shows it
    shown = "https://w3id.org/kg/id/document/briefs%2F%E2%84%96%203"
    assert delete(tmp_path / "store", [GULF.id, shown]) == 1
    told = [s for s in STATEMENTS if s.evidence.document == SPEECH.id]
    assert stored_graphs(open_store(tmp_path / "store")) == full_graphs(told, [SPEECH])


def test_an_unknown_document_is_named_with_what_is_near(tmp_path: Path) -> None:
    graph = built(tmp_path, "out", "a", "b")
    before = contents(graph)
    with pytest.raises(DataError, match="holds no document 'x'"):
        delete(graph, ["a", "x"])
    assert contents(graph) == before
    load_store(tmp_path / "store", full_graphs(STATEMENTS, DOCUMENTS))
    with pytest.raises(DataError, match=r"'speech-2024' \(did you mean speech-2025"):
        delete(tmp_path / "store", ["speech-2024"])


def test_deleting_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no graph in this folder"):
        delete(tmp_path, ["a"])
    graph = built(tmp_path, "out", "a")
    shutil.rmtree(graph / folder.STORE)
    with pytest.raises(StoreError, match="there is no store here"):
        delete(graph, ["a"])


# --- Adding -------------------------------------------------------------------------------------


def test_adding_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = built(tmp_path, "out", "a", "c")
    article(tmp_path / "in-out", "b", TEXTS["b"])
    article(tmp_path / "in-out", "c", "Emil met Anna.")
    import sys

    read: list[str] = []
    reader = sys.modules["kg.text.pipeline"].Extractor  # type: ignore[attr-defined]
    extract = reader.extract

    def noted(self: object, document: Document) -> object:
        read.append(document.id)
        return extract(self, document)

    monkeypatch.setattr(reader, "extract", noted)
    added = kg.build(tmp_path / "in-out", graph, add=True)
    assert sorted(read) == ["b", "c"], "a is as it was"
    assert sorted(document.id for document in added.documents) == ["a", "b", "c"]
    assert len(added.query("SELECT ?s WHERE { ?s a kg:Statement }")) == 4
    assert "local:fritz" not in (graph / folder.STATEMENTS).read_text()
    # nothing new: nothing changes
    before = contents(graph)
    kg.build(tmp_path / "in-out", graph, add=True)
    assert contents(graph) == before


def test_adding_keeps_what_is_not_given(tmp_path: Path) -> None:
    graph = built(tmp_path, "out", "a")
    article(tmp_path / "more", "b", TEXTS["b"])
    kg.build(tmp_path / "more", graph, add=True)
    assert contents(graph) == contents(built(tmp_path, "both", "a", "b"))


def test_adding_to_nothing_is_building(tmp_path: Path) -> None:
    article(tmp_path / "in", "a", TEXTS["a"])
    kg.build(tmp_path / "in", tmp_path / "out", add=True)
    assert contents(tmp_path / "out") == contents(built(tmp_path, "plain", "a"))


def test_another_version_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = built(tmp_path, "out", "a")
    monkeypatch.setattr("kg.knowledge.vocabulary_version", lambda: "another")
    again = kg.build(tmp_path / "in-out", graph, add=True)
    assert again.versions[2] == "another"
    assert 'kg:lexiconVersion "another"' in (graph / folder.TURTLE).read_text()


def test_refreshing_reads_what_other_versions_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = built(tmp_path, "out", "a", "b")
    article(tmp_path / "more", "c", TEXTS["c"])
    monkeypatch.setattr("kg.knowledge.vocabulary_version", lambda: "another")
    assert main(["build", str(tmp_path / "more"), "--out", str(graph), "--add"]) == 0
    assert "2 documents read by other versions of kg" in capsys.readouterr().err
    read = []
    reader = sys.modules["kg.text.pipeline"].Extractor
    extract = reader.extract

    def noted(self: object, document: Document) -> object:
        read.append(document.id)
        return extract(self, document)

    monkeypatch.setattr(reader, "extract", noted)
    assert main(["build", "--refresh", "--out", str(graph)]) == 0
    assert read == ["a", "b"], "c was read by this version"
    assert "other versions" not in capsys.readouterr().err
    refreshed = contents(graph)
    # all is as if it had been read by this version, but for the order of the documents
    article(tmp_path / "all", "c", TEXTS["c"])
    whole = kg.build([tmp_path / "all", tmp_path / "in-out"], tmp_path / "whole").path
    assert contents(whole) == refreshed
    assert main(["build", "--refresh", "--out", str(graph)]) == 0
    assert contents(graph) == refreshed and len(read) == 5
    # nothing there to refresh, nothing given to build
    capsys.readouterr()
    for wrong in (["build", "--refresh", "--out", str(tmp_path / "no")], ["build"]):
        assert main(wrong) == 2
        assert capsys.readouterr().err.startswith("kg: error: ")
    assert not (tmp_path / "no").exists()


def test_a_graph_of_an_earlier_kg_is_refreshed(tmp_path: Path) -> None:
    graph = built(tmp_path, "out", "a", "b")
    before = contents(graph)
    marker = json.loads((graph / folder.MARKER).read_text())
    del marker["readers"]
    (graph / folder.MARKER).write_text(json.dumps(marker))
    kg.build([], graph, refresh=True)
    assert contents(graph) == before


def test_a_large_graph_is_drawn_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = contents(built(tmp_path, "whole", "a", "b", "c"))
    monkeypatch.setattr("kg.results.LARGE", 2)
    monkeypatch.setattr("kg.graph.weightiest.ACTORS", 3)
    monkeypatch.setattr("kg.graph.weightiest.TELLINGS", 1)
    monkeypatch.setattr("kg.summary._DOCUMENTS", 1)
    monkeypatch.setattr("kg.graph.sorting.Sorter.__init__.__defaults__", (40,))
    part = contents(built(tmp_path, "part", "a", "b", "c"))
    differing = {name for name in whole if whole[name] != part[name]}
    assert differing == {folder.NETWORK, folder.PAGE, folder.SUMMARY}
    summary = (tmp_path / "part" / folder.SUMMARY).read_text()
    assert "3 documents, 4 statements with 5 pieces of evidence" in summary
    assert "| … and 2 more | | | |" in summary
    page = (tmp_path / "part" / folder.PAGE).read_text()
    assert '"left_out":{"actors":3,"claims":2}' in page


# --- Counting -----------------------------------------------------------------------------------


def test_counts_of_a_store_and_of_a_file_agree(tmp_path: Path) -> None:
    graphs: Graphs = full_graphs(STATEMENTS, DOCUMENTS)
    load_store(tmp_path / "store", graphs)
    write_graphs(tmp_path / "graph.trig", graphs)
    stored, filed = (
        counts_of(tmp_path / "store").to_json(),
        counts_of(tmp_path / "graph.trig").to_json(),
    )
    for counts in (stored, filed):
        assert counts.pop("bytes on disk") > 0
    assert stored == filed
    assert stored["documents"] == 3 and stored["pieces of evidence"] == len(STATEMENTS)
    assert stored["statements"] == len({s.id for s in STATEMENTS})
    assert stored["triples"] == sum(len(triples) for triples in graphs.values())
    assert stored["plain edges"] == len(graphs[ASSERTED_GRAPH])
    assert stored["statements by polarity"] == {"positive": 18, "negative": 2}
    assert stored["most frequent relations"]["met"] == 3
    assert (stored["first published"], stored["last told of"]) == ("2019-09-20", "2024-12-31")


def test_counts_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("")
    counts = counts_of(tmp_path / "empty.ttl")
    assert counts.numbers["triples"] == 0 and not counts.days and not counts.groups


# --- The commands -------------------------------------------------------------------------------


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    built(tmp_path, "out", "a", "b")
    built(tmp_path, "more", "c")
    assert main(["merge", "out", "more"]) == 0
    assert "out now holds 3 documents" in capsys.readouterr().err
    assert main(["delete", "b"]) == 0
    assert "Deleted 1 document; 3 statements left." in capsys.readouterr().err
    assert main(["stats"]) == 0
    table = capsys.readouterr().out
    assert "documents" in table and "entities by type" in table
    assert main(["stats", "out/graph.ttl", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["statements"] == 3
    assert main(["build", "in-more", "--add"]) == 0
    capsys.readouterr()
    for wrong in (["stats", "nowhere"], ["delete", "zzz"], ["merge", "nowhere"]):
        assert main(wrong) == 2
        error = capsys.readouterr().err
        assert error.startswith("kg: error: ") and error.count("\n") == 1


@pytest.mark.parametrize("verb", ["build", "add", "merge", "delete"])
def test_a_graph_in_use_or_of_a_newer_kg_is_left_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verb: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    out = built(tmp_path, "out", "a", "b")
    built(tmp_path, "more", "c")
    before = contents(out)
    command = {
        "build": ["build", "in-more"],
        "add": ["build", "in-more", "--add"],
        "merge": ["merge", "out", "more"],
        "delete": ["delete", "a"],
    }[verb]
    writer = pyoxigraph.Store(str(out / folder.STORE))
    assert main(command) == 2
    error = capsys.readouterr().err
    assert "the store is locked, another program writes to it" in error and error.count("\n") == 1
    predicate = "<https://w3id.org/kg/ontology#formatVersion>"
    version = "GRAPH ?g {{ ?s {predicate} {value} }}".format
    old, new = (version(predicate=predicate, value=value) for value in ("?old", "99"))
    writer.update(f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {old} }}")
    del writer
    assert main(command) == 2
    error = capsys.readouterr().err
    assert "has format 99, this kg knows 1 (update" in error and error.count("\n") == 1
    after = {name: (out / name).read_bytes() for name in folder.FILES}
    assert after == {name: before[name] for name in folder.FILES}
