"""Clauses with roles from Universal Dependencies trees.

A clause is a predicate with its arguments in logical roles: the subject of "Seoul was
attacked by Tokyo" is Tokyo. Subjects that grammar leaves out (control, raising,
participles, relative clauses, coordination) are filled in and marked ``inherited``.
With ``phrases`` one of the two modules that read UD labels. All indices are tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from spacy.tokens import Doc, Token

from kg.text.phrases import (
    TOGETHER,
    antecedent,
    conjuncts_of,
    is_gerund_object,
    is_nominal_head,
    is_relative,
    noun_phrase,
    preposition_of,
)


class Role(StrEnum):
    """What an argument is to its predicate, whatever the voice."""

    SUBJECT = "subject"
    OBJECT = "object"
    RECIPIENT = "recipient"
    OBLIQUE = "oblique"
    PREDICATE = "predicate"
    """What subject (copula) or object ("declared the South its enemy") is said to be."""
    POSSESSOR = "possessor"
    MODIFIER = "modifier"


class Kind(StrEnum):
    """How the predicate is worded."""

    VERBAL = "verbal"
    COPULAR = "copular"
    """"is open to talks", "Japan is an ally", verbless "open to talks" too."""
    NOMINAL = "nominal"
    """"Russia's invasion of Ukraine": a noun phrase read as a clause."""


class Link(StrEnum):
    """How a clause hangs on its parent."""

    ROOT = "root"
    COMPLEMENT = "complement"
    OPEN_COMPLEMENT = "open complement"
    ADVERBIAL = "adverbial"
    RELATIVE = "relative"
    ADNOMINAL = "adnominal"
    CONJUNCT = "conjunct"
    PARATAXIS = "parataxis"
    NOMINAL = "nominal"


@dataclass(frozen=True, slots=True)
class Argument:
    """A nominal in a role; ``head`` is its head token, ``preposition`` "" when bare.

    ``inherited`` marks an argument that stands elsewhere: shared, controlled, relativised.
    """

    role: Role
    head: int
    preposition: str = ""
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate, its arguments, and what surrounds it.

    ``lemma`` holds a verb with its particle ("blow up"), ``verb`` the bare verb. ``tense``
    is past, present, future or "" (infinitives, participles, nouns). ``marker`` is the
    subordinator ("if", "that", "to", "after", "without", …), of nouns their preposition.
    ``parent`` is the head of the governing clause, ``anchor`` the noun that a relative or
    adnominal clause modifies.
    ``words`` are the tokens of the verb phrase (auxiliaries, negation, "to", particle).
    ``start``/``end`` bound the predicate's whole subtree.
    """

    head: int
    kind: Kind
    lemma: str
    verb: str
    passive: bool
    tense: str
    perfect: bool
    arguments: tuple[Argument, ...]
    auxiliaries: tuple[int, ...]
    negations: tuple[int, ...]
    adverbs: tuple[int, ...]
    marker: str
    link: Link
    parent: int | None
    anchor: int | None
    start: int
    end: int
    words: tuple[int, ...] = ()

    def of(self, role: Role) -> tuple[Argument, ...]:
        """The arguments in a role, in text order."""
        return tuple(a for a in self.arguments if a.role is role)

    def obliques(self, *prepositions: str) -> tuple[Argument, ...]:
        """The prepositional arguments with one of the prepositions, in text order."""
        return tuple(
            a for a in self.arguments if a.role is Role.OBLIQUE and a.preposition in prepositions
        )

    def surface_subject(self) -> tuple[Argument, ...]:
        """The grammatical subject: of a passive, the one acted upon."""
        return self.of(Role.OBJECT if self.passive else Role.SUBJECT)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a document by the index of their predicate, in text order."""

    by_head: dict[int, Clause]
    _children: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.by_head.values())

    def at(self, head: int | None) -> Clause | None:
        """The clause whose predicate is this token, if any."""
        return self.by_head.get(head) if head is not None else None

    def parent(self, clause: Clause) -> Clause | None:
        """The governing clause; a conjunct's parent is the first of its coordination."""
        return self.at(clause.parent)

    def children(self, head: int) -> tuple[Clause, ...]:
        """The clauses that hang directly on the clause with this predicate."""
        return tuple(self.by_head[i] for i in self._children.get(head, ()))

    def governor(self, clause: Clause) -> Clause | None:
        """The clause that a clause or its whole coordination depends on.

        "He said they would invade and occupy it": the governor of *occupy* is *said*.
        """
        while clause.link is Link.CONJUNCT:
            first = self.at(clause.parent)
            if first is None:
                return None
            clause = first
        return self.at(clause.parent)


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
_NOT_PREDICATES = {
    *("aux", "aux:pass", "cop", "case", "mark", "fixed", "compound", "flat", "compound:prt"),
    *("cc", "advmod", "amod", "det", "goeswith", "discourse"),
}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
_NEGATIONS = {"not", "n't", "never", "neither", "nor", "hardly", "scarcely", "barely"}
_SUBORDINATORS = {"if", "unless", "because", "although", "until", "before", "after", "since"}
_SUBORDINATORS |= {"when", "while", "as", "so long as", "as long as", "provided"}
_PARTICLES = {"up", "down", "out", "off", "back", "in", "on", "over", "away", "apart"}
_FUTURE = {"will", "'ll", "’ll", "shall", "wo"}
# "promised them to leave": the one who leaves is the subject, not the object.
_SUBJECT_CONTROL = {"promise", "vow", "threaten", "pledge"}
# "accused Iran of arming …", "stopped them from leaving": the object is who does it.
_OBJECT_MARKERS = {"of", "from", "into", "for"}
# "sent troops to guard …" against "bombed the city to punish …"
_SENDING = {"send", "deploy", "dispatch", "invite", "hire", "recruit", "train", "order", "mobilise"}
_SENDING |= {"mobilize", "use", "leave", "ask", "urge"}
_GIVING = {"give", "grant", "lend", "offer", "send", "pay", "hand", "deny", "sell", "promise"}
_GIVING |= {"owe", "award", "cost", "show", "tell", "teach", "bring", "loan", "extend", "supply"}
# "the reason we cannot meet": the noun is no argument of "meet".
_ADVERBIAL_NOUNS = {"reason", "time", "day", "way", "place", "moment", "year", "fact", "extent"}


