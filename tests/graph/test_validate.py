"""SHACL: the examples of the ontology, what kg writes, and files that are no RDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph.statements import DOCUMENTS, STATEMENTS

from kg.errors import DataError
from kg.graph.files import read_graph, read_graphs, union, write_graph
from kg.graph.rdf import RunInfo
from kg.graph.turtle import turtle
from kg.graph.validate import Violation, validate
from kg.resources import resource_path

EXAMPLES = resource_path("ontology/examples")
VALID = sorted(path.stem for path in EXAMPLES.glob("valid-*.ttl"))
INVALID = {
    "invalid-blank-statement": "a blank node cannot be cited",
    "invalid-confidence-above-one": "an xsd:decimal from 0 to 1",
    "invalid-country-code": "ISO 3166-1 alpha-3",
    "invalid-date-as-text": "must be one xsd:date",
    "invalid-edge-without-statement": "has no statement behind it",
    "invalid-entity-without-label": "An entity needs a label",
    "invalid-event-without-type": "needs an event type",
    "invalid-factuality-above-three": "one xsd:decimal from -3 to 3",
    "invalid-no-evidence": "A statement needs evidence",
    "invalid-no-subject": "exactly one subject",
    "invalid-point-without-coordinates": "as POINT(longitude latitude)",
    "invalid-positions": "the same position 1",
    "invalid-relation-and-words": "either a relation (kg:relation) or the words",
    "invalid-sector": "must be a PLOVER sector",
    "invalid-span-backwards": "not after its end",
    "invalid-span-length": "not as many characters",
    "invalid-span-of-another-document": "lies in another document",
    "invalid-stance": "exactly one stance",
    "invalid-start-after-end": "not after the end date",
    "invalid-term-of-office-backwards": "not after its end",
    "invalid-term-without-office": "exactly one office",
    "invalid-two-documents-of-evidence": "exactly one document",
    "invalid-two-factualities": "at most one xsd:decimal",
    "invalid-two-polarities": "exactly one polarity",
    "invalid-unknown-event-type": "one of the sixteen PLOVER types",
    "invalid-unknown-modality": "exactly one modality",
}


def test_all_examples_are_tested() -> None:
    found = sorted(path.stem for path in EXAMPLES.glob("*.ttl"))
    assert found == sorted([*VALID, *INVALID])
    assert len(VALID) >= 10 and len(INVALID) >= 20


@pytest.mark.parametrize("name", VALID)
def test_valid_examples_conform(name: str) -> None:
    assert validate(EXAMPLES / f"{name}.ttl") == []


@pytest.mark.parametrize("name", INVALID)
def test_invalid_examples_fail_for_the_reason_in_their_name(name: str) -> None:
    violations = validate(EXAMPLES / f"{name}.ttl")
    assert INVALID[name] in violations[0].message or any(
        INVALID[name] in violation.message for violation in violations
    )
    # one mistake breaks one thing, and what hangs on it
    messages = {violation.message for violation in violations}
    assert len(messages) <= 2, messages
    for violation in violations:
        assert "\n" not in str(violation) and violation.focus
        assert violation.message.endswith(".")


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq.gz"])
def test_what_kg_writes_conforms(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    write_graph(path, STATEMENTS, DOCUMENTS, run=RunInfo("0.1", "m"))
    assert validate(path) == []


def test_a_violation_reads_as_a_line() -> None:
    violation = Violation("st:1", "kg:polarity", "kg:maybe", "A statement needs a polarity.")
    assert str(violation) == "st:1 kg:polarity (kg:maybe): A statement needs a polarity."
    assert str(Violation("st:1", "", "", "Wrong.")) == "st:1: Wrong."


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix kg: <https://w3id.org/kg/ontology#> .
        <urn:s> a sh:NodeShape ; sh:targetClass kg:Statement ; sh:property <urn:p> .
        <urn:p> sh:path kg:place ; sh:minCount 1 ; sh:message "Where?" ."""
    )
    violations = validate(EXAMPLES / "valid-event.ttl", shapes)
    assert [violation.message for violation in violations] == ["Where?"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.ttl", "@prefix a: <b:c> .\na:x a:y\n\n a:z ;; oops", r"bad\.ttl:4: "),
        ("empty.html", "<p>", "no RDF format has this suffix"),
    ],
)
def test_malformed_files_are_one_clear_line(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DataError, match=message) as caught:
        validate(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_an_empty_graph_conforms(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("")
    assert validate(tmp_path / "empty.ttl") == []


@pytest.mark.parametrize("name", VALID)
def test_valid_examples_look_as_kg_writes_them(name: str) -> None:
    text = (EXAMPLES / f"{name}.ttl").read_text(encoding="utf-8")
    body = text[text.index("@prefix") :]
    assert body == "".join(turtle(union(read_graphs(EXAMPLES / f"{name}.ttl"))))
    assert read_graph(EXAMPLES / f"{name}.ttl")
