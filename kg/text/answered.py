"""Whom an utterance told by a noun was made to, when the noun's verb says who answered it.

"Russia turned down *a plea by Kyrgyzstan* to send soldiers": Kyrgyzstan asked Russia. "Spanish
marines boarded the ship *at Washington's request*", "Hanoi went on in defiance of *warnings from
Beijing*": who does as he is asked, or does not, has been asked. Refusals that name nobody are
meant for who asked: "Britain asked Moscow to hand him over. *Moscow refused*".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kg.statement import Actor
from kg.text.bridging import aimed_already
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.lexicon import Filler, Frame
from kg.text.matches import End, Match, aimed_heads, weaker
from kg.text.matching import Matcher
from kg.text.participants import of_kind, of_one_side, side_of
from kg.text.scene import Filling, Scene
from kg.text.wordlists import listed

# Requests, accusations, offers and threats are made to somebody.
_UTTERED = {"REQUEST", "ACCUSE", "AGREE", "THREATEN"}
# "*at* the request of"; "*in* defiance *of*", "*in* answer *to*"
_AT, _IN, _TOWARDS = "at", "in", {"to", "of", "with"}
_AGAINST = {"over", "despite", "in spite of", "notwithstanding"}
# "fell *flat*", "went *unanswered*", "fell on *deaf ears*"
_UNHEARD = {"unanswered", "unheeded", "unheard", "ignored", "unmet", "flat", "ears"}
_FARING = {"fall", "go", "remain", "meet"}
# What one refuses: what others ask, offer, or demand by a day.
_ASKING = {"kg:gaveUltimatumTo", "kg:offered", "kg:offeredMediation"}
_MAY_REFUSE = {"asker", "other", "opponent"}
# Only the answer tells to whom it was said: links count for this much of what they were.
_ANSWERED = 0.85
_REFUSED = 0.75


def answered(matcher: Matcher, untargeted: Sequence[tuple[Frame, Clause]]) -> Iterator[Match]:
    """Matches for nouns of utterance without an addressee, aimed at who answers or obeys them."""
    scene = matcher.scene
    for frame, clause in untargeted:
        entry = matcher.lexicon.entry(frame)
        if clause.kind is not Kind.NOMINAL or entry.relation.event not in _UTTERED:
            continue
        if entry.object is Filler.NONE or clause.negations:
            continue
        hearers = [
            fitting
            for heard in _hearers(scene, clause)
            if (fitting := of_kind(scene, heard, entry.object)) is not None
        ]
        if not hearers:
            continue
        specificity, exact = matcher.worded(clause, frame, set())[0], matcher.exact(clause, frame)
        sources = matcher.sources(clause, frame)
        if entry.relation.event == "THREATEN":
            # "the threat of expulsion *from the G8*" is none of the G8
            sources = [one for one in sources if _is_beside(scene, clause.head, one.head)]
        for source in sources:
            for heard in hearers:
                target = weaker(heard, _ANSWERED, "answers what the other said")
                for subject in source.actors:
                    for actor in heard.actors:
                        if not of_one_side(subject, actor):
                            yield Match(exact, clause, source, subject, target, actor, specificity)


def refused(
    matcher: Matcher, matches: Sequence[Match], untargeted: Sequence[tuple[Frame, Clause]]
) -> Iterator[Match]:
    """Matches for refusals that name nobody, aimed at who asked or set a term just before.

    So is consent: "Doha asked Tunis to wait. *Tunis consented*". Where he asked nobody by name,
    it is the one who refuses that he has asked.
    """
    aimed = aimed_heads(matches)
    refusals = [
        (frame, clause)
        for frame, clause in untargeted
        if _answers_back(matcher.lexicon.entry(frame).relation.event, frame)
        and _refuses(frame, clause)
        and clause.head not in aimed
    ]
    for frame, clause in refusals:
        for source in matcher.sources(clause, frame):
            for subject in source.actors:
                found = _asker(matcher, matches, clause, subject)
                if found is not None:
                    yield _meant(matcher, frame, clause, (source, subject), found)
                    continue
                for demand, asking, asker in _unaddressed(matcher, aimed, untargeted, clause):
                    if not of_one_side(subject, asker[1]):
                        yield _meant(matcher, frame, clause, (source, subject), asker)
                        yield _meant(matcher, demand, asking, asker, (source, subject))


def _meant(matcher: Matcher, frame: Frame, clause: Clause, source: End, target: End) -> Match:
    specificity, exact = matcher.worded(clause, frame, set())[0], matcher.exact(clause, frame)
    named = weaker(target[0], _REFUSED, "asked for what is refused")
    return Match(exact, clause, source[0], source[1], named, target[1], specificity)


def _unaddressed(
    matcher: Matcher,
    aimed: Set[int],
    untargeted: Sequence[tuple[Frame, Clause]],
    refusal: Clause,
) -> list[tuple[Frame, Clause, End]]:
    """What is demanded of nobody just before a refusal, by one side alone.

    "*London demanded his extradition*, but Moscow said that was impossible".
    """
    scene, sentences = matcher.scene, matcher.scene.doc.sentence_numbers
    here = sentences[refusal.head]
    found: dict[int, tuple[Frame, Clause, End]] = {}
    for frame, clause in untargeted:
        if matcher.lexicon.entry(frame).relation.event != "REQUEST" or clause.head in aimed:
            continue
        if clause.kind is not Kind.VERBAL or clause.negations or not clause.tense:
            continue
        if not (frame.where or frame.otherwise) or aimed_already(scene, frame, clause):
            # "*called* it absurd" shows no demand; "appealed *to the West*" is for others
            continue
        if clause.head > refusal.head or here - sentences[clause.head] > 1:
            continue
        askers = [(s, actor) for s in matcher.sources(clause, frame) for actor in s.actors]
        if len(askers) == 1:
            filling, actor = askers[0]
            found.setdefault(clause.head, (frame, clause, (filling, scene.principal(actor))))
    return list(found.values())[-1:]


def _answers_back(event: str | None, frame: Frame) -> bool:
    """Whether a frame refuses, or consents to what is asked: "Kigali *agreed*"."""
    return event == "REJECT" or (event == "AGREE" and frame.otherwise == "asker")


def _refuses(frame: Frame, clause: Clause) -> bool:
    """Whether a verb tells of a refusal that was made: not "told him *to refuse* talks"."""
    verbal = clause.kind is Kind.VERBAL and not clause.passive
    told = bool(clause.tense) or clause.marker != "to"
    # "refused *a drink*"
    bare = bool(frame.where) or not clause.of(Role.OBJECT)
    open_to = frame.otherwise in _MAY_REFUSE and bare
    return open_to and verbal and told and (frame.negated or not clause.negations)


def _asker(
    matcher: Matcher, matches: Sequence[Match], clause: Clause, subject: Actor
) -> End | None:
    """Who asked something of the one who refuses, in the same sentence or the one before."""
    scene = matcher.scene
    here = scene.doc.sentence_numbers[clause.head]
    for sentence in (here, here - 1):
        found: dict[str, End] = {}
        for match in matches:
            relation = matcher.lexicon.entry(match.frame).relation
            if scene.doc.sentence_numbers[match.clause.head] != sentence:
                continue
            if relation.event != "REQUEST" and relation.id not in _ASKING:
                continue
            asked = match.object is not None and of_one_side(subject, match.object)
            if asked and not of_one_side(subject, match.subject):
                asker = scene.principal(match.subject)
                found[side_of(asker)] = match.source, asker
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _is_beside(scene: Scene, noun: int, head: int) -> bool:
    """Whether a nominal hangs on a noun itself, not on what follows it."""
    phrase = scene.phrases.get(noun)
    if phrase is None:
        return False
    own = {phrase.possessor, *phrase.modifiers, *(inner for _, inner in phrase.complements)}
    return head in own


def is_answered(scene: Scene, clause: Clause) -> bool:
    """Whether a noun is an utterance that its verb says was taken up, turned down or defied.

    Said it was, whatever became of it: "rejected *American accusations*".
    """
    return clause.kind is Kind.NOMINAL and any(_answering(scene, clause))


def _answering(scene: Scene, clause: Clause) -> Iterator[Clause]:
    """The verbs that tell how somebody takes what a noun says."""
    # "the plea, *which Moscow turned down*" as well as "turned down the plea"
    for host in (scene.doc[clause.head].head.i, *scene.descend(clause.head, ("acl",))):
        verb = scene.clauses.at(host)
        if verb is not None and verb.kind is Kind.VERBAL and _answers(scene, verb, clause.head):
            yield verb
    phrase = scene.phrases.get(clause.head)
    if phrase is not None and phrase.preposition == _AT:
        # "picked him up between flights *at Paris's request*", "is due *at the request of* both"
        verb = _above(scene, clause.head)
        heard = verb is not None and verb.kind is Kind.VERBAL and _has(verb, clause.head)
        if verb is not None and not heard and _is_bidden(scene, verb, clause.head):
            yield verb


def _has(verb: Clause, noun: int) -> bool:
    return any(argument.head == noun for argument in verb.arguments)


def _above(scene: Scene, noun: int) -> Clause | None:
    """The clause in which a noun stands, over at most three nouns between."""
    token = scene.doc[noun]
    for _ in range(4):
        if token.head.i == token.i:
            return None
        token = token.head
        clause = scene.clauses.at(token.i)
        if clause is not None and clause.kind in {Kind.VERBAL, Kind.COPULAR}:
            return clause
    return None


def _is_bidden(scene: Scene, verb: Clause, noun: int) -> bool:
    """Whether a verb tells what is done at somebody's bidding; not "*laughed at* the request"."""
    return scene.lemma(noun) in listed("bidding") and verb.verb not in listed("mocking")


