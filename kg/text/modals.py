"""What a clause says of itself: auxiliaries, adverbs, negation, questions and orders."""

from __future__ import annotations

from dataclasses import replace

from kg.statement import Modality, Polarity
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.conditions import conditioned
from kg.text.quotes import Report
from kg.text.views import Reader, State

_SPANS = {"day", "week", "weekend", "month", "year", "spring", "summer", "autumn", "winter"}
_WILL = {"will", "'ll", "’ll", "shall", "wo", "sha"}
_MAY = {"may", "might"}
_CAN = {"can", "could", "ca"}
_MUST = {"must", "should", "ought"}
_WANTING = {"like", "love", "prefer", "want", "hope", "welcome", "wish"}


def own_words(reader: Reader, clause: Clause, state: State) -> State:
    """The state of a clause in its surroundings, changed by the clause's own words."""
    state = conditioned(reader, clause, state)
    if clause.kind is Kind.NOMINAL:
        return _nominal_own(reader, clause, state)
    state = _modal(reader, clause, state)
    state = _adverbs(reader, clause, state)
    state = _negation(reader, clause, state)
    if _is_question(reader, clause):
        state = state.scaled(0.0, "question", Modality.POSSIBLE)
    elif _is_imperative(reader, clause):
        state = state.scaled(0.5, "imperative", Modality.REQUESTED)
    return state


def _nominal_own(reader: Reader, clause: Clause, state: State) -> State:
    for modifier in clause.of(Role.MODIFIER):
        outcome = reader.signatures.adjectives.get(reader.doc[modifier.head].lower_)
        if outcome is not None:
            note = reader.doc[modifier.head].lower_
            state = state.scaled(abs(outcome.factuality), note, outcome.modality)
            if outcome.polarity is Polarity.NEGATIVE:
                state = state.negated(note)
    if reader.doc[clause.start].lower_ == "any" and state.positive:
        # "any attack": none need take place
        state = state.scaled(0.5, "any", Modality.POSSIBLE)
    fresh = [i for i in clause.negations if i not in state.negated_by]
    if fresh:
        state = replace(state.negated("no"), negated_by=state.negated_by | frozenset(fresh))
    return state


def _negation(reader: Reader, clause: Clause, state: State) -> State:
    negations = list(dict.fromkeys(clause.negations))
    if not negations:
        # "neither Tehran nor Washington confirmed it", with "neither" deep in the subject
        for argument in clause.surface_subject():
            if not argument.inherited and reader.doc[argument.head].left_edge.lower_ == "neither":
                negations = [reader.doc[argument.head].left_edge.i]
    if not negations and (few := _few(reader, clause)) is not None:
        # "few observers expected it to last"
        return state.negated("few").scaled(2.0, "few") if few not in state.negated_by else state
    fresh = [i for i in negations if i not in state.negated_by]
    if clause.marker == "without":
        fresh = []
    if not fresh:
        return state
    if len(fresh) % 2:
        state = state.negated(reader.doc[fresh[0]].lower_)
    return replace(state, negated_by=state.negated_by | frozenset(fresh))


def _few(reader: Reader, clause: Clause) -> int | None:
    """ "few observers", "only few", "little"; not "a few observers" """
    for argument in clause.surface_subject():
        first = reader.doc[argument.head].left_edge
        alone = first.i == 0 or first.nbor(-1).lower_ not in {"a", "the", "his", "these"}
        if not argument.inherited and first.lower_ in {"few", "little"} and alone:
            return first.i
    return None


def _adverbs(reader: Reader, clause: Clause, state: State) -> State:
    for adverb in clause.adverbs:
        word = reader.doc[adverb].lower_
        outcome = reader.signatures.adverbs.get(word)
        if outcome is None:
            continue
        state = state.scaled(abs(outcome.factuality), word, outcome.modality)
        if outcome.polarity is Polarity.NEGATIVE:
            state = state.negated(word)
    return state


def _modal(reader: Reader, clause: Clause, state: State) -> State:
    words = reader.words(clause)
    modals = {reader.doc[i].lower_ for i in clause.auxiliaries if reader.doc[i].tag_ == "MD"}
    conditional = state.modality in {Modality.CONDITIONAL, Modality.COUNTERFACTUAL}
    if modals & {"would", "'d", "’d"}:
        return _would_modal(reader, clause, state)
    if modals & _WILL:
        # "will attack" is a plan of who does it, "will collapse" a forecast
        if state.condition is not None:
            return state.scaled(0.5, "will", Modality.CONDITIONAL)
        if _agentive(reader, clause):
            return state.scaled(2.0, "will", Modality.INTENDED)
        return state.scaled(2.0, "will", Modality.POSSIBLE)
    unquoted = not reader.reports.chain(clause.head)
    acts = clause.kind is Kind.VERBAL and not clause.passive and _agentive(reader, clause)
    if "could" in modals and clause.perfect and unquoted and acts:
        # "The government could have saved them": it did not; hearsay leaves it open
        return state.scaled(-2.0, "could have", Modality.COUNTERFACTUAL)
    if modals & _MAY or (modals & _CAN and "have" in words):
        if "have" in words and conditional and "might" in modals:
            return state.scaled(-2.0, "might have", Modality.COUNTERFACTUAL)
        return state.scaled(1.0, min(modals), Modality.POSSIBLE)
    if modals & _CAN:
        if clause.negations:
            # "cannot meet", "could not agree": it does not happen
            return state
        return state.scaled(1.0, "can", Modality.POSSIBLE)
    if modals & _MUST and clause.perfect:
        if modals == {"must"}:
            # "must have known"
            return state.scaled(2.0, "must have", Modality.POSSIBLE)
        # "should have resigned": he did not
        return state.scaled(-2.0, "should have", Modality.COUNTERFACTUAL)
    if modals & _MUST:
        return state.scaled(1.0, min(modals), Modality.OBLIGATORY)
    before = reader.doc.span(max(0, clause.head - 2), clause.head).text.lower()
    governed = any(note.startswith(before) for note in state.trace)
    if before in {"due to", "about to"} and clause.kind is Kind.VERBAL and not governed:
        # "is due to visit", with "due to" called a preposition
        return state.scaled(1.5, before, Modality.INTENDED)
    finite_be = words & {"is", "are", "was", "were"} and clause.kind is Kind.VERBAL
    if clause.marker == "to" and finite_be and not reader.has_adverb(clause, "yet"):
        if clause.perfect:
            # "was to have been opened in May"
            return state.scaled(-2.0, "was to have", Modality.COUNTERFACTUAL)
        # "is to visit Beijing", "was to be signed"
        return state.scaled(1.5, "is to", Modality.INTENDED)
    if reader.has_adverb(clause, "yet") and clause.marker == "to":
        # "is yet to sign"
        return state.negated("yet to")
    if state.condition is not None and clause.tense in {"present", ""}:
        return state.scaled(0.5, "if", Modality.CONDITIONAL)
    if clause.kind is Kind.VERBAL and clause.tense == "present" and _lies_ahead(reader, clause):
        modality = Modality.INTENDED if _agentive(reader, clause) else Modality.POSSIBLE
        return state.scaled(2.0, "next", modality)
    return state


