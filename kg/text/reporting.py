"""Reports within a sentence: the words that hand content to a source.

``quotes`` joins what is found here with the quotation marks of the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.text.clauses import Kind
from kg.text.drafts import Draft, Text
from kg.text.headlines import headline_reports
from kg.text.reporting_nouns import (
    adjective_report,
    hedges,
    introduced,
    noun_report,
    source_phrases,
)
from kg.text.reporting_verbs import verb_report


def find_drafts(text: Text, quoted: Iterable[int] = ()) -> list[Draft]:
    """All reports that words of a sentence make, in text order of their cues.

    ``quoted`` are the first tokens of quotations, which a colon may introduce.
    """
    drafts: list[Draft] = []
    for clause in text.clauses:
        if clause.kind is Kind.NOMINAL:
            drafts.extend(noun_report(text, clause))
        elif clause.kind is Kind.COPULAR:
            form = text.doc[clause.head].lower_
            cue = text.cues.adjectives.get(clause.verb, text.cues.adjectives.get(form))
            if cue is not None:
                drafts.extend(adjective_report(text, clause, cue))
        else:
            drafts.extend(verb_report(text, clause))
        drafts.extend(hedges(text, clause))
        drafts.extend(source_phrases(text, clause))
    cued = {draft.span[0] for draft in drafts}
    for start in quoted:
        draft = introduced(text, start)
        if draft is not None and draft.span[0] not in cued:
            drafts.append(draft)
    for draft in headline_reports(text):
        if draft.span[0] not in {known.span[0] for known in drafts if known.content}:
            drafts.append(draft)
    return _without_wrappers(sorted(drafts, key=lambda d: d.span))


def _without_wrappers(drafts: list[Draft]) -> list[Draft]:
    """Take the words of "…, state media reported" out of whatever the parser hung them on."""
    owners: dict[int, list[Draft]] = {}
    for draft in drafts:
        for i in draft.own if draft.beside else ():
            owners.setdefault(i, []).append(draft)
    cleaned = []
    for draft in drafts:
        cue = set(range(*draft.span))
        taken = {
            i
            for i in draft.content
            for other in owners.get(i, ())
            if other is not draft and not cue & other.own
        }
        cleaned.append(replace(draft, content=draft.content - taken) if taken else draft)
    return cleaned
