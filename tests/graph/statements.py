"""Statements made by hand for the graph wing: three short articles, read without a model.

``DOCUMENTS`` are the articles, ``STATEMENTS`` what they say, ``BY_NAME`` the same by a short
name. Offsets are looked up in the texts, so every span quotes its document.
"""

from __future__ import annotations

from datetime import date

from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Document,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Stance,
    Statement,
    TimeInterval,
)

RUSSIA = Actor("wd:Q159", "Russia", ActorType.STATE, "RUS")
NORTH_KOREA = Actor("wd:Q423", "North Korea", ActorType.STATE, "PRK")
SOUTH_KOREA = Actor("wd:Q884", "South Korea", ActorType.STATE, "KOR")
UNITED_STATES = Actor("wd:Q30", "United States", ActorType.STATE, "USA")
UKRAINE = Actor("wd:Q212", "Ukraine", ActorType.STATE, "UKR")
IRAN = Actor("wd:Q794", "Iran", ActorType.STATE, "IRN")
SAUDI_ARABIA = Actor("wd:Q851", "Saudi Arabia", ActorType.STATE, "SAU")
TURKEY = Actor("wd:Q43", "Turkey", ActorType.STATE, "TUR")
LIBYA = Actor("wd:Q1016", "Libya", ActorType.STATE, "LBY")
NATO = Actor("wd:Q7184", "NATO", ActorType.INTERGOVERNMENTAL, None, "IGO")
KIM = Actor("wd:Q56226", "Kim Jong Un", ActorType.PERSON, "PRK", "GOV")
TRUMP = Actor("wd:Q22686", "Donald Trump", ActorType.PERSON, "USA", "GOV")
PUTIN = Actor("wd:Q7747", "Vladimir Putin", ActorType.PERSON, "RUS", "GOV")
KCNA = Actor("kg:kcna", "Korean Central News Agency", ActorType.MEDIA, "PRK", "MED")
IRAN_MFA = Actor(
    "kg:iran-foreign-ministry", "Iranian Foreign Ministry", ActorType.GOVERNMENT_BODY, "IRN", "GOV"
)
NUKES = Actor("local:nuclear-weapons", "nuclear weapons", ActorType.THING)
PROFESSOR = Actor("local:park-soo-ah", "Park Soo-ah", ActorType.PERSON, "KOR", "EDU")
VILLAGERS = Actor("local:villagers", "villagers", ActorType.GROUP)
FLOOD = Actor("local:the-flood", "the flood", ActorType.THING)

MET = Relation("kg:met", "met", "CONSULT", "040", "VCOOP", True)
PACT = Relation(
    "kg:signedDefencePactWith", "signed a mutual defence pact with", "SUPPORT", "057", "VCOOP", True
)
REJECTS = Relation("kg:rejects", "rejected dealing with", "REJECT", "120", "VCONF")
VISITED = Relation("kg:visited", "visited", "CONSULT", "042", "VCOOP")
INVADED = Relation("kg:invaded", "invaded", "ASSAULT", "190", "MCONF")
SUPPORTS = Relation("kg:supports", "supported", "SUPPORT", "050", "VCOOP")
GIVES_UP = Relation("kg:givesUp", "gave up", "CONCEDE", "080", "VCOOP")
ATTACKED = Relation("kg:attacked", "attacked", "ASSAULT", "190", "MCONF")
SANCTIONED = Relation("kg:imposedSanctionsOn", "imposed sanctions on", "COERCE", "163", "MCONF")
HEAD_OF_STATE = Relation("kg:headOfState", "is head of state of")
ALLY = Relation("kg:allyOf", "is an ally of", symmetric=True)
MEMBER = Relation("kg:memberOf", "is a member of")