def _hearers(scene: Scene, clause: Clause) -> list[Filling]:
    """Who answers an utterance, by the verb that has its noun as an argument."""
    verbs = list(_answering(scene, clause))
    found = [filling for verb in verbs for filling in _doers(scene, verb)]
    return found or _hearers_beside(scene, clause) or _hearers_there(scene, clause, verbs)


def _hearers_there(scene: Scene, clause: Clause, verbs: Sequence[Clause]) -> list[Filling]:
    """The state in whose capital an utterance is turned down, when nobody is said to do it.

    "A Danish call for an inquiry *was rebuffed in Tashkent*", "pleas *went unheeded in Khartoum*".
    """
    turned_down = [verb for verb in verbs if verb.passive]
    verb = scene.clauses.at(scene.doc[clause.head].head.i)
    if verb is not None and verb.kind is Kind.VERBAL and verb.verb in _FARING:
        after = {token.lower_ for token in scene.doc.span(verb.head + 1, verb.head + 4)}
        fared = any(argument.head == clause.head for argument in verb.of(Role.SUBJECT))
        turned_down += [verb] if fared and not _UNHEARD.isdisjoint(after) else []
    places = [a.head for verb in turned_down for a in verb.obliques("in")]
    return [place for head in places if (place := scene.country(head)) is not None][:1]


