"""One writer at a time: a lock that the operating system frees when its process ends, however that ends.

What enters: the project's folder. What leaves: the lock, held; or an error that names who holds it. Readers need
no lock. A note beside the lock says who writes; a note without a lock tells that the last writer was interrupted.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from detente.store.errors import StoreError

LOCK = "writer.lock"
NOTE = "writer.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes: the process, its machine, what it does, and since when (UTC)."""

    pid: int
    host: str
    doing: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} ({self.doing}, since {self.since})"


@contextmanager
def writer_lock(root: Path, *, doing: str, since: str) -> Iterator[Holder | None]:
    """Hold the project's lock.

    Yields:
        Who held it last, where that writer was interrupted; else None.

    Raises:
        StoreError: another process holds it, or the folder cannot be written to.
    """
    lock, note = FileLock(root / LOCK), root / NOTE
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreError(
            f"Project {str(root)!r} is being written by {_read(note) or 'another process'}: one writer at a time. "
            "Wait until it has ended, or end it; reading works meanwhile."
        ) from error
    except OSError as error:
        raise StoreError(
            f"No lock in project {str(root)!r} ({error.strerror}): a folder that can be written to is needed. Check "
            "its permissions and the space on its disk."
        ) from error
    try:
        interrupted = _read(note)
        _write(note, Holder(os.getpid(), socket.gethostname(), doing, since))
        yield interrupted
    finally:
        # Exceptions end here too: only a process that was killed leaves its note behind.
        note.unlink(missing_ok=True)
        lock.release()


def _read(note: Path) -> Holder | None:
    try:
        return Holder(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(note: Path, holder: Holder) -> None:
    try:
        note.write_text(json.dumps(asdict(holder)), encoding="utf-8")
    except OSError:
        # On a full disk the lock holds all the same; only its note is missing.
        note.unlink(missing_ok=True)
