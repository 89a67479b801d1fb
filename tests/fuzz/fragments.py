"""Bytes to text: a byte chooses a fragment, so that any fuzzer of bytes writes what kg reads.

Random characters never get past a parser's first step. Fragments of prose, HTML, YAML, …
put together at random do, and a byte that repeats the end of what stands there makes what
people fear: ten thousand quotation marks, a thousand lists in each other.
"""

from __future__ import annotations

from collections.abc import Sequence

ODD = (
    *("\x00", "\x1b[31m", "\x7f", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800"),
    *("\udfff", "\u2028", "\u2029", "\r", "\r\n", "\t", "\xa0", "\u3000", "\U0001f680"),
    *("e\u0301", "\u0301", "ß", "İ", "ﬁ", "Ǆ", "会", "שלום", "नमस्ते", "﷽", "½", "²", "Ⅳ"),
    *("\ufffd", "\uffff", "\U000e0041"),
)
"""Characters that are somewhere treated unlike others."""

PROSE = (
    *("Russia ", "Ukraine ", "North Korea ", "the United States ", "U.S. ", "Moscow "),
    *("Kyiv's ", "Putin ", "President Vladimir Putin ", "Kim Jong Un ", "Mr Lee ", "Mrs. "),
    *("Dr. ", "the UN ", "NATO ", "Hamas ", "rebels ", "the army ", "Boris Petrov ", "Anna "),
    *("the Belor Front ", "he ", "she ", "they ", "it ", "his ", "their ", "who ", "which "),
    *("that ", "both ", "we ", "attacked ", "said ", "has said ", "met ", "signed ", "denied "),
    *("will ", "would ", "may ", "did not ", "to ", "is ", "was ", "been ", "be ", "killed "),
    *("agreed ", "threatened ", "sanctions ", "a treaty ", "talks ", "the deal ", "war "),
    *("troops ", "president ", "minister ", "of ", "in ", "on ", "with ", "against ", "by "),
    *("from ", "for ", "after ", "and ", "or ", "but ", "if ", "because ", "while "),
    *("according to ", "unless ", "not ", "never ", "no ", "the ", "a ", "an ", "this ", "two "),
    *("1,000 ", "3.5 ", "Monday ", "last year ", "2024 ", "3 May ", "between 2001 and 2003 "),
    *("in the 1990s ", "two weeks ago ", "at 5 p.m. ", ". ", ", ", "; ", ": ", "? ", "! "),
    *("... ", " - ", " – ", " — ", "-", "/", "(", ") ", "[", "]", '"', "“", "”", "'", "‘", "’"),
    *("«", "»", "''", "``", "„", "'s ", "n't ", "@", "#", "&", "*", "\n", "\n\n", "\n- ", "  "),
    *("SEOUL (AP) — ", "By A Reporter\n", "https://a.example/?x ", "a@b.c ", "AND ", "THE "),
    *("x", "s ", "anti-", "re-", "ex-", "Sino-", "10th ", "I ", "II ", "A.B.C. "),
    *ODD,
)
HTML = (
    *("<p>", "</p>", "<div>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "<br>"),
    *("<ul>", "<li>", "<table><tr><td>", "</table>", "<script>", "</script>", "<style>"),
    *("</style>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<title>", "</title>"),
    *("<meta ", "<link ", "property='og:title' ", "content=", "'", '"', ">", "<", "/>", "</"),
    *("=", "&amp;", "&#0;", "&#xD800;", "&#99999999;", "&lt", "&", ";", "<a href=javascript:x>"),
    *("</a>", "<p class='", "<time datetime='2024-13-45'>"),
    *("<script type='application/ld+json'>", '{"@type":', "[", "]", '"NewsArticle"'),
    *('"headline":', '"datePublished":"2024-01-02"', "}", ",", "<html lang=en>", "<body>"),
    *("</body>", "<svg>", "<template>", "<noscript>", "<iframe srcdoc='", "<nav>", "<aside>"),
    *("The minister met the president in Moscow. ", "Cookies ", "\n", " ", "a", "ü"),
    *ODD,
)
YAML = (
    *("title", "date", "source", "url", "id", "lang", ": ", ":", "\n", "\n  ", "\n\n", "- "),
    *("[", "]", "{", "}", ", ", "&a ", "*a", "&b ", "*b", "!!str "),
    *("!!python/object/apply:os.system ", "!x ", "|\n ", ">-\n ", '"', "'", "#", " #x"),
    *("%YAML 1.2\n", "---\n", "...\n", "? ", "<<: ", "~", "null", "2024-01-02", "010", "on"),
    *("no", "x", "relation", "frames", "examples", "\t", "\\x41", "é"),
    *ODD,
)
TABLE = (
    *("text", "date", "title", "id", "source", ",", ";", "\t", "|", "\n", "\r\n", '"', '""'),
    *("'", " ", "The minister met the president in Moscow. ", "2024-01-02", "June 23, 2017"),
    *("=1+1", "x"),
    *ODD,
)
LINES = (
    *("{", "}", "[", "]", ":", ",", '"', '\\"', "\\u0000", "\\ud800", "\\", "\n", '"text"'),
    *('"id"', '"title"', '"date"', '"2024-01-02"', '"lang"', '"en"', "null", "true", "NaN"),
    *("1e999", "-0", "9", '"The minister met the president in Moscow."'),
    *('{"text":"Anna met Boris in Moscow."}\n', " ", '"url"', '"document"', '"subject"'),
    *('"evidence"', '"start"', "0"),
    *ODD,
)
SPARQL = (
    *("SELECT ", "* ", "?x ", "?y ", "$z ", "WHERE ", "{ ", "} ", ". ", "; ", ", ", "a "),
    *("kg:met ", "kg:", "wd:Q159 ", "wd:", "<http://a.example/> ", "<", "> ", '"', "'", '"""'),
    *("'''", "\\", "@en", "^^xsd:date ", "^^", "FILTER ", "(", ") ", "= ", "!= ", "|| ", "&& "),
    *("+ ", "/", "^", "*", "|", "OPTIONAL ", "UNION ", "GRAPH ", "MINUS ", "BIND ", "AS "),
    *("VALUES ", "UNDEF ", "SERVICE ", "CONSTRUCT ", "ASK ", "DESCRIBE ", "INSERT DATA "),
    *("DROP ALL ", "LOAD ", "PREFIX a: ", "BASE ", "LIMIT 1 ", "ORDER BY ", "GROUP BY "),
    *("COUNT(", "REGEX(", "1 ", "1.5e3 ", "true ", "_:b ", "[ ", "] ", "# comment\n", "\n"),
    *("\t", "@meetings", "<< ", ">> ", "EXISTS ", "NOT ", "IN "),
    *ODD,
)
TURTLE = (
    *("@prefix kg: <https://w3id.org/kg/ontology#> .\n", "kg:Statement ", "a ", "kg:subject "),
    *("<", "> ", "<a:b> ", "_:b ", "[ ", "] ", "( ", ") ", '"', "'", '"""', "\\", "\\u0041"),
    *("\\uD800", "@en ", "^^", "<http://www.w3.org/2001/XMLSchema#date> ", "2024 ", "1.5 "),
    *("true ", ". ", "; ", ", ", "{ ", "} ", "GRAPH ", "# c\n", "\n", "@base <x:> .\n"),
    *("PREFIX ", "<< ", ">> ", "<<( ", " )>>", ":"),
    *ODD,
)
MAIL = (
    *("From: ", "To: ", "Subject: ", "Date: ", "Mon, 1 Jan 2024 10:00:00 +0000", "\n", "\r\n"),
    *("\n\n", "Content-Type: ", "text/plain", "text/html", "multipart/mixed", "; boundary=a"),
    *("; charset=", "utf-8", "utf-7", "x", "--a\n", "--a--\n", "MIME-Version: 1.0\n"),
    *("Content-Transfer-Encoding: ", "base64", "quoted-printable", "=?utf-8?q?a?=", "=?x?b?"),
    *("?=", "a@b.c", "<", ">", "(", ")", '"', ",", ";", ":", " ", "\t", "=3D"),
    *("The minister met the president in Moscow. ", "<p>x</p>", "a*0*="),
    *ODD,
)
FEED = (
    *("<rss>", "</rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "</feed>", "<channel>"),
    *("</channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>"),
    *("</link>", "<link href='http://a.example/'/>", "<description>", "</description>"),
    *("<!ENTITY ", "<pubDate>", "Mon, 01 Jan 2024 10:00:00 GMT", "</pubDate>"),
    *("<content type='html'>", "&e;", "</content>", "<![CDATA[", "]]>"),
    *("<?xml version='1.0' encoding='", "utf-16", "'?>", "<!--", "<!DOCTYPE x [", "]>", "-->"),
    *("&lt;p&gt;", "&#0;", "<a:b xmlns:a='", "'", '"', ">", "<", " "),
    *("The minister met the president in Moscow. ", "<language>", "</language>", "en"),
    *ODD,
)
_REPEAT = 224
"""Bytes from here on repeat the end of the text."""


def compose(data: bytes, table: Sequence[str], limit: int = 20_000) -> str:
    """The text that bytes stand for, of at most ``limit`` characters.

    The highest bytes repeat the last one to eight fragments, twice to sixteen times.
    """
    parts: list[str] = []
    length = 0
    for byte in data:
        if byte >= _REPEAT and parts:
            step = byte - _REPEAT
            again = parts[-(1 + step % 8) :] * (2 << step // 8)
        else:
            again = [table[byte % len(table)]]
        for part in again:
            length += len(part)
            if length > limit:
                return "".join(parts)
            parts.append(part)
    return "".join(parts)


def mutated(seed: bytes, data: bytes) -> bytes:
    """A file with some of its bytes changed, taken out, doubled or cut off, as ``data`` says."""
    changed = bytearray(seed)
    for at in range(0, len(data) - 3, 4):
        where = (data[at] << 8 | data[at + 1]) * max(1, len(changed)) >> 16
        kind, value = data[at + 2] % 6, data[at + 3]
        if kind < 2:
            changed[where : where + 1] = bytes((value,))
        elif kind == 2:
            del changed[where : where + 1 + value]
        elif kind == 3:
            changed[where:where] = changed[where : where + 1 + value]
        elif kind == 4:
            changed[where : where + 4] = (b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff" * 4)[value % 3]
        elif value < 32:
            del changed[where:]
    return bytes(changed)
