"""Mentions on sentences through the model: one case a class, near misses beside."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from kg.text.clauses import find_clauses
from kg.text.coref import resolve
from kg.text.encoder import load_model
from kg.text.gazetteer import load_gazetteer
from kg.text.mentions import MentionKind, Mentions, find_mentions
from kg.text.parsed import Doc
from kg.text.phrases import noun_phrases
from kg.text.quotes import find_reports

pytestmark = pytest.mark.model


@lru_cache(maxsize=64)
def read(text: str, day: str = "2024-06-01") -> Mentions:
    doc = Doc(load_model()(text))
    phrases, clauses = noun_phrases(doc), find_clauses(doc)
    found = find_mentions(doc, phrases, load_gazetteer(), date.fromisoformat(day))
    return resolve(doc, phrases, clauses, found, find_reports(doc, clauses, phrases))


def ids(text: str, words: str, day: str = "2024-06-01") -> list[str]:
    start = text.rindex(words)
    found = read(text, day).in_characters(start, start + len(words))
    return [a.id for a in found.actors] if found else []


CASES = [
    ("Moscow accused Kyiv of lying.", "Moscow", ["wd:Q159"]),
    ("The talks were held in Moscow.", "Moscow", ["kg:geonames-524901"]),
    ("U.S. and Russian negotiators met.", "Russian negotiators", ["kg:USA-GOV", "kg:RUS-GOV"]),
    (
        "The foreign ministers of Turkey and Iran spoke.",
        "foreign ministers",
        ["kg:hakan-fidan", "kg:ali-bagheri-kani"],
    ),
    ("North and South Korean officials met.", "officials", ["kg:PRK-GOV", "kg:KOR-GOV"]),
    ("The two Koreas signed a truce.", "Koreas", ["wd:Q423", "wd:Q884"]),
    ("Israeli jets hit a depot.", "Israeli jets", ["kg:ISR-MIL"]),
    ("Rebels in Yemen fired rockets.", "Rebels", ["kg:YEM-REB"]),
    ("Pro-Russian separatists fired rockets.", "separatists", []),
    ("Ethnic Albanians in Serbia marched.", "Albanians", ["kg:SRB-CVL"]),
    ("The former French president left.", "former French president", []),
    ("Police arrested the former Salvadoran president.", "president", ["kg:SLV-CVL"]),
    ("The French president left.", "French president", ["wd:Q3052772"]),
    ("Brazil praised the Ruritanian president.", "president", []),
    ("The Congolese president left.", "president", ["kg:felix-tshisekedi"]),
    ("Brazzaville and its Congolese army rested.", "army", ["kg:COG-MIL"]),
    ("Envoys of Togo met the King of Morocco.", "King", ["kg:king-mohammed-vi"]),
    ("Mali thanked its Russian partners.", "partners", ["kg:RUS-GOV"]),
    ("Mali thanked Russia's partners.", "partners", []),
    ("Russian oil reached the market.", "Russian oil", []),
    ("Colombia's Congress voted.", "Congress", ["kg:COL-LEG"]),
    ("The bill passed Congress, Washington said.", "Congress", ["kg:USA-LEG"]),
    ("Analysts said prices would fall.", "Analysts", []),
    ("Hamas gunmen attacked a post.", "Hamas gunmen", ["wd:Q38799"]),
    ("Kurdish protesters marched.", "Kurdish protesters", ["kg:kurds"]),
    ("Serb forces shelled Sarajevo.", "Sarajevo", ["kg:geonames-3191281"]),
    ("Dodoma, the capital of Tanzania, was calm.", "Dodoma", ["kg:geonames-160196"]),
    ("Voters in Georgia and Alabama queued.", "Georgia", ["wd:Q1428"]),
    ("Voters in Georgia and Armenia queued.", "Georgia", ["wd:Q230"]),
    ("A state of emergency was declared in Guayaquil.", "state", []),
    ("Five Palestinians were hurt.", "Palestinians", ["kg:PSE-CVL"]),
    ("Israelis and Palestinians signed.", "Palestinians", ["wd:Q219060"]),
    ("Kursk region was shelled by Ukraine.", "Kursk region", ["kg:kursk-region"]),
    ("A visit to China's Taiwan region followed.", "region", ["wd:Q865"]),
    ("The Chinese region was quiet.", "region", []),
    ("Negotiators in Vienna agreed.", "Negotiators", []),
    ("Officials in Vienna agreed.", "Officials", ["kg:AUT-GOV"]),
    ("A visiting minister in Riyadh spoke.", "minister", []),
    ("Talks in Minsk and Warsaw failed.", "Warsaw", ["kg:geonames-756135"]),
    ("Minsk and Warsaw traded insults.", "Warsaw", ["wd:Q36"]),
    ("Lebanon, Pennsylvania, voted.", "Lebanon", []),
    ("Lebanon, Syria and Jordan voted.", "Lebanon", ["wd:Q822"]),
    ("He left London, Ontario.", "London", ["kg:geonames-6058560"]),
    # heads of organisations act for these
    ("The WHO chief praised China.", "WHO chief", ["kg:tedros-adhanom-ghebreyesus"]),
    ("The CIA chief flew to Qatar.", "CIA chief", ["kg:cia"]),
    ("The head of the country spoke.", "head", []),
    # who holds the same office elsewhere
    (
        "The Chinese president met his French counterpart.",
        "French counterpart",
        ["wd:Q3052772"],
    ),
    ("A minister met his French counterpart.", "French counterpart", ["kg:FRA-GOV"]),
    # people whose country their surroundings tell
    ("A crowd attacked the embassy in Niamey.", "crowd", ["kg:NER-CVL"]),
    ("Villagers blocked a road near Goma.", "Villagers", ["kg:COD-CVL"]),
    ("Villagers blocked roads in Goma and Kigali.", "Villagers", []),
    ("Foreign workers protested in Doha.", "workers", []),
    (
        "Myanmar's army seized power. Doctors and nurses stopped work in protest.",
        "nurses",
        ["kg:MMR-CVL"],
    ),
    ("Myanmar's army met Thailand's army. Doctors stopped work.", "Doctors", []),
    ("Myanmar's army seized power. Doctors need rest.", "Doctors", []),
    ("Myanmar's army seized power. Three people died.", "people", []),
    # letters that many share need the country, family names no university
    ("The ANC won in South Africa.", "ANC", ["kg:anc"]),
    ("The ANC won in Hong Kong.", "ANC", []),
    ("The United States praised Rice University.", "Rice", []),
    ("The United States praised Rice.", "Rice", ["kg:condoleezza-rice"]),
    # courts of the world
    ("The court in The Hague ordered Israel to stop.", "court", []),
    ("The court in Rotterdam jailed a man.", "court", ["kg:NLD-JUD"]),
    ("The Dutch court in The Hague jailed a man.", "court", ["kg:NLD-JUD"]),
    # a seat of a state and of an organisation
    ("The EU met. Brussels imposed tariffs on China.", "Brussels", ["wd:Q458"]),
    ("The European Commission met. Brussels fined China.", "Brussels", ["wd:Q458"]),
    ("Belgium met China. Brussels imposed tariffs on China.", "Brussels", ["wd:Q31"]),
    ("Brussels imposed tariffs on China.", "Brussels", ["wd:Q458"]),
    ("The EU praised Belgium. Brussels imposed tariffs on China.", "Brussels", []),
    ("The EU met China in Brussels.", "Brussels", ["kg:geonames-2800866"]),
    # two owners that a comma joins
    ("U.S., Chinese officials met in Geneva.", "officials", ["kg:USA-GOV", "kg:CHN-GOV"]),
    ("U.S., Chinese officials met in Geneva.", "U.S.", []),
    ("Iran, Chinese officials said, would sign.", "officials", ["kg:CHN-GOV"]),
    ("In Iran, Chinese officials met.", "officials", ["kg:CHN-GOV"]),
    # what stands beside a name and is no person
    ("Anna Kell will meet Vladimir Putin, the first encounter in years.", "encounter", []),
    # two titles before one name, and two persons with a title each
    ("State Councilor and Foreign Minister Wang Yi left.", "Councilor", ["kg:wang-yi"]),
    ("China's State Councilor and Foreign Minister Wang Yi left.", "Councilor", ["kg:wang-yi"]),
    (
        "China's State Councilor and Transport Minister Ke Bo left.",
        "Councilor",
        ["local:ke-bo-chn"],
    ),
    ("A councilor and Foreign Minister Wang Yi left.", "councilor", []),
    ("President Ito and Foreign Minister Wang Yi left.", "President", []),
    ("Councilor left.", "Councilor", []),
    ("Mr King left.", "King", ["local:king"]),
    # the country of a person by counterpart, possessor, title
    (
        "Wang Yi met his Japanese counterpart, Shiro Kono.",
        "Shiro Kono",
        ["local:shiro-kono-jpn"],
    ),
    ("Ivo Kono, the FARC's chief, spoke.", "Ivo Kono", ["local:ivo-kono-col"]),
    ("The FARC lost. Ivo Kono, the rebel commander, spoke.", "Ivo Kono", ["local:ivo-kono-col"]),
    (
        "ETA and the FARC lost. Ivo Kono, the rebel commander, spoke.",
        "Ivo Kono",
        ["local:ivo-kono"],
    ),
    (
        "Ukrainian Irrigation Minister Oleksandr Kuba spoke.",
        "Oleksandr Kuba",
        ["local:oleksandr-kuba-ukr"],
    ),
    (
        "China was angry. Vice Foreign Minister Xie Lang summoned U.S. Ambassador Ann Kell.",
        "Xie Lang",
        ["local:xie-lang-chn"],
    ),
    (
        "China was angry. Vice Foreign Minister Xie Lang summoned U.S. Ambassador Ann Kell.",
        "Ann Kell",
        ["local:ann-kell-usa"],
    ),
    ("China and Iran met. Vice Foreign Minister Xie Lang left.", "Xie Lang", ["local:xie-lang"]),
    (
        "Pelosi left Taiwan for South Korea, where she met Speaker Kim Bae.",
        "Kim Bae",
        ["local:kim-bae-kor"],
    ),
    ("In Lima, Interior Minister Juan Perez resigned.", "Juan Perez", ["local:juan-perez-per"]),
    # short names of those whom the text names in full
    ("Mike Jones kept a shop in Texas. Jones was angry.", "Jones", ["local:mike-jones"]),
    ("The vote in May was delayed.", "May", []),
    (
        "Gen Abdourahmane Tchiani seized power. Gen Tchiani declared himself leader.",
        "Gen Tchiani",
        ["kg:abdourahamane-tiani"],
    ),
    ("Gen Moussa Tchiani met Ali Tchiani. Gen Tchiani declared himself leader.", "Gen Tchiani", []),
]


@pytest.mark.parametrize(("text", "words", "wanted"), CASES)
def test_actors(text: str, words: str, wanted: list[str]) -> None:
    assert ids(text, words) == wanted


def test_mentions_quote_the_text() -> None:
    text = "Russian President Vladimir Putin met Xi Jinping in Beijing. He thanked him."
    mentions = read(text)
    assert len(mentions) >= 5
    starts = [m.start for m in mentions]
    assert starts == sorted(starts)
    for found in mentions:
        assert 0 < found.score <= 1
        assert found.reason
        for actor in found.actors:
            mention = mentions.mention(found, actor)
            assert text[mention.span.start : mention.span.end] == mention.span.text


def test_both_readings_of_a_capital() -> None:
    text = "Moscow said the talks in Moscow went well."
    mentions = read(text)
    said, inside = mentions.at(0), mentions.at(5)
    assert said is not None and said.kind is MentionKind.METONYM
    assert inside is not None and inside.kind is MentionKind.PLACE
    place = mentions.place_at(0)
    assert place is not None and place.actors[0].id == "kg:geonames-524901"


def test_unknown_names_are_one_node() -> None:
    text = "Anna Kell, a Danish lawmaker, spoke. Ms Kell left early. Kell won."
    mentions = read(text)
    people = {a.id for m in mentions for a in m.actors if a.id.startswith("local:")}
    assert people == {"local:anna-kell-dnk"}


def test_a_person_is_told_of_anywhere_in_the_document() -> None:
    text = "Anna Kell won. The vote was close. Anna Kell, a Danish lawmaker, spoke."
    people = [a.id for m in read(text) for a in m.actors if a.id.startswith("local:")]
    assert set(people) == {"local:anna-kell-dnk"}


def test_heads_of_organisations_act_for_no_country() -> None:
    for day, country, sector in (("2010-01-01", None, "IGO"), ("2005-01-01", "KOR", "GOV")):
        found = read("Ban Ki-moon spoke.", day).in_characters(0, len("Ban Ki-moon"))
        assert found is not None
        assert (found.actors[0].country, found.actors[0].sector) == (country, sector)


def test_a_short_name_in_the_headline() -> None:
    text = "Tchiani rules Niger\n\nGen Abdourahmane Tchiani seized power in Niger."
    people = [m.actors[0].id for m in read(text) if m.actors[0].type == "Person"]
    assert people == ["kg:abdourahamane-tiani"] * 2


def test_titles_of_names_are_the_same_person() -> None:
    text = "Seoul's new President, Lee Jae-myung, spoke."
    assert ids(text, "Lee Jae-myung", "2025-09-22") == ["kg:lee-jae-myung"]
    assert ids(text, "President", "2025-09-22") == ["kg:lee-jae-myung"]


@pytest.mark.parametrize(
    ("text", "words", "day", "wanted"),
    [
        # a title makes a family name certain on the day its bearer held the office
        ("President Nyerere spoke.", "Nyerere", "1978-11-02", ["kg:julius-nyerere"]),
        ("Foreign Minister Gromyko spoke.", "Gromyko", "1979-06-18", ["kg:andrei-gromyko"]),
        ("General Zia spoke.", "Zia", "1984-10-31", ["kg:mohammad-zia-ul-haq"]),
        ("President Tolbert spoke.", "Tolbert", "1975-02-01", ["kg:william-tolbert"]),
        ("President Tolbert spoke.", "Tolbert", "2015-02-01", ["local:tolbert"]),
        ("Senator Tolbert spoke.", "Tolbert", "1975-02-01", ["local:tolbert"]),
        # leaders of their time by family name alone, a generation later nobody
        ("Khrushchev wrote to Kennedy.", "Kennedy", "1962-10-26", ["kg:john-f-kennedy"]),
        ("Wilson left Britain.", "Wilson", "1966-05-01", ["kg:harold-wilson"]),
        ("Wilson left Britain.", "Wilson", "2021-05-01", ["local:wilson"]),
        # two of one name
        ("George Bush met Mikhail Gorbachev.", "George Bush", "1990-06-01", ["wd:Q23505"]),
        ("George Bush met Vladimir Putin.", "George Bush", "2005-05-09", ["wd:Q207"]),
        # capitals of bygone states
        ("Saigon accused Hanoi of lying.", "Saigon", "1968-02-01", ["kg:south-vietnam"]),
        ("Saigon accused Hanoi of lying.", "Saigon", "2018-02-01", ["kg:geonames-1566083"]),
        ("Bonn accused Prague of lying.", "Bonn", "1985-02-01", ["wd:Q713750"]),
        ("Salisbury accused Lusaka of lying.", "Salisbury", "1976-06-20", ["wd:Q954"]),
        # whose aircraft by their type
        ("American F-111s bombed Tripoli.", "F-111s", "1986-04-15", ["kg:USA-MIL"]),
        # Brussels before there was a Union
        ("Brussels imposed tariffs on China.", "Brussels", "1985-03-01", ["wd:Q31"]),
    ],
)
def test_titles_and_days_tell_whose_family_name_it_is(
    text: str, words: str, day: str, wanted: list[str]
) -> None:
    assert ids(text, words, day) == wanted
