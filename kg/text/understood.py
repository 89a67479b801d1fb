"""The arguments that grammar leaves out: control, coordination, participles, relative clauses."""

from __future__ import annotations

from kg.text.causatives import caused_by, is_participle, ordered_by
from kg.text.clausetypes import Argument, Clause, Kind, Link, Role
from kg.text.parsed import Doc
from kg.text.phrases import antecedent, is_relative, joined_names, noun_phrase
from kg.text.wordlists import listed

# "promised them to leave": the one who leaves is the subject, not the object.
_SUBJECT_CONTROL = {"promise", "vow", "threaten", "pledge", "vote"}
# "accused Iran of arming …", "stopped them from leaving", "warned Israel against attacking":
# the object is who does it.
_OBJECT_MARKERS = {"of", "from", "into", "for", "against"}
# "sent troops to guard …" against "bombed the city to punish …"
_SENDING = {"send", "deploy", "dispatch", "invite", "hire", "recruit", "train", "order", "mobilise"}
_SENDING |= {"mobilize", "use", "leave", "ask", "urge"}
# "gave them a week to leave": those who are given something are to do it.
_GRANTING = {"give", "grant", "allow", "leave", "offer", "deny"}
# What somebody means to do or does: "the refusal *of Iran* to let inspectors in".
_OWN_STEPS = {"decision", "attempt", "refusal", "plan", "threat", "bid", "effort", "failure", "vow"}
_OWN_STEPS |= {"promise", "pledge", "willingness", "readiness", "offer", "intention", "desire"}
_OWN_STEPS |= {"move", "determination", "right", "ability", "agreement", "commitment"}
_JOINING = {"join", "accompany"}
# "as *has* the Union", "so *did* Warsaw"
_ECHOING = {"have", "do", "be", "will"}
# "appealed to them to stay": those who are called upon are to do it.
_CALLING = {"appeal", "call", "plead", "cry", "shout", "signal", "prevail", "lean", "press"}
# What acts do, not states: "…, which *drew* an angry rebuke".
_STIRRING = {
    "draw",
    "provoke",
    "spark",
    "anger",
    "enrage",
    "infuriate",
    "prompt",
    "trigger",
    "earn",
}
# "the reason we cannot meet": the noun is no argument of "meet".
_ADVERBIAL_NOUNS = {"reason", "time", "day", "way", "place", "moment", "year", "fact", "extent"}


