"""Evidence counted by stories: what copies and versions of one article repeat counts once.

Of the documents of a story, the one that has most evidence for something decides how much the
story counts for it; documents that are stories of their own count as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from kg.statement import Document

Stories = Mapping[str, str]
"""The story of each document of a story that several documents tell, by its id."""


def shared_stories(documents: Iterable[Document]) -> dict[str, str]:
    """The stories that several of the documents tell; the document that told it first included."""
    copies = {document.id: document.story for document in documents if document.story}
    return {**{story: story for story in copies.values()}, **copies}


def count_told(documents: Iterable[str], stories: Stories) -> int:
    """How many pieces of evidence there are by stories, each given by its document."""
    if not stories:
        return sum(1 for _ in documents)
    most: dict[str, int] = {}
    for document, number in Counter(documents).items():
        story = stories.get(document, document)
        most[story] = max(number, most.get(story, 0))
    return sum(most.values())


class Told:
    """Counts evidence that comes document by document, for any number of things."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._most: dict[tuple[str, Hashable], int] = {}

    def added(self, thing: Hashable, documents: Iterable[str]) -> int:
        """By how much the evidence for a thing grows with pieces from these documents.

        All pieces that a document has for the thing must come at once.
        """
        if not self._stories:
            return sum(1 for _ in documents)
        grown = 0
        for document, number in Counter(documents).items():
            story = self._stories.get(document)
            if story is not None:
                before = self._most.get((story, thing), 0)
                self._most[story, thing] = max(number, before)
                number = max(0, number - before)
            grown += number
        return grown
