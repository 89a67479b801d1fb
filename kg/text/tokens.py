"""Tokenisation as in Universal Dependencies English: spaCy's rules, adapted.

Runs of punctuation ("!!", "***", "--") are one token, prefixes stay on their word
("non-profit", "re-elected", "pro-Beijing"), so do the syllables of Korean and Chinese given
names ("Jong-un", "Jae-myung") and telephone numbers; "and/or" is three tokens, "COVID-19" too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

TOKENIZER = "kg.UDTokenizer.v1"
"""Name in spaCy's registry of tokenizers."""

_PREFIXES = (
    "anti ante co counter cross e ex extra hyper inter intra macro mega micro mid mini mis"
    " multi neo non post pre pro pseudo re semi socio sub super trans ultra un vice"
).split()
_SYLLABLES = (
    "bae baek bok bong bum byeong byung chae chan chang cheol cheon cheong cheung chi chin"
    " ching cho choi chol chong chul chun chung dae deok do dong eon eui eul eun fai fung geun"
    " gi gil gon gwang gwon gyeong gyu ha hae hak han hee heon ho hoon hui hun hwa hwan hwang"
    " hye hyeok hyeon hyo hyok hyon hyong hyuk hyun hyung ik jae jen jeong ji jin jong joo"
    " joon jou ju jun jung jwa kai kang keun keung ki kil kit kong kuk kun kwan kwang kwok"
    " kwon kyeong kyong kyu kyun kyung lai lam lok lun mi min moo moon mu mun myeong myong"
    " myung nam nan pik pil rae rak ri rim ryeol ryol ryong sam sang se seo seob seok seon"
    " seong seop seul seung shek shik shin sik sil siu sok sol song soo sook soon su suk sul"
    " sun sung tae taek tak te teng tzu ui uk wai wan wen won woo wook woong yan ye yen yeol"
    " yeon yeong yin ying yiu yo yol yon yong yoo yoon young yu yuan yuk yul yun yung"
).split()

_LETTER = r"[^\W\d_]"
_WORD = r"[^\W_]"
_RUNS = [
    r"\!{2,}",
    r"\?{2,}",
    r"[!?]{2,}",
    r"\*{2,}",
    r"={2,}",
    r"_{2,}",
    r"-{2,}",
    r"<{2,}",
    r">{2,}",
    r"\${2,}",
]
_TELEPHONE = r"(?:\d{1,2}-)?(?:\d{3}-)?\d{3}-\d{4}"
_UNWANTED = frozenset(("and/or",))
_ABBREVIATIONS = (
    "al. approx. ca. Lt. Capt. Col. Gen. Maj. Sgt. Cpl. Cmdr. Adm. Brig. Gov. Sen. Rep. Rev."
    " Hon. Pres. Prof. Ft. Wed. Sat. Fri. Thu. Thur. Thurs. Tue. Tues. Mon. Sept. Oct. Nov."
    " Dec. Jan. Feb. Aug. Min. Dept. Univ."
).split()


@cache
def _kept_whole() -> Callable[[str], re.Match[str] | None]:
    """Matches the strings that no rule may split."""
    first = "|".join(syllable.capitalize() for syllable in _SYLLABLES)
    other = "|".join([*_SYLLABLES, "in", "un"])
    return re.compile(
        rf"(?:(?:{first})-(?:{other}|{first})|{_TELEPHONE}|e-mails?|E-mails?)\Z"
    ).match


def _infixes(defaults: list[str]) -> list[str]:
    """spaCy's infixes, the hyphen between letters only where no prefix stands before it."""
    hyphen = next(rule for rule in defaults if "(?:-|–|—|--|---|——|~)" in rule)
    guards = "".join(rf"(?<!\b{p})(?<!\b{p.capitalize()})" for p in _PREFIXES)
    dashes = hyphen.replace("(?:-|", "(?:")
    plain = rf"(?<={_WORD}){guards}-(?={_LETTER})|(?<=[A-Za-z]{{2}})-(?=\d)"
    initials = r"(?<=[A-Z]\.)-(?=[a-z]{3})"
    clitic = rf"(?<={_LETTER})(?=(?:['’](?:ve|ll|re|d|m|s)|n['’]t)\b)"
    return [
        *_RUNS[2:3],
        initials,
        clitic,
        *(rule for rule in defaults if rule != hyphen),
        dashes,
        plain,
    ]


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """A factory of the tokenizer, for the config of a spaCy pipeline."""

    def build(nlp: Language) -> Tokenizer:
        defaults = nlp.Defaults
        prefixes = compile_prefix_regex([*_RUNS, *(defaults.prefixes or ())])
        suffixes = compile_suffix_regex([*_RUNS, *(defaults.suffixes or ())])
        infixes = compile_infix_regex(_infixes([str(rule) for rule in defaults.infixes or ()]))
        rules = dict(defaults.tokenizer_exceptions or {})
        rules.update({word: [{ORTH: word}] for word in _ABBREVIATIONS})
        return Tokenizer(
            nlp.vocab,
            rules={text: rule for text, rule in rules.items() if text not in _UNWANTED},
            prefix_search=prefixes.search,
            suffix_search=suffixes.search,
            infix_finditer=infixes.finditer,
            token_match=_kept_whole(),
            url_match=defaults.url_match,
        )

    return build
