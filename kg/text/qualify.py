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
from kg.text.cues import load_cues
from kg.text.quotes import Report, Reports
from kg.text.signatures import Outcome, Signature, Signatures, load_signatures

_CONDITIONAL = {"if", "unless", "provided", "providing", "assuming", "in case", "as long as"}
_CONDITIONAL |= {"so long as", "provided that", "only if", "on condition that", "supposing"}
_CONCESSIVE = {"even", "as"}
_WILL = {"will", "'ll", "’ll", "shall", "wo", "sha"}
_MAY = {"may", "might"}
_CAN = {"can", "could", "ca"}
_MUST = {"must", "should", "ought"}
_WH = {"what", "who", "whom", "when", "where", "why", "how", "which", "whose"}
_WANTING = {"like", "love", "prefer", "want", "hope", "welcome", "wish"}
_RANK = (
    Modality.ACTUAL, Modality.INTENDED, Modality.OBLIGATORY, Modality.POSSIBLE,
    Modality.REQUESTED, Modality.CONDITIONAL, Modality.COUNTERFACTUAL,
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class _State:
    """A qualification on the way: ``views`` are the factualities of the author and of reports."""

    positive: bool
    modality: Modality
    author: float
    views: tuple[tuple[Report, float], ...]
    condition: tuple[int, int] | None = None
    trace: tuple[str, ...] = ()
    negated_by: frozenset[int] = frozenset()

    def scaled(self, value: float, note: str, modality: Modality | None = None) -> _State:
        """Certainty replaced by a lesser one of the same sign."""
        return replace(
            self,
            author=value * self.author / 3,
            views=tuple((r, value * v / 3) for r, v in self.views),
            modality=_stronger(self.modality, modality or self.modality),
            trace=(*self.trace, note),
        )

    def negated(self, note: str) -> _State:
        """The opposite polarity."""
        return replace(
            self,
            positive=not self.positive,
            author=-self.author,
            views=tuple((r, -v) for r, v in self.views),
            trace=(*self.trace, note),
        )

    def governed(self, signature: Signature, slot: str) -> _State:
        """What holds of an event that a word with this signature governs."""
        outcome = signature.positive if self.positive else signature.negative
        certain = outcome.modality is Modality.ACTUAL
        return replace(
            self,
            positive=outcome.polarity is Polarity.POSITIVE,
            modality=self.modality if certain else _stronger(self.modality, outcome.modality),
            author=_through(signature, self.author),
            views=tuple((r, _through(signature, v)) for r, v in self.views),
            trace=(*self.trace, f"{signature.words} {slot}: {outcome.name}"),
        )


def _through(signature: Signature, view: float) -> float:
    outcome = signature.positive if view >= 0 else signature.negative
    return outcome.factuality * abs(view) / 3


def _stronger(a: Modality, b: Modality) -> Modality:
    return a if _RANK.index(a) >= _RANK.index(b) else b


@dataclass(frozen=True, slots=True)
class _Reader:
    doc: Doc
    clauses: Clauses
    reports: Reports
    signatures: Signatures


def qualify(doc: Doc, clauses: Clauses, reports: Reports, clause: Clause) -> Qualification:
    """Polarity, modality, condition and factuality of one clause, nominal ones included."""
    reader = _Reader(doc, clauses, reports, load_signatures())
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


def _state(reader: _Reader, clause: Clause, depth: int) -> _State:
    return _own(reader, clause, _context(reader, clause, depth))


# --- reports ----------------------------------------------------------------------------


def _start(reader: _Reader, clause: Clause) -> _State:
    """A clause that no governing word bears on: only its reports."""
    state = _State(True, Modality.ACTUAL, 3.0, ())
    return _reported(reader, state, reader.reports.chain(clause.head), None)


def _reported(
    reader: _Reader, state: _State, reports: tuple[Report, ...], governor: Clause | None
) -> _State:
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
                modality=_stronger(Modality.POSSIBLE, state.modality),
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
            state = replace(state, modality=_stronger(state.modality, Modality.POSSIBLE))
    return state


# --- what governs -----------------------------------------------------------------------


def _context(reader: _Reader, clause: Clause, depth: int) -> _State:
    first = clause
    while first.link is Link.CONJUNCT:
        above = reader.clauses.at(first.parent)
        if above is None:
            break
        first = above
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


def _inherited(reader: _Reader, clause: Clause, governor: Clause, depth: int) -> _State:
    """The governor's state, with the reports that begin between the two."""
    state = _state(reader, governor, depth + 1)
    new = tuple(r for r in reader.reports.chain(clause.head) if not r.covers(governor.head))
    return _reported(reader, state, new, governor)


def _lookup(reader: _Reader, governor: Clause, slot: str) -> Signature | None:
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


def _slot(reader: _Reader, clause: Clause) -> str:
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
    reader: _Reader, clause: Clause, governor: Clause, slot: str, depth: int
) -> _State | None:
    """The state below a governor with a signature for this form, or None."""
    signature = _lookup(reader, governor, slot)
    if signature is None:
        return None
    below = _state(reader, governor, depth + 1)
    if governor.verb == "have" and slot == "to" and _has(reader, governor, "yet"):
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
    reader: _Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> _State:
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
    if slot == "to" and governor.kind is Kind.VERBAL and not _reports(reader, governor):
        # An unknown verb with an infinitive: "campaigned to free the hostages"
        return state.scaled(1.0, f"{governor.lemma} to", Modality.INTENDED)
    return state


