"""What was named up to a place of a document, as descriptions look back at it."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from kg.statement import Actor, ActorType
from kg.text.clauses import Clauses, Kind, Link
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase

REACH = 4
"""How many sentences back a description looks."""


@dataclass(slots=True)
class Known:
    """A document, and the mentions found in it so far in the order of the text."""

    doc: Doc
    phrases: dict[int, NounPhrase]
    clauses: Clauses
    mentions: Mentions
    _ordered: list[ActorMention] = field(default_factory=list)
    _at: dict[int, ActorMention] = field(default_factory=dict)

    @classmethod
    def of(
        cls, doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
    ) -> Known:
        """What the given mentions tell."""
        ordered = sorted(mentions, key=_place)
        return cls(doc, phrases, clauses, mentions, ordered, {m.head: m for m in ordered})

    @property
    def sentence(self) -> list[int]:
        """Token → number of its sentence."""
        return self.doc.sentence_numbers

    def add(self, mention: ActorMention) -> None:
        """Take up a mention that was found just now."""
        insort(self._ordered, mention, key=_place)
        self._at[mention.head] = mention

    def at(self, head: int) -> ActorMention | None:
        """The mention headed by a token."""
        return self._at.get(head)

    def before(self, phrase: NounPhrase) -> list[ActorMention]:
        """All mentions before a phrase, in text order."""
        return self._ordered[: bisect_left(self._ordered, phrase.start, key=_place)]

    def near(self, phrase: NounPhrase, reach: int) -> list[ActorMention]:
        """Those of the sentences from ``reach`` before the phrase's own on."""
        here = self.sentence[phrase.head]
        return [m for m in self.before(phrase) if here - self.sentence[m.head] <= reach]

    def lemma(self, head: int) -> str:
        """The lemma of a token, lower case."""
        return self.doc[head].lemma_.lower()

    def is_subject(self, head: int) -> bool:
        """Whether a nominal is the subject of the clause it stands in."""
        clause = self.clauses.at(self.doc[head].head.i)
        return clause is not None and any(a.head == head for a in clause.surface_subject())

    def subjects(self, head: int, climbs: bool = False) -> set[int]:
        """The subjects of the clause around a nominal and, if asked, of those that govern it."""
        token = self.doc[head]
        found: set[int] = set()
        while token.head.i != token.i:
            clause = self.clauses.at(token.i) if token.i != head else None
            if clause is not None:
                found |= {a.head for a in clause.surface_subject()}
                if clause.kind is not Kind.NOMINAL:
                    break
            # on from "supplies" in "cut off supplies to the country"
            token = token.head
        clause = self.clauses.at(token.i)
        while clause is not None:
            found |= {a.head for a in clause.surface_subject()}
            if not climbs or clause.link not in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}:
                break
            clause = self.clauses.parent(clause)
        return found - {head}

    def apart(self, phrase: NounPhrase) -> set[str]:
        """Whom a description does not take up: the subject of its clause, and whose that is.

        "Nigeria cut off supplies to the country", "American troops left the country"; but "the
        Sudanese army seized power in the country", "the government of the country".
        """
        subjects = self.subjects(phrase.head)
        if phrase.head in {c for s in subjects for _, c in self._complements(s)}:
            subjects = set()
        subjects |= {c for s in subjects if s in self.phrases for c in self.phrases[s].conjuncts}
        found = {a.id for s in subjects if (at := self.mentions.at(s)) for a in at.actors}
        if phrase.preposition not in {"in", "across", "throughout", "around", "of"}:
            # "China's attack on the country" too
            around = {*subjects, self.doc[phrase.head].head.i} - {phrase.head}
            named = (self.phrases[s] for s in around if s in self.phrases)
            owners = {o for p in named for o in (*p.modifiers, p.possessor) if o is not None}
            found |= {a.id for o in owners if (at := self.mentions.at(o)) for a in at.actors}
        return found

    def _complements(self, head: int) -> tuple[tuple[str, int], ...]:
        return self.phrases[head].complements if head in self.phrases else ()

    def takes_part(self, mention: ActorMention) -> bool:
        """Whether a mention acts or is acted upon, rather than say where or whose."""
        phrase = self.phrases.get(mention.head)
        if mention.kind is MentionKind.PLACE:
            return False
        if phrase is None:
            # "Kim and *Moon* met", where the tree takes two names for one
            joined = mention.start > 0 and self.doc[mention.start - 1].lower_ == "and"
            return joined and mention.kind is MentionKind.NAME
        if phrase.preposition == "from":
            # "recaptured the town from UNITA rebels", but not "envoys from Iran"
            return mention.actors[0].type in {ActorType.ARMED_GROUP, ActorType.PARTY}
        return phrase.preposition not in {"in", "at", "near", "across", "throughout"}

    def persons(self, found: list[ActorMention]) -> dict[str, tuple[int, Actor]]:
        """The single persons among mentions by id, with the head of the last mention of each."""
        return {
            a.id: (m.head, a)
            for m in found
            if len(m.actors) == 1 and (a := m.actors[0]).type is ActorType.PERSON
        }


def _place(mention: ActorMention) -> int:
    return mention.head


def description(phrase: NounPhrase, actor: Actor, score: float, reason: str) -> ActorMention:
    """The mention of an actor that a phrase describes."""
    kind = MentionKind.DESCRIPTION
    return ActorMention(phrase.head, phrase.start, phrase.end, (actor,), score, reason, kind)
