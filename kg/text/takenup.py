"""Acts that a noun takes up: "condemned *the attack*" is aimed at who attacked, told before.

"Turkey sent troops to Libya. Egypt condemned *the move*": Egypt against Turkey. Accusations,
demands and offers lead to whoever made them: "Iran rejected *the claim*". Only where one act
told before fits: the nearest of the kind that the noun names, done by somebody known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.statement import Actor
from kg.text.clauses import Clause, Kind, Role
from kg.text.lexicon import Frame
from kg.text.matches import Match
from kg.text.matching import Matcher
from kg.text.participants import of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.toldacts import BESIDE, POINTING, Act, points, read_acts
from kg.text.wordlists import listed

# Words about deeds and words, whose target is whoever did or spoke.
_ABOUT = {"kg:criticised", "kg:praised", "kg:complainedOver", "kg:supports", "kg:agreedTo"}
_ABOUT |= {"kg:rejectedProposal", "kg:deniedAccusation", "kg:demandedDeescalation"}
_ABOUT |= {"kg:investigated", "kg:investigatedForCrime", "kg:investigatedForWarCrimes"}
# "demanded *their release*" is said to who holds them, "denied *the claim*" to who accused.
_RELEASE, _DENIAL = "kg:demandedRelease", "kg:deniedAccusation"
_HOLDING = {"kg:arrested", "kg:abducted", "kg:convicted", "kg:seizedProperty"}
# who sets somebody free held him until then
_HOLDING |= {"kg:released", "kg:agreedToRelease"}
_MADE_BY = {"by", "from", "between"}
_UPON = {"on", "of", "against", "in", "at", "to"}
# Deaths are told of attacks; attacks are not what words for deaths take up alone.
_DEATHS = {"kg:killed", "kg:wounded"}
_DYING = {"killing", "murder", "assassination", "execution", "beheading", "slaughter", "shooting"}
_DYING |= {"massacre", "bloodshed", "violence", "crime", "atrocity", "it", "this", "that"}
# Words of blame, which need no more of a deed than its verb.
_BLAME = {"kg:criticised", "kg:complainedOver", "kg:investigated"}
# Why one acts against somebody: "expelled two Danes *over* what it called spying".
_REASONS = {"over", "for", "after", "at", "against", "about", "because of"}
# Steps that lead to people, not to what they did.
_NOWHERE = {"complement", "subject", "recipient", "possessor", "modifier"}
_CONSENT = {"kg:agreedTo", "kg:agreedWith"}
# Nouns for any step, and the sorts of step that nobody regrets.
_GENERAL = {"decision", "move", "step", "announcement", "act", "action"}
_KIND = {"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "CONCEDE"}
_FRIENDLY = {"kg:praised", "kg:supports", "kg:agreedTo"}
# Nouns for what somebody said or wants, told before: "wants a summit, *an idea* Lima rejects".
_PUT_FORWARD = {"kg:rejectedProposal", _DENIAL}
_BY_PRONOUN = {
    "kg:criticised": frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"}),
    "kg:rejectedProposal": frozenset({"AGREE", "REQUEST"}),
    "kg:agreedTo": frozenset({"AGREE", "REQUEST"}),
    _DENIAL: frozenset({"ACCUSE"}),
}
# A noun leads to its act by nearness alone: the links of that act count for this much.
_TAKEN_UP = 0.75
# Acts further back, in sentences, are taken up only where the text tells of no rival.
_NEAR = 2


def taken_up(
    matcher: Matcher, matches: Sequence[Match], failed: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for words about an act that the text tells of before, aimed at who did it.

    ``failed`` are the frames that found nobody at one of their ends, with their clauses.
    """
    scene = matcher.scene
    asked = [
        (frame, clause, noun)
        for frame, clause in failed
        if frame.relation in _ABOUT or frame.relation == _RELEASE
        for noun in (*_what(scene, frame, clause), *_nouns(scene, frame, clause))
    ]
    if not asked:
        return
    acts = _Acts(scene, read_acts(matcher, matches, failed))
    for frame, clause, noun in asked:
        specificity = matcher.worded(clause, frame, set())[0]
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                for agent in acts.meant(frame, clause, noun, subject):
                    target = _taken(scene, noun, agent)
                    for obj in agent.actors:
                        if not of_one_side(subject, obj):
                            yield Match(frame, clause, source, subject, target, obj, specificity)


