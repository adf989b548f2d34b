"""Tables as CSV, Parquet, Arrow or JSON lines.

What enters: a connection with a table `x_<name>`. What leaves: one file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.exports.dictionary import arrow_schema, load_tables

if TYPE_CHECKING:
    import duckdb

PLAIN: Final = {"csv": "{}.csv", "parquet": "{}.parquet", "arrow": "{}.arrow", "jsonl": "{}.jsonl"}
_BATCH: Final = 50_000
# What a spreadsheet would run as a formula gets an apostrophe, as in `detente code --format csv`.
_FORMULA: Final = r"^[=+\-@\t\r]"


def write_plain(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, form: str) -> int:
    """Write a table and return its number of rows."""
    path = folder / PLAIN[form].format(name)
    if form == "csv":
        return _copy(connection, f"SELECT {_guarded(connection, name)} FROM x_{name}", path, "FORMAT csv, HEADER")
    if form == "jsonl":
        return _copy(connection, f"SELECT * FROM x_{name}", path, "FORMAT json")
    return _write_arrow(connection, name, path, form)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> int:
    place = str(path.resolve()).replace("'", "''")
    found = connection.execute(f"COPY ({query}) TO '{place}' ({options})").fetchone()
    return 0 if found is None else int(found[0])


def _guarded(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    columns = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE x_{name})").fetchall()
    return ", ".join(
        f'if(regexp_matches("{column}", \'{_FORMULA}\'), \'\'\'\' || "{column}", "{column}") AS "{column}"'
        if kind == "VARCHAR"
        else f'"{column}"'
        for column, kind in columns
    )


def _write_arrow(connection: duckdb.DuckDBPyConnection, name: str, path: Path, form: str) -> int:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    reader: Any = connection.sql(f"SELECT * FROM x_{name}").to_arrow_reader(_BATCH)
    known = load_tables().get(name)
    schema = reader.schema if known is None else arrow_schema(known)
    rows = 0
    with (
        parquet.ParquetWriter(path, schema, compression="zstd")
        if form == "parquet"
        else pa.ipc.new_file(str(path), schema)
    ) as writer:
        for batch in reader:
            rows += batch.num_rows
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    return rows
