"""Plain texts, Markdown and web pages: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.read.days import day_in_address
from detente.read.html import decode_html_as, read_html
from detente.read.kinds import MEDIA_TYPES
from detente.read.markdown import markdown_article
from detente.read.sources import Article, Found, Piece, ReadOptions
from detente.read.streams import read_whole
from detente.read.text import decode_as


def read_text(piece: Piece, options: ReadOptions) -> Iterator[Found]:
    """Read a plain text, paragraphs and lines as they are."""
    data = read_whole(piece, options.limits)
    text, encoding = decode_as(data, piece.where)
    yield Found(Article(text), data, MEDIA_TYPES["text"], notes=said(encoding))


def read_page(piece: Piece, options: ReadOptions) -> Iterator[Found]:
    """Read the article of a web page."""
    data = read_whole(piece, options.limits)
    encoding = decode_html_as(data, piece.where, piece.charset)[1]
    article = read_html(data, piece.where, piece.charset)
    if article.published is not None and article.published == day_in_address(article.url or piece.url):
        # Extraction falls back on the address, and would not tell.
        article = replace(article, published=None)
    yield Found(article, data, MEDIA_TYPES["html"], notes=said(encoding))


def read_markdown(piece: Piece, options: ReadOptions) -> Iterator[Found]:
    """Read the words of a Markdown text: headings, paragraphs, list items and quotations, one a paragraph."""
    data = read_whole(piece, options.limits)
    text, encoding = decode_as(data, piece.where)
    yield Found(markdown_article(text), data, MEDIA_TYPES["markdown"], notes=said(encoding))


def said(encoding: str) -> tuple[str, ...]:
    """A note on an encoding that had to be guessed."""
    return () if encoding == "utf-8" else (f"decoded as {encoding}",)
