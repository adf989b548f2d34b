"""`detente export`: records out, in the form that other tools read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.project import SourcesArgument, refuse
from detente.errors import DetenteError


class ExportFormat(StrEnum):
    """What records are exported as."""

    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    JSONL = "jsonl"
    GRAPHML = "graphml"
    JSONLD = "jsonld"
    FTM = "ftm"
    ICEWS = "icews"
    GDELT = "gdelt"
    POLECAT = "polecat"


_PLAIN = (ExportFormat.CSV, ExportFormat.PARQUET, ExportFormat.ARROW, ExportFormat.JSONL)


def export(
    sources: SourcesArgument = None,
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="What is written.")] = ExportFormat.PARQUET,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the files; made if it is missing.")
    ] = Path("export"),
    table: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this table; may be given again [default: all].")
    ] = None,
    involving: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only records with this entity or country on a side; again: with both."),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only records of this day and later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only records of this day and before.")] = None,
    type: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Only events of this type; may be given again.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="Only events of this status; may be given again.")
    ] = None,
    query: Annotated[
        str | None, typer.Option("--sql", metavar="QUERY", help="The rows of this SELECT instead of tables.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> None:
    """Export records as tables, networks or event data, each with a data dictionary, a citation and hashes.

    Exit code: 0 exported, 1 some records were unreadable and the rest is exported, 2 wrong usage.
    """
    from detente.cli.snapshots import snapshot_of
    from detente.exports.dictionary import table_named
    from detente.exports.export import export_query, export_tables
    from detente.exports.selection import Selection

    _check_usage(format, table, query)
    try:
        for name in table or ():
            table_named(name)
        wanted = Selection(
            involving=tuple(involving or ()),
            since=since,
            until=until,
            types=tuple(type or ()),
            statuses=tuple(status or ()),
        )
        if query is not None and not wanted.is_everything:
            refuse("Conditions beside --sql: the query says what is wanted. Put them into its WHERE.")
        with snapshot_of(_sources(sources), quiet=quiet) as found:
            if query is not None:
                written = export_query(found.folder, found.imports, output, format.value, query)
            else:
                written = export_tables(found.folder, output, format.value, wanted=wanted, tables=table or ())
    except DetenteError as error:
        refuse(str(error))
    if not quiet:
        _summarise(written, output, failed=found.failed)
    if found.failed:
        raise typer.Exit(1)


def _check_usage(form: ExportFormat, tables: list[str] | None, query: str | None) -> None:
    if form in _PLAIN:
        if tables and "imported_events" in tables:
            refuse("Table 'imported_events': it lies in the folder imports as Parquet. Use --sql to take rows of it.")
        return
    for option, given in (("--table", bool(tables)), ("--sql", query is not None)):
        if given:
            plain = ", ".join(_PLAIN)
            refuse(f"{option} with format '{form}': it goes with {plain}. Choose one of these, or leave it out.")


def _sources(sources: list[Path] | None) -> list[Path]:
    from detente.store.project import find_project

    return sources or [find_project(Path.cwd())]


def _summarise(written: Mapping[str, int], output: Path, *, failed: int) -> None:
    counted = ", ".join(f"{name} ({rows:,})" for name, rows in written.items())
    missed = f"; {failed} unreadable" if failed else ""
    typer.echo(f"In '{output}': {counted}{missed}", err=True)
