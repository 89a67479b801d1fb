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
    "ahn bae baek bi bian bok bong bum byeong byung chae chan chang che chee cheol cheon cheong"
    " cheuk cheung chi chieh chien chih chin ching chiu cho choi chol chong chu chul chun chung"
    " dae den deok do dong duck eon eui eul eun fai fong fung geun gi gil gon gwang gwon gyeong"
    " gyu gyun ha hae hak han hang hao hee heon hin hing ho hoi hok hon hoon hsiao hsien hsin"
    " hsiu hsiung hui hun hung hwa hwan hwang hye hyeok hyeon hyo hyok hyon hyong hyuk hyun hyung"
    " ih ik ing jae je jen jeong jeou ji jie jin jong joo joon jou ju jui jun jung jwa ka kai kam"
    " kan kang kau kei keun keung khim ki kil kin kit kong kuk kun kuo kwai kwan kwang kwok kwon"
    " kwun kyeong kyo kyong kyu kyum kyun kyung lai lam lap lau leung li lik ling lit loi lok"
    " luan lun lung man mei mi min ming mo moo moon mou mu mun myeong myong myung nak nam nan nga"
    " ngai ngan ngor oi pak pang pik pil pin ping po pui rae rak ri rim ryeol ryol ryong sam sang"
    " sau se seo seob seok seon seong seop seul seung shan shek sheung shih shik shin shing shu"
    " shui shun shyi sik sil sing siu sok sol song soo sook soon su suet suk sul sum sun sung sze"
    " tae taek tai tak tang tat te teng tim tin ting tong tse tseng tsun tsz tung tzu ui uk wah"
    " wai wan wang wen wha wing wo won wong woo wook woong yam yan yao yat yau ye yee yen yeol"
    " yeon yeong yeung yih yin ying yip yiu yo yol yon yong yoo yoon young yu yuan yue yuet yui"
    " yuk yul yun yung"
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
