"""The name types of the model and their BILOU tags, shared by training and run time."""

from __future__ import annotations

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE")
NAME_TAGS = ("O", *(f"{part}-{label}" for label in NAME_TYPES for part in "BILU"))