def find_clauses(doc: Doc) -> Clauses:
    """All clauses of a parsed document, nominal ones included."""
    drafts = {token.i: _draft(token) for token in doc if _is_predicate(token)}
    for token in doc:
        if token.i not in drafts and token.pos_ == "NOUN" and is_nominal_head(token):
            drafts[token.i] = _nominal(token)
    ordered = {head: drafts[head] for head in sorted(drafts)}
    for head in ordered:
        ordered[head] = _attach(doc, ordered, ordered[head])
    for head in ordered:
        _part_subjects(doc, ordered, ordered[head])
    # Governors come before what they govern, however deep: control chains
    # ("agreed to try to persuade …") are filled from the top down.
    for head in sorted(ordered, key=lambda h: _depth(doc[h])):
        ordered[head] = _inherit(doc, ordered, ordered[head])
        _share_back(ordered, ordered[head])
    children: dict[int, list[int]] = {}
    for head, clause in ordered.items():
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(head)
    return Clauses(ordered, {head: tuple(found) for head, found in children.items()})


def _part_subjects(doc: Doc, clauses: dict[int, Clause], inner: Clause) -> None:
    """Give a fronted report and its verb of saying each its own subject.

    "*Kyiv* has signed a deal, *Paris and Rome* said": parsers hang both subjects on one verb.
    """
    outer = clauses.get(inner.parent) if inner.parent is not None else None
    if outer is None or inner.link is not Link.COMPLEMENT or outer.head < inner.head:
        return
    mine, theirs = inner.of(Role.SUBJECT), outer.of(Role.SUBJECT)
    late = tuple(a for a in mine if inner.head < a.head < outer.head and not a.preposition)
    early = tuple(a for a in theirs if a.head < inner.head)
    if late and len(late) < len(mine) and not theirs:
        _move(clauses, inner, outer, late)
    elif early and len(early) < len(theirs) and not mine and not inner.passive:
        _move(clauses, outer, inner, early)


