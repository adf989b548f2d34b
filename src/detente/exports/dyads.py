"""Directed pairs of states by month and year, counted from the tables of a snapshot.

What enters: a folder with `events`, `event_sides` and `documents` in Parquet. What leaves: `dyad_month` and `dyad_year`
beside them, with a row for every pair that meets and every month or year from the first to the last document.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.exports.dictionary import arrow_schema, table_named
from detente.exports.rows import CodesOn
from detente.exports.stored import create_view

if TYPE_CHECKING:
    import duckdb

_SHOWN: Final = {"month": "u.unit", "year": "year(u.unit)"}


def write_dyads(folder: Path, *, codes_on: CodesOn) -> dict[str, int]:
    """Write both tables and return their numbers of rows."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        for name in ("events", "event_sides", "documents"):
            create_view(connection, table_named(name), folder)
        return {f"dyad_{unit}": _write(connection, folder, unit, codes_on) for unit in ("month", "year")}


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, unit: str, codes_on: CodesOn) -> int:
    import pyarrow.parquet as parquet

    _make_units(connection, unit)
    _make_codes(connection, unit, codes_on)
    table = table_named(f"dyad_{unit}")
    schema = arrow_schema(table)
    query = (files("detente.exports") / "dyads.sql").read_text("utf-8").format(unit=unit, shown=_SHOWN[unit])
    rows = 0
    with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as writer:
        for batch in connection.sql(query).to_arrow_reader(100_000):
            rows += batch.num_rows
            writer.write_table(_fitted(batch, schema))
    return rows


def _fitted(batch: Any, schema: Any) -> Any:
    """A batch as a table with the schema's types and notes."""
    import pyarrow as pa

    return pa.Table.from_batches([batch]).select(schema.names).cast(schema)


def _make_units(connection: duckdb.DuckDBPyConnection, unit: str) -> None:
    """Months or years from the first to the last document, and how many documents were read in each."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE covered AS
        SELECT date_trunc('{unit}', date_start)::DATE AS unit, count(*) AS n FROM documents
        WHERE is_coded AND date_trunc('{unit}', date_start) = date_trunc('{unit}', date_end) GROUP BY ALL"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE units AS
        SELECT unnest(generate_series(min(unit), max(unit), INTERVAL 1 {unit}))::DATE AS unit FROM covered"""
    )


def _make_codes(connection: duckdb.DuckDBPyConnection, unit: str, codes_on: CodesOn) -> None:
    states = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT country FROM event_sides WHERE iso3 IS NOT NULL OR gw IS NOT NULL ORDER BY 1"
        ).fetchall()
    ]
    units = [row[0] for row in connection.execute("SELECT unit FROM units ORDER BY 1").fetchall()]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE codes (state VARCHAR, unit DATE, iso3 VARCHAR, cow BIGINT, gw BIGINT)"
    )
    if states and units:
        import pyarrow as pa

        columns = list(zip(*_codes(states, units, unit, codes_on), strict=True))
        kinds = (pa.string(), pa.date32(), pa.string(), pa.int64(), pa.int64())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        connection.register("arriving", pa.table(arrays, names=["state", "unit", "iso3", "cow", "gw"]))
        connection.execute("INSERT INTO codes SELECT * FROM arriving")
        connection.unregister("arriving")


def _codes(states: list[str], units: list[date], unit: str, codes_on: CodesOn) -> Iterator[tuple[Any, ...]]:
    """Codes on the last day of a month or year; of a state that ended within it, those on its first day."""
    for state in states:
        for first in units:
            found = codes_on(state, _last_day(first, unit)) or codes_on(state, first)
            if found is None:
                yield state, first, None, None, None
            else:
                yield state, first, found.iso3, found.cow_number, found.gw_number


def _last_day(first: date, unit: str) -> date:
    month = 12 if unit == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])
