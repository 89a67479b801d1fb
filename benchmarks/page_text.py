"""How much of an article is found in a page, and how much else: kg beside trafilatura.

    python benchmarks/page_text.py

The same article in pages of many designs, written for this: precision and recall of its words.
trafilatura is measured where it is installed (`pip install trafilatura lxml_html_clean`).
"""

# ruff: noqa: E501 - pages are written as they come, a line each

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

from kg.text.boilerplate import cut
from kg.text.pages import read_page

STORY = [
    "Russia and Ukraine resumed talks in Istanbul on Friday, the first since the spring, after Turkey offered to host them.",
    "Turkish Foreign Minister Hakan Fidan met both delegations at the Dolmabahce Palace and called the mood businesslike.",
    '"We came to talk, not to sign," a Ukrainian delegate said. Russia demanded that Ukraine withdraw from four regions.',
    "The United States welcomed the talks. China said it supported any dialogue, and the European Union sent an envoy.",
]
TITLE = "Talks resume in Istanbul after a long pause"


def document(head: str, body: str) -> str:
    title = f"<title>{TITLE} | Wire</title>"
    return f"<!DOCTYPE html><html lang=en><head>{title}{head}</head><body>{body}</body></html>"


ARTICLE = "".join(f"<p>{part}</p>" for part in STORY)
SECTIONS = "World Politics Business Sport Opinion".split()
NAV = "<nav>" + "".join(f"<a href=/{name}>{name}</a>" for name in SECTIONS) + "</nav>"


