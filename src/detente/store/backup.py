"""A copy of the database, taken while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from detente.store.errors import StoreError
from detente.store.project import Project

_PAGES_AT_ONCE = 10_000


def back_up(project: Project, target: Path) -> int:
    """Copy the database to a file, which appears whole or not at all.

    Writers go on; the copy holds the state of one moment, as SQLite's backup interface gives it.

    Returns:
        The size of the copy in bytes.

    Raises:
        StoreError: the target exists already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"A file at {str(target)!r} already: backups overwrite nothing. Choose another name.")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(project.database, temporary)
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"No backup at {str(target)!r} ({error}): a folder that can be written to, with space for "
            f"{project.database.stat().st_size / 1e6:,.0f} MB, is needed. Choose another."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(database: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")  # one state, however long the copying takes and whoever writes
        source.execute("SELECT count(*) FROM meta").fetchone()
        source.backup(copy, pages=_PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode = DELETE")
