"""What holds of an event by the words that govern it, from the outside in.

Each governing word hands its event on as its signature says ("failed to", "plans to", "if"),
each report opens the view of one more source; the clause's own words come last.
"""

from __future__ import annotations

from dataclasses import replace

from kg.statement import Modality, Polarity
from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.conditions import is_condition
from kg.text.cues import load_cues
from kg.text.governing import (
    asks_if,
    form_of,
    has_object,
    is_indefinite,
    lookup,
    marker_words,
    nominal_form,
    takes_as_given,
)
from kg.text.modals import own_words
from kg.text.signatures import Outcome, Signature
from kg.text.sourceviews import plain, with_views
from kg.text.views import Reader, State
from kg.text.wordlists import listed

_WOULD = {"would", "'d", "’d", "could", "might"}
# How far up governing words bear on an event.
_DEEPEST = 12
# "after the road is cleared", told of what is to come
_AWAITED = {"after", "once", "when", "as soon as"}
_FUTURE = {"will", "'ll", "’ll", "shall", "wo", "would", "must", "should", "can", "may"}
_NOW = {"VBP", "VBZ"}
_LACKING = {"without", "instead of", "rather than"}
# What the author or a source says of a report: "the claim that … was false".
_VERDICTS = {"be", "prove", "turn out"}


def state_of(reader: Reader, clause: Clause, depth: int = 0) -> State:
    """How a clause holds in its surroundings and by its own words."""
    return own_words(reader, clause, _context(reader, clause, depth))


def _context(reader: Reader, clause: Clause, depth: int) -> State:
    first = clause
    while first.link is Link.CONJUNCT:
        above = reader.clauses.at(first.parent)
        if above is None:
            break
        first = above
    joined = reader.signatures.markers.get(marker_words(reader, clause))
    beside = reader.clauses.parent(clause)
    refused = joined is not None and joined.polarity is Polarity.NEGATIVE
    if clause.link is Link.CONJUNCT and joined is not None and refused and beside is not None:
        # "left rather than signing", read as a coordination
        return _marked(_inherited(reader, clause, beside, depth), joined, clause.marker)
    governor = reader.clauses.at(first.parent)
    if governor is None or depth > _DEEPEST:
        return plain(reader, clause)
    if clause.kind is Kind.NOMINAL:
        return _nominal_context(reader, clause, governor, depth)
    if first.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}:
        return _complement_context(reader, clause, first, governor, depth)
    if first.link is Link.ADVERBIAL:
        return _adverbial_context(reader, clause, first, governor, depth)
    if first.link in {Link.ADNOMINAL, Link.RELATIVE}:
        return _adnominal_context(reader, clause, first, governor, depth)
    return plain(reader, clause)


def _inherited(reader: Reader, clause: Clause, governor: Clause, depth: int) -> State:
    """The governor's state, with the reports that begin between the two."""
    state = state_of(reader, governor, depth + 1)
    new = tuple(r for r in reader.reports.chain(clause.head) if not r.covers(governor.head))
    return with_views(reader, state, new, governor)


def _governed(
    reader: Reader, clause: Clause, governor: Clause, slot: str, depth: int
) -> State | None:
    """The state below a governor with a signature for this form, or None."""
    signature = lookup(reader, governor, slot)
    if signature is None:
        return None
    below = state_of(reader, governor, depth + 1)
    if governor.verb == "have" and slot == "to" and reader.has_adverb(governor, "yet"):
        # "has yet to sign"
        never = reader.signatures.outcomes["no"]
        signature = replace(signature, positive=never, past=never)
    told = governor.tense == "past" and below.modality is Modality.ACTUAL
    if told and clause.kind is not Kind.NOMINAL:
        # "was able to leave": who was, did; "voted to condemn": the vote condemns
        says = bool(load_cues().verb(clause.lemma, clause.verb, reader.doc[clause.head].lower_))
        signature = replace(signature, positive=signature.saying if says else signature.past)
    state = below.governed(signature, slot)
    outcome = signature.positive if below.positive else signature.negative
    fresh = [
        report
        for report in reader.reports.chain(clause.head)
        if not report.covers(governor.head) and all(report != r for r, _ in state.views)
    ]
    if signature.factive:
        # "regrets that", "did not know that": given, to its source too
        return replace(state, views=(*state.views, *((r, state.author) for r in fresh)))
    if outcome.modality is Modality.ACTUAL and outcome.polarity is Polarity.POSITIVE:
        return with_views(reader, state, tuple(fresh), None)
    # The source of "threatened to attack" holds of it what the word says.
    return replace(state, views=(*state.views, *((r, outcome.factuality) for r in fresh)))