def pages() -> Iterator[tuple[str, str]]:
    """The designs with their pages."""
    yield (
        "classic",
        document(
            "",
            f"{NAV}<main><article><h1>{TITLE}</h1>{ARTICLE}</article></main><footer><p>All rights reserved. Wire is a company registered in Geneva.</p></footer>",
        ),
    )
    yield (
        "divsoup",
        document(
            "",
            f"<div class=top><div class=menu><a href=/>Home</a> <a href=/w>World</a></div></div><div id=content><div class=headline>{TITLE}</div><div class=date>3 March 2025</div><div class=story>{''.join('<div>' + p + '</div>' for p in STORY)}</div></div><div class=sidebar><div class=box><a href=1>Ten killed in flood in Bangladesh</a><a href=2>Markets fall</a></div></div><div class=bottom>Wire News Agency, 12 Rue de Lausanne, Geneva</div>",
        ),
    )
    yield (
        "br",
        document(
            "",
            f"<table><tr><td width=200><a href=/>Home</a><br><a href=/a>Archive</a></td><td><h1>{TITLE}</h1>{'<br><br>'.join(STORY)}</td></tr></table>",
        ),
    )
    yield (
        "comments",
        document(
            "",
            f"{NAV}<main><article><h1>{TITLE}</h1>{ARTICLE}<section id=comments class=comments><h2>Comments</h2><div class=comment><p>John: Turkey attacked Russia in 1877 and nobody remembers that, what a shame for all of us who read history.</p></div><div class=comment><p>Mary: I think that China wants to conquer Russia, it is obvious to anybody who can read a map of Asia.</p></div></section></article></main>",
        ),
    )
    yield (
        "inlinerelated",
        document(
            "",
            f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><p><strong>Read more: <a href=1>Russia attacks Odesa</a></strong></p><p>{STORY[1]}</p><div class='related-box'><h3>Related stories</h3><p><a href=2>Iran strikes Israel with missiles</a></p><p><a href=3>Germany bans exports to China</a></p></div><p>{STORY[2]}</p><p>{STORY[3]}</p></article>",
        ),
    )
    yield (
        "jsonbody",
        document(
            f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': TITLE, 'articleBody': chr(10).join(STORY), 'datePublished': '2025-03-01'})}</script>",
            "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        ),
    )
    yield (
        "newsletter",
        document(
            "",
            f"{NAV}<div class=wrapper><div class=cookie-banner><p>We use cookies to give you the best experience on our site. By continuing you accept our cookie policy.</p><button>Accept</button></div><article><header><h1>{TITLE}</h1><p class=byline>By Jane Doe</p><p class=timestamp>Published: 1 March 2025</p></header><p>{STORY[0]}</p><div class=newsletter><p>Sign up for our newsletter and get the best of Wire in your inbox every morning.</p></div><p>{STORY[1]}</p><p>{STORY[2]}</p><p>{STORY[3]}</p><p>Reporting by Jane Doe; Editing by John Smith</p></article><div class=cookie><p>Wire Ltd. uses cookies.</p></div></div>",
        ),
    )
    yield (
        "listquote",
        document(
            "",
            f"{NAV}<article><h1>{TITLE}</h1><p>{STORY[0]}</p><blockquote><p>{STORY[2]}</p></blockquote><ul><li>{STORY[1]}</li><li>{STORY[3]}</li></ul></article>",
        ),
    )
    yield (
        "sidebarprose",
        document(
            "",
            f"<div class=page><div class=left><h1>{TITLE}</h1>{ARTICLE}</div><div class=right><h3>Most read</h3><p><a href=1>Russia attacks Odesa with drones, killing three people in a market</a></p><p><a href=2>China sanctions Boeing over arms sales to Taiwan, again</a></p><h3>About us</h3><p>Wire is an independent agency that reports from sixty countries and is funded by its readers, who choose what we cover.</p></div></div>",
        ),
    )
    yield (
        "figure",
        document(
            "",
            f"<article><h1>{TITLE}</h1><figure><img src=a><figcaption>Vladimir Putin meets Xi Jinping in 2019. Jane Doe/AFP</figcaption></figure><p>{STORY[0]}</p><div class='image'><img src=b><p class='caption'>File photo: Kim Jong Un meets Donald Trump in Hanoi</p></div><p>{STORY[1]}</p><p>{STORY[2]}</p><p>{STORY[3]}</p></article>",
        ),
    )
    yield (
        "teasers",
        document(
            "",
            f"{NAV}<main><article><h1>{TITLE}</h1>{ARTICLE}</article><section class=more><article><h3><a href=1>Iran strikes Israel</a></h3><p>Iran struck Israel with missiles on Thursday.</p></article><article><h3><a href=2>Germany bans exports</a></h3><p>Germany banned exports of chips to China on Thursday.</p></article></section></main>",
        ),
    )
    yield (
        "role",
        document(
            "",
            f"<div role=navigation><a href=/>Home</a> Choose your edition and read the world in nine languages with us.</div><div role=main><h1>{TITLE}</h1>{ARTICLE}</div><div role=complementary><p>Our correspondents report from sixty countries. Wire attacked nobody and was praised by the United Nations in 2019.</p></div><div role=contentinfo><p>Wire is published in Geneva.</p></div>",
        ),
    )
    yield (
        "hidden",
        document(
            "",
            f"<article><h1>{TITLE}</h1><div style='display:none'><p>Germany attacked Poland in 1939, a hidden print version says at length.</p></div><div aria-hidden=true><p>Hidden duplicate of the story for the slider: Russia invaded Mars.</p></div><p hidden>China invaded Moon.</p>{ARTICLE}</article>",
        ),
    )
    yield (
        "audio",
        document(
            "",
            f"<article><h1>{TITLE}</h1><div class='audio-player'><p>Listen to this article</p></div>{ARTICLE}<div class='author-bio'><p>Jane Doe is a correspondent in Istanbul. She has covered the wars of the Caucasus since 2008 and won many prizes.</p></div><div class='tags'><a href=1>Russia</a> <a href=2>Ukraine</a></div></article>",
        ),
    )
    yield (
        "wordpress",
        document(
            "<meta property=og:type content=article>",
            f"<div id=page class='site'><header id=masthead class=site-header><p class=site-title>Wire</p><p class=site-description>The world as it is, every day</p></header><div id=content class=site-content><div id=primary class=content-area><main id=main class=site-main><article id=post-12 class='post type-post has-post-thumbnail'><header class=entry-header><h1 class=entry-title>{TITLE}</h1><div class=entry-meta>Posted on <a href=x>March 1, 2025</a> by <a href=y>jane</a></div></header><div class=entry-content><div class='wp-caption'><img src=a><p class=wp-caption-text>Vladimir Putin meets Xi Jinping. AFP</p></div>{ARTICLE}<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li>Click to share on Twitter (Opens in new window)</li></ul></div><div id=jp-relatedposts class=jp-relatedposts><h3>Related</h3></div></div><footer class=entry-footer>Posted in <a>World</a></footer></article><nav class=post-navigation><a>Iran strikes Israel</a></nav><div id=comments class=comments-area><ol class=comment-list><li id=c1 class=comment><div class=comment-body><p>Russia has never kept a promise to Ukraine, and nobody in Istanbul believes it will.</p></div></li></ol></div></main></div><aside class=widget-area><section class=widget><p>Germany bans exports to China.</p></section></aside></div></div>",
        ),
    )
    yield (
        "datacomponent",
        document(
            "",
            f"<div id=root><div data-component=nav><a href=1>News</a><a href=2>Sport</a></div><main id=main-content><div data-component=headline-block><h1>{TITLE}</h1></div><div data-component=byline-block><span>1 March 2025</span><div><span>Jane Doe</span><span>Istanbul correspondent</span></div></div><div data-component=image-block><img><div><p>Hakan Fidan hosted Sergei Lavrov at the palace in January</p></div></div>"
            + "".join(
                f"<div data-component=text-block><p class=sc-9a00e533-0>{p}</p></div>"
                for p in STORY
            )
            + "<div data-component=links-block><p><a href=1>Iran strikes Israel</a></p><p><a href=2>Germany bans exports</a></p></div><div data-component=topic-list><ul><li><a href=1>Russia</a></li><li><a href=2>Ukraine</a></li></ul></div></main><footer><p>The Wire is not responsible for the content of external sites.</p></footer></div>",
        ),
    )
    yield (
        "paywall",
        document(
            "",
            f"<article class=article><h1>{TITLE}</h1><div class=article-body>{ARTICLE}</div><div class=paywall-barrier><h2>Continue reading</h2><p>Only subscribers can read the rest of this story. Join two million readers who trust Wire for clear news from Russia and China.</p></div></article>",
        ),
    )
    yield (
        "government",
        document(
            "",
            f"<div id=header><a href=/>Ministry of Foreign Affairs</a></div><div id=leftnav><ul><li><a href=1>Minister</a><li><a href=2>Missions</a></ul></div><div id=maincontent><h2>{TITLE}</h2><span>Press release No. 12</span>{ARTICLE}<p><a href=print>Print this page</a></p></div><div id=footer>Ministry of Foreign Affairs, Ankara 06100, Tel. 312 292</div>",
        ),
    )
    yield (
        "hasclasses",
        f"<html><head><title>{TITLE}</title></head><body class='single has-sidebar comments-open newsletter-enabled'><div class='layout layout-with-sidebar'><div class='col-main related-enabled'><h1>{TITLE}</h1>{ARTICLE}</div></div></body></html>",
    )
    yield (
        "oldschool",
        f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY BGCOLOR=white><CENTER><FONT SIZE=5><B>{TITLE}</B></FONT></CENTER><HR>"
        + "<P>".join(STORY)
        + "<HR><FONT SIZE=1>Copyright 2001 Wire. <A HREF=/>Home</A></FONT></BODY></HTML>",
    )
    yield (
        "promoparas",
        document(
            "",
            f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><p class=promo>Listen to our podcast: how Turkey became the host of all talks</p><p>{STORY[1]}</p><aside class=pullquote>We came to talk</aside><p>{STORY[2]}</p><hr><p><em>Jane Doe reported from Istanbul. Follow her on Twitter @jane.</em></p><p>{STORY[3]}</p></article>",
        ),
    )
    yield (
        "liveblog",
        document(
            "",
            f"<main><h1>{TITLE}</h1>"
            + "".join(
                f"<article class=post><time datetime=2025-03-01T1{i}:00>1{i}:00</time><h2>Update {i}</h2><p>{p}</p></article>"
                for i, p in enumerate(STORY)
            )
            + "</main>",
        ),
    )
    yield (
        "sectionbody",
        document(
            "",
            f"<div class='article__content--wrapper'><section class='article-body' itemprop=articleBody>{ARTICLE}<div class=ad-slot><p>Advertisement</p></div></section><section class='recirc'><h2>More from Wire</h2><article><p>Germany banned exports of chips to China and angered its own industry, which sells most there.</p></article></section></div>",
        ),
    )
    yield (
        "nestedspan",
        document(
            "",
            f"<div class=Page-content><div class=Page-lead><div class=CarouselSlide-info><span class=CarouselSlide-infoDescription>Kim Jong Un, left, meets Donald Trump in Hanoi, Feb. 27, 2019. (AP Photo/Evan Vucci)</span></div></div><div class=Page-body><h1>{TITLE}</h1><div class=RichTextStoryBody>"
            + "".join(f"<p>{p}</p>" for p in STORY)
            + "<p>___</p><p>Associated Press writer Jane Doe in Ankara contributed to this report.</p></div></div></div>",
        ),
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.replace(TITLE, "").lower()))


