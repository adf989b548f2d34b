"""Documents whose every character can be stored."""

from __future__ import annotations

import re
from dataclasses import replace

from detente.records import Document, content_id

# Halves of surrogate pairs: what broken converters leave in JSON (`\\ud83d` alone). They are no characters, and no
# encoding can write them.
_HALVES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_TEXTS = ("text", "title", "author", "publisher", "url", "language")


def storable(document: Document) -> Document:
    """Replace each half of a surrogate pair by U+FFFD, one for one, so that offsets stay; the id is made anew."""
    texts = {name: getattr(document, name) for name in _TEXTS}
    whole = {name: _HALVES.sub(_REPLACEMENT, text) for name, text in texts.items() if text is not None}
    return replace(document, id=content_id("doc", whole["text"]), **whole)
