"""Clauses with roles from Universal Dependencies trees.

A clause is a predicate with its arguments in logical roles: the subject of "Seoul was
attacked by Tokyo" is Tokyo. Subjects that grammar leaves out (control, raising,
participles, relative clauses, coordination) are filled in and marked ``inherited``.
``predicates`` reads what stands beside a predicate, ``understood`` fills in the rest; here
the two are put together and clauses are hung on each other. All indices are tokens.
"""

from __future__ import annotations

from kg.text.clausetypes import Argument, Clause, Clauses, Kind, Link, Role
from kg.text.parsed import Doc, Token
from kg.text.phrases import is_nominal_head
from kg.text.predicates import draft, is_predicate, nominal
from kg.text.understood import inherit, share_back, share_company, share_echo
from kg.text.wordlists import listed

# Of an enum, Python 3.11 looks members up ten times slower than names of the module.
_KIND_NOMINAL = Kind.NOMINAL
_ADNOMINAL, _ADVERBIAL, _COMPLEMENT, _CONJUNCT, _NOMINAL, _PARATAXIS, _RELATIVE, _ROOT = (
    Link.ADNOMINAL,
    Link.ADVERBIAL,
    Link.COMPLEMENT,
    Link.CONJUNCT,
    Link.NOMINAL,
    Link.PARATAXIS,
    Link.RELATIVE,
    Link.ROOT,
)

__all__ = ["Argument", "Clause", "Clauses", "Kind", "Link", "Role", "find_clauses"]

_LINKS = {
    "ROOT": Link.ROOT,
    "ccomp": Link.COMPLEMENT,
    "csubj": Link.COMPLEMENT,
    "csubj:pass": Link.COMPLEMENT,
    "csubj:outer": Link.COMPLEMENT,
    "xcomp": Link.OPEN_COMPLEMENT,
    "advcl": Link.ADVERBIAL,
    "advcl:relcl": Link.RELATIVE,
    "acl": Link.ADNOMINAL,
    "acl:relcl": Link.RELATIVE,
    "conj": Link.CONJUNCT,
    "parataxis": Link.PARATAXIS,
    "list": Link.PARATAXIS,
}
_MARKS = {'"', "“", "”", "''", "``", ",", ";", ":"}
_SUBORDINATORS = {"if", "unless", "because", "although", "until", "before", "after", "since"}
_SUBORDINATORS |= {"when", "while", "as", "so long as", "as long as", "provided"}


def find_clauses(doc: Doc) -> Clauses:
    """All clauses of a parsed document, nominal ones included."""
    drafts = {token.i: draft(token) for token in doc if is_predicate(token)}
    for token in doc:
        if token.i not in drafts and token.pos_ == "NOUN" and is_nominal_head(token):
            drafts[token.i] = nominal(token)
    ordered = {head: drafts[head] for head in sorted(drafts)}
    for head in ordered:
        ordered[head] = _attach(doc, ordered, ordered[head])
    for head in ordered:
        _part_subjects(doc, ordered, ordered[head])
        _part_times(doc, ordered, ordered[head])
        share_echo(doc, ordered, ordered[head])
    # Governors come before what they govern, however deep: control chains
    # ("agreed to try to persuade …") are filled from the top down.
    for head in sorted(ordered, key=lambda h: _depth(doc[h])):
        ordered[head] = inherit(doc, ordered, ordered[head])
        share_company(ordered, ordered[head])
        share_back(ordered, ordered[head])
        _of_their_number(ordered, ordered[head])
    children: dict[int, list[int]] = {}
    for head, clause in ordered.items():
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(head)
    return Clauses(ordered, {head: tuple(found) for head, found in children.items()})


def _at(clauses: dict[int, Clause], head: int | None) -> Clause | None:
    return clauses.get(head) if head is not None else None


def _part_subjects(doc: Doc, clauses: dict[int, Clause], inner: Clause) -> None:
    """Give a fronted report and its verb of saying each its own subject.

    "*Kyiv* has signed a deal, *Paris and Rome* said": parsers hang both subjects on one verb.
    """
    outer = _at(clauses, inner.parent)
    if outer is None or inner.link is not Link.COMPLEMENT or outer.head < inner.head:
        return
    mine, theirs = inner.of(Role.SUBJECT), outer.of(Role.SUBJECT)
    late = tuple(a for a in mine if inner.head < a.head < outer.head and not a.preposition)
    early = tuple(a for a in theirs if a.head < inner.head)
    if late and len(late) < len(mine) and not theirs:
        _move(clauses, inner, outer, late)
    elif early and len(early) < len(theirs) and not mine and not inner.passive:
        _move(clauses, outer, inner, early)


def _of_their_number(clauses: dict[int, Clause], inner: Clause) -> None:
    """What some do who are counted with others is theirs: "*Chad* was among states that sided"."""
    whole = _at(clauses, inner.anchor)
    if whole is None or inner.link is not Link.RELATIVE or whole.kind is not Kind.COPULAR:
        return
    counted = any(a.head == whole.head for a in whole.obliques("among"))
    if not counted or whole.negations or all(a.head != whole.head for a in inner.of(Role.SUBJECT)):
        return
    left = tuple(a for a in inner.arguments if a.head != whole.head)
    owned = tuple(a._replace(inherited=True) for a in whole.of(Role.SUBJECT))
    clauses[inner.head] = inner._replace(arguments=owned + left)


