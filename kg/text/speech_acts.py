"""The rejections, pledges and threats that lie in acts told as refused or announced.

DESIGN: expressed intents and refusals are events of their own, positive and actual, beside the
act they are about. Verbs that name them ("refused", "agreed", "threatened") are frames of the
lexicon; here stand the plain futures: "we *will not deal* with them", "Tokyo *will send* aid".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.statement import (
    CONFLICT,
    COOPERATION,
    Actor,
    ActorType,
    Mention,
    Modality,
    Polarity,
    Relation,
    Stance,
    Statement,
)
from kg.text.clauses import Kind
from kg.text.lexicon import Filler, Lexicon
from kg.text.matches import Match
from kg.text.scene import Scene

_OWN_WILL = {Modality.INTENDED, Modality.POSSIBLE, Modality.CONDITIONAL}
_WILL = {"will", "would", "shall", "'ll", "’ll", "wo"}
_MAY = {"may", "might", "could"}
# Who speaks for those he speaks of: "Iran will shut the strait, *its naval chief* said".
_MOUTHS = {"spokesman", "spokeswoman", "spokesperson", "ministry", "minister", "chief", "commander"}
_MOUTHS |= {"general", "admiral", "premier", "leader", "radio", "television", "agency", "statement"}
_IS_TO = {"is", "are"}
# What a state withholds as long as it does not give it.
_STANCES = {"kg:recognises", "kg:supports"}
# What is said of the future is done by saying it: "will veto the draft", "will use all options".
_SAID_TODAY = {"REJECT", "THREATEN"}
# Accusing somebody is a threat where it is brought before judges.
_CHARGES = {"kg:sued", "kg:investigated", "kg:investigatedForCrime", "kg:convicted"}
_FAILING = {"fail", "omit", "neglect", "forget"}
# Whose permission it takes is not who is kept from it: "refused to *let* them in".
_LETTING = {"let", "allow", "permit", "make", "have"}
_GIVING_UP = "givesUp"
_IMPUTED = "accusedOfRightsAbuse"
# What those who watch over rights and treaties are called.
_WATCHERS = {"rights", "ohchr", "opcw", "court", "investigators", "inquiry", "rapporteur"}
_WATCHERS |= {"experts", "panel", "inspectors", "prosecutor", "prosecutors", "watchdog"}


def speech_acts(
    scene: Scene, lexicon: Lexicon, read: Sequence[tuple[Match, Statement]]
) -> Iterator[tuple[Match, Statement]]:
    """The rejections, pledges and threats that lie in refused and announced acts.

    An event of the same type that a frame has read for the same pair in the same sentence
    makes its derived twin superfluous.
    """
    told = {(*_dyad(s), s.relation.event) for _, s in read}
    for match, statement in read:
        charge = _charge(lexicon, statement)
        if charge is not None and (*_dyad(charge), charge.relation.event) not in told:
            yield match, charge
        name = _act(scene, match, statement)
        if name is None:
            continue
        relation = lexicon.relation(name)
        if name != "rejects" or _will(scene, match):
            # "will not meet them" refuses a meeting; "has no reason to" turns them down
            relation = _exact(lexicon, relation, statement.relation)
        if relation == statement.relation or (*_dyad(statement), relation.event) not in told:
            utterance = replace(
                statement,
                subject=_speaker(scene, lexicon, relation, statement),
                relation=relation,
                polarity=Polarity.POSITIVE,
                modality=Modality.ACTUAL,
                time=None,
                place=None,
                evidence=replace(
                    statement.evidence,
                    rule=f"{statement.evidence.rule}+{(relation.id or '').removeprefix('kg:')}",
                ),
            )
            yield match, utterance


def _exact(lexicon: Lexicon, utterance: Relation, act: Relation) -> Relation:
    """The more exact relation that what is announced or refused makes of its announcement."""
    name = lexicon.about(utterance, act)
    return lexicon.entries[name].relation if name is not None else utterance


def _speaker(scene: Scene, lexicon: Lexicon, relation: Relation, statement: Statement) -> Mention:
    """Whose act it is: a leader who turns another state down does it for his own."""
    entry = lexicon.entries[relation.id or ""]
    if entry.subject is not Filler.PRINCIPAL:
        return statement.subject
    return replace(statement.subject, actor=scene.principal(statement.subject.actor))


def _act(scene: Scene, match: Match, statement: Statement) -> str | None:
    """The relation of the speech act in a statement, None where there is none."""
    relation, other = statement.relation, statement.object
    if other is not None and relation.event == "AGREE" and match.clause.kind is Kind.NOMINAL:
        # "had *no intention of sitting down* with Seoul", "has no plans to meet Putin"
        return "rejects" if statement.polarity is Polarity.NEGATIVE else None
    if other is not None and relation.event in _SAID_TODAY:
        # "Paris *would vote against* any American draft", it said: that rejects it today
        told = statement.polarity is Polarity.POSITIVE and match.clause.kind is Kind.VERBAL
        own = statement.modality is Modality.INTENDED and _will(scene, match)
        hinted = not own and _hinted(scene, match, statement)
        if hinted and relation.event == "REJECT":
            # "said it *might walk out* of the talks" threatens to
            return "threatened" if told else None
        own = own or hinted
        # not "analysts said *Moscow would veto* the draft"
        his = not statement.attribution or _says_so(scene, statement)
        return (relation.id or "").removeprefix("kg:") if told and own and his else None
    if other is None or relation.event in {None, "AGREE", "REQUEST"}:
        return None
    if statement.polarity is Polarity.NEGATIVE:
        if match.clause.kind is Kind.NOMINAL and not match.clause.negations:
            # "resisted *the deployment of UN troops*": it is not the UN that refuse it
            return None
        if match.clause.kind is Kind.NOMINAL and relation.symmetric and not statement.attribution:
            # "there will be *no contact between* Israel and Lebanon": who wants none, nobody says
            return None
        if relation.id in _STANCES and _stands(scene, match, statement):
            return "rejects"
        if statement.modality not in _OWN_WILL or relation.quad not in COOPERATION:
            # "did not meet" only did not happen; "will not attack" refuses nothing
            return None
        above = scene.clauses.governor(match.clause)
        if above is not None and above.verb in _FAILING | _LETTING:
            # "scolded Pretoria for *failing to rally* to his side", "refused to let them *enter*"
            return None
        if other.actor.type is ActorType.THING:
            # "we will never give up our nuclear weapons"
            return "saidWillNotGiveUp" if relation.id == f"kg:{_GIVING_UP}" else None
        return "rejects"
    if relation.event == "ACCUSE" and relation.id not in _CHARGES:
        # "would regard sanctions as a declaration of war": words are no threat
        return None
    own = statement.modality is Modality.INTENDED or (
        # "said *it* would bomb Tripoli unless …", not "would bomb Tripoli if it could"
        statement.modality is Modality.CONDITIONAL and _says_so(scene, statement)
    )
    hinted = relation.quad in CONFLICT and _hinted(scene, match, statement)
    if match.clause.passive or not (hinted or (own and _will(scene, match))):
        # "may send", "would send if", "will be met by" are nobody's pledge
        return None
    if other.actor.type is ActorType.THING or relation.event == "MOBILIZE":
        # "will station tanks in Estonia": whom that is meant for, only the frames know
        return None
    return "announcedCooperationWith" if relation.quad in COOPERATION else "threatened"


def _will(scene: Scene, match: Match) -> bool:
    auxiliaries = {scene.doc[i].lower_ for i in match.clause.auxiliaries}
    # "Britain *is to give* Ukraine missiles"
    arranged = match.clause.marker == "to" and not auxiliaries.isdisjoint(_IS_TO)
    return arranged or not auxiliaries.isdisjoint(_WILL)


def _hinted(scene: Scene, match: Match, statement: Statement) -> bool:
    """Whether somebody says he might do harm himself: "Tokyo said *it might expel* them"."""
    auxiliaries = {scene.doc[i].lower_ for i in match.clause.auxiliaries}
    if auxiliaries.isdisjoint(_MAY) or match.clause.perfect:
        return False
    words = [link.span.text for link in statement.attribution if link.span is not None]
    # "China may invade, *officials said*", of whichever land
    anybody = any(word.islower() and word.isalpha() and word.endswith("s") for word in words)
    return not anybody and _says_so(scene, statement)


def _stands(scene: Scene, match: Match, statement: Statement) -> bool:
    """Whether somebody withholds recognition or support: "Russia *does not recognise* Kosovo".

    Told of himself too: "Tripoli said *it did not recognise* the court".
    """
    clause = match.clause
    if clause.tense == "present" or clause.perfect:
        return True
    return clause.tense == "past" and _says_so(scene, statement)


def _says_so(scene: Scene, statement: Statement) -> bool:
    """Whether the subject itself tells of its act, or who acts for it.

    "Iran said *it* would …", '"*We* will strike back if …," Khamenei said'; "China will …, *a
    spokesman* said", of whom nothing else is told.
    """
    speaker = statement.subject.actor
    for link in statement.attribution:
        if link.stance is not Stance.SAYS:
            continue
        if link.source is not None:
            if speaker.id in {link.source.id, scene.principal(link.source).id}:
                return True
        elif link.span is not None and not _MOUTHS.isdisjoint(link.span.text.casefold().split()):
            return True
    return False


def _charge(lexicon: Lexicon, statement: Statement) -> Statement | None:
    """What a group that watches over rights says of somebody's act of force, as an accusation.

    "*Human Rights Watch* said Croatian troops had executed civilians"; a police spokesman who
    says so reports, and accuses nobody.
    """
    told = statement.polarity is Polarity.POSITIVE and statement.modality is Modality.ACTUAL
    if not told or statement.relation.event not in {"ASSAULT", "COERCE"}:
        return None
    for link in statement.attribution:
        watcher = link.source
        if watcher is None or link.span is None or link.stance is not Stance.SAYS:
            continue
        if _watches(watcher, link.span.text):
            relation = lexicon.relation(_IMPUTED)
            return replace(
                statement,
                subject=Mention(watcher, link.span, 1.0, "says it"),
                relation=relation,
                object=statement.subject,
                attribution=(),
                time=None,
                place=None,
                condition=None,
                evidence=replace(
                    statement.evidence,
                    predicate=(link.cue.start, link.cue.end),
                    rule=f"{statement.evidence.rule}+{_IMPUTED}",
                ),
            )
    return None


def _watches(speaker: Actor, words: str) -> bool:
    """Whether somebody watches over rights and treaties, so that what he reports is a charge.

    "Human Rights Watch", "OHCHR", "U.N. *investigators*"; not the United Nations themselves.
    """
    if speaker.type is ActorType.ORGANIZATION:
        return speaker.sector == "NGO"
    if speaker.type is not ActorType.INTERGOVERNMENTAL:
        return False
    said = {*words.casefold().replace("-", " ").split(), *speaker.label.casefold().split()}
    return not _WATCHERS.isdisjoint(said)


def _dyad(statement: Statement) -> tuple[int, str, str]:
    other = statement.object.actor.id if statement.object else ""
    return statement.evidence.sentence.start, statement.subject.actor.id, other
