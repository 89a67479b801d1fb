"""Which claims become plain edges: asserted, claimed, disputed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rdflib
from graph.statements import (
    BY_NAME,
    DOCUMENTS,
    IRAN,
    KCNA,
    KIM,
    NORTH_KOREA,
    PROFESSOR,
    PUTIN,
    RUSSIA,
    SOUTH_KOREA,
    STATEMENTS,
    TRUMP,
)

from kg.errors import QueryError
from kg.graph import terms
from kg.graph.belief import belief_query, derive
from kg.graph.rdf import build_graphs, relation_id, statement_iri
from kg.statement import (
    Actor,
    ActorType,
    Attribution,
    Modality,
    Polarity,
    Span,
    Stance,
    Statement,
)

PACT = BY_NAME["pact"]
REJECTS = BY_NAME["dprk-rejects-south"]
MET = BY_NAME["kim-met-trump"]

KREMLIN = Actor("wd:Q17", "Kremlin", ActorType.GOVERNMENT_BODY, "RUS", "GOV")
GENERAL = Actor("local:general", "the general", ActorType.PERSON, "PRK", "MIL")
DISSIDENT = Actor("local:dissident", "the dissident", ActorType.PERSON, "PRK", "OPP")
KNOWN_PERSON = Actor("wd:Q99", "Choe", ActorType.PERSON, "PRK")
UNKNOWN_PERSON = Actor("local:choe", "Choe", ActorType.PERSON, "PRK")
REUTERS = Actor("wd:Q130879", "Reuters", ActorType.MEDIA, "GBR", "MED")


def edges(*statements: Statement, belief: str | None = None) -> set[tuple[str, str, str]]:
    """The edges as (actor id, relation id, actor id)."""
    return {
        (terms.actor_id(s), relation_id(p), terms.actor_id(o))
        for s, p, o in derive(build_graphs(statements, DOCUMENTS), belief)
    }


def said(statement: Statement, *sources: Actor | str, stance: Stance = Stance.SAYS) -> Statement:
    """The statement with a chain of sources, the outermost first; text is a source without node."""
    chain = tuple(
        Attribution(
            source if isinstance(source, Actor) else None,
            Span(0, len(source), source) if isinstance(source, str) else None,
            stance,
            Span(0, 4, "said"),
            (0, 9),
        )
        for source in sources
    )
    return replace(statement, attribution=chain)


def test_the_edges_of_the_examples() -> None:
    assert edges(*STATEMENTS) == {
        ("wd:Q56226", "kg:met", "wd:Q22686"),
        ("wd:Q22686", "kg:met", "wd:Q56226"),
        ("wd:Q159", "kg:signedDefencePactWith", "wd:Q423"),
        ("wd:Q423", "kg:signedDefencePactWith", "wd:Q159"),
        ("wd:Q423", "kg:rejects", "wd:Q884"),
        ("wd:Q7747", "kg:visited", "wd:Q423"),
        ("wd:Q159", "kg:invaded", "wd:Q212"),
        ("wd:Q30", "kg:imposedSanctionsOn", "wd:Q794"),
        ("wd:Q43", "kg:memberOf", "wd:Q7184"),
        ("wd:Q423", "kg:allyOf", "wd:Q159"),
        ("wd:Q159", "kg:allyOf", "wd:Q423"),
        ("wd:Q56226", "kg:headOfState", "wd:Q423"),
    }


PLAIN = replace(REJECTS, attribution=())


@pytest.mark.parametrize(
    ("statement", "asserted"),
    [
        # nobody is quoted: the article itself says it
        (PLAIN, True),
        (replace(PLAIN, polarity=Polarity.NEGATIVE), False),
        *((replace(PLAIN, modality=m), m is Modality.ACTUAL) for m in Modality),
        # who speaks for the one that acts
        (said(PLAIN, NORTH_KOREA), True),
        (said(PLAIN, KIM), True),
        (said(PLAIN, GENERAL), True),
        (said(PLAIN, KNOWN_PERSON), True),
        (said(PLAIN, KIM, stance=Stance.CONFIRMS), True),
        # who does not
        (said(PLAIN, UNKNOWN_PERSON), False),
        (said(PLAIN, DISSIDENT), False),
        (said(PLAIN, SOUTH_KOREA), False),
        (said(PLAIN, PUTIN), False),
        (said(PLAIN, PROFESSOR), False),
        (said(PLAIN, "analysts"), False),
        (said(PLAIN, KIM, stance=Stance.DENIES), False),
        (said(PLAIN, KIM, stance=Stance.DOUBTS), False),
        (said(PLAIN, KIM, stance=Stance.ASKS), False),
        # a medium that carries the words of the actor, or speaks on its own
        (said(PLAIN, KCNA, KIM), True),
        (said(PLAIN, REUTERS, KIM), True),
        (said(PLAIN, "state media", KIM), True),
        (said(PLAIN, REUTERS, KCNA, KIM), True),
        (said(PLAIN, KCNA), False),
        (said(PLAIN, "state media"), False),
        (said(PLAIN, KIM, KCNA), False),
        (said(PLAIN, SOUTH_KOREA, KIM), False),
        (said(PLAIN, "analysts", KIM), False),
        (said(PLAIN, KCNA, SOUTH_KOREA), False),
        (said(PLAIN, KIM, SOUTH_KOREA), False),
        # the object of an act does not speak for the one who acts …
        (said(BY_NAME["putin-visited"], NORTH_KOREA), False),
        (said(BY_NAME["putin-visited"], KREMLIN), True),
        (said(BY_NAME["putin-visited"], PUTIN), True),
        # … but both ends of a symmetric relation act
        (said(PACT, KIM), True),
        (said(PACT, KREMLIN), True),
        (said(PACT, RUSSIA), True),
        (said(PACT, SOUTH_KOREA), False),
        (said(MET, TRUMP), True),
    ],
)
def test_merely_claimed_or_not(statement: Statement, asserted: bool) -> None:
    assert statement.object is not None
    edge = (statement.subject.actor.id, statement.relation.id, statement.object.actor.id)
    assert edges(statement) - {edge, edge[::-1]} == set()
    assert (edge in edges(statement)) is asserted


def test_an_official_does_not_speak_for_private_people_of_his_country() -> None:
    private = replace(
        BY_NAME["putin-visited"],
        subject=replace(BY_NAME["putin-visited"].subject, actor=DISSIDENT),
    )
    assert edges(private)
    assert not edges(said(private, KIM))
    assert edges(said(private, DISSIDENT))


@pytest.mark.parametrize(
    ("certainty", "asserted"),
    [(None, True), (3.0, True), (0.5, True), (0.0, True), (-0.5, False), (-3.0, False)],
)
def test_what_the_author_holds_to_be_untrue_is_no_edge(
    certainty: float | None, asserted: bool
) -> None:
    told = replace(BY_NAME["invasion"], factuality=certainty)
    assert bool(edges(told)) is asserted
    # one of two articles is enough to leave it open
    assert bool(edges(told, BY_NAME["invasion-again"])) is asserted


def test_statements_without_object_or_relation_give_no_edge() -> None:
    assert not edges(replace(PACT, object=None))
    assert not edges(BY_NAME["open-flood"])
    assert PACT.object is not None
    assert not edges(replace(PLAIN, object=replace(PACT.object, actor=NORTH_KOREA)))


def test_claimed_names_the_innermost_source() -> None:
    found = derive(build_graphs(STATEMENTS, DOCUMENTS), belief_query("claimed"))
    claims = {(terms.actor_id(s), o) for s, p, o in found if p == f"<{terms.KG}claims>"}
    contests = {(terms.actor_id(s), o) for s, p, o in found if p == f"<{terms.KG}contests>"}
    node = {name: statement_iri(s.id) for name, s in BY_NAME.items()}
    assert (KIM.id, node["dprk-rejects-south"]) in claims
    assert (KCNA.id, node["dprk-rejects-south"]) not in claims
    assert (SOUTH_KOREA.id, node["russia-supports-seoul-says"]) in claims
    assert contests == {("kg:iran-foreign-ministry", node["iran-attacked-tehran-denies"])}
    assert len(claims) == 7


def contradictions(*statements: Statement) -> int:
    found = derive(build_graphs(statements, DOCUMENTS), belief_query("disputed"))
    pairs = {(s, o) for s, _, o in found}
    assert pairs == {(o, s) for s, o in pairs}
    return len(pairs) // 2


def test_disputed_finds_what_one_affirms_and_another_denies() -> None:
    assert contradictions(*STATEMENTS) == 1
    plain = replace(PLAIN, time=BY_NAME["pact"].time)
    denied = said(plain, KIM, stance=Stance.DENIES)
    negative = replace(plain, polarity=Polarity.NEGATIVE)
    assert contradictions(plain, denied) == 1
    assert contradictions(plain, negative) == 1
    assert contradictions(denied, negative) == 0, "both say that it is not so"
    assert contradictions(plain, said(negative, KIM, stance=Stance.DENIES)) == 0
    assert contradictions(plain, replace(negative, modality=Modality.POSSIBLE)) == 0
    assert contradictions(plain, replace(negative, subject=replace(plain.subject, actor=IRAN))) == 0


def test_acts_of_different_times_do_not_contradict_each_other() -> None:
    now = replace(PLAIN, time=BY_NAME["pact"].time)
    then = replace(PLAIN, time=BY_NAME["sanctions"].time, polarity=Polarity.NEGATIVE)
    assert contradictions(now, then) == 0
    assert contradictions(now, replace(then, time=None)) == 1


def test_a_belief_of_ones_own() -> None:
    every = "CONSTRUCT { ?s kg:relatedTo ?o } WHERE { ?x kg:subject ?s ; kg:object ?o }"
    assert ("wd:Q43", "kg:relatedTo", "wd:Q1016") in edges(*STATEMENTS, belief=every)


@pytest.mark.parametrize(
    ("belief", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "must be a CONSTRUCT"),
        ("ASK { ?s ?p ?o }", "must be a CONSTRUCT"),
        (
            "CONSTRUCT { ?s ?p } WHERE {}",
            r"the belief query is malformed at line 1, column 19, near",
        ),
    ],
)
def test_a_wrong_belief_query_is_one_clear_line(belief: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        edges(PACT, belief=belief)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("view", ["asserted", "claimed", "disputed"])
def test_another_engine_derives_the_same(view: str) -> None:
    graphs = build_graphs(STATEMENTS, DOCUMENTS)
    graph = rdflib.Graph()
    lines = (f"{s} {p} {o} .\n" for ts in graphs.values() for s, p, o in ts)
    graph.parse(data="".join(lines), format="nt")
    found = graph.query(belief_query(view)).graph
    assert found is not None and len(found) > 0
    theirs = {tuple(str(term) for term in triple) for triple in found}
    ours = derive(graphs, belief_query(view))
    assert theirs == {tuple(term[1:-1] for term in triple) for triple in ours}
