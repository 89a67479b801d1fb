"""The form of a governed clause, and the signature that its governor has for that form."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.cues import load_cues
from kg.text.signatures import Signature
from kg.text.views import Reader
from kg.text.wordlists import listed

_WH = {"what", "who", "whom", "when", "where", "why", "how", "which", "whose"}
# What is asked after these is taken as given: "did not say who had fired".
_GIVEN = _WH - {"when", "where"}


def lookup(reader: Reader, governor: Clause, slot: str) -> Signature | None:
    """The signature of a predicate or noun for one form of what it governs, or None."""
    pos = {Kind.VERBAL: "verb", Kind.NOMINAL: "noun", Kind.COPULAR: "adjective"}[governor.kind]
    find = reader.signatures.find
    if " " in slot:
        # "came close to an agreement"
        word, preposition = slot.rsplit(" ", 1)
        return find("verb", f"{governor.verb} {word}", nominal_form(preposition))
    for verb, word in _with_adverbs(reader, governor):
        # "stopped short of", "came close to"
        found = find("verb", f"{verb} {word}", slot)
        if found is not None:
            return found
    found = find(pos, governor.lemma, slot) or find(pos, governor.verb, slot)
    if found is None and pos == "verb":
        form = reader.doc[governor.head].lower_
        verb = reader.signatures.verb_forms.get(form) or load_cues().verb_forms.get(form, "")
        found = find(pos, verb, slot)
    if found is None and governor.kind is Kind.COPULAR:
        # "The plan is to attack", "is set to visit"
        found = find("noun", governor.verb, slot)
    return found


def _with_adverbs(reader: Reader, governor: Clause) -> Iterator[tuple[str, str]]:
    """A verb with each of its adverbs, one of which the parser may call a predicate."""
    for i in governor.adverbs:
        yield governor.verb, reader.doc[i].lower_
    for argument in governor.of(Role.PREDICATE):
        yield governor.verb, reader.doc[argument.head].lower_
    above = reader.clauses.parent(governor)
    if governor.link is Link.OPEN_COMPLEMENT and governor.kind is Kind.COPULAR and above:
        yield above.verb, governor.verb
    for child in reader.clauses.children(governor.head):
        if child.link is Link.OPEN_COMPLEMENT and child.kind is Kind.COPULAR:
            yield governor.verb, child.verb


def form_of(reader: Reader, clause: Clause) -> str:
    """The form of a governed clause, in the words of the signatures."""
    if clause.marker in {"whether", "if"} and clause.link is Link.COMPLEMENT:
        return "whether"
    if asks_if(reader, clause) or (asks_for(reader, clause) and clause.tense):
        # "said who had fired"
        return "whether"
    if clause.marker == "to" and not clause.tense and not is_gerund(reader, clause):
        return "to"
    if is_gerund(reader, clause):
        # "pleaded guilty to bribing officials" has no infinitive
        return "to-np" if clause.marker == "to" else clause.marker or "ing"
    if _is_mandative(reader, clause):
        return "that-base"
    if clause.marker == "that" or clause.tense or clause.auxiliaries:
        return "that"
    return clause.marker or "bare"


def _is_mandative(reader: Reader, clause: Clause) -> bool:
    """ "Taylor insisted that Doe *resign*": asked for, not told; "that Doe *resigned*" is told."""
    governor = reader.clauses.governor(clause)
    if clause.marker != "that" or governor is None or governor.verb not in listed("insisting"):
        return False
    first = clause.auxiliaries[0] if clause.auxiliaries else clause.head
    subjects = [reader.doc[a.head] for a in clause.surface_subject()]
    one = len(subjects) == 1 and subjects[0].tag_ in {"NN", "NNP", "PRP"}
    plain = reader.doc[first].tag_ == "VB" or (reader.doc[first].tag_ == "VBP" and one)
    return plain and reader.doc[first].lower_ not in listed("indicative")


def is_gerund(reader: Reader, clause: Clause) -> bool:
    """ "denied *using* gas", "denied *having used* gas" """
    first = clause.auxiliaries[0] if clause.auxiliaries else clause.head
    return reader.doc[first].tag_ == "VBG" and not clause.tense


def asks_for(reader: Reader, clause: Clause) -> str:
    """The question word that a clause begins with, or ""."""
    word = reader.doc[clause.start].lower_
    return word if word in _WH else ""


def asks_if(reader: Reader, clause: Clause) -> bool:
    """ "It is unclear *if he knew*", "asked *if he knew*": no condition, wherever it hangs."""
    governor = reader.clauses.at(clause.parent)
    if clause.marker != "if" or governor is None or clause.start <= governor.head:
        return False
    if reader.doc[clause.start - 1].text == ",":
        return False
    known = reader.signatures.find("adjective", governor.verb, "whether")
    spoken = reader.reports.of_clause(governor.head)
    return known is not None or (spoken is not None and spoken.covers(clause.head))


def takes_as_given(reader: Reader, clause: Clause) -> bool:
    """Whether an indirect question is about something that happened: "who had fired"."""
    word = asks_for(reader, clause)
    return word in _GIVEN or (bool(word) and clause.tense == "past")


def marker_words(reader: Reader, clause: Clause) -> str:
    """The subordinator with the words before it: "in order to", "so that", "instead of"."""
    words = [reader.doc[i].lower_ for i in range(clause.start, min(clause.start + 4, clause.head))]
    for length in (3, 2):
        joined = " ".join(words[:length])
        if joined in reader.signatures.markers:
            return joined
    return clause.marker


def has_object(clause: Clause) -> bool:
    """Whether a clause has an object or somebody it turns to: "urged Japan to withdraw"."""
    return (
        clause.passive
        or bool(clause.of(Role.OBJECT) or clause.of(Role.RECIPIENT))
        or bool(clause.obliques("on", "for"))
    )


def nominal_form(preposition: str) -> str:
    """The form of a governed noun: "open to talks" is no infinitive."""
    return "to-np" if preposition == "to" else preposition or "np"


def is_indefinite(reader: Reader, noun: Clause) -> bool:
    """Whether a noun takes no event as given: "a withdrawal", "talks"; not "the talks"."""
    if noun.of(Role.POSSESSOR):
        return False
    first = reader.doc[noun.start].lower_
    return first in {"a", "an", "any", "no", "another"} or (
        reader.doc[noun.head].tag_ == "NNS" and first not in {"the", "these", "those"}
    )
