"""ClearNLP trees (``en_core_web_*``) turned into Universal Dependencies trees: labels and heads.

The two differ in what heads what. ClearNLP hangs a noun on its preposition, a predicate noun
on its copula and a conjunct on the conjunct before it; UD puts content words on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

LABELS = frozenset(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj"
    " csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass"
    " nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl"
    " xcomp".split()
)
"""The labels that are understood."""

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "auxpass": "aux:pass",
    "neg": "advmod",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "quantmod": "advmod",
    "intj": "discourse",
    "meta": "discourse",
    # what is left of these has no complement: "the town they came *from*"
    "prep": "advmod",
    "agent": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
    "dative": "iobj",
}
_PREPOSITIONS = frozenset(("prep", "agent", "dative", "conj", "ROOT", "pcomp", "advcl", "attr"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "DET", "X"))
_MODIFIERS = frozenset(("compound", "amod", "nmod", "poss", "nmod:poss"))
_ACTORS = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_FIXED = frozenset(
    ("according to", "because of", "due to", "instead of", "rather than", "such as", "as of")
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence as the foreign pipeline sees it; ``entity`` is a type or ""."""

    text: str
    lemma: str
    pos: str
    tag: str
    entity: str = ""
    continues: bool = False
    """Whether the word goes on the name of the word before it."""


