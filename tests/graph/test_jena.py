"""A third opinion: Apache Jena's ``riot`` parses every file that kg writes, and reads the same."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from unicodedata import normalize

import pyoxigraph
import pytest
from graph.servers import missing
from graph.statements import BY_NAME, DOCUMENTS, KIM, STATEMENTS
from graph.test_rdf import HOSTILE

from kg.graph.background import Background, OfficeTerm
from kg.graph.files import full_graphs, read_graphs, union, write_graphs
from kg.graph.rdf import RunInfo
from kg.graph.terms import Triple, term_of
from kg.resources import resource_path
from kg.statement import Actor, ActorType, Document

JARS = Path(os.environ.get("KG_JENA") or "/usr/share/java")
# What Debian's libapache-jena-java needs of its neighbours, by the names of their files.
NEEDED = (
    *("jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-iri", "jena-shacl", "jena-shex"),
    *("jena-tdb", "jena-tdb2", "jena-rdfconnection", "jena-dboe-base", "jena-dboe-index"),
    *("jena-dboe-storage", "jena-dboe-trans-data", "jena-dboe-transaction"),
    *("slf4j-api", "slf4j-simple", "jcl-over-slf4j", "commons-lang3", "commons-io"),
    *("commons-codec", "commons-csv", "commons-compress", "commons-cli", "jackson-core"),
    *("jackson-databind", "jackson-annotations", "jsonld-java", "guava", "protobuf"),
    *("httpclient", "httpclient-cache", "httpclient-osgi", "httpcore", "httpcore-osgi", "gson"),
    *("titanium-json-ld", "jakarta.json-api", "libthrift"),
)
SUFFIXES = [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".ttl.gz", ".nq.gz"]

Riot = Callable[[Sequence[str], Sequence[Path]], subprocess.CompletedProcess[str]]


_NEEDED = "these tests need Debian's libapache-jena-java and a Java runtime"


@pytest.fixture(scope="session")
def riot(tmp_path_factory: pytest.TempPathFactory) -> Riot:
    """Runs riot with options on files; Debian's packages hold it without a command."""
    java = shutil.which("java")
    if java is None:
        missing(f"there is no java; {_NEEDED}")
    core = JARS / "jena-core.jar"
    if not core.exists():
        missing(f"there is no {core} (KG_JENA may name another folder); {_NEEDED}")
    found = [path for name in NEEDED if (path := JARS / f"{name}.jar").exists()]
    maven = JARS.parent / "maven-repo"
    found += maven.glob("org/apache/thrift/libthrift/debian/*.jar")
    # Debian's build moves the classes of its Xerces to another package, but not their messages,
    # so that the first datatype fails ("internal error"). The messages are put where it looks.
    messages = tmp_path_factory.mktemp("jena")
    with zipfile.ZipFile(core) as jar:
        names = [n for n in jar.namelist() if "/ext/xerces/" in n and n.endswith(".properties")]
        for name in names:
            target = messages / name.removeprefix("org/apache/jena/ext/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(jar.read(name))
    path = os.pathsep.join(map(str, [*found, messages]))

    def run(options: Sequence[str], files: Sequence[Path]) -> subprocess.CompletedProcess[str]:
        command = [java, "-Dfile.encoding=UTF-8", "-cp", path, "riotcmd.riot"]
        return subprocess.run(
            [*command, *options, *map(str, files)],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


def example() -> dict[str, list[Triple]]:
    """What kg writes: statements of every kind, offices, a point, and hostile text."""
    leader = OfficeTerm(KIM.id, Actor("kg:PRK-leader", "leader", ActorType.GOVERNMENT_BODY))
    known = Background((leader,), {"local:panmunjom": (37.96, 126.68)})
    hostile = [
        Document(f"hostile {number} {text[:40]}", text, title=text, source=text, url=text)
        # composed, as riot warns of everything else
        for number, text in enumerate(normalize("NFC", text) for text in HOSTILE)
    ]
    documents = [*DOCUMENTS, *hostile]
    run = RunInfo("1", "m", "l")
    return full_graphs(STATEMENTS, documents, run=run, background=known)


GRAPHS = example()


def syntax(suffix: str) -> list[str]:
    # Debian has the parser of JSON-LD 1.1 without the JSON library that it needs.
    return ["--syntax=jsonld10"] if suffix == ".jsonld" else []


def test_every_format_is_valid_and_complete(riot: Riot, tmp_path: Path) -> None:
    quads = sum(len(triples) for triples in GRAPHS.values())
    for group in ([s for s in SUFFIXES if s != ".jsonld"], [".jsonld"]):
        files = []
        for suffix in group:
            files.append(tmp_path / f"graph{suffix}")
            write_graphs(files[-1], GRAPHS)
        done = riot(["--strict", "--check", "--count", *syntax(group[0])], files)
        assert done.returncode == 0, done.stderr
        assert "ERROR" not in done.stderr and "WARN" not in done.stderr, done.stderr
        counted = dict(re.findall(r"(graph\.\S+) : (?:Triples|Quads) = ([\d,]+)", done.stderr))
        for file in files:
            whole = file.name.removesuffix(".gz").endswith((".trig", ".nq", ".jsonld"))
            expected = quads if whole else len(union(GRAPHS))
            assert int(counted[file.name].replace(",", "")) == expected, file.name


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".jsonld"])
def test_it_reads_the_same_triples(riot: Riot, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_graphs(path, GRAPHS)
    done = riot(["--output=nquads", *syntax(suffix)], [path])
    assert done.returncode == 0, done.stderr
    parsed = pyoxigraph.parse(io.StringIO(done.stdout), pyoxigraph.RdfFormat.N_QUADS)
    default = pyoxigraph.DefaultGraph()
    found: dict[str, set[Triple]] = {}
    for quad in parsed:
        graph = "" if quad.graph_name == default else term_of(quad.graph_name)
        triple = (term_of(quad.subject), term_of(quad.predicate), term_of(quad.object))
        found.setdefault(graph, set()).add(triple)
    assert {graph: sorted(triples) for graph, triples in found.items()} == read_graphs(path)


def test_the_ontology_and_its_examples_are_valid(riot: Riot) -> None:
    files = [*resource_path("ontology").glob("*.ttl")]
    files += resource_path("ontology/examples").glob("*.ttl")
    assert len(files) > 35
    # invalid-*.ttl break the shapes; one of them has a lexical form that is no date
    files = [f for f in files if f.name != "invalid-date-as-text.ttl"]
    done = riot(["--validate"], sorted(files))
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr


def test_it_would_see_a_mistake(riot: Riot, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_graphs(path, full_graphs([BY_NAME["pact"]]))
    path.write_text(path.read_text(encoding="utf-8").replace(" ;", " ;; ,", 1))
    done = riot(["--validate"], [path])
    assert done.returncode == 1 and "ERROR" in done.stderr