def _complement_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    slot = form_of(reader, first)
    spoken = reader.reports.of_clause(governor.head)
    if slot == "to" and _says_it_to(first, governor):
        return _inherited(reader, clause, governor, depth)
    state = None
    if spoken is None or not spoken.direct or slot != "that":
        # "We trusted them," he recalled: a word of saying here, whatever else it means
        state = _governed(reader, clause, governor, slot, depth)
    if state is not None:
        return state
    if slot == "whether" and takes_as_given(reader, first):
        return _asked(reader, clause, governor, depth)
    if slot == "whether" and spoken is None:
        # "It remains to be seen whether …"
        return _inherited(reader, clause, governor, depth).scaled(0, slot, Modality.POSSIBLE)
    if governor.kind is Kind.COPULAR and slot == "to" and reader.doc[governor.head].tag_ == "JJ":
        # "is hard to reach": an unknown adjective leaves it open
        return _inherited(reader, clause, governor, depth).scaled(0.5, "to", Modality.POSSIBLE)
    state = _inherited(reader, clause, governor, depth)
    if slot == "to" and governor.kind is Kind.VERBAL and not reader.reports_it(governor):
        # An unknown verb with an infinitive: "campaigned to free the hostages"
        return state.scaled(1.0, f"{governor.lemma} to", Modality.INTENDED)
    return state


def _asked(reader: Reader, clause: Clause, governor: Clause, depth: int) -> State:
    """ "did not say who had fired", "asked why they fled": that it happened is given."""
    state = _inherited(reader, clause, governor, depth)
    if state.positive and state.author > 0:
        return state
    views = tuple((r, 3.0) for r, _ in state.views)
    return replace(state, positive=True, modality=Modality.ACTUAL, author=2.0, views=views)


def _says_it_to(clause: Clause, governor: Clause) -> bool:
    """Whether a purpose is said to whom the governor deals with: "wrote to Oslo *to ask for* …"."""
    return governor.verb in listed("contacting") and clause.verb in listed("uttering")


def _adverbial_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    marker = first.marker
    if asks_if(reader, first):
        return _complement_context(reader, clause, first, governor, depth)
    if is_condition(reader, first):
        # "if Iran attacks": nobody says that it does
        state = plain(reader, clause)
        unreal = first.perfect and first.tense == "past"
        if unreal and reader.words(governor) & _WOULD:
            return state.scaled(-2.0, "if … had", Modality.COUNTERFACTUAL)
        return state.scaled(0.0, marker or "if", Modality.CONDITIONAL)
    slot, words = form_of(reader, first), marker_words(reader, first)
    spoken = reader.reports.of_clause(governor.head)
    if slot == "whether" and spoken is not None and spoken.covers(first.head):
        # "has not said when it will hold elections", called an adverbial
        return _inherited(reader, clause, governor, depth)
    if slot == "to" and _says_it_to(first, governor):
        # "telephoned Kyiv *to thank it*": that is what was said
        return _inherited(reader, clause, governor, depth)
    if slot not in {"that", "bare"} and words == marker:
        # "prevented Greece from arming", "urged Japan to withdraw" called adverbials
        found = _governed(reader, clause, governor, slot, depth)
        close = has_object(governor) or first.start <= governor.head + 2
        if found is not None and (slot != "to" or close):
            return found
    awaited = words in _AWAITED or reader.doc[first.start].lower_ in _AWAITED
    now = first.tense == "present" or reader.doc[(*first.auxiliaries, first.head)[0]].tag_ in _NOW
    if now and awaited and reader.words(governor) & _FUTURE:
        # "will arrive once the road is cleared"
        state = _inherited(reader, clause, governor, depth)
        state = state if state.positive else state.negated(words)
        return replace(state, author=3.0, condition=None).scaled(1.0, words, Modality.CONDITIONAL)
    outcome = reader.signatures.markers.get(words)
    if outcome is not None and not (outcome.name == "likely" and first.tense == "past"):
        state = _inherited(reader, clause, governor, depth)
        return _marked(state, outcome, marker)
    done = bool(first.auxiliaries) and first.perfect
    if not first.tense and not first.marker and not done and not reader.reports_it(first):
        # "…, killing twelve": part of what is told of the main clause; but "is to meet Iran,
        # *having rejected* talks before": that is done
        state = _inherited(reader, clause, governor, depth)
        return state if state.positive else state.negated("participle")
    return plain(reader, clause)


def _marked(state: State, outcome: Outcome, marker: str) -> State:
    state = replace(state if state.positive else state.negated(marker), condition=None)
    state = state.scaled(abs(outcome.factuality), marker, outcome.modality)
    return state.negated(marker) if outcome.polarity is Polarity.NEGATIVE else state


def _is_one_of_a_row(reader: Reader, head: int) -> bool:
    """Whether a nominal says which of many somebody is: "the first", "the latest power"."""
    token = reader.doc[head]
    return any(t.lower_ in listed("ordinal") for t in (token, *token.children))


