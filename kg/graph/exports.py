"""The actor network in the formats of other programs; equal networks give equal bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import networkx as nx

from kg.graph.cells import formula_safe
from kg.graph.output import write_whole

Value = str | int | float

# XML 1.0 cannot hold these at all, not even as character references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

COLOURS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "state": (47, 64, 87),
        "person": (0, 131, 95),
        "organisation": (102, 87, 168),
        "armed": (142, 36, 64),
        "place": (134, 112, 15),
        "thing": (117, 123, 133),
    }
)
"""The colours of the page (page/palette.js), for programs that take a drawing over."""


def graphml(network: nx.MultiDiGraph) -> bytes:
    """GraphML (yEd, Gephi, Cytoscape, igraph). What XML cannot hold is left out."""
    buffer = io.BytesIO()
    # Not write_graphml: that one writes other bytes where lxml happens to be installed.
    nx.write_graphml_xml(_for_xml(network), buffer, named_key_ids=False)
    return buffer.getvalue()


def gexf(network: nx.MultiDiGraph) -> bytes:
    """GEXF 1.2 (Gephi) with the page's colours, sizes by evidence, and days for its timeline."""
    clean = _for_xml(network)
    heaviest = max((weight for _, weight in clean.nodes(data="weight")), default=1)
    for _, values in clean.nodes(data=True):
        red, green, blue = COLOURS[values["kind"]]
        size = 10 + 40 * (values["weight"] / heaviest) ** 0.5
        values["viz"] = {"color": {"r": red, "g": green, "b": blue}, "size": round(size, 2)}
    for _, _, key, values in clean.edges(keys=True, data=True):
        values["id"] = key
        values["weight"] = values["evidence"]
        for day, attribute in (("first", "start"), ("last", "end")):
            if values[day]:
                values[attribute] = values[day]
    text = "\n".join(nx.generate_gexf(clean, version="1.2draft"))
    # The writer puts in the day of writing and its own version: neither says anything of the data.
    meta = "<meta>\n    <creator>kg (geokg)</creator>\n  </meta>"
    text = re.sub(r"<meta .*?</meta>", meta, text, count=1, flags=re.S)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def cytoscape(network: nx.MultiDiGraph) -> bytes:
    """Cytoscape JSON (Cytoscape, Cytoscape.js): ``elements`` with ``nodes`` and ``edges``."""
    data = nx.cytoscape_data(network)
    for edge in data["elements"]["edges"]:
        edge["data"]["id"] = edge["data"].pop("key")
        edge["data"]["interaction"] = edge["data"]["label"]
    return _json(data)


def nodes_csv(network: nx.MultiDiGraph) -> bytes:
    """One row per actor: ``id label type kind country sector weight``; opens in a spreadsheet."""
    columns = ("id", "label", "type", "kind", "country", "sector", "weight")
    return _csv(columns, ({"id": node, **values} for node, values in network.nodes(data=True)))


def edges_csv(network: nx.MultiDiGraph) -> bytes:
    """One row per edge with the ids and labels of both ends; opens in a spreadsheet."""
    labels = dict(network.nodes(data="label"))
    columns = (
        *("id", "source", "target", "source_label", "target_label", "relation", "label", "event"),
        *("cameo", "quad", "intensity", "symmetric", "polarity", "modality", "claimed"),
        *("evidence", "first", "last", "statements"),
    )
    rows = (
        {
            "id": key,
            "source": source,
            "target": target,
            "source_label": labels[source],
            "target_label": labels[target],
            "intensity": "",
            **values,
        }
        for source, target, key, values in network.edges(keys=True, data=True)
    )
    return _csv(columns, rows)


@dataclass(frozen=True, slots=True)
class Format:
    """The ending of its files, and what makes one of a network."""

    ending: str
    write: Callable[[nx.MultiDiGraph], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "graphml": Format(".graphml", graphml),
        "gexf": Format(".gexf", gexf),
        "cytoscape": Format(".cyjs", cytoscape),
        "nodes": Format(".nodes.csv", nodes_csv),
        "edges": Format(".edges.csv", edges_csv),
    }
)
"""Formats of the network by name."""


def write_graphml(path: Path, network: nx.MultiDiGraph) -> None:
    """Write the network as GraphML; raises ``StoreError`` when the file cannot be written."""
    write_whole(path, graphml(network))


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Value]]) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return formula_safe(value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8"))


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def _for_xml(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    clean = nx.MultiDiGraph()
    for node, values in network.nodes(data=True):
        clean.add_node(_xml(node), **{name: _xml(value) for name, value in values.items()})
    for source, target, key, values in network.edges(keys=True, data=True):
        cleaned = {name: _xml(value) for name, value in values.items()}
        clean.add_edge(_xml(source), _xml(target), key=key, **cleaned)
    return clean


def _xml(value: Value) -> Value:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
