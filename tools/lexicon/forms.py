"""Writes kg/lexicon/forms.tsv: the inflected forms of every verb and noun of the lexicon.

    python -m tools.lexicon.forms          # rewrites the file
    python -m tools.lexicon.forms --check  # only says whether it is stale (exit 1)

A model that has never seen "besieged" may lemmatise it as "besieg", and no frame would find
it. The lines are ``VERB<tab>besieged<tab>besiege``, fit for the lemmatiser's tables. Forms
that belong to two words of the lexicon are left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.text.lexicon import Trigger, load_lexicon

FILE = Path(__file__).resolve().parents[2] / "kg" / "lexicon" / "forms.tsv"

_IRREGULAR = """
abide abode abided; arise arose arisen; be was were been; bear bore born borne; beat beat beaten
become became; begin began begun; bend bent; beseech besought; bet bet; bid bid bade bidden
bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; bring brought
build built; burn burnt; burst burst; buy bought; cast cast; catch caught; choose chose chosen
cling clung; come came; cost cost; creep crept; cut cut; deal dealt; dig dug; do did done
draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen
feed fed; feel felt; fight fought; find found; flee fled; fling flung; fly flew flown
forbid forbade forbidden; forego forewent foregone; forgo forwent forgone; foresee foresaw foreseen
forget forgot forgotten; forgive forgave forgiven; forsake forsook forsaken; freeze froze frozen
unfreeze unfroze unfrozen; get got gotten; give gave given; go went gone; grow grew grown
hang hung hanged; have had; hear heard; hide hid hidden; hit hit; hold held; hurt hurt; keep kept
know knew known; lay laid; lead led; leap leapt; leave left; lend lent; let let; lie lain
light lit; lose lost; make made; mean meant; meet met; overcome overcame; overrun overran
oversee oversaw overseen; overtake overtook overtaken; overthrow overthrew overthrown; pay paid
put put; quit quit; read read; rebuild rebuilt; resell resold; retake retook retaken; rid rid
ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought
sell sold; send sent; set set; shake shook shaken; shed shed; shoot shot; show shown; shut shut
sing sang sung; sink sank sunk sunken; sit sat; slay slew slain; sleep slept; slide slid
sling slung; speak spoke spoken; speed sped; spend spent; spill spilt; spin spun; split split
spread spread; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung
stride strode; strike struck stricken; string strung; strive strove striven; swear swore sworn
sweep swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn
tell told; think thought; throw threw thrown; thrust thrust; undergo underwent undergone
undertake undertook undertaken; understand understood; uphold upheld; upset upset; wake woke woken
wear wore worn; weep wept; win won; wind wound; withdraw withdrew withdrawn; withhold withheld
withstand withstood; wring wrung; write wrote written
"""
_PLURALS = {"man": "men", "woman": "women", "child": "children", "life": "lives", "foe": "foes"}
_PLURALS |= {"policeman": "policemen", "spokesman": "spokesmen", "spokeswoman": "spokeswomen"}
_PLURALS |= {"militiaman": "militiamen", "serviceman": "servicemen", "chairman": "chairmen"}
_PLURALS |= {"fisherman": "fishermen", "seaman": "seamen", "tribesman": "tribesmen"}
_PLURALS |= {"crewman": "crewmen", "gunman": "gunmen", "congressman": "congressmen"}
_PLURALS |= {"wife": "wives", "crisis": "crises", "artefact": "artefacts"}
_WORD = re.compile(r"[a-z]{3,}")
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_LONG = re.compile(r".*[aeiouy][^aeiou]+[aeiou][bdglmnprt]")


def main() -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    arguments = parser.parse_args()
    text = "".join(f"{line}\n" for line in lines())
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text:
        return 0
    if arguments.check:
        print(f"{FILE}: stale; run python -m tools.lexicon.forms", file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    return 0


def lines() -> list[str]:
    """The lines of the table, sorted."""
    verbs, nouns, telling = _vocabulary()
    found = [f"VERB\t{form}\t{lemma}" for form, lemma in _unique(verbs, verb_forms, telling)]
    found += [f"NOUN\t{form}\t{lemma}" for form, lemma in _unique(nouns, noun_forms)]
    return sorted(found)


def _vocabulary() -> tuple[set[str], set[str], set[str]]:
    """The verbs and the nouns of all frames; of "blow up" the verb, of "air strike" the noun.

    Third come the verbs that set frames off: what conditions ask of complements may be adjectives.
    """
    verbs: set[str] = set()
    nouns: set[str] = set()
    telling: set[str] = set()
    for entry in load_lexicon().entries.values():
        for frame in entry.frames:
            if frame.trigger is Trigger.VERB:
                telling.update(word.split()[0] for word in frame.lemmas)
            elif frame.trigger in {Trigger.NOUN, Trigger.PREDICATE}:
                nouns.update(word.split()[-1] for word in frame.lemmas)
            for condition in (*frame.where, *frame.unless):
                last = condition.route.steps[-1]
                if last == "complement":
                    verbs.update(word.split()[0] for word in condition.lemmas)
                elif last != "modifier":
                    nouns.update(word.split()[-1] for word in condition.lemmas)
    verbs |= telling
    whole = {word for word in verbs | nouns if _WORD.fullmatch(word)}
    return verbs & whole, nouns & whole, telling & whole


def _unique(
    lemmas: set[str], forms: Callable[[str], Iterator[str]], first: set[str] | None = None
) -> Iterator[tuple[str, str]]:
    """The forms of one lemma alone; a lemma of ``first`` has its forms before all others.

    "severed" is of "sever", though "severe" stands in a list of adjectives.
    """
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for lemma in lemmas:
        for form in forms(lemma):
            owners[form].add(lemma)
    for form, found in owners.items():
        ahead = found & first if first is not None else found
        whole = lemmas if first is None or not ahead else first
        claim = ahead or found
        if len(claim) == 1 and form not in whole:
            yield form, next(iter(claim))


def verb_forms(lemma: str) -> Iterator[str]:
    """The forms of a verb except itself; both spellings where English has two."""
    irregular = _irregular().get(lemma)
    stems = list(_stems(lemma))
    yield _s_form(lemma)
    for stem in stems:
        yield stem + "ing"
    if irregular is not None:
        yield from irregular
        return
    if lemma.endswith("e"):
        yield lemma + "d"
    elif re.search(r"[^aeiou]y$", lemma):
        yield lemma[:-1] + "ied"
    else:
        for stem in stems:
            yield stem + "ed"


def _irregular() -> dict[str, tuple[str, ...]]:
    entries = (part.split() for part in re.split(r"[;\n]", _IRREGULAR) if part.strip())
    return {words[0]: tuple(words[1:]) for words in entries}


def _stems(lemma: str) -> Iterator[str]:
    """What -ing and -ed are added to: "bomb", "bar" → "barr", "travel" → both."""
    if lemma.endswith("ie"):
        yield lemma[:-2] + "y"
    elif lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        yield lemma[:-1]
    elif _SHORT.fullmatch(lemma) or lemma in {"quit", "equip"}:
        yield lemma + lemma[-1]
    else:
        yield lemma
        if _LONG.fullmatch(lemma):
            yield lemma + lemma[-1]


def _s_form(lemma: str) -> str:
    if re.search(r"(s|x|z|ch|sh)$", lemma) or lemma in {"go", "do", "veto", "undergo"}:
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def noun_forms(lemma: str) -> Iterator[str]:
    """The plural of a noun."""
    yield _PLURALS.get(lemma) or _s_form(lemma)


if __name__ == "__main__":
    sys.exit(main())
