"""What was done to a project and when: runs, the files they took in, and what failed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from detente.records import Provenance
from detente.store.rows import insert_row
from detente.store.schema import FAILURES, ORIGINALS, RUNS, SOURCES
from detente.store.writer import coder_key

# SQLite takes 32,766 values in a statement; many thousands at once, as one pass over the sources serves them all.
_AT_ONCE = 10_000


def start_run(
    connection: Connection,
    command: str,
    options: Mapping[str, Any],
    *,
    started_at: str,
    coder: Provenance | None = None,
) -> int:
    """Note that a command begins; `coder` tells what it codes with.

    Returns:
        The key of the run.
    """
    packed = json.dumps(options, ensure_ascii=False, sort_keys=True)
    row = {"command": command, "options": packed, "started_at": started_at, "counts": "{}"}
    made_by = coder_key(connection, coder) if coder is not None else None
    return insert_row(connection, RUNS, {**row, "coder_key": made_by})


def end_run(connection: Connection, run_key: int, counts: Mapping[str, int], *, ended_at: str | None) -> None:
    """Note what a run did; `ended_at` is None while it goes on."""
    values = {"counts": json.dumps(counts), "ended_at": ended_at}
    connection.execute(update(RUNS).where(RUNS.c.key == run_key).values(values))


def add_failure(connection: Connection, run_key: int, path: str, reason: str) -> None:
    """Note what could not be read or coded."""
    connection.execute(insert(FAILURES).values(run_key=run_key, path=path, reason=reason))


def is_complete(connection: Connection, sha256: str) -> bool:
    """Whether all documents of a file with this hash are stored."""
    return bool(connection.scalar(select(ORIGINALS.c.complete).where(ORIGINALS.c.sha256 == sha256)))


def known_paths(connection: Connection, paths: Sequence[str]) -> set[str]:
    """Which of some files or addresses gave documents, and are stored whole."""
    whole = ORIGINALS.c.sha256 == SOURCES.c.original, ORIGINALS.c.complete
    query = select(SOURCES.c.path).where(*whole, SOURCES.c.path.in_(bindparam("wanted", expanding=True))).distinct()
    parts = (paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE))
    return {path for part in parts for path in connection.scalars(query, {"wanted": list(part)})}


def add_original(connection: Connection, sha256: str, name: str, *, size: int, kept: bool) -> None:
    """Note a file; a second one with the same bytes changes nothing, but that a copy may be kept now."""
    known = ORIGINALS.c.sha256 == sha256
    if connection.scalar(select(ORIGINALS.c.sha256).where(known)) is None:
        row = {"sha256": sha256, "name": name, "bytes": size, "kept": kept, "complete": False}
        connection.execute(insert(ORIGINALS).values(row))
    elif kept:
        connection.execute(update(ORIGINALS).where(known).values(kept=True))


def complete_original(connection: Connection, sha256: str) -> None:
    """Note that all documents of a file are stored, so that it need not be read again."""
    connection.execute(update(ORIGINALS).where(ORIGINALS.c.sha256 == sha256).values(complete=True))
