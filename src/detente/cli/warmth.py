"""`detente warmth`: all pairs and all months in one table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.measured import (
    CalibrationOption,
    ClassesOption,
    Every,
    RecordsArgument,
    StepOption,
    period_option,
    read_constants,
    read_records,
    refuse,
    teller,
)
from detente.errors import DataError


def warmth(
    files: RecordsArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Table to write, .parquet or .csv.")],
    step: StepOption = Every.MONTH,
    directed: Annotated[bool, typer.Option("--directed", help="Each direction of a pair on its own.")] = False,
    least: Annotated[
        float, typer.Option(min=0.0, help="Reports a month that a pair needs to stand in the table.")
    ] = 0.0,
    since: Annotated[str | None, typer.Option(metavar="MONTH", help="First month in the table.")] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month that counts.")] = None,
    classes: ClassesOption = None,
    source: Annotated[
        str | None, typer.Option("--class", metavar="NAME", help="Only this class of sources; all pooled without it.")
    ] = None,
    calibration: CalibrationOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Measure every pair at every step and write one table, whole or not at all.

    Exit code: 0 measured, 1 some lines were unreadable and the rest is measured, 2 wrong usage or nothing to measure.
    """
    from detente.measure.index import survey
    from detente.measure.panel import panel, wanted_pairs
    from detente.measure.rules import Rules

    start, end = period_option(since, "since", step), period_option(until, "until", step, last=True)
    if output.suffix.lower() not in (".parquet", ".csv"):
        refuse(f"{str(output)!r} in --output: a name that ends in .parquet or .csv. Choose one.")
    tell = teller(wanted=not quiet)
    try:
        tell("reading")
        read = read_records(files, classes=classes, step=step, kept=False)
        tell(f"{len(read.built.reports):,} reports; counting stories")
        rules = Rules(directed=directed, source=source)
        known = survey(read.built.reports, rules, last=end, calibration=read_constants(calibration))
        pairs = wanted_pairs(known, least=least)
        if not pairs or (start is not None and start >= known.stories.first + known.stories.months):
            raise DataError(
                "No pair and time to measure in these records. Ask for less with --least, --since or --class."
            )
        batches = panel(known, pairs, since=start, tell=lambda done, all: tell(f"{done:,} of {all:,} pairs"))
        rows = _write(batches, output, step.value)
    except (DataError, OSError) as error:
        refuse(str(error))
    tell("")
    if not quiet:
        told = f"{len(pairs):,} pairs, {rows:,} rows in {output}. {' '.join(rules.described())}"
        left = ", ".join(f"{number} {reason}" for reason, number in read.built.left_out.items())
        typer.echo(told + (f" Left out: {left}." if left else ""), err=True)
    if read.failed:
        raise typer.Exit(1)


def _write(batches: Iterable[dict[str, Any]], output: Path, step: str) -> int:
    """Write the batches; the file takes its name when all are written."""
    import pyarrow as arrow
    import pyarrow.csv
    import pyarrow.parquet

    from detente.cli.output import replacing
    from detente.measure.panel import COLUMNS

    note = {b"step": step.encode(), b"unit": b"points of -10 to +10 above the world's mix; salience: log share"}
    kinds = {"string": arrow.dictionary(arrow.int32(), arrow.string()), "float": arrow.float32()}
    is_table = output.suffix.lower() == ".parquet"
    schema = arrow.schema(
        [(name, kinds[kind] if is_table or kind == "float" else arrow.string()) for name, kind in COLUMNS.items()], note
    )
    rows = 0
    with replacing(output) as temporary:
        made = pyarrow.parquet.ParquetWriter if is_table else pyarrow.csv.CSVWriter
        with made(str(temporary), schema) as writer:
            for batch in batches:
                columns = {name: arrow.array(values) for name, values in batch.items()}
                writer.write_table(arrow.table(columns).cast(schema))
                rows += len(batch["period"])
    return rows
