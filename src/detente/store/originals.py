"""The files that were added, kept byte for byte under the hash of their bytes.

What enters: a file or bytes. What leaves: `originals/3f/3fa9….pdf`, whole or not at all: a copy is written under a
temporary name and renamed when it is complete.
"""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from detente.errors import ReadError
from detente.store.errors import StoreError

_CHUNK = 1 << 20
_TEMPORARY = ".part"
_SUFFIX = re.compile(r"^\.[a-z0-9]{1,8}$")


def sha256_of(path: Path) -> str:
    """Hash a file.

    Raises:
        ReadError: it cannot be read.
    """
    hashed = hashlib.sha256()
    for chunk in _chunks(path):
        hashed.update(chunk)
    return hashed.hexdigest()


def path_of(folder: Path, sha256: str, name: str) -> Path:
    """Where the original with this hash stands; the suffix is that of its name, where it is a plain one."""
    suffix = PurePath(name).suffix.lower()
    return folder / sha256[:2] / f"{sha256}{suffix if _SUFFIX.match(suffix) else ''}"


def keep_file(folder: Path, path: Path, sha256: str) -> int:
    """Copy a file; nothing is done where its copy stands already, as long as the original.

    Returns:
        Its size in bytes.

    Raises:
        ReadError: the file changed since it was hashed, or cannot be read.
        StoreError: there is no space for it.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ReadError(f"No file at {str(path)!r}: an existing file is needed. Check the path.") from error
    return _keep(folder, path.name, sha256, _chunks(path), size=size, where=str(path))


def keep_bytes(folder: Path, name: str, data: bytes, sha256: str) -> int:
    """Write bytes, such as a page from an address; see `keep_file`."""
    return _keep(folder, name, sha256, [data], size=len(data), where=name)


def drop_unfinished(folder: Path) -> int:
    """Delete copies that an interrupted writer left unfinished, and tell how many. Needs the writer's lock."""
    unfinished = list(folder.glob(f"*/*{_TEMPORARY}"))
    for path in unfinished:
        path.unlink(missing_ok=True)
    return len(unfinished)


def _keep(folder: Path, name: str, sha256: str, chunks: Iterable[bytes], *, size: int, where: str) -> int:
    target = path_of(folder, sha256, name)
    if target.exists() and target.stat().st_size == size:
        return size
    temporary = target.with_name(target.name + _TEMPORARY)
    hashed = hashlib.sha256()
    with _no_space_told(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as stream:
                for chunk in chunks:
                    stream.write(chunk)
                    hashed.update(chunk)
            if hashed.hexdigest() != sha256:
                raise ReadError(
                    f"A file that changes while it is read at {where!r}: it has to stand still. Add it again."
                )
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return size


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise ReadError(f"No file at {str(path)!r}: an existing file is needed. Check the path.") from error
    except OSError as error:
        raise ReadError(
            f"Unreadable file at {str(path)!r} ({error.strerror}): a readable file is needed. Check its permissions."
        ) from error


@contextmanager
def _no_space_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = "No space left" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "No original can be written"
        raise StoreError(
            f"{why} in {str(folder)!r} ({error.strerror}): each added file is copied there. Free some space or check "
            "the permissions, and run the command again: what is stored stays."
        ) from error