SPEECH = Document(
    id="speech-2025",
    title="Pyongyang's leader shuts the door on the South",
    date=date(2025, 9, 22),
    source="Example Wire",
    url="https://news.example/asia/speech?id=7&lang=en",
    text=(
        "North Korean leader Kim Jong Un recalled that he had met Donald Trump at Panmunjom. "
        '"We shall have no dealings with South Korea," Kim told deputies, according to KCNA. '
        "Moscow and Pyongyang signed a mutual defence pact last year, when Vladimir Putin "
        "visited North Korea. Seoul warned that Russia supports Pyongyang. "
        "Kim said he would meet Trump only if Washington drops its demands. "
        '"We will never give up our nuclear weapons," he said. '
        "Russia invaded Ukraine on 24 February 2022. "
        "Park Soo-ah of a university in Seoul said South Korea rejects North Korea."
    ),
)
GULF = Document(
    id="doc-0f3a",
    title="Tehran and Riyadh trade accusations",
    date=date(2019, 9, 20),
    text=(
        "Saudi Arabia said Iran attacked it on 14 September 2019. "
        "The Iranian Foreign Ministry denied that Iran attacked Saudi Arabia on 14 September 2019. "
        "The United States imposed sanctions on Iran in 2018. "
        "Iran has not visited the United States, analysts said."
    ),
)
BRIEFS = Document(
    id="briefs/№ 3",
    source='Agência "Exemplo"',
    text=(
        "Russia invaded Ukraine on 24 February 2022, a chronology says. "
        "Turkey is a member of NATO. Turkey might visit Libya. "
        "Turkey plans to meet Russia. Libya must support Turkey. "
        "The flood displaced villagers. North Korea is an ally of Russia."
    ),
)
DOCUMENTS = (SPEECH, GULF, BRIEFS)


def span(document: Document, words: str, after: str = "") -> Span:
    """The first occurrence of ``words`` that follows ``after`` in the document."""
    offset = document.text.index(after) if after else 0
    start = document.text.index(words, offset)
    return Span(start, start + len(words), words)


def evidence(document: Document, predicate: str, rule: str, after: str = "") -> Evidence:
    """Evidence in the sentence around the ``predicate``."""
    found = span(document, predicate, after)
    start = document.text.rfind(". ", 0, found.start) + 2 if found.start else 0
    start = 0 if document.text.rfind(". ", 0, found.start) < 0 else start
    end = document.text.find(". ", found.end)
    end = len(document.text) if end < 0 else end + 1
    return Evidence(
        document.id, Span(start, end, document.text[start:end]), (found.start, found.end), rule
    )


def link(
    document: Document,
    source: Actor | None,
    words: str | None,
    cue: str,
    content: str,
    stance: Stance = Stance.SAYS,
    after: str = "",
) -> Attribution:
    """One link of an attribution chain, its words looked up in the document."""
    inner = span(document, content, after)
    return Attribution(
        source,
        span(document, words, after) if words else None,
        stance,
        span(document, cue, after),
        (inner.start, inner.end),
    )


def _mention(document: Document, actor: Actor, words: str, after: str) -> Mention:
    return Mention(actor, span(document, words, after))


