"""Matches and qualifiers put together into statements with evidence."""

from __future__ import annotations

from dataclasses import replace

from kg.statement import (
    Actor,
    ActorType,
    Document,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
)
from kg.text.answered import is_answered
from kg.text.answers import find_answers
from kg.text.attributed import denied, each_source, links, text_span, told_once
from kg.text.clauses import Clause, Kind, Link
from kg.text.confidence import confidence, open_confidence
from kg.text.fiction import is_fiction
from kg.text.frames import match_frames
from kg.text.lexicon import Lexicon
from kg.text.matches import Match
from kg.text.open_triples import OpenTriple, find_open_triples, words
from kg.text.parsed import Doc
from kg.text.participants import slug
from kg.text.places import place_of
from kg.text.qualify import Qualification, plainly_told, qualify
from kg.text.quotes import Reports
from kg.text.repeats import dated_alike
from kg.text.scene import Filling, Scene
from kg.text.speech_acts import speech_acts
from kg.text.sport import is_move, sport_sentences
from kg.text.times import Times


def find_statements(
    document: Document, scene: Scene, reports: Reports, times: Times, lexicon: Lexicon
) -> list[Statement]:
    """All statements of a document in text order; equal claims of one sentence only once."""
    games = sport_sentences(scene.doc)
    read = [
        (match, _statement(document, scene, reports, times, lexicon, match))
        for match in match_frames(scene, lexicon, reports=reports)
        # "Germany beat France 2-1"
        if not (is_move(match.clause.verb) and scene.doc[match.clause.head].sent.start in games)
        and not is_fiction(scene, match.clause)
    ]
    uttered = [
        _as_said(scene, reports, match.clause, statement)
        for match, statement in speech_acts(scene, lexicon, read)
    ]
    answers = tuple(find_answers(scene.doc, reports))
    further = [
        one
        for match, statement in read
        for one in (
            *each_source(scene, reports.chain(match.clause.head), statement),
            *denied(scene, reports, answers, match.clause, statement),
        )
    ]
    found: dict[tuple[str, int], Statement] = {}
    for one in (*(statement for _, statement in read), *uttered, *further):
        key = (one.id, one.evidence.sentence.start)
        if key not in found or one.confidence > found[key].confidence:
            found[key] = one
    kept = dated_alike(document, _without_purposes(list(found.values())))
    return sorted(kept, key=lambda s: (s.evidence.sentence.start, s.evidence.predicate))


def _as_said(scene: Scene, reports: Reports, clause: Clause, statement: Statement) -> Statement:
    """A speech act as certain as what is plainly told in its place, not as what it announces."""
    q = plainly_told(scene.doc, scene.clauses, reports, clause)
    values = dict(zip(reports.chain(clause.head), q.sources, strict=True))
    cues = {text_span(scene.doc, *report.cue): value for report, value in values.items()}
    links = (replace(link, factuality=cues.get(link.cue)) for link in statement.attribution)
    return replace(statement, factuality=q.factuality, attribution=tuple(links))


def _without_purposes(statements: list[Statement]) -> list[Statement]:
    """Acts told as a purpose left out where the same sentence tells them as done.

    "sent troops *to fight alongside* Moscow": one act, that of sending.
    """

    def told(s: Statement) -> tuple[int, str, str | None, str]:
        other = s.object.actor.id if s.object else ""
        return s.evidence.sentence.start, s.subject.actor.id, s.relation.id, other

    done = {told(s) for s in statements if s.modality is Modality.ACTUAL}
    return [s for s in statements if s.modality is not Modality.INTENDED or told(s) not in done]


def find_open_statements(
    document: Document, scene: Scene, reports: Reports, times: Times
) -> list[Statement]:
    """Every clause as an open triple: labels in the words of the text, no relation id."""
    return [
        _open_statement(document, scene, reports, times, triple)
        for triple in find_open_triples(scene.doc, scene.clauses, scene.phrases)
    ]


def _open_statement(
    document: Document, scene: Scene, reports: Reports, times: Times, triple: OpenTriple
) -> Statement:
    doc, clause = scene.doc, triple.clause
    q = qualify(doc, scene.clauses, reports, clause)
    predicate = text_span(doc, clause.head, clause.head + 1)
    return Statement(
        subject=_open_mention(scene, triple.heads[0], triple.subject),
        relation=Relation(None, triple.relation),
        object=_open_mention(scene, triple.heads[1], triple.object),
        evidence=Evidence(
            document.id,
            _sentence(doc, clause),
            (predicate.start, predicate.end),
            "open/implicit" if triple.implicit else "open/clause",
        ),
        polarity=q.polarity,
        modality=q.modality,
        attribution=links(scene, reports.chain(clause.head), q.sources, clause),
        time=times.of(clause),
        condition=text_span(doc, *q.condition).text if q.condition else None,
        confidence=open_confidence(triple),
        factuality=q.factuality,
    )


def _open_mention(scene: Scene, head: int, tokens: tuple[int, ...]) -> Mention:
    """The phrase as a node: the linked actor's id where it is one, under the text's words."""
    label = words(scene.doc, tokens)
    span = text_span(scene.doc, tokens[0], tokens[-1] + 1)
    filling = scene.filling(head)
    if filling is not None and len(filling.actors) == 1:
        return Mention(replace(filling.actors[0], label=label), span, filling.score, filling.reason)
    return Mention(Actor(f"local:{slug(label)}", label, ActorType.THING), span)


