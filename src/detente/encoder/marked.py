"""Sentences with a source and a target marked, as the token ids that the encoder reads.

The marks are plain words and signs, so that the vocabulary of any pretrained encoder holds them:
`@ source : Pakistan @ thanked # target : Russia #`. The head reads the state at the first sign of each mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from detente.errors import DataError

LENGTH = 128
"""Tokens of a sentence that are read at most; of a longer one those round the marks."""

_OPEN = {"source": "@ source :", "target": "# target :"}
_CLOSE = {"source": "@", "target": "#"}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence and the character spans, end exclusive, of its source and its target; one of them may be missing."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class TokenIds:
    """Ids of one marked sentence and the positions of the first sign of its two marks, 0 for a missing one."""

    ids: tuple[int, ...]
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences padded to one length: `ids` and `mask` (sentences × tokens), `marks` (sentences × 2), all int64."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    marks: NDArray[np.int64]


class Marker:
    """Turns marked sentences into token ids for one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._first, self._last, self._pad = _special_ids(tokenizer)
        self._signs = {name: self._plain([mark])[0] for name, mark in _OPEN.items()}
        self._ends = {name: self._plain([mark])[0] for name, mark in _CLOSE.items()}

    @classmethod
    def from_file(cls, path: Path) -> Marker:
        """The marker for the tokenizer in a `tokenizer.json`.

        Raises:
            DataError: The file is missing or is no tokenizer.
        """
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise DataError(f"{path}: cannot be read as a tokenizer ({error}); install the model anew.") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer)

    def encode(self, sentences: Sequence[MarkedSentence]) -> list[TokenIds]:
        """Token ids of each sentence, in the order given."""
        cuts = [_cuts(sentence) for sentence in sentences]
        pieces = self._plain(
            [
                sentence.text[start:end]
                for sentence, cut in zip(sentences, cuts, strict=True)
                for start, end in _gaps(sentence, cut)
            ]
        )
        coded: list[TokenIds] = []
        at = 0
        for cut in cuts:
            coded.append(self._join(pieces[at : at + len(cut) + 1], [mark for _, mark in cut]))
            at += len(cut) + 1
        return coded

    def batch(self, coded: Sequence[TokenIds]) -> Batch:
        """Pad to the longest of `coded`."""
        width = max(len(one.ids) for one in coded)
        ids = np.full((len(coded), width), self._pad, dtype=np.int64)
        mask = np.zeros((len(coded), width), dtype=np.int64)
        for row, one in enumerate(coded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        return Batch(ids, mask, np.array([(one.source, one.target) for one in coded], dtype=np.int64))

    def _plain(self, texts: Sequence[str]) -> list[list[int]]:
        return [one.ids for one in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _join(self, pieces: Sequence[list[int]], marks: Sequence[tuple[str, bool]]) -> TokenIds:
        ids = list(pieces[0])
        at: dict[str, int] = {}
        for (name, opens), piece in zip(marks, pieces[1:], strict=True):
            if opens:
                at[name] = len(ids)
            ids += self._signs[name] if opens else self._ends[name]
            ids += piece
        low, high = _window(len(ids), list(at.values()))
        ids, at = ids[low:high], {name: place - low for name, place in at.items()}
        if len(ids) > LENGTH - 2:  # the marks stand too far apart: leave out the middle
            half = (LENGTH - 2) // 2
            cut = len(ids) - 2 * half
            ids = ids[:half] + ids[half + cut :]
            at = {name: place - cut if place >= half + cut else place for name, place in at.items()}
        return TokenIds((self._first, *ids, self._last), at.get("source", -1) + 1, at.get("target", -1) + 1)


def _cuts(sentence: MarkedSentence) -> list[tuple[int, tuple[str, bool]]]:
    """Where marks are set, in order; the longer of two nested spans opens first and closes last."""
    cuts = []
    for rank, (name, span) in enumerate((("source", sentence.source), ("target", sentence.target))):
        if span is None:
            continue
        start, end = span
        if not 0 <= start < end <= len(sentence.text):
            raise ValueError(f"the {name} {(start, end)} is no span of a text of {len(sentence.text)} characters")
        size = end - start
        cuts.append((start, 1, -size, rank, (name, True)))
        cuts.append((end, 0, size, -rank, (name, False)))
    return [(cut[0], cut[4]) for cut in sorted(cuts)]


def _gaps(sentence: MarkedSentence, cuts: Sequence[tuple[int, tuple[str, bool]]]) -> Iterable[tuple[int, int]]:
    places = [0, *(place for place, _ in cuts), len(sentence.text)]
    return pairwise(places)


def _window(length: int, marks: Sequence[int]) -> tuple[int, int]:
    """The part of a long sentence that is read: the marks in its middle."""
    room = LENGTH - 2
    if length <= room:
        return 0, length
    first, last = min(marks, default=0), max(marks, default=0)
    if last - first > room // 2:
        return max(0, first - room // 4), min(length, last + room // 4)
    low = max(0, min((first + last - room) // 2, length - room))
    return low, low + room


def _special_ids(tokenizer: Tokenizer) -> tuple[int, int, int]:
    for tokens in (("[CLS]", "[SEP]", "[PAD]"), ("<s>", "</s>", "<pad>")):
        first, last, pad = (tokenizer.token_to_id(token) for token in tokens)
        if first is not None and last is not None and pad is not None:
            return first, last, pad
    raise DataError("the tokenizer has neither BERT's nor RoBERTa's special tokens; use one of the supported encoders.")
