"""`detente import`: event data of others in, tidy tables out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.project import refuse
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.imports import FileReport, World


class Dataset(StrEnum):
    """Event data that can be imported."""

    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"
    PETRARCH = "petrarch"
    UCDP = "ucdp"
    ACLED = "acled"


def import_(
    dataset: Annotated[
        Dataset, typer.Argument(metavar="DATASET", help="gdelt, icews, polecat, petrarch, ucdp, acled.")
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files as published: text, .zip or .gz.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Where the tables go; made if it is missing.")
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option("--project", "-p", metavar="DIR", help="The project [default: this folder or the nearest above]."),
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor cores to use [default: all].")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Import event data of others: each row in our terms, with the file and row that it stands in.

    Tables go to --output, or into the folder `imports` of the project; they never mix with records that words prove.
    What is there already is not read again. Exit code: 0 all files imported, 1 some failed or rows were refused and
    the rest is imported, 2 wrong usage.
    """
    from detente.exports import imported_notes
    from detente.imports import import_events

    out = _place(output, project)
    started = time.monotonic()
    reports: list[FileReport] = []
    try:
        with _progress(files, wanted=not quiet) as tell:
            for report in import_events(
                dataset.value, files, out, world=load_world(), notes=imported_notes(), threads=threads, on_progress=tell
            ):
                reports.append(report)
                _tell(report)
        _describe(out)
    except DetenteError as error:
        refuse(str(error))
    if not quiet:
        _summarise(reports, time.monotonic() - started)
    if any(report.error or report.rejected for report in reports):
        raise typer.Exit(1)


def load_world() -> World:
    """States with their codes, and the names of actors, as imports need them.

    Of persons those are named whose name is nobody else's and who held office in one state only; what their sector is
    depends on the day and is left open.
    """
    from detente.imports import Known, World
    from detente.resolve.knowledge import load_knowledge
    from detente.resolve.state_codes import load_state_codes
    from detente.resolve.tables import read_table

    names: dict[str, Known] = {}
    states = read_table("states.yaml")
    for table in (states, read_table("organisations.yaml"), read_table("groups.yaml")):
        for key, row in table.items():
            known = Known(key, key) if table is states else Known(key, row.get("country"), row.get("sector"))
            for name in (row["name"], *row.get("names", ())):
                names.setdefault(name.casefold(), known)
    persons: dict[str, Known | None] = {}
    for person in load_knowledge().persons.values():
        countries = {term.country for term in person.terms}
        name = person.name.casefold()
        is_plain = len(countries) == 1 and name not in persons
        persons[name] = Known(person.id, *countries) if is_plain else None
    names = {name: known for name, known in persons.items() if known is not None} | names
    codes: Mapping[str, Sequence[object]] = load_state_codes()
    return World({state: codes.get(state, ()) for state in states}, names)  # type: ignore[misc]


def _place(output: Path | None, project: Path | None) -> Path:
    if output is not None:
        if project is not None:
            refuse("Both --output and --project: tables go to one place. Leave one of them out.")
        return output
    from detente.store.project import DATABASE, find_project

    if project is not None:
        if not (project / DATABASE).is_file():
            refuse(f"No project in '{project}': a folder with {DATABASE} is needed. Make one: detente init DIR.")
        return project / "imports"
    try:
        return find_project(Path.cwd()) / "imports"
    except DetenteError as error:
        refuse(f"{error} Or name a folder with --output.")


def _describe(out: Path) -> None:
    """Put the data dictionary beside the tables."""
    from detente.exports import write_dictionary

    if any(out.glob("*/*/*/*.parquet")):
        write_dictionary(out, ("imported_events",), formats={"imported_events": "*/*/*/*.parquet"})


@contextmanager
def _progress(files: Sequence[Path], *, wanted: bool) -> Iterator[Callable[[str, int], None]]:
    if not wanted or not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console

    done = 0
    with Console(stderr=True).status(f"Reading {len(files)} files") as status:

        def tell(name: str, size: int) -> None:
            nonlocal done
            done += size
            status.update(f"{done / 1e6:,.0f} MB read, last {name}")

        yield tell


def _tell(report: FileReport) -> None:
    if report.error is not None:
        typer.echo(f"Error: {report.error}", err=True)
    if report.rejected:
        what = "row" if report.rejected == 1 else "rows"
        typer.echo(f"{report.name}: {report.rejected:,} {what} refused, listed with reasons in rejects.csv", err=True)
    if report.repaired:
        typer.echo(f"{report.name}: {report.repaired:,} characters were no UTF-8 and are U+FFFD now", err=True)


def _summarise(reports: Sequence[FileReport], seconds: float) -> None:
    rows, rejected = sum(one.rows for one in reports), sum(one.rejected for one in reports)
    new = [one for one in reports if one.error is None and not one.is_known]
    known, failed = sum(one.is_known for one in reports), sum(one.error is not None for one in reports)
    parts = [f"{len(new)} file{'s' * (len(new) != 1)} imported"]
    parts += [f"{known} known already"] if known else []
    parts += [f"{failed} failed"] if failed else []
    refused = f", {rejected:,} refused" if rejected else ""
    typer.echo(f"{', '.join(parts)}: {rows:,} rows{refused} in {seconds:.1f} s", err=True)