def _statement(
    document: Document,
    scene: Scene,
    reports: Reports,
    times: Times,
    lexicon: Lexicon,
    match: Match,
) -> Statement:
    doc, clause = scene.doc, match.clause
    relation = lexicon.entry(match.frame).relation
    standing = _standing(scene, reports, clause, relation)
    told = reports.chain(standing.head)
    if match.frame.negated or standing is not clause:
        # "Chile *would not yield*": what the frame tells is that very refusal
        qualification = plainly_told(doc, scene.clauses, reports, standing)
    else:
        qualification = _qualified(scene, reports, clause, relation)
    chain = links(scene, told, qualification.sources, clause, match.subject)
    place = place_of(scene.clauses, clause, scene.mentions)
    taken = {actor.id for actor in (match.subject, match.object) if actor is not None}
    condition = qualification.condition
    return Statement(
        subject=_mention(doc, match.source, match.subject),
        relation=relation,
        object=_mention(doc, match.target, match.object) if match.target and match.object else None,
        evidence=Evidence(
            document.id,
            _sentence(doc, clause),
            _predicate(doc, match),
            match.frame.rule,
        ),
        polarity=qualification.polarity,
        modality=qualification.modality,
        # What a title says inside reported speech is the reporter's own knowledge:
        # "Kim said he had met *U.S. President* Trump".
        attribution=told_once(
            link
            for link, report in zip(chain, told, strict=True)
            if report.direct or clause.link is not Link.NOMINAL or clause.kind is Kind.NOMINAL
        ),
        time=times.of(clause),
        # "arrived in Amman" is a visit to Jordan: what is the target is not the place too
        place=place if place is not None and place.actor.id not in taken else None,
        condition=text_span(doc, *condition).text if condition else None,
        confidence=confidence(match),
        factuality=qualification.factuality,
    )


def _standing(scene: Scene, reports: Reports, clause: Clause, relation: Relation) -> Clause:
    """Where it is told that an act took place: for denied or dismissed words, by whose verb.

    "Moscow denied *American allegations*": what they say, not that they were made.
    """
    if relation.event in _ANSWERABLE and is_answered(scene, clause):
        host = scene.clauses.at(scene.doc[clause.head].head.i)
        denied_there = {r.cue for r in reports.chain(clause.head) if r.stance is Stance.DENIES}
        if host is not None and host.kind is Kind.VERBAL and denied_there:
            around = {r.cue for r in reports.chain(host.head)}
            return clause if denied_there <= around else host
    return clause


_SPEECH_ACTS = {"AGREE", "REQUEST", "REJECT", "THREATEN"}
_ANSWERABLE = {"AGREE", "REQUEST", "ACCUSE", "THREATEN"}


def _qualified(scene: Scene, reports: Reports, clause: Clause, relation: Relation) -> Qualification:
    """How an act holds; a threat or an offer that was made stays made.

    "threatened Iraq with sanctions *if* …": the condition is of what is threatened. What a body
    *voted to do* it has decided: it holds as the vote does.
    """
    vote = scene.clauses.governor(clause)
    if vote is not None and vote.verb == "vote" and clause.marker == "to" and not clause.negations:
        # "the agency *voted to suspend* technical aid"
        clause = vote
    if relation.event in _ANSWERABLE and is_answered(scene, clause):
        # "rejected *American accusations*": they were made
        return plainly_told(scene.doc, scene.clauses, reports, clause)
    qualification = qualify(scene.doc, scene.clauses, reports, clause)
    if clause.marker == "until" and vote is not None and _waits(scene, vote):
        # "would not talk *until the troops left*"
        qualification = replace(qualification, modality=Modality.CONDITIONAL)
    uttered = clause.kind is Kind.VERBAL and clause.tense in {"past", "present"}
    if relation.event is None and clause.kind is Kind.NOMINAL and not clause.negations:
        # "*Its leader* would attack if …", "blocked the road to *the Polish border*": named by
        # the way, which holds whatever the sentence says
        return replace(
            qualification,
            polarity=Polarity.POSITIVE,
            modality=Modality.ACTUAL,
            condition=None,
        )
    conditional = qualification.modality is Modality.CONDITIONAL
    if relation.event in _SPEECH_ACTS and uttered and conditional:
        told = plainly_told(scene.doc, scene.clauses, reports, clause)
        if qualification.polarity is Polarity.POSITIVE:
            return replace(told, condition=qualification.condition)
    return qualification


def _waits(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells of what is refused or still to come."""
    modal = any(scene.doc[i].tag_ == "MD" for i in clause.auxiliaries)
    refusal = scene.clauses.governor(clause)
    refused = refusal is not None and refusal.verb in {"refuse", "decline"}
    return bool(clause.negations) or modal or refused


def _mention(doc: Doc, filling: Filling, actor: Actor) -> Mention:
    return Mention(actor, text_span(doc, filling.start, filling.end), filling.score, filling.reason)


def _sentence(doc: Doc, clause: Clause) -> Span:
    sentence = doc[clause.head].sent
    return text_span(doc, sentence.start, sentence.end)


def _predicate(doc: Doc, match: Match) -> tuple[int, int]:
    """From the predicate to the noun it is completed by: "launched a drone attack"."""
    tokens = [match.clause.head]
    if match.target is None or match.target.head not in match.used:
        tokens.extend(h for h in match.used if abs(h - match.clause.head) <= 6)
    span = text_span(doc, min(tokens), max(tokens) + 1)
    return span.start, span.end
