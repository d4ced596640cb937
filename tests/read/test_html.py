"""HTML pages in, main text with exact offsets and metadata out."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from pipeline.base import Article
from pipeline.read.html import read_html

PAGE = """<html><head><title>Delta states &amp; islands agree | Delta Post</title>
<meta property="og:site_name" content="Delta Post">
<meta property="article:published_time" content="2024-03-09T10:00:00Z">
<link rel="canonical" href="https://delta.example/agree"></head>
<body class="nav-fixed"><nav><a href="/">Home</a></nav>
<header><h1>Delta states &amp; islands agree</h1></header>
<div class="story-body">
<figure><img src="a.jpg"><figcaption>Envoys in Dhaka. Photo: R. Khan</figcaption></figure>
<p>DHAKA &ndash; Nine states<br>signed the Delta Pact on Saturday, and two more will follow by summer.</p>
<p>&#8220;It is a beginning,&#8221; said <a href="/x">the chair</a>, who had waited eleven years for it.</p>
<div class="share-buttons"><span>Share</span></div><script>var x = "<p>never</p>";</script>
<p>Talks   go on in May, when the pact's council of ministers is to meet in the port of Chittagong.</p></div>
<aside><p>Read about the nine best beaches of the delta in our travel pages.</p></aside></body></html>"""


def read(page: str) -> Article:
    return read_html("x", "0", page, "utf-8")


def assert_mapped(article: Article) -> None:
    body = article.body
    assert len(body.text) == len(body.starts) == len(body.ends)
    assert list(body.starts) == sorted(body.starts)
    for character, start, end in zip(body.text, body.starts, body.ends, strict=True):
        if character.isspace():
            assert (
                start == end
                or article.source[start:end].isspace()
                or unescape(article.source[start:end]).isspace()
            )
        else:
            assert character in unescape(article.source[start:end])


def test_title_and_paragraphs_are_the_body() -> None:
    paragraphs = read(PAGE).body.text.split("\n\n")
    assert paragraphs[0] == "Delta states & islands agree"
    assert paragraphs[1].startswith("DHAKA – Nine states\nsigned the Delta Pact")
    assert paragraphs[2].startswith("“It is a beginning,” said the chair, who")
    assert len(paragraphs) == 4


def test_furniture_and_scripts_are_not() -> None:
    text = read(PAGE).body.text
    assert not any(word in text for word in ("Home", "Share", "never", "beaches"))


def test_every_character_leads_back() -> None:
    article = read(PAGE)
    assert_mapped(article)
    at = article.body.text.index("&")
    assert article.source[article.body.starts[at] : article.body.ends[at]] == "&amp;"


def test_metadata_is_kept_with_its_place() -> None:
    article = read(PAGE)
    assert article.site and article.site.value == "Delta Post"
    assert article.published and article.published.value == "2024-03-09"
    assert article.source[article.published.start : article.published.end] == "2024-03-09T10:00:00Z"
    assert article.url and article.url.value == "https://delta.example/agree"
    assert [caption.value for caption in article.captions] == ["Envoys in Dhaka. Photo: R. Khan"]


def test_json_ld_states_date_and_publisher() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2023-01-02", "publisher": {"name": "Fjord Post"}}'
    article = read(
        f'<script type="application/ld+json">{{"@graph": [{data}]}}</script><p>Fish were counted again.</p>'
    )
    assert article.published and article.published.value == "2023-01-02"
    assert article.site and article.site.value == "Fjord Post"


def test_broken_json_ld_states_nothing() -> None:
    article = read('<script type="application/ld+json">{"@type": </script><p>Fish were counted again.</p>')
    assert article.published is None


def test_without_marks_all_from_the_title_on_is_kept() -> None:
    article = read("<div>Menu</div><h1>Fish counted</h1><div>Who counted?<br>We did.</div><p>The lead.</p>")
    assert article.body.text == "Fish counted\n\nWho counted?\nWe did.\n\nThe lead."


def test_a_title_of_the_head_alone_comes_first() -> None:
    article = read("<title>Fish &amp; chips counted - Fjord Post</title><p>They were many.</p>")
    assert article.body.text == "Fish & chips counted\n\nThey were many."
    assert_mapped(article)


def test_lists_of_links_are_left_out_but_linked_sentences_stay() -> None:
    article = read(
        '<h1>Fish</h1><div><a href="/a">Art</a> <a href="/b">Fog</a></div><p>See <a href="/c">it</a> now.</p>'
    )
    assert article.body.text == "Fish\n\nSee it now."


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "&amp;",
                "&",
                "&#8211;",
                "text ",
                "<!--",
                "-->",
                "<h1>",
                "</h1>",
                "<a href='x'>",
                "</a>",
                "<br>",
                "\n",
                "é",
                "<script>",
                "</script>",
                "<![CDATA[",
                "]]>",
                "&nbsp;",
            ]
        )
    )
)
def test_any_markup_is_mapped(pieces: list[str]) -> None:
    assert_mapped(read("".join(pieces)))
