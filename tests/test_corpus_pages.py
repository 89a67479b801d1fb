"""Articles out of HTML pages: what is text, what is metadata, and markup of any quality."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markup import End, Start, Text, events
from kg.text.metadata import Metadata
from kg.text.pages import is_html, read_page

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Talks resume - Example Wire</title>
<meta property="og:site_name" content="Example Wire">
<meta property="og:title" content="Talks resume in Istanbul">
<meta property="article:published_time" content="2025-03-01T08:30:00+03:00">
<link rel="canonical" href="https://example.org/talks?a=1&amp;b=2">
<style>p { color: red }</style><script>if (a < b) document.write("<p>no</p>")</script>
</head><body>
<nav><ul><li><a href="/">World</a><li><a href="/b">Business</a></ul></nav>
<main><article>
<h1>Talks resume in Istanbul</h1>
<p>ISTANBUL, March 1 &#8211; Russia &amp; Ukraine <b>resumed</b> talks on <a href="/f">Friday</a>.
<p>Turkey&rsquo;s president hosted them.</p>
<figure><img src="a.jpg"><figcaption>Delegates arrive.</figcaption></figure>
<aside><p>Sign up for our newsletter.</p></aside>
<ul><li><a href="/1">Ten killed in flood</a></li><li><a href="/2">Markets fall</a></li></ul>
</article></main>
<footer><p>All rights reserved by everybody who has ever had any.</p></footer>
</body></html>"""


def test_a_page() -> None:
    text, metadata = read_page(PAGE)
    assert text == (
        "Talks resume in Istanbul\n\n"
        "ISTANBUL, March 1 – Russia & Ukraine resumed talks on Friday.\n\n"
        "Turkey’s president hosted them."
    )
    assert metadata == Metadata(
        title="Talks resume in Istanbul",
        date=date(2025, 3, 1),
        source="Example Wire",
        url="https://example.org/talks?a=1&b=2",
        lang="en",
    )


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "H", "datePublished": "2025-03-01",'
        ' "publisher": {"name": "P"}, "url": "https://example.org"}',
        '[{"@type": "Person"}, {"@type": ["ReportageNewsArticle"], "headline": "H",'
        ' "datePublished": "2025-03-01T00:00Z", "publisher": "P", "url": "https://example.org"}]',
        '{"@graph": [{"@type": "Article", "headline": "H", "datePublished": "2025-03-01",'
        ' "publisher": {"name": "P"}, "url": "https://example.org"}]}',
    ],
)
def test_json_ld_comes_first(script: str) -> None:
    page = (
        f'<html><script type="application/ld+json">{script}</script>'
        '<meta property="og:title" content="other"><p>Text.</p></html>'
    )
    assert read_page(page)[1] == Metadata(
        title="H", date=date(2025, 3, 1), source="P", url="https://example.org"
    )


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        '{"@type": 5}',
        '{"@type": "Article", "headline": {"a": 1}}',
        "5",
        '["x"]',
    ],
)
def test_broken_json_ld_is_not_used(script: str) -> None:
    page = f'<script type="application/ld+json">{script}</script><h1>T</h1><p>Text.</p>'
    assert read_page(page) == ("T\n\nText.", Metadata(title="T"))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree"),
        ("One<br>Two", "One\n\nTwo"),
        ("<p>a < b and c > d, AT&T</p>", "a < b and c > d, AT&T"),
        ("<p>Unclosed <b>bold <i>text</p><p>goes on", "Unclosed bold text\n\ngoes on"),
        ("<p title='a > b'>One</p>", "One"),
        ('<p title="unclosed>One</p><p>Two</p>', "One\n\nTwo"),
        ("<!-- <p>no</p> --><p>One</p><!-- open", "One"),
        ("<p>One</p><script>never closed <p>no", "One"),
        ("<head><title>T</title><body><p>Head never closed.", "T\n\nHead never closed."),
        ("<form><p>A page in a form.</p></form>", "A page in a form."),
        ("<article><p>Teaser.</p></article>" + "<p>The story is elsewhere.</p>" * 3,
         "The story is elsewhere.\n\nThe story is elsewhere.\n\nThe story is elsewhere."),
        ("<article>short one</article><article>the longer of two</article>", "the longer of two"),
        ("<p>&#1234567890123456789012345;&#xD800;&#0;</p>", "\ufffd\ufffd\ufffd"),
        ("<p>&#" + "9" * 5000 + ";</p>", "\ufffd"),
        ("", ""),
        ("<nav>only</nav><a href='x'>links</a>", ""),
    ],
)  # fmt: skip
def test_markup_of_any_quality(page: str, text: str) -> None:
    assert read_page(page)[0] == text


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("<!doctype html><p>x", True),
        ("\n <?xml version='1.0'?>\n<html>", True),
        ("<!-- saved from --><html>", True),
        ("<p>One.</p><p>Two.</p>", True),
        ("<p>One.", False),
        ("Use <p>…</p> and <b>…</b>.", False),
        ("<unknown> said", False),
        ("2 < 3", False),
    ],
)
def test_is_html(text: str, verdict: bool) -> None:
    assert is_html(text) is verdict


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a ", "<a b", "<a b=", "<a href='", "<!--", "</", "</a", "<![CDATA[", "<!", "<?"),
        *("<script>", "<title>", "<div>", "<article>", "</div>", "&#", "&", '<a b="c', "<p a=b "),
    ],
)
def test_a_lot_of_anything_is_read_to_its_end(piece: str) -> None:
    page = piece * (200_000 // len(piece))
    # With a scanner that goes back, each of these would take hours instead of a moment.
    text, _ = read_page(page)
    assert len(text) <= len(page)
    is_html(page)


def test_deep_nesting_is_no_recursion() -> None:
    assert read_page("<div>" * 200_000 + "<p>Deep." + "</div>" * 200_000)[0] == "Deep."


def test_events() -> None:
    assert list(events('<A Href=x b c="1&amp;2" b=2>t&lt;</A >')) == [
        Start("a", {"href": "x", "b": "", "c": "1&2"}),
        Text("t<"),
        End("a"),
    ]


@given(st.text(alphabet="<>/=\"'!-&;# abpscript\u0130", max_size=80))
def test_no_text_is_invented(page: str) -> None:
    text, _ = read_page(page)
    found = "".join(event.text for event in events(page) if isinstance(event, Text))
    assert set(text) - set("\n ") <= set(found)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<time datetime="2025-03-01T10:00">', date(2025, 3, 1)),
        ('<time datetime="PT5M"></time><time datetime="2025-03-02">', date(2025, 3, 2)),
        ('<meta name="DC.date" content="2025-03-03">', date(2025, 3, 3)),
        ('<meta itemprop="datePublished" content="2025-03-04 08:00">', date(2025, 3, 4)),
        ('<meta name="date" content="1 March 2025">', None),
        ('<meta name="date" content="2025-13-01"><time datetime="2025-03-05">', date(2025, 3, 5)),
        ('<meta name="date" content="20250301">', None),
    ],
)
def test_dates(head: str, day: date | None) -> None:
    assert read_page(f"<html>{head}<p>Text.</p></html>")[1].date == day


