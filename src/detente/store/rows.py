"""Rows into tables, by statements that are made once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert

from detente.store.schema import METADATA

Row = dict[str, Any]

# SQLAlchemy takes longer to make a statement than SQLite to run it.
_INSERTS = {table: insert(table) for table in METADATA.tables.values()}


def insert_row(connection: Connection, table: Table, row: Row) -> int:
    """Insert one row and return its key."""
    key = connection.execute(_INSERTS[table], row).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows with the same columns; none is fine."""
    if rows:
        connection.execute(_INSERTS[table], rows)
