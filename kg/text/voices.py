"""In whose voice words are: who "I", "we" and "you" are, and who "he" in a quotation is not."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statement import Actor, ActorType
from kg.text.mentioned import ActorMention, MentionKind, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase
from kg.text.quotes import Reports
from kg.text.reference import reference_words

_SPEAKS_FOR_STATE = {"GOV", "MIL", "LEG", "SPY"}


class Voices:
    """The speakers of a document's quotations, and of the whole document where it is a speech."""

    def __init__(
        self, doc: Doc, phrases: dict[int, NounPhrase], mentions: Mentions, reports: Reports
    ) -> None:
        self.doc, self.mentions, self.reports = doc, mentions, reports
        self._only = self._only_speaker()
        self._orator = self._who_gives_it(phrases)

    def speaker(self, token: int) -> int | None:
        """The head of the nominal whose words a token is among, None for the author's."""
        direct = [r.source for r in self.reports.chain(token) if r.direct and r.source is not None]
        if direct:
            return direct[-1]
        return self._only if self.reports.quoted(token) else self._orator

    def addressee(self, token: int) -> int | None:
        """The head of the nominal to whom a token is said, None where nobody is named."""
        direct = [r for r in self.reports.chain(token) if r.direct]
        return direct[-1].addressee if direct else None

    def _only_speaker(self) -> int | None:
        """The one person whom the document quotes: words without a speaker are that one's too.

        'Rama laughs. "He told me to my face."'
        """
        found: dict[str, int] = {}
        for report in self.reports.reports:
            said = self.mentions.at(report.source) if report.source is not None else None
            if report.direct and said is not None and len(said.actors) == 1:
                found.setdefault(said.actors[0].id, said.head)
        return next(iter(found.values())) if len(found) == 1 else None

    def _who_gives_it(self, phrases: dict[int, NounPhrase]) -> int | None:
        """Whose speech a document is: "Remarks by President Kenyatta at the summit"."""
        first = next(iter(self.doc.sents), None)
        for token in first if first is not None else ():
            phrase = phrases.get(token.i)
            if phrase is None or token.lemma_.lower() not in reference_words()["speeches"]:
                continue
            for preposition, head in phrase.complements:
                named = self.mentions.at(head) if preposition in {"by", "of"} else None
                if named is None:
                    continue
                kind = named.actors[0].type
                # "Statement of the Ministry of Foreign Affairs", alone in a title
                body = kind is ActorType.GOVERNMENT_BODY and token.head.i == token.i
                if kind is ActorType.PERSON or body:
                    return head
        return None


def first_person(doc: Doc, voices: Voices, mentions: Mentions) -> Iterator[ActorMention]:
    """Who "I" and "we" are: the speaker, or whom the speaker speaks for."""
    pronouns = reference_words().pronouns
    for token in doc:
        pronoun = pronouns.get(token.lower_)
        if pronoun is None or pronoun.kind not in {"speaker", "speakers"}:
            continue
        if token.text == "US" or mentions.at(token.i) is not None:
            continue
        source = voices.speaker(token.i)
        speaker = mentions.at(source) if source is not None else None
        if speaker is None or len(speaker.actors) != 1:
            continue
        one = speaker.actors[0]
        alone = pronoun.kind == "speaker"
        actor = one if alone else _side(one, mentions)
        if actor is None or (alone and actor.type is not ActorType.PERSON):
            continue
        yield ActorMention(
            token.i,
            token.i,
            token.i + 1,
            (actor,),
            round(0.85 * speaker.score, 3),
            f"'{token.text}' in the words of {one.label}",
            MentionKind.PRONOUN,
        )


def second_person(doc: Doc, voices: Voices, mentions: Mentions) -> Iterator[ActorMention]:
    """Who "you" is: the one who is told, where the words say so.

    '"*You* have attacked our country," Putin told Zelensky.'
    """
    for token in doc:
        if token.lower_ not in reference_words()["addressed"] or mentions.at(token.i) is not None:
            continue
        head = voices.addressee(token.i)
        told = mentions.at(head) if head is not None else None
        if told is None or len(told.actors) != 1:
            # "told reporters", "told the two presidents"
            continue
        one = told.actors[0]
        if one.type in {ActorType.GROUP, ActorType.MEDIA}:
            # "told AFP", "told protesters": the words are meant for others too
            continue
        yield ActorMention(
            token.i,
            token.i,
            token.i + 1,
            (one,),
            round(0.75 * told.score, 3),
            f"'{token.text}' said to {one.label}",
            MentionKind.PRONOUN,
        )


def _side(speaker: Actor, mentions: Mentions) -> Actor | None:
    """For whom someone says "we": the state of its officials, the group of its leaders."""
    if speaker.type is not ActorType.PERSON:
        if speaker.type is ActorType.GOVERNMENT_BODY and speaker.id.startswith("kg:"):
            return mentions.state(speaker.country or "") or speaker
        return speaker if speaker.type is not ActorType.PLACE else None
    if mentions.day is not None:
        for term in mentions.book.terms_on(speaker.id, mentions.day):
            if ":" in term.owner:
                # the secretary-general of NATO
                return mentions.book.actors.get(term.owner)
    if speaker.sector in _SPEAKS_FOR_STATE and speaker.country:
        return mentions.state(speaker.country)
    return None
