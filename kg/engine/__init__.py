"""Builds on a cluster: documents are read by the workers of Dask, the result is made here."""
