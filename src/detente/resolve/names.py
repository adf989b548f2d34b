"""Names in running text: a lexicon of names, matched by pieces of words so that hyphens and dots do not matter.

What enters: names with their sense, and a parsed document. What leaves: the longest matches, left to right,
each with its characters and tokens. A piece is a run of letters and digits or one other character, folded to
lower case without accents; capital letters are checked against the text, so that "US" is not "us".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from detente.syntax.document import ParsedDocument, normalise

SenseKind = Literal[
    "state",
    "adjective",
    "people",
    "capital",
    "seat",
    "organisation",
    "group",
    "body",
    "media",
    "person",
    "role",
    "place",
    "ignore",
]

_PIECE = re.compile(r"[^\W_]+|[^\w\s]|_")
_EXTRA = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "Ł": "L", "Ø": "O", "Đ": "D"})


def fold(text: str) -> str:
    """Strip accents: "Erdoğan" becomes "Erdogan". Letters without a plain form stay."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_EXTRA))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(name: str) -> str:
    """An id from a name: folded, lower case, words joined by hyphens."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return "-".join(name.lower().split())
    return "-".join(piece for piece in _PIECE.findall(fold(name).lower().replace("'", "")) if piece[0].isalnum())


def split(name: str) -> list[str]:
    """The pieces of a name, folded, in their own case."""
    if name.isascii():
        return _PIECE.findall(name)
    return _PIECE.findall(fold(normalise(name)))


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means: its kind and the id (or, for a role, the noun) that it stands for."""

    kind: SenseKind
    id: str


@dataclass(frozen=True, slots=True)
class _Entry:
    pieces: tuple[str, ...]
    letters: tuple[str, ...]
    sense: Sense
    name: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in the text: tokens [first, last], characters [start, end), and what it means."""

    first: int
    last: int
    start: int
    end: int
    sense: Sense


class Lexicon:
    """Names by their first piece, the longest first. The first sense given for a name stays.

    Names in `in_capitals` are found in capitals throughout only: GUAM is an organisation, Guam an island.
    """

    def __init__(self, names: Iterable[tuple[str, Sense]], *, in_capitals: Container[str] = ()) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for name, sense in names:
            pieces = split(name)
            lowered = tuple(piece.lower() for piece in pieces)
            letters = ("U",) if name in in_capitals else tuple(_required_letters(piece) for piece in pieces)
            if not pieces or (lowered, letters) in seen:
                continue
            seen.add((lowered, letters))
            entry = _Entry(lowered, letters, sense, name)
            self._entries.setdefault(lowered[0], []).append(entry)
        for entries in self._entries.values():
            entries.sort(key=lambda e: len(e.pieces), reverse=True)

    def find(self, parsed: ParsedDocument) -> list[NameMatch]:
        """The longest matches from left to right; no two overlap."""
        pieces = Pieces(parsed)
        out: list[NameMatch] = []
        i, count = 0, len(pieces.lower)
        while i < count:
            entry = self._longest(pieces, i)
            if entry is None or (entry.pieces[0] == "the" and self._reaches_further(pieces, i, entry)):
                i += 1
                continue
            last = i + len(entry.pieces) - 1
            tokens = pieces.tokens
            out.append(NameMatch(tokens[i], tokens[last], pieces.starts[i], pieces.ends[last], entry.sense))
            i = last + 1
        return out

    def find_text(self, text: str) -> list[Sense]:
        """The senses of the names in a bare text such as a byline, from left to right."""
        raw = split(text)
        lowered = [piece.lower() for piece in raw]
        out: list[Sense] = []
        i = 0
        while i < len(lowered):
            fitting = (
                e for e in self._entries.get(lowered[i], ()) if tuple(lowered[i : i + len(e.pieces)]) == e.pieces
            )
            entry = next((e for e in fitting if _case_fits(raw[i], e.letters[0])), None)
            i += 1 if entry is None else len(entry.pieces)
            if entry is not None:
                out.append(entry.sense)
        return out

    def senses(self, name: str) -> list[Sense]:
        """What a whole name may mean; its capitals do not matter where they fit no sense."""
        raw = split(name)
        key = tuple(piece.lower() for piece in raw)
        found = [e for e in self._entries.get(key[0], ()) if e.pieces == key] if key else []
        fitting = [e for e in found if all(map(_case_fits, raw, e.letters))]
        return list(dict.fromkeys(e.sense for e in fitting or found))

    def preceded_by(self, names: Iterable[tuple[str, Sense]]) -> Lexicon:
        """A lexicon in which other names stand before these; a name of both has only the other's sense."""
        out = Lexicon(names)
        for first, entries in self._entries.items():
            ahead = out._entries.get(first, [])
            taken = {entry.pieces for entry in ahead}
            joined = [*ahead, *(entry for entry in entries if entry.pieces not in taken)]
            out._entries[first] = sorted(joined, key=lambda e: len(e.pieces), reverse=True)
        return out

    def names(self) -> Iterator[tuple[str, str, Sense]]:
        """Every name, its pieces folded to lower case and joined by spaces, and its sense."""
        for entries in self._entries.values():
            for entry in entries:
                yield entry.name, " ".join(entry.pieces), entry.sense

    def _reaches_further(self, pieces: Pieces, i: int, entry: _Entry) -> bool:
        """ "The Gulf Cooperation Council" is no "the Gulf": the name behind an article is the longer one."""
        inner = self._longest(pieces, i + 1) if i + 1 < len(pieces.lower) else None
        return inner is not None and len(inner.pieces) >= len(entry.pieces)

    def _longest(self, pieces: Pieces, i: int) -> _Entry | None:
        for entry in self._entries.get(pieces.lower[i], ()):
            size = len(entry.pieces)
            if (size == 1 or tuple(pieces.lower[i : i + size]) == entry.pieces) and _letters_fit(pieces, i, entry):
                return entry
        return None


class Pieces:
    """The pieces of a parsed text with their tokens and characters."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self.raw: list[str] = []
        self.lower: list[str] = []
        self.tokens: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for token, word in enumerate(parsed.words):
            start = parsed.starts[token]
            if word.isalpha():
                self._add(word, token, start)
            elif not word.isspace():
                for match in _PIECE.finditer(word):
                    self._add(match.group(), token, start + match.start())

    def _add(self, word: str, token: int, start: int) -> None:
        folded = fold(word)
        self.raw.append(folded)
        self.lower.append(folded.lower())
        self.tokens.append(token)
        self.starts.append(start)
        self.ends.append(start + len(word))


@cache
def _required_letters(piece: str) -> str:
    """`U`: capitals throughout, `C`: a capital first, empty: anything. Long acronyms may be written as words."""
    if not piece[0].isupper():
        return ""
    return "U" if len(piece) > 1 and len(piece) < 4 and piece.isupper() else "C"


def _case_fits(raw: str, required: str) -> bool:
    return raw.isupper() if required == "U" else not required or raw[0].isupper()


def _letters_fit(pieces: Pieces, i: int, entry: _Entry) -> bool:
    for offset, required in enumerate(entry.letters):
        raw = pieces.raw[i + offset]
        if not _case_fits(raw, required) or (required == "U" and _shouted(pieces, i)):
            return False
    return True


def _shouted(pieces: Pieces, i: int) -> bool:
    """Whether the words around are in capitals too, so that capitals mean nothing."""
    near = [raw for raw in pieces.raw[max(0, i - 2) : i] + pieces.raw[i + 1 : i + 3] if raw.isalpha() and len(raw) > 3]
    return len(near) > 1 and all(raw.isupper() for raw in near)