def _build() -> dict[str, Statement]:
    s, g, b = SPEECH, GULF, BRIEFS
    recall, quote = "North Korean leader", '"We shall'
    return {
        "kim-met-trump": Statement(
            _mention(s, KIM, "he", "recalled that"),
            MET,
            _mention(s, TRUMP, "Donald Trump", recall),
            evidence(s, "met", "meet/verb", recall),
            attribution=(
                link(s, KIM, "Kim Jong Un", "recalled", "he had met Donald Trump at Panmunjom"),
            ),
            place=_mention(
                s, Actor("local:panmunjom", "Panmunjom", ActorType.PLACE), "Panmunjom", ""
            ),
            confidence=0.91,
        ),
        "dprk-rejects-south": Statement(
            _mention(s, NORTH_KOREA, "We", quote),
            REJECTS,
            _mention(s, SOUTH_KOREA, "South Korea", quote),
            evidence(s, "have no dealings", "refuse.deal/verb", quote),
            attribution=(
                link(s, KCNA, "KCNA", "according to", "We shall have no dealings", after=quote),
                link(s, KIM, "Kim", "told", "We shall have no dealings", after=quote),
            ),
            confidence=0.83,
        ),
        "pact": Statement(
            _mention(s, RUSSIA, "Moscow", ""),
            PACT,
            _mention(s, NORTH_KOREA, "Pyongyang", "Moscow"),
            evidence(s, "signed", "agree.treaty/verb", "Moscow"),
            time=TimeInterval("last year", date(2024, 1, 1), date(2024, 12, 31)),
            confidence=0.95,
        ),
        "putin-visited": Statement(
            _mention(s, PUTIN, "Vladimir Putin", ""),
            VISITED,
            _mention(s, NORTH_KOREA, "North Korea", "visited"),
            evidence(s, "visited", "visit/verb"),
            time=TimeInterval("last year", date(2024, 1, 1), date(2024, 12, 31)),
            confidence=0.97,
        ),
        "russia-supports-seoul-says": Statement(
            _mention(s, RUSSIA, "Russia", "Seoul warned"),
            SUPPORTS,
            _mention(s, NORTH_KOREA, "Pyongyang", "Seoul warned"),
            evidence(s, "supports", "support/verb", "Seoul warned"),
            attribution=(link(s, SOUTH_KOREA, "Seoul", "warned", "Russia supports Pyongyang"),),
            confidence=0.88,
        ),
        "kim-would-meet": Statement(
            _mention(s, KIM, "he", "Kim said"),
            MET,
            _mention(s, TRUMP, "Trump", "would meet"),
            evidence(s, "meet", "meet/verb", "would meet"),
            modality=Modality.CONDITIONAL,
            attribution=(link(s, KIM, "Kim", "said", "he would meet Trump", after="Kim said"),),
            condition="only if Washington drops its demands",
            confidence=0.72,
        ),
        "nukes": Statement(
            _mention(s, NORTH_KOREA, "We", '"We will'),
            GIVES_UP,
            _mention(s, NUKES, "nuclear weapons", ""),
            evidence(s, "give up", "give-up/verb"),
            attribution=(link(s, KIM, "he", "said", "We will never", after='"We will never'),),
            polarity=Polarity.NEGATIVE,
            modality=Modality.INTENDED,
            confidence=0.9,
        ),
        "invasion": Statement(
            _mention(s, RUSSIA, "Russia", "Russia invaded"),
            INVADED,
            _mention(s, UKRAINE, "Ukraine", ""),
            evidence(s, "invaded", "invade/verb"),
            time=TimeInterval("on 24 February 2022", date(2022, 2, 24), date(2022, 2, 24)),
            confidence=0.98,
        ),
        "south-rejects-professor-says": Statement(
            _mention(s, SOUTH_KOREA, "South Korea", "South Korea rejects"),
            REJECTS,
            _mention(s, NORTH_KOREA, "North Korea", "South Korea rejects"),
            evidence(s, "rejects", "reject/verb"),
            attribution=(
                link(
                    s,
                    PROFESSOR,
                    "Park Soo-ah",
                    "said",
                    "South Korea rejects North Korea",
                    after="Park",
                ),
            ),
            confidence=0.6,
        ),
        "iran-attacked-riyadh-says": Statement(
            _mention(g, IRAN, "Iran", ""),
            ATTACKED,
            _mention(g, SAUDI_ARABIA, "it", "attacked"),
            evidence(g, "attacked", "attack/verb"),
            attribution=(link(g, SAUDI_ARABIA, "Saudi Arabia", "said", "Iran attacked it"),),
            time=TimeInterval("on 14 September 2019", date(2019, 9, 14), date(2019, 9, 14)),
            confidence=0.9,
        ),
        "iran-attacked-tehran-denies": Statement(
            _mention(g, IRAN, "Iran", "that Iran"),
            ATTACKED,
            _mention(g, SAUDI_ARABIA, "Saudi Arabia", "that Iran"),
            evidence(g, "attacked", "attack/verb", "that Iran"),
            attribution=(
                link(
                    g,
                    IRAN_MFA,
                    "Iranian Foreign Ministry",
                    "denied",
                    "Iran attacked Saudi Arabia",
                    Stance.DENIES,
                    after="The Iranian",
                ),
            ),
            time=TimeInterval("on 14 September 2019", date(2019, 9, 14), date(2019, 9, 14)),
            confidence=0.9,
        ),
        "sanctions": Statement(
            _mention(g, UNITED_STATES, "United States", ""),
            SANCTIONED,
            _mention(g, IRAN, "Iran", "sanctions on"),
            evidence(g, "imposed sanctions", "sanction/noun"),
            time=TimeInterval("in 2018", date(2018, 1, 1), date(2018, 12, 31)),
            confidence=0.96,
        ),
        "iran-not-visited": Statement(
            _mention(g, IRAN, "Iran", "Iran has not"),
            VISITED,
            _mention(g, UNITED_STATES, "United States", "Iran has not"),
            evidence(g, "visited", "visit/verb", "Iran has not"),
            polarity=Polarity.NEGATIVE,
            attribution=(
                link(
                    g,
                    None,
                    "analysts",
                    "said",
                    "Iran has not visited the United States",
                    after="Iran has not",
                ),
            ),
            confidence=0.66,
        ),
        "invasion-again": Statement(
            _mention(b, RUSSIA, "Russia", ""),
            INVADED,
            _mention(b, UKRAINE, "Ukraine", ""),
            evidence(b, "invaded", "invade/verb"),
            time=TimeInterval("on 24 February 2022", date(2022, 2, 24), date(2022, 2, 24)),
            confidence=0.98,
        ),
        "turkey-in-nato": Statement(
            _mention(b, TURKEY, "Turkey", ""),
            MEMBER,
            _mention(b, NATO, "NATO", ""),
            evidence(b, "is a member", "member/noun"),
            confidence=0.93,
        ),
        "turkey-may-visit": Statement(
            _mention(b, TURKEY, "Turkey", "Turkey might"),
            VISITED,
            _mention(b, LIBYA, "Libya", ""),
            evidence(b, "visit", "visit/verb"),
            modality=Modality.POSSIBLE,
            confidence=0.8,
        ),
        "turkey-plans-to-meet": Statement(
            _mention(b, TURKEY, "Turkey", "Turkey plans"),
            MET,
            _mention(b, RUSSIA, "Russia", "Turkey plans"),
            evidence(b, "meet", "meet/verb"),
            modality=Modality.INTENDED,
            confidence=0.85,
        ),
        "libya-must-support": Statement(
            _mention(b, LIBYA, "Libya", "Libya must"),
            SUPPORTS,
            _mention(b, TURKEY, "Turkey", "Libya must"),
            evidence(b, "support", "support/verb"),
            modality=Modality.OBLIGATORY,
            confidence=0.7,
        ),
        "open-flood": Statement(
            _mention(b, FLOOD, "The flood", ""),
            Relation(None, "displaced"),
            _mention(b, VILLAGERS, "villagers", ""),
            evidence(b, "displaced", "open/verb"),
            confidence=0.5,
        ),
        "ally": Statement(
            _mention(b, NORTH_KOREA, "North Korea", ""),
            ALLY,
            _mention(b, RUSSIA, "Russia", "an ally of"),
            evidence(b, "is an ally", "ally/noun"),
            confidence=0.94,
        ),
        "kim-leads": Statement(
            _mention(s, KIM, "Kim Jong Un", ""),
            HEAD_OF_STATE,
            _mention(s, NORTH_KOREA, "North Korean", ""),
            evidence(s, "leader", "office/apposition"),
            confidence=0.97,
        ),
    }


BY_NAME = _build()
STATEMENTS = tuple(BY_NAME.values())
