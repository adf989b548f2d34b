"""Connections to a project's SQLite file, their transactions, and what goes wrong with them in words.

What enters: a path. What leaves: an engine whose connections are set up, and `DatabaseError`s as `StoreError`s.
SQLite runs in WAL mode: readers see the last committed state while one process writes. A commit survives the end of
the process, however it comes; after a loss of power the last documents may be missing, but none is half there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from detente.store.errors import StoreError

_WAIT_SECONDS = 30
_WRITES = "detente_writes"
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = NORMAL",
    "wal_autocheckpoint = 8000",  # pages of 4 kB
    "cache_size = -65536",  # kB
    "temp_store = MEMORY",
)
_REMEDIES = (
    ("full", "No space left for {path}", "Free some space and run the command again: what is stored stays"),
    ("locked", "{path} is locked by another program", "Close that program and run the command again"),
    ("readonly", "{path} cannot be written to", "Check the permissions of the file and its folder"),
    ("not a database", "{path} is no SQLite file", "Name the folder of a project, or restore a backup"),
    ("malformed", "{path} is damaged", "Run `detente check`, and restore a backup if it finds errors"),
    ("unable to open", "{path} cannot be opened", "Check the name and the permissions"),
    ("disk i/o", "The disk of {path} fails or is full", "Check the disk, then run the command again"),
)


def connect(path: Path) -> Engine:
    """Make an engine over an SQLite file; nothing is opened yet."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def use_wal(engine: Engine) -> None:
    """Set the file's journal mode, which it keeps; SQLite does so outside of transactions only."""
    with told(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database, whoever writes meanwhile."""
    with told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that is committed at the end, or undone by an error."""
    with told(engine), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Raise what the database complains of as StoreError, in words."""
    try:
        yield
    except DatabaseError as error:
        cause = str(error.orig)
        path = repr(engine.url.database)
        for sign, found, remedy in _REMEDIES:
            if sign in cause.lower():
                raise StoreError(f"{found.format(path=path)} ({cause}). {remedy}.") from error
        raise


def _prepare(connection: Any, _: object) -> None:
    # Transactions are begun by us: the driver's own would not cover what it takes for no change of data.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
