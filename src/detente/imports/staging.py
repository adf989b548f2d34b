"""Files as they come → plain UTF-8 text that can be read at full speed.

What enters: the path of a file, a zip or a gzip. What leaves: one `Staged` text for it or for each member of the zip:
the file itself where nothing has to change, else a copy without carriage returns, byte order mark or broken bytes.
"""

from __future__ import annotations

import codecs
import errno
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

from detente.errors import DataError

_CHUNK: Final = 1 << 20
_LONGEST_RATIO: Final = 200
_SMALL: Final = 1 << 30


Stream = IO[bytes] | gzip.GzipFile


@dataclass(frozen=True, slots=True)
class Staged:
    """A text to read: where it lies, how the user knows it, how many lines it has and its first line that is not empty.

    `sha256` is that of the text as it came, before any repair. `repaired` counts bytes that were no UTF-8.
    """

    path: Path
    name: str
    sha256: str
    size: int
    lines: int
    first_line: str
    repaired: int = 0
    is_copy: bool = False


def stage(path: Path, room: Path) -> Iterator[Staged]:
    """Make the texts of a file readable, copies in the directory `room`.

    Raises:
        DataError: the file is missing, broken, no text, or a bomb.
    """
    if not path.is_file():
        raise DataError(f"No file '{path}': a file of event data is needed. Check the name.")
    try:
        if zipfile.is_zipfile(path):
            yield from _members(path, room)
        elif path.suffix.lower() == ".gz":
            with gzip.open(path) as stream:
                yield _staged(stream, path.name, room, packed=path.stat().st_size)
        else:
            with path.open("rb") as stream:
                yield _staged(stream, path.name, room, original=path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise _unreadable(path, error) from error
    except (EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> DataError:
    return DataError(f"Unreadable file '{path}' ({error}): a text, a .zip or a .gz that is complete. Fetch it again.")


def _members(path: Path, room: Path) -> Iterator[Staged]:
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir() and one.file_size]
        if not members:
            raise DataError(f"No file in '{path}': a zip with event data is needed. Fetch it again.")
        for one in members:
            name = path.name if len(members) == 1 else f"{path.name}/{one.filename}"
            with archive.open(one) as stream:
                yield _staged(stream, name, room, packed=one.compress_size)


@dataclass(slots=True)
class _Survey:
    """What a pass over a text finds out."""

    sha256: str = ""
    size: int = 0
    lines: int = 0
    first_line: bytes = b""
    needs_copy: bool = False


def _staged(
    stream: Stream, name: str, room: Path, *, original: Path | None = None, packed: int | None = None
) -> Staged:
    copy = (
        room / f"{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:16]}-{len(list(room.iterdir()))}"
    )
    if original is not None:
        survey = _survey(stream, name, None)
        if not survey.needs_copy:
            return _told(survey, original, name)
        stream.seek(0)
    with copy.open("wb") as out:
        writer = _Cleaned(out)
        survey = _survey(stream, name, writer, packed=packed)
        writer.close()
    return _told(survey, copy, name, repaired=writer.repaired, is_copy=True)


def _told(survey: _Survey, path: Path, name: str, *, repaired: int = 0, is_copy: bool = False) -> Staged:
    if not survey.first_line:
        raise DataError(f"Nothing in '{name}': a file with rows is needed. Fetch it again.")
    first = survey.first_line.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r")
    return Staged(path, name, survey.sha256, survey.size, survey.lines, first, repaired, is_copy)


class _Cleaned:
    """Writes bytes as UTF-8 with line feeds alone, and counts what had to be replaced."""

    def __init__(self, out: BinaryIO) -> None:
        self.repaired = 0
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._is_start = True
        self._held = ""

    def write(self, data: bytes) -> None:
        self._put(self._decoder.decode(data))

    def close(self) -> None:
        self._put(self._decoder.decode(b"", final=True))

    def _put(self, text: str) -> None:
        text = self._held + text
        if self._is_start and text:
            text, self._is_start = text.removeprefix("\ufeff"), False
        self._held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix(self._held)
        self.repaired += text.count("\ufffd")
        self._out.write(text.replace("\r\n", "\n").replace("\r", " ").replace("\0", "\ufffd").encode())


def _survey(stream: Stream, name: str, writer: _Cleaned | None, *, packed: int | None = None) -> _Survey:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    found, head, last = _Survey(), b"", b""
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        found.size += len(chunk)
        breaks = chunk.count(b"\n")
        if not breaks and len(chunk) == _CHUNK:
            raise DataError(
                f"Line {found.lines + 1} of '{name}' is longer than {_CHUNK >> 20} MiB: event data has a row a line. "
                "Name the data set that the file is of."
            )
        if packed is not None and found.size > _SMALL and found.size > _LONGEST_RATIO * packed:
            raise DataError(
                f"'{name}' unpacks to more than {_LONGEST_RATIO} times its size: no event data packs so well. "
                "Unpack it yourself if you trust it."
            )
        found.lines += breaks
        if not found.first_line and len(head) <= 2 * _CHUNK:
            head = (head + chunk).lstrip(b"\r\n")
            found.first_line = head.split(b"\n", 1)[0]
        if writer is not None:
            writer.write(chunk)
        elif not found.needs_copy:
            found.needs_copy = b"\r" in chunk or b"\0" in chunk or not _is_utf8(decoder, chunk)
        last = chunk[-1:]
    found.lines += last not in (b"", b"\n")
    found.needs_copy |= found.first_line.startswith(codecs.BOM_UTF8) or bool(decoder.getstate()[0])
    found.sha256 = digest.hexdigest()
    return found


def _is_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def emptied(room: Path) -> Iterator[Path]:
    """Give a new directory, which vanishes with all that is in it."""
    import shutil
    import tempfile

    place = Path(tempfile.mkdtemp(prefix=".import-", dir=room))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