def inherit(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Fill in the arguments that grammar leaves out."""
    if clause.kind is Kind.NOMINAL:
        verb = clauses.get(clause.parent) if clause.parent is not None else None
        if verb is None or not clause.of(Role.OBJECT) or clause.of(Role.POSSESSOR):
            return clause
        # "Kim recalled *meeting Trump*": who recalls has met
        return _add_subjects(clause, verb.surface_subject())
    if clause.link is Link.RELATIVE:
        clause = _relative(doc, clauses, clause)
    elif clause.link is Link.COMPLEMENT:
        clause = _fronted(doc, clause)
    fallen = _fallen_out(doc, clause)
    if fallen is not None:
        return _add_subjects(clause, (Argument(Role.SUBJECT, fallen),))
    parent = clauses.get(clause.parent) if clause.parent is not None else None
    if clause.link is Link.CONJUNCT and parent is not None:
        return _conjunct(doc, clauses, clause, parent)
    if clause.surface_subject() or (clause.passive and clause.of(Role.RECIPIENT)):
        return clause
    if clause.link is Link.ADNOMINAL and clause.anchor is not None:
        anchor = clause.anchor
        ordering = clauses.get(doc[anchor].head.i)
        if ordering is not None:
            clause = ordered_by(doc, clause, ordering)
        return _adnominal(doc, clauses, clause, anchor)
    if parent is None:
        return clause
    if clause.link is Link.OPEN_COMPLEMENT and doc[clause.head].tag_ == "VBN":
        caused = caused_by(doc, clause, parent)
        if caused is not None:
            return caused
    if clause.link is Link.OPEN_COMPLEMENT or clause.link in {Link.ADVERBIAL, Link.COMPLEMENT}:
        if clause.link is Link.COMPLEMENT and clause.tense:
            # "said signed …": a finite complement has its own subject or none
            return clause
        return _add_subjects(clause, _controllers(clause, parent))
    return clause


def _fallen_out(doc: Doc, clause: Clause) -> int | None:
    """The subject that a parser took for the sentence, with its verb coordinated to it.

    "*Germany*, convinced that …, expelled four diplomats": nothing says "and".
    """
    token = doc[clause.head]
    first = token.head
    joined = any(child.dep_ == "cc" for child in token.children)
    if token.dep_ != "conj" or joined or not clause.tense or clause.surface_subject():
        return None
    root = first.head.i == first.i and first.i < token.i and first.pos_ in {"NOUN", "PROPN"}
    predicate = any(child.dep_ in {"cop", "nsubj", "case"} for child in first.children)
    return first.i if root and not predicate else None


def _controllers(clause: Clause, parent: Clause) -> tuple[Argument, ...]:
    """Who is the understood subject of a clause without one."""
    surface = parent.surface_subject() or (parent.of(Role.RECIPIENT) if parent.passive else ())
    if parent.verb in _JOINING and clause.marker == "in" and not parent.passive:
        # "Canada joined *Britain* in boycotting the Games": so did Britain
        return (*surface, *parent.of(Role.OBJECT))
    others = () if parent.passive else parent.of(Role.OBJECT) + parent.of(Role.RECIPIENT)
    if clause.link is Link.OPEN_COMPLEMENT and not (
        parent.verb in _CALLING and parent.obliques("to", "on", "upon", "with")
    ):
        # "forced Kyiv to withdraw" – Kyiv; "promised Kyiv to withdraw", "agreed to" – subject
        # "telephoned Kyiv *to ask* for help": who telephones asks
        tells = parent.verb in listed("contacting") and clause.verb in listed("uttering")
        if others and parent.verb not in _SUBJECT_CONTROL and not tells:
            recipients = parent.of(Role.RECIPIENT)
            return recipients or others
        return surface
    charged = clause.marker == "with" and parent.verb == "charge"
    if others and (clause.marker in _OBJECT_MARKERS or charged):
        # "charged an Indian man *with plotting* to murder an exile"
        return others
    recipients = parent.of(Role.RECIPIENT)
    if clause.marker == "to" and recipients and parent.verb in _GRANTING - {"offer"}:
        # "gave the envoy 72 hours *to leave*"
        return recipients
    called = parent.obliques("to", "on", "upon", "with") if parent.verb in _CALLING else ()
    if called and clause.marker == "to":
        # "appealed *to both sides* to keep talking", "called *on Israel* to withdraw"
        return called
    told = parent.verb in {"use", "send", "dispatch"} and clause.verb in listed("uttering")
    if clause.marker == "to" and others and parent.verb in _SENDING and not told:
        # "sent troops to fight alongside …": those sent do it; who "used the forum *to call on* …",
        # "sent envoys *to demand* …" says it himself
        return others
    # "Kim flew to Moscow after sending …", "he left, saying …"
    return surface


def _add_subjects(clause: Clause, subjects: tuple[Argument, ...]) -> Clause:
    role = Role.OBJECT if clause.passive else Role.SUBJECT
    added = tuple(Argument(role, a.head, "", True) for a in subjects if a.head != clause.head)
    return clause._replace(arguments=added + clause.arguments)


def _conjunct(doc: Doc, clauses: dict[int, Clause], clause: Clause, first: Clause) -> Clause:
    """Share what coordination shares: subject, later object, auxiliaries and their negation."""
    if first.passive and not clause.auxiliaries and is_participle(doc, clause):
        # "was seized by soldiers and *flown* out", which taggers take for a past tense
        clause = clause._replace(passive=True, tense=first.tense, perfect=first.perfect)
    if clause.kind is Kind.VERBAL and first.kind is Kind.VERBAL:
        same_form = doc[clause.head].tag_ == doc[first.head].tag_
        if same_form and not clause.auxiliaries and first.auxiliaries and not clause.marker:
            # "has not signed or ratified", "will invade and occupy"
            clause = clause._replace(
                auxiliaries=first.auxiliaries,
                negations=first.negations + clause.negations,
                tense=first.tense,
                perfect=first.perfect,
                passive=clause.passive or (first.passive and not clause.of(Role.OBJECT)),
            )
    if not clause.of(Role.OBJECT) and not clause.passive and first.kind is Kind.VERBAL:
        # "bombed and invaded Iraq": the object stands after the second verb
        shared = [a for a in first.of(Role.OBJECT) if a.head > clause.head and not first.passive]
        clause = clause._replace(
            arguments=clause.arguments + tuple(a._replace(inherited=True) for a in shared),
        )
    if clause.passive and first.passive and not clause.of(Role.SUBJECT):
        # "were trained and armed *by the CIA*": the agent stands after the second verb
        agents = [a for a in first.of(Role.SUBJECT) if a.head > clause.head]
        clause = clause._replace(
            arguments=clause.arguments + tuple(a._replace(inherited=True) for a in agents),
        )
    if clause.surface_subject():
        return clause
    governor = clauses.get(first.parent) if first.parent is not None else None
    if governor is not None and _says_on(doc, clause, first, governor):
        return _add_subjects(clause, governor.surface_subject())
    return _add_subjects(clause, first.surface_subject())


def _says_on(doc: Doc, clause: Clause, first: Clause, governor: Clause) -> bool:
    """Whether a speech verb goes on with its speaker, though hung on what he said first.

    "Beijing said that the fishermen had been harassed *and urged* Manila to leave": the form
    is that of "said", not of "had been harassed".
    """
    form = doc[clause.head].tag_
    # "said Israel *had* a right to defend itself and blamed Syria": what has or is says nothing
    stative = first.kind is Kind.COPULAR or first.verb in {"have", "be", "remain", "belong"}
    other = bool(first.auxiliaries) and doc[first.head].tag_ in {"VBG", "VBN", "VB"}
    return (
        clause.verb in listed("speaking")
        and first.link is Link.COMPLEMENT
        and (other or stative)
        and not clause.auxiliaries
        and form in {"VBD", "VBZ", "VBP"}
        and form == doc[governor.head].tag_
    )


def share_back(clauses: dict[int, Clause], clause: Clause) -> None:
    """Give the first of two adjacent verbs what the parser hung on the second: object or agent.

    "*bombed* and strafed the convoy", not "*resigned* and left the country a year later".
    """
    first = clauses.get(clause.parent) if clause.parent is not None else None
    adjacent = first is not None and 1 < clause.head - first.head <= 3
    if first is None or not adjacent or clause.link is not Link.CONJUNCT:
        return
    own = first.of(Role.OBJECT) + first.of(Role.OBLIQUE)
    if first.kind is Kind.VERBAL and not first.passive and not own:
        shared = tuple(
            a._replace(inherited=True)
            for a in clause.of(Role.OBJECT)
            if a.head > clause.head and not clause.passive
        )
        clauses[first.head] = first._replace(arguments=first.arguments + shared)
    elif (
        first.passive and clause.passive and not (first.of(Role.SUBJECT) or first.of(Role.OBLIQUE))
    ):
        # "were *trained* and armed by Iran", not "were trained in Syria and killed by Israel"
        agents = tuple(
            a._replace(inherited=True) for a in clause.of(Role.SUBJECT) if a.head > clause.head
        )
        clauses[first.head] = first._replace(arguments=first.arguments + agents)


def share_company(clauses: dict[int, Clause], clause: Clause) -> None:
    """Let those who join somebody do what he does: "Soviet tanks, *joined by Polish units*, …".

    The participle hangs on the one they join, who is the subject of another predicate.
    """
    if clause.verb not in _JOINING or not clause.passive or clause.link is not Link.ADNOMINAL:
        return
    company = tuple(a for a in clause.of(Role.SUBJECT) if a.preposition == "by")
    for head, other in clauses.items() if company else ():
        led = any(a.head == clause.anchor and not a.inherited for a in other.of(Role.SUBJECT))
        if led and other.kind is Kind.VERBAL and head != clause.head:
            added = tuple(Argument(Role.SUBJECT, a.head, "", True) for a in company)
            clauses[head] = other._replace(arguments=other.arguments + added)


def share_echo(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> None:
    """Let those join in whom an elliptic clause adds: "…, *as has the European Union*".

    Also "and *so did Warsaw*", "*neither has Oslo*" after a clause that is negated too.
    """
    if clause.verb not in _ECHOING:
        return
    first = (
        clauses.get(clause.parent)
        if clause.parent is not None
        else _sentence_before(doc, clauses, clause)
    )
    if first is None or first.head > clause.head:
        return
    added = [a for a in clause.arguments if a.role in {Role.SUBJECT, Role.OBJECT}]
    before = doc[clause.head - 1].lower_
    denied = before in {"neither", "nor"}
    if not added or len(added) != len(clause.arguments) or added[0].head < clause.head:
        return
    if before not in {"as", "so"} and not (denied and first.negations):
        return
    role = Role.OBJECT if first.passive else Role.SUBJECT
    joined = tuple(Argument(role, a.head, "", True) for a in added)
    clauses[first.head] = first._replace(arguments=first.arguments + joined)
    clauses[clause.head] = clause._replace(arguments=())


def _sentence_before(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause | None:
    """The main clause of the sentence before: "Canada condemned Iran. *So did Japan*"."""
    start = doc[clause.head].sent.start
    if start == 0 or doc[start].lower_ not in {"so", "neither", "nor"}:
        return None
    return clauses.get(doc[start - 1].sent.root.i)


def _relative(doc: Doc, clauses: dict[int, Clause], clause: Clause) -> Clause:
    """Put the antecedent where the relative pronoun, or the gap, stands."""
    if clause.anchor is None:
        return clause
    anchor, found = clause.anchor, False
    arguments: list[Argument] = []
    for argument in clause.arguments:
        token = doc[argument.head]
        if is_relative(token) and antecedent(token) is not None:
            argument, found = argument._replace(head=anchor, inherited=True), True
            # "Qatar *and Egypt*, which brokered the deal": the tree hangs it on the first
            joined = joined_names(doc[anchor], clause.start)
            arguments.extend(argument._replace(head=c.i) for c in joined)
        arguments.append(argument)
    governor = clauses.get(clause.parent) if clause.parent is not None else None
    if found and governor is not None and _sums_up(doc, clause, governor, anchor):
        # who did it draws the rebuke, not who stands before "which"
        doer = governor.surface_subject()
        arguments = [
            a._replace(head=doer[0].head) if a.head == anchor and doer else a for a in arguments
        ]
    clause = clause._replace(arguments=tuple(arguments))
    adverbial = clause.marker in {"when", "where", "why", "how"}
    if clause.marker == "where" and doc[anchor].pos_ == "PROPN":
        # "fled to *Palma*, where soldiers shot three": in Palma
        there = Argument(Role.OBLIQUE, anchor, "in", True)
        return clause._replace(arguments=(*clause.arguments, there))
    if found or adverbial or doc[anchor].lemma_.lower() in _ADVERBIAL_NOUNS:
        return clause
    if not clause.surface_subject():
        # "forces [that were] fighting", with the pronoun attached elsewhere
        return _add_subjects(clause, (Argument(Role.SUBJECT, anchor),))
    if not clause.passive and not clause.of(Role.OBJECT) and clause.kind is Kind.VERBAL:
        inner = [
            c
            for c in clauses.values()
            if c.parent == clause.head and c.link in {Link.OPEN_COMPLEMENT, Link.COMPLEMENT}
        ]
        if not inner:
            # "the deal Moscow signed"
            gap = Argument(Role.OBJECT, anchor, "", True)
            return clause._replace(arguments=(*clause.arguments, gap))
    return clause


def _fronted(doc: Doc, clause: Clause) -> Clause:
    """Put the antecedent where a pronoun stands that was moved out of reported speech.

    "Mohammed Deif, *whom* Israel says it killed": Deif.
    """
    arguments = []
    for argument in clause.arguments:
        token = doc[argument.head]
        noun = antecedent(token) if is_relative(token) else None
        if noun is not None and noun.i != clause.head:
            argument = argument._replace(head=noun.i, inherited=True)
        arguments.append(argument)
    return clause._replace(arguments=tuple(arguments))


def _sums_up(doc: Doc, clause: Clause, governor: Clause, anchor: int) -> bool:
    """Whether "which" takes up a whole clause: "Taiwan hailed Kosovo, *which drew a rebuke*"."""
    last = any(a.head == anchor for a in (*governor.of(Role.OBJECT), *governor.of(Role.OBLIQUE)))
    comma = doc[clause.start].text == "," or doc[max(clause.start - 1, 0)].text == ","
    return clause.verb in _STIRRING and last and comma and doc[anchor].pos_ == "PROPN"


def _adnominal(doc: Doc, clauses: dict[int, Clause], clause: Clause, anchor: int) -> Clause:
    """The understood subject of a participle or infinitive that modifies a noun."""
    if doc[clause.head].tag_ in {"VBG", "VBN"}:
        # "troops *fighting* in …", "missiles *sent* by …" (passive: the noun is the object);
        # "Peru *and Chile*, *egged on* by Brazil, …"
        those = (anchor, *(c.i for c in joined_names(doc[anchor], clause.start)))
        return _add_subjects(clause, tuple(Argument(Role.SUBJECT, i) for i in those))
    copula = clauses.get(anchor)
    if copula is not None and copula.kind is Kind.COPULAR and copula.of(Role.SUBJECT):
        # "Costa Rica was the first country *to recognise* Kosovo"
        return _add_subjects(clause, copula.of(Role.SUBJECT))
    if doc[anchor].head.i == anchor and clause.marker == "to":
        # headlines: "U.S., Chinese officials *to meet* in Geneva"
        headline = clause._replace(tense="future")
        return _add_subjects(headline, (Argument(Role.SUBJECT, anchor),))
    owner = noun_phrase(doc[anchor]).possessor
    if owner is not None:
        # "Seoul's decision to expel …"
        return _add_subjects(clause, (Argument(Role.SUBJECT, owner),))
    if clause.marker == "to" and doc[anchor].lemma_.lower() in _OWN_STEPS:
        # "regretted the decision *of the government* to abandon the mission"
        of = [h for p, h in noun_phrase(doc[anchor]).complements if p == "of" and h < clause.head]
        if of:
            return _add_subjects(clause, (Argument(Role.SUBJECT, of[0]),))
    governor = clauses.get(clause.parent) if clause.parent is not None else None
    while governor is not None and governor.kind is Kind.NOMINAL:
        governor = clauses.get(governor.parent) if governor.parent is not None else None
    if governor is None:
        return clause
    recipients = governor.of(Role.RECIPIENT)
    if recipients and governor.verb in _GRANTING:
        # "gave Belgrade four days *to withdraw*"
        return _add_subjects(clause, recipients)
    # "he has no reason to sit down with …", "they reached a deal to end …"
    doers = governor.surface_subject()
    above = clauses.get(governor.parent) if governor.parent is not None else None
    if governor.verb == "be" and any(a.head == anchor for a in doers) and above is not None:
        # "Trump said there was *no reason to meet* Xi": no reason for him who says so
        doers = above.surface_subject() if governor.link is Link.COMPLEMENT else ()
    return _add_subjects(clause, doers)
