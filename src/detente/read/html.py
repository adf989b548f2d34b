"""A web page to the article in it, with title, author, date and publisher where the page names them."""

from __future__ import annotations

import logging
import re

from detente.errors import ReadError
from detente.read.sources import Article
from detente.read.text import decode_as

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096
# What a page declares wins over its address. The last day is fixed, so that the day of reading changes nothing.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "deferred_url_extractor": True,
    "max_date": "2100-12-31",
}
# Source: WHATWG Encoding Standard. A page whose declaration can be read as ASCII is not in UTF-16.
_AS_BROWSERS_READ = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),
    "iso-8859-9": "cp1254",
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-32"), "utf-8"),
}


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes begin as a web page does."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)


def read_html(data: bytes, where: str, charset: str | None = None) -> Article:
    """Extract the article from a page, leaving out navigation, comments and advertising.

    Paragraphs are parted by a blank line. The date is what the page declares; it is not searched for in
    the text.

    Raises:
        ReadError: the page is no text, or holds no article.
    """
    from trafilatura import bare_extraction

    # It logs at error level what we raise ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(
        decode_html_as(data, where, charset)[0],
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=_DATES,
    )
    text = "" if found is None else found.text or ""
    if found is None or not text.strip():
        raise ReadError(
            f"No article text in {where}: pages with paragraphs of running text are read. Save the article's text "
            "as .txt."
        )
    return Article(
        text="\n\n".join(line for line in text.splitlines() if line.strip()),
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        url=found.url or None,
        published=found.date or None,
    )


def decode_html(data: bytes, where: str) -> str:
    """Decode a page by its byte order mark, as UTF-8, by the encoding it declares, else by guess."""
    return decode_html_as(data, where)[0]


def decode_html_as(data: bytes, where: str, charset: str | None = None) -> tuple[str, str]:
    """Decode a page as `decode_html` does, and name the encoding.

    Args:
        data: all bytes of the page.
        where: the page's name, for the message.
        charset: what the server declared, if one did; it wins over what the page declares.
    """
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    named = charset or (declared[1].decode("ascii") if declared is not None else None)
    if named is not None and b"\0" not in data:
        for encoding in ("utf-8-sig", _AS_BROWSERS_READ.get(named.lower(), named.lower())):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except (ValueError, LookupError):
                continue
    return decode_as(data, where)
