"""RSS and Atom feeds to articles, and sitemaps and lists of addresses to addresses.

What enters: XML from anywhere. What leaves: one article an entry, with the words that the feed has of it, which may be
its summary only. Documents that declare entities are refused before anything is parsed: they can grow without end or
fetch files.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from detente.errors import ReadError
from detente.read.fragments import fragment_text, looks_like_fragment
from detente.read.kinds import MEDIA_TYPES
from detente.read.sources import Article, Failure, Found, Piece, ReadOptions, said
from detente.read.streams import read_whole

_DECLARATION = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read_feed(piece: Piece, options: ReadOptions) -> Iterator[Found | Failure]:
    """Read the entries of a feed.

    Raises:
        ReadError: it declares entities, or has no entries.
    """
    feed = _parsed(read_whole(piece, options.limits), piece.where)
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        member = f"entry {number}"
        article, notes = _article(entry, publisher)
        if article.text.strip():
            data = json.dumps(asdict(article) | {"id": dict(entry).get("id")}).encode()
            yield Found(article, data, MEDIA_TYPES["json"], member, notes)
        else:
            where = repr(" > ".join((piece.path, *piece.members, member)))
            message = f"No text in {where}: the feed gives a title and an address. Fetch the page itself."
            yield Failure(piece.path, (*piece.members, member), message)


def _parsed(data: bytes, where: str) -> Any:
    import feedparser  # type: ignore[import-untyped]

    check_entities(data, where)
    # Given a text, it would open what looks like an address; a stream is only read.
    try:
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ReadError(f"Broken feed in {where} ({said(error)}): a whole one is needed. Get it again.") from error
    if not feed.entries:
        why = f" ({said(feed.bozo_exception)})" if feed.get("bozo") else ""
        raise ReadError(f"No entries in the feed {where}{why}: RSS and Atom with entries are read. Get it again.")
    return feed


def check_entities(data: bytes, where: str) -> None:
    """Raise ReadError where XML declares entities, in whichever encoding."""
    if any(_DECLARATION.search(form) for form in (data.decode("latin-1"), data.replace(b"\0", b"").decode("latin-1"))):
        raise ReadError(
            f"Declared entities in the XML of {where}: they can grow without end, so such files are not read. Save "
            "the feed without its <!DOCTYPE …>."
        )


def _article(entry: Any, publisher: str | None) -> tuple[Article, tuple[str, ...]]:
    # As of any dictionary: its own `get` makes one key of another, and stumbles over broken entries.
    fields = dict(entry)
    contents = [content.get("value") or "" for content in fields.get("content", [])]
    full = max(contents, key=len, default="")
    markup = full or fields.get("summary") or ""
    article = Article(
        fragment_text(markup) if looks_like_fragment(markup) else markup,
        title=fields.get("title"),
        author=fields.get("author"),
        publisher=publisher,
        url=fields.get("link"),
        published=fields.get("published") or fields.get("updated"),
    )
    return article, () if full else ("the feed may give a summary only",)


def read_sitemap(piece: Piece, options: ReadOptions) -> Iterator[Failure]:
    """Tell that a sitemap holds addresses, which are only opened on an explicit command."""
    addresses = sitemap_addresses(read_whole(piece, options.limits), piece.where)
    message = (
        f"A list of {len(addresses):,} addresses in {piece.where}: files are read, and addresses only where that is "
        "asked for. Save the pages, or fetch them: detente add --fetch."
    )
    yield Failure(piece.path, piece.members, message)


def sitemap_addresses(data: bytes, where: str) -> list[str]:
    """List the addresses in a sitemap or an index of sitemaps, in their order.

    Raises:
        ReadError: it declares entities or is no XML.
    """
    from lxml import etree

    check_entities(data, where)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"Broken XML in {where} ({said(error)}): a whole sitemap is needed. Get it again.") from error
    found = (node.text or "" for node in root.iterfind("*/{*}loc"))
    return list(dict.fromkeys(address for text in found if _ADDRESS.fullmatch(address := text.strip())))


def listed_addresses(data: bytes, where: str) -> list[str]:
    """List the addresses that a file names: a sitemap, a feed, or a text with one a line, where `#` begins a remark.

    Raises:
        ReadError: it names none.
    """
    from detente.read.kinds import kind_of

    kind = kind_of(data, "")
    if kind == "sitemap":
        found = sitemap_addresses(data, where)
    elif kind == "feed":
        found = [link for entry in _parsed(data, where).entries if (link := dict(entry).get("link"))]
    else:
        lines = (line.strip() for line in data.decode("utf-8-sig", "replace").splitlines())
        found = [line for line in lines if _ADDRESS.fullmatch(line)]
    if not found:
        raise ReadError(f"No addresses in {where}: a feed, a sitemap or one http address a line is needed. Add some.")
    return list(dict.fromkeys(found))
