"""Which actors a document mentions: names, and phrases that stand for a part of a state.

"Moscow", "Israeli jets", "the foreign ministers of Iran and Iraq", "rebels in Yemen". What
refers back ("he", "the group", "the two countries") is added by ``coref``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kg.statement import Actor, Mention, Span
from kg.text.gazetteer import Gazetteer
from kg.text.newsform import blocks
from kg.text.parsed import Doc


class MentionKind(StrEnum):
    """How words stand for an actor."""

    NAME = "name"
    METONYM = "metonym"
    DEMONYM = "demonym"
    ROLE = "role"
    PLACE = "place"
    ALIAS = "alias"
    """Title or apposition of a name, a later short form of it."""
    COLLECTIVE = "collective"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Tokens ``start`` to ``end`` around ``head`` that stand for one or more actors.

    ``reason`` says in words why; ``score`` (0–1) how sure the link is.
    """

    head: int
    start: int
    end: int
    actors: tuple[Actor, ...]
    score: float
    reason: str
    kind: MentionKind


class Mentions:
    """The mentions of a document by the token that heads them."""

    def __init__(
        self,
        doc: Doc,
        found: Iterable[ActorMention],
        places: Iterable[ActorMention],
        book: Gazetteer,
        day: date | None = None,
    ) -> None:
        self.doc = doc
        self.book = book
        self.day = day
        self._at = {m.head: m for m in sorted(found, key=lambda m: m.start)}
        self._places = {m.head: m for m in places}
        self._ordered = sorted(self._at.values(), key=lambda m: (m.start, m.head))
        self._heads = sorted(self._at)

    def __iter__(self) -> Iterator[ActorMention]:
        """All mentions in text order."""
        return iter(self._ordered)

    def between(self, start: int, end: int) -> list[ActorMention]:
        """The mentions whose heads are the tokens from ``start`` up to before ``end``."""
        first, last = bisect_left(self._heads, start), bisect_left(self._heads, end)
        return [self._at[h] for h in self._heads[first:last]]

    def actors(self) -> Iterator[Actor]:
        """The actors of all mentions in text order, each as often as it is mentioned."""
        return (actor for mention in self for actor in mention.actors)

    @cached_property
    def main_country(self) -> str | None:
        """The country that the document names twice as often as any other, agencies left out."""
        named = (actor for actor in self.actors() if actor.sector != "MED")
        counts = Counter(actor.country for actor in named if actor.country)
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]

    @cached_property
    def leading_country(self) -> str | None:
        """The country that the document names clearly oftener than any other, if one is."""
        named = (a for m in self for a in m.actors if a.sector != "MED")
        ranked = Counter(a.country for a in named if a.country).most_common(2)
        clear = bool(ranked) and (len(ranked) == 1 or 3 * ranked[0][1] >= 4 * ranked[1][1])
        return ranked[0][0] if clear else None

    @cached_property
    def dateline_country(self) -> str | None:
        """The country of the place where the text is dated: "BEIJING, Oct 10 (AP) - China …"."""
        for block in blocks(self.doc.text):
            span = self.doc.covering(block.start, block.end) if block.kind == "dateline" else None
            for token in span or ():
                place = self.place_at(token.i) or self.at(token.i)
                if place is not None and place.actors[0].country is not None:
                    return place.actors[0].country
        return None

    @cached_property
    def scene_country(self) -> str | None:
        """The country where a text is dated, if it is one of those that it names most."""
        named = (a.country for a in self.actors() if a.country and a.sector != "MED")
        counts = Counter(named)
        most = max(counts.values(), default=0)
        dated = self.dateline_country
        return dated if dated is not None and 2 * counts[dated] >= most else None

    @cached_property
    def home_country(self) -> str | None:
        """The country that a text is about, where it is not dated in another."""
        dated = self.dateline_country in {None, self.main_country}
        return self.main_country if dated else None

    def only_state(self, token: int) -> Actor | None:
        """The state of which alone a sentence tells, agencies left out, else the document."""
        around = self.doc[token].sent
        near = self.between(around.start, around.end)
        named = {a.country for m in near for a in m.actors if a.sector != "MED"} - {None}
        if len(named) > 1:
            return None
        country = next(iter(named), self.main_country)
        return self.state(country) if country is not None else None

    def __len__(self) -> int:
        return len(self._at)

    def at(self, head: int) -> ActorMention | None:
        """The mention headed by a token."""
        return self._at.get(head)

    def place_at(self, head: int) -> ActorMention | None:
        """The place that a token names ("Moscow" as the city), where it names one."""
        return self._places.get(head)

    def place_heads(self) -> Iterator[int]:
        """The tokens that name places."""
        return iter(self._places)

    def covering(self, token: int) -> ActorMention | None:
        """The shortest mention whose tokens include the given one."""
        around = [m for m in self._at.values() if m.start <= token < m.end]
        return min(around, key=lambda m: m.end - m.start, default=None)

    def in_characters(self, start: int, end: int) -> ActorMention | None:
        """The mention that fits a stretch of characters best, None where none is inside."""

        def bounds(m: ActorMention) -> tuple[int, int]:
            last = self.doc[m.end - 1]
            return self.doc[m.start].idx, last.idx + len(last)

        heads = [m for m in self._at.values() if start <= self.doc[m.head].idx < end]
        exact = [m for m in heads if bounds(m) == (start, end)]
        if exact:
            return exact[0]
        span = self.doc.covering(start, end)
        if span is None:
            return None
        tops = [t for t in span if t.head.i == t.i or not span.start <= t.head.i < span.end]
        nouns = [t for t in tops if t.pos_ in {"NOUN", "PROPN", "PRON"}] or tops
        return next((m for t in reversed(nouns) if (m := self._at.get(t.i)) is not None), None)

    def state(self, country: str) -> Actor | None:
        """The state of an alpha-3 code, of the document's time where codes have passed on."""
        return self.book.state(country)

    def mention(self, found: ActorMention, actor: Actor) -> Mention:
        """The mention of one of its actors as it goes into statements."""
        # Of a slice, not of the whole: Doc.text joins every token anew each time.
        start, text = self.doc[found.start].idx, self.doc.span(found.start, found.end).text
        return Mention(actor, Span(start, start + len(text), text), found.score, found.reason)

    def with_added(self, added: Iterable[ActorMention]) -> Mentions:
        """These mentions and more; where a head has one already, the new one counts."""
        new = {m.head: m for m in added}
        if not new:
            return self
        merged = {**self._at, **new}
        return Mentions(self.doc, merged.values(), self._places.values(), self.book, self.day)
