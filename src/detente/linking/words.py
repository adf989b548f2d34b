"""The words of a text, made comparable: stems that carry content, runs of words, and a vector of an article.

What enters: text. What leaves: sets of stems for clauses; sorted hashes of word runs and a vector of small
integers for articles. Hashes are those of `zlib.crc32` and integer arithmetic, so they are the same everywhere.

A stem is a word without the endings of inflection, cut to six letters. That is crude and knows no exceptions, but it
joins "visited" with "visits" and "diplomat" with "diplomacy", which is all that a comparison of texts needs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.linking.settings import load_stop_words

DIMENSIONS = 512

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|s|e)$")
_STEM_LETTERS = 6
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(31)
_HALF = np.uint64(32)


def stems(text: str) -> list[str]:
    """The stems of a text's content words, in order, with repetitions; numbers stay whole."""
    stop = load_stop_words()
    words = _WORD.findall(text.lower())
    return [_stem(word) for word in words if word not in stop]


def runs(text: str, length: int) -> NDArray[np.uint32]:
    """Hashes of all runs of `length` words, sorted, each once; empty where the text is shorter."""
    hashed = np.fromiter(map(_hash, _WORD.findall(text.lower())), dtype=np.uint64)
    count = len(hashed) - length + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    total = np.zeros(count, dtype=np.uint64)
    for start in range(length):
        total = (total ^ hashed[start : start + count]) * _MULTIPLIER
        total ^= total >> _FOLD
    return np.unique((total >> _HALF).astype(np.uint32))


def vector(found: Iterable[str]) -> NDArray[np.int8]:
    """The stems of an article as a vector: each different stem adds or takes one from one of `DIMENSIONS` places.

    After Weinberger et al. (2009), "Feature hashing for large scale multitask learning", with each stem once.
    """
    hashed = np.fromiter(map(_hash, sorted(set(found))), dtype=np.int64)
    signs = np.where(hashed & 1, 1, -1)
    places = np.bincount((hashed >> 1) % DIMENSIONS, weights=signs, minlength=DIMENSIONS)
    return np.clip(places, -127, 127).astype(np.int8)


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return word
    bare = _ENDING.sub("", word)
    doubled = len(bare) > 4 and bare[-1] == bare[-2] and bare != word and bare[-1] not in "sl"
    return bare[: len(bare) - doubled][:_STEM_LETTERS]


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())