def _reports(reader: _Reader, governor: Clause) -> bool:
    return reader.reports.of_clause(governor.head) is not None


def _adverbial_context(
    reader: _Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> _State:
    marker = first.marker
    if _is_condition(reader, first):
        # "if Iran attacks": nobody says that it does
        state = _start(reader, clause)
        unreal = first.perfect and first.tense == "past"
        if unreal and _would(reader, governor):
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
    if not first.tense and not first.marker and not _reports(reader, first):
        # "…, killing twelve": part of what is told of the main clause
        state = _inherited(reader, clause, governor, depth)
        return state if state.positive else state.negated("participle")
    return _start(reader, clause)


def _marked(state: _State, outcome: Outcome, marker: str) -> _State:
    state = replace(state if state.positive else state.negated(marker), condition=None)
    state = state.scaled(abs(outcome.factuality), marker, outcome.modality)
    return state.negated(marker) if outcome.polarity is Polarity.NEGATIVE else state


def _marker_words(reader: _Reader, clause: Clause) -> str:
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
    reader: _Reader, clause: Clause, first: Clause, governor: Clause, depth: int
) -> _State:
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


def _nominal_context(reader: _Reader, clause: Clause, governor: Clause, depth: int) -> _State:
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
    if _reports(reader, governor) or governor.kind is Kind.NOMINAL:
        return _inherited(reader, clause, governor, depth)
    if argument.role in {Role.OBJECT, Role.PREDICATE} and _indefinite(reader, clause):
        # "will discuss a withdrawal", "did not win a war": no event is taken as given
        return _inherited(reader, clause, governor, depth)
    return _start(reader, clause)


def _nominal_slot(preposition: str) -> str:
    """"open to talks" is no infinitive."""
    return "to-np" if preposition == "to" else preposition or "np"


def _indefinite(reader: _Reader, noun: Clause) -> bool:
    if noun.of(Role.POSSESSOR):
        return False
    first = reader.doc[noun.start].lower_
    return first in {"a", "an", "any", "no", "another"} or (
        reader.doc[noun.head].tag_ == "NNS" and first not in {"the", "these", "those"}
    )


# --- the clause itself ------------------------------------------------------------------


def _own(reader: _Reader, clause: Clause, state: _State) -> _State:
    state = _conditions(reader, clause, state)
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


def _nominal_own(reader: _Reader, clause: Clause, state: _State) -> _State:
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


def _negation(reader: _Reader, clause: Clause, state: _State) -> _State:
    negations = list(dict.fromkeys(clause.negations))
    if not negations:
        # "neither Tehran nor Washington confirmed it", with "neither" deep in the subject
        for argument in clause.surface_subject():
            if not argument.inherited and reader.doc[argument.head].left_edge.lower_ == "neither":
                negations = [reader.doc[argument.head].left_edge.i]
    fresh = [i for i in negations if i not in state.negated_by]
    if clause.marker == "without":
        fresh = []
    if len(fresh) % 2:
        state = state.negated(reader.doc[fresh[0]].lower_)
    return replace(state, negated_by=state.negated_by | frozenset(fresh))


def _adverbs(reader: _Reader, clause: Clause, state: _State) -> _State:
    for adverb in clause.adverbs:
        word = reader.doc[adverb].lower_
        outcome = reader.signatures.adverbs.get(word)
        if outcome is None:
            continue
        state = state.scaled(abs(outcome.factuality), word, outcome.modality)
        if outcome.polarity is Polarity.NEGATIVE:
            state = state.negated(word)
    return state


def _words(reader: _Reader, clause: Clause) -> set[str]:
    return {reader.doc[i].lower_ for i in clause.auxiliaries}


def _would(reader: _Reader, clause: Clause) -> bool:
    return bool(_words(reader, clause) & {"would", "'d", "’d", "could", "might"})


