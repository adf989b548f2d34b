"""`detente pressure`: what follows between A and B when C turns cooler or warmer toward A."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import RecordsArgument, as_json, read_records, refuse
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.pressure import Pressure


def pressure(
    third: Annotated[str, typer.Argument(metavar="C", help="Id of the third that leans on A, such as USA.")],
    actor: Annotated[str, typer.Argument(metavar="A", help="Id of the side that is leant on, such as PAK.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Id of the side to which A may turn, such as RUS.")],
    files: RecordsArgument,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> None:
    """Show what was reported between A and B in the half year after news of C toward A, beside placebo thirds.

    An association, never a cause. Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong
    usage or too little to measure.
    """
    from detente.measure.index import survey
    from detente.measure.pressure import pressure_in
    from detente.measure.rules import Rules

    if len({third, actor, other}) < 3:
        refuse(f"{third}, {actor} and {other}: three sides are needed. Write for example USA PAK RUS.")
    try:
        read = read_records(files)
        reports = read.built.reports
        first, last = int(reports.month.min()), int(reports.month.max())
        pooled, directed = (survey(reports, Rules(directed=way), first=first, last=last) for way in (False, True))
        found = pressure_in(pooled, directed, (third, actor, other))
    except DataError as error:
        refuse(str(error))
    typer.echo(as_json(_plain(found)) if json_wanted else _shown(found))
    if read.failed:
        raise typer.Exit(1)


def _plain(found: Pressure) -> dict[str, Any]:
    response = found.response
    return {
        "third": found.third,
        "actor": found.actor,
        "other": found.other,
        "after": [
            {"months": months, "response": float(value), "error": float(error)}
            for months, (value, error) in enumerate(zip(response.after, response.errors, strict=True), 1)
        ],
        "mean": response.mean,
        "t": response.t,
        "months": response.months,
        "placebos": dict(found.placebos),
        "p": found.p_value,
        "sentence": found.sentence,
        "method": found.method,
        "rules": list(found.rules),
        "records": list(found.records),
    }


def _shown(found: Pressure) -> str:
    lines = [found.sentence, "months after  response   ± (90%)"]
    for months, (value, error) in enumerate(zip(found.response.after, found.response.errors, strict=True), 1):
        lines.append(f"{months:>12}  {value:>+8.3f}  {1.645 * error:>8.3f}".replace("-", "−"))
    lines.append(f"{len(found.records)} records. {found.method}. {' '.join(found.rules)}")
    return "\n".join(lines)