def _lies_ahead(reader: Reader, clause: Clause) -> bool:
    """Whether what is told in the present is still to come: "meets Xi *next week*"."""
    for child in reader.doc[clause.head].children:
        if child.lower_ == "tomorrow":
            return True
        if child.lemma_.lower() in _SPANS:
            before = {t.lower_ for t in child.subtree if t.i < child.i}
            if before & {"next", "coming"} or {"later", "this"} <= before:
                return True
    return False


def _would_modal(reader: Reader, clause: Clause, state: State) -> State:
    if clause.perfect:
        # "would have attacked": it did not
        return state.scaled(-2.0, "would have", Modality.COUNTERFACTUAL)
    if state.condition is not None or state.modality is Modality.CONDITIONAL:
        return state.scaled(0.5, "would", Modality.CONDITIONAL)
    if clause.verb in _WANTING:
        # "would like to meet"
        return state
    reports = reader.reports.chain(clause.head)
    subjects = clause.surface_subject()
    if subjects and reader.doc[subjects[0].head].left_edge.lower_ in {"any", "such"}:
        # "said any attack would be met with force"
        return state.scaled(0.5, "any … would", Modality.CONDITIONAL)
    if any(_past_cue(reader, report) for report in reports):
        # "said it would bomb": the future of a past report
        modality = Modality.INTENDED if _agentive(reader, clause) else Modality.POSSIBLE
        return state.scaled(2.0, "would", modality)
    governor = reader.clauses.governor(clause)
    direct = bool(reports) and reports[-1].direct
    if governor is not None and governor.tense == "past" and not direct:
        modality = Modality.INTENDED if _agentive(reader, clause) else Modality.POSSIBLE
        return state.scaled(2.0, "would", modality)
    if clause.negations and not reports and _agentive(reader, clause):
        # "The spokesman would not say": he refused
        return state.scaled(2.0, "would not", Modality.INTENDED)
    return state.scaled(0.5, "would", Modality.CONDITIONAL)


def _past_cue(reader: Reader, report: Report) -> bool:
    clause = reader.clauses.at(report.cue_clause)
    if clause is None or report.direct:
        return False
    if clause.tense == "past":
        return True
    above = reader.clauses.governor(clause)
    return not clause.tense and above is not None and above.tense == "past"


def _agentive(reader: Reader, clause: Clause) -> bool:
    """Whether somebody decides it: not "the truce will collapse", "it will be cold"."""
    if clause.kind is Kind.COPULAR:
        return False
    if clause.passive:
        return True
    subjects = clause.of(Role.SUBJECT)
    if not subjects:
        return True
    token = reader.doc[subjects[0].head]
    if token.pos_ == "PRON" and clause.verb not in reader.signatures.unwilled:
        return token.lower_ not in {"this", "that", "there", "something", "nothing"}
    # "the troops will leave" against "the truce will collapse", "sanctions will bite"
    return clause.verb not in reader.signatures.unwilled


def _is_question(reader: Reader, clause: Clause) -> bool:
    if clause.link not in {Link.ROOT, Link.PARATAXIS, Link.COMPLEMENT} or clause.marker:
        return False
    doc = reader.doc
    sentence = doc[clause.head].sent
    limit = min(sentence.end, clause.end + 2)
    own = reader.reports.of_clause(clause.head)
    marked = any(
        doc[i].text == "?" and not (own is not None and own.covers(i))
        for i in range(clause.head, limit)
    )
    first = next((t.lower_ for t in sentence if t.is_alpha), "")
    # "Why did Russia invade?" takes the invasion as given.
    return marked and first not in {"why", "when", "where", "how", "who"}


def _is_imperative(reader: Reader, clause: Clause) -> bool:
    """ "Withdraw your troops!", quoted or not; not the infinitive of a headline."""
    token = reader.doc[clause.head]
    first = next((i for i in range(clause.start, clause.head + 1) if reader.doc[i].is_alpha), -1)
    return (
        clause.link in {Link.ROOT, Link.COMPLEMENT, Link.PARATAXIS}
        and token.tag_ == "VB"
        and first == clause.head
        and not clause.marker
        and all(a.inherited for a in clause.of(Role.SUBJECT))
        and not clause.auxiliaries
        and clause.kind is Kind.VERBAL
    )
