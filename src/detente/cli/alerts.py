"""`detente alerts`: pairs whose last months surprise."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from detente.cli.measured import RecordsArgument, Shape, as_json, month_option, read_records, refuse, teller
from detente.errors import DataError


def alerts(
    files: RecordsArgument,
    since: Annotated[
        str | None, typer.Option(metavar="MONTH", help="First month to look at [default: the last one told].")
    ] = None,
    rate: Annotated[float, typer.Option(min=0.001, max=0.5, help="Share of false alerts that is borne.")] = 0.1,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json or csv.")] = Shape.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """List the months in which acts, or how much is told, lie outside what the months before let one expect.

    Only pairs with three reports a month or more are looked at. Exit code: 0 looked, 1 some lines were unreadable and
    the rest is looked at, 2 wrong usage or nothing to measure.
    """
    from detente.measure.alerts import alerts_of
    from detente.measure.index import survey
    from detente.measure.reports import month_name

    start = month_option(since, "since")
    tell = teller(wanted=not quiet)
    try:
        read = read_records(files)
        known = survey(read.built.reports)
    except DataError as error:
        refuse(str(error))
    found = alerts_of(known, since=start, rate=rate, tell=lambda done, all: tell(f"{done:,} of {all:,} pairs"))
    tell("")
    rows = [
        {**asdict(one), "pair": "–".join(one.pair), "month": month_name(one.month), "records": list(one.records)}
        for one in found
    ]
    if shape is Shape.JSON:
        typer.echo(as_json(rows))
    elif shape is Shape.CSV:
        typer.echo("pair,month,channel,z,p,records")
        for row in rows:
            joined = ";".join(row["records"])
            typer.echo(f"{row['pair']},{row['month']},{row['channel']},{row['z']:.3f},{row['p']:.3g},{joined}")
    else:
        for row in rows:
            change = {"warmth": ("colder", "warmer"), "salience": ("less told", "more told")}[row["channel"]]
            figures = f"z {row['z']:+.1f}, p {row['p']:.1e}, {len(row['records'])} records"
            typer.echo(f"{row['month']}  {row['pair']}  {change[row['z'] > 0]} than expected ({figures})")
        typer.echo(f"{len(rows)} alerts, of which at most {rate:.0%} are expected to be false.")
    if read.failed:
        raise typer.Exit(1)
