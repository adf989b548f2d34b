"""Quotations in the marks that a parse does not read: 'single' ones and doubled ''apostrophes''.

What enters: a `ParsedDocument`. What leaves: the same document with those quotations added and their marks
written as `"` in the words, so that every later rule knows one mark only. Offsets and text do not change.
Apostrophes and possessives are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.syntax.document import ParsedDocument, Quotation

_OPENING = re.compile(r"''|``|‘(?!s\b)|(?<![\w'’.])'(?=[A-Za-z\[(])")
_CLOSING = re.compile(r"(?<=[^\s(])['’](?!\w)")
_AFTER_SENTENCE = ",.!?…"


@dataclass(frozen=True, slots=True)
class _Marks:
    """A quotation with the places of its marks; `width` is that of one mark, `close` -1 where it is missing."""

    open: int
    close: int
    end: int
    width: int

    @property
    def inside(self) -> Quotation:
        return Quotation(self.open + self.width, self.end, closed=self.close >= 0)


def with_all_quotations(p: ParsedDocument) -> ParsedDocument:
    """Add the quotations in single and doubled marks; the document itself where there are none."""
    found = list(_outside(p, _marked(p.document.text)))
    if not found:
        return p
    words = list(p.words)
    for marks in found:
        for place in (marks.open, marks.close):
            token = p.token_at(max(place, 0))
            if place >= 0 and p.starts[token] == place and p.ends[token] - place == marks.width:
                words[token] = '"'
    held = [q for q in p.quotations if not any(m.open < q.start and q.end <= m.end for m in found)]
    quotations = sorted((*held, *(m.inside for m in found)), key=lambda q: q.start)
    return replace(p, words=words, quotations=quotations)


@lru_cache(maxsize=2)
def plain_text(p: ParsedDocument) -> str:
    """The document's text with the marks of all its quotations written as `"`, character for character."""
    text = p.document.text
    pieces, done = [], 0
    for token, word in enumerate(p.words):
        if word == '"' and text[p.starts[token]] in "'‘’`":
            start, end = p.starts[token], p.ends[token]
            pieces += [text[done:start], '"'.ljust(end - start)]
            done = end
    return "".join((*pieces, text[done:]))


def _marked(text: str) -> Iterator[_Marks]:
    """The quotations in single or doubled marks, from left to right, none within another."""
    position = 0
    while (match := _OPENING.search(text, position)) is not None:
        start, mark = match.start(), match.group()
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if len(mark) == 2:
            close = text.find("''", match.end(), stop)
        else:
            close = _closing(text, match.end(), stop)
        opens_paragraph = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if close > match.end():
            yield _Marks(start, close, close, len(mark))
            position = close + len(mark)
        elif close < 0 and mark != "'" and opens_paragraph:
            yield _Marks(start, -1, len(text[:stop].rstrip()), len(mark))
            position = stop
        else:
            position = match.end()


def _closing(text: str, start: int, stop: int) -> int:
    """The closing single mark: behind a sentence's or clause's end, else the first that is no plural possessive."""
    following = _OPENING.search(text, start, stop)
    limit = following.start() if following is not None else stop
    places = [m.start() for m in _CLOSING.finditer(text, start, stop)]
    within = [place for place in places if place <= limit] or places
    for place in within:
        possessive = text[place - 1] in "sS" and text[place + 1 : place + 2] == " "
        if text[place - 1] in _AFTER_SENTENCE or not possessive or place == within[-1]:
            return place
    return -1


def _outside(p: ParsedDocument, found: Iterator[_Marks]) -> Iterator[_Marks]:
    """The quotations that do not stand within one in ordinary marks."""
    for marks in found:
        if not any(q.start <= marks.open < q.end for q in p.quotations):
            yield marks
