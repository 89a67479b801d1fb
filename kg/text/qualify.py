"""Is it so: polarity, modality, condition and factuality of every clause.

A clause is read in its surroundings from the outside in: each governing word hands its event
on as its signature says ("failed to", "plans to", "may"), each report opens the view of one
more source, and the clause's own negation, auxiliaries and adverbs come last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.statement import Modality, Polarity
from kg.text.clauses import Clause, Clauses, Kind, Link, Role
from kg.text.conditions import is_condition
from kg.text.cues import load_cues
from kg.text.modals import own_words
from kg.text.quotes import Report, Reports
from kg.text.signatures import Outcome, Signature, load_signatures
from kg.text.views import Reader, State, stronger

_WH = {"what", "who", "whom", "when", "where", "why", "how", "which", "whose"}
_WOULD = {"would", "'d", "’d", "could", "might"}
# How far up governing words bear on an event.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Qualification:
    """How a clause holds by the words of the text.

    ``condition`` are the (start, end) tokens of what it depends on. ``factuality`` runs from
    -3 (certainly not) to +3 (certainly) as the author has it; ``sources`` are the same for
    each report of ``Reports.chain``, in its order. ``trace`` names the words that decided.
    """

    polarity: Polarity
    modality: Modality
    condition: tuple[int, int] | None
    factuality: float
    sources: tuple[float, ...]
    trace: tuple[str, ...]


def qualify(doc: Doc, clauses: Clauses, reports: Reports, clause: Clause) -> Qualification:
    """Polarity, modality, condition and factuality of one clause, nominal ones included."""
    reader = Reader(doc, clauses, reports, load_signatures())
    state = _state(reader, clause, 0)
    known = dict(state.views)
    return Qualification(
        polarity=Polarity.POSITIVE if state.positive else Polarity.NEGATIVE,
        modality=state.modality,
        condition=state.condition,
        factuality=round(_clip(state.author), 2),
        sources=tuple(
            round(_clip(known.get(report, 0.0)), 2) for report in reports.chain(clause.head)
        ),
        trace=state.trace,
    )


def _clip(value: float) -> float:
    return max(-3.0, min(3.0, value))


def _state(reader: Reader, clause: Clause, depth: int) -> State:
    return own_words(reader, clause, _context(reader, clause, depth))


# --- reports ----------------------------------------------------------------------------


def _start(reader: Reader, clause: Clause) -> State:
    """A clause that no governing word bears on: only its reports."""
    state = State(True, Modality.ACTUAL, 3.0, ())
    return _reported(reader, state, reader.reports.chain(clause.head), None)


def _reported(
    reader: Reader, state: State, reports: tuple[Report, ...], governor: Clause | None
) -> State:
    """Open the view of each source, the outermost first."""
    for report in reports:
        if any(report == known for known, _ in state.views):
            continue
        author, source = load_cues().kinds[report.kind]
        by_governor = governor is not None and report.cue_clause == governor.head
        if by_governor and (not state.positive or state.modality is not Modality.ACTUAL):
            # "did not say that …", "may say that …": nothing is said about it
            state = replace(
                state,
                positive=True,
                modality=stronger(Modality.POSSIBLE, state.modality),
                author=0.0,
                views=(*((r, 0.0) for r, _ in state.views), (report, 0.0)),
                trace=(*state.trace, f"{report.kind} not said"),
            )
            continue
        state = replace(
            state,
            author=author * state.author / 3,
            views=(*((r, author * v / 3) for r, v in state.views), (report, source)),
            trace=(*state.trace, report.kind),
        )
        if report.kind == "asks":
            state = replace(state, modality=stronger(state.modality, Modality.POSSIBLE))
    return state


# --- what governs -----------------------------------------------------------------------


def _context(reader: Reader, clause: Clause, depth: int) -> State:
    first = clause
    while first.link is Link.CONJUNCT:
        above = reader.clauses.at(first.parent)
        if above is None:
            break
        first = above
    joined = reader.signatures.markers.get(_marker_words(reader, clause))
    beside = reader.clauses.parent(clause)
    refused = joined is not None and joined.polarity is Polarity.NEGATIVE
    if clause.link is Link.CONJUNCT and joined is not None and refused and beside is not None:
        # "left rather than signing", read as a coordination
        return _marked(_inherited(reader, clause, beside, depth), joined, clause.marker)
    governor = reader.clauses.at(first.parent)
    if governor is None or depth > _DEEPEST:
        return _start(reader, clause)
    if clause.kind is Kind.NOMINAL:
        return _nominal_context(reader, clause, governor, depth)
    if first.link in {Link.COMPLEMENT, Link.OPEN_COMPLEMENT}:
        return _complement_context(reader, clause, first, governor, depth)
    if first.link is Link.ADVERBIAL:
        return _adverbial_context(reader, clause, first, governor, depth)
    if first.link in {Link.ADNOMINAL, Link.RELATIVE}:
        return _adnominal_context(reader, clause, first, governor, depth)
    return _start(reader, clause)


def _inherited(reader: Reader, clause: Clause, governor: Clause, depth: int) -> State:
    """The governor's state, with the reports that begin between the two."""
    state = _state(reader, governor, depth + 1)
    new = tuple(r for r in reader.reports.chain(clause.head) if not r.covers(governor.head))
    return _reported(reader, state, new, governor)


