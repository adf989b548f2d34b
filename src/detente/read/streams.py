"""Bytes without end, read within bounds.

What enters: files and the streams that unpack them. What leaves: streams that can be peeked into, and whole documents
of a size that was allowed. Nothing here reads more into memory than one document may have.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from detente.errors import ReadError
from detente.read.sources import Budget, Limits, Piece, said

HEAD_BYTES = 65_536
_CHUNK = 65_536


def open_path(path: str) -> io.BufferedReader:
    """Open a file for reading.

    Raises:
        ReadError: there is none, or it cannot be read.
    """
    try:
        return io.BufferedReader(io.FileIO(path), HEAD_BYTES)
    except FileNotFoundError as error:
        raise ReadError(f"No file at {path!r}: an existing file is needed. Check the path.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ReadError(
            f"Unreadable file at {path!r} ({why}): a readable file is needed. Check its permissions."
        ) from error


class _Metered(io.RawIOBase):
    """Reads from a stream that unpacks, and stops a bomb."""

    def __init__(self, read: Callable[[int], bytes], budget: Budget | None, where: str) -> None:
        super().__init__()
        self._read = read
        self._budget = budget
        self._where = where
        self._fault: ReadError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer. What was read before a fault is given first, the fault with the next call."""
        if self._fault is not None:
            raise self._fault
        wanted, got = len(buffer), 0
        while got < wanted and self._fault is None:
            try:
                chunk = self._read(wanted - got)
            except Exception as error:  # noqa: BLE001 - each way of packing has errors of its own
                self._fault = error if isinstance(error, ReadError) else damaged(self._where, error)
                break
            if not chunk:
                break
            buffer[got : got + len(chunk)] = chunk
            got += len(chunk)
            self._spend(len(chunk))
        if got == 0 and self._fault is not None:
            raise self._fault
        return got

    def _spend(self, count: int) -> None:
        if self._budget is None:
            return
        self._budget.left -= count
        if self._budget.left < 0:
            self._fault = ReadError(
                f"Far more unpacked than packed data in {self._where}: it may be a bomb, and the rest of the archive "
                "is left alone. Unpack it yourself, or raise the ratio that is allowed."
            )


def damaged(where: str, error: Exception) -> ReadError:
    """The error for packed data that ends early or contradicts itself."""
    return ReadError(f"Damaged data in {where} ({said(error)}): a whole file is needed. Get it again.")


def metered(read: Callable[[int], bytes], budget: Budget | None, where: str) -> io.BufferedReader:
    """Wrap what reads bytes so that it can be peeked into and spends the budget of what it was unpacked from."""
    return io.BufferedReader(_Metered(read, budget, where), HEAD_BYTES)


def budget_of(packed_bytes: int, limits: Limits) -> Budget:
    """How much a packed file of this size may unpack to."""
    return Budget(max(limits.unpacked_floor_bytes, limits.ratio * packed_bytes))


def stream_of(data: bytes) -> io.BufferedReader:
    """Wrap bytes that are in memory already."""
    return metered(io.BytesIO(data).read, None, "memory")


def read_whole(piece: Piece, limits: Limits) -> bytes:
    """Read a piece that becomes one document.

    Raises:
        ReadError: it is larger than a document may be, or damaged.
    """
    data = piece.stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise too_large(piece.where, limits)
    return data


def too_large(where: str, limits: Limits) -> ReadError:
    """The error for what is larger than a document may be."""
    return ReadError(
        f"More than {limits.document_bytes:,} bytes in {where}: a document has at most that many. Split it, or raise "
        "the limit."
    )


@contextmanager
def seekable(piece: Piece) -> Iterator[IO[bytes]]:
    """Give the piece as a file that can be read in any order: itself, or a temporary copy on disk.

    The copy spends the budget of what the piece was unpacked from, so it is bounded.
    """
    if piece.stream.seekable():
        yield piece.stream
        return
    with SpooledTemporaryFile(max_size=16 * _CHUNK) as copy:
        while chunk := piece.stream.read(_CHUNK):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def next_line(stream: io.BufferedReader, limits: Limits) -> tuple[bytes, bool]:
    """Read a line and tell whether it was within the limit; of a longer one only the beginning is given.

    Returns:
        The line with its end, empty at the end of the stream.
    """
    line = stream.readline(limits.document_bytes + 1)
    if len(line) <= limits.document_bytes:
        return line, True
    rest = line
    while rest and not rest.endswith(b"\n"):
        rest = stream.readline(_CHUNK)
    return line, False
