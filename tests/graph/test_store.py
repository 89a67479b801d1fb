"""The embedded store: idempotent, replaced by document, never half written, clear when refused."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from graph.statements import BRIEFS, BY_NAME, DOCUMENTS, GULF, SPEECH, STATEMENTS
from graph.test_rdf import HOSTILE

from kg.errors import QueryError, StoreError
from kg.graph import store as module
from kg.graph.documents import document_graph
from kg.graph.files import full_graphs, write_graphs
from kg.graph.rdf import ASSERTED_GRAPH, VOCABULARY_GRAPH, build_graphs
from kg.graph.store import (
    STATE_GRAPH,
    LoadReport,
    delete_documents,
    documents_in,
    is_store,
    load_store,
    open_store,
    stored_graphs,
)
from kg.graph.terms import ID
from kg.statement import Actor, ActorType, Document, Evidence, Mention, Relation, Span, Statement

DEFAULT = pyoxigraph.DefaultGraph()
STATE = pyoxigraph.NamedNode(STATE_GRAPH[1:-1])
ALL = build_graphs(STATEMENTS, DOCUMENTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out" / "store"


def contents(path: Path) -> set[str]:
    return {str(quad) for quad in open_store(path)}


def test_a_new_store_holds_documents_ontology_and_edges(path: Path) -> None:
    assert load_store(path, ALL) == LoadReport(added=3, replaced=0, unchanged=0, edges=12)
    store = open_store(path)
    assert documents_in(store) == sorted(document_graph(d.id) for d in DOCUMENTS)
    assert stored_graphs(store) == full_graphs(STATEMENTS, DOCUMENTS)
    labels = "ASK { GRAPH <https://w3id.org/kg/ontology> { kg:Statement rdfs:label ?l } }"
    prefixes = {"kg": "https://w3id.org/kg/ontology#"}
    prefixes["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#"
    assert store.query(labels, prefixes=prefixes)
    assert [p.name for p in path.parent.iterdir()] == ["store"], "no litter beside the store"


def default_graph(path: Path) -> set[str]:
    return {str(q) for q in open_store(path).quads_for_pattern(None, None, None, DEFAULT)}


def test_the_default_graph_is_the_union_of_the_others(path: Path) -> None:
    def agrees() -> bool:
        named = {str(q.triple) for q in open_store(path) if q.graph_name not in (DEFAULT, STATE)}
        return default_graph(path) == named

    load_store(path, ALL)
    assert agrees()
    load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    assert agrees()
    # the invasion was told by two documents: it stays when one of them goes
    load_store(path, ALL)
    node = f"<{ID}statement/{BY_NAME['invasion'].id}>"
    for document, there in ((SPEECH, True), (BRIEFS, False)):
        delete_documents(path, [document.id])
        assert agrees()
        assert any(node in quad for quad in default_graph(path)) is there


def test_loading_again_changes_nothing(path: Path) -> None:
    load_store(path, ALL)
    before = contents(path)
    assert load_store(path, ALL) == LoadReport(0, 0, unchanged=3, edges=12)
    assert contents(path) == before


def test_documents_one_by_one_or_all_at_once(tmp_path: Path) -> None:
    load_store(tmp_path / "whole", ALL)
    for document in (GULF, BRIEFS, SPEECH):
        part = [s for s in STATEMENTS if s.evidence.document == document.id]
        load_store(tmp_path / "parts", build_graphs(part, [document]))
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")


def test_a_changed_document_replaces_its_graph_alone(path: Path) -> None:
    load_store(path, ALL)
    changed = replace(GULF, title="Another title")
    part = build_graphs([BY_NAME["sanctions"]], [changed])
    assert load_store(path, part) == LoadReport(0, replaced=1, unchanged=0, edges=12)
    graphs = stored_graphs(open_store(path))
    assert graphs[document_graph(GULF.id)] == part[document_graph(GULF.id)]
    assert graphs[document_graph(SPEECH.id)] == ALL[document_graph(SPEECH.id)]
    # what only the old text said is gone
    assert not any(BY_NAME["iran-not-visited"].id in str(t) for ts in graphs.values() for t in ts)


def test_edges_follow_their_statements(path: Path) -> None:
    load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    assert len(stored_graphs(open_store(path))[ASSERTED_GRAPH]) == 2
    load_store(path, build_graphs([], [SPEECH]))
    assert ASSERTED_GRAPH not in stored_graphs(open_store(path))


def test_a_belief_of_ones_own_and_back(path: Path) -> None:
    every = "CONSTRUCT { ?s kg:relatedTo ?o } WHERE { ?x kg:subject ?s ; kg:object ?o }"
    load_store(path, ALL, belief=every)
    edges = stored_graphs(open_store(path))[ASSERTED_GRAPH]
    assert edges and all("relatedTo" in edge[1] for edge in edges)
    assert load_store(path, ALL).edges == 12


def test_a_malformed_belief_leaves_no_store_behind(path: Path) -> None:
    with pytest.raises(QueryError, match="malformed"):
        load_store(path, ALL, belief="CONSTRUCT {")
    assert not path.exists() and not list(path.parent.iterdir())


def test_fresh_begins_anew(path: Path) -> None:
    load_store(path, ALL)
    part = build_graphs([BY_NAME["sanctions"]], [GULF])
    assert load_store(path, part, fresh=True) == LoadReport(1, 0, 0, 1)
    assert documents_in(open_store(path)) == [document_graph(GULF.id)]
    assert [p.name for p in path.parent.iterdir()] == ["store"]


def test_delete_a_document(path: Path) -> None:
    load_store(path, ALL)
    assert delete_documents(path, [GULF.id]) == 1
    assert delete_documents(path, [GULF.id]) == 0
    assert documents_in(open_store(path)) == sorted(document_graph(d.id) for d in (SPEECH, BRIEFS))
    assert len(stored_graphs(open_store(path))[ASSERTED_GRAPH]) == 11
    load_store(path, ALL)
    assert stored_graphs(open_store(path)) == full_graphs(STATEMENTS, DOCUMENTS)


def test_the_label_of_the_lexicon_that_read_the_document_counts(path: Path) -> None:
    pact = BY_NAME["pact"]
    worded = replace(pact, relation=replace(pact.relation, label="is sworn to defend"))
    load_store(path, build_graphs([worded], [SPEECH]))
    label = "SELECT ?l { <https://w3id.org/kg/ontology#signedDefencePactWith> <http://www.w3.org/2000/01/rdf-schema#label> ?l }"  # noqa: E501
    rows = open_store(path).query(label)
    assert [row["l"].value for row in rows] == ["is sworn to defend"]
    load_store(path, ALL)
    rows = open_store(path).query(label)
    assert [row["l"].value for row in rows] == [pact.relation.label]


def test_the_vocabulary_of_earlier_documents_stays(path: Path) -> None:
    load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    load_store(path, build_graphs([BY_NAME["sanctions"]], [GULF]))
    subjects = {s for s, _, _ in stored_graphs(open_store(path))[VOCABULARY_GRAPH]}
    assert len(subjects) == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_labels_are_stored_replaced_and_deleted(path: Path, text: str) -> None:
    actor = Actor("local:" + text[:300], text, ActorType.THING)
    document = Document(text[:300], text, title=text, source=text, url=text)
    statement = Statement(
        Mention(actor, Span(0, len(text), text)),
        Relation(None, text),
        None,
        Evidence(document.id, Span(0, len(text), text), (0, len(text)), text),
        condition=text,
    )
    load_store(path, ALL)
    graphs = build_graphs([statement], [document])
    assert load_store(path, graphs).added == 1
    assert load_store(path, graphs).unchanged == 1
    assert (
        stored_graphs(open_store(path))[document_graph(document.id)]
        == (graphs[document_graph(document.id)])
    )
    assert delete_documents(path, [document.id]) == 1
    assert stored_graphs(open_store(path)) == full_graphs(STATEMENTS, DOCUMENTS)


# --- Refusals, each one clear line ---------------------------------------------------------------


def refused(path: Path, message: str, **options: bool) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        load_store(path, ALL, **options)
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_locked_store(path: Path, fresh: bool) -> None:
    load_store(path, ALL)
    writer = pyoxigraph.Store(str(path))
    refused(path, "locked, another program", fresh=fresh)
    assert len(open_store(path)) == len(writer), "reading beside a writer is fine"


def test_a_store_of_a_newer_format(path: Path) -> None:
    load_store(path, ALL)
    writer = pyoxigraph.Store(str(path))
    writer.update(
        "DELETE { GRAPH ?g { ?s ?p 1 } } INSERT { GRAPH ?g { ?s ?p 99 } } WHERE "
        f"{{ GRAPH ?g {{ ?s {module.FORMAT} 1 . BIND({module.FORMAT} AS ?p) }} }}"
    )
    del writer
    refused(path, r"has format 99, this kg knows 1 \(update")
    with pytest.raises(StoreError, match="format 99"):
        open_store(path)


def test_a_store_of_somebody_else(path: Path) -> None:
    path.parent.mkdir()
    pyoxigraph.Store(str(path)).flush()
    refused(path, "was not made by kg")


def test_a_folder_with_other_things(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "letter.txt").write_text("dear")
    refused(path, "holds something else")
    refused(path, "holds something else", fresh=True)
    assert (path / "letter.txt").read_text() == "dear"


def test_a_file_in_its_place(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("")
    refused(path, "this is a file")


def test_a_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(tmp_path / "file" / "store", "cannot be used: ")


@pytest.mark.parametrize("name", ["LOCK: lock", "CURRENT", "Corruption"])
def test_the_name_of_a_folder_is_not_taken_for_a_reason(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    refused(tmp_path / name / "store", "cannot be used: ")


def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_store(path, ALL)
    before = contents(path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.replacing, "replacement", full)
    with pytest.raises(StoreError, match=r"the disk is full \(free some space"):
        load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    assert contents(path) == before


def test_reading_leaves_the_folder_as_it_is(path: Path) -> None:
    load_store(path, ALL)
    before = sorted(p.name for p in path.iterdir())
    for _ in range(3):
        len(open_store(path))
    assert sorted(p.name for p in path.iterdir()) == before


def test_nothing_there(path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store here \(make one with `kg build`\)"):
        open_store(path)
    with pytest.raises(StoreError, match="there is no store here"):
        delete_documents(path, ["d"])


def test_a_damaged_store(path: Path) -> None:
    load_store(path, ALL)
    (path / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(StoreError, match=r"damaged.*delete it and build again"):
        open_store(path)


def test_an_empty_folder_becomes_a_store(path: Path) -> None:
    path.mkdir(parents=True)
    load_store(path, ALL)
    assert is_store(path)


# --- Killed at any moment ------------------------------------------------------------------------


def test_an_update_is_all_or_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    before = contents(path)
    broken = module.replacing.replacement

    def fails_late(*changes: object) -> str:
        return broken(*changes) + " ;\nLOAD <http://localhost:1/>"  # type: ignore[arg-type]

    monkeypatch.setattr(module.replacing, "replacement", fails_late)
    with pytest.raises(StoreError):
        load_store(path, ALL)
    assert contents(path) == before


@pytest.mark.parametrize("moment", ["bulk_load", "_derive_edges", "rename"])
def test_a_first_build_that_dies_leaves_no_store(
    path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if moment == "rename":
        monkeypatch.setattr(Path, "rename", dies)
    elif moment == "bulk_load":
        monkeypatch.setattr(module, "bulk_load", dies)
    else:
        monkeypatch.setattr(module, moment, dies)
    with pytest.raises(KeyboardInterrupt):
        load_store(path, ALL)
    assert not list(path.parent.iterdir())


def test_a_killed_replacement_gives_the_old_store_back(path: Path) -> None:
    load_store(path, ALL)
    before = contents(path)
    # killed between the two renames of a fresh build: the old store lies aside
    path.rename(path.with_name(".store.old"))
    assert contents(path) == before
    # killed after them: the new store is there, the old one only needs clearing away
    load_store(path.with_name("other"), ALL)
    path.with_name("other").rename(path.with_name(".store.old"))
    load_store(path, ALL)
    assert sorted(p.name for p in path.parent.iterdir()) == ["store"]


def test_what_a_killed_build_left_is_cleared_away(path: Path) -> None:
    path.parent.mkdir()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    litter = path.with_name(f".store.{dead.pid}.part")
    litter.mkdir()
    (litter / "LOCK").write_text("")
    mine = path.with_name(f".store.{os.getppid()}.part")
    mine.mkdir()
    load_store(path, ALL)
    assert not litter.exists()
    assert mine.exists(), "a build that still runs is left alone"


def test_killed_for_real_and_run_again(path: Path, tmp_path: Path) -> None:
    load_store(path, build_graphs([BY_NAME["pact"]], [SPEECH]))
    write_graphs(tmp_path / "all.nq", ALL)
    task = (
        "import sys, time; from pathlib import Path; from kg.graph import store, files\n"
        "store._derive_edges = lambda *a: (print('now', flush=True), time.sleep(60))\n"
        "store.load_store(Path(sys.argv[1]), files.read_graphs(sys.argv[2]))"
    )
    command = [sys.executable, "-c", task, str(path), str(tmp_path / "all.nq")]
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None and child.stdout.readline() == b"now\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    # every document is whole, and the next run does the rest
    graphs = stored_graphs(open_store(path))
    for document in DOCUMENTS:
        assert graphs[document_graph(document.id)] == ALL[document_graph(document.id)]
    assert load_store(path, ALL).edges == 12
    assert stored_graphs(open_store(path)) == full_graphs(STATEMENTS, DOCUMENTS)
