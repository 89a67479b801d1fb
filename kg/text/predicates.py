"""Predicates with the arguments that stand beside them, read off Universal Dependencies labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.text.clausetypes import Argument, Clause, Kind, Link, Role
from kg.text.misplaced import (
    GIVING,
    allotted_time,
    cut_compound,
    fronted_subjects,
    hidden_object,
    hidden_predicate,
    hidden_recipient,
    hung_on_name,
    is_aimed,
    overlooked_subject,
    shifted_object,
)
from kg.text.parsed import Token
from kg.text.particles import RESULT, hung_on_result, particle_of
from kg.text.phrases import (
    TOGETHER,
    conjuncts_of,
    is_gerund_object,
    is_nominal_head,
    noun_phrase,
    preposition_of,
)
from kg.text.wordlists import listed

_NOT_PREDICATES = {
    *("aux", "aux:pass", "cop", "case", "mark", "fixed", "compound", "flat", "compound:prt"),
    *("cc", "advmod", "amod", "det", "goeswith", "discourse"),
}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer"}
_NEGATIONS = {"not", "n't", "never", "neither", "nor", "hardly", "scarcely", "barely"}
# What somebody does at, on, by or into something, never to it.
_UNDONE = {"fire", "charge", "swoop", "descend", "advance", "stand", "abide", "come", "stop", "go"}
_FUTURE = {"will", "'ll", "’ll", "shall", "wo"}
# "was *prepared* to talk", "is *determined* to": states, whatever they were made by.
_STATES = {"prepared", "determined", "committed", "poised", "set", "resolved"}
_AMONG = {"between", "among"}
_BY = {"by", "at the hands of"}
# Verbs of which no noun alone says what somebody becomes: "called *his counterpart*".
_RINGING = {"call", "phone", "telephone", "ring", "see", "meet"}


def is_predicate(token: Token) -> bool:
    if token.dep_ in _NOT_PREDICATES:
        return False
    if token.pos_ in {"VERB", "AUX"}:
        return True
    labels = {child.dep_ for child in token.children} if token.children else set()
    if "cop" in labels:
        # "Seoul is *ready* for talks", "Japan is an *ally*"
        return True
    if token.pos_ == "ADJ":
        # "Kim says …, *open* to talks": an adjective as a clause of its own
        return token.dep_ in {"advcl", "ccomp", "parataxis", "ROOT", "xcomp", "acl"} or (
            token.dep_ == "conj" and is_predicate(token.head)
        )
    # "Trump a *threat* to peace, says Tehran": a nominal that has a subject
    return token.pos_ in {"NOUN", "PROPN"} and bool(labels & _SUBJECTS)


def _arguments(token: Token, passive: bool) -> Iterator[Argument]:
    """The arguments that stand beside the predicate itself."""
    objects = 0
    direct = sum(child.dep_ == "obj" for child in token.children)
    has_object, two_objects = direct > 0, direct == 2
    time = allotted_time(token) if direct == 1 else None
    if time is not None:
        yield Argument(Role.OBJECT, time.i)
        two_objects = True
    given = hidden_recipient(token) if direct == 1 else None
    if given is not None:
        yield Argument(Role.RECIPIENT, given.i)
    named = hidden_object(token) if not (direct or passive) else None
    if named is not None and named.head.i != token.i:
        yield Argument(Role.OBJECT, named.i)
        direct, has_object = 1, True
    called = hidden_predicate(token) if direct == 1 else None
    if called is not None:
        yield Argument(Role.PREDICATE, called.i)
    if direct == 1 and any(_is_second_object(token, child, 1) for child in token.children):
        two_objects = True
    whole = cut_compound(token) if direct else None
    fronted = fronted_subjects(token)
    shifted = None if passive else shifted_object(token)
    for subject in fronted:
        yield Argument(Role.OBJECT if passive else Role.SUBJECT, subject.i)
    for child in token.children:
        found: Argument | None = None
        willed = child.dep_ == "expl" and child.lower_ == "it" and token.lower_ in listed("minded")
        if willed or (child.dep_ in _SUBJECTS and not (passive and child.dep_ != "nsubj:outer")):
            moved = shifted is not None and child.i == shifted.i
            found = Argument(Role.OBJECT if moved else Role.SUBJECT, child.i)
        elif child.dep_ in {"nsubj", "nsubj:pass"}:
            # "Kyiv was given missiles": with an object left, the subject is the recipient.
            found = Argument(Role.RECIPIENT if has_object else Role.OBJECT, child.i)
        elif whole is not None and child.i in {whole.i - 1, whole.i}:
            found = Argument(Role.OBJECT, child.i) if child.i == whole.i else None
        elif child.dep_ == "obj":
            objects += 1
            # A second object is a predicate: "declared the South its *enemy*"; with verbs of
            # giving it is what is given: "granted the IAEA *access*".
            role = Role.OBJECT if objects == 1 else Role.PREDICATE
            if two_objects and token.lemma_.lower() in GIVING:
                role = Role.RECIPIENT if objects == 1 else Role.OBJECT
            found = Argument(role, child.i)
        elif child.dep_ == "iobj":
            # A lone indirect object is the object: "quoted *him* as saying".
            found = Argument(Role.RECIPIENT if has_object else Role.OBJECT, child.i)
        elif child.dep_.startswith("obl") or (child.dep_ == "nmod" and token.pos_ != "NOUN"):
            preposition = preposition_of(child)
            # "flew to Rome *late Thursday*" is no object either
            dated = child.ent_type_ in {"DATE", "TIME"}
            unmarked = child.dep_ in {"obl", "obl:agent"} and not (preposition or dated)
            if unmarked and child.i < token.i and _stands_behind_for(token, child):
                # "called *for Belarus* to free them"
                yield Argument(Role.SUBJECT, child.i)
                continue
            if unmarked and not (has_object or passive):
                # Nothing marks it and it is no time ("obl:unmarked"): "shot down *the jet*"
                has_object = True
                yield Argument(Role.OBJECT, child.i)
                continue
            agent = preposition == "by" and passive and not _is_temporal(child)
            agent = agent or (passive and child.dep_ == "obl:agent" and preposition not in _AMONG)
            agent = agent or preposition == "at the hands of"
            # "Kyiv signed, along with Riga, …": who else does it
            beside = preposition in TOGETHER and not passive
            role = Role.SUBJECT if agent or beside else Role.OBLIQUE
            found = Argument(role, child.i, preposition)
        elif named is not None and child.i == named.i:
            found = Argument(Role.OBJECT, child.i)
        elif child.dep_ == "xcomp" and _is_predicative(child) and child.i > token.i:
            # "elected him *president*", "became an *ally*", "became *one* of its allies"; but
            # "called *its ambassador* home", "called home *its ambassador*"
            home = any(c.dep_ in RESULT and c.lower_ == "home" for c in token.children)
            has_object = has_object or home
            role = Role.OBJECT if home and not direct else Role.PREDICATE
            if _is_second_object(token, child, direct):
                role = Role.OBJECT
            way = preposition_of(child)
            found = Argument(Role.OBLIQUE if way == "to" else role, child.i, way)
        elif child.dep_ in RESULT and (child.pos_ == "ADV" or child.lower_ == "home"):
            # "brought its troops *home from Iraq*", "flew *back to Riga*"
            for inner in child.children:
                hung = inner.dep_ in {"obl", "nmod"} and inner.i > child.i
                if hung and (way := preposition_of(inner)):
                    # "were turned away *by Syrian soldiers*"
                    agent = passive and way == "by" and not _is_temporal(inner)
                    role = Role.SUBJECT if agent else Role.OBLIQUE
                    # "stood *next to Kohl and Major*"
                    yield from (Argument(role, i.i, way) for i in (inner, *conjuncts_of(inner)))
        if found is None:
            continue
        yield found
        second = found.role is Role.PREDICATE and not found.preposition
        if passive and (found.preposition == "as" or second):
            # "dismissed *as a fabrication* | *by Peru*", "were refused *entry* | *by Oman*"
            agents = (c for c in child.children if c.dep_ == "nmod" and preposition_of(c) == "by")
            yield from (Argument(Role.SUBJECT, agent.i, "by") for agent in agents)
        yield from hung_on_name(child)
        for other in conjuncts_of(child):
            if other in fronted:
                continue
            if (other.i < token.i) != (child.i < token.i):
                # "Kyiv has signed, Paris *and Rome* said": no subject of "signed" stands there
                continue
            preposition = preposition_of(other) or found.preposition
            # "brokered by Qatar *between Israel and Hamas*", taken for agents joined to Qatar
            agent = found.role is Role.SUBJECT and preposition in _AMONG
            role = Role.OBLIQUE if agent else found.role
            yield found._replace(role=role, head=other.i, preposition=preposition)


def _stands_behind_for(token: Token, child: Token) -> bool:
    """Whether a nominal is who shall do it, behind the "for" of an infinitive."""
    marks = {c.i for c in token.children if c.dep_ == "mark" and c.lower_ == "for"}
    return child.left_edge.i - 1 in marks


def _is_second_object(token: Token, child: Token, direct: int) -> bool:
    """Whether a noun that a parser takes for what an object becomes is what is given, or called.

    "threw Sri Lanka *a lifeline*"; with nobody before it, "phoned/called *his counterpart*".
    """
    if child.dep_ != "xcomp" or child.i < token.i or not is_nominal_head(child):
        return False
    marked = any(c.dep_ in {"case", "mark", "cop"} for c in child.children)
    if marked or preposition_of(child):
        return False
    lemma = token.lemma_.lower()
    if direct:
        return direct == 1 and lemma in GIVING
    # not "called *the raid* a massacre", whose first object stands elsewhere in the tree
    alone = all(c is child or c.i < token.i or c.dep_ != "iobj" for c in token.children)
    possessed = any(c.dep_ == "nmod:poss" for c in child.children)
    return lemma in _RINGING and alone and possessed and child.left_edge.i == token.i + 1


def _is_predicative(token: Token) -> bool:
    """Whether an open complement is a noun, foreign ones ("*persona* non grata") included."""
    return is_nominal_head(token) or token.tag_ == "FW"


def _is_temporal(token: Token) -> bool:
    # "will be signed by Friday", "was held by midnight": a date is no agent.
    dated = token.ent_type_ in {"DATE", "TIME"} or token.pos_ == "NUM"
    return dated or token.lower_ in listed("daytimes")


def draft(token: Token) -> Clause:
    below = token.children
    auxiliaries = [c for c in below if c.dep_ in {"aux", "aux:pass", "cop"}]
    passive = _is_passive(token)
    particle = particle_of(token)
    verb = token.lemma_.lower()
    # "was *prepared* to share power": a participle that parsers see as an adjective
    participle = token.tag_ == "VBN" and (
        any(c.dep_ == "cop" for c in below) or _is_state(token, below)
    )
    if participle:
        verb = token.lower_
        passive = False
    copular = participle or token.pos_ not in {"VERB", "AUX"}
    arguments = list(_arguments(token, passive))
    arguments.extend(Argument(Role.OBJECT, o.i) for o in hung_on_result(token, particle))
    overlooked = None if copular or passive else overlooked_subject(token)
    if overlooked is not None and not any(a.role is Role.SUBJECT for a in arguments):
        arguments.insert(0, Argument(Role.SUBJECT, overlooked.i))
    if copular and any(c.dep_ == "cop" for c in below) and is_nominal_head(token):
        arguments.append(Argument(Role.PREDICATE, token.i))
        arguments.extend(Argument(Role.PREDICATE, o.i) for o in conjuncts_of(token))
        preposition = preposition_of(token)
        if preposition:
            # "Moscow was *behind* the poisoning"
            arguments.append(Argument(Role.OBLIQUE, token.i, preposition))
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
        adverbs=tuple(c.i for c in below if c.dep_ == "advmod" and c is not particle),
        marker=_marker(token),
        link=Link.ROOT,
        parent=None,
        anchor=None,
        start=token.left_edge.i,
        end=token.right_edge.i + 1,
        words=tuple(_words(token, auxiliaries, particle)),
    )


def _is_state(token: Token, below: Sequence[Token]) -> bool:
    """Whether a passive tells of a mind made up: "Denmark *is prepared* to supply jets"."""
    if token.lower_ not in _STATES:
        return False
    # but "*were set* free"
    free = particle_of(token)
    wants = any(c.dep_ in {"xcomp", "advcl"} and c.i > token.i and c is not free for c in below)
    done = any(c.dep_ == "obl:agent" or c.lemma_ == "have" for c in below)
    return wants and not done


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


def nominal(token: Token) -> Clause:
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
    if token.tag_ == "VBD" and "nsubj" in deps and token.lemma_.lower() in _UNDONE:
        # "troops fired *at a march by farmers*", whose march it is; "stood *by Russia*"
        return False
    if "aux:pass" in deps or any(
        c.dep_ == "obl:agent" and preposition_of(c) in _BY for c in token.children
    ):
        # not "A policeman shot dead *an envoy*", "Troops fired *into a crowd*", whose objects
        # parsers take for agents
        return True
    if token.tag_ != "VBN" or any(c.lemma_ == "have" and c.dep_ == "aux" for c in token.children):
        # "had fired on the boat" is active whatever its subject is called
        return False
    if deps & {"nsubj:pass", "csubj:pass"}:
        # headlines: "Three killed in Gaza strike", "Kyiv given missiles", but not "Police
        # shot dead a protester", whose subject parsers take for that of a passive
        return ("obj" not in deps or token.lemma_.lower() in GIVING) and not is_aimed(token)
    # "troops sent by Pyongyang", "emboldened by the war, Kim …"
    return token.dep_ in {"acl", "advcl"} and "nsubj" not in deps


def _marker(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "mark" and child.i < token.i:
            rest = [c.lower_ for c in child.children if c.dep_ == "fixed"]
            return " ".join([child.lower_, *rest])
    # "when Putin visited", "where they met": an adverb introduces the clause
    start = token.left_edge.i
    while start < token.i and token.doc[start].is_punct:
        # "…, where they met": the comma belongs to the clause
        start += 1
    first = token.doc[start]
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
            return ("future" if word.lower_ in _FUTURE else ""), perfect
        if word.tag_ == "VBD":
            return "past", perfect
        if word.tag_ in {"VBZ", "VBP"}:
            # "has signed" reports something past
            return ("past" if perfect and word.lemma_ == "have" else "present"), perfect
    if token.tag_ == "VBN" and not auxiliaries and token.head.i == token.i:
        # "Gunmen *shot* dead a guard", taken for a participle
        below = token.children
        subject = any(c.dep_.startswith("nsubj") and c.i < token.i for c in below)
        object_ = any(c.dep_ == "obj" for c in below) or is_aimed(token)
        return ("past" if subject and object_ else ""), perfect
    return "", perfect
