"""A parsed document as plain arrays, free of the parser that made it.

What enters: one `Document` and the parser's tokens. What leaves: a `ParsedDocument` whose token arrays
every later stage reads by index. Lists of integers and strings are several times faster to walk than a
parser's token objects, cross process borders, and let tests build a parse by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.records import Document, Evidence

_SAME_LENGTH = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "‘": "'", "’": "'", "ʼ": "'"}
    | {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"}
)


def normalise(text: str) -> str:
    """Map typographic characters to plain ones, one for one, so that every offset stays valid."""
    return text.translate(_SAME_LENGTH)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The characters [start, end) inside a pair of quotation marks; `closed` is False where the mark is missing."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """What the parser's named-entity recogniser found: tokens [start, end) and its label (PERSON, GPE, DATE …)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, eq=False)
class ParsedDocument:
    """Token arrays of equal length, indexed by token; characters are offsets into `document.text`.

    `deps` are ClearNLP labels (nsubj, dobj, prep, pobj, agent, relcl, acl, …), `tags` are Penn Treebank
    tags, `pos` universal tags. `heads[i] == i` for a root. `left[i]`/`right[i]` are the first and last
    token of i's subtree. `sentences` and `paragraphs` are token ranges [start, end).
    """

    document: Document
    words: Sequence[str]
    lemmas: Sequence[str]
    pos: Sequence[str]
    tags: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    left: Sequence[int]
    right: Sequence[int]
    sentences: Sequence[tuple[int, int]]
    paragraphs: Sequence[tuple[int, int]]
    quotations: Sequence[Quotation]
    names: Sequence[NamedSpan]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def lower(self) -> Sequence[str]:
        return [word.lower() for word in self.words]

    @cached_property
    def children(self) -> Sequence[Sequence[int]]:
        """The dependents of each token, in the order of the text."""
        children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                children[head].append(i)
        return children

    @cached_property
    def sentence_of(self) -> Sequence[int]:
        """The index into `sentences` of each token."""
        out: list[int] = []
        for number, (start, end) in enumerate(self.sentences):
            out.extend([number] * (end - start))
        return out

    @cached_property
    def paragraph_of(self) -> Sequence[int]:
        """The index into `paragraphs` of each token."""
        out: list[int] = []
        for number, (start, end) in enumerate(self.paragraphs):
            out.extend([number] * (end - start))
        return out

    @cached_property
    def quotation_of(self) -> Sequence[int | None]:
        """The index into `quotations` of each token that stands inside quotation marks, else None."""
        out: list[int | None] = [None] * len(self.words)
        for number, quotation in enumerate(self.quotations):
            i = self.token_at(quotation.start)
            while i < len(self.words) and self.starts[i] < quotation.end:
                if self.starts[i] >= quotation.start:
                    out[i] = number
                i += 1
        return out

    def token_at(self, character: int) -> int:
        """The index of the token that holds or last precedes a character (0 for an empty document)."""
        return max(0, bisect_right(self.starts, character) - 1)

    def subtree(self, i: int) -> range:
        """The tokens from the left to the right edge of i's subtree (contiguous for projective parses)."""
        return range(self.left[i], self.right[i] + 1)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def evidence(self, first: int, last: int) -> Evidence:
        """Quote the text from the start of token `first` to the end of token `last`, both included."""
        return Evidence.of(self.document, self.starts[first], self.ends[last])
