"""Articles that are near copies of each other, such as reprints of one wire report.

What enters: articles. What leaves: for each copy, the article that it is a copy of. MinHash (Broder 1997, "On the
resemblance and containment of documents") with banding finds pairs worth a look; the similarity told is the exact
Jaccard similarity of their runs of words, so that the sketch decides nothing but speed.

Copies do not chain: the earliest article is an original, each later one is the copy of the original it is most
like, and an article that is like no original enough is an original itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from detente.linking.reports import Article, day_range
from detente.linking.settings import Settings

# 42 bands of 3: two articles of similarity 0.5 meet in one with a probability of 0.996, of 0.05 with one of 0.005.
BANDS = 42
ROWS = 3
_SEED = 0x5DEECE66D
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a near copy of an earlier one, the original; `similarity` is above the setting, up to 1."""

    document_id: str
    original: str
    similarity: float


def find_copies(articles: Iterable[Article], settings: Settings) -> dict[str, Copy]:
    """The copies among articles, by document id."""
    ordered = sorted(articles, key=lambda one: (one.published is None, one.published or "", one.id))
    compared = [one for one in ordered if len(one.runs) >= settings.min_shingles]
    originals: dict[tuple[int, int], list[Article]] = {}
    found: dict[str, Copy] = {}
    for article, buckets in zip(compared, _buckets([sketch(one.runs) for one in compared]), strict=True):
        met = {one.id: one for bucket in buckets for one in originals.get(bucket, ())}
        copy = _best(article, [met[key] for key in sorted(met)], settings)
        if copy is not None:
            found[article.id] = copy
            continue
        for bucket in buckets:
            originals.setdefault(bucket, []).append(article)
    return found


def sketch(runs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The MinHash of a set of hashes: for each of `BANDS` × `ROWS` permutations, the smallest of its values."""
    wide = runs.astype(np.uint64)
    factors, addends = _permutations()
    smallest = np.full(len(factors), np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(wide), _CHUNK):
        values = wide[start : start + _CHUNK, None] * factors + addends
        np.minimum(smallest, (values >> np.uint64(32)).astype(np.uint32).min(axis=0), out=smallest)
    return smallest


def jaccard(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Size of the intersection over that of the union, rounded; both sorted and without repetitions."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    union = len(a) + len(b) - shared
    return round(shared / union, 3) if union else 0.0


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and addends of multiply-shift hashing (Dietzfelbinger 1996), by SplitMix64 from a fixed seed."""
    state, drawn = _SEED, []
    for _ in range(2 * BANDS * ROWS):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        drawn.append(mixed ^ (mixed >> 31))
    numbers = np.array(drawn, dtype=np.uint64)
    return numbers[::2] | np.uint64(1), numbers[1::2]


def _buckets(sketches: Sequence[NDArray[np.uint32]]) -> list[list[tuple[int, int]]]:
    """For each sketch its buckets, as band and number; a bucket holds sketches that are equal in the band."""
    found: list[list[tuple[int, int]]] = [[] for _ in sketches]
    if not found:
        return found
    table = np.stack(sketches)
    for band in range(BANDS):
        rows = table[:, band * ROWS : (band + 1) * ROWS]
        _, numbers, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        numbers = numbers.reshape(-1)
        for place in np.flatnonzero(counts[numbers] > 1):
            found[place].append((band, int(numbers[place])))
    return found


def _best(article: Article, originals: Iterable[Article], settings: Settings) -> Copy | None:
    best: Copy | None = None
    for original in originals:
        if not _near(article, original, settings.copy_window_days):
            continue
        similarity = jaccard(article.runs, original.runs)
        if similarity >= settings.copy_similarity and (best is None or similarity > best.similarity):
            best = Copy(article.id, original.id, similarity)
    return best


def _near(a: Article, b: Article, window_days: int) -> bool:
    """Whether two articles were published within the window, or may have been."""
    first, second = day_range(a.published), day_range(b.published)
    return first is None or second is None or max(first[0] - second[1], second[0] - first[1]) <= window_days
