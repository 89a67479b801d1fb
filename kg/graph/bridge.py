"""Graphs for programs that speak rdflib: its API on top, Oxigraph doing the work below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.graph.bulk import bulk_load
from kg.graph.files import read_graphs
from kg.graph.store import open_store
from kg.graph.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib


def rdflib_dataset(path: Path | str) -> rdflib.Dataset:
    """An ``rdflib.Dataset`` over a store, or over an RDF file by its suffix.

    The store is opened for reading; a file is parsed by Oxigraph into memory. Queries and
    pattern matches run in Oxigraph, and so do the formats ``ox-ttl``, ``ox-nq`` and the like of
    ``serialize``. The default graph is the union of all. Raises ``DataError`` or ``StoreError``
    when it cannot be read and ``DataError`` when the package oxrdflib is missing.
    """
    try:
        from oxrdflib.store import OxigraphStore
    except ImportError as error:
        raise DataError("oxrdflib", None, "is not installed", 'pip install "geokg[rdf]"') from error
    from rdflib import Dataset

    path = Path(path)
    store: Any
    if path.is_dir():
        store = open_store(path)
    else:
        import pyoxigraph

        store = pyoxigraph.Store()
        bulk_load(store, read_graphs(path))
    dataset = Dataset(store=OxigraphStore(store=store))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
