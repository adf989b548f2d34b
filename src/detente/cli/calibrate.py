"""`detente validate calibrate`: constants of measuring, refitted to records or to made-up worlds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.measured import CalibrationOption, read_constants, read_records, refuse, teller
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.calibration import Calibration


def calibrate(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Calibration file to write (.yaml).")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[RECORDS]...", help="Refit to these records; to made-up worlds without any."),
    ] = None,
    judged: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV with the columns coded and true: what your coder gets wrong."),
    ] = None,
    weights: Annotated[
        bool, typer.Option("--weights", help="Also fix the weights of types that the records teach.")
    ] = False,
    seeds: Annotated[str, typer.Option(metavar="FIRST-LAST", help="Seeds of the made-up worlds.")] = "0-11",
    pairs: Annotated[int, typer.Option(min=10, max=2000, help="Pairs in each of them.")] = 80,
    calibration: CalibrationOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Refit epsilon, kappa and sigma, and write them to a file that `--calibration` takes.

    Epsilon, the share of wrong codes, comes from judged codes. Kappa, by which the model's intervals are widened,
    grows where two random halves of the stories of each pair lie farther apart than in made-up worlds; sigma, which
    is added, stays. Without records both are fitted so that intervals cover 90% of the truth in made-up worlds of
    both kinds. Exit code: 0 written, 1 some lines were unreadable, 2 wrong usage or too little to fit.
    """
    tell, known, how = teller(wanted=not quiet), constants_of(calibration), []
    failed = 0
    try:
        if judged is not None:
            known, told = _judged(known, judged)
            how.append(told)
        if files:
            known, told, failed = _refitted(known, files, weights=weights, tell=tell)
        else:
            if weights:
                raise DataError("--weights without records: they teach the weights. Name some.")
            known, told = _made_up(known, seeds, pairs, tell)
        how.append(told)
    except DataError as error:
        refuse(str(error))
    tell("")
    write_calibration(output, known, "; ".join(how))
    typer.echo(
        "\n".join([*how, f"epsilon {known.epsilon:.3f}, kappa {known.kappa:.2f}, sigma {known.sigma:.2f}: {output}"])
    )
    if failed:
        raise typer.Exit(1)


def _judged(known: Calibration, path: Path) -> tuple[Calibration, str]:
    from dataclasses import replace

    from detente.measure.refit import epsilon_of, read_judged

    found = epsilon_of(read_judged(path))
    told = f"epsilon {found.value:.3f} [{found.low:.3f}, {found.high:.3f}] of {found.cases} judged codes in {path.name}"
    return replace(known, epsilon=found.value), told


def _refitted(
    known: Calibration, files: list[Path], *, weights: bool, tell: Callable[[str], None]
) -> tuple[Calibration, str, int]:
    from dataclasses import replace

    from detente.measure.index import survey
    from detente.measure.refit import kappa_of, spread_of_halves

    read = read_records(files, kept=False)
    spread, pairs = spread_of_halves(read.built.reports, known, tell=tell)
    kappa = kappa_of(known, spread)
    fixed = replace(known, kappa=kappa)
    told = (
        f"kappa {kappa:.2f} of two halves of the stories of {pairs} pairs in {', '.join(path.name for path in files)}"
    )
    if weights:
        fixed = replace(fixed, weights=survey(read.built.reports, calibration=known).calibration.weights)
        told += "; weights of types from the same"
    return fixed, told, read.failed


def _made_up(known: Calibration, seeds: str, pairs: int, tell: Callable[[str], None]) -> tuple[Calibration, str]:
    from detente.measure.recovery import calibrate, run_trials
    from detente.measure.synthetic import GENERATORS

    chosen = seeds_of(seeds)
    found = calibrate(*(run_trials(one, chosen, pairs=pairs, calibration=known, tell=tell) for one in GENERATORS))
    return found, f"kappa and sigma of made-up worlds, both generators, seeds {seeds}, {pairs} pairs each"


def write_calibration(path: Path, constants: Calibration, source: str) -> None:
    from dataclasses import replace

    import yaml

    from detente.cli.output import opened
    from detente.measure.calibration import plain_calibration

    try:
        with opened(path) as stream:
            table = plain_calibration(replace(constants, source=source))
            yaml.safe_dump(table, stream, sort_keys=False, allow_unicode=True)
    except OSError as error:
        refuse(f"Unwritable file {str(path)!r} ({error}): a place to write to. Choose another.")


def constants_of(path: Path | None) -> Calibration:
    from detente.measure.calibration import load_calibration

    try:
        return read_constants(path) or load_calibration()
    except DataError as error:
        refuse(str(error))


def seeds_of(text: str) -> range:
    first, _, last = text.partition("-")
    try:
        found = range(int(first), int(last or first) + 1)
    except ValueError:
        found = range(0)
    if not found:
        refuse(f"{text!r} in --seeds: a seed, or the first and the last one, are needed. Write for example 100-103.")
    return found
