"""A piece of HTML, such as the body of a feed entry, to its paragraphs.

Whole pages go to `html.py`, which finds the article among navigation and advertising; here everything that a reader
sees is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.read.text import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKUP = re.compile(
    r"<(?:p|br|div|span|a|h[1-6]|ul|ol|li|img|strong|em|b|i|article|section|blockquote|table)\b[^<>]*>", re.I
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "form", "figure"))
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption footer h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section summary table td th tr ul".split()
)


def looks_like_fragment(text: str) -> bool:
    """Tell whether a text is written in HTML: its tags are closed, or stand at its beginning."""
    found = _MARKUP.search(text)
    return found is not None and (found.start() == 0 or "</" in text)


def fragment_text(markup: str) -> str:
    """Give the words that a reader sees, paragraphs parted by an empty line, scripts and styles left out."""
    from lxml import etree, html

    try:
        root = html.fromstring(f"<div>{tidy(markup)}</div>", parser=html.HTMLParser(no_network=True, recover=True))
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    _collect(root, parts)
    paragraphs = (
        "\n".join(" ".join(line.split()) for line in block.split("\r")) for block in "".join(parts).split("\0")
    )
    return "\n\n".join(stripped for paragraph in paragraphs if (stripped := paragraph.strip()))


def _collect(root: HtmlElement, parts: list[str]) -> None:
    """Write the words of an element in order; `\\0` parts blocks and `\\r` lines, which no parsed text holds."""
    # A list of what is still to do in place of recursion: markup may be nested deeper than Python's stack.
    todo: list[HtmlElement | str] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        edge = "\0" if node.tag in _BLOCKS else ""
        inner: list[HtmlElement | str] = [edge]
        if isinstance(node.tag, str) and node.tag not in _UNSEEN:
            inner.append("\r" if node.tag == "br" else node.text or "")
            for child in node:
                inner += [child, child.tail or ""]
        inner.append(edge)
        todo += reversed(inner)