def _move(
    clauses: dict[int, Clause], source: Clause, target: Clause, moved: tuple[Argument, ...]
) -> None:
    left = tuple(a for a in source.arguments if a not in moved)
    clauses[source.head] = replace(source, arguments=left)
    clauses[target.head] = replace(target, arguments=moved + target.arguments)


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def _is_predicate(token: Token) -> bool:
    if token.dep_ in _NOT_PREDICATES:
        return False
    if token.pos_ in {"VERB", "AUX"}:
        return True
    children = {child.dep_ for child in token.children}
    if "cop" in children:
        # "Seoul is *ready* for talks", "Japan is an *ally*"
        return True
    if token.pos_ == "ADJ":
        # "Kim says …, *open* to talks": an adjective as a clause of its own
        return token.dep_ in {"advcl", "ccomp", "parataxis", "ROOT", "xcomp", "acl"} or (
            token.dep_ == "conj" and _is_predicate(token.head)
        )
    # "Trump a *threat* to peace, says Tehran": a nominal that has a subject
    return token.pos_ in {"NOUN", "PROPN"} and bool(children & _SUBJECTS)


def _arguments(token: Token, passive: bool) -> Iterator[Argument]:
    """The arguments that stand beside the predicate itself."""
    objects = 0
    direct = sum(child.dep_ == "obj" for child in token.children)
    has_object, two_objects = direct > 0, direct == 2
    for child in token.children:
        found: Argument | None = None
        if child.dep_ in {"nsubj", "nsubj:outer"} or (child.dep_ == "nsubj:pass" and not passive):
            found = Argument(Role.SUBJECT, child.i)
        elif child.dep_ == "nsubj:pass":
            # "Kyiv was given missiles": with an object left, the subject is the recipient.
            found = Argument(Role.RECIPIENT if has_object else Role.OBJECT, child.i)
        elif child.dep_ == "obj":
            objects += 1
            # A second object is a predicate: "declared the South its *enemy*"; with verbs of
            # giving it is what is given: "granted the IAEA *access*".
            role = Role.OBJECT if objects == 1 else Role.PREDICATE
            if two_objects and token.lemma_.lower() in _GIVING:
                role = Role.RECIPIENT if objects == 1 else Role.OBJECT
            found = Argument(role, child.i)
        elif child.dep_ == "iobj":
            # A lone indirect object is the object: "quoted *him* as saying".
            found = Argument(Role.RECIPIENT if has_object else Role.OBJECT, child.i)
        elif child.dep_.startswith("obl") or (child.dep_ == "nmod" and token.pos_ != "NOUN"):
            preposition = preposition_of(child)
            if not preposition and child.dep_ == "obl" and not (has_object or passive):
                # Nothing marks it and it is no time ("obl:unmarked"): "shot down *the jet*"
                has_object = True
                yield Argument(Role.OBJECT, child.i)
                continue
            agent = preposition == "by" and passive and not _is_temporal(child)
            agent = agent or child.dep_ == "obl:agent" or preposition == "at the hands of"
            # "Kyiv signed, along with Riga, …": who else does it
            beside = preposition in TOGETHER and not passive
            role = Role.SUBJECT if agent or beside else Role.OBLIQUE
            found = Argument(role, child.i, preposition)
        elif child.dep_ == "xcomp" and is_nominal_head(child) and child.i > token.i:
            # "elected him *president*", "became an *ally*", "became *one* of its allies"
            found = Argument(Role.PREDICATE, child.i, preposition_of(child))
        if found is None:
            continue
        yield found
        for other in conjuncts_of(child):
            if (other.i < token.i) != (child.i < token.i):
                # "Kyiv has signed, Paris *and Rome* said": no subject of "signed" stands there
                continue
            yield replace(
                found, head=other.i, preposition=preposition_of(other) or found.preposition
            )


