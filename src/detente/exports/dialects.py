"""Event tables with the column names of ICEWS, GDELT and POLECAT.

What enters: a connection with a selection of events. What leaves: one tab-separated file, with the columns that
`dialects.yaml` lists.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.codebook.codebook import parse_data
from detente.codebook.crosswalk import load_crosswalk

if TYPE_CHECKING:
    import duckdb

DIALECTS: Final = ("icews", "gdelt", "polecat")
# CAMEO's roles, where they differ from the sectors of PLOVER.
_ROLES: Final = {"JRN": "MED", "MED": "HLH", "EUR": "IGO", "UNO": "IGO", "ISM": "NGO", "SOC": "CVL", "PRE": None}


@cache
def _dialects() -> dict[str, Any]:
    found: dict[str, Any] = parse_data(
        (files("detente.exports") / "dialects.yaml").read_text("utf-8"), "exports/dialects.yaml"
    )
    return found


def write_dialect(
    connection: duckdb.DuckDBPyConnection, folder: Path, dialect: str
) -> tuple[str, int, list[dict[str, str]], str]:
    """Write the selected events as a dialect's file.

    Returns:
        The file's name, its number of rows, its fields with what they are made from, and what to know of it.
    """
    row = _dialects()[dialect]
    _prepare(connection)
    columns = ", ".join(f'{expression} AS "{name}"' for name, expression in row["columns"].items())
    path = str((folder / row["file"]).resolve()).replace("'", "''")
    header = f"HEADER {row['header']}"
    # No quotation marks: readers of these files split at tabs. What would break a line becomes a space.
    cleaned = ", ".join(
        f"regexp_replace(\"{name}\"::VARCHAR, '[\\t\\r\\n]+', ' ', 'g') AS \"{name}\"" for name in row["columns"]
    )
    found = connection.execute(
        f"COPY (SELECT {cleaned} FROM (SELECT {columns} FROM dyadic ORDER BY day, event_id, n)) TO '{path}' "
        f"(FORMAT csv, DELIMITER '\\t', QUOTE '', ESCAPE '', {header})"
    ).fetchone()
    fields = [{"name": name, "description": f"From {expression}"} for name, expression in row["columns"].items()]
    return row["file"], 0 if found is None else int(found[0]), fields, row["about"]


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE cameo_names (code VARCHAR, name VARCHAR)")
    connection.executemany(
        "INSERT INTO cameo_names VALUES (?, ?)",
        [[entry.code, entry.name] for entry in load_crosswalk().codes.values()],
    )
    cases = " ".join(f"WHEN '{own}' THEN {'NULL' if role is None else repr(role)}" for own, role in _ROLES.items())
    connection.execute(f"CREATE OR REPLACE TEMP MACRO cameo_role(sector) AS CASE sector {cases} ELSE sector END")
    connection.execute((files("detente.exports") / "dyadic.sql").read_text("utf-8"))
