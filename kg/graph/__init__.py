"""The graph wing: statements in; RDF, store, queries, networks and pictures out. Never imports spaCy."""
