"""Warships by the letters before their names: "fired two missiles at *the USS Stark*"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.resources import read_csv, resource_path
from kg.text.candidates import is_local
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc

# A ship's name is no name of its navy.
_SHIP = 0.8


@lru_cache(maxsize=1)
def ship_prefixes() -> dict[str, str]:
    """Letters before the names of warships, with the country whose ships bear them."""
    path = resource_path("actors") / "ship_prefixes.csv"
    return {r["prefix"]: r["country"] for _, r in read_csv(path, ("prefix", "country"))}


def find_warships(doc: Doc, mentions: Mentions) -> Iterator[ActorMention]:
    """The names of warships, as the forces of their states; only where no table knows a name."""
    for mention in mentions:
        if len(mention.actors) != 1 or not is_local(mention.actors[0]):
            continue
        letters = doc[mention.start].text
        if letters not in ship_prefixes() and mention.start:
            letters = doc[mention.start - 1].text
        state = mentions.state(ship_prefixes().get(letters, ""))
        if state is None:
            continue
        navy = mentions.book.organ_actor(state, "MIL")
        reason = f"'{letters}' stands before names of warships of {state.label}"
        kind = MentionKind.ROLE
        yield ActorMention(mention.head, mention.start, mention.end, (navy,), _SHIP, reason, kind)