def _is_temporal(token: Token) -> bool:
    # "will be signed by Friday": a date is no agent.
    return token.ent_type_ in {"DATE", "TIME"} or token.pos_ == "NUM"


def _draft(token: Token) -> Clause:
    children = list(token.children)
    auxiliaries = [c for c in children if c.dep_ in {"aux", "aux:pass", "cop"}]
    passive = _is_passive(token)
    particle = next((c for c in children if c.dep_ == "compound:prt"), None)
    if particle is None and token.pos_ == "VERB":
        # "sit down with": parsers call many particles adverbs.
        particle = next(
            (
                c
                for c in children
                if c.dep_ == "advmod" and c.lower_ in _PARTICLES and 0 < c.i - token.i <= 2
            ),
            None,
        )
    verb = token.lemma_.lower()
    copular = token.pos_ not in {"VERB", "AUX"}
    arguments = list(_arguments(token, passive))
    if copular and any(c.dep_ == "cop" for c in children) and is_nominal_head(token):
        arguments.append(Argument(Role.PREDICATE, token.i))
        arguments.extend(Argument(Role.PREDICATE, o.i) for o in conjuncts_of(token))
    tense, perfect = _tense(token, auxiliaries)
    return Clause(
        head=token.i,
        kind=Kind.COPULAR if copular else Kind.VERBAL,
        lemma=f"{verb} {particle.lower_}" if particle is not None else verb,
        verb=verb,
        passive=passive,
        tense=tense,
        perfect=perfect,
        arguments=tuple(arguments),
        auxiliaries=tuple(c.i for c in auxiliaries),
        negations=tuple(_negations(token)),
        adverbs=tuple(c.i for c in children if c.dep_ == "advmod" and c is not particle),
        marker=_marker(token),
        link=Link.ROOT,
        parent=None,
        anchor=None,
        start=token.left_edge.i,
        end=token.right_edge.i + 1,
        words=tuple(_words(token, auxiliaries, particle)),
    )


def _words(token: Token, auxiliaries: list[Token], particle: Token | None) -> list[int]:
    """The verb phrase: "will not have been | blown | up", of copulas "is | not | open"."""
    found = {aux.i for aux in auxiliaries}
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        found.add(token.i)
    if particle is not None:
        found.add(particle.i)
    for child in token.children:
        infinitive = child.dep_ == "mark" and child.lower_ == "to"
        if infinitive or (child.dep_ == "advmod" and child.lower_ in _NEGATIONS):
            found.add(child.i)
    return sorted(found)


def _nominal(token: Token) -> Clause:
    phrase = noun_phrase(token)
    arguments: list[Argument] = []
    if phrase.possessor is not None:
        arguments.append(Argument(Role.POSSESSOR, phrase.possessor))
        owner = token.doc[phrase.possessor]
        arguments.extend(Argument(Role.POSSESSOR, o.i) for o in conjuncts_of(owner))
    arguments.extend(Argument(Role.MODIFIER, i) for i in phrase.modifiers)
    arguments.extend(Argument(Role.OBJECT, c.i) for c in token.children if is_gerund_object(c))
    arguments.extend(Argument(Role.OBLIQUE, head, prep) for prep, head in phrase.complements)
    return Clause(
        head=token.i,
        kind=Kind.NOMINAL,
        lemma=token.lemma_.lower(),
        verb=token.lemma_.lower(),
        passive=False,
        tense="",
        perfect=False,
        arguments=tuple(arguments),
        auxiliaries=(),
        negations=tuple(c.i for c in token.children if c.lower_ == "no" and c.dep_ == "det"),
        adverbs=(),
        marker=phrase.preposition,
        link=Link.NOMINAL,
        parent=None,
        anchor=None,
        start=token.left_edge.i,
        end=token.right_edge.i + 1,
    )


