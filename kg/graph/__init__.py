"""The graph wing: statements in; RDF, store, queries, networks, pictures out. Never spaCy."""
