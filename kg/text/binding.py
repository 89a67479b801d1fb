"""What grammar rules out for a pronoun: number, gender, subject and object of one clause."""

from __future__ import annotations

from kg.statement import ActorType
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.entities import Entities, Entity
from kg.text.parsed import Doc, Token
from kg.text.phrases import NounPhrase, content_head
from kg.text.quotes import Reports
from kg.text.voices import Voices
from kg.text.wordlists import listed

_FREEING = {"release", "free", "return", "hand"}
_HOLDING = {"hold", "detain", "arrest", "imprison", "jail", "capture", "seize", "abduct", "take"}
_ENVOYS = {"ambassador", "diplomat", "envoy", "consul"}
_SENDING_AWAY = {"give", "declare", "grant"}
_OWNERS = {ActorType.STATE, ActorType.TERRITORY, ActorType.PERSON}


class Binding:
    """Which entities the pronouns of a document may stand for."""

    def __init__(
        self,
        doc: Doc,
        phrases: dict[int, NounPhrase],
        clauses: Clauses,
        reports: Reports,
        entities: Entities,
    ) -> None:
        self.doc, self.phrases, self.clauses, self.reports = doc, phrases, clauses, reports
        self.entities, self.words = entities, entities.words
        self.voices = Voices(doc, phrases, entities.mentions, reports)
        self.clause_of: dict[int, Clause] = {}
        """Token → its smallest clause that is no noun phrase."""
        verbal = [c for c in clauses if c.kind is not Kind.NOMINAL]
        for clause in sorted(verbal, key=lambda c: c.start - c.end):
            for i in range(clause.start, clause.end):
                self.clause_of[i] = clause

    def allows(self, token: Token, entity: Entity) -> bool:
        """Whether the pronoun may stand for the entity."""
        pronoun = self.words.pronouns[token.lower_]
        if max(entity.heads) >= token.i:
            return False
        if pronoun.kind == "person":
            fits = entity.person is not False and entity.plural is not True
            fits = fits and entity.gender in {"", pronoun.gender}
        elif pronoun.kind == "thing":
            fits = entity.person is not True and entity.plural is not True
        else:
            fits = entity.plural is not False
        return fits and not self._bound(token, entity)

    def owned(self, token: Token) -> NounPhrase | None:
        """The noun phrase whose possessor the token is: "*his* troops"."""
        governor = self.phrases.get(token.head.i)
        return governor if governor is not None and governor.possessor == token.i else None

    def abroad(self, token: Token) -> bool:
        """Whether the token owns what states have abroad: "*its* embassy"."""
        owned = self.owned(token)
        return owned is not None and self.doc[owned.head].lemma_.lower() in self.words["abroad"]

    def stands_for(self, head: int, entity: Entity) -> bool:
        """Whether the nominal at a token was taken for the entity."""
        return self.entities.of.get(head) is entity or head in entity.heads

    def _bound(self, token: Token, entity: Entity) -> bool:
        owned = self.owned(token)
        if owned is not None:
            # "his" is not the noun it stands before, nor what that noun is said to be
            if self._is_aboard(owned, entity):
                return True
            if self.abroad(token) and self._foreign(owned, entity):
                return True
            if self._harmed(token, owned) and self._acts(token, entity):
                # "Russia invaded Ukraine and blockaded *its* ports"
                return True
            if self._judged(owned, token) and self._acts(token, entity):
                # "Yeltsin resigned. Clinton praised *his* role"
                return True
            if self.words.pronouns[token.lower_].kind != "person" and self._of_others(
                owned, entity
            ):
                return True
            return owned.head in entity.seen or owned.head in entity.heads
        here = self.clause_of.get(token.i)
        if self.words.pronouns[token.lower_].use == "reflexive":
            # "Mladic defended himself"
            subjects = {a.head for a in here.surface_subject()} if here is not None else set()
            return not any(self.stands_for(h, entity) for h in subjects)
        if here is not None and self.entities.part(token.i) != "subject":
            # "Putin met him": another one
            arguments = {a.head for a in here.arguments}
            others = {a.head for a in (*here.of(Role.SUBJECT), *here.of(Role.OBJECT))}
            if token.i in arguments and any(self.stands_for(h, entity) for h in others - {token.i}):
                return True
        if here is not None and (self._asked(token, here, entity) or self._frees(here, entity)):
            return True
        # "He is a fool," Putin said: not Putin
        speaker = self.voices.speaker(token.i)
        if speaker is None and self.reports.quoted(token.i):
            # Rama laughs. "He told me to my face": not Rama, whom alone the text quotes
            told = [r.source for r in self.reports.reports if r.direct and r.source is not None]
            before = {id(e): e for s in told if (e := self.entities.of.get(s)) is not None}
            return len(before) == 1 and id(entity) in before
        return speaker is not None and self.stands_for(speaker, entity)

    def _asked(self, token: Token, here: Clause, entity: Entity) -> bool:
        """Whether an entity asks the one for whom the pronoun stands to act.

        "Britain demanded that *it* free her", "urged that *he* resign"; not "Britain
        said that *it* must act", "insisted that *it* had acted".
        """
        governor = self.clauses.governor(here)
        if governor is None or here.link is not Link.COMPLEMENT or here.marker != "that":
            return False
        if governor.verb not in self.words["mandative"] or here.tense or here.auxiliaries:
            return False
        if all(a.head != token.i for a in here.surface_subject()):
            return False
        return any(self.stands_for(a.head, entity) for a in governor.surface_subject())

    def _frees(self, here: Clause, entity: Entity) -> bool:
        """Whether an entity asks for the release of those whom the pronoun's own holds.

        "called on Iran to release the four Britons whom *it* has detained".
        """
        release = self.clauses.parent(here)
        if release is None or release.verb not in _FREEING or here.verb not in _HOLDING:
            return False
        asking = self.clauses.governor(release)
        subjects = asking.surface_subject() if asking is not None else ()
        return any(self.stands_for(a.head, entity) for a in subjects)

    def holds(self, token: Token, entity: Entity) -> bool:
        """Whether an entity is to release those whom the pronoun's own holds, as above."""
        here = self.clause_of.get(token.i)
        release = self.clauses.parent(here) if here is not None else None
        if here is None or release is None or release.verb not in _FREEING:
            return False
        if here.verb not in _HOLDING:
            return False
        return any(self.stands_for(a.head, entity) for a in release.surface_subject())

    def distributed(self, token: Token) -> bool:
        """Whether a pronoun stands for each of several: "*Neither* has said whether *he* …"."""
        here = self.clause_of.get(token.i)
        while here is not None:
            heads = {a.head for a in here.surface_subject()} - {token.i}
            if heads:
                return any(self.doc[h].lower_ in self.words["each"] for h in heads)
            here = self.clauses.governor(here)
        return False

    def _is_aboard(self, owned: NounPhrase, entity: Entity) -> bool:
        """Whether only a craft has what is owned, and the entity is none.

        "shot down a Russian helicopter over Armenia, killing two of *its crew*": not Armenia's.
        """
        if self.doc[owned.head].lemma_.lower() not in listed("aboard"):
            return False
        return all(self.doc[h].lemma_.lower() not in listed("craft") for h in entity.heads)

    def _of_others(self, owned: NounPhrase, entity: Entity) -> bool:
        """Whether a name beside what is owned tells that another owns it.

        "Hezbollah fired at Israel. *Its* leader, Hassan Nasrallah, …": not Israel's; but "its
        Turkish counterpart, Cavusoglu", "its ally, Lukashenko".
        """
        if self.doc[owned.head].lemma_.lower() in {*self.words["counterpart"], "counterpart"}:
            return False
        mention = self.entities.mentions.at(entity.heads[0])
        owner = mention.actors[0].country if mention is not None else None
        if owner is None:
            return False
        named = (self.entities.mentions.at(h) for h in owned.appositions)
        persons = (m.actors[0] for m in named if m is not None)
        return any(p.type is ActorType.PERSON and p.country not in {owner, None} for p in persons)

    def _harmed(self, token: Token, owned: NounPhrase) -> bool:
        """Whether what the pronoun owns is harmed by another: not "bombed its *own* people"."""
        here = self.clause_of.get(token.i)
        if here is None or here.passive:
            return False
        envoy = self.doc[owned.head].lemma_.lower() in _ENVOYS
        sent_away = here.verb in _SENDING_AWAY and envoy
        if here.verb not in self.words["hostile"] and not sent_away:
            return False
        if any(t.lower_ == "own" for t in self.doc.span(owned.start, owned.head)):
            return False
        if self.doc[owned.head].lemma_.lower() in self.words["counterpart"]:
            # "attacked its neighbour"
            return False
        if sent_away:
            # "gave *its* ambassador 72 hours to leave": the other state's
            addressed = (*here.of(Role.RECIPIENT), *here.of(Role.OBJECT))
            return owned.head in {a.head for a in addressed}
        objects = {content_head(self.phrases, self.doc, a.head) for a in here.of(Role.OBJECT)}
        # "killed two of *its* crew" too, but not "struck a deal with *its* neighbour"
        return owned.head in objects or owned.head in {a.head for a in here.of(Role.OBJECT)}

    def _judged(self, owned: NounPhrase, token: Token) -> bool:
        """Whether what the pronoun owns is what another praises, blames, takes or turns down.

        Not "praised *his* soldiers", who may be his own.
        """
        here = self.clause_of.get(token.i)
        if here is None or here.passive or here.verb not in self.words["judging"]:
            return False
        noun = self.doc[owned.head].lemma_.lower()
        if noun not in self.words.taken_up and noun not in self.words["conduct"]:
            return False
        own = any(t.lower_ == "own" for t in self.doc.span(owned.start, owned.head))
        return not own and owned.head in {a.head for a in here.of(Role.OBJECT)}

    def _acts(self, token: Token, entity: Entity) -> bool:
        here = self.clause_of.get(token.i)
        heads = {a.head for a in here.surface_subject()} if here is not None else set()
        return any(self.stands_for(h, entity) for h in heads)

    def _foreign(self, owned: NounPhrase, entity: Entity) -> bool:
        """Whether something only states have abroad would be at home: "its embassy in Niamey"."""
        mention = self.entities.mentions.at(entity.heads[0])
        owner = mention.actors[0] if mention is not None else None
        if owner is None or owner.type not in _OWNERS:
            # a crowd has no embassy
            return True
        for preposition, head in owned.complements:
            place = self.entities.mentions.at(head)
            if preposition in {"in", "to"} and place is not None:
                return place.actors[0].country == owner.country
        return False

    def expletive(self, token: Token) -> bool:
        """Whether an "it" stands for nothing: "It is clear that …", "it was raining"."""
        clause = self.clauses.at(token.head.i)
        if clause is None or token.lower_ != "it":
            return False
        if not any(a.head == token.i for a in clause.arguments):
            # the parser has marked it so
            return True
        if clause.lemma in self.words["weather"]:
            # "It seems that Chad has lost"
            return True
        inner = [
            c
            for c in self.clauses.children(clause.head)
            if c.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT} and c.head > clause.head
        ]
        # "It is clear that Chad has lost"
        copular = clause.kind is Kind.COPULAR and clause.lemma not in listed("minded")
        return copular and any(c.marker in {"that", "to", "if", "whether"} for c in inner)
