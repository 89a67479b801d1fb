"""A parsed document with its clauses, phrases and actors, and the routes that lead through it.

The frames of the lexicon name participants by routes ("object/of", "with", "in:country");
a scene follows them from a clause to the nominals and actors they lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.statement import Actor, ActorType
from kg.text.borrowed import BORROWED, owners
from kg.text.clauses import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.fillings import Filling
from kg.text.lands import land_at
from kg.text.mentions import ActorMention, Mentions
from kg.text.parsed import Doc
from kg.text.phrases import NounPhrase, content_head, hyphenated, measure
from kg.text.roles import role_noun
from kg.text.seen import Seen
from kg.text.wording import lemmas_of
from kg.text.wordlists import listed

__all__ = ["WORDS_THEMSELVES", "Filling", "Scene"]

_WORDS = {"adverb": "adverbs", "auxiliary": "auxiliaries", "negation": "negations"}
WORDS_THEMSELVES = {"modifier", *_WORDS}
"""Last steps of routes that lead to words, not to nominals."""
_ROLES = {role.value: role for role in Role if role is not Role.OBLIQUE}
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that frames look at."""

    doc: Doc
    phrases: dict[int, NounPhrase]
    clauses: Clauses
    mentions: Mentions
    _adnominal: dict[int, tuple[Clause, ...]] = field(default_factory=dict, repr=False)
    _words: dict[int, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _fillings: dict[int, Filling | None] = field(default_factory=dict, repr=False, compare=False)
    _seen: dict[int, Seen] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, doc: Doc, phrases: dict[int, NounPhrase], clauses: Clauses, mentions: Mentions
    ) -> Scene:
        """The scene of a document whose parts are known."""
        adnominal: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.anchor is not None:
                adnominal.setdefault(clause.anchor, []).append(clause)
        return cls(
            doc, phrases, clauses, mentions, {head: tuple(cs) for head, cs in adnominal.items()}
        )

    def lemma(self, head: int) -> str:
        """The lemma of a token, lower case."""
        return self.doc[head].lemma_.lower()

    def lemmas(self, head: int) -> frozenset[str]:
        """A predicate's or nominal's lemma, with modifiers too (``kg.text.wording``)."""
        known = self._words.get(head)
        if known is None:
            asked = self.doc, self.phrases, self.clauses, self.mentions, head
            known = self._words[head] = frozenset(lemmas_of(*asked))
        return known

    def _seen_from(self, clause: Clause) -> Seen:
        return self._seen.get(id(clause)) or self._seen.setdefault(id(clause), Seen(clause))

    def words_at(self, clause: Clause, steps: tuple[str, ...]) -> frozenset[str]:
        """All lemmas of what a route leads to; of modifiers and adverbs the plain ones."""
        seen = self._seen.get(id(clause)) or self._seen_from(clause)
        known = seen.words.get(steps)
        if known is None:
            heads = self.follow(clause, steps)
            if heads and steps[-1] in WORDS_THEMSELVES:
                known = frozenset(map(self.lemma, heads))
                known = known.union(*(hyphenated(self.doc, head) for head in heads))
            else:
                known = _NO_WORDS.union(*map(self.lemmas, heads))
            seen.words[steps] = known
        return known

    def follow(self, clause: Clause, steps: tuple[str, ...]) -> list[int]:
        """The heads of the nominals that a route leads to from a clause, in text order."""
        seen = self._seen.get(id(clause)) or self._seen_from(clause)
        known = seen.routes.get(steps)
        if known is None:
            known = seen.routes[steps] = self._follow(seen, steps)
        return known

    def _follow(self, seen: Seen, steps: tuple[str, ...]) -> list[int]:
        first, rest = steps[0], steps[1:]
        if first == "complement":
            inside = self.complements(seen.clause)
            if not rest:
                return [inner.head for inner in inside]
            return [head for inner in inside for head in self.follow(inner, rest)]
        starts = self._starts(seen, first)
        if not (starts and rest):
            return starts
        return list(dict.fromkeys([head for s in starts for head in self.descend(s, rest)]))

    def leads(self, clause: Clause, step: str) -> bool:
        """Whether a first step leads anywhere from a clause: else no route that begins with it."""
        found = self.complements(clause) if step == "complement" else None
        return bool(self._starts(self._seen_from(clause), step) if found is None else found)

    def governing(self, clause: Clause, part: int) -> Clause:
        """The clause, read with only one of its complements."""
        alone = clause._replace(governs=part)
        self._seen_from(alone).starts = self._seen_from(clause).starts
        return alone

    def _starts(self, seen: Seen, step: str) -> list[int]:
        """The nominals that the first step of a route leads to, each once."""
        known = seen.starts.get(step)
        if known is None:
            found: list[int] = []
            for argument in self._start(seen.clause, step):
                head = argument.head
                # "a member of NATO" by itself; "thousands of troops" as troops too
                found += (head, content_head(self.phrases, self.doc, head), *self._called(head))
            known = seen.starts[step] = list(dict.fromkeys(found))
        return known

    def _called(self, head: int) -> list[int]:
        """What "what" is called: "denounced *what it called American interference*"."""
        if self.doc[head].lower_ != "what":
            return []
        return [
            argument.head
            for clause in self._adnominal.get(head, ())
            if clause.verb in listed("naming") and not clause.passive
            for argument in (*clause.of(Role.PREDICATE), *clause.obliques("as"))
        ]

    def complements(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses a predicate governs: "threatened *to bomb*", "accused it of *arming*".

        For nouns, the clauses that spell them out: "a threat *to bomb*".
        """
        seen = self._seen_from(clause)
        if seen.complements is None:
            seen.complements = tuple(self._complements(clause))
        return seen.complements

    def _complements(self, clause: Clause) -> Iterator[Clause]:
        found = self.clauses.children(clause.head)
        if clause.kind is Kind.NOMINAL:
            found = self._adnominal.get(clause.head, ())
        for inner in found:
            if inner.link in _COMPLEMENTS or (
                (inner.link is Link.ADNOMINAL and inner.marker in _COMPLEMENT_MARKS)
                or (inner.link is Link.ADVERBIAL and inner.marker in _MARKS_OF_VERBS)
                # "described the duties *as politically motivated*"
                or (inner.marker == "as" and clause.verb in listed("naming"))
            ):
                # "threatened to seize and bomb …"
                joined = self.clauses.children(inner.head)
                for one in (inner, *(c for c in joined if c.link is Link.CONJUNCT)):
                    if clause.governs in {None, one.head}:
                        yield one

    def _start(self, clause: Clause, step: str) -> tuple[Argument, ...]:
        if step in _ROLES:
            return clause.of(_ROLES[step])
        if step in BORROWED:
            outer = measure(self.phrases, self.doc, clause.head)
            noun = clause._replace(head=outer, parent=self.doc[outer].head.i)
            return BORROWED[step](self.clauses, clause if outer == clause.head else noun)
        if step in _WORDS:
            return tuple(Argument(Role.MODIFIER, i) for i in getattr(clause, _WORDS[step]))
        found = clause.obliques(step)
        if found:
            return found
        if clause.kind is Kind.NOMINAL:
            if step == "by":
                makers = self._made_by(clause.head)
                if makers:
                    return tuple(Argument(Role.OBLIQUE, head, step) for head in makers)
            # "held talks in Vienna with Iran": the phrase may hang on the noun or on its verb
            verb = self.clauses.at(clause.parent)
            if verb is not None and any(a.head == clause.head for a in owners(verb, step)):
                found = tuple(a for a in verb.obliques(step) if a.head > clause.head)
            # … or, by the parser's mistake, on the noun before it: "the killing of X by Y",
            # "negotiations on a code of conduct between X and Y"
            topics = ("of", *_TOPICS) if step == "between" else ("of",)
            return found or tuple(
                Argument(Role.OBLIQUE, head, step)
                for a in clause.obliques(*topics)
                for head in self._within(a.head, step)
                if step != "of"
            )
        inner = [
            Argument(Role.OBLIQUE, head, preposition)
            for a in clause.of(Role.OBJECT)
            if self.mentions.at(a.head) is None and (phrase := self.phrases.get(a.head))
            for preposition, head in phrase.complements
            if preposition == step
        ]
        if not inner and step == "with":
            # … or on what it is about: "shared intelligence on the plot *with Ankara*"
            inner = [
                Argument(Role.OBLIQUE, head, step)
                for a in clause.obliques(*_TOPICS)
                if self.mentions.at(a.head) is None
                for head in self.beside(a.head, step)
            ]
        if not inner and step in _UPON:
            # … or on what it was done with: "launched an attack with drones *on Goris*"
            inner = [
                Argument(Role.OBLIQUE, head, step)
                for a in clause.of(Role.OBJECT)
                if (phrase := self.phrases.get(a.head))
                for preposition, tool in phrase.complements
                if preposition in {"with", "of"} and self.mentions.at(tool) is None
                for head in self.beside(tool, step)
            ]
        if clause.passive and step not in _BELONGING and not inner:
            # … or on the agent: "Sanctions were imposed by the European Union *on Belarus*"
            inner = [
                Argument(Role.OBLIQUE, head, step)
                for a in clause.of(Role.SUBJECT)
                if a.head > clause.head
                for head in self.beside(a.head, step)
            ]
        return tuple(inner)

    def _within(self, head: int, step: str) -> list[int]:
        """What a step leads to from a nominal, or from what it is of: "a code *of conduct*"."""
        found = self.beside(head, step)
        return found or [h for inner in self.beside(head, "of") for h in self.beside(inner, step)]

    def descend(self, head: int, steps: tuple[str, ...]) -> list[int]:
        """The heads that steps inside a noun phrase lead to, in text order."""
        if not steps:
            return [head]
        phrase = self.phrases.get(head)
        step, rest = steps[0], steps[1:]
        if step in {"acl", "complement"}:
            # "roads *connecting the two countries*", "no reason *to sit down with Seoul*"
            inner = self._adnominal.get(head, ())
            return [h for c in inner for h in (self.follow(c, rest) if rest else [c.head])]
        if phrase is None:
            return []
        if step == "possessor":
            owners = () if phrase.possessor is None else (phrase.possessor,)
            found = [*owners, *(c for o in owners for c in self._conjuncts(o))]
        elif step == "modifier":
            # "an *Emirati* field hospital", hung on the field
            inside = (self.doc[i] for i in range(phrase.start, head))
            nested = (t.i for t in inside if t.ent_type_ == "NORP" and t.head.i in phrase.modifiers)
            found = sorted({*phrase.modifiers, *nested})
        elif step == "appos":
            found = list(phrase.appositions)
        else:
            found = [h for preposition, h in phrase.complements if preposition == step]
            if not found:
                found = self._hung_on_verb(head, step)
            if not found and step in {"with", "between"}:
                # "a treaty of friendship *with Hanoi*", hung on the friendship
                topics = (h for p, h in phrase.complements if p == "of" and not self.mentions.at(h))
                found = [h for topic in topics for h in self.beside(topic, step)]
            if not found and step == "by":
                found = self._made_by(head)
        return [h for f in found for h in self.descend(f, rest)]

    def beside(self, head: int, step: str) -> list[int]:
        """What one step from a nominal leads to: its possessor, modifiers, "of" phrases, …"""
        return self.descend(head, (step,))

    def _conjuncts(self, head: int) -> tuple[int, ...]:
        phrase = self.phrases.get(head)
        return phrase.conjuncts if phrase else ()

    def _hung_on_verb(self, head: int, step: str) -> list[int]:
        """A phrase that belongs to an object but hangs on its verb: "signed a pact *with* X"."""
        return [
            a.head for clause in self.verbs_of(head) for a in clause.obliques(step) if a.head > head
        ]

    def _made_by(self, head: int) -> list[int]:
        """Whose work something is, by a participle: "a plan *put forward by Rome*"."""
        return [
            a.head
            for clause in self._adnominal.get(head, ())
            if clause.passive and clause.verb in listed("making")
            for a in clause.of(Role.SUBJECT)
        ] + [
            # "Bamako had taken *a decision*, which Moscow supported"
            a.head
            for verb in self.verbs_of(head)
            if verb.verb in listed("deciding") and not verb.passive
            for a in verb.of(Role.SUBJECT)
        ]

    def verbs_of(self, head: int) -> Iterator[Clause]:
        """The clause that has a noun as its object."""
        token = self.doc[head]
        verb = self.clauses.at(token.head.i)
        if verb is not None and head in [a.head for a in verb.of(Role.OBJECT)]:
            yield verb

    def filling(self, head: int) -> Filling | None:
        """The actors of a nominal, looked for in its appositions and behind quantities too."""
        if head not in self._fillings:
            self._fillings[head] = self._filling_of(head)
        return self._fillings[head]

    def _filling_of(self, head: int) -> Filling | None:
        phrase = self.phrases.get(head)
        candidates = [head, content_head(self.phrases, self.doc, head)]
        if phrase is not None and self.lemma(head) not in listed("craft"):
            # "Seoul's new President, *Lee Jae-myung*, …"; not "the tanker *Advantage Sweet*"
            candidates.extend(phrase.appositions)
        for candidate in candidates:
            mention = self.mentions.at(candidate)
            if mention is not None and mention.actors:
                several = phrase is not None and phrase.number == "plur" and candidate != head
                # "the two ministers, *Lavrov and Wang*, met"
                return self._listed(candidate, mention) if several else Filling.of(mention)
        told = self.clauses.at(head) if self.doc[head].lower_ == "those" else None
        if told is not None:
            # "a Dane was among *those* arrested"
            return next((f for a in told.of(Role.SUBJECT) if (f := self.filling(a.head))), None)
        return self._members(phrase) if phrase is not None else None

    def _members(self, phrase: NounPhrase) -> Filling | None:
        """Those whom a group is said to include: "several countries, *including Mali and Chad*"."""
        # "a *U.N.* panel led by a South African" is of the U.N.
        named = any(self.mentions.at(m) is not None for m in phrase.modifiers)
        of_them = _INCLUDING - {"led by"} if named else _INCLUDING
        first = next((h for p, h in phrase.complements if p in of_them), None)
        mention = self.mentions.at(first) if first is not None else None
        if first is None or mention is None or not mention.actors:
            return None
        return self._listed(first, mention)

    def _listed(self, first: int, mention: ActorMention) -> Filling:
        """The first of several and those joined to it, as one filling."""
        others = (self.mentions.at(head) for head in self._conjuncts(first))
        actors = [*mention.actors, *(a for m in others if m is not None for a in m.actors)]
        return replace(Filling.of(mention), actors=tuple(dict.fromkeys(actors)))

    def country(self, head: int) -> Filling | None:
        """The state of the place or actor at a nominal: "arrived in Amman" → Jordan."""
        mention = self.mentions.place_at(head) or self.mentions.at(head)
        mention = mention or land_at(self.doc, self.phrases, self.mentions, head)
        if mention is None:
            return None
        states = tuple(
            state
            for actor in mention.actors
            if actor.country and (state := self.mentions.state(actor.country))
        )
        return replace(Filling.of(mention), actors=states) if states else None

    def principal(self, actor: Actor) -> Actor:
        """For whom an actor acts: for leaders, officials and organs of a state, the state."""
        official = actor.type in {ActorType.PERSON, ActorType.GOVERNMENT_BODY}
        if official and actor.sector in {"GOV", "MIL"} and actor.country:
            return self.mentions.state(actor.country) or actor
        return actor

    def stands_alone(self, head: int) -> bool:
        """Whether a nominal is somebody of its own, whoever it belongs to: "Israel's enemies"."""
        phrase = self.phrases.get(head)
        if phrase is None or phrase.pronoun or self.doc[head].ent_type_ == "PERSON":
            return True
        role = role_noun(self.doc, phrase, self.mentions.book)
        # "the head *of a Libyan prison*" is somebody of Libya
        return role is not None and (role.role.target != "head" or not phrase.complements)

    def fillings(self, heads: Iterable[int], country: bool = False) -> list[Filling]:
        """The fillings of nominals (with ``country``, the states they lie in), each once."""
        found: dict[int, Filling] = {}
        for head in heads:
            filling = self.country(head) if country else self.filling(head)
            if filling is not None:
                found.setdefault(filling.head, filling)
        return list(found.values())


_TOPICS = ("on", "over", "about")
# Steps that say what an agent is, not what is done: "by members of Hamas", "by rebels from Mali".
_BELONGING = {"of", "from"}
_UPON = {"on", "against", "to", "for"}
_INCLUDING = {"including", "such as", "among them", "like", "notably", "led by", "include"}
_COMPLEMENTS = {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}
_MARKS_OF_VERBS = {"to", "of", "from", "for", "into", "that", "with", "on", "over", "against"}
_COMPLEMENT_MARKS = {*_MARKS_OF_VERBS, ""}
