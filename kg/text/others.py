"""Words that leave open to whom they are said: "Italy *offered to send aircraft*".

Frames say so with ``else: other``: where they name nobody, the other side of what their source
is told to do or suffer in the same sentence or the one before is meant ("Rasmussen phoned Kyiv
*and offered to help*"); what is more than bare consent, else the one other country that the text
has named at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statement import Actor
from kg.text.bridging import reached
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Filler, Frame
from kg.text.matches import End, Match, weaker
from kg.text.matching import Matcher
from kg.text.mentioned import MentionKind
from kg.text.participants import is_public, of_one_side, side_of
from kg.text.reference import reference_words
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

ASKED = {"other", "culprit"}
"""What frames say (``else``) of words that show by themselves that they are meant for somebody."""
# Words about what others said, did or plan.
_ABOUT = {"kg:criticised", "kg:praised", "kg:supports", "kg:rejectedProposal"}
_ABOUT |= {"kg:deniedAccusation", "kg:agreedTo"}
_AGREED = "kg:agreedTo"
# Bare consent and bare appeals are meant for nobody told of further back.
_NEARBY = {_AGREED, "kg:appealedTo"}
# Consent and refusal as such: only what one consents to or refuses to do says anything.
_UTTERED = {"AGREE", "REQUEST", "REJECT"}
_BARE = {_AGREED, "kg:agreedWith", "kg:rejects"}
# What comes before a promise, and before words of blame, demand or refusal.
_STRIFE = {"ASSAULT", "COERCE", "SANCTION", "THREATEN", "ACCUSE", "REJECT", "REQUEST", "MOBILIZE"}
_STRIFE |= {"PROTEST"}
_DEALINGS = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE", "CONCEDE", "RETREAT", "REQUEST"}
_KINDS = {"AGREE": _DEALINGS, "REQUEST": _STRIFE | _DEALINGS, "REJECT": _STRIFE | _DEALINGS}
_WEAK = 1000
# Nothing but nearness tells for whom it is meant: links count for this much of what they were.
_MEANT = 0.65


def meant_for(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for frames with ``else: other`` without a target, aimed at whom the source meets.

    Those with ``else: culprit`` come to it too where nobody did harm.
    """
    scene, lexicon = matcher.scene, matcher.lexicon
    for frame, clause in untargeted:
        entry = lexicon.entry(frame)
        if entry.object is Filler.NONE:
            continue
        author = _author(scene, clause) if entry.relation.id in _ABOUT else None
        if author is None and frame.otherwise not in ASKED:
            continue
        if not leaves_open(scene, frame, entry.relation.event, clause):
            continue
        exact = matcher.exact(clause, frame)
        asked, listed_words = matcher.worded(clause, frame, set())[0]
        # whatever else is found for the clause has better grounds
        specificity = asked - _WEAK, listed_words
        sources = matcher.sources(clause, frame)
        if entry.relation.event == "AGREE" and len(_sides(sources)) > 1:
            # "Vietnam and China agreed to talk": with each other
            continue
        doers = [actor for source in sources for actor in source.actors]
        for source in sources:
            for subject in source.actors:
                found = author or _meant(matcher, matches, clause, subject, exact)
                # of "France and Spain refused" neither refuses the other
                if found is None or any(of_one_side(one, found[1]) for one in doers):
                    continue
                filling, actor = found
                target = weaker(filling, _MEANT, "deals with who says it")
                yield Match(exact, clause, source, subject, target, actor, specificity)


def _sides(sources: Sequence[Filling]) -> set[str]:
    return {side_of(actor) for source in sources for actor in source.actors}


def _author(scene: Scene, clause: Clause) -> End | None:
    """Who said or did what a noun sums up: "Paris urged a truce, *an idea that Baku rejected*"."""
    anchor = clause.anchor
    phrase = scene.phrases.get(anchor) if anchor is not None else None
    if anchor is None or phrase is None or clause.link is not Link.RELATIVE:
        return None
    if phrase.start == 0 or scene.doc[phrase.start - 1].text != ",":
        return None
    if scene.lemma(anchor) not in listed("summing_up"):
        return None
    above = scene.doc[anchor].head
    while True:
        verb = scene.clauses.at(above.i)
        doers = () if verb is None or verb.head > anchor else verb.of(Role.SUBJECT)
        filling = scene.filling(doers[0].head) if len(doers) == 1 else None
        if filling is not None and len(filling.actors) == 1:
            return filling, filling.actors[0]
        if above.head.i == above.i:
            return None
        above = above.head