def to_ud(
    words: Sequence[Word], heads: Sequence[int], labels: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads (a root is its own head) and UD relations (root ``ROOT``) of one sentence.

    ``heads`` and ``labels`` are those of ClearNLP with LABELS. The result is a tree whenever
    the input is one.
    """
    tree = _Tree(words, list(heads), list(labels))
    for step in (
        _names,
        _prepositions,
        _money,
        _copulas,
        _raised_subjects,
        _coordination,
        _numbers,
        _rename,
    ):
        step(tree)
    return tree.heads, tree.labels


class _Tree:
    """A sentence while it is turned over."""

    def __init__(self, words: Sequence[Word], heads: list[int], labels: list[str]) -> None:
        self.words, self.heads, self.labels = words, heads, labels

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.words)))

    def children(self, head: int, *labels: str) -> list[int]:
        """The words that hang on a word, in text order; only those with one of the labels."""
        return [
            i
            for i in self
            if self.heads[i] == head and i != head and (not labels or self.labels[i] in labels)
        ]

    def depth(self, node: int) -> int:
        depth = 0
        while self.heads[node] != node:
            node, depth = self.heads[node], depth + 1
        return depth

    def hang(self, node: int, head: int, label: str) -> None:
        self.heads[node], self.labels[node] = head, label

    def promote(self, node: int, label: str, keep: Callable[[int], bool] | None = None) -> None:
        """``node`` takes the place of its head, which then hangs on it with ``label``.

        The head's other children go along, except those that ``keep`` holds back.
        """
        head = self.heads[node]
        above = self.heads[head]
        for child in self.children(head):
            if child != node and not (keep and keep(child)):
                self.heads[child] = node
        self.hang(node, node if above == head else above, self.labels[head])
        self.hang(head, node, label)


def _names(tree: _Tree) -> None:
    """Names of persons begin with their head: "President Vladimir *Putin*" → *Vladimir*.

    What stands before the name says who it is: "[Russian President] Vladimir Putin".
    """
    for last in tree:
        word = tree.words[last]
        final = last + 1 == len(tree.words) or not tree.words[last + 1].continues
        if word.entity != "PERSON" or not final:
            continue
        first = last
        while first > 0 and tree.words[first].continues:
            first -= 1
        parts = [i for i in range(first, last) if tree.words[i].pos != "PUNCT"]
        if any(tree.heads[i] != last or tree.labels[i] != "compound" for i in parts):
            continue
        before = [i for i in tree.children(last, *_MODIFIERS) if i < first]
        if parts:
            tree.promote(first, "flat")
            for i in parts[1:]:
                tree.hang(i, first, "flat")
        nouns = [i for i in before if tree.labels[i] == "compound"]
        title = max(nouns, default=-1)
        if title < 0 or tree.words[title].entity in _ACTORS:
            continue
        for i in before:
            if i < title:
                tree.heads[i] = title
        articles = [i for i in tree.children(first, "det", "poss") if i < title]
        if articles:
            # "the U.N. envoy Staffan de Mistura": the noun with its article is the head
            tree.labels[title] = "compound"
            tree.promote(title, "appos", keep=lambda i, first=first: i > first)  # type: ignore[misc]
        else:
            tree.labels[title] = "nmod:desc"


def _prepositions(tree: _Tree) -> None:
    """The noun takes the place of its preposition, which becomes its ``case``.

    A clause does so too, with ``mark``: "accused Iran *of arming* rebels".
    """
    for p in sorted(tree, key=tree.depth, reverse=True):
        complements = tree.children(p, "pobj", "pcomp")
        if not complements or not _is_preposition(tree, p):
            continue
        inner = complements[0]
        clause = tree.labels[inner] == "pcomp" and _is_clause(tree, inner)
        label = tree.labels[p]
        governor = tree.heads[p]
        nominal = governor != p and tree.words[governor].pos in _NOMINAL
        tree.promote(inner, "mark" if clause else "case")
        if label == "agent":
            # "was attacked *by rebels*"; "by shelling the port" tells how
            tree.labels[inner] = "advcl" if clause else "obl:agent"
        elif label in ("prep", "dative", "pcomp") and _is_preposition(tree, governor):
            # the lower of two prepositions: "from behind the lines"
            tree.labels[inner] = "pcomp" if clause else "pobj"
        elif label in ("prep", "dative", "pcomp", "attr"):
            tree.labels[inner] = (
                ("acl" if nominal else "advcl") if clause else ("nmod" if nominal else "obl")
            )
    for p in tree:
        # the cases of a noun in a row, the words of one preposition fixed
        following = p + 1
        if tree.labels[p] in ("case", "mark", "amod") and following < len(tree.words):
            pair = f"{tree.words[p].text} {tree.words[following].text}".lower()
            beside = tree.heads[p] in (tree.heads[following], following)
            if pair in _FIXED and beside and tree.labels[following] in ("case", "mark"):
                tree.hang(p, tree.heads[following], tree.labels[following])
                tree.hang(following, p, "fixed")


def _is_clause(tree: _Tree, node: int) -> bool:
    return tree.words[node].pos in ("VERB", "AUX") or bool(
        tree.children(node, "nsubj", "nsubjpass", "attr", "acomp")
    )


def _is_preposition(tree: _Tree, node: int) -> bool:
    # "*according* to": a verb by its form
    marks = tree.words[node].pos in ("ADP", "SCONJ") and tree.labels[node] in _PREPOSITIONS
    return marks or tree.labels[node] in ("prep", "agent")


def _money(tree: _Tree) -> None:
    """The currency is the head of its sum: "$ 2 billion"."""
    for sign in tree:
        amount = tree.heads[sign]
        if tree.words[sign].tag == "$" and tree.labels[sign] in ("quantmod", "nmod"):
            inside = {*tree.children(amount, "compound", "nummod", "advmod", "quantmod"), sign}
            tree.promote(sign, "nummod", keep=lambda i, inside=inside: i in inside)  # type: ignore[misc]


def _copulas(tree: _Tree) -> None:
    """What is said of the subject heads the clause, the copula hangs on it as ``cop``."""
    for be in sorted(tree, key=tree.depth, reverse=True):
        if tree.words[be].lemma not in ("be", "'s", "’s") or tree.labels[be] in ("aux", "auxpass"):
            continue
        if tree.words[be].pos not in ("AUX", "VERB"):
            continue
        if tree.children(be, "expl"):
            # "There were *clashes* in Homs"
            for child in tree.children(be, "attr"):
                tree.labels[child] = "nsubj"
            continue
        infinitives = [i for i in tree.children(be, "xcomp") if i > be]
        predicate = _predicate(tree, be)
        if predicate is not None:
            clause = tree.labels[predicate] == "ccomp"
            _outer_subjects(tree, be, predicate if clause else None)
            tree.promote(predicate, "cop")
        elif infinitives:
            # "Moscow is *to withdraw*", but "the aim is *to win*"
            subjects = tree.children(be, "nsubj", "nsubjpass")
            acts = any(
                tree.words[i].entity in _ACTORS or tree.words[i].pos == "PRON" for i in subjects
            )
            if not acts:
                _outer_subjects(tree, be, infinitives[0])
            tree.promote(infinitives[0], "aux" if acts else "cop")


def _outer_subjects(tree: _Tree, be: int, clause: int | None) -> None:
    """ "*The problem* is that he left": the subject of the copula beside that of the clause."""
    if clause is not None:
        for child in tree.children(be, "nsubj"):
            tree.labels[child] = "nsubj:outer"


def _predicate(tree: _Tree, be: int) -> int | None:
    """What a copula says of its subject, if anything."""
    plain = tree.children(be, "attr", "acomp", "oprd")
    if plain:
        later = [i for i in plain if i > be]
        return (later or plain)[0]
    clauses = [i for i in tree.children(be, "ccomp") if i > be and tree.children(be, "nsubj")]
    if clauses:
        return clauses[0]
    if tree.children(be, "advcl", "xcomp"):
        return None
    # "Kim is *in Moscow*", "the envoys are *abroad*"
    beside = [i for i in tree.children(be, "obl", "advmod") if i > be]
    places = [
        i
        for i in beside
        if tree.labels[i] == "obl" or (tree.words[i].pos == "ADV" and i == beside[-1])
    ]
    return places[0] if places else None


def _raised_subjects(tree: _Tree) -> None:
    """ "want *Kyiv* to leave", "consider *Iran* guilty": the lower subject is the object above."""
    for low in tree:
        if tree.labels[low] != "ccomp" or low < tree.heads[low]:
            continue
        subjects = [i for i in tree.children(low, "nsubj") if i < low]
        verbs = [low, *tree.children(low, "aux", "cop", "auxpass")]
        finite = any(tree.words[i].tag in _FINITE for i in verbs)
        infinitive = any(tree.words[i].tag == "TO" for i in verbs)
        verbless = tree.words[low].pos not in ("VERB", "AUX") and len(verbs) == 1
        bare = tree.words[low].tag in ("VB", "VBG", "VBN") and len(verbs) == 1
        if finite or not (infinitive or verbless or bare) or len(subjects) != 1:
            continue
        if tree.children(low, "mark"):
            continue
        tree.hang(subjects[0], tree.heads[low], "dobj")
        tree.labels[low] = "xcomp"


def _coordination(tree: _Tree) -> None:
    """All conjuncts hang on the first one, a conjunction on the conjunct that it introduces."""
    for c in tree:
        if tree.labels[c] == "conj":
            head = tree.heads[c]
            while tree.labels[head] == "conj":
                head = tree.heads[head]
            tree.heads[c] = head
    links = [i for i in tree if tree.labels[i] == "cc"]
    commas = [i for i in tree if tree.labels[i] == "punct" and tree.words[i].text == ","]
    for c in [*links, *commas]:
        head = tree.heads[c]
        first = tree.heads[head] if tree.labels[head] == "conj" else head
        conjunct = next((i for i in tree.children(first, "conj") if i > c), -1)
        # a comma before other dependents is theirs: "left, weary, and …"
        close = not any(tree.heads[i] == first for i in range(c + 1, conjunct))
        if c > first and conjunct > 0 and (close or c in links):
            tree.heads[c] = conjunct


def _numbers(tree: _Tree) -> None:
    """ "more than 20", "up to 5": two words say one thing of a number."""
    for second in tree:
        first = second - 1
        if first < 0 or tree.words[tree.heads[second]].pos != "NUM":
            continue
        pair = f"{tree.words[first].text} {tree.words[second].text}".lower()
        number = tree.heads[second]
        if pair in ("more than", "less than", "fewer than", "up to") and number > second:
            if tree.heads[first] in (number, second):
                tree.hang(first, number, "advmod")
                tree.hang(second, first, "fixed")
        elif pair.startswith("at ") and tree.heads[first] == second:
            # "*at least* 20"
            tree.labels[first] = "case"
            tree.labels[second] = "nmod"


def _rename(tree: _Tree) -> None:
    """Labels that need no turning."""
    for i in tree:
        label, head = tree.labels[i], tree.heads[i]
        word, above = tree.words[i], tree.words[head]
        nominal = above.pos in _NOMINAL and not tree.children(head, "cop")
        if head == i:
            label = "ROOT"
        elif label == "aux" and word.tag == "TO":
            # "*to* withdraw"
            label = "mark"
        elif label == "npadvmod":
            # "met *last year*", "the talks *last year*", "*year*-old"
            label = "nmod:unmarked" if nominal else "obl:unmarked"
        elif label == "nmod":
            if not tree.children(i, "case"):
                label = "compound" if i < head else "nmod:unmarked"
        elif label == "relcl" and not nominal and above.pos in ("VERB", "AUX"):
            # "…, which angered Tehran"
            label = "advcl:relcl"
        elif label == "prep" and word.pos in ("VERB", "ADJ", "ADV"):
            # "*following* talks" without its noun
            label = "advcl" if word.pos == "VERB" else "advmod"
        tree.labels[i] = _RENAMED.get(label, label)