def _doers(scene: Scene, verb: Clause) -> list[Filling]:
    """Whose act it is; of "*Ghana* let the crew land at the request of Togo" who lets it land."""
    found = scene.fillings(scene.follow(verb, ("subject",)))
    above = scene.clauses.governor(verb)
    if not found and above is not None and verb.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}:
        return scene.fillings(scene.follow(above, ("subject",)))
    return found


def _answers(scene: Scene, verb: Clause, noun: int) -> bool:
    """Whether a verb tells how its subject takes what the noun among its arguments says."""
    for argument in verb.arguments:
        if argument.head != noun:
            continue
        doubtful = any(scene.doc[i].tag_ == "MD" for i in verb.auxiliaries)
        if argument.role is Role.OBLIQUE and argument.preposition == _AT:
            # "will meet *at the invitation of* Honiara", "was held *at Oslo's request*"
            return _is_bidden(scene, verb, noun)
        if doubtful:
            # "would reject any German request": none was made
            return False
        if argument.role is Role.OBJECT:
            # "*accepted* an offer by Mexico", "*brushed* the complaint *aside*"
            particles = {scene.doc[i].lower_ for i in verb.adverbs}
            said = {verb.lemma, *(f"{verb.verb} {particle}" for particle in particles)}
            return not listed("answering").isdisjoint(said)
        if argument.role is Role.OBLIQUE and not verb.passive:
            if argument.preposition in _AGAINST:
                # "upgraded its mission *over the objections of* Israel", "*despite* warnings"
                return scene.lemma(noun) in listed("deterring")
            # "*bowed to* German demands", "*acted on* a request of Berlin"
            return f"{verb.verb} {argument.preposition}" in listed("answering")
    return False


def _hearers_beside(scene: Scene, clause: Clause) -> list[Filling]:
    """Who acts "*in defiance of* warnings from Beijing", "*in answer to* Bamako's appeal"."""
    phrase = scene.phrases.get(clause.head)
    way = scene.doc[clause.head].head.i
    outer = scene.phrases.get(way)
    if phrase is None or phrase.preposition not in _TOWARDS or outer is None:
        return []
    if outer.preposition != _IN or scene.lemma(way) not in listed("taking_up"):
        return []
    verb = scene.clauses.at(scene.doc[way].head.i)
    if verb is None or verb.passive or verb.kind is not Kind.VERBAL:
        return []
    return scene.fillings(scene.follow(verb, ("subject",)))
