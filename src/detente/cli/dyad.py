"""`detente dyad`: the history of one pair, with its turning points and the sentences behind them."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import (
    CalibrationOption,
    ClassesOption,
    Every,
    RecordsArgument,
    Shape,
    Source,
    StepOption,
    as_json,
    period_option,
    read_constants,
    read_records,
    refuse,
)
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.cli.dyad_report import Asked
    from detente.cli.measured import Read


def dyad(
    a: Annotated[str, typer.Argument(metavar="A", help="Id of one side, such as PAK; see `detente who`.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the other side.")],
    files: RecordsArgument,
    since: Annotated[str | None, typer.Option(metavar="MONTH", help="First month shown, such as 2003-02.")] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month that counts.")] = None,
    step: StepOption = Every.MONTH,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json for everything, csv of months.")] = (
        Shape.TABLE
    ),
    directed: Annotated[bool, typer.Option("--directed", help="Only what A does to B.")] = False,
    sources: Annotated[
        Source, typer.Option(help="Keep sources apart by who speaks, or pool all of them.")
    ] = Source.ALL,
    classes: ClassesOption = None,
    pooled: Annotated[bool, typer.Option("--pooled", help="Also pool the classes of sources that are apart.")] = False,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="ID", help="What if the story of this record were not told?"),
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What if these acts were told? CSV: date,actor,recipient,type.")
    ] = None,
    drivers: Annotated[int, typer.Option(min=0, max=50, help="Stories to name at each turning point.")] = 3,
    calibration: CalibrationOption = None,
) -> None:
    """Show how the relation of two sides moved, how sure that is, and what moved it.

    Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong usage or nothing to measure.
    """
    from detente.cli.dyad_report import Asked

    start, end = period_option(since, "since", step), period_option(until, "until", step, last=True)
    try:
        read = read_records(files, source=sources, classes=classes, step=step)
        asked = Asked(
            a, b, since=start, last=end, directed=directed, drivers=drivers, calibration=read_constants(calibration)
        )
        report = _measured(read, asked, without or [], scenario, pooled=pooled)
    except DataError as error:
        refuse(str(error))
    _check_since(report, since, step)
    _write(report, read, shape, step)
    if read.failed:
        raise typer.Exit(1)


def _measured(read: Read, asked: Asked, without: list[str], scenario: Path | None, *, pooled: bool) -> dict[str, Any]:
    from detente.cli.dyad_report import report_by_class, report_of, scenario_of

    apart = len(read.built.reports.sources) > 1
    if apart and not pooled:
        if without or scenario:
            raise DataError(
                "A scenario with classes of sources apart: one line is changed. Add --pooled, or no classes."
            )
        return report_by_class(read, asked)
    report = report_of(read, asked, by_class=apart)
    if without or scenario:
        report["scenario"] = scenario_of(read, asked, without, scenario)
    return report


def _check_since(report: dict[str, Any], since: str | None, step: Every) -> None:
    for one in report.get("classes", {"": report}).values():
        if not one[f"{step}s"]:
            refuse(f"{since!r} in --since: the last {step} told is {one['last']}. Choose an earlier one.")


def _write(report: dict[str, Any], read: Read, shape: Shape, step: Every) -> None:
    from detente.cli.dyad_shown import shown, shown_by_class

    if shape is Shape.JSON:
        typer.echo(as_json(report))
    elif shape is Shape.CSV:
        rows = [
            {**({"class": name} if name else {}), **row}
            for name, one in report.get("classes", {"": report}).items()
            for row in one[f"{step}s"]
        ]
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    else:
        lines = shown_by_class(report, read) if "classes" in report else shown(report, read)
        typer.echo("\n".join(lines))