def _part_times(doc: Doc, clauses: dict[int, Clause], inner: Clause) -> None:
    """Give a verb of saying what follows it: "It will not yield, Abe said *after a lunch with X*".

    Parsers hang it on the report before; not where the report goes on: '"We," he said, "lost"'.
    """
    node, outer = inner, _at(clauses, inner.parent)
    while outer is not None and outer.head < inner.head:
        # "are ready *to work*, he said after talks": the report's own complement
        node = outer
        outer = _at(clauses, node.parent)
    if outer is None or node.link is not Link.COMPLEMENT or outer.kind is Kind.NOMINAL:
        return
    late = tuple(a for a in inner.of(Role.OBLIQUE) if a.head > outer.head and not a.inherited)
    if not late or any(t.text in _MARKS for t in doc.span(outer.head, late[-1].head)):
        return
    left = tuple(a for a in inner.arguments if a not in late)
    clauses[inner.head] = inner._replace(arguments=left)
    clauses[outer.head] = outer._replace(arguments=outer.arguments + late)
    for argument in late:
        noun = clauses.get(argument.head)
        if noun is not None and noun.parent == inner.head:
            clauses[noun.head] = noun._replace(parent=outer.head)


def _move(
    clauses: dict[int, Clause], source: Clause, target: Clause, moved: tuple[Argument, ...]
) -> None:
    left = tuple(a for a in source.arguments if a not in moved)
    clauses[source.head] = source._replace(arguments=left)
    clauses[target.head] = target._replace(arguments=moved + target.arguments)


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def _attach(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Say how the clause hangs on which other clause."""
    token = doc[clause.head]
    node = token
    link = _LINKS.get(token.dep_, _NOMINAL)
    if token.dep_ == "advcl:relcl" and not is_nominal_head(token.head):
        # "…, which angered Tehran"; but "It was Turkey *that shot down* the jet"
        link = _ADVERBIAL
    if clause.kind is _KIND_NOMINAL:
        link = _NOMINAL
    verb = _said_by(clause, token) if link is _ADNOMINAL else None
    if verb is not None and verb.i in clauses:
        return _hung(clause, _COMPLEMENT, verb.i)
    if link is _COMPLEMENT and _is_inverted(doc, clause):
        # "warned of war *should Israel strike*"
        link = _ADVERBIAL
    while node.head.i != node.i:
        node = node.head
        above = clauses.get(node.i)
        if above is None:
            continue
        if above.kind is _KIND_NOMINAL and clause.kind is not _KIND_NOMINAL:
            if link in {_RELATIVE, _ADNOMINAL, _COMPLEMENT}:
                # "its decision to withdraw": governed by the noun itself
                return _hung(clause, link, node.i, token.head.i)
            if link is not _NOMINAL:
                continue
        anchor = token.head.i if link in {_RELATIVE, _ADNOMINAL} else None
        if link is _CONJUNCT and token.head.i != node.i:
            link = _NOMINAL
        if link is _CONJUNCT and clause.marker in _SUBORDINATORS - {above.marker}:
            # "would be open to talks, *but only if* Pyongyang can keep …"
            link = _ADVERBIAL
        if link is _PARATAXIS and _goes_on(clause, above):
            link = _CONJUNCT
        if link is _ADVERBIAL and clause.marker == above.marker == "to":
            link = _CONJUNCT if _is_listed(doc, token) else link
        return _hung(clause, link, node.i, anchor)
    anchor = token.head.i if link in {_RELATIVE, _ADNOMINAL} else None
    if link in {_RELATIVE, _ADNOMINAL} or clause.kind is _KIND_NOMINAL:
        return _hung(clause, link, None, anchor)
    return _hung(clause, _ROOT if token.head.i == token.i else link)


def _hung(
    clause: Clause, link: Link, parent: int | None = None, anchor: int | None = None
) -> Clause:
    """The draft itself, which nobody else holds yet, told how it hangs."""
    clause.link, clause.parent, clause.anchor = link, parent, anchor
    return clause


def _said_by(clause: Clause, token: Token) -> Token | None:
    """The verb of what is said on an occasion, hung on it by the parser.

    "said *in a statement that* Riga had lied", "told a rally *in a speech to parliament that* …".
    """
    if clause.marker != "that" or not clause.tense:
        return None
    noun = token.head
    if noun.lemma_.lower() not in listed("occasion") and noun.pos_ != "PROPN":
        return None
    while noun.dep_.startswith(("nmod", "appos")) and noun.head.i < noun.i:
        noun = noun.head
    verb = noun.head
    return verb if noun.dep_.startswith("obl") and verb.i < noun.i else None


def _goes_on(clause: Clause, above: Clause) -> bool:
    """Whether a clause tells what its subject did next: "was received in Riga, *then flew* home".

    Not "Kyiv won, *said* Riga", which has a subject of its own.
    """
    told = clause.kind is above.kind is Kind.VERBAL and bool(clause.tense)
    own = clause.passive or clause.of(Role.SUBJECT)
    return told and not own and clause.tense == above.tense and clause.head > above.head


def _is_inverted(doc: Doc, clause: Clause) -> bool:
    """Whether a condition is told by its word order: "*should* Seoul *strike*", no question."""
    first = min(clause.auxiliaries, default=clause.head)
    if doc[first].lower_ not in {"should", "were", "had"} or clause.marker:
        return False
    after = any(first < a.head < clause.head for a in clause.surface_subject())
    return after and all(token.text != "?" for token in doc.span(clause.start, clause.end + 1))


def _is_listed(doc: Doc, token: Token) -> bool:
    """Whether an infinitive is one of a list: "promised to end aid, *to lift* bans and to talk".

    Not "agreed to cut output, to help prices", where nothing is joined to it.
    """
    to = next((c for c in token.children if c.dep_ == "mark" and c.lower_ == "to"), None)
    if to is None or to.i == 0 or doc[to.i - 1].text != ",":
        return False
    later = (c for c in token.children if c.dep_ == "conj" and c.tag_ == "VB")
    return any(any(w.dep_ == "mark" and w.lower_ == "to" for w in c.children) for c in later)
