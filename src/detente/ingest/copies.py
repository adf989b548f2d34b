"""Near copies, such as reprints of one wire report, found as documents are added.

What enters: a document and what is stored. What leaves: for a copy, the stored document that it repeats most; for any
other, the buckets by which later copies will find it. Similarity and its limits are those of `detente link`; but here
the document that was stored first is the original, so that adding changes nothing about what is stored.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, func, or_, select

from detente.linking.copies import BANDS, ROWS, jaccard, sketch
from detente.linking.settings import Settings, load_settings
from detente.linking.words import runs
from detente.records import Document
from detente.store.days import day_range
from detente.store.rows import insert_rows
from detente.store.schema import BUCKETS, COPIES, DOCUMENTS, TEXTS

# The candidates that share most bands are compared; a true copy shares five or more of 42 on average.
_COMPARED = 50


def note_copy(connection: Connection, document_key: int, document: Document) -> bool:
    """Link a document to the one that it nearly repeats, or make it one that can be repeated.

    Returns:
        Whether it is a copy.
    """
    settings = load_settings()
    own = runs(document.text, settings.shingle_words)
    if len(own) < settings.min_shingles:
        return False
    buckets = buckets_of(own)
    best = _best(connection, document, own, buckets, settings)
    if best is None:
        insert_rows(connection, BUCKETS, [{"bucket": bucket, "document_key": document_key} for bucket in buckets])
        return False
    similarity, original_key = best
    row = {"document_key": document_key, "original_key": original_key, "similarity": similarity}
    insert_rows(connection, COPIES, [row])
    return True


def buckets_of(own: NDArray[np.uint32]) -> list[int]:
    """One number for each band of a sketch, different ones for different bands: 64 bits, signed."""
    bands = np.ascontiguousarray(sketch(own).astype("<u4")).reshape(BANDS, ROWS)
    found = {
        int.from_bytes(hashlib.blake2b(bytes([number]) + band.tobytes(), digest_size=8).digest(), signed=True)
        for number, band in enumerate(bands)
    }
    return sorted(found)


def _best(
    connection: Connection, document: Document, own: NDArray[np.uint32], buckets: list[int], settings: Settings
) -> tuple[float, int] | None:
    """Similarity and key of the original that a document repeats most, the earliest stored of equals."""
    shared = (
        select(BUCKETS.c.document_key)
        .join(DOCUMENTS)
        .where(BUCKETS.c.bucket.in_(buckets), *_published_near(document, settings.copy_window_days))
        .group_by(BUCKETS.c.document_key)
        .order_by(func.count().desc(), BUCKETS.c.document_key)
        .limit(_COMPARED)
    )
    keys = list(connection.scalars(shared))
    best: tuple[float, int] | None = None
    for key in sorted(keys):
        text = connection.scalar(select(TEXTS.c.text).where(TEXTS.c.document_key == key))
        similarity = jaccard(own, runs(text or "", settings.shingle_words))
        if similarity >= settings.copy_similarity and (best is None or similarity > best[0]):
            best = similarity, key
    return best


def _published_near(document: Document, window_days: int) -> list[ColumnElement[bool]]:
    """Conditions: published within the window of a document, or perhaps so."""
    first, last = day_range(document.published)
    if first is None or last is None:
        return []
    window = timedelta(days=window_days)
    earliest, latest = (date.fromisoformat(first) - window).isoformat(), (date.fromisoformat(last) + window).isoformat()
    start, end = DOCUMENTS.c.published_start, DOCUMENTS.c.published_end
    return [or_(start.is_(None), start <= latest), or_(end.is_(None), end >= earliest)]
