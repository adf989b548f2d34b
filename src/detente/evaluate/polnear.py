"""Articles annotated with attributions in the form of PolNeAR: who is said to hold or say what, by which words.

What enters: lines of JSON with `id`, `text`, `published` and `attributions`, each with lists of spans for `source`,
`cue` and `content`; a list may be empty. What leaves: documents with their attributions.

Source: the scheme is that of Newell, Margolin and Ruths (2018), An Attribution Relations Corpus for Political News
(LREC); it takes in beliefs, wishes and intentions, and documents and polls as sources.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DataError, RecordError
from detente.records import Document

Spans = tuple[tuple[int, int], ...]
"""Half-open character ranges in the order of the text; none where the text has no such words."""

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    """The words of one attribution."""

    source: Spans
    cue: Spans
    content: Spans

    def of(self, role: str) -> Spans:
        """The spans of one of `ROLES`."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its attributions."""

    document: Document
    attributions: tuple[AttributionSpans, ...]


def read_polnear(path: Path) -> list[Annotated]:
    """Read a file of annotated articles.

    Raises:
        DataError: the file cannot be read, or a line has another form; the message gives its number.
    """
    try:
        lines = path.read_text(encoding="utf8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"Unreadable file {path}: {error}. A file of JSON lines in UTF-8 is wanted.") from error
    out = [_article(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not out:
        raise DataError(f"No articles in {path}: one JSON object a line is wanted. Check that this is the right file.")
    return out


def _article(path: Path, number: int, line: str) -> Annotated:
    try:
        row = json.loads(line)
        document = Document(id=row["id"], text=row["text"], published=row.get("published") or None, language="en")
        found = tuple(_attribution(one, len(document.text)) for one in row["attributions"])
    except (ValueError, KeyError, TypeError, AttributeError, RecordError) as error:
        raise DataError(
            f"Malformed line {number} of {path} ({type(error).__name__}: {error}): id, text, published and "
            "attributions with spans of source, cue and content inside the text are wanted. Correct the line."
        ) from error
    return Annotated(document, found)


def _attribution(one: Mapping[str, Any], size: int) -> AttributionSpans:
    return AttributionSpans(*(_spans(one[role], size) for role in ROLES))


def _spans(pairs: list[list[int]], size: int) -> Spans:
    spans = tuple((int(start), int(end)) for start, end in pairs)
    if any(not 0 <= start < end <= size for start, end in spans):
        raise ValueError(f"span outside the text in {pairs}")
    return tuple(sorted(spans))
