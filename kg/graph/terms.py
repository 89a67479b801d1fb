"""RDF terms as N-Triples text: the namespaces of kg, safe IRIs and escaped literals.

A term is the ``str`` that N-Triples writes for it and a triple a tuple of three such
strings. That keeps millions of them cheap, sorts them the same way everywhere and needs
no RDF library until something is parsed or queried.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples text."""

KG = "https://w3id.org/kg/ontology#"
ID = "https://w3id.org/kg/id/"
CODE = "https://w3id.org/kg/code/"
WD = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
ACTOR = ID + "actor/"
LOCAL = ID + "local/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "id": ID,
    "wd": WD,
    "actor": ACTOR,
    "local": LOCAL,
    "code": CODE,
    "doc": ID + "document/",
    "st": ID + "statement/",
    "ev": ID + "evidence/",
    "at": ID + "attribution/",
    "said": ID + "quote/",
    "span": ID + "span/",
    "run": ID + "run/",
    "term": ID + "term/",
    "point": ID + "point/",
    "graph": ID + "graph/",
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "time": "http://www.w3.org/2006/time#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "sf": "http://www.opengis.net/ont/sf#",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes of every file that kg writes; queries may use them undeclared."""

TYPE = f"<{RDF}type>"

TRIPLE_TERM = "<<("
"""What the N-Triples text of a triple term of RDF 1.2 begins with."""

_SAFE = "-_"
_SEGMENT = re.compile(r"[A-Za-z0-9_-]*")
_IRI_UNSAFE = re.compile(r"[\x00-\x20<>\"{}|^`\\\x7f]|[^\x00-\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,15}\Z")

# Characters that must not stand raw in a file: controls, line separators, bidi marks (they
# reorder what a person sees), byte order marks and the noncharacters, which some parsers refuse.
_HIDDEN = "\\x7f-\\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
UNSAFE = re.compile(f"[{_HIDDEN}]")
"""Characters that a person cannot see or that change what is seen; files have them escaped."""
# Quote, backslash and controls besides: by the grammar of N-Triples.
_ESCAPED = re.compile(f'[\\x00-\\x1f"\\\\{_HIDDEN}]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def iri(value: str) -> str:
    """The N-Triples form of an IRI; characters that no IRI may hold are percent-encoded."""
    return "<" + _IRI_UNSAFE.sub(lambda m: quote(m.group(), errors="surrogatepass"), value) + ">"


def name(namespace: str, local: str) -> str:
    """The IRI of a term of a namespace, both known to be safe."""
    return f"<{namespace}{local}>"


def encode(text: str) -> str:
    """Any text as one IRI path segment of letters, digits, ``-``, ``_`` and ``%XX``."""
    if _SEGMENT.fullmatch(text):  # most are, and need not be looked at character by character
        return text
    # quote() leaves '.' and '~' alone; both would need escapes in a Turtle name.
    quoted = quote(text, safe=_SAFE, errors="surrogatepass")
    return quoted.replace(".", "%2E").replace("~", "%7E")


def decode(segment: str) -> str:
    """The text that ``encode`` was given."""
    return unquote(segment, errors="surrogatepass")


@lru_cache(maxsize=8192)
def actor_iri(actor_id: str) -> str:
    """The IRI of an actor's id: Wikidata's own for ``wd:Q…``, else one below ``…/kg/id/``."""
    prefix, _, rest = actor_id.partition(":")
    if prefix == "wd" and _WIKIDATA.match(rest):
        return name(WD, rest)
    if prefix == "kg" and rest:
        return name(ACTOR, encode(rest))
    if prefix == "local" and rest:
        return name(LOCAL, encode(rest))
    # An id of an unknown kind stays whole, so that no two ids share an IRI.
    return name(ID + "other/", encode(actor_id))


def actor_id(term: str) -> str:
    """The id that ``actor_iri`` was given."""
    value = term[1:-1]
    for namespace, prefix in ((WD, "wd:"), (ACTOR, "kg:"), (LOCAL, "local:")):
        if value.startswith(namespace):
            return prefix + decode(value.removeprefix(namespace))
    return decode(value.removeprefix(ID + "other/"))


def literal(text: str, lang: str | None = None) -> str:
    """A plain or language-tagged literal; a lone surrogate, which RDF lacks, becomes U+FFFD."""
    body = text
    if _SURROGATE.search(body):
        body = _SURROGATE.sub("\ufffd", body)
    if _ESCAPED.search(body):
        body = _ESCAPED.sub(_escape, body)
    tag = f"@{lang.lower()}" if lang and _LANG.match(lang) else ""
    return f'"{body}"{tag}'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    short = _SHORT.get(character)
    if short:
        return short
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def typed(lexical: str, datatype: str) -> str:
    """A literal of an XML Schema datatype whose lexical form is known to be right."""
    return f'"{lexical}"^^<{XSD}{datatype}>'


def integer(number: int) -> str:
    """An ``xsd:integer``."""
    return typed(str(number), "integer")


def decimal(number: float) -> str:
    """An ``xsd:decimal`` of at most four places, never in exponent form."""
    text = f"{number:.4f}".rstrip("0")
    return typed(text + "0" if text.endswith(".") else text, "decimal")


def exact_decimal(number: float) -> str:
    """An ``xsd:decimal`` that reads back as the very same float; ``number`` is finite."""
    text = format(Decimal(repr(float(number))), "f")
    return typed(text if "." in text else text + ".0", "decimal")


def day(value: date) -> str:
    """An ``xsd:date``."""
    return typed(value.isoformat(), "date")


_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def text_of(term: str) -> str:
    """The text of a literal, an IRI without its brackets, or a blank node as it is."""
    if term.startswith("<"):
        return term[1:-1]
    if term.startswith("_:"):
        return term
    body = term[1 : term.rindex('"')]
    return _UNESCAPE.sub(_unescape, body) if "\\" in body else body


def _unescape(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    return _PLAIN.get(plain, plain) if plain else chr(int(short or long, 16))


def term_of(value: Any) -> str:
    """The N-Triples form of a term of pyoxigraph, escaped as kg escapes."""
    lexical: str | None = getattr(value, "value", None)
    if lexical is None:
        parts = (term_of(part) for part in (value.subject, value.predicate, value.object))
        return f"{TRIPLE_TERM} {' '.join(parts)} )>>"
    datatype = getattr(value, "datatype", None)
    if datatype is None:
        return f"<{lexical}>" if str(value).startswith("<") else str(value)
    if value.language:
        return literal(lexical, value.language)
    if datatype.value == XSD + "string":
        return literal(lexical)
    return literal(lexical) + f"^^<{datatype.value}>"


def curie(value: str) -> str:
    """An IRI (without brackets) shortened by the longest fitting prefix, else unchanged."""
    best = ""
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and len(namespace) > len(PREFIXES.get(best, "")):
            local = value[len(namespace) :]
            if re.fullmatch(r"[\w%.-]*", local, re.ASCII) and not local.endswith("."):
                best = prefix
    return f"{best}:{value[len(PREFIXES[best]) :]}" if best else value
