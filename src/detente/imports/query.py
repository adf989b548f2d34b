"""The SQL of one import: rows as they came → tidy rows, and what is wrong with the others.

What enters: a layout and staged texts of that layout. What leaves: SQL over a connection that `prepare` made ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from detente.imports.crosswalks import sectors_of
from detente.imports.layouts import Layout
from detente.imports.lines import line_batches
from detente.imports.lookups import make_lookups
from detente.imports.staging import Staged
from detente.imports.world import World

if TYPE_CHECKING:
    import duckdb

_KEY_LENGTH: Final = 12
_LINES: Final = "arriving_lines"
_ABSENT: Final = "\x02"


def prepare(connection: duckdb.DuckDBPyConnection, layout: Layout, texts: Sequence[Staged], world: World) -> None:
    """Make lookup tables, variables and the list of files for the queries below."""
    make_lookups(connection, layout, world)
    sectors = sorted(sectors_of(layout.sectors))
    variables = {
        "dataset": layout.dataset,
        "has_ids": layout.has_ids,
        "fewest": layout.fewest,
        "most": len(layout.columns),
        "header": texts[0].first_line if layout.has_header else None,
        "sector_keys": sectors,
        "kinds": f"^({'|'.join(sectors)})",
    }
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute("CREATE OR REPLACE TEMP TABLE files (file INTEGER, name VARCHAR, file_key VARCHAR)")
    for file, text in enumerate(texts):
        connection.execute("INSERT INTO files VALUES (?, ?, ?)", [file, text.name, text.sha256[:_KEY_LENGTH]])


@contextmanager
def lines_of(connection: duckdb.DuckDBPyConnection, layout: Layout, texts: Sequence[Staged]) -> Iterator[None]:
    """Let one of the queries below read the lines of the texts; they are read once."""
    if layout.is_quoted:
        yield
        return
    connection.register(_LINES, line_batches(texts, ends_with=layout.separator))
    try:
        yield
    finally:
        connection.unregister(_LINES)


def make_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the small functions that the queries of the layouts use."""
    connection.execute(_sql("macros"))


def tidy_query(layout: Layout, texts: Sequence[Staged]) -> str:
    """SELECT the tidy rows."""
    return f"{_judged(layout, texts)}{_sql('columns')}"


def reject_query(layout: Layout, texts: Sequence[Staged]) -> str:
    """SELECT the rows that cannot be taken, with the reason, in order."""
    return (
        f"{_judged(layout, texts)}SELECT source_file, source_row, source_event_id, reason FROM judged "
        "WHERE reason IS NOT NULL ORDER BY file_key, source_row"
    )


def _judged(layout: Layout, texts: Sequence[Staged]) -> str:
    raw = _quoted_rows(layout, texts[0]) if layout.is_quoted else _plain_rows(layout)
    return f"WITH raw AS ({raw}), parsed AS ({layout.query}){_sql('tidy')}"


def _plain_rows(layout: Layout) -> str:
    """Rows of tab-separated text without quotation."""
    cells = [f's[{number}] AS "{name}"' for number, name in enumerate(layout.columns, 1)]
    if layout.is_ragged:
        cells = [cell.replace(" AS ", ", '') AS ").replace("s[", "coalesce(s[", 1) for cell in cells]
    separator = _literal(layout.separator)
    header = f"AND line <> getvariable('header') || {separator}" if layout.has_header else ""
    return f"""
        SELECT f.file_key, f.name AS source_file, number AS source_row, len(s) - 1 AS fields,
            {", ".join([*cells, *_absent(layout)])}
        FROM (
            SELECT file, number, string_split(line, {separator}) AS s
            FROM {_LINES} WHERE line <> {separator} {header}
        ) JOIN files AS f USING (file)"""


def _quoted_rows(layout: Layout, text: Staged) -> str:
    """Rows of quoted text: numbered from 1 after the header. A last column too many shows rows that are too long."""
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in (*layout.columns, "beyond"))
    count, last = len(layout.columns), layout.columns[-1]
    return f"""
        SELECT f.file_key, f.name AS source_file, number AS source_row,
            CASE WHEN beyond IS NOT NULL THEN {count + 1} WHEN "{last}" IS NULL THEN {count - 1} ELSE {count} END
                AS fields,
            {", ".join([*(f'"{name}"' for name in layout.columns), *_absent(layout)])}
        FROM (
            SELECT *, row_number() OVER () AS number
            FROM read_csv({_literal(str(text.path))}, auto_detect = false, strict_mode = false, null_padding = true,
                parallel = false, header = true, delim = {_literal(layout.separator)}, quote = '"', escape = '"',
                nullstr = {_literal(_ABSENT)}, columns = {{{columns}}})
        ) CROSS JOIN files AS f"""


def _absent(layout: Layout) -> list[str]:
    return [f"'' AS \"{name}\"" for name in layout.missing]


def _sql(name: str) -> str:
    return (files("detente.imports") / "sql" / f"{name}.sql").read_text("utf-8")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