def _lookup(reader: Reader, governor: Clause, slot: str) -> Signature | None:
    pos = {Kind.VERBAL: "verb", Kind.NOMINAL: "noun", Kind.COPULAR: "adjective"}[governor.kind]
    found = reader.signatures.find(pos, governor.lemma, slot)
    found = found or reader.signatures.find(pos, governor.verb, slot)
    if found is None and pos == "verb":
        form = reader.doc[governor.head].lower_
        verb = reader.signatures.verb_forms.get(form) or load_cues().verb_forms.get(form, "")
        found = reader.signatures.find(pos, verb, slot)
    if found is None and governor.kind is Kind.COPULAR:
        # "The plan is to attack", "is set to visit"
        found = reader.signatures.find("noun", governor.verb, slot)
    return found


def _slot(reader: Reader, clause: Clause) -> str:
    """The form of a governed clause, in the words of the signatures."""
    token = reader.doc[clause.head]
    if clause.marker in {"whether", "if"} and clause.link is Link.COMPLEMENT:
        return "whether"
    if reader.doc[clause.start].lower_ in _WH and clause.tense:
        # "said who had fired"
        return "whether"
    if clause.marker == "to" and not clause.tense:
        return "to"
    if token.tag_ == "VBG" and not clause.tense:
        return clause.marker or "ing"
    if clause.marker == "that" or clause.tense or clause.auxiliaries:
        return "that"
    return clause.marker or "bare"


def _governed(
    reader: Reader, clause: Clause, governor: Clause, slot: str, depth: int
) -> State | None:
    """The state below a governor with a signature for this form, or None."""
    signature = _lookup(reader, governor, slot)
    if signature is None:
        return None
    below = _state(reader, governor, depth + 1)
    if governor.verb == "have" and slot == "to" and reader.has_adverb(governor, "yet"):
        # "has yet to sign"
        signature = replace(signature, positive=reader.signatures.outcomes["no"])
    state = below.governed(signature, slot)
    outcome = signature.positive if below.positive else signature.negative
    if outcome.modality is Modality.ACTUAL and outcome.polarity is Polarity.POSITIVE:
        new = tuple(r for r in reader.reports.chain(clause.head) if not r.covers(governor.head))
        return _reported(reader, state, new, None)
    for report in reader.reports.chain(clause.head):
        if not report.covers(governor.head) and all(report != r for r, _ in state.views):
            # The source of "threatened to attack" holds of it what the word says.
            state = replace(state, views=(*state.views, (report, outcome.factuality)))
    return state


def _complement_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    slot = _slot(reader, first)
    spoken = reader.reports.of_clause(governor.head)
    state = None
    if spoken is None or not spoken.direct or slot != "that":
        # "We trusted them," he recalled: a word of saying here, whatever else it means
        state = _governed(reader, clause, governor, slot, depth)
    if state is not None:
        return state
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


def _adverbial_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    marker = first.marker
    if is_condition(reader, first):
        # "if Iran attacks": nobody says that it does
        state = _start(reader, clause)
        unreal = first.perfect and first.tense == "past"
        if unreal and reader.words(governor) & _WOULD:
            return state.scaled(-2.0, "if … had", Modality.COUNTERFACTUAL)
        return state.scaled(0.0, marker or "if", Modality.CONDITIONAL)
    slot, words = _slot(reader, first), _marker_words(reader, first)
    spoken = reader.reports.of_clause(governor.head)
    if slot == "whether" and spoken is not None and spoken.covers(first.head):
        # "has not said when it will hold elections", called an adverbial
        return _inherited(reader, clause, governor, depth)
    if slot not in {"that", "bare"} and words == marker:
        # "prevented Greece from arming", "urged Japan to withdraw" called adverbials
        found = _governed(reader, clause, governor, slot, depth)
        close = _has_object(governor) or first.start == governor.head + 1
        if found is not None and (slot != "to" or close):
            return found
    outcome = reader.signatures.markers.get(words)
    if outcome is not None and not (outcome.name == "likely" and first.tense == "past"):
        state = _inherited(reader, clause, governor, depth)
        return _marked(state, outcome, marker)
    if not first.tense and not first.marker and not reader.reports_it(first):
        # "…, killing twelve": part of what is told of the main clause
        state = _inherited(reader, clause, governor, depth)
        return state if state.positive else state.negated("participle")
    return _start(reader, clause)