def _modal(reader: _Reader, clause: Clause, state: _State) -> _State:
    words = _words(reader, clause)
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
    if modals & _MAY or (modals & _CAN and "have" in words):
        if "have" in words and conditional and "might" in modals:
            return state.scaled(-2.0, "might have", Modality.COUNTERFACTUAL)
        return state.scaled(1.0, next(iter(modals)), Modality.POSSIBLE)
    if modals & _CAN:
        if clause.negations:
            # "cannot meet", "could not agree": it does not happen
            return state
        return state.scaled(1.0, "can", Modality.POSSIBLE)
    if modals & _MUST:
        return state.scaled(1.0, next(iter(modals)), Modality.OBLIGATORY)
    before = reader.doc[max(0, clause.head - 2) : clause.head].text.lower()
    governed = any(note.startswith(before) for note in state.trace)
    if before in {"due to", "about to"} and clause.kind is Kind.VERBAL and not governed:
        # "is due to visit", with "due to" called a preposition
        return state.scaled(1.5, before, Modality.INTENDED)
    finite_be = words & {"is", "are", "was", "were"} and clause.kind is Kind.VERBAL
    if clause.marker == "to" and finite_be and not _has(reader, clause, "yet"):
        # "is to visit Beijing", "was to be signed"
        return state.scaled(1.5, "is to", Modality.INTENDED)
    if _has(reader, clause, "yet") and clause.marker == "to":
        # "is yet to sign"
        return state.negated("yet to")
    if state.condition is not None and clause.tense in {"present", ""}:
        return state.scaled(0.5, "if", Modality.CONDITIONAL)
    return state


def _would_modal(reader: _Reader, clause: Clause, state: _State) -> _State:
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
    return state.scaled(0.5, "would", Modality.CONDITIONAL)


def _past_cue(reader: _Reader, report: Report) -> bool:
    clause = reader.clauses.at(report.cue_clause)
    if clause is None or report.direct:
        return False
    if clause.tense == "past":
        return True
    above = reader.clauses.governor(clause)
    return not clause.tense and above is not None and above.tense == "past"


def _agentive(reader: _Reader, clause: Clause) -> bool:
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


def _has(reader: _Reader, clause: Clause, word: str) -> bool:
    return any(reader.doc[i].lower_ == word for i in clause.adverbs)


# --- conditions, questions, orders ------------------------------------------------------


def _is_condition(reader: _Reader, clause: Clause) -> bool:
    if clause.link is not Link.ADVERBIAL:
        return False
    tokens = [i for i in range(clause.start, clause.head) if not reader.doc[i].is_punct][:5]
    words = [reader.doc[i].lower_ for i in tokens]
    if clause.marker in _CONDITIONAL:
        return "even" not in words[:2] and not (words[:1] == ["as"] and clause.marker == "if")
    joined = " ".join(w for w in words if w.isalpha())
    if any(joined.startswith(phrase) for phrase in _CONDITIONAL if " " in phrase):
        return True
    # "Had Russia attacked, …", "Should Iran attack, …"
    return (
        bool(words)
        and words[0] in {"had", "should", "were"}
        and bool([i for i in clause.auxiliaries if i == clause.start])
    )


def _conditions(reader: _Reader, clause: Clause, state: _State) -> _State:
    """Note what the clause depends on; a condition hung on "said" belongs to what is said."""
    if _reports(reader, clause) and clause.tense == "past":
        return state
    hosts = [clause]
    if clause.link is Link.CONJUNCT:
        first = reader.clauses.at(clause.parent)
        hosts += [first] if first is not None else []
    governor = reader.clauses.governor(clause)
    if governor is not None and _reports(reader, governor) and governor.tense == "past":
        hosts.append(governor)
    for host in hosts:
        for child in reader.clauses.children(host.head):
            if child.head != clause.head and _is_condition(reader, child):
                found = replace(state, condition=_condition_span(reader, child))
                if clause.kind is Kind.NOMINAL:
                    return found
                if clause.tense == "past" and not clause.perfect:
                    # "was angry if it rained": a habit
                    return found
                return replace(found, modality=_stronger(found.modality, Modality.CONDITIONAL))
    return state


def _condition_span(reader: _Reader, clause: Clause) -> tuple[int, int]:
    start, end = clause.start, clause.end
    doc = reader.doc
    while start < end and (doc[start].is_punct or doc[start].lower_ in {"but", "and"}):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if start and doc[start - 1].lower_ == "only":
        start -= 1
    for report in reader.reports.reports:
        cue = reader.clauses.at(report.cue_clause)
        if cue is not None and clause.head < cue.start < end and report.covers(clause.head):
            # "Had Congress been consulted, one lawmaker said, it …"
            end = min(end, cue.start)
    while end > start and doc[end - 1].is_punct:
        end -= 1
    return start, end


def _is_question(reader: _Reader, clause: Clause) -> bool:
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


def _is_imperative(reader: _Reader, clause: Clause) -> bool:
    """"Withdraw your troops!", quoted or not; not the infinitive of a headline."""
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
