"""`detente compare`: many pairs side by side, or all of them."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.measured import RecordsArgument, Shape, as_json, month_option, read_records, refuse, teller
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.index import Survey

COLUMNS = (
    "a", "b", "month", "now", "low", "high", "year_ago", "change", "change_clear", "reports_a_month", "verdict",
)  # fmt: skip


def compare(
    files: RecordsArgument,
    pair: Annotated[
        list[str] | None,
        typer.Option("--pair", metavar="A-B", help="A pair, such as PAK-RUS; may be repeated. All pairs without it."),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month that counts.")] = None,
    shape: Annotated[Shape, typer.Option("--format", help="table to read, json or csv.")] = Shape.TABLE,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Compare pairs: where they stand, and how that differs from a year before; clear changes first, then by size.

    Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong usage or nothing to measure.
    """
    from detente.measure.index import survey

    end = month_option(until, "until")
    try:
        read = read_records(files)
        known = survey(read.built.reports, last=end)
        places = [known.place(*_sides(one)) for one in pair] if pair else range(len(known.stories.pairs))
    except DataError as error:
        refuse(str(error))
    tell = teller(wanted=not quiet)
    found = []
    for number, place in enumerate(places, 1):
        found.append(standing(known, place))
        if number % 50 == 0:
            tell(f"{number:,} of {len(places):,} pairs")
    tell("")
    found.sort(key=lambda row: (not row["change_clear"], -abs(row["change"]), row["a"], row["b"]))
    _write(found, shape)
    if read.failed:
        raise typer.Exit(1)


def standing(known: Survey, place: int) -> dict[str, Any]:
    """One row for a pair: the smoothed line in the last month and a year before, and whether they differ clearly.

    The change is clear where its interval, of two values that err together by their model's covariance at most, leaves
    out 0; the wider interval of two that err on their own is used.
    """
    import numpy as np

    from detente.measure.index import line_of
    from detente.measure.reports import month_name
    from detente.measure.thin import verdict_of
    from detente.measure.warmth import fit_pair

    stories = known.stories
    fit = fit_pair(stories, known.world, place, calibration=known.calibration)
    line = line_of(fit.history, fit.history_sd, fit.mix, known.calibration)
    now, before = stories.months - 1, max(0, stories.months - 13)
    half = [(line.high[at] - line.low[at]) / 2 for at in (now, before)]
    change = float(line.value[now] - line.value[before])
    volume = float(stories.reports_of(place).mean())
    verdict = verdict_of(volume)
    clear = verdict != "too thin to say" and abs(change) > float(np.hypot(*half))
    figures = (
        *stories.pairs[place], month_name(stories.first + now), float(line.value[now]), float(line.low[now]),
        float(line.high[now]), float(line.value[before]), change, clear, volume, verdict,
    )  # fmt: skip
    return dict(zip(COLUMNS, figures, strict=True))


def _sides(text: str) -> tuple[str, str]:
    a, _, b = text.partition("-")
    if not a or not b:
        raise DataError(
            f"{text!r} in --pair: two ids with a hyphen between them are needed. Write for example PAK-RUS."
        )
    return a, b


def _write(found: list[dict[str, Any]], shape: Shape) -> None:
    if shape is Shape.JSON:
        typer.echo(as_json(found))
        return
    if shape is Shape.CSV:
        writer = csv.DictWriter(sys.stdout, fieldnames=COLUMNS)
        writer.writeheader()
        writer.writerows(found)
        return
    typer.echo(f"{'pair':<24}{'now':>8}  {'90%':<18}{'in a year':>10}  {'reports a month':>15}")
    for row in found:
        name, interval = f"{row['a']}–{row['b']}", f"[{row['low']:+.2f}, {row['high']:+.2f}]"
        moved = f"{row['change']:+.2f}{'*' if row['change_clear'] else ' '}"
        told = f"{row['reports_a_month']:.1f} ({row['verdict']})"
        typer.echo(f"{name:<24}{row['now']:>+8.2f}  {interval:<18}{moved:>10}  {told:>15}")
    typer.echo("* differs from a year before by more than the intervals of both allow.")