def measured(text: str) -> tuple[float, float]:
    found, told = words(text), words(" ".join(STORY))
    shared = (found & told).total()
    return shared / max(1, found.total()), shared / told.total()


def readers() -> dict[str, Callable[[str], str]]:
    known: dict[str, Callable[[str], str]] = {"kg": lambda page: cut(read_page(page)[0])}
    try:
        from trafilatura import extract
    except ImportError:
        return known
    return {**known, "trafilatura": lambda page: extract(page, include_comments=False) or ""}


def main() -> None:
    """Print the table."""
    known = readers()
    print("| design | " + " | ".join(f"{name} precision | recall" for name in known) + " |")
    print("|---|" + "---:|---:|" * len(known))
    sums: dict[str, list[tuple[float, float]]] = {name: [] for name in known}
    for design, page in pages():
        row = [measured(reader(page)) for reader in known.values()]
        for name, figures in zip(known, row, strict=True):
            sums[name].append(figures)
        print(f"| {design} | " + " | ".join(f"{p:.2f} | {r:.2f}" for p, r in row) + " |")
    means = [tuple(sum(v) / len(v) for v in zip(*sums[name], strict=True)) for name in known]
    print("| mean | " + " | ".join(f"{p:.3f} | {r:.3f}" for p, r in means) + " |")


if __name__ == "__main__":
    main()
