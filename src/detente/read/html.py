"""A web page to the article in it, with title, author, date and publisher where the page names them."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from detente.errors import ReadError
from detente.read.text import decode

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096
# Source: WHATWG Encoding Standard. A page whose declaration can be read as ASCII is not in UTF-16.
_AS_BROWSERS_READ = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),
    "iso-8859-9": "cp1254",
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-32"), "utf-8"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """What a page tells; a plain text is an article of which only the text is known."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes begin as a web page does."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)


def read_html(data: bytes, where: str) -> Article:
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
        decode_html(data, where),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
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
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    if declared is not None and b"\0" not in data:
        named = declared[1].decode("ascii").lower()
        for encoding in ("utf-8-sig", _AS_BROWSERS_READ.get(named, named)):
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data, where)