@pytest.mark.parametrize(
    ("attribute", "language"),
    [("en", "en"), ("en-GB", "en"), ("FR_fr", "fr"), ("x", None), ("english", None), ("", None)],
)
def test_language(attribute: str, language: str | None) -> None:
    assert read_page(f'<html lang="{attribute}"><p>Text.</p></html>')[1].lang == language


STORY = "<p>Russia and Ukraine resumed talks in Istanbul on Friday.</p><p>Turkey hosted them.</p>"
TOLD = "Russia and Ukraine resumed talks in Istanbul on Friday.\n\nTurkey hosted them."


@pytest.mark.parametrize(
    "beside",
    [
        "<div class='related-box'><p>Iran attacked Israel.</p></div>",
        "<section id=comments><div><p>Iran attacked Israel, says John.</p></div></section>",
        "<div class='c-article__tags'><div>Iran</div><div>Israel</div></div>",
        "<div role=complementary><p>Iran attacked Israel.</p></div>",
        "<div style='display: none'><p>Iran attacked Israel.</p></div>",
        "<p hidden>Iran attacked Israel.",
        "<p class=newsletter>Iran attacked Israel.<p class=newsletter>Iraq met Iran.",
        "<div aria-hidden=true>Iran attacked Israel.</div>",
        "<div class=author-bio><p>Jane Doe attacked nobody.</p></div>",
        "<div data-component=image-block><p>Iran attacked Israel.</p></div>",
    ],
)
def test_parts_beside_the_story(beside: str) -> None:
    assert read_page(f"<article>{STORY}{beside}</article>")[0] == TOLD
    assert read_page(f"<article>{beside}{STORY}</article>")[0] == TOLD
    assert read_page(f"<div>{beside}<div>{STORY}</div></div>")[0] == TOLD


@pytest.mark.parametrize(
    "names",
    ["class=has-comments", "class='layout-with-sidebar'", "id=story-related-enabled", "class=text"],
)
def test_what_only_tells_of_such_parts(names: str) -> None:
    assert read_page(f"<body {names}><div {names}>{STORY}</div>")[0] == TOLD


def test_a_story_in_a_part_with_a_misleading_name() -> None:
    assert read_page(f"<div class=sidebar>{STORY}</div><p>Wire.</p>")[0] == TOLD + "\n\nWire."


def test_a_page_that_a_script_fills_in() -> None:
    body = "Russia and Ukraine resumed talks in Istanbul on Friday.\\n\\nTurkey hosted them."
    data = f'{{"@type": "NewsArticle", "headline": "H", "articleBody": "{body}"}}'
    page = f"<script type=application/ld+json>{data}</script><div id=root></div><p>Loading</p>"
    assert read_page(page)[0] == f"H\n\n{TOLD}"


def test_a_live_blog_is_read_whole() -> None:
    posts = "".join(f"<article><h2>{n} h</h2>{STORY}</article>" for n in range(5))
    assert read_page(f"<main>{posts}</main>")[0].count("Turkey hosted them.") == 5


def test_teasers_of_other_stories_are_not_read() -> None:
    teasers = "<article><p>Iran attacked Israel.</p></article>" * 3
    assert read_page(f"<main><article>{STORY}</article>{teasers}</main>")[0] == TOLD