def _taken(scene: Scene, noun: int, agent: Filling) -> Filling:
    """Who did it, standing where the noun stands that takes up what he did."""
    phrase = scene.phrases.get(noun)
    start, end = (noun, noun + 1) if phrase is None else (phrase.start, phrase.end)
    reason = f"{agent.reason}; did what '{scene.doc[noun].text}' takes up"
    return Filling(noun, start, end, agent.actors, agent.score * _TAKEN_UP, reason)


def _what(scene: Scene, frame: Frame, clause: Clause) -> list[int]:
    """The "what" of a deed told beside it: "Minsk freed them *in what* Riga called a farce"."""
    if frame.relation not in _BLAME:
        return []
    whats = (a.head for a in clause.of(Role.OBJECT) if scene.doc[a.head].lower_ == "what")
    # "denounced *what* he called a farce" says no more of it
    return [
        what for what in whats if scene.doc[what].head.i < what and scene.phrases[what].preposition
    ]


def _nouns(scene: Scene, frame: Frame, clause: Clause) -> Iterator[int]:
    """Nouns at a frame's target that point at what was told and do not say who did it."""
    known = reference_words().taken_up
    released = frame.relation == _RELEASE
    if released:
        # "demanded that they *be freed*"
        yield from (inner.head for inner in scene.complements(clause) if inner.passive)
    steps = (route.steps[:n] for route in frame.target for n in range(1, len(route.steps) + 1))
    for way in dict.fromkeys(steps):
        if way[0] in _NOWHERE or way[-1] in _NOWHERE:
            continue
        for head in scene.follow(clause, way):
            if known.keys().isdisjoint(scene.lemmas(head)) or head not in scene.phrases:
                continue
            if (released or points(scene, clause, head)) and not _has_maker(scene, head):
                yield head


def _has_maker(scene: Scene, head: int) -> bool:
    """Whether a noun itself says who did it, known or not: "the attack by gunmen"."""
    phrase = scene.phrases[head]
    if any(scene.mentions.at(m) is not None for m in phrase.modifiers):
        return True
    return any(preposition in _MADE_BY for preposition, _ in phrase.complements)