def _is_passive(token: Token) -> bool:
    deps = {child.dep_ for child in token.children}
    if deps & {"aux:pass", "obl:agent"}:
        return True
    if token.tag_ != "VBN" or any(c.lemma_ == "have" and c.dep_ == "aux" for c in token.children):
        # "had fired on the boat" is active whatever its subject is called
        return False
    if deps & {"nsubj:pass", "csubj:pass"}:
        # headlines: "Three killed in Gaza strike"
        return True
    # "troops sent by Pyongyang", "emboldened by the war, Kim …"
    return token.dep_ in {"acl", "advcl"} and "nsubj" not in deps


def _marker(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "mark" and child.i < token.i:
            rest = [c.lower_ for c in child.children if c.dep_ == "fixed"]
            return " ".join([child.lower_, *rest])
    # "when Putin visited", "where they met": an adverb introduces the clause
    first = token.doc[token.left_edge.i]
    if first.head.i == token.i and first.tag_ == "WRB":
        return first.lower_
    return ""


def _negations(token: Token) -> Iterator[int]:
    for child in token.children:
        if child.dep_ in {"advmod", "cc:preconj", "cc", "det"} and child.lower_ in _NEGATIONS:
            yield child.i
        elif child.dep_ == "det" and child.lower_ == "no" and token.pos_ == "NOUN":
            # "Moscow is no ally": the copula's predicate noun is denied
            yield child.i
        elif child.dep_ in {"nsubj", "nsubj:pass", "obj", "obl"}:
            if child.lower_ in {"nobody", "nothing", "none", "neither"}:
                yield child.i
            else:
                # "no country recognised …", "signed no agreement", "in no way"
                yield from (g.i for g in child.children if g.dep_ == "det" and g.lower_ == "no")
        elif child.dep_ == "advmod" and child.lower_ == "longer":
            # "no longer recognises"
            yield from (g.i for g in child.children if g.lower_ == "no")


def _tense(token: Token, auxiliaries: list[Token]) -> tuple[str, bool]:
    perfect = any(a.lemma_ == "have" and a.dep_ == "aux" for a in auxiliaries)
    for word in [*auxiliaries, token]:
        if word.tag_ == "MD":
            return (
                "future" if word.lower_ in {"will", "'ll", "’ll", "shall", "wo"} else ""
            ), perfect
        if word.tag_ == "VBD":
            return "past", perfect
        if word.tag_ in {"VBZ", "VBP"}:
            # "has signed" reports something past
            return ("past" if perfect and word.lemma_ == "have" else "present"), perfect
    return "", perfect


def _attach(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Say how the clause hangs on which other clause."""
    token = doc[clause.head]
    node = token
    link = _LINKS.get(token.dep_, Link.NOMINAL)
    if token.dep_ == "advcl:relcl" and not is_nominal_head(token.head):
        # "…, which angered Tehran"; but "It was Turkey *that shot down* the jet"
        link = Link.ADVERBIAL
    if clause.kind is Kind.NOMINAL:
        link = Link.NOMINAL
    while node.head.i != node.i:
        node = node.head
        above = clauses.get(node.i)
        if above is None:
            continue
        if above.kind is Kind.NOMINAL and clause.kind is not Kind.NOMINAL:
            if link in {Link.RELATIVE, Link.ADNOMINAL, Link.COMPLEMENT}:
                # "its decision to withdraw": governed by the noun itself
                return replace(clause, link=link, parent=node.i, anchor=token.head.i)
            if link is not Link.NOMINAL:
                continue
        anchor = token.head.i if link in {Link.RELATIVE, Link.ADNOMINAL} else None
        if link is Link.CONJUNCT and token.head.i != node.i:
            link = Link.NOMINAL
        if link is Link.CONJUNCT and clause.marker in _SUBORDINATORS - {above.marker}:
            # "would be open to talks, *but only if* Pyongyang can keep …"
            link = Link.ADVERBIAL
        return replace(clause, link=link, parent=node.i, anchor=anchor)
    anchor = token.head.i if link in {Link.RELATIVE, Link.ADNOMINAL} else None
    if link in {Link.RELATIVE, Link.ADNOMINAL} or clause.kind is Kind.NOMINAL:
        return replace(clause, link=link, anchor=anchor)
    return replace(clause, link=Link.ROOT if token.head.i == token.i else link)


def _inherit(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Fill in the arguments that grammar leaves out."""
    if clause.kind is Kind.NOMINAL:
        verb = clauses.get(clause.parent) if clause.parent is not None else None
        if verb is None or not clause.of(Role.OBJECT) or clause.of(Role.POSSESSOR):
            return clause
        # "Kim recalled *meeting Trump*": who recalls has met
        return _add_subjects(clause, verb.surface_subject())
    if clause.link is Link.RELATIVE:
        clause = _relative(doc, clauses, clause)
    parent = clauses.get(clause.parent) if clause.parent is not None else None
    if clause.link is Link.CONJUNCT and parent is not None:
        return _conjunct(doc, clause, parent)
    if clause.surface_subject() or (clause.passive and clause.of(Role.RECIPIENT)):
        return clause
    if clause.link is Link.ADNOMINAL and clause.anchor is not None:
        return _adnominal(doc, clauses, clause, clause.anchor)
    if parent is None:
        return clause
    if clause.link is Link.OPEN_COMPLEMENT or clause.link in {Link.ADVERBIAL, Link.COMPLEMENT}:
        if clause.link is Link.COMPLEMENT and clause.tense:
            # "said signed …": a finite complement has its own subject or none
            return clause
        return _add_subjects(clause, _controllers(clause, parent))
    return clause


def _controllers(clause: Clause, parent: Clause) -> tuple[Argument, ...]:
    """Who is the understood subject of a clause without one."""
    surface = parent.surface_subject() or (parent.of(Role.RECIPIENT) if parent.passive else ())
    others = () if parent.passive else parent.of(Role.OBJECT) + parent.of(Role.RECIPIENT)
    if clause.link is Link.OPEN_COMPLEMENT:
        # "forced Kyiv to withdraw" – Kyiv; "promised Kyiv to withdraw", "agreed to" – subject
        if others and parent.verb not in _SUBJECT_CONTROL:
            recipients = parent.of(Role.RECIPIENT)
            return recipients or others
        return surface
    if clause.marker in _OBJECT_MARKERS and others:
        return others
    if clause.marker == "to" and others and parent.verb in _SENDING:
        # "sent troops to fight alongside …": those sent do it
        return others
    # "Kim flew to Moscow after sending …", "he left, saying …"
    return surface


def _add_subjects(clause: Clause, subjects: tuple[Argument, ...]) -> Clause:
    role = Role.OBJECT if clause.passive else Role.SUBJECT
    added = tuple(Argument(role, a.head, "", True) for a in subjects if a.head != clause.head)
    return replace(clause, arguments=added + clause.arguments)


def _conjunct(doc: Doc, clause: Clause, first: Clause) -> Clause:
    """Share what coordination shares: subject, later object, auxiliaries and their negation."""
    if clause.kind is Kind.VERBAL and first.kind is Kind.VERBAL:
        same_form = doc[clause.head].tag_ == doc[first.head].tag_
        if same_form and not clause.auxiliaries and first.auxiliaries and not clause.marker:
            # "has not signed or ratified", "will invade and occupy"
            clause = replace(
                clause,
                auxiliaries=first.auxiliaries,
                negations=first.negations + clause.negations,
                tense=first.tense,
                perfect=first.perfect,
                passive=clause.passive or (first.passive and not clause.of(Role.OBJECT)),
            )
    if not clause.of(Role.OBJECT) and not clause.passive and first.kind is Kind.VERBAL:
        # "bombed and invaded Iraq": the object stands after the second verb
        shared = [a for a in first.of(Role.OBJECT) if a.head > clause.head and not first.passive]
        clause = replace(
            clause,
            arguments=clause.arguments + tuple(replace(a, inherited=True) for a in shared),
        )
    if clause.surface_subject():
        return clause
    return _add_subjects(clause, first.surface_subject())


def _share_back(clauses: dict[int, Clause], clause: Clause) -> None:
    """Give the first of two adjacent verbs the object that the parser hung on the second.

    "*bombed* and strafed the convoy", not "*resigned* and left the country a year later".
    """
    first = clauses.get(clause.parent) if clause.parent is not None else None
    adjacent = first is not None and 1 < clause.head - first.head <= 3
    if first is None or not adjacent or clause.link is not Link.CONJUNCT:
        return
    own = first.of(Role.OBJECT) + first.of(Role.OBLIQUE)
    if first.kind is Kind.VERBAL and not first.passive and not own:
        shared = tuple(
            replace(a, inherited=True)
            for a in clause.of(Role.OBJECT)
            if a.head > clause.head and not clause.passive
        )
        clauses[first.head] = replace(first, arguments=first.arguments + shared)


def _relative(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Put the antecedent where the relative pronoun, or the gap, stands."""
    if clause.anchor is None:
        return clause
    anchor, found, arguments = clause.anchor, False, []
    for argument in clause.arguments:
        token = doc[argument.head]
        if is_relative(token) and antecedent(token) is not None:
            argument, found = replace(argument, head=anchor, inherited=True), True
        arguments.append(argument)
    clause = replace(clause, arguments=tuple(arguments))
    adverbial = clause.marker in {"when", "where", "why", "how"}
    if found or adverbial or doc[anchor].lemma_.lower() in _ADVERBIAL_NOUNS:
        return clause
    if not clause.surface_subject():
        # "forces [that were] fighting", with the pronoun attached elsewhere
        return _add_subjects(clause, (Argument(Role.SUBJECT, anchor),))
    if not clause.passive and not clause.of(Role.OBJECT) and clause.kind is Kind.VERBAL:
        inner = [
            c
            for c in clauses.values()
            if c.parent == clause.head and c.link is Link.OPEN_COMPLEMENT
        ]
        if not inner:
            # "the deal Moscow signed"
            gap = Argument(Role.OBJECT, anchor, "", True)
            return replace(clause, arguments=(*clause.arguments, gap))
    return clause


def _adnominal(doc: Doc, clauses: dict[int, Clause], clause: Clause, anchor: int) -> Clause:
    """The understood subject of a participle or infinitive that modifies a noun."""
    if doc[clause.head].tag_ in {"VBG", "VBN"}:
        # "troops *fighting* in …", "missiles *sent* by …" (passive: the noun is the object)
        return _add_subjects(clause, (Argument(Role.SUBJECT, anchor),))
    if doc[anchor].head.i == anchor and clause.marker == "to":
        # headlines: "U.S., Chinese officials *to meet* in Geneva"
        headline = replace(clause, tense="future")
        return _add_subjects(headline, (Argument(Role.SUBJECT, anchor),))
    owner = noun_phrase(doc[anchor]).possessor
    if owner is not None:
        # "Seoul's decision to expel …"
        return _add_subjects(clause, (Argument(Role.SUBJECT, owner),))
    governor = clauses.get(clause.parent) if clause.parent is not None else None
    while governor is not None and governor.kind is Kind.NOMINAL:
        governor = clauses.get(governor.parent) if governor.parent is not None else None
    if governor is None:
        return clause
    # "he has no reason to sit down with …", "they reached a deal to end …"
    return _add_subjects(clause, governor.surface_subject())
