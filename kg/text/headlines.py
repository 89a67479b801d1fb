"""Reports of headlines, which leave out the verb of saying or turn it round.

"Kremlin: planes 'legitimate targets'", "Troops 'ready' – Stoltenberg", "Abiola won, say
observers; army silent".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.cues import Cue
from kg.text.drafts import Draft, Text
from kg.text.quotations import paragraph_bounds

_LONGEST = 20
_LONGEST_SOURCE = 7
_SHORTEST_CONTENT = 2
_DASHES = {"–", "—", "-", "--"}
_QUOTES = set("\"'“”‘’«»„")
_NAMES = {"PERSON", "ORG", "PER", "NORP"}
_VERBAL = ("VB", "MD", "W", "EX")


def headline_reports(text: Text) -> Iterator[Draft]:
    """The reports of all lines that are headings: short, without a full stop."""
    doc = text.doc
    bounds = paragraph_bounds(doc.text)
    first = 0
    for _, stop in bounds:
        tokens = []
        while first < len(doc) and doc[first].idx < stop:
            if not doc[first].is_space:
                tokens.append(first)
            first += 1
        if 0 < len(tokens) < _LONGEST and doc[tokens[-1]].text not in {".", "!", "?", "…"}:
            for part in _segments(text, tokens):
                yield from _reports(text, part)


def _segments(text: Text, tokens: list[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for i in tokens:
        if text.doc[i].text == ";":
            yield part
            part = []
        else:
            part.append(i)
    yield part


def _reports(text: Text, part: list[int]) -> Iterator[Draft]:
    doc = text.doc
    colon = next((n for n, i in enumerate(part) if doc[i].text == ":"), None)
    dash = next((n for n in range(len(part) - 1, 0, -1) if doc[part[n]].text in _DASHES), None)
    says = next((n for n in range(2, len(part)) if _turned(text, part, n)), None)
    if colon is not None and _speaks(text, part[:colon], part[colon + 1 :]):
        # "Kremlin: planes 'legitimate targets'"
        yield _draft(text, part[:colon], part[colon], part[colon + 1 :])
    elif dash is not None and _speaks(text, part[dash + 1 :], part[:dash]):
        # "Nato troops 'ready' – Stoltenberg"
        yield _draft(text, part[dash + 1 :], part[dash], part[:dash])
    elif says is not None and _speaks(text, part[says + 1 :], part[: says - 1]):
        # "Abiola won, say observers"
        yield _draft(text, part[says + 1 :], part[says], part[: says - 1])


def _turned(text: Text, part: list[int], n: int) -> bool:
    """A verb of saying after a comma that no clause of the tree holds: "…, say observers"."""
    token = text.doc[part[n]]
    clause = text.clauses.at(token.i)
    cues = text.cues.verb(token.lemma_.lower(), token.lemma_.lower(), token.lower_)
    finite = token.lower_.endswith(("s", "ed", "d")) or token.tag_ in {"VBP", "VBZ", "VBD", "UH"}
    return (
        text.doc[part[n - 1]].text == ","
        and bool(cues)
        and "that" in cues[0].takes
        and finite
        and (clause is None or not clause.surface_subject())
    )


def _speaks(text: Text, source: list[int], content: list[int]) -> bool:
    """Whether a part of a headline names somebody who can say the other part."""
    doc = text.doc
    words = [i for i in content if doc[i].is_alpha]
    if not 0 < len(source) < _LONGEST_SOURCE or len(words) < _SHORTEST_CONTENT:
        return False
    if any(doc[i].tag_.startswith(_VERBAL) or doc[i].is_punct for i in source):
        return False
    quoted = any(doc[i].text in _QUOTES for i in content)
    last = doc[source[-1]]
    if not quoted and doc[words[0]].tag_.startswith("W"):
        # "Boeing: what went wrong"
        return False
    if last.lemma_.lower() in text.cues.speakers:
        return True
    # "Gaza: 20 killed" is a topic; "Moscow: 'no talks'" is a source.
    return last.pos_ == "PROPN" and (quoted or last.ent_type_ in _NAMES)


def _draft(text: Text, source: list[int], cue: int, content: list[int]) -> Draft:
    head = next((i for i in source if text.doc[i].head.i not in source), source[-1])
    said: Cue = text.cues.verbs["say"][0]
    token = text.doc[cue]
    if token.is_alpha:
        found = text.cues.verb(token.lemma_.lower(), token.lemma_.lower(), token.lower_)
        said = found[0] if found else said
    own = frozenset({*source, cue})
    span = (cue, cue + 1)
    return Draft(said, span, None, head, None, frozenset(content), own, beside=True)
