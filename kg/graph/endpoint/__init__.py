"""A SPARQL 1.1 endpoint over a store: the protocol, the processes that answer, the page."""
