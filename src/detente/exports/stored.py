"""How a table lies in a folder: as one Parquet file, or parted into files below a folder of its name.

What enters: a folder of tables. What leaves: the view of a table in DuckDB. The tables of a project are single files,
those of an archive are parted by year and month.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.exports.dictionary import Table

if TYPE_CHECKING:
    import duckdb

_KINDS: Final = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


def create_view(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, *, partitions: tuple[str, ...] = ()
) -> None:
    """Make the view of a table, in place of one of its name.

    Args:
        folder: where the table lies; a parted table without files has no rows.
        partitions: which of the names of its folders, such as `year`, are columns beside its own.
    """
    connection.execute(f"CREATE OR REPLACE VIEW {table.name} AS {_query(table, folder.resolve(), partitions)}")


def create_empty(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make a table without rows."""
    columns = ", ".join(f'"{column.name}" {_KINDS[column.kind]}' for column in table.columns)
    connection.execute(f"CREATE TABLE {table.name} ({columns})")


def _query(table: Table, folder: Path, partitions: tuple[str, ...]) -> str:
    if not (folder / table.name).is_dir():
        return f"SELECT * FROM read_parquet({_quoted(folder / f'{table.name}.parquet')})"
    own = [f'"{column.name}"' for column in table.columns]
    if not any((folder / table.name).rglob("*.parquet")):
        kinds = [f'NULL::{_KINDS[column.kind]} AS "{column.name}"' for column in table.columns]
        return f"SELECT {', '.join([*kinds, *(f'NULL::BIGINT AS {name}' for name in partitions)])} WHERE false"
    pattern = _quoted(folder / table.name / "**" / "*.parquet")
    return f"SELECT {', '.join([*own, *partitions])} FROM read_parquet({pattern}, hive_partitioning = true)"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
