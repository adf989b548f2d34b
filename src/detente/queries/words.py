"""What a user types into a search box, as a question to the full-text index.

What enters: any text. What leaves: an FTS5 expression in which nothing of it is an operator: all words must occur,
`"words in quotes"` stand together, and `negotiat*` is the beginning of a word. Case and accents do not count.
"""

from __future__ import annotations

import re

from detente.queries.errors import QueryError

_PART = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')


def match_expression(text: str) -> str:
    """Quote a user's words for `MATCH`.

    Raises:
        QueryError: there is no letter or digit in it.
    """
    parts = []
    for match in _PART.finditer(text.replace("\0", " ")):
        phrase, starred, word = match.groups()
        words = phrase if phrase is not None else word.rstrip("*")
        is_beginning = bool(starred) or (word is not None and word.endswith("*"))
        if any(char.isalnum() for char in words):
            quoted = words.replace('"', '""')
            parts.append(f'"{quoted}"{"*" if is_beginning else ""}')
    if not parts:
        raise QueryError(f"Nothing to search for in {text!r}: at least one word is needed. Write some.")
    return " AND ".join(parts)