def leaves_open(scene: Scene, frame: Frame, event: str | None, clause: Clause) -> bool:
    """Whether a clause says something to somebody, and to nobody by name.

    Not "*the price offered by buyers*", "offered *Ankara's* help", "urged *member states* to talk".
    """
    behind = (scene.lemma(i) for i in range(clause.head + 1, clause.end))
    if clause.kind is Kind.NOMINAL or not listed("everybody").isdisjoint(behind):
        # "urged *all parties* to show restraint": none of them alone
        return False
    if (clause.negations or clause.passive) and not frame.negated:
        return False
    if event == "AGREE" and any(c.negations for c in scene.complements(clause)):
        # "promised *not to be bound* by the accord"
        return False
    if clause.marker == "to" and not clause.tense:
        # "pressed him *to accept a truce*": nothing he said
        return False
    inner = list(scene.complements(clause))
    if event in _UTTERED and not frame.where and (clause.of(Role.OBJECT) or not inner):
        # "is *committing genocide*", "*demanded a meeting* of the Council", "*refused* pandas"
        return False
    if frame.relation in _BARE and any(
        m.actors for c in inner for m in scene.mentions.between(c.head, c.end)
    ):
        # "agreed to accept deportees *from the United States*"
        return False
    if any(_asks(c) or _is_about_another(scene, c) for c in inner):
        return False
    if inner and any(scene.doc[a.head].lower_ == "it" for a in clause.of(Role.OBJECT)):
        # "called *it* absurd *that nobody came*"
        return False
    vetted = {head for c in frame.where for head in scene.follow(clause, c.route.steps)}
    objects = {a.head for a in (*clause.of(Role.OBJECT), *clause.of(Role.RECIPIENT))}
    deeds = reference_words().taken_up.keys() | listed("summing_up")
    return not any(
        _is_of_somebody(scene, head)
        or (head not in vetted and deeds.isdisjoint(scene.lemmas(head)))
        for head in objects | (reached(scene, frame, clause) if event != "AGREE" else set())
    )


def _asks(inner: Clause) -> bool:
    """Whether a complement is a question: "asked *how it could happen*"."""
    return inner.marker.split(" ")[0] in {"how", "why", "whether", "when", "where", "if", "what"}


def _is_about_another(scene: Scene, inner: Clause) -> bool:
    """Whether somebody named does or suffers what is said: "proposed *that she talk* to Minsk"."""
    return any(
        not argument.inherited
        and (
            scene.filling(argument.head) is not None
            # "demanded that *he* be removed", whoever he is
            or scene.doc[argument.head].lower_ in {"he", "she"}
        )
        for argument in (*inner.of(Role.SUBJECT), *inner.of(Role.OBJECT))
    )


def _is_of_somebody(scene: Scene, head: int) -> bool:
    """Whether what is spoken of has a name or belongs to others: "blamed *Mugabe's militias*"."""
    phrase = scene.phrases.get(head)
    if phrase is None:
        return scene.doc[head].pos_ == "PROPN"
    return any(scene.doc[token].pos_ == "PROPN" for token in range(phrase.start, phrase.end))


def _meant(
    matcher: Matcher, matches: Sequence[Match], clause: Clause, subject: Actor, frame: Frame
) -> End | None:
    """Whom somebody speaks to across a border; nobody where several might be meant."""
    if is_public(subject):
        return None
    found = _dealt_with(matcher, matches, clause, subject, frame)
    if found is None and frame.relation != _AGREED and frame.otherwise != "culprit":
        found = _only_other(matcher.scene, clause, subject)
    if found is None or (found[1].country is not None and found[1].country == subject.country):
        # what is promised at home is a matter of its own
        return None
    return found


def _dealt_with(
    matcher: Matcher, matches: Sequence[Match], clause: Clause, subject: Actor, frame: Frame
) -> End | None:
    """The one other side of what somebody is last told to do, or to suffer, just before."""
    sentences = matcher.scene.doc.sentence_numbers
    here = sentences[clause.head]
    kinds = _KINDS.get(matcher.lexicon.entry(frame).relation.event or "", _STRIFE)
    for sentence in (here,) if frame.relation in _NEARBY else (here, here - 1):
        found: dict[str, End] = {}
        for match in matches:
            if sentences[match.clause.head] != sentence or match.clause.head >= clause.head:
                continue
            event = matcher.lexicon.entry(match.frame).relation.event
            other = _other_end(matcher, match, subject) if event in kinds else None
            if other is not None:
                found[side_of(other[1])] = other
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _other_end(matcher: Matcher, match: Match, subject: Actor) -> End | None:
    if match.target is None or match.object is None:
        return None
    mine, theirs = of_one_side(subject, match.subject), of_one_side(subject, match.object)
    if mine and not theirs:
        return match.target, matcher.scene.principal(match.object)
    if theirs and not mine:
        return match.source, matcher.scene.principal(match.subject)
    return None


def _only_other(scene: Scene, clause: Clause, subject: Actor) -> End | None:
    """The one country beside his own that the text has named up to the end of the sentence."""
    end = scene.doc[clause.head].sent.end
    found: dict[str, End] = {}
    for mention in scene.mentions:
        if mention.head >= end:
            break
        for actor in () if mention.kind is MentionKind.PLACE else mention.actors:
            if actor.country is None:
                # unions and councils may be meant as well
                return None
            state = scene.mentions.state(actor.country)
            if actor.country == subject.country or state is None:
                continue
            score, reason = mention.score, mention.reason
            named = Filling(mention.head, mention.start, mention.end, (state,), score, reason)
            found[actor.country] = named, state
    return next(iter(found.values())) if len(found) == 1 and subject.country else None