class _Acts:
    """The acts of a document, asked for those that nouns take up."""

    def __init__(self, scene: Scene, acts: list[Act]) -> None:
        self.scene = scene
        self.acts = acts

    def meant(self, frame: Frame, clause: Clause, noun: int, subject: Actor) -> tuple[Filling, ...]:
        """Who did the one act that a noun takes up; nobody where two might be meant."""
        scene = self.scene
        if scene.doc[noun].lower_ == "what":
            return self._beside(noun, subject)
        fits = self._kind(frame, noun, subject)
        upon = self._upon(noun, subject)
        fitting = [
            act
            for act in self.acts
            if act.head < noun
            and act.head != clause.head
            and fits(act)
            and (not upon or upon & _lands(act))
        ]
        if clause.link in BESIDE and clause.anchor == noun:
            fitting = self._told_beside(noun, fitting)
        if frame.relation not in _FRIENDLY:
            # nobody condemns or rejects what his own side did
            fitting = [act for act in fitting if not act.agents or not self._done_by(act, subject)]
        # "denounced *the suspension*": of all that was done, what "suspended" tells
        verbs = self._verbs(noun)
        told = [act for act in fitting if verbs & scene.lemmas(act.head)]
        fitting = self._known(told) or fitting
        if not all(act.announced for act in fitting):
            # what is announced is meant only where nothing was done: "criticised *the tests*"
            fitting = [act for act in fitting if not act.announced]
        if any(act.relations - _DEATHS for act in fitting):
            # "Gunmen attacked a base. The army killed two. Togo condemned *the assault*"
            fitting = [act for act in fitting if act.relations - _DEATHS or self._slain(noun)]
        if frame.relation not in _FRIENDLY and not _GENERAL.isdisjoint(self.scene.lemmas(noun)):
            # "Mali suspended cooperation. Togo offered to mediate. The UN regretted *the decision*"
            hostile = [act for act in fitting if act.event not in _KIND]
            fitting = hostile or fitting
        if not fitting:
            if frame.relation in _PUT_FORWARD and clause.link in BESIDE:
                return self._put_forward(noun, subject)
            return self._unread(noun, verbs, subject) if frame.relation in _BLAME else ()
        here = self._sentence(noun)
        last = self._sentence(fitting[-1].head)
        near = [act for act in fitting if self._sentence(act.head) == last]
        phrase = scene.phrases.get(noun)
        if phrase is not None and phrase.pronoun and here - last > _NEAR:
            return ()
        many = phrase is not None and phrase.number == "plur"
        # "Russia bombed Aleppo. Turkey shelled Afrin. Iran condemned *the attacks*": both, or one?
        rivals = near if here - last <= _NEAR and not many else fitting
        if any(act.agents for act in near):
            # "Israel struck a school in *an attack* at dawn": one and the same
            rivals = [act for act in rivals if act.agents or act.verbal]
        if any(not act.agents for act in rivals):
            return ()
        # "Iran and Iraq agreed … They signed … Oman welcomed *the deal*": the same two
        sides = {frozenset(map(_side, act.agents)) for act in rivals if act.agents}
        if len(sides) > 1 and len({act.head for act in rivals}) > 1:
            return ()
        chosen = rivals[-1].agents
        # who condemns an attack of his own side's enemies is no party to it
        return () if any(of_one_side(subject, a) for f in chosen for a in f.actors) else chosen

    def _done_by(self, act: Act, subject: Actor) -> bool:
        return all(of_one_side(subject, actor) for agent in act.agents for actor in agent.actors)

    def _slain(self, noun: int) -> bool:
        return not _DYING.isdisjoint(self.scene.lemmas(noun))

    def _told_beside(self, noun: int, acts: list[Act]) -> list[Act]:
        """The acts that a noun with a relative clause can be: its own, or what it sums up.

        "held *exercises*, which Beijing condemned"; "accused Qatar of lying, *a charge* that
        Doha rejects", where the noun stands after a comma; "seceded *in a move* backed by Paris".
        """
        own = [act for act in self.acts if noun in act.used]
        phrase = self.scene.phrases[noun]
        apposed = phrase.start > 0 and self.scene.doc[phrase.start - 1].text == ","
        if not own and phrase.determiner in POINTING:
            # "*The plan*, which Ethiopia accepted"
            return acts
        if own or not (apposed or phrase.preposition == "in"):
            return own
        return [act for act in acts if self._sentence(act.head) == self._sentence(noun)]

    def _kind(self, frame: Frame, noun: int, subject: Actor) -> Callable[[Act], bool]:
        """Which acts a noun may take up."""
        if frame.relation == _RELEASE:
            return lambda act: bool(act.relations & _HOLDING)
        words = reference_words().taken_up
        events = frozenset[str]().union(*(words.get(w, ()) for w in self.scene.lemmas(noun)))
        own = side_of(subject)
        phrase = self.scene.phrases.get(noun)
        if phrase is not None and phrase.pronoun:
            # "called *it* a massacre", "rejected *it*": no noun says of which kind it was; nor is
            # it what was said of it: "Mali condemned the raid. Niger denounced *it* too"
            events &= _BY_PRONOUN.get(frame.relation, frozenset())
        if frame.relation in {"kg:rejectedProposal", "kg:agreedTo"}:
            # what one side accepts or turns down is no consent of another
            return lambda act: act.event in events and bool(act.relations - _CONSENT)
        if frame.relation == _DENIAL:
            # nobody denies what others are accused of
            return lambda act: act.event in events and own in _lands(act)
        return lambda act: act.event in events

    def _upon(self, noun: int, subject: Actor) -> frozenset[str]:
        """The lands that a noun says its act fell upon: "the strike *on Kharkiv*"."""
        phrase = self.scene.phrases.get(noun)
        if phrase is None:
            # "demanded that *they* be freed"
            inner = self.scene.clauses.at(noun)
            heads = [argument.head for argument in inner.of(Role.OBJECT)] if inner else []
        else:
            heads = [head for preposition, head in phrase.complements if preposition in _UPON]
        if phrase is not None and phrase.possessor is not None:
            # "demanded *their* release": not that of who demands it
            heads.append(phrase.possessor)
        found = (self.scene.country(head) or self.scene.filling(head) for head in heads)
        actors = (a for f in found if f is not None for a in f.actors if a.id != subject.id)
        return frozenset(side_of(actor) for actor in actors)

    def _beside(self, what: int, subject: Actor) -> tuple[Filling, ...]:
        """Whose deed a clause tells on which "what" hangs.

        "Minsk freed them *in what* Riga called a farce": who did it; "Oslo expelled two Danes
        *over what* it called spying": whom one acts against oneself.
        """
        scene, phrase = self.scene, self.scene.phrases.get(what)
        host = scene.clauses.at(scene.doc[what].head.i)
        if phrase is None or host is None or host.kind is not Kind.VERBAL or host.negations:
            return ()
        doers = tuple(scene.fillings(scene.follow(host, ("subject",))))
        own = any(of_one_side(subject, actor) for doer in doers for actor in doer.actors)
        if phrase.preposition == "in":
            return () if own else doers
        if phrase.preposition not in _REASONS or not own:
            return ()
        acts = [act for act in self.acts if act.head == host.head and act.event not in _KIND]
        found = dict.fromkeys(actor for act in acts for actor in act.patients)
        others = tuple(actor for actor in found if not of_one_side(subject, actor))
        return (replace(doers[0], actors=others),) if others else ()

    def _put_forward(self, noun: int, subject: Actor) -> tuple[Filling, ...]:
        """Who says, wants or does what a noun beside it sums up, whichever verb tells it.

        "*Riga* linked the loan to a summit, *an idea* Minsk dismissed".
        """
        scene, doc = self.scene, self.scene.doc
        start = scene.phrases[noun].start
        if start == 0 or doc[start - 1].text != "," or not _sums_up(scene, noun):
            return ()
        host, token = None, doc[noun]
        while host is None and token.head.i != token.i:
            token = token.head
            found = scene.clauses.at(token.i)
            host = found if found is not None and found.kind is Kind.VERBAL else None
        if host is None or host.head > noun or host.passive:
            return ()
        doers = scene.fillings(scene.follow(host, ("subject",)))
        mine = any(of_one_side(subject, actor) for doer in doers for actor in doer.actors)
        return () if mine else tuple(doers)

    def _known(self, acts: list[Act]) -> list[Act]:
        """Of acts told by one verb those that say who did them: "*was suspended* in June" is the
        suspension told before. Not of attacks, which others may have made as well."""
        acts = [act for act in acts if act.event != "ASSAULT"]
        return [act for act in acts if act.agents] or acts

    def _unread(self, noun: int, verbs: frozenset[str], subject: Actor) -> tuple[Filling, ...]:
        """Who does what a noun names where no frame reads it: "*Lima licensed* the dam. Quito
        condemned *the licensing*"; nobody where two sides do."""
        scene, found = self.scene, list[Filling]()
        words = reference_words().taken_up
        if any("ASSAULT" in words.get(word, ()) for word in scene.lemmas(noun)):
            # who made "the attack", frames would have read
            return ()
        for clause in scene.clauses if verbs else ():
            told = clause.tense and not clause.negations and not clause.passive
            if clause.head >= noun or clause.kind is not Kind.VERBAL or not told:
                continue
            if verbs & scene.lemmas(clause.head):
                found.extend(scene.fillings(scene.follow(clause, ("subject",))))
        sides = {_side(agent) for agent in found}
        alone = len(sides) == 1 and not any(of_one_side(subject, a) for a in found[-1].actors)
        return (found[-1],) if alone else ()

    def _verbs(self, noun: int) -> frozenset[str]:
        """The verbs that tell what a noun of a deed names: "the expulsion", "expel"."""
        words, derived = self.scene.lemmas(noun), reference_words().derived
        return frozenset[str]().union(*(derived.get(word, ()) for word in words))

    def _sentence(self, token: int) -> int:
        return self.scene.doc.sentence_numbers[token]


def _sums_up(scene: Scene, noun: int) -> bool:
    summing_up = listed("summing_up") | listed("step_taken")
    return scene.phrases[noun].determiner in {"a", "an"} and scene.lemma(noun) in summing_up


def _lands(act: Act) -> frozenset[str]:
    return frozenset(side_of(actor) for actor in act.patients)


def _side(filling: Filling) -> frozenset[str]:
    return frozenset(side_of(actor) for actor in filling.actors)