def _adnominal_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    noun = reader.clauses.at(first.anchor)
    slot = form_of(reader, first)
    if slot == "to" and first.anchor is not None and _is_one_of_a_row(reader, first.anchor):
        # "was *the first country to recognise* Angola": it did
        return _inherited(reader, clause, governor, depth)
    if noun is not None and noun.kind is Kind.NOMINAL:
        given = first.link is Link.RELATIVE and first.marker != "that"
        if given and reader.signatures.find("noun", noun.lemma, slot) is None:
            # "the troops that invaded": taken as given
            return plain(reader, clause)
        verdict = _verdict(reader, noun) if slot == "that" else None
        if verdict is not None:
            return plain(reader, clause).governed(verdict, slot)
        state = _governed(reader, clause, noun, slot, depth)
        if state is not None:
            return state
        verb = reader.clauses.parent(noun)
        addressed = verb is not None and any(
            a.head == noun.head for a in verb.of(Role.OBJECT) + verb.obliques("on", "for", "with")
        )
        if slot == "to" and verb is not None and addressed and verb.verb not in {"have", "use"}:
            # "forbids the parties to station missiles", "called on them to", hung on the noun
            state = _governed(reader, clause, verb, slot, depth)
            if state is not None:
                return state
    if slot == "to":
        # "talks to end the war"
        return plain(reader, clause).scaled(1.0, "noun to", Modality.INTENDED)
    return plain(reader, clause)


def _verdict(reader: Reader, noun: Clause) -> Signature | None:
    """What is said of a report as a whole: "the claim that … was *false*", "… proved *true*"."""
    verb = reader.clauses.parent(noun)
    if verb is None or all(a.head != noun.head for a in verb.of(Role.SUBJECT)):
        return None
    said = [verb, *reader.clauses.children(verb.head)] if verb.verb in _VERDICTS else [verb]
    for clause in said:
        if clause.kind is Kind.COPULAR and (clause is verb or clause.link is Link.OPEN_COMPLEMENT):
            found = reader.signatures.find("adjective", clause.verb, "that")
            if found is not None and {found.positive.name, found.negative.name} == {"yes", "no"}:
                flipped = bool(clause.negations or verb.negations)
                return replace(found, positive=found.negative) if flipped else found
    return None


def _nominal_context(reader: Reader, clause: Clause, governor: Clause, depth: int) -> State:
    outcome = reader.signatures.markers.get(clause.marker) if " " in clause.marker else None
    if outcome is not None:
        # "just ahead of Trump's trip to South Korea"
        return _marked(plain(reader, clause), outcome, clause.marker)
    argument = next((a for a in governor.arguments if a.head == clause.head), None)
    if argument is None:
        # "is open to talks", with "talks" called a clause
        slot = nominal_form(reader.doc[clause.start].lower_)
        return _governed(reader, clause, governor, slot, depth) or plain(reader, clause)
    if argument.role is Role.OBLIQUE and argument.preposition in _LACKING:
        # "broke up without a breakthrough"
        return _marked(plain(reader, clause), reader.signatures.outcomes["no"], "without")
    if argument.preposition == "under" and clause.lemma in listed("aegis"):
        # "asked both to meet *under UN auspices*": they have not
        return _inherited(reader, clause, governor, depth)
    if argument.role is Role.SUBJECT:
        state = _governed(reader, clause, governor, "subject", depth)
        if state is None and governor.verb == "be" and governor.kind is Kind.VERBAL:
            # "there will be talks", "there is no reason"
            return _inherited(reader, clause, governor, depth)
        return state if state is not None else plain(reader, clause)
    slot = nominal_form(argument.preposition)
    if argument.role is Role.PREDICATE:
        slot = "np"
    elif not argument.preposition and (
        argument.role is Role.OBLIQUE or governor.kind is Kind.COPULAR
    ):
        # "open to talks", with "to" called a subordinator; "called off the summit"
        first = reader.doc[clause.start]
        slot = nominal_form(first.lower_ if first.tag_ in {"IN", "TO"} else "")
    state = _governed(reader, clause, governor, slot, depth)
    if state is not None:
        return state
    if governor.passive and argument.role is Role.OBJECT:
        state = _governed(reader, clause, governor, "subject", depth)
        if state is not None:
            return state
    if reader.reports_it(governor) or governor.kind is Kind.NOMINAL:
        return _inherited(reader, clause, governor, depth)
    if argument.role in {Role.OBJECT, Role.PREDICATE} and is_indefinite(reader, clause):
        # "will discuss a withdrawal", "did not win a war": no event is taken as given
        return _inherited(reader, clause, governor, depth)
    return plain(reader, clause)
