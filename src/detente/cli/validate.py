"""`detente validate`: what the measuring is worth, on made-up worlds of known truth and on real relations."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.calibrate import calibrate, constants_of, seeds_of, write_calibration
from detente.cli.measured import (
    CalibrationOption,
    Every,
    StepOption,
    as_json,
    refuse,
    teller,
)
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.recovery import Recovery

validate = typer.Typer(
    help="Measure how well the measuring does.",
    epilog="Example: detente validate synthetic --seeds 100-103",
    no_args_is_help=True,
    rich_markup_mode=None,
)


validate.command(epilog="Example: detente validate calibrate records.jsonl --judged judged.csv -o mine.yaml")(calibrate)


@validate.command(epilog="Example: detente validate relations relations/")
def relations(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Holds the five files that docs/method.md names.")],
    json_wanted: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Compare with militarised disputes, rivalries, the next year's acts, and between halves of the events.

    Exit code: 0 all bars are reached, 1 one is missed, 2 the files cannot be read.
    """
    from detente.measure.relations import validate_relations

    try:
        found = validate_relations(directory, cow=_cow, named=_names().get, tell=teller(wanted=not quiet))
    except DataError as error:
        refuse(str(error))
    if json_wanted:
        typer.echo(as_json([{**asdict(one), "passes": one.passes} for one in found]))
    for one in found if not json_wanted else ():
        bar = f"{'at most' if one.is_ceiling else 'at least'} {one.bar:.3f}"
        typer.echo(f"{'passes' if one.passes else 'FAILS '}  {one.name}: {one.value:.3f}, {bar}  ({one.cases})")
        typer.echo("        " + ", ".join(f"{name} {value:.3f}" for name, value in one.others.items()))
    if not all(one.passes for one in found):
        raise typer.Exit(1)


@validate.command(epilog="Example: detente validate synthetic --seeds 100-103")
def synthetic(
    seeds: Annotated[str, typer.Option(metavar="FIRST-LAST", help="Seeds of the made-up worlds.")] = "100-103",
    pairs: Annotated[int, typer.Option(min=10, max=2000, help="Pairs in each world.")] = 80,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--calibrate", metavar="FILE", help="Fit the intervals to these seeds and write a calibration file."
        ),
    ] = None,
    step: StepOption = Every.MONTH,
    calibration: CalibrationOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Measure worlds whose truth is known, one that the model describes and one that it does not.

    Exit code: 0 measured, 2 wrong usage.
    """
    from detente.measure.recovery import calibrate as fitted
    from detente.measure.recovery import run_trials, score_trials
    from detente.measure.synthetic import GENERATORS

    tell = teller(wanted=not quiet)
    chosen, constants = seeds_of(seeds), constants_of(calibration)
    figures, worlds = {}, []
    for generator in GENERATORS:
        worlds.append(run_trials(generator, chosen, pairs=pairs, calibration=constants, step=step.value, tell=tell))
        figures[generator] = score_trials(worlds[-1])
    if into is not None:
        source = f"made-up worlds, both generators, seeds {seeds}, {pairs} pairs each"
        write_calibration(into, fitted(*worlds), source)
    tell("")
    if json_wanted:
        typer.echo(as_json({name: _plain(asdict(one)) for name, one in figures.items()}))
        return
    for name, one in figures.items():
        typer.echo("\n".join(_shown(name, one)))


def _shown(name: str, one: Recovery) -> list[str]:
    from detente.measure.recovery import CLASSES, Turns

    told = sum(one.turns[1:], Turns(0, 0, 0, 0, 0))
    static = sum(turns.static for turns in one.turns)
    lines = [
        f"{name}: {sum(one.pairs)} pairs",
        f"  r pooled {one.pooled:.3f}, within pairs {one.within:.3f}, of 12-month changes {one.change:.3f}",
        f"  filtered: r pooled {one.now_pooled:.3f}, within pairs {one.now_within:.3f}",
        f"  leak of the sources' shift {one.leak:+.3f}, slope of truth on estimate {one.slope:.2f}",
        f"  turning points, at 3 reports a month or more: precision {told.precision:.2f}, false alarms per static pair "
        f"{told.false_on_static / max(1, static):.3f}",
    ]
    for number, kind in enumerate(CLASSES):
        turns = one.turns[number]
        lines.append(
            f"  {kind} reports a month: {one.pairs[number]} pairs, r within {one.within_by_class[number]:.3f}, "
            f"coverage {one.coverage[number]:.3f} (filtered {one.now_coverage[number]:.3f}), turning points "
            f"F1 {turns.f1:.2f}, precision {turns.precision:.2f}, recall {turns.recall:.2f}"
        )
    for line, (pooled, within, change) in one.baselines.items():
        lines.append(f"  {line}: r pooled {pooled:.3f}, within {within:.3f}, of changes {change:.3f}")
    return lines


def _plain(value: Any) -> Any:
    """NaN, which JSON lacks, as null."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and value != value else value


def _cow(number: int, year: int) -> str | None:
    """The ISO code of the state that has a COW number in a year."""
    from detente.resolve.state_codes import load_state_codes

    for rows in load_state_codes().values():
        for row in rows:
            if row.cow_number == number and (row.start is None or row.start.year <= year):
                if row.end is None or row.end.year > year:
                    return row.iso3 or row.id
    return None


def _names() -> dict[str, str]:
    """Names of states to their ids."""
    from detente.resolve.state_codes import load_state_codes

    return {row.name: row.id for rows in load_state_codes().values() for row in rows}