def _marked(state: State, outcome: Outcome, marker: str) -> State:
    state = replace(state if state.positive else state.negated(marker), condition=None)
    state = state.scaled(abs(outcome.factuality), marker, outcome.modality)
    return state.negated(marker) if outcome.polarity is Polarity.NEGATIVE else state


def _marker_words(reader: Reader, clause: Clause) -> str:
    """The subordinator with the words before it: "in order to", "so that", "instead of"."""
    words = [reader.doc[i].lower_ for i in range(clause.start, min(clause.start + 4, clause.head))]
    for length in (3, 2):
        joined = " ".join(words[:length])
        if joined in reader.signatures.markers:
            return joined
    return clause.marker


def _has_object(clause: Clause) -> bool:
    return (
        clause.passive
        or bool(clause.of(Role.OBJECT) or clause.of(Role.RECIPIENT))
        or bool(clause.obliques("on", "for"))
    )


def _adnominal_context(
    reader: Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> State:
    noun = reader.clauses.at(first.anchor)
    slot = _slot(reader, first)
    if noun is not None and noun.kind is Kind.NOMINAL:
        given = first.link is Link.RELATIVE and first.marker != "that"
        if given and reader.signatures.find("noun", noun.lemma, slot) is None:
            # "the troops that invaded": taken as given
            return _start(reader, clause)
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
        return _start(reader, clause).scaled(1.0, "noun to", Modality.INTENDED)
    return _start(reader, clause)


def _nominal_context(reader: Reader, clause: Clause, governor: Clause, depth: int) -> State:
    outcome = reader.signatures.markers.get(clause.marker) if " " in clause.marker else None
    if outcome is not None:
        # "just ahead of Trump's trip to South Korea"
        return _marked(_start(reader, clause), outcome, clause.marker)
    argument = next((a for a in governor.arguments if a.head == clause.head), None)
    if argument is None:
        # "is open to talks", with "talks" called a clause
        slot = _nominal_slot(reader.doc[clause.start].lower_)
        return _governed(reader, clause, governor, slot, depth) or _start(reader, clause)
    if argument.role is Role.SUBJECT:
        state = _governed(reader, clause, governor, "subject", depth)
        if state is None and governor.verb == "be" and governor.kind is Kind.VERBAL:
            # "there will be talks", "there is no reason"
            return _inherited(reader, clause, governor, depth)
        return state if state is not None else _start(reader, clause)
    slot = _nominal_slot(argument.preposition)
    if argument.role is Role.PREDICATE:
        slot = "np"
    elif argument.role is Role.OBLIQUE and not argument.preposition:
        # "open to talks", with "to" called a subordinator; "called off the summit"
        first = reader.doc[clause.start]
        slot = _nominal_slot(first.lower_ if first.tag_ in {"IN", "TO"} else "")
    state = _governed(reader, clause, governor, slot, depth)
    if state is not None:
        return state
    if governor.passive and argument.role is Role.OBJECT:
        state = _governed(reader, clause, governor, "subject", depth)
        if state is not None:
            return state
    if reader.reports_it(governor) or governor.kind is Kind.NOMINAL:
        return _inherited(reader, clause, governor, depth)
    if argument.role in {Role.OBJECT, Role.PREDICATE} and _indefinite(reader, clause):
        # "will discuss a withdrawal", "did not win a war": no event is taken as given
        return _inherited(reader, clause, governor, depth)
    return _start(reader, clause)


def _nominal_slot(preposition: str) -> str:
    """ "open to talks" is no infinitive."""
    return "to-np" if preposition == "to" else preposition or "np"


def _indefinite(reader: Reader, noun: Clause) -> bool:
    if noun.of(Role.POSSESSOR):
        return False
    first = reader.doc[noun.start].lower_
    return first in {"a", "an", "any", "no", "another"} or (
        reader.doc[noun.head].tag_ == "NNS" and first not in {"the", "these", "those"}
    )
