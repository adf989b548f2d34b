"""Web archives (WARC) to the pages in them.

What enters: a WARC file, whole or unpacked from gzip. What leaves: one piece for each page, text or document that a
server answered with, under its address, with the day that it was got. Pictures, scripts and answers that say
"not found" are passed over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.read.kinds import declared_type
from detente.read.sources import Failure, Piece, ReadOptions, shown
from detente.read.streams import damaged, metered, too_large

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

# Media types that may hold an article; what servers leave unsaid is told by its content.
_READ = ("text/html", "text/plain", "application/xhtml+xml", "application/pdf", "text/markdown", "text/xml")
_READ_PARTS = ("rss", "atom", "wordprocessing", "application/xml")
_RECORDS = ("response", "resource", "conversion")
_OK = "200"


class _AsItComes:
    """A stream that gives what there is before a fault, where the stream itself would give nothing."""

    def __init__(self, stream: BufferedReader) -> None:
        self.read = stream.read1


def read_warc(piece: Piece, options: ReadOptions) -> Iterator[Piece | Failure]:
    """Give the answers that hold pages.

    Raises:
        ReadError: a record is broken; the next one cannot be found behind it, so the rest is not read. Also, behind the
            last record, where some were longer than they said.
    """
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    # It tells of odd addresses, which we take as they are.
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    records = ArchiveIterator(_AsItComes(piece.stream), check_digests=False)
    # It would print a warning; we count instead.
    records.INC_RECORD = ""
    try:
        for record in records:
            page = _page(record, piece, options) if record.rec_type in _RECORDS else None
            if page is not None:
                yield page
    except (ArchiveLoadFailed, OSError, ValueError, AttributeError) as error:
        raise damaged(piece.where, error) from error
    if records.err_count:
        raise ReadError(
            f"Data behind the end of {records.err_count} records in {piece.where}: records have the length that they "
            "name. Pages before these places may be cut; get the file again."
        )


def _page(record: ArcWarcRecord, piece: Piece, options: ReadOptions) -> Piece | Failure | None:
    headers = record.rec_headers
    address = (headers.get_header("WARC-Target-URI") or headers.get_header("WARC-Record-ID") or "record").strip("<>")
    answer = record.http_headers
    if answer is not None and answer.get_statuscode() != _OK:
        return None
    media_type, charset = declared_type((answer or headers).get_header("Content-Type"))
    if media_type and not (media_type in _READ or any(part in media_type for part in _READ_PARTS)):
        return None
    members = (*piece.members, shown(address))
    inside = replace(piece, members=members, url=address, charset=charset)
    if int(headers.get_header("Content-Length") or 0) > options.limits.document_bytes:
        return Failure(piece.path, members, str(too_large(inside.where, options.limits)))
    stream = metered(record.content_stream().read, piece.budget, inside.where)
    return replace(inside, stream=stream, retrieved_at=headers.get_header("WARC-Date"))
