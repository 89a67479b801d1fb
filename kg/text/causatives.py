"""What is done to somebody at another's word: "ordered *the ship released*", "had *him jailed*"."""

from __future__ import annotations

from kg.text.clausetypes import Argument, Clause, Role
from kg.text.parsed import Doc
from kg.text.wordlists import listed


def is_participle(doc: Doc, clause: Clause) -> bool:
    """Whether a form is a participle alone, or one of a verb that would need an object.

    "was convicted and *sent* to jail"; not "was freed and *left* the country".
    """
    form = doc[clause.head].lower_
    return form in listed("participles") or (
        form in listed("acted_upon") and not clause.of(Role.OBJECT)
    )


def caused_by(doc: Doc, clause: Clause, parent: Clause) -> Clause | None:
    """What somebody has done to another, who is the object of the verb above it.

    "*ordered* the ship *released*", "*had* the king *exiled*": by whom it is ordered. Not "had
    *his* passport confiscated", "wants them freed", where others do it.
    """
    patients = parent.of(Role.OBJECT)
    if not patients or parent.passive or clause.passive or clause.of(Role.OBJECT):
        return None
    upon = tuple(Argument(Role.OBJECT, a.head, "", True) for a in patients)
    clause = clause._replace(passive=True, arguments=upon + clause.arguments)
    own = any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in doc[patients[0].head].children)
    done = parent.verb == "have" and clause.lemma in listed("jailing") and not parent.perfect
    if parent.verb != "order" and (own or not done):
        return clause
    doers = tuple(Argument(Role.SUBJECT, a.head, "", True) for a in parent.of(Role.SUBJECT))
    return clause._replace(tense=parent.tense, arguments=doers + clause.arguments)


def ordered_by(doc: Doc, clause: Clause, ordering: Clause) -> Clause:
    """A participle beside the object of an order, which a parser takes for a part of the object.

    "ordered the Rafah crossing *opened*": by whom it is ordered; not "ordered jets *built in
    Russia*".
    """
    upon = any(a.head == clause.anchor for a in ordering.of(Role.OBJECT))
    if ordering.verb != "order" or ordering.passive or not upon or clause.of(Role.SUBJECT):
        return clause
    form = doc[clause.head].lower_
    if form not in listed("acted_upon") and form not in listed("orderable"):
        return clause
    doers = tuple(Argument(Role.SUBJECT, a.head, "", True) for a in ordering.of(Role.SUBJECT))
    return clause._replace(tense=ordering.tense, arguments=doers + clause.arguments)
