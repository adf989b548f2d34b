"""Web pages give their article, and what they declare of it."""

import pytest

from detente.errors import ReadError
from detente.read import read_file
from detente.read.html import decode_html, looks_like_html, read_html

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Pakistan and Russia agree | Daily Wire</title>
<meta name="author" content="Ansar Bhatti"><meta property="og:site_name" content="Daily Wire">
<meta property="article:published_time" content="2018-03-02T10:00:00Z">
<link rel="canonical" href="https://example.org/agree"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Pakistan and Russia agree</h1>
<p>Pakistan’s foreign minister, Khawaja Asif, arrived in Moscow on Tuesday and met his counterpart.</p>
<p>Both sides agreed to hold joint exercises in the autumn, officials said on Wednesday.</p>
</article><footer>Copyright</footer></body></html>"""


def test_the_article_is_extracted_without_navigation():
    text = read_html(PAGE.encode(), "a test").text

    assert "Khawaja Asif, arrived in Moscow" in text
    assert "World" not in text
    assert "counterpart.\n\nBoth sides" in text


def test_what_the_page_declares_is_kept():
    article = read_html(PAGE.encode(), "a test")

    assert (article.title, article.author, article.publisher) == (
        "Pakistan and Russia agree",
        "Ansar Bhatti",
        "Daily Wire",
    )
    assert (article.url, article.published) == ("https://example.org/agree", "2018-03-02")


def test_what_the_user_tells_wins_over_the_page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")

    document = read_file(path, published="2018-03-05", author="Staff")

    assert (document.published, document.author, document.title) == (
        "2018-03-05",
        "Staff",
        "Pakistan and Russia agree",
    )


def test_a_page_without_a_declared_date_has_none():
    page = PAGE.replace('<meta property="article:published_time" content="2018-03-02T10:00:00Z">', "")

    assert read_html(page.encode(), "a test").published is None


@pytest.mark.parametrize("page", [b"<html><body></body></html>", b"<html><body><p> </p></body></html>", b"<html>"])
def test_a_page_without_an_article_is_refused(page):
    with pytest.raises(ReadError, match="No article text"):
        read_html(page, "a test")


def test_the_declared_encoding_is_used():
    page = PAGE.replace("utf-8", "iso-8859-9").replace("’", "'").replace("Asif", "Gül Ağa").encode("iso-8859-9")

    assert "Gül Ağa" in decode_html(page, "a test")


def test_a_wrongly_declared_encoding_gives_way_to_utf_8():
    assert decode_html(PAGE.replace("utf-8", "iso-8859-1").encode(), "a test").count("Pakistan’s") == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"\n<!DOCTYPE HTML>", True), (b"<html>", True), (b"<?xml version='1.0'?><html>", True), (b"Text <html>", False)],
)
def test_pages_are_known_by_their_beginning(data, expected):
    assert looks_like_html(data) is expected


def test_latin_1_is_read_as_browsers_read_it():
    page = PAGE.replace("utf-8", "iso-8859-1").encode("cp1252")

    assert "Pakistan’s" in decode_html(page, "a test")
