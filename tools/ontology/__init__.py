"""Programs that make files from the ontology."""
