"""What a reporting word takes as content: clauses, infinitives, gerunds, nominals."""

from __future__ import annotations

from kg.text.clauses import Clause, Kind, Link, Role
from kg.text.cues import Cue
from kg.text.drafts import Text
from kg.text.signatures import load_signatures

_AGAINST = {"as", "though", "although", "while", "whereas", "even as", "even though"}
# "asked not to be named", "asked to remain anonymous", "asked for further comment"
_MANNERS = {"name", "identify", "quote", "comment", "anonymous", "anonymity"}
_AROUND = {"not", "to", "be", "remain", "stay", "for", "further", "a", "his", "her", "their"}
_WH = {"what", "who", "whom", "when", "where", "why", "how", "which", "whose"}


def complements(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """The tokens of what the verb itself takes as content."""
    found: set[int] = set()
    for child in text.clauses.children(clause.head):
        slot = _slot(text, clause, child, cue)
        if slot is not None and _accepts(cue, slot, clause):
            found |= text.below(child.head) - _author_remarks(text, clause, child)
            found -= _before_that(text, clause, child)
            if slot == child.marker and slot != "to":
                # the preposition of "of arming the islands" belongs to the verb
                found -= {child.start}
    if not found:
        found |= _beyond_object(text, clause, cue)
    if found:
        return frozenset(found)
    for preposition in sorted(cue.takes & {"of", "for", "about", "against", "as", "at", "with"}):
        for argument in clause.obliques(preposition):
            # "warned of an attack", "accused Iran of murder", "described it as dead"
            found |= text.nominal(argument.head)
    if "predicate" in cue.takes:
        # "called the claim absurd", "branded him a spy"
        for argument in clause.of(Role.PREDICATE):
            found |= text.nominal(argument.head)
        for child in text.clauses.children(clause.head):
            if child.link is Link.OPEN_COMPLEMENT and child.kind is Kind.COPULAR:
                found |= text.below(child.head)
        if not found and clause.anchor is not None and text.doc[clause.anchor].lower_ == "what":
            # "blamed it on what he called terrorists", with "terrorists" read as the object
            for argument in clause.of(Role.OBJECT):
                found |= frozenset() if argument.inherited else text.nominal(argument.head)
    if found or "np" not in cue.takes:
        return frozenset(found)
    for argument in clause.of(Role.OBJECT):
        # "denied the attack", "a strike was announced by …"
        token = text.doc[argument.head]
        if argument.inherited:
            continue
        if token.tag_ in {"NN", "NNS"}:
            found |= text.nominal(argument.head)
        elif cue.stance in {"denies", "confirms"} and token.lower_ in {"this", "that", "it"}:
            # "confirmed this but insisted …"
            found.add(argument.head)
    return frozenset(found)


def _before_that(text: Text, clause: Clause, content: Clause) -> frozenset[int]:
    """ "said *in court papers* that he had lied", hung on "lied"."""
    if content.head < clause.head:
        return frozenset()
    if content.marker != "that":
        if content.start != clause.head + 1 or text.doc[content.start].tag_ != "IN":
            return frozenset()
        for child in text.clauses.children(content.head):
            # "in court papers *filed* Monday that …", with "filed" read as what was said
            if child.link is Link.COMPLEMENT and child.marker == "that":
                return text.below(content.head) - text.below(child.head)
        return frozenset()
    places = range(content.start, content.head)
    that = next((i for i in places if text.doc[i].lower_ == "that"), content.start)
    return frozenset(range(clause.head + 1, that))


def _author_remarks(text: Text, clause: Clause, content: Clause) -> frozenset[int]:
    """What the author sets against the words of a source, hung on them by the parser.

    "He said he had "no reason to meet", even as Seoul has sought talks": after a closing mark,
    or in the present where what he said is told in the past.
    """
    found: set[int] = set()
    for child in text.clauses.children(content.head):
        if child.link is not Link.ADVERBIAL or child.marker not in _AGAINST or not child.tense:
            continue
        before = child.start - 1
        while before > clause.head and text.doc[before].text in {",", " "}:
            before -= 1
        closed = text.doc[before].tag_ == "''" or text.doc[before].text in {'"', "”", "’"}
        finite = [*child.auxiliaries, child.head]
        present = text.doc[finite[0]].tag_ in {"VBZ", "VBP"}
        told_in_past = clause.tense == "past" and content.tense == "past"
        # "believe that it can win, although Britain doubts that": somebody else's view
        other = _views(text, child) and _speaker(text, child) is not None
        if before > clause.head and (closed or other or (told_in_past and present)):
            found |= text.below(child.head)
    return frozenset(found)


def _views(text: Text, clause: Clause) -> bool:
    return bool(text.cues.verb(clause.lemma, clause.verb, text.doc[clause.head].lower_))


def _speaker(text: Text, clause: Clause) -> int | None:
    """A subject that is no pronoun: "although Britain doubts", not "although it says"."""
    heads = [a.head for a in clause.of(Role.SUBJECT) if not a.inherited and not a.preposition]
    return next((h for h in heads if text.doc[h].pos_ != "PRON"), None)


def _beyond_object(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """Content that the parser hangs on the object or the one addressed.

    "told the agency that …", "urged the parties to withdraw", "suspect Moscow of hacking",
    "called the claims absurd".
    """
    found: set[int] = set()
    addressed = clause.of(Role.OBJECT) + clause.of(Role.RECIPIENT)
    for argument in addressed + clause.obliques("on", "to", "with", "for"):
        for child in text.clauses.children(argument.head):
            if child.link not in {Link.ADNOMINAL, Link.RELATIVE}:
                continue
            adjective = child.kind is Kind.COPULAR and not child.marker
            if child.marker in cue.takes or (adjective and "predicate" in cue.takes):
                found |= text.below(child.head)
                if child.marker not in {"to", "that", ""}:
                    found -= {child.start}
    return frozenset(found)


def _slot(text: Text, clause: Clause, child: Clause, cue: Cue) -> str | None:
    """Which form of content a clause below a reporting verb would be."""
    perfect = child.auxiliaries and text.doc[child.auxiliaries[0]].tag_ == "VBG"
    # "denied *having* used gas"
    token = text.doc[child.auxiliaries[0] if perfect else child.head]
    if child.kind is Kind.NOMINAL or child.link in {Link.RELATIVE, Link.ADNOMINAL, Link.NOMINAL}:
        return None
    first = text.doc[child.start].lower_
    second = text.doc[child.start + 1].lower_ if child.start + 1 < child.end else ""
    if first in {"on", "about", "of", "over"} and second in _WH | {"whether"}:
        # "declined to comment on whether it had paid"
        return "whether"
    if child.link is Link.CONJUNCT and child.marker == "that":
        # "told Fox that … and that he expected …", hung on "told"
        return "that"
    if child.link is Link.COMPLEMENT:
        if child.marker in {"whether", "if"} or first in _WH:
            return "whether"
        if child.marker == "to":
            return "to"
        if token.tag_ == "VBG" and not child.tense:
            return child.marker or "ing"
        return "that"
    if child.link is Link.OPEN_COMPLEMENT:
        if child.marker == "to":
            return "to"
        if child.kind is Kind.COPULAR and child.auxiliaries:
            # "denied being behind the attack"
            token = text.doc[child.auxiliaries[0]]
        if child.tense:
            # "denied it had lost the bridge", called an open complement
            return "that"
        return (child.marker or "ing") if token.tag_ == "VBG" else None
    if child.link is Link.ADVERBIAL:
        if child.marker == "that":
            return "that"
        if first in _WH and child.start == clause.head + 1:
            # "has not said when it will hold elections"
            return "whether"
        if token.tag_ == "VBG" and child.marker in cue.takes:
            # "accused Greece of arming the islands"
            return child.marker
        close = child.start == clause.head + 1
        if child.marker == "to" and (
            close or clause.of(Role.OBJECT) or clause.obliques("on", "to")
        ):
            # "called on Iran to stop", "urged Japan to withdraw", "committed to send"
            return "to"
    if child.link is Link.PARATAXIS and child.start > clause.head and child.tense:
        # "He said: we will never yield."
        before = text.doc[child.start - 1].text if child.start else ""
        return "that" if before == ":" or text.doc[child.start].text == ":" else None
    return None


def _accepts(cue: Cue, slot: str, clause: Clause) -> bool:
    known = load_signatures().find("verb", clause.verb, slot)
    if known is not None and known.past is not known.positive and clause.tense == "past":
        # "insisted on visiting Taiwan": done, not said
        return False
    if slot in cue.takes and not (slot == "to" and clause.passive and not cue.hearsay):
        return True
    if slot == "to":
        # "is said to have …"
        agent = any(a.preposition for a in clause.of(Role.SUBJECT))
        return clause.passive and "that" in cue.takes and (cue.hearsay or agent)
    if slot == "whether":
        # "did not say whether …", "explained how …"
        return "that" in cue.takes
    return slot == "that" and (not cue.takes or cue.kind in {"asks", "adds"})


def is_formulaic(text: Text, content: frozenset[int]) -> bool:
    """ "asked not to be named", "a request for comment": manners of reporting, not reports."""
    words = {text.doc[i].lemma_.lower() for i in content if text.doc[i].is_alpha}
    return bool(words & _MANNERS) and words <= _MANNERS | _AROUND


def noun_content(text: Text, noun: Clause, cue: Cue) -> frozenset[int]:
    """The tokens that a noun of saying takes as content: "the claim *that …*"."""
    for child in text.clauses.children(noun.head):
        if child.anchor != noun.head and child.link is not Link.COMPLEMENT:
            continue
        first = text.doc[child.start].lower_
        if child.marker == "that":
            slot = "that"
        elif child.marker == "to":
            slot = "to"
        elif child.marker == "of" and text.doc[child.start + 1].lower_ in _WH | {"whether"}:
            # "the question of whether …"
            slot = "whether"
        elif child.marker == "whether" or first in _WH - {"who", "which", "whose", "whom"}:
            slot = "whether"
        elif text.doc[child.head].tag_ == "VBG" and child.marker:
            slot = child.marker
        else:
            continue
        if slot in cue.takes:
            return text.below(child.head)
    for argument in noun.arguments:
        if argument.preposition and argument.preposition in cue.takes - {"to"}:
            # "the warning of an attack", "calls for a truce"
            return text.nominal(argument.head)
    return frozenset()


def denied_noun(text: Text, clause: Clause, cue: Cue) -> frozenset[int]:
    """ "rejected claims that …": what the noun of saying holds is what is denied."""
    if cue.stance not in {"denies", "confirms", "doubts"} and clause.verb not in {"repeat"}:
        return frozenset()
    for argument in clause.of(Role.OBJECT):
        noun = text.clauses.at(argument.head)
        if noun is not None and noun.lemma in text.cues.nouns:
            content = noun_content(text, noun, text.cues.nouns[noun.lemma])
            phrase = text.phrases.get(noun.head)
            if not content and phrase is not None and clause.verb != "repeat":
                # "rejected the accusation", "a charge Baku denied"
                content = frozenset(range(phrase.start, phrase.end))
            if content:
                return content
    return frozenset()
