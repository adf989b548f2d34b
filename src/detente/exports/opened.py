"""Tables in Parquet → a DuckDB connection that sees them by name and can do nothing but read them.

What enters: the folder of a snapshot, and that of imports if there are any. What leaves: a connection whose access to
files is locked to these folders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import DataError
from detente.exports.dictionary import table_named
from detente.exports.snapshot import TABLES
from detente.exports.stored import create_empty, create_view

if TYPE_CHECKING:
    import duckdb

_IMPORTS: Final = "*/*/*/*.parquet"
_READING: Final = ("SELECT", "EXPLAIN")


@contextmanager
def opened_tables(
    snapshot: Path | None, imports: Path | None = None, *, out: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection with a view of each table: those of a snapshot, and `imported_events`.

    Without imports, `imported_events` is there and empty. Files elsewhere can be neither read nor written.

    Args:
        out: a folder that files may be written to.
    """
    import duckdb

    places = (snapshot, imports, out)
    folders = [str(folder.resolve()) for folder in places if folder is not None and folder.is_dir()]
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET allowed_directories = ?", [folders])
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET TimeZone = 'UTC'")
        if snapshot is not None:
            for name in TABLES:
                create_view(connection, table_named(name), snapshot)
        found = imports is not None and any(imports.glob(_IMPORTS))
        if found and imports is not None:
            _view(connection, "imported_events", imports.resolve() / _IMPORTS)
        else:
            create_empty(connection, table_named("imported_events"))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def run_query(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyConnection:
    """Run one query that reads; its rows are then fetched from what comes back.

    Raises:
        DataError: it is not one statement, does more than reading, or is wrong.
    """
    import duckdb

    try:
        statements = connection.extract_statements(query)
        kinds = [statement.type.name for statement in statements]
        if len(kinds) != 1 or kinds[0] not in _READING:
            told = ", ".join(kinds).lower() or "nothing"
            raise DataError(
                f"Query with {told}: one SELECT is allowed, since tables are only read. Write for example "
                '"SELECT event_type, count(*) FROM events GROUP BY ALL".'
            )
        return connection.execute(query)
    except duckdb.Error as error:
        raise DataError(f"Query that DuckDB refuses ({_plain(error)}): {_hint(connection)}") from error


def _plain(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return "; ".join(line for line in lines if not line.startswith(("LINE", "^")))


def _hint(connection: duckdb.DuckDBPyConnection) -> str:
    names: Sequence[tuple[str]] = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION SELECT table_name FROM duckdb_tables() "
        "ORDER BY 1"
    ).fetchall()
    listed = ", ".join(name for (name,) in names)
    return f"the tables are {listed}. `DESCRIBE events` lists the columns of one."


def _view(connection: duckdb.DuckDBPyConnection, name: str, pattern: Path) -> None:
    path = str(pattern).replace("'", "''")
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}', hive_partitioning = true)")
