"""`detente sql`: ask the tables of a project in SQL."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.project import SourcesArgument, refuse
from detente.errors import DetenteError

_SHOWN = 40
_BATCH = 1_000


class SqlFormat(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT in the SQL of DuckDB; - is stdin.")],
    sources: SourcesArgument = None,
    format: Annotated[SqlFormat, typer.Option("--format", "-f", help="How rows are written.")] = SqlFormat.TABLE,
    rows: Annotated[int, typer.Option(min=1, help="Rows that a table shows.")] = _SHOWN,
    no_refresh: Annotated[
        bool, typer.Option("--no-refresh", help="Ask the tables as they are, though the project has changed.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on standard error.")] = False,
) -> None:
    """Ask the tables of a project, and events imported into it, in SQL. Nothing can be changed.

    The tables are events, event_sides, stances, statements, memberships, documents, evidence, entities, dyad_month,
    dyad_year and imported_events. Exit code: 0 answered, 1 some records were unreadable, 2 wrong usage.
    """
    from detente.cli.snapshots import Snapshot, snapshot_of
    from detente.exports.opened import opened_tables, run_query
    from detente.store.project import find_project

    query = sys.stdin.read() if query == "-" else query
    try:
        named = sources or [find_project(Path.cwd())]
        with snapshot_of(named, quiet=quiet, refreshed=not no_refresh) as found:
            tables: Snapshot = found
            with opened_tables(tables.folder, tables.imports) as connection:
                _write(run_query(connection, query), format, shown=rows)
    except DetenteError as error:
        refuse(str(error))
    if tables.failed:
        raise typer.Exit(1)


def _write(result: Any, form: SqlFormat, *, shown: int) -> None:
    import duckdb

    from detente.errors import DataError

    columns = [name for name, *_ in result.description]
    try:
        if form is SqlFormat.TABLE:
            _write_table(columns, result.fetchmany(shown + 1), shown)
            return
        writer = csv.writer(sys.stdout, lineterminator="\n")
        if form is SqlFormat.CSV:
            writer.writerow(columns)
        while found := result.fetchmany(_BATCH):
            for row in found:
                if form is SqlFormat.CSV:
                    writer.writerow(["" if value is None else value for value in row])
                else:
                    named = dict(zip(columns, row, strict=True))
                    typer.echo(json.dumps(named, ensure_ascii=False, default=str))
    except duckdb.Error as error:
        raise DataError(f"Query that fails on the way ({error}): its values have to fit. Change it.") from error


def _write_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], shown: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        is_number = any(isinstance(row[number], int | float) and not isinstance(row[number], bool) for row in rows)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows[:shown]:
        table.add_row(*(Text(_shown(value)) for value in row))
    Console(soft_wrap=not sys.stdout.isatty(), highlight=False).print(table)
    if len(rows) > shown:
        typer.echo(f"… more rows: the first {shown} are shown. --rows shows more, --format csv writes all.", err=True)
    elif not rows:
        typer.echo("No rows.", err=True)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
