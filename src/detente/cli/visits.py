"""`detente visits`: what happened around the visits between two sides, or between all pairs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from detente.cli.measured import RecordsArgument, as_json, read_records, refuse
from detente.errors import DataError


def visits(
    files: RecordsArgument,
    pair: Annotated[
        str | None, typer.Option(metavar="A-B", help="One pair, such as PAK-RUS; all pairs without it.")
    ] = None,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the placebo studies.")] = 0,
) -> None:
    """Compare the half year after visits with that before, and both with months without one.

    What is found is an association, never an effect. The visits' own stories are left out. Exit code: 0 studied, 1 some
    lines were unreadable, 2 wrong usage or nothing to measure.
    """
    from detente.measure.index import survey
    from detente.measure.visits import VisitMonth, visit_effect, visit_months, without_talks

    try:
        read = read_records(files)
        reports = read.built.reports
        months: list[VisitMonth] = visit_months(read.built)
        known = survey(without_talks(reports), first=int(reports.month.min()), last=int(reports.month.max()))
        if pair is not None:
            sides = tuple(sorted(pair.split("-")))
            if len(sides) != 2:
                raise DataError(f"{pair!r} in --pair: two ids with a hyphen are needed. Write for example PAK-RUS.")
            months = [one for one in months if (one.a, one.b) == sides]
    except DataError as error:
        refuse(str(error))
    told = [one for one in months if known.stories.find((one.a, one.b)) is not None]
    effect = visit_effect(known, [(one.a, one.b, one.month) for one in told], seed=seed)
    if json_wanted:
        records = sorted({record for one in told for record in one.records})
        figures = {name: None if value != value else value for name, value in asdict(effect).items()}
        typer.echo(as_json({**figures, "wording": effect.wording, "records": records}))
    else:
        if effect.visits:
            typer.echo(f"{effect.visits} months with visits; warmth after less before {effect.effect:+.2f} (theta),")
            typer.echo(f"p {effect.p:.3f}; before the visits {effect.trend:+.2f}, p {effect.trend_p:.3f}.")
        typer.echo(effect.wording)
    if read.failed:
        raise typer.Exit(1)
