"""A text with Markdown signs to the words that a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.read.sources import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_MAX_FRONT_CHARS = 10_000


def markdown_article(text: str) -> Article:
    """Read the words block by block; title, author and date come from a head between `---` lines, if there is one.

    Pictures, comments and raw HTML are left out; of a link its words stay.
    """
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    head = _fields(front[1]) if front is not None and len(front[1]) <= _MAX_FRONT_CHARS else {}
    blocks = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front is not None else text)
    paragraphs = [_words(token) for token in blocks if token.type in ("inline", "fence", "code_block")]
    return Article(
        "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip()),
        title=head.get("title"),
        author=head.get("author"),
        publisher=head.get("publisher"),
        url=head.get("url"),
        published=head.get("date") or head.get("published"),
    )


def _fields(front: str) -> dict[str, str]:
    import yaml

    try:
        found = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    scalars = {key: value for key, value in found.items() if not isinstance(value, dict | list | type(None))}
    return {str(key).lower(): str(value) for key, value in scalars.items()}


def _words(block: Token) -> str:
    if block.children is None:
        return block.content
    words = {"softbreak": "\n", "hardbreak": "\n"}
    kept = ("text", "code_inline", *words)
    return "".join(words.get(token.type, token.content) for token in block.children if token.type in kept)
