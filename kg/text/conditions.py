"""Conditions: which clauses are conditions, and which clauses depend on them."""

from __future__ import annotations

from dataclasses import replace

from kg.statement import Modality
from kg.text.clauses import Clause, Kind, Link
from kg.text.governing import asks_if
from kg.text.views import Reader, State, stronger

_CONDITIONAL = {"if", "unless", "provided", "providing", "assuming", "in case", "as long as"}
_CONDITIONAL |= {"so long as", "provided that", "only if", "on condition that", "supposing"}


def is_condition(reader: Reader, clause: Clause) -> bool:
    """Whether a clause states a condition: "if …", "unless …", "should Iran attack"."""
    if clause.link is not Link.ADVERBIAL or asks_if(reader, clause):
        return False
    tokens = [i for i in range(clause.start, clause.head) if not reader.doc[i].is_punct][:5]
    words = [reader.doc[i].lower_ for i in tokens]
    if clause.marker in _CONDITIONAL:
        return "even" not in words[:2] and not (words[:1] == ["as"] and clause.marker == "if")
    joined = " ".join(w for w in words if w.isalpha())
    if any(joined.startswith(phrase) for phrase in _CONDITIONAL if " " in phrase):
        return True
    # "Had Russia attacked, …", "Should Iran attack, …"
    inverted = bool(tokens) and tokens[0] in clause.auxiliaries
    return inverted and words[0] in {"had", "should", "were"}


def conditioned(reader: Reader, clause: Clause, state: State) -> State:
    """Note what the clause depends on; a condition hung on "said" belongs to what is said."""
    if reader.reports_it(clause) and clause.tense == "past":
        return state
    hosts = [clause]
    if clause.link is Link.CONJUNCT:
        first = reader.clauses.at(clause.parent)
        hosts += [first] if first is not None else []
    governor = reader.clauses.governor(clause)
    if governor is not None and reader.reports_it(governor) and governor.tense == "past":
        hosts.append(governor)
    for host in hosts:
        for child in reader.clauses.children(host.head):
            if child.head != clause.head and is_condition(reader, child):
                found = replace(state, condition=_condition_span(reader, child))
                if clause.kind is Kind.NOMINAL:
                    return found
                if clause.tense == "past" and not clause.perfect:
                    # "was angry if it rained": a habit
                    return found
                return replace(found, modality=stronger(found.modality, Modality.CONDITIONAL))
    return state


def _condition_span(reader: Reader, clause: Clause) -> tuple[int, int]:
    start, end = clause.start, clause.end
    doc = reader.doc
    while start < end and (doc[start].is_punct or doc[start].lower_ in {"but", "and"}):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if start and doc[start - 1].lower_ == "only":
        start -= 1
    for report in reader.reports.chain(clause.head):
        cue = reader.clauses.at(report.cue_clause)
        if cue is not None and clause.head < cue.start < end:
            # "Had Congress been consulted, one lawmaker said, it …"
            end = min(end, cue.start)
    while end > start and doc[end - 1].is_punct:
        end -= 1
    return start, end
